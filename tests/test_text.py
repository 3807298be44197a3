"""Measuring and line breaking: wrapping keeps every word, in order, inside its column."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.errors import InvalidFile, Place
from booklet.model import Words
from booklet.text import HOUSE, Line, Run, plain, runs
from booklet.theming import FACES

word = st.text("abcdefghijklmnopqrstuvwxyzäöüéABC0123456789.,;:!?’“”–()", min_size=1, max_size=14)
sentence = st.lists(word, min_size=1, max_size=40).map(" ".join)
check, line_width, spacing, width, wrap = HOUSE.check, HOUSE.line_width, HOUSE.spacing, HOUSE.width, HOUSE.wrap
marked = st.lists(st.one_of(word, word.map("**{}**".format)), min_size=1, max_size=30).map(" ".join)


def shown(lines: list[Line]) -> list[str]:
    return ["".join(run.text for run in line) for line in lines]


@pytest.mark.parametrize("face", FACES)
def test_widths_add_up(face: str) -> None:
    assert width("", face, 12) == 0
    assert width("ab", face, 12) == pytest.approx(width("a", face, 12) + width("b", face, 12))
    at_twelve = width("a", face, 12) - spacing(face, 12)
    assert width("a", face, 24) - spacing(face, 24) == pytest.approx(2 * at_twelve)


def test_widths_are_the_fonts_own() -> None:
    """Source Sans 3: a figure is 497 of 1000 units wide, an M 824 in Regular."""
    assert width("0", "sans", 1000) == pytest.approx(497, abs=1)
    assert width("0000", "semibold", 10) == pytest.approx(4 * width("0", "semibold", 10))


@pytest.mark.parametrize(
    ("face", "size", "space"), [("sans", 30, 0), ("light", 24, -0.72), ("display", 16, -0.192), ("medium", 12, -0.144)]
)
def test_spacing(face: str, size: float, space: float) -> None:
    assert spacing(face, size) == pytest.approx(space)


@given(marked, st.floats(40, 400), st.sampled_from([12, 14, 18]))
def test_wrapping_keeps_every_word_in_order(words: str, room: float, size: float) -> None:
    lines = shown(wrap(words, "sans", size, room))
    assert " ".join(" ".join(lines).split()) == " ".join(plain(words).split())


@given(marked, st.floats(40, 400), st.sampled_from([12, 14, 18]))
def test_no_line_is_wider_than_the_column_but_a_single_word(words: str, room: float, size: float) -> None:
    for line in wrap(words, "sans", size, room):
        if line_width(line, size) > room + 0.02:
            assert " " not in "".join(run.text for run in line).strip()


@given(sentence, st.floats(60, 400))
def test_lines_are_as_few_as_greed_makes_them(words: str, room: float) -> None:
    """Evening out the last lines never costs a line."""
    count, x = 1, 0.0
    space = width(" ", "sans", 13)
    for one in words.split():
        wide = width(one, "sans", 13)
        if x and x + space + wide > room + 0.01:
            count, x = count + 1, wide
        else:
            x += wide + (space if x else 0)
    assert len(wrap(words, "sans", 13, room)) == count


@given(marked)
def test_wide_columns_hold_a_text_on_one_line(words: str) -> None:
    assert len(wrap(words, "sans", 12, 1e5)) == 1


@given(marked)
def test_bold_words_are_set_in_the_bolder_face(words: str) -> None:
    bold = "".join(re.findall(r"\*\*(.*?)\*\*", words))
    assert "".join(run.text for one in runs(words, "sans") for run in one if run.face == "semibold") == bold


def test_bold_in_the_middle_of_a_word() -> None:
    assert runs("a**b c**d", "sans") == [
        [Run("a", "sans"), Run("b", "semibold")],
        [Run("c", "semibold"), Run("d", "sans")],
    ]
    [line] = wrap("go **now** on", "sans", 12, 500)
    assert line == (Run("go ", "sans"), Run("now ", "semibold"), Run("on", "sans"))


def test_a_letter_that_the_font_lacks_is_told_with_its_place() -> None:
    words = Words("warm 手", Place("tea.yaml", 7, 3))
    for refused in (lambda: check(words, "sans"), lambda: wrap(words, "sans", 12, 100)):
        with pytest.raises(
            InvalidFile, match=r"tea.yaml:7:3: the font SourceSans3_400Regular has no “手” \(U\+624B\), in “warm 手”"
        ):
            refused()
    check(Words("½ × 22–24 °C, “naïve” façade …", Place("f", 1, 1)), "sans")
