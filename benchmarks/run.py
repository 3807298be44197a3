"""What a user would pick instead, on the same pages: `python benchmarks/run.py [RUNS]` prints tables in Markdown.

Cold runs are whole processes, one tool after the other and again, the median of all; CPU is user and system time, memory the
most that was held. `pip install '.[bench]'` brings Typst and WeasyPrint; `others.py` writes our pages for them.
`--short` takes a minute, and fails where a ratio is twice what `expected.json` has (`--expect` writes that file).
"""

import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "booklet" / "fonts"
EXPECTED = HERE / "expected.json"
TITLE = "A better back massage"
COPIES, THEIRS = 10_000, 300  # of one body; theirs are fewer, since each costs them the same
EDITED = ("whole of both hands flat", "whole of both {} hands flat")
ENVIRONMENT = {**os.environ, "BOOKLET_NO_CONFIG": "1"}
for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH"):  # installed programs have their byte code
    ENVIRONMENT.pop(name, None)
LACKS = """
What the others are spared: they are handed every line of letters at its place, and needn't tailor a routine, break lines, find
page numbers, or tell what doesn't fit. Typst (as it is called here) writes tags but no form fields, no PDF/UA, no PDF/A;
WeasyPrint no tags, no fields and no PDF/A. Ours are tagged, can be filled in, and are PDF/UA-1 and PDF/A-2a.
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU, seconds on the clock, megabytes."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True)
class Bound:
    """What a figure must be and what we aim at; `least` where more is better."""

    what: str
    must: float
    aim: float
    least: bool = False

    def held(self, figure: float) -> bool:
        return figure >= self.must if self.least else figure <= self.must

    def row(self, figure: float) -> str:
        sign = "≥" if self.least else "≤"
        return f"| {self.what} | {sign} {self.must:g} | {sign} {self.aim:g} | {figure:.2f} |"


BOUNDS = {
    "cold": Bound("cold `build --edition screen` ÷ Typst", 2.5, 1.2),
    "editions": Bound("three editions in one command ÷ one", 1.6, 1.3),
    "help": Bound("`--help` ÷ `python -c pass`", 10, 6),
    "options": Bound("`options` ÷ `python -c pass`", 10, 6),
    "weasyprint": Bound("WeasyPrint ÷ ours, cold", 6, 15, least=True),
    "memory": Bound("peak memory of one build, MB", 80, 50),
    "watch": Bound("rebuild in `--watch` ÷ cold build", 0.4, 0.15),
    "copies": Bound("copies per second of CPU ÷ Typst's", 5, 15, least=True),
    "growth": Bound("ten times as many steps ÷ as many", 11, 10),  # 1,000 to 100, in the short form 100 to 10
}


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


def cold(runs: int, folder: Path, left_out: tuple[str, ...] = ()) -> dict[str, list[Cost]]:
    """The costs of whole processes, interleaved."""
    todo = {tool: command for tool, command in commands(folder).items() if tool not in left_out}
    for command in todo.values():
        spend(command, folder)  # byte code, disk
    found: dict[str, list[Cost]] = {tool: [] for tool in todo}
    for _ in range(runs):
        for tool, command in todo.items():
            found[tool].append(spend(command, folder))
    return found


# --- in one process -------------------------------------------------------------------------------------------------
def warm(tool: str, folder: Path) -> float:
    """Seconds of CPU for a document in a process that has made some before."""
    if tool == "booklet":
        from booklet.building import Request, make
        from booklet.routines import find_routine, read_routine

        def one() -> object:
            return make(read_routine(find_routine("back-massage")), {}, Request()).edition("screen")
    elif tool == "Typst":
        import typst

        compiler = typst.Compiler(str(folder / "booklet.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)

        def one() -> object:
            return compiler.compile()
    else:
        from weasyprint import HTML

        def one() -> object:
            return HTML(str(folder / "booklet.html")).write_pdf()

    return statistics.median(timed(one) for _ in range(6 if tool == "WeasyPrint" else 20))


def timed(what: Callable[[], object]) -> float:
    started = time.process_time()
    what()
    return time.process_time() - started


def in_a_process(tool: str, folder: Path) -> float:
    done = subprocess.run([sys.executable, str(HERE / "run.py"), "--warm", tool, str(folder)], env=ENVIRONMENT, check=True, capture_output=True, text=True)  # fmt: skip
    return float(done.stdout)


# --- batches --------------------------------------------------------------------------------------------------------
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


def workers(count: int, jobs: int, folder: Path) -> float:
    """Copies per second on the clock of `booklet batch` with so many workers, from its start to its end."""
    table, out = folder / f"places-{jobs}.csv", folder / f"batch-{jobs}"
    rows = [f"Stillwater {n},01{n:08},https://stillwater.example/book/{n}" for n in range(count)]
    table.write_text("name,contact.phone,booking.url\n" + "\n".join(rows) + "\n")
    command = [sys.executable, "-m", "booklet", "batch", str(table), "--brand", "stillwater", "--edition", "screen"]
    return count / spend([*command, "--jobs", str(jobs), "--out", str(out)], folder).wall


# --- watching -------------------------------------------------------------------------------------------------------
def rebuilt(rounds: int, folder: Path) -> tuple[float, float]:
    """CPU of a rebuild after a word's change while `build --watch` runs, and of a cold build of the same file (Linux)."""
    folder = folder / "watched"
    folder.mkdir()
    text = (FONTS.parent.parent / "templates" / "routines" / "back-massage.yaml").read_text(encoding="utf-8")
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "booklet", "build", str(path), "--edition", "screen"]
    watch = subprocess.Popen([*command, "--watch", "--out", str(folder / "watch")], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert watch.stdout

    def wait_for(said: str) -> None:
        assert watch.stdout
        while said not in watch.stdout.readline():
            assert watch.poll() is None

    def used() -> float:
        return int(Path(f"/proc/{watch.pid}/schedstat").read_text().split()[0]) / 1e9

    wait_for("Watching")
    again, whole = [], []
    for number in range(rounds + 2):
        time.sleep(0.4)
        before = used()
        path.write_text(text.replace(EDITED[0], EDITED[1].format(number)), encoding="utf-8")
        wait_for("made again")
        again.append(used() - before)
        whole.append(spend([*command, "--quiet", "--out", str(folder / "cold")], folder).cpu)
    watch.send_signal(signal.SIGINT)
    watch.wait(10)
    return statistics.median(again[2:]), statistics.median(whole[2:])


# --- the whole ------------------------------------------------------------------------------------------------------
def ratios(median: dict[str, float]) -> dict[str, float]:
    """Those of the cold runs."""
    one, least = median["booklet, screen"], median["python -c pass"]
    found = {
        "cold": one / median["Typst"],
        "editions": median["booklet, three editions"] / one,
        "help": median["booklet --help"] / least,
        "options": median["booklet options"] / least,
    }
    if "WeasyPrint" in median:
        found["weasyprint"] = median["WeasyPrint"] / one
    return found


def tell(found: dict[str, float]) -> None:
    print("\n| ratio | must | aim | here |\n|---|---|---|---|")
    for key, figure in found.items():
        print(BOUNDS[key].row(figure))


def medians(found: dict[str, list[Cost]]) -> dict[str, float]:
    return {tool: statistics.median(cost.cpu for cost in costs) for tool, costs in found.items()}


def short(folder: Path) -> dict[str, float]:
    """The ratios that a slip would show in, in a minute."""
    import growth
    from batch import measure

    found = ratios(medians(cold(5, folder, ("WeasyPrint", "booklet, screen, nothing kept"))))
    again, whole = rebuilt(4, folder)
    ours, _, _ = measure(400, ("screen",), folder)
    copies = ours / typst_copies(40, folder)
    steps = growth.measure(1, folder, (10, 100))
    return found | {"watch": again / whole, "copies": copies, "growth": steps[100] / steps[10]}


def whole(runs: int, folder: Path) -> dict[str, float]:
    """All tables; the ratios."""
    import growth
    from batch import measure

    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"Typst {version('typst')}, WeasyPrint {version('weasyprint')}, median of {runs} interleaved runs.\n")  # fmt: skip
    found = cold(runs, folder)
    print("| whole process | CPU, s | wall, s | MB |\n|---|---|---|---|")
    for tool, costs in found.items():
        cpu, wall, memory = (statistics.median(getattr(cost, part) for cost in costs) for part in ("cpu", "wall", "memory"))  # fmt: skip
        print(f"| {tool} | {cpu:.3f} | {wall:.3f} | {memory:.0f} |")
    sizes = {tool: (folder / path).stat().st_size // 1000 for tool, path in (("booklet", "ours/back-massage-screen.pdf"), ("Typst", "typst.pdf"), ("WeasyPrint", "weasyprint.pdf"))}  # fmt: skip
    print("\nFile sizes: " + ", ".join(f"{tool} {size} KB" for tool, size in sizes.items()) + ".")
    print(LACKS)
    print("| a document in a warm process | CPU, s |\n|---|---|")
    for tool in ("booklet", "Typst", "WeasyPrint"):
        print(f"| {tool} | {in_a_process(tool, folder):.3f} |")
    result = ratios(medians(found))
    result["memory"] = statistics.median(cost.memory for cost in found["booklet, screen"])
    again, cost = rebuilt(runs, folder)
    print(f"\nA word's change while it watches: {again:.3f} s of CPU; a cold build of that file, which is checked whole: {cost:.3f} s.")  # fmt: skip
    result["watch"] = again / cost
    ours, early, late = measure(COPIES, ("screen",), folder)
    theirs = typst_copies(THEIRS, folder)
    print(f"\n{ours:.0f} copies per second of CPU ({early:.0f} MB after a tenth of {COPIES:,}, {late:.0f} MB at the end), Typst {theirs:.0f}.")  # fmt: skip
    result["copies"] = ours / theirs
    one, two = (workers(1500, jobs, folder) for jobs in (1, 2))
    print(f"`booklet batch` of 1,500 copies, from start to end: {one:.0f} copies a second with one worker, {two:.0f} with two.")  # fmt: skip
    steps = growth.measure(3, folder)
    print("\n| steps | CPU, s | for each step, ms |\n|---|---|---|")
    for number, seconds in steps.items():
        print(f"| {number:,} | {seconds:.3f} | {seconds / number * 1000:.1f} |")
    result["growth"] = steps[1000] / steps[100]
    return result


def main() -> int:
    """Runs what the arguments ask for; the exit code is 1 where a ratio isn't what it must be."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    if first == "--prepare":
        prepare(Path(sys.argv[2]))
        return 0
    if first == "--warm":
        print(warm(sys.argv[2], Path(sys.argv[3])))
        return 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)  # so that it is the installed program that runs, not the folder that this is in
        spend([sys.executable, str(HERE / "run.py"), "--prepare", name], folder)
        if first not in ("--short", "--expect"):
            found = whole(int(first or 9), folder)
            tell(found)
            return int(not all(BOUNDS[key].held(figure) for key, figure in found.items()))
        found = short(folder)
    tell(found)
    if first == "--expect":
        EXPECTED.write_text(json.dumps({key: round(figure, 2) for key, figure in found.items()}, indent=2) + "\n")
        return 0
    expected = json.loads(EXPECTED.read_text())
    worse = {key: expected[key] / one if BOUNDS[key].least else one / expected[key] for key, one in found.items()}
    slow = [key for key in worse if worse[key] > 2]
    for key in slow:
        print(f"{BOUNDS[key].what}: {found[key]:.2f}, where {expected[key]:.2f} was expected")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
