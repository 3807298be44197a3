"""Marks that are always drawn, never set as type: crosses, badges, bullets, pressure dots, emblems, the hand, swatches."""

from math import cos, radians, sin

from booklet.drafting import Draft
from booklet.figures import Drawing, recolour
from booklet.items import PT, PathPart
from booklet.paths import arc, polygon, rectangle
from booklet.theming import PAPER

Point = tuple[float, float]


def cross(draft: Draft, x: float, y: float, r: float = 1.7, width: float = 1.8) -> None:
    """A cross round (x, y), in the stop colour."""
    parts: list[PathPart] = [("M", (x - r, y - r)), ("L", (x + r, y + r)), ("M", (x + r, y - r)), ("L", (x - r, y + r))]
    draft.path(parts, None, draft.theme.colours.stop, width)


def tick(draft: Draft, x: float, y: float, r: float = 1.8, width: float = 1.8) -> None:
    """A tick round (x, y), in ink."""
    draft.path(
        [("M", (x - r, y)), ("L", (x - r * 0.3, y + r * 0.75)), ("L", (x + r, y - r * 0.8))], None, draft.ink, width
    )


def bullet(draft: Draft, x: float, y: float, r: float = 0.75) -> None:
    draft.circle(x, y, r, draft.ink)


def badge(draft: Draft, x: float, y: float, number: str, r: float = 2.75) -> None:
    """A number in a ring, its middle at (x, y)."""
    face, size, _ = draft.book.style("badge")
    draft.circle(x, y, r, PAPER, draft.ink, 1.1)
    draft.run(x, y + size / PT * 0.33, number, face, size, draft.ink, "middle")


def pressure_dots(draft: Draft, x: float, y: float, level: int, r: float = 1.85, gap: float = 5.0) -> None:
    """Five dots, `level` of them full."""
    for i in range(5):
        full = i < level
        draft.circle(
            x + r + i * gap, y, r if full else r - 0.18, draft.ink if full else None, draft.ink, 0 if full else 1
        )


def head(
    draft: Draft, x: float, y: float, angle: float, colour: str, length: float, width: float, edge: float = 0.5
) -> None:
    """A notched arrowhead with a white edge; its tip is 0.55 of the length ahead of (x, y)."""
    ca, sa = cos(angle), sin(angle)
    corners = ((0.55, 0.0), (-0.45, 0.5), (-0.2, 0.0), (-0.45, -0.5))
    points = [(x + u * length * ca - v * width * sa, y + u * length * sa + v * width * ca) for u, v in corners]
    if edge:
        draft.path(polygon(points), PAPER, PAPER, 2 * edge * PT)
    draft.path(polygon(points), colour)


def emblem(draft: Draft, kind: str, x: float, y: float, size: float, colour: str, width: float) -> None:
    """The sign of a kind of move, `size` millimetres wide round (x, y)."""
    u = size / 10
    match kind:
        case "wave":
            draft.path(_wave(x, y, u), None, colour, width)
        case "ring":
            dash = (2.0 * u, 1.5 * u) if size > 6 else (1.6 * u, 1.5 * u)
            draft.path(arc(x, y, 3.9 * u, radians(-25), radians(-330)), None, colour, width, dash)
            head(draft, x + 3.6 * u, y - 1.6 * u, radians(52), colour, 3 * u, 3 * u, 0)
        case "arrow":
            draft.path(
                [("M", (x - 4.6 * u, y - 1.5 * u)), ("L", (x + 2.6 * u, y - 1.5 * u))], None, colour, width * 1.35
            )
            head(draft, x + 3.2 * u, y - 1.5 * u, 0, colour, 4.2 * u, 4.4 * u, 0)
            back: list[PathPart] = [("M", (x + 3.6 * u, y + 2.4 * u)), ("L", (x - 4.4 * u, y + 2.4 * u))]
            draft.path(back, None, colour, width * 0.7, (1.2 * u, 1.3 * u))
        case "dots":
            for i in range(4):
                draft.circle(x - 4.2 * u + i * 2.8 * u, y, 0.95 * u, colour)
        case "still":  # a hand, the dot of rest in its palm
            roles = {"object": PAPER, "object-shade": colour, "line-outer": colour}
            icon(draft, "still", x, y, 1.1 * size, roles, min(0.6 * width, 0.13 * size))
        case "rings":
            for i, r in enumerate((1.4, 2.8, 4.2)):
                draft.circle(x, y, r * u, None, colour, width * (0.9 - 0.2 * i))
        case _:  # pick: a tick in a ring
            draft.circle(x, y, 4.1 * u, None, colour, width * 0.75)
            draft.path([("M", (x - 1.9 * u, y + 0.1 * u)), ("L", (x - 0.5 * u, y + 1.6 * u)), ("L", (x + 2.1 * u, y - 1.7 * u))], None, colour, width)  # fmt: skip


def breath_wave(x: float, y: float, width: float) -> list[PathPart]:
    """A small wave round (x, y)."""
    return _wave(x, y, width / 10)


def _wave(x: float, y: float, u: float) -> list[PathPart]:
    """One quadratic arch and its three smooth followers, as curves."""
    px, py = x - 5 * u, y + 1.2 * u
    cx, cy = px + 1.7 * u, py - 5 * u
    parts: list[PathPart] = [("M", (px, py))]
    for ex, ey in ((px + 3.3 * u, py - 1.2 * u), (px + 6.6 * u, py - 1.2 * u), (px + 10 * u, py - 1.2 * u)):
        handles = (px + (cx - px) * 2 / 3, py + (cy - py) * 2 / 3, ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3)
        parts.append(("C", (*handles, ex, ey)))
        cx, cy, px, py = 2 * ex - cx, 2 * ey - cy, ex, ey
    return parts


FINGERS = (  # of a hand at rest: from, to, thickness, in a hand 14.6 high with its middle finger at the top
    ((0, 9.2), (0, 11.2), 6.6),
    ((-2.4, 8), (-3.0, 3.6), 1.75),
    ((-0.75, 7.5), (-1.0, 1.7), 1.75),
    ((0.95, 7.5), (1.1, 2.0), 1.75),
    ((2.5, 8), (3.1, 4.0), 1.6),
    ((-1.6, 11.6), (-5.2, 8.0), 1.9),
)

ICON = 48  # art units, across and down
DIAL = 38  # art units across the clock's face
ROUND = 38  # art units across the two arrows that go round
OCTAGON = 40  # art units across the stop sign
PEN = 1.15  # points: the lines of an icon, however large it is


def icon(draft: Draft, name: str, x: float, y: float, size: float, colours: dict[str, str], pen: float = PEN) -> None:
    """A small drawing `icon-NAME` in a square `size` millimetres wide round (x, y), in the colours of its roles."""
    drawing = draft.book.pictures(f"icon-{name}")
    k = size / ICON
    if isinstance(drawing, Drawing):
        drawing = recolour(drawing, lambda role, drawn: colours.get(role, drawn), round(pen / (k * PT), 2))
    draft.art(drawing, x - size / 2, y - size / 2, k, (x - size / 2, y - size / 2, size, size))


def hand(draft: Draft, x: float, y: float, part: str, height: float, colour: str) -> None:
    """A hand round (x, y), its working part (flat, heel, pads, fingers, thumb) in the move's colour."""
    lines = dict.fromkeys(("line-outer", "line-object", "line-inner"), draft.ink)
    icon(draft, "thumbs" if part == "thumb" else part, x, y, height, {"object": PAPER, "object-shade": colour, **lines})


def dots_sign(draft: Draft, x: float, y: float, size: float) -> None:
    """The sign of the pressure dots, `size` wide round (x, y)."""
    lines = dict.fromkeys(("line-outer", "line-object", "line-inner"), draft.ink)
    icon(draft, "pressure", x, y, size, {"object": PAPER, "object-shade": draft.ink, **lines})


def resting_hand(draft: Draft, x: float, y: float, length: float, skin: str, edge: str, left: bool = False) -> None:
    """A right or left hand that lies across, fingers to the right, its middle at (x, y)."""
    u = length / 14.6
    side = -u if left else u
    for outline in (True, False):
        for (ax, ay), (bx, by), thick in FINGERS:
            ends: list[PathPart] = [
                ("M", (x + (7.3 - ay) * u, y + ax * side)),
                ("L", (x + (7.3 - by) * u, y + bx * side)),
            ]
            draft.path(ends, None, edge if outline else skin, (thick * u + (0.7 if outline else 0)) * PT)


# --- fills with a pattern ------------------------------------------------------------------------------------------
def hatch(draft: Draft, points: list[Point], width: float = 0.8, gap: float = 2.0) -> None:
    """Never: slanting lines inside an outline, in the stop colour."""
    colour = str(draft.theme.colours.stop)
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    lines: list[PathPart] = []
    start = left - (bottom - top)
    while start < right:
        lines += [("M", (start, bottom)), ("L", (start + bottom - top, top))]
        start += gap
    with draft.clip(polygon(points)):
        draft.path(lines, None, colour, width, round=False)
    draft.path(polygon(points), None, colour, width)


def stipple(draft: Draft, points: list[Point], r: float = 0.3, gap: float = 1.75, outline: bool = True) -> None:
    """Light only: dots inside a dotted outline."""
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    dots: list[PathPart] = []
    row, y = 0, top
    while y < bottom + gap:
        x = left + (gap / 2 if row % 2 else 0)
        while x < right + gap:
            dots += [("M", (x, y)), ("L", (x, y))]  # a line of no length with a round end is a dot
            x += gap
        row, y = row + 1, y + gap * 0.87
    with draft.clip(polygon(points)):
        draft.path(dots, None, draft.ink, 2 * r * PT)
    if outline:
        draft.path(polygon(points), None, draft.ink, 0.8, (0.1, 0.9))


def swatch(
    draft: Draft, kind: str, x: float, y: float, width: float = 7, height: float = 5, ground: str = PAPER
) -> None:
    """The pattern of a zone as a small sample, its top left at (x, y); `ground` is what is fine."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    match kind:
        case "never":
            hatch(draft, corners, 0.9, 1.5)
        case "ask" | "light":
            stipple(draft, corners, 0.36, 1.5, outline=False)
            draft.path(rectangle(x, y, width, height), None, draft.ink, 0.8, round=False)
        case "line":
            middle, small = y + height / 2, min(1.0, height / 4.6)
            draft.rule(x, middle, x + width, middle, draft.theme.colours.stop, 2.2 * small)
            cross(draft, x + width / 2, middle, 1.7 * small, 1.8 * small)
        case "stop":
            stop, size = str(draft.theme.colours.stop), 1.15 * height * ICON / OCTAGON
            roles = {"object-shade": stop, "line-outer": stop, "line-object": PAPER}
            icon(draft, "stop", x + width / 2, y + height / 2, size, roles, 0.28 * height)
        case _:
            draft.path(rectangle(x, y, width, height), ground, draft.ink, 0.8, round=False)
