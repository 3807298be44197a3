"""A scene built and drawn: bodies posed and dressed, props made, the drawing drafted and its data measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.buffers import Layer
from studio.camera import Camera
from studio.drafting import draft
from studio.landmarks import Places, each_side, inside, of_grip, of_person, of_scene, trunk_widths
from studio.markings import Mark, rest_map, spine_heights
from studio.mesh import Floats
from studio.parts import PART, PARTS
from studio.people import Staged, dress
from studio.props import Mesh, folded, rod, roll, slab, turned
from studio.scenes import Actor, Prop, Rod, Roll, Scene, Slab
from studio.skeleton import Body, Posed
from studio.stances import stance
from studio.svg import Drawing, number, points_data

X_UNIT, Y_UNIT = 19.0, 46.0  # centimetres of the routine's coordinates
MARGIN = 0.008  # of the picture's width, round a fitted picture


def stage(scene: Scene) -> Drawing:
    """Draw a scene."""
    layers: list[Layer] = []
    marks: list[Mark] = []
    for prop in scene.props:
        _add(layers, marks, _prop(prop))
    for actor in scene.actors:
        _add(layers, marks, _actor(actor))
    camera = fitted(scene.camera, layers) if scene.fit else scene.camera
    drawing = draft(layers, marks, camera, scene.hand, scene.title)
    scale = scene.hand.width / camera.size[0]
    if scene.map_of:
        drawing.data.update(_calibration(scene, scale))
    places = {n: _seen(camera, p, scale) for n, p in _places(scene).items()}
    drawing.data.update(points_data(inside(places, drawing.width, drawing.height)))
    return drawing


def _add(layers: list[Layer], marks: list[Mark], staged: Staged) -> None:
    layers += staged[0]
    marks += staged[1]


def _places(scene: Scene) -> Places:
    """The named places of a scene (see `landmarks`), and the middles of its towel and roll."""
    people = {a.look.who: a for a in scene.actors}
    places: Places = {}
    for prop in scene.props:
        match prop:
            case Slab(name="towel" | "pillow" | "mat" | "mattress" | "top" | "seat"):
                places[prop.name] = 0.5 * (np.array(prop.low) + np.array(prop.high))
            case Roll():
                places["roll"] = np.array(prop.end)
    if len(people) < 2:
        alone = [] if scene.map_of else [of_person(posed(a)) for a in people.values() if not a.only]
        return {k: v for some in (places, *alone) for k, v in some.items()} if people else {}
    receiver, giver = posed(people["receiver"]), posed(people["giver"])
    if people["giver"].only:
        sides = "".join(s for s in "LR" if "hand" + s in people["giver"].only)
        kind = people["giver"].pose.rpartition("-")[2]
        return places | of_grip(receiver, giver, kind, "R" if kind == "fingers" else sides)
    return places | of_scene(receiver, giver) | (each_side(receiver, giver) if scene.sides else {})


def _seen(camera: Camera, point: Floats, scale: float) -> tuple[float, float]:
    x, y, _ = camera.project(point[None])[0] * scale
    return float(x), float(y)


def fitted(camera: Camera, layers: Sequence[Layer]) -> Camera:
    """The same view, zoomed and shifted so that everything just fits the picture's width; its height follows."""
    spots = [layer.vertices if layer.keep is None else layer.vertices[layer.keep > 0] for layer in layers if layer.role]
    flat = camera.project(np.concatenate(spots))[:, :2]
    low, high = flat.min(0), flat.max(0)
    zoom = (1 - 2 * MARGIN) * camera.size[0] / (high[0] - low[0])
    rows = int(np.ceil((high[1] - low[1]) * zoom + 2 * MARGIN * camera.size[0]))
    grow = rows / camera.size[1] / float(zoom)
    tangent = np.tan(np.radians(camera.fov) / 2) * grow
    middle = ((low + high) / 2 - np.array(camera.size) / 2) * zoom / rows
    return replace(
        camera,
        size=(camera.size[0], rows),
        fov=float(np.degrees(2 * np.arctan(tangent))),
        height=camera.height * grow,
        shift=(-float(middle[0]), -float(middle[1])),
    )


def posed(actor: Actor) -> Posed:
    """An actor's body in its pose and place."""
    return Posed(Body(actor.body), stance(actor.pose).moved(actor.shift))


def _actor(actor: Actor) -> Staged:
    layers, marks = dress(posed(actor), actor.look)
    if not actor.only:
        return layers, marks
    wanted = [PART[p] for p in actor.only]
    skin = layers[0]
    assert skin.parts is not None
    others = [i for i in range(len(PARTS)) if i not in wanted and i != PART["nail"]]
    keep = skin.parts[:, wanted].sum(1) - skin.parts[:, others].sum(1)
    return [Layer(skin.name, skin.role, skin.vertices, skin.faces, keep, skin.parts, skin.jump, skin.nearer)], marks


def _prop(prop: Prop) -> Staged:
    mesh = _built(prop)
    layer = Layer(prop.name, prop.role, mesh.vertices, mesh.faces, jump=9)
    marks = [Mark(c, "line-inner", prop.name, 0.02, 20, 3) for c in mesh.curves]
    if isinstance(prop, Slab):
        marks += [Mark(_woven(prop, inset), "line-seam", prop.name, 0.02, 20, 3) for inset in prop.woven]
    return [layer], marks


def _woven(prop: Slab, inset: float) -> Floats:
    """A line on top of a slab, along its far edge."""
    x = np.linspace(prop.low[0] + 0.0015, prop.high[0] - 0.0015, 30)
    return np.stack([x, np.full(30, prop.high[1] - inset), np.full(30, prop.high[2] + 0.0005)], 1)


def _built(prop: Prop) -> Mesh:
    match prop:
        case Slab(folds=folds) if folds:
            mesh = folded(prop.low, prop.high, prop.corner, folds)
        case Slab():
            mesh = slab(prop.low, prop.high, prop.corner, prop.edge, prop.puff)
            mesh = mesh if prop.rim else Mesh(mesh.vertices, mesh.faces)
        case Roll():
            return roll(prop.start, prop.end, prop.radius)
        case Rod():
            return rod(prop.start, prop.end, prop.radius, prop.far)
    return turned(mesh, "x", prop.turned, prop.low) if prop.turned else mesh


def _calibration(scene: Scene, scale: float) -> dict[str, str]:
    """Where body (0, 0) lies and how long the units are, measured on the posed skin along the spine.

    Both units have the same scale, so that circles stay round: y-unit = the base of the back to the base of the neck
    (46 cm of the routine's coordinates), x-unit = 19/46 of it.
    """
    actor = scene.actors[0]
    low, high = spine_heights(Body(actor.body))
    back = rest_map(actor.body, "back")
    line: Floats = back.place(posed(actor), [(0, low), (0, high)], lift=0, sigma=0.01)
    flat = scene.camera.project(line[[0, -1]]) * scale
    unit = float(flat[0, 1] - flat[1, 1])
    return {
        "map": "back",
        "origin": f"{number(scene.hand.width / 2)} {number(round(float(flat[0, 1]), 1))}",
        "trunk": " ".join(f"{number(y)} {number(x)}" for y, x in trunk_widths(posed(actor))),
        "unit": f"{number(round(unit * X_UNIT / Y_UNIT, 2))} {number(round(-unit, 2))}",
    }
