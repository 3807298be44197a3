"""A table of booklets to make → Rows: CSV, JSON Lines or a folder of brand files. Every cell keeps its place.

What a column means isn't known here; an empty cell says nothing, so what holds for all copies holds for its row.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.reading import CONTROL, Scalar, clipped
from booklet.records import dataclass

MOST_BYTES = 20_000_000
MOST_ROWS, MOST_CELLS, MOST_COLUMNS = 50_000, 400_000, 1_000
MOST_PROBLEMS = 100  # where a table has more, the first are told
DELIMITERS = ",;\t"
UNPRINTABLE = re.compile(f"{CONTROL.pattern}|[\ud800-\udfff]")  # JSON can write what no text file holds
SUFFIXES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Row:
    """One booklet to make: what stands in each column, by the column's name; `brand` is its file in a folder of brands."""

    place: Place
    cells: dict[str, Scalar]
    brand: Path | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole table; `columns` has the place of each column's name, where it is first used."""

    path: Path
    columns: dict[str, Place]
    rows: tuple[Row, ...]


def read_roster(path: Path) -> Roster:
    """Reads a table. Raises BadChoice where there is none, InvalidFile with every problem in it."""
    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() not in SUFFIXES:
        raise BadChoice(f"{path} is no table: give a .csv or .jsonl file, or a folder of brand files")
    text = _text(path)
    roster = _json_lines(path, text) if path.suffix.lower() in SUFFIXES[3:] else _csv(path, text)
    if not roster.rows:
        raise InvalidFile([Problem(Place(str(path), 1, 1), "the table has no rows: write a line for each booklet")])
    return roster


def _check_size(place: Place, rows: list[Row], columns: int, problems: list[Problem]) -> None:
    """Raises InvalidFile as soon as a table is larger, or has more wrong with it, than anyone reads."""
    if len(problems) > MOST_PROBLEMS:
        raise InvalidFile(problems)
    if columns > MOST_COLUMNS:
        raise InvalidFile([Problem(place, f"there are more than {MOST_COLUMNS:,} columns: take out what isn't meant")])
    if len(rows) >= MOST_ROWS or len(rows) * columns > MOST_CELLS:
        what = f"there are more than {MOST_ROWS:,} rows, or {MOST_CELLS:,} cells: split the table"
        raise InvalidFile([Problem(place, what)])


def _folder(path: Path) -> Roster:
    files = sorted(one for one in path.iterdir() if one.suffix in (".yaml", ".yml"))
    if not files:
        raise BadChoice(f"there is no brand file (.yaml) in the folder {path}")
    return Roster(path, {}, tuple(Row(Place(str(file), 1, 1), {}, file) for file in files))


def _text(path: Path) -> str:
    start = Place(str(path), 1, 1)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidFile([Problem(start, f"can't be read: {error.strerror or error}")]) from None
    if len(data) > MOST_BYTES:
        raise InvalidFile([Problem(start, f"is larger than {MOST_BYTES // 1_000_000} MB: split it")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = "isn't UTF-8 text: save it as “CSV UTF-8”"
        raise InvalidFile([Problem(Place(str(path), line, column), message)]) from None
    if bad := next((one for one in CONTROL.finditer(text)), None):
        line, column = text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start())
        message = f"the letter U+{ord(bad[0]):04X} can't stand in a table: take it out"
        raise InvalidFile([Problem(Place(str(path), line, column), message)])
    return text


# --- CSV ------------------------------------------------------------------------------------------------------------
def _csv(path: Path, text: str) -> Roster:
    """Commas, semicolons or tabs, whichever the first line has most of; Excel's `sep=;` line is understood."""
    lines = io.StringIO(text, newline="").readlines()
    first = 0
    if lines and (match := re.fullmatch(r"sep=(.)\s*", lines[0])):
        delimiter, first = match[1], 1
    else:
        delimiter = max(DELIMITERS, key=(lines or [""])[0].count)
    records = _records(path, lines, first, delimiter)
    line, names, starts = next(records, (1, [], []))
    while names and not names[-1].strip():  # spreadsheets write columns that were emptied
        names.pop()
    columns: dict[str, Place] = {}
    problems: list[Problem] = []
    for name, start in zip(names, starts, strict=False):
        place = Place(str(path), line, start)
        if not name.strip():
            problems.append(Problem(place, "this column has no name: give it one, or take it out"))
        elif name.strip() in columns:
            problems.append(Problem(place, f"there are two columns {clipped(name.strip())}: take one out"))
        else:
            columns[name.strip()] = place
    if problems:
        raise InvalidFile(problems)
    rows: list[Row] = []
    for line, cells, starts in records:
        _check_size(Place(str(path), line, 1), rows, len(columns), problems)
        if not any(cell.strip() for cell in cells):
            continue
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(columns):
            place = Place(str(path), line, 1)
            message = f"the row has {len(cells)} cells, the table {len(columns)} columns: look for a `{delimiter}` too many or too few, and put cells that hold one in quotes"
            problems.append(Problem(place, message))
            continue
        found = {
            name: Scalar(cell.strip(), False, Place(str(path), line, start))
            for name, cell, start in zip(columns, cells, starts, strict=False)
            if cell.strip()
        }
        rows.append(Row(Place(str(path), line, 1), found))
    if problems:
        raise InvalidFile(problems)
    return Roster(path, columns, tuple(rows))


def _records(path: Path, lines: list[str], first: int, delimiter: str) -> Iterator[tuple[int, list[str], list[int]]]:
    """Line, cells and the columns where they start, of each record. Raises InvalidFile."""
    reader = csv.reader(lines[first:], delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            line = first + before + 1
            raw = "".join(lines[first + before : first + reader.line_num])
            before = reader.line_num
            yield line, cells, _starts(raw, len(cells), delimiter)
    except csv.Error as error:
        place = Place(str(path), first + before + 1, 1)
        raise InvalidFile(
            [Problem(place, f"can't be read as a table: {error}; look for a quote that isn't closed")]
        ) from None


def _starts(raw: str, count: int, delimiter: str) -> list[int]:
    """The column, from 1, where each cell of a record starts; those of a cell of several lines count from its first."""
    starts, quoted = [1], False
    if '"' not in raw:
        for cell in raw.split(delimiter)[: count - 1]:
            starts.append(starts[-1] + len(cell) + 1)
        return starts[: max(count, 1)]
    for index, letter in enumerate(raw):
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            starts.append(index + 2)
    return starts[:count]


# --- JSON Lines -----------------------------------------------------------------------------------------------------
def _json_lines(path: Path, text: str) -> Roster:
    """An object on each line; objects in it become columns with a dot, lists cells with `|`."""
    columns: dict[str, Place] = {}
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = Place(str(path), number, 1)
        _check_size(place, rows, len(columns), problems)
        try:
            found = json.loads(line, object_pairs_hook=_object)
        except json.JSONDecodeError as error:
            problems.append(Problem(Place(str(path), number, error.colno), f"isn't JSON: {error.msg}"))
            continue
        except (ValueError, RecursionError) as error:
            problems.append(Problem(place, str(error) if isinstance(error, ValueError) else "is nested too deeply"))
            continue
        if not isinstance(found, dict):
            problems.append(Problem(place, 'expected an object, such as {"name": "…"}'))
            continue
        cells: dict[str, Scalar] = {}
        for name, value in islice(_flat(found), MOST_COLUMNS + 1):
            at = Place(str(path), number, max(line.find(f'"{name.rsplit(".", 1)[-1]}"'), 0) + 1)
            columns.setdefault(name, at)
            cell = _cell(value)
            if cell is not None and UNPRINTABLE.search(cell):
                problems.append(Problem(at, f"{clipped(name)} holds letters that can't be printed: take them out"))
            elif cell is None:
                problems.append(
                    Problem(at, f"{clipped(name)} is neither a text, a number, yes or no, nor a list of texts")
                )
            elif cell.strip():
                cells[name] = Scalar(cell.strip(), False, at)
        rows.append(Row(place, cells))
    if problems:
        raise InvalidFile(problems)
    return Roster(path, columns, tuple(rows))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (name, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{clipped(name)} is there twice")
    return found


def _flat(found: dict[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _cell(value: object) -> str | None:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case int() | float():
            return str(value)
        case list() if all(isinstance(one, str) for one in value):
            return " | ".join(value)
        case _:
            return None
