"""Rules across the fields of a routine file, for all choices at once: RoutineFile → nothing, or InvalidFile.

`shapes` has told by then what each value must be and which conditions can't come about. Here follow names that refer to
nothing, placeholders that nothing fills in, and numbers that don't go together. Nothing is laid out: what doesn't fit
on its page is told when a booklet is made.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from booklet.bounds import RULES, STRONGEST, Told, at, bounds, within
from booklet.conditions import Condition, Test, conditions_in, nearest
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.figures import find_picture
from booklet.folders import State, state_of
from booklet.languages import TAG
from booklet.model import (
    Badge,
    Chapter,
    ChapterName,
    Layout,
    LookName,
    Map,
    MapName,
    MapView,
    Name,
    Picture,
    PictureName,
    Plan,
    Repeat,
    Routine,
    Segment,
    Step,
    StepName,
    Words,
)
from booklet.nodes import Node
from booklet.planning import COVER
from booklet.reading import Mapping, clipped
from booklet.records import dataclass
from booklet.routines import RoutineFile
from booklet.shapes import NAME, PLACEHOLDER, Around, Before, Found, Shaper, told
from booklet.theming import find_theme, read_theme

PEOPLE = ("for", "by")
HEAD = 20_000  # bytes that hold the first tag of a drawing
COUNTS = ("times", "passes", "spots")  # of a step's repeat
COUNTED = ("lines", "dont", "repeat")  # the keys of a step whose texts may hold them
WITH_LISTS = (Step, Plan)  # their conditions are those of items, which are looked at one by one


Bounds = dict[tuple[int, type, Around], tuple[Node, dict[str, Place]]]
"""What is out of its bounds in a record, by its node, which is here so that no other gets its identity."""
_FORMER: dict[str, tuple[Before, Bounds]] = {}
MOST_FORMER = 2_000  # items


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
    present: dict[tuple[str, str], list[Around]]  # by part and name: under which conditions an entry is there
    sizes: dict[str, int]  # of the plans, by their number in the list
    repeated: frozenset[str]
    unread: frozenset[str]  # steps whose lines can't be read
    shared: frozenset[str]  # steps that are shown on another's page
    told: Bounds  # what was found in a record's numbers already


def check(file: RoutineFile) -> None:
    """Raises InvalidFile with every problem of the file, whatever the choices."""
    items, records = _former(file)
    shaper = Shaper(file.options, never=tuple(one.condition for one in file.contradictions), before=items)
    shaper.value(file.body, Routine)
    known = _known(file, shaper, records)
    problems = [*shaper.problems, *(Problem(*one) for one in _whole(known)), *_language(file)]
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


def _former(file: RoutineFile) -> tuple[Before, Bounds]:
    """What was found with the same options and contradictions before: a file that is edited has most items again."""
    key = repr((file.own_options, [one.condition for one in file.contradictions]))
    if key not in _FORMER or len(_FORMER[key][0]) > MOST_FORMER:
        _FORMER.clear()
        _FORMER[key] = {}, {}
    return _FORMER[key]


def _language(file: RoutineFile) -> Iterator[Problem]:
    """A screen reader finds its voice by the language's tag."""
    if NAME.fullmatch(file.language) and not TAG.fullmatch(file.language):  # else told as no name at all
        told = f"{clipped(file.language)} is no language: write its short name in small letters, such as de or es-mx"
        yield Problem(file.body.items["language"].place, told)


def _known(file: RoutineFile, shaper: Shaper, records: Bounds) -> Known:
    layouts: dict[str, list[str]] = {}
    for found in shaper.found:
        if isinstance(found.value, Layout) and found.path[0] == "steps":
            layouts.setdefault(found.path[1], []).append(found.value.layout)
    present: dict[tuple[str, str], list[Around]] = {}
    for found in shaper.found:
        if isinstance(found.value, (Map, Chapter, Step)):
            present.setdefault((found.path[0], found.path[1]), []).append(found.around)
        elif isinstance(found.value, Segment) and found.value.step:
            present.setdefault(("timeline", found.value.step), []).append(found.around)
    of = {kind: [one for one in shaper.found if isinstance(one.value, kind)] for kind in (Plan, Step, Repeat)}
    return Known(
        file=file,
        shaper=shaper,
        steps=shaper.entry_names.get(("steps",)),
        chapters=shaper.entry_names.get(("chapters",)),
        maps=shaper.entry_names.get(("maps",), None if "maps" in file.body.items else {}),
        looks=tuple(read_theme(find_theme("still")).looks),
        layouts=layouts,
        present=present,
        sizes={one.path[1]: one.value.plan for one in of[Plan]},
        repeated=frozenset((*(one.path[1] for one in of[Repeat]), *_written(file, "repeat"))),
        unread=frozenset(name for name in _written(file, "lines") if ("steps", name, "lines") not in shaper.longest),
        told=records,
        shared=frozenset(one.path[1] for one in of[Step] if one.value.with_step),
    )


def _written(file: RoutineFile, key: str) -> Iterator[str]:
    """The steps that have a key, whether it can be read or not: what is wrong with it is told there, and once."""
    steps = file.body.items.get("steps")
    for name, node in steps.items.items() if isinstance(steps, Mapping) else ():
        if isinstance(node, Mapping) and key in node.items:
            yield name


# --- the whole file -----------------------------------------------------------------------------------------------
def _whole(known: Known) -> Told:
    file = known.file
    minutes, timeline = file.options.get("minutes"), file.body.items.get("timeline")
    if timeline and (minutes is None or minutes.range is None):
        yield (
            file.body.place,
            "the option `minutes` is missing: the length of the routine, with `from`, `to` and `default`",
        )
    defaults = {name: option.default for name, option in file.options.items()}
    for one in file.contradictions:
        if one.condition.holds(defaults):
            yield one.says.place, "the defaults of the options contradict each other: change one of them"
    for names in (known.chapters or {}, known.steps or {}):
        if COVER in names:
            yield names[COVER], f"`{COVER}` is the front page's name: choose another"
    timed = any(part == "timeline" for part, _ in known.present)
    if timeline and not timed and not known.shaper.problems:
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
            yield from _missing(found, known, "maps")
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


def _missing(found: Found, known: Known, part: str, around: Around = ()) -> Iterator[str]:
    """Tells a case in which the name is used while its entry is left out by a condition."""
    name, shaper = found.value, known.shaper
    entries = known.present.get((part, name), [])
    if not entries or () in entries:
        return
    asked = tuple(condition for entry in entries for condition, _ in entry)
    for case in shaper.possible((*found.around, *around), asked) or ():
        if not any(all(condition.holds(case) == so for condition, so in entry) for entry in entries):
            where = "the timeline" if part == "timeline" else f"`{part}`"
            yield f"`{name}` is used here but isn't in {where} for {told(case)}: put it under the same conditions"
            return


def _page(found: Found, known: Known) -> Iterator[str]:
    """An entry of a plan: the cover, a chapter or a step; fillers are chapters."""
    name, steps, chapters = found.value, known.steps, known.chapters
    size = known.sizes.get(found.path[1])
    sized = ((Condition((Test("pages", (), size, size),)), True),)  # this plan is for these booklets
    if steps is None or chapters is None:
        return
    if found.path[2] == "fill":
        yield from _refers("chapter", name, chapters)
        yield from _missing(found, known, "chapters", sized)
    elif name in chapters or name == COVER:
        return
    elif name not in steps:
        yield from _refers("chapter or step", name, (COVER, *chapters, *steps))
    elif name in known.shared:
        yield f"`{name}` has no page of its own: it is shown `with-step` on another's"
    elif "timeline" in known.file.body.items and ("timeline", name) not in known.present:
        yield f"the step `{name}` has no time: write it into the timeline"
    else:
        for there in known.present.get(("steps", name), []):
            yield from _missing(found, known, "timeline", (*sized, *there))


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
    """What is wrong with a record, in each of the cases that its conditions tell apart."""
    told = known.told
    key = (id(found.node), type(found.value), found.around)
    if key not in told:
        told[key] = (
            found.node,
            {message: at for value in _cases(found, known) for at, message in bounds(value, found)},
        )
    messages = told[key][1]
    yield from ((place, message) for message, place in messages.items())
    match found.value:
        case Badge():
            yield from _badge(found.value, found, known)
        case Step():
            yield from _step(found.value, found, known)
        case Picture():
            yield from _points(found.value, known)
        case MapView():
            for name in (badge.on for badge in found.value.badges if badge.on):
                yield name.place, "`on` names a point of a picture; on a map a badge stands `at` a position of the body"


def _cases(found: Found, known: Known) -> Iterator[object]:
    """The record as it is for each choice; where it has too many conditions, with all its items and first branches."""
    value, shaper = found.value, known.shaper
    if (
        type(value) in RULES
        and type(value) not in WITH_LISTS
        and (conditions := list(conditions_in(found.node, known.file.options)))
    ):
        possible = shaper.possible(found.around, tuple(conditions))
        for case in possible or ():
            choices = {name: option.default for name, option in known.file.options.items()} | dict(case)
            tailored = Shaper(known.file.options, choices)
            value = tailored.record(found.node, type(found.value))
            if not tailored.problems:
                yield value
        if possible is not None:
            return
    yield found.value


def _points(one: Picture, known: Known) -> Told:
    """The points that badges and contacts lie `on` are published by their picture."""
    names = [badge.on for badge in one.badges if badge.on] + [contact.on for contact in one.contacts if contact.on]
    try:
        points = _published(find_picture(one.picture, known.file.path)) if names else ()
    except BadChoice:
        return  # told where the picture's name stands
    for name in names:
        if name not in points:
            yield (
                name.place,
                f"{one.picture} has no point `{name}`: {', '.join(points) or 'none'}{nearest(name, points)}",
            )


def _published(path: Path) -> tuple[str, ...]:
    """The points of a drawing, from the tag that it starts with: to read all of its paths takes too long here."""
    return _points_of(path, state_of(path))


@lru_cache(maxsize=512)
def _points_of(path: Path, state: State) -> tuple[str, ...]:  # noqa: ARG001  # a changed file is read again
    with path.open("rb") as file:
        head = file.read(HEAD).partition(b">")[0]
    return tuple(re.findall(r'\bdata-point-([a-z0-9-]+)="', head.decode(errors="replace")))


# --- steps and their lines ----------------------------------------------------------------------------------------
def _badge(one: Badge, found: Found, known: Known) -> Told:
    """A badge's number is that of a line of its step, or of the numbered lines of its chapter."""
    head, longest = found.path[:2], known.shaper.longest
    if head[0] == "steps":
        lines, owner = longest.get((*head, "lines"), 0), "step"
    else:
        numbered = [n for path, n in longest.items() if path[:2] == head and path[-1] == "numbered"]
        lines, owner = max(numbered, default=0), "chapter" if head[0] == "chapters" else "cover"
    if not lines and found.path[1] in known.unread:
        return  # told there
    if not lines:
        yield at(found, "badge"), f"a badge stands for a numbered line, and this {owner} has none"
    else:
        yield from within(at(found, "badge"), f"the number of a line of this {owner},", one.badge, 1, lines)


def _step(one: Step, found: Found, known: Known) -> Told:
    if one.pressure and "pressure" not in known.file.body.items:
        yield (
            at(found, "pressure"),
            "the routine has no `pressure` with the words for 1 to 5: write it, or leave this out",
        )
    for index, level in enumerate(one.pressure):
        yield from within(at(found, "pressure", index), "pressure", level, 1, STRONGEST)
    if one.with_step and one.with_step in known.shared:
        yield one.with_step.place, f"`{one.with_step}` is itself shown on another step's page: name that one"
    if one.card.strokes and known.maps is not None and not known.maps:
        yield at(found, "card", "strokes"), "strokes need a map, and `maps` has none"
