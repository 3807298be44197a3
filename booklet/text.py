"""Fonts of a booklet: measuring and line breaking. Sizes and widths are points."""

import re
from functools import cache, lru_cache

from booklet.errors import InvalidFile, Place, Problem
from booklet.model import Words
from booklet.nodes import spaced
from booklet.records import dataclass
from booklet.typefaces import Face, built_in

DISPLAY = ("light", "display", "medium")
SAMPLE = "Lay both hands flat, low on the back, and glide up beside the spine as they breathe out."
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


@dataclass(frozen=True, slots=True)
class Fonts:
    """The six faces of a booklet, by the names that themes and pages know them by; it measures and breaks lines.

    `large`, `small` are the space added after each letter of display type from 24 pt up and below, as shares of the size.
    Sizes are those of Source Sans; `scale` is that of the text faces, at which their small letters are as high as its.
    """

    light: Face
    display: Face
    medium: Face
    sans: Face
    semibold: Face
    bold: Face
    large: float = 0.0
    small: float = 0.0
    scale: float = 1.0

    def __hash__(self) -> int:
        """Of the faces' names: files of the same name are told apart by what they hold."""
        return hash((self.display.name, self.sans.name, self.semibold.name, self.bold.name))

    def wideness(self, face: str) -> float:
        """How wide text is set in a face, that of Source Sans being 1."""
        return self.width(SAMPLE, face, 12) / HOUSE.width(SAMPLE, face, 12)

    def face(self, name: str) -> Face:
        """The face of a name."""
        return getattr(self, name)  # type: ignore[no-any-return]

    def at(self, face: str, size: float) -> tuple[Face, float]:
        """The face of a name, and the size that it is set at where a page asks for `size`."""
        return self.face(face), size if face in DISPLAY else size * self.scale

    def spacing(self, face: str, size: float) -> float:
        """Space added after each letter."""
        if face not in DISPLAY:
            return 0
        return size * (self.large if size >= 24 else self.small)

    def width(self, text: str, face: str, size: float) -> float:
        """The width of a run. Raises InvalidFile where the font lacks a letter."""
        shown, set_at = self.at(face, size)
        widths = shown.widths
        try:
            total = sum([widths[ord(letter)] for letter in text])
        except KeyError:
            raise self._missing(text, face) from None
        return total * set_at / 1000 + self.spacing(face, size) * len(text)

    def _missing(self, text: str, face: str) -> InvalidFile:
        shown = self.face(face)
        letters = " ".join(
            f"“{letter}” (U+{ord(letter):04X})" for letter in dict.fromkeys(text) if ord(letter) not in shown.widths
        )
        place = text.place if isinstance(text, Words) else Place("the booklet's own words", 1, 1)
        return InvalidFile([Problem(place, f"the font {shown.file.stem} has no {letters}, in “{text}”")])

    def check(self, words: Words, face: str) -> None:
        """Raises InvalidFile, with the words' place, where the font lacks some of their letters."""
        widths = self.face(face).widths
        if any(ord(letter) not in widths for letter in words):
            raise self._missing(words, face)

    def line_width(self, line: Line, size: float) -> float:
        """The width of a line of runs."""
        return sum(self.width(run.text, run.face, size) for run in line)

    def wrap(self, words: str, face: str, size: float, room: float) -> list[Line]:
        """The lines of a text in a column `room` points wide; the spaces stand at the end of the run before them.

        Where the last line would be a single word, the lines before give it some of theirs. A word that is wider than the
        column stands alone on its line; whoever set it checks the width.
        """
        return list(_wrapped(self, words, face, size, room, language_of(words)))

    def _wrap(self, words: str, face: str, size: float, room: float, language: str) -> list[Line]:
        if isinstance(words, Words):
            self.check(words, face)
        parts = [(word, self.line_width(tuple(word), size)) for word in runs(words, face, language)]
        lines = self._greedy(parts, face, size, room)
        if len(lines) > 1 and self._is_stub(lines[-1], size, room):
            for share in range(95, 45, -5):
                narrower = self._greedy(parts, face, size, room * share / 100)
                if len(narrower) > len(lines):
                    break
                if not self._is_stub(narrower[-1], size, room):
                    return narrower
        return lines

    def _is_stub(self, line: Line, size: float, room: float) -> bool:
        """A single word that isn't a long one."""
        return " " not in "".join(run.text for run in line) and self.line_width(line, size) < STUB * room

    def _greedy(self, parts: list[tuple[list[Run], float]], face: str, size: float, room: float) -> list[Line]:
        lines: list[list[Run]] = [[]]
        x, space = 0.0, self.width(" ", face, size)
        for word, wide in parts:
            if lines[-1] and x + space + wide > room + 0.01:
                lines.append([])
                x = 0
            if lines[-1]:
                last = lines[-1][-1]
                lines[-1][-1] = Run(last.text + " ", last.face, last.language)
                x += self.width(" ", last.face, size)
            lines[-1] += word
            x += wide
        return [_joined(line) for line in lines]


@lru_cache(maxsize=2048)  # what is said in a booklet is measured several times, and again in each copy of a batch
def _wrapped(fonts: Fonts, words: str, face: str, size: float, room: float, language: str) -> tuple[Line, ...]:
    return tuple(fonts._wrap(words, face, size, room, language))


SOURCE_SANS = ("SourceSans3_400Regular", "SourceSans3_600SemiBold", "SourceSans3_700Bold")
PAIRINGS: dict[str, tuple[tuple[str, str, str], float, float]] = {
    "spectral": (("Spectral_300Light", "Spectral_400Regular", "Spectral_500Medium"), -0.03, -0.012),  # loosely spaced
    "fraunces": (("Fraunces_300Light", "Fraunces_400Regular", "Fraunces_500Medium"), -0.015, -0.005),
    "sans": ((SOURCE_SANS[0], SOURCE_SANS[1], SOURCE_SANS[1]), -0.01, 0.0),
    "bold": ((SOURCE_SANS[2], SOURCE_SANS[2], SOURCE_SANS[2]), -0.015, 0.0),
}
"""The built-in fonts that go together: the files of the display faces, each with Source Sans, and their spacing."""


@cache
def pairing(name: str) -> Fonts:
    """A built-in pairing."""
    files, large, small = PAIRINGS[name]
    light, display, medium, sans, semibold, bold = map(built_in, (*files, *SOURCE_SANS))
    return Fonts(light, display, medium, sans, semibold, bold, large, small)


HOUSE = pairing("spectral")


def language_of(words: object) -> str:
    """The language of a text where it isn't the booklet's."""
    return getattr(words, "language", "")


def runs(words: str, face: str, language: str = "") -> list[list[Run]]:
    """The words of a text, each as the runs that it is set in.

    `**` switches to the bolder face and back, `:fr[` … `]` holds words of another language (its ISO 639 code).
    `language` is that of the whole text, where it isn't the booklet's.
    """
    result: list[list[Run]] = []
    now, bold, around, inside = face, BOLD.get(face, face), language, False
    for part in MARKS.split(words):
        if part == "**":
            now = bold if now == face else face
        elif part == " ":
            result.append([])
        elif FOREIGN.fullmatch(part):
            language, inside = part[1:-1], True
        elif part == "]" and inside:
            language, inside = around, False
        elif part:
            if not result:
                result.append([])
            result[-1].append(Run(part, now, language))
    return [word for word in result if word]


def _joined(line: list[Run]) -> Line:
    """Neighbouring runs of one face and language made one."""
    joined: list[Run] = []
    for run in line:
        if joined and (joined[-1].face, joined[-1].language) == (run.face, run.language):
            joined[-1] = Run(joined[-1].text + run.text, run.face, run.language)
        else:
            joined.append(run)
    return tuple(joined)


def one_line(words: Words) -> Words:
    """A name or title without its line breaks."""
    return Words(spaced(words.replace("|", " ")), words.place, words.language)


def plain(words: str) -> str:
    """The text without its marks."""
    return re.sub(r":[a-z]{2,3}\[([^]]*)\]", r"\1", words.replace("**", ""))
