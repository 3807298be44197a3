"""The pictures of one person alone, as data: stretches on a mat, at a wall, on a chair."""

from __future__ import annotations

from dataclasses import replace

from studio.camera import Camera, Point
from studio.people import Look
from studio.scenes import RECEIVER, SCENE_HAND, Actor, Prop, Scene, Slab
from studio.stretches import WHO

PERSON = replace(RECEIVER, bun=True, face=True, large_face=True, nearer_hands=0.008)
AWAKE = replace(PERSON, open_eyes=True)  # for whoever gets light-headed with closed eyes
FRONT, SIDE = (0.5, -1.1, 0.9), (1.0, -0.4, 1.0)  # where the light comes from
SOLID = ("receiver-skin", "receiver-trousers")  # what casts a shadow: a shirt's own would spoil the lap


def _alone(
    name: str, title: str, eye: Point, width: float, *props: Prop, light: Point = FRONT, look: Look = PERSON
) -> Scene:
    """A person in the pose of that name, seen whole, `width` art units wide."""
    camera = Camera(eye, (0, 0, 0.8), (round(2.7 * width), 2700), fov=20)
    hand = replace(SCENE_HAND, width=width, light=light, shade=0.18, speck=5000, casters=SOLID)
    return Scene(title, camera, (Actor(WHO, name, look),), props, hand)


def _bust(title: str, look: Look) -> Scene:
    """Head and shoulders, seen from the front."""
    scene = _alone("stretch-neck", title, (0.7, -3.0, 0.75), 700, look=look)
    return replace(scene, camera=Camera((0.55, -4.0, 0.62), (0.0, 0, 0.545), (2100, 2160), fov=11.6), fit=False)


MAT = Slab(
    "mat", "mat", (-0.30, -0.46, -0.014), (0.30, 0.93, 0.0), 0.02, 0.006
)  # no longer than needed: people stay large
LUNGE_MAT = replace(MAT, low=(-0.30, -0.73, -0.014), high=(0.30, 0.88, 0.0))
WALL = Slab("wall", "object", (-0.30, -0.70, 0.0), (0.30, -0.636, 1.75), 0.001, 0.001, rim=False)
PAD = Slab("pad", "towel", (-0.25, -0.01, 0.0), (0.03, 0.29, 0.02), 0.02, 0.012, folds=2)


def _leg(x: float, y: float, low: float, high: float, half: float = 0.02) -> Slab:
    return Slab(f"leg{x}{y}", "wood", (x - half, y - half, low), (x + half, y + half, high), 0.001, 0.001, rim=False)


def _moved(slab: Slab, x: float) -> Slab:
    """The same slab `x` metres to the person's left."""
    (x0, *low), (x1, *high) = slab.low, slab.high
    return replace(slab, low=(x0 + x, *low), high=(x1 + x, *high))


CHAIR = (
    *(_leg(x, y, 0.0, 0.43) for x in (-0.19, 0.19) for y in (-0.19, 0.20)),
    Slab("seat", "wood", (-0.22, -0.24, 0.425), (0.22, 0.23, 0.455), 0.03, 0.008),
    *(_leg(x, 0.215, 0.44, 0.90, 0.017) for x in (-0.18, 0.18)),
    Slab("back-top", "wood", (-0.20, 0.200, 0.80), (0.20, 0.228, 0.905), 0.001, 0.001, rim=False),
    Slab("back-low", "wood", (-0.18, 0.205, 0.60), (0.18, 0.225, 0.66), 0.001, 0.001, rim=False),
)

BESIDE = (  # a chair to hold on to, at the right, its back beside the person
    *(_leg(x, y, 0.0, 0.43) for x in (-0.94, -0.55) for y in (-0.18, 0.18)),
    Slab("seat", "wood", (-0.97, -0.22, 0.425), (-0.51, 0.22, 0.455), 0.03, 0.008),
    *(_leg(-0.525, y, 0.44, 0.90, 0.017) for y in (-0.17, 0.17)),
    Slab("back-top", "wood", (-0.539, -0.19, 0.80), (-0.511, 0.19, 0.905), 0.001, 0.001, rim=False),
    Slab("back-low", "wood", (-0.536, -0.17, 0.60), (-0.514, 0.17, 0.66), 0.001, 0.001, rim=False),
)

NEARER = tuple(_moved(part, 0.17) for part in BESIDE)
AHEAD = (  # a chair beside the front leg, at the right, its back towards the person
    *(_leg(x, y, 0.0, 0.43) for x in (-0.68, -0.34) for y in (-0.85, -0.47)),
    Slab("seat", "wood", (-0.71, -0.88, 0.425), (-0.31, -0.43, 0.455), 0.03, 0.008),
    *(_leg(x, -0.445, 0.44, 0.90, 0.017) for x in (-0.67, -0.35)),
    Slab("back-top", "wood", (-0.69, -0.459, 0.80), (-0.33, -0.431, 0.905), 0.001, 0.001, rim=False),
    Slab("back-low", "wood", (-0.67, -0.456, 0.60), (-0.35, -0.434, 0.66), 0.001, 0.001, rim=False),
)

EXERCISES: dict[str, Scene] = {
    "stretch-reach-chair": _alone(
        "stretch-reach-chair", "Standing by a chair, both arms reach up", (1.6, -4.8, 1.5), 560, *NEARER, look=AWAKE
    ),
    "stretch-lunge-chair": _alone(
        "stretch-lunge-chair", "Kneeling on one knee, one hand on a chair", (4.8, -1.2, 1.3), 1000, LUNGE_MAT, PAD, *AHEAD,
        light=SIDE, look=AWAKE,
    ),
    "stretch-reach": _alone("stretch-reach", "Standing, both arms reach up", (1.6, -4.8, 1.5), 300),
    "stretch-side": _alone("stretch-side", "Standing, a bend to the right, one arm over the head", (0.5, -5.0, 1.5), 530),
    "stretch-held": _alone("stretch-held", "Standing, a bend to the right, one hand on a chair", (0.5, -5.0, 1.5), 800, *BESIDE, look=AWAKE),
    "stretch-neck": _bust("The right ear sinks toward the shoulder", PERSON),
    "stretch-neck-open": _bust("The right ear sinks toward the shoulder, the eyes open", AWAKE),
    "stretch-chest": _alone("stretch-chest", "Standing, hands clasped behind, the chest open", (3.9, 2.6, 1.5), 420, light=(1.0, 0.5, 1.0)),
    "stretch-cat": _alone("stretch-cat", "On hands and knees, the back round", (4.8, -1.1, 1.3), 1000, MAT, light=SIDE),
    "stretch-cow": _alone("stretch-cow", "On hands and knees, the back hollow", (4.8, -1.1, 1.3), 1000, MAT, light=SIDE),
    "stretch-twist": _alone("stretch-twist", "Seated on a chair, turned to the left", (4.0, -2.9, 1.7), 700, *CHAIR),
    "stretch-lunge": _alone("stretch-lunge", "Kneeling on one knee, the hips pushed ahead", (4.8, -1.2, 1.3), 1000, LUNGE_MAT, PAD, light=SIDE),
    "stretch-calf": _alone("stretch-calf", "Hands on a wall, one leg back, its heel down", (4.8, -0.636, 0.8), 760, WALL, light=SIDE),
}  # fmt: skip
