"""The words of a routine → what makes them hard to read or to hear: warnings with their places.

Grade: Flesch and Kincaid (Kincaid, Fishburne, Rogers and Chissom, 1975: 0.39 words per sentence + 11.8 syllables per word
− 15.59), the number of school years that a text asks for. It was made for English; other languages get no grade.
"""

import re
from collections.abc import Iterator

from booklet.errors import Place, Problem
from booklet.model import MapView, Name, Picture, Words
from booklet.reading import Mapping, Node, Scalar
from booklet.routines import RoutineFile
from booklet.shapes import PLACEHOLDER, Found, Shaper

MOST_IN_A_LINE = 25  # words of a line of a step: it is read in a glance, hands busy
MOST_IN_A_SENTENCE = 25  # GOV.UK style guide
MOST_GRADE = 8.0  # guides to texts about health ask for 6 to 8
ENOUGH = 60  # words: a shorter text has no grade worth telling
HEADINGS = ("title", "sub", "head", "name", "term", "label", "labels", "row", "fields", "lines", "alt")
MARKS = re.compile(r":[a-z]{2,3}\[|\]|\*\*")
SENTENCE = re.compile(r"(?<=[.!?…])[”’)\"]*\s+")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+")
NOTE = re.compile(r" +#(?=\S)")
VOWELS = re.compile(r"[aeiouy]+")
SAYS_PICTURE = re.compile(
    r"(?i)\b(?:an?\s+)?(picture|image|photo|photograph|drawing|illustration|graphic)\s+(of|showing|shows)\b"
)


def cut_short(node: Node, lines: list[str]) -> Iterator[Problem]:
    """Texts of a file, read from these lines, that end at a `#` with letters close behind it: maybe it is no note."""
    if not isinstance(node, Scalar):
        for inner in node.items.values() if isinstance(node, Mapping) else node.items:
            yield from cut_short(inner, lines)
    elif node.text and not node.quoted:
        line, end = lines[node.place.line - 1], node.place.column - 1 + len(node.text)
        note = NOTE.match(line, end)
        if note and line[:end].endswith(node.text):
            place = Place(node.place.file, node.place.line, note.end())
            yield Problem(
                place, "the text ends here, as ` #` begins a note: put the text in quotes, or a space behind the `#`"
            )


def hard_words(file: RoutineFile, shaper: Shaper) -> Iterator[Problem]:
    """Long lines and sentences, pages that read like a higher grade, alternative texts that call themselves pictures."""
    pages: dict[tuple[str, ...], list[Found]] = {}
    for found in shaper.found:
        if isinstance(found.value, Words) and not isinstance(found.value, Name):
            yield from _long(found)
            if found.path[-1] not in HEADINGS or (found.path[0] == "steps" and found.path[-2:-1] == ("lines",)):
                pages.setdefault(found.path[:2], []).append(found)
        elif isinstance(found.value, (Picture, MapView)) and found.value.alt:
            yield from _says_picture(found.value.alt)
    if english(file):
        for path, texts in pages.items():
            if path[0] in ("steps", "chapters"):
                yield from _grade(path, texts)


def english(file: RoutineFile) -> bool:
    """Whether the routine is in English."""
    language = file.body.items.get("language")
    return str(getattr(language, "text", "")).split("-")[0] == "en"


def _long(found: Found) -> Iterator[Problem]:
    words: Words = found.value
    if found.path[0] == "steps" and found.path[2:3] == ("lines",):
        count = len(WORD.findall(plain(words)))
        if count > MOST_IN_A_LINE:
            yield Problem(
                words.place,
                f"{count} words in one line of a step; {MOST_IN_A_LINE} can be read in a glance: make two of it",
            )
            return
    for sentence in sentences(words):
        count = len(WORD.findall(sentence))
        if count > MOST_IN_A_SENTENCE:
            start = " ".join(sentence.split()[:4])
            yield Problem(
                words.place,
                f"a sentence of {count} words (“{start} …”); {MOST_IN_A_SENTENCE} are easy to follow: make two of it",
            )


def _grade(path: tuple[str, ...], texts: list[Found]) -> Iterator[Problem]:
    """A page's grade, with all that it can say."""
    found = [sentence for one in texts for sentence in sentences(one.value)]
    words = [word for sentence in found for word in WORD.findall(sentence)]
    if len(words) >= ENOUGH and (grade := reading_grade(found)) > MOST_GRADE:
        what = "step" if path[0] == "steps" else "chapter"
        message = f"reads like grade {grade:.1f} of a school ({what} {path[1]}); {MOST_GRADE:g} is plain: use shorter words and sentences"
        yield Problem(min(one.value.place for one in texts), message)


def _says_picture(alt: Words) -> Iterator[Problem]:
    if match := SAYS_PICTURE.match(alt):
        yield Problem(
            alt.place,
            f"an alternative text begins with “{match[0]}”: say what there is to see, readers know that it is a picture",
        )


def plain(words: str) -> str:
    """The words without marks; a placeholder counts as one word."""
    return PLACEHOLDER.sub("it", MARKS.sub("", words))


def sentences(words: str) -> list[str]:
    """The sentences of a text; what ends without a stop is one, too."""
    return [one for one in SENTENCE.split(plain(words)) if WORD.search(one)]


def reading_grade(found: list[str]) -> float:
    """The Flesch-Kincaid grade of sentences."""
    words = [word for one in found for word in WORD.findall(one)]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, without a silent e at the end."""
    small = word.lower()
    count = len(VOWELS.findall(small))
    if small.endswith(("e", "es", "ed")) and not small.endswith(
        ("le", "les", "ted", "ded", "ses", "ces", "ges", "ches", "shes", "zes")
    ):
        count -= 1
    return max(1, count)
