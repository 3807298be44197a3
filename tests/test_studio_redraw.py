"""What needs the studio extra (run with -m studio): redrawing gives the same bytes, and hands keep off the spine."""

from __future__ import annotations

from pathlib import Path

import pytest

IMAGES = Path(__file__).parent.parent / "images"


@pytest.mark.studio
@pytest.mark.parametrize(
    "name",
    [
        "back-a-shirt",
        "grip-palms-bare",
        "grip-chair-shirt",
        "icon-flat",
        "cross-section",
        "stretch-side",
        "hand-palm",
        "grip-hand-thumbs",
        "desk-office",
        "grip-desk-squeeze",
    ],
)
def test_a_redrawn_picture_is_the_same_to_the_byte(name: str) -> None:
    pytest.importorskip("numba")
    from studio.gallery import picture

    assert picture(name).text() == (IMAGES / f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.studio
@pytest.mark.parametrize("name", ["reach", "side", "chest", "cat", "cow", "twist", "lunge", "calf"])
def test_feet_knees_and_hands_stand_on_the_floor(name: str) -> None:
    """The lowest skin lies within 2.5 cm of the floor (a sole, a knee in its trousers, finger tips sunk into the mat)."""
    pytest.importorskip("numba")
    from studio.mesh import surface
    from studio.skeleton import Body, Posed
    from studio.stretches import STRETCHES, WHO

    skin = surface("body", 0).matrix @ Posed(Body(WHO), STRETCHES[f"stretch-{name}"]()).vertices
    assert abs(float(skin[:, 2].min())) < 0.025


PRESSING = {
    "heels": ("LR", 0.030), "fingers": ("R", 0.010), "thumbs": ("LR", 0.010), "stacked": ("R", 0.010),
    "chair": ("LR", 0.020),  # three slanting fingers: the innermost pad lies 1 cm in from the middle of all
}  # fmt: skip
X_UNIT = 0.19  # metres


@pytest.mark.studio
@pytest.mark.parametrize("grip", PRESSING)
def test_pressing_contacts_keep_off_the_spine(grip: str) -> None:
    """The contact's edge is at |x| = 0.07 or more; a heel is laid with its narrow side across."""
    pytest.importorskip("numba")
    from studio.holds import GRIPS
    from studio.landmarks import contact
    from studio.skeleton import Body, Posed
    from studio.stances import stance

    giver = Posed(Body("giver"), stance(f"grip-{grip}"))
    sides, half = PRESSING[grip]
    for side in sides:
        x = abs(float(GRIPS[grip].frame.local(contact(giver, grip, side))[0]))
        assert (x - half) / X_UNIT >= 0.07, (side, x)
