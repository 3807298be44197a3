"""Things that people lie, sit and lean on: rounded slabs, rolls, rods, balls, and their outline curves."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from studio.mesh import Floats, Ints, triangles
from studio.poses import turn

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Mesh:
    """Vertices, triangles and the curves drawn on them."""

    vertices: Floats
    faces: Ints
    curves: tuple[Floats, ...] = field(default_factory=tuple)


def _sheet(rows: int, columns: int, wrap: bool = False) -> Ints:
    index = np.arange(rows * columns).reshape(rows, columns)
    right = np.roll(index, -1, 1) if wrap else index[:, 1:]
    left = index if wrap else index[:, :-1]
    return triangles(np.stack([left[:-1], left[1:], right[1:], right[:-1]], -1).reshape(-1, 4))


def slab(low: Triple, high: Triple, corner: float, edge: float, puff: float = 0.0, cells: int = 18) -> Mesh:
    """A cushion: a box with rounded corners (radius `corner` seen from above, `edge` seen from the side)."""
    lo, hi = np.array(low), np.array(high)
    half = (hi - lo) / 2
    grid = np.linspace(-1, 1, cells + 1)
    a, b = np.meshgrid(*(np.sign(grid) * np.abs(grid) ** 0.5,) * 2, indexing="ij")
    vertices: list[Floats] = []
    faces: list[Ints] = []
    for axis in range(3):
        for side in (-1.0, 1.0):
            v = np.zeros((a.size, 3))
            others = [k for k in range(3) if k != axis]
            v[:, axis], v[:, others[0]], v[:, others[1]] = side, a.ravel(), b.ravel()
            faces.append(_sheet(*a.shape) + len(vertices) * a.size)
            vertices.append(v)
    box = np.concatenate(vertices) * half
    radius = np.minimum((corner, corner, edge), half * 0.999)
    core = np.clip(box, -(half - radius), half - radius)
    out = (box - core) / radius
    far = np.linalg.norm(out, axis=1, keepdims=True)
    box = core + np.where(far > 1e-9, out / np.maximum(far, 1e-9), 0) * radius
    if puff:
        swell = (1 - (box[:, 0] / half[0]) ** 2) * (1 - (box[:, 1] / half[1]) ** 2)
        box[:, 2] += puff * swell * np.sign(box[:, 2])
    rims: tuple[Floats, ...] = ()
    if not puff:
        inset = 0.6 * edge
        rims = (ring(lo[:2] + inset, hi[:2] - inset, max(corner - inset, 0.004), high[2] + 0.0005),)
    return Mesh(box + (lo + hi) / 2, np.concatenate(faces), rims)


def ring(low: Floats, high: Floats, radius: float, z: float, cells: int = 10) -> Floats:
    """A closed rounded rectangle at height z, (n, 3)."""
    (x0, y0), (x1, y1) = low, high
    spots: tuple[tuple[float, float, float], ...] = ((x1 - radius, y1 - radius, 0), (x0 + radius, y1 - radius, 90))
    spots += ((x0 + radius, y0 + radius, 180), (x1 - radius, y0 + radius, 270))
    points = []
    for x, y, start in spots:
        for t in np.radians(np.linspace(start, start + 90, cells)):
            points.append((x + radius * np.cos(t), y + radius * np.sin(t), z))
    return np.array([*points, points[0]])


def folded(low: Triple, high: Triple, corner: float, layers: int, loose: float = 0.0) -> Mesh:
    """A folded towel or blanket: a slab whose sides show the folds as lines."""
    mesh = slab(low, high, corner, min(0.5 * (high[2] - low[2]), 0.016))
    lines = []
    for k in range(1, layers):
        z = low[2] + (high[2] - low[2]) * k / layers
        bulge = 0.001 + loose * np.sin(np.pi * k / layers)
        lines.append(ring(np.array(low[:2]) - bulge, np.array(high[:2]) + bulge, corner, z))
    return Mesh(mesh.vertices, mesh.faces, (*mesh.curves, *lines))


def roll(start: Triple, end: Triple, radius: float, turns: int = 2, cells: int = 40) -> Mesh:
    """A rolled towel from `start` to `end`, a spiral drawn on each end."""
    a, b = np.array(start), np.array(end)
    axis = (b - a) / np.linalg.norm(b - a)
    side = np.cross(axis, (0, 0, 1.0))
    side /= np.linalg.norm(side)
    over = np.cross(side, axis)
    length = float(np.linalg.norm(b - a))
    soft = 0.25 * radius
    t = np.radians(np.linspace(0, 90, 8))
    along = np.r_[0, soft * (1 - np.cos(t)), length - soft * (1 - np.cos(t[::-1])), length]
    across = np.r_[0, radius - soft + soft * np.sin(t), radius - soft + soft * np.sin(t[::-1]), 0]
    angle = np.linspace(0, 2 * np.pi, cells, endpoint=False)
    around = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * over
    vertices = a + along[:, None, None] * axis + across[:, None, None] * around
    curves = []
    s = np.linspace(0, 1, 90)[:, None]
    spiral = (0.9 - 0.72 * s) * radius * (np.cos(2 * np.pi * turns * s) * side + np.sin(2 * np.pi * turns * s) * over)
    for place in (a - 0.001 * axis, b + 0.001 * axis):
        curves.append(place + spiral)
    return Mesh(vertices.reshape(-1, 3), _sheet(len(along), cells, wrap=True), tuple(curves))


def rod(start: Triple, end: Triple, radius: float, far: float, cells: int = 32) -> Mesh:
    """A round bar from `start` (`radius`) to `end` (radius `far`), its ends slightly rounded."""
    a, b = np.array(start), np.array(end)
    length = float(np.linalg.norm(b - a))
    axis = (b - a) / length
    side = np.cross(axis, (0, 0, 1.0) if abs(axis[2]) < 0.9 else (1.0, 0, 0))
    side /= np.linalg.norm(side)
    over = np.cross(side, axis)
    soft = 0.2 * min(radius, far)
    along = np.array([0, 0, soft, length - soft, length, length])
    across = np.array([0, radius - soft, radius, far, far - soft, 0])
    angle = np.linspace(0, 2 * np.pi, cells, endpoint=False)
    around = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * over
    vertices = a + along[:, None, None] * axis + across[:, None, None] * around
    return Mesh(vertices.reshape(-1, 3), _sheet(len(along), cells, wrap=True))


def ball(centre: Triple, radius: float, squash: Triple = (1, 1, 1), cells: int = 24) -> Mesh:
    """A ball or an ellipsoid."""
    t, p = np.meshgrid(
        np.linspace(0, np.pi, cells), np.linspace(0, 2 * np.pi, 2 * cells, endpoint=False), indexing="ij"
    )
    unit = np.stack([np.sin(t) * np.cos(p), np.sin(t) * np.sin(p), np.cos(t)], -1)
    return Mesh(unit.reshape(-1, 3) * radius * np.array(squash) + centre, _sheet(*t.shape, wrap=True))


def turned(mesh: Mesh, axis: str, degrees: float, about: Triple = (0, 0, 0)) -> Mesh:
    """The mesh turned about a point."""
    matrix, centre = turn(axis, degrees).T, np.array(about)
    curves = tuple((c - centre) @ matrix + centre for c in mesh.curves)
    return Mesh((mesh.vertices - centre) @ matrix + centre, mesh.faces, curves)
