"""Pages → their structure: which runs of items belong to which element of the tag tree, in reading order.

The roles are the pages' own; this stage numbers them, sorts decoration from content, and refuses what a reader who
listens couldn't follow: a figure without words, a heading that skips a level, letters outside of all groups.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise

from booklet.errors import InvalidFile, Place, Problem
from booklet.items import Art, CheckBox, Field, Group, Item, Kind, Link, Page, RadioButton, Text, walk
from booklet.records import dataclass

Touched = CheckBox | RadioButton | Field | Link
"""What becomes an annotation."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of items in a page's content: number `mcid` of an element with this role, or decoration where that is None."""

    role: str
    mcid: int | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """The `index`-th thing on a page that a reader can touch."""

    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Content:
    """The run `mcid` of a page's content. Pages are counted from 0 here."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the tag tree. `box` is left, top, width, height of a figure in points of its page; `id` that of a note."""

    role: str
    kids: "tuple[Element | Content | Annotation, ...]"
    title: str = ""
    alt: str = ""
    spoken: str = ""
    kind: Kind = ""
    language: str = ""
    box: tuple[float, float, float, float] | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One page's elements, its runs of items in the order of drawing, what can be touched, and its headings' levels."""

    elements: tuple[Element, ...]
    marks: tuple[Mark, ...]
    touched: tuple[Touched, ...]
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that belong together, counted from 0, under the title of the first."""

    title: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The tag tree: its sections, and what each page gives to them."""

    sections: tuple[Section, ...]
    pages: tuple[Tagged, ...]


def tag(pages: tuple[Page, ...]) -> Structure:
    """The structure of a booklet. Raises InvalidFile for a picture that no words describe."""
    return assemble(pages, tuple(tag_page(page, index) for index, page in enumerate(pages)))


def tag_page(page: Page, index: int) -> Tagged:
    """The structure of one page, which is the `index`-th from 0. Raises InvalidFile."""
    tagger = _Tagger(index, page.number)
    elements = tuple(tagger.page(page))
    return Tagged(elements, tuple(tagger.marks), tuple(tagger.touched), tuple(_levels(elements)))


def assemble(pages: tuple[Page, ...], tagged: tuple[Tagged, ...]) -> Structure:
    """The structure of a booklet from that of its pages. Raises InvalidFile where headings skip a level."""
    sections: list[tuple[str, list[int]]] = []
    level = 0
    for index, (page, one) in enumerate(zip(pages, tagged, strict=True)):
        if page.title or not sections:
            sections.append((page.title, []))
        title = sections[-1][0]
        sections[-1][1].append(index)
        for found in one.levels:
            if found > level + 1:
                place = getattr(title, "place", Place(title, 1, 1))
                message = (
                    f"a heading of level {found} follows one of level {level}: put one of level {level + 1} between"
                )
                raise InvalidFile([Problem(place, message)])
            level = found
    return Structure(tuple(Section(title, tuple(indexes)) for title, indexes in sections), tagged)


class _Tagger:
    """One page: collects its marks in the order of drawing, and hands out their numbers."""

    def __init__(self, index: int, number: int) -> None:
        self.index, self.notes = index, (f"note-{number}-{note}" for note in count(1))
        self.marks: list[Mark] = []
        self.touched: list[Touched] = []
        self.next = 0

    def page(self, page: Page) -> list[Element]:
        elements = []
        for item in page.items:
            if isinstance(item, Group) and item.role != "Artifact":
                elements.append(self.group(item))
            else:
                self.decoration(item)
        return elements

    def decoration(self, item: Item) -> None:
        if isinstance(item, Group):
            if item.role != "Artifact":
                raise AssertionError(f"a group {item.role} inside decoration")
            items = item.items
        else:
            items = (item,)
            if isinstance(item, Text):
                raise AssertionError(f"“{item.text}” is in no group: nobody who listens would hear it")
        if self.marks and self.marks[-1].mcid is None:
            self.marks[-1] = replace(self.marks[-1], items=self.marks[-1].items + items)
        else:
            self.marks.append(Mark("Artifact", None, items))

    def content(self, role: str, items: tuple[Item, ...]) -> Content:
        self.marks.append(Mark(role, self.next, items))
        self.next += 1
        return Content(self.index, self.next - 1)

    def group(self, group: Group) -> Element:
        kids: tuple[Element | Content | Annotation, ...]
        if group.role == "Figure":
            _check_figure(group)
            kids = (self.content("Figure", group.items),)
        else:
            kids = self.kids(group.role, group.items)
        identity = ""
        if group.role == "Note":
            identity = next(self.notes)
        box = _window(group) if group.role == "Figure" else None
        return Element(group.role, kids, "", group.alt, group.spoken, group.kind, group.language, box, identity)

    def kids(self, role: str, items: tuple[Item, ...]) -> "tuple[Element | Content | Annotation, ...]":
        """The elements and runs of a group: shapes go with the letters beside them, or are decoration."""
        kids: list[Element | Content | Annotation] = []
        run: list[Item] = []
        spaced = _spaced(items)

        def close() -> None:
            if any(isinstance(one, Text) for one in run) or (run and role == "Span"):
                kids.append(self.content(role, tuple(run)))
            else:
                for one in run:
                    self.decoration(one)
            run.clear()

        for item in spaced:
            match item:
                case Group(role="Artifact"):
                    close()
                    self.decoration(item)
                case Group():
                    close()
                    kids.append(self.group(item))
                case Link():
                    close()
                    kids.append(self.link(item))
                case CheckBox() | RadioButton() | Field():
                    close()
                    kids.append(self.form(item))
                case _:
                    run.append(item)
        close()
        return tuple(kids)

    def link(self, link: Link) -> Element:
        kids = self.kids("Link", link.items)
        self.touched.append(link)
        return Element("Link", (*kids, Annotation(self.index, len(self.touched) - 1)), language=_language(link))

    def form(self, item: CheckBox | RadioButton | Field) -> Element:
        """A form field; the box that it draws on the page is decoration."""
        if isinstance(item, CheckBox):
            self.decoration(item)
        self.touched.append(item)
        return Element("Form", (Annotation(self.index, len(self.touched) - 1),), language=_language(item))


def _language(item: Touched) -> str:
    """That of what is said of it, where it isn't the booklet's."""
    return getattr(item.label, "language", "")


def _spaced(items: tuple[Item, ...]) -> list[Item]:
    """The items with a space after each text that another follows at a distance: words end where lines end."""
    result = list(items)
    texts = [(i, text) for i, item in enumerate(items) if (text := _text_of(item))]
    for (i, one), (_, after) in pairwise(texts):
        apart = abs(one.y - after.y) > 0.5 or abs(after.x - one.x - one.width) > 0.5
        if apart and not one.text.endswith((" ", "\u00a0")):
            shown = replace(one, text=one.text + " ")
            item = result[i]
            spoken = f"{item.spoken} " if isinstance(item, Group) and item.spoken else ""
            result[i] = replace(item, items=(shown,), spoken=spoken) if isinstance(item, Group) else shown
    return result


def _text_of(item: Item) -> Text | None:
    """A text, or the one that a span holds."""
    if isinstance(item, Group) and item.role == "Span" and len(item.items) == 1:
        item = item.items[0]
    return item if isinstance(item, Text) else None


def _window(group: Group) -> tuple[float, float, float, float] | None:
    """The window of a figure's picture."""
    return next((item.window for item in walk(group.items) if isinstance(item, Art)), None)


def _check_figure(group: Group) -> None:
    if not group.alt.strip():
        place = getattr(group.alt, "place", Place("a figure", 1, 1))
        raise InvalidFile([Problem(place, "nothing says what this picture shows: give it an `alt`")])


def _levels(elements: tuple[Element, ...]) -> Iterator[int]:
    """The levels of the headings, in reading order."""
    for element in elements:
        if element.role in ("H1", "H2", "H3"):
            yield int(element.role[1])
        yield from _levels(tuple(kid for kid in element.kids if isinstance(kid, Element)))
