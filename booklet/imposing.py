"""Page numbers → sheets for folding, stapling and cutting: arithmetic only."""

from booklet.records import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper: the pages on its two sides, each (left, right); 1 is the cover."""

    front: tuple[int, int]
    back: tuple[int, int]


def saddle(pages: int) -> tuple[Sheet, ...]:
    """The sheets of a saddle-stitched booklet, outermost first.

    Folded, sheet k (from 0) holds pages 2k+1 and 2k+2 at its right front and left back, and their partners from the
    end. Raises ValueError where `pages` isn't a positive multiple of four.
    """
    if pages < 4 or pages % 4:
        raise ValueError(f"a folded booklet has a multiple of four pages, not {pages}")
    return tuple(
        Sheet((pages - 2 * k, 2 * k + 1), (2 * k + 2, pages - 2 * k - 1)) for k in range(pages // 4)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page lies on a sheet of equal fields: its column and row from the top left; `turned` stands on its head."""

    page: int
    column: int
    row: int
    turned: bool = False


def quarters(cards: int) -> tuple[tuple[Spot, ...], ...]:
    """The sheets that hold so many cards, four on each, row by row; the last one may have fields to spare."""
    if cards < 1:
        raise ValueError(f"cards are printed from one upward, not {cards}")
    return tuple(
        tuple(Spot(card, index % 2, index // 2) for index, card in enumerate(range(first, min(first + 4, cards + 1))))
        for first in range(1, cards + 1, 4)
    )


ZINE = ((5, 4, 3, 2), (6, 7, 8, 1))


def zine() -> tuple[Spot, ...]:
    """The eight pages of a mini booklet on one side of one sheet, four columns in two rows, the upper row on its head.

    The sheet is cut along the line between the rows, over the two middle columns only. Folded along that line and pushed
    together from its ends it makes four double leaves: pages 1–2, 3–4, 5–6 and 7–8.
    """
    return tuple(
        Spot(page, column, row, row == 0) for row, pages in enumerate(ZINE) for column, page in enumerate(pages)
    )
