"""Rows of a table → Copies: whose booklet it is, what is chosen for it, and what its files are called.

A column is a key of the brand file (`contact.phone`), an option of the routine (`setup`), or one of WISHES. What a row
doesn't say, the batch's own brand and flags do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from booklet.branding import checked
from booklet.brands import Brand
from booklet.building import Request, check_request
from booklet.conditions import nearest
from booklet.errors import BadChoice, BookletError, InvalidFile, Place, Problem
from booklet.folders import beside, is_file
from booklet.keeping import Kept
from booklet.kinds import keys_of, sort_of
from booklet.languages import paper_of
from booklet.model import NOWHERE
from booklet.reading import Mapping as MappingNode
from booklet.reading import Node, Scalar, Sequence, clipped, read_yaml
from booklet.records import dataclass
from booklet.rosters import MOST_PROBLEMS, Roster, Row
from booklet.routines import RoutineFile
from booklet.shapes import Before
from booklet.translating import in_language
from booklet.wishes import request_of
from booklet.writing import safe_name

WISHES = {
    "lang": "lang",
    "paper": "paper",
    "large-print": "large_print",
    "pages": "pages",
    "skin": "skin",
    "giver-skin": "giver_skin",
    "for": "receiver",
    "by": "giver",
}
"""Columns that are flags of `build`, and their parameters of `request_of`."""
FILE, BRAND = "file", "brand"  # columns of the batch itself: what the files are called, and which brand file is meant
NOTHING = "-"  # a cell that takes away what the brand file says
MOST_KEPT = 200  # languages of brands: rows that say otherwise have nodes of their own
TAKEN = Scalar(NOTHING, False, NOWHERE)
SEVERAL = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, slots=True)
class Common:
    """What holds for all copies of a batch. `wishes` are the parameters of `request_of` but brand and preset."""

    routine: RoutineFile
    brand: Path | None
    given: dict[str, str | list[str]]
    wishes: dict[str, Any]
    preset: Any  # the print shop's, where the shop edition is made
    name: str = ""  # how files are called, with columns in braces


@dataclass(frozen=True, slots=True)
class Copy:
    """One booklet to make: its row, the name of its files without edition and suffix, checked choices and request.

    The `routine` is in the row's language.
    """

    place: Place
    file: str
    routine: RoutineFile
    given: dict[str, str | list[str]]
    request: Request


# --- columns --------------------------------------------------------------------------------------------------------
def brand_columns(kind: Any = Brand, before: str = "") -> Iterator[str]:
    """The keys of a brand file as columns: those of a record in it have a dot."""
    for key, field in keys_of(kind).items():
        sort, inner = sort_of(field.type)
        if sort == "optional":
            sort, inner = sort_of(inner)
        if sort == "record":
            yield from brand_columns(inner, f"{before}{key}.")
        elif sort != "entries":  # what is chosen has columns of its own; what is offered is the same for all copies
            yield before + key


def check_columns(roster: Roster, file: RoutineFile) -> None:
    """Raises InvalidFile for columns that mean nothing."""
    options = [option.name for option in file.own_options]
    known = [*brand_columns(), *options, *WISHES, FILE, BRAND]
    problems = []
    for name, place in roster.columns.items():
        if name not in known:
            hint = nearest(name.lower(), known) or f"; there are {', '.join(known)}"
            problems.append(Problem(place, f"the column {clipped(name)} isn't known{hint}"))
    if problems:
        raise InvalidFile(problems[:MOST_PROBLEMS])


# --- rows -----------------------------------------------------------------------------------------------------------
class Maker:
    """Makes copies of rows; brand files are read once, with their nodes, so that a row's cells can stand in for theirs."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.kept = Kept()
        self.routines = {"": common.routine}
        self.brands: dict[Path, Node] = {}
        self.before: Before = {}
        self.branded = set(brand_columns())
        self.papers: dict[str, str] = {}  # by language

    def copy(self, row: Row) -> Copy:
        """The copy of a row, checked as far as it can be without laying it out. Raises InvalidFile."""
        common = self.common
        try:
            brand = self.brand(row)
            given = common.given | self.choices(row)
            wishes = common.wishes | _wishes(row)
            routine = self.routine(wishes.pop("lang", ""))
            if not common.preset:
                wishes["paper"] = wishes["paper"] or self.paper(routine.language)
            request = request_of(brand, common.preset, **wishes)
            chosen = check_request(routine, given, request)
            return Copy(row.place, file_name(row, brand, common), routine, chosen, request)
        except InvalidFile:
            raise
        except BookletError as error:
            raise InvalidFile([Problem(_blamed(row, str(error)), str(error))]) from None

    def routine(self, language: str) -> RoutineFile:
        """The routine in the language of a row, "" for that of the batch. Raises BadChoice, InvalidFile."""
        if language not in self.routines:
            self.routines[language] = in_language(self.common.routine, language)
        return self.routines[language]

    def paper(self, language: str) -> str:
        """The paper that is usual where a language is spoken."""
        if language not in self.papers:
            self.papers[language] = paper_of(language)
        return self.papers[language]

    def brand(self, row: Row) -> Brand | None:
        """The brand of a row: its file with the row's own cells in it. Raises InvalidFile."""
        path = row.brand or self.common.brand
        if cell := row.cells.get(BRAND):
            path = beside(cell.text, cell.place)
            if not is_file(path):
                raise InvalidFile([Problem(cell.place, f"there is no brand file {cell.text} beside the table")])
        own = {name: cell for name, cell in row.cells.items() if name in self.branded}
        if path is None and not own:
            return None
        node: Node = MappingNode({}, {}, row.place)
        if path is not None:
            if path not in self.brands:
                self.brands[path] = read_yaml(path)
            node = self.brands[path]
        for name, cell in own.items():
            node = _with_cell(_said_once(node, name.split(".")), name.split("."), cell)
        if len(self.before) > MOST_KEPT:
            self.before.clear()
        return checked(node, self.before)

    def choices(self, row: Row) -> dict[str, str | list[str]]:
        """The routine's options that the row chooses."""
        options = {option.name: option for option in self.common.routine.own_options}
        return {
            name: [one for one in SEVERAL.split(cell.text) if one] if options[name].several else cell.text
            for name, cell in row.cells.items()
            if name in options and name not in self.branded
        }


def _said_once(node: Node, keys: list[str]) -> Node:
    """A brand file's node without what it says otherwise under a key in other languages: a row's cell holds in all."""
    languages = node.items.get("languages") if isinstance(node, MappingNode) else None
    if not (isinstance(node, MappingNode) and isinstance(languages, MappingNode)):
        return node
    said = {tag: _with_cell(words, keys, TAKEN) for tag, words in languages.items.items()}
    if all(said[tag] is words for tag, words in languages.items.items()):
        return node  # the very same, so that it needn't be read again for each row
    items = {**node.items, "languages": MappingNode(said, languages.keys, languages.place)}
    return MappingNode(items, node.keys, node.place)


def _with_cell(node: Node, keys: list[str], cell: Scalar) -> Node:
    """A brand file's node with one value from a cell; the rest of it as it was."""
    key, *rest = keys
    if not isinstance(node, MappingNode):
        return node  # what is wrong with the file is told when it is checked
    items, places = dict(node.items), dict(node.keys)
    if cell.text == NOTHING and key not in items:
        return node
    if rest:
        inner = items.get(key, MappingNode({}, {}, cell.place))
        items[key] = _with_cell(inner, rest, cell)
        if items[key] is inner:
            return node
    elif cell.text == NOTHING:
        items.pop(key, None)
        places.pop(key, None)
        return MappingNode(items, places, node.place)
    elif key == "social":
        parts = [part.strip() for part in cell.text.split("|")]
        items[key] = Sequence(tuple(Scalar(part, False, cell.place) for part in parts if part), cell.place)
    else:
        items[key] = cell
    places.setdefault(key, cell.place)
    return MappingNode(items, places, node.place)


def _wishes(row: Row) -> dict[str, Any]:
    wishes: dict[str, Any] = {}
    for name, parameter in WISHES.items():
        if cell := row.cells.get(name):
            wishes[parameter] = cell.text
    if "large_print" in wishes:
        if wishes["large_print"].lower() not in ("yes", "no"):
            cell = row.cells["large-print"]
            raise InvalidFile([Problem(cell.place, f"expected yes or no, found {clipped(cell.text)}")])
        wishes["large_print"] = wishes["large_print"].lower() == "yes"
    return wishes


def _blamed(row: Row, message: str) -> Place:
    """The cell that a message is about, where it quotes one; else the row."""
    for name, cell in row.cells.items():
        if f"`{cell.text}`" in message and f"`{name}`" in message:
            return cell.place
    named = [
        cell for name, cell in row.cells.items() if re.search(rf"`{re.escape(name)}`|--{re.escape(name)}\b", message)
    ]
    return named[0].place if named else row.place


# --- names of files -------------------------------------------------------------------------------------------------
def file_name(row: Row, brand: Brand | None, common: Common) -> str:
    """What the copy's files are called, without edition and suffix. Raises BadChoice, InvalidFile."""
    pattern = common.name or ("{file}" if FILE in row.cells else "{name}")
    values: Mapping[str, str] = {name: cell.text for name, cell in row.cells.items()} | {"line": str(row.place.line)}
    values = {"name": str(brand.name) if brand else "", **values}
    if row.brand and FILE not in row.cells:
        values = {FILE: row.brand.stem, **values}
        pattern = common.name or "{file}"

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            known = [*values]
            raise BadChoice(
                f"--name: this row has no {clipped(match[1])}: {', '.join(known)}{nearest(match[1], known)}"
            )
        return safe_name(values[match[1]])

    name = safe_name(re.sub(r"\{([^{}]*)\}", value, pattern))
    if not name:
        raise InvalidFile(
            [
                Problem(
                    row.place,
                    "nothing says what the file is called: give the table a column `file` or `name`, or use --name",
                )
            ]
        )
    return name


def likely_name(row: Row, common: Common) -> str:
    """What the files of a row that can't be made would be called; nothing where that isn't known."""
    try:
        return file_name(row, None, common)
    except BookletError:
        return ""


def collisions(names: Iterable[tuple[str, Place]]) -> list[Problem]:
    """A problem for each row whose files would be called like those of one before it."""
    first: dict[str, Place] = {}
    problems = []
    for name, place in names:
        other = first.setdefault(name, place)
        if name and other is not place:
            message = f"its files would be called {name}, as those of line {other.line}: give the table a column `file`, or use --name"
            problems.append(Problem(place, message))
    return problems
