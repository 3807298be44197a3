"""Content streams → instructions and boxes: arithmetic on matrices, paths and fonts, without a graphics state.

A path is kept as the box round it, in the space that it is drawn in: exact for lines, and for curves by their extremes.
"""

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from math import hypot, sqrt
from typing import Any

import pikepdf

from booklet.errors import BookletError
from booklet.facts import Box
from booklet.records import dataclass

Matrix = tuple[float, float, float, float, float, float]
Instruction = tuple[str, tuple[Any, ...]]
START: Matrix = (1, 0, 0, 1, 0, 0)
MOST_BYTES = 4_000_000  # of one content stream: a page of a booklet has some ten thousand
ENDS = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"))  # of a path
NUMBERS = frozenset(("cm", "w", "k", "K", "g", "G", "rg", "RG", "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "Td", "TD", "Tm"))


class Unreadable(BookletError):
    """A file that can't be read: not a PDF, broken, or larger than any booklet."""


def times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(box: Box, by: Matrix) -> Box:
    """The box round a box that a matrix turns."""
    a, b, c, d, e, f = by
    left, foot, right, top = box
    xs = [a * x + c * y + e for x in (left, right) for y in (foot, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (foot, top)]
    return min(xs), min(ys), max(xs), max(ys)


def common(one: Box | None, other: Box | None) -> Box | None:
    """What two boxes share; a line counts, though it has no area."""
    if one is None or other is None:
        return None
    left, foot = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, foot, right, top) if left <= right and foot <= top else None


def thinnest(matrix: Matrix) -> float:
    """The least that a matrix stretches a length by: its smaller singular value."""
    a, b, c, d, _, _ = matrix
    return abs(hypot((a + d) / 2, (b - c) / 2) - hypot((a - d) / 2, (b + c) / 2))


class Path:
    """The box round a path in the making."""

    def __init__(self) -> None:
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.at = (0.0, 0.0)

    def add(self, operator: str, numbers: list[float]) -> None:
        match operator, numbers:
            case (("m" | "l"), [x, y]):
                self.point(x, y)
            case "re", [x, y, wide, high]:
                self.point(x + wide, y + high)
                self.point(x, y)
            case "c", [a, b, c, d, x, y]:
                self.curve((a, b), (c, d), (x, y))
            case "v", [c, d, x, y]:
                self.curve(self.at, (c, d), (x, y))
            case "y", [a, b, x, y]:
                self.curve((a, b), (x, y), (x, y))

    def point(self, x: float, y: float) -> None:
        self.xs.append(x)
        self.ys.append(y)
        self.at = (x, y)

    def curve(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:
        self.xs += _extremes(self.at[0], one[0], two[0], end[0])
        self.ys += _extremes(self.at[1], one[1], two[1], end[1])
        self.point(*end)

    def box(self) -> Box | None:
        return (min(self.xs), min(self.ys), max(self.xs), max(self.ys)) if self.xs else None


def _extremes(a: float, b: float, c: float, d: float) -> list[float]:
    """Where a curve turns round in one direction: at the roots of its derivative; none between its ends' values."""
    low, high = min(a, d), max(a, d)
    if low <= b <= high and low <= c <= high:
        return []
    p, q, r = d - 3 * c + 3 * b - a, 2 * (c - 2 * b + a), b - a
    if abs(p) < 1e-9:
        roots = [-r / q] if q else []
    else:
        under = q * q - 4 * p * r
        roots = [(-q + sign * sqrt(under)) / (2 * p) for sign in (1, -1)] if under >= 0 else []
    return [
        (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d for t in roots if 0 < t < 1
    ]


def size_of(stream: Any) -> int:
    """The bytes of a content stream, or of a page's several. Raises Unreadable for more than a booklet can have."""
    parts = list(stream) if isinstance(stream, pikepdf.Array) else [stream]
    total = 0
    for part in parts:
        if isinstance(part, pikepdf.Stream):
            if "/LZWDecode" in str(part.get("/Filter", "")):
                raise Unreadable("a page is packed with LZW, which this program doesn't write or read")
            total += len(part.read_bytes())
        if total > MOST_BYTES:
            raise Unreadable(f"a page or picture unpacks to more than {MOST_BYTES // 1_000_000} MB")
    return total


def instructions(stream: Any) -> list[Instruction]:
    """The instructions of a page or form. Operators that end a path have its box; those that build it are left out."""
    result: list[Instruction] = []
    path = Path()
    with warnings.catch_warnings(record=True) as told:
        parsed = pikepdf.parse_content_stream(stream)
    if told:
        raise Unreadable("its instructions end in the middle of one")
    for one in parsed:
        operator, operands = str(one.operator), one.operands
        if operator in ("m", "l", "c", "v", "y", "re"):
            path.add(operator, _numbers(operands))
        elif operator in ENDS:
            result.append((operator, (path.box(),)))
            path = Path()
        elif operator in NUMBERS:
            result.append((operator, tuple(_numbers(operands))))
        elif operator != "h":
            result.append((operator, tuple(operands)))
    return result


def _numbers(operands: Iterable[Any]) -> list[float]:
    return [float(value) for value in operands]


# --- fonts --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Face:
    """A font as its file has it: the widths of its codes in thousandths of the size, and what letters they stand for."""

    name: str
    embedded: bool
    drawn: bool
    wide: bool  # codes of two bytes
    widths: dict[int, float]
    other: float  # the width of any other code
    letters: dict[int, str]

    def codes(self, data: bytes) -> list[int]:
        if self.wide:
            return [data[i] << 8 | data[i + 1] for i in range(0, len(data) - 1, 2)]
        return list(data)

    def words(self, codes: list[int]) -> str:
        return "".join(self.letters.get(code) or ("" if self.wide else chr(code)) for code in codes)


def face_of(font: Any) -> Face:
    """Reads a font dictionary (ISO 32000-1, 9.6 and 9.7)."""
    wide = font.get("/Subtype") == "/Type0"
    inner = font.DescendantFonts[0] if wide else font
    descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
    drawn = font.get("/Subtype") == "/Type3"
    embedded = drawn or any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    name = str(font.get("/BaseFont", font.get("/Name", "/unnamed")))[1:]
    scale = 1000 * abs(float(font.FontMatrix[0])) if drawn and "/FontMatrix" in font else 1.0
    if wide:
        widths, other = _wide_widths(inner.get("/W", pikepdf.Array())), float(inner.get("/DW", 1000))
    else:
        first = int(font.get("/FirstChar", 0))
        widths = {first + i: float(value) * scale for i, value in enumerate(font.get("/Widths", pikepdf.Array()))}
        other = float(descriptor.get("/MissingWidth", 0)) or (0 if widths else 500)
    return Face(name, embedded, drawn, wide, widths, other, _letters(font.get("/ToUnicode")))


def _wide_widths(array: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    values = list(array)
    at = 0
    while at + 1 < len(values):
        first = int(values[at])
        if isinstance(values[at + 1], pikepdf.Array):
            widths |= {first + i: float(value) for i, value in enumerate(values[at + 1])}
            at += 2
        elif at + 2 < len(values):
            last = min(int(values[at + 1]), 0xFFFF)
            widths |= dict.fromkeys(range(first, last + 1), float(values[at + 2]))
            at += 3
        else:
            break
    return widths


def _letters(stream: Any) -> dict[int, str]:
    """The letters of single codes; ranges are told by their first letters only where they have one each."""
    if not isinstance(stream, pikepdf.Stream) or size_of(stream) > MOST_BYTES // 10:
        return {}
    return _mapped(stream.read_bytes())


@lru_cache(64)
def _mapped(data: bytes) -> dict[int, str]:
    letters: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            letters[int(code, 16)] = _text(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(text, 16)
            for i in range(min(int(last, 16) - int(first, 16), 0xFF) + 1):
                letters[int(first, 16) + i] = _text(b"%04x" % (start + i)) if len(text) == 4 else ""
    return letters


def _text(digits: bytes) -> str:
    raw = digits.decode()
    return bytes.fromhex(raw if len(raw) % 2 == 0 else raw + "0").decode("utf-16-be", errors="ignore")
