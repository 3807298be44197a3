"""One sheet to print before the first booklet: what the printer does to size, edges and sides, and what to pass then.

Side A is measured and looked at; side B answers over which edge the printer turned the paper: its two halves stand on
their heads to each other, and the one behind the arrow of side A is right. Lengths are millimetres, y down.
"""

from collections.abc import Mapping
from math import cos, pi, sin

from booklet.drafting import Format
from booklet.inks import Screen
from booklet.items import PT, Item, Page, PathPart, Shape, Text
from booklet.paths import arc, polygon, rectangle, scaled
from booklet.pdf import Meta, Output, Placed, Side, write
from booklet.text import HOUSE
from booklet.theming import PAPER, Theme

EDGES = (3, 4, 5, 6, 7, 8, 10)
"""How far from the edge there are lines: printers at home leave 4 to 6.7 mm empty (print brief)."""
STEP, LINE = 9.0, 6.0  # from one of these lines to the next along the edge, and how long they are
CLEAR, DIGIT = 0.8, 2.75  # between a line and its number, and how high the number is (0.65 of 12 pt)
FRAME = 18.0  # words that measure nothing keep this far from the edge
RULE = 100.0  # the length of the rules
INCH = 25.4
INCHES = 4
COLUMN = 130.0  # from the left column, which holds the rules, to the right one
FOOT, PANEL = 31.0, 25.0  # how high the panel at the foot of side A is, and one of side B's


def make_sheet(paper: Format, theme: Theme, words: Mapping[str, str], language: str = "en") -> bytes:
    """The PDF file: two pages in landscape, the sides of one sheet."""
    wide, high = (length * PT for length in paper.sheet)
    front = Side(wide, high, (Placed(side_a(paper, theme, words)),))
    halves = [half(paper, theme, words, edge) for edge in ("short", "long")]
    back = Side(wide, high, (Placed(halves[0], 0, high / 2), Placed(halves[1], turned=True)))
    return write((front, back), Meta(words["test-title"], language), Output(Screen(), duplex="DuplexFlipShortEdge"))


class _Pen:
    """Leaves items in points for what is drawn in millimetres."""

    def __init__(self, theme: Theme, words: Mapping[str, str]) -> None:
        self.theme, self.words = theme, words
        self.ink, self.quiet = str(theme.colours.ink), str(theme.colours.ink_2)
        self.items: list[Item] = []

    def page(self, number: int, wide: float, high: float) -> Page:
        return Page(number, wide * PT, high * PT, tuple(self.items))

    def style(self, role: str) -> tuple[str, float, float]:
        """Face, size in points and distance of the baselines in millimetres of a role."""
        face, size, lead = self.theme.type.normal[role]
        return str(face), size, lead

    def line(self, x: float, y: float, shown: str, role: str, colour: str = "", anchor: float = 0) -> float:
        """One line in the style of a role, `anchor` of its width left of x; returns its width."""
        face, size, _ = self.style(role)
        wide = HOUSE.width(shown, face, size)
        spacing = HOUSE.spacing(face, size)
        self.items.append(
            Text(x * PT - wide * anchor, y * PT, shown, HOUSE.face(face), size, colour or self.ink, wide, spacing)
        )
        return wide / PT

    def paragraph(self, x: float, y: float, key: str, role: str, room: float, colour: str = "") -> float:
        """Some of the booklet's own words from the baseline y down; returns the baseline after the last line."""
        face, size, lead = self.style(role)
        for line in HOUSE.wrap(self.words[key], face, size, room * PT):
            at = x * PT
            for run in line:
                wide = HOUSE.width(run.text, run.face, size)
                spacing = HOUSE.spacing(run.face, size)
                self.items.append(
                    Text(at, y * PT, run.text, HOUSE.face(run.face), size, colour or self.ink, wide, spacing)
                )
                at += wide
            y += lead
        return y

    def section(self, x: float, y: float, number: int, key: str) -> None:
        """A heading with its number hanging before it."""
        self.line(x - 7, y, str(number), "section", self.theme.accent_dark)
        self.line(x, y, self.words[key], "section")

    def path(self, parts: list[PathPart], fill: str | None, stroke: str | None = None, width: float = 0) -> None:
        self.items.append(Shape(scaled(parts), fill, stroke, width, round=False))

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.5) -> None:
        self.path(polygon([(x1, y1), (x2, y2)], closed=False), None, self.ink, width)

    def dashes(self, parts: list[PathPart]) -> None:
        self.items.append(Shape(scaled(parts), None, self.quiet, 0.7, (3, 3), round=False))

    def panel(self, x: float, y: float, wide: float, high: float) -> None:
        outline = self.theme.accent_dark if self.theme.outline else None
        self.path(rectangle(x, y, wide, high), None if outline else self.theme.ground, outline, 0.5)

    def box(self, x: float, y: float, key: str) -> float:
        """A box to tick with a word after it; returns where the next may start."""
        self.path(rectangle(x, y - 3.6, 4, 4), PAPER, self.ink, 0.9)
        return x + 5.6 + self.line(x + 5.6, y, self.words[key], "body") + 5


# --- side A -----------------------------------------------------------------------------------------------------------
def side_a(paper: Format, theme: Theme, words: Mapping[str, str]) -> Page:
    """What is measured and looked at, and what to type when all is known."""
    pen = _Pen(theme, words)
    wide, high = paper.sheet
    right = wide - FRAME
    pen.line(FRAME, 30, words["test-title"], "title")
    pen.line(FRAME, 39, words["test-about"], "subtitle", pen.quiet)
    pen.path(arrow_up(wide / 2, 18, 1), theme.accent_dark)
    pen.line(wide / 2 + 13, 29, words["test-up"], "strong")
    pen.line(right, 35, words["test-side-front"], "numeral", theme.accent_dark, anchor=1)
    foot = high - FRAME - FOOT
    _rules(pen, foot - 8, inches=paper.name == "letter")
    left = FRAME + COLUMN
    y = _turning(pen, left, 49, right)
    _by_hand(pen, left, y + 7, right)
    _what_to_type(pen, FRAME, foot, wide - 2 * FRAME)
    _edges(pen, wide, high)
    return pen.page(1, wide, high)


def _rules(pen: _Pen, y: float, inches: bool) -> None:
    """A rule to the right from y and one upwards, each 100 mm long: millimetres inside, inches outside.

    What they and the edges are for stands between them.
    """
    x = FRAME + (8 if inches else 4)
    long = INCHES * INCH if inches else RULE
    pen.path(polygon([(x, y - long), (x, y), (x + long, y)], closed=False), None, pen.ink, 0.7)
    for mm in range(5, int(RULE) + 1, 5):
        tick = 6.0 if mm == RULE else 4.5 if mm == RULE / 2 else 3.0 if mm % 10 == 0 else 1.6
        pen.rule(x + mm, y, x + mm, y - tick)
        pen.rule(x, y - mm, x + tick, y - mm)
    for at, shown in ((RULE / 2, "50"), (RULE, f"100 {pen.words['test-mm']}")):
        pen.line(x + at, y - 7.5, shown, "badge", anchor=0.5 if at < RULE else 0.8)
        pen.line(x + 7.5, y - at + DIGIT / 2, shown, "badge")
    if inches:
        for inch in range(1, INCHES + 1):
            at, tick = inch * INCH, 5.0 if inch == INCHES else 3.0
            pen.rule(x + at, y, x + at, y + tick)
            pen.rule(x, y - at, x - tick, y - at)
        shown = f"{INCHES} {pen.words['test-inch']}"
        pen.line(x + INCHES * INCH - 1, y + 4.6, shown, "badge", anchor=1)
        pen.line(x - 1, y - INCHES * INCH + 4, shown, "badge", anchor=1)
    left = FRAME + 39
    room = COLUMN - 12 - 39
    pen.section(left, y - 94, 1, "test-size")
    after = pen.paragraph(left, y - 87, "test-size-inch" if inches else "test-size-mm", "body", room)
    pen.section(left, after + 5, 2, "test-edges")
    pen.paragraph(left, after + 12, "test-edges-do", "body", room)


def _turning(pen: _Pen, x: float, y: float, right: float) -> float:
    """How to turn the sheet over, in words and as a picture; returns the baseline after it."""
    sign = 46.0
    pen.section(x, y, 3, "test-turn")
    after = pen.paragraph(x, y + 7, "test-turn-do", "body", right - x - sign)
    after = pen.paragraph(x, after, "test-turn-empty", "body", right - x - sign)
    middle, foot, wide, high = right - 19.2, y + 27, 19.0, 13.0
    pen.path(rectangle(middle, foot - high, wide, high), pen.theme.tint, pen.ink, 0.9)
    pen.path(arrow_up(middle + wide / 2, foot - high + 2.5, 0.55), pen.theme.accent_dark)
    lifted = polygon([(middle, foot), (middle, foot - high), (middle - 9, foot - high - 6), (middle - 9, foot - 6)])
    pen.path(lifted, PAPER, pen.ink, 0.9)
    pen.dashes(polygon([(middle, foot), (middle - wide, foot), (middle - wide, foot - high), (middle, foot - high)]))
    radius, top = 11.0, foot - high - 1
    pen.path(arc(middle, top, radius, -0.2 * pi, -0.7 * pi), None, pen.theme.accent_dark, 1.6)
    tip = (middle + radius * cos(-0.96 * pi), top + radius * sin(-0.96 * pi))
    head = [tip, (tip[0] - 1.6, tip[1] - 2.9), (tip[0] + 2.2, tip[1] - 2.2)]
    pen.path(polygon(head), pen.theme.accent_dark)
    return after


def _by_hand(pen: _Pen, x: float, y: float, right: float) -> None:
    """For a printer that prints one side: how its sheets come out and go in again.

    A stack that goes back as it came out has the last sheet on top, whichever way up it lies, and printers at home draw
    from the top: so the backs are printed last first. Turned over, the first sheet is on top.
    """
    pen.section(x, y, 4, "test-hand")
    y += 7
    boxes = 36.0
    for key in ("test-hand-out", "test-hand-in"):
        after = pen.paragraph(x, y, key, "body", right - x - boxes)
        at = pen.box(right - boxes + 6, y, "test-yes")
        pen.box(at, y, "test-no")
        y = after + 1
    for key in ("test-hand-same", "test-hand-other", "test-hand-then"):
        y = pen.paragraph(x, y, key, "body", right - x - 4) + 1


def _what_to_type(pen: _Pen, x: float, y: float, wide: float) -> None:
    """The foot: for each kind of printer the commands, with gaps for what was found."""
    words = pen.words
    pen.panel(x, y, wide, FOOT)
    rows = [
        ("both", [words["test-command-both"], words["test-command-keep-flip"].format(edge="…")]),
        ("hand", [words["test-command-hand"]]),
        ("keep", words["test-command-keep"].split(" | ")),
    ]
    base = y + 8
    heads = [
        pen.line(x + 6, base + 6 * row, words[f"test-pass-{one}"], "small", pen.quiet)
        for row, (one, _) in enumerate(rows)
    ]
    for one, commands in rows:
        at = x + 6 + max(heads) + 5
        for number, command in enumerate(commands):
            if one == "both" and number:
                at += pen.line(at, base, words["test-pass-keep"], "small", pen.quiet) + 4
            at += pen.line(at, base, command, "strong") + 6
        base += 6
    pen.paragraph(x + 6, base + 1, "test-dots", "body", wide - 12)


def arrow_up(x: float, y: float, scale: float) -> list[PathPart]:
    """The sign for the way up, its tip at (x, y)."""
    outline = [(0, 0), (9, 8), (3.6, 8), (3.6, 14), (-3.6, 14), (-3.6, 8), (-9, 8)]
    return polygon([(x + a * scale, y + b * scale) for a, b in outline])


# --- the edges --------------------------------------------------------------------------------------------------------
def _edges(pen: _Pen, wide: float, high: float) -> None:
    """On each side of the sheet lines at known distances from the edge, each with its number."""
    for index, mm in enumerate(EDGES):
        along = (index - (len(EDGES) - 1) / 2) * STEP
        for x, y, upright in (
            (wide / 2 + along, mm, False),
            (wide / 2 + along, high - mm, False),
            (mm, high / 2 + along, True),
            (wide - mm, high / 2 + along, True),
        ):
            half_x, half_y = (0, LINE / 2) if upright else (LINE / 2, 0)
            pen.rule(x - half_x, y - half_y, x + half_x, y + half_y, 0.7)
            if upright:
                inwards, anchor = (CLEAR, 0) if x < wide / 2 else (-CLEAR, 1)
                pen.line(x + inwards, y + DIGIT / 2, str(mm), "badge", anchor=anchor)
            else:
                pen.line(x, y + CLEAR + DIGIT if y < high / 2 else y - CLEAR, str(mm), "badge", anchor=0.5)


# --- side B -----------------------------------------------------------------------------------------------------------
def half(paper: Format, theme: Theme, words: Mapping[str, str], edge: str) -> Page:
    """The answer for a printer that turns paper over its short or its long edge: upright for that printer."""
    pen = _Pen(theme, words)
    wide, high = paper.sheet[0], paper.sheet[1] / 2
    right, top = wide - FRAME, high - 12 - PANEL
    pen.paragraph(FRAME, 24, "test-half", "step", COLUMN, pen.quiet)
    pen.paragraph(FRAME, 40, f"test-half-{edge}", "title", COLUMN)
    pen.line(right, 35, words["test-side-back"], "numeral", theme.accent_dark, anchor=1)
    _sheet(pen, right - 90, 24, edge)
    pen.panel(FRAME, top, wide - 2 * FRAME, PANEL)
    for x, key, command in ((FRAME + 6, "build", "flip"), (FRAME + COLUMN - 8, "keep", "keep-flip")):
        pen.line(x, top + 8.5, words[f"test-half-{key}"], "small", pen.quiet)
        pen.line(x, top + 17.5, words[f"test-command-{command}"].format(edge=edge), "value")
    return pen.page(2, wide, high)


def _sheet(pen: _Pen, x: float, y: float, edge: str) -> None:
    """A sheet with its top left at (x, y) whose short or long edges are marked."""
    wide, high = 45.0, 32.0
    pen.path(rectangle(x, y, wide, high), pen.theme.ground, str(pen.theme.colours.hairline), 0.5)
    ends = [(x, y, x, y + high), (x + wide, y, x + wide, y + high)]
    if edge == "long":
        ends = [(x, y, x + wide, y), (x, y + high, x + wide, y + high)]
    for x1, y1, x2, y2 in ends:
        pen.path(polygon([(x1, y1), (x2, y2)], closed=False), None, pen.theme.accent_dark, 4)
