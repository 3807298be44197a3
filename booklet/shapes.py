"""Node → value of a model type, by the type's annotations; every problem at once.

A list item or a named entry may carry `when:` and `unless:`; any value may be a `choose:` list whose first branch that
holds is used. With choices the result has no conditions left. Without choices every branch is read, so that a file is
checked whole: conditions that can't come about, alternatives that leave a needed value out, and everything that was
read is kept in `found` for the rules that look across fields.
"""

import dataclasses
import re
from collections.abc import Mapping as MappingABC
from functools import cached_property
from typing import Any

from booklet.conditions import CONDITION, Choices, Condition, Option, cases, nearest, read_condition
from booklet.errors import InvalidFile, Place, Problem
from booklet.instead import belongs, instead, is_misspelt_choose
from booklet.kinds import NUMBERS, describe, keys_of, knows_its_place, needed, sort_of
from booklet.model import Name, Words
from booklet.nodes import spaced
from booklet.reading import Mapping, Node, Scalar, Sequence, clipped
from booklet.reading import describe_node as describe_node
from booklet.records import dataclass

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MISSING: Any = object()  # no branch holds, or the value can't be read
UNCLOSED = re.compile(r":[a-z]{2,3}\[(?=[^]]*$|[^]]*:[a-z]{2,3}\[)")
MOST_LETTERS, MOST_ENTRIES = 5_000, 1_000  # of a text, and of a list: far more than a page holds
MOST_PROBLEMS = 100  # where a file has more, the first are told
MOST_CASES = 3000  # of one condition; what would need more goes unchecked
MOST_EFFORT = 300_000  # tests of conditions in one file

Path = tuple[str, ...]  # the keys and the list numbers, from 1, that lead to a value
Around = tuple[tuple[Condition, bool], ...]  # the conditions that a value stands under: whether they hold there


@dataclass(frozen=True, slots=True)
class Found:
    """A record, name or text of the file, with where it was read from."""

    value: Any
    node: Node
    path: Path
    around: Around


@dataclass(frozen=True, slots=True)
class Hole:
    """A case in which no branch of a `choose:` holds, and where that stands."""

    path: Path
    case: Choices
    place: Place


@dataclass(frozen=True, slots=True)
class Item:
    """What was read of an item, and what was found there."""

    node: Node  # kept, so that no other node gets its identity
    value: Any
    seen: tuple[list[Any], ...]  # what came to the shaper's lists


Before = dict[tuple[int, int, Path, Around], Item]
"""Items of former readings with the same options and choices: by the identity of node and type, and by where it stands."""


class Shaper:
    """Reads nodes against types. `choices` None means: check everything; cases in which one of `never` holds don't come about.

    `before` is what was found in the same file, for the same choices, before it was edited.
    """

    def __init__(
        self,
        options: MappingABC[str, Option],
        choices: Choices | None = None,
        never: tuple[Condition, ...] = (),
        before: Before | None = None,
    ) -> None:
        self.options = options
        self.choices = choices
        self.never = [(one, {test.option for test in one.tests}) for one in never]
        self.problems: list[Problem] = []
        self.path: Path = ()
        self.around: Around = ()
        self.holes: list[Hole] = []
        self.found: list[Found] = []
        self.lengths: list[tuple[Path, int]] = []  # of lists
        self.named: list[tuple[Path, dict[str, Place]]] = []  # entries
        self.before: Before = {} if before is None else before
        self.asked: dict[frozenset[str], list[Condition]] = {}
        self.effort = MOST_EFFORT
        self.known: dict[tuple[Around, tuple[Condition, ...]], list[Choices]] = {}

    def problem(self, place: Place, message: str) -> Any:
        self.problems.append(Problem(place, message))
        self.enough()
        return MISSING

    def enough(self) -> None:
        """Raises InvalidFile where there are more problems than anybody reads."""
        if len(self.problems) > MOST_PROBLEMS:
            raise InvalidFile(self.problems)

    @cached_property
    def longest(self) -> dict[Path, int]:
        """How long each list may be, once all is read: there may be several for a path, in branches."""
        found: dict[Path, int] = {}
        for path, length in self.lengths:
            found[path] = max(length, found.get(path, 0))
        return found

    @cached_property
    def entry_names(self) -> dict[Path, dict[str, Place]]:
        """The entries that there may be, once all is read."""
        found: dict[Path, dict[str, Place]] = {}
        for path, names in self.named:
            found.setdefault(path, {}).update(names)
        return found

    def keep(self, value: Any, node: Node) -> Any:
        if self.choices is None:
            self.found.append(Found(value, node, self.path, self.around))
        return value

    # --- conditions
    def possible(self, around: Around, conditions: tuple[Condition, ...]) -> list[Choices] | None:
        """An example of each case that the conditions tell apart where `around` is so; None where there are too many."""
        if (around, conditions) in self.known:
            return self.known[around, conditions]
        asked = (*(condition for condition, _ in around), *conditions)
        names = {test.option for condition in asked for test in condition.tests}
        # an example of a stretch of a range must not stand for a part of it that is ruled out
        asked += tuple(one for one, of in self.never if of <= names and any(self.options[name].range for name in of))
        examples = cases(asked, self.options, min(MOST_CASES, self.effort // (len(asked) + 1)))
        if examples is None:
            return None
        result: list[Choices] = []
        for case in examples:
            self.effort -= len(asked)
            if all(condition.holds(case) == so for condition, so in around) and not self.ruled_out(case):
                result.append(case)
        self.known[around, conditions] = result
        return result

    def ruled_out(self, case: Choices) -> bool:
        names = frozenset(case)
        if names not in self.asked:
            self.asked[names] = [one for one, of in self.never if of <= names]
        return any(one.holds(case) for one in self.asked[names])

    def condition(self, node: Mapping) -> Condition | None:
        """The condition of a branch or an item; None where it can't be read."""
        count = len(self.problems)
        condition = read_condition(node, self.options, self.problems)
        self.enough()
        return condition if len(self.problems) == count else None

    def chosen(self, node: Mapping, kind: Any) -> Any:
        """The value of the first branch of a `choose:` that holds, or MISSING; in a check that of the first."""
        branches = node.items["choose"]
        if len(node.items) > 1 or not isinstance(branches, Sequence) or not branches.items:
            return self.problem(node.place, "expected `choose:` alone, with a list of {when: …, use: …}")
        good: list[tuple[Mapping, Condition | None]] = []
        for branch in branches.items:
            if (
                not isinstance(branch, Mapping)
                or "use" not in branch.items
                or branch.items.keys() - CONDITION - {"use"}
            ):
                self.problem(branch.place, f"expected {{when: …, use: …}} in `choose:`, found {describe_node(branch)}")
            else:
                good.append((branch, self.condition(branch)))
        if self.choices is not None:
            for branch, condition in good:
                if condition and condition.holds(self.choices):
                    return self.value(branch.items["use"], kind)
            asked = {test.option for _, condition in good if condition for test in condition.tests}
            case = {name: self.choices[name] for name in self.options if name in asked}
            self.holes.append(Hole(self.path, case, node.place))
            return MISSING
        if len(good) == len(branches.items):
            self.check_branches(good, node.place)
        return self.every_branch(good, kind)

    def check_branches(self, branches: list[tuple[Mapping, Condition | None]], place: Place) -> None:
        """Tells branches that are never used, and keeps a case in which none is."""
        conditions = tuple(condition for _, condition in branches if condition)
        if len(conditions) < len(branches):
            return
        possible = self.possible(self.around, conditions)
        if possible is None:
            return
        firsts = [next((i for i, one in enumerate(conditions) if one.holds(case)), -1) for case in possible]
        for index in set(range(len(branches))) - set(firsts):
            reason = "those before it hold first, or what it asks for can't be chosen here"
            self.problem(branches[index][0].place, f"this branch is never used: {reason}")
        if -1 in firsts:
            self.holes.append(Hole(self.path, possible[firsts.index(-1)], place))

    def every_branch(self, branches: list[tuple[Mapping, Condition | None]], kind: Any) -> Any:
        """Reads all branches; the value is the first's."""
        result, outer = MISSING, self.around
        before: Around = ()
        for branch, condition in branches:
            self.around = outer + before + (((condition, True),) if condition and condition.tests else ())
            value = self.value(branch.items["use"], kind)
            result = value if result is MISSING else result
            before += ((condition, False),) if condition else ()
        self.around = outer
        return result

    # --- values
    def value(self, node: Node, kind: Any) -> Any:
        """The node as a value of the type `kind`; MISSING where it can't be read or no branch holds."""
        if isinstance(node, Mapping) and "choose" in node.items:
            return self.chosen(node, kind)
        if isinstance(node, Mapping) and len(node.items) == 1 and is_misspelt_choose(node):
            place, found = instead(node, False)
            return self.problem(place, f"expected {describe(kind)}, found {found}")
        sort, inner = sort_of(kind)
        match sort:
            case "scalar":
                return self.scalar(node, inner)
            case "optional":
                return self.value(node, inner)
            case "tuple":
                return self.tuple_of(node, inner)
            case "record":
                return self.record(node, inner)
            case "union":
                return self.union(node, inner)
            case "entries":
                return self.entries(node, inner)
            case _:
                return self.word_of(node, inner)

    def scalar(self, node: Node, kind: type) -> Any:
        if not isinstance(node, Scalar) or (not node.text.strip() and issubclass(kind, Words)):
            place, found = instead(node, issubclass(kind, Words) and not issubclass(kind, Name))
            return self.problem(place, f"expected {describe(kind)}, found {found}")
        if issubclass(kind, Words):
            return self.text(node, kind)
        if kind is bool:
            if node.text in ("yes", "no") and not node.quoted:
                return node.text == "yes"
            return self.problem(node.place, f"expected yes or no, found {describe_node(node)}")
        if not NUMBERS[kind][1].fullmatch(node.text) or node.text in ("", "-", "."):
            return self.problem(node.place, f"expected {describe(kind)}, found {describe_node(node)}")
        return int(node.text) if kind is int else float(node.text)

    def text(self, node: Scalar, kind: type[Words]) -> Any:
        if issubclass(kind, Name) and not NAME.fullmatch(node.text):
            return self.problem(node.place, f"{clipped(node.text)} is no name: use small letters, digits and hyphens")
        if len(node.text) > MOST_LETTERS:
            what = f"has {len(node.text):,} letters, and a text may have {MOST_LETTERS:,}: no page holds as many"
            return self.problem(node.place, what)
        words = kind(spaced(node.text), node.place, node.language)
        if words.count("**") % 2:
            self.problem(node.place, "`**` opens bold letters that no second `**` closes")
        for mark in UNCLOSED.findall(words):
            self.problem(node.place, f"`{mark}` opens words of another language that no `]` closes")
        return self.keep(words, node)

    def word_of(self, node: Node, words: tuple[Any, ...]) -> Any:
        if isinstance(node, Scalar) and node.text in words:
            return node.text
        hint = nearest(node.text, words) if isinstance(node, Scalar) else ""
        return self.problem(node.place, f"expected one of {', '.join(words)}, found {describe_node(node)}{hint}")

    def tuple_of(self, node: Node, kinds: tuple[Any, ...]) -> Any:
        if not isinstance(node, Sequence):
            place, found = instead(node, False)
            return self.problem(place, f"expected a list, found {found}")
        if len(node.items) > MOST_ENTRIES:
            return self.problem(node.place, f"has {len(node.items):,} entries, and a list may have {MOST_ENTRIES:,}")
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            values = [self.item(one, kinds[0], str(index)) for index, one in enumerate(node.items, 1)]
            result = tuple(value for value in values if value is not MISSING)
            self.lengths.append((self.path, len(result)))
            return result
        if len(node.items) != len(kinds):
            return self.problem(node.place, f"expected {len(kinds)} values, found {len(node.items)}")
        values = [self.value(one, kind) for one, kind in zip(node.items, kinds, strict=True)]
        return MISSING if MISSING in values else tuple(values)

    def item(self, node: Node, kind: Any, key: str) -> Any:
        """A list item or a named entry, which may stand under a condition."""
        path, around = self.path, self.around
        self.path = (*path, key)
        large = len(path) == 1 and isinstance(node, Mapping)  # a step, a chapter, a plan
        value = self.remembered(node, kind) if large else self.one(node, kind)
        self.path, self.around = path, around
        return value

    def one(self, node: Node, kind: Any) -> Any:
        if isinstance(node, Mapping) and not CONDITION.isdisjoint(node.items):
            return self.conditional(node, kind)
        return self.value(node, kind)

    def remembered(self, node: Node, kind: Any) -> Any:
        """A large item, with all that was found in it before where it is the very same."""
        key = (id(node), id(kind), self.path, self.around)
        lists: tuple[list[Any], ...] = (self.problems, self.holes, self.found, self.lengths, self.named)
        if key in self.before:
            for grown, seen in zip(lists, self.before[key].seen, strict=True):
                grown += seen
            self.enough()
            return self.before[key].value
        counts = [len(one) for one in lists]
        value = self.one(node, kind)
        self.before[key] = Item(node, value, tuple(one[count:] for one, count in zip(lists, counts, strict=True)))
        return value

    def conditional(self, node: Mapping, kind: Any) -> Any:
        condition = self.condition(node)
        if self.choices is not None and not (condition and condition.holds(self.choices)):
            return MISSING
        if self.choices is None and condition:
            if (self.around or condition.unless) and self.possible((*self.around, (condition, True)), ()) == []:
                self.problem(node.place, "this is never used: what it asks for can't be chosen here")
            self.around = (*self.around, (condition, True))
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
                self.problem(node.keys[key], f"{clipped(key)} is no name: use small letters, digits and hyphens")
            entry = self.item(value, kind, key)
            if entry is not MISSING:
                told_at_key = sort_of(kind)[0] == "record" and knows_its_place(kind)
                result[key] = dataclasses.replace(entry, place=node.keys[key]) if told_at_key else entry
        self.named.append((self.path, node.keys))
        return result

    def union(self, node: Node, signs: dict[str, Any]) -> Any:
        """One of several records, told apart by the key that only it has."""
        if not isinstance(node, Mapping):
            return self.problem(node.place, f"expected one of {', '.join(signs)}, found {describe_node(node)}")
        for sign, one in signs.items():
            if sign in node.items:
                return self.record(node, one)
        first = next(iter(node.items), "")
        place = node.keys.get(first, node.place)
        found = f"{clipped(first)}{nearest(first, signs)}" if first else "an empty mapping"
        return self.problem(place, f"expected one of {', '.join(signs)}, found {found}")

    def record(self, node: Node, kind: Any) -> Any:
        if not isinstance(node, Mapping):
            return self.problem(node.place, f"expected {describe(kind)}, found {describe_node(node)}")
        fields = keys_of(kind)
        for key in node.items:
            if key not in fields:
                self.unknown(node.keys[key], key, fields)
        values = {}
        for key, field in fields.items():
            value = self.field(node, key, field)
            if value is not MISSING:
                values[field.name] = value
        if knows_its_place(kind):
            values["place"] = node.place
        required = (field.name for field in fields.values() if needed(field))
        return self.keep(kind(**values), node) if all(name in values for name in required) else MISSING

    def unknown(self, place: Place, key: str, known: dict[str, dataclasses.Field[Any]]) -> None:
        if key in CONDITION:
            message = f"`{key}` stands in list items and named entries only; here write `choose:` in the value"
        else:
            message = f"{clipped(key)} isn't known here; expected {', '.join(known)}{belongs(key, known) or nearest(key, known)}"
        self.problem(place, message)

    def field(self, node: Mapping, key: str, field: dataclasses.Field[Any]) -> Any:
        """The value of one key; tells where it is needed and missing."""
        must = needed(field)
        if key not in node.items:
            return self.problem(node.place, f"`{key}` is missing: {describe(field.type)}") if must else MISSING
        outer, holes = self.path, len(self.holes)
        self.path = (*outer, key)
        value = self.value(node.items[key], field.type)
        for hole in self.holes[holes:] if must else ():
            if hole.path == self.path:
                message = (
                    f"`{key}` has no branch of `choose:` for {told(hole.case)}: end it with a branch without `when:`"
                )
                self.problem(node.keys[key], message)
        self.path = outer
        return value


def told(case: Choices) -> str:
    """A case in a message."""
    words = (
        f"{name} {(' + '.join(value) or '(none)') if isinstance(value, tuple) else value}"
        for name, value in case.items()
    )
    return " and ".join(words)
