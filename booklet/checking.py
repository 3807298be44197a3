"""Rules across the fields of a routine file, for all choices at once: RoutineFile → nothing, or InvalidFile.

`shapes` has told by then what each value must be and which conditions can't come about. Here follow names that refer to
nothing, placeholders that nothing fills in, and numbers that don't go together. Nothing is laid out: what doesn't fit
on its page is told when a booklet is made.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from booklet.conditions import Condition, nearest, read_condition
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.figures import find_picture
from booklet.model import (
    Arrow, Badge, ChapterName, Contact, Dots, Fields, Layout, Listing, LookName, Loops, Map, MapName, Name, Picture,
    PictureName, Plan, Pressure, Pulls, Repeat, Rings, Rounding, Routine, Route, Scale, Segment, Step, StepName, Words,
    Zone,
)  # fmt: skip
from booklet.planning import COVER
from booklet.reading import Mapping, Node, Scalar, Sequence
from booklet.routines import PAGES, RoutineFile
from booklet.shapes import CONDITION, PLACEHOLDER, Found, Shaper
from booklet.theming import find_theme, read_theme

PEOPLE = ("for", "by")
COUNTS = ("times", "passes", "spots")  # of a step's repeat
COUNTED = ("lines", "dont", "repeat")  # the keys of a step whose texts may hold them
STRONGEST = 5  # pressure
Told = Iterator[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the names of a file may refer to; None where that can't be known."""

    file: RoutineFile
    shaper: Shaper
    steps: dict[str, Place] | None
    chapters: dict[str, Place] | None
    maps: dict[str, Place] | None
    looks: tuple[str, ...]
    layouts: dict[str, list[str]]  # by step
    timed: frozenset[str]  # steps of the timeline
    repeated: frozenset[str]
    shared: frozenset[str]  # steps that are shown on another's page


def check(file: RoutineFile) -> None:
    """Raises InvalidFile with every problem of the file, whatever the choices."""
    shaper = Shaper(file.options, never=tuple(one.condition for one in file.contradictions))
    shaper.value(file.body, Routine)
    known = _known(file, shaper)
    problems = [*shaper.problems, *(Problem(*one) for one in _whole(known))]
    for found in shaper.found:
        match found.value:
            case Name():
                problems += (Problem(found.value.place, one) for one in _name(found, known))
            case Words():
                problems += (Problem(found.value.place, one) for one in _placeholders(found, known))
            case _:
                problems += (Problem(*one) for one in _record(found, known))
    if problems:
        raise InvalidFile(problems)


def _known(file: RoutineFile, shaper: Shaper) -> Known:
    layouts: dict[str, list[str]] = {}
    for found in shaper.found:
        if isinstance(found.value, Layout) and found.path[0] == "steps":
            layouts.setdefault(found.path[1], []).append(found.value.layout)
    of = {kind: [one for one in shaper.found if isinstance(one.value, kind)] for kind in (Segment, Step, Repeat)}
    return Known(
        file=file,
        shaper=shaper,
        steps=shaper.entry_names.get(("steps",)),
        chapters=shaper.entry_names.get(("chapters",)),
        maps=shaper.entry_names.get(("maps",)),
        looks=tuple(read_theme(find_theme("still")).looks),
        layouts=layouts,
        timed=frozenset(one.value.step for one in of[Segment] if one.value.step),
        repeated=frozenset(one.path[1] for one in of[Repeat]),
        shared=frozenset(one.path[1] for one in of[Step] if one.value.with_step),
    )


# --- the whole file -----------------------------------------------------------------------------------------------
def _whole(known: Known) -> Told:
    file = known.file
    minutes = file.options.get("minutes")
    if minutes is None or minutes.range is None:
        yield file.body.place, "the option `minutes` is missing: the length of the routine, with `from`, `to` and `default`"
    defaults = {name: option.default for name, option in file.options.items()}
    for one in file.contradictions:
        if one.condition.holds(defaults):
            yield one.says.place, "the defaults of the options contradict each other: change one of them"
    for names in (known.chapters or {}, known.steps or {}):
        if COVER in names:
            yield names[COVER], f"`{COVER}` is the front page's name: choose another"
    timeline = file.body.items.get("timeline")
    if timeline and not known.timed and not known.shaper.problems:
        yield timeline.place, "the timeline has no step"
    yield from _twice(known)


def _twice(known: Known) -> Told:
    """What only one can have: a plan its size, the timeline its remainder and its start."""
    seen: dict[object, Found] = {}
    for found in known.shaper.found:
        key: object = None
        if isinstance(found.value, Plan):
            key = found.value.plan
        elif isinstance(found.value, Segment) and found.value.remainder:
            key = "remainder"
        if key is None:
            continue
        first = seen.setdefault(key, found)
        if first is not found and first.around in ((), found.around):
            what = "the plan for {key} pages" if isinstance(found.value, Plan) else "`{key}`"
            yield found.node.place, f"{what.format(key=key)} stands on line {first.node.place.line} already"


# --- names --------------------------------------------------------------------------------------------------------
def _name(found: Found, known: Known) -> Iterator[str]:
    name: Name = found.value
    match name:
        case StepName():
            yield from _refers("step", name, known.steps)
        case ChapterName():
            yield from _page(found, known)
        case MapName():
            yield from _refers("map", name, known.maps)
        case LookName():
            yield from _refers("look", name, known.looks)
        case PictureName():
            try:
                find_picture(name, known.file.path)
            except BadChoice as error:
                yield str(error)
        case _ if found.path[-1] == "only":
            yield from _only(found, known)


def _refers(what: str, name: str, names: Collection[str] | None) -> Iterator[str]:
    if names is not None and name not in names:
        listed = ", ".join(names) or "none"
        yield f"there is no {what} `{name}`: {listed}{nearest(name, names)}"


def _page(found: Found, known: Known) -> Iterator[str]:
    """An entry of a plan: the cover, a chapter or a step; fillers are chapters."""
    name, steps, chapters = found.value, known.steps, known.chapters
    if steps is None or chapters is None or name in chapters:
        return
    if found.path[2] == "fill":
        yield from _refers("chapter", name, chapters)
    elif name in steps:
        if name in known.shared:
            yield f"`{name}` has no page of its own: it is shown `with-step` on another's"
        elif name not in known.timed:
            yield f"the step `{name}` has no time: write it into the timeline"
    elif name != COVER:
        yield from _refers("chapter or step", name, (COVER, *chapters, *steps))


def _only(found: Found, known: Known) -> Iterator[str]:
    if found.path[0] != "steps":
        yield "`only` names a layout of a step's `repeat`, and this is no step"
    else:
        yield from _refers("layout", found.value, known.layouts.get(found.path[1], []))


def _placeholders(found: Found, known: Known) -> Iterator[str]:
    words: Words = found.value
    if "{" not in words and "}" not in words:
        return
    if "{" in PLACEHOLDER.sub("", words) or "}" in PLACEHOLDER.sub("", words):
        yield "`{` and `}` stand round a placeholder such as {minutes}: one of the two is missing"
    for key in PLACEHOLDER.findall(words):
        kind, _, name = key.partition(" ")
        if kind == "page" and name:
            if known.steps is not None and known.chapters is not None:
                yield from _refers("chapter or step", name, {**known.chapters, **known.steps})
        elif kind == "clock" and name:
            yield from _refers("step", name, known.steps)
        elif key in COUNTS:
            yield from _count(key, found, known)
        elif key not in (*known.file.options, *PEOPLE):
            listed = ", ".join((*known.file.options, *PEOPLE, *COUNTS, "page NAME", "clock STEP"))
            yield f"nothing fills in {{{key}}}: {listed}{nearest(key, (*known.file.options, *PEOPLE, *COUNTS))}"


def _count(key: str, found: Found, known: Known) -> Iterator[str]:
    if found.path[0] != "steps" or found.path[2] not in COUNTED:
        yield f"{{{key}}} is a number of a step: it can stand in its {', '.join(COUNTED[:-1])} and {COUNTED[-1]} only"
    elif found.path[1] not in known.repeated:
        yield f"{{{key}}} needs `repeat` in the step"


# --- records ------------------------------------------------------------------------------------------------------
def _record(found: Found, known: Known) -> Told:
    """What is wrong with a record on its own, in each of the cases that its conditions tell apart."""
    if rule := RULES.get(type(found.value)):
        told = {message: place for value in _cases(found, known) for place, message in rule(value, found, known)}
        yield from ((place, message) for message, place in told.items())


def _cases(found: Found, known: Known) -> Iterator[object]:
    """The record as it is for each choice; where it has many conditions, with all its items and first branches."""
    if type(found.value) not in WITH_LISTS and (conditions := list(_conditions(found.node, known))):
        possible = known.shaper.possible(found.around, tuple(conditions))
        for case in possible or ():
            choices = {name: option.default for name, option in known.file.options.items()} | dict(case)
            shaper = Shaper(known.file.options, choices)
            value = shaper.record(found.node, type(found.value))
            if not shaper.problems:
                yield value
        if possible is not None:
            return
    yield found.value


def _conditions(node: Node, known: Known) -> Iterator[Condition]:
    if isinstance(node, Scalar):
        return
    if isinstance(node, Mapping) and not CONDITION.isdisjoint(node.items):
        yield read_condition(node, known.file.options, [])
    for inner in node.items if isinstance(node, Sequence) else node.items.values():
        yield from _conditions(inner, known)


def _at(found: Found, *keys: str | int) -> Place:
    """The place of a value in a record, as far as it is written out there."""
    node = found.node
    for key in keys:
        if isinstance(node, Mapping) and key in node.items:
            node = node.items[str(key)]
        elif isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            break
    return node.place


def _above(found: Found, least: float, **values: float | None) -> Told:
    """Each of the values must be more than `least`."""
    for name, value in values.items():
        key = name.replace("_", "-")
        if value is not None and value <= least:
            yield _at(found, key), f"expected more than {least:g} for `{key}`, found {value:g}"


def _rising(found: Found, key: str, ends: tuple[float, float], least: float | None = None) -> Told:
    low, high = ends
    if low > high:
        yield _at(found, key), f"`{key}` is the wrong way round: {low:g} is more than {high:g}"
    elif least is not None and low < least:
        yield _at(found, key), f"expected {least:g} or more for `{key}`, found {low:g}"


def _within(place: Place, what: str, value: float, low: float, high: float) -> Told:
    if not low <= value <= high:
        yield place, f"expected {what} from {low:g} to {high:g}, found {value:g}"


def _enough(found: Found, key: str, count: int, least: int) -> Told:
    if count < least:
        yield _at(found, key), f"expected at least {least} points for `{key}`, found {count}"


# --- rules: what is drawn
def _loops(one: Loops, found: Found, known: Known) -> Told:
    if not one.loops:
        yield _at(found, "loops"), "expected at least one loop, found none"
    for index, loop in enumerate(one.loops):
        if len(loop) < 3:
            yield _at(found, "loops", index), f"expected at least 3 points for a loop, found {len(loop)}"
    for index, (number, *_) in enumerate(one.arrows):
        if number not in range(1, len(one.loops) + 1):
            place = _at(found, "arrows", index, 0)
            yield place, f"there is no loop {number:g}: an arrow starts with the number of a loop, 1 to {len(one.loops)}"


def _rings(one: Rings, found: Found, known: Known) -> Told:
    yield from _above(found, 0, radius=one.radius)


def _route(one: Route, found: Found, known: Known) -> Told:
    yield from _enough(found, "route", len(one.route), 2)


def _arrow(one: Arrow, found: Found, known: Known) -> Told:
    yield from _enough(found, "arrow", len(one.arrow), 2)


def _pulls(one: Pulls, found: Found, known: Known) -> Told:
    yield from _enough(found, "out", len(one.out), 2)
    if one.back:
        yield from _enough(found, "back", len(one.back), 2)


def _dots(one: Dots, found: Found, known: Known) -> Told:
    yield from _rising(found, "along", one.along)
    yield from _above(found, 0, radius=one.radius, count=one.count)


def _zone(one: Zone, found: Found, known: Known) -> Told:
    yield from _enough(found, "points", len(one.points), 2 if one.zone == "stop-line" else 3)


def _map(one: Map, found: Found, known: Known) -> Told:
    for index, length in enumerate(one.unit_cm):
        if length <= 0:
            yield _at(found, "unit-cm", index), f"expected more than 0 for `unit-cm`, found {length:g}"


def _picture(one: Picture, found: Found, known: Known) -> Told:
    for index, length in enumerate(one.crop[2:] if one.crop else ()):
        if length <= 0:
            yield _at(found, "crop", index + 2), f"a crop is left, top, width and height: expected more than 0, found {length:g}"
    if one.contacts and found.path[0] != "steps":
        yield _at(found, "contacts"), "contacts are drawn on the pictures of steps only"


def _contact(one: Contact, found: Found, known: Known) -> Told:
    yield from _above(found, 0, ring=one.ring)
    for index, length in enumerate(one.size):
        if length <= 0:
            yield _at(found, "size", index), f"expected more than 0 for `size`, found {length:g}"


def _badge(one: Badge, found: Found, known: Known) -> Told:
    """A badge's number is that of a line of its step, or of the numbered lines of its chapter."""
    head, longest = found.path[:2], known.shaper.longest
    if head[0] == "steps":
        lines, owner = longest.get((*head, "lines"), 0), "step"
    else:
        numbered = [n for path, n in longest.items() if path[:2] == head and path[-1] == "numbered"]
        lines, owner = max(numbered, default=0), "chapter" if head[0] == "chapters" else "cover"
    if not lines:
        yield _at(found, "badge"), f"a badge stands for a numbered line, and this {owner} has none"
    else:
        yield from _within(_at(found, "badge"), f"the number of a line of this {owner},", one.badge, 1, lines)


# --- rules: time and pressure
def _segment(one: Segment, found: Found, known: Known) -> Told:
    if (one.step is None) == (one.pause == 0):
        yield found.node.place, "expected either `step` with its weight, min and max, or `pause`"
    elif one.step is None:
        yield from _above(found, 0, pause=one.pause)
        for key in ("weight", "min", "max", "remainder"):
            if isinstance(found.node, Mapping) and key in found.node.items:
                yield _at(found, key), f"a pause has no `{key}`: its length is fixed"
        if found.path[1:] == ("0",):
            yield found.node.place, "a pause follows a step: the timeline can't start with one"
    else:
        yield from _above(found, 0, weight=one.weight)
        if one.min > one.max:
            yield _at(found, "max"), f"`min` is more than `max`: {one.min} and {one.max}"
        else:
            yield from _above(found, 0, max=one.max)
            yield from _above(found, -1, min=one.min)


def _rounding(one: Rounding, found: Found, known: Known) -> Told:
    yield from _above(found, 0, seconds=one.seconds)


def _repeat(one: Repeat, found: Found, known: Known) -> Told:
    yield from _above(found, 0, seconds=one.seconds)
    for key, value in (("move", one.move), ("swap", one.swap)):
        if value < 0:
            yield _at(found, key), f"expected 0 or more for `{key}`, found {value:g}"
    for key, ends in (("times", one.times), ("passes", one.passes), ("spots", one.spots)):
        yield from _rising(found, key, ends, 1)
    yield from _within(_at(found, "sides"), "sides", one.sides, 1, 2)
    spots = [layout.spots for layout in one.layouts]
    if spots != sorted(spots, reverse=True):
        yield _at(found, "layouts"), "layouts stand from the most spots to the fewest: the first that fits is used"
    if one.layouts and isinstance(found.node, Mapping) and "spots" in found.node.items:
        yield _at(found, "spots"), "`spots` isn't used where there are `layouts`: leave one of them out"


def _layout(one: Layout, found: Found, known: Known) -> Told:
    yield from _above(found, 0, spots=one.spots)


def _step(one: Step, found: Found, known: Known) -> Told:
    for index, level in enumerate(one.pressure):
        yield from _within(_at(found, "pressure", index), "pressure", level, 1, STRONGEST)
    if one.with_step and one.with_step in known.shared:
        yield one.with_step.place, f"`{one.with_step}` is itself shown on another step's page: name that one"
    if one.card.strokes and known.maps is not None and not known.maps:
        yield _at(found, "card", "strokes"), "strokes need a map, and `maps` has none"


def _pressure(one: Pressure, found: Found, known: Known) -> Told:
    if len(one.words) != STRONGEST:
        yield _at(found, "words"), f"expected {STRONGEST} words, from the lightest to the strongest, found {len(one.words)}"
    for index, level in enumerate(one.caps):
        yield from _within(_at(found, "caps", index), "pressure", level, 1, STRONGEST)


# --- rules: pages
def _plan(one: Plan, found: Found, known: Known) -> Told:
    if one.plan not in PAGES:
        sizes = ", ".join(map(str, PAGES))
        yield _at(found, "plan"), f"there is no booklet of {one.plan} pages: {sizes}{nearest(str(one.plan), map(str, PAGES))}"


def _listing(one: Listing, found: Found, known: Known) -> Told:
    if not one.list:
        yield _at(found, "list"), "expected a list with items in it, found an empty one"
    yield from _within(_at(found, "columns"), "columns", one.columns, 1, 2)


def _fields(one: Fields, found: Found, known: Known) -> Told:
    yield from _within(_at(found, "fields"), "fields side by side", len(one.fields), 1, 4)


def _scale(one: Scale, found: Found, known: Known) -> Told:
    if one.first >= one.last:
        yield _at(found, "last"), f"a scale rises from `first` to `last`, found {one.first} and {one.last}"
    elif one.last - one.first > 10:
        yield _at(found, "last"), f"a scale has at most 11 numbers, found {one.last - one.first + 1}"


RULES: dict[type, Callable[..., Told]] = {
    Arrow: _arrow, Badge: _badge, Contact: _contact, Dots: _dots, Fields: _fields, Layout: _layout, Listing: _listing,
    Loops: _loops, Map: _map, Picture: _picture, Plan: _plan, Pressure: _pressure, Pulls: _pulls, Repeat: _repeat,
    Rings: _rings, Rounding: _rounding, Route: _route, Scale: _scale, Segment: _segment, Step: _step, Zone: _zone,
}  # fmt: skip
WITH_LISTS = (Step, Plan)  # their conditions are those of items: not followed one by one
