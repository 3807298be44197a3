"""Pixel masks turned into filled outlines, and the one shade tone: form shadow and cast shadow."""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from skimage import draw, measure

from studio.buffers import Buffers, Layer
from studio.curves import Cubic, fit_with_corners, resample
from studio.mesh import Floats, Mask
from studio.raster import rasterise

BLEED = 3  # pixels a fill runs on under its neighbours, hidden by the line between them


def outlines(mask: Mask, sigma: float, tolerance: float, smallest: float) -> list[list[Cubic]]:
    """Closed outlines of a mask, in pixels: blurred, contoured at one half, fitted. `smallest` area in pixels."""
    rows, columns = mask.shape
    margin = int(4 * sigma) + 9  # beyond it the blurred mask is empty
    (top, bottom), (left, right) = ((max(0, at.min() - margin), at.max() + margin) for at in np.nonzero(mask))
    soft = ndimage.gaussian_filter(np.pad(mask[top:bottom, left:right].astype(np.float32), 8, mode="edge"), sigma)
    found = []
    for contour in measure.find_contours(np.pad(soft, 1), 0.5):
        points = np.clip(contour[:, ::-1] - 8.5 + (left, top), (0, 0), (columns, rows))
        x, y = points.T
        area = 0.5 * abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1]))
        if area < smallest:
            continue
        points = resample(points, 2.5)
        points[-1] = points[0]
        found.append(fit_with_corners(points, tolerance, 6, 60, 4))
    return [f for f in found if f]


def layer_mask(seen: Buffers, layers: list[int]) -> Mask:
    """Pixels of these layers, run on under their neighbours by BLEED pixels."""
    return np.asarray(ndimage.binary_dilation(np.isin(seen.layer, layers), iterations=BLEED))


def form_shadow(seen: Buffers, layer: int, light: Floats, level: float, sigma: float) -> Mask:
    """Where a layer turns away from the light: its normals, blurred within the layer, fall below `level`."""
    mask = seen.layer == layer
    ys, xs = np.nonzero(mask)
    out = np.zeros_like(mask)
    if not len(ys):
        return out
    margin = int(4 * sigma)
    box = np.s_[max(0, ys.min() - margin) : ys.max() + margin, max(0, xs.min() - margin) : xs.max() + margin]
    m = mask[box].astype(float)
    facing = np.where(mask[box], seen.normal[box] @ light, 0)
    weight = ndimage.gaussian_filter(m, sigma)
    soft = ndimage.gaussian_filter(facing, sigma) / np.maximum(weight, 1e-3)
    dark = ndimage.binary_opening(mask[box] & (soft < level), iterations=4)
    out[box] = dark
    return out


def cast_shadow(
    seen: Buffers, casters: tuple[Layer, ...], light: Floats, reach: tuple[float, float], cells: int
) -> Mask:
    """Pixels hidden from a parallel light by a caster at least and at most `reach` metres off (a shadow map of `cells`)."""
    up = np.array([0.0, 1, 0]) if abs(light[2]) > 0.9 else np.array([0.0, 0, 1])
    right = np.cross(light, up)
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, light), -light])
    places = [layer.vertices @ axes.T for layer in casters]
    joined = np.concatenate(places)
    low = joined[:, :2].min(0)
    zoom = cells / float((joined[:, :2].max(0) - low).max())
    starts = np.cumsum([0, *[len(p) for p in places[:-1]]])
    faces = np.concatenate([layer.faces + s for layer, s in zip(casters, starts, strict=True)])
    keep = np.concatenate([np.ones(len(c.vertices)) if c.keep is None else c.keep for c in casters])
    flat = np.concatenate([(joined[:, :2] - low) * zoom + 2, joined[:, 2:]], 1)
    depth, _, _, _ = rasterise(flat, faces, keep, (cells + 5, cells + 5))
    shown = seen.layer >= 0
    at = seen.position[shown] @ axes.T
    cell = np.floor((at[:, :2] - low) * zoom + 2).astype(int)
    inside = ((cell >= 0) & (cell < cells + 5)).all(1)
    cell = np.clip(cell, 0, cells + 4)
    out = np.zeros_like(shown)
    behind = at[:, 2] - depth[cell[:, 1], cell[:, 0]]
    out[shown] = inside & (behind > reach[0]) & (behind < reach[1])
    return out


def blade(points: Floats, widths: Floats, shape: tuple[int, int]) -> Mask:
    """A band along a pixel polyline (n, 2) whose half-width (n,) swells and tapers; a soft mark on the skin."""
    way = np.gradient(points, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True) + 1e-9
    side = np.stack([-way[:, 1], way[:, 0]], 1) * widths[:, None]
    ring = np.concatenate([points + side, (points - side)[::-1]])
    out = np.zeros(shape, bool)
    rows, columns = draw.polygon(ring[:, 1], ring[:, 0], shape)
    out[rows, columns] = True
    return out
