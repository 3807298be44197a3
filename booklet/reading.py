"""YAML text → Node tree in which every value knows its place.

Reads the events of libyaml's parser itself rather than building Python objects, so that each value keeps its line
and column, duplicate keys are seen, and hostile files (alias bombs, huge files, deep nesting) end at a limit instead
of filling the memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from booklet.errors import InvalidFile, Place, Problem
from booklet.folders import look

MAX_BYTES = 1_000_000  # the built-in routine has about 50,000
MAX_DEPTH = 40
MAX_NODES = 100_000
MOST_PROBLEMS = 100  # where a file has more, the first are told
LONGEST = 60  # letters of the user's own text in a message

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")  # what YAML doesn't allow

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml reads the same files, only slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was written; `quoted` tells "on" in quotes from a bare on.

    `language` is set where a text isn't in the language that was asked for.
    """

    text: str
    quoted: bool
    place: Place
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file; `keys` holds their places."""

    items: dict[str, "Node"]
    keys: dict[str, Place]
    place: Place


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
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise InvalidFile([Problem(Place(name, line, column), "isn't UTF-8 text: save the file as UTF-8")]) from None
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Node:
    """YAML text → Node. Raises InvalidFile."""
    if bad := CONTROL.search(text):
        line, column = text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start())
        message = f"the letter U+{ord(bad[0]):04X} can't stand in a text file: take it out"
        raise InvalidFile([Problem(Place(name, line, column), message)])
    composer = _Composer(name)
    try:
        return composer.document(iter(yaml.parse(text, Loader=Loader)))
    except yaml.MarkedYAMLError as error:
        problem = _explain(error, text.splitlines(), name)
        raise InvalidFile([*composer.problems, problem]) from None
    except yaml.YAMLError as error:
        raise InvalidFile([Problem(Place(name, 1, 1), f"isn't YAML: {' '.join(str(error).split())}")]) from None


def _explain(error: yaml.MarkedYAMLError, lines: list[str], name: str) -> Problem:
    """What the parser says, in words that say what to do, at the place where it went wrong."""
    mark, start = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    if mark is None or start is None:
        return Problem(Place(name, 1, 1), f"isn't YAML: {error.problem}")
    what, where = error.problem or "", error.context or ""
    here = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in what:
        message = "isn't YAML: a second `: ` on the line; put the text in quotes"
    elif "unexpected ':'" in what:
        message = "isn't YAML: a `:` in a text between brackets; put the text in quotes"
    elif here == "\t":
        message = "isn't YAML: a tab where spaces are expected; indent with spaces"
    elif "quoted scalar" in where:
        mark, message = start, "isn't YAML: no quote closes the one that opens here"
    elif "flow" in where:
        mark, message = start, "isn't YAML: no bracket closes the one that opens here, or a comma is missing in it"
    elif "cannot start any token" in what:
        message = f"isn't YAML: a text can't start with `{here}`; put it in quotes"
    elif "block" in where or "simple key" in where:
        message = "isn't YAML: expected `key: value` or `- item`, indented like the lines around it"
    else:
        message = f"isn't YAML: {where} {what}".replace(":  ", ": ").rstrip()
    return Problem(Place(name, mark.line + 1, mark.column + 1), message)


class _Composer:
    """Builds nodes from events, collecting duplicate keys and stopping at the limits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.count = 0

    def document(self, events: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    message = "a second document starts here: keep one in a file"
                    raise self.stop(event, message)
                continue
            root = self.node(event, events, 0)
        if root is None:
            self.problems.append(Problem(Place(self.name, 1, 1), "is empty"))
        if self.problems or root is None:
            raise InvalidFile(self.problems)
        return root

    def place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def stop(self, event: Any, message: str) -> InvalidFile:
        return InvalidFile([*self.problems, Problem(self.place(event), message)])

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise self.stop(event, f"is nested more than {MAX_DEPTH} deep: a routine needs less than half of that")
        if self.count > MAX_NODES:
            raise self.stop(event, f"is one value more than the {MAX_NODES:,} that a file may have")
        if isinstance(event, yaml.AliasEvent):
            raise self.stop(event, f"*{event.anchor}: aliases aren't read; write the value out, or use `choose:`")
        place = self.place(event)
        if event.tag and event.tag != "!":
            tag = clipped(event.tag.replace("tag:yaml.org,2002:", "!!"))
            message = f"tags such as {tag} aren't read: write the value without it"
            self.problems.append(Problem(place, message))
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, event.style in ("'", '"', "|", ">"), place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(place, events, depth)
        return self.mapping(place, events, depth)

    def sequence(self, place: Place, events: Iterator[Any], depth: int) -> Sequence:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, depth + 1))
        return Sequence(tuple(items), place)

    def mapping(self, place: Place, events: Iterator[Any], depth: int) -> Mapping:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if len(self.problems) > MOST_PROBLEMS:
                raise InvalidFile(self.problems)
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.place, "a key must be a single word, not a list or a mapping"))
            elif key.text in items:
                first = keys[key.text].line
                message = f"{clipped(key.text)} stands here a second time (first on line {first})"
                self.problems.append(Problem(key.place, message))
            else:
                items[key.text], keys[key.text] = value, key.place
        return Mapping(items, keys, place)
