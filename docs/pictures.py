"""Draws the pictures of real pages in README and docs: `python docs/pictures.py`. A test checks that they are fresh."""

from pathlib import Path

import pypdfium2
from PIL import Image

from booklet.building import Request, make
from booklet.folders import folder
from booklet.routines import read_routine

HERE = Path(__file__).parent / "pictures"
SPREADS: dict[str, tuple[dict[str, str], tuple[int, int]]] = {  # name: (choices, the two pages side by side)
    "cover-and-step": ({"setup": "floor"}, (1, 7)),
    "cue-card": ({"setup": "floor"}, (8, 9)),
    "steps": ({"setup": "bed", "shirt": "off", "oil": "oil"}, (12, 13)),
    "tutorial": ({}, (1, 5)),
}
ROUTINES = {"tutorial": HERE.parent / "examples" / "shine-your-shoes.yaml"}  # the others are of the built-in one
SCALE = 1.25  # pixels per point
GAP = 12


def draw(name: str) -> Image.Image:
    """A spread of two pages on a grey ground, in 64 colours."""
    choices, numbers = SPREADS[name]
    file = read_routine(ROUTINES.get(name, folder("templates") / "routines" / "back-massage.yaml"))
    document = pypdfium2.PdfDocument(make(file, choices, Request()).edition("screen"))
    pages = [document[number - 1].render(scale=SCALE).to_pil() for number in numbers]
    wide, high = pages[0].size
    gap = 0 if name == "cue-card" else GAP
    image = Image.new("RGB", (2 * wide + 2 * GAP + gap, high + 2 * GAP), "#8a8480")
    for index, page in enumerate(pages):
        image.paste(page, (GAP + index * (wide + gap), GAP))
    return image.quantize(64, dither=Image.Dither.NONE)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for spread in SPREADS:
        draw(spread).save(HERE / f"{spread}.png", optimize=True)
        print(HERE / f"{spread}.png")
