"""Flat shapes for the pictures drawn without a mesh: ellipses, rounded polygons, splines, and blobs from distances."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from scipy.interpolate import CubicSpline

from studio.curves import Cubic, fit_with_corners, resample
from studio.fills import outlines
from studio.mesh import Floats, Mask

Spot = tuple[float, float]
CIRCLE = 0.5522847498  # control points of a quarter circle
CELLS = 10  # mask cells per art unit


def segment(a: Spot, b: Spot) -> list[Cubic]:
    """A straight line."""
    p, q = np.array(a, float), np.array(b, float)
    return [np.array([p, p + (q - p) / 3, p + 2 * (q - p) / 3, q])]


def polyline(points: Sequence[Spot]) -> list[Cubic]:
    """Straight lines through points."""
    return [c for a, b in itertools.pairwise(points) for c in segment(a, b)]


def arc(centre: Spot, radii: Spot, start: float, end: float) -> list[Cubic]:
    """Part of an ellipse from `start` to `end` degrees (0 right, 90 down)."""
    steps = max(1, int(np.ceil(abs(end - start) / 90)))
    bounds = np.radians(np.linspace(start, end, steps + 1))
    reach = 4 / 3 * np.tan((bounds[1] - bounds[0]) / 4)
    out = []
    for a, b in itertools.pairwise(bounds):
        unit = np.array(
            [
                (np.cos(a), np.sin(a)),
                (np.cos(a) - reach * np.sin(a), np.sin(a) + reach * np.cos(a)),
                (np.cos(b) + reach * np.sin(b), np.sin(b) - reach * np.cos(b)),
                (np.cos(b), np.sin(b)),
            ]
        )
        out.append(unit * radii + centre)
    return out


def ellipse(centre: Spot, radii: Spot) -> list[Cubic]:
    """A whole ellipse."""
    return arc(centre, radii, 0, 360)


def rounded(points: Sequence[Spot], radius: float) -> list[Cubic]:
    """A closed polygon with rounded corners."""
    p = np.array(points, float)
    out: list[Cubic] = []
    starts, ends = [], []
    for i in range(len(p)):
        a, b, c = p[i - 1], p[i], p[(i + 1) % len(p)]
        r = min(radius, 0.5 * float(np.linalg.norm(a - b)), 0.5 * float(np.linalg.norm(c - b)))
        starts.append(b + (a - b) / np.linalg.norm(a - b) * r)
        ends.append(b + (c - b) / np.linalg.norm(c - b) * r)
    for i in range(len(p)):
        out.append(
            np.array([starts[i], starts[i] + CIRCLE * (p[i] - starts[i]), ends[i] + CIRCLE * (p[i] - ends[i]), ends[i]])
        )
        out += segment(tuple(ends[i]), tuple(starts[(i + 1) % len(p)]))
    return out


def spline(points: Sequence[Spot], closed: bool = False) -> list[Cubic]:
    """A smooth curve through points."""
    p = np.array([*points, points[0]] if closed else points, float)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))]
    curve = CubicSpline(along, p, bc_type="periodic" if closed else "not-a-knot")
    slopes = curve(along, 1)
    out = []
    for i in range(len(p) - 1):
        third = (along[i + 1] - along[i]) / 3
        out.append(np.array([p[i], p[i] + third * slopes[i], p[i + 1] - third * slopes[i + 1], p[i + 1]]))
    return out


def grid(width: float, height: float) -> tuple[Floats, Floats]:
    """Art coordinates of the mask's cells."""
    y, x = np.mgrid[0 : int(height * CELLS), 0 : int(width * CELLS)]
    return (x + 0.5) / CELLS, (y + 0.5) / CELLS


def capsule(cells: tuple[Floats, Floats], a: Spot, b: Spot, thick: float, thin: float) -> Mask:
    """A finger: a bar from a to b with round ends of radius `thick` and `thin`."""
    x, y = cells
    ax, ay, bx, by = *a, *b
    span = (bx - ax) ** 2 + (by - ay) ** 2
    t = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / max(span, 1e-9), 0, 1)
    far = np.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
    return np.asarray(far < thick + t * (thin - thick))


def traced(mask: Mask, sigma: float = 3.0) -> list[list[Cubic]]:
    """The outlines of a mask on the grid, in art units."""
    return [[c / CELLS for c in ring] for ring in outlines(mask, sigma, 0.5, 60)]


def fitted(points: Floats, tolerance: float = 0.15) -> list[Cubic]:
    """A curve through many points."""
    return fit_with_corners(resample(points, 0.5), tolerance, 5, 50, 4)
