"""A small file as a print shop wants it, made by hand: eight pages of A5 with 3 mm of bleed, in CMYK; tests break it."""

import io
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf

from booklet.folders import PACKAGE

MM = 72 / 25.4
EDGE = 10  # mm from the paper's edge to the trimmed page: room for crop marks
WIDE, HIGH, BLEED = 148, 210, 3
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" pdf:Trapped="False" xmp:CreateDate="2026-01-01T00:00:00Z"
 xmp:ModifyDate="2026-01-01T00:00:00Z" xmp:MetadataDate="2026-01-01T00:00:00Z" xmpMM:DocumentID="uuid:1"
 xmpMM:VersionID="1" xmpMM:RenditionClass="default">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A better back massage</rdf:li></rdf:Alt></dc:title>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def profile(model: bytes = b"CMYK", device: bytes = b"prtr") -> bytes:
    """The head and name of an ICC profile."""
    name = b"desc" + bytes(4) + (13).to_bytes(4, "big") + b"Test coating\0"
    head = bytearray(128)
    head[12:24] = device + model + b"Lab "
    head[36:40] = b"acsp"
    table = (1).to_bytes(4, "big") + b"desc" + (144).to_bytes(4, "big") + len(name).to_bytes(4, "big")
    return bytes(head) + table + name


def box(by: float) -> pikepdf.Array:
    """The trimmed page, so many millimetres larger on each side."""
    sides = (EDGE - by, EDGE - by, EDGE + WIDE + by, EDGE + HIGH + by)
    return pikepdf.Array([round(side * MM, 4) for side in sides])


def rect(x: float, y: float, wide: float, high: float) -> str:
    """A rectangle in millimetres from the left foot of the trimmed page."""
    return " ".join(f"{n:.3f}" for n in ((x + EDGE) * MM, (y + EDGE) * MM, wide * MM, high * MM)) + " re"


def text(x: float, y: float, words: str, size: float = 12, colour: str = "0 0 0 1 k", font: str = "F1") -> str:
    return f"BT {colour} /{font} {size} Tf {(x + EDGE) * MM:.3f} {(y + EDGE) * MM:.3f} Td ({words}) Tj ET\n"


def line(x: float, y: float, to_x: float, to_y: float, width: float, colour: str = "0 0 0 1 K") -> str:
    ends = [(n + EDGE) * MM for n in (x, y, to_x, to_y)]
    return "q {} {} w {:.3f} {:.3f} m {:.3f} {:.3f} l S Q\n".format(colour, width, *ends)


def photo(x: float, y: float, wide: float, high: float, name: str) -> str:
    return f"q {wide * MM:.3f} 0 0 {high * MM:.3f} {(x + EDGE) * MM:.3f} {(y + EDGE) * MM:.3f} cm /{name} Do Q\n"


def image(pdf: pikepdf.Pdf, pixels: int, space: str, colour: bytes) -> pikepdf.Stream:
    """A square of one colour."""
    keys = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": pixels, "Height": pixels}
    made = pikepdf.Stream(pdf, colour * pixels * pixels, **keys)
    made.ColorSpace, made.BitsPerComponent = pikepdf.Name("/" + space), 8
    return pdf.make_indirect(made)


def embedded(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    data = (PACKAGE / "fonts" / "BookletFormSans.ttf").read_bytes()
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name("/Sans"),
        Flags=32,
        FontBBox=pikepdf.Array([0, -200, 1000, 900]),
        ItalicAngle=0,
        Ascent=900,
        Descent=-200,
        CapHeight=660,
        StemV=80,
        FontFile2=pdf.make_stream(data),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            BaseFont=pikepdf.Name("/Sans"),
            FirstChar=32,
            LastChar=126,
            Widths=pikepdf.Array([500] * 95),
            Encoding=pikepdf.Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


@cache
def clean() -> bytes:
    """The file without a fault."""
    pdf = pikepdf.new()
    font, picture = embedded(pdf), image(pdf, 300, "DeviceCMYK", bytes((100, 60, 60, 20)))
    drawn = pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            f"0.2 0.1 0 0 k {rect(40, 100, 30, 30)} f".encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 1000, 1000]),
            Resources=pikepdf.Dictionary(),
        )
    )
    for number in range(1, 9):
        page = pdf.add_blank_page(page_size=((WIDE + 2 * EDGE) * MM, (HIGH + 2 * EDGE) * MM)).obj
        page.TrimBox, page.BleedBox = box(0), box(BLEED)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(Im1=picture, Art=drawn)
        )
        ground = f"q 0.1 0 0.05 0 k {rect(-BLEED, -BLEED, WIDE + 2 * BLEED, HIGH + 2 * BLEED)} f Q\n"
        marks = line(-8, 0, -4, 0, 0.25)
        words = text(15, 150, f"Page {number}: warm the oil") + line(15, 140, 100, 140, 0.5)
        shown = photo(15, 20, 25, 25, "Im1") + "q /Art Do Q\n"
        page.Contents = pdf.make_stream((ground + marks + words + shown).encode())
    pdf.Root.OutputIntents = pikepdf.Array([intent(pdf)])
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.docinfo["/Title"] = "A better back massage"
    pdf.docinfo["/Trapped"] = pikepdf.Name("/False")
    return saved(pdf)


def intent(pdf: pikepdf.Pdf, data: bytes = b"", channels: int = 4) -> pikepdf.Dictionary:
    stream = pdf.make_stream(data or profile())
    stream.N = channels
    return pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFX,
        OutputConditionIdentifier="FOGRA39",
        RegistryName="http://www.color.org",
        DestOutputProfile=stream,
    )


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    kept = {} if "encryption" in options else {"deterministic_id": True, "force_version": "1.6"}
    pdf.save(out, **kept, **options)
    return out.getvalue()


def broken(change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:
    """The file with one fault."""
    with pikepdf.open(io.BytesIO(clean())) as pdf:
        change(pdf)
        return saved(pdf, **options)


def draw(pdf: pikepdf.Pdf, number: int, operators: str) -> None:
    """Adds to what is drawn on a page."""
    page = pdf.pages[number - 1]
    page.contents_add(f"q {operators} Q".encode(), prepend=False)


def bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes, in a thousandth of the bytes."""
    block = b"0 0 m\n" * 166_667
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # stands by itself, and so may be repeated
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(block, check)
    data = b"\x78\xda" + packed * megabytes + packer.flush() + check.to_bytes(4, "big")
    with pikepdf.open(io.BytesIO(clean())) as pdf:
        stream = pikepdf.Stream(pdf, data)
        stream.Filter = pikepdf.Name.FlateDecode
        pdf.pages[0].Contents = stream
        return saved(pdf, compress_streams=False)
