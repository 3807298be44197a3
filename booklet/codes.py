"""A link → QR code as squares: error correction M, with its quiet zone left to whoever places it (ISO/IEC 18004)."""

from functools import lru_cache
from typing import Any

from booklet.errors import InvalidFile, Problem
from booklet.model import Words

QUIET = 4  # modules of white on every side
LEAST_MODULE = 0.4  # mm: smaller ones don't print and read reliably (print brief)
LEAST_SIDE = 20.0  # mm, read at arm's length
DARK = bytes(value < 128 for value in range(256))  # of a pixel's lightness


@lru_cache(maxsize=8)  # measured several times before it is drawn
def modules(link: Words) -> tuple[bytes, ...]:
    """The modules of a link's code, row by row: 1 is dark, 0 light. Raises InvalidFile for one that no code can hold."""
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(str(link), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        drawn: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
        image = memoryview(drawn)
    except (ValueError, RuntimeError) as error:
        raise InvalidFile([Problem(link.place, f"this link can't be made a QR code: {error}")]) from None
    rows, columns = image.shape or (0, 0)
    data = image.tobytes().translate(DARK)
    return tuple(data[row * columns : (row + 1) * columns] for row in range(rows))


def side(link: str, least: float = LEAST_SIDE) -> tuple[tuple[bytes, ...], float]:
    """The modules, and the side in mm of the code without its quiet zone that reads at arm's length."""
    squares = modules(link)
    return squares, max(least, len(squares) * LEAST_MODULE)
