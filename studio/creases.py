"""The creases of an open left palm that faces up, its wrist at the origin: three main lines, the wrist's, those of the fingers.

They are written in the coordinates of the hand maps (see `palms`) and laid on the skin that is seen from above.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicSpline

from studio.buffers import Layer
from studio.contact import HeightField, height_field
from studio.markings import Mark
from studio.mesh import Floats, Mask, surface
from studio.parts import FINGERS, PART, surface_parts
from studio.skeleton import Posed

PARTS_SHOWN = ("armL", "handL", *(f for f in FINGERS if f.endswith("L")))
CREASES = (  # x, y in the map's coordinates
    ((-0.90, 0.435), (-0.55, 0.407), (-0.24, 0.319), (-0.10, 0.198), (-0.14, 0.055)),
    ((-0.91, 0.457), (-0.42, 0.440), (0.10, 0.363), (0.58, 0.253)),
    ((0.98, 0.440), (0.62, 0.462), (0.22, 0.506), (-0.08, 0.550), (-0.20, 0.600)),
    ((-0.46, 0.000), (-0.1, -0.014), (0.36, 0.006)),
)


def palm_marks(posed: Posed, skin: Layer) -> list[Mark]:
    """All creases, as marks on the skin."""
    x0, half, unit = measured(posed)
    lines = [[(x0 + x * half, y * unit) for x, y in line] for line in CREASES] + _across(posed)
    field = surface_of(skin)
    return [laid(line, field, 1.0, skin.name) for line in lines]


def surface_of(skin: Layer) -> HeightField:
    """How high the hand's skin lies, seen straight on."""
    keep = np.ones(len(skin.vertices)) if skin.keep is None else skin.keep
    return height_field([(skin.vertices, skin.faces, keep)], low=(-0.15, -0.1), high=(0.15, 0.2), cells=900)


def laid(line: list[tuple[float, float]], field: HeightField, towards: float, layer: str) -> Mark:
    """A smooth line through places seen straight on, laid on the side of the hand that is seen."""
    knots = np.array(line, float)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))]
    flat = CubicSpline(along, knots)(np.linspace(0, along[-1], 60))
    cell = ((flat - field.low) * field.zoom).astype(int)
    heights = towards * (field.heights[cell[:, 1], cell[:, 0]] + 0.001)
    return Mark(np.c_[flat, heights], "line-seam", layer, 0.01, 10, 4)


def measured(posed: Posed) -> tuple[float, float, float]:
    """The middle of the palm and half its width at the knuckles, and how far the middle finger reaches (metres)."""
    unit = float((surface("body", 1).matrix @ posed.vertices)[_fingers(), 1].max())
    across = across_at(posed, 0.92 * float(posed.joint("finger3-1.L")[1]))
    return float(across.min() + across.max()) / 2, float(np.ptp(across)) / 2, unit


def across_at(posed: Posed, y: float) -> Floats:
    """x of the hand's skin at a height over the wrist (metres), without the thumb."""
    skin = np.asarray(surface("body", 1).matrix @ posed.vertices)
    part = surface_parts("body", 1).argmax(1)
    hand = np.isin(part, [PART[p] for p in PARTS_SHOWN if p != "finger1L"])
    return np.asarray(skin[hand & (np.abs(skin[:, 1] - y) < 0.006), 0])


def _fingers() -> Mask:
    """The skin of the middle finger."""
    return np.asarray(surface_parts("body", 1).argmax(1) == PART["finger3L"])


def _across(posed: Posed) -> list[list[tuple[float, float]]]:
    """The creases of the fingers: short lines across each joint and each root."""
    lines = []
    for k in range(1, 6):
        joints = [posed.joint(f"finger{k}-{j}.L")[:2] for j in (1, 2, 3)]
        spots = [] if k == 1 else [0.58 * joints[0] + 0.42 * joints[1], joints[1]]
        for at, reach in zip([*spots, joints[2]], (0.0070, 0.0058, 0.0050) if k > 1 else (0.0056,), strict=True):
            way = (joints[2] - joints[1]) / np.linalg.norm(joints[2] - joints[1])
            side = np.array([way[1], -way[0]]) * reach * (0.82 if k == 5 else 1)
            bow = -0.0010 * way
            lines.append([tuple(at - side), tuple(at + bow), tuple(at + side)])
    return lines
