"""Where the project's data lies: beside the package in a checkout, inside it in an installed wheel."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name` (templates, images, fonts) of this installation."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def shipped(path: Path) -> bool:
    """Whether a file is part of an installed wheel: the project's tests have checked it, and nobody changes it."""
    return path.resolve().is_relative_to(PACKAGE)


def routine_names() -> list[str]:
    """The names of the built-in routines."""
    return sorted(path.stem for path in (folder("templates") / "routines").glob("*.yaml"))


@cache
def theme_names() -> tuple[str, ...]:
    """The names of the built-in themes."""
    return tuple(sorted(path.stem for path in (folder("templates") / "themes").glob("*.yaml")))
