"""Joints, forward kinematics and linear blend skinning.

A pose gives each bone a rotation, written in the axes of the rest body (x the person's left, -y ahead, z up) about the
bone's head; skinning blends the bones' rigid motions by the vertex weights (N. Magnenat-Thalmann et al., "Joint-dependent
local deformations", Graphics Interface 1988).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.spatial.transform import Rotation

from studio.mesh import Floats, people_data, surface

BONES: tuple[str, ...] = tuple(str(name) for name in people_data()["bones"])
BONE = {name: index for index, name in enumerate(BONES)}
PARENTS: tuple[int, ...] = tuple(int(p) for p in people_data()["parents"])
POSES = Path(__file__).parent / "poses"


@lru_cache(maxsize=1)
def weights() -> Any:
    """Sparse (19158 × 104) skin weights, rows summing to one."""
    data = people_data()
    shape = (len(data["nails"]), len(BONES))
    place = (data["weight_vertex"].astype(int), data["weight_bone"].astype(int))
    raw = sp.csr_matrix((data["weight"].astype(float), place), shape=shape)
    total = np.maximum(np.asarray(raw.sum(1)).ravel(), 1e-9)
    return (sp.diags(1 / total) @ raw).tocsr()


@dataclass(frozen=True)
class Pose:
    """Bone rotations (3 × 3, rest axes), the root's rotation and its position in metres."""

    turns: Mapping[str, Floats] = field(default_factory=dict)
    root: Floats = field(default_factory=lambda: np.eye(3))
    at: Floats = field(default_factory=lambda: np.zeros(3))

    def moved(self, offset: tuple[float, float, float]) -> Pose:
        """The same pose shifted by `offset` metres."""
        return Pose(self.turns, self.root, self.at + np.array(offset))

    def with_turns(self, turns: Mapping[str, Floats]) -> Pose:
        """The same pose with some bones turned otherwise."""
        return Pose({**self.turns, **turns}, self.root, self.at)


class Body:
    """One of the three bodies: "giver", "receiver-a" (male build) or "receiver-b" (female build)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rest: Floats = people_data()["vertices/" + name].astype(float)
        self.joints: Floats = people_data()["joints/" + name].astype(float)

    def joint(self, bone: str) -> Floats:
        """Rest position of a bone's head, metres."""
        return self.joints[BONE[bone]]

    @cached_property
    def smooth_rest(self) -> Floats:
        """Rest positions of the body surface subdivided once."""
        return np.asarray(surface("body", 1).matrix @ self.rest)


class Posed:
    """A body in a pose: bone rotations, joint positions and skinned base vertices."""

    def __init__(self, body: Body, pose: Pose) -> None:
        self.body, self.pose = body, pose
        self.turns, self.joints = kinematics(body.joints, pose)
        self.vertices = skin(body, self.turns, self.joints)

    def joint(self, bone: str) -> Floats:
        """Posed position of a bone's head, metres."""
        return self.joints[BONE[bone]]

    def turn(self, bone: str) -> Floats:
        """Posed rotation of a bone against its rest axes."""
        return self.turns[BONE[bone]]


def kinematics(rest_joints: Floats, pose: Pose) -> tuple[Floats, Floats]:
    """Walk the skeleton from the root: rotations (104, 3, 3) and positions (104, 3)."""
    turns = np.empty((len(BONES), 3, 3))
    places = np.empty((len(BONES), 3))
    for i, bone in enumerate(BONES):
        local = pose.turns.get(bone)
        parent = PARENTS[i]
        base = pose.root if parent < 0 else turns[parent]
        turns[i] = base if local is None else base @ local
        places[i] = pose.at if parent < 0 else places[parent] + base @ (rest_joints[i] - rest_joints[parent])
    return turns, places


def skin(body: Body, turns: Floats, places: Floats) -> Floats:
    """Linear blend skinning of the base vertices."""
    blended = (weights() @ turns.reshape(-1, 9)).reshape(-1, 3, 3)
    shift = weights() @ (places - np.einsum("bij,bj->bi", turns, body.joints))
    return np.asarray(np.einsum("vij,vj->vi", blended, body.rest) + shift)


def save_pose(pose: Pose, name: str) -> None:
    """Write a solved pose as rotation vectors (radians) per bone; identity bones are left out."""
    vectors = {b: Rotation.from_matrix(r).as_rotvec() for b, r in sorted(pose.turns.items())}
    rows = {b: [round(float(x), 4) for x in v] for b, v in vectors.items() if np.abs(v).max() > 5e-5}
    root = [round(float(x), 5) for x in Rotation.from_matrix(pose.root).as_rotvec()]
    place = [round(float(x), 4) for x in pose.at]
    bones = ",\n  ".join(f"{json.dumps(b)}: {json.dumps(v)}" for b, v in rows.items())
    text = f'{{"root": {json.dumps(root)}, "at": {json.dumps(place)}, "bones": {{\n  {bones}\n}}}}\n'
    (POSES / f"{name}.json").write_text(text, encoding="utf-8")


def load_pose(name: str) -> Pose:
    """Read a pose written by `save_pose`."""
    stored = json.loads((POSES / f"{name}.json").read_text(encoding="utf-8"))
    turns = {b: Rotation.from_rotvec(v).as_matrix() for b, v in stored["bones"].items()}
    return Pose(turns, Rotation.from_rotvec(stored["root"]).as_matrix(), np.array(stored["at"]))
