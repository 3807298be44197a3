"""Every routine that comes with the program: checked, built in each size, paper, format and edition, and its pages judged.

A routine is found by its file: a new one is tested without a line here. Each choice is taken once here; test_every_routine.py
takes combinations in which every pair of choices occurs.
"""

import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import test_formats
from booklets import complaints
from PIL import ImageChops, ImageOps, ImageStat
from screens import complaints_about

from booklet.building import Booklet, Request, make, make_loose
from booklet.errors import BadChoice, NoPlan
from booklet.examining import examine
from booklet.folders import folder, routine_names
from booklet.loose import LOOSE
from booklet.routines import RoutineFile, plan_sizes, read_routine
from booklet.shops import find_shop, read_shop

FILES = {name: folder("templates") / "routines" / f"{name}.yaml" for name in routine_names()}
OTHERS = [name for name in FILES if name != "back-massage"]  # which has test modules of its own
DOCS = Path(__file__).parent.parent / "docs"


@cache
def routine(name: str) -> RoutineFile:
    return read_routine(FILES[name])


def test_there_are_routines_of_several_kinds() -> None:
    assert {"back-massage", "paper-cup", "stretch", "hand", "desk"} <= set(FILES)
    assert not make(routine("paper-cup"), {}, Request()).book.schedule.timed


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_its_routines_name(name: str) -> None:
    assert make(routine(name), {}, Request()).routine.name == name


def judged(booklet: Booklet) -> None:
    """What is asked of every booklet: pages to fold, text in its frame, a screen edition by both standards."""
    assert len(booklet.pages) % 4 == 0
    assert complaints(booklet) == []
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []
    assert booklet.edition("home").startswith(b"%PDF-1.7")


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_each_routine_builds_in_every_size_that_it_has(name: str, paper: str, large: bool) -> None:
    built = 0
    for pages in (None, *sorted(plan_sizes(routine(name)))):
        try:
            booklet = make(routine(name), {}, Request(paper=paper, large_print=large, pages=pages))
        except NoPlan:
            continue
        judged(booklet)
        built += 1
    assert built > 1


def choices(name: str) -> list[dict[str, str | list[str]]]:
    """Each choice of each option on its own."""
    found: list[dict[str, str | list[str]]] = []
    for option in routine(name).own_options:
        if option.range:
            low, high = option.range
            found += [{option.name: str(value)} for value in sorted({low, (low + high) // 2, high})]
        found += [{option.name: [one] if option.several else one} for one in option.choices]
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_each_choice_builds_or_is_refused_with_its_reason(name: str) -> None:
    reasons = [str(one.says) for one in routine(name).contradictions]
    built, refused = 0, list[str]()
    for given in choices(name):
        try:
            booklet = make(routine(name), given, Request())
        except BadChoice as refusal:
            refused.append(str(refusal))
            continue
        assert complaints(booklet) == [], given
        built += 1
    assert built > 4
    assert [one for one in refused if not any(reason in one for reason in reasons)] == []


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("form", LOOSE)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_each_routine_has_every_format(name: str, form: str, paper: str) -> None:
    for given in [{}, *choices(name)]:
        try:
            booklet = make_loose(form, routine(name), given, Request(paper=paper))
        except BadChoice:
            continue  # refused with its reason, as above
        assert list(test_formats.complaints(form, booklet.pages)) == [], given


def test_photos_are_mirrored_for_the_other_side() -> None:
    """The corner that is folded first goes the other way: every photo of a step is seen in a mirror."""
    shown = {}
    for side in ("right", "left"):
        booklet = make(routine("paper-cup"), {"start-side": side, "use": "snacks"}, Request())
        page = booklet.book.pages["corner"]
        document = pypdfium2.PdfDocument(booklet.edition("screen"))
        # the panel alone, whose middle is that of the crop
        picture = document[page - 1].render(scale=0.5).to_pil().convert("L").crop((13, 55, 197, 200))
        shown[side] = ImageOps.mirror(picture) if side == "left" else picture
    assert ImageStat.Stat(ImageChops.difference(shown["right"], shown["left"])).mean[0] < 3
    assert ImageStat.Stat(ImageChops.difference(shown["right"], ImageOps.mirror(shown["left"]))).mean[0] > 6


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("theme", ["bright", "ink-saver", "full", "line"])
def test_each_routine_goes_with_every_theme(name: str, theme: str) -> None:
    assert complaints(make(routine(name), {}, Request(theme=theme))) == []


@pytest.mark.parametrize("name", OTHERS)
def test_each_routine_goes_to_a_shop_without_remarks(name: str) -> None:
    """A remark would say that a photo is too coarse for print."""
    booklet = make(routine(name), {}, Request(shop=read_shop(find_shop("europe-a5"))))
    assert [one for one in booklet.remarks if "pixels" in one] == []
    assert booklet.edition("shop").startswith(b"%PDF")


@pytest.mark.parametrize("name", FILES)
def test_the_sources_of_each_routine_are_told(name: str) -> None:
    section = re.search(rf"^## .*`{name}`$(.*?)(?=^## |\Z)", (DOCS / "routines.md").read_text(), re.M | re.S)
    assert section
    assert "Source" in section[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_check_finds_nothing(name: str) -> None:
    report = examine(FILES[name])
    assert (report.errors, report.warnings) == ((), ())
