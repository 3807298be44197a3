"""(Routine file, combinations) → what goes wrong in them: every combination is laid out, nothing is written.

A booklet of the usual size is made for each, and one of the size that the combination names. What doesn't fit is told once
for each text, with the fewest choices that bring it about.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass, replace
from typing import Any

from booklet.building import Booklet, Request, attempts, faults
from booklet.combining import Case, Covered, refused
from booklet.editions import COARSE, FINE
from booklet.errors import BadChoice, BookletError, DoesNotFit, InvalidFile, NoPlan, Place, Problem
from booklet.figures import Photo
from booklet.items import Art, Page, walk
from booklet.keeping import Kept
from booklet.model import PictureName
from booklet.planning import COVER
from booklet.records import dataclass
from booklet.routines import RoutineFile, choose
from booklet.tagging import tag
from booklet.tailoring import tailor
from booklet.timing import schedule

PLACED = re.compile(r"^(?P<file>[^\n]+?):(?P<line>\d+):(?P<column>\d+): (?P<says>.*)", re.DOTALL)
MOST_TOLD = 40  # texts that don't fit; a routine with more has another mistake
BATCH = 4  # combinations that a process is handed at a time


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong in one combination. `size` is the booklet's, 0 where all fail; `page` 0 is the plan itself."""

    sort: str  # fit | time | wrong | coarse | soft
    case: Case
    place: Place
    says: str
    size: int = 0
    page: int = 0

    @property
    def same(self) -> tuple[object, ...]:
        """What two faults share that are told as one."""
        says = self.says if self.sort == "wrong" else ""
        return self.sort, self.place, says, self.size


def try_all(file: RoutineFile, covered: Covered, processes: int, tick: Callable[[int], None]) -> list[Problem]:
    """The problems of all combinations, told with the fewest choices; `tick` hears how many have been tried."""
    found: dict[tuple[object, ...], list[Fault]] = {}
    for faults_of_some, count in _spread(file, covered.cases, processes):
        for fault in faults_of_some:
            found.setdefault(fault.same, []).append(fault)
        tick(count)
    told = [_told(file, of, len(covered.cases)) for of in list(found.values())[:MOST_TOLD]]
    return list(dict.fromkeys(told))


def _spread(file: RoutineFile, cases: tuple[Case, ...], processes: int) -> Iterator[tuple[list[Fault], int]]:
    """The faults of the cases, some at a time, by as many processes as there are."""
    batches = [cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]
    if processes > 1 and len(batches) > 2 * processes:
        with ProcessPoolExecutor(processes) as pool:
            for batch, found in zip(batches, pool.map(_batch, [file] * len(batches), batches), strict=True):
                yield found, len(batch)
    else:
        for batch in batches:
            yield _batch(file, batch), len(batch)


def _batch(file: RoutineFile, cases: Iterable[Case]) -> list[Fault]:
    return [fault for case in cases for fault in try_one(file, case)]


def try_one(file: RoutineFile, case: Case) -> list[Fault]:
    """What goes wrong in one combination."""
    kept, usual = Kept(), replace(case, pages=0)
    found = list(_sized(file, usual, kept))
    if case.pages and not case.large and not found:  # large print has few sizes that hold it, and finds one by itself
        found += _sized(file, case, kept)
    return found


def _sized(file: RoutineFile, case: Case, kept: Kept) -> Iterator[Fault]:
    """A booklet of the size that the case names, or of the first that holds it."""
    request = Request(paper=case.paper, large_print=case.large, pages=case.pages or None)
    start = _start(file)
    try:
        booklet, failed = attempts(file, case.given, request, kept)
    except NoPlan:
        return
    except InvalidFile as error:
        yield from (Fault("wrong", case, one.place, one.message) for one in error.problems)
        return
    except BadChoice as error:
        if not refused(file, case.choices(file.options)):
            timeline = file.body.items.get("timeline")
            yield Fault("time", case, timeline.place if timeline else start, str(error))
        return
    except BookletError as error:
        yield _fit(case, str(error), 0, 0, start)
        return
    told = {size: faults(file, case.given, request, size, kept) or [(0, failed[size])] for size in failed}
    if not booklet and not case.pages:  # nothing holds it: what is wrong where least is
        nearest = min(told, key=lambda size: (any(page == 0 for page, _ in told[size]), len(told[size])))
        yield from (_fit(case, says, 0, page, start) for page, says in told[nearest])
        return
    for size, misfits in told.items():
        yield from (_fit(case, says, size, page, start) for page, says in misfits)
    if booklet and not case.pages:
        yield from _pages(case, booklet, start)


def _start(file: RoutineFile) -> Place:
    """Where it is told what concerns all steps together, such as the cue card."""
    found = (file.body.keys.get(key) for key in ("timeline", "steps"))
    return next((place for place in found if place), file.body.place)


def _fit(case: Case, says: str, size: int, page: int, start: Place) -> Fault:
    match = PLACED.match(says)
    place = Place(match["file"], int(match["line"]), int(match["column"])) if match else start
    return Fault("fit", case, place, match["says"] if match else says, size, page)


def _pages(case: Case, booklet: Booklet, start: Place) -> Iterator[Fault]:
    """What is wrong with pages that could be laid out: what a listener couldn't follow, photos that are too coarse."""
    try:
        tag(booklet.pages)
    except InvalidFile as error:
        yield from (Fault("wrong", case, one.place, one.message) for one in error.problems)
    for photo, page, inch in coarse(booklet.pages):
        named = (*_pictures(_shown_on(booklet, page)), *_pictures(booklet.routine))
        place = next((one.place for one in named if photo.startswith(f"{one}.")), start)
        told = f"the photo {photo} on page {page} has {inch} pixels per inch"
        if inch < COARSE:
            yield Fault(
                "coarse", case, place, f"{told}; {COARSE} are needed: give a larger one, or crop less of it away"
            )
        else:
            yield Fault("soft", case, place, f"{told}: under {FINE} it may look soft")


def _shown_on(booklet: Booklet, page: int) -> tuple[Any, ...]:
    """The parts of the routine that a page shows, its own first: a photo may be on several pages."""
    routine, pages = booklet.routine, booklet.book.pages
    begun = max((number for number in pages.values() if number <= page), default=0)
    names = [name for name, number in pages.items() if number == begun]
    cover = (routine.cover,) * (page == pages.get(COVER))
    return (*cover, *(part[name] for part in (routine.chapters, routine.steps) for name in names if name in part))


def _pictures(value: Any) -> Iterator[PictureName]:
    """The names of all pictures in a part of a routine."""
    if isinstance(value, PictureName):
        yield value
    elif is_dataclass(value):
        yield from (name for one in fields(value) for name in _pictures(getattr(value, one.name)))
    elif isinstance(value, (tuple, dict)):
        yield from (name for one in (value.values() if isinstance(value, dict) else value) for name in _pictures(one))


def coarse(pages: tuple[Page, ...]) -> Iterator[tuple[str, int, int]]:
    """Photos of fewer than 300 pixels per inch where they are printed: name, page, pixels per inch."""
    for page in pages:
        for item in walk(page.items):
            if isinstance(item, Art) and isinstance(item.drawing, Photo) and (inch := round(72 / item.k)) < FINE:
                yield item.drawing.path.name, page.number, inch


# --- how it is told -------------------------------------------------------------------------------------------------
def _told(file: RoutineFile, of: list[Fault], tried: int) -> Problem:
    """One problem for all faults that are the same."""
    fault = _smallest(file, min(of, key=lambda one: len(one.case.flags(file.options))))
    flags = fault.case.flags(file.options)
    count = len({str(replace(one.case, pages=0)) for one in of})
    often = f" ({count} of {tried} combinations)" if count > 1 else ""
    given = (
        f"with {flags}{often}"
        if flags
        else f"with any choices{often}"
        if count == tried
        else f"with the defaults{often}"
    )
    match fault.sort:
        case "fit":
            page = f"page {fault.page}: " if fault.page else ""
            size = f" on {fault.size} pages" if fault.size else ""
            code = "W104" if fault.size else "E601"
            return Problem(fault.place, f"doesn't fit{size} {given}: {page}{fault.says}", code)
        case "time":
            if _other_times(file, fault.case):
                return Problem(fault.place, f"not in every time, {given}: {fault.says}", "W105")
            return Problem(fault.place, f"no time that can be chosen is right, {given}: {fault.says}", "E602")
        case _:
            code = {"coarse": "E703", "soft": "W204"}.get(fault.sort, "")
            return Problem(fault.place, fault.says if not flags else f"{fault.says} ({given})", code)


def _smallest(file: RoutineFile, fault: Fault) -> Fault:
    """The same fault with as few choices as bring it about, one taken back after the other."""
    for less in (
        *fault.case.less(file.options),
    ) * 2:  # once more: a choice may have needed another that is gone by then
        case = less(fault.case)
        if not refused(file, case.choices(file.options)):
            fault = next((one for one in _once_more(file, fault, case) if one.same == fault.same), fault)
    return fault


def _once_more(file: RoutineFile, fault: Fault, case: Case) -> Iterator[Fault]:
    """What goes wrong in another combination, where only this kind of fault is asked for."""
    if fault.sort != "fit" or not fault.size:
        yield from _sized(file, replace(case, pages=0), Kept())
        return
    request = Request(paper=case.paper, large_print=case.large, pages=fault.size)
    start = _start(file)
    try:
        misfits = faults(file, case.given, request, fault.size, Kept(), fault.page)
    except BookletError:
        return
    yield from (_fit(case, says, fault.size, page, start) for page, says in misfits)


def _other_times(file: RoutineFile, case: Case) -> bool:
    """Whether there is another length of the routine that these choices can be done in."""
    if "minutes" not in file.options:  # off the clock
        return False
    ends = file.options["minutes"].range or (1, 1)
    for minutes in range(ends[0], ends[1] + 1):
        given = {**case.given, "minutes": str(minutes)}
        try:
            routine = tailor(file, choose(file, given))
            schedule(routine, minutes)
        except (BadChoice, InvalidFile, DoesNotFit):
            continue
        return True
    return False
