"""Items → content streams, and what they draw with: letters, pictures, photos. The only place where y is flipped.

Operators and their operands: ISO 32000-1, annex A.
"""

from booklet.annotations import RISE
from booklet.embedding import Letters, embed
from booklet.figures import Drawing, Photo
from booklet.inks import Inks, Screen
from booklet.items import Art, CheckBox, Clip, Field, Group, Item, Link, Page, PathPart, RadioButton, Shape, Text
from booklet.objects import QUICK, File, picture_stream, stream
from booklet.records import dataclass
from booklet.tagging import Mark
from booklet.typefaces import Face

OPERATORS = {"M": "m", "L": "l"}
SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
ESCAPES = ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\n", b"\\n"), (b"\r", b"\\r"))

PATHS: dict[int, tuple[tuple[PathPart, ...], float, str]] = {}
"""Paths as operators, by identity, with the page's height: they are the same in each edition."""
MOST_PATHS = 4000


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on a side of a sheet, its left edge at x and its foot at y, in points; `scale` times its size.

    A `turned` one stands on its head in the same place.
    """

    page: Page
    x: float = 0
    y: float = 0
    scale: float = 1
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What is printed on one side of a sheet, or one page of a file that is read on a screen. Lengths in points.

    `marks` are drawn on the sheet itself, its top left the origin. A `turned` side stands on its head. Pages reach
    `bleed` beyond their trimmed size, or as far as the sheet goes where nothing is said.
    """

    width: float
    height: float
    placed: tuple[Placed, ...]
    marks: tuple[Item, ...] = ()
    turned: bool = False
    bleed: float | None = None


def n(*numbers: float) -> str:
    """Numbers as operands, in hundredths."""
    return ("%.2f " * len(numbers) % numbers)[:-1]


class Stock:
    """What the contents of a file draw with, each in the file once: letters by face, pictures, their paths, photos.

    `shared` are the paths that several pictures have in common.
    """

    def __init__(self, file: File, inks: Inks, shared: frozenset[str]) -> None:
        self.file, self.inks, self.shared = file, inks, shared
        self.letters: dict[Face, Letters] = {}
        self.forms: dict[Drawing | str, tuple[str, str]] = {}
        self.photos: dict[Photo, tuple[str, str]] = {}

    def copy(self, file: File) -> "Stock":
        """The same for a copy of the file."""
        other = Stock(file, self.inks, self.shared)
        other.letters = {face: letters.copy() for face, letters in self.letters.items()}
        other.forms, other.photos = dict(self.forms), dict(self.photos)
        return other

    def text(self, face: Face, text: str, size: str) -> str:
        """The operators that set a text in a face, where it stands; `size` is an operand."""
        if face not in self.letters:
            self.letters[face] = Letters(f"F{len(self.letters) + 1}")
        return " ".join(f"{name} {size} Tf ({_escaped(codes)}) Tj" for name, codes in self.letters[face].encode(text))

    def fonts(self) -> str:
        """The font dictionary, once all letters are known."""
        fonts: dict[str, str] = {}
        for face, letters in self.letters.items():
            fonts |= embed(self.file, face, letters)
        return "<< " + " ".join(f"/{name} {reference}" for name, reference in fonts.items()) + " >>"

    def form(self, drawing: Drawing) -> tuple[str, str]:
        """Name and reference of a picture's form."""
        if drawing not in self.forms:
            right, foot, grid = drawing.left + drawing.width, drawing.top + drawing.height, drawing.grid
            box = " ".join(str(round(edge * grid)) for edge in (drawing.left, drawing.top, right, foot))
            parts, used = ["1 J 1 j"], {}
            for one in drawing.outlines:
                if one.width:
                    colour, drawn = f"{self.inks.line(one.colour)} {n(one.width * grid)} w", f"{one.operators} S"
                else:
                    colour, drawn = self.inks.fill(one.colour), f"{one.operators} f{'*' if one.evenodd else ''}"
                if one.operators in self.shared:
                    name, used[name] = self.path_form(drawn, box)
                    parts.append(f"{colour} /{name} Do")
                else:
                    parts.append(f"{colour} {drawn}")
            self._add_form(drawing, f"art-{len(self.forms)}", box, "\n".join(parts), used, drawing.own)
        return self.forms[drawing]

    def path_form(self, drawn: str, box: str) -> tuple[str, str]:
        """A form that is one path, without a colour or a width: it takes those of where it is used."""
        if drawn not in self.forms:
            self._add_form(drawn, f"path-{len(self.forms)}", box, drawn, {})
        return self.forms[drawn]

    def _add_form(
        self, key: Drawing | str, name: str, box: str, drawn: str, used: dict[str, str], own: bool = False
    ) -> None:
        keys = f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources {objects_used(used)}"
        data = drawn.encode("latin-1")
        body = stream(keys, data, effort=QUICK) if own else picture_stream(keys, data)
        self.forms[key] = name, self.file.add(body)

    def photo(self, photo: Photo) -> tuple[str, str]:
        """Name and reference of a photo in the file's colours; a JPEG for the screen goes in as it is."""
        if photo not in self.photos:
            from PIL import Image  # takes a while to load

            with Image.open(photo.path) as opened:
                wide, high = opened.size
                if isinstance(self.inks, Screen) and opened.format == "JPEG" and opened.mode == "RGB":
                    mode, data, packing = "RGB", photo.path.read_bytes(), "/Filter /DCTDecode"
                else:
                    image = self.inks.photo(opened, photo.ground)
                    mode, data, packing = image.mode, image.tobytes(), ""
            keys = f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /BitsPerComponent 8 /ColorSpace"
            body = stream(f"{keys} {SPACES[mode]} {packing}", data, packed=not packing, effort=QUICK)
            reference = self.file.add(body)
            self.photos[photo] = f"photo-{len(self.photos)}", reference
        return self.photos[photo]


def objects_used(used: dict[str, str]) -> str:
    """A resource dictionary with forms and photos."""
    return f"<< /XObject << {' '.join(f'/{name} {ref}' for name, ref in used.items())} >> >>" if used else "<< >>"


def _escaped(codes: bytes) -> str:
    """The letters of a string object, as Latin-1."""
    for letter, escape in ESCAPES:
        codes = codes.replace(letter, escape)
    return codes.decode("latin-1")


class Pen:
    """Writes the items of one side as operators; `used` are the forms and photos that it needs.

    `grounds`: whether the colour of whole pages is drawn.
    """

    def __init__(self, stock: Stock, grounds: bool = True) -> None:
        self.stock, self.inks, self.grounds = stock, stock.inks, grounds
        self.parts: list[str] = []
        self.used: dict[str, str] = {}
        self.height = 0.0
        self.out = self.parts.append

    def side(self, side: Side, marks: tuple[Mark, ...] | None) -> str:
        """All that is on a side; `marks` where it is tagged."""
        self.out("q" + (f" -1 0 0 -1 {n(side.width, side.height)} cm" if side.turned else ""))
        for placed in side.placed:
            self.page(placed, marks, side)
        if side.marks:
            self.height = side.height
            self.items(side.marks)
        self.out("Q")
        return "\n".join(self.parts)

    def page(self, placed: Placed, marks: tuple[Mark, ...] | None, side: Side) -> None:
        page, bleed = placed.page, side.bleed or 0.0
        self.height = page.height
        self.out(f"q {placed.scale:g} 0 0 {placed.scale:g} {n(placed.x, placed.y)} cm")
        if placed.turned:
            self.out(f"-1 0 0 -1 {n(page.width, page.height)} cm")
        reach = n(-bleed, -bleed, page.width + 2 * bleed, page.height + 2 * bleed)
        if len(side.placed) > 1 or side.bleed is not None:  # nothing of one page may reach another, or the marks
            self.out(f"{reach} re W n")
        if page.ground and self.grounds:
            ground = f"{self.inks.fill(page.ground)} {reach} re f"
            self.out(f"/Artifact BMC {ground} EMC" if marks is not None else ground)
        for mark in marks or ():
            self.out("/Artifact BMC" if mark.mcid is None else f"/{mark.role} <</MCID {mark.mcid}>> BDC")
            self.items(mark.items)
            self.out("EMC")
        if marks is None:
            self.items(page.items)
        self.out("Q")

    def items(self, items: tuple[Item, ...]) -> None:
        for item in items:
            match item:
                case Text():
                    self.text(item)
                case Shape():
                    self.shape(item)
                case Group() | Link():
                    self.items(item.items)
                case Art():
                    self.art(item)
                case Clip():
                    self.out(f"q {self.path(item.path)} W n")
                    self.items(item.items)
                    self.out("Q")
                case CheckBox():
                    self.box(item)
                case Field():
                    self.field(item)
                case RadioButton():
                    pass  # what it stands round is drawn already

    def text(self, item: Text) -> None:
        start = f"BT {self.inks.fill(item.colour, small=True)} 1 0 0 1 {n(item.x, self.height - item.y)} Tm"
        letters = self.stock.text(item.face, item.text, n(item.size))
        if item.spacing:
            self.out(f"{start} {item.spacing:.3f} Tc {letters} 0 Tc ET")
        else:
            self.out(f"{start} {letters} ET")

    def field(self, item: Field) -> None:
        """What stands in a field, where the file has no fields to fill in."""
        if item.value:
            y = item.y + item.height - RISE
            self.text(Text(item.x, y, item.value, item.face, item.size, item.colour, 0))

    def path(self, parts: tuple[PathPart, ...]) -> str:
        """The operators of a path, which are the same in each edition."""
        h = self.height
        known = PATHS.get(id(parts))
        if known and known[1] == h:
            return known[2]
        out = []
        for letter, numbers in parts:
            if letter == "C":
                a, b, c, d, x, y = numbers
                out.append("%.2f %.2f %.2f %.2f %.2f %.2f c" % (a, h - b, c, h - d, x, h - y))
            elif letter == "Z":
                out.append("h")
            else:
                out.append("%.2f %.2f %s" % (numbers[0], h - numbers[1], OPERATORS[letter]))
        if len(PATHS) == MOST_PATHS:
            PATHS.clear()
        written = " ".join(out)
        PATHS[id(parts)] = parts, h, written
        return written

    def shape(self, item: Shape) -> None:
        stroked = item.stroke and item.width > 0
        parts = ["q"]
        if item.fill:
            parts.append(self.inks.fill(item.fill))
        if stroked:
            parts.append(f"{self.inks.line(item.stroke or '')} {n(item.width)} w")
            if item.round:
                parts.append("1 J 1 j")
            if item.dash:
                parts.append(f"[{n(*item.dash)}] 0 d")
        parts += [self.path(item.path), {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(item.fill), bool(stroked)], "Q"]  # fmt: skip
        self.out(" ".join(parts))

    def box(self, item: CheckBox) -> None:
        x, y, size = item.x, self.height - item.y - item.size, item.size
        self.out(f"q {self.inks.fill(item.paper)} {self.inks.line(item.colour)} 0.9 w {n(x, y, size, size)} re B Q")

    def art(self, item: Art) -> None:
        left, top, width, height = item.window
        window = f"{n(left, self.height - top - height, width, height)} re W n"
        across = -item.k if item.mirrored else item.k
        x, y = item.x, self.height - item.y
        if isinstance(item.drawing, Photo):
            name, self.used[name] = self.stock.photo(item.drawing)
            wide, high = item.drawing.width * item.k, item.drawing.height * item.k
            across = -wide if item.mirrored else wide
            self.out(f"q {window} {across:.6f} 0 0 {high:.6f} {n(x, y - high)} cm /{name} Do Q")
            return
        name, self.used[name] = self.stock.form(item.drawing)
        grid = item.drawing.grid
        self.out(f"q {window} {across / grid:.6f} 0 0 {-item.k / grid:.6f} {n(x, y)} cm /{name} Do Q")
