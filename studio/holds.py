"""How each giver is placed and where the hands go: the data behind the solved poses in poses/.

Positions on the back are metres in the back's own frame: x from the spine to the receiver's right... seen from above
with the head up, +x is picture-right; y as in the rest body (base of the back about 0.15, base of the neck about 0.61).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from studio.contact import LYING, Frame
from studio.mesh import Floats
from studio.poses import kneeling, prone, standing, turn
from studio.skeleton import Pose
from studio.solving import Reach

FLOOR = -0.135  # metres: what the receiver lies on


@dataclass(frozen=True)
class Hold:
    """A giver to be solved: base pose, the joint that is anchored, hands, and what they press on."""

    receiver: tuple[str, str]  # body, pose
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
    gaze: bool = True


def _frame(origin: tuple[float, float, float], rows: Floats) -> Frame:
    return Frame(rows, np.array(origin))


KNEES = ("lowerleg01.L", "lowerleg01.R")
ROOT = ("root",)
LEFT = Reach((-0.080, 0.30), (0.20, 0.95, 0))
RIGHT = Reach((0.082, 0.25), (0.20, 0.95, 0))

HOLDS: dict[str, Hold] = {
    "floor": Hold(
        ("receiver-a", "prone-a"), kneeling(lean=40, yaw=20), KNEES, (-0.37, 0.09), {"L": LEFT, "R": RIGHT}
    ),
    "table": Hold(
        ("receiver-a", "prone-a"), standing(lean=36, yaw=20), ROOT, (-0.60, 0.06), {"L": LEFT, "R": RIGHT},
        ground=FLOOR - 0.72,
    ),
}  # fmt: skip
