"""Chapter pages: a title panel, blocks down the page, gaps that give and take; and the back cover. Millimetres."""

from dataclasses import replace
from typing import Any

from booklet import marks
from booklet.blocks import paragraph, pieces
from booklet.brands import lighter
from booklet.covers import colophon, colophon_block
from booklet.drafting import FRAME, Book, Draft
from booklet.errors import DoesNotFit
from booklet.figures import Photo
from booklet.fitting import CLOSER
from booklet.items import PT, Item
from booklet.lists import Piece
from booklet.model import Branded, Chapter, MapView, Picture, Words
from booklet.records import dataclass
from booklet.text import one_line
from booklet.theming import PAPER, mix
from booklet.views import INTERLUDE, draw_map, draw_scene

TIGHTEST, LOOSEST = 0.45, 1.7  # of the natural gaps
CLOSEST = 0.25  # where a page has to hold what doesn't fit with the closest lines, either
BELOW = 1.9  # from the last baseline to the foot of its line's box
SCENE = (84.0, 56.0)  # height of a panel with a scene, and the least that it may shrink to
MAP = (100.0, 74.0)
SWATCH = (11.5, 10.0)  # at the end of a title's line


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The pieces of one page of a chapter."""

    pieces: tuple[Piece, ...]
    room: float
    foot: float
    tightest: float

    @property
    def least(self) -> float:
        return sum(one.height for one in self.pieces) + self.tightest * sum(one.gap for one in self.pieces[1:])


@dataclass(frozen=True, slots=True)
class Upper:
    """What stands above the block of a back cover, what it was drawn for, and how high the block is."""

    drawn_for: Any
    items: tuple[Item, ...]
    block: float


def chapter(book: Book, name: str, number: int, uppers: dict[str, Upper] | None = None) -> list[Draft]:
    """The page or pages of a chapter, from page `number` on. Raises DoesNotFit.

    A brand's block on the back cover gives way, part by part, to what the chapter has to say. `uppers` keeps what stands
    above the block, by chapter, for other copies of the same body.
    """
    uppers = {} if uppers is None else uppers
    if not book.routine.chapters[name].back_cover:
        return _chapter(book, name, number)
    if not book.brand:
        return [_back(book, name, number, uppers)]
    left_out: list[str] = []
    failed: DoesNotFit | None = None
    for brand, less in lighter(book.brand):
        left_out += [less] if less else []
        try:
            draft = _back(replace(book, brand=brand), name, number, uppers)
        except DoesNotFit as error:
            failed = error
            continue
        draft.left_out += left_out
        return [draft]
    assert failed
    raise failed


def _chapter(book: Book, name: str, number: int) -> list[Draft]:
    """The page or pages; what a brand says on them gives way where there is no room for it."""
    entry = book.routine.chapters[name]
    places = [one.brand for one in entry.blocks if isinstance(one, Branded)]
    said = [place for place in places if getattr(book.brand, place, None)]
    try:
        return _pages(book, entry, name, number)
    except DoesNotFit:
        if not said:
            raise
    blocks = tuple(one for one in entry.blocks if not isinstance(one, Branded))
    drafts = _pages(book, replace(entry, blocks=blocks), name, number)
    drafts[0].left_out += said
    return drafts


def _pages(book: Book, entry: Chapter, name: str, number: int) -> list[Draft]:
    book, sheaves = _dealt(book, number, entry, name, Draft(book, number).foot + BELOW)
    drafts = []
    for index, sheaf in enumerate(sheaves):
        draft = Draft(book, number + index)
        draft.title = "" if index else _title(book, entry)
        top = _opening(draft, entry, index, sheaf)
        _down_the_page(draft, sheaf, top)
        draft.folio()
        drafts.append(draft)
    return drafts


def _back(book: Book, name: str, number: int, uppers: dict[str, Upper]) -> Draft:
    """The back cover: the chapter above, the block below."""
    entry = book.routine.chapters[name]
    draft = Draft(book, number)
    draft.title = _title(book, entry)
    whole = colophon_block(book)
    most, least = whole.most, whole.least
    said = tuple(getattr(book.brand, block.brand, None) for block in entry.blocks if isinstance(block, Branded))
    drawn_for = (
        most,
        least,
        number,
        book.pages,
        book.brand and book.brand.legal,
        said,
        entry,
        book.labels,
        book.schedule,
    )
    upper = uppers.get(name)
    if upper is None or upper.drawn_for != drawn_for:
        closer, [sheaf] = _dealt(book, number, entry, name, draft.height - FRAME - least - 4)
        block = min(most, max(least, least + sheaf.room - sheaf.least - 4))
        above = Draft(closer, number)
        top = _opening(above, entry, 0, sheaf)
        _down_the_page(above, replace(sheaf, foot=draft.height - FRAME - block - 4), top)
        upper = uppers[name] = Upper(drawn_for, tuple(above.items), block)
    draft.items = list(upper.items)
    colophon(draft, whole, draft.height - FRAME - upper.block)
    return draft


def _title(book: Book, entry: Chapter) -> Words:
    return one_line(book.say(entry.title))


def _dealt(book: Book, number: int, entry: Chapter, name: str, foot: float) -> tuple[Book, list[Sheaf]]:
    """The chapter's pieces on its pages, and the book with its lines as close as that takes: first of all on one page.

    Raises DoesNotFit, with what is too much where they are closest.
    """
    several: tuple[Book, list[Sheaf]] | None = None
    failed: DoesNotFit | None = None
    for share, tightest in (*((share, TIGHTEST) for share in CLOSER), (CLOSER[-1], CLOSEST)):
        closer = replace(book, close=share)
        try:
            sheaves = _sheaves(Draft(closer, number), entry, name, foot, tightest)
        except DoesNotFit as error:
            failed = error
            continue
        if len(sheaves) == 1:
            return closer, sheaves
        several = several or (closer, sheaves)
    if several:
        return several
    assert failed
    raise failed


def _sheaves(draft: Draft, entry: Chapter, name: str, foot: float, tightest: float) -> list[Sheaf]:
    """The chapter's pieces dealt out to its pages, which end at `foot`."""
    whole = pieces(draft, entry.blocks)
    if entry.sub and isinstance(entry.view, Picture):  # below the picture, which leaves no room beside the title
        whole.insert(0, replace(paragraph(draft, draft.book.say(entry.sub), "subtitle", 3), optional=True))
    brand = draft.book.brand
    if entry.back_cover and brand and brand.legal:
        whole.append(paragraph(draft, brand.legal, "small", 3, str(draft.theme.colours.ink_2), "Note"))
    room = foot - _highest(draft, entry)
    if Sheaf(tuple(whole), room, foot, tightest).least > room:
        whole = [one for one in whole if not one.optional]
    sheaf = Sheaf(tuple(whole), room, foot, tightest)
    if sheaf.least <= room + 0.01:
        return [sheaf]
    title = _title(draft.book, entry)
    if entry.back_cover or not entry.may_run_on:
        over = sheaf.least - room
        cut = (
            " or ".join(f"{one.name} ({one.height:.0f} mm)" for one in whole if one.height >= over) or "several blocks"
        )
        raise DoesNotFit(
            f"{entry.title.place}: the page “{title}” (chapter {name}) is {over:.1f} mm over; shorten or cut {cut}"
        )
    first: list[Piece] = []
    for one in whole:
        if Sheaf((*first, one), room, foot, tightest).least > room and first:
            break
        first.append(one)
    rest = Sheaf(tuple(whole[len(first) :]), room, foot, tightest)
    if rest.least > room:
        over = rest.least - room
        raise DoesNotFit(f"{entry.title.place}: “{title}” (chapter {name}) is {over:.1f} mm over even on two pages")
    return [Sheaf(tuple(first), room, foot, tightest), rest]


def _highest(draft: Draft, entry: Chapter) -> float:
    """The highest that the blocks of a chapter may start."""
    if entry.view:
        return FRAME + (MAP if isinstance(entry.view, MapView) else SCENE)[1] + 5
    return 36.5 if entry.back_cover else _panel_foot(draft, entry) + 4.5


def _panel_foot(draft: Draft, entry: Chapter) -> float:
    large = draft.book.large
    if entry.sub:
        return 46.0 if large else 42.0
    return 38.0 if large else 35.0


def _down_the_page(draft: Draft, sheaf: Sheaf, top: float) -> None:
    """Places the pieces; the gaps take up what room there is, between the tightest and the loosest."""
    heights = sum(one.height for one in sheaf.pieces)
    gaps = sum(one.gap for one in sheaf.pieces[1:])
    room = sheaf.foot - top
    factor = min(LOOSEST, max(sheaf.tightest, (room - heights) / gaps)) if gaps else 1.0
    factor = min(factor, 1.0 + (factor - 1.0) * 0.6) if factor > 1 else factor
    y = top
    for index, one in enumerate(sheaf.pieces):
        y += one.gap * factor if index else 0
        one.draw(draft, draft.left, y)
        y += one.height


# --- titles -------------------------------------------------------------------------------------------------------
def _opening(draft: Draft, entry: Chapter, index: int, sheaf: Sheaf) -> float:
    """The title in its panel; returns where the blocks start."""
    if entry.view and not index:
        return _view_panel(draft, entry, sheaf)
    if entry.back_cover:
        return _back_title(draft, entry)
    book = draft.book
    foot = _panel_foot(draft, entry)
    draft.panel(FRAME, FRAME, draft.width - 2 * FRAME, foot - FRAME)
    title = book.say(entry.title)
    if index:
        title = Words(book.word("continued", title=title), title.place, title.language)
    with draft.heading():
        _title_line(draft, title, draft.left - 0.4, 27.5 if book.large else 25.5, _title_room(draft, entry))
    _title_swatch(draft, entry, 27.5 if book.large else 25.5)
    if entry.sub:
        with draft.group("P"):
            lines = draft.wrap(book.say(entry.sub), "subtitle", draft.measure)
            if len(lines) > 1:
                raise DoesNotFit(
                    f"{entry.sub.place}: the line under the title is longer than the page is wide: shorten it"
                )
            draft.set(draft.left, foot - 7, lines, "subtitle")
    return foot + 4.5


def _title_line(draft: Draft, title: Words, x: float, y: float, room: float) -> None:
    face, size, _ = draft.book.style("title")
    while draft.fonts.width(title, face, size) / PT > room:
        size -= 1
        if size < 24:
            raise DoesNotFit(f"{title.place}: the title “{title}” is too wide for the page: shorten it")
    draft.run(x, y, title, face, size, draft.ink)


def _back_title(draft: Draft, entry: Chapter) -> float:
    wide = draft.width - 2 * FRAME
    marks.hatch(draft, [(FRAME, 8), (FRAME + wide, 8), (FRAME + wide, 14), (FRAME, 14)], 1.1, 3.0)
    with draft.heading():
        _title_line(draft, draft.book.say(entry.title), draft.left, 30.5, _title_room(draft, entry))
    _title_swatch(draft, entry, 30.5)
    return 36.5


def _title_room(draft: Draft, entry: Chapter) -> float:
    return draft.measure - (SWATCH[0] + 3 if entry.swatch else 0)


def _title_swatch(draft: Draft, entry: Chapter, base: float) -> None:
    """The sample at the end of a title's line, on the middle of its capitals."""
    if entry.swatch:
        wide, high = SWATCH
        middle = base - draft.book.style("title")[1] / PT * 0.32
        marks.swatch(draft, entry.swatch, draft.right - wide, middle - high / 2, wide, high)


def _view_panel(draft: Draft, entry: Chapter, sheaf: Sheaf) -> float:
    """A panel with the title inside it, at the top left, and the view."""
    book = draft.book
    is_map = isinstance(entry.view, MapView)
    most, least = MAP if is_map else SCENE
    high = min(most + (draft.height - 210), max(least, least + sheaf.room - sheaf.least - 2))
    look = draft.theme.looks[entry.look] if entry.look else None
    coloured = look and look.fill != draft.ink
    ground = mix(look.fill, PAPER, 0.12) if look and coloured else draft.theme.ground
    window = (FRAME, FRAME, draft.width - 2 * FRAME, high)
    draft.panel(*window, ground, str(look.line) if look and coloured else "")
    lines = [part.strip() for part in book.say(entry.title).split("|")]
    face, size, lead = book.style("title")
    y = 25.5
    with draft.heading(words=entry.title):
        for line in lines:
            draft.run(draft.left - 0.4, y, line, face, size, draft.ink)
            y += lead * 0.96
    if look and coloured:
        marks.emblem(draft, look.emblem, draft.left + 9, y + 1, 18, look.line, 3)
        y += 8
    if entry.sub and is_map:
        with draft.group("P"):
            draft.paragraph(draft.left, y + (6 if coloured else 1), book.say(entry.sub), "step", 46)
    if isinstance(entry.view, MapView):
        draw_map(draft, entry.view, window, INTERLUDE, look or next(iter(draft.theme.looks.values())), "", ground)
    elif isinstance(entry.view, Picture) and isinstance(book.pictures(entry.view.picture), Photo):
        top = y - lead * 0.96 + 7  # below the title, which can't be read on any photo
        draw_scene(draft, entry.view, (FRAME, top, window[2], FRAME + high - top), ground)
    elif isinstance(entry.view, Picture):
        wide = max(draft.fonts.width(line, face, size) for line in lines) / PT
        words = (draft.left, FRAME, wide + 1, 25.5 + 2 - FRAME)
        draw_scene(draft, entry.view, (FRAME + 2, FRAME + 2.5, window[2] - 4, high - 4.5), ground, 0.95, window, words)
    return FRAME + high + (3.6 if not is_map else 5)
