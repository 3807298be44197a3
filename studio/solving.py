"""Hands onto a back: arms, wrists and fingers by gradient descent (needs torch; drawing doesn't).

First the palm: position, direction and facing, with a prior on every joint and soft joint limits; then contact: the
palm's and fingers' inner vertices are pulled on to a height field of the back and pushed out of it. Adam: D. P. Kingma
and J. Ba, "Adam: a method for stochastic optimization" (2015). Symmetric grips are solved for the left arm and mirrored;
of two stacked hands the lower is solved first and then belongs to the height field. At the end the neck is turned so
that the face looks at the hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from studio.contact import Frame, HeightField
from studio.landmarks import FINGER_TIP
from studio.mesh import Floats, Ints, normals, people_data, triangles
from studio.parts import PART, part_weights
from studio.poses import MIRROR, axes
from studio.skeleton import BONE, BONES, PARENTS, Body, Pose, weights

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
Tensor = torch.Tensor

ARM = {"clavicle": 2, "shoulder01": 3, "upperarm01": 3, "upperarm02": 1, "elbow": 1, "lowerarm01": 1,
       "lowerarm02": 1, "wrist": 2}  # fmt: skip
STIFF = {"clavicle": 2.0, "shoulder01": 1.5, "upperarm01": 0.05, "upperarm02": 0.15, "elbow": 0.05, "lowerarm01": 0.1,
         "lowerarm02": 0.1, "wrist": 0.12}  # fmt: skip
FOLDED = (0.34, 0.56)  # radians at the two joints of a finger curled out of the way
SPINE = ("spine04", "spine03", "spine02", "spine01")


@dataclass(frozen=True)
class Reach:
    """Where one hand goes, in the back's frame (metres): middle of the palm, direction of the fingers, facing."""

    at: tuple[float, float]
    along: tuple[float, float, float]
    palm: tuple[float, float, float] = (0, 0, -1)
    lift: float = 0.0
    elbow: float = 0.0
    wrist: float = -0.6
    thumb: tuple[float, float] = (-0.28, 0.0)  # radians out of the palm's plane of rest (minus: beside the hand), bend
    spread: tuple[float, float, float, float] = (-0.21, -0.04, 0.04, 0.05)  # index to little finger
    touch: tuple[float, ...] = (1, 0.5, 1, 1, 1, 1)  # how much palm, thumb and fingers seek the surface
    pull: float = 120.0
    palm_weight: float = 3.0
    elbow_at: tuple[float, float, float] | None = None  # world
    bent: tuple[float, float] = (0, 0)  # curl asked of the two finger joints, radians
    folded: tuple[int, ...] = ()  # fingers (2 to 5) curled out of the way
    tip: tuple[int, float, float] | None = None  # a finger and the place of its pad; the palm then follows


def _vector(values: Any) -> Tensor:
    return torch.tensor(np.asarray(values, float))


def _rotation(v: Tensor) -> Tensor:
    """Rotation matrix of a rotation vector (3,)."""
    angle = torch.sqrt((v * v).sum() + 1e-16)
    x, y, z = v / angle
    zero = torch.zeros_like(x)
    cross = torch.stack([torch.stack([zero, -z, y]), torch.stack([z, zero, -x]), torch.stack([-y, x, zero])])
    return torch.eye(3) + torch.sin(angle) * cross + (1 - torch.cos(angle)) * (cross @ cross)


class _Palm:
    """A hand's inner vertices, by palm and finger, and the direction it faces at rest."""

    def __init__(self, body: Body, side: str) -> None:
        flip = np.array([-1.0, 1, 1]) if side == "R" else np.ones(3)
        facing = np.cross(axes()["k"], axes()["m"])
        self.facing = facing / np.linalg.norm(facing) * flip
        faces: Ints = triangles(people_data()["quads/body"].astype(np.int64))
        inner = normals(body.rest, faces) @ self.facing > 0.55
        labels = part_weights()[:, [PART["hand" + side], *(PART[f"finger{k}{side}"] for k in range(1, 6))]]
        mine = (labels.sum(1) > 0.6) & inner
        self.groups = [np.nonzero(mine & (labels.argmax(1) == k))[0] for k in range(6)]
        self.skins = []
        for group in self.groups:
            share = np.asarray(weights()[group].todense())
            bones = np.nonzero(share.max(0) > 1e-4)[0]
            rest = body.rest[group][:, None, :] - body.joints[bones][None]
            self.skins.append((bones, _vector(share[:, bones]), _vector(rest)))


class _Field:
    """The height field as a differentiable function of points in the world."""

    def __init__(self, field: HeightField, frame: Frame) -> None:
        self.grid = torch.tensor(field.heights)[None, None]
        self.low, self.zoom = _vector(field.low), field.zoom
        self.size = _vector([field.heights.shape[1], field.heights.shape[0]])
        self.axes, self.origin = _vector(frame.axes), _vector(frame.origin)

    def local(self, points: Tensor) -> Tensor:
        return (points - self.origin) @ self.axes.T

    def height(self, local: Tensor) -> Tensor:
        at = ((local[:, :2] - self.low) * self.zoom / self.size * 2 - 1).reshape(1, -1, 1, 2)
        sampled: Tensor = torch.nn.functional.grid_sample(self.grid, at, align_corners=False, padding_mode="border")
        return sampled.reshape(-1)


class Solver:
    """One body with some hands to place; `solve` gives the finished pose."""

    def __init__(self, body: Body, base: Pose, hands: dict[str, Reach], field: HeightField, frame: Frame, spine: str):
        self.body, self.base, self.hands = body, base, hands
        self.field = _Field(field, frame)
        self.palms = {s: _Palm(body, s) for s in hands}
        self.axes = {k: _vector(v) for k, v in axes().items()}
        self.mirror = {"L": torch.eye(3), "R": _vector(MIRROR)}
        self.fixed = {b: _vector(m) for b, m in base.turns.items()}
        self.joints = _vector(body.joints)
        self.spine_share = {"none": (0.0, 0, 0), "flex": (0.25, 0, 0), "free": (0.25, 0.25, 0.25)}[spine]
        self.spine = torch.zeros(3)
        self.arms = {s: {k: torch.zeros(n) for k, n in ARM.items()} for s in hands}
        for s, hand in hands.items():
            self.arms[s]["elbow"] = torch.tensor([hand.elbow])
            self.arms[s]["wrist"] = torch.tensor([hand.wrist, 0.0])
        self.fingers: dict[str, dict[int, Tensor]] = {s: {} for s in hands}

    def turns(self) -> dict[str, Tensor]:
        """All bone rotations at the present parameters."""
        out = dict(self.fixed)
        bend = _rotation(self.spine * _vector(self.spine_share))
        for bone in SPINE:
            out[bone] = out.get(bone, torch.eye(3)) @ bend
        for side in self.hands:
            m = self.mirror[side]
            for bone, matrix in (self._arm(side) | self._hand(side)).items():
                out[f"{bone}.{side}"] = m @ matrix @ m
        return out

    def _about(self, axis: str, angle: Tensor) -> Tensor:
        return _rotation(self.axes[axis] * angle)

    def _arm(self, side: str) -> dict[str, Tensor]:
        a = self.arms[side]
        return {
            "clavicle": _rotation(torch.cat([torch.zeros(1), a["clavicle"]])),
            "shoulder01": _rotation(a["shoulder01"]),
            "upperarm01": _rotation(a["upperarm01"]),
            "upperarm02": self._about("u", a["upperarm02"][0]),
            "lowerarm01": self._about("f", a["lowerarm01"][0]) @ self._about("e", a["elbow"][0]),
            "lowerarm02": self._about("f", a["lowerarm02"][0]),
            "wrist": self._about("k", a["wrist"][0]) @ self._about("n", a["wrist"][1]),
        }

    def _hand(self, side: str) -> dict[str, Tensor]:
        out: dict[str, Tensor] = {}
        for k, q in self.fingers[side].items():
            if k == 1:
                out["finger1-1"] = _rotation(q[:3])
                out["finger1-2"] = self._about("k", 0.5 * q[3])
                out["finger1-3"] = self._about("k", 0.3 * q[3])
            else:
                out[f"finger{k}-1"] = self._about("k", q[0]) @ self._about("n", q[1])
                out[f"finger{k}-2"] = self._about("k", q[2])
                out[f"finger{k}-3"] = self._about("k", 0.6 * q[2])
        return out

    def kinematics(self) -> tuple[list[Tensor], list[Tensor]]:
        """World rotations and joint positions."""
        turns = self.turns()
        rotations: list[Tensor] = []
        places: list[Tensor] = []
        for i, bone in enumerate(BONES):
            parent = PARENTS[i]
            base = _vector(self.base.root) if parent < 0 else rotations[parent]
            local = turns.get(bone)
            rotations.append(base if local is None else base @ local)
            if parent < 0:
                places.append(_vector(self.base.at))
            else:
                places.append(places[parent] + base @ (self.joints[i] - self.joints[parent]))
        return rotations, places

    def _palm_loss(self, rotations: list[Tensor], places: list[Tensor]) -> Tensor:
        total = torch.zeros(())
        for side, hand in self.hands.items():
            turn = rotations[BONE["wrist." + side]]
            along = self.field.axes @ (turn @ (self.mirror[side] @ self.axes["m"]))
            facing = self.field.axes @ (turn @ _vector(self.palms[side].facing))
            middle = 0.55 * places[BONE["finger3-1." + side]] + 0.45 * places[BONE["wrist." + side]]
            middle = self.field.local(middle[None])[0] + 0.018 * facing
            height = self.field.height(middle[None])[0].detach() + hand.lift + 0.004
            firm = 400.0 if hand.tip is None else 40.0
            total = total + firm * ((middle[:2] - _vector(hand.at)) ** 2).sum() + firm * (middle[2] - height) ** 2
            if hand.tip is not None:
                total = total + 900 * ((self._pad(side, hand.tip[0], places)[:2] - _vector(hand.tip[1:])) ** 2).sum()
            for seen, wanted, weight in ((along, hand.along, 3.0), (facing, hand.palm, hand.palm_weight)):
                goal = _vector(wanted)
                total = total + weight * (1 - (seen * goal / goal.norm()).sum())
            if hand.elbow_at is not None:
                elbow = places[BONE["lowerarm01." + side]]
                total = total + 20 * ((elbow - _vector(hand.elbow_at)) ** 2).sum()
        return total

    def _pad(self, side: str, finger: int, places: list[Tensor]) -> Tensor:
        """Where a finger's pad is, in the back's frame."""
        before, last = (places[BONE[f"finger{finger}-{k}.{side}"]] for k in (2, 3))
        return self.field.local((last + FINGER_TIP * (last - before) / (last - before).norm())[None])[0]

    def _prior_loss(self, prior: dict[str, dict[str, Tensor]]) -> Tensor:
        total = 0.6 * (self.spine**2).sum() + 6 * self.spine[1] ** 2
        for side, arm in self.arms.items():
            for name, value in arm.items():
                total = total + STIFF[name] * ((value - prior[side][name]) ** 2).sum()
            total = total + 20 * torch.relu(-0.70 - arm["elbow"][0]) ** 2  # at rest the elbow is bent by 40 degrees
            total = total + 30 * torch.relu(arm["wrist"][0].abs() - 1.25) ** 2
            total = total + 30 * torch.relu(arm["wrist"][1].abs() - 0.35) ** 2
            for name in ("lowerarm01", "lowerarm02", "upperarm02"):
                total = total + 10 * torch.relu(arm[name].abs() - 1.0).sum() ** 2
        return total

    def _skin_height(self, side: str, group: int, rotations: list[Tensor], places: list[Tensor]) -> Tensor:
        """How far each inner vertex stands above the field."""
        bones, share, rest = self.palms[side].skins[group]
        turn = torch.stack([rotations[b] for b in bones])
        at = torch.stack([places[b] for b in bones])
        world = (share[..., None] * (torch.einsum("bij,vbj->vbi", turn, rest) + at)).sum(1)
        local = self.field.local(world)
        return local[:, 2] - self.field.height(local)

    def _touch_loss(self, rotations: list[Tensor], places: list[Tensor]) -> Tensor:
        total = torch.zeros(())
        for side, hand in self.hands.items():
            for group in range(6):
                if not len(self.palms[side].groups[group]):
                    continue
                gap = self._skin_height(side, group, rotations, places) - hand.lift
                seek = hand.touch[group]
                total = total + max(seek, 0.8) * 1400 * (torch.relu(-gap) ** 2).mean()
                total = total + seek * hand.pull * (torch.relu(gap - 0.002) ** 2).mean()
        return total

    def _finger_loss(self, start: dict[str, dict[int, Tensor]]) -> Tensor:
        total = torch.zeros(())
        for side, fingers in self.fingers.items():
            for k, q in fingers.items():
                first = start[side][k]
                total = total + 0.25 * ((q - first) ** 2).sum()
                if k == 1 or k in self.hands[side].folded:
                    total = total + 5 * ((q - first) ** 2).sum()
                else:
                    total = total + 10 * (q[1] - first[1]) ** 2
                    total = total + 5 * torch.relu(-q[0] - 0.35) ** 2 + 10 * torch.relu(-q[2] - 0.05) ** 2
        return total

    def _start_fingers(self) -> None:
        for side, hand in self.hands.items():
            out, bend = hand.thumb
            self.fingers[side] = {1: torch.cat([self.axes["n"] * out, torch.tensor([bend])])}
            for k in range(2, 6):
                first, second = FOLDED if k in hand.folded else hand.bent
                self.fingers[side][k] = _vector([first, hand.spread[k - 2], second])

    def solve(self, rounds: int = 200, touch_rounds: int = 140) -> Pose:
        """Palm first, then contact."""
        prior = {s: {k: v.clone() for k, v in arm.items()} for s, arm in self.arms.items()}
        arms = [v.requires_grad_() for arm in self.arms.values() for v in arm.values()]
        descent = torch.optim.Adam([*arms, self.spine.requires_grad_()], lr=0.04)
        for i in range(rounds):
            if i == int(0.6 * rounds):
                descent.param_groups[0]["lr"] = 0.015
            descent.zero_grad()
            loss = self._palm_loss(*self.kinematics()) + self._prior_loss(prior)
            loss.backward()
            descent.step()
        self.spine = self.spine.detach()
        self._start_fingers()
        start = {s: {k: v.clone() for k, v in f.items()} for s, f in self.fingers.items()}
        here = {s: {k: v.detach().clone() for k, v in arm.items()} for s, arm in self.arms.items()}
        fingers = [v.requires_grad_() for f in self.fingers.values() for v in f.values()]
        descent = torch.optim.Adam([*arms, *fingers], lr=0.02)
        for i in range(touch_rounds):
            if i == int(0.7 * touch_rounds):
                descent.param_groups[0]["lr"] = 0.008
            descent.zero_grad()
            chain = self.kinematics()
            loss = 0.4 * self._palm_loss(*chain) + self._prior_loss(prior) + self._touch_loss(*chain)
            loss = loss + self._finger_loss(start)
            for s, arm in self.arms.items():
                loss = loss + 0.4 * sum(((arm[k] - here[s][k]) ** 2).sum() for k in arm)
            loss.backward()
            descent.step()
        return Pose({b: m.detach().numpy() for b, m in self.turns().items()}, self.base.root, self.base.at)


def mirrored(pose: Pose) -> Pose:
    """The left side's rotations copied to the right."""
    right = {b[:-1] + "R": MIRROR @ m @ MIRROR for b, m in pose.turns.items() if b.endswith(".L")}
    return pose.with_turns(right)


def palm_facing(body: Body, pose: Pose, frame: Frame, side: str) -> Floats:
    """Which way a palm faces, in the back's frame (for checks)."""
    from studio.skeleton import Posed

    return np.asarray(frame.axes @ Posed(body, pose).turn("wrist." + side) @ _Palm(body, side).facing)
