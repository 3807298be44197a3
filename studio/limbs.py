"""Arms and legs put where they are wanted: two-bone chains solved in closed form, for poses that are written down.

Places and directions are in the world. A limb's plane is given by a *pole*, a direction in which its elbow or knee
points. Twist is shared out along the arm, so that neither the shoulder nor the wrist wrings.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial.transform import Rotation

from studio.mesh import Floats
from studio.poses import axes
from studio.skeleton import BONE, PARENTS, Body, Pose, kinematics

Vector = Sequence[float] | Floats
FULL = 0.998  # of a limb's length: how far it may stretch


def _unit(v: Vector) -> Floats:
    return np.asarray(v, float) / np.linalg.norm(v)


def _frame(first: Floats, second: Floats) -> Floats:
    """Columns: `first`, what is left of `second` across it, and their cross product."""
    one = _unit(first)
    two = _unit(second - one * (one @ second))
    return np.stack([one, two, np.cross(one, two)], 1)


def _about(axis: Floats, angle: float) -> Floats:
    return Rotation.from_rotvec(axis * angle).as_matrix()


def _swing(a: Floats, b: Floats) -> Floats:
    """The shortest rotation from one unit vector to another."""
    cross = np.cross(a, b)
    sine = float(np.linalg.norm(cross))
    angle = float(np.arctan2(sine, a @ b))
    return np.eye(3) if sine < 1e-9 else _about(cross / sine, angle)


def _twist(rotation: Floats, axis: Floats) -> float:
    """The angle about `axis` (radians) in a rotation that is written as twist, then swing, or swing, then twist."""
    x, y, z, w = Rotation.from_matrix(rotation).as_quat()
    return float(2 * np.arctan2(np.array([x, y, z]) @ axis, w) + np.pi) % (2 * np.pi) - np.pi


def _joint_between(start: Floats, end: Floats, upper: float, lower: float, pole: Floats) -> tuple[Floats, Floats]:
    """Where elbow or knee lies, and the end that can be reached."""
    away = end - start
    far = min(float(np.linalg.norm(away)), FULL * (upper + lower))
    line = _unit(away)
    across = _unit(pole - line * (line @ pole))
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    aside = np.sqrt(max(upper**2 - along**2, 0.0))
    return start + along * line + aside * across, start + far * line


def arm(body: Body, pose: Pose, side: str, wrist: Vector, pole: Vector, fingers: Vector, palm: Vector) -> Pose:
    """The pose with the arm of a side ("L", "R") put so that its wrist lies at `wrist`, the hand along `fingers`, facing `palm`.

    A wrist out of reach is approached as far as the arm is long.
    """
    turned_bones, places = kinematics(body.joints, pose)
    names = [f"{b}.{side}" for b in ("upperarm01", "lowerarm01", "wrist")]
    rest = [body.joint(b) for b in names]
    u, f = _unit(rest[1] - rest[0]), _unit(rest[2] - rest[1])
    hinge = _unit(np.cross(u, f))
    lengths = [float(np.linalg.norm(rest[i + 1] - rest[i])) for i in (0, 1)]
    shoulder = places[BONE[names[0]]]
    elbow, hand = _joint_between(shoulder, np.asarray(wrist, float), *lengths, np.asarray(pole, float))
    upper, fore = _unit(elbow - shoulder), _unit(hand - elbow)
    about = np.cross(upper, fore)
    about = about if np.linalg.norm(about) > 0.02 else np.cross(-np.asarray(pole, float), upper)
    arm_turn = _frame(upper, about) @ _frame(u, hinge).T
    fore_turn = _frame(fore, about) @ _frame(f, hinge).T
    parent = turned_bones[PARENTS[BONE[names[0]]]]
    local = parent.T @ arm_turn
    swing = _swing(u, _unit(local @ u))
    twist = _twist(swing.T @ local, u)
    mirror = np.array([-1.0, 1, 1]) if side == "R" else np.ones(3)
    facing = np.cross(axes()["k"], axes()["m"]) * mirror
    hand_turn = _frame(_unit(fingers), _unit(palm)) @ _frame(axes()["m"] * mirror, facing).T
    at_wrist = fore_turn.T @ hand_turn
    turned = _twist(at_wrist, f)
    bend = _about(f, -turned) @ at_wrist
    return pose.with_turns(
        {
            names[0]: swing @ _about(u, 0.5 * twist),
            f"upperarm02.{side}": _about(u, 0.5 * twist),
            names[1]: arm_turn.T @ fore_turn @ _about(f, 0.35 * turned),
            f"lowerarm02.{side}": _about(f, 0.45 * turned),
            names[2]: _about(f, 0.2 * turned) @ bend,
        }
    )


def leg(
    body: Body, pose: Pose, side: str, ankle: Vector, pole: Vector, toes: Vector = (0, -1, 0), up: Vector = (0, 0, 1)
) -> Pose:
    """The pose with the leg of a side put so that its ankle lies at `ankle`, the toes along `toes`, the instep facing `up`.

    The hip's bend is shared by the two bones of the thigh, whose joint therefore moves: a few rounds settle it.
    """
    names = [f"{b}.{side}" for b in ("upperleg01", "upperleg02", "lowerleg01", "foot")]
    rest = [body.joint(b) for b in names]
    thigh, shin = _unit(rest[2] - rest[1]), _unit(rest[3] - rest[2])
    hinge = np.array([1.0, 0, 0])
    lengths = [float(np.linalg.norm(rest[i + 1] - rest[i])) for i in (1, 2)]
    pole = np.asarray(pole, float)
    for _ in range(12):
        turned_bones, places = kinematics(body.joints, pose)
        hip = places[BONE[names[1]]]
        knee, end = _joint_between(hip, np.asarray(ankle, float), *lengths, pole)
        upper, lower = _unit(knee - hip), _unit(end - knee)
        about = np.cross(pole, upper)
        wanted = _frame(upper, about) @ _frame(thigh, hinge).T
        shin_turn = _frame(lower, about) @ _frame(shin, hinge).T
        parent = turned_bones[PARENTS[BONE[names[0]]]]
        half = Rotation.from_rotvec(0.55 * Rotation.from_matrix(parent.T @ wanted).as_rotvec()).as_matrix()
        foot = _frame(_unit(up), _unit(toes)) @ _frame(np.array([0.0, 0, 1]), np.array([0.0, -1, 0])).T
        pose = pose.with_turns(
            {
                names[0]: half,
                names[1]: half.T @ parent.T @ wanted,
                names[2]: wanted.T @ shin_turn,
                names[3]: shin_turn.T @ foot,
            }
        )
    return pose
