"""The cue card: the centre spread, read from 1.5 m while the hands work. Tiles for steps, bands for interludes. Millimetres.

Nothing on it is smaller than 28 pt. It reads down the left page, then down the right.
"""

import dataclasses
from contextlib import AbstractContextManager

from booklet import marks
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.fitting import fitted
from booklet.items import PT
from booklet.model import MapName, MapView, Step, Words
from booklet.strokes import swapped
from booklet.text import one_line
from booklet.theming import PAPER, mix
from booklet.timing import Turn, clock
from booklet.views import CARD, draw_map, draw_scene

MARGIN, FOLD = 9.0, 7.0
PICTURE = (14.0, 9.0)  # by so much a picture is wider than a map; the second on narrow paper
WITHOUT_TIMES = (60.0, 52.0)  # a picture's width where no times stand beside it; the second on narrow paper
UNDER = 14.5  # height of a band or of the line under a tile
LOW_TILES = (35.0, 31.0)  # of a card with many; the second where the first don't fit
HIGHEST = 46.0  # that they grow to where there is room


@dataclasses.dataclass
class Unit:
    """A turn on the card with what stands under it: a tile and a note or a band; or a band alone."""

    step: Step
    name: str
    turn: Turn
    tile: bool
    again: bool = False
    swapped: bool = False
    bands: list[tuple[Step, str, Turn]] = dataclasses.field(default_factory=list)


def spread(book: Book, number: int) -> tuple[Draft, Draft]:
    """The two pages of the card, from page `number` on. Raises DoesNotFit."""
    pages = (Draft(book, number), Draft(book, number + 1))
    pages[0].title = book.word("cue-card")
    left, right = _span(pages[0])
    with pages[0].heading(), pages[0].group("Span", spoken=pages[0].title):
        pages[0].rule(left, MARGIN, right, MARGIN, book.theme.colours.hairline, 0.3)  # the first tile's rule covers it
    units = _units(book)
    room = pages[0].height - 2 * MARGIN
    if len(units) <= 6 and not _bare(units[0]):
        rows = (len(units) + 1) // 2
        pitch = room / max(rows, 3)
        for page, part in ((pages[0], units[:rows]), (pages[1], units[rows:])):
            with page.group("L"):
                for row, unit in enumerate(part):
                    y = MARGIN + row * pitch
                    under = y + pitch - 18.4
                    if book.schedule.timed or unit.bands:
                        _tile(page, unit, y, pitch - 18, None if unit.bands else under)
                    else:  # the note stands where the time would, and the picture is larger
                        _tile(page, unit, y, pitch - 4, y + 19.5)
                    _bands(page, unit, under)
    else:
        _dense(pages, units, room)
    return pages


def _units(book: Book) -> list[Unit]:
    units: list[Unit] = []
    seen: set[str] = set()
    other = False  # whether the half of the start side has been done
    for turn in book.schedule.turns:
        step = book.routine.steps[turn.step]
        if step.card.band and units:
            units[-1].bands.append((step, turn.step, turn))
        else:
            units.append(Unit(step, turn.step, turn, True, turn.step in seen, other))
        seen.add(turn.step)
        other ^= step.swaps_halves
    return units


def _bare(unit: Unit) -> bool:
    """Whether a unit's step is meant as a band and has nothing to show that would fill a tile."""
    card = unit.step.card
    return card.band and not (card.picture or card.strokes)


def _span(page: Draft) -> tuple[float, float]:
    """Left and right edge of the column."""
    return (FOLD, page.width - MARGIN) if page.recto else (MARGIN, page.width - FOLD)


def _height(unit: Unit, low: float) -> float:
    """What a unit takes of a dense page's height, with what keeps it from the next."""
    return (low if unit.tile else UNDER) + len(unit.bands) * (UNDER + 0.6) + 1.6


def _dense(pages: tuple[Draft, Draft], units: list[Unit], room: float) -> None:
    """More than six tiles, or a bare one: first and last steps without a number become bands, tiles as high as there is room."""
    numbers = pages[0].book.numbers
    for unit in units:
        unit.tile = unit.name in numbers or unit.name not in (units[0].name, units[-1].name)

    for low in LOW_TILES:
        heights = [_height(unit, low) for unit in units]
        split = min(range(1, len(units)), key=lambda i: max(sum(heights[:i]), sum(heights[i:])))
        over = max(sum(heights[:split]), sum(heights[split:])) - room - 1.6
        if over <= 0:
            break
    else:
        raise DoesNotFit(f"the cue card is {over:.0f} mm over: choose a shorter time or fewer steps")
    parts = (units[:split], units[split:])
    notes = [_noted(part, room, low) for part in parts]
    if any(
        not noted and any(unit.tile and unit.step.card.note for unit in part)
        for part, noted in zip(parts, notes, strict=True)
    ):
        notes = [[], []]  # on both pages or on none
    spares = [
        room + 1.6 - sum(_height(unit, low) for unit in part) - UNDER * len(noted)
        for part, noted in zip(parts, notes, strict=True)
    ]
    tiles = [sum(unit.tile for unit in part) for part in parts]
    grown = min(HIGHEST - low, *((spare - 2) / max(1, count) for spare, count in zip(spares, tiles, strict=True)))
    low += max(0.0, grown)
    for page, part, noted, spare, count in zip(pages, parts, notes, spares, tiles, strict=True):
        extra = min(9.0, (spare - max(0.0, grown) * count) / max(1, len(part) - 1))
        y = MARGIN
        with page.group("L"):
            for unit in part:
                if unit.tile:
                    _tile(page, unit, y, low, y + low - 1 if unit in noted else None)
                    y += low + UNDER * (unit in noted)
                else:
                    _band(page, unit.step, unit.name, unit.turn, y)
                    y += UNDER
                for step, name, turn in unit.bands:
                    _band(page, step, name, turn, y + 0.6)
                    y += UNDER + 0.6
                y += 1.6 + extra


def _noted(part: list[Unit], room: float, low: float) -> list[Unit]:
    """The units of a page whose notes can stand under their tiles: those of all tiles, or of none."""
    noted = [unit for unit in part if unit.tile and not unit.bands and unit.step.card.note]
    spare = room - sum(_height(unit, low) for unit in part)
    return noted if spare > UNDER * len(noted) + 8 else []


def map_of(book: Book, step: Step) -> MapName:
    """The map that a step's strokes on the card are drawn on."""
    return step.card.map or MapName(next(iter(book.routine.maps)), step.name.place)


def _label(step: Step, turn: Turn) -> Words:
    return step.card.paused if turn.pause and step.card.paused else step.card.label


def _tile(page: Draft, unit: Unit, y: float, height: float, note: float | None) -> None:
    """A step: numeral, label, time, small map; and its note at `note`, if it has one and there is room."""
    book = page.book
    look = page.theme.looks[unit.step.look]
    left, right = _span(page)
    low = height < 40
    page.rule(left, y, right, y, look.line, 3.2)
    number = book.numbers.get(unit.name)
    start = left + 18.5
    card = unit.step.card
    wide = right - left > 130
    map_width = (31.0 if wide else 26.0) + PICTURE[not wide] * bool(card.picture)
    beside = not book.schedule.timed and bool(card.picture)
    if beside:
        map_width = min(WITHOUT_TIMES[not wide], height - 4)
    elif low:
        map_width -= 3
    if not number:
        marks.emblem(page, look.emblem, left + 8, y + (14 if low else 19), 16, look.line, 3.4)
    room = right - map_width - 2 - start if card.strokes or card.picture else right - start
    with page.group("LI"):
        if number:
            with page.group("Lbl"):
                size = 60 if low else 78
                page.run(left - 1, y + (22 if low else 27.5), str(number), "display", size, look.line)
        with page.group("LBody"), _to_step(page, unit.step, unit.name, left, y, right - left, height):
            label = book.say(unit.step.card.label)
            fitted(
                page,
                start,
                y + (12.6 if low else 15.5),
                label,
                "bold",
                (38, 34, 32, 30, 28),
                room,
                where="the cue card",
            )
            if book.schedule.timed:
                times = f"{clock(unit.turn.start)}–{clock(unit.turn.stop)}"
                base = y + (min(29.0, height - 4.5) if low else 34)
                fitted(page, start, base, times, "semibold", (44, 42, 40, 38, 36), room + 1.5, where="the cue card")
        if note is not None and unit.step.card.note:
            _note(page, unit.step.card.note, note, start + room if note < y + height - UNDER else right)
    window = (right - map_width, y + 2.2, map_width, height - 4)
    if card.picture:
        with page.group("Artifact"):
            draw_scene(page, card.picture, window, PAPER, 0.8)
    elif card.strokes:
        strokes = swapped(unit.step.card.strokes) if unit.swapped else unit.step.card.strokes
        view = MapView(map_of(book, unit.step), unit.step.name, strokes)
        with page.group("Artifact"):  # the step's own page has the picture and says what it shows
            draw_map(page, view, window, CARD, look, unit.name, PAPER)


def _to_step(
    page: Draft, step: Step, name: str, x: float, y: float, w: float, h: float
) -> AbstractContextManager[None]:
    book = page.book
    shown = one_line(book.say(step.name))
    return page.linked(x, y, w, h, name, book.word("to-page", name=shown, number=book.pages.get(name, 0)))


def _bands(page: Draft, unit: Unit, y: float) -> None:
    """The interlude that follows a tile."""
    if len(unit.bands) > 1:
        place = unit.bands[1][0].name.place
        raise DoesNotFit(f"{place}: two bands follow one tile on the cue card; it has room for one")
    for step, name, turn in unit.bands:
        _band(page, step, name, turn, y)


def _note(page: Draft, note: Words, y: float, right: float) -> None:
    """A few words on one line; on as many as three where there are no times."""
    start = _span(page)[0] + 18.5
    words = page.book.say(note)
    lines = page.fonts.wrap(words, "display", 28, (right - start) * PT)
    if len(lines) > 3 or page.book.schedule.timed:
        lines = page.fonts.wrap(words, "display", 28, 1e6)
    over = max(page.fonts.line_width(line, 28) for line in lines) / PT - (right - start)
    if over > 0:
        raise DoesNotFit(f"{words.place}: “{words}” is {over:.1f} mm too wide for the cue card: shorten it")
    with page.group("LBody"):
        for index, line in enumerate(lines):
            base = y + UNDER / 2 + 3.7 + index * 11.2
            shown = "".join(run.text for run in line)
            page.run(start, base, shown, "display", 28, str(page.theme.colours.ink_2), language=words.language)


def _band(page: Draft, step: Step, name: str, turn: Turn, y: float) -> None:
    """A step without a tile, on a coloured ground: its label and time."""
    left, right = _span(page)
    label = _label(step, turn)
    look = page.theme.looks[step.look]
    if page.theme.outline:
        page.rect(left, y, right - left, UNDER, None, look.line, 1)
    else:
        page.rect(left, y, right - left, UNDER, mix(look.fill, PAPER, 0.13))
    size = 12 if look.emblem in ("wave", "arrow", "dots") else 10
    marks.emblem(page, look.emblem, left + 8.6, y + UNDER / 2, size, look.line, 3)
    base = y + UNDER / 2 + 3.7
    times = f"{clock(turn.start)}–{clock(turn.stop + turn.pause)}" if page.book.schedule.timed else ""
    shown = page.book.say(label)
    start = left + (18.5 if right - left > 128 else 16.5)
    for size in (30, 29, 28):
        wide = page.fonts.width(times, "semibold", size) / PT
        over = start + page.fonts.width(shown, "semibold", size) / PT + 1.5 + wide - (right - 4)
        if over <= 0:
            break
    else:
        raise DoesNotFit(f"{shown.place}: “{shown}” is {over:.1f} mm too wide for its band on the cue card: shorten it")
    with page.group("LI"), page.group("LBody"), _to_step(page, step, name, left, y, right - left, UNDER):
        page.run(start, base, shown, "semibold", size, page.ink)
        if times:
            page.run(right - 4, base, times, "semibold", size, page.ink, "end")
