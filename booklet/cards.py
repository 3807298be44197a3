"""Cards: one step on each, four on a sheet, printed on one side; first the title with what must never be done. Millimetres.

A card stands beside whoever gives: it is read from half a metre, so its type is that of the booklet, 12 points at least.
They are printed on one side, as oily hands don't turn a card over.
"""

from booklet.drafting import Book, Draft
from booklet.fitting import largest
from booklet.items import Page
from booklet.leaflets import blank, clock_page, finish_title, numbered_title, stack, step_page
from booklet.sheets import finish_map, key_list, numbered, resized, short_list, title_block
from booklet.text import one_line
from booklet.views import draw_scene

SIZES = (14.0, 13.5, 13.0, 12.5, 12.0)
LEAST = 12.0
EDGE = 7.0  # content keeps this far from the edges of its card: a card's outer edges are those of the sheet
PICTURES = (42.0, 34.0, 28.0)  # the least height of a step's picture, and in the smallest type
SCENE = (20.0, 48.0)  # the least and the most height of the scene
APART = 5.5  # the title's block and what stands below it
TICK = (3.5, 6.5)  # where a cut mark starts and ends, from the sheet's edge: printers leave about 3.5 white
SHEETS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
CARDS = {"a4": (105.0, 148.0), "letter": (107.95, 139.7)}  # A6, or a quarter of Letter


def cards(book: Book) -> tuple[Page, ...]:
    """All cards in order, at the largest type that holds them all. Raises DoesNotFit."""
    ways = (*((size, PICTURES[0]) for size in SIZES), *((LEAST, high) for high in PICTURES[1:]))
    return largest(ways, lambda way: _cards(resized(book, *CARDS[book.format.name], way[0], LEAST), way[1]))


def _cards(book: Book, picture: float) -> tuple[Page, ...]:
    brief = book.routine.brief
    drafts = [_title(book)]
    if brief.start:
        drafts.append(_start(book, len(drafts) + 1))
    if book.schedule.timed:
        drafts.append(clock_page(book, len(drafts) + 1, EDGE))
    for name in book.numbers:
        drafts.append(step_page(book, name, len(drafts) + 1, EDGE, picture))
    if brief.finish:
        drafts.append(_finish(book, len(drafts) + 1))
    return tuple(draft.page() for draft in drafts)


def _title(book: Book) -> Draft:
    draft = blank(book, 1, EDGE, one_line(book.say(book.routine.title)))
    draft.level = 1
    brief = book.routine.brief
    parts = [short_list(draft, one, draft.measure) for one in (brief.never, brief.stop) if one]
    parts += [key_list(draft, brief.key, draft.measure)] if brief.key else []
    block = draft.foot - EDGE - sum(one.height + one.gap for one in parts) - 1
    tightest = sum(one.height for one in parts) + 0.33 * sum(one.gap for one in parts[1:])
    block = min(block, draft.foot - EDGE - APART - tightest)
    title_block(draft, (EDGE, EDGE, draft.measure, block), 34, 16, facts=True)
    stack(draft, parts, EDGE + block + APART, draft.foot)
    return draft


def _start(book: Book, number: int) -> Draft:
    """How both lie, sit, kneel or stand, and when not to begin."""
    draft = blank(book, number, EDGE)
    brief, scene = book.routine.brief, book.routine.cover.scene
    assert brief.start
    top = numbered_title(draft, brief.start, EDGE)
    parts = [numbered(draft, brief.start, draft.measure)]
    parts += [short_list(draft, one, draft.measure) for one in (brief.today,) if one]
    room = draft.foot - top - sum(one.height + 0.5 * one.gap for one in parts) - 2
    if scene and room >= SCENE[0]:
        high = min(room, SCENE[1])
        panel = (EDGE, top, draft.measure, high)
        draft.panel(*panel)
        draw_scene(draft, scene, (EDGE + 2, top + 2, draft.measure - 4, high - 3), draft.theme.ground, 0.8, panel)
        top += high + 3.5
    stack(draft, parts, top, draft.foot)
    return draft


def _finish(book: Book, number: int) -> Draft:
    draft = blank(book, number, EDGE)
    brief = book.routine.brief
    assert brief.finish
    top = finish_title(draft, brief.finish, EDGE)
    parts = [numbered(draft, brief.finish, draft.measure)]
    parts += [short_list(draft, one, draft.measure) for one in (brief.help,) if one]
    room = draft.foot - top - sum(one.height + one.gap for one in parts)
    if room >= PICTURES[1] and finish_map(draft, (EDGE, top, draft.measure, min(room, 52.0))):
        top += min(room, 52.0) + 2.6
    stack(draft, parts, top, draft.foot)
    return draft


def cut_marks(book: Book) -> Page:
    """A sheet's marks: where the lines that cards meet on come to its edges, and a cross in its middle."""
    wide, high = SHEETS[book.format.name]
    draft = Draft(resized(book, wide, high, 14, LEAST), 0)
    colour = str(draft.theme.colours.ink_2)
    x, y = wide / 2, high / 2
    first, last = TICK
    for start, stop in ((first, last), (high - last, high - first)):
        draft.rule(x, start, x, stop, colour, 0.4)
    for start, stop in ((first, last), (wide - last, wide - first)):
        draft.rule(start, y, stop, y, colour, 0.4)
    draft.rule(x - 2, y, x + 2, y, colour, 0.4)
    draft.rule(x, y - 2, x, y + 2, colour, 0.4)
    return draft.page()
