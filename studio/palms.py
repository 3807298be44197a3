"""The maps of a hand: the receiver's left hand seen straight on, from the palm and from the back, with its creases.

Coordinates of both maps: y = 0 at the wrist's crease and 1 at the tip of the middle finger (its knuckle lies at 0.55);
x = 0 in the middle of the palm at the knuckles, 1 half the palm's width there. Both show the same hand in the same pose, so that
the thumb lies at negative x on the palm and at positive x on the back.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.camera import Camera
from studio.creases import PARTS_SHOWN, across_at, laid, measured, palm_marks, surface_of
from studio.drafting import Hand, draft
from studio.handholds import HELD
from studio.landmarks import tip
from studio.markings import knuckle_marks
from studio.mesh import Floats, surface
from studio.parts import PART, PARTS, surface_parts
from studio.people import Look, dress
from studio.skeleton import Body, Posed
from studio.stances import stance
from studio.svg import Drawing, number, points_data

SIZE, TALL = (1980, 2720), 0.306  # pixels; metres shown
LOW = -0.093  # metres: where the forearm is cut, from the wrist
HAND = Hand(width=600, line=2.4, light=(-0.3, 0.3, 1.0), shade=0.28, soft=30, speck=6000)
LOOK = Look("receiver", shirt=False, trousers=False, hair=False, face=False, fine_hands=True)
NAMES = {1: "thumb", 2: "index", 3: "middle", 4: "ring", 5: "little"}


def hand_map(view: str) -> Drawing:
    """The hand seen from the "palm" or the "back"."""
    posed = Posed(Body(HELD), stance("hand-open"))
    skin = dress(posed, LOOK)[0][0]
    assert skin.parts is not None
    wanted = [PART[p] for p in PARTS_SHOWN]
    others = [i for i in range(len(PARTS)) if i not in wanted and i != PART["nail"]]
    skin = replace(skin, keep=skin.parts[:, wanted].sum(1) - skin.parts[:, others].sum(1), shortest=60)
    x0, half, unit = measured(posed)
    towards = 1.0 if view == "palm" else -1.0
    middle = (x0, LOW + TALL / 2, 0.0)
    camera = Camera((x0, middle[1], 2 * towards), middle, SIZE, height=TALL, up=(0, 1, 0))
    seen = skin.vertices * (1, 1, towards)
    if view == "palm":
        marks = palm_marks(posed, skin)
    else:
        field = surface_of(replace(skin, vertices=seen))
        marks = knuckle_marks(posed, "L", skin.name, 0.0)
        marks += [laid(line, field, towards, skin.name) for line in _knuckles(posed) + _nails(posed)]
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


def _widths(posed: Posed, x0: float, half: float, unit: float) -> list[tuple[float, float]]:
    """(y, half-width) from the wrist to the knuckles: what the hand reaches to either side of its middle."""
    rows = []
    for y in np.arange(0, 0.56, 0.05):
        across = across_at(posed, float(y) * unit) - x0
        rows.append((round(float(y), 2), round(float(min(across.max(), -across.min())) / half, 2)))
    return rows


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
