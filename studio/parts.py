"""Which part of the body each vertex belongs to, and between which parts a line is always drawn.

A part is a soft label per vertex (from the skin weights); in the picture each pixel takes the strongest one. Lines
between neighbouring parts come from depth jumps alone, except the *hard* pairs (finger beside finger, arm over torso),
where a line is drawn even when the two touch.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from studio.mesh import Floats, people_data, surface
from studio.skeleton import BONE, BONES, Body, weights

SIDES = ("L", "R")
FINGERS = tuple(f"finger{k}{s}" for s in SIDES for k in range(1, 6))
PARTS: tuple[str, ...] = (
    "torso", "head", "armL", "handL", "armR", "handR", "legL", "legR", *FINGERS, "ear", "nail",
)  # fmt: skip
PART = {name: index for index, name in enumerate(PARTS)}


def _part_of(bone: str) -> str:
    base, _, side = bone.partition(".")
    if base.startswith(("neck", "head", "eye")):
        return "head"
    if base.startswith(("upperarm", "lowerarm")):
        return "arm" + side
    if base.startswith(("wrist", "metacarpal")) or base == "finger1-1":
        return "hand" + side
    if base.startswith("finger"):
        return f"finger{base[6]}{side}"
    if base.startswith(("upperleg", "lowerleg", "foot", "toe")):
        return "leg" + side
    return "torso"


def _soft_pairs() -> set[frozenset[str]]:
    pairs = {frozenset(("torso", "head"))}
    for s in SIDES:
        pairs |= {frozenset(p) for p in (("torso", "arm" + s), ("arm" + s, "hand" + s), ("torso", "leg" + s))}
        pairs |= {frozenset(("arm" + s, "head"))}
        for k in range(1, 6):
            pairs |= {frozenset(("hand" + s, f"finger{k}{s}")), frozenset(("nail", f"finger{k}{s}"))}
    return pairs


@lru_cache(maxsize=1)
def hard_pairs() -> Any:
    """Boolean table (parts × parts): draw a line wherever these two meet."""
    soft = _soft_pairs()
    table = np.ones((len(PARTS), len(PARTS)), bool)
    for i, a in enumerate(PARTS):
        for j, b in enumerate(PARTS):
            table[i, j] = a != b and frozenset((a, b)) not in soft
    return table


@lru_cache(maxsize=1)
def part_weights() -> Floats:
    """Soft part labels of the base vertices (19158, parts), without the ear and nail marks."""
    to_part = np.zeros((len(BONES), len(PARTS)))
    for i, bone in enumerate(BONES):
        to_part[i, PART[_part_of(bone)]] = 1
    labels = np.asarray(weights() @ to_part)
    for s in SIDES:  # a finger starts a little past its knuckle
        for k in range(2, 6):
            near = 0.45 * np.asarray(weights()[:, BONE[f"finger{k}-1.{s}"]].todense()).ravel()
            labels[:, PART[f"finger{k}{s}"]] -= near
            labels[:, PART["hand" + s]] += near
    return labels


@lru_cache(maxsize=4)
def surface_parts(group: str, levels: int) -> Floats:
    """Soft part labels of a subdivided surface, nails marked on the fingers."""
    matrix = surface(group, levels).matrix
    labels = np.asarray(matrix @ part_weights())
    nail = np.clip(np.asarray(matrix @ people_data()["nails"].astype(float)), 0, 1)
    labels[:, PART["nail"]] = np.where(nail > 0.05, 3.2 * nail, 0)
    return labels


def ear_mark(body: Body) -> Floats:
    """Ear vertices of the body surface (subdivided once): 1 on the flap of the ear, else 0."""
    rest = body.smooth_rest
    eye = body.joint("eye.L")
    size = eye[0] / 0.029  # the bodies' heads differ a little
    head = surface_parts("body", 1)[:, PART["head"]] > 0.5
    beside = np.abs(rest[:, 0]) > 0.0735 * size
    level = np.abs(rest[:, 2] - eye[2] + 0.014 * size) < 0.036 * size
    return (head & beside & level).astype(float)
