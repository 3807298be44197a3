"""All pictures by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from studio.desks import DESKS
from studio.exercises import EXERCISES
from studio.handpics import HANDS
from studio.icons import TITLES, icon
from studio.objects import clock, cross_section, oil, water
from studio.palms import hand_map
from studio.scenes import Scene, variants
from studio.staging import stage
from studio.svg import Drawing

FLAT: dict[str, Callable[[], Drawing]] = {
    "object-oil": oil,
    "object-water": water,
    "object-clock": clock,
    "cross-section": cross_section,
}
FLAT |= {f"hand-{view}": partial(hand_map, view) for view in ("palm", "back")}


def _scenes() -> dict[str, Scene]:
    return variants() | EXERCISES | DESKS | HANDS


def names() -> list[str]:
    """File names without the ending, sorted."""
    return sorted({*_scenes(), *FLAT, *TITLES})


def picture(name: str) -> Drawing:
    """Draw one."""
    if name in TITLES:
        return icon(name)
    return FLAT[name]() if name in FLAT else stage(_scenes()[name])
