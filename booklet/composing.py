"""YAML text → Node tree in which every value knows its place.

Reads the events of libyaml's parser itself rather than building Python objects, so that each value keeps its line
and column, duplicate keys are seen, and hostile files (alias bombs, deep nesting) end at a limit instead of filling the
memory.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import yaml

from booklet.errors import InvalidFile, Place, Problem
from booklet.mistyped import Stop, mistyped, no_start
from booklet.nodes import LINE_BREAK, Mapping, Node, Scalar, Sequence, clipped

MAX_DEPTH = 40
MAX_NODES = 100_000
MOST_PROBLEMS = 100  # where a file has more, the first are told

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml reads the same files, only slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def compose(text: str, name: str) -> Node:
    """The tree of a text. Raises InvalidFile."""
    composer = _Composer(name, text)
    try:
        return composer.document(iter(yaml.parse(text, Loader=Loader)))
    except yaml.MarkedYAMLError as error:
        problem = _explain(error, composer)
        raise InvalidFile([*composer.problems, problem]) from None
    except yaml.YAMLError as error:
        raise InvalidFile([Problem(Place(name, 1, 1), f"isn't YAML: {' '.join(str(error).split())}")]) from None


def _explain(error: yaml.MarkedYAMLError, composer: "_Composer") -> Problem:
    """What the parser says, in words that say what to do, at the place where it went wrong."""
    mark, start = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    if mark is None or start is None:
        return Problem(Place(composer.name, 1, 1), f"isn't YAML: {error.problem}")
    stop = Stop(error.problem or "", error.context or "", mark.line, mark.column, (start.line, start.column))
    line, column, message = mistyped(stop, composer.lines, composer.quote)
    return Problem(Place(composer.name, line + 1, column + 1), f"isn't YAML: {message}")


class _Composer:
    """Builds nodes from events, collecting duplicate keys and stopping at the limits."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.quote: tuple[int, int, int] | None = None  # of the last text in quotes: line, column, last line
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
            message = "aliases aren't read; write the value out, or put a text that begins with `*` in quotes"
            raise self.stop(event, f"*{event.anchor}: {message}")
        place = self.place(event)
        if event.anchor and isinstance(event, yaml.ScalarEvent):
            self.problems.append(Problem(place, f"isn't YAML: {no_start('&')}"))
        if event.tag == "!":
            self.problems.append(Problem(place, f"isn't YAML: {no_start('!')}"))
        elif event.tag:
            tag = clipped(event.tag.replace("tag:yaml.org,2002:", "!!"))
            message = f"tags such as {tag} aren't read: put a text that begins with `!` in quotes"
            self.problems.append(Problem(place, message))
        if isinstance(event, yaml.ScalarEvent):
            self.look(event)
            return Scalar(event.value, event.style in ("'", '"', "|", ">"), place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(place, events, depth)
        return self.mapping(place, events, depth)

    @cached_property
    def lines(self) -> list[str]:
        return LINE_BREAK.split(self.text)

    def look(self, event: Any) -> None:
        """Keeps where a text in quotes stands; tells an item that is pushed in and so goes on with the text above."""
        first, last = event.start_mark.line, event.end_mark.line
        if event.style in ("'", '"'):
            self.quote = first, event.start_mark.column, last
        elif not event.style and first < last:
            for number in range(first + 1, min(last + 1, len(self.lines))):
                line = self.lines[number]
                if line.lstrip().startswith("- "):
                    column = len(line) - len(line.lstrip()) + 1
                    if self.lines[first].lstrip().startswith("- "):
                        said = (
                            f"this `- ` goes on with the text of line {first + 1}, as it is pushed in further: "
                            f"begin it with as many spaces as line {first + 1}, or put the text in quotes"
                        )
                    else:
                        said = f"line {first + 1} has a value already, and a list follows: take one of the two out"
                    self.problems.append(Problem(Place(self.name, number + 1, column), f"isn't YAML: {said}"))
                    break

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
            if isinstance(key, Scalar) and key.text.startswith("\u00a0"):
                message = "isn't YAML: a no-break space stands here, which looks like a space: type spaces in its place"
                self.problems.append(Problem(key.place, message))
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.place, "a key must be a single word, not a list or a mapping"))
            elif key.text in items:
                first = keys[key.text].line
                message = f"{clipped(key.text)} stands here a second time (first on line {first})"
                self.problems.append(Problem(key.place, message))
            else:
                items[key.text], keys[key.text] = value, key.place
        return Mapping(items, keys, place)
