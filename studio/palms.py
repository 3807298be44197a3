"""The maps of a hand: the receiver's left hand seen straight on, from the palm and from the back, with its creases.

Coordinates of both maps: y = 0 at the wrist's crease and 1 at the tip of the middle finger (its knuckle lies at 0.55);
x = 0 in the middle of the palm at the knuckles, 1 half the palm's width there. Both show the same hand in the same pose, so that
the thumb lies at negative x on the palm and at positive x on the back.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.interpolate import CubicSpline

from studio.camera import Camera
from studio.contact import HeightField, height_field
from studio.drafting import Hand, draft
from studio.handholds import HELD
from studio.landmarks import tip
from studio.markings import Mark, knuckle_marks
from studio.mesh import Floats, Mask, surface
from studio.parts import FINGERS, PART, PARTS, surface_parts
from studio.people import Look, dress
from studio.skeleton import Body, Posed
from studio.stances import stance
from studio.svg import Drawing, number, points_data

SIZE, TALL = (1980, 2720), 0.306  # pixels; metres shown
LOW = -0.093  # metres: where the forearm is cut, from the wrist
HAND = Hand(width=600, line=2.4, light=(-0.3, 0.3, 1.0), shade=0.28, soft=30, speck=6000)
LOOK = Look("receiver", shirt=False, trousers=False, hair=False, face=False, fine_hands=True)
PARTS_SHOWN = ("armL", "handL", *(f for f in FINGERS if f.endswith("L")))
CREASES = (  # x, y in the map's coordinates, palm only
    ((-0.90, 0.435), (-0.55, 0.407), (-0.24, 0.319), (-0.10, 0.198), (-0.14, 0.055)),
    ((-0.91, 0.457), (-0.42, 0.440), (0.10, 0.363), (0.58, 0.253)),
    ((0.98, 0.440), (0.62, 0.462), (0.22, 0.506), (-0.08, 0.550), (-0.20, 0.600)),
    ((-0.46, 0.000), (-0.1, -0.014), (0.36, 0.006)),
)
NAMES = {1: "thumb", 2: "index", 3: "middle", 4: "ring", 5: "little"}


def hand_map(view: str) -> Drawing:
    """The hand seen from the "palm" or the "back"."""
    posed = Posed(Body(HELD), stance("hand-open"))
    skin = dress(posed, LOOK)[0][0]
    assert skin.parts is not None
    wanted = [PART[p] for p in PARTS_SHOWN]
    others = [i for i in range(len(PARTS)) if i not in wanted and i != PART["nail"]]
    skin = replace(skin, keep=skin.parts[:, wanted].sum(1) - skin.parts[:, others].sum(1), shortest=60)
    x0, half, unit = _measured(posed)
    towards = 1.0 if view == "palm" else -1.0
    middle = (x0, LOW + TALL / 2, 0.0)
    camera = Camera((x0, middle[1], 2 * towards), middle, SIZE, height=TALL, up=(0, 1, 0))
    seen = skin.vertices * (1, 1, towards)
    field = height_field([(seen, skin.faces, skin.keep)], low=(-0.15, -0.1), high=(0.15, 0.2), cells=900)
    marks: list[Mark] = []
    if view == "palm":
        lines = [[(x0 + x * half, y * unit) for x, y in line] for line in CREASES] + _across(posed)
    else:
        lines = _knuckles(posed) + _nails(posed)
        marks = knuckle_marks(posed, "L", skin.name, 0.0)
    marks += [_crease(line, field, towards, skin.name) for line in lines]
    drawing = draft([skin], marks, camera, replace(HAND, light=(-0.3, 0.3, towards)), TITLES[f"hand-{view}"])
    scale = HAND.width / SIZE[0]
    places = {name: camera.project(np.array(at)[None])[0, :2] * scale for name, at in _places(posed).items()}
    origin = camera.project(np.array([[x0, 0.0, 0.0]]))[0] * scale
    metre = camera.focal * scale
    drawing.data |= points_data({n: (float(p[0]), float(p[1])) for n, p in places.items()}) | {
        "map": f"hand-{view}",
        "origin": f"{number(round(float(origin[0]), 1))} {number(round(float(origin[1]), 1))}",
        "unit": f"{number(round(half * metre, 2))} {number(round(-unit * metre, 2))}",
        "trunk": " ".join(f"{number(y)} {number(x)}" for y, x in _widths(posed, x0, half, unit)),
    }
    return drawing


TITLES = {"hand-palm": "The palm of the left hand", "hand-back": "The back of the left hand"}


def _slice(posed: Posed, y: float) -> Floats:
    """x of the hand's skin at a height over the wrist (metres), without the thumb."""
    skin = np.asarray(surface("body", 1).matrix @ posed.vertices)
    part = surface_parts("body", 1).argmax(1)
    hand = np.isin(part, [PART[p] for p in PARTS_SHOWN if p != "finger1L"])
    return np.asarray(skin[hand & (np.abs(skin[:, 1] - y) < 0.006), 0])


def _fingers() -> Mask:
    """The skin of the middle finger."""
    return np.asarray(surface_parts("body", 1).argmax(1) == PART["finger3L"])


def _measured(posed: Posed) -> tuple[float, float, float]:
    """The middle of the palm and half its width at the knuckles, and how far the middle finger reaches (metres)."""
    unit = float((surface("body", 1).matrix @ posed.vertices)[_fingers(), 1].max())
    across = _slice(posed, 0.92 * float(posed.joint("finger3-1.L")[1]))
    return float(across.min() + across.max()) / 2, float(np.ptp(across)) / 2, unit


def _widths(posed: Posed, x0: float, half: float, unit: float) -> list[tuple[float, float]]:
    """(y, half-width) from the wrist to the knuckles: what the hand reaches to either side of its middle."""
    rows = []
    for y in np.arange(0, 0.56, 0.05):
        across = _slice(posed, float(y) * unit) - x0
        rows.append((round(float(y), 2), round(float(min(across.max(), -across.min())) / half, 2)))
    return rows


def _across(posed: Posed) -> list[list[tuple[float, float]]]:
    """The creases of the fingers: short lines across each joint and each root."""
    lines = []
    for k in range(1, 6):
        joints = [posed.joint(f"finger{k}-{j}.L")[:2] for j in (1, 2, 3)]
        spots = [] if k == 1 else [0.58 * joints[0] + 0.42 * joints[1], joints[1]]
        for at, reach in zip([*spots, joints[2]], (0.0070, 0.0058, 0.0050) if k > 1 else (0.0056,), strict=True):
            way = (joints[2] - joints[1]) / np.linalg.norm(joints[2] - joints[1])
            side = np.array([way[1], -way[0]]) * reach * (0.82 if k == 5 else 1)
            bow = -0.0010 * way
            lines.append([tuple(at - side), tuple(at + bow), tuple(at + side)])
    return lines


def _knuckles(posed: Posed) -> list[list[tuple[float, float]]]:
    """Short arcs over the knuckles, for the back."""
    lines = []
    for k in range(2, 6):
        at = posed.joint(f"finger{k}-1.L")[:2]
        way = posed.joint(f"finger{k}-2.L")[:2] - at
        way = way / np.linalg.norm(way)
        side = np.array([way[1], -way[0]]) * (0.0055 if k < 5 else 0.0045)
        lines.append([tuple(at - side), tuple(at + 0.0022 * way), tuple(at + side)])
    return lines


def _crease(line: list[tuple[float, float]], field: HeightField, towards: float, layer: str) -> Mark:
    """A smooth line through places seen straight on, laid on the side of the hand that is seen."""
    knots = np.array(line, float)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))]
    flat = CubicSpline(along, knots)(np.linspace(0, along[-1], 60))
    cell = ((flat - field.low) * field.zoom).astype(int)
    heights = towards * (field.heights[cell[:, 1], cell[:, 0]] + 0.001)
    return Mark(np.c_[flat, heights], "line-seam", layer, 0.01, 10, 4)


def _nails(posed: Posed) -> list[list[tuple[float, float]]]:
    """The nails of the four fingers, open at the tips."""
    skin = np.asarray(surface("body", 1).matrix @ posed.vertices)[:, :2]
    part = surface_parts("body", 1).argmax(1)
    lines = []
    for k in range(2, 6):
        at, before = (posed.joint(f"finger{k}-{j}.L")[:2] for j in (3, 2))
        way = (at - before) / np.linalg.norm(at - before)
        side, size = np.array([way[1], -way[0]]), 0.85 if k == 5 else 1.0
        finger = skin[np.isin(part, [PART[f"finger{k}L"], PART["nail"]])] - at
        end = float((finger[np.abs(finger @ side) < 0.008] @ way).max())
        shape = ((-0.0043, 0.0017), (-0.0048, 0.0070), (0.0, 0.0128), (0.0048, 0.0070), (0.0043, 0.0017))
        lines.append([tuple(at + x * size * side + (end - y * size) * way) for x, y in shape])
    return lines


def _places(posed: Posed) -> dict[str, Floats]:
    """Named places: the wrist, heel and middle of the palm, the ball of the thumb, roots and tips of the fingers."""
    wrist, middle = posed.joint("wrist.L"), posed.joint("finger3-1.L")
    places = {"wrist": wrist, "heel": 0.78 * wrist + 0.22 * middle, "palm": 0.45 * wrist + 0.55 * middle}
    places["thumb-base"] = 0.5 * (posed.joint("finger1-1.L") + posed.joint("finger1-2.L"))
    places["edge"] = 0.5 * (wrist + posed.joint("finger5-1.L"))
    for k, name in NAMES.items():
        places[f"{name}-root"] = posed.joint(f"finger{k}-{2 if k == 1 else 1}.L")
        places[f"{name}-tip"] = tip(posed, k, "L")
    return places
