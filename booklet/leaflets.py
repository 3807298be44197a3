"""Small pages: a step, a title, short lists and the clock, each on one card or on one page of a mini booklet. Millimetres."""

from booklet import cues, marks
from booklet.drafting import Book, Draft, Window
from booklet.errors import DoesNotFit
from booklet.fitting import fitted
from booklet.items import PT
from booklet.lists import Piece
from booklet.model import Numbered, Words
from booklet.reach import level
from booklet.sheets import band, clock_line, ending, facts, pictures, steps_lines, times, unit, warning
from booklet.text import one_line
from booklet.timing import clock

DOTS = 19.4  # width of the dots of pressure
BESIDE = 0.33  # of the width: pictures that stand beside the lines


def blank(book: Book, number: int, edge: float, title: str = "") -> Draft:
    """An empty page whose content keeps `edge` from all sides."""
    draft = Draft(book, number)
    draft.left, draft.right = edge, draft.width - edge
    draft.foot = draft.height - edge
    draft.title = title
    return draft


def step_in(draft: Draft, name: str, window: Window, least: float) -> None:
    """A step in a part of a page: name, numeral, clock and how often, its pictures beside its lines, warning, interludes.

    Raises DoesNotFit where the pictures would be lower than `least`.
    """
    book, u = draft.book, unit(draft.book)
    step, look = book.routine.steps[name], book.theme.looks[book.routine.steps[name].look]
    left, top, room, high = window
    right, foot = left + room, top + high
    draft.rule(left, top + 0.4, right, top + 0.4, look.line, 2.4 * u)
    pressure = level(book.routine, step)
    told = [" · ".join(times(book.schedule.turns_of(name)))] if book.schedule.timed else []
    told += [cues.repeats(book, name, step)] if step.repeat else []
    with draft.heading(1):
        edge, draft.right = draft.right, right
        reserved = _numeral(draft, name, top + 17.4 * u)
        draft.right = edge
        sizes = tuple(size * u for size in (30, 28, 26, 24, 22, 20, 18))
        beside = (DOTS + 3) * u * bool(pressure)
        fitted(
            draft, left - 0.2, top + 9.8 * u, one_line(book.say(step.name)), "display", sizes, room - reserved - beside
        )
    if pressure:
        word = book.say(book.routine.pressure.words[pressure - 1])
        with draft.group("Figure", book.word("pressure-is", word=word)):
            marks.pressure_dots(draft, left + room - reserved - DOTS * u, top + 6.8 * u, pressure, 1.5 * u, 4.1 * u)
    if told:
        size = book.style("step")[1]
        language = cues.repeats(book, name, step).language if step.repeat else ""
        words = Words(" · ".join(told), step.name.place, language)
        with draft.group("P"):
            fitted(draft, left, top + 17.0 * u, words, "semibold", (size, size * 0.93, size * 0.86), room - reserved)
    wide, apart, after, dont, lines, head, below = _parts(draft, name, room)
    y = top + head
    over = step_height(draft, name, room, least) - high
    if over > 0:
        raise DoesNotFit(f"{step.name.place}: step {name} is {over:.1f} mm over in this format: cut some of its lines")
    if step.views:
        pictures(draft, name, step, (left, y, wide, foot - below - y), look)
    lines.draw(draft, left + wide + apart, y)
    dont.draw(draft, left, foot - after.height - 2.4 * u * bool(after.height) - dont.height)
    after.draw(draft, left, foot - after.height)


def step_height(draft: Draft, name: str, room: float, least: float) -> float:
    """The least height of a step in a part of a page that is `room` wide, whose pictures are `least` high."""
    _, _, _, _, lines, head, below = _parts(draft, name, room)
    return head + max(lines.height, least if draft.book.routine.steps[name].views else 0.0) + below


def _parts(draft: Draft, name: str, room: float) -> tuple[float, float, Piece, Piece, Piece, float, float]:
    """Of a step in a part of a page: its pictures' width, what keeps them from the words, interludes, warning, lines; the
    heights above the lines and below them.
    """
    book, u, step = draft.book, unit(draft.book), draft.book.routine.steps[name]
    wide = room * BESIDE if step.views else 0.0
    apart = 3.4 * u * bool(step.views)
    after, dont = band(draft, name, room), warning(draft, name, step, room)
    lines = steps_lines(draft, name, step, room - wide - apart)
    below = after.height + 2.4 * u * bool(after.height) + dont.height + 2.0 * u * bool(dont.height)
    head = (20.5 if book.schedule.timed or step.repeat else 14.5) * u
    return wide, apart, after, dont, lines, head, below


def step_page(book: Book, name: str, number: int, edge: float, least: float) -> Draft:
    """A step: name, numeral, clock, picture, lines, facts, warning, and the interludes after it.

    Raises DoesNotFit where the picture would be lower than `least`.
    """
    step, u = book.routine.steps[name], unit(book)
    look = book.theme.looks[step.look]
    draft = blank(book, number, edge, one_line(book.say(step.name)))
    left, right, room = draft.left, draft.right, draft.measure
    draft.rule(left, edge + 0.4, right, edge + 0.4, look.line, 2.4 * u)
    with draft.heading():
        reserved = _numeral(draft, name, edge + 17.4 * u)
        sizes = tuple(size * u for size in (30, 28, 26, 24, 22, 20, 18))
        fitted(draft, left - 0.2, edge + 9.8 * u, one_line(book.say(step.name)), "display", sizes, room - reserved)
    if book.schedule.timed:
        with draft.group("P"):
            clock_line(draft, left, edge + 17.4 * u, name, step, room - reserved)
    top = edge + (21 if book.schedule.timed else 19) * u
    after, dont, lines = band(draft, name, room), warning(draft, name, step, room), steps_lines(draft, name, step, room)
    row = 12.4 * u if step.pressure or step.repeat or step.hands else 0.0
    bands = draft.foot - after.height
    donts = bands - 2.4 * u * bool(after.height) - dont.height
    strip = donts - 1.3 * u * bool(dont.height) - row
    words = strip - 2.2 * u - lines.height
    high = words - 2.6 * u * bool(step.views) - top
    over = (least if step.views else 0.0) - high
    if over > 0:
        raise DoesNotFit(f"{step.name.place}: step {name} is {over:.1f} mm over in this format: cut some of its lines")
    if step.views:
        pictures(draft, name, step, (left, top, room, high), look)
    lines.draw(draft, left, words if step.views else top)
    if row:
        draft.rule(left, strip, right, strip, look.line, 1.6 * u)
        facts(draft, name, step, look, left, strip + 0.4 * u, right)
        draft.rule(left, strip + row, right, strip + row, draft.theme.colours.hairline, 0.5)
    dont.draw(draft, left, donts)
    after.draw(draft, left, bands)
    return draft


def _numeral(draft: Draft, name: str, base: float) -> float:
    """The step's number, or its emblem, at the top right; returns the width that it takes."""
    book, u = draft.book, unit(draft.book)
    look = book.theme.looks[book.routine.steps[name].look]
    number = book.numbers.get(name)
    if not number:
        marks.emblem(draft, look.emblem, draft.right - 7 * u, base - 6 * u, 13 * u, look.line, 2.6 * u)
        return 18 * u
    face, size, _ = book.style("numeral")
    says = book.word("say-step", number=number, count=len(book.numbers))
    return draft.run(draft.right + 0.4, base, str(number), face, size, look.line, "end", spoken=says) + 4 * u


def heading(draft: Draft, words: Words, top: float, beside: float = 0) -> float:
    """A page's title, with room for something `beside` it; returns where its content starts."""
    u = unit(draft.book)
    with draft.heading():
        sizes = tuple(size * u for size in (30, 28, 26, 24, 22, 20, 18))
        fitted(draft, draft.left - 0.2, top + 9.8 * u, one_line(words), "display", sizes, draft.measure - beside)
    return top + 14.5 * u


def numbered_title(draft: Draft, block: Numbered, top: float, beside: float = 0) -> float:
    """The heading of numbered lines as the title of their page; returns where its content starts."""
    if block.head is None:
        return top
    draft.title = one_line(draft.book.say(block.head))
    return heading(draft, draft.book.say(block.head), top, beside)


def finish_title(draft: Draft, block: Numbered, top: float) -> float:
    """The heading of how to end, like a step's with the emblem and clock of the ending turn, where there is one."""
    u, turn = unit(draft.book), ending(draft.book)
    if turn is None:
        draft.rule(draft.left, top + 0.4, draft.right, top + 0.4, draft.theme.accent_dark, 2.4 * u)
        return numbered_title(draft, block, top)
    step = draft.book.routine.steps[turn.step]
    look = draft.theme.looks[step.look]
    draft.rule(draft.left, top + 0.4, draft.right, top + 0.4, look.line, 2.4 * u)
    marks.emblem(draft, look.emblem, draft.right - 7 * u, top + 11.4 * u, 13 * u, look.line, 2.6 * u)
    numbered_title(draft, block, top, 15 * u)
    if draft.book.schedule.timed:
        with draft.group("P"):
            shown = f"{clock(turn.start)}–{clock(turn.stop)}"
            draft.line(draft.left, top + 17.4 * u, shown, "value")
    return top + 21 * u


def stack(draft: Draft, parts: list[Piece], top: float, foot: float) -> None:
    """Pieces one below the other; their gaps give and take between a third and one and a half. Raises DoesNotFit."""
    heights, gaps = sum(one.height for one in parts), sum(one.gap for one in parts[1:])
    share = min(1.5, (foot - top - heights) / gaps) if gaps else (1.0 if foot - top >= heights else 0.0)
    if share < 0.33 and parts:
        over = heights + 0.33 * gaps - (foot - top)
        raise DoesNotFit(f"{over:.1f} mm too much on “{draft.title}”: shorten {' or '.join(one.name for one in parts)}")
    y = top
    for index, one in enumerate(parts):
        y += one.gap * share if index else 0
        one.draw(draft, draft.left, y)
        y += one.height


def clock_page(book: Book, number: int, edge: float) -> Draft:
    """All turns in their order, with the time at which each starts. Raises DoesNotFit."""
    u = unit(book)
    timetable = book.timetable
    words = book.say(timetable) if timetable else Words(book.word("clock"), book.routine.title.place)
    draft = blank(book, number, edge, one_line(words))
    top = heading(draft, words, edge)
    rows = []
    for turn in book.schedule.turns:
        step = book.routine.steps[turn.step]
        label = book.say(step.card.paused if turn.pause and step.card.paused else step.name)
        rows.append((step, turn, one_line(label)))
    pitch = min(13.0 * u, (draft.foot - top) / max(1, len(rows)))
    face, size, _ = book.style("strong")
    if pitch < size / PT * 1.12:
        raise DoesNotFit(f"{len(rows)} times don't fit on one page of this format: choose a shorter time")
    wide = max(draft.fonts.width(clock(turn.start), "semibold", size) for _, turn, _ in rows) / PT
    draft.rule(draft.left, top, draft.right, top, draft.ink, 0.8)
    with draft.group("L"):
        for index, (step, turn, label) in enumerate(rows):
            y = top + index * pitch
            base = y + pitch / 2 + size / PT * 0.34
            look = book.theme.looks[step.look]
            marks.emblem(
                draft, look.emblem, draft.left + 4 * u, y + pitch / 2, min(7 * u, pitch * 0.8), look.line, 1.7 * u
            )
            with draft.group("LI"), draft.group("LBody"):
                bold = "bold" if turn.step in book.numbers else "sans"
                number_of = book.numbers.get(turn.step)
                shown = Words(f"{number_of}  {label}" if number_of else label, label.place, label.language)
                fitted(
                    draft,
                    draft.left + 10 * u,
                    base,
                    shown,
                    bold,
                    (size, size * 0.95, size * 0.9),
                    draft.measure - 13 * u - wide,
                )
                draft.run(draft.right, base, clock(turn.start), face, size, draft.ink, "end")
            draft.rule(draft.left, y + pitch, draft.right, y + pitch, draft.theme.colours.hairline, 0.4)
    return draft
