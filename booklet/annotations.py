"""What a reader can touch → PDF objects: links, check boxes, radio buttons, text fields (ISO 32000-1, 12.5 and 12.7).

Each kind of button has its appearances once and shares them; a viewer scales them to the box. Nothing is left to the
viewer's own drawing: PDF/A-2 forbids NeedAppearances, and viewers draw differently.
"""

import re
from collections import Counter
from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import quote

from booklet.caching import kept
from booklet.folders import PACKAGE
from booklet.items import CheckBox, Field, Link, RadioButton
from booklet.objects import File, file_stream, stream, string
from booklet.tagging import Touched
from booklet.typefaces import Face

PRINTED = "/F 4"  # PDF/A-2, 6.3.2: annotations print
RADIO = 1 << 15  # field flag: radio buttons; choosing one again takes the choice back
FORM_FONT = "BookletFormSans"
SIDE, RISE = 2.0, 4.5  # points from the edges of a field to its text: as viewers have it, and as lines are written on
URI = "!#$%&'()*+,/:;=?@[]"  # what stays as it is in a link: a PDF file holds it in ASCII (ISO 32000-1, 12.6.4.7)
UNIT = 20.0  # the side of the square that appearances are drawn in


@cache
def rgb(colour: str) -> str:
    """A colour "#RRGGBB" as the three operands of a colour operator."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for i in (1, 3, 5))


class Touchables:
    """The annotations of one file; `page` adds those of a page, `form` is the catalog's AcroForm when all are there.

    `text` sets letters in one of the pages' fonts, whose dictionary is `fonts`.
    """

    def __init__(self, file: File, fonts: str, text: Callable[[Face, str, str], str]) -> None:
        self.file, self.fonts, self.text = file, fonts, text
        self.fields: list[str] = []
        self.names: Counter[str] = Counter()
        self.appearances: dict[str, str] = {}
        self.groups: dict[str, tuple[str, str, list[str]]] = {}

    def copy(self, file: File, text: Callable[[Face, str, str], str]) -> "Touchables":
        """The same for a copy of the file."""
        other = copy(self)
        other.file, other.text = file, text
        other.fields, other.names, other.appearances = list(self.fields), Counter(self.names), dict(self.appearances)
        return other

    def page(
        self, touched: tuple[Touched, ...], height: float, sheet: str, key: int, sheets: tuple[str, ...]
    ) -> list[str]:
        """The references of a page's annotations; the first has the number `key` in the structure's parent tree."""
        self.groups = {}
        written = [self.write(item, height, sheet, key + index, sheets) for index, item in enumerate(touched)]
        for parent, keys, kids in self.groups.values():
            self.file.put(parent, f"<< {keys} /Kids [{' '.join(kids)}] >>")
        return written

    def write(self, item: Touched, height: float, sheet: str, key: int, sheets: tuple[str, ...]) -> str:
        """Adds the annotation of an item → its reference."""
        wide, high = (item.size, item.size) if isinstance(item, (CheckBox, RadioButton)) else (item.width, item.height)
        foot = height - item.y - high
        rect = f"/Rect [{item.x:.2f} {foot:.2f} {item.x + wide:.2f} {foot + high:.2f}]"
        common = f"/Type /Annot {rect} {PRINTED} /P {sheet} /StructParent {key}"
        match item:
            case Link():
                body = f"<< {common} /Subtype /Link /Border [0 0 0] /Contents {string(item.label)}"
                if isinstance(item.to, int):
                    return self.file.add(f"{body} /Dest [{sheets[item.to - 1]} /Fit] >>")
                action = f"<< /Type /Action /S /URI /URI {string(quote(item.to, safe=URI))} >>"
                return self.file.add(f"{body} /A {action} >>")
            case CheckBox():
                body = f"{common} /Subtype /Widget /FT /Btn {self.called(item.label)} /V /Off /AS /Off"
                return self.field(f"<< {body} {self.states('Yes', _tick(item.colour))} >>")
            case Field():
                return self.field(f"<< {common} /Subtype /Widget {self.writing(item, wide, high)} >>")
            case RadioButton():
                parent, kids = self.group(item)
                body = f"{common} /Subtype /Widget /Parent {parent} /AS /Off /TU {string(item.label)}"
                kids.append(self.file.add(f"<< {body} {self.states(item.value, _ring(item.colour))} >>"))
                return kids[-1]

    def field(self, body: str) -> str:
        self.fields.append(self.file.add(body))
        return self.fields[-1]

    def called(self, label: str) -> str:
        """A field's name, which is its own in the file, and what is said of it."""
        name = re.sub(r"[^\w ,'’()–-]+", " ", label).strip()[:60].strip() or "field"
        self.names[name] += 1
        count = self.names[name]
        return f"/T {string(name if count == 1 else f'{name} #{count}')} /TU {string(label)}"

    def group(self, item: RadioButton) -> tuple[str, list[str]]:
        """The field that the radio buttons of one name on the page belong to, and its list of them."""
        if item.name not in self.groups:
            self.fields.append(self.file.reserve())
            keys = f"/FT /Btn /Ff {RADIO} {self.called(item.name)} /V /Off"
            self.groups[item.name] = self.fields[-1], keys, []
        parent, _, kids = self.groups[item.name]
        return parent, kids

    def states(self, on: str, drawn: str) -> str:
        """The two appearances of a button; both states share their drawings with all other buttons of the kind."""
        return f"/AP << /N << /{on} {self.appearance(drawn)} /Off {self.appearance('')} >> >>"

    def appearance(self, drawn: str) -> str:
        if drawn not in self.appearances:
            keys = f"/Type /XObject /Subtype /Form /BBox [0 0 {UNIT:g} {UNIT:g}] /Resources << >>"
            self.appearances[drawn] = self.file.add(stream(keys, drawn.encode(), packed=False))
        return self.appearances[drawn]

    def writing(self, item: Field, wide: float, high: float) -> str:
        """A text field's keys: its font is whole, so that whatever is typed shows in it; what stands there has its own."""
        shown = ""
        if item.value:
            letters = self.text(item.face, item.value, f"{item.size:g}")
            shown = f"BT {rgb(item.colour)} rg {SIDE} {RISE} Td {letters} ET"
        fonts = f"/Resources << /Font {self.fonts} >>"
        keys = f"/Type /XObject /Subtype /Form /BBox [0 0 {wide:.2f} {high:.2f}] {fonts}"
        drawn = f"/Tx BMC q 0 0 {wide:.2f} {high:.2f} re W n {shown} Q EMC"
        appearance = self.file.add(stream(keys, drawn.encode("latin-1"), packed=False))
        style = f"/DA (/{FORM_FONT} {item.size:g} Tf {rgb(item.colour)} rg)"
        value = f"/V {string(item.value)}" if item.value else ""
        return f"/FT /Tx {self.called(item.label)} {value} {style} /AP << /N {appearance} >>"

    def form(self, font: str) -> str:
        """The AcroForm dictionary, empty where there are no fields; `font` is the one that they are filled in with."""
        if not self.fields:
            return ""
        fonts = f"/DR << /Font << /{FORM_FONT} {font} >> >>"
        return f"<< /Fields [{' '.join(self.fields)}] {fonts} /DA (/{FORM_FONT} 12 Tf 0 g) >>"


@cache
def _tick(colour: str) -> str:
    return f"q {rgb(colour)} RG 2.6 w 1 J 1 j 4 10.2 m 8.4 5.4 l 16.2 15.4 l S Q"


@cache
def _ring(colour: str) -> str:
    """A thick ring of a circle, as four curves."""
    r, k, m = 8.8, 8.8 * 0.5523, UNIT / 2
    curves = [
        f"{m + r:.2f} {m + k:.2f} {m + k:.2f} {m + r:.2f} {m:.2f} {m + r:.2f} c",
        f"{m - k:.2f} {m + r:.2f} {m - r:.2f} {m + k:.2f} {m - r:.2f} {m:.2f} c",
        f"{m - r:.2f} {m - k:.2f} {m - k:.2f} {m - r:.2f} {m:.2f} {m - r:.2f} c",
        f"{m + k:.2f} {m - r:.2f} {m + r:.2f} {m - k:.2f} {m + r:.2f} {m:.2f} c s",
    ]
    return f"q {rgb(colour)} RG 2.2 w {m + r:.2f} {m:.2f} m {' '.join(curves)} Q"


def form_font(file: File) -> str:
    """The font that fields are filled in with: all of WinAnsiEncoding, embedded whole."""
    path = PACKAGE / "fonts" / f"{FORM_FONT}.ttf"
    descriptor_keys, font_keys = _form_font(path)
    program = file.add(file_stream(f"/Length1 {path.stat().st_size}", path))
    descriptor = file.add(f"<< /Type /FontDescriptor {descriptor_keys} /FontFile2 {program} >>")
    return file.add(f"<< /Type /Font /Subtype /TrueType {font_keys} /FontDescriptor {descriptor} >>")


@cache
def _form_font(path: Path) -> tuple[str, str]:
    """The keys of the font's descriptor, and its own."""
    return kept("form-font", (path.read_bytes(),), lambda: _measured(path))


def _measured(path: Path) -> tuple[str, str]:
    from reportlab.pdfbase.ttfonts import TTFontFile

    face = TTFontFile(str(path))
    box = " ".join(f"{edge:.0f}" for edge in face.bbox)
    metrics = (
        f"/Ascent {face.ascent:.0f} /Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f} /StemV {face.stemV:.0f}"
    )
    letters = [bytes([code]).decode("cp1252", errors="replace") for code in range(32, 256)]
    widths = " ".join(f"{face.charWidths.get(ord(letter), 0):.0f}" for letter in letters)
    return (
        f"/FontName /{FORM_FONT} /Flags 32 /FontBBox [{box}] /ItalicAngle 0 {metrics}",
        f"/BaseFont /{FORM_FONT} /FirstChar 32 /LastChar 255 /Widths [{widths}] /Encoding /WinAnsiEncoding",
    )
