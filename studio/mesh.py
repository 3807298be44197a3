"""Rest meshes and the little geometry they need.

The meshes are quads over 19,158 shared vertices, in metres, z up, facing -y. A *surface* is a subdivided group of quads,
kept as a sparse matrix from base vertices to surface vertices, so that one matrix product turns a posed body into a
smooth one. Subdivision: E. Catmull and J. Clark, "Recursively generated B-spline surfaces on arbitrary topological
meshes", Computer-Aided Design 10 (1978).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

DATA = Path(__file__).parent / "data"


class Surface(NamedTuple):
    """A subdivided group: `matrix` (surface vertices × base vertices, sparse) and `triangles` (n, 3)."""

    matrix: Any
    triangles: Ints


@lru_cache(maxsize=1)
def people_data() -> dict[str, NDArray[Any]]:
    """The arrays of data/people.npz (see data/README.md for what they are and where they come from)."""
    with np.load(DATA / "people.npz") as stored:
        return {name: stored[name] for name in stored.files}


def triangles(quads: Ints) -> Ints:
    """Split quads (n, 4) into triangles (2n, 3)."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def normals(vertices: Floats, faces: Ints) -> Floats:
    """Area-weighted unit normals at the vertices (n, 3)."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.zeros_like(vertices)
    for axis in range(3):
        for corner in range(3):
            total[:, axis] += np.bincount(faces[:, corner], face[:, axis], len(vertices))
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def neighbour_mean(faces: Ints, count: int) -> Any:
    """Sparse (count × count) matrix that replaces each vertex by the mean of its neighbours."""
    ends = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    links = sp.csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    links = ((links + links.T) > 0).astype(float)
    degree = np.maximum(np.asarray(links.sum(1)).ravel(), 1)
    return sp.diags(1 / degree) @ links


def _rows(rows: NDArray[Any], columns: NDArray[Any], value: float, shape: tuple[int, int]) -> Any:
    return sp.csr_matrix((np.full(len(rows), value), (rows, columns)), shape=shape)


def catmull_clark(quads: Ints, count: int) -> tuple[Any, Ints]:
    """One subdivision step: the sparse matrix (new × count vertices) and the new quads; open borders stay borders."""
    faces = len(quads)
    sides = np.sort(np.stack([quads, np.roll(quads, -1, 1)], 2).reshape(-1, 2), 1)
    edges, which = np.unique(sides, axis=0, return_inverse=True)
    which = which.reshape(faces, 4)
    n_edges = len(edges)
    of_face = np.repeat(np.arange(faces), 4)
    of_edge = np.repeat(np.arange(n_edges), 2)
    face_point = _rows(of_face, quads.ravel(), 0.25, (faces, count))
    used_by = np.bincount(which.ravel(), minlength=n_edges)
    middle = _rows(of_edge, edges.ravel(), 0.5, (n_edges, count))
    beside = _rows(which.ravel(), of_face, 0.5, (n_edges, faces)) @ face_point
    inside = (used_by == 2).astype(float)
    edge_point = sp.diags(inside) @ (0.5 * middle + 0.5 * beside) + sp.diags(1 - inside) @ middle
    corner = _moved_corners(quads, edges, used_by, middle, face_point, count)
    refined = [
        np.stack([quads[:, k], count + which[:, k], count + n_edges + np.arange(faces), count + which[:, k - 1]], 1)
        for k in range(4)
    ]
    return sp.vstack([corner, edge_point, face_point]).tocsr(), np.concatenate(refined)


def _moved_corners(quads: Ints, edges: Ints, used_by: Ints, middle: Any, face_point: Any, count: int) -> Any:
    """The rule for old vertices: (F + 2R + (n-3)P)/n inside, the cubic B-spline mask on borders."""
    faces, n_edges = len(quads), len(edges)
    valence = np.bincount(edges.ravel(), minlength=count).astype(float)
    to_edges = _rows(edges.ravel(), np.repeat(np.arange(n_edges), 2), 1.0, (count, n_edges))
    to_faces = _rows(quads.ravel(), np.repeat(np.arange(faces), 4), 1.0, (count, faces))
    n = np.maximum(valence, 1)
    around = np.maximum(np.asarray(to_faces.sum(1)).ravel(), 1)
    inner = (
        sp.diags(1 / n / around) @ to_faces @ face_point
        + sp.diags(2 / n / n) @ to_edges @ middle
        + sp.diags((n - 3) / n) @ sp.identity(count)
    )
    rim = edges[used_by == 1]
    on_rim = np.zeros(count, bool)
    on_rim[rim.ravel()] = True
    border = _rows(rim.ravel(), rim[:, ::-1].ravel(), 0.125, (count, count)) + 0.75 * sp.identity(count)
    loose = valence == 0
    return (
        sp.diags((~on_rim & ~loose).astype(float)) @ inner
        + sp.diags(on_rim.astype(float)) @ border
        + sp.diags(loose.astype(float))
    )


@lru_cache(maxsize=16)
def surface(group: str, levels: int) -> Surface:
    """The named quad group of the base mesh ("body", "helper-tights", …) subdivided `levels` times."""
    quads = people_data()["quads/" + group].astype(np.int64)
    count = len(people_data()["vertices/giver"])
    matrix = sp.identity(count).tocsr()
    for _ in range(levels):
        step, quads = catmull_clark(quads, matrix.shape[0])
        matrix = step @ matrix
    used = np.unique(quads)
    renumbered = np.full(matrix.shape[0], -1)
    renumbered[used] = np.arange(len(used))
    return Surface(matrix[used], triangles(renumbered[quads]))
