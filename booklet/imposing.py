"""Page numbers → sheets for folding and stapling: arithmetic only."""

from dataclasses import dataclass


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
