"""Strokes, zones and contacts of a routine drawn over its maps and close-ups.

A `Frame` turns body coordinates (x, y of the map) into millimetres on the page, by the calibration that the picture
publishes. Sizes follow the design's table of strokes: each move has its weight, dash and head, and a white edge.
"""

from dataclasses import replace
from math import atan2, cos, hypot, radians, sin

from booklet.drafting import Book, Draft
from booklet.errors import InvalidFile, Place, Problem
from booklet.figures import Drawing, Photo
from booklet.items import PT, PathPart
from booklet.marks import breath_wave, cross, hatch, head, resting_hand, stipple
from booklet.model import Arrow, Contact, Dots, Loops, Map, Point, Points, Pulls, Rest, Rings, Route, Side, Stroke
from booklet.paths import arc, ellipse, polygon
from booklet.records import dataclass
from booklet.theming import PAPER, Look, as_art, mix, picture_colours

LOOP_WEIGHTS = (3.6, 2.9, 2.3, 1.8)
PALE = "#8A8480"  # the dots of the second side


@dataclass(frozen=True, slots=True)
class Frame:
    """Body coordinates → millimetres: x0 + kx·x, y0 + ky·y; `cm` is millimetres on the page per centimetre of the body."""

    x0: float
    y0: float
    kx: float
    ky: float
    cm: float

    def __call__(self, x: float, y: float) -> Point:
        return self.x0 + self.kx * x, self.y0 + self.ky * y

    def many(self, points: Points, sign: int = 1) -> list[Point]:
        return [self(sign * x, y) for x, y in points]


@dataclass(frozen=True, slots=True)
class Weight:
    """How heavy strokes are drawn: a factor on the page's weights and the white edge in millimetres."""

    factor: float = 1.0
    edge: float = 0.55
    card: bool = False


def calibrate(drawing: Drawing | Photo, around: Map, place: Place) -> tuple[float, float, float, float, float]:
    """(origin x, origin y, art units per x-unit, per y-unit, per cm). Raises InvalidFile where the picture has none."""
    published = dict(drawing.data) if isinstance(drawing, Drawing) else {}
    origin, unit = published.get("origin"), published.get("unit")
    if not origin or not unit or len(origin) != 2 or len(unit) != 2:
        raise InvalidFile(
            [Problem(place, f"the picture {drawing.name} publishes no calibration (data-origin, data-unit)")]
        )
    per_cm = (abs(unit[0]) / around.unit_cm[0] + abs(unit[1]) / around.unit_cm[1]) / 2
    return origin[0], origin[1], unit[0], unit[1], per_cm


def signs(side: Side, start: str) -> tuple[int, ...]:
    """Which halves of the map a stroke is drawn on: +1 right, −1 left, the start side first."""
    first = -1 if start == "left" else 1
    return {"both": (first, -first), "start": (first,), "other": (-first,)}[side]


OTHER_HALF: dict[Side, Side] = {"start": "other", "other": "start", "both": "both"}


def swapped(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    """The strokes on the other half, as after a step that swaps halves."""
    return tuple(replace(one, side=OTHER_HALF[one.side]) for one in strokes)


# --- curves -------------------------------------------------------------------------------------------------------
Curve = tuple[Point, Point, Point, Point]


def smooth(points: list[Point], closed: bool) -> list[Curve]:
    """A Catmull-Rom spline through the points, as Bézier curves."""
    n = len(points)
    curves = []
    for i in range(n if closed else n - 1):
        at = [points[j % n] if closed else points[min(max(j, 0), n - 1)] for j in (i - 1, i, i + 1, i + 2)]
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at
        first = (x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6)
        second = (x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6)
        curves.append((at[1], first, second, at[2]))
    return curves


def curve_path(curves: list[Curve], closed: bool) -> list[PathPart]:
    parts: list[PathPart] = [("M", curves[0][0])]
    parts += [("C", (*b, *c, *d)) for _, b, c, d in curves]
    return [*parts, ("Z", ())] if closed else parts


def nearest(curves: list[Curve], x: float, y: float) -> tuple[Point, float]:
    """The point of the curves nearest to (x, y) and the direction of travel there."""
    best, found = 1e9, (curves[0][0], 0.0)
    for a, b, c, d in curves:
        for i in range(12):
            t = i / 12
            s = 1 - t
            px = s**3 * a[0] + 3 * s * s * t * b[0] + 3 * s * t * t * c[0] + t**3 * d[0]
            py = s**3 * a[1] + 3 * s * s * t * b[1] + 3 * s * t * t * c[1] + t**3 * d[1]
            gap = hypot(px - x, py - y)
            if gap < best:
                dx = s * s * (b[0] - a[0]) + 2 * s * t * (c[0] - b[0]) + t * t * (d[0] - c[0])
                dy = s * s * (b[1] - a[1]) + 2 * s * t * (c[1] - b[1]) + t * t * (d[1] - c[1])
                best, found = gap, ((px, py), atan2(dy, dx))
    return found


def cased(
    draft: Draft, parts: list[PathPart], colour: str, width: float, edge: float, dash: tuple[float, ...] = ()
) -> None:
    """A line with a white edge on both sides; the width in points, edge and dash in millimetres."""
    draft.path(parts, None, PAPER, width + 2 * edge * PT)
    draft.path(parts, None, colour, width, dash)


def in_use(book: Book, strokes: tuple[Stroke, ...], step: str) -> list[Stroke]:
    """The strokes that the step's time has room for (`only`), in the order of the file."""
    counted = book.schedule.counts.get(step)
    return [one for one in strokes if not (one.only and counted and counted.layout != one.only)]


# --- strokes ------------------------------------------------------------------------------------------------------
def draw_strokes(
    draft: Draft, frame: Frame, strokes: tuple[Stroke, ...], look: Look, step: str, weight: Weight | None = None
) -> None:
    """All strokes of a view that the step's time has room for."""
    weight = weight or Weight()
    book = draft.book
    counted = book.schedule.counts.get(step)
    start = str(book.choices.get("start-side", "right"))
    for stroke in in_use(book, strokes, step):
        sides = signs(stroke.side, start)
        match stroke:
            case Loops():
                _loops(draft, frame, stroke, sides, look, weight)
            case Rings():
                for sign in sides:
                    for x, y in stroke.rings:
                        r = 2.9 if weight.card else stroke.radius * frame.cm
                        ring(draft, *frame(sign * x, y), r, sign > 0, look.line, weight)
            case Route():
                _route(draft, frame, stroke, sides, look, weight)
            case Pulls():
                _pulls(draft, frame, stroke, sides, look, weight)
            case Dots():
                _dots(draft, frame, stroke, sides, look, weight, counted.spots if counted else 8)
            case Arrow():
                for sign in sides:
                    points = frame.many(stroke.arrow, sign)
                    cased(draft, polygon(points, False), str(look.line), 1.2, 0.3, (0.1, 1.3))
                    (ax, ay), (bx, by) = points[-2:]
                    head(draft, bx, by, atan2(by - ay, bx - ax), look.line, 3.4, 3.2, 0.3)
            case Rest():
                for sign in sides if any(x for x, _ in stroke.rest) else (1,):
                    for index, (x, y) in enumerate(stroke.rest):  # right and left hand in turn
                        _rest(draft, frame, *frame(sign * x, y), look, weight, left=bool(index % 2))


def _loops(draft: Draft, frame: Frame, stroke: Loops, sides: tuple[int, ...], look: Look, weight: Weight) -> None:
    closed = {
        (index, sign): smooth(frame.many(loop, sign), True) for index, loop in enumerate(stroke.loops) for sign in sides
    }
    few = len(stroke.loops) < 3
    for index in reversed(range(len(stroke.loops))):
        width = (2.6, 2.1)[index] if few else LOOP_WEIGHTS[min(index, 3)]
        width = 2.6 if weight.card else width * weight.factor
        for sign in sides:
            cased(draft, curve_path(closed[index, sign], True), look.line, width, weight.edge)
    for number, x, y in stroke.arrows:
        index = int(number) - 1
        size = 4.0 if weight.card else (4.4 - 0.45 * index + (0.2 if index == 0 else 0)) * weight.factor
        for sign in sides:
            at, angle = nearest(closed[index, sign], *frame(sign * x, y))
            head(draft, *at, angle, look.line, size, size * 0.95, weight.edge * 0.9)


def ring(
    draft: Draft, x: float, y: float, r: float, clockwise: bool, colour: str, weight: Weight, flat: float = 1
) -> None:
    """A circle of 300° drawn the way the hand turns, dashed on a page and solid on the card; lying flat, its front part."""
    start, sweep = (110, 300) if clockwise else (70, -300)
    if flat < 1:
        start, sweep = (-20, 235) if clockwise else (200, -235)
    width = 2.2 if weight.card else 3.4 * min(1.0, r / 6) * weight.factor
    parts = [(letter, _flattened(numbers, y, flat)) for letter, numbers in arc(x, y, r, radians(start), radians(sweep))]
    cased(draft, parts, colour, width, weight.edge, () if weight.card else (2.2 * weight.factor, 1.7 * weight.factor))
    hx, hy, ex, ey = parts[-1][1][2:]
    size = width * 1.5
    head(draft, ex, ey, atan2(ey - hy, ex - hx), colour, size, size * 0.97, weight.edge * 0.9)


def _flattened(numbers: tuple[float, ...], y: float, flat: float) -> tuple[float, ...]:
    """Points with their distance from the height y shortened."""
    return tuple(y + (n - y) * flat if i % 2 else n for i, n in enumerate(numbers))


def _route(draft: Draft, frame: Frame, stroke: Route, sides: tuple[int, ...], look: Look, weight: Weight) -> None:
    for sign in sides:
        points = frame.many(stroke.route, sign)
        path = polygon(points, False)
        draft.path(path, None, PAPER, 3.0 * weight.factor, round=False)
        draft.path(path, None, look.line, 1.3 * weight.factor, round=False)
        (ax, ay), (bx, by) = points[-2:]
        head(draft, bx, by, atan2(by - ay, bx - ax), look.line, 3.4 * weight.factor, 3.2 * weight.factor, 0.3)
        draft.circle(*points[0], 1.4 * weight.factor, look.line, PAPER, 1)


def _pulls(draft: Draft, frame: Frame, stroke: Pulls, sides: tuple[int, ...], look: Look, weight: Weight) -> None:
    scale = min(1.0, abs(frame.kx) / 22) if not weight.card else 1.0
    for sign in sides:
        for row in stroke.pulls:
            out = smooth(frame.many(tuple((x, y + row) for x, y in stroke.out), sign), False)
            if stroke.back:
                back = smooth(frame.many(tuple((x, y + row) for x, y in stroke.back), sign), False)
                gap = tuple(d * weight.factor for d in (1.2, 1.3))
                cased(draft, curve_path(back, False), look.line, 1.2 * weight.factor, weight.edge * 0.6, gap)
                _head_at_end(draft, back, look.line, 3.0 * scale * weight.factor, 0.25)
            cased(draft, curve_path(out, False), look.line, 3.0 * scale * weight.factor, weight.edge)
            _head_at_end(draft, out, look.line, 4.4 * scale * weight.factor, weight.edge * 0.6)


def _head_at_end(draft: Draft, curves: list[Curve], colour: str, size: float, edge: float) -> None:
    _, _, (cx, cy), (x, y) = curves[-1]
    angle = atan2(y - cy, x - cx)
    back = 0.55 * size  # so that the tip, not the notch, is where the stroke ends
    head(draft, x - back * cos(angle), y - back * sin(angle), angle, colour, size, size, edge)


def _dots(
    draft: Draft, frame: Frame, stroke: Dots, sides: tuple[int, ...], look: Look, weight: Weight, spots: int
) -> None:
    low, high = stroke.along
    spots = max(2, stroke.count or spots)
    pitch = abs(frame.ky) * (high - low) / (spots - 1)
    r = min(1.4, pitch * 0.36) if weight.card else min(stroke.radius * frame.cm, pitch * 0.42)
    for index, sign in enumerate(sides):
        for i in range(spots):
            x, y = frame(sign * stroke.dots, low + (high - low) * i / (spots - 1))
            draft.circle(x, y, r + weight.edge * 0.7, PAPER)
            if index and not weight.card:
                draft.circle(x, y, r, PALE, look.line, 0.8)
            else:
                draft.circle(x, y, r, look.line)


def _rest(draft: Draft, frame: Frame, x: float, y: float, look: Look, weight: Weight, left: bool) -> None:
    """A hand at rest, laid across the back, palm down: 18 cm long."""
    length = 13.5 if weight.card else 18 * frame.cm
    skin = as_art(draft.theme.art, "giver-skin", picture_colours(draft.theme)["giver-skin"])
    resting_hand(draft, x, y, length, skin, str(look.line), left)
    if not weight.card:  # breath
        for index in range(3):
            wave = breath_wave(x - length * 0.95, y + (index - 1) * 3.6, 7.0)
            cased(draft, wave, str(look.line), 1.4, 0.4)


def draw_contact(draft: Draft, at: Point, contact: Contact, k: float, look: Look, mirrored: bool) -> None:
    """What the hand touches in a close-up: an oval in the move's fill with its line, and the ring it turns; k is mm per art unit."""
    x, y = at
    rx, ry = contact.size[0] * k, contact.size[1] * k
    if look.fill == look.line:  # a dark look would hide what it marks
        cased(draft, ellipse(x, y, rx, ry), str(look.line), 2, 0.5)
    else:
        draft.path(ellipse(x, y, rx, ry), PAPER, PAPER, 5.4)
        draft.path(ellipse(x, y, rx, ry), look.fill, look.line, 2)
    if contact.ring:
        ring(
            draft, x, y, contact.ring * k, (contact.turn == "clockwise") != mirrored, look.line, Weight(), contact.flat
        )


# --- zones --------------------------------------------------------------------------------------------------------
def draw_zones(
    draft: Draft, frame: Frame, around: Map, show: tuple[str, ...], body: list[PathPart], top: float, card: bool = False
) -> None:
    """The zones of a map whose kinds are named in `show`; areas show only on the body, the stop line crosses its edge.

    `top` is the window's, for the cross of the stop line to stay below; on a `card`, the hatching is finer.
    """
    scale = abs(frame.kx) / 30  # 1 on a step page
    for zone in around.zones:
        if zone.zone not in show:
            continue
        for sign in (1, -1) if zone.mirror else (1,):
            points = frame.many(zone.points, sign)
            match zone.zone:
                case "never":
                    with draft.clip(body):
                        width, gap = (0.45, 1.1) if card else (0.8, 2.1) if scale > 0.6 else (0.6, 1.6)
                        hatch(draft, points, width, gap)
                case "light":
                    with draft.clip(body):
                        stipple(draft, points)
                case _:
                    (ax, ay), (bx, by) = points[0], points[-1]
                    draft.rule(ax, ay, bx, by, draft.theme.colours.stop, 2.2)
                    middle = max(ay - 4.8 * max(scale, 0.6), min(top + 2.8, ay - 2.8))
                    cross(draft, (ax + bx) / 2, middle, 2.0, 2)


def quieted(colour: str, role: str, quiet: float, ground: str) -> str:
    """A picture's colour as it stands behind strokes: fills mixed with the ground, lines half as much with white."""
    if role.startswith("line"):
        return mix(colour, PAPER, 1 - quiet * 0.55)
    return mix(colour, ground, 1 - quiet)
