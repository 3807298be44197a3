"""What a reader can touch → PDF objects: links, check boxes, radio buttons, text fields (ISO 32000-1, 12.5 and 12.7).

Each kind of button has its appearances once and shares them; a viewer scales them to the box. Nothing is left to the
viewer's own drawing: PDF/A-2 forbids NeedAppearances, and viewers draw differently.
"""

import re
from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import quote

from reportlab.pdfbase.ttfonts import TTFontFile

from booklet.folders import PACKAGE
from booklet.internals import Raw, add, stream, string
from booklet.items import CheckBox, Field, Link, RadioButton
from booklet.tagging import Touched

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
    """The annotations of one file; `write` adds one, `form` is the catalog's AcroForm when all are written."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.fields: list[str] = []
        self.names: Counter[str] = Counter()
        self.appearances: dict[str, str] = {}
        self.groups: dict[tuple[int, str], tuple[str, list[str]]] = {}
        self.bodies: list[tuple[Raw, str, list[str]]] = []

    def write(self, item: Touched, height: float, page: int, page_ref: str, key: int, targets: list[str]) -> str:
        """Adds the annotation of an item → its reference. `key` is its place in the structure's parent tree."""
        wide, high = (item.size, item.size) if isinstance(item, (CheckBox, RadioButton)) else (item.width, item.height)
        foot = height - item.y - high
        rect = f"/Rect [{item.x:.2f} {foot:.2f} {item.x + wide:.2f} {foot + high:.2f}]"
        common = f"/Type /Annot {rect} {PRINTED} /P {page_ref} /StructParent {key}"
        match item:
            case Link():
                body = f"<< {common} /Subtype /Link /Border [0 0 0] /Contents {string(item.label)}"
                if isinstance(item.to, int):
                    return add(self.document, f"{body} /Dest [{targets[item.to - 1]} /Fit] >>")[0]
                return add(
                    self.document, f"{body} /A << /Type /Action /S /URI /URI {string(quote(item.to, safe=URI))} >> >>"
                )[0]
            case CheckBox():
                body = f"{common} /Subtype /Widget /FT /Btn {self.called(item.label)} /V /Off /AS /Off"
                return self.field(f"<< {body} {self.states('Yes', _tick(item.colour))} >>")
            case Field():
                return self.field(f"<< {common} /Subtype /Widget {self.writing(item, wide, high)} >>")
            case RadioButton():
                parent, kids = self.group(page, item)
                body = f"{common} /Subtype /Widget /Parent {parent} /AS /Off /TU {string(item.label)}"
                kids.append(add(self.document, f"<< {body} {self.states(item.value, _ring(item.colour))} >>")[0])
                return kids[-1]

    def field(self, body: str) -> str:
        self.fields.append(add(self.document, body)[0])
        return self.fields[-1]

    def called(self, label: str) -> str:
        """A field's name, which is its own in the file, and what is said of it."""
        name = re.sub(r"[^\w ,'’()–-]+", " ", label).strip()[:60].strip() or "field"
        self.names[name] += 1
        count = self.names[name]
        return f"/T {string(name if count == 1 else f'{name} #{count}')} /TU {string(label)}"

    def group(self, page: int, item: RadioButton) -> tuple[str, list[str]]:
        """The field that the radio buttons of one name on a page belong to, and its list of them."""
        if (page, item.name) not in self.groups:
            parent, raw = add(self.document)
            kids: list[str] = []
            self.groups[page, item.name] = parent, kids
            self.fields.append(parent)
            self.bodies.append((raw, f"/FT /Btn /Ff {RADIO} {self.called(item.name)} /V /Off", kids))
        return self.groups[page, item.name]

    def states(self, on: str, drawn: str) -> str:
        """The two appearances of a button; both states share their drawings with all other buttons of the kind."""
        return f"/AP << /N << /{on} {self.appearance(drawn)} /Off {self.appearance('')} >> >>"

    def appearance(self, drawn: str) -> str:
        if drawn not in self.appearances:
            keys = f"/Type /XObject /Subtype /Form /BBox [0 0 {UNIT:g} {UNIT:g}] /Resources << >>"
            self.appearances[drawn] = add(self.document, stream(keys, drawn.encode(), packed=False))[0]
        return self.appearances[drawn]

    def writing(self, item: Field, wide: float, high: float) -> str:
        """A text field's keys: its font is whole, so that whatever is typed shows in it; what stands there has its own."""
        shown = ""
        if item.value:
            face = item.face.font
            parts = [f"BT {rgb(item.colour)} rg {SIDE} {RISE} Td"]
            for subset, letters in face.splitString(item.value, self.document):
                name = face.getSubsetInternalName(subset, self.document)
                parts.append(f"{name} {item.size:g} Tf <{letters.hex()}> Tj")
            shown = " ".join([*parts, "ET"])
        fonts = "/Resources << /Font %s >>" % self.fonts()
        keys = f"/Type /XObject /Subtype /Form /BBox [0 0 {wide:.2f} {high:.2f}] {fonts}"
        drawn = f"/Tx BMC q 0 0 {wide:.2f} {high:.2f} re W n {shown} Q EMC"
        appearance, _ = add(self.document, stream(keys, drawn.encode(), packed=False))
        style = f"/DA (/{FORM_FONT} {item.size:g} Tf {rgb(item.colour)} rg)"
        value = f"/V {string(item.value)}" if item.value else ""
        return f"/FT /Tx {self.called(item.label)} {value} {style} /AP << /N {appearance} >>"

    def fonts(self) -> str:
        """The dictionary of all fonts of the pages."""
        return "%s %s R" % self.document.idToObjectNumberAndVersion["BasicFonts"]

    def form(self) -> str:
        """The AcroForm dictionary, empty where there are no fields."""
        for raw, keys, kids in self.bodies:
            raw.body = f"<< {keys} /Kids [{' '.join(kids)}] >>"
        if not self.fields:
            return ""
        fonts = f"/DR << /Font << /{FORM_FONT} {_form_font(self.document)} >> >>"
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


def _form_font(document: Any) -> str:
    """The font that fields are filled in with: all of WinAnsiEncoding, embedded whole."""
    path = PACKAGE / "fonts" / f"{FORM_FONT}.ttf"
    face = TTFontFile(str(path))
    data = path.read_bytes()
    file, _ = add(document, stream(f"/Length1 {len(data)}", data))
    box = " ".join(f"{edge:.0f}" for edge in face.bbox)
    metrics = (
        f"/Ascent {face.ascent:.0f} /Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f} /StemV {face.stemV:.0f}"
    )
    keys = f"/FontName /{FORM_FONT} /Flags 32 /FontBBox [{box}] /ItalicAngle 0 {metrics}"
    descriptor, _ = add(document, f"<< /Type /FontDescriptor {keys} /FontFile2 {file} >>")
    letters = [bytes([code]).decode("cp1252", errors="replace") for code in range(32, 256)]
    widths = " ".join(f"{face.charWidths.get(ord(letter), 0):.0f}" for letter in letters)
    keys = f"/BaseFont /{FORM_FONT} /FirstChar 32 /LastChar 255 /Widths [{widths}] /Encoding /WinAnsiEncoding"
    return add(document, f"<< /Type /Font /Subtype /TrueType {keys} /FontDescriptor {descriptor} >>")[0]
