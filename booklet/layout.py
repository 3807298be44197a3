"""Leaves → Pages of fixed items: each kind of leaf is laid out by its page kind.

A new kind of page is a function (book, leaf's name, page number) → Draft and a branch in `_draw`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from booklet.chapters import Upper, chapter
from booklet.covers import front
from booklet.cuecard import spread
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.items import Page
from booklet.model import Branded, Plan, Times, Timetable
from booklet.planning import Leaf, plan_leaves
from booklet.records import dataclass
from booklet.steps import one_page, picture_page, words_page


class Drawn:
    """Pages that booklets have in common, while a process makes many: the latest of each leaf.

    It saves time and changes nothing: a leaf is laid out again where anything that it shows is different. Booklets of
    one routine may differ in their brand, those of a routine that is being written in anything but their pictures.
    """

    def __init__(self) -> None:
        self.leaves: dict[tuple[Leaf, int], _Laid] = {}
        self.counts: dict[str, _Laid] = {}
        self.uppers: dict[str, Upper] = {}


@dataclass(frozen=True, slots=True)
class _Laid:
    """What was made of a leaf, for which book, and what it shows: of the brand, and which steps and chapters."""

    made: Any
    book: Book
    shows: Any
    steps: dict[str, Any]
    chapters: dict[str, Any]

    def holds(self, book: Book, shows: Any) -> bool:
        """Whether the same would be made again."""
        if self.shows != shows:
            return False
        if self.book.routine is book.routine:
            return True
        own = book.routine
        return (
            all(own.steps.get(name) == step for name, step in self.steps.items())
            and all(own.chapters.get(name) == one for name, one in self.chapters.items())
            and _common(replace(self.book, pictures=book.pictures)) == _common(book)
        )


def _common(book: Book) -> Any:
    """What any leaf may show, beside steps, chapters and the brand."""
    names = dict.fromkeys(book.routine.steps), dict.fromkeys(book.routine.chapters)
    return replace(book, routine=replace(book.routine, steps={}, chapters={}), brand=None), names


class _Noting(Mapping[str, Any]):
    """The steps or chapters, noting which of them are looked at."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        self.whole, self.seen = whole, dict[str, Any]()

    def __getitem__(self, name: str) -> Any:
        self.seen[name] = self.whole[name]
        return self.seen[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def _laid(book: Book, shows: Any, make: Callable[[Book], Any]) -> _Laid:
    steps, chapters = _Noting(book.routine.steps), _Noting(book.routine.chapters)
    made = make(replace(book, routine=replace(book.routine, steps=steps, chapters=chapters)))  # type: ignore[arg-type]
    return _Laid(made, book, shows, steps.seen, chapters.seen)


def lay_out(book: Book, plan: Plan, drawn: Drawn | None = None) -> tuple[Book, tuple[Page, ...]]:
    """All pages of the booklet, and the book with its page numbers. Raises DoesNotFit where a page can't hold its text.

    `drawn` is from booklets with the same pictures.
    """
    drawn = drawn or Drawn()
    book, leaves = _leaves(book, plan, drawn)
    pages = [page for number, leaf in enumerate(leaves, 1) for page in _pages(book, leaf, number, drawn)]
    if len(pages) != len(leaves):
        raise DoesNotFit(f"{plan.place}: a chapter takes more pages once its page numbers are filled in: shorten it")
    return book, tuple(pages)


def misfits(book: Book, plan: Plan, drawn: Drawn, only: int = 0) -> list[tuple[int, str]]:
    """All that doesn't fit, page by page: its number, 0 where the plan itself can't be filled, and what is said of it.

    `only` is the number of the one page to look at.
    """
    try:
        book, leaves = _leaves(book, plan, drawn)
    except DoesNotFit as error:
        return [(0, str(error))]
    found = []
    for number, leaf in enumerate(leaves, 1):
        if only not in (0, number):
            continue
        try:
            _pages(book, leaf, number, drawn)
        except DoesNotFit as error:
            found.append((number, str(error)))
    return found


def _leaves(book: Book, plan: Plan, drawn: Drawn) -> tuple[Book, tuple[Leaf, ...]]:
    """The leaves of a plan, and the book with the numbers of its steps and pages. Raises DoesNotFit."""
    book = with_numbers(book)

    def pages_of(name: str) -> int:
        if not book.routine.chapters[name].may_run_on:
            return 1
        shows = _shows_of_brand(book, Leaf("chapter", name))
        if name not in drawn.counts or not drawn.counts[name].holds(book, shows):
            drawn.counts[name] = _laid(book, shows, lambda noting: len(chapter(noting, name, 2)))
        return int(drawn.counts[name].made)

    leaves = plan_leaves(book.routine, plan, pages_of)
    return replace(book, pages=page_numbers(book, leaves)), leaves


def _pages(book: Book, leaf: Leaf, number: int, drawn: Drawn) -> tuple[Page, ...]:
    """The pages of a leaf, laid out or kept. Raises DoesNotFit."""
    of_brand = _shows_of_brand(book, leaf)
    shows = (book.pages, of_brand)
    if (leaf, number) not in drawn.leaves or not drawn.leaves[leaf, number].holds(book, shows):
        own = book.brand is not None and of_brand is book.brand

        def make(noting: Book) -> tuple[Page, ...]:
            made = tuple(draft.page() for draft in _draw(noting, leaf, number, drawn))
            return tuple(replace(page, own=True) for page in made) if own else made

        drawn.leaves[leaf, number] = _laid(book, shows, make)
    return tuple(drawn.leaves[leaf, number].made)


def _shows_of_brand(book: Book, leaf: Leaf) -> Any:
    """What of the brand stands on a leaf: all of it on the covers, its words where a chapter has a place for them."""
    if leaf.kind == "cover":
        return book.brand
    if leaf.kind == "chapter":
        entry = book.routine.chapters[leaf.name]
        if entry.back_cover:
            return book.brand
        return tuple(getattr(book.brand, block.brand, None) for block in entry.blocks if isinstance(block, Branded))
    return None


def _draw(book: Book, leaf: Leaf, number: int, drawn: Drawn) -> list[Draft]:
    match leaf.kind:
        case "cover":
            return [front(book)]
        case "chapter":
            return chapter(book, leaf.name, number, drawn.uppers)
        case "step":
            return [one_page(book, leaf.name, number, leaf.band)]
        case "step-picture":
            return [picture_page(book, leaf.name, number)]
        case "step-words":
            return [words_page(book, leaf.name, number, leaf.band)]
        case "card-left":
            return list(spread(book, number))
        case _:  # what the leaf before has drawn
            return []


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
