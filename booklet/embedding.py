"""The fonts of a PDF file: the codes of letters in it, and subsets of the font files (ReportLab's reader makes them).

A font has 8-bit codes, in subsets of at most 255 letters, given in the order in which letters are first used; code 32 is
always the space. Its ToUnicode map leaves out code 0, in blocks of at most 100 (PDF/UA-1, 7.21.7; Adobe's CMap
specification).
"""

from codecs import utf_16_be_encode
from functools import lru_cache

from booklet.caching import kept
from booklet.objects import File, stream
from booklet.typefaces import Face

LINES = 100  # ToUnicode: the most entries in a block
SPACE, UNBROKEN = 0x20, 0xA0


class _New(Exception):
    """A letter that has no code yet, or one outside of the first subset."""


class _Codes(dict[int, int]):
    """Codes of the first subset by code point."""

    def __missing__(self, point: int) -> int:
        raise _New


class Letters:
    """The codes of a face's letters in one file. Subset by subset they list code points by code; 0 stands for no glyph."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes: dict[str, tuple[int, int]] = {" ": (0, SPACE), "\u00a0": (0, SPACE)}
        self.first = _Codes({SPACE: SPACE, UNBROKEN: SPACE})
        self.subsets: list[list[int]] = [[0]]

    def copy(self) -> "Letters":
        other = Letters(self.name)
        other.first = _Codes(self.first)
        other.codes, other.subsets = dict(self.codes), [list(subset) for subset in self.subsets]
        return other

    def encode(self, text: str) -> list[tuple[str, bytes]]:
        """The text as runs of codes, each with the name of its subset's font in the file."""
        try:
            return [(f"/{self.name}.0", text.translate(self.first).encode("latin-1"))]
        except _New:
            pass
        found: list[tuple[int, bytearray]] = []
        for letter in text:
            subset, code = self.codes.get(letter) or self._next(letter)
            if not found or found[-1][0] != subset:
                found.append((subset, bytearray()))
            found[-1][1].append(code)
        return [(f"/{self.name}.{subset}", bytes(codes)) for subset, codes in found]

    def _next(self, letter: str) -> tuple[int, int]:
        if len(self.subsets[-1]) == 256:
            self.subsets.append([0])
        last = self.subsets[-1]
        if len(last) == SPACE:
            last.append(SPACE)
        last.append(ord(letter))
        code = self.codes[letter] = (len(self.subsets) - 1, len(last) - 1)
        if not code[0]:
            self.first[ord(letter)] = code[1]
        return code


def embed(file: File, face: Face, letters: Letters) -> dict[str, str]:
    """Adds a face's subsets to the file; the references of their fonts by name."""
    fonts = {}
    for number, subset in enumerate(letters.subsets):
        points = tuple(subset) if len(subset) > SPACE else (*subset, *[SPACE] * (SPACE + 1 - len(subset)))
        base = f"{_tag(number)}+{face.measures[0]}"
        widths, keys, program, unicode_map = _subset(face, points, base)
        font_file = file.add(program)
        descriptor = file.add(f"<< /Type /FontDescriptor /FontName /{base} {keys} /FontFile2 {font_file} >>")
        body = f"/BaseFont /{base} /FirstChar 0 /LastChar {len(points) - 1} /Widths [{widths}] /ToUnicode {file.add(unicode_map)}"
        font = file.add(f"<< /Type /Font /Subtype /TrueType {body} /FontDescriptor {descriptor} >>")
        fonts[f"{letters.name}.{number}"] = font
    return fonts


@lru_cache(maxsize=64)
def _subset(face: Face, points: tuple[int, ...], base: str) -> tuple[str, str, bytes, bytes]:
    """Widths by code, the keys of the descriptor, the font program with these letters only, their ToUnicode map."""
    _, known, default, _, keys = face.measures
    widths = " ".join(f"{known.get(point, default):g}" for point in points)

    def cut() -> bytes:
        program = face.font.face.makeSubset(list(points))
        return stream(f"/Length1 {len(program)}", program)

    program = kept("subset", (face.digest, repr(points).encode()), cut)
    return widths, keys, program, stream("", to_unicode(base, points).encode())


def _tag(number: int) -> str:
    """The six capitals before a subset's name."""
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters = chr(65 + rest) + letters
    return letters


def to_unicode(name: str, subset: tuple[int, ...]) -> str:
    """The ToUnicode map of a font's subset."""
    pairs = [(code, point) for code, point in enumerate(subset) if point and (point != SPACE or code == SPACE)]
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /{name} def",
        "/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange",
    ]
    for start in range(0, len(pairs), LINES):
        block = pairs[start : start + LINES]
        lines = [f"<{code:02X}> <{utf_16_be_encode(chr(point))[0].hex().upper()}>" for code, point in block]
        parts += [f"{len(block)} beginbfchar", *lines, "endbfchar"]
    return "\n".join([*parts, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"])
