"""A file of the user's → all that is wrong with it: what `booklet check` tells.

A brand is laid out on its covers in every paper, size and choice that it offers, so that what doesn't fit is found before
anything is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from booklet.branding import Brand, checked
from booklet.building import Kept, Request, make
from booklet.checking import check
from booklet.drafting import FORMATS
from booklet.errors import BookletError, InvalidFile, Place, Problem
from booklet.reading import Mapping, read_yaml
from booklet.routines import RoutineFile, find_routine, read_routine
from booklet.theming import read_theme

USUAL = "back-massage"  # the routine that brands are tried with


@dataclass(frozen=True, slots=True)
class Report:
    """What kind of file it is, what was looked at, what is wrong, and what may be."""

    kind: str
    looked_at: str
    errors: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


def examine(path: Path) -> Report:
    """Everything that is wrong with a routine, theme or brand file."""
    kind = "file"
    try:
        node = read_yaml(path)
        keys = set(node.items) if isinstance(node, Mapping) else set()
        if keys & {"steps", "plans", "options"}:
            check(read_routine(path))
            return Report("routine", "with all its branches")
        if keys & {"type", "looks", "like", "skins"}:
            kind = "theme"
            read_theme(path)
            return Report(kind, "whole")
        kind = "brand"
        return _brand(checked(node), path)
    except InvalidFile as error:
        return Report(kind, "", error.problems)


def _brand(brand: Brand, path: Path) -> Report:
    file = read_routine(find_routine(USUAL))
    kept, count = Kept(), 0
    errors: dict[str, Problem] = {}
    warnings: dict[str, None] = {}
    for given, request in _cases(brand, file):
        count += 1
        try:
            booklet = make(file, given, request, kept)
        except InvalidFile as error:
            errors |= {one.message: one for one in error.problems}
        except BookletError as error:
            errors[str(error)] = Problem(Place(str(path), 1, 1), str(error))
        else:
            normal = not request.large_print
            warnings |= {remark: None for remark in booklet.remarks if normal and str(brand.name) in remark}
    return Report("brand", f"in {count} booklets", tuple(errors.values()), tuple(warnings))


def _cases(brand: Brand, file: RoutineFile) -> Iterator[tuple[dict[str, str | list[str]], Request]]:
    """Each paper with each size of type, and each choice that the brand offers."""
    plain = Request(brand=brand)
    for paper in FORMATS:
        for large in (False, True):
            yield {}, replace(plain, paper=paper, large_print=large)
    for name, offered in (brand.offers or {}).items():
        for one in offered if name in file.options and not file.options[name].several else ():
            yield {name: str(one)}, plain
