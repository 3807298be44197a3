"""Font files → Faces: the built-in ones, and a brand's own. Each is read when it is first needed, and knows its widths."""

from dataclasses import field
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING

from booklet.caching import kept
from booklet.errors import InvalidFile, Place, Problem
from booklet.folders import PACKAGE, look
from booklet.fontfiles import MOST_BYTES, why_unfit
from booklet.reading import clipped
from booklet.records import dataclass

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

ALPHABET = " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?()&-–’“”×·"
"""What every page sets somewhere. Other letters are told where a text has them."""
NARROW, THIN = 0x202F, 0x2009  # the narrow no-break space, and the space that stands in for it


Measures = tuple[str, dict[int, float], float, float, str]
"""A font's own name, the widths of its letters, that of what it lacks, the height of a small x, the descriptor's keys."""
SYMBOLIC, NONSYMBOLIC = 1 << 2, 1 << 5  # font flags


@dataclass(frozen=True)
class Face:
    """A font file under the name that a PDF file knows it by; `data` is what a brand's own held when it was checked."""

    name: str
    file: Path
    data: bytes = field(default=b"", repr=False)

    @cached_property
    def font(self) -> "TTFont":
        """ReportLab's font, which takes long to read: what is measured is kept."""
        from reportlab.pdfbase.ttfonts import TTFont

        loaded = TTFont(self.name, BytesIO(self.data) if self.data else str(self.file), asciiReadable=0)
        if self.data:  # two files may have one name inside, and one PDF file holds both
            loaded.face.name = self.name.encode()
        face = loaded.face
        if NARROW not in face.charToGlyph:  # French sets it before : ; ! ? and inside of quotes
            like = THIN if THIN in face.charToGlyph else ord(" ")
            if like in face.charToGlyph:
                face.charToGlyph[NARROW], face.charWidths[NARROW] = face.charToGlyph[like], face.charWidths[like]
        return loaded

    @cached_property
    def digest(self) -> bytes:
        """What tells this font from others."""
        return sha256(self.data or self.file.read_bytes()).digest() + self.name.encode()

    @cached_property
    def measures(self) -> Measures:
        """What is measured in the font."""
        return kept("font", (self.digest,), self._measured)

    def _measured(self) -> Measures:
        face = self.font.face
        widths = {code: face.charWidths[code] for code, glyph in face.charToGlyph.items() if glyph}
        glyph, top = face.charToGlyph.get(ord("x")), 0
        if glyph is not None:
            _, top = unpack_from(">hh", face.get_table("glyf"), face.glyphPos[glyph] + 6)
        box = " ".join(f"{edge:g}" for edge in face.bbox)
        keys = (
            f"/Flags {face.flags & ~NONSYMBOLIC | SYMBOLIC} /FontBBox [{box}] /ItalicAngle {face.italicAngle:g} "
            f"/Ascent {face.ascent:g} /Descent {face.descent:g} /CapHeight {face.capHeight:g} /StemV {face.stemV:g} "
            f"/MissingWidth {face.defaultWidth:g}"
        )
        return face.name.decode("ascii"), widths, face.defaultWidth, float(top / face.unitsPerEm), keys

    @property
    def widths(self) -> dict[int, float]:
        """The width of each letter that the font has, by code point, in thousandths of the size."""
        return self.measures[1]

    @property
    def x_height(self) -> float:
        """The height of a small x, as a share of the size."""
        return self.measures[3]


@cache
def built_in(name: str) -> Face:
    """A face of booklet/fonts."""
    return Face(name, PACKAGE / "fonts" / f"{name}.ttf")


def read_face(path: Path) -> Face:
    """A brand's own font. Raises InvalidFile for files that are broken, hostile, or may not be embedded."""
    try:
        state = look(path).stat()
    except OSError:
        raise _refused(path, "can't be found") from None
    return _read(path, state.st_size, state.st_mtime_ns)


@lru_cache(64)  # each holds its file
def _read(path: Path, size: int, changed: int) -> Face:  # noqa: ARG001  # a changed file is read again
    if not path.is_file():
        raise _refused(path, "is no file")
    if size > MOST_BYTES:
        raise _refused(
            path, f"is larger than {MOST_BYTES // 1_000_000} MB: give one with the letters of your language only"
        )
    data = path.read_bytes()
    if why := why_unfit(data):
        raise _refused(path, why)
    face = Face(
        "".join(c for c in path.stem if c.isalnum() and c.isascii()) + "-" + sha256(data).hexdigest()[:8], path, data
    )
    try:
        if missing := "".join(letter for letter in ALPHABET if ord(letter) not in face.widths):
            raise _refused(path, f"lacks letters that every page needs: {missing}")
        face.font.face.makeSubset([ord(letter) for letter in ALPHABET])  # as a PDF file will hold it
        x_height = face.x_height
    except InvalidFile:
        raise
    except Exception as error:  # ReportLab raises whatever its parsing meets
        raise _refused(path, f"can't be read ({type(error).__name__}: {clipped(str(error))})") from None
    if not 0.2 < x_height < 0.9:
        raise _refused(path, f"can't be read: its small x is {x_height:.2f} of its size high")
    return face


def _refused(path: Path, why: str) -> InvalidFile:
    return InvalidFile([Problem(Place(str(path), 1, 1), f"the font can't be used: it {why}")])
