"""Pages or sheets → the bytes of a PDF file. The one room for ReportLab's canvas, and the only place where y is flipped.

Content streams are written here as operators; ReportLab keeps the objects: fonts and their subsets, forms, outline,
links and the file itself. The same pages give the same bytes: no clock, no random numbers.
"""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from booklet.annotations import RISE, rgb
from booklet.errors import BookletError
from booklet.figures import Drawing, Photo
from booklet.internals import Information, finish, unembedded
from booklet.items import Art, CheckBox, Clip, Field, Group, Item, Link, Page, PathPart, RadioButton, Shape, Text, walk
from booklet.standards import claim
from booklet.tagging import Mark, tag
from booklet.text import font

pdfdoc.rl_config.useA85 = 0  # binary streams: a fifth smaller

OPERATORS = {"M": "m", "L": "l"}
LONG = 500  # letters: a shorter path costs less to write again than as a form


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on a side of a sheet, its left edge at x and its foot at y, in points; `turned` stands on its head there."""

    page: Page
    x: float = 0
    y: float = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What is printed on one side of a sheet, or one page of a file that is read on a screen."""

    width: float
    height: float
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself."""

    title: str
    language: str
    author: str = ""
    subject: str = ""


def write(sides: tuple[Side, ...], meta: Meta, tagged: bool, duplex: str = "") -> bytes:
    """The PDF file. `tagged` adds structure, links, fields and outline; `duplex` is a viewer preference for printing.

    Raises InvalidFile for what can't be tagged; a tagged file has one page on each side.
    """
    canvas = Canvas(
        BytesIO(),
        pagesize=(sides[0].width, sides[0].height),
        pageCompression=1,
        invariant=1,
        initialFontName=font("sans").fontName,
        pdfVersion=(1, 7),
        lang=meta.language,
    )
    canvas._doc.info = Information()
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author or "booklet")
    canvas.setSubject(meta.subject)
    canvas.setProducer("booklet")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if duplex:
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", duplex)
    pages = tuple(placed.page for side in sides for placed in side.placed)
    structure = tag(pages) if tagged else None
    pen = _Pen(canvas, pages)
    for index, side in enumerate(sides):
        canvas.setPageSize((side.width, side.height))
        for placed in side.placed:
            pen.page(placed, structure.marks[index] if structure else None, clip=len(side.placed) > 1)
            if structure:
                canvas.bookmarkPage(f"page-{placed.page.number}", fit="Fit")
                if placed.page.title:
                    canvas.addOutlineEntry(placed.page.title, f"page-{placed.page.number}")
        canvas.showPage()
    if structure:
        claim(canvas._doc, structure, pages, meta.language)
    data = finish(canvas)
    if names := unembedded(canvas._doc):
        raise BookletError(f"fonts that the file doesn't hold: {', '.join(names)}; use fonts that may be embedded")
    return data


def _n(*numbers: float) -> str:
    return ("%.2f " * len(numbers) % numbers)[:-1]


class _Pen:
    """Writes items as operators into the canvas's stream."""

    def __init__(self, canvas: Any, pages: tuple[Page, ...]) -> None:
        self.canvas = canvas
        self.forms: dict[Drawing, str] = {}
        self.paths: dict[str, str] = {}
        self.shared = _shared(pages)
        self.images: dict[Photo, ImageReader] = {}
        self.height = 0.0

    def out(self, operators: str) -> None:
        self.canvas._code.append(operators)

    def page(self, placed: Placed, marks: tuple[Mark, ...] | None, clip: bool) -> None:
        """A page, with its marks where it is tagged."""
        page = placed.page
        self.height = page.height
        if placed.turned:
            self.out(f"q -1 0 0 -1 {_n(placed.x + page.width, placed.y + page.height)} cm")
        else:
            self.out(f"q 1 0 0 1 {_n(placed.x, placed.y)} cm")
        if clip:  # nothing of one page may reach the other half of the sheet
            self.out(f"0 0 {_n(page.width, page.height)} re W n")
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
        face = font(item.face)
        document = self.canvas._doc
        parts = [f"BT {rgb(item.colour)} rg 1 0 0 1 {_n(item.x, self.height - item.y)} Tm"]
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
            parts.append(f"{rgb(item.fill)} rg")
        if stroked:
            parts.append(f"{rgb(item.stroke or '')} RG {_n(item.width)} w")
            if item.round:
                parts.append("1 J 1 j")
            if item.dash:
                parts.append(f"[{_n(*item.dash)}] 0 d")
        parts += [self.path(item.path), {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(item.fill), bool(stroked)], "Q"]  # fmt: skip
        self.out(" ".join(parts))

    def box(self, item: CheckBox) -> None:
        x, y, size = item.x, self.height - item.y - item.size, item.size
        self.out(f"q {rgb(item.paper)} rg {rgb(item.colour)} RG 0.9 w {_n(x, y, size, size)} re B Q")

    def art(self, item: Art) -> None:
        left, top, width, height = item.window
        window = f"{_n(left, self.height - top - height, width, height)} re W n"
        across = -item.k if item.mirrored else item.k
        x, y = item.x, self.height - item.y
        if isinstance(item.drawing, Photo):
            self.out(f"q {window}")
            reader = self.images.setdefault(item.drawing, ImageReader(str(item.drawing.path)))
            wide, high = item.drawing.width * item.k, item.drawing.height * item.k
            self.canvas.drawImage(reader, x - wide if item.mirrored else x, y - high, wide, high)
            self.out("Q")
            return
        name, grid = self.form(item.drawing), item.drawing.grid
        self.out(f"q {window} {across / grid:.6f} 0 0 {-item.k / grid:.6f} {_n(x, y)} cm")
        self.canvas.doForm(name)
        self.out("Q")

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
                colour, drawn = f"{rgb(one.colour)} RG {_n(one.width * grid)} w", f"{one.operators} S"
            else:
                colour, drawn = f"{rgb(one.colour)} rg", f"{one.operators} f{'*' if one.evenodd else ''}"
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
