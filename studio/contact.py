"""Height fields: how far the touched surface stands out, seen along the direction of the press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from studio.mesh import Floats, Ints
from studio.raster import rasterise


@dataclass(frozen=True)
class Frame:
    """Where a back lies: `axes` rows are across (x), up the spine (y) and out of the back (z) in world coordinates."""

    axes: Floats
    origin: Floats

    def local(self, points: Floats) -> Floats:
        """World metres to the back's own."""
        return (points - self.origin) @ self.axes.T

    def world(self, points: Floats) -> Floats:
        """The back's own metres to the world's."""
        return points @ self.axes + self.origin


LYING = Frame(np.eye(3), np.zeros(3))


@dataclass(frozen=True)
class HeightField:
    """Heights (rows, columns) over the rectangle from `low`, `zoom` cells a metre, in a frame's coordinates."""

    heights: Floats
    low: tuple[float, float]
    zoom: float

    def clamped(self, floor: float, sigma: float = 4.0) -> HeightField:
        """Nothing lower than `floor`, steps softened upwards only: what a hand spans rather than sinks into."""
        raised = np.maximum(self.heights, floor)
        return HeightField(np.maximum(ndimage.gaussian_filter(raised, sigma), self.heights), self.low, self.zoom)


def height_field(
    meshes: Sequence[tuple[Floats, Ints, Floats]],
    frame: Frame = LYING,
    low: tuple[float, float] = (-0.6, -1.1),
    high: tuple[float, float] = (0.6, 0.9),
    cells: int = 600,
) -> HeightField:
    """The outermost of the meshes (vertices, faces, keep), seen along the frame's z; empty cells lie at -0.14 m."""
    zoom = cells / max(high[0] - low[0], high[1] - low[1])
    size = (int((high[0] - low[0]) * zoom), int((high[1] - low[1]) * zoom))
    top = np.full((size[1], size[0]), np.inf)
    for vertices, faces, keep in meshes:
        at = frame.local(vertices)
        flat = np.concatenate([(at[:, :2] - low) * zoom, -at[:, 2:]], 1)
        top = np.minimum(top, rasterise(flat, faces, keep, size)[0])
    return HeightField(np.where(np.isfinite(top), -top, -0.14), low, zoom)


def flat_field(height: float) -> HeightField:
    """A level plane: what hands rest on when there is no body under them."""
    return HeightField(np.full((200, 200), height), (-1.0, -1.0), 100.0)
