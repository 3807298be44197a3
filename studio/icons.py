"""Small icons, 48 units square. Their colours: "object" is the quiet part, "object-shade" the part that works (the
booklet fills it in the move's colour), "line-outer" the outline."""

from __future__ import annotations

import numpy as np
from skimage import draw

from studio.mesh import Floats, Mask
from studio.objects import area, stroke
from studio.shapes import CELLS, Spot, arc, capsule, ellipse, grid, polyline, rounded, segment, spline, traced
from studio.svg import Drawing

SIDE = 48.0
ICON_LINE = 1.8
TIPS: dict[int, Spot] = {1: (7.2, 23.5), 2: (15.5, 7.8), 3: (22.8, 5.2), 4: (30.0, 7.4), 5: (36.8, 13.6)}
ROOTS: dict[int, Spot] = {1: (15.5, 33.5), 2: (18.3, 24.0), 3: (23.6, 23.0), 4: (28.8, 24.0), 5: (33.4, 27.0)}
PALM: tuple[Spot, ...] = (
    (15.0, 22.0), (24.0, 20.5), (33.0, 22.5), (35.4, 26.5), (35.9, 33.5), (34.4, 40.0), (30.3, 44.0), (24.0, 44.8),
    (17.0, 42.8), (13.1, 38.0), (11.9, 33.5), (13.0, 27.0),
)  # fmt: skip
THICK: dict[int, tuple[float, float]] = {1: (4.4, 3.2), 2: (3.4, 2.8), 3: (3.5, 2.9), 4: (3.4, 2.8), 5: (3.1, 2.5)}


def _sheet(title: str) -> Drawing:
    return Drawing(SIDE, SIDE, title, ICON_LINE)


def _hand(fingers: tuple[int, ...] = (1, 2, 3, 4, 5)) -> tuple[tuple[Floats, Floats], Mask]:
    """A left hand seen from above as a mask: palm and fingers."""
    cells = grid(SIDE, SIDE)
    ring = np.concatenate([c[:3] for c in spline(PALM, closed=True)]) * CELLS
    mask = np.zeros(cells[0].shape, bool)
    rows, columns = draw.polygon(ring[:, 1], ring[:, 0], mask.shape)
    mask[rows, columns] = True
    for k in range(1, 6):
        if k in fingers:
            mask |= capsule(cells, ROOTS[k], TIPS[k], *THICK[k])
        elif k > 1:  # curled in
            root, tip = np.array(ROOTS[k]), np.array(TIPS[k])
            short = root + 0.25 * (tip - root)
            mask |= capsule(cells, ROOTS[k], (float(short[0]), float(short[1])), *THICK[k])
    return cells, mask


def _working(name: str) -> Drawing:
    """A hand whose working part is marked."""
    fingers = {"fingers": (1, 2, 3), "thumbs": (1, 2, 3, 4, 5)}.get(name, (1, 2, 3, 4, 5))
    cells, hand = _hand(fingers)
    x, y = cells
    pads = {"pads": (2, 3, 4, 5), "fingers": (2, 3), "thumbs": (1,)}
    if name == "flat":
        part = hand
    elif name == "heel":
        part = hand & (y > 34.5 + 0.02 * (x - 25) ** 2)
    elif name == "still":
        part = hand & (np.hypot(x - 26, y - 32) < 6.5)
    else:
        part = np.zeros_like(hand)
        for k in pads[name]:
            root, tip = np.array(ROOTS[k]), np.array(TIPS[k])
            near = tip + (root - tip) * (0.42 if k == 1 else 0.30)
            pad = capsule(cells, (float(near[0]), float(near[1])), TIPS[k], 4.2, 3.4)
            part |= pad & capsule(cells, ROOTS[k], TIPS[k], *THICK[k])
    d = _sheet(TITLES[f"icon-{name}"])
    area(d, "object", *traced(hand, 7.0))
    area(d, "object-shade", *traced(part, 7.0 if name == "flat" else 2.0))
    stroke(d, "line-outer", *traced(hand, 7.0), close=True)
    return d


def _head(d: Drawing, tip: Spot, way: Spot, size: float = 6.5) -> None:
    """An arrowhead with its tip at `tip`."""
    t, w = np.array(tip), np.array(way) / np.hypot(*way)
    side = np.array([-w[1], w[0]]) * size * 0.55
    back = t - w * size
    notch = t - w * size * 0.75
    points = [t, back + side, notch, back - side]
    area(d, "line-fill", polyline([(float(p[0]), float(p[1])) for p in [*points, points[0]]]))


def _clock() -> Drawing:
    d = _sheet(TITLES["icon-clock"])
    area(d, "object", ellipse((24, 24), (19, 19)))
    stroke(d, "line-outer", ellipse((24, 24), (19, 19)))
    stroke(d, "line-object", polyline([(24, 11.5), (24, 24), (32.5, 29)]))
    return d


def _repeat() -> Drawing:
    d = _sheet(TITLES["icon-repeat"])
    stroke(d, "line-outer", arc((24, 24), (19, 19), 195, 341), arc((24, 24), (19, 19), 15, 161))
    _head(d, (43.2, 23.6), (0.24, 1.0), 8)
    _head(d, (4.8, 24.4), (-0.24, -1.0), 8)
    return d


def _swap() -> Drawing:
    d = _sheet(TITLES["icon-swap-sides"])
    stroke(d, "line-seam", polyline([(24, 6), (24, 12)]), polyline([(24, 36), (24, 42)]))
    stroke(d, "line-outer", segment((7, 19), (36, 19)), segment((41, 30), (12, 30)))
    _head(d, (42, 19), (1, 0), 8)
    _head(d, (6, 30), (-1, 0), 8)
    return d


def _turn_head() -> Drawing:
    d = _sheet(TITLES["icon-turn-head"])
    head = ellipse((24, 27), (10.5, 13))
    ears = [ellipse((13.4, 28), (2.2, 3.6)), ellipse((34.6, 28), (2.2, 3.6))]
    area(d, "object", *ears)
    stroke(d, "line-outer", *ears)
    area(d, "object-shade", head)
    stroke(d, "line-outer", head)
    stroke(d, "line-outer", arc((24, 27), (18, 18), 214, 326))
    _head(d, (40.7, 20.4), (0.62, 1.0), 6.5)
    _head(d, (7.3, 20.4), (-0.62, 1.0), 6.5)
    return d


def _stop() -> Drawing:
    d = _sheet(TITLES["icon-stop"])
    corners = [(24 + 20 * float(np.cos(a)), 24 + 20 * float(np.sin(a))) for a in np.radians(22.5 + 45 * np.arange(8))]
    sign = rounded(corners, 2)
    area(d, "object-shade", sign)
    stroke(d, "line-outer", sign)
    stroke(d, "line-object", segment((16.5, 16.5), (31.5, 31.5)), segment((31.5, 16.5), (16.5, 31.5)))
    return d


def _pressure() -> Drawing:
    d = _sheet(TITLES["icon-pressure"])
    dots = [ellipse((5.2 + 9.4 * k, 24), (3.3, 3.3)) for k in range(5)]
    area(d, "object", *dots[3:])
    area(d, "object-shade", *dots[:3])
    stroke(d, "line-outer", *dots)
    return d


TITLES = {
    "icon-flat": "Whole flat hand",
    "icon-heel": "Heel of the hand",
    "icon-pads": "Finger pads",
    "icon-fingers": "Two fingers",
    "icon-thumbs": "Thumb",
    "icon-still": "Still hand",
    "icon-clock": "Clock",
    "icon-repeat": "Repeat",
    "icon-swap-sides": "Swap sides",
    "icon-turn-head": "Turn the head",
    "icon-stop": "Stop",
    "icon-pressure": "Pressure: three of five dots",
}
OTHERS = {
    "icon-clock": _clock, "icon-repeat": _repeat, "icon-swap-sides": _swap, "icon-turn-head": _turn_head,
    "icon-stop": _stop, "icon-pressure": _pressure,
}  # fmt: skip


def icon(name: str) -> Drawing:
    """Draw an icon."""
    return OTHERS[name]() if name in OTHERS else _working(name.removeprefix("icon-"))
