"""How firm the hands press, as a tint on the map under the strokes; and where the body is that they work on.

The tint is the move's colour mixed into the body's, paler where a zone asks for a light touch; how much of it stands for
which pressure is the theme's (`shades`). It covers what the hand touches on its way: the contact, in centimetres, swept
along the stroke. Colours are mixed, never laid over each other with transparency, which prints badly in grey.
"""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import Literal

from booklet.caching import kept
from booklet.drafting import Book, Draft, Window
from booklet.figures import Drawing
from booklet.items import PathPart
from booklet.model import Arrow, Dots, Loops, Map, MapView, Point, Points, Pulls, Rest, Rings, Route, Stroke
from booklet.paths import polygon, rectangle
from booklet.reach import LIGHT, level
from booklet.records import dataclass
from booklet.strokes import Frame, curve_path, in_use, signs, smooth
from booklet.theming import PAPER, Look, as_art, mix

NECK, FINE = 1.14, 0.02  # how far up the shoulders are measured, and how finely, in y
HAIR = 1e-6  # above and below the end of a zone, in y
HIPS = -0.4  # the hips, down to here, are taken to be as wide as the base of the back
BEND, ROUND = 2, 7  # pieces that a curve of a loop and half of an ellipse become

PALER = (
    0.75  # what is left of the body under a tint: with all of it blue on skin is dead, with less amber is lost in grey
)

EDGE = 0.5  # points
Numbers = tuple[float, ...]
LETTERS: dict[str, Literal["M", "L", "C", "Z"]] = {"m": "M", "l": "L", "c": "C", "h": "Z"}


# --- the body -----------------------------------------------------------------------------------------------------
def surface(drawing: Drawing) -> str:
    """The role of what the hands touch: the shirt where there is one."""
    return "shirt" if any(one.role == "shirt" for one in drawing.outlines) else "receiver-skin"


@cache
def half_widths(drawing: Drawing) -> Points:
    """(y, half the body's width in x) from the hips to the neck, without the arms; empty where a picture publishes none.

    The picture publishes its trunk (`data-trunk`); above that, where the arms are part of the shoulders, the outermost
    place of the surface counts.
    """
    published = dict(drawing.data)
    trunk, origin, unit = (published.get(key, ()) for key in ("trunk", "origin", "unit"))
    if len(trunk) < 4 or len(trunk) % 2 or len(origin) != 2 or len(unit) != 2:
        return ()
    if not any(one.role == surface(drawing) for one in drawing.outlines):
        return ()
    widths = list(zip(trunk[::2], trunk[1::2], strict=True))
    drawn = "\n\n".join(one.operators for one in drawing.outlines if one.role in ("shirt", "receiver-skin"))
    made_from = (repr((widths[-1][0], origin, unit, drawing.grid)).encode(), drawn.encode())
    shoulders = kept("shoulders", made_from, lambda: _shoulders(drawn, drawing.grid, widths[-1][0], origin, unit))
    return ((min(HIPS, widths[0][0]), widths[0][1]), *widths, *shoulders)


def _shoulders(drawn: str, grid: float, top: float, origin: Numbers, unit: Numbers) -> list[Point]:
    """(y, half the width in x) above `top`, of paths between empty lines."""
    heights = [top + FINE * i for i in range(1, round((NECK - top) / FINE) + 1)]
    left, right = [0.0] * len(heights), [0.0] * len(heights)
    for operators in drawn.split("\n\n"):
        placed = [((x - origin[0]) / unit[0], (y - origin[1]) / unit[1]) for x, y in _along(operators, grid)]
        for (x1, y1), (x2, y2) in pairwise(placed):
            if max(y1, y2) < top:
                continue
            for i, y in enumerate(heights):
                if min(y1, y2) <= y < max(y1, y2):
                    x = x1 + (x2 - x1) * (y - y1) / (y2 - y1)
                    left[i], right[i] = max(left[i], -x), max(right[i], x)
    return [one for one in zip(heights, map(min, left, right), strict=True) if one[1]]


def _along(operators: str, grid: float) -> list[Point]:
    """Points along a path of PDF operators, in art units: the ends and the middle of each curve."""
    points: list[Point] = []
    for part in operators.split("\n"):
        numbers = [float(word) / grid for word in part.split()[:-1]]
        if len(numbers) == 6:
            (px, py), (ax, ay, bx, by, x, y) = points[-1], numbers
            points.append(((px + 3 * ax + 3 * bx + x) / 8, (py + 3 * ay + 3 * by + y) / 8))
        if numbers:
            points.append((numbers[-2], numbers[-1]))
    return points


def body(frame: Frame, widths: Points) -> list[PathPart]:
    """The body on the page from the hips to the neck."""
    right = [frame(x, y) for y, x in widths]
    return polygon([*right, *(frame(-x, y) for y, x in reversed(widths))])


def halves(frame: Frame, widths: Points, around: Map) -> list[PathPart]:
    """Where hands may press: both halves of the body, beside what they never press, as far as strokes go on the map."""
    stop = min(around.within[3], widths[-1][0])
    foot = max(around.within[1], widths[0][0])
    never = [zone.points for zone in around.zones if zone.zone == "never"]
    ends = [y + step for points in never for _, y in points for step in (-HAIR, HAIR) if foot < y + step < stop]

    def inner(y: float) -> float:
        there = [points for points in never if min(points, key=_height)[1] <= y <= max(points, key=_height)[1]]
        return max((abs(x) for points in there for x, _ in points), default=0.0)

    axis = [(inner(y), y) for y in (foot, *sorted(set(ends)), stop)]
    axis = [
        one for i, one in enumerate(axis) if i in (0, len(axis) - 1) or not axis[i - 1][0] == one[0] == axis[i + 1][0]
    ]
    heights = [foot, *sorted({*(y for y, _ in widths if foot < y < stop), *ends}), stop]
    edge = [(max(inner(y), _width_at(widths, y)), y) for y in heights]
    parts: list[PathPart] = []
    for sign in (1, -1):
        parts += polygon(frame.many((axis[0], *edge, *reversed(axis[1:])), sign))
    return parts


def _height(point: Point) -> float:
    return point[1]


def _width_at(widths: Points, y: float) -> float:
    for (y1, x1), (y2, x2) in pairwise(widths):
        if y1 <= y <= y2:
            return x1 + (x2 - x1) * (y - y1) / (y2 - y1)
    return widths[-1][1]


# --- what hands touch ---------------------------------------------------------------------------------------------
def touched(frame: Frame, strokes: list[Stroke], sign: int, hand: tuple[float, float]) -> list[PathPart]:
    """What strokes touch on one half of the page; the hand's length and width in cm, its narrow side across the back.

    Hands follow loops with the fingers ahead, so half a hand's width is touched round the outermost loop and all that is
    in it; elsewhere the hand keeps its direction. Rows that lie one above the other make one field. Arrows and hands at
    rest press nothing.
    """
    long, wide = (size / 2 * frame.cm for size in hand)
    parts: list[PathPart] = []
    rows: list[Points] = []
    for stroke in strokes:
        match stroke:
            case Loops():
                parts += _grown(frame.many(stroke.loops[0], sign), wide)
            case Rings():
                r = stroke.radius * frame.cm + wide
                spots = frame.many(stroke.rings, sign)
                parts += _swept(spots if len(spots) > 1 else spots * 2, r, r)
            case Route():
                r = stroke.radius * frame.cm + wide
                heights = sorted({y for _, y in stroke.route})
                across = [[x for x, y in stroke.route if y == height] for height in heights]
                turns = [((min(xs), y), (max(xs), y)) for xs, y in zip(across, heights, strict=True)]
                parts += _field([tuple(frame.many(row, sign)) for row in turns], r, r)
            case Pulls():
                rows += [tuple((x, y + row) for x, y in stroke.out) for row in stroke.pulls]
            case Dots():
                r = stroke.radius * frame.cm + wide
                parts += _swept(frame.many(tuple((stroke.dots, y) for y in stroke.along), sign), r, r)
    if rows:
        placed = [tuple(frame.many(row, sign)) for row in rows]
        pitch = min((abs(a[0][1] - b[0][1]) for a, b in pairwise(placed)), default=long)
        parts += _field(placed, wide, min(long, pitch))  # the weight lies on a row, however long the hand
    return parts


def _field(rows: list[Points], rx: float, ry: float) -> list[PathPart]:
    """What an ellipse covers that goes along all rows, from the lowest up, and between them."""
    edge = [row[0] for row in rows] + [row[-1] for row in reversed(rows)]
    corners = [edge[i] for i in range(len(edge)) if abs(_turn(edge[i - 1], edge[i], edge[(i + 1) % len(edge)])) > 1e-6]
    return polygon(_clockwise(corners)) + _swept([*corners, corners[0]], rx, ry)


def _turn(a: Point, b: Point, c: Point) -> float:
    """Above nothing where the way through three points turns clockwise on the page, nothing where it goes straight on."""
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def _clockwise(points: list[Point]) -> list[Point]:
    """All that is touched runs clockwise, so that shapes add up where they overlap."""
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))
    return points if area > 0 else points[::-1]


def _grown(loop: list[Point], by: float) -> list[PathPart]:
    """A closed loop and all within `by` of it."""
    points = []
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in smooth(loop, True):
        for t in (i / BEND for i in range(BEND)):
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    points = _clockwise(points)
    grown = []
    for i, (x, y) in enumerate(points):
        (px, py), (qx, qy) = points[i - 1], points[(i + 1) % len(points)]
        gap = hypot(qx - px, qy - py) or 1
        grown.append((x + by * (qy - py) / gap, y - by * (qx - px) / gap))
    return curve_path(smooth(grown, True), True)


def _swept(points: list[Point], rx: float, ry: float) -> list[PathPart]:
    """What an ellipse covers that goes along the points: a long shape with round ends for each straight piece, clockwise."""
    parts: list[PathPart] = []
    for (x1, y1), (x2, y2) in pairwise(points):
        ahead = atan2((y2 - y1) / ry, (x2 - x1) / rx)
        turns = [ahead - pi / 2 + pi * i / ROUND for i in range(ROUND + 1)]
        end = [(x2 + rx * cos(turn), y2 + ry * sin(turn)) for turn in turns]
        start = [(x1 - rx * cos(turn), y1 - ry * sin(turn)) for turn in turns]
        parts += polygon([*end, *start])
    return parts


# --- the tint -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Laid:
    """A map's picture as it lies on the page: in its colours, its origin at (x, y), k millimetres per art unit."""

    drawing: Drawing
    x: float
    y: float
    k: float
    window: Window


def shown_pressure(book: Book, view: MapView, step: str) -> int:
    """The pressure that a map is tinted for: what is left of the step's after all caps, 0 where nothing is tinted."""
    around = book.routine.maps[view.map]
    drawing = book.pictures(around.picture)
    doing = book.routine.steps.get(step)
    if not doing or doing.hands not in (around.hands or {}) or not book.theme.shades:
        return 0
    if not isinstance(drawing, Drawing) or not half_widths(drawing):
        return 0
    pressed = any(not isinstance(one, (Arrow, Rest)) for one in in_use(book, view.strokes, step))
    return level(book.routine, doing) if pressed else 0


def shade(draft: Draft, laid: Laid, frame: Frame, view: MapView, step: str, pressure: int, look: Look) -> None:
    """Tints what the hands of a step touch; `pressure` is from `shown_pressure`."""
    book = draft.book
    around = book.routine.maps[view.map]
    hand = (around.hands or {})[str(book.routine.steps[step].hands)]
    widths = half_widths(laid.drawing)
    start = str(book.choices.get("start-side", "right"))
    pressed: list[PathPart] = []
    for sign in (1, -1):
        there = [one for one in in_use(book, view.strokes, step) if sign in signs(one.side, start)]
        pressed += touched(frame, there, sign, hand)
    colour = as_art(draft.theme.art, "", look.fill)
    window = rectangle(*laid.window)
    with draft.clip(window), draft.clip(halves(frame, widths, around)), draft.clip(_shirt(laid) or window):
        draft.path(pressed, None, _edge(draft, laid.drawing, look), 2 * EDGE)  # the tint hides its inner half
        with draft.clip(pressed):
            flat, shaded = _tinted(laid.drawing, colour, _share(draft, pressure))
            draft.rect(*laid.window, flat)
            draft.art(shaded, laid.x, laid.y, laid.k, laid.window)
            light = _light(frame, around)
            if pressure > LIGHT and light:  # so small that they do without the shaded parts
                flat, _ = _tinted(laid.drawing, colour, _share(draft, LIGHT))
                with draft.clip(light):
                    draft.rect(*laid.window, flat)


def _shirt(laid: Laid) -> list[PathPart]:
    """The outline of the shirt on the page, as it ends at the collar and the hem; nothing for a bare back."""
    parts: list[PathPart] = []
    k = laid.k / laid.drawing.grid
    for one in laid.drawing.outlines:
        if one.role == "shirt":
            for part in one.operators.split("\n"):
                *numbers, letter = part.split()
                at = [k * float(n) + (laid.y if i % 2 else laid.x) for i, n in enumerate(numbers)]
                parts.append((LETTERS[letter], tuple(at)))
    return parts


def _light(frame: Frame, around: Map) -> list[PathPart]:
    """The zones that ask for a light touch, on the page."""
    found: list[PathPart] = []
    for zone in around.zones:
        if zone.zone == "light":
            for sign in (1, -1) if zone.mirror else (1,):
                found += polygon(frame.many(zone.points, sign))
    return found


def _edge(draft: Draft, drawing: Drawing, look: Look) -> str:
    """The line round a tint, which tells it from the body where both are the same grey."""
    flat = next(one.colour for one in drawing.outlines if one.role == surface(drawing))
    return mix(as_art(draft.theme.art, "", look.line), flat, 0.4)


def _share(draft: Draft, pressure: int) -> float:
    """How much of the move's colour stands for a pressure; the theme's last share for all that are firmer."""
    shades = draft.theme.shades
    return shades[min(pressure, len(shades)) - 1] / 100


@cache
def _tinted(drawing: Drawing, colour: str, share: float) -> tuple[str, Drawing]:
    """The colour of the surface and its shaded parts, paler and mixed with a share of the colour."""

    def under(drawn: str) -> str:
        return mix(colour, mix(drawn, PAPER, PALER), share)

    role = surface(drawing)
    flat = next(one.colour for one in drawing.outlines if one.role == role)
    shaded = [one for one in drawing.outlines if one.role == f"{role}-shade"]
    mixed = tuple(replace(one, colour=under(one.colour)) for one in shaded)
    return under(flat), replace(drawing, outlines=mixed)
