"""The formats beside the folded booklet: what stands on them, where, how large, and how their sheets are cut and folded."""

import io
import itertools
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from booklets import back_massage, overlaps, pdf_words, texts
from conftest import HERE, MINIMAL
from PIL import ImageChops, ImageStat

from booklet import cli_build
from booklet.branding import find_brand, read_brand
from booklet.building import Booklet, Request, make, make_loose
from booklet.cards import CARDS, SHEETS, TICK, cut_marks
from booklet.errors import BookletError, DoesNotFit
from booklet.folders import folder
from booklet.imposing import quarters
from booklet.inks import Screen
from booklet.items import PT, Art, Clip, Group, Page, Shape, walk
from booklet.loose import LOOSE
from booklet.pdf import Output, Placed, Side, write
from booklet.routines import read_routine
from booklet.text import plain
from booklet.translating import in_language
from booklet.zine import fold_marks

SMALLEST = {"cue-card": 28, "poster": 14, "cards": 12, "zine": 8}  # points
EDGE = {"cue-card": 7, "poster": 13, "cards": 7, "zine": 6}  # millimetres that content keeps from its page's edges
PROGRAM = {"paper", "theme", "receiver", "giver", "pages", "large_print"}
SETUPS, SHIRTS, PAPERS = ("floor", "bed", "table", "chair", "side"), ("on", "off"), ("a4", "letter")
THEMES, MINUTES = ("still", "bright", "ink-saver", "line"), (8, 30, 60, 90)


@cache
def default(name: str, paper: str = "a4") -> Booklet:
    """A format of the built-in routine as it is without choices, made once for all tests."""
    return made(name, paper=paper)


def made(name: str, path: Path | None = None, **choices: Any) -> Booklet:
    """A format of the built-in routine, or of another file."""
    request = Request(**{key: value for key, value in choices.items() if key in PROGRAM})
    given = {key.replace("_", "-"): value for key, value in choices.items() if key not in PROGRAM}
    given = {key: value if isinstance(value, list) else str(value) for key, value in given.items()}
    return make_loose(name, read_routine(path) if path else back_massage(), given, request)


def complaints(name: str, pages: tuple[Page, ...]) -> Iterator[str]:
    """Text out of its frame, over other text or too small; pictures out of their frame."""
    edge = EDGE[name] * PT
    for page in pages:
        shown = texts(page)
        for one in shown:
            hang = 3 if one.size >= 24 else 1  # large letters hang by their side bearing
            inside = one.x >= edge - hang and one.x + one.width <= page.width - edge + hang
            if not inside or one.y - 0.6 * one.size < edge - 0.5 or one.y > page.height - edge + 0.5:
                yield f"page {page.number}: “{one.text}” is out of its frame"
            if one.size < SMALLEST[name]:
                yield f"page {page.number}: “{one.text}” has {one.size} pt"
            if "{" in one.text or "**" in one.text:
                yield f"page {page.number}: “{one.text}” has a placeholder or mark left in it"
        for item in walk(page.items):
            if isinstance(item, Art):
                left, top, width, height = item.window
                if min(left, top, page.width - left - width, page.height - top - height) < edge - 0.5:
                    yield f"page {page.number}: {item.drawing.name} is out of its frame"
        yield from (f"page {page.number}: “{one}” lies over “{other}”" for one, other in overlaps(shown))


def check(name: str, **choices: Any) -> None:
    booklet = made(name, **choices)
    assert list(complaints(name, booklet.pages)) == [], choices


def spread_out() -> list[dict[str, Any]]:
    """Twenty combinations in which every pair of set-up and time, and of any other two values, comes at least once."""
    return [
        {
            "setup": setup,
            "minutes": minutes_for(setup, MINUTES[m]),
            "shirt": SHIRTS[(s + m) % 2],
            "paper": PAPERS[(s + m // 2) % 2],
            "theme": THEMES[(s + m) % 3],
        }
        for m in range(len(MINUTES))
        for s, setup in enumerate(SETUPS)
    ]


def minutes_for(setup: str, minutes: int) -> int:
    """Turning over takes its time, so lying on the side takes ten minutes at least."""
    return max(minutes, 10) if setup == "side" else minutes


@pytest.mark.parametrize("name", LOOSE)
def test_text_stays_in_its_frame_apart_and_large_enough(name: str) -> None:
    for case in spread_out()[:: 3 if name == "cue-card" else 1]:  # the booklet's tests have the cue card too
        check(name, **case)


@pytest.mark.slow
@pytest.mark.parametrize("name", LOOSE)
@pytest.mark.parametrize("setup", SETUPS)
def test_every_combination_keeps_the_rules(name: str, setup: str) -> None:
    for shirt, paper, theme, most in itertools.product(SHIRTS, PAPERS, THEMES, MINUTES):
        minutes = minutes_for(setup, most)
        check(name, setup=setup, shirt=shirt, paper=paper, theme=theme, minutes=minutes)
        booklet = made(name, setup=setup, shirt=shirt, paper=paper, theme=theme, minutes=minutes)
        assert booklet.loose(name).startswith(b"%PDF-1.7")


LIMITS: list[dict[str, Any]] = [
    {"limit": ["osteoporosis"], "minutes": 20},
    {"limit": ["tender", "blood-thinners"], "minutes": 45, "paper": "letter"},
    {"pace": "focus", "minutes": 8},
    {"pace": "focus", "minutes": 12, "shirt": "off", "oil": "oil"},
    {"setup": "bed", "astride": "yes", "minutes": 60},
    {"setup": "chair", "limit": ["pregnant"], "minutes": 90, "paper": "letter"},
    {"setup": "side", "limit": ["pregnant"], "minutes": 60, "paper": "letter", "start-side": "left"},
    {"receiver": "Maximiliane Wolfeschlegelstein", "giver": "Jean-Christophe de Montgomery", "minutes": 60},
]


@pytest.mark.parametrize("name", ["poster", "cards", "zine"])
def test_limits_fewer_steps_and_long_names(name: str) -> None:
    for case in LIMITS:
        check(name, **case)


def test_the_times_of_the_bands_on_the_cue_card_stand_in_one_column() -> None:
    booklet = make(in_language(back_massage(), "de"), {"minutes": "90"}, Request())  # with a long label
    card = booklet.book.pages["cue-card"] - 1
    for page in booklet.pages[card : card + 2]:
        times = [text for text in texts(page) if re.fullmatch(r"\d+:\d\d–\d+:\d\d", text.text) and text.size <= 30]
        assert len({round(text.x + text.width, 2) for text in times}) == 1
        assert len(times) > 2


def test_the_key_on_cards_has_the_colon_of_its_language() -> None:
    booklet = make_loose("cards", in_language(back_massage(), "fr"), {}, Request())
    assert any(text.text.startswith("Jamais\u202f:") for page in booklet.pages for text in texts(page))


# --- what they say ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", LOOSE)
def test_golden(name: str) -> None:
    """The words of each format's default; BOOKLET_GOLDEN=write writes them anew, to be read before they are kept."""
    words = "\n\n".join(pdf_words(default(name).loose(name))) + "\n"
    path = HERE / "golden" / f"format-{name}.txt"
    if os.environ.get("BOOKLET_GOLDEN") == "write":
        path.write_text(words)
    assert words == path.read_text()


@pytest.mark.parametrize("name", ["poster", "cards", "zine"])
def test_each_says_every_line_of_every_step_and_the_safety(name: str) -> None:
    booklet = made(name, minutes=60)
    shown = set(" ".join(pdf_words(booklet.loose(name))).split())
    book, brief = booklet.book, booklet.routine.brief
    expected = [
        book.say(line, key) for key in ("rub", "heels", "sides", "tracks") for line in book.routine.steps[key].lines
    ]
    expected += [book.say(book.routine.steps[key].dont or "", key) for key in ("rub", "heels", "sides", "tracks")]  # type: ignore[arg-type]
    for listed in (brief.never, brief.stop, brief.today, brief.help):
        assert listed
        expected += listed.list
    assert [words for words in expected if not set(plain(words).split()) <= shown] == []


@pytest.mark.parametrize("name", LOOSE)
def test_every_time_of_every_step_stands_on_it(name: str) -> None:
    booklet = made(name, minutes=60)
    shown = " ".join(pdf_words(booklet.loose(name)))
    turns = [turn for turn in booklet.book.schedule.turns if booklet.routine.steps[turn.step].numbered]
    assert len(turns) == 6
    for turn in turns:
        assert f"{turn.start // 60}:{turn.start % 60:02d}" in shown


def test_a_routine_without_short_words_makes_all_formats() -> None:
    for name in LOOSE:
        booklet = made(name, MINIMAL)
        assert list(complaints(name, booklet.pages)) == []
        assert "Warm" in " ".join(pdf_words(booklet.loose(name)))


@pytest.mark.parametrize("name", ["poster", "cards", "zine"])
def test_content_has_roles_and_pictures_are_told(name: str) -> None:
    for page in default(name).pages:
        outside = [
            item for item in page.items if not isinstance(item, (Group, Shape, Clip, Art))
        ]  # the hand says nothing that the words don't
        assert outside == []
        assert any(isinstance(item, Group) and item.role.startswith("H") for item in walk(page.items))
        figures = [item for item in walk(page.items) if isinstance(item, Group) and item.role == "Figure"]
        assert all(figure.alt for figure in figures)


# --- sheets -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", LOOSE)
@pytest.mark.parametrize("paper", PAPERS)
def test_sheets_have_the_paper_s_size_and_are_printed_on_one_side(name: str, paper: str) -> None:
    sizes = {
        "cue-card": ((297, 210), (279.4, 215.9)),
        "poster": ((297, 420), (279.4, 431.8)),
        "cards": ((210, 297), (215.9, 279.4)),
        "zine": ((297, 210), (279.4, 215.9)),
    }
    booklet = default(name, paper)
    data = booklet.loose(name)
    width, height = sizes[name][paper == "letter"]
    document = pypdfium2.PdfDocument(data)
    assert len(document) == (len(quarters(len(booklet.pages))) if name == "cards" else 1)
    for sheet in document:
        assert sheet.get_size() == pytest.approx((width * PT, height * PT), abs=0.02)
    assert data == made(name, paper=paper).loose(name)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/Simplex"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


@pytest.mark.parametrize("paper", PAPERS)
def test_cards_fill_the_sheet_and_cut_marks_touch_no_content(paper: str) -> None:
    booklet = default("cards", paper)
    wide, high = SHEETS[paper]
    assert 0 <= wide - 2 * CARDS[paper][0] <= 1.1
    assert 0 <= high - 2 * CARDS[paper][1] <= 1.1
    edge, middle = EDGE["cards"] * PT, (wide / 2 * PT, high / 2 * PT)
    for shape in cut_marks(booklet.book).items:
        assert isinstance(shape, Shape)
        points = [numbers for _, numbers in shape.path]
        assert any(all(abs(point[axis] - middle[axis]) < 0.01 for point in points) for axis in (0, 1))
        for x, y in points:  # within the white edge of all cards: at the sheet's edge, or round its middle
            assert min(x, y, wide * PT - x, high * PT - y) <= TICK[1] * PT + 0.01 or (
                max(abs(x - middle[0]), abs(y - middle[1])) < edge
            )
    assert TICK[1] * PT < edge


def test_the_cut_runs_between_the_inner_panels_and_folds_lie_between_pages() -> None:
    marks = fold_marks(default("zine").book)
    lines = [item for item in marks.items if isinstance(item, Shape) and len(item.path) == 2]
    wide, high = marks.width, marks.height
    cut = [line for line in lines if not line.dash and line.path[0][1][1] == line.path[1][1][1]]
    assert [[round(x / wide, 3) for x, _ in (part[1] for part in line.path)] for line in cut] == [[0.25, 0.75]]
    folds = [line for line in lines if line.dash]
    across = sorted(round(line.path[0][1][0] / wide, 3) for line in folds if line.path[0][1][0] == line.path[1][1][0])
    assert across == [0.25, 0.5, 0.75]
    along = [line for line in folds if line.path[0][1][1] == line.path[1][1][1]]
    assert {round(line.path[0][1][1] / high, 3) for line in along} == {0.5}


def test_turned_pages_stand_on_their_head() -> None:
    """The top left panel, turned round, is the fifth page as it is printed by itself."""
    booklet = default("zine")
    page = booklet.pages[4]
    data = write((Side(page.width, page.height, (Placed(page),)),), booklet.meta("screen"), Output(Screen()))
    alone = pypdfium2.PdfDocument(data)[0].render(scale=2, grayscale=True).to_pil()
    sheet = pypdfium2.PdfDocument(booklet.loose("zine"))[0].render(scale=2, grayscale=True).to_pil()
    panel = sheet.crop((0, 0, sheet.width // 4, sheet.height // 2)).rotate(180).resize(alone.size)
    inner = (24, 24, alone.width - 24, alone.height - 24)
    differ = ImageStat.Stat(ImageChops.difference(panel.crop(inner), alone.crop(inner)))
    turned = ImageStat.Stat(ImageChops.difference(panel.rotate(180).crop(inner), alone.crop(inner)))
    assert differ.mean[0] < 12
    assert turned.mean[0] > 2 * differ.mean[0]


# --- what is refused ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("choice", [{"pages": 16}, {"large_print": True}])
def test_pages_and_large_print_belong_to_the_booklet(choice: dict[str, Any]) -> None:
    with pytest.raises(BookletError, match="its own size of type and pages"):
        made("cards", **choice)


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    words = MINIMAL.read_text()
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    path = tmp_path / "tea.yaml"
    path.write_text(words)
    return path


@pytest.mark.parametrize("name", ["poster", "cards", "zine"])
def test_too_much_text_says_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    many = "".join(
        f'\n      - "**Wait** and watch the steam rise from the pot, slowly, for the {n}th time."' for n in range(30)
    )
    path = edited(tmp_path, ('\n      - "**Swirl** it {times} times."', many))
    with pytest.raises(DoesNotFit, match=r"tea\.yaml:\d+:\d+: .* over.*cut some of"):
        made(name, path)
    path = edited(
        tmp_path,
        (
            "title: A cup|of tea",
            "title: Donaudampfschifffahrtsgesellschaftskapitänskajütenteegeschirrspülmaschinenbedienungsanleitung",
        ),
    )
    with pytest.raises(DoesNotFit, match=r"tea\.yaml:\d+:\d+: the title .* shorten it"):
        made(name, path)
    path = edited(
        tmp_path, ("name: Pour", "name: Donaudampfschifffahrtsgesellschaftskapitänskajütenteegeschirrspülmaschine")
    )
    with pytest.raises(DoesNotFit, match=r"tea\.yaml:\d+:\d+: “(2  )?Donau.* shorten it"):
        made(name, path)


def test_the_command_knows_all_formats() -> None:
    assert ("booklet", "large-print", *LOOSE) == cli_build.FORMAT_NAMES


@pytest.mark.parametrize("name", ["poster", "cards", "zine"])
def test_long_names_take_a_second_line_before_they_are_set_too_small(name: str) -> None:
    file = read_routine(folder("templates") / "routines" / "paper-cup.yaml")
    brand = read_brand(find_brand("maison-corail"))  # its letters are wide
    people = ("Katharina Bergmann", "Jean-Christophe de Montgomery")
    request = Request("letter", "line", receiver=people[0], giver=people[1], brand=brand)
    pages = make_loose(name, file, {"folder": "child"}, request).pages
    assert list(complaints(name, pages)) == []
    assert set(" ".join(people).split()) <= {
        word for text in texts(pages[0]) for word in text.text.replace(",", "").split()
    }
