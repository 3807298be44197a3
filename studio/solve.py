"""From a hold to a solved pose: place the giver, reach, look."""

from __future__ import annotations

import numpy as np

from studio.contact import HeightField, flat_field, height_field
from studio.garments import shirt
from studio.gaze import face_along, look_at
from studio.holds import Hold
from studio.mesh import Floats, Ints, surface
from studio.parts import PART, PARTS, surface_parts
from studio.skeleton import Body, Pose, Posed
from studio.solving import Solver, mirrored
from studio.stances import stance

Solid = tuple[Floats, Ints, Floats]


def solve(hold: Hold) -> Pose:
    """The giver's pose for a hold."""
    body = Body(hold.body)
    base = _placed(body, hold)
    solids = _receiver(hold) if hold.receiver else []
    field = height_field(solids, hold.frame) if solids else flat_field(0.0)
    if hold.clamp is not None:
        field = field.clamped(hold.clamp)
    hands = {"L": hold.hands["L"]} if hold.symmetric else dict(hold.hands)
    pose = Solver(body, base, hands, field, hold.frame, "flex" if hold.symmetric else hold.spine).solve()
    if hold.symmetric:
        pose = mirrored(pose)
    if hold.then:
        pose = _stacked(body, pose, hold, solids)
    if hold.face:
        return face_along(body, pose, *hold.face)
    return _looking(body, pose, hold.gaze) if hold.gaze else pose


def _placed(body: Body, hold: Hold) -> Pose:
    """The base pose with its anchor at the spot and its lowest point on the ground."""
    posed = Posed(body, hold.base)
    middle = np.mean([posed.joint(b) for b in hold.anchor], 0)
    skin = np.asarray(surface("body", 0).matrix @ posed.vertices)
    z = hold.height - middle[2] if hold.ground is None else hold.ground - skin[:, 2].min()
    return hold.base.moved((hold.spot[0] - middle[0], hold.spot[1] - middle[1], float(z)))


def _receiver(hold: Hold) -> list[Solid]:
    """What the hands press on: trunk, head and legs (no arms: a hand must not rest on one), with the shirt if worn."""
    assert hold.receiver is not None
    name, pose = hold.receiver
    posed = Posed(Body(name), stance(pose))
    matrix, faces = surface("body", 1)
    labels = surface_parts("body", 1)
    trunk = labels[:, [PART[p] for p in ("torso", "head", "legL", "legR")]].sum(1) - 0.5
    solids = [(np.asarray(matrix @ posed.vertices), faces, trunk)]
    if hold.clothed:
        cloth = shirt(posed)
        arms = cloth.parts[:, [PART["armL"], PART["armR"]]].sum(1)
        solids.append((cloth.vertices, cloth.faces, np.minimum(cloth.keep, 0.5 - arms)))
    return solids


def _stacked(body: Body, pose: Pose, hold: Hold, solids: list[Solid]) -> Pose:
    """Solve the upper hand on a field that holds the lower one."""
    lower = next(iter(hold.hands))
    posed = Posed(body, pose)
    matrix, faces = surface("body", 1)
    hand = [i for i, p in enumerate(PARTS) if p.startswith(("hand", "finger")) and p.endswith(lower)]
    share = surface_parts("body", 1)[:, hand].sum(1) - 0.5
    field = height_field([*solids, (np.asarray(matrix @ posed.vertices), faces, share)], hold.frame)
    return Solver(body, pose, dict(hold.then), _draped(field), hold.frame, "none").solve()


def _draped(field: HeightField) -> HeightField:
    from scipy import ndimage

    heights = np.maximum(ndimage.gaussian_filter(field.heights, 6), field.heights - 0.004)
    return HeightField(heights, field.low, field.zoom)


def _looking(body: Body, pose: Pose, most: float) -> Pose:
    posed = Posed(body, pose)
    middle = 0.5 * (posed.joint("finger3-1.L") + posed.joint("finger3-1.R"))
    return look_at(body, pose, middle, most)
