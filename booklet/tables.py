"""Tables: rules only under rows, numbers to the right, words to the left. Each → (height, draw). Millimetres."""

from collections.abc import Callable
from itertools import pairwise

from booklet import marks
from booklet.drafting import Draft
from booklet.fitting import fitted
from booklet.items import PT
from booklet.model import Table, Times, Timetable, Words
from booklet.text import one_line
from booklet.timing import clock

DOTS = 15.0  # width of the sign beside the heading of a table of pressure
MINUTES, PAGES = 12.0, 16.0  # the columns of minutes and pages, which is wider where its label is
# sizes of the line above them, in normal and in large print
HEADS = (
    (20.0, 19.0, 18.0, 17.0, 16.0),
    (24.0, 23.0, 22.0, 21.0, 20.0, 19.0, 18.0),
)
Drawn = tuple[float, Callable[[Draft, float, float], None]]


def minutes(seconds: int, fine: bool) -> str:
    """Seconds as minutes with a half ("5½"), or as a clock time where they aren't half minutes."""
    if fine:
        return clock(seconds)
    whole, rest = divmod(seconds, 60)
    return (str(whole) if whole or not rest else "") + ("½" if rest else "")


def timetable(draft: Draft, block: Timetable) -> Drawn:
    """The steps in the order of their first turn, with their minutes (all turns and pauses together) and pages.

    Off the clock there are no minutes.
    """
    book = draft.book
    steps = list(dict.fromkeys(turn.step for turn in book.schedule.turns))
    seconds = {name: sum(turn.seconds + turn.pause for turn in book.schedule.turns_of(name)) for name in steps}
    fine = any(value % 30 for value in seconds.values())
    pitch = 10.5 if book.large else 8.4
    head = 9.0 if book.large else 8.0
    title = book.say(block.timetable)
    note = draft.wrap(book.say(block.note), "small", draft.measure) if block.note else []
    small = book.style("small")[2]
    column = max(PAGES, draft.wrap_width(book.word("page"), "label") + 3)

    def draw(page: Draft, left: float, top: float) -> None:
        ink_2, hair = str(page.theme.colours.ink_2), page.theme.colours.hairline
        base = top + head - 3.4
        columns = [(page.right - column, "min-sec" if fine else "minutes")] if book.schedule.timed else []
        labels = [*columns, (page.right, "page")]
        room = labels[0][0] - page.wrap_width(book.word(labels[0][1]), "label") - left - 3
        with page.heading(1):
            fitted(page, left, base, title, "display", HEADS[book.large], room, where="the line above its table")
        with page.group("Table"):
            with page.group("TR"):
                with page.group("TH", kind="Column", spoken=book.word("step-said")):
                    pass  # nothing to see: the heading above says what the rows are
                for x, name in labels:
                    with page.group("TH", kind="Column"):
                        page.line(x, base, book.word(name), "label", ink_2, "end", spoken=book.word(f"{name}-said"))
            y = top + head
            page.rule(left, y, page.right, y, page.ink, 0.8)
            for name in steps:
                with page.group("TR"):
                    shown = minutes(seconds[name], fine) if book.schedule.timed else ""
                    _step_row(page, name, y, pitch, shown, column)
                y += pitch
                page.rule(left, y, page.right, y, hair, 0.5)
        if note:
            with page.group("P"):
                page.set(left, y + small, note, "small", ink_2)

    return head + len(steps) * pitch + (len(note) * small + 1.5 if note else 0), draw


def _step_row(page: Draft, name: str, y: float, pitch: float, shown: str, column: float) -> None:
    book = page.book
    step = book.routine.steps[name]
    look = page.theme.looks[step.look]
    base = y + pitch / 2 + book.style("strong")[1] / PT * 0.35
    marks.emblem(page, look.emblem, page.left + 5, y + pitch / 2, 7.2, look.line, 1.7)
    number = book.pages.get(name)
    shown_name = one_line(book.say(step.name))
    with page.group("TH", kind="Row"):
        says = book.word("to-page", name=shown_name, number=number)
        with page.linked(page.left, y, page.measure, pitch, name, says):
            page.line(page.left + 14, base, shown_name, "strong", room=page.measure - 14 - MINUTES - column)
    if shown:
        with page.group("TD"):
            page.line(page.right - column, base, shown, "step", "", "end")
    with page.group("TD"):
        if number:
            page.line(page.right, base, str(number), "step", "", "end")


def times(draft: Draft, block: Times) -> Drawn:
    """The turns of one step: after which step each comes, and its clock times."""
    book = draft.book
    rows: list[tuple[str, int, int]] = []
    for before, turn in pairwise(book.schedule.turns):
        if turn.step == block.times:
            name = one_line(book.say(book.routine.steps[before.step].name))
            after = book.word("after-step", step=name)
            rows.append((Words(after, name.place, after.language), turn.start, turn.stop))
            if turn.pause:
                rows.append((book.word("then-pause"), turn.stop, turn.stop + turn.pause))
    pitch = 11.0 if book.large else 9.4
    if len(rows) > 4:
        pitch -= (2.0 if book.large else 1.4) + 0.8 * (len(rows) > 5)

    def draw(page: Draft, left: float, top: float) -> None:
        ink_2, hair = str(page.theme.colours.ink_2), page.theme.colours.hairline
        second = page.right if book.large else left + 58
        anchor = "end" if book.large else "start"
        before = second - left - (page.wrap_width("00:00–00:00", "time") + 2 if book.large else 2)
        with page.group("Table"):
            with page.group("TR"):
                for x, name, side in ((left, "when", "start"), (second, "clock", anchor)):
                    with page.group("TH", kind="Column"):
                        page.line(x, top + 4, book.word(name), "label", ink_2, side)
            y = top + 6.6
            page.rule(left, y, page.right, y, page.ink, 0.8)
            for shown, start, stop in rows:
                base = y + pitch / 2 + 1.9
                with page.group("TR"):
                    with page.group("TH", kind="Row"):
                        page.line(left, base, shown, "step", room=before)
                    with page.group("TD"):
                        page.line(second, base, f"{clock(start)}–{clock(stop)}", "time", "", anchor)
                y += pitch
                page.rule(left, y, page.right, y, hair, 0.5)

    return 6.6 + len(rows) * pitch, draw


def table(draft: Draft, block: Table) -> Drawn:
    """A short word or number and what it means, row by row."""
    book = draft.book
    large = book.large
    first = [book.say(row.row) for row in block.table]
    wide = (36.0 if large else 28.0) if block.dots else max(draft.wrap_width(words, "strong") for words in first) + 5
    body = [draft.wrap(book.say(row.says), "body", draft.measure - wide) for row in block.table]
    lead = book.style("body")[2]
    pad = 2.6 if large else 2.0
    head = book.say(block.head) if block.head else None
    above = book.style("section")[2] + 1.6 if head else 0.0
    up = lead / 2 + book.style("body")[1] / PT * 0.23

    def draw(page: Draft, left: float, top: float) -> None:
        if head:
            with page.heading(1):
                page.line(left, top + above - 3.8, head, "section", room=page.right - left)
            shown = {"1", "2", "3"} <= set(map(str, first))  # the sign has three dots: no more than the table allows
            if block.dots and shown and left + page.wrap_width(head, "section") + DOTS + 4 < page.right:
                marks.dots_sign(page, page.right - DOTS / 2, top + above - 6.0, DOTS)
        y = top + above
        page.rule(left, y, page.right, y, page.ink, 0.8)
        with page.group("Table"):
            for words, lines in zip(first, body, strict=True):
                with page.group("TR"):
                    with page.group("TH", kind="Row"):
                        if block.dots:
                            middle = y + (len(lines) * lead + pad) / 2
                            size, apart = (2.2, 6.0) if large else (1.7, 4.7)
                            with page.group("Span", spoken=book.word("say-pressure", level=words)):
                                marks.pressure_dots(page, left, middle, int(words), size, apart)
                        else:
                            page.line(left, y + pad / 2 + up, words, "strong")
                    with page.group("TD"):
                        page.set(left + wide, y + pad / 2 + up, lines, "body")
                y += len(lines) * lead + pad
                page.rule(left, y, page.right, y, page.theme.colours.hairline, 0.5)

    return above + sum(len(lines) * lead + pad for lines in body), draw
