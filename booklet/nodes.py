"""What a YAML file holds: values that know their place in it."""

import operator
import re
from typing import Any

from booklet.errors import Place
from booklet.records import dataclass

LONGEST = 60  # letters of the user's own text in a message
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines
SPACES = re.compile(r"[ \t\r\n]+")  # a no-break space stays


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was written; `quoted` tells "on" in quotes from a bare on.

    `language` is set where a text isn't in the language that was asked for.
    """

    text: str
    quoted: bool
    place: Place
    language: str = ""


class Sequence:
    """A list; what is kept of a file is unpacked where it is asked for, as most of a routine is for other choices."""

    __slots__ = ("_items", "_packed", "place")
    __match_args__ = ("items", "place")

    def __init__(self, items: tuple["Node", ...] | None, place: Place, packed: Any = ()) -> None:
        self._items, self.place, self._packed = items, place, packed

    @property
    def items(self) -> tuple["Node", ...]:
        if self._items is None:
            file = self.place.file
            self._items = tuple([node_of(one, file) for one in self._packed])
        return self._items


class Mapping:
    """Keys in the order of the file; `keys` holds their places. It is unpacked like a list."""

    __slots__ = ("_items", "_keys", "_packed", "place")
    __match_args__ = ("items", "keys", "place")

    def __init__(
        self, items: dict[str, "Node"] | None, keys: dict[str, Place] | None, place: Place, packed: Any = ()
    ) -> None:
        self._items, self._keys, self.place, self._packed = items, keys, place, packed

    @property
    def items(self) -> dict[str, "Node"]:
        if self._items is None:
            file = self.place.file
            self._items = {key: node_of(one, file) for key, _, _, one in self._packed}
        return self._items

    @property
    def keys(self) -> dict[str, Place]:
        if self._keys is None:
            file = self.place.file
            self._keys = {key: Place(file, line, column) for key, line, column, _ in self._packed}
        return self._keys


Node = Scalar | Sequence | Mapping


def clipped(text: str) -> str:
    """A text from the user in a message: in back quotes, a long one cut."""
    return f"`{text[:LONGEST]}…`" if len(text) > LONGEST else f"`{text}`"


def describe_node(node: Node) -> str:
    """What a node is called in a message."""
    match node:
        case Scalar(text=text):
            return clipped(text) if text else "nothing"
        case Sequence(items=items):
            return "a list" if items else "an empty list"
        case Mapping(items=items):
            return "a mapping" if items else "an empty mapping"


def shared(old: Node | None, new: Node) -> Node:
    """The new tree, with all parts that are as they were, places too, taken from the old one."""
    match old, new:
        case Scalar(), Scalar():
            return old if old == new else new
        case Sequence(), Sequence():
            before = (*old.items, *[None] * len(new.items))
            items = tuple(map(shared, before, new.items))
            same = len(items) == len(old.items) and all(map(operator.is_, items, old.items)) and old.place == new.place
            return old if same else Sequence(items, new.place)
        case Mapping(), Mapping():
            entries = {key: shared(old.items.get(key), value) for key, value in new.items.items()}
            same = old.keys == new.keys and old.place == new.place
            same = same and all(value is old.items.get(key) for key, value in entries.items())
            return old if same else Mapping(entries, new.keys, new.place)
    return new


def spaced(text: str) -> str:
    """A text of a file as it is set: line breaks and runs of spaces are one space."""
    return SPACES.sub(" ", text).strip(" ")


# --- as plain values, to be kept --------------------------------------------------------------------------------------
Plain = tuple[object, ...]
"""A node without the name of its file: (text, quoted, line, column), (items, line, column) or (entries, line, column, None, None)."""


def plain(node: Node) -> Plain:
    """The node as plain values."""
    line, column = node.place.line, node.place.column
    match node:
        case Scalar(text=text, quoted=quoted):
            return text, quoted, line, column
        case Sequence(items=items):
            return tuple(map(plain, items)), line, column
        case Mapping(items=items, keys=keys):
            entries = tuple((key, keys[key].line, keys[key].column, plain(value)) for key, value in items.items())
            return entries, line, column, None, None


def node_of(values: Any, file: str) -> Node:
    """The node that `plain` made these values of, in a file of this name."""
    if len(values) == 4:
        text, quoted, line, column = values
        return Scalar(text, quoted, Place(file, line, column))
    if len(values) == 3:
        items, line, column = values
        return Sequence(None, Place(file, line, column), items)
    entries, line, column, _, _ = values
    return Mapping(None, None, Place(file, line, column), entries)
