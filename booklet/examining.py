"""A file of the user's → all that is wrong with it: what `booklet check` tells.

A routine is laid out in combinations of choices, a brand on its covers in every paper, size and choice that it offers, so
that what doesn't fit is found before anything is printed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from booklet.branding import checked
from booklet.brands import Brand
from booklet.building import Request, make
from booklet.checking import check
from booklet.combining import Covered, combine, each_once
from booklet.drafting import FORMATS
from booklet.errors import BookletError, InvalidFile, Place, Problem
from booklet.folders import is_file
from booklet.keeping import Kept
from booklet.languages import base, catalogues, language_name
from booklet.mistakes import code_of
from booklet.nodes import LINE_BREAK
from booklet.reading import Mapping, Node, clipped, read_yaml
from booklet.records import dataclass
from booklet.routines import RoutineFile, find_routine, read_routine
from booklet.theming import read_theme
from booklet.translating import in_language, languages_of, stale
from booklet.trying import try_all
from booklet.unused import idle_choices, left_out, on_no_page, read_whole, unreached
from booklet.wording import cut_short, hard_words

USUAL = "back-massage"  # the routine that brands are tried with
NUMBER = re.compile("[0-9.]+")
QUOTED = re.compile("`([a-z.-]+)`")  # a key of a file
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


def examine(path: Path, processes: int = 1, tick: Tick | None = None, lang: str = "") -> Report:
    """Everything that is wrong with a routine, theme or brand file, or with the translation of a routine.

    A routine is looked at in the language that is asked for, or in its own; then its translations are read whole and laid out
    with each choice. Raises BadChoice for a language that it doesn't have.
    """
    kind = "file"
    cut: tuple[Problem, ...] = ()
    try:
        node = read_yaml(path)
        cut = tuple(cut_short(node, LINE_BREAK.split(path.read_text("utf-8-sig"))))
        keys = set(node.items) if isinstance(node, Mapping) else set()
        if keys & {"steps", "plans", "options"}:
            kind = "routine"
            return _with(cut, _routine(read_routine(path), lang, processes, tick))
        if keys & {"of", "texts"}:
            kind = "translation"
            stem, _, tag = path.stem.rpartition(".")
            return _with(cut, _routine(read_routine(_routine_of(path, stem)), tag, processes, tick))
        if keys & {"type", "looks", "like", "skins"}:
            kind = "theme"
            read_theme(path)
            return _with(cut, Report(kind, "whole"))
        kind = "brand"
        return _with(cut, _brand(checked(node), node, path))
    except InvalidFile as error:
        return _with(cut, _report(kind, "", error.problems))


def _with(cut: tuple[Problem, ...], report: Report) -> Report:
    """The report, with the texts that may be cut short."""
    return replace(report, warnings=(*_report("", "", cut).warnings, *report.warnings))


def _report(kind: str, looked_at: str, problems: tuple[Problem, ...]) -> Report:
    """The problems as errors and warnings, by their codes."""
    coded = [replace(one, code=code_of(one)) for one in dict.fromkeys(problems)]
    errors = tuple(one for one in coded if one.code.startswith("E"))
    return Report(kind, looked_at, errors, tuple(one for one in coded if one.code.startswith("W")))


# --- routines -------------------------------------------------------------------------------------------------------
def _routine(file: RoutineFile, lang: str, processes: int, tick: Tick | None) -> Report:
    check(file)
    asked = [in_language(file, lang).language] if lang else languages_of(file)
    covered = combine(file)
    problems: list[Problem] = []
    fewer = covered if lang else each_once(covered)
    tried = {language: covered if language == file.language else fewer for language in asked}
    count = sum(len(one.cases) for one in tried.values())
    for language in asked:
        try:
            spoken = in_language(file, language)
            problems += _translation(spoken) if spoken.translated else _as_written(spoken, covered)
            problems += hard_words(spoken, read_whole(spoken))
            problems += try_all(spoken, tried[language], processes, lambda done: tick(done, count) if tick else None)
        except InvalidFile as error:
            problems += error.problems
    others = [language for language in asked if language != file.language]
    among = f", in {asked[0]}" if len(languages_of(file)) > 1 else ""
    if others and not lang:
        among += f"; in {', '.join(others)} with each choice ({len(fewer.cases)} combinations)"
    return _report("routine", f"{covered}{among}", tuple(problems))


def _as_written(file: RoutineFile, covered: Covered) -> Iterator[Problem]:
    """What is wrong with a routine whatever its language."""
    whole = read_whole(file)
    never = list(unreached(file, whole))
    told = {one.place for one in never}
    yield from never
    yield from (one for one in on_no_page(file, whole) if one.place not in told)
    yield from left_out(whole)
    yield from idle_choices(file, whole, covered.cases)


def _translation(file: RoutineFile) -> Iterator[Problem]:
    """The texts that a translation lacks, and those that the routine no longer has."""
    assert file.translated
    name = language_name(file.language)
    for words in file.missing:
        shown = f"shown in {language_name(words.language)}"
        yield Problem(words.place, f"{clipped(words)} has no {name} ({file.language}): {shown}")
    yield from stale(file, file.translated)


def _routine_of(path: Path, stem: str) -> Path:
    """The routine of a translation's file, which lies beside it. Raises InvalidFile."""
    routine = path.with_name(f"{stem}{path.suffix}")
    if not stem or not is_file(routine):
        told = "a translation is called as its routine and language, such as tea.de.yaml beside tea.yaml"
        raise InvalidFile([Problem(Place(str(path), 1, 1), told)])
    return routine


# --- brands ---------------------------------------------------------------------------------------------------------
def _brand(brand: Brand, node: Node, path: Path) -> Report:
    own = read_routine(find_routine(USUAL))
    kept, count, start = Kept(), 0, Place(str(path), 1, 1)
    problems: dict[str, Problem] = {}
    remarks: dict[str, list[str]] = {}
    for file, given, request in _cases(brand, own):
        count += 1
        try:
            booklet = make(file, given, request, kept)
        except InvalidFile as error:
            for one in error.problems:  # how much too long it is differs with the paper
                problems.setdefault(f"{one.place} {NUMBER.sub('', one.message)}", one)
        except BookletError as error:
            says = f"{error} ({_which(brand, file, given, request)})"
            problems.setdefault(NUMBER.sub("", str(error)), Problem(start, says))
        else:
            for remark in booklet.remarks:
                if str(brand.name) in remark and not request.large_print:  # `build` tells what large print leaves out
                    remarks.setdefault(remark, []).append(_which(brand, file, given, request))
    told = [Problem(_key_of(node, remark) or start, _in(remark, of), "W301") for remark, of in remarks.items()]
    return _report("brand", f"in {count} booklets", (*problems.values(), *told))


def _in(remark: str, booklets: list[str]) -> str:
    """The remark with the booklets that it is about."""
    more = f"; and in {_counted(len(booklets) - 1, 'booklet')} more" if len(booklets) > 1 else ""
    return f"{remark.removesuffix('.')} ({booklets[0]}{more})."


def _which(brand: Brand, file: RoutineFile, given: dict[str, str | list[str]], request: Request) -> str:
    """Which of the booklets that a brand is tried with it is."""
    size = f"{'in large print ' * request.large_print}on {request.paper.capitalize()}"
    language = [f"in {language_name(file.language)}"] * bool(brand.languages)
    return ", ".join((size, *language, *(f"with {name} {value}" for name, value in given.items())))


def _key_of(node: Node, remark: str) -> Place | None:
    """Where the first key stands that a remark names."""
    named = QUOTED.search(remark)
    place = None
    for key in named[1].split(".") if named else ():
        if not (isinstance(node, Mapping) and key in node.items):
            break
        place, node = node.keys[key], node.items[key]
    return place


def _cases(brand: Brand, own: RoutineFile) -> Iterator[tuple[RoutineFile, dict[str, str | list[str]], Request]]:
    """Each language that the brand speaks on each paper with each size of type, and each choice that it offers."""
    plain = Request(brand=brand)
    tags = [tag for tag in (str(brand.language or own.language), *(brand.languages or {})) if base(tag) in catalogues()]
    file = in_language(own, tags[0] if tags else "")
    for tag in tags or [""]:
        for paper in FORMATS:
            for large in (False, True):
                yield in_language(own, tag), {}, replace(plain, paper=paper, large_print=large)
    for name, offered in (brand.offers or {}).items():
        for one in offered if name in file.options and not file.options[name].several else ():
            yield file, {name: str(one)}, plain
