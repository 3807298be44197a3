"""A z-buffer rasteriser and the per-pixel loops that plain numpy would be slow at (numba)."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from studio.mesh import Floats, Ints, Mask

njit: Any = nb.njit(cache=True)


@njit
def _fill(points, faces, keep, bias, depth, face_of, b0, b1):  # type: ignore[no-untyped-def]
    rows, columns = depth.shape
    for f in range(faces.shape[0]):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        x0, y0, x1, y1, x2, y2 = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        area = (y1 - y2) * (x0 - x2) + (x2 - x1) * (y0 - y2)
        if abs(area) < 1e-12:
            continue
        left = int(max(0, np.floor(min(x0, min(x1, x2)))))
        right = int(min(columns - 1, np.ceil(max(x0, max(x1, x2)))))
        top = int(max(0, np.floor(min(y0, min(y1, y2)))))
        bottom = int(min(rows - 1, np.ceil(max(y0, max(y1, y2)))))
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                u = ((y1 - y2) * (x + 0.5 - x2) + (x2 - x1) * (y + 0.5 - y2)) / area
                v = ((y2 - y0) * (x + 0.5 - x2) + (x0 - x2) * (y + 0.5 - y2)) / area
                w = 1 - u - v
                if u < -1e-9 or v < -1e-9 or w < -1e-9:
                    continue
                if u * keep[a] + v * keep[b] + w * keep[c] < 0:
                    continue
                z = u * points[a, 2] + v * points[b, 2] + w * points[c, 2] - (u * bias[a] + v * bias[b] + w * bias[c])
                if z < depth[y, x]:
                    depth[y, x] = z
                    face_of[y, x] = f
                    b0[y, x] = u
                    b1[y, x] = v


def rasterise(
    points: Floats, faces: Ints, keep: Floats, size: tuple[int, int], bias: Floats | None = None
) -> tuple[Floats, NDArray[np.int32], Floats, Floats]:
    """Draw triangles into a z-buffer of `size` (width, height) pixels.

    `points` (n, 3) are pixels and depth; a pixel is left out where the interpolated `keep` is negative (so that hems
    are cut through triangles); `bias` (n,) draws a vertex as if it were that much nearer. Returns depth (inf where
    empty), face index (-1 where empty) and the first two barycentric coordinates, each (height, width).
    """
    shape = (size[1], size[0])
    depth = np.full(shape, np.inf)
    face_of = np.full(shape, -1, np.int32)
    b0, b1 = np.zeros(shape), np.zeros(shape)
    toward = np.zeros(len(points)) if bias is None else bias
    _fill(np.ascontiguousarray(points), np.ascontiguousarray(faces), keep.astype(float), toward, depth, face_of, b0, b1)
    return depth, face_of, b0, b1


def interpolate(values: Floats, faces: Ints, face_of: NDArray[np.int32], b0: Floats, b1: Floats) -> Floats:
    """Vertex values (n,) or (n, k) at each pixel; zero where nothing was drawn."""
    filled: Mask = face_of >= 0
    corners = faces[face_of[filled]]
    u, v = b0[filled], b1[filled]
    share = np.stack([u, v, 1 - u - v], 1)
    out = np.zeros(face_of.shape + values.shape[1:])
    if values.ndim == 1:
        out[filled] = (values[corners] * share).sum(1)
    else:
        out[filled] = np.einsum("nk,nkc->nc", share, values[corners])
    return out
