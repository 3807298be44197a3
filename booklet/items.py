"""A finished page: a closed set of items at fixed positions. Points, origin at the top left of the trimmed page.

The order of the items is the order in which they are drawn and read. What stands in a Group is content with that role
in the document's structure; what stands outside of all groups is decoration.
"""

from dataclasses import dataclass
from typing import Literal

from booklet.figures import Drawing, Photo

PT = 72 / 25.4  # points in a millimetre

Role = Literal[
    "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Figure", "Table", "TR", "TH", "TD", "Note", "Form",
    "Span", "Artifact",
]  # fmt: skip

PathPart = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]
"""A move (x, y), a line (x, y), a curve (x1, y1, x2, y2, x, y) or a closing ()."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of letters of one face; x and y are the start of its baseline, spacing is added after each letter."""

    x: float
    y: float
    text: str
    face: str
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
class Field:
    """A place to write in: the line is drawn, the field lies above it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place that leads to a page (its number from 1)."""

    x: float
    y: float
    width: float
    height: float
    page: int
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Items with one role in the structure; `alt` is said instead of a figure."""

    role: Role
    items: "tuple[Item, ...]"
    alt: str = ""


Item = Text | Shape | Clip | Art | CheckBox | Field | Link | Group


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the booklet; `title` is its entry in the outline, empty for a page that continues another."""

    number: int
    width: float
    height: float
    items: tuple[Item, ...]
    title: str = ""


def walk(items: tuple[Item, ...]) -> "list[Item]":
    """All items, those inside groups and clips after the one that holds them."""
    found: list[Item] = []
    for item in items:
        found.append(item)
        if isinstance(item, (Group, Clip)):
            found += walk(item.items)
    return found
