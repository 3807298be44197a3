"""A page in the making: a pen that takes millimetres from the top left and leaves items in points.

`Book` is what every page needs to know; `Draft` is one page. Page kinds draw on drafts and hand their pages on.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace

from booklet.brands import Brand
from booklet.conditions import Choices
from booklet.errors import DoesNotFit, InvalidFile, Problem
from booklet.figures import Drawing, Photo
from booklet.items import (
    PT,
    Art,
    CheckBox,
    Clip,
    Field,
    Group,
    Item,
    Kind,
    Link,
    Page,
    PathPart,
    RadioButton,
    Role,
    Shape,
    Text,
    photos_on,
)
from booklet.model import Routine, Timetable, Words
from booklet.paths import ellipse, rectangle, scaled
from booklet.records import dataclass, field
from booklet.saying import spoken, word
from booklet.text import HOUSE, Fonts, Line, language_of, plain
from booklet.theming import PAPER, Theme
from booklet.timing import Schedule, clock

Window = tuple[float, float, float, float]  # left, top, width, height
FRAME = 8.0  # panels keep this far from every trim edge
OUTER, INNER = 12.0, 15.0  # margins of the text measure; the inner one holds the fold and the staples
FOOT = 192.0 - 210.0  # where text ends, from the foot of the page
FOLIO = 201.0 - 210.0
OUTLINE = 0.5  # of a panel where the theme saves ink, in points
HEADINGS: tuple[Role, ...] = ("H1", "H2", "H3")


@dataclass(frozen=True, slots=True)
class Format:
    """A trimmed page and the sheet that two of them are printed on, in millimetres."""

    name: str
    width: float
    height: float
    sheet: tuple[float, float]


A5 = Format("a4", 148, 210, (297, 210))
HALF_LETTER = Format("letter", 139.7, 215.9, (279.4, 215.9))
FORMATS = {"a4": A5, "letter": HALF_LETTER}


@dataclass(frozen=True, slots=True)
class Book:
    """What all pages share. `pages` holds the page number of each chapter and step, known once the leaves are planned.

    `furniture` are the booklet's own words, `speaks` their language where it isn't the booklet's, `fallback` the same in
    the language of texts that have no translation. `beside` names the steps that are shown on another's page, by that step.
    `close` is the share of their usual distance that lines have, on a page that is full. A `loose` one has no page numbers.
    """

    routine: Routine
    choices: Choices
    labels: dict[str, str]
    schedule: Schedule
    theme: Theme
    format: Format
    large: bool
    furniture: dict[str, str]
    pictures: Callable[[str], Drawing | Photo]
    people: dict[str, str] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    brand: Brand | None = None
    fonts: Fonts = HOUSE
    speaks: str = ""
    fallback: dict[str, str] = field(default_factory=dict)
    loose: bool = False
    close: float = 1.0

    @property
    def timetable(self) -> Words | None:
        """The title of the timetable: on the cover or in a chapter."""
        if self.routine.cover.timetable:
            return self.routine.cover.timetable.timetable
        blocks = (block for chapter in self.routine.chapters.values() for block in chapter.blocks)
        return next((block.timetable for block in blocks if isinstance(block, Timetable)), None)

    def style(self, role: str) -> tuple[str, float, float]:
        """Face, size in points and distance of the baselines in millimetres of a role."""
        face, size, lead = (self.theme.type.large if self.large else self.theme.type.normal)[role]
        return str(face), size, lead * self.close

    def word(self, key: str, /, **values: object) -> Words:
        """One of the booklet's own words; where the `count` is 1, that for one, if there is such a word.

        With what has no translation it is in the language of that: one sentence is in one language.
        """
        language = next(filter(None, map(language_of, values.values())), "")
        return self._own(word(self._words_in(language), key, **values), language)

    def spoken(self, words: str, language: str = "") -> Words:
        """The words as they are said aloud, with times and ranges in full; empty where that is what they say already.

        They know their `language`, or it is given.
        """
        language = language or language_of(words)
        return self._own(spoken(self._words_in(language), words), language)

    def _words_in(self, language: str) -> dict[str, str]:
        return self.fallback or self.furniture if language else self.furniture

    def _own(self, words: str, language: str) -> Words:
        return Words(words, self.routine.title.place, (language or self.speaks) if words else "")

    def say(self, words: Words, step: str = "") -> Words:
        """The words with their placeholders filled in; `step` is the one whose numbers {times} and the like stand for."""
        if "{" not in words:
            return words

        label = language_of(self.labels.get(words[1:-1], ""))  # where that is all that there is

        def value(match: re.Match[str]) -> str:
            key = match[1]
            if key.startswith("page "):
                if self.loose:
                    told = "sheets and cards have no page numbers: name the step or its number instead"
                    raise InvalidFile([Problem(words.place, f"{match[0]}: {told}")])
                if self.pages and key[5:] not in self.pages:
                    raise InvalidFile([Problem(words.place, f"{match[0]}: {key[5:]} is on no page of this booklet")])
                return str(self.pages.get(key[5:], "–"))
            if key.startswith("clock "):
                turns = self.schedule.turns_of(key[6:]) if self.schedule.timed else []
                if not turns:
                    raise InvalidFile([Problem(words.place, f"{match[0]}: {key[6:]} has no time with these choices")])
                return self.word("tell-and").join(f"{clock(turn.start)}–{clock(turn.stop)}" for turn in turns)
            if step in self.schedule.counts and key in ("passes", "times", "spots"):
                return str(getattr(self.schedule.counts[step], key))
            return self.labels.get(key, match[0])

        return Words(re.sub(r"\{([^{}]*)\}", value, words), words.place, words.language or label)


class Draft:
    """One page in the making. Positions are millimetres of the trimmed page, y down; type sizes and line widths points."""

    def __init__(self, book: Book, number: int) -> None:
        self.book, self.number = book, number
        self.width, self.height = book.format.width, book.format.height
        self.recto = number % 2 == 1
        self.left = INNER if self.recto else OUTER
        self.right = self.width - (OUTER if self.recto else INNER)
        self.foot = self.height + FOOT
        self.title = ""
        self.level = 2  # of the page's title among the headings; the cover has 1
        self.items: list[Item] = []
        self.left_out: list[str] = []

    @property
    def measure(self) -> float:
        return self.right - self.left

    @property
    def theme(self) -> Theme:
        return self.book.theme

    @property
    def fonts(self) -> Fonts:
        return self.book.fonts

    @property
    def ink(self) -> str:
        return str(self.theme.colours.ink)

    def page(self) -> Page:
        ground = "" if self.theme.paper.upper() == PAPER else self.theme.paper
        size = (self.width * PT, self.height * PT)
        items, left_out = tuple(self.items), tuple(self.left_out)
        return Page(self.number, *size, items, self.title, ground, left_out, photos=photos_on(items))

    @contextmanager
    def group(
        self, role: Role, alt: str = "", *, spoken: str = "", kind: Kind = "", language: str = ""
    ) -> Iterator[None]:
        """What is drawn inside has this role in the structure. A cell may be empty; any other empty group is dropped."""
        language = language or language_of(alt) or language_of(spoken)
        with self._aside() as items:
            yield
        if items or role in ("TH", "TD"):
            self.items.append(Group(role, tuple(items), alt, spoken, kind, language))

    def heading(self, below: int = 0, words: str = "") -> AbstractContextManager[None]:
        """What is drawn inside is the page's title, or a heading so many levels below it: these words, in their language."""
        return self.group(HEADINGS[self.level - 1 + below], language=language_of(words))

    @contextmanager
    def _aside(self) -> Iterator[list[Item]]:
        """Collects what is drawn inside in a list of its own, to be wrapped by who asked for it."""
        outer, self.items = self.items, []
        try:
            yield self.items
        finally:
            self.items = outer

    # --- text
    def run(
        self,
        x: float,
        y: float,
        words: str,
        face: str,
        size: float,
        colour: str,
        anchor: str = "start",
        *,
        spoken: str = "",
        language: str = "",
    ) -> float:
        """One line of one face with its start, middle or end at x; returns its width in millimetres.

        `spoken` is said instead; times say themselves. Words know themselves where they aren't in the booklet's language.
        """
        language = language or language_of(words)
        wide = self.fonts.width(words, face, size)
        start = x * PT - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        spacing = self.fonts.spacing(face, size)
        shown = Text(start, y * PT, words, *self.fonts.at(face, size), colour, wide, spacing)
        spoken = spoken or self.book.spoken(words, language)
        language = language or language_of(spoken)
        said = bool(spoken or language)
        self.items.append(Group("Span", (shown,), spoken=spoken, language=language) if said else shown)
        return wide / PT

    def line(
        self,
        x: float,
        y: float,
        words: str,
        role: str,
        colour: str = "",
        anchor: str = "start",
        *,
        spoken: str = "",
        room: float = 0,
        least: float = 1.0,
    ) -> float:
        """One line in the style of a role. Raises DoesNotFit where it is wider than its `room` in millimetres, if that is given.

        `least` is the share of its size that the type may shrink to before.
        """
        face, size, _ = self.book.style(role)
        if room:
            size *= min(1.0, max(least, room * PT / max(1.0, self.fonts.width(words, face, size))))
        if room and (over := self.fonts.width(words, face, size) / PT - room) > 0.05:
            place = f"{words.place}: " if isinstance(words, Words) else ""
            raise DoesNotFit(f"{place}“{words}” is {over:.1f} mm too wide for its line: shorten it")
        return self.run(x, y, words, face, size, colour or self.ink, anchor, spoken=spoken)

    def set(self, x: float, y: float, lines: list[Line], role: str, colour: str = "") -> float:
        """Lines of text from the baseline y down; returns the baseline after the last."""
        _, size, lead = self.book.style(role)
        for line in lines:
            at = x
            for run in line:
                at += self.run(at, y, run.text, run.face, size, colour or self.ink, language=run.language)
            y += lead
        return y

    def wrap(self, words: str, role: str, room: float) -> list[Line]:
        """The lines of a text in a column `room` millimetres wide. Raises DoesNotFit for a word wider than that."""
        face, size, _ = self.book.style(role)
        lines = self.fonts.wrap(words, face, size, room * PT)
        for line in lines:
            over = self.fonts.line_width(line, size) / PT - room
            if over > 0.05:
                place = f"{words.place}: " if isinstance(words, Words) else ""
                shown = "".join(run.text for run in line)
                raise DoesNotFit(f"{place}“{shown}” is {over:.1f} mm wider than its column: use a shorter word")
        return lines

    def wrap_width(self, words: str, role: str) -> float:
        """The width of one line in the style of a role."""
        face, size, _ = self.book.style(role)
        return self.fonts.width(words, face, size) / PT

    def paragraph(self, x: float, y: float, words: str, role: str, room: float, colour: str = "") -> float:
        return self.set(x, y, self.wrap(words, role, room), role, colour)

    # --- shapes
    def path(
        self,
        parts: list[PathPart],
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0,
        dash: tuple[float, ...] = (),
        round: bool = True,
    ) -> None:
        """A path in millimetres; the width in points, the dash in millimetres."""
        self.items.append(Shape(scaled(parts), fill, stroke, width, tuple(d * PT for d in dash), round))

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str | None, stroke: str | None = None, width: float = 0
    ) -> None:
        self.path(rectangle(x, y, w, h), fill, stroke, width, round=False)

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> None:
        self.path([("M", (x1, y1)), ("L", (x2, y2))], None, colour, width, round=False)

    def circle(
        self, x: float, y: float, r: float, fill: str | None, stroke: str | None = None, width: float = 0
    ) -> None:
        self.path(ellipse(x, y, r, r), fill, stroke, width)

    @contextmanager
    def clip(self, parts: list[PathPart]) -> Iterator[None]:
        """What is drawn inside shows only inside the path."""
        with self._aside() as items:
            yield
        self.items.append(Clip(scaled(parts), tuple(items)))

    def panel(self, x: float, y: float, w: float, h: float, ground: str = "", edge: str = "") -> None:
        """A flat panel, or its outline where the theme saves ink."""
        if self.theme.outline:
            self.rect(x, y, w, h, None, edge or self.theme.accent_dark, OUTLINE)
        else:
            self.rect(x, y, w, h, ground or self.theme.ground)

    def art(
        self, drawing: Drawing | Photo, x: float, y: float, k: float, window: Window, mirrored: bool = False
    ) -> None:
        """A drawing with its art origin at (x, y), k millimetres per art unit, cut to the window."""
        left, top, width, height = window
        hair = OUTLINE / 2 if self.theme.outline else 0.0  # a panel's outline stays whole around its picture
        box = (left * PT + hair, top * PT + hair, width * PT - 2 * hair, height * PT - 2 * hair)
        self.items.append(Art(drawing, x * PT, y * PT, k * PT, box, mirrored))

    # --- what a reader touches
    def box(self, x: float, y: float, label: str, size: float = 4.4) -> None:
        """A box to tick beside a line with its baseline at y."""
        top = y - size + 0.35
        said = self.book.spoken(label) or label
        label = Words(plain(said), self.book.routine.title.place, language_of(said))
        self.items.append(CheckBox(x * PT, top * PT, size * PT, label, self.ink, PAPER))

    def writing_line(self, x: float, y: float, w: float, label: str, value: str = "", height: float = 7) -> None:
        """A line to write on, with a field above it."""
        self.rule(x, y, x + w, y, self.ink, 0.7)
        self.field(x, y, w, label, value, height)

    def field(self, x: float, y: float, w: float, label: str, value: str = "", height: float = 7) -> None:
        """A field that stands on the line at y."""
        face, size, _ = self.book.style("step")
        box = (x * PT, (y - height) * PT, w * PT, height * PT)
        self.items.append(Field(*box, label, self.ink, *self.fonts.at(face, size), value))

    def radio(self, x: float, y: float, r: float, name: str, value: str) -> None:
        """One of the buttons called `name`, a ring of this radius round what is drawn at (x, y)."""
        box = ((x - r) * PT, (y - r) * PT, 2 * r * PT)
        said = Words(f"{name}: {value}", self.book.routine.title.place, language_of(name))
        self.items.append(RadioButton(*box, name, value, said, self.theme.accent_dark))

    @contextmanager
    def link(self, x: float, y: float, w: float, h: float, to: int | str, label: str) -> Iterator[None]:
        """What is drawn inside leads to another page or out of the file, from anywhere in the box.

        Where its label has another language than the booklet, what is inside says its own.
        """
        with self._aside() as items:
            yield
        if language_of(label):
            items = [_speaking(one, str(self.book.routine.language)) for one in items]
        self.items.append(Link(x * PT, y * PT, w * PT, h * PT, to, label, tuple(items)))

    def linked(self, x: float, y: float, w: float, h: float, name: str, label: str) -> AbstractContextManager[None]:
        """A link to the page of a chapter or step, or nothing where it has none or is on this one."""
        page = self.book.pages.get(name)
        return self.link(x, y, w, h, page, label) if page and page != self.number else nullcontext()

    def folio(self) -> None:
        """The page number at the outer corner of the foot."""
        x = self.right if self.recto else self.left
        anchor = "end" if self.recto else "start"
        with self.group("Artifact"):
            self.line(x, self.height + FOLIO, str(self.number), "folio", self.theme.accent_dark, anchor)

    def folio_back(self, to: str, says: str) -> None:
        """The page number as a link to the page of a chapter or step; where there is none, just the number."""
        if page := self.book.pages.get(to):
            x, left = (self.right, self.right - 10) if self.recto else (self.left, self.left - 2)
            anchor = "end" if self.recto else "start"
            y = self.height + FOLIO
            with self.group("P"), self.link(left, y - 7, 12, 10, page, says):
                self.line(x, y, str(self.number), "folio", self.theme.accent_dark, anchor, spoken=says)
        else:
            self.folio()


def _speaking(item: Item, language: str) -> Item:
    """A text, or a group without a language of its own, in the booklet's."""
    if isinstance(item, Text):
        return Group("Span", (item,), language=language)
    return replace(item, language=item.language or language) if isinstance(item, Group) else item
