"""The pictures drawn from bodies, as data: who, in which pose, on what, seen from where."""

from __future__ import annotations

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
    woven: tuple[float, ...] = ()  # thin lines along x on top, metres from the far edge


@dataclass(frozen=True)
class Roll:
    """A rolled towel."""

    name: str
    role: str
    start: Point
    end: Point
    radius: float


@dataclass(frozen=True)
class Rod:
    """A round bar, as thick as `radius` at its start and as `far` at its end."""

    name: str
    role: str
    start: Point
    end: Point
    radius: float
    far: float


Prop = Slab | Roll | Rod


@dataclass(frozen=True)
class Scene:
    """One picture."""

    title: str
    camera: Camera
    actors: tuple[Actor, ...]
    props: tuple[Prop, ...] = ()
    hand: Hand = field(default_factory=Hand)
    fit: bool = True
    solved_for: str = "shirt"  # what the receiver wore when the giver's pose was solved
    outward: Point = (0, 0, 1)  # out of the back, in the world
    sides: bool = False  # hands and shoulders are named one by one
    map_of: str = ""  # body whose back is calibrated, for back maps


RECEIVER = Look("receiver", face=False)
GIVER = Look("giver", bun=True, nearer_hands=0.008, mouth=True)
LYING = Actor("receiver-a", "prone-a", RECEIVER)

FOREHEAD = Slab("towel", "towel", (-0.12, 0.665, FLOOR), (0.12, 0.80, -0.088), 0.02, 0.02, folds=3)
FOREHEAD_B = replace(FOREHEAD, low=(-0.12, 0.685, FLOOR), high=(0.12, 0.82, -0.095))
ANKLES = Roll("roll", "towel", (-0.27, -0.715, -0.088), (0.27, -0.715, -0.088), 0.047)


def _map_towel(shift: float) -> tuple[Slab, Slab]:
    """A folded towel seen from above, as wide as the head: two leaves that don't quite meet, a woven border on the upper."""
    low = Slab("leaf", "towel", (-0.085, 0.751 + shift, FLOOR), (0.101, 0.835 + shift, -0.112), 0.009, 0.004, rim=False)
    high = Slab(
        "towel", "towel", (-0.096, 0.745 + shift, -0.112), (0.094, 0.828 + shift, -0.090), 0.009, 0.004, rim=False,
        woven=(0.0075, 0.0105),
    )  # fmt: skip
    return low, high


def _back_map(body: str, pose: str, bun: bool, build: str, towel: float = 0.0) -> Scene:
    camera = Camera((0, 0.30, 5), (0, 0.30, 0), (1950, 3510), height=1.17, up=(0, 1, 0))
    return Scene(
        f"The back seen from above, {build}", camera, (Actor(body, pose, replace(RECEIVER, bun=bun)),), _map_towel(towel),
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
    _board("bed-side", (0.36, -1.051, BED_FLOOR + 0.12), (0.385, 0.951, BED_FLOOR + 0.30)),
    _board("bed-base", (-0.43, -1.051, BED_FLOOR + 0.13), (0.361, 0.951, BED_FLOOR + 0.292)),
    Slab("mattress", "sheet", (-0.44, -1.05, BED_FLOOR + 0.20), (0.36, 0.95, FLOOR), 0.03, 0.030),
    _board("bed-head", (-0.46, 0.95, BED_FLOOR + 0.02), (0.41, 0.98, FLOOR + 0.30)),
)
BED_LOW = (  # seen from the head end: no headboard
    _board("bed-foot", (-0.47, -1.08, BED_FLOOR + 0.02), (0.47, -1.05, BED_FLOOR + 0.30)),
    _board("bed-side", (0.445, -1.051, BED_FLOOR + 0.12), (0.468, 0.951, BED_FLOOR + 0.30)),
    _board("bed-base", (-0.46, -1.051, BED_FLOOR + 0.13), (0.446, 0.951, BED_FLOOR + 0.292)),
    Slab("mattress", "sheet", (-0.445, -1.05, BED_FLOOR + 0.20), (0.445, 0.95, FLOOR), 0.03, 0.030),
    _board("bed-head", (-0.47, 0.95, BED_FLOOR + 0.02), (0.47, 0.98, BED_FLOOR + 0.30)),
)
CHAIR = (
    *(_post(-0.15, y, 0.0, 0.43) for y in (-0.17, 0.17)),
    *(_post(0.345, y, 0.0, 0.43) for y in (-0.15, 0.15)),
    Slab("seat", "wood", (-0.18, -0.20, 0.425), (0.375, 0.20, 0.455), 0.03, 0.008),
    *(_post(0.360, y, 0.44, 0.915, 0.018) for y in (-0.15, 0.15)),
    _board("back-top", (0.346, -0.150, 0.80), (0.374, 0.150, 0.915)),
    _board("back-low", (0.350, -0.15, 0.58), (0.370, 0.15, 0.64)),
)
ARMS = tuple(f"{part}{side}" for side in "LR" for part in ("arm", "hand", *(f"finger{k}" for k in range(1, 6))))
GRIP_LIGHT = (-0.28, 0.36, 1.0)
GRIP_HAND = Hand(width=800, line=2.4, light=GRIP_LIGHT, shade=0.20, soft=26, speck=6000,
                 casters=("giver-skin",), reach=(0.008, 0.07))  # fmt: skip
GRIP_LOOK = Look("giver", face=False, shirt=False, trousers=False, hair=False, fine_hands=True, nearer_hands=0.006)


def _grip(
    name: str, title: str, eye: Point, target: Point, fov: float, light: Point = GRIP_LIGHT, rows: int = 2160
) -> Scene:
    """A close-up: the receiver's back and the giver's arms."""
    receiver = replace(LYING, look=replace(RECEIVER, furrow=True))
    up = (0.0, 1.0, 0.0) if eye[2] > 1.0 else (0.0, 0.0, 1.0)
    return Scene(
        title, Camera(eye, target, (2400, rows), fov=fov, up=up), (receiver, Actor("giver", f"grip-{name}", GRIP_LOOK,
        only=ARMS)), (), replace(GRIP_HAND, light=light), fit=False, solved_for="bare",
    )  # fmt: skip


CHEST_PILLOW = Slab("pillow", "pillow", (0.165, -0.128, 0.50), (0.352, 0.128, 0.86), 0.05, 0.05)

SCENES: dict[str, Scene] = {
    "back-a": _back_map("receiver-a", "prone-a", False, "a man's build"),
    "back-b": _back_map("receiver-b", "prone-b", True, "a woman's build", 0.017),
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
        (LYING, Actor("giver", "bed", replace(GIVER, seams=("hem", "cuff")))),
        (*BED, FOREHEAD, ANKLES),
        SCENE_HAND,
    ),
    "scene-bed-astride": Scene(
        "Massage on a bed, kneeling astride",
        Camera((3.9, 0.95, 2.1), (-0.13, -0.06, 0.10), (2700, 2025), fov=22),
        (LYING, Actor("giver", "astride", GIVER)),
        (*BED_LOW, FOREHEAD, ANKLES),
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
        Camera((-3.3, -2.9, 2.15), (-0.2, 0, 0.8), (2700, 2700), fov=22),
        (Actor("receiver-a", "chair-seated", RECEIVER), Actor("giver", "chair", GIVER)),
        (*CHAIR, CHEST_PILLOW),
        replace(SCENE_HAND, light=(-0.5, -0.6, 1.0), reach=(0.02, 0.10)), outward=(-0.91, 0, 0.41),
    ),
    "grip-palms": _grip("palms", "Flat hands beside the spine", (0, -0.45, 1.30), (0, 0.225, 0.06), 15.5),
    "grip-heels": _grip(
        "heels", "Heels of the hands, fingers lifted", (0.92, -0.44, 0.87), (-0.005, 0.170, 0.075), 12.6,
        (0.55, 0.15, 1.0), 1600,
    ),
    "grip-stacked": _grip(
        "stacked", "Stacked hands, finger pads beyond the spine", (0.05, -0.60, 1.15), (0.01, 0.25, 0.06), 14.5
    ),
    "grip-fingers": _grip(
        "fingers", "Two stacked fingers on the muscle beside the spine", (0.05, -0.42, 1.25), (-0.066, 0.217, 0.06), 11.4
    ),
    "grip-thumbs": _grip("thumbs", "Thumbs on the muscles beside the spine", (0, -0.40, 1.32), (0, 0.275, 0.06), 15),
    "grip-still": _grip("still", "Two still hands", (0.02, -0.30, 1.60), (0.035, 0.31, 0.06), 19),
    "grip-chair": Scene(  # seen as the giver sees it, over the own hands
        "On a chair: finger pads draw out from beside the spine, a hand on each half",
        Camera((-0.48, 0, 1.59), (0.004, 0, 0.872), (2400, 2160), fov=28.6),
        (
            Actor("receiver-a", "chair-seated", replace(RECEIVER, furrow=True)),
            Actor("giver", "grip-chair", replace(GRIP_LOOK, nearer_hands=0.011), only=ARMS),
        ),
        CHAIR, replace(GRIP_HAND, light=(-0.8, -0.1, 0.9), casters=()), fit=False, outward=(-0.91, 0, 0.41),
    ),
    "scene-side-lying": Scene(
        "Massage lying on the side",
        Camera((-3.3, 1.2, 2.2), (0, 0, 0), (2700, 1500), fov=18),
        (Actor("receiver-a", "side-lying", RECEIVER), Actor("giver", "side", GIVER)),
        (
            Slab("mat", "mat", (-0.42, -0.90, -0.27), (0.50, 0.93, -0.245), 0.03, 0.006),
            Slab("pillow", "pillow", (-0.11, 0.585, -0.245), (0.30, 0.89, -0.085), 0.06, 0.06, puff=0.02),
            Slab("pillow2", "pillow", (0.18, -0.52, -0.245), (0.46, -0.02, 0.02), 0.08, 0.08),
        ),
        replace(SCENE_HAND, light=(-0.5, 0.3, 1.0)), outward=(-1, 0, 0),
    ),
}  # fmt: skip


POSES_B = {"prone-a": "prone-b", "chair-seated": "chair-seated-b", "side-lying": "side-lying-b"}


def _for_b(scene: Scene) -> Scene:
    """The same scene with the woman as the receiver; the giver's pose is solved for her (`NAME-b` in holds)."""
    receiver, giver = scene.actors
    receiver = replace(receiver, body="receiver-b", pose=POSES_B[receiver.pose], look=replace(receiver.look, bun=True))
    props = tuple(FOREHEAD_B if p is FOREHEAD else p for p in scene.props)
    return replace(scene, actors=(receiver, replace(giver, pose=f"{giver.pose}-b")), props=props)


SCENES |= {f"{name}-b": _for_b(scene) for name, scene in SCENES.items() if name.startswith("scene-")}

RIGHT_ARM = tuple(p for p in ARMS if not p.endswith("L"))
SMALL = Hand(width=240, line=2.4, light=(0.35, -0.55, 1.0), shade=0.3, soft=14, sigma=5)


def _object(title: str, *props: Prop, eye: Point = (2.0, -3.0, 1.9)) -> Scene:
    """A thing for the checklists, alone."""
    return Scene(title, Camera(eye, (0, 0, 0), (1680, 1400), fov=14), (), props, SMALL)


def _posture(name: str, title: str) -> Scene:
    """The giver's back, from the side."""
    return Scene(
        title, Camera((4.6, 0.35, 0.75), (0, 0, 0.1), (2400, 1500), fov=16),
        (LYING, Actor("giver", name, GIVER)), (BLANKET, FOREHEAD, ANKLES), replace(SCENE_HAND, width=640, line=2.2, light=(0.9, -0.25, 1.0)),
    )  # fmt: skip


def _wrist(name: str, title: str) -> Scene:
    """One forearm and hand, from the side."""
    return Scene(
        title, Camera((3.0, 0.25, 0.62), (0, 0.24, 0.125), (2400, 1500), height=0.30),
        (replace(LYING, look=replace(RECEIVER, shirt=False)), Actor("giver", name, GRIP_LOOK, only=RIGHT_ARM)), (),
        replace(GRIP_HAND, width=640, light=(0.6, -0.1, 1.0), shortest=160), fit=False,
    )  # fmt: skip


SINGLES: dict[str, Scene] = {
    "do-back": _posture("do-back", "Straight back, weight from the hips"),
    "dont-back": _posture("dont-back", "Bent back, sitting behind the hands"),
    "do-wrist": _wrist("do-wrist", "The wrist nearly straight"),
    "dont-wrist": _wrist("dont-wrist", "The wrist collapsed"),
    "object-towels": _object(
        "Two folded towels",
        Slab("towel1", "towel", (-0.21, -0.15, 0.0), (0.21, 0.15, 0.085), 0.03, 0.03, folds=3),
        Slab("towel2", "towel", (-0.19, -0.14, 0.085), (0.19, 0.13, 0.16), 0.03, 0.03, folds=3),
    ),
    "object-blanket": _object(
        "A light blanket, folded", Slab("blanket", "blanket", (-0.30, -0.22, 0.0), (0.30, 0.22, 0.11), 0.04, 0.03, folds=4)
    ),
    "object-pillow": _object(
        "A small pillow", Slab("pillow", "pillow", (-0.26, -0.17, 0.0), (0.26, 0.17, 0.10), 0.06, 0.05, puff=0.035)
    ),
    "object-mat": _object(
        "A mat, partly rolled",
        Slab("mat", "mat", (-0.30, -0.62, 0.0), (0.30, 0.40, 0.022), 0.02, 0.008),
        Roll("mat-roll", "mat", (-0.30, 0.43, 0.085), (0.30, 0.43, 0.085), 0.085),
    ),
    "object-ankle-roll": _object(
        "A rolled towel for under the ankles", Roll("roll", "towel", (-0.26, 0, 0.06), (0.26, 0, 0.06), 0.06)
    ),
    "object-hands": Scene(
        "Clean hands, short nails, no rings", Camera((0, 0.24, 2), (0, 0.24, 0), (1680, 1400), height=0.31, up=(0, 1, 0)),
        (Actor("giver", "grip-palms", GRIP_LOOK, only=ARMS),), (), replace(GRIP_HAND, width=240, casters=()), fit=False,
    ),
}  # fmt: skip

CLOTH = 0.010  # metres between a hand on the skin and on the shirt


def _dressed(actor: Actor, scene: Scene, dress: str) -> Actor:
    """The receiver with or without the shirt, the giver nearer or farther by its thickness."""
    if actor.look.who == "receiver":
        return replace(actor, look=replace(actor.look, shirt=dress == "shirt"))
    lift = CLOTH * ((dress == "shirt") - (scene.solved_for == "shirt"))
    x, y, z = scene.outward
    return replace(actor, shift=(lift * x, lift * y, lift * z))


def variants() -> dict[str, Scene]:
    """Every picture drawn from meshes by file name: the single ones, and each scene with the receiver in a shirt and bare."""
    out = dict(SINGLES)
    for name, scene in SCENES.items():
        for dress in ("shirt", "bare"):
            actors = tuple(_dressed(a, scene, dress) for a in scene.actors)
            worn = "in a shirt" if dress == "shirt" else "bare back"
            out[f"{name}-{dress}"] = replace(scene, actors=actors, title=f"{scene.title}, {worn}")
    return out
