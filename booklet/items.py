"""A finished page: a closed set of items at fixed positions. Points, origin at the top left of the trimmed page.

The order of the items is the order in which they are drawn and read. What stands in a Group or a Link is content with
that role in the document's structure; shapes outside of all groups are decoration. Text is always in a group.
"""

from pathlib import Path
from typing import Literal

from booklet.figures import Drawing, Photo
from booklet.records import dataclass
from booklet.typefaces import Face

PT = 72 / 25.4  # points in a millimetre

Role = Literal[
    "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Figure", "Table", "TR", "TH", "TD", "Note", "Span", "Artifact",
]  # fmt: skip
"""A standard structure type of PDF (ISO 32000-1, 14.8.4), or Artifact for what only decorates or repeats."""

Kind = Literal["", "Column", "Row", "Decimal", "Disc"]
"""What a header cell is the header of, or how the items of a list are labelled."""

PathPart = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]
"""A move (x, y), a line (x, y), a curve (x1, y1, x2, y2, x, y) or a closing ()."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of letters of one face; x and y are the start of its baseline, spacing is added after each letter."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str
    width: float
    spacing: float = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled, stroked or both."""

    path: tuple[PathPart, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0
    dash: tuple[float, ...] = ()
    round: bool = True


@dataclass(frozen=True, slots=True)
class Clip:
    """Items that show only inside a path."""

    path: tuple[PathPart, ...]
    items: "tuple[Item, ...]"


@dataclass(frozen=True, slots=True)
class Art:
    """A drawing at `k` points per art unit, art origin at (x, y), cut to the window (left, top, width, height).

    A mirrored one runs to the left from its origin.
    """

    drawing: Drawing | Photo
    x: float
    y: float
    k: float
    window: tuple[float, float, float, float]
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A box to tick; `label` is what a screen reader says."""

    x: float
    y: float
    size: float
    label: str
    colour: str
    paper: str


@dataclass(frozen=True, slots=True)
class RadioButton:
    """A ring round something that is drawn already: one of the buttons called `name` is chosen, this one means `value`."""

    x: float
    y: float
    size: float
    name: str
    value: str
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write in, above a line that is drawn; `value` stands in it already."""

    x: float
    y: float
    width: float
    height: float
    label: str
    colour: str
    face: Face
    size: float
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place that leads to a page (its number from 1) or out of the file, and what stands there; `label` says where to."""

    x: float
    y: float
    width: float
    height: float
    to: int | str
    label: str
    items: "tuple[Item, ...]"


@dataclass(frozen=True, slots=True)
class Group:
    """Items with one role in the structure.

    `alt` describes a figure, `spoken` is said instead of letters or signs that aren't read as they are meant, `language`
    is that of foreign words.
    """

    role: Role
    items: "tuple[Item, ...]"
    alt: str = ""
    spoken: str = ""
    kind: Kind = ""
    language: str = ""


Item = Text | Shape | Clip | Art | CheckBox | RadioButton | Field | Link | Group


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the booklet; `title` is its entry in the outline, empty for a page that continues another.

    `ground` is the colour of the whole page and its bleed, empty for bare paper; `left_out` are the parts of a brand that
    it has no room for. A page that shows whose booklet it is is its `own`: in other copies it is another. `photos` are the
    files of the photos on it.
    """

    number: int
    width: float
    height: float
    items: tuple[Item, ...]
    title: str = ""
    ground: str = ""
    left_out: tuple[str, ...] = ()
    own: bool = False
    photos: tuple[Path, ...] = ()


def photos_on(items: tuple[Item, ...]) -> tuple[Path, ...]:
    """The files of the photos among items."""
    art = (item.drawing for item in walk(items) if isinstance(item, Art))
    return tuple(drawing.path for drawing in art if isinstance(drawing, Photo))


def walk(items: tuple[Item, ...]) -> "list[Item]":
    """All items, those inside groups and clips after the one that holds them."""
    found: list[Item] = []
    for item in items:
        found.append(item)
        if isinstance(item, (Group, Clip, Link)):
            found += walk(item.items)
    return found
