"""Things for the checklists, drawn flat: oil and saucer, glass of water, clock; and the cross-section of the back."""

from __future__ import annotations

import numpy as np

from studio.curves import Cubic
from studio.shapes import Spot, arc, capsule, ellipse, grid, polyline, rounded, segment, spline, traced
from studio.svg import Drawing, path_data, points_data

OBJECT_LINE = 2.4


def area(drawing: Drawing, role: str, *rings: list[Cubic]) -> None:
    """Fill closed rings in a role."""
    drawing.add(role, "".join(path_data(r, 1, True) for r in rings))


def stroke(drawing: Drawing, role: str, *runs: list[Cubic], close: bool = False) -> None:
    """Draw runs as lines in a role."""
    drawing.add(role, "".join(path_data(r, 1, close) for r in runs))


def oil() -> Drawing:
    """A bottle of oil beside a saucer."""
    d = Drawing(240, 200, "Massage oil in a bottle, and a saucer", OBJECT_LINE)
    bottle = rounded([(40, 182), (40, 92), (62, 70), (62, 44), (90, 44), (90, 70), (112, 92), (112, 182)], 13)
    filled = rounded([(43, 179), (43, 112), (109, 112), (109, 179)], 11)
    cap = rounded([(57, 46), (57, 18), (95, 18), (95, 46)], 5)
    label = rounded([(40, 126), (112, 126), (112, 164), (40, 164)], 2)
    area(d, "glass", bottle)
    area(d, "oil", filled)
    area(d, "object-shade", cap)
    area(d, "object", label)
    dish, pool = ellipse((176, 164), (52, 14)), ellipse((176, 163), (33, 7.5))
    foot = [*arc((176, 166), (52, 14), 0, 180), *spline([(124, 166), (142, 184), (176, 189), (210, 184), (228, 166)])]
    area(d, "object-shade", foot)
    area(d, "object", dish)
    area(d, "oil", pool)
    drop = [*spline([(76, 132), (69, 147)]), *arc((76, 148.5), (7, 7), 190, -10), *spline([(83, 147), (76, 132)])]
    area(d, "oil", drop)
    stroke(d, "line-inner", polyline([(41, 126), (111, 126)]), polyline([(41, 164), (111, 164)]), pool, drop)
    under = spline([(125, 168), (142, 184), (176, 189), (210, 184), (227, 168)])
    stroke(d, "line-outer", bottle, cap, dish, under)
    return d


def water() -> Drawing:
    """A glass of water."""
    d = Drawing(160, 200, "A glass of water", OBJECT_LINE)
    left, right = (34.0, 26.0), (126.0, 26.0)
    body = [
        *segment(left, (46, 176)), *arc((80, 176), (34, 9), 180, 0), *segment((114, 176), right),
        *arc((80, 26), (46, 10), 0, 180),
    ]  # fmt: skip
    level = 74.0
    x = 34 + (level - 26) * 12 / 150
    pool = [
        *segment((x, level), (46, 174)), *arc((80, 174), (34, 8), 180, 0), *segment((114, 174), (160 - x, level)),
        *arc((80, level), (80 - x, 9), 0, 180),
    ]  # fmt: skip
    top = ellipse((80, level), (80 - x, 9))
    area(d, "glass", body, ellipse((80, 26), (46, 10)))
    area(d, "glass", ellipse((80, 26), (46, 10)))
    area(d, "water", pool)
    area(d, "glass", top)
    stroke(d, "line-inner", top, segment((54, 92), (59, 150)))
    stroke(
        d, "line-outer", ellipse((80, 26), (46, 10)),
        [*segment(left, (46, 176)), *arc((80, 176), (34, 9), 180, 0), *segment((114, 176), right)],
    )  # fmt: skip
    return d


def clock() -> Drawing:
    """A table clock showing ten past ten."""
    d = Drawing(200, 200, "A clock in view", OBJECT_LINE)
    feet = [
        rounded([(46, 168), (62, 178), (54, 190), (38, 188)], 4),
        rounded([(154, 168), (138, 178), (146, 190), (162, 188)], 4),
    ]
    area(d, "object-shade", *feet)
    stroke(d, "line-outer", *feet)
    area(d, "object-shade", ellipse((100, 100), (84, 84)))
    area(d, "object", ellipse((100, 100), (71, 71)))
    ticks = []
    for k in range(12):
        a = np.radians(30 * k)
        inner = 56 if k % 3 == 0 else 61
        ticks.append(segment(_polar(a, inner), _polar(a, 65)))
    stroke(d, "line-inner", *ticks, ellipse((100, 100), (71, 71)))
    stroke(d, "line-outer", ellipse((100, 100), (84, 84)))
    stroke(
        d,
        "line-object",
        segment((100, 100), _polar(np.radians(305), 36)),
        segment((100, 100), _polar(np.radians(60), 52)),
    )
    area(d, "line-fill", ellipse((100, 100), (4, 4)))
    return d


def _polar(angle: float, radius: float, centre: Spot = (100, 100)) -> Spot:
    """Clockwise from twelve o'clock."""
    return centre[0] + radius * float(np.sin(angle)), centre[1] - radius * float(np.cos(angle))


def cross_section() -> Drawing:
    """A slice through the back at the waist: a finger on the muscle (left), on the bone (right)."""
    d = Drawing(640, 300, "A slice through the back: a finger on the muscle, not on the bone", 2.4)
    _slice(d, 160, 104)
    _slice(d, 480, 480)
    _finger(d, 104, 98.5)
    _finger(d, 480, 97.0)
    d.data.update(
        points_data(
            {"do": (104, 106), "dont": (480, 100), "do-spine": (160, 132), "dont-spine": (480, 132),
             "muscle": (200, 150), "dont-muscle": (425, 150)}
        )
    )  # fmt: skip
    return d


def _slice(d: Drawing, middle: float, pressed: float) -> None:
    """Skin, the two long muscles, and a vertebra with its spine."""
    x = np.linspace(-150, 150, 61)
    back = 112 + 46 * (np.abs(x) / 150) ** 2.6 - 10 * np.exp(-(((np.abs(x) - 54) / 34) ** 2))
    back += (10 if pressed != middle else 4) * np.exp(-(((x + middle - pressed) / 15) ** 2))
    top = [(middle + float(a), float(b)) for a, b in zip(x, back, strict=True)]
    floor = [(middle + 150, 268), (middle, 276), (middle - 150, 268)]
    skin = spline(top)
    body = [*skin, *polyline([top[-1], floor[0]]), *spline(floor), *polyline([floor[-1], top[0]])]
    area(d, "receiver-skin", body)
    muscles = [_muscle(middle, side) for side in (-1, 1)]
    area(d, "receiver-skin-shade", *muscles)
    stroke(d, "line-inner", *muscles)
    bone = spline(_vertebra(middle), closed=True)
    area(d, "object", bone)
    area(d, "object-shade", ellipse((middle, 190), (11, 9)))
    stroke(d, "line-inner", ellipse((middle, 190), (11, 9)))
    stroke(d, "line-object", bone)
    stroke(d, "line-outer", body)


def _muscle(middle: float, side: int) -> list[Cubic]:
    points = ((17, 146), (34, 126), (64, 122), (88, 140), (86, 166), (58, 180), (28, 176), (18, 164))
    return spline([(middle + side * x, y) for x, y in points], closed=True)


def _vertebra(middle: float) -> list[Spot]:
    half = ((0, 124), (7, 130), (8, 158), (22, 172), (56, 180), (60, 188), (30, 194), (36, 216), (30, 244), (0, 254))
    right = [(middle + x, y) for x, y in half]
    left = [(middle - x, y) for x, y in reversed(half[1:-1])]
    return [*right, *left]


def _finger(d: Drawing, x: float, y: float) -> None:
    """A finger pressing down with its pad, coming from the upper right."""
    cells = grid(d.width, d.height)
    end = (x + 3, y + 3)
    knuckle = (x + 30, y - 40)
    mask = capsule(cells, knuckle, end, 17, 14) | capsule(cells, (x + 84, y - 74), knuckle, 20, 17.5)
    rings = traced(mask & (cells[1] > 4))
    area(d, "giver-skin", *rings)
    nail = capsule(cells, (x - 4, y - 10), (x - 11, y + 1), 4.5, 4.0) & capsule(cells, knuckle, end, 16, 13)
    area(d, "nail", *traced(nail))
    stroke(d, "line-inner", *traced(nail), spline([(x + 16, y - 48), (x + 22, y - 44), (x + 25, y - 39)]))
    stroke(d, "line-object", *rings, close=True)
