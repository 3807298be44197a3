"""Poses by name: the receivers' poses, written in words, and the givers' solved ones, read from poses/."""

from __future__ import annotations

from studio.handholds import HANDHOLDS
from studio.poses import on_side, prone
from studio.skeleton import POSES, Pose, load_pose
from studio.stretches import STRETCHES

WRITTEN: dict[str, Pose] = {
    "prone-a": prone(lift=22),
    "prone-b": prone(lift=10),
    "side-lying": on_side(),
    "side-lying-b": on_side(elbow=100),  # her front hand lies nearer to her face, clear of the giver's chin
}
ALONE = STRETCHES | HANDHOLDS


def stance(name: str) -> Pose:
    """The pose called `name`."""
    if name in WRITTEN:
        return WRITTEN[name]
    if name in ALONE:
        return ALONE[name]()
    if not (POSES / f"{name}.json").exists():
        raise FileNotFoundError(f"no pose {name!r}: run 'python -m studio solve {name}' first")
    return load_pose(name)
