"""The formats beside the folded booklet, from the same book: cue card, wall chart, cards and mini booklet, each one PDF."""

from collections.abc import Callable
from dataclasses import replace

from booklet.cards import CARDS, SHEETS, cards, cut_marks
from booklet.cuecard import spread
from booklet.drafting import Book
from booklet.imposing import quarters
from booklet.imposing import zine as zine_spots
from booklet.items import PT, Page
from booklet.layout import with_numbers
from booklet.pdf import Placed, Side
from booklet.poster import poster
from booklet.records import dataclass
from booklet.zine import fold_marks, zine


@dataclass(frozen=True, slots=True)
class Loose:
    """A format: how its pages are laid out and how they lie on the sides of sheets; `how` tells what to do with them.

    `how` may hold {sheets} and {paper}.
    """

    pages: Callable[[Book], tuple[Page, ...]]
    sides: Callable[[Book, tuple[Page, ...]], tuple[Side, ...]]
    how: str
    papers: tuple[str, str] = ("A4", "Letter")


def lay_out_loose(name: str, book: Book) -> tuple[Page, ...]:
    """The pages of a format. Raises DoesNotFit."""
    return LOOSE[name].pages(replace(with_numbers(book), loose=True))


def how_to_use(name: str, book: Book, pages: int) -> str:
    """What to do with a format's file, in plain words."""
    sheets = len(quarters(pages))
    paper = LOOSE[name].papers[book.format.name == "letter"]
    return LOOSE[name].how.format(sheets=f"{sheets} sheet{'s' * (sheets != 1)}", paper=paper)


def _cue_card(book: Book) -> tuple[Page, ...]:
    """The two halves of the booklet's cue card, which are read side by side here as there."""
    return tuple(half.page() for half in spread(book, 2))


def _side_by_side(book: Book, pages: tuple[Page, ...]) -> tuple[Side, ...]:
    width, height = (length * PT for length in book.format.sheet)
    left, right = pages
    foot = (height - left.height) / 2
    return (Side(width, height, (Placed(left, width / 2 - left.width, foot), Placed(right, width / 2, foot))),)


def _alone(_: Book, pages: tuple[Page, ...]) -> tuple[Side, ...]:
    return tuple(Side(page.width, page.height, (Placed(page),)) for page in pages)


def _four_up(book: Book, pages: tuple[Page, ...]) -> tuple[Side, ...]:
    """Four cards to a sheet, edge to edge round its middle, and its cut marks."""
    width, height = (length * PT for length in SHEETS[book.format.name])
    wide, high = (length * PT for length in CARDS[book.format.name])
    sides = []
    for sheet in quarters(len(pages)):
        placed = [
            Placed(pages[spot.page - 1], width / 2 + (spot.column - 1) * wide, height / 2 - spot.row * high)
            for spot in sheet
        ]
        sides.append(Side(width, height, (Placed(cut_marks(book)), *placed)))
    return tuple(sides)


def _folded_in_eight(book: Book, pages: tuple[Page, ...]) -> tuple[Side, ...]:
    """The eight small pages on one side of a sheet, the upper row on its head, over folds and cut."""
    width, height = (length * PT for length in book.format.sheet)
    placed = [
        Placed(pages[spot.page - 1], spot.column * width / 4, height / 2 * (1 - spot.row), turned=spot.turned)
        for spot in zine_spots()
    ]
    return (Side(width, height, (Placed(fold_marks(book)), *placed)),)


LOOSE = {
    "cue-card": Loose(_cue_card, _side_by_side, "1 sheet of {paper}, one side, actual size (100 %); lay or pin it where you see it."),
    "poster": Loose(poster, _alone, "1 sheet of {paper}, one side, actual size (100 %); hang it where you see it.", ("A3", "Tabloid (11 × 17 in)")),
    "cards": Loose(cards, _four_up, "{sheets} of {paper}, one side, actual size (100 %), best on card; two cuts through the middle of each sheet."),
    "zine": Loose(
        zine,
        _folded_in_eight,
        "1 sheet of {paper}, one side, actual size (100 %). Fold it in eight and open it again, cut along the solid line, "
        "fold it lengthwise with the print outside, push the ends together and fold page 1 to the front.",
    ),
}  # fmt: skip
