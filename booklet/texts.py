"""(RoutineFile) → its texts: all that is translated, each once, with where it is used; and the file that translators fill in.

What has no letters outside of its placeholders is no text: "-" is a writing line, "{setup}" the label of a choice.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from booklet.errors import Place
from booklet.model import Name, Routine, Words
from booklet.records import dataclass
from booklet.routines import RoutineFile
from booklet.shapes import PLACEHOLDER, Path, Shaper

LETTER = re.compile(r"[^\W\d_]")
FOREIGN_MARK = re.compile(r":[a-z]{2,3}\[")
SHOWN = 3  # uses of a text that its comment names
ALIKE = 0.75  # from 0 to 1: how much two texts have in common where one is the other, changed
LONG_KEY = 1000  # letters that a key may have in YAML without `?` before it


@dataclass(frozen=True, slots=True)
class Use:
    """Where a text stands in the routine file: the place, and the keys and list numbers, from 1, that lead to it."""

    place: Place
    path: Path


def texts_of(file: RoutineFile) -> dict[str, list[Use]]:
    """The texts of a routine file in its order, each with its uses."""
    found: dict[str, list[Use]] = {}
    for words, path in sorted(_all(file), key=lambda one: one[0].place):
        if LETTER.search(FOREIGN_MARK.sub("", PLACEHOLDER.sub("", words))):
            found.setdefault(str(words), []).append(Use(words.place, path))
    return found


def _all(file: RoutineFile) -> Iterator[tuple[Words, Path]]:
    for option in file.own_options:
        yield option.help, ("options", option.name, "help")
        yield from ((label, ("options", option.name, "choices", name)) for name, label in option.choices.items())
    for number, one in enumerate(file.contradictions, 1):
        yield one.says, ("contradictions", str(number), "says")
        yield one.do, ("contradictions", str(number), "do")
    shaper = Shaper(file.options)
    shaper.effort = 0  # which conditions can come about is for the check to say
    shaper.value(file.body, Routine)
    for found in shaper.found:
        if isinstance(found.value, Words) and not isinstance(found.value, Name):
            yield found.value, found.path


# --- the file that translators fill in ------------------------------------------------------------------------------
def as_file(file: RoutineFile, language: str, done: Mapping[str, str]) -> str:
    """A translation's file: every text with its translation, or empty where it has none, under a comment of its uses.

    What is `done` of texts that are gone is kept as a comment above a text that is new and much like it.
    """
    texts = texts_of(file)
    gone = [text for text in done if text not in texts]
    lines = [
        f"# The texts of {file.path.name} in another language. `booklet texts` renews this file: it keeps what is translated.",
        "# Left is the text of the routine, right its translation; an empty one is shown untranslated. Keep {placeholders}",
        "# and **bold** marks. `|` in a title is where its line ends.",
        f"language: {language}",
        f"of: {file.path.stem}",
        "texts:",
    ]
    for text, uses in texts.items():
        lines.append(f"  # {_used(uses)}")
        if not done.get(text) and (like := get_close_matches(text, gone, 1, ALIKE)):
            lines.append(f"  # was {quoted(like[0])}: {quoted(done[like[0]])}")
        lines += _entry(text, done.get(text, ""))
    return "\n".join(lines) + "\n"


def _used(uses: list[Use]) -> str:
    shown = "; ".join(f"line {use.place.line}: {'.'.join(use.path)}" for use in uses[:SHOWN])
    more = len(uses) - SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def _entry(text: str, translation: str) -> list[str]:
    key, value = quoted(text), quoted(translation)
    return [f"  ? {key}", f"  : {value}"] if len(key) > LONG_KEY else [f"  {key}: {value}"]


def quoted(text: str) -> str:
    """A text in double quotes, as YAML reads it; spaces and breaks that nobody sees as their codes."""
    import json  # most commands do without

    shown = json.dumps(text, ensure_ascii=False).replace("\u00a0", "\\_")
    return re.sub("[\u0085\u200b-\u200f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", shown)
