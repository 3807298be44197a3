"""The editions of one booklet: the same pages, laid on the screen, on folded sheets, or out for a print shop."""

from dataclasses import replace
from typing import Literal

from booklet.drafting import Format
from booklet.errors import BadChoice
from booklet.figures import Photo
from booklet.imposing import saddle
from booklet.inks import Grey, Inks, Screen
from booklet.items import PT, Art, Group, Item, Page, Shape, Text, walk
from booklet.paths import scaled
from booklet.pdf import SCREEN, Meta, Output, Placed, Side, Written, write
from booklet.presses import press_inks
from booklet.records import dataclass
from booklet.shops import Shop
from booklet.text import HOUSE

EDITIONS = ("screen", "home", "shop")
CALIPER = ((60, 0.08), (80, 0.11), (90, 0.12), (100, 0.13), (120, 0.15), (160, 0.20))
"""The thickness of a sheet of uncoated paper in mm by its weight in g/m² (print brief; 60 and 160 extrapolated)."""
TICK = (3.0, 5.0)  # a fold mark: from the sheet's edge, and how long, in mm; nothing else is nearer than 8
STAPLE = 12.0  # the length of a staple's mark along the fold, mm
MARK_COLOUR, MARK_WIDTH = "#8C8C8C", 0.5
CROP = (2.0, 5.0)  # a crop mark: how far outside the bleed it starts, and how long, in mm
FINE, COARSE = 300, 200  # pixels per inch of a photo in print: softer below the first, too coarse below the second
SLUG = 6.0  # points: the type that says what the page is, outside the bleed


@dataclass(frozen=True, slots=True)
class Printing:
    """How the home edition is printed.

    `flip`: the edge that the printer turns paper over. `duplex`: by itself; by hand, as fronts and backs; or not at all,
    one page on each sheet's side. `backs`: the order in which hand-fed sheets come. `gsm`: the paper's weight in g/m².
    """

    flip: Literal["short", "long"] = "short"
    duplex: Literal["auto", "manual", "singles"] = "auto"
    backs: Literal["last-first", "first-first"] = "last-first"
    gsm: int = 80
    ink: Literal["colour", "grey", "line"] = "colour"


AT_HOME = Printing()


def caliper(gsm: float) -> float:
    """The thickness of one sheet in mm, between the weights of the table in proportion."""
    (low, thin), *rest = CALIPER
    for high, thick in rest:
        if gsm <= high:
            return thin + (thick - thin) * (max(gsm, low) - low) / (high - low)
        low, thin = high, thick
    return thin * gsm / low


def screen(pages: tuple[Page, ...], meta: Meta, written: Written | None = None) -> dict[str, bytes]:
    """The screen edition: pages one by one, tagged."""
    return {"": write(tuple(Side(page.width, page.height, (Placed(page),)) for page in pages), meta, SCREEN, written)}


def inks_of(printing: Printing) -> Inks:
    """The colours that a printer at home is to use."""
    return Screen() if printing.ink == "colour" else Grey()


# --- home -----------------------------------------------------------------------------------------------------------
def home(
    pages: tuple[Page, ...], paper: Format, meta: Meta, printing: Printing, written: Written | None = None
) -> dict[str, bytes]:
    """The home edition's files by what is added to their names: one, or fronts and backs."""
    output = Output(inks_of(printing), grounds=False)
    if printing.duplex == "singles":
        return {"": write(singles(pages, paper), meta, replace(output, duplex="DuplexFlipLongEdge"), written)}
    fronts, backs = sheets(pages, paper, printing)
    if printing.duplex == "manual":
        order = backs[::-1] if printing.backs == "last-first" else backs
        output = replace(output, duplex="Simplex")
        return {"-fronts": write(fronts, meta, output, written), "-backs": write(order, meta, output, written)}
    both = tuple(side for pair in zip(fronts, backs, strict=True) for side in pair)
    edge = {"short": "DuplexFlipShortEdge", "long": "DuplexFlipLongEdge"}[printing.flip]
    return {"": write(both, meta, replace(output, duplex=edge), written)}


def sheets(pages: tuple[Page, ...], paper: Format, printing: Printing) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """The fronts and the backs of the folded sheets, outermost first.

    Inner sheets stick out at the fore edge by their share of the fold's thickness: their pages move towards the spine
    by as much, so that the outer margins come out even.
    """
    wide, high = (length * PT for length in paper.sheet)
    middle, foot = wide / 2, (high - pages[0].height) / 2
    thick = caliper(printing.gsm) * PT
    fronts: list[Side] = []
    backs: list[Side] = []
    for index, sheet in enumerate(saddle(len(pages))):
        creep = index * thick
        for (left, right), sides in ((sheet.front, fronts), (sheet.back, backs)):
            placed = (
                Placed(pages[left - 1], middle - pages[left - 1].width + creep, foot),
                Placed(pages[right - 1], middle - creep, foot),
            )
            outside = index == 0 and sides is fronts
            turned = sides is backs and printing.flip == "long"
            sides.append(Side(wide, high, placed, fold_marks(paper, outside), turned))
    return tuple(fronts), tuple(backs)


def singles(pages: tuple[Page, ...], paper: Format) -> tuple[Side, ...]:
    """Each page on one side of a sheet, upright, as large as it fits."""
    wide, high = paper.sheet[1] * PT, paper.sheet[0] * PT
    scale = round(min(wide / pages[0].width, high / pages[0].height), 4)
    left, foot = (wide - pages[0].width * scale) / 2, (high - pages[0].height * scale) / 2
    return tuple(Side(wide, high, (Placed(page, left, foot, scale),)) for page in pages)


def fold_marks(paper: Format, outside: bool) -> tuple[Item, ...]:
    """Ticks at both ends of the fold; on the outside also where the staples go, a quarter from each end."""
    wide, high = paper.sheet
    first, long = TICK
    lines = [(first, first + long), (high - first - long, high - first)]
    if outside:
        lines += [(high * share - STAPLE / 2, high * share + STAPLE / 2) for share in (0.25, 0.75)]
    return tuple(_line(wide / 2, a, wide / 2, b) for a, b in lines)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = MARK_COLOUR, thick: float = MARK_WIDTH) -> Shape:
    """A mark, from millimetres."""
    return Shape(scaled([("M", (x1, y1)), ("L", (x2, y2))]), stroke=colour, width=thick, round=False)


# --- shop -----------------------------------------------------------------------------------------------------------
def shop(pages: tuple[Page, ...], meta: Meta, preset: Shop, written: Written | None = None) -> dict[str, bytes]:
    """The shop edition's files by what is added to their names. Raises BadChoice for a booklet that can't be stapled."""
    if not preset.fewest_pages <= len(pages) <= preset.most_pages or len(pages) % 4:
        limits = f"{preset.fewest_pages} to {preset.most_pages}"
        raise BadChoice(f"{preset.name} binds {limits} pages, a multiple of four; this booklet has {len(pages)}")
    inks = press_inks(preset.profile, preset.ink_limit)
    output = Output(inks, shop=preset)
    sides = tuple(shop_side(page, len(pages), meta.title, preset) for page in pages)
    parts = {"": sides}
    if preset.split == "cover-and-inside":
        parts = {"-cover": (*sides[:2], *sides[-2:]), "-inside": sides[2:-2]}
    files = {name: write(part, meta, output, written) for name, part in parts.items()}
    inks.table.keep()
    return files


def coarse_photos(pages: tuple[Page, ...], preset: Shop) -> list[str]:
    """A remark for each photo of fewer than 300 pixels per inch where it is printed. Raises BadChoice under 200."""
    remarks = []
    for page in pages:
        for item in walk(page.items):
            if isinstance(item, Art) and isinstance(item.drawing, Photo) and (inch := round(72 / item.k)) < FINE:
                told = f"the photo {item.drawing.path.name} on page {page.number} has {inch} pixels per inch"
                if inch < COARSE:
                    raise BadChoice(
                        f"{told}; {preset.name} needs {COARSE} at least, {FINE} to be sharp: give a larger one"
                    )
                remarks.append(f"{told[0].upper()}{told[1:]}: under {FINE} it may look soft.")
    return remarks


def shop_side(page: Page, count: int, title: str, preset: Shop) -> Side:
    """A page with its bleed and, where the shop wants them, crop marks and a line that says what it is."""
    edge = preset.bleed + (sum(CROP) + 1 if preset.marks else 0)
    wide, high = page.width + 2 * edge * PT, page.height + 2 * edge * PT
    marks = crop_marks(page, edge, f"{title} · {page.number} / {count} · {preset.name}", preset) if preset.marks else ()
    return Side(wide, high, (Placed(page, edge * PT, edge * PT),), marks, bleed=preset.bleed * PT)


def crop_marks(page: Page, edge: float, says: str, preset: Shop) -> tuple[Item, ...]:
    """Two lines at each corner, in line with the trim and clear of the bleed."""
    left, top = edge, edge
    right, foot = edge + page.width / PT, edge + page.height / PT
    near, far = preset.bleed + CROP[0], preset.bleed + sum(CROP)
    marks: list[Item] = []
    for x in (left, right):
        marks += [
            _line(x, top - far, x, top - near, "#000000", 0.25),
            _line(x, foot + near, x, foot + far, "#000000", 0.25),
        ]
    for y in (top, foot):
        marks += [
            _line(left - far, y, left - near, y, "#000000", 0.25),
            _line(right + near, y, right + far, y, "#000000", 0.25),
        ]
    slug = Text(
        (left + 10) * PT, (top - near) * PT - 1, says, HOUSE.sans, SLUG, "#000000", HOUSE.width(says, "sans", SLUG)
    )
    return (*marks, Group("Artifact", (slug,)))
