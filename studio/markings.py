"""Curves drawn on skin and cloth: seams, the face, knuckles, and the soft marks of the back.

Marks of the body are written once over the rest body, seen straight from the back or the front, and projected onto
whatever pose it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.interpolate import CubicSpline

from studio.buffers import Buffers
from studio.curves import resample, smooth_open
from studio.mesh import Floats, Ints, normals, surface
from studio.parts import PART, SIDES, surface_parts
from studio.poses import axes
from studio.raster import rasterise
from studio.skeleton import Body, Posed

Flat = Sequence[tuple[float, float]]
MAP_CELLS = 1500
EYE = 14  # pixels round lids and brows


@dataclass(frozen=True)
class Mark:
    """A curve in space (n, 3) on a named layer; with `widths` (n, metres) it is a soft band instead of a line."""

    points: Floats
    role: str
    layer: str
    slack: float = 0.012  # metres it may lie behind what the pixel shows
    shortest: float = 12.0  # pixels
    sigma: float = 3.0
    widths: Floats | None = None
    quiet: int = 0  # pixels round it in which no fold is drawn


@dataclass(frozen=True)
class RestMap:
    """Which spot of the body surface lies at rest (x, z), seen from the back or the front."""

    face: NDArray[np.int32]
    b0: Floats
    b1: Floats

    def place(self, posed: Posed, points: Flat, count: int = 60, lift: float = 0.002, sigma: float = 1.5) -> Floats:
        """A smooth curve through rest points (x, z metres), on the posed skin."""
        knots = np.array(points, float)
        if len(knots) > 2:
            along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))]
            knots = CubicSpline(along, knots)(np.linspace(0, along[-1], count))
        else:
            knots = knots[0] + (knots[1] - knots[0]) * np.linspace(0, 1, count)[:, None]
        cell = ((knots + 1) * MAP_CELLS / 2).astype(int)
        face = self.face[cell[:, 1], cell[:, 0]]
        cell, face = cell[face >= 0], face[face >= 0]
        u, v = self.b0[cell[:, 1], cell[:, 0]], self.b1[cell[:, 1], cell[:, 0]]
        share = np.stack([u, v, 1 - u - v], 1)
        matrix, faces = surface("body", 1)
        skin = np.asarray(matrix @ posed.vertices)
        lifted = skin + lift * normals(skin, faces)
        path = np.einsum("nk,nkc->nc", share, lifted[faces[face]])
        return np.asarray(ndimage.gaussian_filter1d(path, sigma, axis=0, mode="nearest"))


@lru_cache(maxsize=8)
def rest_map(name: str, view: str) -> RestMap:
    """The map of a body, from the "back" or the "front"."""
    body = Body(name)
    rest = body.smooth_rest
    away = -rest[:, 1] if view == "back" else rest[:, 1]
    flat = np.stack([(rest[:, 0] + 1) * MAP_CELLS / 2, (rest[:, 2] + 1) * MAP_CELLS / 2, away], 1)
    _, face, b0, b1 = rasterise(flat, surface("body", 1).triangles, np.ones(len(flat)), (MAP_CELLS, MAP_CELLS))
    return RestMap(face, b0, b1)


SHUT = (((0.0150, 0.6826), (0.022, 0.6800), (0.031, 0.6795), (0.0385, 0.6812), (0.0450, 0.6850)),)
UPPER = ((0.0170, 0.6852), (0.0213, 0.6889), (0.0298, 0.6914), (0.0382, 0.6899), (0.0440, 0.6858))
LOWER = ((0.0260, 0.6799), (0.0326, 0.6798), (0.0385, 0.6816))


def face_marks(posed: Posed, layer: str, mouth: bool, large: bool = False, open_eyes: bool = False) -> list[Mark]:
    """Lids, closed if the eyes aren't open, and brows, and with `mouth` the mouth and nose (left out where the head is small).

    A `large` face shows the cells of the map that its marks are projected by: there they are smoothed more. Only it has
    room for the lower lids of open eyes.
    """
    body = posed.body
    eye = body.joint("eye.L")
    size = eye[0] / 0.029
    front = rest_map(body.name, "front")
    along, sigma = (3.0, 5.0) if large else (1.5, 1.5)

    def mark(points: Flat, quiet: int = 0) -> Mark:
        moved = [(x * size, eye[2] + (z - 0.686) * size) for x, z in points]
        return Mark(
            front.place(posed, moved, lift=0.0015, sigma=along), "line-face", layer, 0.006, 16, sigma, quiet=quiet
        )

    lids = (UPPER, LOWER) if open_eyes else SHUT
    marks = []
    for s in (1, -1):
        brow = ((0.0140, 0.7050), (0.023, 0.7100), (0.034, 0.7110), (0.0460, 0.7050))
        marks += [mark([(s * x, z) for x, z in line], EYE) for line in (*lids, brow)]
    if mouth:
        lips = [(-0.0225, 0.6218), (-0.012, 0.6216), (0, 0.6205), (0.012, 0.6216), (0.0225, 0.6218)]
        marks.append(mark(lips, EYE * large))
        marks.append(mark([(-0.0130, 0.6480), (-0.009, 0.6452), (0, 0.6425), (0.009, 0.6452), (0.0130, 0.6480)]))
    return marks


CREST = 0.613  # height of the hip crest as a share of stature, an adult's proportion
CREST_LEVEL = 0.09  # where the routine's coordinates put it


def spine_heights(body: Body) -> tuple[float, float]:
    """Rest heights (metres) of y = 0, the base of the back, and y = 1, the base of the neck.

    The base of the neck is the skin over the lowest neck joint; the hip crest, y = 0.09, lies at 0.613 of the stature.
    On both receivers one y-unit then comes to 46 or 47 cm, and y = 0 to the joint between the lowest lumbar vertebra
    and the sacrum.
    """
    stature = float(np.ptp(body.smooth_rest[:, 2]))
    crest = float(body.smooth_rest[:, 2].min()) + CREST * stature
    neck = float(body.joint("neck01")[2]) + 0.015
    unit = (neck - crest) / (1 - CREST_LEVEL)
    return neck - unit, neck


def _band(posed: Posed, layer: str, points: Flat, half: float, lift: float) -> Mark:
    """A soft band through places on the back (x, y in the routine's coordinates), `half` metres wide each side."""
    body = posed.body
    low, high = spine_heights(body)
    across = 0.19 * (high - low) / 0.46
    spots = [(x * across, low + y * (high - low)) for x, y in points]
    path = rest_map(body.name, "back").place(posed, spots, lift=lift, sigma=3)
    t = np.linspace(0, 1, len(path))
    widths = half * np.sqrt(np.clip(np.sin(np.pi * t), 0, 1)) * (0.75 + 0.25 * np.cos(2 * np.pi * (t - 0.35)))
    return Mark(path, "skin-shade", layer, 0.02, 8, 3, widths)


def furrow(posed: Posed, layer: str, lift: float = 0.001, low: float = -0.10) -> Mark:
    """The furrow of the spine, from `low` up to between the shoulder blades."""
    return _band(posed, layer, [(0, low), *((0, y) for y in (0.20, 0.55, 0.86) if y > low)], 0.0042, lift)


def back_marks(posed: Posed, layer: str) -> list[Mark]:
    """The bare back's soft bands: the furrow of the spine, the inner edge of each shoulder blade."""
    marks = [furrow(posed, layer)]
    for s in (1, -1):
        blade = ((0.37, 0.86), (0.345, 0.78), (0.35, 0.69), (0.40, 0.60), (0.475, 0.578), (0.55, 0.625))
        marks.append(_band(posed, layer, [(s * x, y) for x, y in blade], 0.0045, 0.001))
    return marks


def _first_hits(centre: Floats, rays: Floats, skin: Floats, faces: Ints) -> list[tuple[int, float, float]]:
    """First triangle each ray meets, with its barycentrics (Möller and Trumbore, 1997)."""
    v0 = skin[faces[:, 0]]
    e1, e2 = skin[faces[:, 1]] - v0, skin[faces[:, 2]] - v0
    hits = []
    for ray in rays:
        h = np.cross(ray, e2)
        det = (e1 * h).sum(1)
        det = np.where(np.abs(det) < 1e-14, 1e-14, det)
        s = centre - v0
        u = (s * h).sum(1) / det
        q = np.cross(s, e1)
        v, t = (q @ ray) / det, (e2 * q).sum(1) / det
        good = (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0.001)
        if good.any():
            i = int(np.nonzero(good)[0][t[good].argmin()])
            hits.append((i, float(u[i]), float(v[i])))
    return hits


def knuckle_marks(posed: Posed, side: str, layer: str, nearer: float = 0.0) -> list[Mark]:
    """The creases over the finger joints: two bowed lines over each middle joint, one over each last joint.

    `nearer` is what the hands are drawn nearer than they are, metres.
    """
    body = posed.body
    matrix, faces = surface("body", 1)
    rest, skin = body.smooth_rest, np.asarray(matrix @ posed.vertices)
    fingers = surface_parts("body", 1)[:, [PART[f"finger{k}{side}"] for k in range(1, 6)]].sum(1)
    faces = faces[(fingers[faces] > 0.3).all(1)]
    flip = np.array([-1.0, 1, 1]) if side == SIDES[1] else np.ones(3)
    palm = np.cross(axes()["k"], axes()["m"]) * flip
    marks = []
    for k in range(2, 6):
        for joint, offsets, span in ((2, (-0.0022, 0.0022), 34), (3, (0.0,), 26)):
            centre = body.joint(f"finger{k}-{joint}.{side}")
            along = centre - body.joint(f"finger{k}-{joint - 1}.{side}")
            along = along / np.linalg.norm(along)
            back = -palm + along * (palm @ along)
            back = back / np.linalg.norm(back)
            across = np.cross(along, back)
            angle = np.radians(np.linspace(-span, span, 13))[:, None]
            rays = np.cos(angle) * back + np.sin(angle) * across
            for offset in offsets:
                hits = _first_hits(centre + along * offset, rays, rest, faces)
                if len(hits) < 6:
                    continue
                points = [
                    (1 - u - v) * skin[faces[i, 0]] + u * skin[faces[i, 1]] + v * skin[faces[i, 2]] for i, u, v in hits
                ]
                marks.append(Mark(np.array(points), "line-seam", layer, max(0.006, nearer + 0.002), 14, 1.5))
    return marks


def iso_lines(vertices: Floats, faces: Ints, values: Floats, level: float, shortest: float = 0.03) -> list[Floats]:
    """Polylines (n, 3) along which a vertex field takes `level`; `shortest` in metres."""
    over = values - level
    high = over > 0
    links: dict[tuple[int, int], list[tuple[int, int]]] = {}
    spots: dict[tuple[int, int], Floats] = {}

    def crossing(a: int, b: int) -> tuple[int, int]:
        key = (a, b) if a < b else (b, a)
        if key not in spots:
            share = over[key[0]] / (over[key[0]] - over[key[1]])
            spots[key] = vertices[key[0]] * (1 - share) + vertices[key[1]] * share
        return key

    for a, b, c in faces[(high[faces].sum(1) % 3) != 0].tolist():
        first, last = (crossing(p, q) for p, q in ((a, b), (b, c), (c, a)) if high[p] != high[q])
        links.setdefault(first, []).append(last)
        links.setdefault(last, []).append(first)
    lines, seen = [], set()
    for start in sorted(links, key=lambda k: len(links[k])):
        if start in seen:
            continue
        run = [start]
        seen.add(start)
        while onward := [k for k in links[run[-1]] if k not in seen]:
            run.append(onward[0])
            seen.add(onward[0])
        if len(links[start]) == 2 and start in links[run[-1]]:
            run.append(start)
        line = np.array([spots[k] for k in run])
        if np.linalg.norm(np.diff(line, axis=0), axis=1).sum() > shortest:
            lines.append(line)
    return lines


def visible_runs(seen: Buffers, mark: Mark) -> list[tuple[Floats, Floats]]:
    """The parts of a mark that can be seen, as smoothed pixel polylines with their half-widths in pixels (or none)."""
    camera = seen.camera
    flat = camera.project(mark.points)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(mark.points, axis=0), axis=1))]
    count = max(8, int(np.linalg.norm(np.diff(flat[:, :2], axis=0), axis=1).sum() / 1.5))
    t = np.linspace(0, along[-1], count)
    path = np.stack([np.interp(t, along, flat[:, k]) for k in range(3)], 1)
    columns, rows = camera.size
    x, y = np.clip(path[:, 0].astype(int), 0, columns - 1), np.clip(path[:, 1].astype(int), 0, rows - 1)
    shown = camera.metres(path[:, 2]) < camera.metres(seen.depth[y, x]) + mark.slack
    shown &= seen.layer[y, x] == seen.index(mark.layer)
    shown &= (path[:, 0] >= 0) & (path[:, 0] < columns) & (path[:, 1] >= 0) & (path[:, 1] < rows)
    widths = np.zeros(count)
    if mark.widths is not None:
        metre = camera.focal if not camera.fov else camera.focal * -path[:, 2]
        widths = np.interp(t, along, mark.widths) * metre
    groups, found = ndimage.label(shown)
    runs = []
    for k in range(1, found + 1):
        run = path[groups == k, :2]
        if len(run) > 3 and np.linalg.norm(np.diff(run, axis=0), axis=1).sum() > mark.shortest:
            line = smooth_open(resample(run, 1.5), mark.sigma)
            here = widths[groups == k]
            runs.append((line, np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(here)), here)))
    return runs
