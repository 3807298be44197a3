"""Files → the system's printing: CUPS, by its commands `lp` and `lpstat`.

Nothing here waits for ever: each command has its time, and what a command says is told in one line.
"""

import os
import shutil
import subprocess
from pathlib import Path

from booklet.conditions import nearest
from booklet.editions import Printing
from booklet.errors import CannotPrint
from booklet.writing import SHEETS

ASK, SEND = 20, 120  # seconds: to look for printers on the network, and to hand over a file
BY_HAND = "make the file with `booklet build --edition home` and print it"


def lp_command(file: str, paper: str, printing: Printing, title: str, printer: str = "", copies: int = 1) -> list[str]:
    """The command that prints a file of the home edition as it is meant: its sides, its paper, its size untouched."""
    sides = {"manual": "one-sided", "singles": "two-sided-long-edge"}.get(
        printing.duplex, f"two-sided-{printing.flip}-edge"
    )
    options = [f"sides={sides}", f"media={SHEETS[paper]}", "print-scaling=none", "fit-to-page=false"]
    if printing.duplex == "manual":
        options.append("outputorder=normal")  # some queues print the last page first, and hand-fed backs would not meet
    if copies > 1:
        options.append("collate=true")
    command = ["lp", *(("-d", printer) if printer else ()), "-n", str(copies), "-t", title]
    for option in options:
        command += ["-o", option]
    return [*command, "--", file]


def find_printer(name: str = "") -> str:
    """The printer of this name, or the usual one. Raises CannotPrint where there is none."""
    if not shutil.which("lp") or not shutil.which("lpstat"):
        raise CannotPrint(f"this machine has no CUPS (there is no `lp`): {BY_HAND}")
    printers = _ask(["lpstat", "-e"]).split()
    if not printers:
        raise CannotPrint(f"CUPS knows no printer: add one in the system's settings, or {BY_HAND}")
    listed = ", ".join(printers)
    if name:
        if name not in printers:
            raise CannotPrint(f"there is no printer `{name}`: {listed}{nearest(name, printers)}")
        return name
    usual = _ask(["lpstat", "-d"]).partition("destination: ")[2].strip()
    if not usual and len(printers) > 1:
        raise CannotPrint(
            f"no printer is the usual one: choose with --printer ({listed}), or keep it with `booklet config printer NAME`"
        )
    return usual or printers[0]


def send(command: list[str], folder: Path) -> None:
    """Hands a file of the folder over. Raises CannotPrint with what `lp` says."""
    done = _run(command, SEND, folder)
    if done.returncode:
        said = " ".join(done.stderr.split()).removeprefix("lp: ") or f"it ended with {done.returncode}"
        raise CannotPrint(f"`lp` didn't take the file: {said}")


def _ask(command: list[str]) -> str:
    """What a command of CUPS says; nothing where it fails, as it does where no CUPS runs."""
    done = _run(command, ASK)
    return "" if done.returncode else done.stdout


def _run(command: list[str], seconds: float, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "LC_ALL": "C"}  # the answers are read, so they must be in one language
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,  # where CUPS asks for a password it gets none and says so
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotPrint(f"`{command[0]}` hasn't answered for {seconds:g} seconds: is the printer on?") from None
    except OSError as error:
        raise CannotPrint(f"`{command[0]}` can't be started: {error.strerror or error}") from None
