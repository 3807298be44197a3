"""ReportLab's private parts, all overrides in one room: tests/test_internals.py says when a release changes one of them.

What ReportLab can't do and standards ask for: a line end before `endstream` (PDF/A-2, 6.1.7.1), ToUnicode maps without
U+0000 and in blocks of at most 100 (PDF/UA-1, 7.21.7), keys that its catalog and pages silently drop, objects of our
own, and object streams, which make a tagged file a third of its size.
"""

import zlib
from hashlib import md5
from typing import Any

from reportlab.pdfbase import pdfdoc, ttfonts

Document = Any  # ReportLab's PDFDocument; it has no types

END = (
    b"\r\nendstream"  # with both, so that a last byte of the data that is a return isn't taken for part of the line end
)
LINES = 100  # ToUnicode: the most entries in a block (Adobe's CMap specification)
BUNDLE = 200  # objects in an object stream


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object that is written as it stands; `body` may be set until the file is put together."""

    def __init__(self, body: str | bytes = "") -> None:
        self.body = body

    def format(self, document: Document) -> bytes:  # noqa: ARG002  # ReportLab's signature
        return self.body if isinstance(self.body, bytes) else self.body.encode("latin-1")


def add(document: Document, body: str | bytes = "") -> tuple[str, Raw]:
    """A new object → its reference, as it is written in other objects, and the object."""
    raw = Raw(body)
    return reference(document, raw), raw


def reference(document: Document, thing: Any) -> str:
    """The reference to an object of ReportLab's or ours, as "12 0 R"; it becomes an object of the file by it."""
    name = document.Reference(thing).name
    return "%s %s R" % document.idToObjectNumberAndVersion[name]


def stream(dictionary: str, data: bytes, packed: bool = True) -> bytes:
    """A stream object's body."""
    if packed:
        data, dictionary = zlib.compress(data, 9), f"{dictionary} /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s%s" % (dictionary.encode("latin-1"), len(data), data, END)


def string(text: str) -> str:
    """A text as a PDF string: as it is where that is plain ASCII, else UTF-16 with its byte order mark."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


def set_keys(thing: Any, **keys: Any) -> None:
    """Sets keys of the catalog or a page, those too that ReportLab doesn't know; values as they are written in PDF."""
    new = [key for key in keys if key not in thing.__NoDefault__]
    thing.__NoDefault__ = [*thing.__NoDefault__, *new]
    for key, value in keys.items():
        setattr(thing, key, Raw(value) if isinstance(value, str) else value)
    thing.__Refs__ = [key for key in thing.__Refs__ if key not in keys]  # written in place, not as objects of their own


def to_unicode(name: str, subset: list[int]) -> str:
    """The ToUnicode map of a font's subset: `subset` lists a code point for each code; 0 stands for no glyph."""
    pairs = [(code, point) for code, point in enumerate(subset) if point]
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /{name} def",
        "/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange",
    ]
    for start in range(0, len(pairs), LINES):
        block = pairs[start : start + LINES]
        lines = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in block]
        parts += [f"{len(block)} beginbfchar", *lines, "endbfchar"]
    return "\n".join([*parts, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"])


ttfonts.makeToUnicodeCMap = to_unicode


class Information(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The information dictionary without a date: the same booklet has the same bytes on every day.

    `keys` are more of them, their values as they are written in PDF.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}

    def format(self, document: Document) -> bytes:  # noqa: ARG002
        facts = {"Title": self.title, "Author": self.author, "Subject": self.subject, "Producer": self.producer}
        written = {key: string(value) for key, value in facts.items() if value} | self.keys
        return ("<< " + " ".join(f"/{key} {value}" for key, value in written.items()) + " >>").encode()


def finish(canvas: Any) -> bytes:
    """The file's bytes: streams as they are, everything else packed into object streams (ISO 32000-1, 7.5.7)."""
    document = canvas._doc
    document.format = lambda: _assemble(document)
    return bytes(document.GetPDFData(canvas))


def unembedded(document: Document) -> list[str]:
    """The names of fonts that the file refers to but doesn't hold."""
    fonts = document.idToObject["BasicFonts"].dict.values()
    return [str(font.BaseFont) for font in fonts if not getattr(font, "FontDescriptor", None)]


def _assemble(document: Document) -> bytes:
    root, info = reference(document, document.Catalog), reference(document, document.info)
    bodies = _bodies(document)
    out = bytearray(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % document._pdfVersion)
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}  # type, offset or stream, index in it
    packed = []
    for number, body in bodies.items():
        if body.endswith(b"endstream"):
            entries[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        else:
            packed.append(number)
    last = len(bodies)
    for start in range(0, len(packed), BUNDLE):
        bundle = packed[start : start + BUNDLE]
        last += 1
        entries[last] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (last, _object_stream([(number, bodies[number]) for number in bundle]))
        entries |= {number: (2, last, index) for index, number in enumerate(bundle)}
    last += 1
    entries[last] = (1, len(out), 0)
    start = len(out)
    table = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")
        for _, (kind, where, index) in sorted(entries.items())
    )
    name = md5(out, usedforsecurity=False).hexdigest().upper()
    keys = f"/Type /XRef /W [1 4 2] /Size {last + 1} /Root {root} /Info {info} /ID [<{name}> <{name}>]"
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, stream(keys, table), start)
    return bytes(out)


def _bodies(document: Document) -> dict[int, bytes]:
    """All objects by number; formatting one may add others."""
    bodies: dict[int, bytes] = {}
    number = 1
    while number in document.numberToId:
        thing = document.idToObject[document.numberToId[number]]
        body = pdfdoc.format(thing, document, toplevel=1).rstrip(b"\n")
        if body.endswith(b"endstream") and not isinstance(thing, Raw):
            body = body[: -len(b"endstream")] + END
        bodies[number] = body
        number += 1
    return bodies


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    at, index, data = 0, [], []
    for number, body in objects:
        index.append(b"%d %d" % (number, at))
        data.append(body)
        at += len(body) + 1
    head = b" ".join(index) + b"\n"
    return stream(f"/Type /ObjStm /N {len(objects)} /First {len(head)}", head + b"\n".join(data))
