"""The test sheet, measured back from its PDF file: rules, edges, sides; and that its words have room."""

from collections.abc import Callable
from math import hypot, isclose
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from booklets import overlaps, texts
from conftest import Done

from booklet.building import own_words
from booklet.drafting import FORMATS
from booklet.folders import theme_names
from booklet.items import PT
from booklet.languages import catalogues
from booklet.testsheet import EDGES, FOOT, FRAME, half, make_sheet, side_a
from booklet.theming import Theme, find_theme, read_theme

WORDS = own_words("en")


def still() -> Theme:
    return read_theme(find_theme("still"))


@pytest.fixture(params=FORMATS)
def paper(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(paper: str) -> pymupdf.Document:
    return pymupdf.open(stream=make_sheet(FORMATS[paper], still(), WORDS))


def lines(page: Any) -> list[tuple[float, float, float, float]]:
    """All straight lines of a page in millimetres from its top left, the ends in order."""
    found = []
    for drawing in page.get_drawings():
        for item in drawing["items"]:
            if item[0] == "l":
                (x1, y1), (x2, y2) = sorted((p.x / PT, p.y / PT) for p in item[1:3])
                found.append((x1, y1, x2, y2))
    return found


def length(line: tuple[float, float, float, float]) -> float:
    return hypot(line[2] - line[0], line[3] - line[1])


# --- size
def test_one_sheet_two_sides_at_its_own_size(file: pymupdf.Document, paper: str) -> None:
    wide, high = FORMATS[paper].sheet
    assert [(page.rect.width / PT, page.rect.height / PT) for page in file] == [
        pytest.approx((wide, high), abs=0.01)
    ] * 2


def test_it_asks_printers_not_to_scale_it(paper: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(make_sheet(FORMATS[paper], still(), WORDS))
    with pikepdf.open(path) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


def test_the_rules_are_100_mm_long(file: pymupdf.Document, paper: str) -> None:
    """From the corner, which both rules share, to the last long line of each; a tenth of a millimetre is seen."""
    found = lines(file[0])
    axes = [line for line in found if length(line) > 99 and length(line) < 103]
    level = next(line for line in axes if isclose(line[1], line[3], abs_tol=0.01))
    upright = next(line for line in axes if isclose(line[0], line[2], abs_tol=0.01))
    x, y = level[0], level[1]
    assert (upright[0], max(upright[1], upright[3])) == pytest.approx((x, y), abs=0.01)
    end = [line for line in found if abs(length(line) - 6) < 0.01 and abs(max(line[1], line[3]) - y) < 0.01]
    assert [line[0] - x for line in end] == pytest.approx([100], abs=0.01)
    end = [line for line in found if abs(length(line) - 6) < 0.01 and abs(line[0] - x) < 0.01]
    assert [y - line[1] for line in end] == pytest.approx([100], abs=0.01)
    inches = 4 * 25.4 if paper == "letter" else 100
    assert [length(level), length(upright)] == pytest.approx([inches, inches], abs=0.01)
    every_5 = sorted(line[0] - x for line in found if line[0] == line[2] and abs(max(line[1], line[3]) - y) < 0.01)
    assert {round(at, 2) for at in every_5 if at > 0} >= {5.0 * n for n in range(1, 21)}


# --- edges
def test_lines_at_their_distances_from_each_edge(file: pymupdf.Document, paper: str) -> None:
    wide, high = FORMATS[paper].sheet
    found = [line for line in lines(file[0]) if abs(length(line) - 6) < 0.01]
    upright = [line for line in found if abs(line[0] - line[2]) < 0.01]
    level = [line for line in found if abs(line[1] - line[3]) < 0.01]
    for distances in (
        [line[0] for line in upright],
        [wide - line[0] for line in upright],
        [line[1] for line in level],
        [high - line[1] for line in level],
    ):
        near = sorted(distance for distance in distances if distance < 12)
        assert near == pytest.approx([3, 4, 5, 6, 7, 8, 10], abs=0.01)


def test_each_line_has_its_number_and_nothing_else_is_near_the_edge(file: pymupdf.Document, paper: str) -> None:
    wide, high = FORMATS[paper].sheet
    count = 0
    for x0, y0, x1, y1, word, *_ in file[0].get_text("words"):
        x, y = (x0 + x1) / 2 / PT, (y0 + y1) / 2 / PT
        edge = min(x, wide - x, y, high - y)
        if edge < 15:
            assert int(word) in EDGES
            assert 0.5 < edge - int(word) < 4, word  # on the inner side of its line
            count += 1
    assert count == 4 * len(EDGES)


# --- sides
def test_the_half_that_is_upright_names_the_edge(file: pymupdf.Document, paper: str) -> None:
    """Over the short edge the sheet's top stays behind the arrow; over the long one its foot comes there, on its head."""
    high = FORMATS[paper].sheet[1] * PT
    rows = [row for block in file[1].get_text("dict")["blocks"] for row in block.get("lines", ())]
    seen: dict[str, set[tuple[float, float, bool]]] = {"short": set(), "long": set()}
    for row in rows:
        words = " ".join(span["text"] for span in row["spans"]).replace(".", "").split()
        for edge in seen.keys() & set(words):
            seen[edge].add((*(round(part) for part in row["dir"]), row["bbox"][3] < high / 2))
    assert seen == {"short": {(1, 0, True)}, "long": {(-1, 0, False)}}


def test_the_arrow_points_up_and_stands_in_the_upper_half(file: pymupdf.Document, paper: str) -> None:
    wide, high = (length * PT for length in FORMATS[paper].sheet)
    arrow = max(
        (d for d in file[0].get_drawings() if d["fill"] and len(d["items"]) == 7), key=lambda d: d["rect"].width
    )
    assert arrow["rect"].y1 < high / 4
    assert (arrow["rect"].x0 + arrow["rect"].x1) / 2 == pytest.approx(wide / 2, abs=0.1)
    tip = min((point for item in arrow["items"] for point in item[1:]), key=lambda point: point.y)
    assert tip.x == pytest.approx(wide / 2, abs=0.1)


# --- words
@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("language", catalogues())
def test_words_have_room(paper: str, theme: str, language: str) -> None:
    look, form, words = read_theme(find_theme(theme)), FORMATS[paper], own_words(language)
    for page in (side_a(form, look, words), half(form, look, words, "short"), half(form, look, words, "long")):
        shown = texts(page)
        assert list(overlaps(shown)) == []
        assert min(text.size for text in shown) >= 12
        spelt = [text for text in shown if not text.text.isdecimal()]
        assert all(text.x + text.width <= page.width - (FRAME - 0.5) * PT for text in spelt)
        assert not any("{" in text.text or "**" in text.text or "|" in text.text for text in shown)
    top, foot = (form.sheet[1] - FRAME - FOOT) * PT, (form.sheet[1] - FRAME) * PT
    assert not any(top - 3 * PT < text.y < top + 5 * PT for text in texts(side_a(form, look, words)))
    assert not any(foot - 2 * PT < text.y < foot + 3 * PT for text in texts(side_a(form, look, words)))


@pytest.mark.parametrize("language", catalogues())
def test_every_command_can_be_typed(run: Callable[..., Done], tmp_path: Path, language: str) -> None:
    """The sheet's commands with what was found in their gaps: those that keep it, and those that make one booklet."""
    shown = [text.text for text in texts(side_a(FORMATS["a4"], still(), own_words(language)))]
    commands = [text for text in shown if text.startswith("booklet ")]
    assert len(commands) == 6
    for command in commands:
        found = command.replace("flip …", "flip long").replace("backs …", "backs first-first")
        assert "…" not in found
        if " build " in found:
            found += " --edition home --quiet"  # which else says after a second that it is at work
        done = run(*found.split()[1:])
        assert (done.code, done.err) == (0, ""), found
    by_hand = {f"back-massage-home{part}.pdf" for part in ("", "-fronts", "-backs")}
    assert {path.name for path in tmp_path.glob("*.pdf")} == by_hand
    assert run("config", "backs").out == "first-first\n"


def test_the_same_bytes(paper: str) -> None:
    assert make_sheet(FORMATS[paper], still(), WORDS) == make_sheet(FORMATS[paper], still(), WORDS)


# --- the command
def test_the_command(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("test-sheet")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("test-sheet.pdf: one sheet of A4 to print on both sides, actual size (100 %).")
    assert (tmp_path / "test-sheet.pdf").read_bytes() == make_sheet(FORMATS["a4"], still(), WORDS)
    assert "one sheet of Letter" in run("test-sheet", "--paper", "letter", "--out", "my.pdf").out
    assert (tmp_path / "my.pdf").read_bytes() == make_sheet(FORMATS["letter"], still(), WORDS)
    done = run("test-sheet", "--paper", "a5")
    assert (done.code, done.err) == (1, "`a5` is no choice of `paper`: a4, letter\n")
