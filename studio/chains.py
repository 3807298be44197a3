"""Cracks traced to chains: runs of cracks of one kind between junctions."""

from __future__ import annotations

from typing import Any, NamedTuple

import numba as nb
import numpy as np

from studio.edges import Cracks
from studio.mesh import Floats

njit: Any = nb.njit(cache=True)


class Chain(NamedTuple):
    """A polyline of pixel corners (n, 2), its kind, whether it is closed, and how many cracks meet at each end."""

    points: Floats
    kind: int
    closed: bool
    degrees: tuple[int, int]


@njit
def _degree(across, upright, x, y):  # type: ignore[no-untyped-def]
    count = 0
    count += across[y, x] > 0
    count += upright[y, x] > 0
    if x > 0:
        count += across[y, x - 1] > 0
    if y > 0:
        count += upright[y - 1, x] > 0
    return count


@njit
def _node(across, upright, x, y):  # type: ignore[no-untyped-def]
    """Whether tracing stops here: a junction, an end, or a change of kind."""
    first = 0
    count = 0
    for way in range(4):
        kind = _kind(across, upright, x, y, way)
        if kind > 0:
            count += 1
            if first == 0:
                first = kind
            elif kind != first:
                return True
    return count != 2


@njit
def _kind(across, upright, x, y, way):  # type: ignore[no-untyped-def]
    """Kind of the crack leaving corner (x, y) to the right, down, left or up."""
    if way == 0:
        return across[y, x]
    if way == 1:
        return upright[y, x]
    if way == 2:
        return across[y, x - 1] if x > 0 else 0
    return upright[y - 1, x] if y > 0 else 0


@njit
def _erase(across, upright, x, y, way):  # type: ignore[no-untyped-def]
    if way == 0:
        across[y, x] = 0
    elif way == 1:
        upright[y, x] = 0
    elif way == 2:
        across[y, x - 1] = 0
    else:
        upright[y - 1, x] = 0


@njit
def _walk(across, upright, nodes, x, y, way, points, count):  # type: ignore[no-untyped-def]
    """Follow cracks from (x, y), erasing them, until a node or the start; returns the new point count."""
    points[count, 0], points[count, 1] = x, y
    count += 1
    x0, y0 = x, y
    while True:
        _erase(across, upright, x, y, way)
        x += (way == 0) - (way == 2)
        y += (way == 1) - (way == 3)
        points[count, 0], points[count, 1] = x, y
        count += 1
        if nodes[y, x] or (x == x0 and y == y0):
            return count
        for onward in range(4):
            if _kind(across, upright, x, y, onward) > 0:
                way = onward
                break


@njit
def _trace(across, upright, points, table):  # type: ignore[no-untyped-def]
    """Fill `points` with all chains in a row and `table` with (end, kind, start degree, end degree, closed)."""
    rows, columns = across.shape
    nodes = np.zeros((rows, columns), np.bool_)
    degree = np.zeros((rows, columns), np.uint8)
    for y in range(rows):
        for x in range(columns):
            degree[y, x] = _degree(across, upright, x, y)
            if degree[y, x] > 0:
                nodes[y, x] = _node(across, upright, x, y)
    count = found = 0
    for loops in range(2):  # first from the nodes, then the closed loops that are left
        for y in range(rows):
            for x in range(columns):
                if degree[y, x] == 0 or (loops == 0 and not nodes[y, x]):
                    continue
                for way in range(4):
                    kind = _kind(across, upright, x, y, way)
                    if kind == 0:
                        continue
                    count = _walk(across, upright, nodes, x, y, way, points, count)
                    table[found, 0], table[found, 1], table[found, 2] = count, kind, degree[y, x]
                    last = points[count - 1]
                    table[found, 3] = degree[last[1], last[0]]
                    table[found, 4] = loops
                    found += 1
    return found


def trace(across: Cracks, upright: Cracks) -> list[Chain]:
    """All chains of a picture, in reading order of their first corner."""
    total = int((across > 0).sum() + (upright > 0).sum())
    points = np.empty((2 * total + 4, 2), np.int32)
    table = np.empty((total + 1, 5), np.int64)
    found = _trace(across.copy(), upright.copy(), points, table)
    chains, start = [], 0
    for end, kind, first, last, loop in table[:found]:
        chains.append(Chain(points[start:end].astype(float), int(kind), bool(loop), (int(first), int(last))))
        start = end
    return chains
