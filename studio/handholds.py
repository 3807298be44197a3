"""Poses of hands that lie in no back's frame, written with `limbs`: the open hand of the maps, hands that hold a hand, hands on
shoulders. Lengths are metres; the open hand's wrist is the origin, its fingers point along +y, its palm faces +z."""

from __future__ import annotations

import numpy as np

from studio.gaze import look_at
from studio.limbs import arm, leg
from studio.poses import RELAXED_HAND, Turn, standing, turn, turns
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


SEAT = (0.0, 0.0, 0.548)  # where the root of whoever sits at the desk is; the floor is z = 0, the person faces -y
AT_DESK = "receiver-a"


def at_desk(hands: tuple[float, float, float] = (0.27, -0.36, 0.745)) -> Pose:
    """Sitting upright on a stool, the head a little bowed, the wrists at ±x, y, z: on a desk."""
    body = Body(AT_DESK)
    bow = {"neck01": [("x", 6.0)], "neck02": [("x", 6.0)], "head": [("x", 8.0)]}
    pose = Pose(turns({**bow, **RELAXED_HAND, "clavicle*": [("y", 3)]}), turn("x", 5), np.array(SEAT))
    for side, s in (("L", 1), ("R", -1)):
        pose = leg(body, pose, side, (s * 0.15, -0.40, 0.073), (s * 0.1, -1, 0.6), (s * 0.12, -1, 0))
        pose = arm(body, pose, side, (s * hands[0], *hands[1:]), (s, 0.3, -0.6), (-s * 0.30, -1, -0.03), (0, 0, -1))
    return pose


SQUEEZE: dict[str, list[Turn]] = {
    "finger2-1*": [("n", -8), ("k", -8)], "finger3-1*": [("n", -2), ("k", -8)], "finger4-1*": [("n", 4), ("k", -8)],
    "finger5-1*": [("n", 10), ("k", -8)], **{f"finger{k}-2*": [("k", 16)] for k in range(2, 6)},
    **{f"finger{k}-3*": [("k", 14)] for k in range(2, 6)}, "finger1-1*": [("n", -6), ("m", -12)],
}  # fmt: skip


def _behind() -> Pose:
    """A giver who stands behind whoever sits at the desk, the hands still to be placed."""
    base = standing(lean=12, yaw=-90, ahead=8, behind=-6)
    return Pose({**base.turns, **turns(SQUEEZE)}, base.root, np.array([0.0, 0.47, 0.848]))


def squeezing() -> Pose:
    """Both hands round the muscles between neck and shoulders, the fingers in front."""
    body, pose = Body("giver"), _behind()
    for side, s in (("L", 1), ("R", -1)):
        wrist, pole = (s * 0.142, 0.082, 1.128), (s, 0.3, -0.6)
        pose = arm(body, pose, side, wrist, pole, (-s * 0.10, -1, -0.10), (-s * 0.15, 0.05, -1))
    return look_at(body, pose, np.array([0.0, 0.03, 1.05]), 40)


def on_shoulders() -> Pose:
    """Both hands over the ends of the shoulders, well clear of the neck, the finger tips outwards."""
    body, pose = Body("giver"), _behind()
    for side, s in (("L", 1), ("R", -1)):
        wrist, pole = (s * 0.182, 0.070, 1.090), (s, 0.3, -0.6)
        pose = arm(body, pose, side, wrist, pole, (s * 0.35, -1, -0.18), (-s * 0.35, 0.05, -1))
    return look_at(body, pose, np.array([0.0, 0.03, 1.05]), 40)


DRAPED: dict[str, list[Turn]] = {
    **{f"finger{k}-1*": [("n", spread), ("k", 12)] for k, spread in ((2, -8), (3, -2), (4, 4), (5, 10))},
    **{f"finger{k}-2*": [("k", 30)] for k in range(2, 6)}, **{f"finger{k}-3*": [("k", 18)] for k in range(2, 6)},
    "finger1-1*": [("n", -6), ("m", -12)],
}  # fmt: skip


def on_shoulders_from_below() -> Pose:
    """Both hands over the ends of the shoulders of whoever tips the head (`stretch-neck`), to be seen from the front: the arms come
    from so low that the trunk hides them."""
    body = Body("giver")
    base = standing(lean=12, yaw=-90)
    pose = Pose({**base.turns, **turns(DRAPED)}, base.root, np.array([0.0, 0.46, -0.14]))
    for side, s in (("L", 1), ("R", -1)):
        pose = arm(
            body,
            pose,
            side,
            (s * 0.165, 0.085, 0.535),
            (s * 0.3, 0.3, -1),
            (s * 0.22, -1, -0.10),
            (-s * 0.25, 0.05, -1),
        )
    return pose


CLOSED: dict[str, list[Turn]] = {
    f"finger{k}-1*": [("n", spread), ("k", -10)] for k, spread in ((2, -19), (3, -4), (4, 9), (5, 25))
} | {f"finger{k}-2*": [("k", -6)] for k in range(2, 6)}
CUPPED = {f"finger{k}-{j}": [("k", bend)] for k in range(2, 6) for j, bend in ((2, 14.0), (3, 8.0))}
HOLDING: dict[str, list[Turn]] = {  # the right hand flat, its thumb out; the left one round an edge, its thumb on top
    **CLOSED, **{f"{bone}.L": bends for bone, bends in CUPPED.items()},
    "finger1-1.R": [("n", -30), ("m", -42)], "finger1-1.L": [("m", 46)],
    "finger5-1.R": [("n", 4), ("k", -24)], "finger4-1.R": [("n", 2), ("k", -13)],
}  # fmt: skip
UNDER = {f"finger{k}-{j}": [("k", bend)] for k in range(2, 6) for j, bend in ((2, 60.0), (3, 20.0))}
PRESSING: dict[str, list[Turn]] = {
    **{f"finger{k}-1*": [("n", spread), ("k", -34)] for k, spread in ((2, -12), (3, -3), (4, 7), (5, 17))},
    **{f"{bone}*": bends for bone, bends in UNDER.items()}, "finger1-1*": [("m", 56)],
}  # fmt: skip


def _over(table: dict[str, list[Turn]]) -> Pose:
    """A giver who sits beside the open hand's owner and looks the same way, the hands still to be placed."""
    return Pose({**standing(lean=10, yaw=90).turns, **turns(table)}, turn("z", 180), np.array([0.0, -0.40, -0.28]))


def holding() -> Pose:
    """The open hand between two hands: the right one on the palm, the left one under it, its thumb on the heel."""
    body = Body("giver")
    pose = arm(
        body, _over(HOLDING), "R", (0.074, 0.010, 0.057), (1, -0.4, -0.3), (-0.56, 0.82, -0.05), (0.04, 0, -1)
    )  # fmt: skip
    return arm(body, pose, "L", (-0.101, -0.052, -0.024), (-1, -0.4, -0.3), (0.68, 0.73, -0.10), (0.40, 0, 0.90))


def under_thumbs() -> Pose:
    """Both hands round the open hand's edges: fingers under it, the thumbs on the palm."""
    body, pose = Body("giver"), _over(PRESSING)
    for side, s in (("L", 1), ("R", -1)):
        wrist = (-s * 0.0845 + 0.004, -0.026, -0.015)
        pose = arm(body, pose, side, wrist, (-s, -0.4, -0.3), (s * 0.68, 0.73, -0.10), (s * 0.40, 0.0, 0.90))
    return pose


HANDHOLDS = {
    "grip-hand-hold": holding,
    "grip-hand-thumbs": under_thumbs,
    "grip-desk-squeeze": squeezing,
    "desk-standing": on_shoulders,
    "desk-neck": on_shoulders_from_below,
    "hand-open": open_hand,
    "desk-seated": at_desk,
    "desk-lap": lambda: at_desk((0.13, -0.20, 0.64)),
}
