"""A hand massage close up, as data: the receiver's open hand and the giver's two."""

from __future__ import annotations

from dataclasses import replace

from studio.camera import Camera
from studio.handholds import HELD
from studio.palms import LOOK, PARTS_SHOWN
from studio.scenes import ARMS, GRIP_HAND, GRIP_LOOK, Actor, Scene


def _grip(name: str, title: str, middle: float) -> Scene:
    """The receiver's left hand, palm up, and the giver's hands; `middle` (metres past the wrist) is in the picture's middle."""
    camera = Camera((0.0, middle - 0.402, 1.15), (0.005, middle, 0.0), (2400, 2160), fov=13.5, up=(0, 1, 0))
    actors = (
        Actor(HELD, "hand-open", replace(LOOK, palm=True), only=PARTS_SHOWN),
        Actor("giver", name, GRIP_LOOK, only=ARMS),
    )
    hand = replace(GRIP_HAND, light=(-0.3, 0.3, 1.0), reach=(0.008, 0.05))
    return Scene(title, camera, actors, (), hand, fit=False)


HANDS: dict[str, Scene] = {
    "grip-hand-hold": _grip("grip-hand-hold", "A hand held between two hands", 0.052),
    "grip-hand-thumbs": _grip("grip-hand-thumbs", "Two thumbs on the palm, the fingers under the hand", 0.072),
}
