"""What stands where another kind of value is expected → where it is, what it is called, and what may have been meant."""

import dataclasses
import re
from collections.abc import Mapping as MappingABC
from typing import Any

from booklet.conditions import CONDITION, nearest
from booklet.errors import Place
from booklet.kinds import keys_of, sort_of
from booklet.nodes import Mapping, Node, Scalar, Sequence, describe_node
from booklet.reading import written

NOTE = re.compile(r"(\s*)(#\S.*?)(?:\s+#.*|\s*)$")  # a note has a space behind its sign, a colour or a number doesn't
BRACKETS = ("{", "[")


def belongs(key: str, fields: MappingABC[str, dataclasses.Field[Any]]) -> str:
    """Under which of the fields a key is known that isn't known beside them; nothing where it is under none."""
    homes = []
    for name, field in fields.items():
        sort, inner = sort_of(field.type)
        if sort == "optional":
            sort, inner = sort_of(inner)
        if sort == "record" and key in keys_of(inner):
            homes.append(f"`{name}`")
    return f"; it stands under {' or '.join(homes)}: push it in there" if homes else ""


def is_misspelt_choose(node: Mapping) -> bool:
    """Whether its one key holds branches and is nearly `choose`."""
    ((key, value),) = node.items.items()
    if not isinstance(value, Sequence):
        return False
    branches = any(isinstance(one, Mapping) and "use" in one.items for one in value.items)
    return branches and bool(nearest(key, ("choose",)))


def instead(node: Node, text: bool) -> tuple[Place, str]:
    """Its place and its name in a message, with a proposal; `text` says that a text is expected."""
    place, line = node.place, written(node.place)
    match node:
        case Scalar(text="", quoted=False):
            if note := NOTE.match(line):
                place = Place(place.file, place.line, place.column + len(note[1]))
                return place, f'nothing, as `#` begins a note: put the value in quotes, "{note[2]}"'
        case Scalar(quoted=False) if not text and re.match(r"-\S", node.text):
            return place, f"{describe_node(node)}: a space is missing behind the `-`"
        case Mapping() if node.items:
            key, value = next(iter(node.items.items()))
            if isinstance(value, (Sequence, Mapping)) and (hint := nearest(key, ("choose", *sorted(CONDITION)))):
                return node.keys[key], f"`{key}`{hint}"
            if not CONDITION.isdisjoint(node.keys) and (hint := nearest(key, ("use",))):
                return node.keys[key], f"`{key}`{hint}"
            if text and line[:1] in (*BRACKETS, "?"):
                return place, f"a mapping; a text that begins with `{line[0]}` goes in quotes"
            if text and isinstance(value, Scalar) and place.line == value.place.line:
                return place, "a mapping; a text with `: ` in it goes in quotes"
        case Sequence() if text and line[:1] in (*BRACKETS, "-"):
            return place, f"a list; a text that begins with `{line[0]}` goes in quotes"
    return place, describe_node(node)
