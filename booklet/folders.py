"""Where files lie: the project's data, what a user's file names beside itself, and which were looked at."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from booklet.errors import InvalidFile, Place, Problem

PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder `name` (templates, images, fonts) of this installation."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def shipped(path: Path) -> bool:
    """Whether a file is part of an installed wheel: the project's tests have checked it, and nobody changes it."""
    return path.resolve().is_relative_to(PACKAGE)


def routine_names() -> list[str]:
    """The names of the built-in routines; a dot in a file's name stands before the language of a translation."""
    return sorted(path.stem for path in (folder("templates") / "routines").glob("*.yaml") if "." not in path.stem)


def typed(routine: Path) -> str:
    """How a routine file is named on the command line: a built-in one by its name."""
    return routine.stem if routine.parent == folder("templates") / "routines" else str(routine)


@cache
def theme_names() -> tuple[str, ...]:
    """The names of the built-in themes."""
    return tuple(sorted(path.stem for path in (folder("templates") / "themes").glob("*.yaml")))


# --- what a user's file names -------------------------------------------------------------------------------------
def beside(name: str, place: Place) -> Path:
    """The file that another names at this place: in the same folder or below, wherever links lead. Raises InvalidFile."""
    home = Path(place.file).parent
    try:
        inside = (home / name).resolve().is_relative_to(os.path.realpath(home))
    except (OSError, ValueError, RuntimeError):  # a NUL, links in a circle
        inside = False
    if not inside:
        shown = f"{name[:60]}…" if len(name) > 60 else name
        message = (
            f"`{shown}` lies outside of the folder of {Path(place.file).name}: put it there, and name it from there"
        )
        raise InvalidFile([Problem(place, message)])
    return home / name


def is_file(path: Path) -> bool:
    """Whether there is a file; a name that no file can have isn't one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


# --- what was looked at -------------------------------------------------------------------------------------------
State = tuple[int, int, int] | None
"""Size, time of the last change in nanoseconds, and number of a file; None where there is none."""

_LOOKED: ContextVar[dict[Path, State] | None] = ContextVar("looked_at", default=None)


def state_of(path: Path) -> State:
    """What tells one version of a file from the next."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def look(path: Path) -> Path:
    """The path, noted for who watches: what is made depends on this file, or on there being none."""
    seen = _LOOKED.get()
    if seen is not None and path not in seen:
        seen[path] = state_of(path)
    return path


@contextmanager
def looked_at() -> Iterator[dict[Path, State]]:
    """The files that are looked at from here on, each as it was at the first look."""
    seen: dict[Path, State] = {}
    token = _LOOKED.set(seen)
    try:
        yield seen
    finally:
        _LOOKED.reset(token)
