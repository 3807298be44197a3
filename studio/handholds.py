"""Poses of hands that lie in no back's frame, written with `limbs`: the open hand of the maps, hands that hold a hand, hands on
shoulders. Lengths are metres; the open hand's wrist is the origin, its fingers point along +y, its palm faces +z."""

from __future__ import annotations

import numpy as np

from studio.limbs import arm
from studio.poses import Turn, turns
from studio.skeleton import BONE, Body, Pose, kinematics

HELD = "receiver-b"
OPEN: dict[str, list[Turn]] = {
    "finger2-1*": [("n", -11), ("k", -12)], "finger3-1*": [("n", -3), ("k", -12)], "finger4-1*": [("n", 5), ("k", -11)],
    "finger5-1*": [("n", 15), ("k", -10)], **{f"finger{k}-2*": [("k", -9)] for k in range(2, 6)},
    **{f"finger{k}-3*": [("k", -4)] for k in range(2, 6)}, "finger1-1*": [("n", -3), ("k", 2)],
}  # fmt: skip
REACH = 0.495  # from shoulder to wrist, all but stretched


def open_hand() -> Pose:
    """The left hand open, its palm up."""
    body = Body(HELD)
    start = Pose(turns(OPEN))
    shoulder = kinematics(body.joints, start)[1][BONE["upperarm01.L"]]
    pose = arm(body, start, "L", shoulder + np.array([0, REACH, 0]), (0.6, 0, 0.8), (0, 1, 0), (0, 0, 1))
    x, y, z = kinematics(body.joints, pose)[1][BONE["wrist.L"]]
    return pose.moved((-float(x), -float(y), -float(z)))


HANDHOLDS = {"hand-open": open_hand}
