"""Folding the sheets of a booklet back together gives its pages in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.imposing import Sheet, saddle


def folded(sheets: tuple[Sheet, ...]) -> list[int]:
    """The pages as they are turned: down the outer halves of the sheets, then back up through the stack."""
    front = [page for sheet in sheets for page in (sheet.front[1], sheet.back[0])]
    back = [page for sheet in reversed(sheets) for page in (sheet.back[1], sheet.front[0])]
    return front + back


@pytest.mark.parametrize(
    ("pages", "sheets"),
    [
        (4, [((4, 1), (2, 3))]),
        (8, [((8, 1), (2, 7)), ((6, 3), (4, 5))]),
        (16, [((16, 1), (2, 15)), ((14, 3), (4, 13)), ((12, 5), (6, 11)), ((10, 7), (8, 9))]),
    ],
)
def test_saddle(pages: int, sheets: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    assert [(sheet.front, sheet.back) for sheet in saddle(pages)] == sheets


@given(st.integers(1, 50))
def test_it_folds_back_to_the_pages_in_order(quarter: int) -> None:
    pages = 4 * quarter
    sheets = saddle(pages)
    assert len(sheets) == quarter
    assert folded(sheets) == list(range(1, pages + 1))


@given(st.integers(1, 50))
def test_it_is_a_permutation_and_facing_pages_add_up(quarter: int) -> None:
    sides = [side for sheet in saddle(4 * quarter) for side in (sheet.front, sheet.back)]
    assert sorted(page for side in sides for page in side) == list(range(1, 4 * quarter + 1))
    assert {sum(side) for side in sides} == {4 * quarter + 1}


@given(st.integers(-8, 200).filter(lambda n: n < 4 or n % 4))
def test_other_numbers_of_pages_are_refused(pages: int) -> None:
    with pytest.raises(ValueError, match=f"a multiple of four pages, not {pages}"):
        saddle(pages)
