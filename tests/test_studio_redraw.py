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
        "stretch-neck-open",
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
@pytest.mark.parametrize(
    "name", ["reach", "reach-chair", "side", "held", "chest", "cat", "cow", "twist", "lunge", "lunge-chair", "calf"]
)
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


@pytest.mark.studio
def test_hands_at_the_desk_lie_on_the_shoulders_clear_of_the_neck() -> None:
    """All of each hand lies at least 3 cm beside the widest of the neck, its finger tips over the end of the shoulder."""
    pytest.importorskip("numba")
    from studio.mesh import surface
    from studio.parts import PART, surface_parts
    from studio.skeleton import Body, Posed
    from studio.stances import stance

    giver, sitter = Posed(Body("giver"), stance("desk-standing")), Posed(Body("receiver-a"), stance("desk-seated"))
    matrix, labels = surface("body", 0).matrix, surface_parts("body", 0)
    skin, sitting = matrix @ giver.vertices, matrix @ sitter.vertices
    level = sitter.joint("neck01")[2] + 0.03
    neck = sitting[(abs(sitting[:, 2] - level) < 0.02) & (labels[:, PART["head"]] > 0.8)]
    for side, way in (("L", 1), ("R", -1)):
        hand = (
            labels[:, [PART[f"{part}{side}"] for part in ("hand", *(f"finger{k}" for k in range(1, 6)))]].sum(1) > 0.9
        )
        assert float((way * skin[hand, 0]).min()) > float(abs(neck[:, 0]).max()) + 0.03
        assert way * float(giver.joint(f"finger3-3.{side}")[0]) > way * float(sitter.joint(f"upperarm01.{side}")[0])
