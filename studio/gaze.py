"""The head turned so that the face looks at a point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial.transform import Rotation

from studio.mesh import Floats
from studio.skeleton import BONE, PARENTS, Body, Pose, Posed

SHARES = {"neck01": 0.22, "neck02": 0.22, "neck03": 0.16, "head": 0.40}
FACE = np.array([0.0, -1.0, -0.12])  # where the eyes look at rest: ahead and a little down


def look_at(body: Body, pose: Pose, target: Floats, most: float = 62.0) -> Pose:
    """Turn neck and head (by at most `most` degrees, without tilting the head aside more than needed)."""
    posed = Posed(body, pose)
    eyes = 0.5 * (posed.joint("eye.L") + posed.joint("eye.R"))
    face = posed.turn("head") @ (FACE / np.linalg.norm(FACE))
    wanted = (target - eyes) / np.linalg.norm(target - eyes)
    axis = np.cross(face, wanted)
    angle = float(np.arctan2(np.linalg.norm(axis), face @ wanted))
    return _bent(body, pose, axis / (np.linalg.norm(axis) + 1e-9) * min(angle, np.radians(most)))


def face_along(body: Body, pose: Pose, face: Sequence[float], crown: Sequence[float]) -> Pose:
    """Turn neck and head so that the face points along `face` and the crown as nearly as it can along `crown` (world)."""
    ahead = np.array(face) / np.linalg.norm(face)
    up = np.array(crown) - ahead * (ahead @ np.array(crown))
    up = up / np.linalg.norm(up)
    wanted = np.stack([np.cross(-ahead, up), -ahead, up], 1)
    return _bent(body, pose, Rotation.from_matrix(wanted @ Posed(body, pose).turn("head").T).as_rotvec())


def _bent(body: Body, pose: Pose, axis: Floats) -> Pose:
    """The neck and the head turned by a rotation vector of the world, shared out among the bones."""
    for bone, share in SHARES.items():
        parent = Posed(body, pose).turns[PARENTS[BONE[bone]]]
        bend = parent.T @ Rotation.from_rotvec(axis * share).as_matrix() @ parent
        pose = pose.with_turns({bone: bend @ pose.turns.get(bone, np.eye(3))})
    return pose
