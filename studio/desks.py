"""A massage over the clothes at a desk, as data: the scene, and the hands close up."""

from __future__ import annotations

from dataclasses import replace

from studio.camera import Camera, Point
from studio.exercises import CHAIR, SIDE
from studio.handholds import AT_DESK
from studio.scenes import ARMS, GIVER, GRIP_HAND, GRIP_LOOK, RECEIVER, SCENE_HAND, Actor, Scene, Slab

STOOL = tuple(p for p in CHAIR if "back" not in p.name and p.high[2] < 0.5)
DESK = (
    Slab("desk", "wood", (-0.52, -0.88, 0.680), (0.52, -0.24, 0.718), 0.02, 0.008),
    *(
        Slab(f"post{x}{y}", "wood", (x - 0.022, y - 0.022, 0.0), (x + 0.022, y + 0.022, 0.69), 0.001, 0.001, rim=False)
        for x in (-0.47, 0.47)
        for y in (-0.83, -0.29)
    ),
)
SITTER = Actor(AT_DESK, "desk-seated", RECEIVER)


def _close(name: str, title: str, eye: Point, target: Point, fov: float) -> Scene:
    """The giver's arms on the receiver's shirt."""
    actors = (
        replace(SITTER, pose="desk-lap", look=replace(RECEIVER, furrow=True)),
        Actor("giver", name, replace(GRIP_LOOK, nearer_hands=0.010), only=ARMS),
    )
    hand = replace(GRIP_HAND, light=(-0.3, 0.6, 1.0), casters=())
    return Scene(title, Camera(eye, target, (2400, 2160), fov=fov), actors, (), hand, fit=False)


DESKS: dict[str, Scene] = {
    "desk": Scene(
        "Massage at a desk, sitting, the giver standing behind", Camera((4.4, -1.2, 1.9), (0, 0, 0.8), (2700, 2700), fov=20),
        (SITTER, Actor("giver", "grip-desk-squeeze", GIVER)), (*STOOL, *DESK), replace(SCENE_HAND, light=SIDE), sides=True,
    ),
    "grip-desk-squeeze": _close(
        "grip-desk-squeeze", "Both hands on the tops of the shoulders", (0.0, 0.55, 1.98), (0, 0.03, 1.03), 19.5
    ),
    "grip-desk-palms": _close(
        "grip-desk-palms", "Flat hands beside the spine, between the shoulder blades", (0, 0.66, 1.42), (0, 0.05, 0.94), 27.5
    ),
}  # fmt: skip
