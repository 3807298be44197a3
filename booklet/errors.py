"""What can go wrong in a user's file or choices, each with its place and what to do about it."""

from booklet.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file: 1-based line and column."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where it stands and what would mend it; its code is that of its message where it has none."""

    place: Place
    message: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class BookletError(Exception):
    """The base of all errors that a user can mend; anything else is a bug and keeps its traceback."""


class InvalidFile(BookletError):
    """A file that can't be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class BadChoice(BookletError):
    """A choice that the routine doesn't offer, or choices that contradict each other."""


class NoPlan(BadChoice):
    """The routine has no plan for so many pages, with these choices."""


class DoesNotFit(BookletError):
    """Content that is larger than its page: says which page, by how much and what to cut."""


class CannotWrite(BookletError):
    """The output can't be written where the user asked for it."""


class CannotPrint(BookletError):
    """The system's printing isn't there, knows no such printer or refuses."""
