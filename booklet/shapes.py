"""Node → value of a model type, by the type's annotations; every problem at once.

A list item or a named entry may carry `when:` and `unless:`; any value may be a `choose:` list whose first branch that
holds is used. With choices the result has no conditions left. Without choices every branch is read, so that a file is
checked whole, and what it refers to is kept in `named`.
"""

import dataclasses
import re
import types
from collections.abc import Mapping as MappingABC
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from booklet.conditions import Choices, Option, nearest, read_condition
from booklet.errors import Place, Problem
from booklet.model import Name, Words
from booklet.reading import Mapping, Node, Scalar, Sequence

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MISSING: Any = object()  # no branch holds, or the value can't be read
CONDITION = {"when", "unless"}
NUMBERS: dict[type, tuple[str, str]] = {int: ("a whole number", r"-?\d{1,9}"), float: ("a number", r"-?\d{0,9}(\.\d{1,9})?")}


class Shaper:
    """Reads nodes against types. `choices` None means: check everything."""

    def __init__(self, options: MappingABC[str, Option], choices: Choices | None = None) -> None:
        self.options = options
        self.choices = choices
        self.problems: list[Problem] = []
        self.named: list[Name] = []
        self.words: list[Words] = []

    def problem(self, place: Place, message: str) -> Any:
        self.problems.append(Problem(place, message))
        return MISSING

    # --- conditions
    def holds(self, node: Mapping) -> bool:
        condition = read_condition(node, self.options, self.problems)
        return self.choices is None or (not self.problems and condition.holds(self.choices))

    def chosen(self, node: Mapping, kind: Any) -> Any:
        """The value of the first branch of a `choose:` that holds, or MISSING."""
        branches = node.items["choose"]
        if len(node.items) > 1 or not isinstance(branches, Sequence) or not branches.items:
            return self.problem(node.place, "expected `choose:` alone, with a list of {when: …, use: …}")
        result = MISSING
        for index, branch in enumerate(branches.items):
            if not isinstance(branch, Mapping) or "use" not in branch.items or set(branch.items) - CONDITION - {"use"}:
                self.problem(branch.place, "expected {when: …, use: …} in `choose:`")
                continue
            if index and not CONDITION & set(branches.items[index - 1].items if isinstance(branches.items[index - 1], Mapping) else ()):
                self.problem(branch.place, "is never reached: the branch before it has no condition")
            if self.holds(branch):
                value = self.value(branch.items["use"], kind)
                if self.choices is not None:
                    return value
                result = value if result is MISSING else result
        return result

    # --- values
    def value(self, node: Node, kind: Any) -> Any:
        """The node as a value of the type `kind`; MISSING where it can't be read or no branch holds."""
        if isinstance(node, Mapping) and "choose" in node.items:
            return self.chosen(node, kind)
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self.union(node, kind)
        if origin is tuple:
            return self.tuple_of(node, get_args(kind))
        if origin is dict:
            return self.entries(node, get_args(kind)[1])
        if origin is Literal:
            return self.word_of(node, get_args(kind))
        if dataclasses.is_dataclass(kind):
            return self.record(node, kind)
        return self.scalar(node, kind)

    def scalar(self, node: Node, kind: type) -> Any:
        if not isinstance(node, Scalar):
            return self.problem(node.place, f"expected {describe(kind)}, found {describe_node(node)}")
        if issubclass(kind, Words):
            return self.text(node, kind)
        if kind is bool:
            if node.text in ("yes", "no") and not node.quoted:
                return node.text == "yes"
            return self.problem(node.place, f"expected yes or no, found `{node.text}`")
        if not re.fullmatch(NUMBERS[kind][1], node.text) or node.text in ("", "-", "."):
            return self.problem(node.place, f"expected {describe(kind)}, found {describe_node(node)}")
        return kind(node.text)

    def text(self, node: Scalar, kind: type[Words]) -> Any:
        if not node.text.strip():
            return self.problem(node.place, "expected a text, found nothing")
        if issubclass(kind, Name) and not NAME.fullmatch(node.text):
            return self.problem(node.place, f"`{node.text}` is no name: use small letters, digits and hyphens")
        words = kind(" ".join(node.text.split()), node.place)
        if issubclass(kind, Name):
            self.named.append(words)  # type: ignore[arg-type]  # a Name by the test above
        else:
            if words.count("**") % 2:
                self.problem(node.place, "`**` opens bold letters that no second `**` closes")
            self.words.append(words)
        return words

    def word_of(self, node: Node, words: tuple[Any, ...]) -> Any:
        if isinstance(node, Scalar) and node.text in words:
            return node.text
        found = node.text if isinstance(node, Scalar) else describe_node(node)
        return self.problem(node.place, f"expected one of {', '.join(words)}, found `{found}`{nearest(found, words)}")

    def tuple_of(self, node: Node, kinds: tuple[Any, ...]) -> Any:
        if not isinstance(node, Sequence):
            return self.problem(node.place, f"expected a list, found {describe_node(node)}")
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            values = (self.item(one, kinds[0]) for one in node.items)
            return tuple(value for value in values if value is not MISSING)
        if len(node.items) != len(kinds):
            return self.problem(node.place, f"expected {len(kinds)} values, found {len(node.items)}")
        values = tuple(self.value(one, kind) for one, kind in zip(node.items, kinds, strict=True))
        return MISSING if MISSING in values else values

    def item(self, node: Node, kind: Any) -> Any:
        """A list item or a named entry, which may stand under a condition."""
        if not isinstance(node, Mapping) or not CONDITION & set(node.items):
            return self.value(node, kind)
        if not self.holds(node):
            return MISSING
        rest = {key: value for key, value in node.items.items() if key not in CONDITION}
        if "use" not in rest:
            return self.value(Mapping(rest, node.keys, node.place), kind)
        for key in rest.keys() - {"use"}:
            self.problem(node.keys[key], f"`{key}` can't stand beside `use`")
        return self.value(rest["use"], kind)

    def entries(self, node: Node, kind: Any) -> Any:
        if not isinstance(node, Mapping):
            return self.problem(node.place, f"expected named entries, found {describe_node(node)}")
        result = {}
        for key, value in node.items.items():
            if not NAME.fullmatch(key):
                self.problem(node.keys[key], f"`{key}` is no name: use small letters, digits and hyphens")
            entry = self.item(value, kind)
            if entry is not MISSING:
                result[key] = entry
        return result

    def union(self, node: Node, kind: Any) -> Any:
        kinds = [one for one in get_args(kind) if one is not type(None)]
        if len(kinds) == 1:  # optional
            return self.value(node, kinds[0])
        signs = {key_of(fields_of(one)[0].name): one for one in kinds}
        if not isinstance(node, Mapping):
            return self.problem(node.place, f"expected one of {', '.join(signs)}, found {describe_node(node)}")
        for sign, one in signs.items():
            if sign in node.items:
                return self.record(node, one)
        first = next(iter(node.items), "")
        place = node.keys.get(first, node.place)
        return self.problem(place, f"expected one of {', '.join(signs)}, found `{first}`{nearest(first, signs)}")

    def record(self, node: Node, kind: Any) -> Any:
        if not isinstance(node, Mapping):
            return self.problem(node.place, f"expected {describe(kind)}, found {describe_node(node)}")
        fields = {key_of(field.name): field for field in fields_of(kind)}
        for key in node.items:
            if key not in fields:
                self.problem(node.keys[key], f"`{key}` isn't known here; expected {', '.join(fields)}{nearest(key, fields)}")
        values = {}
        for key, field in fields.items():
            value = self.value(node.items[key], field.type) if key in node.items else MISSING
            if value is not MISSING:
                values[field.name] = value
            elif field.default is dataclasses.MISSING:
                if key not in node.items:
                    self.problem(node.place, f"`{key}` is missing: {describe(field.type)}")
                elif not self.problems:
                    self.problem(node.keys[key], f"no branch of `choose` holds for {key} with these choices")
        required = (field.name for field in fields.values() if field.default is dataclasses.MISSING)
        return kind(**values) if all(name in values for name in required) else MISSING


@cache
def fields_of(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def key_of(name: str) -> str:
    return name.replace("_", "-")


def describe(kind: Any) -> str:
    """What a type is called in a message."""
    if get_origin(kind) in (Union, types.UnionType):
        return describe(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return "a list"
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(get_args(kind))
    if kind is bool:
        return "yes or no"
    if kind in NUMBERS:
        return NUMBERS[kind][0]
    if isinstance(kind, type) and issubclass(kind, Name):
        return "a name"
    return "a text" if isinstance(kind, type) and issubclass(kind, Words) else "a mapping"


def describe_node(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return f"`{text}`" if text else "nothing"
        case Sequence():
            return "a list"
        case _:
            return "a mapping"
