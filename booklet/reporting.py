"""Reports of `booklet check` → text for people, JSON for programs, lines for GitHub's annotations."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from booklet.errors import Problem
from booklet.examining import Report
from booklet.mistakes import code_of

FORMATS = ("text", "json", "github")
WIDE = 110  # letters of a line that is shown
BEFORE = 60  # of them before the place, where the line is longer


def as_text(report: Report, path: Path, colour: bool = False) -> Iterator[str]:
    """Each problem with its line and a caret under the column."""
    lines = _lines(path)
    for kind, problem in told(report):
        place, code = problem.place, code_of(problem)
        head = f"{kind} {code}"
        if colour:
            head = f"\033[{31 if kind == 'error' else 33};1m{head}\033[0m"
        yield f"{place}: {head}: {problem.message}"
        if place.file == str(path) and place.line <= len(lines):
            yield from _shown(lines[place.line - 1], place.line, place.column)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def _shown(line: str, number: int, column: int) -> Iterator[str]:
    """A line of the file, or the part of it round the column, and a caret under the column. A tab is one space wide."""
    start = max(0, column - 1 - BEFORE) if len(line) > WIDE else 0
    part = "".join(letter if letter.isprintable() else " " for letter in line[start : start + WIDE])
    left = "…" if start else ""
    right = "…" if start + WIDE < len(line) else ""
    margin = f"{number:6} | "
    if part.strip():
        yield f"{margin}{left}{part.rstrip()}{right}"
        yield f"{' ' * (len(margin) - 2)}| {' ' * (len(left) + column - 1 - start)}^"


def as_json(reports: Iterable[Report]) -> str:
    """A list of objects: file, line, column, code, level, message."""
    found = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "code": code_of(problem),
            "level": kind,
            "message": problem.message,
        }
        for report in reports
        for kind, problem in told(report)
    ]
    return json.dumps(found, indent=2, ensure_ascii=False)


def as_github(report: Report) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    for kind, problem in told(report):
        place = problem.place
        file = _escaped(place.file).replace(":", "%3A").replace(",", "%2C")
        where = f"file={file},line={place.line},col={place.column},title={code_of(problem)}"
        yield f"::{kind} {where}::{_escaped(problem.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def told(report: Report) -> Iterator[tuple[str, Problem]]:
    """Errors, then warnings, each in the order of the file."""
    for kind, problems in (("error", report.errors), ("warning", report.warnings)):
        yield from ((kind, one) for one in sorted(set(problems)))
