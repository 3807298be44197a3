"""The bytes of a brand's own font → why it can't be used, or nothing. Reads the tables that matter, and follows none blindly.

What must hold before ReportLab reads a font: TrueType outlines with one fixed weight, a licence that lets it be embedded
and cut down to the letters in use (OpenType 1.9, OS/2, fsType), tables inside of the file, letters that lead to whole
outlines. Sizes and counts are bounded, so that a hostile file is refused as fast as a good one is read.
"""

from collections.abc import Iterator
from itertools import pairwise
from struct import error as struct_error
from struct import unpack_from

MOST_BYTES = 4_000_000
MOST_LETTERS = 70_000  # that a table of letters has, all its ranges together
MOST_TABLES = 8  # of letters
MOST_GLYPHS = 30_000
MOST_PARTS, MOST_DEPTH = 32, 6  # of a glyph that is put together from others
NEEDED = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
KINDS = {
    b"OTTO": "has PostScript outlines (CFF), which can't be embedded from here: give its TrueType version (.ttf)",
    b"ttcf": "is a collection of fonts: give each as a file of its own (.ttf)",
    b"wOFF": "is packed for web pages (WOFF): give the TrueType file (.ttf)",
    b"wOF2": "is packed for web pages (WOFF2): give the TrueType file (.ttf)",
}
USAGE, RESTRICTED, NO_SUBSETTING, BITMAP_ONLY = 0x000E, 0x0002, 0x0100, 0x0200  # of fsType
WORDS, MORE, SCALE, TWO_SCALES, MATRIX = 0x01, 0x20, 0x08, 0x40, 0x80  # flags of a part of a glyph

Tables = dict[str, tuple[int, int]]  # tag → where it starts, how long it is


class Unfit(Exception):
    """Why a font can't be used, as the rest of a sentence that begins with "it"."""


def why_unfit(data: bytes) -> str:
    """Why the font can't be used; empty where it can."""
    try:
        _check(data)
    except Unfit as why:
        return str(why)
    except (struct_error, IndexError):
        return "is broken or cut off: export or download it again"
    return ""


def _check(data: bytes) -> None:
    if data[:4] in KINDS:
        raise Unfit(KINDS[data[:4]])
    if data[:4] not in (b"\0\1\0\0", b"true"):
        raise Unfit("is no TrueType font (.ttf)")
    tables = _tables(data)
    if "fvar" in tables:
        raise Unfit("is a variable font: give a file of one weight (often in a folder called “static”)")
    if missing := [tag for tag in NEEDED if tag not in tables]:
        raise Unfit(f"is broken: it has no table {', '.join(missing)}")
    _check_licence(data, tables["OS/2"][0])
    glyphs, em = unpack_from(">H", data, tables["maxp"][0] + 4)[0], unpack_from(">H", data, tables["head"][0] + 18)[0]
    if not 0 < glyphs <= MOST_GLYPHS or not 16 <= em <= 16384:
        raise Unfit(f"is broken, or has more than {MOST_GLYPHS:,} glyphs")
    _check_letters(data, *tables["cmap"])
    _check_outlines(data, tables, glyphs)


def _tables(data: bytes) -> Tables:
    """The tables of the directory. Raises Unfit where one reaches outside of the file."""
    tables: Tables = {}
    for index in range(unpack_from(">H", data, 4)[0]):
        tag, _, start, length = unpack_from(">4sLLL", data, 12 + 16 * index)
        if start + length > len(data):
            raise Unfit("is broken or cut off: export or download it again")
        tables[tag.decode("latin-1")] = (start, length)
    return tables


def _check_licence(data: bytes, start: int) -> None:
    """Raises Unfit where fsType forbids what a PDF file does.

    Of the four permissions the least restrictive that is set holds (OS/2 versions 0 to 2 may set several). Installable,
    editable, and preview & print all let a font stand in a file that is read and printed; nobody edits these letters:
    form fields have a font of their own.
    """
    rights = unpack_from(">H", data, start + 8)[0]
    if rights & USAGE == RESTRICTED:
        raise Unfit(
            "may not be embedded in a file, says its licence (fsType: restricted): ask its maker for one that may"
        )
    if rights & NO_SUBSETTING:
        raise Unfit("may be embedded only whole, says its licence (fsType: no subsetting), and a PDF file holds just the letters in use")  # fmt: skip
    if rights & BITMAP_ONLY:
        raise Unfit("may be embedded only as pixels, says its licence (fsType: bitmap embedding only)")


def _check_letters(data: bytes, start: int, length: int) -> None:
    """Raises Unfit for a table of letters that isn't one of the usual kinds, or leads to endless letters."""
    tables = {
        unpack_from(">HHL", data, start + 4 + 8 * index) for index in range(unpack_from(">H", data, start + 2)[0])
    }
    places = {offset for platform, encoding, offset in tables if (platform, encoding) != (0, 5)}  # those are variants
    if len(places) > MOST_TABLES or any(offset >= length for offset in places):
        raise Unfit("is broken: it has too many tables of letters, or one that lies outside")
    for offset in places:
        kind = unpack_from(">H", data, start + offset)[0]
        if kind not in (0, 4, 6, 12):
            raise Unfit(f"has a table of letters of an unusual kind (format {kind}): save it again with a font program")
        letters = 0
        for count in _stretches(data, start + offset, kind):
            letters += count
            if letters > MOST_LETTERS:
                raise Unfit(f"has more than {MOST_LETTERS:,} letters")


def _stretches(data: bytes, at: int, kind: int) -> Iterator[int]:
    """How many letters each range of a table of letters has."""
    if kind == 0:
        yield 256
    elif kind == 6:
        yield unpack_from(">H", data, at + 8)[0]
    elif kind == 4:
        segments = unpack_from(">H", data, at + 6)[0] // 2
        ends = unpack_from(f">{segments}H", data, at + 14)
        starts = unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
        yield from (max(0, last - first + 1) for first, last in zip(starts, ends, strict=True))
    else:
        for index in range(unpack_from(">L", data, at + 12)[0]):
            first, last = unpack_from(">LL", data, at + 16 + 12 * index)
            yield max(1, last - first + 1)


def _check_outlines(data: bytes, tables: Tables, glyphs: int) -> None:
    """Raises Unfit where outlines lie outside of their table, overlap, or are put together without end."""
    (start, length), (at, _) = tables["glyf"], tables["loca"]
    if unpack_from(">H", data, tables["head"][0] + 50)[0]:
        places = unpack_from(f">{glyphs + 1}L", data, at)
    else:
        places = tuple(2 * one for one in unpack_from(f">{glyphs + 1}H", data, at))
    if places[-1] > length or any(a > b for a, b in pairwise(places)):
        raise Unfit("is broken: its outlines lie outside of their table")
    parts: dict[int, list[int]] = {}
    for glyph, (first, last) in enumerate(pairwise(places)):
        if last - first >= 10 and data[start + first] & 0x80:  # fewer than no contours: put together from others
            parts[glyph] = list(_parts(data, start + first + 10, start + last))
    if any(part >= glyphs for of in parts.values() for part in of):
        raise Unfit("is broken: a letter is put together from parts that aren't there")
    depths: dict[int, int] = {}

    def depth(glyph: int, above: int = 0) -> int:
        if above > MOST_DEPTH:
            raise Unfit("is broken: a letter is put together from itself, or from too many layers")
        if glyph not in depths:
            depths[glyph] = max((1 + depth(part, above + 1) for part in parts.get(glyph, ())), default=0)
        if above + depths[glyph] > MOST_DEPTH:
            raise Unfit("is broken: a letter is put together from itself, or from too many layers")
        return depths[glyph]

    for glyph in parts:
        depth(glyph)


def _parts(data: bytes, at: int, end: int) -> Iterator[int]:
    """The glyphs that one is put together from."""
    flags, count = MORE, 0
    while flags & MORE:
        count += 1
        if count > MOST_PARTS or at + 4 > end:
            raise Unfit("is broken: a letter is put together from parts without end")
        flags, glyph = unpack_from(">HH", data, at)
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
        yield glyph
