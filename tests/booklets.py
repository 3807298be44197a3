"""Booklets for the tests: the built-in routine made for some choices, and what is asked of every one of them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2

from booklet.building import Booklet, Request, make
from booklet.folders import folder
from booklet.items import PT, Art, Group, Page, Text, walk
from booklet.routines import RoutineFile, read_routine
from booklet.text import plain

PROGRAM = {"paper", "theme", "large_print", "pages", "receiver", "giver", "skin", "giver_skin", "printing", "shop"}


@cache
def back_massage() -> RoutineFile:
    return read_routine(folder("templates") / "routines" / "back-massage.yaml")


def build(**choices: Any) -> Booklet:
    """The back massage for these choices; underscores stand for hyphens."""
    request = Request(**{name: value for name, value in choices.items() if name in PROGRAM})
    given = {name.replace("_", "-"): value for name, value in choices.items() if name not in PROGRAM}
    given = {name: value if isinstance(value, list) else str(value) for name, value in given.items()}
    return make(back_massage(), given, request)


def texts(page: Page) -> list[Text]:
    return [item for item in walk(page.items) if isinstance(item, Text)]


def is_card(page: Page) -> bool:
    return min((text.size for text in texts(page)), default=0) >= 28


def pictures(booklet: Booklet) -> set[str]:
    return {item.drawing.name for page in booklet.pages for item in walk(page.items) if isinstance(item, Art)}


def complaints(booklet: Booklet) -> list[str]:
    """What breaks the design's rules on any page: text out of its frame, over other text, or too small."""
    found = []
    for page in booklet.pages:
        smallest = 28 if is_card(page) else 16 if booklet.book.large else 12
        shown = texts(page)
        for text in shown:
            where = f"page {page.number}: “{text.text}”"
            edge = (7 if is_card(page) else 8) * PT - (
                3 if text.size >= 60 else 0
            )  # big numerals hang by their side bearing
            if text.x < edge or text.x + text.width > page.width - edge or not 8 * PT < text.y < page.height - 8 * PT:
                found.append(f"{where} is out of its frame")
            if text.size < smallest:
                found.append(f"{where} has {text.size} pt, less than {smallest}")
            if re.search(r"\{[^}]*\}|\*\*", text.text):
                found.append(f"{where} has a placeholder or mark left in it")
        found += [f"page {page.number}: “{one}” lies over “{other}”" for one, other in overlaps(shown)]
    return found


def overlaps(shown: list[Text]) -> Iterator[tuple[str, str]]:
    """Pairs of texts whose boxes (x-height to a little below the baseline) share more than a sliver."""
    boxes = [
        (t.x + 0.5, t.y - t.size * 0.5, t.x + t.width - 0.5, t.y + t.size * 0.1, t.text)
        for t in shown
        if t.text.strip()
    ]
    boxes.sort(key=lambda box: box[1])
    for i, (x0, _, x1, y1, one) in enumerate(boxes):
        for a0, b0, a1, _, other in boxes[i + 1 :]:
            if b0 >= y1:
                break
            if a0 < x1 and a1 > x0:
                yield one, other


def words_of(booklet: Booklet) -> list[set[str]]:
    """The words that stand on each page, as the items have them."""
    return [set(" ".join(text.text for text in texts(page)).split()) for page in booklet.pages]


def pdf_words(data: bytes) -> list[str]:
    """The text of each page as a reader gets it from the PDF file."""
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().replace("\ufffe", "").split()) for page in document]


def spoken(booklet: Booklet) -> list[str]:
    """Every text of the tailored routine that this plan's pages are to show, without marks, placeholders filled in."""
    routine, book = booklet.routine, booklet.book
    plan = next(plan for plan in routine.plans if plan.plan == len(booklet.pages))
    shown = [book.say(routine.subtitle), *(book.say(fact) for fact in routine.cover.facts)]
    names = [*plan.pages]
    for name in names:
        if name in routine.chapters:
            shown += [book.say(words) for words in _words(routine.chapters[name])]
        elif name in routine.steps:
            step = routine.steps[name]
            lines = [step.name, *step.lines, *([step.dont] if step.dont else [])]
            lines += [*step.about, *([step.term] if plan.two_pages and step.term else [])] if plan.two_pages else []
            shown += [book.say(words, str(name)) for words in lines]
    return [plain(words).replace("|", " ") for words in shown]


def _words(value: Any) -> Iterator[Any]:
    """The texts in a chapter, without names, alternative texts and the mark for an empty line."""
    from booklet.model import Name, Words

    if isinstance(value, Words):
        if not isinstance(value, Name) and value != "-":
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            if name != "alt":
                yield from _words(getattr(value, name))


def figures(booklet: Booklet) -> list[Group]:
    return [
        item for page in booklet.pages for item in walk(page.items) if isinstance(item, Group) and item.role == "Figure"
    ]
