"""Choices and the conditions on them: `when:` and `unless:` as they stand in a routine file.

A condition names options and the values that they must have: `{setup: floor}`, `{oil: [oil, lotion]}`,
`{minutes: 45..}`. All its options must match; a list matches any of its values; a range is `from..to`, either end open.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence as SequenceABC
from itertools import product
from math import prod

from booklet.errors import Place, Problem
from booklet.model import Words
from booklet.nodes import LONGEST, Mapping, Node, Scalar, Sequence, clipped, describe_node
from booklet.records import dataclass

CONDITION = {"when", "unless"}

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
            return not set(self.values).isdisjoint(value)
        return value in self.values


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where all of `when` match and not all of `unless` do."""

    when: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()

    def holds(self, choices: Choices) -> bool:
        for test in self.when:  # asked tens of thousands of times when a routine is checked
            if not test.holds(choices):
                return False
        for test in self.unless:
            if not test.holds(choices):
                return True
        return not self.unless

    @property
    def tests(self) -> tuple[Test, ...]:
        return self.when + self.unless


# --- from the file ------------------------------------------------------------------------------------------------
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
        problems.append(
            Problem(node.place, f"expected a condition such as {{setup: floor}}, found {describe_node(node)}")
        )
        return ()
    tests = []
    for name, value in node.items.items():
        option = options.get(name)
        if option is None:
            known = f"there is no option {clipped(name)}; there are {', '.join(options)}"
            problems.append(Problem(node.keys[name], f"{known}{nearest(name, options)}"))
        elif option.range:
            tests.append(_range(option, option.range, value, problems))
        elif option.choices:  # an option without is wrong itself, and that has been told
            tests.append(Test(name, _values(option, value, problems)))
    return tuple(tests)


def _values(option: Option, node: Node, problems: list[Problem]) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    values = []
    for one in nodes:
        if not isinstance(one, Scalar):
            problems.append(Problem(one.place, f"expected a choice of `{option.name}`, found {describe_node(one)}"))
        elif one.text not in option.choices:
            problems.append(Problem(one.place, no_choice(option, one.text)))
        else:
            values.append(one.text)
    if not nodes:
        problems.append(Problem(node.place, f"expected choices of `{option.name}`, found an empty list"))
    return tuple(values)


def no_choice(option: Option, value: str) -> str:
    known = ", ".join(option.choices)
    return f"{clipped(value)} is no choice of `{option.name}`: {known}{nearest(value, option.choices)}"


def _range(option: Option, bounds: tuple[int, int], node: Node, problems: list[Problem]) -> Test:
    text = node.text if isinstance(node, Scalar) else ""
    low, dots, high = text.partition("..")
    try:
        ends = (int(low) if low else None, int(high) if high else None) if dots else (int(text), int(text))
    except ValueError:
        found = describe_node(node)
        problems.append(Problem(node.place, f"expected a number or a range such as 20..44 or 45.., found {found}"))
        return Test(option.name)
    first = bounds[0] if ends[0] is None else ends[0]
    last = bounds[1] if ends[1] is None else ends[1]
    if ends == (None, None):
        problems.append(Problem(node.place, "a range needs at least one end, such as 45.."))
    elif ends[0] is not None and ends[1] is not None and first > last:
        problems.append(Problem(node.place, f"the range {text} is empty: {first} is more than {last}"))
    elif first > bounds[1] or last < bounds[0]:
        never = f"{text} is never chosen: `{option.name}` is from {bounds[0]} to {bounds[1]}"
        problems.append(Problem(node.place, never))
    return Test(option.name, (), *ends)


# --- combinations -------------------------------------------------------------------------------------------------
def cases(conditions: Iterable[Condition], options: MappingABC[str, Option], most: int) -> Iterator[Choices] | None:
    """One example of each combination of choices that the conditions tell apart; None where there are more than `most`."""
    asked: dict[str, list[Test]] = {}
    for condition in conditions:
        for test in condition.tests:
            asked.setdefault(test.option, []).append(test)
    told = {name: _told_apart(options[name], tests) for name, tests in asked.items()}
    if prod(2 ** len(told[name]) if options[name].several else len(told[name]) for name in asked) > most:
        return None
    values: list[SequenceABC[Value]] = [_subsets(told[name]) if options[name].several else told[name] for name in asked]
    return (dict(zip(asked, one, strict=True)) for one in product(*values))


def conditions_in(node: Node, options: MappingABC[str, Option]) -> Iterator[Condition]:
    """All conditions that stand in a node, outer ones first; what can't be read of them is left out."""
    if isinstance(node, Scalar):
        return
    if isinstance(node, Mapping) and not CONDITION.isdisjoint(node.items):
        yield read_condition(node, options, [])
    for inner in node.items if isinstance(node, Sequence) else node.items.values():
        yield from conditions_in(inner, options)


def stretches(option: Option, conditions: Iterable[Condition]) -> list[int]:
    """An example of each stretch of a range that the conditions tell apart, and its two ends; the default is one."""
    assert option.range
    low, high = option.range
    tests = [test for one in conditions for test in one.tests if test.option == option.name]
    starts = [start for start in _told_apart(option, tests) if isinstance(start, int)]
    usual = option.default if isinstance(option.default, int) else low
    begin = max((start for start in starts if start <= usual), default=low)
    rest = sorted({usual if start == begin else start for start in starts} | {low, high})
    return [usual, *(one for one in rest if one != usual)]


def _told_apart(option: Option, tests: list[Test]) -> list[int] | list[str]:
    """An example of each stretch of a range between the tests' ends; each choice that is asked about and another."""
    if option.range:
        low, high = option.range
        starts = {low, *(test.low for test in tests), *(test.high + 1 for test in tests if test.high is not None)}
        return sorted(start for start in starts if start is not None and low <= start <= high)
    asked = {value for test in tests for value in test.values}
    named = [name for name in option.choices if name in asked]
    other = [] if option.several else [name for name in option.choices if name not in asked]
    return [*named, *other[:1]]


def _subsets(names: list[int] | list[str]) -> list[tuple[str, ...]]:
    result: list[tuple[str, ...]] = [()]
    for name in names:
        result += [(*subset, str(name)) for subset in result]
    return result


# --- words of messages --------------------------------------------------------------------------------------------
def nearest(word: str, known: object) -> str:
    """ "; did you mean `x`?" for the nearest of the known words, or nothing."""
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(word[:LONGEST], list(known), 1, 0.55)  # type: ignore[call-overload]
    return f"; did you mean `{close[0]}`?" if close else ""
