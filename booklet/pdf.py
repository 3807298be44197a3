"""Pages or sheets → the bytes of a PDF file. The one room for ReportLab's canvas, and the only place where y is flipped.

Content streams are written here as operators; ReportLab keeps the objects: fonts and their subsets, forms, outline,
links and the file itself. The same pages give the same bytes: no clock, no random numbers.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from booklet.figures import Drawing, Photo
from booklet.items import Art, CheckBox, Clip, Field, Group, Item, Link, Page, PathPart, Shape, Text
from booklet.text import font

pdfdoc.rl_config.useA85 = 0  # binary streams: a fifth smaller

OPERATORS = {"M": "m", "L": "l"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on a side of a sheet, its left edge at x and its foot at y, in points."""

    page: Page
    x: float = 0
    y: float = 0


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


def write(sides: tuple[Side, ...], meta: Meta, links: bool, duplex: str = "") -> bytes:
    """The PDF file. `links` adds the outline and links, `duplex` the name of a viewer preference for printing."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=(sides[0].width, sides[0].height),
        pageCompression=1,
        invariant=1,
        initialFontName=font("sans").fontName,
        pdfVersion=(1, 7),
        lang=meta.language,
    )
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author or "booklet")
    canvas.setSubject(meta.subject)
    canvas.setCreator("booklet")
    canvas.setProducer("booklet")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if duplex:
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", duplex)
    pen = _Pen(canvas)
    for side in sides:
        canvas.setPageSize((side.width, side.height))
        for placed in side.placed:
            pen.page(placed, clip=len(side.placed) > 1)
            if links:
                _landmarks(canvas, placed.page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _landmarks(canvas: Any, page: Page) -> None:
    """The page's bookmark, its entry in the outline, and its links."""
    canvas.bookmarkPage(f"page-{page.number}", fit="Fit")
    if page.title:
        canvas.addOutlineEntry(page.title, f"page-{page.number}")
    for item in _links(page.items):
        x, y = item.x, page.height - item.y - item.height
        rect = (x, y, x + item.width, y + item.height)
        canvas.linkAbsolute(item.label, f"page-{item.page}", rect)


def _links(items: tuple[Item, ...]) -> list[Link]:
    found: list[Link] = []
    for item in items:
        match item:
            case Link():
                found.append(item)
            case Group() | Clip():
                found += _links(item.items)
    return found


@cache
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for i in (1, 3, 5))


def _n(*numbers: float) -> str:
    return ("%.2f " * len(numbers) % numbers)[:-1]


class _Pen:
    """Writes items as operators into the canvas's stream."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.forms: dict[Drawing, str] = {}
        self.images: dict[Photo, ImageReader] = {}
        self.height = 0.0

    def out(self, operators: str) -> None:
        self.canvas._code.append(operators)

    def page(self, placed: Placed, clip: bool) -> None:
        page = placed.page
        self.height = page.height
        self.out(f"q 1 0 0 1 {_n(placed.x, placed.y)} cm")
        if clip:  # nothing of one page may reach the other half of the sheet
            self.out(f"0 0 {_n(page.width, page.height)} re W n")
        self.items(page.items)
        self.out("Q")

    def items(self, items: tuple[Item, ...]) -> None:
        for item in items:
            match item:
                case Text():
                    self.text(item)
                case Shape():
                    self.shape(item)
                case Group():
                    self.items(item.items)
                case Art():
                    self.art(item)
                case Clip():
                    self.out(f"q {self.path(item.path)} W n")
                    self.items(item.items)
                    self.out("Q")
                case CheckBox():
                    self.box(item)
                case Link() | Field():
                    pass  # nothing to see

    def text(self, item: Text) -> None:
        face = font(item.face)
        document = self.canvas._doc
        parts = [f"BT {_rgb(item.colour)} rg 1 0 0 1 {_n(item.x, self.height - item.y)} Tm"]
        if item.spacing:
            parts.append(f"{item.spacing:.3f} Tc")
        for subset, letters in face.splitString(item.text, document):
            name = face.getSubsetInternalName(subset, document)
            parts.append(f"{name} {_n(item.size)} Tf ({self.canvas._escape(letters)}) Tj")
        if item.spacing:
            parts.append("0 Tc")
        self.out(" ".join(parts) + " ET")

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
            parts.append(f"{_rgb(item.fill)} rg")
        if stroked:
            parts.append(f"{_rgb(item.stroke or '')} RG {_n(item.width)} w")
            if item.round:
                parts.append("1 J 1 j")
            if item.dash:
                parts.append(f"[{_n(*item.dash)}] 0 d")
        parts += [self.path(item.path), {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(item.fill), bool(stroked)], "Q"]  # fmt: skip
        self.out(" ".join(parts))

    def box(self, item: CheckBox) -> None:
        x, y, size = item.x, self.height - item.y - item.size, item.size
        self.out(f"q {_rgb(item.paper)} rg {_rgb(item.colour)} RG 0.9 w {_n(x, y, size, size)} re B Q")

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
        name = self.form(item.drawing)
        self.out(f"q {window} {across:.5f} 0 0 {-item.k:.5f} {_n(x, y)} cm")
        self.canvas.doForm(name)
        self.out("Q")

    def form(self, drawing: Drawing) -> str:
        """The name of the drawing's form, which is made where it is first used."""
        if drawing in self.forms:
            return self.forms[drawing]
        name = self.forms[drawing] = f"art-{len(self.forms)}-{drawing.name}"
        canvas = self.canvas
        right, foot = drawing.left + drawing.width, drawing.top + drawing.height
        canvas.beginForm(name, drawing.left, drawing.top, right, foot)
        self.out("1 J 1 j")
        for one in drawing.outlines:
            if one.width:
                self.out(f"{_rgb(one.colour)} RG {_n(one.width)} w {one.operators} S")
            else:
                self.out(f"{_rgb(one.colour)} rg {one.operators} f{'*' if one.evenodd else ''}")
        canvas.endForm()
        return name
