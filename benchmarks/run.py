"""What a user would pick instead, on the same pages: `python benchmarks/run.py [RUNS]` prints a table in Markdown.

Cold runs are whole processes, one tool after the other and again, the median of all; CPU is user and system time, memory the
most that was held. `pip install '.[bench]'` brings Typst and WeasyPrint; `others.py` writes our pages for them.
"""

import os
import shutil
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FONTS = Path(__file__).parent.parent / "booklet" / "fonts"
TITLE = "A better back massage"
COPIES = 10_000  # of one body; theirs are fewer, since each costs them the same
ENVIRONMENT = {**os.environ, "BOOKLET_NO_CONFIG": "1"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have their byte code


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU, seconds on the clock, megabytes."""

    cpu: float
    wall: float
    memory: float


def spend(command: list[str], folder: Path) -> Cost:
    """What a process costs."""
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, str(folder / "out.txt"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)])  # fmt: skip
    _, status, usage = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def prepare(folder: Path) -> None:
    """Writes our pages for the other two; in a process of its own, since one that is begun counts its parent's memory too."""
    from others import html, typst

    from booklet.building import Request, make
    from booklet.routines import find_routine, read_routine

    pages = make(read_routine(find_routine("back-massage")), {}, Request()).pages
    typst(pages, TITLE, folder)
    html(pages, TITLE, folder, FONTS)


def commands(folder: Path) -> dict[str, list[str]]:
    """What is run cold."""
    python = sys.executable
    booklet = [python, "-m", "booklet"]
    source, page = folder / "booklet.typ", folder / "booklet.html"
    by_typst = f"import typst; typst.compile({str(source)!r}, output={str(folder / 'typst.pdf')!r}, font_paths=[{str(FONTS)!r}], ignore_system_fonts=True)"
    by_weasyprint = f"from weasyprint import HTML; HTML({str(page)!r}).write_pdf({str(folder / 'weasyprint.pdf')!r})"
    out = ["--quiet", "--out", str(folder / "ours")]
    return {
        "booklet, screen": [*booklet, "build", "--edition", "screen", *out],
        "booklet, screen, nothing kept": [shutil.which("env") or "env", "BOOKLET_CACHE=off", *booklet, "build", "--edition", "screen", *out],
        "booklet, three editions": [*booklet, "build", "--edition", "screen", "--edition", "home", "--edition", "shop", *out],
        "Typst": [python, "-c", by_typst],
        "WeasyPrint": [python, "-c", by_weasyprint],
        "booklet --help": [*booklet, "--help"],
        "booklet options": [*booklet, "options"],
        "python -c pass": [python, "-c", "pass"],
    }  # fmt: skip


def code(number: int) -> str:
    """The code of a copy as SVG."""
    from booklet.codes import modules
    from booklet.errors import Place
    from booklet.model import Words

    rows = modules(Words(f"https://stillwater.example/book/{number}", Place("", 1, 1)))
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(rows)}" height="{len(rows)}"><path d="{squares}"/></svg>'
    )


def typst_copies(count: int, folder: Path) -> float:
    """Copies per second of CPU that Typst makes in one process, its compiler kept: name, telephone and code are a copy's own."""
    import typst as compiler

    made = compiler.Compiler(str(folder / "booklet.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)
    inputs = [{"name": f"Stillwater {n}", "phone": f"01{n:08}", "code": code(n)} for n in range(count)]
    started = time.process_time()
    for number, one in enumerate(inputs):
        (folder / f"copy-{number}.pdf").write_bytes(made.compile(sys_inputs=one))
    return count / (time.process_time() - started)


def main() -> None:
    if sys.argv[1:2] == ["--prepare"]:
        prepare(Path(sys.argv[2]))
        return
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with TemporaryDirectory() as name:
        folder = Path(name)
        spend([sys.executable, __file__, "--prepare", name], folder)
        todo = commands(folder)
        for command in todo.values():
            spend(command, folder)  # byte code, disk
        found: dict[str, list[Cost]] = {tool: [] for tool in todo}
        for _ in range(runs):
            for tool, command in todo.items():
                found[tool].append(spend(command, folder))
        median = {tool: statistics.median(cost.cpu for cost in costs) for tool, costs in found.items()}
        print("| whole process | CPU, s | wall, s | MB |\n|---|---|---|---|")
        for tool, costs in found.items():
            wall, memory = (statistics.median(getattr(cost, part) for cost in costs) for part in ("wall", "memory"))
            print(f"| {tool} | {median[tool]:.3f} | {wall:.3f} | {memory:.0f} |")
        sizes = {tool: (folder / path).stat().st_size // 1000 for tool, path in (("booklet", "ours/back-massage-screen.pdf"), ("Typst", "typst.pdf"), ("WeasyPrint", "weasyprint.pdf"))}  # fmt: skip
        print("\nFile sizes: " + ", ".join(f"{tool} {size} KB" for tool, size in sizes.items()))
        from batch import measure

        ours, early, memory = measure(COPIES, ("screen",), folder)
        theirs = typst_copies(300, folder)
    print("\n| ratio | must | aim | here |\n|---|---|---|---|")
    one = median["booklet, screen"]
    for what, must, aim, value in (
        ("cold `build --edition screen` ÷ Typst", "≤ 2.5", "≤ 1.2", one / median["Typst"]),
        ("WeasyPrint ÷ ours, cold", "≥ 6", "≥ 15", median["WeasyPrint"] / one),
        ("three editions ÷ one", "≤ 1.6", "≤ 1.3", median["booklet, three editions"] / one),
        ("`--help` ÷ `python -c pass`", "≤ 10", "≤ 6", median["booklet --help"] / median["python -c pass"]),
        ("`options` ÷ `python -c pass`", "≤ 10", "≤ 6", median["booklet options"] / median["python -c pass"]),
        ("copies per second of CPU ÷ Typst's", "≥ 5", "≥ 15", ours / theirs),
    ):
        print(f"| {what} | {must} | {aim} | {value:.2f} |")
    print(
        f"\n{ours:.0f} copies per second of CPU ({early:.0f} MB after a tenth of {COPIES:,}, {memory:.0f} MB at the end), Typst {theirs:.0f}."
    )


if __name__ == "__main__":
    main()
