"""A file of the user's → all that is wrong with it: what `booklet check` tells.

A routine is laid out in combinations of choices, a brand on its covers in every paper, size and choice that it offers, so
that what doesn't fit is found before anything is printed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from booklet.branding import Brand, checked
from booklet.building import Kept, Request, make
from booklet.checking import check
from booklet.combining import combine
from booklet.drafting import FORMATS
from booklet.errors import BookletError, InvalidFile, Place, Problem
from booklet.mistakes import code_of
from booklet.reading import Mapping, read_yaml
from booklet.records import dataclass
from booklet.routines import RoutineFile, find_routine, read_routine
from booklet.theming import read_theme
from booklet.trying import try_all
from booklet.unused import idle_choices, on_no_page, read_whole, unreached
from booklet.wording import hard_words

USUAL = "back-massage"  # the routine that brands are tried with
NUMBER = re.compile("[0-9.]+")
Tick = Callable[[int, int], None]  # hears how many combinations have just been tried, and of how many


@dataclass(frozen=True, slots=True)
class Report:
    """What kind of file it is, what was looked at, what is wrong, and what may be."""

    kind: str
    looked_at: str
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def summary(self, path: Path) -> str:
        """What was looked at and how much was found, in a line."""
        parts = [_counted(len(self.errors), "error")] * bool(self.errors)
        parts += [_counted(len(self.warnings), "warning")] * bool(self.warnings)
        looked = f", {self.looked_at}" if self.looked_at else ""
        return f"{path}: {self.kind}{looked}: {' and '.join(parts) or 'nothing is wrong'}."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def examine(path: Path, processes: int = 1, tick: Tick | None = None) -> Report:
    """Everything that is wrong with a routine, theme or brand file."""
    kind = "file"
    try:
        node = read_yaml(path)
        keys = set(node.items) if isinstance(node, Mapping) else set()
        if keys & {"steps", "plans", "options"}:
            kind = "routine"
            return _routine(path, processes, tick)
        if keys & {"type", "looks", "like", "skins"}:
            kind = "theme"
            read_theme(path)
            return Report(kind, "whole")
        kind = "brand"
        return _brand(checked(node), path)
    except InvalidFile as error:
        return _report(kind, "", error.problems)


def _report(kind: str, looked_at: str, problems: tuple[Problem, ...]) -> Report:
    """The problems as errors and warnings, by their codes."""
    coded = [replace(one, code=code_of(one)) for one in dict.fromkeys(problems)]
    errors = tuple(one for one in coded if one.code.startswith("E"))
    return Report(kind, looked_at, errors, tuple(one for one in coded if one.code.startswith("W")))


# --- routines -------------------------------------------------------------------------------------------------------
def _routine(path: Path, processes: int, tick: Tick | None) -> Report:
    file = read_routine(path)
    check(file)
    whole, covered = read_whole(file), combine(file)
    count = len(covered.cases)
    never = list(unreached(file, whole))
    told = {one.place for one in never}
    problems = [
        *never,
        *(one for one in on_no_page(file, whole) if one.place not in told),
        *idle_choices(file, whole, covered.cases),
        *hard_words(file, whole),
        *try_all(file, covered, processes, lambda done: tick(done, count) if tick else None),
    ]
    return _report("routine", str(covered), tuple(problems))


# --- brands ---------------------------------------------------------------------------------------------------------
def _brand(brand: Brand, path: Path) -> Report:
    file = read_routine(find_routine(USUAL))
    kept, count, start = Kept(), 0, Place(str(path), 1, 1)
    problems: dict[str, Problem] = {}
    for given, request in _cases(brand, file):
        count += 1
        try:
            booklet = make(file, given, request, kept)
        except InvalidFile as error:
            for one in error.problems:  # how much too long it is differs with the paper
                problems.setdefault(f"{one.place} {NUMBER.sub('', one.message)}", one)
        except BookletError as error:
            problems.setdefault(NUMBER.sub("", str(error)), Problem(start, str(error)))
        else:
            told = [remark for remark in booklet.remarks if not request.large_print and str(brand.name) in remark]
            problems |= {remark: Problem(start, remark, "W301") for remark in told}
    return _report("brand", f"in {count} booklets", tuple(problems.values()))


def _cases(brand: Brand, file: RoutineFile) -> Iterator[tuple[dict[str, str | list[str]], Request]]:
    """Each paper with each size of type, and each choice that the brand offers."""
    plain = Request(brand=brand)
    for paper in FORMATS:
        for large in (False, True):
            yield {}, replace(plain, paper=paper, large_print=large)
    for name, offered in (brand.offers or {}).items():
        for one in offered if name in file.options and not file.options[name].several else ():
            yield {name: str(one)}, plain
