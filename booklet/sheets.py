"""What sheets and cards share: a book at another size, the title block, pictures, lines, facts, short lists. Millimetres.

Everything is set in the booklet's roles, made larger or smaller together; `unit` is how much. A length of 8.5 on a page of
the booklet is 8.5 · unit here.
"""

from dataclasses import replace

from booklet import cues, marks, text
from booklet.covers import greetings, raked_sand
from booklet.cuecard import map_of
from booklet.drafting import Book, Draft, Format, Window
from booklet.errors import DoesNotFit, InvalidFile, Problem
from booklet.fitting import fitted
from booklet.items import PT
from booklet.lists import Piece, rise
from booklet.model import KeyEntry, Listing, MapName, MapView, Numbered, Picture, Step, View, Words
from booklet.reach import level
from booklet.steps import following, named, shown_with
from booklet.strokes import Weight, swapped
from booklet.text import one_line
from booklet.theming import PAPER, Look, mix
from booklet.timing import Turn, clock
from booklet.views import CARD, Fit, beside_each_other, draw_close_up, draw_map, draw_scene, upper

BODY = 14.0  # points: the lines of a step in the booklet, which `unit` is measured by
BETWEEN = 2.4  # two windows side by side
DESCENDER, ASCENDER = 0.24, 0.74  # of a size: how far letters go below their line, and above
SHRUNK = (1.0, 0.95, 0.9)  # how far a line under or over the title shrinks before it doesn't fit


def resized(book: Book, width: float, height: float, body: float, least: float, tight: float = 1.0) -> Book:
    """The book on pages of another size: steps in `body` points, nothing less than `least`, `tight` of its line spacing."""
    unit = body / BODY
    scale = {}
    for role, (face, size, lead) in book.theme.type.normal.items():
        shown = max(least, round(size * unit, 1))
        scale[role] = (face, shown, lead * shown / size * tight)
    theme = replace(book.theme, type=replace(book.theme.type, normal=scale))
    page = Format(book.format.name, width, height, book.format.sheet)
    return replace(book, theme=theme, format=page, large=False)


def unit(book: Book) -> float:
    """How much larger than in the booklet everything is."""
    return book.style("step")[1] / BODY


# --- the title ----------------------------------------------------------------------------------------------------
def title_block(draft: Draft, window: Window, most: float, least: float, facts: bool) -> None:
    """A block in the accent with raked sand, the title, the subtitle and, if asked for, the facts. Raises DoesNotFit.

    The title's size goes down from `most` to `least` points.
    """
    book, theme = draft.book, draft.theme
    left, top, wide, high = window
    on = theme.on_block
    if theme.outline:
        draft.rect(left, top, wide, high, None, theme.accent_dark, 1.2)
    else:
        draft.rect(left, top, wide, high, theme.block)
    _, small, lead = book.style("subtitle")
    pad = 0.5 * lead + 2
    below = [book.say(book.routine.subtitle)]
    if facts:
        below.append(Words(" · ".join(book.say(fact) for fact in book.routine.cover.facts), below[0].place))
    sizes = tuple(max(book.style("label")[1], small * share) for share in SHRUNK)
    for_whom = [
        "".join(run.text for run in line)
        for greeted in greetings(draft, "display", small, wide - 2 * pad)
        for line in draft.fonts.wrap(greeted, "display", sizes[-1], (wide - 2 * pad) * PT)
    ]
    above = lead * len(for_whom)
    room = high - 2 * pad - len(below) * lead - above
    lines, size = _title(draft, wide - 2 * pad, room, most, least)
    pitch = size / PT * 0.94
    clear = max(lead + 1.0 + 0.08 * size / PT, (DESCENDER * size + ASCENDER * small) / PT + 0.6)
    first = top + high - pad - (len(below) - 1) * lead - clear - (len(lines) - 1) * pitch
    start = top + (pad + above if above else pad * 0.3)
    raked_sand(draft, (left, start, wide, first - size / PT * 0.8 - start), on)
    with draft.group("P"):
        for index, greeted in enumerate(for_whom):
            y = top + pad + small / PT * 0.5 + index * lead
            fitted(draft, left + pad, y, greeted, "display", sizes, wide - 2 * pad, on)
    with draft.heading(words=draft.book.routine.title):
        for index, line in enumerate(lines):
            draft.run(left + pad - 0.4, first + index * pitch, line, "display" if theme.outline else "light", size, on)
    for index, words in enumerate(below):
        y = top + high - pad - (len(below) - 1 - index) * lead
        with draft.group("P"):
            fitted(draft, left + pad, y, words, "sans" if index == 0 else "semibold", sizes, wide - 2 * pad, on)


def _title(draft: Draft, wide: float, high: float, most: float, least: float) -> tuple[list[str], float]:
    """The title's lines and their size: broken as its author wants it, or anywhere where that is larger by far."""
    title = draft.book.say(draft.book.routine.title)
    face = "display" if draft.theme.outline else "light"
    size = most
    while size >= least:
        parts = [part.strip() for part in title.split("|")]
        for broken in ([one_line(title)], parts):
            lines = [line for part in broken for line in draft.fonts.wrap(part, face, size, wide * PT)]
            if len(lines) > max(len(broken), 1) and broken is not parts:
                continue  # on one line, or where the author breaks it
            fits = max(draft.fonts.line_width(line, size) for line in lines) / PT <= wide
            if fits and (len(lines) * 0.94 + 0.1) * size / PT + 1.0 <= high:
                return ["".join(run.text for run in line) for line in lines], size
        size -= 1
    raise DoesNotFit(f"{title.place}: the title “{title}” doesn't fit on this format: shorten it")


# --- pictures -----------------------------------------------------------------------------------------------------
def pictures(draft: Draft, name: str, step: Step, window: Window, look: Look, bold: float = 1.0) -> None:
    """One or two views, side by side or, in a high window or wide ones, stacked; photos as they are larger.

    Strokes are `bold` times as heavy as their map asks.
    """
    left, top, width, height = window
    if len(step.views) > 2:
        raise InvalidFile([Problem(step.name.place, f"step {name} has {len(step.views)} views; a step shows two")])
    between = BETWEEN * min(1.0, unit(draft.book))
    parts = [window]
    share = upper(draft, step.views)
    if len(step.views) == 2 and (share or (height > 0.78 * width and not beside_each_other(draft, step.views, window))):
        high = round((height - between) * (share or 0.5), 1)
        parts = [(left, top, width, high), (left, top + high + between, width, height - between - high)]
    elif len(step.views) == 2:
        wide = round((width - between) * (0.58 if width > 1.35 * height else 0.54), 1)
        parts = [(left, top, wide, height), (left + wide + between, top, width - wide - between, height)]
    for view, part in zip(step.views, parts, strict=False):
        draft.panel(*part)
        _view(draft, name, view, part, look, bold)


def _view(draft: Draft, name: str, view: View, window: Window, look: Look, bold: float) -> None:
    """A map's strokes weigh what they do in the booklet where it is as high as there, less where it is smaller."""
    if isinstance(view, MapView):
        share = min(1.15, max(0.4, bold * window[3] / 98))
        fit = Fit(-0.24, 1.2, 0.48, max(0.5, share), cut=True, weight=Weight(share, 0.25 + 0.25 * share))
        draw_map(draft, view, window, fit, look, name)
    elif isinstance(view, Picture):
        draw_close_up(draft, view, window, look)


def finish_map(draft: Draft, window: Window) -> bool:
    """The picture or map that the last step has on the cue card, in a panel; False where it has none."""
    book = draft.book
    name = book.schedule.turns[-1].step
    step = book.routine.steps[name]
    if step.card.picture:
        left, top, width, height = window
        draft.panel(*window)
        inner = (left + 2, top + 2, width - 4, height - 3)
        draw_scene(draft, step.card.picture, inner, draft.theme.ground, 0.8, window)
        return True
    if not step.card.strokes:
        return False
    turned = sum(book.routine.steps[turn.step].swaps_halves for turn in book.schedule.turns) % 2
    strokes = swapped(step.card.strokes) if turned else step.card.strokes
    draft.panel(*window)
    draw_map(draft, MapView(map_of(book, step), step.name, strokes), window, CARD, draft.theme.looks[step.look], name)
    return True


# --- words --------------------------------------------------------------------------------------------------------
def steps_lines(draft: Draft, name: str, step: Step, room: float) -> Piece:
    """The numbered lines of a step, with a line for each step that is shown with it."""
    book = draft.book

    def said(key: str) -> tuple[Look, Words]:
        other = book.routine.steps[key]
        words = " ".join(book.say(line, key) for line in other.lines)
        first = other.lines[0] if other.lines else other.name
        return draft.theme.looks[other.look], Words(f"{named(book, key)} {words}", first.place, first.language)

    turn = ending(book) if book.routine.brief.finish else None  # it has a place of its own then
    before, after = ([said(key) for key in keys if not turn or key != turn.step] for keys in shown_with(book, name))
    return _numbered(draft, tuple(book.say(line, name) for line in step.lines), room, before, after)


def numbered(draft: Draft, block: Numbered, room: float) -> Piece:
    """Numbered lines without their heading."""
    return _numbered(draft, tuple(draft.book.say(line) for line in block.numbered), room, [], [])


def _numbered(
    draft: Draft,
    words: tuple[Words, ...],
    room: float,
    before: list[tuple[Look, Words]],
    after: list[tuple[Look, Words]],
) -> Piece:
    u = unit(draft.book)
    hang, gap = 8.5 * u, 1.3 * u
    lead, up = draft.book.style("step")[2], rise(draft, "step")
    above, below = (
        [(look, draft.wrap(line, "step", room - hang)) for look, line in lines] for lines in (before, after)
    )
    own = [draft.wrap(line, "step", room - hang) for line in words]

    def beside(page: Draft, left: float, y: float, shown: list[tuple[Look, list[text.Line]]]) -> float:
        for look, lines in shown:
            marks.emblem(page, look.emblem, left + 2.9 * u, y + up - 1.6 * u, 5.5 * u, look.line, 1.7 * u)
            with page.group("P"):
                page.set(left + hang, y + up, lines, "step")
            y += len(lines) * lead + gap
        return y

    def draw(page: Draft, left: float, top: float) -> None:
        y = beside(page, left, top, above)
        with page.group("L", kind="Decimal"):
            for number, lines in enumerate(own, 1):
                with page.group("LI"):
                    with page.group("Lbl"):
                        marks.badge(page, left + 2.9 * u, y + up - 1.6 * u, str(number), 2.75 * u)
                    with page.group("LBody"):
                        page.set(left + hang, y + up, lines, "step")
                y += len(lines) * lead + gap
        beside(page, left, y, below)

    every = [*(lines for _, lines in (*above, *below)), *own]
    return Piece(sum(len(lines) * lead + gap for lines in every) - (gap if every else 0), draw)


def short_list(draft: Draft, block: Listing, room: float) -> Piece:
    """A heading with its swatch, and the list in one column."""
    book, u = draft.book, unit(draft.book)
    lead, up = book.style("body")[2], rise(draft, "body")
    hang = {"dot": 4.6, "cross": 6.4, "box": 7.2}[block.mark] * u
    gap = 0.7 * u
    lines = [draft.wrap(book.say(one), "body", room - hang) for one in block.list]
    wide = 10.0 * u if block.swatch else 0.0
    head = draft.wrap(book.say(block.head), "section-sans", room - wide) if block.head else []
    pitch, high = book.style("section-sans")[2], rise(draft, "section-sans")
    above = len(head) * pitch + 0.6 * u if head else 0.0
    foot = draft.wrap(book.say(block.foot), "body", room) if block.foot else []

    def draw(page: Draft, left: float, top: float) -> None:
        if head:
            if block.swatch:
                marks.swatch(page, block.swatch, left, top + high - 4.6 * u, 7 * u, 5 * u)
            with page.heading(1):
                page.set(left + wide, top + high, head, "section-sans")
        y = top + above
        with page.group("L", kind="Disc" if block.mark == "dot" else ""):
            for one, item in zip(block.list, lines, strict=True):
                with page.group("LI"):
                    _mark(page, block.mark, left, y + up, one, u)
                    with page.group("LBody"):
                        y = page.set(left + hang, y + up, item, "body") - up + gap
        with page.group("P"):
            page.set(left, y + up, foot, "body")

    height = above + (len(foot) + sum(len(item) for item in lines)) * lead + (len(lines) - 1) * gap
    return Piece(height, draw, 4.5 * u, f"the list “{block.head or block.list[0]}”")


def _mark(page: Draft, mark: str, x: float, base: float, words: Words, u: float) -> None:
    middle = base - page.book.style("body")[1] / PT * 0.32
    if mark == "cross":
        marks.cross(page, x + 2 * u, middle, 1.5 * u, 1.8 * u)
    elif mark == "box":
        with page.group("Lbl"):
            page.box(x, base, words, 4.4 * u)
    else:
        marks.bullet(page, x + 1.1 * u, middle, 0.75 * u)


def zone_map(draft: Draft, window: Window) -> None:
    """The first map with all its zones and no strokes, in a panel."""
    name, around = next(iter(draft.book.routine.maps.items()))
    view = MapView(MapName(name, around.picture.place), None, (), ("never", "light", "stop-line"))
    draft.panel(*window)
    fit = Fit(-0.2, 1.15, 0.5, 0.6, weight=Weight(0.5, 0.4))
    draw_map(draft, view, window, fit, next(iter(draft.theme.looks.values())), "")


def key_list(draft: Draft, entries: tuple[KeyEntry, ...], room: float) -> Piece:
    """What the zones on the maps mean, one below the other."""
    book, u = draft.book, unit(draft.book)
    lead, up, hang = book.style("body")[2], rise(draft, "body"), 10.0 * u
    lines = [draft.wrap(_entry(book, entry), "body", room - hang) for entry in entries]
    gap = 0.9 * u

    def draw(page: Draft, left: float, top: float) -> None:
        y = top
        with page.group("L"):
            for entry, item in zip(entries, lines, strict=True):
                marks.swatch(page, entry.swatch, left, y + up - 4.0 * u, 7 * u, 4.8 * u)
                with page.group("LI"), page.group("LBody"):
                    y = page.set(left + hang, y + up, item, "body") - up + gap

    return Piece(sum(len(item) * lead + gap for item in lines) - gap, draw, 4.5 * u, "the key of the maps")


def _entry(book: Book, entry: KeyEntry) -> Words:
    label = book.word("say-label", label=book.say(entry.name))
    return Words(f"**{label}** {book.say(entry.says)}", entry.says.place, entry.says.language)


def ending(book: Book) -> Turn | None:
    """The turn that how to end is told of: the last, unless that is a numbered step, which has its own place."""
    last = book.schedule.turns[-1]
    return None if last.step in book.numbers else last


# --- facts --------------------------------------------------------------------------------------------------------
def times(turns: list[Turn]) -> list[str]:
    """The clock times of a step's turns, each from start to stop."""
    return [f"{clock(turn.start)}–{clock(turn.stop)}" for turn in turns]


def clock_line(draft: Draft, x: float, y: float, name: str, step: Step, room: float) -> None:
    """All times of a step on one line, as large as they fit."""
    size = draft.book.style("value")[1]
    shown = " · ".join(times(draft.book.schedule.turns_of(name)))
    least = draft.book.style("label")[1]
    sizes = tuple(max(least, size * share) for share in (1, 0.9, 0.8, 0.7, 0.6))
    fitted(draft, x, y, Words(shown, step.name.place), "semibold", sizes, room)


def facts(draft: Draft, name: str, step: Step, look: Look, left: float, top: float, right: float) -> None:
    """Pressure as dots and a word, how often, the hand: one row, 12 units high."""
    book, u = draft.book, unit(draft.book)
    base = top + 7.9 * u
    stop = right
    if step.hands:
        marks.hand(draft, right - 5.8 * u, top + 6.1 * u, step.hands, 11.6 * u, look.line)
        stop -= 12 * u
    pressure = level(book.routine, step)
    x = left
    if pressure:
        word = book.say(book.routine.pressure.words[pressure - 1])
        marks.pressure_dots(draft, x, base - 1.5 * u, pressure, 1.7 * u, 4.6 * u)
        x += 24 * u
        with draft.group("P"):
            face, size, _ = book.style("strong")
            x += draft.run(x, base, word, face, size, draft.ink, spoken=book.word("pressure-is", word=word)) + 6 * u
    if step.repeat:
        words = cues.repeats(book, name, step)
        _, size, lead = book.style("strong")
        with draft.group("P"):
            lines = draft.fonts.wrap(words, "semibold", size, (stop - x) * PT)
            if len(lines) > 2 or max(draft.fonts.line_width(line, size) for line in lines) / PT > stop - x:
                raise DoesNotFit(f"{words.place}: “{words}” doesn't fit beside the pressure on two lines: shorten it")
            draft.set(x, base - (len(lines) - 1) * lead * 0.5, lines, "strong")


def warning(draft: Draft, name: str, step: Step, room: float) -> Piece:
    """What not to do, behind a cross; of no height where there is nothing."""
    u = unit(draft.book)
    lines = draft.wrap(draft.book.say(step.dont, name), "body", room - 7 * u) if step.dont else []
    lead, up = draft.book.style("body")[2], rise(draft, "body")

    def draw(page: Draft, left: float, top: float) -> None:
        if lines:
            marks.cross(page, left + 2.2 * u, top + up - 1.5 * u, 1.7 * u, 1.8 * u)
            with page.group("P"):
                page.set(left + 7 * u, top + up, lines, "body")

    return Piece(len(lines) * lead, draw)


def band(draft: Draft, name: str, room: float) -> Piece:
    """The interludes that come after the step's turns, on a coloured ground; of no height where there are none."""
    book, u = draft.book, unit(draft.book)
    after = following(book, name)
    rows = []
    for turn in after:
        step = book.routine.steps[turn.step]
        label = book.say(step.card.paused if turn.pause and step.card.paused else step.card.label)
        rows.append((draft.theme.looks[step.look], label, f"{clock(turn.start)}–{clock(turn.stop + turn.pause)}"))
    high = 8.0 * u
    _, size, _ = book.style("strong")
    for _, label, shown in rows:
        over = (
            (draft.fonts.width(label, "semibold", size) + draft.fonts.width(shown, "semibold", size)) / PT
            + 17 * u
            - room
        )
        if over > 0:
            raise DoesNotFit(f"{label.place}: “{label}” is {over:.0f} mm too wide for its band: shorten it")

    def draw(page: Draft, left: float, top: float) -> None:
        for index, (look, label, shown) in enumerate(rows):
            y = top + index * (high + 0.6 * u)
            if page.theme.outline:
                page.rect(left, y, room, high, None, look.line, 0.8)
            else:
                page.rect(left, y, room, high, mix(look.fill, PAPER, 0.13))
            marks.emblem(page, look.emblem, left + 6 * u, y + high / 2, 7 * u, look.line, 1.9 * u)
            base = y + high / 2 + size / PT * 0.34
            with page.group("P"):
                page.run(left + 12 * u, base, label, "semibold", size, page.ink)
                page.run(left + room - 2.5 * u, base, shown, "semibold", size, page.ink, "end")

    return Piece(len(rows) * (high + 0.6 * u) - (0.6 * u if rows else 0), draw)
