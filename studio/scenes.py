"""The pictures drawn from bodies, as data: who, in which pose, on what, seen from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from studio.camera import Camera, Point
from studio.drafting import Hand
from studio.people import Look

BED_TOP = FLOOR = -0.135  # metres: what the receiver lies on, in every scene


@dataclass(frozen=True)
class Actor:
    """A body in a pose, dressed."""

    body: str
    pose: str
    look: Look
    shift: Point = (0, 0, 0)
    only: tuple[str, ...] = ()  # parts drawn; empty: all


@dataclass(frozen=True)
class Slab:
    """A cushion, mat or board between two corners (metres)."""

    name: str
    role: str
    low: Point
    high: Point
    corner: float = 0.03
    edge: float = 0.012
    puff: float = 0.0
    folds: int = 0
    rim: bool = True
    turned: float = 0.0  # degrees about x


@dataclass(frozen=True)
class Roll:
    """A rolled towel."""

    name: str
    role: str
    start: Point
    end: Point
    radius: float


Prop = Slab | Roll


@dataclass(frozen=True)
class Scene:
    """One picture; `points` are named places in the world, published in the SVG."""

    title: str
    camera: Camera
    actors: tuple[Actor, ...]
    props: tuple[Prop, ...] = ()
    hand: Hand = field(default_factory=Hand)
    points: Mapping[str, Point] = field(default_factory=dict)
    map_of: str = ""  # body whose back is calibrated, for back maps


RECEIVER = Look("receiver", face=False)
GIVER = Look("giver", bun=True, nearer_hands=0.008, mouth=True)
LYING = Actor("receiver-a", "prone-a", RECEIVER)

FOREHEAD = Slab("towel", "towel", (-0.12, 0.665, FLOOR), (0.12, 0.80, -0.088), 0.02, 0.02, folds=3)
FOREHEAD_B = replace(FOREHEAD, low=(-0.12, 0.685, FLOOR), high=(0.12, 0.82, -0.095))
ANKLES = Roll("roll", "towel", (-0.27, -0.715, -0.088), (0.27, -0.715, -0.088), 0.047)
MAP_TOWEL = Slab("towel", "towel", (-0.165, 0.66, FLOOR), (0.165, 0.86, -0.088), 0.02, 0.02)


def _back_map(body: str, pose: str, bun: bool, build: str) -> Scene:
    camera = Camera((0, 0.30, 5), (0, 0.30, 0), (1950, 3510), height=1.17, up=(0, 1, 0))
    return Scene(
        f"The back seen from above, {build}", camera, (Actor(body, pose, replace(RECEIVER, bun=bun)),), (MAP_TOWEL,),
        Hand(width=600, line=2.2, light=(-0.45, 0.35, 0.8), shade=0.40, soft=20), map_of=body,
    )  # fmt: skip


TABLE_FLOOR = FLOOR - 0.72
SCENE_LIGHT = (0.35, -0.55, 1.0)
CAST = ("giver-skin", "giver-shirt", "giver-trousers", "receiver-skin", "receiver-shirt", "receiver-trousers", "towel",
        "roll")  # fmt: skip
SCENE_HAND = Hand(light=SCENE_LIGHT, casters=CAST)

SCENES: dict[str, Scene] = {
    "back-a": _back_map("receiver-a", "prone-a", False, "a man's build"),
    "back-b": _back_map("receiver-b", "prone-b", True, "a woman's build"),
    "scene-floor": Scene(
        "Massage on the floor, kneeling beside",
        Camera((3.9, -0.55, 2.25), (-0.13, -0.06, 0.10), (2700, 1500), fov=16.5),
        (LYING, Actor("giver", "floor", GIVER)),
        (
            Slab("mat", "mat", (-0.90, -1.06, -0.185), (0.40, 0.96, -0.160), 0.03, 0.006),
            Slab("blanket", "blanket", (-0.32, -1.0, -0.16), (0.33, 0.90, FLOOR), 0.03, 0.012, folds=2),
            FOREHEAD, ANKLES,
        ),
        SCENE_HAND,
    ),
    "scene-table": Scene(
        "Massage on a table, standing",
        Camera((4.6, -0.6, 1.75), (-0.15, -0.05, -0.16), (2700, 2025), fov=22),
        (LYING, Actor("giver", "table", GIVER)),
        (
            Slab("top", "upholstery", (-0.34, -1.02, -0.205), (0.34, 0.94, FLOOR), 0.06, 0.03),
            FOREHEAD, ANKLES,
        ),
        SCENE_HAND,
    ),
}  # fmt: skip


def variants() -> dict[str, Scene]:
    """Every picture drawn from bodies by file name: each scene with the receiver in a shirt and bare."""
    out = {}
    for name, scene in SCENES.items():
        for dress in ("shirt", "bare"):
            actors = tuple(
                replace(a, look=replace(a.look, shirt=dress == "shirt")) if a.look.who == "receiver" else a
                for a in scene.actors
            )
            worn = "in a shirt" if dress == "shirt" else "bare back"
            out[f"{name}-{dress}"] = replace(scene, actors=actors, title=f"{scene.title}, {worn}")
    return out
