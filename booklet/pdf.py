"""Pages or sheets → the bytes of a PDF file. The one room for ReportLab's canvas, and the only place where y is flipped.

Content streams are written here as operators; ReportLab keeps the objects: fonts and their subsets, forms, outline,
links and the file itself. The same pages give the same bytes: no clock, no random numbers.
"""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from booklet.annotations import RISE
from booklet.errors import BookletError
from booklet.figures import Drawing, Photo
from booklet.inks import Inks, Screen
from booklet.internals import Information, finish, unembedded
from booklet.items import Art, CheckBox, Clip, Field, Group, Item, Link, Page, PathPart, RadioButton, Shape, Text, walk
from booklet.press import Box, prepare_for_press
from booklet.shops import Shop
from booklet.standards import claim
from booklet.tagging import Mark, tag
from booklet.text import HOUSE
from booklet.typefaces import registered

pdfdoc.rl_config.useA85 = 0  # binary streams: a fifth smaller

OPERATORS = {"M": "m", "L": "l"}
LONG = 500  # letters: a shorter path costs less to write again than as a form


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


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself."""

    title: str
    language: str
    author: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """How the file is written: its colours, whether it is tagged for the screen, what it tells a printer or print shop.

    `duplex` is a viewer preference of PDF; `shop` makes it a file for the press.
    """

    inks: Inks
    tagged: bool = False
    duplex: str = ""
    shop: Shop | None = None


SCREEN = Output(Screen(), tagged=True)


def write(sides: tuple[Side, ...], meta: Meta, output: Output = SCREEN) -> bytes:
    """The PDF file. A tagged one has structure, links, fields and an outline, and one page on each side.

    Raises InvalidFile for what can't be tagged, BookletError for a font that isn't embedded.
    """
    canvas = Canvas(
        BytesIO(),
        pagesize=(sides[0].width, sides[0].height),
        pageCompression=1,
        invariant=1,
        initialFontName=registered(HOUSE.sans),
        pdfVersion=(1, 6) if output.shop else (1, 7),
        lang=meta.language,
    )
    canvas._doc.info = Information()
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author or "booklet")
    canvas.setSubject(meta.subject)
    canvas.setProducer("booklet")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if output.duplex:
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", output.duplex)
    pages = tuple(placed.page for side in sides for placed in side.placed)
    structure = tag(pages) if output.tagged else None
    pen = _Pen(canvas, output.inks, pages)
    for index, side in enumerate(sides):
        canvas.setPageSize((side.width, side.height))
        pen.side(side, structure.marks[index] if structure else None)
        if structure:
            page = side.placed[0].page
            canvas.bookmarkPage(f"page-{page.number}", fit="Fit")
            if page.title:
                canvas.addOutlineEntry(page.title, f"page-{page.number}")
        canvas.showPage()
    if structure:
        claim(canvas._doc, structure, pages, meta.language)
    if output.shop:
        prepare_for_press(canvas._doc, tuple(map(_boxes, sides)), output.shop, meta.language)
    data = finish(canvas)
    if names := unembedded(canvas._doc):
        raise BookletError(f"fonts that the file doesn't hold: {', '.join(names)}; use fonts that may be embedded")
    return data


def _boxes(side: Side) -> tuple[Box, Box]:
    """The trimmed page and its bleed on a side: left, foot, right, head in points."""
    placed, bleed = side.placed[0], side.bleed or 0.0
    page = placed.page
    trim = (placed.x, placed.y, placed.x + page.width, placed.y + page.height)
    return trim, (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)


def _n(*numbers: float) -> str:
    return ("%.2f " * len(numbers) % numbers)[:-1]


class _Pen:
    """Writes items as operators into the canvas's stream."""

    def __init__(self, canvas: Any, inks: Inks, pages: tuple[Page, ...]) -> None:
        self.canvas, self.inks = canvas, inks
        self.forms: dict[Drawing, str] = {}
        self.paths: dict[str, str] = {}
        self.shared = _shared(pages)
        self.images: dict[Photo, ImageReader] = {}
        self.height = 0.0

    def out(self, operators: str) -> None:
        self.canvas._code.append(operators)

    def side(self, side: Side, marks: tuple[Mark, ...] | None) -> None:
        """All that is on a side; `marks` where it is tagged."""
        self.out("q" + (f" -1 0 0 -1 {_n(side.width, side.height)} cm" if side.turned else ""))
        for placed in side.placed:
            self.page(placed, marks, side)
        if side.marks:
            self.height = side.height
            self.items(side.marks)
        self.out("Q")

    def page(self, placed: Placed, marks: tuple[Mark, ...] | None, side: Side) -> None:
        page, bleed = placed.page, side.bleed or 0.0
        self.height = page.height
        self.out(f"q {placed.scale:g} 0 0 {placed.scale:g} {_n(placed.x, placed.y)} cm")
        if placed.turned:
            self.out(f"-1 0 0 -1 {_n(page.width, page.height)} cm")
        reach = _n(-bleed, -bleed, page.width + 2 * bleed, page.height + 2 * bleed)
        if len(side.placed) > 1 or side.bleed is not None:  # nothing of one page may reach another, or the marks
            self.out(f"{reach} re W n")
        if page.ground:
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
        face = item.face.font
        document = self.canvas._doc
        parts = [f"BT {self.inks.fill(item.colour, small=True)} 1 0 0 1 {_n(item.x, self.height - item.y)} Tm"]
        if item.spacing:
            parts.append(f"{item.spacing:.3f} Tc")
        for subset, letters in face.splitString(item.text, document):
            name = face.getSubsetInternalName(subset, document)
            parts.append(f"{name} {_n(item.size)} Tf ({self.canvas._escape(letters)}) Tj")
        if item.spacing:
            parts.append("0 Tc")
        self.out(" ".join(parts) + " ET")

    def field(self, item: Field) -> None:
        """What stands in a field, where the file has no fields to fill in."""
        if item.value:
            y = item.y + item.height - RISE
            self.text(Text(item.x, y, item.value, item.face, item.size, item.colour, 0))

    def path(self, parts: tuple[PathPart, ...]) -> str:
        h = self.height
        out = []
        for letter, numbers in parts:
            if letter == "C":
                a, b, c, d, x, y = numbers
                out.append("%.2f %.2f %.2f %.2f %.2f %.2f c" % (a, h - b, c, h - d, x, h - y))
            elif letter == "Z":
                out.append("h")
            else:
                out.append("%.2f %.2f %s" % (numbers[0], h - numbers[1], OPERATORS[letter]))
        return " ".join(out)

    def shape(self, item: Shape) -> None:
        stroked = item.stroke and item.width > 0
        parts = ["q"]
        if item.fill:
            parts.append(self.inks.fill(item.fill))
        if stroked:
            parts.append(f"{self.inks.line(item.stroke or '')} {_n(item.width)} w")
            if item.round:
                parts.append("1 J 1 j")
            if item.dash:
                parts.append(f"[{_n(*item.dash)}] 0 d")
        parts += [self.path(item.path), {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(item.fill), bool(stroked)], "Q"]  # fmt: skip
        self.out(" ".join(parts))

    def box(self, item: CheckBox) -> None:
        x, y, size = item.x, self.height - item.y - item.size, item.size
        self.out(f"q {self.inks.fill(item.paper)} {self.inks.line(item.colour)} 0.9 w {_n(x, y, size, size)} re B Q")

    def art(self, item: Art) -> None:
        left, top, width, height = item.window
        window = f"{_n(left, self.height - top - height, width, height)} re W n"
        across = -item.k if item.mirrored else item.k
        x, y = item.x, self.height - item.y
        if isinstance(item.drawing, Photo):
            self.out(f"q {window}")
            reader = self.image(item.drawing)
            wide, high = item.drawing.width * item.k, item.drawing.height * item.k
            self.canvas.drawImage(reader, x - wide if item.mirrored else x, y - high, wide, high)
            self.out("Q")
            return
        name, grid = self.form(item.drawing), item.drawing.grid
        self.out(f"q {window} {across / grid:.6f} 0 0 {-item.k / grid:.6f} {_n(x, y)} cm")
        self.canvas.doForm(name)
        self.out("Q")

    def image(self, photo: Photo) -> ImageReader:
        """A photo in the file's colours; in those of the screen it goes in as it is."""
        if photo not in self.images:
            with Image.open(photo.path) as opened:
                if isinstance(self.inks, Screen) and opened.format == "JPEG" and opened.mode == "RGB":
                    self.images[photo] = ImageReader(str(photo.path))  # goes in as it is
                else:
                    self.images[photo] = ImageReader(self.inks.photo(opened, photo.ground))
        return self.images[photo]

    def form(self, drawing: Drawing) -> str:
        """The name of the drawing's form, which is made where it is first used."""
        if drawing in self.forms:
            return self.forms[drawing]
        name = self.forms[drawing] = f"art-{len(self.forms)}-{drawing.name}"
        canvas = self.canvas
        right, foot, grid = drawing.left + drawing.width, drawing.top + drawing.height, drawing.grid
        box = [round(edge * grid) for edge in (drawing.left, drawing.top, right, foot)]
        canvas.beginForm(name, *box)
        self.out("1 J 1 j")
        for one in drawing.outlines:
            if one.width:
                colour, drawn = f"{self.inks.line(one.colour)} {_n(one.width * grid)} w", f"{one.operators} S"
            else:
                colour, drawn = self.inks.fill(one.colour), f"{one.operators} f{'*' if one.evenodd else ''}"
            if one.operators in self.shared:
                self.out(colour)
                canvas.doForm(self.path_form(drawn, box))
            else:
                self.out(f"{colour} {drawn}")
        canvas.endForm()
        return name

    def path_form(self, drawn: str, box: list[int]) -> str:
        """The name of a form that is one path, without a colour or a width: it takes those of where it is used."""
        if drawn not in self.paths:
            name = self.paths[drawn] = f"path-{len(self.paths)}"
            self.canvas.beginForm(name, *box)
            self.out(drawn)
            self.canvas.endForm()
        return self.paths[drawn]


def _shared(pages: tuple[Page, ...]) -> frozenset[str]:
    """The longer paths that several drawings have in common: pictures that differ in their colours or widths only."""
    drawings = {item.drawing for page in pages for item in walk(page.items) if isinstance(item, Art)}
    count = Counter(one.operators for drawing in drawings if isinstance(drawing, Drawing) for one in drawing.outlines)
    return frozenset(path for path, times in count.items() if times > 1 and len(path) > LONG)
