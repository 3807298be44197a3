"""PDF → pictures of its pages, one beside the other (pypdfium2)."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

import pypdfium2
from PIL import Image

GROUND = "#8A8480"
GAP = 0.12  # inches round every picture


def page_pictures(pdf: bytes, numbers: Sequence[int], dpi: float) -> list[Image.Image]:
    """The pages of these numbers, from 1, as pictures; all where none is given."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            document[number - 1].render(scale=dpi / 72).to_pil() for number in numbers or range(1, len(document) + 1)
        ]
    finally:
        document.close()


def contact_sheet(pictures: list[Image.Image], columns: int, dpi: float, pairs: bool = False) -> bytes:
    """A PNG file with the pictures in rows on grey ground; in `pairs`, two that face each other touch."""
    gap = round(GAP * dpi)
    columns = min(columns, len(pictures))
    wide, high = max(one.width for one in pictures), max(one.height for one in pictures)
    between = [0 if pairs and column % 2 else gap for column in range(columns)]  # before each column
    rows = ceil(len(pictures) / columns)
    sheet = Image.new("RGB", (columns * wide + sum(between) + gap, rows * (high + gap) + gap), GROUND)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, columns)
        sheet.paste(picture, (sum(between[: column + 1]) + column * wide, gap + row * (high + gap)))
    file = BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()


def page_png(pdf: bytes, number: int, width: int) -> bytes:
    """One page, from 1, as a PNG file of so many pixels across."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        picture = page.render(scale=width / page.get_width()).to_pil()
    finally:
        document.close()
    file = BytesIO()
    picture.save(file, "PNG", compress_level=1)  # it travels no further than this machine
    return file.getvalue()
