"""The wall chart: all steps on one large sheet, read from one and a half to two metres. Millimetres.

From the top: title and scene, the time as a bar, a row for each step, the key of the maps, and what must never be done.
The rows share one grid: numeral and clock, pictures, words. Nothing is smaller than 14 points, which is read from 1.5 m;
numerals, names and times, which are looked up in the middle of a move, are larger by far.
"""

from itertools import combinations

from booklet import cues, marks, text
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.items import PT, Page
from booklet.lists import Piece, rise
from booklet.model import KeyEntry, Step, Words
from booklet.reach import level
from booklet.sheets import (
    fitted,
    largest,
    numbered,
    one_line,
    pictures,
    resized,
    short_list,
    steps_lines,
    times,
    title_block,
    unit,
    warning,
)
from booklet.theming import PAPER, Look, contrast
from booklet.timing import clock
from booklet.views import draw_scene

PAPERS = {"a4": (297.0, 420.0), "letter": (279.4, 431.8)}  # A3, or Tabloid
SIZES = (18.0, 17.0, 16.0, 15.5, 15.0, 14.5, 14.0)
LEAST = 14.0
MARGIN = 14.0
HEADER = 50.0
BAR = 10.0  # height of the timeline, and of the times below it
GAP = 5.5  # between the parts of the sheet
AIR = 3.5  # between two rows
FACTS = 44.0  # width of the column with numeral and clock
SPACE = 7.0  # between pictures and words
COLUMNS = 4  # at the foot
ROW = 46.0  # a row lower than this has no picture that is seen from across the room


def poster(book: Book) -> tuple[Page, ...]:
    """The sheet, at the largest type that holds it all. Raises DoesNotFit."""
    return (largest(SIZES, lambda size: _poster(resized(book, *PAPERS[book.format.name], size, LEAST))),)


def _poster(book: Book) -> Page:
    draft = Draft(book, 1)
    draft.level = 1
    draft.left, draft.right = MARGIN, draft.width - MARGIN
    draft.title = " ".join(book.say(book.routine.title).replace("|", " ").split())
    _header(draft)
    top = _timeline(draft, MARGIN + HEADER + GAP) + GAP
    foot_height, foot = _columns(draft)
    floor = draft.height - MARGIN - foot_height
    key = _key(draft)
    floor -= (GAP if foot_height else 0) + (key.height + 4.5 if key else 0)
    steps = list(book.numbers)
    high = (floor - top - AIR * (len(steps) - 1)) / max(1, len(steps))
    if high < ROW and steps:
        over = (ROW - high) * len(steps)
        raise DoesNotFit(f"the rows of {len(steps)} steps are {over:.0f} mm over on the wall chart: shorten its short lists")
    for index, name in enumerate(steps):
        _row(draft, name, top + index * (high + AIR), high)
    y = floor
    if key:
        key.draw(draft, draft.left, y + 4.5)
        y += key.height + 4.5
    if foot_height:
        foot.draw(draft, draft.left, y + GAP)
    return draft.page()


# --- head ---------------------------------------------------------------------------------------------------------
def _header(draft: Draft) -> None:
    """The title's block and, beside it, the scene in its window."""
    book, theme = draft.book, draft.theme
    scene = book.routine.cover.scene
    wide = draft.measure * 0.66 if scene else draft.measure
    title_block(draft, (draft.left, MARGIN, wide, HEADER), 60, 30, facts=True)
    if scene:
        left, rest = draft.left + wide, draft.measure - wide
        if theme.outline:
            draft.rect(left, MARGIN, rest, HEADER, None, theme.accent_dark, 1.2)
        else:
            draft.rect(left, MARGIN, rest, HEADER, theme.tint)
        draw_scene(draft, scene, (left + 2, MARGIN + 2, rest - 4, HEADER - 4), theme.tint, 1.0)


def _timeline(draft: Draft, top: float) -> float:
    """The whole time as a bar: a stretch for each turn, in its colour, with the time at which it starts; returns its foot."""
    book, theme = draft.book, draft.theme
    turns = book.schedule.turns
    total = turns[-1].stop + turns[-1].pause
    scale = draft.measure / total
    _, size, lead = book.style("label")
    shown: list[tuple[float, float]] = []

    def time(seconds: int, anchor: str) -> None:
        """A time below the bar, where no other stands already."""
        words = clock(seconds)
        wide = text.width(words, "semibold", size) / PT
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
    return top + BAR + lead


def _stretch(draft: Draft, name: str, x: float, wide: float, middle: float, on: str) -> None:
    """What stands in a stretch of the bar: number and label, the number or emblem alone, or nothing."""
    book = draft.book
    step = book.routine.steps[name]
    size = book.style("strong")[1]
    base = middle + size / PT * 0.34
    number = book.numbers.get(name)
    label = one_line(book.say(step.card.label))
    for words in ([f"{number}  {label}", f"{number}"] if number else []):
        if text.width(words, "bold", size) / PT + 4 <= wide:
            with draft.group("P"):
                draft.run(x + 2.4, base, words, "bold", size, on)
            return
    if not number and wide >= 8.5:
        marks.emblem(draft, draft.theme.looks[step.look].emblem, x + wide / 2, middle, 6, on, 1.6)


# --- rows ---------------------------------------------------------------------------------------------------------
def _row(draft: Draft, name: str, top: float, high: float) -> None:
    """A step: numeral, clock and facts at the left, its pictures, its words at the right. Raises DoesNotFit."""
    book = draft.book
    step = book.routine.steps[name]
    look = book.theme.looks[step.look]
    draft.rule(draft.left, top, draft.right, top, look.line, 3.2)
    y, room = top + 3.2, high - 3.2
    middle = draft.measure - FACTS - SPACE
    wide = middle * (0.52 if len(step.views) > 1 else 0.46)
    words_left = draft.left + FACTS + (wide + SPACE if step.views else 0)
    _facts(draft, name, step, look, y, room)
    if step.views:
        pictures(draft, name, step, (draft.left + FACTS, y, wide, room), look)
    _words(draft, name, step, words_left, y, draft.right - words_left, room)


def _facts(draft: Draft, name: str, step: Step, look: Look, top: float, room: float) -> None:
    """Numeral, clock, pressure, how often and the hand, one below the other."""
    book, left = draft.book, draft.left
    wide = FACTS - 5
    number = str(book.numbers[name])
    says = book.word("say-step", number=number, count=len(book.numbers))
    with draft.group("Lbl"):
        taken = draft.run(left - 1, top + 27, number, "light", 108, look.line, spoken=says)
    if step.hands:
        marks.hand(draft, left + taken + (wide - taken) / 2 + 1, top + 17, step.hands, 17, look.line)
    y = top + 37.5
    turns = times(book.schedule.turns_of(name))
    with draft.group("P"):
        for shown in turns:
            sizes = (22, 21, 20, 19, 18) if len(turns) == 1 else (18, 17, 16)
            fitted(draft, left, y, Words(shown, step.name.place), "semibold", sizes, wide)
            y += 7.4
    y += 0.4
    pressure = level(book.routine, step)
    _, size, lead = book.style("strong")
    rows = []
    if pressure:
        marks.pressure_dots(draft, left, y - 2, pressure, 2.1, 5.6)
        y += lead
        word = book.say(book.routine.pressure.words[pressure - 1])
        rows.append((word, book.word("pressure-is", word=word)))
    if step.repeat:
        rows.append((cues.repeats(book, name, step), ""))
    for words, spoken in rows:
        lines = text.wrap(words, "semibold", size, wide * PT)
        if max(text.line_width(line, size) for line in lines) / PT > wide:
            raise DoesNotFit(f"{words.place}: “{words}” is too wide for the wall chart: shorten it")
        with draft.group("P", spoken=spoken):
            y = draft.set(left, y, lines, "strong")
    over = y - lead - (top + room)
    if over > 0:
        raise DoesNotFit(f"{step.name.place}: the facts of step {name} are {over:.0f} mm over on the wall chart")


def _words(draft: Draft, name: str, step: Step, left: float, top: float, wide: float, room: float) -> None:
    """Name, lines and warning, spread over the height of the row."""
    u = unit(draft.book)
    with draft.heading(1):
        title = one_line(draft.book.say(step.name))
        fitted(draft, left - 0.3, top + 8.6, title, "display", (34, 32, 30, 28, 26, 24, 22), wide)
    lines, dont = steps_lines(draft, name, step, wide), warning(draft, name, step, wide)
    start = top + 12.4
    free = room - 12.4 - lines.height - dont.height
    if free < 2.6 * u * bool(dont.height):
        over = 2.6 * u - free
        raise DoesNotFit(f"{step.name.place}: step {name} is {over:.1f} mm over on the wall chart: cut some of its lines")
    lines.draw(draft, left, start + min(2.0, free * 0.2))
    if dont.height:
        y = top + room - dont.height
        draft.rule(left, y - 1.1 * u, left + wide, y - 1.1 * u, draft.theme.colours.hairline, 0.6)
        dont.draw(draft, left, y + 0.5)


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

    return Piece(len(rows) * pitch, draw)


def _key_width(draft: Draft, entry: KeyEntry) -> float:
    say, u = draft.book.say, unit(draft.book)
    return 12.5 * u + draft.wrap_width(say(entry.name), "strong") + draft.wrap_width(say(entry.says), "body")


def _columns(draft: Draft) -> tuple[float, Piece]:
    """The short lists in columns of one width, in their order, so that the tallest is as low as it can be."""
    brief, book = draft.book.routine.brief, draft.book
    space = 8.0
    lists = [one for one in (brief.never, brief.today, brief.stop, brief.help) if one]
    count = min(COLUMNS, len(lists) + bool(brief.finish))
    if not count:
        return 0.0, Piece(0, lambda page, left, top: None)
    wide = (draft.measure - space * (count - 1)) / count
    parts = [short_list(draft, one, wide) for one in lists]
    if brief.finish:
        parts.append(_finish(draft, wide))
    gap = 4.0 * unit(book)

    def height(part: list[Piece]) -> float:
        return sum(one.height for one in part) + gap * (len(part) - 1)

    ways = [
        [parts[a:b] for a, b in zip((0, *cuts), (*cuts, len(parts)), strict=True)]
        for cuts in combinations(range(1, len(parts)), count - 1)
    ]
    best = min(ways, key=lambda way: max(height(part) for part in way))

    def draw(page: Draft, left: float, top: float) -> None:
        for index, part in enumerate(best):
            x, y = left + index * (wide + space), top + 3
            page.rule(x, top, x + wide, top, page.ink, 1.2)
            for one in part:
                one.draw(page, x, y)
                y += one.height + gap

    tallest = max(height(part) for part in best) + 3
    return tallest, Piece(tallest, draw)


def _finish(draft: Draft, wide: float) -> Piece:
    """How to end, under its heading and clock."""
    brief, book = draft.book.routine.brief, draft.book
    assert brief.finish
    lines = numbered(draft, brief.finish, wide)
    head = draft.wrap(book.say(brief.finish.head), "section-sans", wide) if brief.finish.head else []
    lead, up = book.style("section-sans")[2], rise(draft, "section-sans")

    def draw(page: Draft, left: float, top: float) -> None:
        with page.heading(1):
            page.set(left, top + up, head, "section-sans")
        lines.draw(page, left, top + len(head) * lead + 0.6)

    return Piece(len(head) * lead + 0.6 + lines.height, draw)
