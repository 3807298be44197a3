"""From layers and marks to a finished drawing: look, trace, join, fit; fill, shade, line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from studio.buffers import Buffers, Layer, look
from studio.camera import Camera, Point
from studio.chains import trace
from studio.curves import fit, fit_with_corners, resample
from studio.edges import INNER, OBJECT, OUTER, cracks
from studio.fills import blade, cast_shadow, form_shadow, layer_mask, outlines
from studio.joining import FINE, join
from studio.markings import Mark, visible_runs
from studio.mesh import Floats, Mask
from studio.palette import FILLS
from studio.parts import PART
from studio.svg import Drawing, path_data

EAR = 32  # pixels, the narrowest ear with lines of its own
ROLE_OF_KIND = {OUTER: "line-outer", OBJECT: "line-object", INNER: "line-inner"}


@dataclass(frozen=True)
class Hand:
    """How a picture is drawn: its width in art units, the outer line, the light, and how much is shaded."""

    width: float = 1000
    line: float = 2.4
    light: Point = (0.35, -0.55, 1.0)
    shade: float = 0.22  # normals whose cosine to the light lies below are in shade
    speck: float = 700  # pixels, the smallest patch of shade
    soft: float = 16.0  # pixels the normals are blurred by
    sigma: float = 6.0  # pixels of line smoothing
    shortest: float = 0.0  # pixels, inner lines of any layer
    casters: tuple[str, ...] = ()  # layers that cast a shadow
    reach: tuple[float, float] = (0.02, 9.0)  # metres between caster and shadow, at least and at most


def draft(layers: Sequence[Layer], marks: Sequence[Mark], camera: Camera, hand: Hand, title: str) -> Drawing:
    """Draw one picture."""
    seen = look(layers, camera)
    scale = hand.width / camera.size[0]
    drawing = Drawing(hand.width, round(camera.size[1] * scale, 1), title, hand.line)
    _fill(drawing, seen, marks, hand, scale)
    _line(drawing, seen, marks, hand, scale)
    _mark(drawing, seen, marks, scale)
    return drawing


def _fill(drawing: Drawing, seen: Buffers, marks: Sequence[Mark], hand: Hand, scale: float) -> None:
    roles: dict[str, list[int]] = {}
    for i, layer in enumerate(seen.layers):
        if layer.role:
            roles.setdefault(layer.role, []).append(i)
    for role, indices in roles.items():
        mask = layer_mask(seen, indices)
        _paint(drawing, role, mask, scale, 2.2, 120)
    shadows = _shadows(seen, marks, hand)
    for role, indices in roles.items():
        shade = f"{role}-shade"
        if shade in FILLS:
            _paint(drawing, shade, np.isin(seen.layer, indices) & shadows, scale, 5.0, hand.speck)
    nails = (seen.part == PART["nail"]) & seen.where("giver-skin")
    _paint(drawing, "nail", nails, scale, 2.0, 60)
    for i, layer in enumerate(seen.layers):
        for spot in layer.spots:
            _paint(drawing, spot.role, seen.spot(i, spot), scale, 1.5, 12)


def _paint(drawing: Drawing, role: str, mask: Mask, scale: float, sigma: float, smallest: float) -> None:
    if not mask.any():
        return
    drawing.add(role, "".join(path_data(c, scale, True) for c in outlines(mask, sigma, 1.2, smallest)))


def _shadows(seen: Buffers, marks: Sequence[Mark], hand: Hand) -> Mask:
    light = np.array(hand.light) / np.linalg.norm(hand.light)
    dark = np.zeros(seen.layer.shape, bool)
    for i, layer in enumerate(seen.layers):
        if layer.role:
            cloth = "trousers" in layer.role  # broad, quiet shade: no patches in the seat
            level, soft = (0.55 * hand.shade, 2.2 * hand.soft) if cloth else (hand.shade, hand.soft)
            dark |= form_shadow(seen, i, light, level, soft)
    casters = tuple(layer for layer in seen.layers if layer.name in hand.casters)
    if casters:
        dark |= cast_shadow(seen, casters, light, hand.reach, 2400)
    for mark in marks:
        if mark.widths is not None:
            for path, widths in visible_runs(seen, mark):
                dark |= blade(path, widths, seen.layer.shape)
    return dark


def _line(drawing: Drawing, seen: Buffers, marks: Sequence[Mark], hand: Hand, scale: float) -> None:
    least = np.array([max(layer.shortest, hand.shortest) for layer in seen.layers] + [0.0])
    shortest = least[seen.layer]
    shortest[_quiet(seen, marks)] = np.inf
    shortest[_ears(seen)] = FINE
    lines = join(trace(*cracks(seen)), hand.sigma, 3.5 * hand.sigma, shortest)
    by_role: dict[str, str] = {}
    for line in lines:
        points: Floats = resample(line.points, 2.0)
        if line.closed:
            points[-1] = points[0]
        role = ROLE_OF_KIND[int(line.kinds[0])]
        cubics = fit_with_corners(points, 0.9, 6, 60, 6)
        by_role[role] = by_role.get(role, "") + path_data(cubics, scale, line.closed)
    for role in ("line-inner", "line-object", "line-outer"):
        drawing.add(role, by_role.get(role, ""))


def _quiet(seen: Buffers, marks: Sequence[Mark]) -> Mask:
    """Pixels round marks that want no fold beside them."""
    out = np.zeros(seen.layer.shape, bool)
    for mark in marks:
        for path, _ in visible_runs(seen, mark) if mark.quiet else ():
            for x, y in path[::3].astype(int):
                out[max(0, y - mark.quiet) : y + mark.quiet, max(0, x - mark.quiet) : x + mark.quiet] = True
    return out


def _ears(seen: Buffers) -> Mask:
    """Ears large enough to be drawn in full, and a little round them; a narrower one would become a blot."""
    ears, _ = ndimage.label(ndimage.binary_dilation(seen.part == PART["ear"], iterations=3))
    for number, box in enumerate(ndimage.find_objects(ears), 1):
        if min(side.stop - side.start for side in box) < EAR:
            ears[ears == number] = 0
    return np.asarray(ears > 0)


def _mark(drawing: Drawing, seen: Buffers, marks: Sequence[Mark], scale: float) -> None:
    by_role: dict[str, str] = {}
    for mark in marks:
        if mark.widths is None:
            for path, _ in visible_runs(seen, mark):
                by_role[mark.role] = by_role.get(mark.role, "") + path_data(fit(path, 0.9, look=8), scale)
    for role in sorted(by_role):
        drawing.add(role, by_role[role])
