"""Renderings of folded paper: flat folds computed exactly, seen from straight above → JPEG files in images/.

    python -m studio.paper            # all of them, a few seconds each

A sheet is a stack of faces, lowest first. A fold moves what lies beyond a line, in the layers that are named, to its mirror
image on top of the stack (or under it), and turns it over: nothing is drawn by eye. Lengths are in units of half the
diagonal of the square; x to the right, y up. Light comes from the upper left; each layer throws a soft shadow on those
below. Same input, same bytes: the grain comes from a fixed seed.
"""

from dataclasses import dataclass
from math import cos, hypot, pi, sin, tan
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from skimage.filters import gaussian

Point = tuple[float, float]
IMAGES = Path(__file__).parent.parent / "images"
WIDE, HIGH = 2000, 1760  # pixels; a step's panel of 132 mm shows 1,560 of them across: 300 to the inch
MM = 300 / 25.4  # pixels
FINER = 2  # drawn so many times as large, for smooth edges
TABLE, INSIDE, OUTSIDE, INK = (231, 228, 221), (252, 250, 245), (111, 146, 176), (43, 35, 32)
QUALITY = 84

# The cup, in closed form: the crease that halves a corner of 45° meets the opposite edge at MARK, and a corner that is
# laid on that point has its fold from FOOT to the mirrored point.
STEEP = tan(pi / 8)
MARK = (-STEEP, 1 - STEEP)
FOOT = 3 - 2 * 2**0.5


@dataclass(frozen=True, slots=True)
class Face:
    """A piece of the sheet: its outline, and whether the inside of the sheet is up."""

    outline: tuple[Point, ...]
    inside: bool


Stack = tuple[Face, ...]


def side_of(at: Point, a: Point, b: Point) -> float:
    """Above nothing to the left of the line from a to b."""
    return (b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0])


def beyond(outline: tuple[Point, ...], a: Point, b: Point) -> tuple[Point, ...]:
    """What of a convex outline lies to the left of the line from a to b."""
    kept: list[Point] = []
    for i, p in enumerate(outline):
        q = outline[(i + 1) % len(outline)]
        s, t = side_of(p, a, b), side_of(q, a, b)
        if s >= -1e-9:
            kept.append(p)
        if (s > 1e-9 and t < -1e-9) or (s < -1e-9 and t > 1e-9):
            share = s / (s - t)
            kept.append((p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share))
    return tuple(kept)


def mirrored(at: Point, a: Point, b: Point) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    share = ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (dx * dx + dy * dy)
    return 2 * (a[0] + share * dx) - at[0], 2 * (a[1] + share * dy) - at[1]


def folded(stack: Stack, a: Point, b: Point, layers: tuple[int, ...] = (), under: bool = False) -> Stack:
    """The stack after folding what lies to the left of the line from a to b, in these layers or in all of them."""
    still: list[Face] = []
    moved: list[Face] = []
    for index, face in enumerate(stack):
        if layers and index not in layers:
            still.append(face)
            continue
        for outline, moves in ((beyond(face.outline, b, a), False), (beyond(face.outline, a, b), True)):
            if len(outline) < 3 or area(outline) < 1e-9:
                continue
            if moves:
                moved.append(Face(tuple(mirrored(at, a, b) for at in outline), not face.inside))
            else:
                still.append(Face(outline, face.inside))
    return (*moved[::-1], *still) if under else (*still, *moved[::-1])


def area(outline: tuple[Point, ...]) -> float:
    return abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(outline, (*outline[1:], outline[0]), strict=True))) / 2


# --- drawing --------------------------------------------------------------------------------------------------------
class Sheet:
    """A picture in the making; `scale` pixels to the unit, the point `centre` in its middle."""

    def __init__(self, scale: float, centre: Point = (0.0, 0.0), size: tuple[int, int] = (WIDE, HIGH)) -> None:
        self.wide, self.high = size[0] * FINER, size[1] * FINER
        self.scale, self.centre = scale * FINER, centre
        self.image = self.table()

    def at(self, point: Point) -> Point:
        x, y = point[0] - self.centre[0], point[1] - self.centre[1]
        return self.wide / 2 + self.scale * x, self.high / 2 - self.scale * y

    def table(self) -> Image.Image:
        """The ground: a little lighter at the upper left, where the light comes from."""
        y, x = np.mgrid[0 : self.high, 0 : self.wide]
        light = 1.03 - 0.075 * np.hypot(x / self.wide - 0.35, y / self.high - 0.3)
        pixels = np.clip(light[..., None] * np.array(TABLE), 0, 255).astype(np.uint8)
        return Image.fromarray(pixels)

    def mask(self, outline: list[Point]) -> Image.Image:
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(outline, fill=255)
        return mask

    def shadow(self, mask: Image.Image, lift: float) -> None:
        """A soft shadow on all that is there already; `lift` in millimetres."""
        for share, blur, drop in ((0.30, 0.35, 0.25), (0.20, 1.6, 1.0)):
            size = MM * FINER * lift
            soft = ImageChops.offset(mask, int(size * drop * 0.6), int(size * drop))
            soft = soft.filter(ImageFilter.GaussianBlur(size * blur)).point(lambda v, share=share: int(v * share))
            self.image.paste((58, 48, 44), (0, 0), soft)

    def hollow(self, outline: list[Point], deep: float) -> None:
        """The shade inside an opening: none at its far edge, most at the near one; `deep` in pixels of the drawing."""
        mask = self.mask(outline)
        shade = ImageChops.offset(mask, 0, int(deep * 0.9)).filter(ImageFilter.GaussianBlur(deep * 0.55))
        shade = ImageChops.multiply(shade, mask).point(lambda v: int(v * 0.42))
        self.image.paste((74, 68, 66), (0, 0), shade)

    def paint(self, outline: tuple[Point, ...], inside: bool, lift: float = 0.8, tone: float = 1.0) -> None:
        """A face with its shadow, its light and its edge."""
        points = [self.at(p) for p in outline]
        mask = self.mask(points)
        self.shadow(mask, lift)
        base = np.array(INSIDE if inside else OUTSIDE) * tone
        y, x = np.mgrid[0 : self.high, 0 : self.wide]
        light = 1.025 - 0.05 * (x / self.wide * 0.6 + y / self.high)
        pixels = np.clip(light[..., None] * base, 0, 255).astype(np.uint8)
        self.image.paste(Image.fromarray(pixels), (0, 0), mask)
        edge = tuple(int(c * 0.62) for c in base)
        self.line([*points, points[0]], edge, 0.22)

    def line(self, points: list[Point], colour: tuple[int, ...], wide: float) -> None:
        """A line through points of the picture, its width in millimetres, with round joints."""
        draw, w = ImageDraw.Draw(self.image), wide * MM * FINER
        draw.line(points, fill=colour, width=max(1, round(w)), joint="curve")
        for x, y in points:
            draw.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), fill=colour)

    def stack(self, stack: Stack) -> None:
        """All faces; those of one outline lie a hair apart, so that they are seen to be several."""
        for index, face in enumerate(stack):
            nudge = 0.0035 * (len(stack) - 1 - index) if index < len(stack) - 1 else 0.0
            outline = tuple((x + nudge * 0.4, y + nudge) for x, y in face.outline)
            self.paint(outline, face.inside, 0.7 + 0.1 * index, 1.0 - 0.012 * (len(stack) - 1 - index))

    def crease(self, a: Point, b: Point, dash: float = 3.2, gap: float = 2.0) -> None:
        """Where to fold: a dashed line, light under dark, that stands out on both sides of the paper."""
        (x1, y1), (x2, y2) = self.at(a), self.at(b)
        long, pitch = hypot(x2 - x1, y2 - y1), (dash + gap) * MM * FINER
        count = max(1, round((long + gap * MM * FINER) / pitch))
        pitch = (long + gap * MM * FINER) / count
        ux, uy = (x2 - x1) / long, (y2 - y1) / long
        for wide, colour in ((1.5, (255, 255, 255)), (0.7, INK)):
            for i in range(count):
                s, e = i * pitch, i * pitch + dash * MM * FINER
                self.line([(x1 + ux * s, y1 + uy * s), (x1 + ux * e, y1 + uy * e)], colour, wide)

    def arrow(self, start: Point, stop: Point, bend: float) -> None:
        """The way a corner goes; `bend` is how far its middle stands out to the left, as a share of its length."""
        (x1, y1), (x2, y2) = self.at(start), self.at(stop)
        mx, my = (x1 + x2) / 2 + (y2 - y1) * bend * 2, (y1 + y2) / 2 - (x2 - x1) * bend * 2
        steps = [i / 60 for i in range(61)]
        way = [
            (
                (1 - t) ** 2 * x1 + 2 * t * (1 - t) * mx + t * t * x2,
                (1 - t) ** 2 * y1 + 2 * t * (1 - t) * my + t * t * y2,
            )
            for t in steps
        ]
        size = 6.6 * MM * FINER
        last = max(i for i, (x, y) in enumerate(way) if hypot(x - x2, y - y2) > size * 0.75)
        (bx, by), long = way[last], hypot(x2 - way[last][0], y2 - way[last][1])
        ux, uy = (x2 - bx) / long, (y2 - by) / long
        head = [(x2, y2), (x2 - ux * size - uy * size * 0.46, y2 - uy * size + ux * size * 0.46),
                (x2 - ux * size * 0.76, y2 - uy * size * 0.76), (x2 - ux * size + uy * size * 0.46, y2 - uy * size - ux * size * 0.46)]  # fmt: skip
        first = next(i for i, (x, y) in enumerate(way) if hypot(x - x1, y - y1) > 1.5 * MM * FINER)
        body = way[first : last + 1]
        self.line(body, (255, 255, 255), 2.9)
        self.line([*head, head[0]], (255, 255, 255), 1.3)
        self.line(body, INK, 1.5)
        ImageDraw.Draw(self.image).polygon(head, fill=INK)

    def pinch(self, at: Point, a: Point, b: Point) -> None:
        """A short crease that marks a point, and a ring round it."""
        x, y = self.at(at)
        r = 4.2 * MM * FINER
        draw = ImageDraw.Draw(self.image)
        for wide, colour in ((1.9, (255, 255, 255)), (0.9, INK)):
            w = round(wide * MM * FINER)
            draw.ellipse((x - r - w / 2, y - r - w / 2, x + r + w / 2, y + r + w / 2), outline=colour, width=w)
        long = hypot(b[0] - a[0], b[1] - a[1])
        away = (at[0] + (b[0] - a[0]) / long * 0.09, at[1] + (b[1] - a[1]) / long * 0.09)
        self.line([self.at(at), self.at(away)], tuple(int(c * 0.55) for c in OUTSIDE), 0.5)

    def finished(self) -> Image.Image:
        """The picture at its own size, with the grain of paper and table."""
        image = self.image.resize((self.wide // FINER, self.high // FINER), Image.Resampling.LANCZOS)
        soft = gaussian(np.random.default_rng(7).normal(0, 5, (image.height, image.width)), 1.6)
        pixels = np.asarray(image).astype(float) + soft[..., None]
        return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


# --- the cup --------------------------------------------------------------------------------------------------------
SQUARE = (Face(((-1, 0), (0, -1), (1, 0), (0, 1)), True),)
LEFT, RIGHT, TOP = (-1.0, 0.0), (1.0, 0.0), (0.0, 1.0)
OTHER = (-MARK[0], MARK[1])
TRIANGLE = folded(SQUARE, RIGHT, LEFT)
ONE = folded(TRIANGLE, OTHER, (FOOT, 0))
BOTH = folded(ONE, (-FOOT, 0), MARK)
CUP_SCALE, MIDDLE = 740.0, (0.0, 0.46)
ACROSS, DEEP = 0.80, 0.30  # an open mouth: half its width and half its depth, as shares of half the flat one
NEARER = 880.0  # where the triangle has become narrow


def flap_of(stack: Stack, inside: bool) -> int:
    """The layer whose tip stands above the rim, with its outside up (in front) or its inside (behind)."""
    return next(i for i, face in enumerate(stack) if face.inside is inside and max(y for _, y in face.outline) > 0.99)


FRONT = folded(BOTH, MARK, OTHER, (flap_of(BOTH, False),))


POCKET = FRONT[5]  # the second corner, whose first side slants across the front
TUCKED = (
    FRONT[1],
    FRONT[3],
    FRONT[6],
    POCKET,
)  # the front as it is seen: a layer, the first corner, the flap in the pocket
GAPE = 0.014  # how far the pocket stands open


def bulged(at: Point) -> Point:
    """Where a point of the flat cup's front comes to lie on the open one, for a base at (0, 0).

    The base stays straight, the mouth is an ellipse; each height between them is a share of both. The mouth keeps its
    length: flat, it is as long as half the ellipse's edge.
    """
    up = at[1] / MARK[1]
    turn = pi / 2 * at[0] / (FOOT + (STEEP - FOOT) * up)
    return (
        (1 - up) * FOOT * turn / (pi / 2) + up * STEEP * ACROSS * sin(turn),
        up * (MARK[1] - STEEP * DEEP * cos(turn)),
    )


def rim(sheet: Sheet, foot: Point, scale: float, tone: float = 1.0) -> None:
    """An open cup that stands at `foot`, seen from a little above, its front flap in the pocket, the other one behind."""

    def placed(points: list[Point]) -> tuple[Point, ...]:
        return tuple((foot[0] + x * scale, foot[1] + y * scale) for x, y in points)

    mouth = [(STEEP * ACROSS * cos(t), MARK[1] + STEEP * DEEP * sin(t)) for t in (2 * pi * i / 120 for i in range(120))]
    sheet.shadow(sheet.mask([sheet.at(p) for p in placed([(-FOOT, 0), (FOOT, 0), *mouth[:61]])]), 2.6)
    sheet.paint(placed(mouth), True, 0.3, 0.97 * tone)
    sheet.hollow([sheet.at(p) for p in placed(mouth)], STEEP * DEEP * scale * sheet.scale * 0.75)
    for face in TUCKED:
        sides = zip(face.outline, (*face.outline[1:], face.outline[0]), strict=True)
        edge = [(p[0] + (q[0] - p[0]) * i / 60, p[1] + (q[1] - p[1]) * i / 60) for p, q in sides for i in range(60)]
        if face is POCKET:  # its slanting edge stands back a little from the flap in it, whose white shows
            wide = [GAPE * sin(pi * i / 60) if i < 60 else 0.0 for i in range(len(edge))]
            edge = [(x - by, y + by) for (x, y), by in zip(edge, wide, strict=True)]
        sheet.paint(placed([bulged(at) for at in edge]), face.inside, 0.9 if face is POCKET else 0.5, tone)


def half() -> Sheet:
    sheet = Sheet(440)
    sheet.stack(SQUARE)
    sheet.crease(LEFT, RIGHT)
    sheet.arrow((0.10, -0.93), (0.10, 0.86), -0.16)
    return sheet


def mark() -> Sheet:
    sheet = Sheet(CUP_SCALE, MIDDLE)
    sheet.stack(TRIANGLE)
    sheet.crease(RIGHT, MARK)
    sheet.arrow((0.03, 0.93), (1 - 2**0.5 + 0.02, 0.05), 0.12)
    sheet.pinch(MARK, MARK, RIGHT)
    return sheet


def corner() -> Sheet:
    sheet = Sheet(CUP_SCALE, MIDDLE)
    sheet.stack(TRIANGLE)
    sheet.crease((FOOT, 0), OTHER)
    sheet.arrow((0.93, 0.035), (MARK[0] + 0.06, MARK[1] - 0.005), 0.12)
    sheet.pinch(MARK, MARK, RIGHT)
    return sheet


def other() -> Sheet:
    sheet = Sheet(CUP_SCALE, MIDDLE)
    sheet.stack(ONE)
    sheet.crease((-FOOT, 0), MARK)
    sheet.arrow((-0.93, 0.035), (OTHER[0] - 0.06, OTHER[1] - 0.005), -0.12)
    return sheet


def front() -> Sheet:
    sheet = Sheet(NEARER, MIDDLE)
    sheet.stack(BOTH)
    sheet.crease(MARK, OTHER)
    sheet.arrow((0.03, 0.93), (0.03, 0.24), -0.22)
    return sheet


def back() -> Sheet:
    """Turned over: the flap that is left, and the rim that it folds over."""
    sheet = Sheet(NEARER, MIDDLE)
    turned = tuple(Face(tuple((-x, y) for x, y in face.outline), not face.inside) for face in FRONT[::-1])
    sheet.stack(turned)
    sheet.crease(MARK, OTHER)
    sheet.arrow((0.03, 0.93), (0.03, 0.24), -0.22)
    return sheet


def opened() -> Sheet:
    sheet = Sheet(CUP_SCALE, (0, 0.53))
    rim(sheet, (0, 0), 1.62)
    return sheet


def cups() -> Sheet:
    """Two cups, one behind the other: the cover."""
    sheet = Sheet(CUP_SCALE, (0.04, 0.47))
    rim(sheet, (0.58, 0.14), 1.16, 0.97)
    rim(sheet, (-0.36, -0.04), 1.5)
    return sheet


def square() -> Sheet:
    """A sheet of the usual kind: a short side laid on a long side, and the strip that is over."""
    long = 2**0.5
    sheet = Sheet(800, (long / 2, 0.5))
    paper = (Face(((0, 0), (long, 0), (long, 1), (0, 1)), True),)
    sheet.line([sheet.at(p) for p in ((0, 0), (0, 1), (1, 1))], (168, 162, 154), 0.4)
    sheet.stack(folded(paper, (0, 0), (1, 1)))
    sheet.crease((1, 0), (1, 1))
    sheet.arrow((0.03, 0.94), (0.94, 0.05), -0.16)
    return sheet


def sheet() -> Sheet:
    """A square, one corner turned over, so that both sides are seen."""
    drawn = Sheet(760, (0.5, 0.5))
    paper = (Face(((0, 0), (1, 0), (1, 1), (0, 1)), True),)
    drawn.stack(folded(paper, (0.70, 1), (1, 0.70)))
    return drawn


PICTURES = {"half": half, "mark": mark, "corner": corner, "other": other, "front": front, "back": back, "open": opened, "cups": cups, "square": square, "sheet": sheet}  # fmt: skip


def main() -> None:
    for name, draw in PICTURES.items():
        path = IMAGES / f"paper-{name}.jpg"
        draw().finished().save(path, quality=QUALITY, optimize=True, dpi=(300, 300))
        print(path.name, path.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
