"""Pages → structure: what is content, what is decoration, in which order, and what is refused."""

import pytest
from booklets import build
from hypothesis import given
from hypothesis import strategies as st

from booklet.errors import InvalidFile, Place
from booklet.items import CheckBox, Group, Item, Link, Page, Shape, Text, walk
from booklet.model import Words
from booklet.tagging import Annotation, Content, Element, Structure, tag

RULE = Shape((("M", (0.0, 0.0)), ("L", (9.0, 0.0))), stroke="#000000", width=1)


def text(words: str, x: float = 0, y: float = 10) -> Text:
    return Text(x, y, words, "sans", 12, "#000000", 5.0 * len(words))


def page(*items: Item, title: str = "Title") -> Page:
    return Page(1, 400, 600, items, title)


def elements(structure: Structure) -> list[Element]:
    found: list[Element] = []

    def visit(element: Element) -> None:
        found.append(element)
        for kid in element.kids:
            if isinstance(kid, Element):
                visit(kid)

    for page in structure.pages:
        for element in page.elements:
            visit(element)
    return found


def test_shapes_outside_of_groups_are_one_run_of_decoration() -> None:
    structure = tag((page(RULE, RULE, Group("P", (text("Hello"), RULE)), RULE),))
    assert [(mark.role, mark.mcid, len(mark.items)) for mark in structure.pages[0].marks] == [
        ("Artifact", None, 2), ("P", 0, 2), ("Artifact", None, 1),
    ]  # fmt: skip


def test_a_group_of_shapes_alone_is_decoration_but_for_a_span_that_is_said() -> None:
    structure = tag((page(Group("TD", (RULE,)), Group("TD", (Group("Span", (RULE,), spoken="2 of 5"),))),))
    cells = structure.pages[0].elements
    assert cells[0].kids == ()
    assert [mark.mcid for mark in structure.pages[0].marks] == [None, 0]


def test_a_page_without_a_title_goes_on_with_the_section_before() -> None:
    one, other = Group("P", (text("one"),)), Group("P", (text("other"),))
    structure = tag((page(one), page(other, title=""), page(one, title="Next")))
    assert [(section.title, section.pages) for section in structure.sections] == [("Title", (0, 1)), ("Next", (2,))]


def test_words_end_where_lines_end_but_runs_on_a_line_stay_together() -> None:
    runs = (text("Rub", 0), text(", then", 15), text("stop", 0, 24))
    structure = tag((page(Group("P", runs)),))
    shown = [item.text for item in structure.pages[0].marks[0].items if isinstance(item, Text)]
    assert shown == ["Rub", ", then ", "stop"]


def test_a_check_box_is_drawn_as_decoration_and_touched_as_a_form() -> None:
    box = CheckBox(0, 0, 12, "towels", "#000000", "#FFFFFF")
    structure = tag((page(Group("LI", (Group("Lbl", (box,)), Group("LBody", (text("towels"),))))),))
    assert structure.pages[0].touched == (box,)
    form = next(element for element in elements(structure) if element.role == "Form")
    assert form.kids == (Annotation(0, 0),)
    assert [mark.role for mark in structure.pages[0].marks] == ["Artifact", "LBody"]


def test_a_link_holds_its_words_and_its_annotation() -> None:
    link = Link(0, 0, 90, 12, 7, "Basic rub, page 7", (text("Basic rub"),))
    structure = tag((page(Group("TD", (link,))),))
    assert next(one for one in elements(structure) if one.role == "Link").kids == (Content(0, 0), Annotation(0, 0))


def test_text_in_no_group_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="is in no group"):
        tag((page(text("lost")),))


def test_a_picture_that_nothing_describes_is_refused_with_its_place() -> None:
    place = Place("my.yaml", 12, 9)
    with pytest.raises(InvalidFile, match=r"my.yaml:12:9: nothing says what this picture shows: give it an `alt`"):
        tag((page(Group("Figure", (RULE,), Words(" ", place))),))


def test_a_heading_that_skips_a_level_is_refused_with_its_place() -> None:
    title = Words("Safety", Place("my.yaml", 40, 12))
    pages = (page(Group("H1", (text("a"),))), page(Group("H3", (text("b"),)), title=title))
    with pytest.raises(InvalidFile, match=r"my.yaml:40:12: a heading of level 3 follows one of level 1"):
        tag(pages)


def test_headings_may_go_up_by_any_number() -> None:
    tag((page(*(Group(role, (text("x"),)) for role in ("H1", "H2", "H3", "H1", "H2"))),))


@given(st.recursive(st.just("x"), lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=30))
def test_every_text_is_in_one_run_and_every_run_in_one_element(tree: object) -> None:
    """The law of the structure: numbers run from 0 without a gap, and the tree names each once, in order."""

    def group(node: object) -> Item:
        return Group("P", (text("x"),)) if isinstance(node, str) else Group("LI", tuple(map(group, node)))  # type: ignore[arg-type]

    items = (group(tree), RULE, group(tree))
    structure = tag((page(*items),))
    numbers = [mark.mcid for mark in structure.pages[0].marks if mark.mcid is not None]
    assert numbers == list(range(sum(isinstance(item, Text) for item in walk(items))))
    named = [kid for element in elements(structure) for kid in element.kids if isinstance(kid, Content)]
    assert sorted(kid.mcid for kid in named) == numbers
    assert [kid.mcid for kid in named] == numbers


def test_a_booklet_has_one_title_and_a_heading_for_each_page_of_the_outline() -> None:
    booklet = build(setup="floor")
    structure = tag(booklet.pages)
    assert [section.title for section in structure.sections] == [page.title for page in booklet.pages if page.title]
    for section in structure.sections:
        roles = [one.role for index in section.pages for one in structure.pages[index].elements]
        first = next(role for role in roles if role in ("H1", "H2", "H3"))
        assert first == ("H1" if section is structure.sections[0] else "H2")
    assert sum(element.role == "H1" for element in elements(structure)) == 1
    notes = [element.id for element in elements(structure) if element.role == "Note"]
    assert len(notes) == len(set(notes))
