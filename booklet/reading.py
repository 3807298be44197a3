"""YAML files → nodes, with limits against hostile ones. `composing` builds a tree; it is kept, since that takes a while."""

import re
from codecs import BOM_UTF8
from functools import partial
from pathlib import Path

from booklet.caching import kept
from booklet.editing import edited
from booklet.errors import InvalidFile, Place, Problem
from booklet.folders import look
from booklet.nodes import (
    LINE_BREAK,
    Mapping,
    Node,
    Plain,
    Scalar,
    Sequence,
    clipped,
    describe_node,
    node_of,
    plain,
    shared,
)

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "clipped", "describe_node", "parse_yaml", "read_yaml"]

MAX_BYTES = 1_000_000  # the built-in routine has about 50,000

FORMER: dict[str, tuple[str, Node]] = {}  # texts and trees as they were read last, by the file's name
MOST_FORMER = 16

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")  # what YAML doesn't allow


def read_yaml(path: Path, shown: str | None = None) -> Node:
    """Reads a YAML file; `shown` is the name used in messages. Raises InvalidFile, with every problem that it found."""
    name = shown or str(path)
    start = Place(name, 1, 1)
    try:
        with look(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidFile([Problem(start, f"can't be read: {error.strerror or error}")]) from None
    if len(data) > MAX_BYTES:
        raise InvalidFile([Problem(start, f"is larger than {MAX_BYTES:,} bytes: split it or take out what isn't text")])
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = data.removeprefix(BOM_UTF8)[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise InvalidFile([Problem(Place(name, line, column), "isn't UTF-8 text: save the file as UTF-8")]) from None
    return parse_yaml(text, name)


def written(place: Place) -> str:
    """What stands at a place and behind it on its line, in a file that was read; nothing where that isn't known any more."""
    text, _ = FORMER.get(place.file, ("", None))
    lines = LINE_BREAK.split(text, place.line)
    return lines[place.line - 1][place.column - 1 :] if place.line <= len(lines) else ""


def parse_yaml(text: str, name: str) -> Node:
    """YAML text → Node. Raises InvalidFile."""
    if bad := CONTROL.search(text):
        line, column = text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start())
        message = f"the letter U+{ord(bad[0]):04X} can't stand in a text file: take it out"
        raise InvalidFile([Problem(Place(name, line, column), message)])
    former, known = "", None
    if name in FORMER:
        former, known = FORMER[name]
        if former == text:
            return known
    if len(FORMER) > MOST_FORMER:
        FORMER.clear()
    node = edited(known, former, text, partial(_composed, name=name)) if known else None
    if node is None:
        node = shared(known, _composed(text, name) if known else _kept(text, name))
    FORMER[name] = text, node
    return node


def _kept(text: str, name: str) -> Node:
    """The tree, from what is kept where it was read before."""
    composed: list[Node] = []

    def make() -> Plain:
        composed.append(_composed(text, name))
        return plain(composed[0])

    values = kept("yaml", (text.encode("utf-8", "surrogatepass"),), make)
    return composed[0] if composed else node_of(values, name)


def _composed(text: str, name: str) -> Node:
    from booklet.composing import compose  # libyaml takes a while to load

    return compose(text, name)
