"""A page → what somebody hears who listens to it: its headings, paragraphs and pictures in words, in reading order."""

from collections.abc import Iterator

from booklet.items import CheckBox, Field, Link, Page, RadioButton, Text, walk
from booklet.tagging import Annotation, Content, Element, Tagged, tag_page

BLOCKS = {"H1", "H2", "H3", "P", "LI", "TR", "Figure", "Note", "Form"}  # each of them is a paragraph of its own

Paragraph = tuple[str, str]
"""A role of the tag tree and the words."""


def paragraphs(page: Page) -> list[Paragraph]:
    """What is heard of a page. Raises InvalidFile for what can't be tagged."""
    tagged = tag_page(page, 0)
    found = [one for element in tagged.elements for one in _blocks(element, tagged)]
    return [(role, " ".join(words.split())) for role, words in found if words.strip()]


def _blocks(element: Element, tagged: Tagged) -> Iterator[Paragraph]:
    inner = [kid for kid in element.kids if isinstance(kid, Element)]
    if element.role in BLOCKS or not inner:
        yield element.role, _words(element, tagged)
    else:
        for kid in inner:
            yield from _blocks(kid, tagged)


def _words(element: Element, tagged: Tagged) -> str:
    if element.spoken or element.alt:
        return element.spoken or element.alt
    parts = []
    for kid in element.kids:
        match kid:
            case Element():
                parts.append(_words(kid, tagged))
            case Content(mcid=mcid):
                runs = [mark for mark in tagged.marks if mark.mcid == mcid]
                parts += [item.text for mark in runs for item in walk(mark.items) if isinstance(item, Text)]
            case Annotation(index=index):
                touched = tagged.touched[index]
                if isinstance(touched, (CheckBox, RadioButton, Field)) and not isinstance(touched, Link):
                    parts.append(f"({touched.label})")
    return " ".join(parts)
