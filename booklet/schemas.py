"""The file formats as JSON Schema (draft 2020-12), for editors: from the dataclasses that files are read into.

A schema says what an editor can complete and check while someone types: keys, words, lists, names, what is needed, and
where a condition may stand. What needs more than one value, `booklet check` tells.
"""

import json
import re
from functools import cache
from typing import Any

from booklet import model
from booklet.brands import Brand
from booklet.folders import folder, theme_names
from booklet.kinds import key_of, keys_of, needed, sort_of
from booklet.languages import TAG
from booklet.model import LookName, Name, Routine, Words
from booklet.reading import Mapping, Scalar, Sequence, read_yaml
from booklet.routines import OPTION_KEYS
from booklet.shapes import NAME
from booklet.theming import Theme, find_theme, read_theme

Schema = dict[str, Any]
KINDS = ("routine", "theme", "brand")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMED = f"^{NAME.pattern}$"
TEXT: Schema = {"type": ["string", "number"]}  # a text of digits needs no quotes
YES_NO: Schema = {"enum": ["yes", "no"]}
SENTENCE = re.compile(r"(?<=[.;:]) ")
WHEN: dict[str, Schema] = {
    "when": {"$ref": "#/$defs/condition", "description": "Only with these choices."},
    "unless": {"$ref": "#/$defs/condition", "description": "Only without these choices."},
}


def as_json(kind: str) -> str:
    """The schema of a kind of file, as it is shipped."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def schema_of(kind: str) -> Schema:
    """The schema of a kind of file: routine, theme or brand."""
    if kind == "routine":
        return _routine()
    if kind == "theme":
        return _theme()
    defs: dict[str, Schema] = {}
    return _whole("A brand of booklets.", _record(Brand, defs, conditional=False), defs)


def _routine() -> Schema:
    defs: dict[str, Schema] = {"condition": _condition()}
    body = _record(Routine, defs, conditional=True)
    body["properties"] = {**body["properties"], "options": _options(), "contradictions": _contradictions()}
    body["properties"]["translations"] = _translations()
    return _whole("A routine for booklets.", body, defs)


def _theme() -> Schema:
    """What is missing in a theme may come from the one that it is `like`."""
    defs: dict[str, Schema] = {}
    body = _record(Theme, defs, conditional=False)
    like = {
        "enum": theme_names(),
        "description": "The built-in theme that everything comes from that isn't written here.",
    }
    must = body.pop("required")
    for one in defs.values():
        one.pop("required", None)
    body |= {"properties": {"like": like, **body["properties"]}, "if": {"not": {"required": ["like"]}}}
    return _whole("A theme for booklets.", body | {"then": {"required": must}}, defs)


def _whole(title: str, body: Schema, defs: dict[str, Schema]) -> Schema:
    return {"$schema": DIALECT, "title": title, **body, "$defs": dict(sorted(defs.items()))}


# --- types --------------------------------------------------------------------------------------------------------
def _record(kind: Any, defs: dict[str, Schema], conditional: bool) -> Schema:
    """The keys of a record."""
    properties, fields = {}, keys_of(kind)
    for key, field in fields.items():
        told = meanings().get(kind.__name__, {}).get(key, ("", ""))[0] or _told(kind, field.name)
        properties[key] = _value(field.type, defs, conditional) | ({"description": told} if told else {})
    must = [key for key, field in fields.items() if needed(field)]
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    said = _docstring(kind)
    return made | ({"required": must} if must else {}) | ({"description": said} if said else {})


def _value(kind: Any, defs: dict[str, Schema], conditional: bool) -> Schema:
    """A value; where there are conditions also `choose:` in its place."""
    sort, inner = sort_of(kind)
    if sort == "optional":
        return _value(inner, defs, conditional)
    if not conditional:
        return _plain(kind, defs, conditional)
    name = label(kind)
    if name not in defs:
        defs[name] = {}  # where a type leads back to itself
        use = {"type": "object", "properties": {**WHEN, "use": {"$ref": f"#/$defs/{name}"}}, "required": ["use"]}
        branches = {"type": "array", "items": use | {"additionalProperties": False}, "minItems": 1}
        branches["description"] = "Alternatives: the first whose `when` fits is used."
        choose = {"type": "object", "properties": {"choose": branches}, "required": ["choose"]}
        defs[name] |= _either(_plain(kind, defs, conditional), choose | {"additionalProperties": False})
    return {"$ref": f"#/$defs/{name}"}


def _item(kind: Any, defs: dict[str, Schema], conditional: bool) -> Schema:
    """An item of a list, or a named entry; where there are conditions it may stand under one."""
    if not conditional:
        return _value(kind, defs, conditional)
    name = f"{label(kind)}-item"
    if name not in defs:
        defs[name] = {}
        use: Schema = {"type": "object", "properties": {**WHEN, "use": _value(kind, defs, conditional)}}
        use |= {"required": ["use"], "anyOf": [{"required": ["when"]}, {"required": ["unless"]}]}
        sort, inner = sort_of(kind)
        records = {"record": (inner,), "union": tuple(inner.values()) if sort == "union" else ()}.get(sort, ())
        under = [_under_condition(_record(one, defs, conditional)) for one in records]
        defs[name] |= _either(_value(kind, defs, conditional), use | {"additionalProperties": False}, *under)
    return {"$ref": f"#/$defs/{name}"}


def _under_condition(record: Schema) -> Schema:
    """A record whose condition stands among its keys."""
    return record | {
        "properties": WHEN | record["properties"],
        "anyOf": [{"required": ["when"]}, {"required": ["unless"]}],
    }


def _plain(kind: Any, defs: dict[str, Schema], conditional: bool) -> Schema:
    """A value that stands under no condition of its own."""
    sort, inner = sort_of(kind)
    match sort:
        case "scalar":
            return _scalar(inner)
        case "word":
            return {"enum": list(inner)}
        case "tuple" if len(inner) == 2 and inner[1] is Ellipsis:
            return {"type": "array", "items": _item(inner[0], defs, conditional)}
        case "tuple":
            parts = [_value(one, defs, conditional) for one in inner]
            alike = all(one == inner[0] for one in inner)  # `items` is older than `prefixItems`: more editors know it
            of: Schema = {"items": parts[0]} if alike else {"prefixItems": parts}
            return {"type": "array", **of, "minItems": len(parts), "maxItems": len(parts)}
        case "entries":
            entries = _item(inner, defs, conditional)
            return {"type": "object", "propertyNames": {"pattern": NAMED}, "additionalProperties": entries}
        case "union":
            return _either(*(_reference(one, defs, conditional) for one in inner.values()))
        case _:
            return _reference(inner, defs, conditional)


def _reference(kind: Any, defs: dict[str, Schema], conditional: bool) -> Schema:
    name = kind.__name__
    if name not in defs:
        defs[name] = {}
        defs[name] |= _record(kind, defs, conditional)
    return {"$ref": f"#/$defs/{name}"}


def _scalar(kind: type) -> Schema:
    if kind is bool:
        return YES_NO
    if kind in (int, float):
        return {"type": "integer" if kind is int else "number"}
    if issubclass(kind, LookName):
        return {"enum": list(read_theme(find_theme("still")).looks), "description": _docstring(kind)}
    if issubclass(kind, Name):
        return {**TEXT, "pattern": NAMED, "description": _docstring(kind)}
    assert issubclass(kind, Words)
    return TEXT


def _either(*ways: Schema) -> Schema:
    """One of several; those that are such a choice themselves are spread out."""
    return {"anyOf": [one for way in ways for one in (way["anyOf"] if set(way) == {"anyOf"} else (way,))]}


def label(kind: Any) -> str:
    """What a type is called among the definitions."""
    sort, inner = sort_of(kind)
    if sort in ("word", "union") and (alias := next((name for name, one in vars(model).items() if one == kind), "")):
        return alias
    match sort:
        case "scalar":
            return {bool: "yes-no", int: "whole-number", float: "number", Words: "text"}.get(
                inner, key_of(inner.__name__)
            )
        case "word" | "union":
            return "-or-".join(inner)
        case "tuple" if len(inner) == 2 and inner[1] is Ellipsis:
            return f"list-of-{label(inner[0])}"
        case "tuple":
            return f"list-of-{len(inner)}-{label(inner[0])}"
        case "entries":
            return f"named-{label(inner)}"
        case _:
            return f"{inner.__name__}-or-choose"


# --- words --------------------------------------------------------------------------------------------------------
def _docstring(kind: Any) -> str:
    """A type's docstring on one line, its fields called by their keys; none where the dataclass made it up."""
    text = " ".join((kind.__doc__ or "").split())
    if text.startswith(f"{kind.__name__}("):
        return ""
    return re.sub(r"`[a-z]+(_[a-z]+)+`", lambda found: key_of(found[0]), text)


@cache
def meanings() -> dict[str, dict[str, tuple[str, str]]]:
    """What each key of a record means, and an example of its value (templates/keys.yaml)."""
    node = read_yaml(folder("templates") / "keys.yaml")
    assert isinstance(node, Mapping)
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for record, keys in node.items.items():
        assert isinstance(keys, Mapping)
        for key, told in keys.items.items():
            assert isinstance(told, Sequence)
            says, example = (one.text for one in told.items if isinstance(one, Scalar))
            found.setdefault(record, {})[key] = (says, example)
    return found


def _told(kind: Any, field: str) -> str:
    """The sentences of a type's docstring that tell of a field."""
    parts = SENTENCE.split(_docstring(kind))
    return " ".join(part for part in parts if f"`{key_of(field)}`" in part).rstrip(";:")


# --- the head of a routine ----------------------------------------------------------------------------------------
def _condition() -> Schema:
    value = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}
    says = "Options with the choices that match, such as {setup: floor}, {oil: [oil, lotion]} or {minutes: 45..}."
    return {"type": "object", "additionalProperties": value, "minProperties": 1, "description": says}


def _options() -> Schema:
    """What `routines` reads by hand: either named choices, or a range."""
    texts = {"type": "object", "propertyNames": {"pattern": NAMED}, "additionalProperties": TEXT, "minProperties": 1}
    keys: dict[str, Schema] = {
        "help": {**TEXT, "description": "What the option is, as the command's help says it."},
        "choices": texts | {"description": "The names of the choices, with the words that the booklet shows for them."},
        "from": {"type": "integer", "description": "The least, of a range of whole numbers."},
        "to": {"type": "integer", "description": "The most."},
        "default": {"type": ["string", "number", "array"], "description": "What is chosen where nobody says."},
        "several": YES_NO | {"description": "yes: it may be given several times."},
    }
    assert tuple(keys) == OPTION_KEYS
    option: Schema = {"type": "object", "properties": keys, "additionalProperties": False, "required": ["help"]}
    option["anyOf"] = [{"required": ["choices"]}, {"required": ["from", "to", "default"]}]
    says = "What the booklet can be tailored by: each becomes a flag of the command."
    return {
        "type": "object",
        "propertyNames": {"pattern": NAMED},
        "additionalProperties": option,
        "description": says,
    }


def _translations() -> Schema:
    texts = {"type": "object", "additionalProperties": {"type": ["string", "null"]}}
    told = "The routine in other languages: by language, each text as it stands here with its translation."
    names = {"pattern": f"^{TAG.pattern}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": texts, "description": told}


def _contradictions() -> Schema:
    keys: dict[str, Schema] = WHEN | {
        "says": {**TEXT, "description": "What is wrong."},
        "do": {**TEXT, "description": "What to do about it."},
    }
    item = {
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
        "required": ["when", "says", "do"],
    }
    return {"type": "array", "items": item, "description": "Choices that don't go together."}
