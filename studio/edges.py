"""Cracks: the borders between unlike pixels, by kind.

A crack is the side shared by two pixels. It is OUTER where a layer meets the empty ground, OBJECT where two layers meet,
INNER where one layer folds over itself (the depth jumps by more than the layer's `jump`, measured against both
triangles' planes so that slopes don't count) or where two hard parts touch. Faint inner cracks survive only where they
run on from strong ones (hysteresis, as in J. Canny, "A computational approach to edge detection", 1986).
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from studio.buffers import Buffers
from studio.parts import PARTS, hard_pairs

NOTHING, OUTER, OBJECT, INNER = 0, 1, 2, 3
FAINT = 4
FAINT_SHARE = 0.55  # of the jump

Cracks = NDArray[np.uint8]
njit: Any = nb.njit(cache=True)


@njit
def _metres(depth, pinhole):  # type: ignore[no-untyped-def]
    return -1.0 / depth if pinhole else depth


@njit
def _step(za, zb, sa, sb, pinhole):  # type: ignore[no-untyped-def]
    """Smallest of the three depth differences: plain, and predicted from either side's slope."""
    plain = abs(_metres(za, pinhole) - _metres(zb, pinhole))
    ahead = abs(_metres(zb, pinhole) - _metres(za + sa, pinhole))
    back = abs(_metres(za, pinhole) - _metres(zb - sb, pinhole))
    return min(plain, min(ahead, back))


@njit
def _classify(layer, part, depth, face, slope, jump, lines, hard, pinhole, axis, out):  # type: ignore[no-untyped-def]
    rows, columns = layer.shape
    dy, dx = (0, 1) if axis == 0 else (1, 0)
    for y in range(rows - dy):
        for x in range(columns - dx):
            a, b = layer[y, x], layer[y + dy, x + dx]
            kind = 0
            if a != b:
                quiet = (a < 0 or not lines[a]) and (b < 0 or not lines[b])
                if quiet:
                    kind = 0
                elif a < 0 or b < 0 or not lines[a] or not lines[b]:
                    kind = 1
                else:
                    kind = 2
            elif a >= 0:
                if hard[a, part[y, x], part[y + dy, x + dx]]:
                    kind = 3
                else:
                    fa, fb = face[y, x], face[y + dy, x + dx]
                    if fa != fb:
                        s = _step(depth[y, x], depth[y + dy, x + dx], slope[fa, axis], slope[fb, axis], pinhole)
                        if s > jump[a]:
                            kind = 3
                        elif s > 0.55 * jump[a]:
                            kind = 4
            out[y + dy, x + dx] = kind


def cracks(seen: Buffers) -> tuple[Cracks, Cracks]:
    """Horizontal cracks (above pixel y, x) and vertical cracks (left of pixel y, x), both (height+1, width+1)."""
    rows, columns = seen.layer.shape
    across = np.zeros((rows + 1, columns + 1), np.uint8)
    upright = np.zeros((rows + 1, columns + 1), np.uint8)
    jump = np.array([layer.jump for layer in seen.layers])
    lines = np.array([layer.lines for layer in seen.layers])
    none = np.zeros((len(PARTS), len(PARTS)), bool)
    hard = np.stack([hard_pairs() if layer.hard and layer.parts is not None else none for layer in seen.layers])
    shared = (seen.layer, seen.part, seen.depth, seen.face, seen.slope, jump, lines, hard, seen.camera.fov > 0)
    _classify(*shared, 0, upright)
    _classify(*shared, 1, across)
    _drop_lonely_faint(across, upright)
    return across, upright


def _drop_lonely_faint(across: Cracks, upright: Cracks) -> None:
    """Keep faint cracks only where they touch a strong line of at least a few pixels."""
    faint = (across == FAINT) | (upright == FAINT)
    strong = (across == INNER) | (upright == INNER)
    groups, _ = ndimage.label(faint | strong, np.ones((3, 3)))
    strength = np.bincount(groups.ravel(), strong.ravel())
    good = strength >= 6
    good[0] = False
    kept = good[groups]
    for cracked in (across, upright):
        cracked[(cracked == FAINT) & ~kept] = NOTHING
        cracked[(cracked == FAINT) & kept] = INNER
