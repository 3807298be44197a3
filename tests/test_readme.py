"""The pictures in README and docs are those that the program draws today."""

import importlib.util
from pathlib import Path

import pytest
from PIL import Image, ImageChops

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
assert SPEC
assert SPEC.loader
pictures = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pictures)


@pytest.mark.parametrize("name", pictures.SPREADS)
def test_pictures_are_fresh(name: str) -> None:
    kept = Image.open(ROOT / "docs" / "pictures" / f"{name}.png").convert("L")
    drawn = pictures.draw(name).convert("L")
    assert drawn.size == kept.size, "draw them again: python docs/pictures.py"
    # another version of the renderer may shade an edge differently, but moves nothing
    different = sum(value > 48 for value in ImageChops.difference(kept, drawn).tobytes())
    assert different < 0.002 * kept.width * kept.height, "draw them again: python docs/pictures.py"


def test_every_picture_is_shown() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert all(f"pictures/{name}.png" in shown for name in pictures.SPREADS)
