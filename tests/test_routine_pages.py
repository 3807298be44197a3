"""What was seen on pages of the routines beside the back massage, and must not come back: crowded, cut, hidden or small."""

from pathlib import Path
from typing import Any

import pytest
from booklets import texts
from test_routines import FILES, routine

from booklet.building import Request, make, make_loose
from booklet.items import PT, Art, Page, Text, walk
from booklet.model import Picture
from booklet.routines import read_routine
from booklet.timing import clock


def page(name: str, where: str, **choices: Any) -> Page:
    """The page of a step or chapter."""
    large = choices.pop("large_print", False)
    given = {key.replace("_", "-"): value for key, value in choices.items()}
    booklet = make(routine(name), given, Request(large_print=large))
    return booklet.pages[booklet.book.pages[where] - 1]


def said(shown: Page, start: str) -> Text:
    return next(text for text in texts(shown) if text.text.startswith(start))


def arts(shown: Page) -> list[Art]:
    return [item for item in walk(shown.items) if isinstance(item, Art) and not item.drawing.name.startswith("icon-")]


@pytest.mark.parametrize(("step", "lines"), [("sweep", 1), ("palms", 2), ("squeeze", 1)])
def test_repeats_on_two_lines_keep_off_their_label(step: str, lines: int) -> None:
    shown = page("desk", step, minutes="20")
    label = said(shown, "Repeat")
    below = sorted(text.y for text in texts(shown) if text.x == label.x and label.y < text.y < label.y + 14 * PT)
    assert len(below) == lines
    assert below[0] - label.y > 13.5


def test_repeats_are_parted_after_their_comma() -> None:
    assert {"3× a spot,", "5 rounds"} <= {text.text for text in texts(page("desk", "palms"))}


def test_large_repeats_are_smaller_rather_than_parted() -> None:
    """Without a hand beside them they have the whole width, on the line of the clock."""
    booklet = make(routine("stretch"), {}, Request(large_print=True))
    shown = booklet.pages[booklet.book.pages["side"]]
    times = f"{clock(booklet.book.schedule.turns_of('side')[0].start)}–"
    assert said(shown, "2 × 20 s each side").y == said(shown, times).y


def test_wide_pictures_stand_one_above_the_other_and_are_equally_large() -> None:
    cat, cow = arts(page("stretch", "cat"))
    assert cat.window[0] == cow.window[0]
    assert cat.window[1] + cat.window[3] < cow.window[1]
    assert cat.k * cat.drawing.width == pytest.approx(cow.k * cow.drawing.width, rel=0.02)
    assert cat.k * cat.drawing.width > 65 * PT
    flaps, other = arts(page("paper-cup", "flaps"))  # fill their windows
    assert flaps.window[1] == other.window[1]


@pytest.mark.parametrize(("size", "large"), [("a4", True), ("large", False)])
def test_the_part_of_a_photo_that_matters_is_never_cut(size: str, large: bool) -> None:
    shown = page("paper-cup", "ready", size=size, large_print=large, use="snacks", folder="child")
    (photo,) = arts(shown)
    view = make(routine("paper-cup"), {"size": size}, Request(large_print=large)).routine.chapters["ready"].view
    assert isinstance(view, Picture)
    assert view.crop
    left, top, width, height = view.crop
    seen_left, seen_top, seen_width, seen_height = photo.window
    assert photo.x + photo.k * left >= seen_left - 0.1
    assert photo.y + photo.k * top >= seen_top - 0.1
    assert photo.x + photo.k * (left + width) <= seen_left + seen_width + 0.1
    assert photo.y + photo.k * (top + height) <= seen_top + seen_height + 0.1


def test_how_often_hides_no_arrow(tmp_path: Path) -> None:
    arms = page("desk", "arms")
    art = arts(arms)[0]
    middle = art.window[1] + art.window[3] / 2
    assert said(arms, "8×").y > middle  # beside the elbows, where the arrows end
    assert said(page("desk", "sweep"), "10×").y > middle
    text = FILES["desk"].read_text(encoding="utf-8")
    text = text.replace("[1.13, 0.165]", "[1.6, 0.04]").replace("[-1.45, 0.12, 1.45, 1.02]", "[-2, 0, 2, 1.02]")
    (tmp_path / "wide.yaml").write_text(text, encoding="utf-8")
    booklet = make(read_routine(tmp_path / "wide.yaml"), {}, Request())
    wide = booklet.pages[booklet.book.pages["arms"] - 1]
    assert said(wide, "8×").y < middle  # arrows end in both lower corners


def test_a_cue_card_wastes_no_tile_on_a_step_with_nothing_to_show() -> None:
    left, right = (page for page in make(routine("desk"), {}, Request()).pages[7:9])
    assert said(left, "Hello").size == 30
    assert said(left, "Sweep").size == 38
    assert said(right, "Finish").size == 30


def test_tiles_of_a_full_cue_card_are_as_high_as_there_is_room() -> None:
    for shown in make(routine("stretch"), {}, Request()).pages[7:9]:
        assert all(art.window[3] > 35 * PT for art in arts(shown))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_without_a_clock_notes_stand_below_their_label_and_pictures_are_large(paper: str) -> None:
    (sheet,) = make_loose("cue-card", routine("paper-cup"), {}, Request(paper=paper)).pages[:1]
    label, note = said(sheet, "In half"), said(sheet, "Corner")
    assert note.y - label.y < 15 * PT
    assert arts(sheet)[0].window[3] > 50 * PT


def test_a_few_small_pictures_stand_together() -> None:
    towels, water = arts(page("hand", "after"))
    assert water.window[0] - towels.window[0] - towels.window[2] < 20 * PT
