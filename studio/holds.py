"""How each giver is placed and where the hands go: the data behind the solved poses in poses/.

Positions on the back are metres in the back's own frame: x from the spine to the receiver's right... seen from above
with the head up, +x is picture-right; y as in the rest body (base of the back about 0.15, base of the neck about 0.61).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from studio.contact import LYING, Frame
from studio.handholds import SEAT as SEAT_AT_DESK
from studio.mesh import Floats
from studio.poses import astraddle, half_kneeling, kneeling, standing
from studio.skeleton import Pose
from studio.solving import Reach

Triple = tuple[float, float, float]

FLOOR = -0.135  # metres: what the receiver lies on


@dataclass(frozen=True)
class Hold:
    """A giver to be solved: base pose, the joint that is anchored, hands, and what they press on."""

    receiver: tuple[str, str] | None  # body, pose; None: the hands rest on the frame's plane
    base: Pose
    anchor: tuple[str, ...]  # joints whose middle is put at `spot`
    spot: tuple[float, float]
    hands: Mapping[str, Reach]
    ground: float | None = FLOOR  # the lowest vertex comes to lie here; None: `height` sets the anchor's z
    height: float = 0.0
    then: Mapping[str, Reach] = field(default_factory=dict)  # the upper hand of a stacked pair
    frame: Frame = LYING
    spine: str = "free"
    symmetric: bool = False
    clothed: bool = True
    clamp: float | None = None  # lowest height the hands see, metres
    gaze: float = 45.0  # most degrees the neck turns to look at the hands; 0: it doesn't
    face: tuple[Triple, Triple] | None = None  # where face and crown point in the world, instead of the gaze
    body: str = "giver"


def tilted(lean: float, root: tuple[float, float, float]) -> Frame:
    """The frame of a back that faces -x and leans ahead (to +x) by `lean` degrees."""
    a = np.radians(lean)
    rows = np.array([[0, -1, 0], [np.sin(a), 0, np.cos(a)], [-np.cos(a), 0, np.sin(a)]])
    return Frame(rows, np.array(root))


def _rows(lean: float) -> Floats:
    """The axes of a back that faces +y and leans ahead (to -y) by `lean` degrees."""
    a = np.radians(lean)
    return np.array([[-1, 0, 0], [0, -np.sin(a), np.cos(a)], [0, np.cos(a), np.sin(a)]])


KNEES = ("lowerleg01.L", "lowerleg01.R")
ROOT = ("root",)
LEFT = Reach((-0.085, 0.355), (0.20, 0.95, 0))
RIGHT = Reach((0.085, 0.235), (0.20, 0.95, 0))
PAIR = {"L": LEFT, "R": RIGHT}

SEAT = 0.45  # metres over the floor, which is z = 0 in the chair scene
SEAT_LEAN = 24.0
SEATED = (-0.02, 0.0, 0.545)
SEATED_BACK = tilted(SEAT_LEAN, SEATED)
REST_TOP = Frame(np.eye(3), np.array([0.0, 0.0, 0.918]))  # the chair's top, where the seated receiver's forearms rest
FLAT = (1.0, 0.6, 1.0, 1.0, 1.0, 1.0)
LIFTED = (1.0, 0.1, 0.0, 0.0, 0.0, 0.0)
SIDE_BACK = Frame(np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]]), np.zeros(3))  # across is up, out is -x


def _behind(hands: Mapping[str, Reach], **more: object) -> Hold:
    """A giver whose arms come from the receiver's hips; only the arms are drawn."""
    start = Hold(
        ("receiver-a", "prone-a"), kneeling(lean=54, yaw=90), ROOT, (0, -0.74), hands, ground=None, height=0.24,
        clothed=False, clamp=0.045, gaze=0,
    )  # fmt: skip
    return replace(start, **more)  # type: ignore[arg-type]


def _beside(hands: Mapping[str, Reach], **more: object) -> Hold:
    """A giver whose arms come from the receiver's left."""
    start = Hold(
        ("receiver-a", "prone-a"), kneeling(lean=46, yaw=10), ROOT, (-0.64, 0.10), hands, ground=None, height=0.24,
        clothed=False, clamp=0.03, gaze=0,
    )  # fmt: skip
    return replace(start, **more)  # type: ignore[arg-type]


def _pair(left: Reach) -> dict[str, Reach]:
    """Both hands, the right one a mirror image (it is solved by mirroring)."""
    return {"L": left, "R": left}


GRIPS: dict[str, Hold] = {
    "palms": _behind(_pair(Reach((-0.080, 0.225), (0.03, 1, 0), thumb=(-0.42, 0))), symmetric=True),
    "heels": _behind(
        _pair(Reach((-0.045, 0.20), (-0.02, 1, 0.74), (0, 0.74, -1), touch=LIFTED, bent=(-0.12, 0.14), pull=60)),
        symmetric=True,
    ),
    "stacked": _beside(
        {"R": Reach((-0.050, 0.26), (1, 0.25, -0.20), (-0.20, 0, -1), touch=(0.1, 0.1, 1, 1, 1, 1))},
        then={"L": Reach((-0.060, 0.272), (0.97, 0.16, -0.15), (-0.15, 0, -1), thumb=(-0.60, 0))},
    ),
    "fingers": _beside(
        {"R": Reach((-0.120, 0.165), (0.76, 0.64, -0.35), (-0.35, -0.2, -1), touch=(0.0, 0.0, 1, 0.0, 0.0, 0.0),
                    folded=(3, 4, 5), thumb=(-0.66, 0.3), spread=(-0.02, 0.0, 0.04, 0.08), tip=(2, -0.032, 0.240))},
        then={"L": Reach((-0.140, 0.245), (0.97, 0.15, -0.60), (-0.55, 0.1, -1), touch=(0.0, 0.0, 1, 0.0, 0.0, 0.0),
                         folded=(3, 4, 5), thumb=(-0.62, 0.25), spread=(-0.02, 0.0, 0.04, 0.08), tip=(2, -0.035, 0.237),
                         lift=0.014, palm_weight=6, bent=(0.05, 0.25))},
        spot=(-0.66, -0.08),
    ),
    "thumbs": _behind(
        _pair(Reach((-0.100, 0.27), (-0.10, 1, 0), touch=(0.4, 1, 1, 1, 1, 1), thumb=(-0.24, 0))), symmetric=True, clamp=0.062
    ),
    "still": _beside(
        {"L": Reach((0.0, 0.43), (1, 0.12, 0)), "R": Reach((0.0, 0.17), (1, 0.05, 0))}, spot=(-0.66, 0.28), height=0.30
    ),
    "chair": Hold(  # straight behind, elbows out, so that the pads can draw outwards with straight wrists
        ("receiver-a", "chair-seated"), standing(lean=24, yaw=0), ROOT, (-0.45, 0.0),
        _pair(Reach((-0.170, 0.284), (0.85, 0.50, -0.16), (-0.12, -0.08, -1), touch=(0.1, 0.6, 1, 1, 1, 1), lift=0.004,
                    thumb=(-0.08, 0), spread=(-0.13, -0.02, 0.02, 0.0), tip=(3, -0.040, 0.355),
                    elbow_at=(-0.24, 0.46, 0.93))),
        ground=0.0, frame=SEATED_BACK, symmetric=True, gaze=0,
    ),
}  # fmt: skip

DESK_BACK = Frame(_rows(5.0), np.array(SEAT_AT_DESK))
GRIPS |= {
    "desk-palms": Hold(  # from behind: flat hands beside the spine, between the shoulder blades
        ("receiver-a", "desk-seated"), standing(lean=14, yaw=-90, ahead=10, behind=-8, nod=10), ROOT, (0.0, 0.62),
        _pair(Reach((-0.085, 0.375), (0.22, 1, 0), thumb=(-0.42, 0), elbow_at=(0.31, 0.34, 0.82))),
        ground=0.0, frame=DESK_BACK, symmetric=True, gaze=30,
    ),
}  # fmt: skip

ASIDE = {"L": Reach((-0.075, 0.28), (-0.25, 1, 0)), "R": Reach((0.085, 0.23), (-0.25, 1, 0))}

HOLDS: dict[str, Hold] = {
    "floor": Hold(("receiver-a", "prone-a"), kneeling(lean=30, yaw=24, nod=-16), KNEES, (-0.35, 0.10), PAIR, gaze=0),
    "table": Hold(
        ("receiver-a", "prone-a"), standing(lean=34, yaw=20), ROOT, (-0.60, 0.06), PAIR, ground=FLOOR - 0.72, gaze=16
    ),
    "bed": Hold(
        ("receiver-a", "prone-a"), half_kneeling(lean=34, yaw=5, nod=-14), ("lowerleg01.L",), (-0.37, 0.16), PAIR,
        ground=FLOOR - 0.52, gaze=0, face=((0.64, 0.31, -0.70), (0.65, 0.25, 0.72)),
    ),
    "astride": Hold(
        ("receiver-a", "prone-a"), kneeling(lean=44, yaw=90, splay=26), KNEES, (0, -0.29),
        {"L": Reach((-0.088, 0.27), (-0.10, 1, 0)), "R": Reach((0.088, 0.27), (0.10, 1, 0))},
        symmetric=True, gaze=25,
    ),
    "chair-seated": Hold(
        None, astraddle(SEAT_LEAN, 0), ROOT, SEATED[:2],
        {"L": Reach((0.365, 0.015), (0.05, -1, 0), elbow_at=(0.345, 0.32, 0.93)),
         "R": Reach((0.390, -0.015), (0.05, 1, 0), lift=0.030, elbow_at=(0.345, -0.32, 0.935))},
        ground=None, height=SEATED[2], frame=REST_TOP, spine="none", gaze=0, body="receiver-a",
    ),
    "chair": Hold(
        ("receiver-a", "chair-seated"), standing(lean=22, yaw=-40, ahead=14, behind=-12), ROOT, (-0.60, 0.34),
        {"L": Reach((-0.072, 0.335), (0.05, 1, 0), spread=(-0.14, -0.03, 0.03, 0.02)),
         "R": Reach((0.078, 0.27), (0.25, 1, 0), spread=(-0.16, -0.03, 0.04, 0.05))},
        ground=0.0, frame=SEATED_BACK, gaze=35,
    ),
    "side": Hold(
        ("receiver-a", "side-lying"), kneeling(lean=30, yaw=40, thigh=-55, nod=-6), KNEES, (-0.40, 0.05),
        {"L": Reach((0.085, 0.31), (0.25, 1, 0)), "R": Reach((-0.075, 0.26), (0.1, 1, 0))},
        frame=SIDE_BACK, gaze=0,
    ),
    "do-back": Hold(
        ("receiver-a", "prone-a"), kneeling(lean=46, yaw=103, thigh=-20), KNEES, (0.40, -0.05), ASIDE, spine="none", gaze=22
    ),
    "dont-back": Hold(
        ("receiver-a", "prone-a"), kneeling(lean=8, yaw=103, thigh=-52, arch=19, nod=12), KNEES, (0.40, -0.16), ASIDE,
        spine="none", gaze=22,
    ),
    "do-wrist": _behind(
        {"R": Reach((0.08, 0.35), (-0.05, 1, 0.10), (0, 0.1, -1), touch=FLAT, thumb=(-0.3, 0), wrist=-0.5)},
        spot=(0, -0.62), height=0.33,
    ),
    "dont-wrist": _behind(
        {"R": Reach((0.08, 0.35), (-0.05, 1, 0.10), (0, 0.1, -1), touch=FLAT, thumb=(-0.3, 0), wrist=-1.2)},
        spot=(0, -0.20), height=0.34,
    ),
    **{f"grip-{name}": hold for name, hold in GRIPS.items()},
}  # fmt: skip

POSES_B = {"prone-a": "prone-b", "chair-seated": "chair-seated-b", "side-lying": "side-lying-b"}

NARROWER = 0.93  # her back against his


def _for_b(hold: Hold) -> Hold:
    """The same hold on the woman as the receiver; for the pose of the seated receiver herself, her body."""
    if hold.receiver is None:
        return replace(hold, body="receiver-b")
    hands = {side: replace(reach, at=(NARROWER * reach.at[0], reach.at[1])) for side, reach in hold.hands.items()}
    return replace(hold, receiver=("receiver-b", POSES_B[hold.receiver[1]]), hands=hands)


HOLDS |= {
    f"{name}-b": _for_b(HOLDS[name]) for name in ("floor", "table", "bed", "astride", "chair-seated", "chair", "side")
}
HOLDS["astride-b"] = replace(HOLDS["astride-b"], spot=(0, -0.345))  # her hands lie lower: the knees keep clear of them
