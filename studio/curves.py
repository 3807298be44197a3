"""Polylines smoothed with their corners kept, and fitted with cubic Bezier curves.

Fitting follows P. J. Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems (1990): least
squares for the two inner control points, Newton steps on the parameters, a split at the worst point.
"""

from __future__ import annotations

import itertools

import numpy as np
from scipy.ndimage import gaussian_filter1d

from studio.mesh import Floats

Cubic = Floats  # (4, 2) control points


def length(points: Floats) -> float:
    """Length of a polyline."""
    return float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())


def resample(points: Floats, step: float) -> Floats:
    """Points at even distances along a polyline, both ends kept."""
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    count = max(2, round(along[-1] / step) + 1)
    t = np.linspace(0, along[-1], count)
    return np.stack([np.interp(t, along, points[:, k]) for k in range(points.shape[1])], 1)


def smooth_open(points: Floats, sigma: float) -> Floats:
    """Gaussian smoothing that keeps both ends (odd reflection beyond them)."""
    if len(points) < 4:
        return points
    n = min(len(points) - 1, int(4 * sigma) + 1)
    before = 2 * points[0] - points[n:0:-1]
    after = 2 * points[-1] - points[-2 : -n - 2 : -1]
    padded = np.concatenate([before, points, after])
    out: Floats = gaussian_filter1d(padded, sigma, axis=0)[n : n + len(points)]
    out[0], out[-1] = points[0], points[-1]
    return out


def corners(points: Floats, span: int, degrees: float) -> list[int]:
    """Indices where an open polyline turns by more than `degrees` between `span` points before and after."""
    n = len(points)
    if n < 2 * span + 3:
        return []
    i = np.arange(span, n - span)
    a, b = points[i] - points[i - span], points[i + span] - points[i]
    cosine = (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1) + 1e-9)
    turn = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    found: list[int] = []
    for j in np.argsort(-turn, kind="stable"):
        if turn[j] < degrees:
            break
        if all(abs(int(i[j]) - other) > span for other in found):
            found.append(int(i[j]))
    return sorted(found)


def smooth_path(points: Floats, sigma: float, closed: bool) -> Floats:
    """Smooth a traced path; sharp corners (over 55 degrees) stay sharp. A closed path repeats its first point."""
    if closed and len(points) > 8:
        start = _roll_start(points[:-1], sigma)
        rolled = np.roll(points[:-1], -start, axis=0)
        rolled = np.concatenate([rolled, rolled[:1]])
        rough = gaussian_filter1d(rolled[:-1], 0.6 * sigma, axis=0, mode="wrap")
        if not corners(np.concatenate([rough, rough]), int(3 * sigma), 55):
            out = gaussian_filter1d(points[:-1], sigma, axis=0, mode="wrap")
            return np.concatenate([out, out[:1]])
        out = _between_corners(rolled, sigma)
        out = np.roll(out[:-1], start, axis=0)
        return np.concatenate([out, out[:1]])
    return _between_corners(points, sigma)


def _roll_start(points: Floats, sigma: float) -> int:
    """Where best to cut a closed path: its sharpest corner."""
    span = int(3 * sigma)
    rough = gaussian_filter1d(points, 0.6 * sigma, axis=0, mode="wrap")
    a = rough - np.roll(rough, span, axis=0)
    b = np.roll(rough, -span, axis=0) - rough
    cosine = (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1) + 1e-9)
    return int(np.argmin(cosine))


def _between_corners(points: Floats, sigma: float) -> Floats:
    rough = smooth_open(points, 0.6 * sigma)
    bounds = [0, *corners(rough, int(2 * sigma), 52), len(points) - 1]
    out = points.copy()
    for a, b in itertools.pairwise(bounds):
        out[a : b + 1] = smooth_open(points[a : b + 1], min(sigma, max(1.5, (b - a) / 10)))
    return out


def _unit(v: Floats) -> Floats:
    size = float(np.linalg.norm(v))
    return v / size if size > 1e-9 else np.array([1.0, 0.0])


def _at(cubic: Cubic, t: Floats) -> Floats:
    s = t[:, None]
    return (1 - s) ** 3 * cubic[0] + 3 * (1 - s) ** 2 * s * cubic[1] + 3 * (1 - s) * s * s * cubic[2] + s**3 * cubic[3]


def _least_squares(p: Floats, first: Floats, last: Floats, u: Floats) -> Cubic:
    b0, b1, b2, b3 = (1 - u) ** 3, 3 * (1 - u) ** 2 * u, 3 * (1 - u) * u * u, u**3
    a1, a2 = b1[:, None] * first, b2[:, None] * last
    c11, c12, c22 = (a1 * a1).sum(), (a1 * a2).sum(), (a2 * a2).sum()
    rest = p - (b0 + b1)[:, None] * p[0] - (b2 + b3)[:, None] * p[-1]
    x1, x2 = (rest * a1).sum(), (rest * a2).sum()
    det = c11 * c22 - c12 * c12
    chord = float(np.linalg.norm(p[-1] - p[0]))
    near = far = chord / 3
    if abs(det) > 1e-9:
        near, far = (x1 * c22 - x2 * c12) / det, (c11 * x2 - c12 * x1) / det
    if min(near, far) < 1e-3 * chord or max(near, far) > 3 * chord + 1:
        near = far = chord / 3
    return np.array([p[0], p[0] + first * near, p[-1] + last * far, p[-1]])


def _newton(p: Floats, c: Cubic, q: Floats, u: Floats) -> Floats:
    s = u[:, None]
    d1 = 3 * (1 - s) ** 2 * (c[1] - c[0]) + 6 * (1 - s) * s * (c[2] - c[1]) + 3 * s * s * (c[3] - c[2])
    d2 = 6 * (1 - s) * (c[2] - 2 * c[1] + c[0]) + 6 * s * (c[3] - 2 * c[2] + c[1])
    top = ((q - p) * d1).sum(1)
    bottom = (d1 * d1).sum(1) + ((q - p) * d2).sum(1)
    safe = np.where(np.abs(bottom) > 1e-9, bottom, 1)
    return np.clip(np.where(np.abs(bottom) > 1e-9, u - top / safe, u), 0, 1)


def fit(
    p: Floats, tolerance: float, first: Floats | None = None, last: Floats | None = None, look: int = 6
) -> list[Cubic]:
    """Cubics through polyline p (n, 2), nowhere further than `tolerance` from it; `look` points give the end tangents."""
    n = len(p)
    first = _unit(p[min(look, n - 1)] - p[0]) if first is None else first
    last = _unit(p[max(-look - 1, -n)] - p[-1]) if last is None else last
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))]
    if along[-1] < 1e-9:
        return []
    if n <= 2:
        third = along[-1] / 3
        return [np.array([p[0], p[0] + first * third, p[-1] + last * third, p[-1]])]
    u = along / along[-1]
    worst = n // 2
    for _ in range(5):
        cubic = _least_squares(p, first, last, u)
        q = _at(cubic, u)
        error = ((q - p) ** 2).sum(1)
        worst = int(error.argmax())
        if error[worst] < tolerance**2:
            return [cubic]
        if error[worst] > 30 * tolerance**2:
            break
        better = _newton(p, cubic, q, u)
        if (np.diff(better) < 0).any():
            break
        u = better
    cut = min(max(worst, 1), n - 2)
    tangent = _unit(p[max(0, cut - look)] - p[min(n - 1, cut + look)])
    return fit(p[: cut + 1], tolerance, first, tangent, look) + fit(p[cut:], tolerance, -tangent, last, look)


def fit_with_corners(points: Floats, tolerance: float, span: int, degrees: float, look: int) -> list[Cubic]:
    """`fit`, in pieces between sharp corners."""
    bounds = [0, *corners(points, span, degrees), len(points) - 1]
    return [c for a, b in itertools.pairwise(bounds) for c in fit(points[a : b + 1], tolerance, look=look)]
