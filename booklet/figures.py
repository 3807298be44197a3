"""Pictures: a strict subset of SVG → Drawing, paths by role in PDF operators; JPEG and PNG files → Photo.

Read are one <svg> with a viewBox, an optional <title> and <path> elements with d, class (the role), fill or stroke.
Everything else is refused by name, so that nothing is silently left out of a printed picture.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from xml.parsers import expat

from booklet.caching import kept
from booklet.conditions import nearest
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.folders import folder, is_file, look
from booklet.records import dataclass

MAX_BYTES = 2_000_000  # of an SVG
MOST_PIXELS = 25_000_000  # of a photo: six times what fills an A5 page in print
ROLES = frozenset(
    """
    receiver-skin receiver-skin-shade receiver-hair receiver-hair-shade giver-skin giver-skin-shade giver-hair
    giver-hair-shade nail eye shirt shirt-shade giver-shirt giver-shirt-shade trousers trousers-shade giver-trousers
    giver-trousers-shade mat mat-shade blanket blanket-shade sheet sheet-shade pillow pillow-shade towel towel-shade
    wood wood-shade upholstery upholstery-shade oil glass water object object-shade bone muscle fat
    line-outer line-object line-inner line-seam line-face line-fill
    """.split()  # noqa: SIM905  # reads better than a list of forty strings
)
LINES = {"line-outer": 1.0, "line-object": 1.0, "line-inner": 0.85, "line-seam": 0.75, "line-face": 0.75}
ROOT = {"viewBox", "width", "height", "xmlns"}
PATH = {"d", "class", "fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
TOKEN = re.compile(r"[MmLlHhVvCcSsQqTtZz]|-?(?:\d+\.?\d*|\.\d+)")
SPACE = re.compile(r"[\s,]*")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,20})?")
LONGEST = 40  # letters of a number in path data
CURVE = "%.0f %.0f %.0f %.0f %.0f %.0f c"
ENDINGS = (".svg", ".png", ".jpg")
STEPS = 5000.0  # of the grid along a picture's longer side: 0.03 mm where it fills an A5 page, in half the bytes
SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}


@dataclass(frozen=True, slots=True)
class Outline:
    """One path: its role, PDF path operators on the drawing's grid (y down), its colour; for lines the width in art units."""

    role: str
    operators: str
    colour: str
    width: float = 0
    evenodd: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of width × height art units; `data` holds what the file publishes: calibration and named points.

    Paths are in whole numbers on a grid of `grid` steps per art unit. One of a booklet's `own`, such as a logo, is in few
    other booklets.
    """

    name: str
    left: float
    top: float
    width: float
    height: float
    outlines: tuple[Outline, ...]
    data: tuple[tuple[str, tuple[float, ...]], ...] = ()
    grid: float = 1.0
    own: bool = False

    def __hash__(self) -> int:  # of all its paths it would take long, and few drawings have one name
        return hash((self.name, self.width, self.height))


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG or PNG file of width × height pixels, which are its art units."""

    name: str
    path: Path
    width: float
    height: float
    left: float = 0
    top: float = 0
    ground: str = "#FFFFFF"  # what shows through where the file is see-through


def find_picture(name: str, beside: Path) -> Path:
    """The file of a picture: a drawing or photo of images/, or a file beside the routine. Raises BadChoice."""
    for path in (place / f"{name}{end}" for place in (folder("images"), beside.parent) for end in ENDINGS):
        if is_file(look(path)):
            if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
                raise BadChoice(
                    f"the picture `{name}` is a link that leads out of its folder: put the file itself there"
                )
            return path
    looked = f"looked for {name}.svg, .png and .jpg beside {beside.name} and among the program's pictures"
    there = sorted(path.stem for place in (beside.parent, folder("images")) for path in _pictures_in(place))
    raise BadChoice(f"there is no picture `{name}`: {looked}{nearest(name, there)}")


def _pictures_in(place: Path) -> list[Path]:
    """The pictures in a folder, as far as it can be read."""
    try:
        return [path for path in place.iterdir() if path.suffix in ENDINGS]
    except OSError:
        return []


Compiled = tuple[
    tuple[float, float, float, float],
    tuple[tuple[str, str, str, float, bool], ...],
    tuple[tuple[str, tuple[float, ...]], ...],
    float,
]
"""A drawing in plain values: its view box, its outlines, what it publishes, its grid."""


def read_picture(path: Path) -> Drawing | Photo:
    """Reads a picture file, again only where it has changed. Raises InvalidFile."""
    try:
        state = look(path).stat()
    except OSError as error:
        raise InvalidFile([Problem(Place(str(path), 1, 1), f"can't be read: {error.strerror}")]) from None
    return _read(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=512)  # the built-in routine has 90
def _read(path: Path, size: int, changed: int) -> Drawing | Photo:  # noqa: ARG001  # a changed file is read again
    try:
        return _read_svg(path) if path.suffix == ".svg" else _read_photo(path)
    except OSError as error:
        raise InvalidFile([Problem(Place(str(path), 1, 1), f"can't be read: {error.strerror or error}")]) from None


def _read_photo(path: Path) -> Photo:
    from PIL import Image

    try:
        with Image.open(path, formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                what = f"has {image.width} × {image.height} pixels: make it smaller than {MOST_PIXELS:,}"
                raise InvalidFile([Problem(Place(str(path), 1, 1), what)])
            image.load()
            return Photo(path.stem, path, *image.size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidFile([Problem(Place(str(path), 1, 1), f"is no usable picture: {error}")]) from None


def _read_svg(path: Path) -> Drawing:
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise InvalidFile([Problem(Place(str(path), 1, 1), f"is larger than {MAX_BYTES:,} bytes")])

    def read() -> Compiled:
        reader = _Reader(str(path))
        try:
            reader.parser.Parse(data, True)
        except expat.ExpatError as error:
            place = Place(str(path), error.lineno, error.offset + 1)
            raise InvalidFile([Problem(place, f"isn't XML: {expat.errors.messages[error.code]}")]) from None
        return reader.compiled()

    (left, top, width, height), outlines, published, grid = kept("picture", (data,), read)
    return Drawing(path.stem, left, top, width, height, tuple(Outline(*one) for one in outlines), published, grid)


class _Reader:
    """Takes the elements of one SVG file as expat finds them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = lambda *_: self.stop("a document type: take the <!DOCTYPE> out")
        self.parser.ProcessingInstructionHandler = lambda *_: self.stop("a processing instruction")
        self.box: tuple[float, ...] = ()
        self.data: list[tuple[str, tuple[float, ...]]] = []
        self.outlines: list[tuple[str, str, str, float, bool]] = []

    def stop(self, what: str) -> None:
        place = Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        raise InvalidFile([Problem(place, f"can't be drawn: {what}")])

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "svg" and not self.box:
            self.root(attributes)
        elif element == "path" and self.box:
            self.path(attributes)
        elif element != "title":
            self.stop(f"<{element}>; only <path> is read: turn shapes, groups and texts into paths")

    def root(self, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if key.startswith("data-"):
                words = value.split()
                if all(NUMBER.fullmatch(word) for word in words):
                    self.data.append((key[5:], tuple(map(float, words))))
            elif key not in ROOT:
                self.stop(f"the attribute {key} of <svg>")
        box = attributes.get("viewBox", "").split()
        if len(box) != 4 or not all(NUMBER.fullmatch(word) for word in box):
            self.stop("a viewBox of four numbers is missing")
        self.box = tuple(map(float, box))
        if min(self.box[2:]) <= 0:
            self.stop("a viewBox without a size")
        self.grid = STEPS / max(self.box[2:])

    def path(self, attributes: dict[str, str]) -> None:
        for key in attributes:
            if key not in PATH:
                self.stop(f"the attribute {key} of <path>")
        role = attributes.get("class", "")
        if role not in ROLES:
            self.stop(f'class="{role}" is no role of a picture')
        fill, stroke = attributes.get("fill", "none"), attributes.get("stroke", "none")
        if (fill == "none") == (stroke == "none"):
            self.stop("a path needs either a fill or a stroke")
        colour = stroke if fill == "none" else fill
        if not re.fullmatch(r"#[0-9a-f]{6}", colour):
            self.stop(f'the colour "{colour}"; write it as #rrggbb')
        thick = attributes.get("stroke-width", "1")
        if not NUMBER.fullmatch(thick) or not (fill != "none" or 0 < float(thick) < 1000):
            self.stop(f'stroke-width="{thick[:20]}"; write a number above 0')
        width = float(thick) if fill == "none" else 0
        try:
            operators = operators_of(attributes.get("d", ""), self.grid)
        except ValueError as error:
            self.stop(f"the path data: {error}")
        self.outlines.append((role, operators, colour, width, attributes.get("fill-rule") == "evenodd"))

    def compiled(self) -> Compiled:
        left, top, width, height = self.box
        return (left, top, width, height), tuple(self.outlines), tuple(self.data), self.grid


def operators_of(d: str, grid: float = 1.0) -> str:
    """SVG path data → PDF path operators, `grid` times as large. Raises ValueError for what isn't read."""
    tokens = TOKEN.findall(d)
    if SPACE.sub("", TOKEN.sub("", d)):
        raise ValueError(f"`{SPACE.sub('', TOKEN.sub('', d))[:20]}` isn't read; M L H V C S Q T Z are")
    if max(map(len, tokens), default=0) > LONGEST:
        raise ValueError(f"a number of more than {LONGEST} letters")
    out: list[str] = []
    x = y = startx = starty = cx = cy = 0.0
    command, last, i = "", "", 0
    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
        elif command in "Zz":
            raise ValueError("numbers stand where a letter is expected")
        kind = command.upper()
        size = SIZES[kind]
        numbers = [float(token) * grid for token in tokens[i : i + size] if not token.isalpha()]
        if len(numbers) < size:
            raise ValueError(f"{command} needs {size} numbers")
        i += size
        if command == "c":  # most of every drawing
            a, b, cx, cy, ex, ey = numbers
            out.append(CURVE % (x + a, y + b, x + cx, y + cy, x + ex, y + ey))
            cx, cy, x, y = x + cx, y + cy, x + ex, y + ey
        elif kind == "Z":
            out.append("h")
            x, y = startx, starty
        else:
            ox, oy = (x, y) if command.islower() else (0.0, 0.0)
            if kind == "H":
                numbers = [ox + numbers[0], y]
            elif kind == "V":
                numbers = [x, oy + numbers[0]]
            else:
                numbers = [n + (oy if j % 2 else ox) for j, n in enumerate(numbers)]
            if kind in "ST":
                smooth = last in ("CS" if kind == "S" else "QT")
                numbers = [*((2 * x - cx, 2 * y - cy) if smooth else (x, y)), *numbers]
            if kind == "M":
                out.append(f"{numbers[0]:.0f} {numbers[1]:.0f} m")
                startx, starty = numbers
                command = "l" if command == "m" else "L"
            elif kind in "LHV":
                out.append(f"{numbers[0]:.0f} {numbers[1]:.0f} l")
            elif kind in "CS":
                out.append(CURVE % tuple(numbers))
                cx, cy = numbers[2:4]
            else:
                cx, cy, ex, ey = numbers
                ends = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3)
                out.append(CURVE % (*ends, ex, ey))
            x, y = numbers[-2:]
        last = kind
    if not out or not out[0].endswith(" m"):
        raise ValueError("it must start with M")
    return "\n".join(out)


@cache
def layers(drawing: Drawing) -> tuple[Drawing, Drawing]:
    """What is filled and the lines on top of it, so that something can be drawn between the two."""
    fills = tuple(one for one in drawing.outlines if not one.width)
    lines = tuple(one for one in drawing.outlines if one.width)
    return replace(drawing, outlines=fills), replace(drawing, outlines=lines)


def recolour(drawing: Drawing, colour: Callable[[str, str], str], line: float) -> Drawing:
    """The drawing with `colour(role, colour)` for each path and outlines `line` art units wide, thinner inside."""
    outlines = tuple(
        replace(one, colour=colour(one.role, one.colour), width=line * LINES.get(one.role, 1) if one.width else 0)
        for one in drawing.outlines
    )
    return replace(drawing, outlines=outlines)
