"""What a process that makes many booklets keeps from one to the next: tailored books, their pages, beginnings of files."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from booklet.drafting import Book
from booklet.layout import Drawn
from booklet.pdf import Written
from booklet.records import dataclass
from booklet.routines import RoutineFile
from booklet.shapes import Before


@dataclass(frozen=True, slots=True)
class Body:
    """A book without a brand's words, what is drawn of it and drawn in lines, and the beginnings of its files."""

    book: Book
    drawn: Drawn
    in_lines: Drawn
    written: Written


class Kept:
    """What a process that makes many booklets keeps from one to the next; it saves time and changes nothing.

    A body is all that doesn't change with a brand's name, logo and contacts: the tailored book and its pages. Only the
    latest few bodies are kept.
    """

    MOST, MOST_ITEMS = 8, 1000

    def __init__(self) -> None:
        self.bodies: dict[Any, Body] = {}
        self.former: dict[Any, Body] = {}
        self.items: dict[Any, Before] | None = None

    def renew(self) -> None:
        """Tailors every book again from here on, since the routine has changed; of its pages those stay that can."""
        self.former |= self.bodies
        self.bodies = {}
        if self.items is None or sum(map(len, self.items.values())) > self.MOST_ITEMS:
            self.items = {}

    def before(self, key: Any, file: RoutineFile) -> Before:
        """What was read of the routine for a body of this key; nothing where it isn't being written."""
        if self.items is None:
            return {}
        return self.items.setdefault((key, repr(file.own_options)), {})

    def body(self, key: Any, make_book: Callable[[], Book]) -> "Body":
        """The body of this key."""
        found = self.bodies.pop(key, None)
        if found is None:
            book, former = make_book(), self.former.pop(key, None)
            found = replace(former, book=book) if former else Body(book, Drawn(), Drawn(), Written())
        self.bodies[key] = found
        while len(self.bodies) > self.MOST:
            del self.bodies[next(iter(self.bodies))]
        return found
