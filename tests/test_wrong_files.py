"""Wrong routine files, each with the messages it must give, at their lines and columns.

A file of wrong/ holds the parts of minimal.yaml that it gets wrong; the others are added below it. A first line
`# whole` leaves them out. What is expected stands at the end of the wrong line as `# ERROR column: message`, or ahead
as `# ERROR line:column: message` where the line can't hold a comment.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from conftest import HERE, MINIMAL

from booklet.checking import check
from booklet.errors import InvalidFile, Problem
from booklet.routines import choose, read_routine
from booklet.tailoring import tailor

FILES = sorted((HERE / "wrong").glob("*.yaml"))
EXPECTED = re.compile(r"# ERROR (?:(\d+):)?(\d+): (.*?)(?=  # ERROR |$)")
PART = re.compile(r"^(?=[a-z-]+:)", re.MULTILINE)


def whole_text(data: bytes) -> bytes:
    """The wrong file with the parts that it doesn't have itself."""
    if data.startswith(b"# whole\n"):
        return data
    text = data.decode()
    own = {part.partition(":")[0] for part in PART.split(text)[1:]}
    missing = [part for part in PART.split(MINIMAL.read_text())[1:] if part.partition(":")[0] not in own]
    return f"{text}\n{''.join(missing)}".encode()


def problems_of(file: Path, tmp_path: Path) -> tuple[Problem, ...]:
    """What the command would say about the file."""
    path = tmp_path / file.name
    path.write_bytes(whole_text(file.read_bytes()))
    try:
        routine = read_routine(path)
        check(routine)
        tailor(routine, choose(routine, {}))
    except InvalidFile as error:
        return error.problems
    return ()


def expected_of(data: bytes) -> list[tuple[int, int, str]]:
    expected = []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        for at, column, message in EXPECTED.findall(line):
            expected.append((int(at or number), int(column), message))
    return sorted(expected)


def test_there_are_wrong_files() -> None:
    assert len(FILES) >= 90


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_wrong_file(file: Path, tmp_path: Path) -> None:
    expected = expected_of(file.read_bytes())
    assert expected
    problems = problems_of(file, tmp_path)
    assert [(one.place.line, one.place.column, one.message) for one in problems] == expected
    assert {one.place.file for one in problems} == {str(tmp_path / file.name)}


# --- hostile files ------------------------------------------------------------------------------------------------
def bomb() -> str:
    """Nine levels of ten aliases each: 10⁹ values if they were followed."""
    levels = ["l0: &l0 [" + ", ".join(["x"] * 10) + "]"]
    levels += [f"l{n}: &l{n} [" + ", ".join([f"*l{n - 1}"] * 10) + "]" for n in range(1, 10)]
    return "\n".join(levels)


def block(depth: int) -> str:
    return "".join(" " * n + "a:\n" for n in range(depth))


def mixed(depth: int) -> str:
    return "steps:\n  " + "- " * (depth // 2) + "{a: [" * (depth // 2)


HOSTILE: dict[str, tuple[Callable[[], str], str]] = {
    "alias bomb": (
        bomb,
        ":2:10: *l0: aliases aren't read; write the value out, or put a text that begins with `*` in quotes",
    ),
    "50 MB": (
        lambda: "name: tea\n" * 5_000_000,
        ":1:1: is larger than 1,000,000 bytes: split it or take out what isn't text",
    ),
    "deep brackets": (lambda: "a: " + "[" * 10_000 + "]" * 10_000, ":1:44: is nested more than 40 deep"),
    "deep unclosed brackets": (lambda: "{a: " * 10_000, ":1:162: is nested more than 40 deep"),
    "deep lists": (lambda: "- " * 10_000 + "x", ":1:83: is nested more than 40 deep"),
    "deep block": (lambda: block(1300), ":41:41: is nested more than 40 deep"),
    "deep mixture": (lambda: mixed(10_000), ":2:83: is nested more than 40 deep"),
    "many values": (
        lambda: "a:\n" + "- x\n" * 120_000,
        ":99999:3: is one value more than the 100,000 that a file may have",
    ),
    "many unknown keys": (lambda: "".join(f"key-{n}: x\n" for n in range(49_000)), ":1:1: `key-0` isn't known here"),
    "one long key": (lambda: "k" * 900_000 + ": x", ":1:900001: isn't YAML: a second `: ` on the line"),
    "one long text": (lambda: "title: " + "k " * 450_000, ":1:1: `chapters` is missing"),
}

CHILD = """
import resource, sys
from booklet import building, cli
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
start = cpu()
try:
    cli.main()
finally:
    # the kernel's own mark of this program; ru_maxrss starts from that of the process that started it
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(cpu() - start, int(peak.split()[1]) // 1024)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str, tmp_path: Path) -> None:
    make, message = HOSTILE[name]
    path = tmp_path / "hostile.yaml"
    path.write_text(make())
    command = [sys.executable, "-c", CHILD, "build", str(path), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    seconds, megabytes = map(float, done.stdout.split())
    assert done.returncode == 1
    assert done.stderr.startswith(f"{path}{message}")
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 30_000
    assert seconds < 1
    assert megabytes < 200
    assert not (tmp_path / "out").exists()


def test_many_branches(tmp_path: Path) -> None:
    """The check of what can't come about is bounded."""
    path = tmp_path / "hostile.yaml"
    path.write_text("title:\n  choose:\n" + "    - when: {large-print: no, pages: 12..}\n      use: x\n" * 9_000)
    start = process_time()
    with pytest.raises(InvalidFile) as told:
        check(read_routine(path))
    assert f"{path}:5:7: this branch is never used" in str(told.value)
    assert process_time() - start < 1
