"""The front cover and the block at the foot of the back cover. Millimetres."""

from functools import lru_cache
from math import copysign

from booklet.brandmarks import Block, brand_block, cover_mark, draw_block, voucher
from booklet.caching import kept
from booklet.drafting import FRAME, Book, Draft, Window
from booklet.errors import DoesNotFit
from booklet.figures import Drawing, Outline
from booklet.fitting import fitted
from booklet.items import PT
from booklet.model import Words
from booklet.saying import APART
from booklet.tables import timetable
from booklet.text import one_line
from booklet.theming import PAPER, mix
from booklet.views import draw_scene

TITLES = ((48, 15.5, 2), (36, 13.0, 3), (30, 11.0, 4))  # size, lead, most lines
SUBTITLE = 16.8  # from the last line of the title to the foot of its block
CAPITALS = 0.75  # of a size: the height that a line's letters take above it
BEYOND = 6.0  # how far over the trim a full cover goes: more than any shop's bleed
PITCH = 4.4  # between the raked lines
WAVES, FINE = 88, 100  # pieces of a raked line; steps of its grid in a millimetre
STONE = 96 / 132  # of the width, from the left: where the stone lies


def front(book: Book) -> Draft:
    """The cover: block with the title, the scene in its window, the facts below; or a timetable in place of some of it."""
    draft = Draft(book, 1)
    draft.level = 1
    cover = book.routine.cover
    foot = draft.height - 22.5
    rows = timetable(draft, cover.timetable) if cover.timetable else None
    if rows:
        foot -= rows[0] + 8
        split = min(82.0, foot - 34) if cover.scene else foot
    else:
        split = 112.0 if cover.scene else foot
    _block(draft, split, small=bool(rows))
    if cover.scene:
        _window(draft, split, foot)
    if rows:
        rows[1](draft, draft.left, foot + 5)
    _facts(draft)
    draft.title = plain_title(book)
    return draft


def plain_title(book: Book) -> str:
    """The title on one line."""
    return one_line(book.say(book.routine.title))


def _block(draft: Draft, split: float, small: bool) -> None:
    theme = draft.theme
    wide = draft.width - 2 * FRAME
    on = theme.on_block
    _ground(draft, FRAME, split, theme.block)
    face = "display" if theme.outline else "light"
    greeted = (16.0,) if draft.book.large else (16.0, 14.0, 12.0)
    words = greetings(draft, "display", greeted[-1], wide - 16)
    branded = draft.book.brand is not None
    head = (17.5 + 6.5 * len(words) if words else 15.0) + 14.0 * branded  # below it the title may stand
    lines, size, lead = title_lines(draft, face, wide - 16, split - SUBTITLE - head, small)
    first = split - SUBTITLE - (len(lines) - 1) * lead
    if branded:
        cover_mark(draft)
    top = 13.0 + (12.0 + 6.5 * (len(words) - 1)) * bool(words) + 14.0 * branded
    over = FRAME + BEYOND if theme.cover == "full" and not theme.outline else 0.0
    raked_sand(draft, (FRAME, top, wide, first - CAPITALS * size / PT - top), on, over)
    if words:
        with draft.group("P"):
            for index, line in enumerate(words):
                fitted(
                    draft,
                    FRAME + 8,
                    20.5 + 6.5 * index + 14.0 * branded,
                    line,
                    "display",
                    greeted,
                    wide - 16,
                    on,
                    "the cover",
                )
    with draft.heading(words=draft.book.routine.title):
        for index, line in enumerate(lines):
            draft.run(FRAME + 7.4, first + index * lead, line, face, size, on)
    with draft.group("P"):
        subtitle = draft.book.say(draft.book.routine.subtitle)
        sizes = (17.0, 16.0) if draft.book.large else (14.0, 13.0, 12.0)
        fitted(draft, FRAME + 8, split - 6.2, subtitle, "sans", sizes, wide - 16, on, "the cover")


def greeting(book: Book) -> str:
    receiver, giver = book.people.get("for", ""), book.people.get("by", "")
    if receiver and giver:
        return book.word("for-by", **{"for": receiver, "by": giver})
    if receiver:
        return book.word("for", name=receiver)
    return book.word("by-alone", name=giver) if giver else ""


def greetings(draft: Draft, face: str, size: float, room: float) -> list[str]:
    """The same on one line or, where that is too long, on two."""
    book, whole = draft.book, greeting(draft.book)
    receiver, giver = book.people.get("for", ""), book.people.get("by", "")
    if not (receiver and giver) or draft.fonts.width(whole, face, size) / PT <= room:
        return [whole] if whole else []
    return [book.word("for", name=receiver), book.word("by", name=giver)]


def title_lines(
    draft: Draft, face: str, room: float, high: float, small: bool = False
) -> tuple[list[str], float, float]:
    """The title's lines with their size and lead, in the largest size that holds it in a place `room` wide and `high`.

    They are broken where the author breaks them or, where that is too high, not at all. Raises DoesNotFit.
    """
    title = draft.book.say(draft.book.routine.title)
    sizes = TITLES[1:] if small else TITLES
    for parts in ([part.strip() for part in title.split("|")], [one_line(title)]):
        for size, lead, most in sizes:
            lines = [line for part in parts for line in draft.fonts.wrap(part, face, size, room * PT)]
            wide = max(draft.fonts.line_width(line, size) / PT for line in lines)
            if len(lines) <= most and wide <= room and (len(lines) - 1) * lead + CAPITALS * size / PT <= high:
                return ["".join(run.text for run in line) for line in lines], size, lead
    raise DoesNotFit(f"{title.place}: the title “{title}” doesn't fit on the cover even in four lines: shorten it")


def raked_sand(draft: Draft, window: Window, on: str, over: float = 0) -> None:
    """Still lines parting round a stone: the flow past a circle of radius R. They go `over` the window's sides.

    Line j keeps the stream function v·(1 − R²/(dx² + v²)) at (|j| − ½)·4.4, v being its distance from the axis.
    """
    theme = draft.theme
    left, top, width, free = window
    if free < 14:
        return
    count = max(2, min(8, int((free / 2 - 2.5) / PITCH)))
    radius = min(11.0 if free < 70 else 16.0, free * 0.21)
    axis, middle = top + free / 2 - 0.5, left + width * STONE
    colour = mix(theme.accent_dark, PAPER, 0.45) if theme.outline else mix(theme.block, on, 0.76)
    wide = width + 2 * over
    drawing = _sand(wide, free, middle - left + over, free / 2 - 0.5, count, radius, colour)
    draft.art(drawing, left - over, top, 1, (left - over, top, wide, free))
    stone = None if theme.outline else mix(theme.block, on, 0.84)
    draft.circle(middle, axis, radius - 1.8, stone, colour if theme.outline else None, 0.9 if theme.outline else 0)


@lru_cache(maxsize=16)  # all copies of a batch have the same
def _sand(wide: float, high: float, middle: float, axis: float, count: int, radius: float, colour: str) -> Drawing:
    """The lines as a picture in millimetres, `count` on either side of the axis, round the stone at `middle`."""
    made_from = repr((wide, high, middle, axis, count, radius)).encode()
    lines = kept("sand", (made_from,), lambda: _lines(wide, middle, axis, count, radius))
    outlines = tuple(Outline("sand", line, colour, 0.9 / PT) for line in lines)
    return Drawing("sand", 0, 0, wide, high, outlines, (), FINE)


def _lines(wide: float, middle: float, axis: float, count: int, radius: float) -> list[str]:
    lines = []
    for j in (*range(-count, 0), *range(1, count + 1)):
        level = copysign((abs(j) - 0.5) * PITCH, j)
        xs = [wide * i / WAVES for i in range(WAVES + 1)]
        ys = [axis + copysign(_distance(x - middle, abs(level), radius), level) for x in xs]
        points = [
            f"{x * FINE:.0f} {y * FINE:.0f} {'l' if i else 'm'}" for i, (x, y) in enumerate(zip(xs, ys, strict=True))
        ]
        lines.append("\n".join(points))
    return lines


def _distance(dx: float, level: float, radius: float) -> float:
    """The v > 0 with v·(1 − R²/(dx² + v²)) = level, by bisection."""
    low, high = 0.0, level + radius * 2
    for _ in range(24):
        v = (low + high) / 2
        if v * (1 - radius * radius / max(dx * dx + v * v, 1e-9)) < level:
            low = v
        else:
            high = v
    return high


def _window(draft: Draft, split: float, foot: float) -> None:
    theme = draft.theme
    wide = draft.width - 2 * FRAME
    scene = draft.book.routine.cover.scene
    assert scene is not None
    _ground(draft, split, foot, theme.tint)
    panel = (FRAME, split, wide, foot - split)
    draw_scene(draft, scene, (FRAME + 2, split + 3.5, wide - 4, foot - split - 6), theme.tint, panel=panel)


def _facts(draft: Draft) -> None:
    facts = [draft.book.say(fact) for fact in draft.book.routine.cover.facts]
    size = 16 if draft.book.large else 15
    widths = [draft.fonts.width(fact, "semibold", size) / PT for fact in facts]
    room = draft.width - 2 * (FRAME + 8)
    space = min(18.0, (room - sum(widths)) / max(1, len(facts) - 1))
    if space < 6:
        shown, widest = ", ".join(facts), facts[widths.index(max(widths))]
        raise DoesNotFit(
            f"{widest.place}: the facts on the cover ({shown}) are {(6 - space) * (len(facts) - 1):.0f} mm too wide: "
            f"shorten them, or the labels of the choices in them; “{widest}” is the widest"
        )
    x, y = FRAME + 8, draft.height - 11.8
    with draft.group("L"):
        for index, (fact, wide) in enumerate(zip(facts, widths, strict=True)):
            if index:
                draft.rule(x - space / 2, y - 5.2, x - space / 2, y + 1.4, draft.theme.colours.hairline, 0.7)
            with draft.group("LI"), draft.group("LBody"):
                draft.run(x, y, fact, "semibold", size, draft.ink)
            x += wide + space


def _ground(draft: Draft, top: float, foot: float, colour: str) -> None:
    """A block of colour across the page, or its outline; where covers are full, to the trim and beyond."""
    theme = draft.theme
    left, right = FRAME, draft.width - FRAME
    if theme.outline:
        draft.rect(left, top, right - left, foot - top, None, theme.accent_dark, 1.2)
        return
    if theme.cover == "full":
        left, right = -BEYOND, draft.width + BEYOND
        top = -BEYOND if top <= FRAME else top
        foot = draft.height + BEYOND if foot >= draft.height - FRAME else foot
    draft.rect(left, top, right - left, foot - top, colour)


COLOPHON, GREETED = Block(44.0, 24.0), Block(44.0, 31.0)  # with a line for whom it was made


def colophon_block(book: Book) -> Block:
    """The block at the foot of the back cover: the brand's where there is one."""
    return brand_block(book) if book.brand else GREETED if greeting(book) else COLOPHON


def colophon(draft: Draft, block: Block, top: float) -> None:
    """The block at the foot of the back cover, from `top` down: what this booklet is and for whom it was made."""
    theme = draft.theme
    wide = draft.width - 2 * FRAME
    high = draft.height - FRAME - top
    on = theme.on_block
    book = draft.book
    if book.brand:
        top = voucher(draft, top) if book.brand.offer else top
        _ground(draft, top, draft.height - FRAME, theme.block)
        draw_block(draft, block, top)
        return
    _ground(draft, top, draft.height - FRAME, theme.block)
    small = (16.0,) if book.large else (13.0, 12.0)
    x, room = FRAME + 8, wide - 16
    y = top + 10 + (high - GREETED.least) * 0.3
    with draft.group("P"):
        fitted(draft, x, y, plain_title(book), "display", (22, 20, 18, 16), room, on, "the cover")
    with draft.group("P"):
        _facts_in_a_row(draft, x, y + 7.6, small, room, on)
    with draft.group("P"):
        lines = greetings(draft, "sans", small[-1], room)
        for index, line in enumerate(lines):
            fitted(
                draft,
                x,
                y + (15 if len(lines) == 1 else 13.4) + 5.4 * index,
                line,
                "sans",
                small,
                room,
                on,
                "the cover",
            )


def _facts_in_a_row(draft: Draft, x: float, y: float, sizes: tuple[float, ...], room: float, colour: str) -> None:
    """The facts on one line; each by itself where they aren't all in one language. Raises DoesNotFit."""
    facts = [draft.book.say(fact) for fact in draft.book.routine.cover.facts]
    whole = Words(APART.join(facts), draft.book.routine.title.place, facts[0].language if facts else "")
    if len({fact.language for fact in facts}) < 2:
        fitted(draft, x, y, whole, "sans", sizes, room, colour, "the cover")
        return
    for fact in facts:
        shown = Words(fact + APART * (fact is not facts[-1]), fact.place, fact.language)
        x += draft.run(x, y, shown, "sans", sizes[-1], colour, spoken=fact)
