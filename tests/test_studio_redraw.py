"""Redrawing gives the same bytes (needs the studio extra: run with -m studio)."""

from __future__ import annotations

from pathlib import Path

import pytest

IMAGES = Path(__file__).parent.parent / "images"


@pytest.mark.studio
@pytest.mark.parametrize("name", ["back-a-shirt", "grip-palms-bare", "icon-flat", "cross-section"])
def test_a_redrawn_picture_is_the_same_to_the_byte(name: str) -> None:
    pytest.importorskip("numba")
    from studio.gallery import picture

    assert picture(name).text() == (IMAGES / f"{name}.svg").read_text(encoding="utf-8")
