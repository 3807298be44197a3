"""Options of a routine → the combinations of choices that a check tries: all of them where they are few, else pairs.

Which bugs hide in combinations is an old question of testing: nearly all show with two choices (Kuhn, Wallace and Gallo,
“Software fault interactions”, 2004), so that combinations in which every pair of choices occurs find them at a fraction
of the cost. What a routine refuses itself, by its contradictions, is left out.
"""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import replace
from functools import partial
from itertools import combinations, product
from math import prod

from booklet.conditions import Choices, Condition, Option, Value, conditions_in, stretches
from booklet.records import dataclass
from booklet.routines import RoutineFile, plan_sizes

MOST_WHOLE = 240  # combinations: up to so many all are tried
MOST_PAIRED = 400  # the most that are tried where pairs are; a routine of thirty options has fewer
YES, NO = "yes", "no"
PAPERS = ("a4", "letter")

Given = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One combination: the choices that are made, as they are typed, the paper, whether the type is large, and a size.

    `pages` 0 leaves the size to the program, as most users do.
    """

    given: Given
    paper: str = "a4"
    large: bool = False
    pages: int = 0

    def flags(self, options: MappingABC[str, Option]) -> str:
        """What differs from the defaults, as it is typed."""
        words = []
        for name, value in self.given.items():
            several = isinstance(value, list)
            if several or value != str(options[name].default):
                words += [f"--{name} {one}" for one in (value if several else [value])]
        words += [f"--paper {self.paper}"] * (self.paper != PAPERS[0]) + ["--large-print"] * self.large
        return " ".join(words)

    def less(self, options: MappingABC[str, Option]) -> "Iterator[Callable[[Case], Case]]":
        """Ways to make a case plainer, each by one thing less that differs from the defaults."""
        if self.large:
            yield lambda case: replace(case, large=False)
        if self.paper != PAPERS[0]:
            yield lambda case: replace(case, paper=PAPERS[0])
        for name, value in self.given.items():
            if isinstance(value, list):
                yield from (partial(_without, name=name, one=one) for one in value)
            elif value != str(options[name].default):
                yield partial(_with, name=name, value=str(options[name].default))

    def choices(self, options: MappingABC[str, Option]) -> dict[str, Value]:
        """The choices as conditions ask for them."""
        found: dict[str, Value] = {name: option.default for name, option in options.items()}
        for name, value in self.given.items():
            found[name] = tuple(value) if isinstance(value, list) else int(value) if options[name].range else value
        return found | {"large-print": YES if self.large else NO} | ({"pages": self.pages} if self.pages else {})


def _without(case: Case, name: str, one: str) -> Case:
    return replace(case, given={**case.given, name: [other for other in case.given[name] if other != one]})


def _with(case: Case, name: str, value: str) -> Case:
    return replace(case, given={**case.given, name: value})


@dataclass(frozen=True, slots=True)
class Covered:
    """The combinations to try, whether these are all that there are, and of how many they are picked."""

    cases: tuple[Case, ...]
    whole: bool
    of: int

    def __str__(self) -> str:
        if self.whole:
            return f"in all {len(self.cases)} combinations of choices"
        return f"in {len(self.cases)} combinations, in which every pair of choices occurs, of {_rounded(self.of)}"


def each_once(covered: Covered) -> Covered:
    """Fewer of the combinations: enough that each choice that occurs in them still does."""
    seen: set[tuple[str, object]] = set()
    cases = []
    for case in covered.cases:
        made: set[tuple[str, object]] = {(name, str(value)) for name, value in case.given.items()}
        made |= {("paper", case.paper), ("large", case.large), ("pages", case.pages)}
        if not made <= seen:
            cases.append(case)
            seen |= made
    return replace(covered, cases=tuple(cases), whole=False)


def _rounded(count: int) -> str:
    """A large number as it is said: 12,345 → "12,000"; 48,000,000 → "48 million"."""
    if count >= 1_000_000:
        return f"{count // 1_000_000:,} million" if count < 10**12 else "more than a million million"
    return f"{count // 1000 * 1000:,}" if count >= 10_000 else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing to choose: its values. Each choice of an option that may be given several times is a yes or no of its own."""

    option: str
    values: tuple[Value, ...]
    choice: str = ""


def combine(file: RoutineFile) -> Covered:
    """The combinations to try; the first is that of the defaults."""
    axes = list(_axes(file))
    of = prod(len(axis.values) for axis in axes)
    if of <= MOST_WHOLE:
        picked: Iterator[tuple[int, ...]] = product(*(range(len(axis.values)) for axis in axes))
    else:
        picked = _pairs(file, axes)
    usual = Case(_given(file, {name: option.default for name, option in file.options.items()}))
    cases = {str(usual): usual}
    for one in picked:
        choices = _choices(file, axes, dict(enumerate(one)))
        if not refused(file, choices):
            case = _case(file, choices)
            cases.setdefault(str(case), case)
    return Covered(tuple(cases.values()), of <= MOST_WHOLE, of)


def refused(file: RoutineFile, choices: Choices) -> bool:
    """Whether one of the routine's contradictions holds."""
    return any(one.condition.holds(choices) for one in file.contradictions)


def _axes(file: RoutineFile) -> Iterator[Axis]:
    asked = [*conditions_in(file.body, file.options), *(one.condition for one in file.contradictions)]
    never = [one.condition for one in file.contradictions if len(one.condition.tests) == 1]
    for option in file.own_options:
        if option.range:
            yield Axis(option.name, tuple(stretches(option, asked)))
        elif option.several:
            named = {
                value for one in asked for test in one.tests if test.option == option.name for value in test.values
            }
            for name in option.choices:
                if name in named and not _ruled_out(option.name, (name,), never):
                    yield Axis(option.name, (NO, YES), name)
        else:
            values = tuple(name for name in option.choices if not _ruled_out(option.name, name, never))
            yield Axis(option.name, tuple(sorted(values, key=lambda name: name != option.default)))
    yield Axis("large-print", (NO, YES))
    yield Axis("paper", PAPERS)
    yield Axis("pages", (0, *sorted(plan_sizes(file))))


def _ruled_out(option: str, value: Value, never: list[Condition]) -> bool:
    """Whether a choice is refused whatever else is chosen."""
    return any(one.tests[0].option == option and one.holds({option: value}) for one in never)


# --- pairs ----------------------------------------------------------------------------------------------------------
def _pairs(file: RoutineFile, axes: list[Axis]) -> Iterator[tuple[int, ...]]:
    """Combinations in which every pair of values occurs that the routine doesn't refuse: greedy, in a fixed order."""
    sizes = [len(axis.values) for axis in axes]
    missing = dict.fromkeys(
        (a, i, b, j) for a, b in combinations(range(len(axes)), 2) for i in range(sizes[a]) for j in range(sizes[b])
    )
    made = 0
    while missing and made < MOST_PAIRED:
        a, i, b, j = next(iter(missing))
        del missing[a, i, b, j]
        chosen = {a: i, b: j}
        for axis in sorted(set(range(len(axes))) - {a, b}, key=lambda one: -sizes[one]):
            ways = [k for k in range(sizes[axis]) if not _clashes(file, axes, {**chosen, axis: k})]
            if not ways:
                break
            chosen[axis] = max(ways, key=lambda k: (_gain(missing, chosen, axis, k), -k))
        if len(chosen) < len(axes) or _clashes(file, axes, chosen):
            continue  # these two don't go together, or not in a way that is found at once
        for x, y in combinations(range(len(axes)), 2):
            missing.pop((x, chosen[x], y, chosen[y]), None)
        made += 1
        yield tuple(chosen[axis] for axis in range(len(axes)))


def _gain(missing: dict[tuple[int, int, int, int], None], chosen: dict[int, int], axis: int, value: int) -> int:
    pairs = ((axis, value, o, k) if axis < o else (o, k, axis, value) for o, k in chosen.items())
    return sum(pair in missing for pair in pairs)


def _clashes(file: RoutineFile, axes: list[Axis], chosen: dict[int, int]) -> bool:
    """Whether a contradiction holds whose options have all been chosen."""
    choices = _choices(file, axes, chosen)
    named = {axes[index].option for index in chosen}
    return any(
        one.condition.holds(choices)
        for one in file.contradictions
        if {test.option for test in one.condition.tests} <= named
    )


def _choices(file: RoutineFile, axes: list[Axis], chosen: dict[int, int]) -> dict[str, Value]:
    """The choices, with defaults for what isn't chosen; nothing is where an option may be given several times."""
    choices: dict[str, Value] = {name: () if one.several else one.default for name, one in file.options.items()}
    for index, value in chosen.items():
        axis = axes[index]
        if not axis.choice:
            choices[axis.option] = axis.values[value]
        elif axis.values[value] == YES:
            before = choices[axis.option]
            assert isinstance(before, tuple)
            choices[axis.option] = (*before, axis.choice)
    return choices


def _case(file: RoutineFile, choices: dict[str, Value]) -> Case:
    pages = choices["pages"]
    assert isinstance(pages, int)
    return Case(_given(file, choices), str(choices["paper"]), choices["large-print"] == YES, pages)


def _given(file: RoutineFile, choices: dict[str, Value]) -> Given:
    own = {option.name: choices[option.name] for option in file.own_options}
    return {name: list(value) if isinstance(value, tuple) else str(value) for name, value in own.items()}
