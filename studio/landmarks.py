"""Named places of a picture, for number badges, leaders and contact overlays: measured on the posed bodies."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.markings import rest_map, spine_heights
from studio.mesh import Floats, surface
from studio.parts import PART, surface_parts
from studio.poses import axes
from studio.skeleton import Body, Posed

Places = dict[str, Floats]
FINGER_TIP = 0.020  # metres from a finger's last joint to its pad


def tip(giver: Posed, finger: int, side: str) -> Floats:
    """The pad of a finger (1 is the thumb)."""
    last, before = giver.joint(f"finger{finger}-3.{side}"), giver.joint(f"finger{finger}-2.{side}")
    return last + FINGER_TIP * (last - before) / np.linalg.norm(last - before)


def palm_facing(giver: Posed, side: str) -> Floats:
    """Unit vector out of the palm."""
    flip = np.array([-1.0, 1, 1]) if side == "R" else np.ones(3)
    facing = np.cross(axes()["k"], axes()["m"])
    return np.asarray(giver.turn("wrist." + side) @ (facing / np.linalg.norm(facing) * flip))


def contact(giver: Posed, grip: str, side: str) -> Floats:
    """The middle of what presses: palm, heel, finger pads or thumb."""
    wrist, knuckle = giver.joint("wrist." + side), giver.joint("finger3-1." + side)
    down = palm_facing(giver, side)
    match grip:
        case "heels" | "wrist":
            return 0.75 * wrist + 0.25 * knuckle + 0.028 * down
        case "stacked" | "chair":
            return np.mean([tip(giver, k, side) for k in (2, 3, 4)], 0)
        case "fingers":
            return tip(giver, 2, side)
        case "thumbs":
            return tip(giver, 1, side)
        case _:
            return 0.45 * wrist + 0.55 * knuckle + 0.018 * down


def on_back(receiver: Posed, x: float, y: float) -> Floats:
    """A place on the back by the routine's coordinates."""
    low, high = spine_heights(Body(receiver.body.name))
    across = x * (high - low) * 19 / 46
    spot = rest_map(receiver.body.name, "back").place(receiver, [(across, low), (across, high)], lift=0, sigma=0.01)
    return spot[round(np.clip(y, 0, 1) * (len(spot) - 1))]


def trunk_widths(receiver: Posed) -> list[tuple[float, float]]:
    """Half-widths of a prone trunk in the routine's coordinates: (y, x) from the base of the back to the neck."""
    low, high = spine_heights(Body(receiver.body.name))
    ends = rest_map(receiver.body.name, "back").place(receiver, [(0, low), (0, high)], lift=0, sigma=0.01)
    foot, unit = ends[0, 1], ends[-1, 1] - ends[0, 1]
    skin = np.asarray(surface("body", 1).matrix @ receiver.vertices)
    part = surface_parts("body", 1).argmax(1)
    trunk = skin[np.isin(part, [PART["torso"], PART["legL"], PART["legR"]])]
    out = []
    for y in np.arange(0, 1.0, 0.1):
        x = trunk[np.abs((trunk[:, 1] - foot) / unit - y) < 0.03, 0]
        out.append((round(float(y), 1), round(float(min(x.max(), -x.min())) / unit * 46 / 19, 2)))
    return out


def of_person(person: Posed) -> Places:
    """Places of a person alone; left and right are the person's."""
    places = {"head": 0.5 * (person.joint("head") + person.joint("eye.L")), "hips": person.joint("root")}
    for side, word in (("L", "left"), ("R", "right")):
        places[f"hand-{word}"] = contact(person, "palms", side)
        for bone, name in (
            ("upperarm01", "shoulder"),
            ("lowerarm01", "elbow"),
            ("lowerleg01", "knee"),
            ("foot", "foot"),
        ):
            places[f"{name}-{word}"] = person.joint(f"{bone}.{side}")
    places["chest"], places["waist"] = person.joint("spine01"), person.joint("spine03")
    return places


def of_scene(receiver: Posed, giver: Posed) -> Places:
    """Places in a set-up scene."""
    hands = {s: contact(giver, "palms", s) for s in "LR"}
    return {
        "hands": 0.5 * (hands["L"] + hands["R"]),
        "face": 0.5 * (giver.joint("eye.L") + giver.joint("eye.R")),
        "giver-back": giver.joint("spine02"),
        "knees": 0.5 * (giver.joint("lowerleg01.L") + giver.joint("lowerleg01.R")),
        "feet": 0.5 * (giver.joint("foot.L") + giver.joint("foot.R")),
        "head": receiver.joint("head"),
        "ankles": 0.5 * (receiver.joint("foot.L") + receiver.joint("foot.R")),
        "low-back": on_back(receiver, 0, 0.1),
        "shoulders": on_back(receiver, 0, 0.85),
    }


def each_side(receiver: Posed, giver: Posed) -> Places:
    """The giver's hands and the receiver's shoulders, left and right of their own."""
    words = {"L": "left", "R": "right"}
    hands = {f"hand-{word}": contact(giver, "palms", side) for side, word in words.items()}
    return hands | {f"shoulder-{word}": receiver.joint(f"upperarm01.{side}") for side, word in words.items()}


def of_grip(receiver: Posed, giver: Posed, grip: str, sides: str) -> Places:
    """Places in a close-up; left and right are the giver's hands."""
    names = {"L": "contact-left", "R": "contact-right"}
    places = {names[s]: contact(giver, grip, s) for s in sides}
    places["contact"] = np.mean(list(places.values()), 0)
    places["spine-low"], places["spine"], places["spine-high"] = (on_back(receiver, 0, y) for y in (0.0, 0.4, 0.9))
    return places


def inside(places: Mapping[str, tuple[float, float]], width: float, height: float) -> dict[str, tuple[float, float]]:
    """Only the places within the picture."""
    return {name: (x, y) for name, (x, y) in places.items() if 0 <= x <= width and 0 <= y <= height}
