"""(Booklet, its routine file) → what these choices put in and leave out, and why: with the lines of the file."""

from collections.abc import Iterator

from booklet.building import Booklet
from booklet.conditions import CONDITION, Choices, Condition, Test, read_condition
from booklet.reading import Mapping, Node, Scalar, Sequence
from booklet.records import dataclass
from booklet.routines import RoutineFile
from booklet.timing import clock

SHOWN = 44  # letters of a text


@dataclass(frozen=True, slots=True)
class Item:
    """A list item, named entry or branch that depends on choices: where it is, whether it is in, and why."""

    path: tuple[str, ...]
    line: int
    there: bool
    why: str
    text: str


def explain(booklet: Booklet) -> Iterator[str]:
    """All lines of the explanation."""
    file, book = booklet.file, booklet.book
    yield f"{booklet.routine.name}: {len(booklet.pages)} pages on {booklet.request.paper}, for these choices"
    yield from _choices(file, book.choices)
    found = list(_items(file.body, (), file, book.choices))
    yield from ("", "Steps")
    yield from _steps(booklet, found)
    yield from ("", "Chapters")
    yield from _chapters(booklet, found)
    yield from ("", "Time")
    yield from _times(booklet)
    yield from ("", "What depends on these choices")
    plan = _plan(file, len(booklet.pages))
    for item in found:
        if item.path[0] == "plans" and item.path[1] != plan:
            continue  # of another size
        state = "in " if item.there else "out"
        yield f"  line {item.line:<5} {state}  {'.'.join(item.path)}{item.text}: {item.why}"


def _choices(file: RoutineFile, choices: Choices) -> Iterator[str]:
    for option in file.own_options:
        value = choices[option.name]
        usual = ", the default" if value == option.default else ""
        yield f"  line {option.place.line:<5} {option.name} {_value(value)}{usual}"


def _plan(file: RoutineFile, pages: int) -> str:
    """The number of a size's plan in the file's list."""
    plans = file.body.items.get("plans")
    nodes = plans.items if isinstance(plans, Sequence) else ()
    sizes = [one.items.get("plan") for one in nodes if isinstance(one, Mapping)]
    return next((str(i) for i, one in enumerate(sizes, 1) if isinstance(one, Scalar) and one.text == str(pages)), "")


# --- steps, chapters, time ------------------------------------------------------------------------------------------
def _steps(booklet: Booklet, found: list[Item]) -> Iterator[str]:
    steps = booklet.file.body.items.get("steps")
    for name, place in steps.keys.items() if isinstance(steps, Mapping) else ():
        page = booklet.book.pages.get(name)
        if booklet.book.schedule.turns_of(name) and name in booklet.routine.steps:
            where = f"page {page}" if page else "on the cue card and the clock only"
            yield f"  line {place.line:<5} in   {name}: {where}{_reason(found, ('steps', name), True)}"
        else:
            why = _reason(found, ("steps", name), False) or _left_out(booklet.file, name, booklet.book.choices)
            yield f"  line {place.line:<5} out  {name}{why or ': it has no time'}"


def _left_out(file: RoutineFile, name: str, choices: Choices) -> str:
    """Why the timeline has no time for a step."""
    timeline = file.body.items.get("timeline")
    for node in timeline.items if isinstance(timeline, Sequence) else ():
        if isinstance(node, Mapping) and not CONDITION.isdisjoint(node.items) and _names(node, name):
            return f": the timeline (line {node.place.line}) {_why(read_condition(node, file.options, []), choices)[1]}"
    return ""


def _names(node: Node, name: str) -> bool:
    """Whether a node names a step."""
    if isinstance(node, Scalar):
        return node.text == name
    return any(_names(one, name) for one in (node.items if isinstance(node, Sequence) else node.items.values()))


def _chapters(booklet: Booklet, found: list[Item]) -> Iterator[str]:
    chapters = booklet.file.body.items.get("chapters")
    for name, place in chapters.keys.items() if isinstance(chapters, Mapping) else ():
        if page := booklet.book.pages.get(name):
            yield f"  line {place.line:<5} in   {name}: page {page}{_reason(found, ('chapters', name), True)}"
        else:
            why = (
                _reason(found, ("chapters", name), False)
                or f": the plan for {len(booklet.pages)} pages doesn't have it"
            )
            yield f"  line {place.line:<5} out  {name}{why}"


def _reason(found: list[Item], path: tuple[str, ...], there: bool) -> str:
    return next((f": {one.why}" for one in found if one.path == path and one.there == there), "")


def _times(booklet: Booklet) -> Iterator[str]:
    turns, steps = booklet.book.schedule.turns, booklet.routine.steps
    if not booklet.book.schedule.timed:
        yield f"  {', '.join(turn.step for turn in turns)}; they go by no clock"
        return
    wide = max((len(turn.step) for turn in turns), default=4)
    yield f"  {'step':{wide}}  {'from':>6}  {'to':>6}  {'lasts':>6}  {'pause':>6}"
    for turn in turns:
        pause = clock(turn.pause) if turn.pause else ""
        times = f"{clock(turn.start):>6}  {clock(turn.stop):>6}  {clock(turn.seconds):>6}  {pause:>6}"
        count = booklet.book.schedule.counts.get(turn.step) if steps[turn.step].repeat else None
        often = f"  {count.passes} × {count.spots} × {count.times}" if count else ""
        yield f"  {turn.step:{wide}}  {times}{often}".rstrip()
    if turns:
        yield f"  together {clock(turns[-1].stop + turns[-1].pause)}; last column: passes × spots × times"


# --- what depends on choices ----------------------------------------------------------------------------------------
def _items(node: Node, path: tuple[str, ...], file: RoutineFile, choices: Choices) -> Iterator[Item]:
    """Everything with a condition, in the order of the file; nothing inside of what is out."""
    if isinstance(node, Scalar):
        return
    if isinstance(node, Sequence):
        for number, one in enumerate(node.items, 1):
            yield from _item(one, (*path, str(number)), file, choices)
    elif isinstance(branches := node.items.get("choose"), Sequence):
        yield from _branches(branches, path, file, choices)
    else:
        for key, one in node.items.items():
            yield from _item(one, (*path, key), file, choices)


def _item(node: Node, path: tuple[str, ...], file: RoutineFile, choices: Choices) -> Iterator[Item]:
    if isinstance(node, Mapping) and not CONDITION.isdisjoint(node.items):
        there, why = _why(read_condition(node, file.options, []), choices)
        yield Item(path, node.place.line, there, why, _text(node.items.get("use")))
        if there:
            rest = {key: one for key, one in node.items.items() if key not in CONDITION}
            yield from _items(Mapping(rest, node.keys, node.place), path, file, choices)
    else:
        yield from _items(node, path, file, choices)


def _branches(branches: Sequence, path: tuple[str, ...], file: RoutineFile, choices: Choices) -> Iterator[Item]:
    """The branch of a `choose:` that is used."""
    for branch in branches.items:
        if isinstance(branch, Mapping):
            condition = read_condition(branch, file.options, [])
            there, why = _why(condition, choices)
            if there:
                reason = why if condition.tests else "the last branch, as no other holds"
                used = branch.items.get("use")
                yield Item(path, branch.place.line, True, reason, _text(used))
                if used is not None:
                    yield from _items(used, path, file, choices)
                return
    yield Item(path, branches.place.line, False, "no branch of its `choose:` holds", "")


def _text(node: Node | None) -> str:
    """A text of the file, cut short."""
    if not isinstance(node, Scalar):
        return ""
    words = " ".join(node.text.replace("**", "").split())
    return f" “{words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}”"


def _why(condition: Condition, choices: Choices) -> tuple[bool, str]:
    """Whether a condition holds, and why."""
    failing = [test for test in condition.when if not test.holds(choices)]
    if failing:
        return False, " and ".join(
            f"asks for {_asked(one)}; {one.option} is {_value(choices[one.option])}" for one in failing
        )
    if condition.unless and all(test.holds(choices) for test in condition.unless):
        return False, f"is left out with {' and '.join(map(_asked, condition.unless))}"
    reasons = [f"{test.option} is {_value(choices[test.option])}" for test in condition.when]
    reasons += [f"{one.option} is {_value(choices[one.option])}" for one in condition.unless if not one.holds(choices)]
    return True, " and ".join(dict.fromkeys(reasons))


def _asked(test: Test) -> str:
    if test.values:
        return f"{test.option} {' or '.join(test.values)}"
    low, high = test.low, test.high
    return (
        f"{test.option} {low}"
        if low == high
        else f"{test.option} {'' if low is None else low}..{'' if high is None else high}"
    )


def _value(value: object) -> str:
    return " + ".join(value) or "none" if isinstance(value, tuple) else str(value)
