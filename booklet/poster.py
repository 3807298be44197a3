"""The wall chart: all steps on one large sheet, read from one and a half to two metres. Millimetres.

From the top: title and scene, the time as a bar, a row for each step, the key of the maps, and what must never be done.
The rows share one grid: numeral and clock, pictures, words. Nothing is smaller than 14 points, which is read from 1.5 m;
numerals, names and times, which are looked up in the middle of a move, are larger by far.
"""

from collections.abc import Callable
from contextlib import suppress
from itertools import product

from booklet import cues, marks
from booklet.covers import greeting
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.fitting import fitted, largest
from booklet.items import PT, Page
from booklet.leaflets import step_height, step_in
from booklet.lists import Piece, rise
from booklet.model import KeyEntry, Step, Words
from booklet.reach import level
from booklet.records import dataclass
from booklet.sheets import (
    ending,
    pictures,
    resized,
    short_list,
    steps_lines,
    times,
    title_block,
    unit,
    warning,
)
from booklet.text import one_line
from booklet.theming import PAPER, Look, contrast
from booklet.timing import clock
from booklet.views import draw_scene

PAPERS = {"a4": (297.0, 420.0), "letter": (279.4, 431.8)}  # A3, or Tabloid
SIZES = (18.0, 17.0, 16.0, 15.0, 14.0)
LEAST = 14.0
LEAD, CLOSEST = 0.92, 0.87  # of the booklet's: its lines are long for their size; where nothing else holds them, closer
SHARES = (0.5, 0.47, 0.44, 0.41, 0.38, 0.35, 0.32)  # of the width beside numeral and clock: the pictures
PICTURE, LOWER = 44.0, (35.0, 32.0, 29.0)  # the least height of a step's pictures, and where steps stand two by two
BOLD = 1.6  # strokes are seen from further away than the booklet's
RULE = 3.2  # from the top of a row to what stands in it
HEAD = 12.0  # from there to the lines below a step's name
TIME = 7.2  # between two clock times
MARGIN = 13.0
HEADER = (34.0, 58.0)  # the least height of the title's block and the most that it grows to where there is room
BAR = 10.0  # height of the timeline, and of the times below it
GAP, AIR = 4.6, 3.0  # between the parts of the sheet, and between two rows
NUMERAL = 84.0  # points
FACTS = 44.0  # width of the column with numeral and clock
SPACE = 7.0  # between pictures and words
GRID, NARROW = 24, 4  # columns for the lists at the foot, and the fewest for one list


def poster(book: Book) -> tuple[Page, ...]:
    """The sheet, at the largest type that holds it all and with the widest pictures then. Raises DoesNotFit."""
    sheet = PAPERS[book.format.name]
    ways = (*((size, LEAD, grid) for grid in (False, True) for size in SIZES), (SIZES[-1], CLOSEST, True))
    return (largest(ways, lambda way: _poster(resized(book, *sheet, way[0], LEAST, way[1]), way[2])),)


def _poster(book: Book, grid: bool) -> Page:
    """The sheet with a row for each step, or, where there are too many, with the steps two by two."""
    draft = Draft(book, 1)
    draft.level = 1
    draft.left, draft.right = MARGIN, draft.width - MARGIN
    draft.title = one_line(book.say(book.routine.title))
    below = [one for one in (_finish(draft), _key(draft), _columns(draft)) if one]
    floor = draft.height - MARGIN - sum(one.height + one.gap for one in below)
    least, most = HEADER
    least += book.style("subtitle")[2] * bool(greeting(book))
    bar = GAP + BAR + book.style("label")[2] if book.schedule.timed else 0.0
    y = MARGIN + least + GAP + bar
    if grid:
        _header(draft, least)
        if bar:
            _timeline(draft, MARGIN + least + GAP)
        _two_by_two(draft, y, floor - y)
    else:
        room = floor - y - AIR * (len(book.numbers) - 1)
        rows = largest(SHARES, lambda share: _rows(draft, share, room))
        grown = min(most - least, 0.4 * (room - sum(one.height for one in rows)))
        y, room = y + grown, room - grown
        _header(draft, least + grown)
        if bar:
            _timeline(draft, MARGIN + least + grown + GAP)
        for one, high in zip(rows, _levelled([one.height for one in rows], room), strict=True):
            one.draw(draft, y, high)
            y += high + AIR
    for piece in below:
        piece.draw(draft, draft.left, floor + piece.gap)
        floor += piece.gap + piece.height
    return draft.page()


def _two_by_two(draft: Draft, top: float, room: float) -> None:
    """The steps in two columns, read across, each two as high as they need to be. Raises DoesNotFit."""
    names, wide = list(draft.book.numbers), (draft.measure - SPACE) / 2
    pairs = [names[index : index + 2] for index in range(0, len(names), 2)]
    room -= AIR * (len(pairs) - 1)
    for least in LOWER:
        needs = [max(step_height(draft, name, wide, least) for name in pair) for pair in pairs]
        if sum(needs) <= room:
            break
    share = room / sum(needs) if sum(needs) > room else 1.0  # too much of it: told of the step that is over
    for pair, high in zip(pairs, _levelled([need * share for need in needs], room), strict=True):
        for column, name in enumerate(pair):
            step_in(draft, name, (draft.left + column * (wide + SPACE), top, wide, high), least)
        top += high + AIR


def _rows(draft: Draft, share: float, room: float) -> "list[Row]":
    """The rows of all steps, their pictures with this share of the width. Raises DoesNotFit."""
    rows = [_row(draft, name, share) for name in draft.book.numbers]
    over = sum(one.height for one in rows) - room
    if over > 0:
        longest = max(rows, key=lambda one: one.height)
        raise DoesNotFit(f"{longest.name}: the wall chart is {over:.0f} mm over: cut some of the lines of this step")
    return rows


def _levelled(needs: list[float], room: float) -> list[float]:
    """Heights that fill the room: all equal, but for those that need more."""
    tall: list[float] = []
    for need in sorted(needs, reverse=True):
        level = (room - sum(tall)) / (len(needs) - len(tall))
        if need <= level:
            return [max(one, level) for one in needs]
        tall.append(need)
    return needs


# --- head ---------------------------------------------------------------------------------------------------------
def _header(draft: Draft, high: float) -> None:
    """The title's block and, beside it, the scene in its window."""
    book, theme = draft.book, draft.theme
    scene = book.routine.cover.scene
    wide = draft.measure * 0.66 if scene else draft.measure
    title_block(draft, (draft.left, MARGIN, wide, high), 60, 24, facts=True)
    if scene:
        left, rest = draft.left + wide, draft.measure - wide
        if theme.outline:
            draft.rect(left, MARGIN, rest, high, None, theme.accent_dark, 1.2)
        else:
            draft.rect(left, MARGIN, rest, high, theme.tint)
        panel = (left, MARGIN, rest, high)
        draw_scene(draft, scene, (left + 2, MARGIN + 2, rest - 4, high - 4), theme.tint, 1.0, panel)


def _timeline(draft: Draft, top: float) -> None:
    """The whole time as a bar: a stretch for each turn, in its colour, with the time at which it starts."""
    book, theme = draft.book, draft.theme
    turns = book.schedule.turns
    total = turns[-1].stop + turns[-1].pause
    scale = draft.measure / total
    _, size, lead = book.style("label")
    shown: list[tuple[float, float]] = []

    def time(seconds: int, anchor: str) -> None:
        """A time below the bar, where no other stands already."""
        words = clock(seconds)
        wide = draft.fonts.width(words, "semibold", size) / PT
        x = draft.left + seconds * scale
        start = x - (wide if anchor == "end" else 0)
        if all(start > right + 2 or start + wide + 2 < left for left, right in shown):
            shown.append((start, start + wide))
            draft.run(x, top + BAR + lead * 0.86, words, "semibold", size, draft.ink, anchor)

    for turn in turns:
        look = theme.looks[book.routine.steps[turn.step].look]
        x, wide = draft.left + turn.start * scale, turn.seconds * scale
        soft = turn.step not in book.numbers
        if theme.outline:
            draft.rect(x + 0.3, top, wide - 0.6, BAR, None, look.line, 0.8 if soft else 1.6)
        else:
            draft.rect(x + 0.3, top + (1.5 if soft else 0), wide - 0.6, BAR - (1.5 if soft else 0), look.line)
        on = look.line if theme.outline else PAPER if contrast(PAPER, look.line) >= 4.5 else draft.ink
        _stretch(draft, turn.step, x, wide, top + BAR / 2 + (0.75 if soft and not theme.outline else 0), str(on))
    with draft.group("P"):
        time(0, "start")
        time(total, "end")
        for soft in (False, True):
            for turn in turns:
                if (turn.step not in book.numbers) == soft:
                    time(turn.start, "start")
        for turn in turns:
            if turn.pause:
                time(turn.stop, "start")


def _stretch(draft: Draft, name: str, x: float, wide: float, middle: float, on: str) -> None:
    """What stands in a stretch of the bar: number and label, the number or emblem alone, or nothing."""
    book = draft.book
    step = book.routine.steps[name]
    size = book.style("strong")[1]
    base = middle + size / PT * 0.34
    number = book.numbers.get(name)
    label = one_line(book.say(step.card.label))
    for words in [f"{number}  {label}", f"{number}"] if number else []:
        if draft.fonts.width(words, "bold", size) / PT + 4 <= wide:
            with draft.group("P"):
                draft.run(x + 2.4, base, words, "bold", size, on)
            return
    if not number and wide >= 8.5:
        marks.emblem(draft, draft.theme.looks[step.look].emblem, x + wide / 2, middle, 6, on, 1.6)


# --- rows ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """A step on the sheet: the least height that holds it, and what draws it from a top edge at a height."""

    name: str
    height: float
    draw: Callable[[Draft, float, float], None]


def _row(draft: Draft, name: str, share: float) -> Row:
    """A step: numeral, clock and facts at the left, its pictures, its words at the right. Raises DoesNotFit."""
    book = draft.book
    step = book.routine.steps[name]
    look = book.theme.looks[step.look]
    wide = (draft.measure - FACTS - SPACE) * share
    left = draft.left + FACTS + (wide + SPACE if step.views else 0)
    facts, words = _facts(draft, name, step, look), _words(draft, name, step, draft.right - left)
    least = max(facts.height, words.height, PICTURE if step.views else 0)

    def draw(page: Draft, top: float, high: float) -> None:
        page.rule(page.left, top, page.right, top, look.line, 3.2)
        y, room = top + RULE, high - RULE
        facts.draw(page, page.left, y)
        if step.views:
            pictures(page, name, step, (page.left + FACTS, y, wide, room), look, BOLD)
        words.draw(page, left, y, room)

    return Row(str(step.name.place), least + RULE, draw)


def _facts(draft: Draft, name: str, step: Step, look: Look) -> Piece:
    """Numeral with the pressure beside it, then clock and how often."""
    book, wide = draft.book, FACTS - 5
    _, size, lead = book.style("strong")
    number = str(book.numbers[name])
    taken = draft.fonts.width(number, "light", NUMERAL) / PT + 2.5
    pressure = level(book.routine, step)
    turns = times(book.schedule.turns_of(name)) if book.schedule.timed else []
    repeat = cues.repeats(book, name, step) if step.repeat else Words("", step.name.place)
    lines = draft.fonts.wrap(repeat, "semibold", size, wide * PT) if repeat else []
    if lines and max(draft.fonts.line_width(line, size) for line in lines) / PT > wide:
        raise DoesNotFit(f"{repeat.place}: “{repeat}” is too wide for the wall chart: shorten it")
    first = 29.4
    last = first + TIME * (len(turns) - 1)

    def draw(page: Draft, left: float, top: float) -> None:
        says = book.word("say-step", number=number, count=len(book.numbers))
        with page.group("P"):
            page.run(left - 1, top + 21, number, "light", NUMERAL, look.line, spoken=says)
        if pressure:
            word = book.say(book.routine.pressure.words[pressure - 1])
            says = book.word("pressure-is", word=word)
            with page.group("P", spoken=says):
                fitted(page, left + taken, top + 13.4, word, "semibold", (size, LEAST), wide - taken + 3)
            marks.pressure_dots(page, left + taken, top + 18.8, pressure, 1.8, 4.5)
        with page.group("P"):
            for index, shown in enumerate(turns):
                sizes = (22, 21, 20, 19, 18, 17, 16)
                fitted(page, left, top + first + index * TIME, Words(shown, step.name.place), "semibold", sizes, wide)
        with page.group("P"):
            page.set(left, top + last + lead + 0.9, lines, "strong")

    return Piece(last + 1.9 + lead * len(lines), draw)


@dataclass(frozen=True, slots=True)
class Column:
    """Words that spread over a height: the least of it, and what draws them."""

    height: float
    draw: Callable[[Draft, float, float, float], None]


def _words(draft: Draft, name: str, step: Step, wide: float) -> Column:
    """Name, lines and warning; the warning stands at the foot of the row."""
    title = one_line(draft.book.say(step.name))
    lines, dont = steps_lines(draft, name, step, wide), warning(draft, name, step, wide)
    apart = 2.8 if dont.height else 0.0

    def draw(page: Draft, left: float, top: float, room: float) -> None:
        with page.heading(1):
            room_beside = wide - (14 if step.hands else 0)
            fitted(page, left - 0.3, top + 8.2, title, "display", (34, 32, 30, 28, 26, 24, 22), room_beside)
        if step.hands:
            marks.hand(page, left + wide - 6.5, top + 5.2, step.hands, 13, page.theme.looks[step.look].line)
        free = room - HEAD - lines.height - dont.height - apart
        lines.draw(page, left, top + HEAD + min(3.0, free * 0.3))
        if dont.height:
            y = top + room - dont.height
            page.rule(left, y - 1, left + wide, y - 1, page.theme.colours.hairline, 0.6)
            dont.draw(page, left, y + 0.4)

    return Column(HEAD + lines.height + apart + dont.height, draw)


# --- foot ---------------------------------------------------------------------------------------------------------
def _key(draft: Draft) -> Piece | None:
    """The zones on the maps, side by side on one line, or on two."""
    entries = draft.book.routine.brief.key
    if not entries:
        return None
    u, lead = unit(draft.book), draft.book.style("body")[2]
    rows: list[list[KeyEntry]] = [[]]
    x = 0.0
    for entry in entries:
        wide = _key_width(draft, entry)
        if rows[-1] and x + wide > draft.measure:
            rows.append([])
            x = 0.0
        rows[-1].append(entry)
        x += wide + 6 * u
    pitch = lead + 1.5 * u

    def draw(page: Draft, left: float, top: float) -> None:
        with page.group("L"):
            for index, row in enumerate(rows):
                base = top + index * pitch + rise(page, "body")
                free = page.measure - sum(_key_width(page, entry) for entry in row)
                between = min(22.0, free / max(1, len(row) - 1))
                x = left
                for entry in row:
                    marks.swatch(page, entry.swatch, x, base - 4.4 * u, 8 * u, 5.4 * u)
                    with page.group("LI"), page.group("LBody"):
                        at = x + 10.5 * u
                        at += page.line(at, base, page.book.say(entry.name), "strong") + 2 * u
                        page.line(at, base, page.book.say(entry.says), "body")
                    x += _key_width(page, entry) + between

    return Piece(len(rows) * pitch, draw, 4.0)


def _key_width(draft: Draft, entry: KeyEntry) -> float:
    say, u = draft.book.say, unit(draft.book)
    return 12.5 * u + draft.wrap_width(say(entry.name), "strong") + draft.wrap_width(say(entry.says), "body")


def _columns(draft: Draft) -> Piece | None:
    """The short lists side by side on a grid of columns, their widths such that the tallest is as low as can be."""
    brief = draft.book.routine.brief
    lists = [one for one in (brief.never, brief.stop, brief.today, brief.help) if one]
    if not lists:
        return None
    field = (draft.measure + SPACE) / GRID

    widest = GRID - NARROW * (len(lists) - 1)
    tried: dict[tuple[int, int], Piece] = {}
    for index, span in product(range(len(lists)), range(NARROW, widest + 1)):
        with suppress(DoesNotFit):  # a word wider than its column
            tried[index, span] = short_list(draft, lists[index], span * field - SPACE)
    ways = [
        [(tried[key], key[1]) for key in enumerate(spans)]
        for spans in product(range(NARROW, widest + 1), repeat=len(lists))
        if sum(spans) == GRID and all(key in tried for key in enumerate(spans))
    ]
    if not ways:
        raise DoesNotFit("the short lists are too wide for the foot of the wall chart: use shorter words")

    def tallest(way: list[tuple[Piece, int]]) -> float:
        return max(one.height for one, _ in way)

    best = min(ways, key=tallest)

    def draw(page: Draft, left: float, top: float) -> None:
        x = left
        for one, span in best:
            page.rule(x, top, x + span * field - SPACE, top, page.ink, 1.2)
            one.draw(page, x, top + 3)
            x += span * field

    return Piece(tallest(best) + 3, draw, GAP)


def _finish(draft: Draft) -> Piece | None:
    """How to end, as a low row: the ending turn's emblem and clock at the left, the lines side by side."""
    block, book = draft.book.routine.brief.finish, draft.book
    if block is None:
        return None
    u, turn = unit(book), ending(book)
    look = book.theme.looks[book.routine.steps[turn.step].look] if turn else None
    count = len(block.numbered)
    wide = (draft.measure - FACTS - SPACE * (count - 1)) / count
    hang = 8.5 * u
    lead, up = book.style("step")[2], rise(draft, "step")
    lines = [draft.wrap(book.say(one), "step", wide - hang) for one in block.numbered]
    high = max(3.4 + max(len(one) for one in lines) * lead, 16.5)

    def draw(page: Draft, left: float, top: float) -> None:
        page.rule(left, top, page.right, top, look.line if look else page.theme.accent_dark, 3.2)
        if block.head:
            with page.heading(1):
                words = one_line(book.say(block.head))
                fitted(page, left - 0.3, top + 9.6, words, "display", (24, 22, 20, 18, 16, 14), FACTS - 17)
        if look:
            marks.emblem(page, look.emblem, left + FACTS - 10, top + 8.4, 10, look.line, 2.2)
        if turn and book.schedule.timed:
            with page.group("P"):
                shown = Words(f"{clock(turn.start)}–{clock(turn.stop)}", block.numbered[0].place)
                fitted(page, left, top + 16.2, shown, "semibold", (16, 15, 14), FACTS - 4)
        with page.group("L", kind="Decimal"):
            for index, one in enumerate(lines):
                x = left + FACTS + index * (wide + SPACE)
                with page.group("LI"):
                    with page.group("Lbl"):
                        marks.badge(page, x + 2.9 * u, top + 3.2 + up - 1.6 * u, str(index + 1), 2.75 * u)
                    with page.group("LBody"):
                        page.set(x + hang, top + 3.2 + up, one, "step")

    return Piece(high, draw, AIR)
