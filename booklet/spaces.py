"""Colour spaces and pictures of a PDF file → the ink that they print (ISO 32000-1, 8.6 and 8.9)."""

from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, ImageMath

from booklet.facts import PLATES, Ink
from booklet.records import dataclass

DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}  # in inline images
CALIBRATED = {"CalGray": 1, "CalRGB": 3, "Lab": 3}
MODELS = {1: "gray", 3: "RGB", 4: "CMYK"}
PROCESS = dict(zip(("Cyan", "Magenta", "Yellow", "Black"), PLATES, strict=True))
MOST_PIXELS = 40_000_000  # of a picture: a page of A4 at 600 dpi
NOISE = 0.001  # of a picture's pixels may have more ink than is told of it


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: what it is called in reports, how many numbers a colour has, and the plates that they are for.

    An indexed one has its table; a pattern may have a space for its colour.
    """

    name: str
    channels: int
    plates: tuple[str, ...] = ()
    table: bytes = b""
    base: "Space | None" = None

    def ink(self, values: list[float]) -> Ink:
        """The ink of a colour."""
        if self.base and self.table:
            wide = self.base.channels
            at = int(values[0]) * wide if values else 0
            return self.base.ink([byte / 255 for byte in self.table[at : at + wide]])
        if self.name == "DeviceGray" and values:
            return Ink(self.name, (("Black", 1 - values[0]),), 100 * (1 - values[0]))
        if self.name == "Separation All" and values:
            return Ink(self.name, tuple((plate, values[0]) for plate in PLATES), 400 * values[0])
        if self.plates and len(values) >= len(self.plates):
            shares = tuple(zip(self.plates, values[: len(self.plates)], strict=True))
            return Ink(self.name, shares, 100 * sum(share for _, share in shares))
        return Ink(self.name)

    def start(self) -> Ink:
        """The colour that it starts with (ISO 32000-1, 8.6.5 to 8.6.7)."""
        if self.name == "DeviceCMYK":
            return self.ink([0, 0, 0, 1])
        return self.ink([1.0 if self.plates else 0.0] * self.channels)


def space_of(thing: Any, named: Any = None, depth: int = 0) -> Space:
    """A colour space as it is written in the file; `named` is the page's dictionary of those with names."""
    if isinstance(thing, pikepdf.Name):
        name = SHORT.get(str(thing)[1:], str(thing)[1:])
        if name in DEVICE:
            return Space(name, DEVICE[name], PLATES if name == "DeviceCMYK" else ())
        if named is not None and thing in named and depth < 4:
            return space_of(named[thing], named, depth + 1)
        return Space(name, 0)
    if not isinstance(thing, pikepdf.Array) or not len(thing) or depth > 4:
        return Space("an unreadable colour space", 0)
    kind = SHORT.get(str(thing[0])[1:], str(thing[0])[1:])
    if len(thing) < 2:
        return space_of(thing[0], named, depth + 1) if kind in DEVICE else Space(kind, 0)
    match kind:
        case "ICCBased":
            channels = int(thing[1].get("/N", 0))
            return Space(f"ICC-based {MODELS.get(channels, 'colour')}", channels)
        case "Indexed":
            base = space_of(thing[1], named, depth + 1)
            table = thing[3] if len(thing) > 3 else b""
            data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
            return Space(base.name, 1, table=data, base=base)
        case "Separation":
            spot = str(thing[1])[1:]
            return Space(f"Separation {spot}", 1, () if spot == "None" else (PROCESS.get(spot, spot),))
        case "DeviceN":
            plates = tuple(PROCESS.get(str(name)[1:], str(name)[1:]) for name in thing[1])
            return Space(f"DeviceN {', '.join(plates)}", len(plates), plates)
        case "Pattern":
            return Space("Pattern", 0, base=space_of(thing[1], named, depth + 1))
        case _:
            return Space(kind, CALIBRATED.get(kind, 0))


def shading_inks(shading: Any, named: Any) -> list[Ink]:
    """The colours at the ends of a shading's stretches; one without plates where its functions aren't of that kind."""
    space = space_of(shading.get("/ColorSpace"), named)
    function = shading.get("/Function")
    ends = _ends(function, 0) if isinstance(function, (pikepdf.Dictionary, pikepdf.Stream)) else []
    return [space.ink(end) for end in ends] or [Ink(space.name)]


def _ends(function: Any, depth: int) -> list[list[float]]:
    if function.get("/FunctionType") == 2:
        return [[float(v) for v in function.get(key, default)] for key, default in (("/C0", [0]), ("/C1", [1]))]
    if function.get("/FunctionType") == 3 and depth < 3:
        return [end for one in function.get("/Functions", []) for end in _ends(one, depth + 1)]
    return []


def picture_ink(picture: Any, named: Any) -> Ink:
    """The ink of an image: its space, and where that is CMYK or gray the most of each plate and the highest sum.

    So few pixels as could be noise (one in a thousand) are left out of the sum.
    """
    space = space_of(picture.get("/ColorSpace", picture.get("/CS")), named)
    if space.base and space.table:
        wide = space.base.channels or 1
        inks = [space.ink([index]) for index in range(len(space.table) // wide)]
        if inks and all(ink.total is not None for ink in inks):
            plates = tuple((plate, max(ink.share(plate) for ink in inks)) for plate, _ in inks[0].plates)
            return Ink(space.name, plates, max(ink.total or 0 for ink in inks))
        return Ink(space.name)
    if space.name == "DeviceGray":
        return Ink(space.name, (("Black", 1.0),), 100)
    if space.name != "DeviceCMYK":
        return Ink(space.name)
    decoded = _decoded(picture)
    if decoded is None:
        return Ink(space.name, tuple((plate, 1.0) for plate in PLATES))
    bands = decoded.split()
    most = [band.getextrema()[1] / 255 for band in bands]  # type: ignore[operator]  # one band: a pair of numbers
    quarter = ImageMath.lambda_eval(
        lambda bands: (bands["c"] + bands["m"] + bands["y"] + bands["k"] + 2) / 4,
        **dict(zip("cmyk", bands, strict=True)),
    )
    counts = quarter.convert("L").histogram()
    left = sum(counts) * NOISE
    level = 255
    while level and left >= counts[level]:
        left -= counts[level]
        level -= 1
    return Ink(space.name, tuple(zip(PLATES, most, strict=True)), level * 400 / 255)


def _decoded(picture: Any) -> Image.Image | None:
    """A CMYK image with 255 for full ink; None where it is packed in a way that isn't read here."""
    wide, high = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    filters = picture.get("/Filter", pikepdf.Array())
    packed = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if not 0 < wide * high <= MOST_PIXELS or int(picture.get("/BitsPerComponent", 8)) != 8:
        return None
    inverted = [float(v) for v in picture.get("/Decode", [])][:2] == [1, 0]
    if packed == ["/DCTDecode"]:
        return _jpeg(picture, inverted)
    if {"/DCTDecode", "/JPXDecode", "/DCT"} & set(packed):
        return None
    data = picture.read_bytes()
    if len(data) < wide * high * 4:
        return None
    return Image.frombytes("CMYK", (wide, high), data, "raw", "CMYK;I" if inverted else "CMYK")


def _jpeg(picture: Any, inverted: bool) -> Image.Image | None:
    try:
        found = Image.open(BytesIO(picture.read_raw_bytes()))
        if found.mode != "CMYK" or found.width * found.height > MOST_PIXELS:
            return None
        found.load()
    except (OSError, SyntaxError, ValueError):
        return None
    turned = "adobe" in found.info  # Pillow turns these round, because Adobe's programs write paper as 255
    return found.point([255 - v for v in range(256)] * 4) if turned != inverted else found
