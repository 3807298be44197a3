"""A massage over the clothes at a desk, as data: the scene, and the hands close up."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

from studio.camera import Camera, Point
from studio.exercises import CHAIR, EXERCISES
from studio.handholds import AT_DESK
from studio.scenes import ARMS, GIVER, GRIP_HAND, GRIP_LOOK, RECEIVER, SCENE_HAND, Actor, Prop, Rod, Scene, Slab

STOOL = tuple(p for p in CHAIR if "back" not in p.name and p.high[2] < 0.5)
DESK = (
    Slab("desk", "wood", (-0.52, -0.88, 0.680), (0.52, -0.24, 0.718), 0.02, 0.008),
    *(
        Slab(f"post{x}{y}", "wood", (x - 0.022, y - 0.022, 0.0), (x + 0.022, y + 0.022, 0.69), 0.001, 0.001, rim=False)
        for x in (-0.47, 0.47)
        for y in (-0.83, -0.29)
    ),
)


def _spoke(degrees: float, out: float = 0.28) -> tuple[Rod, Rod]:
    """One arm of the star an office chair stands on, and the castor at its end."""
    x, y = cos(radians(degrees)), sin(radians(degrees))
    end = (MIDDLE[0] + out * x, MIDDLE[1] + out * y)
    axle = (0.024 * y, -0.024 * x)  # half of it: across the arm
    return (
        Rod(f"arm{degrees}", "object", (MIDDLE[0] + 0.02 * x, MIDDLE[1] + 0.02 * y, 0.105), (*end, 0.072), 0.026, 0.016),
        Rod(
            f"castor{degrees}", "object", (end[0] - axle[0], end[1] - axle[1], 0.028),
            (end[0] + axle[0], end[1] + axle[1], 0.028), 0.028, 0.028,
        ),
    )  # fmt: skip


MIDDLE = (
    -0.06,
    0.035,
)  # metres: the axis of the office chair; whoever sits on it sits at 0, sideways, clear of its back
OFFICE_CHAIR: tuple[Prop, ...] = (  # no arm rests; its back at the far side
    *(part for k in range(5) for part in _spoke(270 + 72 * k)),
    Rod("column", "object", (*MIDDLE, 0.09), (*MIDDLE, 0.41), 0.027, 0.027),
    Slab("plate", "object", (MIDDLE[0] - 0.11, -0.055, 0.385), (MIDDLE[0] + 0.11, 0.125, 0.41), 0.02, 0.008, rim=False),
    Slab(
        "seat",
        "upholstery",
        (MIDDLE[0] - 0.25, -0.205, 0.405),
        (MIDDLE[0] + 0.25, 0.265, 0.455),
        0.09,
        0.022,
        rim=False,
    ),
    Slab("back", "upholstery", (-0.425, -0.205, 0.60), (-0.378, 0.275, 0.93), 0.022, 0.07, rim=False),
)
SITTER = Actor(AT_DESK, "desk-seated", replace(RECEIVER, shoes=True))


def _close(name: str, title: str, eye: Point, target: Point, fov: float, low: float) -> Scene:
    """The giver's arms on the receiver's shirt, on which the furrow of the spine begins at `low`."""
    actors = (
        replace(SITTER, pose="desk-lap", look=replace(RECEIVER, furrow=True, furrow_low=low)),
        Actor("giver", name, replace(GRIP_LOOK, nearer_hands=0.010), only=ARMS),
    )
    hand = replace(GRIP_HAND, light=(-0.3, 0.6, 1.0), casters=())
    return Scene(title, Camera(eye, target, (2400, 2160), fov=fov), actors, (), hand, fit=False)


FINGERS = tuple(part for part in ARMS if not part.startswith("arm"))
SEEN = Camera((4.1, 1.4, 2.28), (0, 0, 0.8), (2700, 2700), fov=20)
LIGHT = (1.0, 0.5, 1.0)  # where it comes from
PAIR = (SITTER, Actor("giver", "desk-standing", replace(GIVER, shoes=True)))
DESKS: dict[str, Scene] = {
    "desk": Scene(
        "Massage at a desk, sitting, the giver standing behind", SEEN, PAIR,
        (*STOOL, *DESK), replace(SCENE_HAND, light=LIGHT), sides=True,
    ),
    "desk-office": Scene(
        "Massage at a desk, sitting sideways on an office chair, the giver standing behind", SEEN, PAIR,
        (*OFFICE_CHAIR, *DESK), replace(SCENE_HAND, light=LIGHT), sides=True,
    ),
    "desk-neck": replace(
        EXERCISES["stretch-neck"], title="The right ear sinks toward the shoulder, the giver’s hands on both shoulders",
        actors=(*EXERCISES["stretch-neck"].actors, Actor("giver", "desk-neck", replace(GRIP_LOOK, fine_hands=False), only=FINGERS)),
    ),
    "grip-desk-squeeze": _close(
        "grip-desk-squeeze", "Both hands on the tops of the shoulders", (0.0, 0.55, 1.98), (0, 0.03, 1.03), 19.5, 0.46
    ),
    "grip-desk-palms": _close(
        "grip-desk-palms", "Flat hands beside the spine, between the shoulder blades", (0, 0.66, 1.42), (0, 0.05, 0.94), 27.5, -0.10
    ),
}  # fmt: skip
