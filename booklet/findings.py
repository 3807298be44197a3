"""A line of the proof report, the limits that it is judged by, and how places on a page are named."""

from collections.abc import Iterable
from typing import Literal

from booklet.facts import Box, Mark, Sheet
from booklet.records import dataclass

Verdict = Literal["pass", "warn", "fail", "not checked"]
MOST = 300  # letters of one statement: titles and names in a file may be endless
NEAR = 0.05  # mm: coordinates are written with two decimals of a point
SIDES = ("left", "foot", "right", "top")


@dataclass(frozen=True, slots=True)
class Limits:
    """What print shops ask for, as data: millimetres, points, percent and dots per inch.

    Their usual rules for saddle-stitched booklets: 3 mm of bleed (1/8 in for US sizes), 5 mm kept free inside the trim,
    300 % ink on coated paper (280 % on uncoated), lines of 0.25 pt, 300 dpi (under 200 is too coarse), 8 to 52 pages.
    """

    bleed: float = 3
    bleed_us: float = 3.175
    safe: float = 5
    safe_least: float = 3
    type_small: float = 5
    type_least: float = 4
    type_four: float = 12
    line: float = 0.25
    ink: float = 300
    dpi: float = 300
    dpi_least: float = 200
    dpi_bits: float = 600
    dpi_bits_least: float = 300
    pages_least: int = 8
    pages_most: int = 52


PAPERS = {80: 0.11, 90: 0.12, 100: 0.13, 120: 0.15}
"""The thickness in mm of uncoated paper by its weight in g/m²."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: what was found, where, and what to do about it."""

    name: str
    verdict: Verdict
    says: str
    mend: str = ""
    places: tuple[str, ...] = ()


def judge(name: str, well: str, amiss: str, mend: str, fails: Iterable[str] = (), warns: Iterable[str] = ()) -> Line:
    """Fails where there is a place that does, else warns, else passes with the words for that."""
    bad, odd = (tuple(_short(one, MOST) for one in dict.fromkeys(places)) for places in (fails, warns))
    if bad or odd:
        return Line(name, "fail" if bad else "warn", amiss, mend, (*bad, *odd))
    return Line(name, "pass", _short(well, MOST))


def gaps(inner: Box, outer: Box) -> tuple[float, float, float, float]:
    """How far each side of a box keeps inside of another, in the order of SIDES; less than 0 where it sticks out."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]


def meets(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return min(one[2], other[2]) - max(one[0], other[0]) > -NEAR < min(one[3], other[3]) - max(one[1], other[1])


def kept(sheet: Sheet) -> list[tuple[Mark, Box]]:
    """The marks that are on the page after it is cut, with what shows of them: crop marks and colour bars aren't."""
    return [(mark, mark.box) for mark in sheet.marks if mark.box and meets(mark.box, sheet.trim)]


def blank(mark: Mark) -> bool:
    """Whether it prints nothing: it is white."""
    return mark.ink.total is not None and mark.ink.total < 0.5


def place(sheet: Sheet, mark: Mark) -> str:
    """What it is and where: "page 3: a filled shape of 20 × 30 mm, 12 mm from the left and 9 mm from the top"."""
    what = {
        "fill": "a filled shape",
        "stroke": "a line",
        "text": f"“{_short(mark.letters)}”",
        "image": f"the photo {mark.name}",
        "shading": f"the gradient {mark.name}".rstrip(),
    }[mark.kind]
    if mark.box:
        left, _, right, top = mark.box
        if mark.kind in ("fill", "shading"):
            what += f" of {right - left:.0f} × {top - mark.box[1]:.0f} mm"
        what += f", {_from(left - sheet.trim[0], 'left')} and {_from(sheet.trim[3] - top, 'top')}"
    return f"page {sheet.number}: {what}{part_of(mark.within)}"


def _from(distance: float, side: str) -> str:
    return (
        f"{max(distance, 0):.0f} mm from the {side}" if distance > -0.5 else f"{-distance:.0f} mm over the {side} edge"
    )


def part_of(within: str) -> str:
    """Which picture it is in, by its name in the file without the writer's prefix."""
    return f", in {within.removeprefix('FormXob.')}" if within else ""


def _short(letters: str, most: int = 40) -> str:
    return letters if len(letters) <= most else letters[: most - 2].rstrip() + " …"


def count(number: int, thing: str) -> str:
    """A number with its thing: "1 page", "2 pages"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def trim_size(sheet: Sheet) -> tuple[float, float]:
    left, foot, right, top = sheet.trim
    return right - left, top - foot


SIZES = {"A4": (210, 297), "A5": (148, 210), "A6": (105, 148), "half Letter": (139.7, 215.9), "Letter": (215.9, 279.4)}


def size_name(width: float, height: float) -> str:
    """A size in millimetres, with the name that it may have."""
    for name, (one, other) in SIZES.items():
        if sorted((round(width, 1), round(height, 1))) == [one, other]:
            return f"{name}{' on its side' if width > height else ''}, {width:g} × {height:g} mm"
    return f"{width:g} × {height:g} mm"
