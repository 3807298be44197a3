"""The types of the model as they are read: their fields and keys, how each is written, and what it is called in a message."""

import dataclasses
import re
import types
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from booklet.errors import Place
from booklet.model import Name, Words

NUMBERS: dict[type, tuple[str, re.Pattern[str]]] = {
    int: ("a whole number", re.compile(r"-?\d{1,9}")),
    float: ("a number", re.compile(r"-?\d{0,9}(\.\d{1,9})?")),
}


@cache
def fields_of(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    """The fields that a file may write, a record's own before inherited ones; `place` is where the record stands."""
    written = (field for field in dataclasses.fields(kind) if field.type is not Place)
    return tuple(sorted(written, key=lambda field: field.kw_only is True))


@cache
def keys_of(kind: Any) -> dict[str, dataclasses.Field[Any]]:
    return {key_of(field.name): field for field in fields_of(kind)}


def needed(field: dataclasses.Field[Any]) -> bool:
    """Whether a file must write this key."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


SORTS: dict[int, tuple[str, Any, Any]] = {}  # by the identity of the type, which is kept alive with it


def sort_of(kind: Any) -> tuple[str, Any]:
    """How a type is read, and what is needed for it; worked out once, as types are asked for ten thousand times."""
    known = SORTS.get(id(kind))
    if known is None:
        known = SORTS[id(kind)] = (*_sort(kind), kind)
    return known[0], known[1]


def _sort(kind: Any) -> tuple[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        kinds = [one for one in get_args(kind) if one is not type(None)]
        if len(kinds) == 1:
            return "optional", kinds[0]
        return "union", {key_of(fields_of(one)[0].name): one for one in kinds}
    if origin is tuple:
        return "tuple", get_args(kind)
    if origin is dict:
        return "entries", get_args(kind)[1]
    if origin is Literal:
        return "word", get_args(kind)
    return ("record" if dataclasses.is_dataclass(kind) else "scalar"), kind


@cache
def knows_its_place(kind: Any) -> bool:
    return any(field.type is Place for field in dataclasses.fields(kind))


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
