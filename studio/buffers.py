"""Layers, and what each pixel of the picture shows: layer, part, depth, position, normal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from skimage import measure

from studio.camera import Camera
from studio.mesh import Floats, Ints, Mask, normals
from studio.parts import PART
from studio.raster import interpolate, rasterise

Labels = NDArray[np.int32]
SPECK_AREA = 900  # pixels
SPECK_RADIUS = 6.0  # pixels, of the largest circle that fits in


@dataclass(frozen=True)
class Spot:
    """A round patch on a ball, in a role of its own, such as the iris on an eye: what lids leave of it is drawn.

    `centre` and `radius` (metres) are the ball's, `way` is the unit vector to the patch's middle, `spread` (degrees) how far
    it goes round the ball from there.
    """

    role: str
    centre: Floats
    radius: float
    way: Floats
    spread: float


@dataclass(frozen=True)
class Layer:
    """A mesh with one fill colour: the skin of one person, a shirt, a mat.

    `keep` (vertices) cuts the mesh where it is negative; `parts` (vertices, parts) are soft part labels; `jump` is the
    depth step in metres from which a line is drawn inside the layer; `nearer` (metres) lifts the layer towards the
    camera, so that a fingertip isn't swallowed by the cloth it touches; `shortest` (pixels) is the least length of a line
    inside the layer; a layer with no role is drawn as nothing but
    still hides what lies behind it.
    """

    name: str
    role: str
    vertices: Floats
    faces: Ints
    keep: Floats | None = None
    parts: Floats | None = None
    jump: float = 0.010
    nearer: Floats | float = 0.0
    shortest: float = 34.0
    lines: bool = True
    hard: bool = True
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Buffers:
    """One array per question, each (height, width): which layer (-1: none) and part, how deep, where, facing where."""

    camera: Camera
    layers: tuple[Layer, ...]
    layer: Labels
    part: Labels
    depth: Floats
    position: Floats
    normal: Floats
    face: NDArray[np.int32]
    slope: Floats  # (faces, 2): change of depth per pixel across each triangle

    def where(self, *names: str) -> Mask:
        """Pixels that show one of the named layers."""
        wanted = [i for i, layer in enumerate(self.layers) if layer.name in names]
        return np.isin(self.layer, wanted)

    def spot(self, layer: int, spot: Spot) -> Mask:
        """Pixels of a layer that show one of its spots."""
        away = self.position - spot.centre
        far = np.linalg.norm(away, axis=2)
        out: Mask = (self.layer == layer) & (far < spot.radius)
        return out & (away @ spot.way > np.cos(np.radians(spot.spread)) * far)

    def index(self, name: str) -> int:
        """Number of the layer called `name`."""
        return next(i for i, layer in enumerate(self.layers) if layer.name == name)


def _stack(layers: Sequence[Layer], camera: Camera) -> dict[str, Any]:
    """All layers as one mesh."""
    points, faces, keep, owner, normal, place, bias = [], [], [], [], [], [], []
    start = 0
    for i, layer in enumerate(layers):
        flat = camera.project(layer.vertices)
        points.append(flat)
        faces.append(layer.faces + start)
        keep.append(np.ones(len(flat)) if layer.keep is None else layer.keep)
        owner.append(np.full(len(layer.faces), i, np.int32))
        normal.append(normals(layer.vertices, layer.faces))
        place.append(layer.vertices)
        metre = np.ones(len(flat)) if not camera.fov else flat[:, 2] ** 2
        bias.append(np.broadcast_to(layer.nearer, len(flat)) * metre)
        start += len(flat)
    columns: dict[str, list[Any]] = {
        "points": points, "faces": faces, "keep": keep, "owner": owner, "normal": normal, "place": place, "bias": bias
    }  # fmt: skip
    return {name: np.concatenate(rows) for name, rows in columns.items()}


def _slopes(points: Floats, faces: Ints) -> Floats:
    """Depth change per pixel to the right and down, for each triangle (faces, 2)."""
    (x0, y0, z0), (x1, y1, z1), (x2, y2, z2) = (points[faces[:, k]].T for k in range(3))
    area = (y1 - y2) * (x0 - x2) + (x2 - x1) * (y0 - y2)
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    right = ((z0 - z2) * (y1 - y2) + (z1 - z2) * (y2 - y0)) / area
    down = ((z0 - z2) * (x2 - x1) + (z1 - z2) * (x0 - x2)) / area
    return np.stack([right, down], 1)


def look(layers: Sequence[Layer], camera: Camera) -> Buffers:
    """Render the layers into buffers."""
    mesh = _stack(layers, camera)
    depth, face, b0, b1 = rasterise(mesh["points"], mesh["faces"], mesh["keep"], camera.size, mesh["bias"])
    layer = np.where(face >= 0, mesh["owner"][np.maximum(face, 0)], -1).astype(np.int32)
    normal = interpolate(mesh["normal"], mesh["faces"], face, b0, b1)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    position = interpolate(mesh["place"], mesh["faces"], face, b0, b1)
    part = _parts(layers, mesh["faces"], layer, face, b0, b1)
    slope = _slopes(mesh["points"], mesh["faces"])
    rows, columns = _without_specks(layer, part)
    seen = [a[rows, columns] for a in (layer, part, depth, position, normal, face)]
    return Buffers(camera, tuple(layers), *seen, slope)


def _without_specks(layer: Labels, part: Labels) -> Any:
    """For each pixel the pixel it shows instead (rows, columns): itself, or the nearest outside of its speck.

    A speck is a patch of one layer and part so small that the lines round it would close over it to a blot.
    """
    face = np.isin(part, [PART["head"], PART["ear"]])  # small things are meant there
    patches = measure.label(layer.astype(np.int64) * 256 + part, background=-1, connectivity=1)
    area = np.bincount(patches.ravel())
    specks = np.zeros(layer.shape, bool)
    boxes = ndimage.find_objects(patches)
    for number in np.nonzero(area < SPECK_AREA)[0]:
        if number and boxes[number - 1] is not None:
            here = patches[boxes[number - 1]] == number
            if ndimage.distance_transform_edt(np.pad(here, 1)).max() < SPECK_RADIUS:
                specks[boxes[number - 1]] |= here & ~face[boxes[number - 1]]
    return ndimage.distance_transform_edt(specks, return_distances=False, return_indices=True)


def _parts(layers: Sequence[Layer], faces: Ints, layer: Labels, face: Any, b0: Floats, b1: Floats) -> Labels:
    part = np.zeros(layer.shape, np.int32)
    start = 0
    for i, one in enumerate(layers):
        here = layer == i
        if one.parts is not None and here.any():
            corners = faces[face[here]] - start
            share = np.stack([b0[here], b1[here], 1 - b0[here] - b1[here]], 1)
            part[here] = np.einsum("nk,nkp->np", share, one.parts[corners]).argmax(1)
        start += len(one.vertices)
    return part
