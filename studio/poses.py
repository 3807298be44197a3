"""The words a pose is written in, and the base poses.

A pose is a table: bone -> list of (axis, degrees). "bone*" is both sides, mirrored; "bone.R" is written as if it were
the left side. Axes are the rest body's x (person's left), y (back), z (up), or the bone's own: u along the upper arm,
f along the forearm, e the elbow's hinge, k across the knuckles, m along the hand, n out of the palm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from scipy.spatial.transform import Rotation

from studio.mesh import Floats
from studio.skeleton import Body, Pose

Turn = tuple[str, float]
Table = Mapping[str, Sequence[Turn]]
MIRROR = np.diag([-1.0, 1, 1])
FACE_DOWN = np.array([[-1.0, 0, 0], [0, 0, 1], [0, 1, 0]])  # rest left -> -x, rest up -> +y, rest back -> +z


@lru_cache(maxsize=1)
def axes() -> dict[str, Floats]:
    """Unit vectors of the axis letters, from the giver's left arm."""
    body = Body("giver")

    def unit(v: Floats) -> Floats:
        return v / np.linalg.norm(v)

    def between(a: str, b: str) -> Floats:
        return unit(body.joint(b) - body.joint(a))

    out = {"x": np.eye(3)[0], "y": np.eye(3)[1], "z": np.eye(3)[2]}
    out["u"] = between("upperarm01.L", "lowerarm01.L")
    out["f"] = between("lowerarm01.L", "wrist.L")
    out["e"] = unit(np.cross(out["u"], out["f"]))
    out["k"] = between("finger2-1.L", "finger5-1.L")
    out["m"] = between("wrist.L", "finger3-1.L")
    out["n"] = unit(np.cross(out["k"], out["m"]))
    return out


def turn(axis: str, degrees: float) -> Floats:
    """Rotation matrix about an axis letter."""
    return Rotation.from_rotvec(axes()[axis] * np.radians(degrees)).as_matrix()


def turns(table: Table) -> dict[str, Floats]:
    """A pose table as rotation matrices per bone."""
    out: dict[str, Floats] = {}
    for bone, steps in table.items():
        matrix = np.eye(3)
        for axis, degrees in steps:
            matrix = matrix @ turn(axis, degrees)
        if bone.endswith("*"):
            out[bone[:-1] + ".L"], out[bone[:-1] + ".R"] = matrix, MIRROR @ matrix @ MIRROR
        elif bone.endswith(".R"):
            out[bone] = MIRROR @ matrix @ MIRROR
        else:
            out[bone] = matrix
    return out


RELAXED_HAND: dict[str, list[Turn]] = {
    "finger2-1*": [("n", -13), ("k", 8)], "finger3-1*": [("n", -3), ("k", 11)],
    "finger4-1*": [("n", 8), ("k", 14)], "finger5-1*": [("n", 19), ("k", 17)],
    "finger2-2*": [("k", 14)], "finger3-2*": [("k", 17)], "finger4-2*": [("k", 19)], "finger5-2*": [("k", 20)],
}  # fmt: skip


def prone(lift: float, legs: float = 10.0) -> Pose:
    """Face down, arms along the sides with the palms up, feet stretched, ankles on the roll under them.

    `lift` (degrees) raises the neck and levels the head again, until the forehead lies on a folded towel's height.
    """
    table: dict[str, list[Turn]] = {
        "neck01": [("x", -lift)], "neck02": [("x", -0.5 * lift)], "head": [("x", 1.27 * lift)],
        "upperleg01*": [("y", legs * 0.5), ("z", -6)], "upperleg02*": [("z", -6)], "lowerleg01*": [("x", 3)],
        "foot*": [("x", 52), ("z", -8)], "toe1-1*": [("x", 8)],
        "clavicle*": [("y", 3), ("z", -6)], "shoulder01*": [("y", 8)],
        "upperarm01*": [("x", 8), ("y", 20)], "upperarm02*": [("u", 15)],
        "lowerarm01*": [("f", 15), ("e", -20)], "lowerarm02*": [("f", 20)], "wrist*": [("f", 5)],
        **RELAXED_HAND,
    }  # fmt: skip
    return Pose(turns(table), FACE_DOWN)


def kneeling(lean: float, yaw: float, thigh: float = -28, splay: float = 12, nod: float = 0, arch: float = 0) -> Pose:
    """On both knees, thighs `thigh` degrees off upright, trunk leaning ahead; `yaw` 0 faces +x."""
    hip, knee = lean - thigh, 90 - thigh
    table: dict[str, list[Turn]] = {
        "upperleg01*": [("y", -splay), ("x", -hip * 0.55)], "upperleg02*": [("x", -hip * 0.45)],
        "lowerleg01*": [("x", knee - 7)], "foot*": [("x", 66)],
        "spine04": [("x", arch)], "spine03": [("x", arch)], "spine02": [("x", arch)],
        "neck01": [("x", nod * 0.3)], "neck02": [("x", nod * 0.3)], "head": [("x", nod * 0.4)],
    }  # fmt: skip
    return Pose(turns(table), turn("z", 90 + yaw) @ turn("x", lean))


def standing(lean: float, yaw: float, ahead: float = 18, behind: float = -10, bend: float = 6, nod: float = 0) -> Pose:
    """Standing in a lunge: left thigh `ahead`, right thigh `behind` (degrees), the right knee bent by `bend`."""
    table: dict[str, list[Turn]] = {
        "neck01": [("x", nod * 0.3)], "neck02": [("x", nod * 0.3)], "head": [("x", nod * 0.4)],
    }  # fmt: skip
    for side, thigh, knee in (("L", ahead, 2 * ahead), ("R", behind, bend)):
        hip = lean + thigh
        table["upperleg01." + side] = [("y", 2), ("x", -hip * 0.55)]
        table["upperleg02." + side] = [("x", -hip * 0.45)]
        table["lowerleg01." + side] = [("x", knee)]
        table["foot." + side] = [("x", thigh - knee)]
    return Pose(turns(table), turn("z", 90 + yaw) @ turn("x", lean))


def half_kneeling(
    lean: float, yaw: float, thigh: float = -38, back: float = 4, splay: float = 10, nod: float = 0
) -> Pose:
    """Left knee on a bed's edge, right foot on the floor: left thigh `thigh`, right thigh `back` degrees off upright."""
    hip, stand = lean - thigh, lean + back
    table: dict[str, list[Turn]] = {
        "upperleg01.L": [("y", -splay), ("x", -hip * 0.55)], "upperleg02.L": [("x", -hip * 0.45)],
        "lowerleg01.L": [("x", 90 - thigh - 7)], "foot.L": [("x", 60)],
        "upperleg01.R": [("y", -4), ("x", -stand * 0.55)], "upperleg02.R": [("x", -stand * 0.45)],
        "neck01": [("x", nod * 0.3)],
        "neck02": [("x", nod * 0.3)],
        "head": [("x", nod * 0.4)],
        "lowerleg01.R": [("x", 6)], "foot.R": [("x", back - 6)],
    }  # fmt: skip
    return Pose(turns(table), turn("z", 90 + yaw) @ turn("x", lean))


def astraddle(lean: float, yaw: float, spread: float = 32, bow: float = 58, thigh: float = 83.5) -> Pose:
    """Sitting reversed on a chair: thighs `thigh` degrees off upright and spread in the level, shins upright, feet on
    the floor, trunk leaning, head bowed by `bow`."""
    table: dict[str, list[Turn]] = {
        "upperleg01*": [("x", -lean), ("z", spread), ("x", -thigh * 0.6)], "upperleg02*": [("x", -thigh * 0.4)],
        "lowerleg01*": [("x", thigh)], "foot*": [("x", 0)],
        "neck01": [("x", bow * 0.35)], "neck02": [("x", bow * 0.3)], "head": [("x", bow * 0.35)],
    }  # fmt: skip
    return Pose(turns(table), turn("z", 90 + yaw) @ turn("x", lean))


def on_side(knees: float = 62, hips: float = 52, bow: float = 12, elbow: float = 45) -> Pose:
    """Lying on the left side along +y, the back towards -x, hips and knees bent, both arms ahead, the lower `elbow` bent."""
    table: dict[str, list[Turn]] = {
        "upperleg01.L": [("x", -hips * 0.45)], "upperleg02.L": [("x", -hips * 0.4)], "lowerleg01.L": [("x", knees * 0.8)],
        "upperleg01.R": [("y", 14), ("z", -16), ("x", -hips * 0.65)], "upperleg02.R": [("x", -hips * 0.5)],
        "lowerleg01.R": [("x", knees)], "foot*": [("x", 30)],
        "spine03": [("x", bow * 0.3)], "spine02": [("x", bow * 0.3)],
        "neck01": [("x", bow), ("y", -6)], "head": [("x", bow * 0.5), ("y", -6)],
        "upperarm01.L": [("z", -60), ("y", 30)], "lowerarm01.L": [("e", elbow)],
        "upperarm01.R": [("z", -62), ("y", 8)], "lowerarm01.R": [("e", 40)],
        **RELAXED_HAND,
    }  # fmt: skip
    back_aside = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])  # +z -> -x, +x -> +z
    return Pose(turns(table), back_aside @ FACE_DOWN)
