"""Shirt, trousers and hair, grown from the body's own meshes.

Cloth is the mesh's tights, subdivided twice, pushed out along its normals and relaxed (Laplacian smoothing), so that
small anatomy disappears; hems are cut per pixel by fields over the rest body, and seams are iso-lines of the same fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from studio.markings import iso_lines
from studio.mesh import Floats, Ints, neighbour_mean, normals, surface
from studio.parts import PART, surface_parts
from studio.skeleton import Body, Posed

TIGHTS = ("helper-tights", 2)
SOLE = 0.022  # metres: how high a shoe's sole reaches


@dataclass(frozen=True)
class Cloth:
    """A garment: vertices, faces, the field that cuts it, soft part labels, and fields by seam name."""

    vertices: Floats
    faces: Ints
    keep: Floats
    parts: Floats
    fields: dict[str, Floats] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _tights_mean() -> Any:
    matrix, faces = surface(*TIGHTS)
    return neighbour_mean(faces, matrix.shape[0])


def _relaxed(vertices: Floats, rounds: int, strength: Floats | float = 0.5) -> Floats:
    mean = _tights_mean()
    weight = np.asarray(strength)[..., None] if np.ndim(strength) else strength
    for _ in range(rounds):
        vertices = vertices + weight * (mean @ vertices - vertices)
    return vertices


def _outside(cloth: Floats, worn: Floats, least: float) -> Floats:
    """The cloth pushed out to at least `least` metres over the skin it is worn on."""
    outward = normals(worn, surface(*TIGHTS).triangles)
    for _ in range(2):
        short = least - ((cloth - worn) * outward).sum(1)
        cloth = cloth + outward * np.maximum(short, 0)[:, None]
        cloth = _relaxed(cloth, 3)
    return cloth


def _arm_fields(body: Body, rest: Floats) -> tuple[Floats, Floats, float]:
    """How far along the upper arm each vertex lies (metres), how much it belongs to an arm, the upper arm's length."""
    labels = surface_parts(*TIGHTS)
    arm = labels[:, [PART[p] for p in ("armL", "handL", "armR", "handR")]].sum(1)
    along = np.zeros(len(rest))
    reach = 0.0
    for side, here in (("L", rest[:, 0] > 0), ("R", rest[:, 0] <= 0)):
        a, b = body.joint("upperarm01." + side), body.joint("lowerarm01." + side)
        reach = float(np.linalg.norm(b - a))
        along[here] = ((rest - a) @ (b - a) / reach)[here]
    return np.where(arm > 0.5, along, -1), arm, reach


def shirt(posed: Posed, offset: float = 0.011, sleeve: float = 0.62, hem: float = 0.0, fall: float = 0.006) -> Cloth:
    """A T-shirt: sleeves to `sleeve` of the upper arm, hem `hem` metres above the hip joint's usual line."""
    body = posed.body
    matrix, faces = surface(*TIGHTS)
    rest, worn = np.asarray(matrix @ body.rest), np.asarray(matrix @ posed.vertices)
    along, arm, reach = _arm_fields(body, rest)
    bottom = float(body.joint("root")[2]) - 0.02 + hem
    neck = body.joint("neck01")
    collar = np.where(np.abs(rest[:, 0]) < 0.16, neck[2] - 0.005 - rest[:, 2] + (rest[:, 1] - neck[1]) * 0.55, 1)
    over_hem, before_cuff = rest[:, 2] - bottom, sleeve * reach - along
    width = np.full(len(rest), offset)
    width += 0.012 * np.clip((along - 0.02) / (sleeve * reach), 0, 1) * (arm > 0.3)
    width += fall * np.clip((bottom + 0.12 - rest[:, 2]) / 0.12, 0, 1)
    bridge = _cleft(body, rest)
    cloth = _relaxed(worn, 160, bridge)
    cloth = _relaxed(cloth + normals(cloth, faces) * width[:, None], 16)
    cloth = _outside(_relaxed(cloth, 80, 0.5 * bridge), worn, 0.005)
    cloth = _hung(posed, cloth, rest)
    over_hem = _level(posed, cloth, rest, over_hem, bottom)
    fields = {
        "hem": np.where(arm < 0.5, over_hem, 1),
        "cuff": np.where(arm > 0.5, before_cuff, 1),
        "collar": _beside(rest, faces, collar),
        "armhole": arm,
    }
    keep = np.minimum(np.minimum(over_hem, before_cuff), collar)
    return Cloth(cloth, faces, keep, surface_parts(*TIGHTS), fields)


def _beside(rest: Floats, faces: Ints, edge: Floats) -> Floats:
    """The distance (metres, at rest) from the line where `edge` is zero, with its sign: a seam that keeps beside a hem."""
    line = np.concatenate(iso_lines(rest, faces, edge, 0.0))
    return np.asarray(np.sign(edge) * cKDTree(line).query(rest)[0])


def _hung(posed: Posed, cloth: Floats, rest: Floats) -> Floats:
    """A shirt's tail hung from the seat: at each height over the pelvis, what lies between the two rounds of the seat comes
    out as far as they do."""
    turn, root = posed.turn("root"), posed.joint("root")
    across, back, up = ((cloth - root) @ turn).T
    low, high = float(posed.body.joint("root")[2]) - 0.08, float(posed.body.joint("root")[2]) + 0.14
    behind = (rest[:, 2] > low) & (rest[:, 2] < high) & (rest[:, 1] > float(posed.body.joint("root")[1]) + 0.01)
    levels = np.linspace(up[behind].min(), up[behind].max(), 40)
    near = behind & (np.abs(across) < 0.12)
    farthest = np.array([back[near & (np.abs(up - z) < 0.012)].max(initial=-1.0) for z in levels])
    between = np.clip((0.095 - np.abs(across)) / 0.03, 0, 1) * np.clip((high - rest[:, 2]) / 0.08, 0, 1) * behind
    short = np.maximum(np.interp(up, levels, farthest) - 0.002 - back, 0) * between
    return np.asarray(cloth + _relaxed(short[:, None], 12) * turn[:, 1])


def _level(posed: Posed, cloth: Floats, rest: Floats, above: Floats, height: float) -> Floats:
    """A hem's field made straight behind: near the hem, the height of the cloth itself over a plane across the pelvis."""
    up = posed.turn("root")[:, 2]
    root = posed.joint("root")
    flat = (cloth - root) @ up - (height - float(posed.body.joint("root")[2]))
    share = np.clip((0.07 - np.abs(above)) / 0.02, 0, 1)
    share = share * np.clip((rest[:, 1] - float(posed.body.joint("root")[1]) + 0.02) / 0.04, 0, 1)
    bend = _hip_bend(posed)  # kneeling, the tail follows the thighs; sitting, it hangs straight again
    share = share * np.clip(max((55 - bend) / 15, (bend - 88) / 5), 0, 1)
    return share * flat + (1 - share) * above


def _hip_bend(posed: Posed) -> float:
    """How far the more bent hip is bent, degrees against the rest pose."""
    bends = []
    for side in "LR":
        now = posed.turn("root").T @ (posed.joint("lowerleg01." + side) - posed.joint("upperleg01." + side))
        rest = posed.body.joint("lowerleg01." + side) - posed.body.joint("upperleg01." + side)
        cosine = now @ rest / (np.linalg.norm(now) * np.linalg.norm(rest))
        bends.append(float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))))
    return max(bends)


def _cleft(body: Body, rest: Floats) -> Floats:
    """Strength 0..0.5 of relaxing over the cleft of the seat, so that cloth spans it."""
    root = float(body.joint("root")[2])
    beside = np.clip(1 - np.abs(rest[:, 0]) / 0.10, 0, 1)
    level = np.clip((rest[:, 2] - (root - 0.16)) / 0.06, 0, 1) * np.clip((root + 0.16 - rest[:, 2]) / 0.08, 0, 1)
    behind = np.clip((rest[:, 1] - float(body.joint("root")[1]) + 0.01) / 0.03, 0, 1)
    return 0.5 * np.sqrt(beside) * level * behind


def trousers(posed: Posed, offset: float = 0.014, ankle: float = 0.03, flare: float = 0.020) -> Cloth:
    """Loose trousers from the waist to `ankle` metres above the ankle joint, wider below the knee by `flare`."""
    body = posed.body
    matrix, faces = surface(*TIGHTS)
    rest, worn = np.asarray(matrix @ body.rest), np.asarray(matrix @ posed.vertices)
    waist = float(body.joint("root")[2]) + 0.05
    cuff = float(body.joint("foot.L")[2]) + ankle
    knee = float(body.joint("lowerleg01.L")[2])
    below_waist, over_cuff = waist - rest[:, 2], rest[:, 2] - cuff
    width = offset + flare * np.clip((knee + 0.12 - rest[:, 2]) / 0.4, 0, 1)
    width = width - (offset - 0.004) * np.clip(1 - below_waist / 0.14, 0, 1)  # snug under the shirt
    leg = np.clip((float(body.joint("upperleg01.L")[2]) - rest[:, 2]) / 0.15, 0, 1)
    bridge = _cleft(body, rest)
    cloth = _relaxed(_relaxed(worn, 50, 0.25 * leg), 160, bridge)
    cloth = _relaxed(cloth + normals(cloth, faces) * np.asarray(width)[:, None], 10)
    cloth = _outside(_relaxed(cloth, 80, 0.5 * bridge), worn, 0.004)
    below_waist = -_level(posed, cloth, rest, -below_waist, waist)
    keep = np.minimum(below_waist, over_cuff)
    keep = np.minimum(keep, np.where(np.abs(rest[:, 0]) > 0.27, -1, 1))
    return Cloth(cloth, faces, keep, surface_parts(*TIGHTS), {"waist": below_waist, "cuff": over_cuff})


def shoe(posed: Posed, side: str, sole: bool = False) -> Cloth:
    """A plain closed shoe, or the sole under it: it keeps the foot's shape at rest and goes where the ankle turns it."""
    body, ankle = posed.body, posed.body.joint("foot." + side)
    matrix, faces = surface(*TIGHTS)
    rest = np.asarray(matrix @ body.rest)
    smooth = _relaxed(rest, 24)
    outward = normals(smooth, faces)
    last = smooth + outward * (0.013 if sole else 0.010)
    mine = (rest[:, 0] > 0) == (side == "L")
    ground = float(rest[mine, 2].min()) - 0.004
    under = (outward[:, 2] < -0.35) & (last[:, 2] < ankle[2])
    last[:, 2] = np.where(under, ground, np.maximum(last[:, 2], ground))  # no hollow under the foot
    toes = np.clip((ankle[1] - 0.02 - last[:, 1]) / 0.09, 0, 1)
    top = ground + SOLE if sole else ankle[2] + 0.008 + 0.022 * toes
    keep = np.where(mine, top - last[:, 2], -1)
    turned = (last - ankle) @ posed.turn("foot." + side).T + posed.joint("foot." + side)
    return Cloth(turned, faces, keep, surface_parts(*TIGHTS))


# The hairline: height over the skull joint (0) to the crown (1), by depth from the face (0) to the back of the head (1).
HAIRLINE_DEPTH = (0.0, 0.12, 0.22, 0.36, 0.45, 0.52, 0.60, 0.75, 1.0)
HAIRLINE_HEIGHT = (0.86, 0.82, 0.74, 0.55, 0.38, 0.42, 0.22, -0.02, -0.10)


def hair(posed: Posed, thickness: float = 0.013) -> Cloth:
    """A cap of short or tied hair: the scalp pushed out, cut by the hairline, open at the ears."""
    body = posed.body
    matrix, faces = surface("body", 2)
    rest, worn = np.asarray(matrix @ body.rest), np.asarray(matrix @ posed.vertices)
    labels = surface_parts("body", 2)
    head = labels[:, PART["head"]]
    skull, crown = float(body.joint("head")[2]), float(rest[:, 2].max())
    height = (rest[:, 2] - skull) / (crown - skull)
    scalp = rest[head > 0.9, 1]
    depth = (rest[:, 1] - scalp.min()) / (scalp.max() - scalp.min())
    keep = (height - np.interp(depth, HAIRLINE_DEPTH, HAIRLINE_HEIGHT)) * 0.2
    keep = np.where(head > 0.35, keep, -1)
    keep = np.minimum(keep, _round_ear(body, rest, head))
    lift = thickness * np.clip(keep / 0.02 + 0.25, 0.1, 1)
    return Cloth(worn + normals(worn, faces) * lift[:, None], faces, keep, labels)


def _round_ear(body: Body, rest: Floats, head: Floats) -> Floats:
    """Positive outside an ellipse round the ear, seen from the side."""
    eye = body.joint("eye.L")
    size = eye[0] / 0.029
    flap = (np.abs(rest[:, 0]) > 0.076 * size) & (np.abs(rest[:, 2] - eye[2] + 0.014 * size) < 0.034 * size)
    y, z = rest[flap & (head > 0.5)][:, 1:].mean(0)
    far = np.hypot((rest[:, 1] - y) / (0.021 * size), (rest[:, 2] - z) / (0.034 * size))
    return np.where(np.abs(rest[:, 0]) > 0.055 * size, 0.03 * (far - 1), 1)
