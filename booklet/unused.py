"""A routine file → what nobody would ever see of it: steps out of reach, maps unshown, choices that change nothing or leave a line out."""

from collections.abc import Iterable, Iterator

from booklet.combining import Case, refused
from booklet.conditions import Choices, Condition, Option, conditions_in
from booklet.errors import BookletError, Place, Problem
from booklet.model import ChapterName, MapName, Routine, Segment, Step, StepName, Stroke, Words
from booklet.reading import Mapping
from booklet.routines import RoutineFile
from booklet.shapes import PLACEHOLDER, Around, Found, Shaper, told
from booklet.tailoring import tailor

FEW = 6  # combinations in which two choices are compared; nearly all differ in the first


def read_whole(file: RoutineFile) -> Shaper:
    """The file with all its branches, as its check reads it."""
    shaper = Shaper(file.options, never=tuple(one.condition for one in file.contradictions))
    shaper.value(file.body, Routine)
    return shaper


# --- steps, chapters, maps ------------------------------------------------------------------------------------------
def unreached(file: RoutineFile, shaper: Shaper) -> Iterator[Problem]:
    """Steps that no choice reaches: they have no time wherever they are there. Off the clock there are none."""
    if "timeline" not in file.body.items:
        return
    timed = [one for one in shaper.found if isinstance(one.value, Segment) and one.value.step]
    for name, entries in _entries(shaper, "steps").items():
        times = [one.around for one in timed if one.value.step == name]
        if not any(_together(shaper, entry.around, time) for entry in entries for time in times):
            why = "what the timeline asks for excludes it" if times else "the timeline doesn't have it"
            yield Problem(_place(file, "steps", name), f"no choice reaches the step `{name}`: {why}")


def on_no_page(file: RoutineFile, shaper: Shaper) -> Iterator[Problem]:
    """Chapters and steps that no plan shows, maps that nothing shows."""
    shown = {str(one.value) for one in shaper.found if isinstance(one.value, ChapterName)}
    shown |= {str(one.value) for one in shaper.found if isinstance(one.value, StepName) and one.path[0] == "chapters"}
    timed = {str(one.value.step) for one in shaper.found if isinstance(one.value, Segment)}
    if "timeline" not in file.body.items:
        timed = set(_entries(shaper, "steps"))
    for part in ("chapters", "steps"):
        for name, entries in _entries(shaper, part).items():
            beside = any(isinstance(one.value, Step) and one.value.with_step for one in entries)
            if name not in shown and not beside and (part == "chapters" or name in timed):
                yield Problem(_place(file, part, name), f"no plan shows the {part[:-1]} `{name}`: add it to `pages`")
    used = {str(one.value) for one in shaper.found if isinstance(one.value, MapName)}
    drawn = any(one.path[2:4] == ("card", "strokes") for one in shaper.found if isinstance(one.value, Stroke))
    for index, name in enumerate(_entries(shaper, "maps")):
        if name not in used and not (index == 0 and drawn):  # the first is that of the cue card
            yield Problem(_place(file, "maps", name), f"nothing shows the map `{name}`: take it out, or use it")


def left_out(shaper: Shaper) -> Iterator[Problem]:
    """List items and named entries whose `choose:` has no branch for some choices: nothing stands there then."""
    for hole in shaper.holes:
        if hole.path[:-1] in shaper.longest or hole.path[:-1] in shaper.entry_names:
            says = (
                f"this `choose:` has no branch for {told(hole.case)}, and nothing stands here then: end it with a branch "
                f"without `when:`; if that is meant, write its branches as items of their own, without `choose:`"
            )
            yield Problem(hole.place, says)


def _entries(shaper: Shaper, part: str) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for one in shaper.found:
        if one.path[:1] == (part,) and len(one.path) == 2 and not isinstance(one.value, Words):
            found.setdefault(one.path[1], []).append(one)
    return found


def _together(shaper: Shaper, one: Around, other: Around) -> bool:
    """Whether there are choices for which both hold; where there are too many to try, there may be."""
    return shaper.possible((*one, *other), ()) != []


def _place(file: RoutineFile, part: str, name: str) -> Place:
    node = file.body.items.get(part)
    return node.keys[name] if isinstance(node, Mapping) and name in node.keys else file.body.place


# --- choices --------------------------------------------------------------------------------------------------------
def idle_choices(file: RoutineFile, shaper: Shaper, cases: tuple[Case, ...]) -> Iterator[Problem]:
    """Options and choices that change nothing: the booklet is the same as with another."""
    conditions = [*conditions_in(file.body, file.options), *(one.condition for one in file.contradictions)]
    said = {key for one in shaper.found if isinstance(one.value, Words) for key in PLACEHOLDER.findall(one.value)}
    halves = any(getattr(one.value, "side", "both") != "both" for one in shaper.found)
    for option in file.own_options:
        asked = option.name in said or any(test.option == option.name for one in conditions for test in one.tests)
        if not asked and option.name != "minutes" and not (option.name == "start-side" and halves):
            yield Problem(
                option.place, f"the option `{option.name}` changes nothing: no condition and no text asks about it"
            )
        elif option.choices and not (option.name == "start-side" and halves):
            yield from _idle(file, option, conditions, option.name in said, cases)


def _idle(
    file: RoutineFile, option: Option, conditions: list[Condition], said: bool, cases: tuple[Case, ...]
) -> Iterator[Problem]:
    if said:
        return  # its label stands in a text
    names = list(option.choices)
    values: list[str | tuple[str, ...]] = [(), *((name,) for name in names)] if option.several else [*names]
    for index, value in enumerate(values):
        for before in values[:index]:
            tried = _compared(file, option, conditions, value, before, cases)
            if tried:
                shown = value[0] if isinstance(value, tuple) else value
                other = f"with `{before[0] if isinstance(before, tuple) else before}`" if before else "without it"
                says = f"`{shown}` changes nothing: the booklet is the same {other}{tried}"
                yield Problem(option.choices[shown].place, says)
                break


def _compared(
    file: RoutineFile,
    option: Option,
    conditions: Iterable[Condition],
    value: str | tuple[str, ...],
    other: str | tuple[str, ...],
    cases: tuple[Case, ...],
) -> str:
    """How it is known that two values give the same booklet; nothing where they don't."""
    tests = [test for one in conditions for test in one.tests if test.option == option.name]
    if all(test.holds({option.name: value}) == test.holds({option.name: other}) for test in tests):
        return "; every condition holds for both or for neither"
    tried, seen = 0, set()
    for case in cases:
        choices = case.choices(file.options)
        first, second = ({**choices, option.name: one} for one in (value, other))
        key = str({name: one for name, one in choices.items() if name != option.name})
        if key in seen or refused(file, first) or refused(file, second):
            continue
        seen.add(key)
        if not _same(file, first, second):
            return ""
        tried += 1
        if tried == FEW:
            break
    return f", in the {tried} combinations that were tried" if tried > 1 else ""


def _same(file: RoutineFile, one: Choices, other: Choices) -> bool:
    try:
        return tailor(file, one) == tailor(file, other)
    except BookletError:
        return False  # told where it is laid out
