"""The mini booklet: eight small pages on one side of one sheet, to fold, cut once and fold again. Millimetres.

Its pages are a quarter of the booklet's, about A7. It is held in the hand, at 25 to 30 cm like a pocket diary, so its type
may go down to 8 points: in Source Sans that is an x-height of 1.4 mm, as in a newspaper. Anything that must be read from
further away is for the cards and the cue card.
"""

from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.fitting import fitted, largest
from booklet.items import Page
from booklet.leaflets import blank, clock_page, finish_title, numbered_title, stack, step_in, step_page
from booklet.sheets import key_list, numbered, resized, short_list, title_block, unit, zone_map
from booklet.text import one_line
from booklet.theming import PAPER
from booklet.views import draw_scene

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
LEAST, CLOSEST = (
    8.0,
    0.92,
)  # points; the least distance of lines, as a share of the usual one, where the smallest don't fit
PAGES = 8
EDGE = 6.0  # of a small page: at the sheet's edge what printers leave white, at the folds room for a fold that is off
PICTURE = 24.0  # the least height of a step's picture
SMALL = 12.0  # the same where two steps share a page
BETWEEN = 3.5  # two steps of a page
MAP = 24.0  # the least height of the map with its zones
DASH = (1.0, 2.2)  # of the fold lines, and the space between two dashes


def zine(book: Book) -> tuple[Page, ...]:
    """The eight pages, at the largest type that holds them all. Raises DoesNotFit."""
    width, height = book.format.sheet[0] / 4, book.format.sheet[1] / 2
    ways = (*((size, 1.0) for size in SIZES), (SIZES[-1], CLOSEST))
    return largest(ways, lambda way: _zine(resized(book, width, height, way[0], LEAST, way[1])))


def _zine(book: Book) -> tuple[Page, ...]:
    brief = book.routine.brief
    before = [_cover(book)]
    if brief.today or brief.never or brief.key:
        before.append(_safety(book, 2))
    if brief.start:
        before.append(_start(book, len(before) + 1))
    ends = bool(brief.finish or brief.stop or brief.help)
    most = PAGES - len(before) - ends
    if len(book.numbers) > 2 * most:
        place = book.routine.title.place
        raise DoesNotFit(f"{place}: the mini booklet has room for {2 * most} steps: choose --format cards")
    names = list(book.numbers)
    spare = max(0, most - len(names))
    if spare and book.schedule.timed:  # the clock first; what is still left over stays white, for notes
        before.append(clock_page(book, len(before) + 1, EDGE))
    alone = len(names) if len(names) <= most else 2 * most - len(names)  # the last ones share their pages
    steps = [step_page(book, name, len(before) + n, EDGE, PICTURE) for n, name in enumerate(names[:alone], 1)]
    for first in range(alone, len(names), 2):
        steps.append(_two(book, names[first : first + 2], len(before) + len(steps) + 1))
    drafts = [*before, *steps]
    while len(drafts) < PAGES - ends:
        drafts.append(blank(book, len(drafts) + 1, EDGE))
    if ends:
        drafts.append(_end(book, PAGES))
    return tuple(draft.page() for draft in drafts)


def _two(book: Book, names: list[str], number: int) -> Draft:
    """Two steps that share a page."""
    shown = [one_line(book.say(book.routine.steps[name].name)) for name in names]
    draft = blank(book, number, EDGE, ", ".join(shown))
    draft.level = 1
    high = (draft.foot - EDGE - BETWEEN) / 2
    for index, name in enumerate(names):
        step_in(draft, name, (EDGE, EDGE + index * (high + BETWEEN), draft.measure, high), SMALL)
    return draft


def _cover(book: Book) -> Draft:
    draft = blank(book, 1, EDGE, one_line(book.say(book.routine.title)))
    draft.level = 1
    theme, u, scene = book.theme, unit(book), book.routine.cover.scene
    base = draft.foot - 1.0
    foot = base - 6.5 * u
    split = EDGE + (foot - EDGE) * 0.6 if scene else foot
    title_block(draft, (EDGE, EDGE, draft.measure, split - EDGE), 26, 13, facts=False)
    if scene:
        if theme.outline:
            draft.rect(EDGE, split, draft.measure, foot - split, None, theme.accent_dark, 1.2)
        else:
            draft.rect(EDGE, split, draft.measure, foot - split, theme.tint)
        panel = (EDGE, split, draft.measure, foot - split)
        draw_scene(draft, scene, (EDGE + 1, split + 2, draft.measure - 2, foot - split - 3), theme.tint, 0.6, panel)
    shown = " · ".join(book.say(fact) for fact in book.routine.cover.facts)
    size = book.style("strong")[1]
    with draft.group("P"):
        fitted(draft, EDGE, base, shown, "semibold", (size, max(LEAST, size * 0.93), LEAST), draft.measure)
    return draft


def _safety(book: Book, number: int) -> Draft:
    brief = book.routine.brief
    draft = blank(book, number, EDGE)
    lists = [one for one in (brief.never, brief.today) if one]
    draft.title = " ".join(book.say(one.head) for one in lists[:1] if one.head)
    parts = [short_list(draft, one, draft.measure) for one in lists]
    if brief.key:
        parts.insert(0, key_list(draft, brief.key, draft.measure))
    draft.rule(draft.left, EDGE + 0.4, draft.right, EDGE + 0.4, book.theme.colours.stop, 1.6)
    top = EDGE + 3.5
    room = draft.foot - top - sum(one.height + one.gap for one in parts)
    if brief.key and book.routine.maps and room >= MAP:
        zone_map(draft, (EDGE, top, draft.measure, room))
        top += room + 3
    stack(draft, parts, top, draft.foot)
    return draft


def _start(book: Book, number: int) -> Draft:
    draft = blank(book, number, EDGE)
    brief, scene = book.routine.brief, book.routine.cover.scene
    assert brief.start
    top = numbered_title(draft, brief.start, EDGE)
    lines = numbered(draft, brief.start, draft.measure)
    room = draft.foot - top - lines.height - 3
    if scene and room >= 18:
        high = min(room, 44.0)
        panel = (EDGE, top, draft.measure, high)
        draft.panel(*panel)
        draw_scene(draft, scene, (EDGE + 1, top + 1.5, draft.measure - 2, high - 2), draft.theme.ground, 0.6, panel)
        top += high + 3
    stack(draft, [lines], top, draft.foot)
    return draft


def _end(book: Book, number: int) -> Draft:
    """The finish, when to stop and when to call for help: on the back, where it is found without turning a page."""
    draft = blank(book, number, EDGE)
    brief = book.routine.brief
    top = finish_title(draft, brief.finish, EDGE) if brief.finish else EDGE
    parts = [numbered(draft, brief.finish, draft.measure)] if brief.finish else []
    parts += [short_list(draft, one, draft.measure) for one in (brief.stop, brief.help) if one]
    stack(draft, parts, top, draft.foot)
    return draft


def fold_marks(book: Book) -> Page:
    """The sheet's folds as light dashes and, in its middle, the line to cut, with scissors where it starts."""
    wide, high = book.format.sheet
    draft = Draft(resized(book, wide, high, LEAST, LEAST), 0)
    pale, ink = str(draft.theme.colours.hairline), str(draft.theme.colours.ink_2)
    middle = high / 2
    for column in (1, 2, 3):
        draft.path(
            [("M", (wide * column / 4, 4)), ("L", (wide * column / 4, high - 4))], None, pale, 0.4, DASH, round=False
        )
    for start, stop in ((4.0, wide / 4), (wide * 3 / 4, wide - 4)):
        draft.path([("M", (start, middle)), ("L", (stop, middle))], None, pale, 0.4, DASH, round=False)
    draft.rule(wide / 4, middle, wide * 3 / 4, middle, ink, 0.9)
    _scissors(draft, wide / 4, middle, ink)
    return draft.page()


def _scissors(draft: Draft, x: float, y: float, colour: str) -> None:
    """Open scissors whose blades point to the right along a line at y, before x."""
    for sign in (-1, 1):
        draft.circle(x - 5.6, y + 1.25 * sign, 0.95, PAPER, colour, 0.9)
        draft.path([("M", (x - 4.8, y + 0.8 * sign)), ("L", (x + 0.6, y - 1.3 * sign))], None, colour, 0.9)
