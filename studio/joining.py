"""Chains joined through junctions and smoothed, so that a contour doesn't kink where another line meets it.

At each junction the two chains that go on most straightly are linked; each linked path is smoothed as a whole and then
split by kind again; lines that end at the junction are pulled to where the smoothed path now passes. A loose end that
stops just short of another line is run on to it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from studio.chains import Chain
from studio.curves import smooth_path
from studio.edges import INNER
from studio.mesh import Floats, Ints

STRAIGHT = 42.0  # degrees a path may turn at a junction and still count as going on
FAR = 3.4  # times the reach: as far as a loose end is run on to another loose end, or aslant to a line, straight ahead,
SIDE = 1.8  # and to a line that it would meet squarely (a fold that fades out isn't meant to)
LOOK = 16  # corners looked along to find a chain's direction
FINE = 8.0  # pixels: where inner lines as short as this are kept, beside other lines too (ears)
End = tuple[int, int]  # chain number, 0 for its start or 1 for its end


@dataclass
class Line:
    """A smoothed line: points (n, 2) in pixels, the kind of each step between them (n-1), closed or not."""

    points: Floats
    kinds: Ints
    closed: bool
    loose: tuple[bool, bool] = (False, False)


def join(chains: list[Chain], sigma: float, reach: float, shortest: Floats) -> list[Line]:
    """Link, bridge, smooth and split.

    `sigma` and `reach` (of a bridge) are pixels; `shortest` (height, width) is the least length of an inner line there.
    """
    chains = [c for c in chains if c.closed or len(c.points) > 2 or min(c.degrees) > 1]
    linked = _links(chains)
    paths = [_follow(chains, route) for route in _routes(chains, linked)]
    paths = _without_echoes([p for p in paths if _worth(p, shortest)], 2.5 * sigma, shortest)
    _loosen(paths)
    _bridge(paths, reach, shortest)
    raw = [p.points for p in paths]
    for path in paths:
        path.points = smooth_path(path.points, sigma, path.closed)
    _settle(paths, raw, sigma)
    return [run for path in paths for run in _by_kind(path)]


def _corner(point: Floats) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _links(chains: list[Chain]) -> dict[End, End]:
    """Which chain end goes on into which other chain end."""
    at: dict[tuple[int, int], list[tuple[End, Floats]]] = defaultdict(list)
    for i, chain in enumerate(chains):
        if chain.closed:
            continue
        p = chain.points
        k = min(LOOK, len(p) - 1)
        at[_corner(p[0])].append(((i, 0), p[k] - p[0]))
        at[_corner(p[-1])].append(((i, 1), p[-1 - k] - p[-1]))
    linked: dict[End, End] = {}
    for ends in at.values():
        options = []
        for m, (end, way) in enumerate(ends):
            for other, onward in ends[m + 1 :]:
                cosine = -(way @ onward) / (np.linalg.norm(way) * np.linalg.norm(onward) + 1e-9)
                turn = float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
                unlike = 12.0 if chains[end[0]].kind != chains[other[0]].kind else 0.0
                if turn < (STRAIGHT if len(ends) > 2 else 180):
                    options.append((turn + unlike, end, other))
        for _, end, other in sorted(options):
            if end not in linked and other not in linked:
                linked[end], linked[other] = other, end
    return linked


def _routes(chains: list[Chain], linked: dict[End, End]) -> list[tuple[list[End], bool]]:
    """Each route is the list of (chain, entered at end 0 or 1) in order, and whether it closes on itself."""
    used: set[int] = set()
    routes: list[tuple[list[End], bool]] = []

    def walk(first: End) -> tuple[list[End], bool]:
        route, end = [], first
        while True:
            route.append(end)
            used.add(end[0])
            onward = linked.get((end[0], 1 - end[1]))
            if onward is None:
                return route, False
            if onward[0] in used:
                return route, onward == first
            end = onward

    for i, chain in enumerate(chains):  # open routes first, from their true ends
        for side in (0, 1):
            if i not in used and not chain.closed and (i, side) not in linked:
                routes.append(walk((i, side)))
    for i, chain in enumerate(chains):
        if i not in used:
            routes.append(walk((i, 0)) if not chain.closed else ([(i, 0)], True))
            used.add(i)
    return routes


def _follow(chains: list[Chain], route: tuple[list[End], bool]) -> Line:
    points: list[Floats] = []
    kinds: list[Ints] = []
    for number, side in route[0]:
        p = chains[number].points if side == 0 else chains[number].points[::-1]
        points.append(p if not points else p[1:])
        kinds.append(np.full(len(p) - 1, chains[number].kind))
    first, last = route[0][0], route[0][-1]
    loose = (chains[first[0]].degrees[first[1]] == 1, chains[last[0]].degrees[1 - last[1]] == 1)
    return Line(np.concatenate(points), np.concatenate(kinds), route[1], loose if not route[1] else (False, False))


def _worth(path: Line, shortest: Floats) -> bool:
    """Short inner lines are noise, unless both ends hang on other lines."""
    if (path.kinds != INNER).any():
        return len(path.points) > 4
    ties = 2 - sum(path.loose)
    return len(path.points) > _least(path, shortest) * (1.0, 0.7, 0.45)[ties]


def _least(path: Line, shortest: Floats) -> float:
    """The least length of an inner line at the middle of this one."""
    x, y = path.points[len(path.points) // 2].astype(int)
    return float(shortest[min(y, shortest.shape[0] - 1), min(x, shortest.shape[1] - 1)])


def _without_echoes(paths: list[Line], near: float, shortest: Floats) -> list[Line]:
    """Drop inner lines that only run along another line (folds seen edge-on), `near` pixels beside it."""
    others = [p.points for p in paths if (p.kinds != INNER).any()]
    if not others:
        return paths
    tree = cKDTree(np.concatenate(others))

    def echo(path: Line) -> bool:
        if (path.kinds != INNER).any() or _least(path, shortest) <= FINE:
            return False
        reach = 2.2 * near if all(path.loose) else near
        return float((tree.query(path.points)[0] < reach).mean()) > 0.6

    return [p for p in paths if not echo(p)]


def _loosen(paths: list[Line]) -> None:
    """Mark as loose also the ends whose neighbours were dropped."""
    visits: dict[tuple[int, int], int] = defaultdict(int)
    for path in paths:
        for point in path.points:
            visits[_corner(point)] += 1
    for path in paths:
        if not path.closed:
            first, last = (visits[_corner(path.points[k])] == 1 for k in (0, -1))
            path.loose = (path.loose[0] or first, path.loose[1] or last)


def _bridge(paths: list[Line], reach: float, shortest: Floats) -> None:
    """Run loose ends on to the line they stop short of."""
    everything = np.concatenate([p.points for p in paths])
    owner = np.concatenate([np.full(len(p.points), i) for i, p in enumerate(paths)])
    place = np.concatenate([np.arange(len(p.points)) for p in paths])
    tree = cKDTree(everything)
    ends = cKDTree([(-1e6, -1e6), *(p.points[-k] for p in paths for k in (0, 1) if p.loose[k])])
    for i, path in enumerate(paths):
        for side in (0, 1):
            if not path.loose[side] or len(path.points) < 12 or _least(path, shortest) <= FINE:
                continue
            p = path.points if side else path.points[::-1]
            heading = p[-1] - p[-12]
            heading = heading / (np.linalg.norm(heading) + 1e-9)
            near = np.array(tree.query_ball_point(p[-1], FAR * reach), int)
            index = len(path.points) - 1 if side else 0
            near = near[(owner[near] != i) | (np.abs(place[near] - index) > 4 * reach)]
            offset = everything[near] - p[-1]
            distance = np.linalg.norm(offset, axis=1)
            straight = (offset @ heading) / np.maximum(distance, 1e-9)
            ahead = (straight > np.where(distance > reach, 0.95, 0.6)) & (distance > 0)
            before, after = np.maximum(near - 8, 0), np.minimum(near + 8, len(everything) - 1)
            way = everything[after] - everything[before]
            aslant = np.abs(way @ heading) > 0.5 * np.linalg.norm(way, axis=1)
            ahead &= (distance < SIDE * reach) | aslant | (ends.query(everything[near])[0] < 6)
            if not ahead.any():
                continue
            target = everything[near[ahead][distance[ahead].argmin()]]
            steps = max(1, int(np.linalg.norm(target - p[-1])))
            extra = p[-1] + (target - p[-1]) * np.linspace(0, 1, steps + 1)[1:, None]
            _append(path, extra, side)


def _append(path: Line, extra: Floats, side: int) -> None:
    kinds = np.full(len(extra), path.kinds[-1 if side else 0])
    if side:
        path.points, path.kinds = np.concatenate([path.points, extra]), np.concatenate([path.kinds, kinds])
    else:
        path.points, path.kinds = np.concatenate([extra[::-1], path.points]), np.concatenate([kinds, path.kinds])


def _settle(paths: list[Line], raw: list[Floats], sigma: float) -> None:
    """Pull the ends of lines to the smoothed paths they hang on."""
    moved: dict[tuple[int, int], Floats] = {}
    wanted = {_corner(r[k]) for r, p in zip(raw, paths, strict=True) if not p.closed for k in (0, -1)}
    for before, path in zip(raw, paths, strict=True):
        inner = range(len(before)) if path.closed else range(1, len(before) - 1)
        for k in inner:
            corner = (int(before[k, 0]), int(before[k, 1]))
            if corner in wanted and float(before[k, 0]).is_integer() and float(before[k, 1]).is_integer():
                moved[corner] = path.points[k]
    for before, path in zip(raw, paths, strict=True):
        if path.closed:
            continue
        fade = np.exp(-np.arange(len(before)) / (2 * sigma))[:, None]
        for end, weight in ((0, fade), (-1, fade[::-1])):
            target = moved.get(_corner(before[end]))
            if target is not None:
                path.points = path.points + weight * (target - path.points[end])


def _by_kind(path: Line) -> list[Line]:
    """Split where the kind changes."""
    change = np.nonzero(np.diff(path.kinds))[0] + 1
    if not len(change):
        return [path]
    bounds = [0, *change.tolist(), len(path.kinds)]
    runs = []
    for a, b in itertools.pairwise(bounds):
        runs.append(Line(path.points[a : b + 1], path.kinds[a:b], False))
    return runs
