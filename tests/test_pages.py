"""The pages of whole booklets: what stands on them, where, and what the PDF files say of themselves."""

import io
import itertools
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from booklets import back_massage, build, complaints, figures, is_card, pdf_words, pictures, spoken, texts

from booklet.branding import find_brand, read_brand
from booklet.building import Booklet, Request, make
from booklet.errors import BadChoice, DoesNotFit
from booklet.figures import Drawing
from booklet.items import PT, Art, Clip, Group, Page, Text, walk
from booklet.routines import read_routine
from booklet.timing import clock
from booklet.translating import in_language

CASES: list[dict[str, Any]] = [
    {"setup": "floor"},
    {"setup": "bed", "shirt": "off", "oil": "oil", "minutes": 60},
    {"setup": "chair", "minutes": 20},
    {"setup": "side", "minutes": 45, "limit": ["pregnant"], "pages": 20, "start_side": "left"},
    {"setup": "table", "minutes": 45, "large_print": True},
    {"setup": "floor", "paper": "letter", "minutes": 8, "receiver": "Ann", "giver": "Ben"},
    {"setup": "floor", "pages": 8},
    {"setup": "bed", "pages": 12, "theme": "ink-saver"},
    {"setup": "table", "pages": 20, "shirt": "off"},
]
IDS = ["-".join(str(value) for value in case.values()) for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_pages_keep_the_rules_of_the_design(case: dict[str, Any]) -> None:
    booklet = build(**case)
    assert len(booklet.pages) % 4 == 0
    assert complaints(booklet) == []
    assert all(figure.alt for figure in figures(booklet))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_text_of_the_tailored_routine_is_in_the_pdf(case: dict[str, Any]) -> None:
    booklet = build(**case)
    for name in ("screen", "home"):
        text = " ".join(pdf_words(booklet.edition(name)))
        missing = [words for words in spoken(booklet) if not set(words.split()) <= set(text.split())]
        assert missing == []


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_seconds_add_up(case: dict[str, Any]) -> None:
    turns = build(**case).book.schedule.turns
    assert turns[0].start == 0
    assert turns[-1].stop + turns[-1].pause == int(case.get("minutes", 30)) * 60
    for before, after in itertools.pairwise(turns):
        assert before.stop + before.pause == after.start


def test_screen_pages_have_the_trimmed_size_and_sheets_the_paper_s() -> None:
    for paper, page, sheet in (("a4", (148, 210), (297, 210)), ("letter", (139.7, 215.9), (279.4, 215.9))):
        booklet = build(paper=paper)
        for edition, size in (("screen", page), ("home", sheet)):
            document = pypdfium2.PdfDocument(booklet.edition(edition))
            assert len(document) == (16 if edition == "screen" else 8)
            for one in document:
                assert one.get_size() == pytest.approx((size[0] * PT, size[1] * PT), abs=0.02)


def test_a_card_with_many_turns_has_lower_tiles_and_all_of_them() -> None:
    booklet = build(setup="side", minutes=60)
    card = [text.text for page in booklet.pages if is_card(page) for text in texts(page)]
    turns = booklet.book.schedule.turns
    assert len(turns) == 16
    assert [text for text in card if "–" in text] == [f"{clock(turn.start)}–{clock(turn.stop)}" for turn in turns]


def test_a_band_with_two_kinds_of_turns_names_both() -> None:
    booklet = build(setup="side", minutes=60, pages=12)
    shown = [text.text for text in texts(booklet.pages[booklet.book.pages["tracks"] - 1])]
    for name in ("turn", "favourite"):
        [turn] = booklet.book.schedule.turns_of(name)
        at = shown.index(str(booklet.routine.steps[name].name))
        assert shown[at + 1] == f"{clock(turn.start)}–{clock(turn.stop)}"


def test_a_chair_booklet_shows_no_floor() -> None:
    shown = pictures(build(setup="chair"))
    assert not {name for name in shown if "floor" in name or "bed" in name or "table" in name}


@pytest.mark.parametrize(("shirt", "right", "wrong"), [("on", "shirt", "bare"), ("off", "bare", "shirt")])
def test_pictures_match_the_shirt(shirt: str, right: str, wrong: str) -> None:
    shown = pictures(build(shirt=shirt))
    assert any(name.endswith(right) for name in shown)
    assert not [name for name in shown if name.endswith(wrong)]


def test_the_pdf_says_what_it_is() -> None:
    data = build(giver="Ben Ö.").edition("screen")
    assert len(data) < 1_000_000
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == [] if hasattr(pdf, "check_pdf_syntax") else pdf.check() == []
        assert str(pdf.docinfo["/Title"]) == "A better back massage"
        assert str(pdf.docinfo["/Author"]) == "Ben Ö."
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
        assert titles[0] == "A better back massage"
        assert "Basic rub" in titles
        assert len(titles) == 15  # every page but the right half of the cue card


def test_fonts_are_embedded_subsets_and_helvetica_is_not_among_them() -> None:
    for edition in ("screen", "home"):
        with pikepdf.open(io.BytesIO(build().edition(edition))) as pdf:
            fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
            assert fonts
            for font in fonts:
                assert str(font.BaseFont)[1:8] == "AAAAAA+" or str(font.BaseFont) == "/BookletFormSans"
                assert "/FontFile2" in font.FontDescriptor


def test_timetable_and_cue_card_link_to_the_steps_and_back() -> None:
    with pikepdf.open(io.BytesIO(build().edition("screen"))) as pdf:
        links = [[str(one.Contents) for one in page.get("/Annots", []) if one.Subtype == "/Link"] for page in pdf.pages]
    assert len(links[1]) == 7
    assert links[1][1] == "Basic rub, page 7"
    assert links[6] == ["Back to: Cue card", "Back to: Your 30 minutes"]
    assert len(links[7]) == 4
    assert links[7][-1] == "Back to the rub, page 10"
    assert len(links[8]) == 5


def test_the_home_edition_tells_the_printer_how() -> None:
    with pikepdf.open(io.BytesIO(build().edition("home"))) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_the_home_edition_s_halves_are_the_screen_edition_s_pages() -> None:
    booklet = build(pages=8)
    screen, home = (pypdfium2.PdfDocument(booklet.edition(name)) for name in ("screen", "home"))
    halves = []
    for sheet in home:
        image = sheet.render(scale=0.5, grayscale=True).to_pil()
        middle = image.width / 2
        halves += [
            image.crop((0, 0, round(middle), image.height)),
            image.crop((round(middle), 0, image.width, image.height)),
        ]
    order = [8, 1, 2, 7, 6, 3, 4, 5]
    for half, number in zip(halves, order, strict=True):
        page = screen[number - 1].render(scale=0.5, grayscale=True).to_pil()
        ink = [sum(255 - value for value in image.tobytes()) for image in (page, half)]
        assert ink[1] == pytest.approx(ink[0], rel=0.03), number


def test_the_same_choices_give_the_same_bytes() -> None:
    one, other = build(minutes=25), build(minutes=25)
    for edition in ("screen", "home"):
        assert one.edition(edition) == other.edition(edition)


def test_a_plan_that_is_too_small_says_by_how_much_and_what_fits(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    text = back_massage().path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("use: soft, loose shirt\n", f"use: {'a soft and loose shirt, ' * 40}please\n"), "utf-8"
    )
    with pytest.raises(DoesNotFit) as raised:
        make(read_routine(path), {}, Request(pages=8))
    assert "mm over" in str(raised.value)
    assert "--pages 12 or --pages 16" in str(raised.value)
    assert "can hold it" in str(raised.value)


def test_large_print_has_one_size() -> None:
    with pytest.raises(BadChoice, match="no plan for 20 pages; it has plans for 24"):
        build(pages=20, large_print=True)
    assert len(build(large_print=True).pages) == 24


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("brand", ["stillwater", "maison-corail"])
def test_an_example_brand_builds_in_the_usual_size_with_its_offer(language: str, paper: str, brand: str) -> None:
    request = Request(paper=paper, brand=read_brand(find_brand(brand)))
    for given in ({"minutes": "60"}, {"minutes": "12"}, {"setup": "side", "minutes": "45"}):
        booklet = make(in_language(back_massage(), language), given, request)
        assert len(booklet.pages) == 16, given
        assert [page.left_out for page in booklet.pages if page.left_out] == [], given


def test_a_full_page_has_its_lines_closer_and_its_letters_as_large() -> None:
    given = {"setup": "side", "minutes": "60"}
    full = make(back_massage(), given, Request(brand=read_brand(find_brand("stillwater"))))
    usual = build(**given)

    def two_lines(booklet: Booklet) -> list[Text]:
        shown = texts(booklet.pages[1])
        start = next(index for index, text in enumerate(shown) if text.text.startswith("You use warm"))
        return shown[start : start + 2]

    first, second = two_lines(full)
    assert 0.92 * 6 * PT - 0.01 <= second.y - first.y < 6 * PT - 0.01
    assert [text.size for text in two_lines(full)] == [text.size for text in two_lines(usual)]


SIGNS = {"icon-clock", "icon-pressure", "icon-repeat", "icon-still", "icon-stop", "icon-swap-sides", "icon-turn-head"}


@pytest.mark.parametrize("large", [False, True])
def test_each_step_shows_the_part_of_the_hand_that_works(large: bool) -> None:
    booklet = build(large_print=large)
    for step, icon in (("rub", "flat"), ("heels", "heel"), ("sides", "pads"), ("tracks", "fingers")):
        first = booklet.book.pages[step] - 1
        arts = [
            item
            for page in booklet.pages[first : first + 1 + large]
            for item in walk(page.items)
            if isinstance(item, Art)
        ]
        shown = [item.drawing for item in arts if item.drawing.name.startswith("icon-")]
        shown = [drawing for drawing in shown if drawing.name not in SIGNS]
        assert [drawing.name for drawing in shown] == [f"icon-{icon}"]
        assert isinstance(shown[0], Drawing)
        colours = {one.role: one.colour for one in shown[0].outlines}
        assert colours["object-shade"] == booklet.book.theme.looks[booklet.routine.steps[step].look].line
        assert colours["line-outer"] == booklet.book.theme.colours.ink


SWAP, CLOCK, TURN = "icon-swap-sides", "icon-clock", "icon-turn-head"


@pytest.mark.parametrize(
    ("choices", "signs"),
    [
        ({}, {"Side strokes": {SWAP}, "Back to the rub": {CLOCK, TURN}}),
        ({"minutes": 90, "paper": "letter"}, {"Side strokes": {SWAP}, "Back to the rub": {CLOCK, TURN}}),
        ({"start_side": "left", "pages": 20}, {"Side strokes": {SWAP}}),
        ({"large_print": True}, {"Side strokes": {SWAP}, "Back to the rub": {CLOCK}}),
        ({"setup": "chair"}, {"Back to the rub": {CLOCK}}),  # no side to swap, and the head lies on the arms
    ],
)
def test_signs_stand_in_a_corner_of_their_map_and_are_told(choices: dict[str, Any], signs: dict[str, set[str]]) -> None:
    words = {CLOCK: "go by the time", SWAP: "swap sides", TURN: "turn the head"}
    found: dict[str, set[str]] = {}
    for page in build(**choices).pages:
        for figure in (item for item in walk(page.items) if isinstance(item, Group) and item.role == "Figure"):
            arts = [item for item in walk(figure.items) if isinstance(item, Art)]
            for art in (art for art in arts if art.drawing.name in words):
                found.setdefault(page.title, set()).add(art.drawing.name)
                assert words[art.drawing.name] in figure.alt
                left, top, width, height = arts[0].window
                x, y, wide, high = art.window
                assert left < x < x + wide < left + width
                assert top < y < y + high < top + height
                texts = [item for item in walk(page.items) if isinstance(item, Text)]
                assert not any(x < text.x < x + wide and y < text.y < y + high for text in texts)
    assert found == signs


def icons(page: Page) -> list[Drawing]:
    arts = [item for item in walk(page.items) if isinstance(item, Art)]
    return [art.drawing for art in arts if isinstance(art.drawing, Drawing) and art.drawing.name.startswith("icon-")]


def test_how_often_stands_between_arrows_that_go_round() -> None:
    booklet = build(minutes=8)  # one pass of side strokes, several of all else
    for step, pages in booklet.book.pages.items():
        if step in booklet.routine.steps and booklet.routine.steps[step].views:
            counts = booklet.book.schedule.counts[step]
            names = [drawing.name for drawing in icons(booklet.pages[pages - 1])]
            assert names.count("icon-repeat") == (counts.passes * counts.times > 1), step


@pytest.mark.parametrize("pages", [8, 12, 16])
def test_the_stop_sign_stands_where_the_reasons_to_stop_are(pages: int) -> None:
    booklet = build(pages=pages)
    signs = [drawing for drawing in icons(booklet.pages[-1]) if drawing.name == "icon-stop"]
    assert len(signs) == 1
    colours = {one.role: one.colour for one in signs[0].outlines}
    assert colours["object-shade"] == booklet.book.theme.colours.stop
    assert not any(drawing.name == "icon-stop" for page in booklet.pages[:-1] for drawing in icons(page))


def test_every_icon_has_its_place_on_some_page() -> None:
    drawn = {path.stem for path in (Path(__file__).parent.parent / "images").glob("icon-*.svg")}
    shown = {drawing.name for page in build().pages for drawing in icons(page)}
    assert drawn - shown <= {"icon-thumbs", "icon-pressure"}  # for hands that are thumbs; for where dots are explained


def test_the_rub_between_the_moves_is_tinted_and_told_by_its_own_step() -> None:
    booklet = build()
    page = booklet.pages[booklet.book.pages["interlude"] - 1]
    (figure,) = (item for item in walk(page.items) if isinstance(item, Group) and item.role == "Figure")
    assert figure.alt.startswith("Flat hands glide")
    assert any(isinstance(item, Clip) and any(isinstance(one, Art) for one in walk((item,))) for item in figure.items)
