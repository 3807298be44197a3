"""A PDF file → its facts. The file may be anybody's: what is unpacked and how much is drawn has limits.

Broken files aren't mended on the way: a print shop would get the broken one.
"""

import logging
import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pikepdf

from booklet.content import Matrix, Unreadable
from booklet.facts import Box, Edition, File, Intent, Sheet
from booklet.painting import Painter, Reader

MOST_BYTES = 200_000_000  # of the file itself
MOST_UNPACKED = 160_000_000  # of one stream: a picture of a whole A4 page at 600 dpi
MOST_METADATA = 1_000_000
MOST_PAGES = 400
MOST_MEMORY = 400_000_000  # of a JPEG in the making
FILTERS = 4  # one over another
BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox")
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfxid",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it thinks of a file isn't for our user

SCRIPT = re.compile(rb"/(?:JS|JavaScript)(?![\w])")
ATTACHED = re.compile(rb"/(?:EF|EmbeddedFiles)(?![\w])")


def inspect(data: bytes, name: str) -> File:
    """The facts of a file. Raises Unreadable, in one line, for what isn't a whole PDF."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise Unreadable(f"{name} isn't a PDF file")
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{name} is larger than {MOST_BYTES // 1_000_000} MB")
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        dct_max_memory=MOST_MEMORY,
        max_stream_filters=FILTERS,
    )
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            found = _file(pdf, name)
            if flaws := len(pdf.get_warnings()):  # its reader skipped something there: a press might not
                raise Unreadable(f"it is damaged in {flaws} place{'s' * (flaws > 1)}; make it or fetch it again")
            return found
    except pikepdf.PasswordError:
        raise Unreadable(f"{name} is locked with a password: save it without one") from None
    except Unreadable as error:
        raise Unreadable(f"{name} can't be read: {error}") from None
    except pikepdf.DataDecodingError as error:
        if "limit" in str(error):
            raise Unreadable(f"{name} unpacks to more than a booklet can have: it isn't looked at further") from None
        raise Unreadable(f"{name} is broken: something in it can't be unpacked; make it again") from None
    except (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        # what stands in the file isn't of the kind that it ought to be; RuntimeError is the library's own
        raise Unreadable(f"{name} is broken or not whole: make it or fetch it again") from None


def _file(pdf: Any, name: str) -> File:
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise Unreadable(f"it has {len(pdf.pages)} pages; a booklet has up to {MOST_PAGES}")
    reader = Reader()
    sheets = tuple(_sheet(page, number, reader) for number, page in enumerate(pdf.pages, 1))
    xmp = _metadata(pdf.Root.get("/Metadata"))
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if isinstance(one, pikepdf.Dictionary)]
    shop = next((one for one in intents if one.get("/S") == "/GTS_PDFX"), None)
    return File(
        name,
        _edition(pdf.Root, xmp, shop is not None),
        max(str(pdf.pdf_version), str(pdf.Root.get("/Version", "/"))[1:]),
        bool(pdf.is_encrypted),
        str(pdf.Root.get("/ViewerPreferences", {}).get("/Duplex", "/"))[1:],
        sheets,
        _intent(shop) if shop is not None else None,
        {str(key)[1:]: str(value).removeprefix("/") for key, value in pdf.trailer.get("/Info", {}).items()},
        xmp,
        _fields(pdf.Root.get("/AcroForm")),
        _holding(pdf, SCRIPT),
        _holding(pdf, ATTACHED),
    )


def _edition(root: Any, xmp: dict[str, str], shop: bool) -> Edition:
    """Which of our editions it is, by what only that one has."""
    if shop or "pdfxid:GTS_PDFXVersion" in xmp:
        return "shop"
    if "/Duplex" in root.get("/ViewerPreferences", {}):
        return "home"
    return "screen" if "/StructTreeRoot" in root or "pdfaid:part" in xmp else "other"


def _sheet(page: Any, number: int, reader: Reader) -> Sheet:
    unit = float(page.obj.get("/UserUnit", 1))
    mm = unit * 25.4 / 72
    own = {key: page.obj[f"/{key}"] for key in BOXES if f"/{key}" in page.obj}
    own["MediaBox"] = page.mediabox
    if "CropBox" not in own and [float(v) for v in page.cropbox] != [float(v) for v in page.mediabox]:
        own["CropBox"] = page.cropbox  # of the tree of pages
    boxes = {key: _box(value) for key, value in own.items()}
    media = boxes["MediaBox"]
    painter = Painter(reader, media, unit)
    resources = page.resources
    try:
        if "/Contents" in page.obj:
            painter.run(reader.stream(page, page.obj.Contents), resources)
        annotations = _annotations(page.obj.get("/Annots", pikepdf.Array()), painter)
    except Unreadable as error:
        raise Unreadable(f"page {number}: {error}") from None
    return Sheet(
        number,
        {key: (box[0] * mm, box[1] * mm, box[2] * mm, box[3] * mm) for key, box in boxes.items()},
        tuple(painter.marks),
        tuple(painter.fonts),
        tuple(painter.colours),
        tuple(painter.transparent),
        annotations,
    )


def _box(array: Any) -> Box:
    a, b, c, d = (float(value) for value in array)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _annotations(annotations: Any, painter: Painter) -> tuple[str, ...]:
    """What they are called; their appearances are painted like forms (ISO 32000-1, 12.5.5)."""
    names = []
    for number, one in enumerate(annotations, 1):
        kind = str(one.get("/Subtype", "/unknown"))[1:]
        names.append(kind)
        normal = one.get("/AP", {}).get("/N")
        if normal is None or "/Rect" not in one:
            continue
        shown = [normal] if isinstance(normal, pikepdf.Stream) else [state for _, state in normal.items()]
        for form in shown:
            if isinstance(form, pikepdf.Stream):
                steady = painter.state
                painter.state = steady.copy()
                painter.state.matrix = _fitted(_box(form.get("/BBox", one.Rect)), _box(one.Rect))
                painter.form(form, f"{kind} annotation {number}", pikepdf.Dictionary())
                painter.state = steady
    return tuple(names)


def _fitted(box: Box, rect: Box) -> Matrix:
    across = (rect[2] - rect[0]) / (box[2] - box[0]) if box[2] > box[0] else 1
    up = (rect[3] - rect[1]) / (box[3] - box[1]) if box[3] > box[1] else 1
    return across, 0, 0, up, rect[0] - box[0] * across, rect[1] - box[1] * up


def _fields(form: Any) -> tuple[str, ...]:
    """The names of the form's fields; the form itself where it has none."""
    if not isinstance(form, pikepdf.Dictionary):
        return ()
    fields = [one for one in form.get("/Fields", []) if isinstance(one, pikepdf.Dictionary)]
    return tuple(str(one.get("/T", "a field without a name")) for one in fields) or ("a form without fields",)


def _holding(pdf: Any, pattern: re.Pattern[bytes]) -> tuple[str, ...]:
    """The objects that have such a key or name."""
    found = []
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream):
            written = one.stream_dict.unparse()
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Array)):
            written = one.unparse(resolved=True)
        else:
            continue
        if pattern.search(written):
            found.append(f"object {one.objgen[0]}")
    return tuple(found)


# --- metadata and output intent -----------------------------------------------------------------------------------
def _metadata(stream: Any) -> dict[str, str]:
    """The texts of an XMP packet by name, those of a list as its first; nothing where it isn't one."""
    if not isinstance(stream, pikepdf.Stream):
        return {}
    data = stream.read_bytes()
    if len(data) > MOST_METADATA or b"<!" in data:  # entities could unpack to gigabytes; XMP has none
        return {}
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{RDF}Description"):
        for key, value in description.attrib.items():
            found.setdefault(_prefixed(key), value)
        for child in description:
            texts = [one.text.strip() for one in child.iter() if one.text and one.text.strip()]
            found.setdefault(_prefixed(child.tag), texts[0] if texts else "")
    return found


def _prefixed(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{PREFIXES.get(space, space)}:{name}"


def _intent(intent: Any) -> Intent:
    condition, registry = (str(intent.get(key, "")) for key in ("/OutputConditionIdentifier", "/RegistryName"))
    profile = intent.get("/DestOutputProfile")
    if not isinstance(profile, pikepdf.Stream):
        return Intent(condition, registry)
    data = profile.read_bytes()
    if data[36:40] != b"acsp":
        return Intent(condition, registry, int(profile.get("/N", 0)))
    device, model = (data[at : at + 4].decode("latin-1").strip() for at in (12, 16))
    return Intent(condition, registry, int(profile.get("/N", 0)), device, model, _description(data))


def _description(data: bytes) -> str:
    """The name of an ICC profile: its tag `desc`, of version 2 (ASCII) or 4 (the first of its languages)."""
    for at in range(132, 132 + 12 * min(int.from_bytes(data[128:132], "big"), 100), 12):
        if data[at : at + 4] == b"desc":
            start, length = (int.from_bytes(data[at + i : at + i + 4], "big") for i in (4, 8))
            tag = data[start : start + length]
            if tag[:4] == b"desc":
                count = int.from_bytes(tag[8:12], "big")
                return tag[12 : 12 + count].split(b"\0")[0].decode("latin-1").strip()
            if tag[:4] == b"mluc":
                wide, where = (int.from_bytes(tag[i : i + 4], "big") for i in (20, 24))
                return tag[where : where + wide].decode("utf-16-be", errors="ignore").strip()
    return ""
