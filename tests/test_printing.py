"""`booklet print`: the command that it would run, and what it says where it can't; `lp` is played by small scripts."""

import os
import shlex
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import MINIMAL, Done

from booklet import cli_print, spooling
from booklet.errors import CannotPrint

TEA = [str(MINIMAL), "--pages", "8"]
TAIL = "-o print-scaling=none -o fit-to-page=false"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the only programs on the PATH: each name with what it does in a shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(**programs: str) -> None:
        for name, does in programs.items():
            (folder / name).write_text(f"#!/bin/sh\n{does}\n")
            (folder / name).chmod((folder / name).stat().st_mode | stat.S_IXUSR)

    return make


LPSTAT = 'case "$1" in -e) echo hall; echo study;; -d) echo "system default destination: study";; esac'


def lp(tmp_path: Path) -> str:
    """An `lp` that writes down what it was asked, and whether the file was there."""
    return f'for last; do :; done; [ -s "$last" ] && echo "$@" >> {shlex.quote(str(tmp_path / "jobs"))}'


# --- the command
@pytest.mark.parametrize(
    ("flags", "commands"),
    [
        ([], [f"lp -n 1 -t 'A cup of tea' -o sides=two-sided-short-edge -o media=A4 {TAIL} -- tea-home.pdf"]),
        (
            ["--flip", "long", "--paper", "letter"],
            [f"lp -n 1 -t 'A cup of tea' -o sides=two-sided-long-edge -o media=Letter {TAIL} -- tea-home.pdf"],
        ),
        (
            ["--printer", "hall", "--copies", "3"],
            [
                "lp -d hall -n 3 -t 'A cup of tea' -o sides=two-sided-short-edge -o media=A4 "
                f"{TAIL} -o collate=true -- tea-home.pdf"
            ],
        ),
        (["--singles"], [f"lp -n 1 -t 'A cup of tea' -o sides=two-sided-long-edge -o media=A4 {TAIL} -- tea-home.pdf"]),
        (
            ["--duplex", "manual"],
            [
                f"lp -n 1 -t 'A cup of tea, {part}' -o sides=one-sided -o media=A4 "
                f"{TAIL} -o outputorder=normal -- tea-home-{part}.pdf"
                for part in ("fronts", "backs")
            ],
        ),
    ],
)
def test_the_command_for_each_setting(
    run: Callable[..., Done], machine: Callable[..., None], flags: list[str], commands: list[str]
) -> None:
    """A dry run needs no CUPS."""
    assert run("print", *TEA, *flags, "--dry-run") == Done(0, "\n".join(commands) + "\n", "")


def test_settings_are_its_defaults(run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKLET_NO_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    run("config", "printer", "hall")
    run("config", "paper", "letter")
    assert run("print", *TEA, "--dry-run").out.startswith("lp -d hall -n 1 ")
    assert "media=Letter" in run("print", *TEA, "--dry-run").out
    assert run("print", *TEA, "--dry-run", "--printer", "study").out.startswith("lp -d study ")


@pytest.mark.parametrize("flags", [["--edition", "home"], ["--out", "x.pdf"], ["--shop", "europe-a5"]])
def test_what_print_doesnt_have(run: Callable[..., Done], flags: list[str]) -> None:
    assert run("print", *TEA, *flags).code == 2


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--copies", "0"], "--copies is from 1 to 99, not 0"),
        (["--flip", "lng"], "`lng` is no choice of `flip`: short, long; did you mean `long`?"),
    ],
)
def test_wrong_flags(run: Callable[..., Done], flags: list[str], message: str) -> None:
    assert run("print", *TEA, *flags, "--dry-run") == Done(1, "", f"{message}\n")


# --- printing
def test_it_is_handed_to_the_usual_printer(
    run: Callable[..., Done], machine: Callable[..., None], tmp_path: Path
) -> None:
    machine(lpstat=LPSTAT, lp=lp(tmp_path))
    done = run("print", *TEA)
    assert (done.code, done.err) == (0, "")
    assert done.out == "Sent to study: 2 sheets of A4.\nFold the sheets together and put two staples in the fold.\n"
    job = (tmp_path / "jobs").read_text()
    assert job.startswith("-d study -n 1 -t A cup of tea -o sides=two-sided-short-edge ")
    assert job.endswith(" -- tea-home.pdf\n")
    assert run("print", *TEA, "--quiet", "--printer", "hall") == Done(0, "", "")
    assert (tmp_path / "jobs").read_text().splitlines()[1].startswith("-d hall ")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Someone at a terminal types this; nothing, and the line stays open, where it is empty."""
    end, other = os.pipe()
    with os.fdopen(end) as stream, os.fdopen(other, "w") as keys:
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys, "stdin", stream)

        def types(text: str) -> None:
            keys.write(text)
            keys.flush()

        yield types


@pytest.mark.parametrize(
    ("order", "turned"), [("last-first", "just as they came out"), ("first-first", "turned over as a stack")]
)
def test_by_hand_it_waits_between_fronts_and_backs(
    run: Callable[..., Done],
    machine: Callable[..., None],
    tmp_path: Path,
    terminal: Callable[[str], None],
    order: str,
    turned: str,
) -> None:
    machine(lpstat=LPSTAT, lp=lp(tmp_path))
    terminal("\n")
    done = run("print", *TEA, "--duplex", "manual", "--backs", order)
    assert (done.code, done.err) == (0, "")
    fronts, how, enter, fold = done.out.splitlines()
    assert fronts == "Sent to study: the fronts of 2 sheets of A4."
    assert how == f"When all fronts are out, put the sheets back {turned}, as you did with the test sheet."
    assert enter == "Then press Enter. Sent to study: the backs of 2 sheets of A4."
    assert fold.startswith("Fold")
    jobs = (tmp_path / "jobs").read_text().splitlines()
    assert [job.rpartition(" ")[2] for job in jobs] == ["tea-home-fronts.pdf", "tea-home-backs.pdf"]


def test_by_hand_it_doesnt_wait_for_ever(
    run: Callable[..., Done],
    machine: Callable[..., None],
    tmp_path: Path,
    terminal: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine(lpstat=LPSTAT, lp=lp(tmp_path))
    monkeypatch.setattr(cli_print, "PATIENCE", 0.1)
    done = run("print", *TEA, "--duplex", "manual")
    assert done.code == 1
    assert done.err == "nobody pressed Enter, so the backs aren't printed: make them with `booklet build`\n"
    assert len((tmp_path / "jobs").read_text().splitlines()) == 1


def test_by_hand_it_needs_a_terminal(run: Callable[..., Done], machine: Callable[..., None], tmp_path: Path) -> None:
    machine(lpstat=LPSTAT, lp=lp(tmp_path))
    done = run("print", *TEA, "--duplex", "manual")
    assert done.code == 1
    assert done.err.startswith("printing by hand waits until you have put the sheets back, so it needs a terminal: ")
    assert not (tmp_path / "jobs").exists()


# --- where it can't
HOME = "make the file with `booklet build --edition home` and print it"


@pytest.mark.parametrize(
    ("programs", "flags", "message"),
    [
        ({}, [], f"this machine has no CUPS (there is no `lp`): {HOME}"),
        ({"lp": "", "lpstat": ""}, [], f"CUPS knows no printer: add one in the system's settings, or {HOME}"),
        ({"lp": "", "lpstat": "echo no server >&2; exit 1"}, [], f"CUPS knows no printer: add one in the system's settings, or {HOME}"),
        ({"lp": "", "lpstat": LPSTAT}, ["--printer", "stdy"], "there is no printer `stdy`: hall, study; did you mean `study`?"),
        (
            {"lp": "", "lpstat": 'case "$1" in -e) echo hall; echo study;; -d) echo no system default destination;; esac'},
            [],
            "no printer is the usual one: choose with --printer (hall, study), or keep it with `booklet config printer NAME`",
        ),
        (
            {"lp": "echo 'lp: Error - scheduler not responding.' >&2; exit 1", "lpstat": LPSTAT},
            [],
            "`lp` didn't take the file: Error - scheduler not responding.",
        ),
        ({"lp": "exit 3", "lpstat": LPSTAT}, [], "`lp` didn't take the file: it ended with 3"),
    ],
)  # fmt: skip
def test_where_it_cant_print(
    run: Callable[..., Done], machine: Callable[..., None], programs: dict[str, str], flags: list[str], message: str
) -> None:
    machine(**programs)
    assert run("print", *TEA, *flags) == Done(1, "", f"{message}\n")


def test_the_only_printer_is_the_usual_one(machine: Callable[..., None]) -> None:
    machine(lp="", lpstat='case "$1" in -e) echo hall;; -d) echo no system default destination;; esac')
    assert spooling.find_printer() == "hall"


def test_it_doesnt_wait_for_a_command_that_hangs(machine: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    machine(lp="", lpstat="exec /bin/sleep 30")
    monkeypatch.setattr(spooling, "ASK", 0.2)
    with pytest.raises(CannotPrint, match=r"`lpstat` hasn't answered for 0.2 seconds: is the printer on\?"):
        spooling.find_printer()
