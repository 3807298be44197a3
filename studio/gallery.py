"""All pictures by name."""

from __future__ import annotations

from studio.scenes import variants
from studio.staging import stage
from studio.svg import Drawing


def names() -> list[str]:
    """File names without the ending, sorted."""
    return sorted(variants())


def picture(name: str) -> Drawing:
    """Draw one."""
    return stage(variants()[name])
