"""Choices and the conditions on them: `when:` and `unless:` as they stand in a routine file.

A condition names options and the values that they must have: `{setup: floor}`, `{oil: [oil, lotion]}`,
`{minutes: 45..}`. All its options must match; a list matches any of its values; a range is `from..to`, either end open.
"""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass

from booklet.errors import Place, Problem
from booklet.model import Words
from booklet.reading import Mapping, Node, Scalar, Sequence

Value = str | int | tuple[str, ...]
Choices = MappingABC[str, Value]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a routine can be tailored by: named choices with their labels, or a range of whole numbers."""

    name: str
    help: Words
    default: Value
    choices: MappingABC[str, Words]
    range: tuple[int, int] | None
    several: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Test:
    """One option of a condition with the values or the range that match."""

    option: str
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    def holds(self, choices: Choices) -> bool:
        value = choices[self.option]
        if isinstance(value, int):
            return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        if isinstance(value, tuple):
            return any(one in self.values for one in value)
        return value in self.values


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where all of `when` match and not all of `unless` do."""

    when: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()

    def holds(self, choices: Choices) -> bool:
        if not all(test.holds(choices) for test in self.when):
            return False
        return not self.unless or not all(test.holds(choices) for test in self.unless)


def read_condition(node: Mapping, options: MappingABC[str, Option], problems: list[Problem]) -> Condition:
    """The condition in a mapping's `when:` and `unless:` keys; what is wrong goes to `problems`."""
    return Condition(
        _tests(node.items.get("when"), options, problems),
        _tests(node.items.get("unless"), options, problems),
    )


def _tests(node: Node | None, options: MappingABC[str, Option], problems: list[Problem]) -> tuple[Test, ...]:
    if node is None:
        return ()
    if not isinstance(node, Mapping) or not node.items:
        problems.append(Problem(node.place, "expected a condition such as {setup: floor}"))
        return ()
    tests = []
    for name, value in node.items.items():
        option = options.get(name)
        if option is None:
            problems.append(Problem(node.keys[name], f"there is no option `{name}`{nearest(name, options)}"))
        elif option.range:
            tests.append(_range(option, value, problems))
        else:
            tests.append(Test(name, _values(option, value, problems)))
    return tuple(tests)


def _values(option: Option, node: Node, problems: list[Problem]) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    values = []
    for one in nodes:
        if not isinstance(one, Scalar):
            problems.append(Problem(one.place, f"expected a choice of `{option.name}`"))
        elif one.text not in option.choices:
            problems.append(Problem(one.place, no_choice(option, one.text)))
        else:
            values.append(one.text)
    return tuple(values)


def no_choice(option: Option, value: str) -> str:
    return f"`{value}` is no choice of `{option.name}`: {', '.join(option.choices)}{nearest(value, option.choices)}"


def _range(option: Option, node: Node, problems: list[Problem]) -> Test:
    text = node.text if isinstance(node, Scalar) else "a list or mapping"
    low, dots, high = text.partition("..")
    try:
        ends = (int(low) if low else None, int(high) if high else None) if dots else (int(text), int(text))
    except ValueError:
        problems.append(Problem(node.place, f"expected a number or a range such as 20..44 or 45.., found `{text}`"))
        return Test(option.name)
    if ends == (None, None):
        problems.append(Problem(node.place, "a range needs at least one end, such as 45.."))
    elif None not in ends and ends[0] > ends[1]:  # type: ignore[operator]  # both are numbers here
        problems.append(Problem(node.place, f"the range {text} is empty: {ends[0]} is more than {ends[1]}"))
    return Test(option.name, (), *ends)


def nearest(word: str, known: object) -> str:
    """ "; did you mean `x`?" for the nearest of the known words, or nothing."""
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(word, list(known), 1, 0.55)  # type: ignore[call-overload]
    return f"; did you mean `{close[0]}`?" if close else ""
