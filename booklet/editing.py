"""A YAML text that was edited a little → its tree, of which only the entry round the edit is read again.

Someone who writes changes a word and looks at the page. Where the lines keep their numbers, all else in the tree is as it
was: an entry of a block mapping is a text of its own, from the line of its key to that of the next.
"""

from collections.abc import Callable

from booklet.errors import InvalidFile
from booklet.nodes import Mapping, Node, shared

Compose = Callable[[str], Node]  # a text as a tree


def edited(tree: Node, before: str, text: str, compose: Compose) -> Node | None:
    """The tree of `text`, made from that of the text `before`; None where it must be read whole."""
    old, new = before.split("\n"), text.split("\n")
    if len(old) != len(new):
        return None
    changed = [number for number, (one, other) in enumerate(zip(old, new, strict=True), 1) if one != other]
    if not changed:
        return tree  # it differs in nothing that a tree holds
    return _entry(tree, changed[0], changed[-1], len(old), old, new, compose)


def _entry(
    node: Node, first: int, last: int, end: int, old: list[str], new: list[str], compose: Compose
) -> Node | None:
    """The mapping with the entry read again that holds the lines from `first` to `last`; `end` is its own last line."""
    if not isinstance(node, Mapping) or node.place != next(iter(node.keys.values()), None):  # `{` stands before a key
        return None
    lines = [*(place.line for place in node.keys.values()), end + 1]
    entries = zip(node.keys.items(), lines[1:], strict=True)
    around = [(*entry, following) for entry, following in entries if entry[1].line <= first and last < following]
    if not around:
        return None
    [(key, place, following)] = around
    inner = _entry(node.items[key], first, last, following - 1, old, new, compose) if place.line < first else None
    if inner is None:
        if old[place.line - 1][: place.column - 1].strip():
            return None  # it stands behind something else
        part = "\n".join(new[place.line - 1 : following - 1]) + ("\n" if following <= len(new) else "")
        try:
            read = compose("\n" * (place.line - 1) + part)  # so it knows its line
        except InvalidFile:
            return None  # told of the whole file
        if not isinstance(read, Mapping) or read.keys != {key: place}:
            return None
        inner = shared(node.items[key], read.items[key])
    return Mapping({**node.items, key: inner}, node.keys, node.place)
