"""Stretches of one person alone, barefoot, in a T-shirt and trousers: the poses, written in words. The floor is z = 0, the person faces -y."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from studio.limbs import arm, leg
from studio.poses import RELAXED_HAND, Turn, turn, turns
from studio.skeleton import Body, Pose

WHO = "receiver-b"
HIP = 0.917  # metres from the floor to the root joint, standing
ANKLE = 0.079  # from the sole to the ankle's joint
DOWN, UP, AHEAD, BACK = (0, 0, -1), (0, 0, 1), (0, -1, 0), (0, 1, 0)
FLAT_HAND: dict[str, list[Turn]] = {
    "finger2-1*": [("n", -8), ("k", -2)], "finger3-1*": [("n", -2)], "finger4-1*": [("n", 5)], "finger5-1*": [("n", 12)],
    "finger2-2*": [("k", 4)], "finger3-2*": [("k", 4)], "finger4-2*": [("k", 4)], "finger5-2*": [("k", 4)],
}  # fmt: skip
CLASPED: dict[str, list[Turn]] = {
    **{f"finger{k}-1*": [("k", 38)] for k in range(2, 6)},
    **{f"finger{k}-2*": [("k", 62)] for k in range(2, 6)},
    **{f"finger{k}-3*": [("k", 25)] for k in range(2, 6)},
    "finger1-1*": [("n", -20)],
    "finger1-2*": [("k", 15)],
}
RAISED: dict[str, list[Turn]] = {"clavicle*": [("y", -18)], "shoulder01*": [("y", -16)]}


@lru_cache(maxsize=1)
def _body() -> Body:
    return Body(WHO)


def _spine(bends: tuple[float, float, float, float, float], axis: str = "x") -> dict[str, list[Turn]]:
    """Turns of the five joints of the spine, from the lowest up."""
    return {f"spine0{5 - i}": [(axis, b)] for i, b in enumerate(bends)}


def _neck(x: float = 0, y: float = 0, z: float = 0) -> dict[str, list[Turn]]:
    shares = {"neck01": 0.25, "neck02": 0.25, "neck03": 0.15, "head": 0.35}
    return {bone: [("z", z * s), ("y", y * s), ("x", x * s)] for bone, s in shares.items()}


def _standing(table: dict[str, list[Turn]], x: float = 0, y: float = 0, wide: float = 0.13) -> Pose:
    """Both feet on the floor, the hips over them; (x, y) shifts the hips."""
    pose = Pose(turns(table), np.eye(3), np.array([x, y, HIP - 0.004]))
    for side, s in (("L", 1), ("R", -1)):
        pose = leg(_body(), pose, side, (s * wide, 0.02, ANKLE), (s * 0.12, -1, 0), (s * 0.14, -1, 0))
    return pose


def reach(nod: float = -6) -> Pose:
    """Standing, both arms overhead, the neck bent by `nod` (minus: back)."""
    pose = _standing({**_spine((0, -2, -3, -3, -2)), **_neck(nod), **RAISED, **FLAT_HAND})
    for side, s in (("L", 1), ("R", -1)):
        pose = arm(_body(), pose, side, (s * 0.15, -0.03, 2.2), (s, 0.4, 0.2), (-s * 0.06, 0, 1), (-s, -0.25, 0))
    return pose


def reach_chair() -> Pose:
    """The same, the face level: looking ahead."""
    return reach(10)


def _sideways() -> Pose:
    """Standing, bent to the right, the left arm over the head, the right one still to be placed."""
    table = {
        **_spine((-2, -5, -7, -7, -5), "y"),
        **_neck(y=-8),
        "clavicle.L": [("y", -18)],
        "shoulder01.L": [("y", -16)],
    }
    pose = _standing({**FLAT_HAND, **table}, x=0.035)
    return arm(_body(), pose, "L", (-0.40, -0.06, 1.95), (0.3, 0.4, 1), (-0.9, -0.05, 0.35), (-0.3, -0.3, -0.9))


def side() -> Pose:
    """Bent to the right, the right hand on the hip."""
    return arm(_body(), _sideways(), "R", (-0.20, -0.03, 0.99), (-1, 0.5, 0), (0.45, -0.75, -0.5), (0.85, 0.5, 0))


def held() -> Pose:
    """Bent to the right, the right hand on the back of a chair."""
    return arm(_body(), _sideways(), "R", (-0.445, -0.02, 0.945), (-0.1, 1, 0.1), (-0.95, -0.25, -0.2), (-0.2, 0, -1))


def neck() -> Pose:
    """The right ear toward the shoulder."""
    return Pose(turns({**_neck(y=-30), "upperarm01*": [("y", 19)], "clavicle*": [("y", 4)], **RELAXED_HAND}))


def chest() -> Pose:
    """Standing, the hands clasped behind, the chest open."""
    table = {
        **_spine((0, -2, -4, -5, -4)),
        **_neck(-4),
        "clavicle*": [("z", 12)],
        "shoulder01*": [("z", 10)],
        **CLASPED,
    }
    pose = _standing(table)
    for side, s in (("L", 1), ("R", -1)):
        place = (s * 0.040, 0.33, 0.90 + 0.012 * s)
        pose = arm(_body(), pose, side, place, (s, 0.2, 0.1), (-s * 0.35, 0.35, -1), (-s, 0, 0.25))
    return pose


def all_fours(
    tilt: float, bends: tuple[float, float, float, float, float], nod: float, hips: float, hands: float
) -> Pose:
    """On hands and knees; `tilt` of the pelvis off the level (minus: tucked), `bends` of the spine (minus: hollow), the height of
    the hips, and how far ahead the hands stand (y)."""
    table = {**_spine(bends), **_neck(nod), "clavicle*": [("z", -8)], **FLAT_HAND}
    pose = Pose(turns(table), turn("x", 90 + tilt), np.array([0, 0.23, hips]))
    for side, s in (("L", 1), ("R", -1)):
        pose = leg(_body(), pose, side, (s * 0.12, 0.64, 0.055), (0, -0.5, -1), (0, 1, -0.05), (0, -0.05, -1))
        pose = arm(_body(), pose, side, (s * 0.17, hands, 0.042), (s * 0.4, 1, 0), AHEAD, DOWN)
    return pose


def cat() -> Pose:
    """On hands and knees, the back round."""
    return all_fours(-70, (10, 22, 26, 18, 4), 30, 0.478, -0.16)


def cow() -> Pose:
    """On hands and knees, the back hollow."""
    return all_fours(16, (-9, -10, -9, -8, -6), -30, 0.458, -0.26)


def twist() -> Pose:
    """Seated, turned to the left: the right hand on the left knee, the left hand at the edge of the seat."""
    table = {**_spine((4, 9, 11, 11, 8), "z"), **_neck(z=26), **RELAXED_HAND}
    pose = Pose(turns(table), np.eye(3), np.array([0, 0.0, 0.545]))
    for side, s in (("L", 1), ("R", -1)):
        pose = leg(_body(), pose, side, (s * 0.12, -0.44, ANKLE), (s * 0.1, -1, 0.6), (s * 0.1, -1, 0))
    pose = arm(_body(), pose, "R", (0.04, -0.34, 0.645), (-1, -0.2, 0), (0.9, -0.35, -0.25), (0, 0, -1))
    return arm(_body(), pose, "L", (0.255, 0.13, 0.515), (1, 0.8, 0), (-0.05, -0.15, -1), (-1, 0, 0))


def _half_kneeling(turned: float = 0) -> Pose:
    """The right knee on a pad, the hips pushed ahead, the head `turned` to the left, the arms still to be placed."""
    pose = Pose(
        turns({**_spine((-2, -3, -2, 0, 0)), **_neck(z=turned), **RELAXED_HAND}),
        turn("x", 4),
        np.array([0, -0.06, 0.438]),
    )
    pose = leg(_body(), pose, "L", (0.12, -0.46, ANKLE), (0, -1, 0.4))
    return leg(_body(), pose, "R", (-0.11, 0.545, 0.062), (0, -0.4, -1), (0, 1, -0.05), (0, -0.05, -1))


def _on_thigh(pose: Pose, side: str, s: int) -> Pose:
    """The hand of a side (s: 1 left, -1 right) on the left thigh."""
    place = (0.125 + s * 0.045, -0.30 - 0.03 * s, 0.615)
    return arm(_body(), pose, side, place, (s, 0.5, 0), (-s * 0.45, -1, -0.05), (-s * 0.1, 0, -1))


def lunge() -> Pose:
    """Half kneeling, both hands on the left thigh."""
    return _on_thigh(_on_thigh(_half_kneeling(), "L", 1), "R", -1)


def lunge_chair() -> Pose:
    """Half kneeling, the left hand on the left thigh, the right one on the back of a chair."""
    pose = _on_thigh(_half_kneeling(turned=9), "L", 1)
    return arm(_body(), pose, "R", (-0.40, -0.365, 0.943), (-1, 0.5, -0.25), (0.05, -0.95, -0.25), (0, -0.25, -1))


def calf() -> Pose:
    """Both hands on a wall, the left leg back and straight, its heel down."""
    pose = Pose(turns({**_neck(-6), **FLAT_HAND}), turn("x", 14), np.array([0, -0.10, 0.815]))
    pose = leg(_body(), pose, "R", (-0.10, -0.24, ANKLE), (0, -1, 0))
    pose = leg(_body(), pose, "L", (0.10, 0.305, ANKLE), (0, -1, 0))
    for side, s in (("L", 1), ("R", -1)):
        pose = arm(_body(), pose, side, (s * 0.17, -0.60, 1.25), (s, 0.3, -1), (0, -0.15, 1), AHEAD)
    return pose


STRETCHES = {
    f"stretch-{f.__name__.replace('_', '-')}": f
    for f in (reach, reach_chair, side, held, neck, chest, cat, cow, twist, lunge, lunge_chair, calf)
}
