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
    fit: bool = True
    map_of: str = ""  # body whose back is calibrated, for back maps


RECEIVER = Look("receiver", face=False)
GIVER = Look("giver", bun=True, nearer_hands=0.008, mouth=True)
LYING = Actor("receiver-a", "prone-a", RECEIVER)

FOREHEAD = Slab("towel", "towel", (-0.12, 0.665, FLOOR), (0.12, 0.80, -0.088), 0.02, 0.02, folds=3)
FOREHEAD_B = replace(FOREHEAD, low=(-0.12, 0.685, FLOOR), high=(0.12, 0.82, -0.095))
ANKLES = Roll("roll", "towel", (-0.27, -0.715, -0.088), (0.27, -0.715, -0.088), 0.047)
MAP_TOWEL = Slab("towel", "towel", (-0.135, 0.675, FLOOR), (0.135, 0.835, -0.088), 0.022, 0.004, rim=False)


def _back_map(body: str, pose: str, bun: bool, build: str) -> Scene:
    camera = Camera((0, 0.30, 5), (0, 0.30, 0), (1950, 3510), height=1.17, up=(0, 1, 0))
    return Scene(
        f"The back seen from above, {build}", camera, (Actor(body, pose, replace(RECEIVER, bun=bun)),), (MAP_TOWEL,),
        Hand(width=600, line=2.2, light=(-0.45, 0.35, 0.8), shade=0.40, soft=34, speck=4000), fit=False, map_of=body,
    )  # fmt: skip


SCENE_LIGHT = (0.35, -0.55, 1.0)
CAST = ("giver-skin", "giver-shirt", "giver-trousers", "receiver-skin", "receiver-shirt", "receiver-trousers", "towel",
        "roll")  # fmt: skip
SCENE_HAND = Hand(light=SCENE_LIGHT, casters=CAST)
MAT = Slab("mat", "mat", (-0.86, -1.04, -0.185), (0.40, 0.94, -0.160), 0.03, 0.006)
BLANKET = Slab("blanket", "blanket", (-0.31, -0.99, -0.16), (0.32, 0.89, FLOOR), 0.03, 0.012, folds=2)
TABLE_FLOOR, BED_FLOOR = FLOOR - 0.72, FLOOR - 0.52


def _post(x: float, y: float, low: float, high: float, half: float = 0.022) -> Slab:
    """A square wooden leg."""
    return Slab(f"leg{x}{y}", "wood", (x - half, y - half, low), (x + half, y + half, high), 0.001, 0.001, rim=False)


def _board(name: str, low: Point, high: Point) -> Slab:
    return Slab(name, "wood", low, high, 0.001, 0.001, rim=False)


TABLE = (
    *(_post(x, y, TABLE_FLOOR, -0.20) for x in (-0.27, 0.27) for y in (-0.84, 0.76)),
    _board("rail1", (-0.285, -0.84, -0.29), (-0.258, 0.76, -0.205)),
    _board("rail2", (0.258, -0.84, -0.29), (0.285, 0.76, -0.205)),
    _board("rail3", (-0.27, -0.855, -0.29), (0.27, -0.83, -0.205)),
    Slab("top", "upholstery", (-0.34, -1.02, -0.215), (0.34, 0.94, FLOOR), 0.06, 0.03),
)
BED = (
    _board("bed-foot", (-0.45, -1.08, BED_FLOOR + 0.02), (0.40, -1.05, BED_FLOOR + 0.30)),
    _board("bed-side", (0.36, -1.06, BED_FLOOR + 0.12), (0.385, 0.96, BED_FLOOR + 0.30)),
    Slab("mattress", "sheet", (-0.44, -1.05, BED_FLOOR + 0.27), (0.375, 0.95, FLOOR), 0.06, 0.035),
    _board("bed-head", (-0.46, 0.95, BED_FLOOR + 0.02), (0.41, 0.98, FLOOR + 0.30)),
)
CHAIR = (
    *(_post(x, y, 0.0, 0.43) for x in (-0.20, 0.27) for y in (-0.20, 0.20)),
    Slab("seat", "wood", (-0.23, -0.23, 0.425), (0.30, 0.23, 0.455), 0.03, 0.008),
    *(_post(0.285, y, 0.44, 0.90, 0.018) for y in (-0.20, 0.20)),
    _board("back-top", (0.272, -0.21, 0.78), (0.298, 0.21, 0.90)),
    _board("back-low", (0.275, -0.20, 0.58), (0.295, 0.20, 0.64)),
)
ARMS = tuple(f"{part}{side}" for side in "LR" for part in ("arm", "hand", *(f"finger{k}" for k in range(1, 6)))) + (
    "nail",
)
GRIP_HAND = Hand(width=800, line=2.4, light=(-0.28, 0.36, 1.0), shade=0.20, soft=26, speck=2500,
                 casters=("giver-skin",), reach=0.008)  # fmt: skip
GRIP_LOOK = Look("giver", face=False, shirt=False, trousers=False, hair=False, fine_hands=True, nearer_hands=0.006)


def _grip(name: str, title: str, eye: Point, target: Point, fov: float = 19.5) -> Scene:
    """A close-up: the receiver's back and the giver's arms."""
    receiver = replace(LYING, look=replace(RECEIVER))
    up = (0.0, 1.0, 0.0) if eye[2] > 1.0 else (0.0, 0.0, 1.0)
    return Scene(
        title, Camera(eye, target, (2400, 2160), fov=fov, up=up), (receiver, Actor("giver", f"grip-{name}", GRIP_LOOK,
        only=ARMS)), (), GRIP_HAND, fit=False,
    )  # fmt: skip


CHEST_PILLOW = Slab("pillow", "pillow", (0.135, -0.19, 0.50), (0.265, 0.19, 0.93), 0.05, 0.06)

SCENES: dict[str, Scene] = {
    "back-a": _back_map("receiver-a", "prone-a", False, "a man's build"),
    "back-b": _back_map("receiver-b", "prone-b", True, "a woman's build"),
    "scene-floor": Scene(
        "Massage on the floor, kneeling beside",
        Camera((4.0, -0.75, 1.75), (-0.13, -0.06, 0.10), (2700, 1500), fov=16.5),
        (LYING, Actor("giver", "floor", GIVER)),
        (MAT, BLANKET, FOREHEAD, ANKLES),
        SCENE_HAND,
    ),
    "scene-astride": Scene(
        "Massage on the floor, kneeling astride",
        Camera((3.7, 0.75, 2.1), (-0.13, -0.06, 0.10), (2700, 1500), fov=16.5),
        (LYING, Actor("giver", "astride", GIVER)),
        (replace(MAT, low=(-0.46, -1.04, -0.185), high=(0.46, 0.94, -0.160)), BLANKET, FOREHEAD, ANKLES),
        SCENE_HAND,
    ),
    "scene-bed": Scene(
        "Massage on a bed, one knee on the mattress",
        Camera((4.2, -1.15, 1.55), (-0.15, -0.05, -0.16), (2700, 2025), fov=22),
        (LYING, Actor("giver", "bed", GIVER)),
        (*BED, FOREHEAD, ANKLES),
        SCENE_HAND,
    ),
    "scene-table": Scene(
        "Massage on a table, standing",
        Camera((4.6, -0.6, 1.75), (-0.15, -0.05, -0.16), (2700, 2025), fov=22),
        (LYING, Actor("giver", "table", GIVER)),
        (*TABLE, FOREHEAD, ANKLES),
        SCENE_HAND,
    ),
    "scene-chair": Scene(
        "Massage on a chair, sitting reversed",
        Camera((-1.1, -4.2, 1.5), (-0.2, 0, 0.8), (2700, 2700), fov=22),
        (Actor("receiver-a", "chair-seated", RECEIVER), Actor("giver", "chair", GIVER)),
        (*CHAIR, CHEST_PILLOW),
        replace(SCENE_HAND, light=(-0.5, -0.6, 1.0)),
    ),
    "grip-palms": _grip("palms", "Flat hands beside the spine", (0, -0.45, 1.30), (0, 0.225, 0.06), 15.5),
    "grip-heels": _grip("heels", "Heels of the hands, fingers lifted", (1.15, -0.50, 0.50), (0.02, 0.19, 0.10), 19),
    "grip-stacked": _grip(
        "stacked", "Stacked hands, finger pads beyond the spine", (0.05, -0.60, 1.15), (0.01, 0.25, 0.06), 14.5
    ),
    "grip-fingers": _grip(
        "fingers", "Two fingers on the muscle beside the spine", (0.05, -0.70, 1.0), (-0.02, 0.24, 0.06), 12
    ),
    "grip-thumbs": _grip("thumbs", "Thumbs on the muscles beside the spine", (0, -0.45, 1.30), (0, 0.22, 0.06), 15),
    "grip-still": _grip("still", "Two still hands", (0.02, -0.30, 1.60), (0.035, 0.31, 0.06), 19),
    "grip-chair": Scene(
        "On a chair: both palms slide out from the spine",
        Camera((-1.5, 0, 1.60), (0, 0, 0.92), (2400, 2160), fov=20),
        (Actor("receiver-a", "chair-seated", RECEIVER), Actor("giver", "grip-chair", GRIP_LOOK, only=ARMS)),
        (), replace(GRIP_HAND, light=(-0.8, 0.35, 0.8)), fit=False,
    ),
    "scene-side-lying": Scene(
        "Massage lying on the side",
        Camera((-3.9, 0.9, 2.3), (0, 0, 0), (2700, 1500), fov=18),
        (Actor("receiver-a", "side-lying", RECEIVER), Actor("giver", "side", GIVER)),
        (
            Slab("mat", "mat", (-0.80, -1.0, -0.27), (0.62, 0.94, -0.245), 0.03, 0.006),
            Slab("pillow", "pillow", (-0.18, 0.56, -0.245), (0.22, 0.94, -0.10), 0.06, 0.06, puff=0.02),
        ),
        replace(SCENE_HAND, light=(-0.5, 0.3, 1.0)),
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
