"""A dressed person as layers and marks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.buffers import Layer, Spot
from studio.creases import palm_marks
from studio.garments import Cloth, hair, shirt, shoe, trousers
from studio.markings import Mark, back_marks, face_marks, furrow, iso_lines, knuckle_marks
from studio.mesh import Floats, normals, surface
from studio.parts import PART, PARTS, SIDES, ear_mark, surface_parts
from studio.props import ball
from studio.skeleton import Posed

Staged = tuple[list[Layer], list[Mark]]
IRIS = 22  # degrees from its middle to its rim, seen from the middle of the eye
BUN = {"giver": (0, 0.104, 0.075), "receiver-b": (0, 0.118, 0.062), "receiver-a": (0, 0.1, 0.075)}


@dataclass(frozen=True)
class Look:
    """How a person is drawn: roles' prefix ("giver" or "receiver"), clothes, hair, how much of the face."""

    who: str
    shirt: bool = True
    trousers: bool = True
    hair: bool = True
    bun: bool = False
    face: bool = True
    mouth: bool = True
    large_face: bool = False
    open_eyes: bool = False
    furrow: bool = False  # the spine's furrow shows through the shirt, for close-ups
    furrow_low: float = -0.10  # its lower end, higher where a shirt hangs off the small of the back
    fine_hands: bool = False  # nails and knuckles, for close-ups
    palm: bool = False  # the creases of an open left palm, for close-ups
    seams: tuple[str, ...] = ("hem", "cuff", "collar", "armhole")  # of the shirt
    trouser_ankle: float = 0.03
    shoes: bool = False
    nearer_hands: float = 0.0  # metres the hands are drawn nearer than they are


def dress(posed: Posed, look: Look) -> Staged:
    """Layers and marks of one person; layer names are prefixed with who it is."""
    layers, marks = _skin(posed, look)
    for part in (_hair(posed, look), _shoes(posed, look), _trousers(posed, look), _shirt(posed, look)):
        layers += part[0]
        marks += part[1]
    skin = f"{look.who}-skin"
    if look.face:
        marks += face_marks(posed, skin, look.mouth, look.large_face, look.open_eyes)
    if look.who == "receiver" and not look.shirt:
        marks += back_marks(posed, skin)
    if look.furrow and look.shirt:
        marks.append(furrow(posed, f"{look.who}-shirt", 0.012, look.furrow_low))
    if look.fine_hands:
        for side in SIDES:
            marks += knuckle_marks(posed, side, skin, look.nearer_hands)
    if look.palm:
        marks += palm_marks(posed, layers[0])
    return layers, marks


def _skin(posed: Posed, look: Look) -> Staged:
    """The body, its eye sockets closed with the eyes' own geometry."""
    level = 2 if look.fine_hands else 1
    matrix, faces = surface("body", level)
    labels = surface_parts("body", level).copy()
    if level == 1:
        labels[:, PART["ear"]] = 3 * ear_mark(posed.body)
    if not look.fine_hands:
        labels[:, PART["nail"]] = 0
    hands = labels[:, [i for i, p in enumerate(PARTS) if p.startswith(("hand", "finger"))]].sum(1)
    nearer = [look.nearer_hands * np.clip(2 * hands, 0, 1)]
    vertices, triangles, parts = [np.asarray(matrix @ posed.vertices)], [faces], [labels]
    spots: list[Spot] = []
    for group in ("helper-l-eye", "helper-r-eye"):
        eye, eye_faces = surface(group, 1)
        triangles.append(eye_faces + sum(len(v) for v in vertices))
        vertices.append(np.asarray(eye @ posed.vertices))
        if look.open_eyes:
            spots += _eye(posed, vertices[-1])
        label = np.zeros((eye.shape[0], len(PARTS)))
        label[:, PART["head"]] = 1
        parts.append(label)
        nearer.append(np.zeros(eye.shape[0]))
    jump = 0.0035 if look.fine_hands else 0.0075
    name = f"{look.who}-skin"
    joined: list[Floats] = [np.concatenate(a) for a in (vertices, parts, nearer)]
    keep = None
    if look.trousers:
        keep = np.ones(len(joined[0]))
        keep[: matrix.shape[0]] = _uncovered(posed, np.asarray(matrix @ posed.body.rest), labels, look)
    return [
        Layer(name, name, joined[0], np.concatenate(triangles), keep, joined[1], jump, joined[2], spots=tuple(spots))
    ], []


def _eye(posed: Posed, ball: Floats) -> list[Spot]:
    """White and iris of an eye (the vertices of its ball) that looks straight ahead."""
    centre = 0.5 * (ball.min(0) + ball.max(0))
    radius = float(np.linalg.norm(ball - centre, axis=1).max()) + 0.0002
    ahead = posed.turn("head") @ np.array([0.0, -1, 0])
    return [Spot("eye", centre, radius, ahead, 90), Spot("line-fill", centre, radius, ahead, IRIS)]


def _uncovered(posed: Posed, rest: Floats, labels: Floats, look: Look) -> Floats:
    """Negative on skin that lies well inside the trousers: left out, so that a bent hip can't push it through the cloth."""
    low = float(posed.body.joint("foot.L")[2]) + look.trouser_ankle + 0.10
    high = float(posed.body.joint("root")[2]) - 0.03
    arms = labels[:, [i for i, p in enumerate(PARTS) if p.startswith(("arm", "hand", "finger"))]].sum(1)
    inside = np.minimum(rest[:, 2] - low, high - rest[:, 2])
    inside = np.where(arms > 0.05, -1.0, inside)
    if look.shoes:
        inside = np.maximum(inside, float(posed.body.joint("foot.L")[2]) - 0.02 - rest[:, 2])
    return -inside


def _hair(posed: Posed, look: Look) -> Staged:
    if not look.hair:
        return [], []
    role = f"{look.who}-hair"
    cap = hair(posed, 0.014 if look.bun else 0.012)
    layers = [Layer(role, role, cap.vertices, cap.faces, cap.keep, jump=0.02)]
    if look.bun:
        centre = posed.turn("head") @ np.array(BUN[posed.body.name]) + posed.joint("head")
        knot = ball((float(centre[0]), float(centre[1]), float(centre[2])), 0.043)
        layers.append(Layer(f"{look.who}-bun", role, knot.vertices, knot.faces, jump=0.05))
    return layers, []


def _seams(cloth: Cloth, layer: str, levels: dict[str, float], role: str = "line-seam") -> list[Mark]:
    over = cloth.vertices + 0.002 * normals(cloth.vertices, cloth.faces)
    return [
        Mark(line, role, layer, 0.008, 18, 7)
        for name, level in levels.items()
        for line in iso_lines(over, cloth.faces, cloth.fields[name], level)
    ]


def _shoes(posed: Posed, look: Look) -> Staged:
    if not look.shoes:
        return [], []
    layers = []
    for side in SIDES:
        for part in ("upper", "sole"):
            made = shoe(posed, side, part == "sole")
            layers.append(Layer(f"{look.who}-{part}{side}", "object", made.vertices, made.faces, made.keep, jump=0.03))
    return layers, []


def _trousers(posed: Posed, look: Look) -> Staged:
    if not look.trousers:
        return [], []
    cloth = trousers(posed, ankle=look.trouser_ankle)
    name = f"{look.who}-trousers"
    role = "trousers" if look.who == "receiver" else name
    layer = Layer(name, role, cloth.vertices, cloth.faces, cloth.keep, cloth.parts, 0.020, shortest=110)
    return [layer], _seams(cloth, name, {"waist": 0.032})


def _shirt(posed: Posed, look: Look) -> Staged:
    if not look.shirt:
        return [], []
    cloth = shirt(posed)
    name = f"{look.who}-shirt"
    role = "shirt" if look.who == "receiver" else name
    layer = Layer(name, role, cloth.vertices, cloth.faces, cloth.keep, cloth.parts, 0.014, shortest=110)
    seams = {"hem": 0.016, "cuff": 0.014, "collar": 0.018, "armhole": 0.42}
    return [layer], _seams(cloth, name, {seam: seams[seam] for seam in look.seams})
