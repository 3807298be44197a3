"""What is known of a finished PDF file: plain values without a trace of the library that read them.

Places are millimetres from the left foot of the page's own space, type sizes and line widths points as they print.
"""

from typing import Literal

from booklet.records import dataclass

Box = tuple[float, float, float, float]  # left, foot, right, top
Edition = Literal["shop", "home", "screen", "other"]
PLATES = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour as it is printed: the share of each plate, from 0 to 1, and their highest sum in percent.

    For a picture they are the highest found in it; `total` is None where the plates can't be told from the colour.
    """

    space: str
    plates: tuple[tuple[str, float], ...] = ()
    total: float | None = None

    def share(self, plate: str) -> float:
        return dict(self.plates).get(plate, 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something painted. `box` is what shows of it, None where it is cut away altogether.

    `within` names the picture or annotation that it is part of, and `window` is what shows of that; both are empty for
    what stands on the page itself. `name` is that of an image or a font.
    """

    kind: Literal["fill", "stroke", "text", "image", "shading"]
    ink: Ink
    box: Box | None
    within: str = ""
    window: Box | None = None
    name: str = ""
    letters: str = ""
    size: float = 0
    dpi: float = 0
    bits: int = 0


@dataclass(frozen=True, slots=True)
class Font:
    name: str
    embedded: bool
    drawn: bool  # Type 3: its letters are little programs


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the file. `colours` are all spaces that an operator sets, with the object that it stands in."""

    number: int
    boxes: dict[str, Box]
    marks: tuple[Mark, ...]
    fonts: tuple[Font, ...]
    colours: tuple[tuple[str, str], ...]
    transparent: tuple[str, ...]
    annotations: tuple[str, ...]

    @property
    def trim(self) -> Box:
        return self.boxes.get("TrimBox") or self.boxes.get("CropBox") or self.boxes["MediaBox"]

    @property
    def bleed(self) -> Box:
        return self.boxes.get("BleedBox") or self.boxes.get("CropBox") or self.boxes["MediaBox"]


@dataclass(frozen=True, slots=True)
class Intent:
    """The printing condition that the file is made for. `model` and `device` stand in the ICC profile's head."""

    condition: str
    registry: str
    channels: int = 0
    device: str = ""
    model: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A whole file. `info` is the information dictionary, `xmp` the metadata packet with the usual prefixes.

    `duplex` is what it tells a printer about both sides of paper, empty where it doesn't.
    """

    name: str
    edition: Edition
    version: str
    encrypted: bool
    duplex: str
    sheets: tuple[Sheet, ...]
    intent: Intent | None
    info: dict[str, str]
    xmp: dict[str, str]
    fields: tuple[str, ...]
    scripts: tuple[str, ...]
    attachments: tuple[str, ...]
