"""Fonts, measuring and line breaking. Sizes and widths are points."""

import re
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from booklet.errors import InvalidFile, Place, Problem
from booklet.folders import PACKAGE
from booklet.model import Words
from booklet.theming import FACES

SERIF = ("light", "display", "medium")
STUB = 0.3  # of the column: a last line shorter than this is a stub
BOLD = {"sans": "semibold", "semibold": "bold"}
FOREIGN = re.compile(r":[a-z]{2,3}\[")
MARKS = re.compile(r"(\*\*| |:[a-z]{2,3}\[|\])")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face on a line, without the space before the next run; `language` is set for foreign words."""

    text: str
    face: str
    language: str = ""


Line = tuple[Run, ...]


@cache
def font(face: str) -> TTFont:
    """The font of a face, loaded and registered when it is first needed."""
    loaded = TTFont(face, str(PACKAGE / "fonts" / f"{FACES[face]}.ttf"), asciiReadable=0)
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def _widths(face: str) -> tuple[dict[int, int], dict[int, float]]:
    loaded = font(face).face
    return loaded.charToGlyph, loaded.charWidths


def spacing(face: str, size: float) -> float:
    """Space added after each letter: Spectral is loosely spaced, so −3 % of the size from 24 pt up, −1.2 % below."""
    if face not in SERIF:
        return 0
    return size * (-0.03 if size >= 24 else -0.012)


def width(text: str, face: str, size: float) -> float:
    """The width of a run. Raises InvalidFile where the font lacks a letter."""
    glyphs, widths = _widths(face)
    total = 0.0
    for letter in text:
        code = ord(letter)
        if code not in glyphs:
            raise missing(text, letter, face)
        total += widths[code]
    return total * size / 1000 + spacing(face, size) * len(text)


def missing(text: str, letter: str, face: str) -> InvalidFile:
    place = text.place if isinstance(text, Words) else Place("the booklet's own words", 1, 1)
    return InvalidFile([Problem(place, f"the font {FACES[face]} has no “{letter}” (U+{ord(letter):04X}), in “{text}”")])


def check(words: Words, face: str) -> None:
    """Raises InvalidFile, with the words' place, where the font lacks one of their letters."""
    glyphs = _widths(face)[0]
    for letter in words:
        if ord(letter) not in glyphs:
            raise missing(words, letter, face)


def runs(words: str, face: str) -> list[list[Run]]:
    """The words of a text, each as the runs that it is set in.

    `**` switches to the bolder face and back, `:fr[` … `]` holds words of another language (its ISO 639 code).
    """
    result: list[list[Run]] = []
    now, bold, language = face, BOLD.get(face, face), ""
    for part in MARKS.split(words):
        if part == "**":
            now = bold if now == face else face
        elif part == " ":
            result.append([])
        elif FOREIGN.fullmatch(part):
            language = part[1:-1]
        elif part == "]" and language:
            language = ""
        elif part:
            if not result:
                result.append([])
            result[-1].append(Run(part, now, language))
    return [word for word in result if word]


def wrap(words: str, face: str, size: float, room: float) -> list[Line]:
    """The lines of a text in a column `room` points wide; the spaces stand at the end of the run before them.

    Where the last line would be a single word, the lines before give it some of theirs. A word that is wider than the
    column stands alone on its line; whoever set it checks the width.
    """
    if isinstance(words, Words):
        check(words, face)
    parts = [(word, sum(width(run.text, run.face, size) for run in word)) for word in runs(words, face)]
    lines = _greedy(parts, face, size, room)
    if len(lines) > 1 and _is_stub(lines[-1], size, room):
        for share in range(95, 45, -5):
            narrower = _greedy(parts, face, size, room * share / 100)
            if len(narrower) > len(lines):
                break
            if not _is_stub(narrower[-1], size, room):
                return narrower
    return lines


def _is_stub(line: Line, size: float, room: float) -> bool:
    """A single word that isn't a long one."""
    return " " not in "".join(run.text for run in line) and line_width(line, size) < STUB * room


def _greedy(parts: list[tuple[list[Run], float]], face: str, size: float, room: float) -> list[Line]:
    lines: list[list[Run]] = [[]]
    x, space = 0.0, width(" ", face, size)
    for word, wide in parts:
        if lines[-1] and x + space + wide > room + 0.01:
            lines.append([])
            x = 0
        if lines[-1]:
            last = lines[-1][-1]
            lines[-1][-1] = Run(last.text + " ", last.face, last.language)
            x += width(" ", last.face, size)
        lines[-1] += word
        x += wide
    return [_joined(line) for line in lines]


def _joined(line: list[Run]) -> Line:
    """Neighbouring runs of one face and language made one."""
    joined: list[Run] = []
    for run in line:
        if joined and (joined[-1].face, joined[-1].language) == (run.face, run.language):
            joined[-1] = Run(joined[-1].text + run.text, run.face, run.language)
        else:
            joined.append(run)
    return tuple(joined)


def line_width(line: Line, size: float) -> float:
    return sum(width(run.text, run.face, size) for run in line)


def plain(words: str) -> str:
    """The text without its marks."""
    return re.sub(r":[a-z]{2,3}\[([^]]*)\]", r"\1", words.replace("**", ""))
