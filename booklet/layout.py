"""Leaves → Pages of fixed items: each kind of leaf is laid out by its page kind.

A new kind of page is a function (book, leaf's name, page number) → Draft and a branch in `lay_out`.
"""

from dataclasses import replace

from booklet.chapters import chapter
from booklet.covers import front
from booklet.cuecard import spread
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.items import Page
from booklet.model import Plan, Times, Timetable
from booklet.planning import Leaf, plan_leaves
from booklet.steps import one_page, picture_page, words_page


def lay_out(book: Book, plan: Plan) -> tuple[Book, tuple[Page, ...]]:
    """All pages of the booklet, and the book with its page numbers. Raises DoesNotFit where a page can't hold its text."""
    book = with_numbers(book)

    def pages_of(name: str) -> int:
        return len(chapter(book, name, 2)) if book.routine.chapters[name].may_run_on else 1

    leaves = plan_leaves(book.routine, plan, pages_of)
    book = replace(book, pages=page_numbers(book, leaves))
    drafts: list[Draft] = []
    for number, leaf in enumerate(leaves, 1):
        match leaf.kind:
            case "cover":
                drafts.append(front(book))
            case "chapter":
                drafts += chapter(book, leaf.name, number)
            case "step":
                drafts.append(one_page(book, leaf.name, number, leaf.band))
            case "step-picture":
                drafts.append(picture_page(book, leaf.name, number))
            case "step-words":
                drafts.append(words_page(book, leaf.name, number, leaf.band))
            case "card-left":
                drafts += spread(book, number)
    if len(drafts) != len(leaves):
        raise DoesNotFit("a chapter takes more pages once its page numbers are filled in: shorten it")
    return book, tuple(draft.page() for draft in drafts)


def with_numbers(book: Book) -> Book:
    """The book with the numbers of its steps: those that have a time, in the order of the file."""
    numbered = (name for name, step in book.routine.steps.items() if step.numbered and book.schedule.turns_of(name))
    return replace(book, numbers={name: number for number, name in enumerate(numbered, 1)})


def page_numbers(book: Book, leaves: tuple[Leaf, ...]) -> dict[str, int]:
    """The first page of each chapter and step, of the cue card and of the timetable.

    A step that another page shows, or gives the times of, has that page.
    """
    numbers: dict[str, int] = {}
    for number, leaf in enumerate(leaves, 1):
        numbers.setdefault(leaf.name, number)
    for number, leaf in enumerate(leaves, 1):
        chapter_of = book.routine.chapters.get(leaf.name)
        for block in chapter_of.blocks if chapter_of else ():
            if isinstance(block, Times):
                numbers.setdefault(str(block.times), number)
            elif isinstance(block, Timetable):
                numbers.setdefault("timetable", number)
    if book.routine.cover.timetable:
        numbers["timetable"] = 1
    for name, step in book.routine.steps.items():
        if step.with_step and step.with_step in numbers:
            numbers.setdefault(name, numbers[step.with_step])
    return numbers
