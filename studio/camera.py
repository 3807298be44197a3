"""Cameras: from metres to pixels and depth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from studio.mesh import Floats

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Camera:
    """A pinhole camera (fov in degrees, across the height) or, with fov 0, a parallel one showing `height` metres.

    `size` is the picture in pixels, `shift` moves the view without turning it.
    """

    eye: Point
    target: Point
    size: tuple[int, int]
    fov: float = 0.0
    height: float = 2.0
    up: Point = (0.0, 0.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)  # fraction of the picture's height, right and down

    @cached_property
    def axes(self) -> Floats:
        """Rows: right, up, forward."""
        forward = np.subtract(self.target, self.eye)
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, self.up)
        right /= np.linalg.norm(right)
        return np.stack([right, np.cross(right, forward), forward])

    @cached_property
    def focal(self) -> float:
        """Pixels per metre (parallel) or per unit of tangent (pinhole)."""
        rows = self.size[1]
        return rows / self.height if not self.fov else rows / (2 * float(np.tan(np.radians(self.fov) / 2)))

    def project(self, points: Floats) -> Floats:
        """Pixel x, pixel y and depth. Depth is metres (parallel) or -1/metres (pinhole), linear on the screen."""
        seen = (np.asarray(points) - self.eye) @ self.axes.T
        far = np.maximum(seen[:, 2], 1e-3)
        reach = seen[:, :2] if not self.fov else seen[:, :2] / far[:, None]
        x = self.size[0] / 2 + reach[:, 0] * self.focal + self.shift[0] * self.size[1]
        y = self.size[1] / 2 - reach[:, 1] * self.focal + self.shift[1] * self.size[1]
        return np.stack([x, y, seen[:, 2] if not self.fov else -1 / far], 1)

    def metres(self, depth: Floats) -> Floats:
        """Depth as written by `project`, in metres."""
        return depth if not self.fov else -1 / depth
