"""Folding the sheets of a booklet back together gives its pages in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.imposing import Sheet, quarters, saddle, zine


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


# --- cards ----------------------------------------------------------------------------------------------------------
@given(st.integers(1, 60))
def test_every_card_lies_once_on_a_quarter_of_a_sheet_in_reading_order(cards: int) -> None:
    sheets = quarters(cards)
    assert [spot.page for sheet in sheets for spot in sheet] == list(range(1, cards + 1))
    assert len(sheets) == -(-cards // 4)
    for sheet in sheets:
        assert [(spot.row, spot.column) for spot in sheet] == [(0, 0), (0, 1), (1, 0), (1, 1)][: len(sheet)]
        assert not any(spot.turned for spot in sheet)


@given(st.integers(-5, 0))
def test_no_cards_are_refused(cards: int) -> None:
    with pytest.raises(ValueError, match="from one upward"):
        quarters(cards)


# --- the mini booklet: a model of the paper ---------------------------------------------------------------------------
Point3 = tuple[int, int, int]
CUT = {((1, 0), (1, 1)), ((2, 0), (2, 1))}  # the panels (column, row) that the cut parts
LEAVES = {"left": (-1, 0), "front": (0, -1), "right": (1, 0), "back": (0, 1)}  # away from the spine, from above
CROSS = {  # the leaf on which a panel lies once the sheet is folded lengthwise and pushed together from its ends
    (0, 0): "left", (0, 1): "left", (1, 1): "front", (2, 1): "front",
    (3, 1): "right", (3, 0): "right", (2, 0): "back", (1, 0): "back",
}  # fmt: skip


def corners(panel: tuple[int, int]) -> dict[str, Point3]:
    """Where the corners of a panel are in the cross, by their place on the flat sheet: leaves are 1 wide and 1 high.

    The spine stands at (0, 0). The panels at the ends have it at their inner edge; those in the middle have the edges
    that are at a quarter and three quarters of the sheet there, and the edges in the middle of the sheet outside. The
    line between the rows is on top of the folded sheet, whichever row a panel is of.
    """
    column, row = panel
    x, y = LEAVES[CROSS[panel]]
    inner = {0: "right", 1: "left", 2: "right", 3: "left"}[column]
    found = {}
    for side in ("left", "right"):
        for edge in ("top", "foot"):
            out = 0 if side == inner else 1
            high = 1 if (edge == "foot") == (row == 0) else 0  # the line between the rows
            found[f"{edge} {side}"] = (out * x, out * y, high)
    return found


def test_the_paper_of_the_mini_booklet_does_not_tear() -> None:
    """Panels that hang together on the flat sheet still do in the cross, but for those that the cut parts."""
    for column in range(4):
        for row in range(2):
            at = corners((column, row))
            if column < 3:
                beside = corners((column + 1, row))
                assert (at["top right"], at["foot right"]) == (beside["top left"], beside["foot left"])
            if row == 0 and ((column, 0), (column, 1)) not in CUT:
                below = corners((column, 1))
                assert (at["foot left"], at["foot right"]) == (below["top left"], below["top right"])


def test_the_mini_booklet_folds_to_its_pages_in_order() -> None:
    page = {(spot.column, spot.row): spot.page for spot in zine()}
    assert sorted(page.values()) == list(range(1, 9))
    ring = [(0, 1), (1, 1), (2, 1), (3, 1), (3, 0), (2, 0), (1, 0), (0, 0)]
    for before, after in zip(ring, [*ring[1:], ring[0]], strict=True):  # turning pages goes round the spine
        assert page[after] == page[before] % 8 + 1
        assert (before, after) not in CUT
        assert (after, before) not in CUT
    for left, right in zip(ring[::2], ring[1::2], strict=True):  # an even page at the left, an odd one at the right
        assert (page[left] % 2, page[right] % 2) == (0, 1)
    leaves = {frozenset(page[panel] for panel in CROSS if CROSS[panel] == leaf) for leaf in LEAVES}
    assert leaves == {frozenset(pair) for pair in ((1, 2), (3, 4), (5, 6), (7, 8))}


def test_every_page_of_the_mini_booklet_stands_upright_once_it_is_folded() -> None:
    """The head of a page is at the top of its leaf, and its spine where an even or odd page has it."""
    for spot in zine():
        at = corners((spot.column, spot.row))
        head, foot = ("foot", "top") if spot.turned else ("top", "foot")
        assert {at[f"{head} {side}"][2] for side in ("left", "right")} == {1}
        assert {at[f"{foot} {side}"][2] for side in ("left", "right")} == {0}
        left, right = ("right", "left") if spot.turned else ("left", "right")  # as the reader sees the page
        spine = left if spot.page % 2 else right
        assert at[f"top {spine}"][:2] == (0, 0)
