"""The editions of one booklet: the same pages, laid on the paper or screen that they are for."""

from dataclasses import dataclass

from booklet.drafting import Format
from booklet.imposing import saddle
from booklet.items import PT, Page
from booklet.pdf import Meta, Placed, Side, write


@dataclass(frozen=True, slots=True)
class Edition:
    """What sets an edition apart: folded sheets or single pages, tags with links and fields, what the printer is told."""

    name: str
    folded: bool
    tagged: bool
    duplex: str = ""


SCREEN = Edition("screen", folded=False, tagged=True)
HOME = Edition("home", folded=True, tagged=False, duplex="DuplexFlipShortEdge")
EDITIONS = {edition.name: edition for edition in (SCREEN, HOME)}


def sides(pages: tuple[Page, ...], edition: Edition, paper: Format) -> tuple[Side, ...]:
    """The pages as they lie on the sides of sheets, or one by one in reading order."""
    if not edition.folded:
        return tuple(Side(page.width, page.height, (Placed(page),)) for page in pages)
    width, height = (length * PT for length in paper.sheet)
    middle, foot = width / 2, (height - pages[0].height) / 2
    result = []
    for sheet in saddle(len(pages)):
        for left, right in (sheet.front, sheet.back):
            placed = (
                Placed(pages[left - 1], middle - pages[left - 1].width, foot),
                Placed(pages[right - 1], middle, foot),
            )
            result.append(Side(width, height, placed))
    return tuple(result)


def publish(pages: tuple[Page, ...], edition: Edition, paper: Format, meta: Meta) -> bytes:
    """The bytes of the edition's PDF file."""
    return write(sides(pages, edition, paper), meta, edition.tagged, edition.duplex)
