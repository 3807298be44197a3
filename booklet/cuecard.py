"""The cue card: the centre spread, read from 1.5 m while the hands work. Tiles for steps, bands for interludes. Millimetres.

Nothing on it is smaller than 28 pt. It reads down the left page, then down the right.
"""

from dataclasses import dataclass, field

from booklet import marks, text
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.items import PT
from booklet.model import MapName, MapView, Step, Words
from booklet.theming import PAPER, mix
from booklet.timing import Turn, clock
from booklet.views import CARD, draw_map

MARGIN, FOLD = 9.0, 7.0
UNDER = 14.5  # height of a band or of the line under a tile
LOW_TILE = 35.0


@dataclass
class Unit:
    """A turn on the card with what stands under it: a tile and a note or a band; or a band alone."""

    step: Step
    name: str
    turn: Turn
    tile: bool
    again: bool = False
    bands: list[tuple[Step, str, Turn]] = field(default_factory=list)


def spread(book: Book, number: int) -> tuple[Draft, Draft]:
    """The two pages of the card, from page `number` on. Raises DoesNotFit."""
    pages = (Draft(book, number), Draft(book, number + 1))
    pages[0].title = book.word("cue-card")
    units = _units(book)
    tiles = sum(unit.tile for unit in units)
    room = pages[0].height - 2 * MARGIN
    if tiles <= 6:
        rows = (len(units) + 1) // 2
        pitch = room / max(rows, 3)
        for index, unit in enumerate(units):
            page, row = pages[index // rows], index % rows
            _tile(page, unit, MARGIN + row * pitch, pitch - 18)
            _under(page, unit, MARGIN + row * pitch + pitch - 18 - 0.4)
    else:
        _dense(pages, units, room)
    return pages


def _units(book: Book) -> list[Unit]:
    units: list[Unit] = []
    seen: set[str] = set()
    for turn in book.schedule.turns:
        step = book.routine.steps[turn.step]
        if step.card.band and units:
            units[-1].bands.append((step, turn.step, turn))
        else:
            units.append(Unit(step, turn.step, turn, True, turn.step in seen))
        seen.add(turn.step)
    return units


def _span(page: Draft) -> tuple[float, float]:
    """Left and right edge of the column."""
    return (FOLD, page.width - MARGIN) if page.recto else (MARGIN, page.width - FOLD)


def _dense(pages: tuple[Draft, Draft], units: list[Unit], room: float) -> None:
    """More than six tiles: steps without a number become bands and tiles are lower."""
    numbers = pages[0].book.numbers
    for unit in units:
        unit.tile = unit.name in numbers or unit.name not in (units[0].name, units[-1].name)

    def height(unit: Unit) -> float:
        return (LOW_TILE if unit.tile else UNDER) + len(unit.bands) * (UNDER + 0.6) + 1.6

    heights = [height(unit) for unit in units]
    fits = [i for i in range(1, len(units)) if max(sum(heights[:i]), sum(heights[i:])) <= room + 1.6]
    if not fits:
        over = min(max(sum(heights[:i]), sum(heights[i:])) for i in range(1, len(units))) - room
        raise DoesNotFit(f"the cue card is {over:.0f} mm over: choose a shorter time or fewer steps")
    split = min(fits, key=lambda i: max(sum(heights[:i]), sum(heights[i:])))
    for page, part in ((pages[0], units[:split]), (pages[1], units[split:])):
        spare = room - sum(height(unit) for unit in part)
        noted = [unit for unit in part if unit.tile and not unit.bands and unit.step.card.note and spare > UNDER + 8]
        spare -= UNDER * len(noted)
        extra = min(9.0, spare / max(1, len(part) - 1))
        y = MARGIN
        for unit in part:
            top = y
            if unit.tile:
                _tile(page, unit, y, LOW_TILE)
                y += LOW_TILE
                if unit in noted:
                    _under(page, unit, y - 1)
                    y += UNDER
            else:
                left, right = _span(page)
                _band(page, unit.step, _label(unit.step, unit.turn), unit.turn, y)
                page.link(left, y, right - left, UNDER, page.book.pages.get(unit.name, 1), str(unit.step.name))
                y += UNDER
            for step, _, turn in unit.bands:
                y += 0.6
                _band(page, step, _label(step, turn), turn, y)
                y += UNDER
            y = max(y, top) + 1.6 + extra


def _label(step: Step, turn: Turn) -> Words:
    return step.card.paused if turn.pause and step.card.paused else step.card.label


def _tile(page: Draft, unit: Unit, y: float, height: float) -> None:
    book = page.book
    look = page.theme.looks[unit.step.look]
    left, right = _span(page)
    low = height < 40
    page.rule(left, y, right, y, look.line, 3.2)
    number = book.numbers.get(unit.name)
    start = left + 18.5
    map_width = 31.0 if right - left > 130 else 26.0
    if low:
        map_width -= 3
    if number:
        with page.group("P"):
            size = 60 if low else 78
            page.run(left - 1, y + (22 if low else 27.5), str(number), "display", size, look.line)
    else:
        marks.emblem(page, look.emblem, left + 8, y + (14 if low else 19), 16, look.line, 3.4)
    room = right - map_width - 2 - start if unit.step.card.strokes else right - start
    with page.group("H2"):
        _fitting(
            page, start, y + (12.6 if low else 15.5), book.say(unit.step.card.label), (38, 34, 32, 30, 28), "bold", room
        )
    with page.group("P"):
        times = f"{clock(unit.turn.start)}–{clock(unit.turn.stop)}"
        _fitting(page, start, y + (29 if low else 34), times, (44, 42, 40, 38, 36), "semibold", room + 1.5)
    if unit.step.card.strokes:
        strokes = unit.step.card.strokes
        name = next(iter(book.routine.maps))
        view = MapView(MapName(name, unit.step.name.place), unit.step.name, strokes, ())
        window = (right - map_width, y + 2.2, map_width, height - 4)
        draw_map(page, view, window, CARD, look, unit.name, PAPER)
    page.link(left, y, right - left, height, book.pages.get(unit.name, 1), str(unit.step.name))


def _fitting(page: Draft, x: float, y: float, words: str, sizes: tuple[float, ...], face: str, room: float) -> None:
    for size in sizes:
        if text.width(words, face, size) / PT <= room:
            page.run(x, y, words, face, size, page.ink)
            return
    over = text.width(words, face, sizes[-1]) / PT - room
    place = f"{words.place}: " if isinstance(words, Words) else ""
    raise DoesNotFit(f"{place}“{words}” is {over:.0f} mm too wide for the cue card: use a shorter label")


def _under(page: Draft, unit: Unit, y: float) -> None:
    """The interlude that follows, or the tile's note."""
    if len(unit.bands) > 1:
        place = unit.bands[1][0].name.place
        raise DoesNotFit(f"{place}: two bands follow one tile on the cue card; it has room for one")
    if unit.bands:
        step, _, turn = unit.bands[0]
        _band(page, step, _label(step, turn), turn, y)
    elif unit.step.card.note:
        left, right = _span(page)
        base = y + UNDER / 2 + 3.7
        words = page.book.say(unit.step.card.note)
        if text.width(words, "display", 28) / PT > right - left - 18.5:
            over = text.width(words, "display", 28) / PT - (right - left - 18.5)
            raise DoesNotFit(f"{words.place}: “{words}” is {over:.0f} mm too wide for the cue card: shorten it")
        with page.group("P"):
            page.run(left + 18.5, base, words, "display", 28, str(page.theme.colours.ink_2))


def _band(page: Draft, step: Step, label: Words, turn: Turn, y: float) -> None:
    left, right = _span(page)
    look = page.theme.looks[step.look]
    if page.theme.outline:
        page.rect(left, y, right - left, UNDER, None, look.line, 1)
    else:
        page.rect(left, y, right - left, UNDER, mix(look.fill, PAPER, 0.13))
    size = 12 if look.emblem in ("wave", "arrow", "dots") else 10
    marks.emblem(page, look.emblem, left + 8.6, y + UNDER / 2, size, look.line, 3)
    base = y + UNDER / 2 + 3.7
    times = f"{clock(turn.start)}–{clock(turn.stop + turn.pause)}"
    with page.group("P"):
        shown = page.book.say(label)
        start = left + (18.5 if right - left > 128 else 16.5)
        for size in (30, 29, 28):
            wide = text.width(times, "semibold", size) / PT
            if start + text.width(shown, "semibold", size) / PT + 3 + wide <= right - 2.5:
                page.run(start, base, shown, "semibold", size, page.ink)
                page.run(right - (4 if size == 30 else 2.5), base, times, "semibold", size, page.ink, "end")
                return
    over = start + (text.width(shown, "semibold", 28) / PT) + 3 + wide - (right - 2.5)
    raise DoesNotFit(f"{shown.place}: “{shown}” is {over:.0f} mm too wide for its band on the cue card: shorten it")
