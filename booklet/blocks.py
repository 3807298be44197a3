"""The blocks of a chapter → pieces: each knows its height and draws itself from a top edge. Millimetres.

A piece is prepared once, when its lines are broken, and can then be placed on any page: the text measure of left and
right pages is the same, only its left edge differs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from booklet import marks
from booklet.drafting import Draft
from booklet.figures import Drawing
from booklet.items import PT
from booklet.model import (
    Block,
    Checklist,
    Fields,
    Head,
    KeyedMap,
    Lead,
    Lines,
    Listing,
    MapView,
    Note,
    Numbered,
    PictureRow,
    Question,
    Scale,
    Table,
    Text,
    Times,
    Timetable,
    Words,
)  # fmt: skip
from booklet.strokes import quieted
from booklet.tables import table, times, timetable
from booklet.text import Line
from booklet.theming import PAPER, picture_colours
from booklet.views import KEYED, draw_map, draw_scene

Draw = Callable[[Draft, float, float], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page: `gap` is the space that it wants above it, `draw` takes the page and its top edge."""

    height: float
    draw: Draw
    gap: float = 5.0
    name: str = ""
    optional: bool = False


def rise(draft: Draft, role: str) -> float:
    """From the top of a line of text to its baseline: the cap height and a share of the leading."""
    _, size, lead = draft.book.style(role)
    return lead / 2 + size / PT * 0.23


def pieces(draft: Draft, blocks: tuple[Block, ...]) -> list[Piece]:
    """The pieces of a chapter's blocks in order; neighbouring checklists share two columns."""
    result: list[Piece] = []
    checks: list[Checklist] = []
    for block in blocks:
        if isinstance(block, Checklist):
            checks.append(block)
            continue
        if checks:
            result += checklists(draft, checks)
            checks = []
        result.append(piece(draft, block, first=not result))
    return result + (checklists(draft, checks) if checks else [])


def piece(draft: Draft, block: Block, first: bool) -> Piece:
    say = draft.book.say
    match block:
        case Lead():
            return paragraph(draft, say(block.lead), "lead", 3)
        case Text():
            return paragraph(draft, say(block.text), "body", 4)
        case Note():
            return paragraph(draft, say(block.note), "small", 4, str(draft.theme.colours.ink_2))
        case Head():
            return heading(draft, say(block.head))
        case Question():
            return _question(draft, block)
        case Listing():
            return _listing(draft, block, first)
        case Numbered():
            return _numbered(draft, block)
        case Timetable():
            return Piece(*timetable(draft, block), 8, "the timetable")
        case Times():
            return Piece(*times(draft, block), 5, "the table of times")
        case Table():
            return Piece(*table(draft, block), 6, "the table")
        case Scale():
            return _scale(draft, block)
        case Fields():
            return _fields(draft, block)
        case Lines():
            return _lines(draft, block)
        case PictureRow():
            return _picture_row(draft, block)
        case KeyedMap():
            return _keyed_map(draft, block)
    raise TypeError(block)


def paragraph(draft: Draft, words: Words, role: str, gap: float, colour: str = "") -> Piece:
    lines = draft.wrap(words, role, draft.measure)
    lead, up = draft.book.style(role)[2], rise(draft, role)

    def draw(page: Draft, left: float, top: float) -> None:
        with page.group("P"):
            page.set(left, top + up, lines, role, colour)

    return Piece(len(lines) * lead, draw, gap, f"“{words[:30]}…”")


def heading(draft: Draft, words: Words, role: str = "section") -> Piece:
    lines = draft.wrap(words, role, draft.measure)
    lead, up = draft.book.style(role)[2], rise(draft, role)

    def draw(page: Draft, left: float, top: float) -> None:
        with page.group("H2"):
            page.set(left, top + up, lines, role)

    return Piece(len(lines) * lead + 1.5, draw, 7, f"“{words}”")


def _question(draft: Draft, block: Question) -> Piece:
    say = draft.book.say
    asked = draft.wrap(say(block.question), "strong", draft.measure)
    answer = draft.wrap(say(block.answer), "body", draft.measure)
    up, lead, body = rise(draft, "strong"), draft.book.style("strong")[2], draft.book.style("body")[2]

    def draw(page: Draft, left: float, top: float) -> None:
        with page.group("H2"):
            page.set(left, top + up, asked, "strong")
        with page.group("P"):
            page.set(left, top + len(asked) * lead + up, answer, "body")

    return Piece(len(asked) * lead + len(answer) * body, draw, 4, f"“{block.question}”")


# --- lists --------------------------------------------------------------------------------------------------------
HANG = {"dot": 5.0, "cross": 7.0, "box": 7.2}


def items(draft: Draft, words: tuple[Words, ...], mark: str, role: str, room: float, gap: float = 0) -> list[Piece]:
    """A piece for each item of a list in a column; the column's left edge is given by `at`."""
    hang = HANG[mark] * (1.25 if draft.book.large else 1)
    lead, up = draft.book.style(role)[2], rise(draft, role)
    result = []
    for one in words:
        text = draft.book.say(one)
        lines = draft.wrap(text, role, room - hang)

        def draw(page: Draft, left: float, top: float, lines: list[Line] = lines, text: Words = text) -> None:
            base = top + up
            with page.group("LI"):
                _mark(page, mark, left, base, role, text)
                with page.group("LBody"):
                    page.set(left + hang, base, lines, role)

        result.append(Piece(len(lines) * lead, draw, gap, f"“{text}”"))
    return result


def _mark(page: Draft, mark: str, at: float, base: float, role: str, text: Words) -> None:
    middle = base - page.book.style(role)[1] / PT * 0.32
    match mark:
        case "dot":
            marks.bullet(page, at + 1.1, middle, 1.0 if page.book.large else 0.75)
        case "cross":
            marks.cross(page, at + 2, middle, 1.7 if page.book.large else 1.5, 1.8)
        case _:
            page.box(at, base + (0.3 if page.book.large else 0), str(text), 5.4 if page.book.large else 4.4)


def columns(draft: Draft, parts: list[Piece], count: int, space: float) -> tuple[float, Draw]:
    """Pieces in one or two columns, read down, then across, balanced by height. → (height, draw)"""
    room = (draft.measure - space) / count if count > 1 else draft.measure
    heights = [part.height + part.gap for part in parts]
    total = sum(heights)
    split = len(parts)
    if count > 1 and parts:
        split = min(range(1, len(parts) + 1), key=lambda i: (max(sum(heights[:i]), total - sum(heights[:i])), -i))
    sides = (parts[:split], parts[split:])

    def draw(page: Draft, left: float, top: float) -> None:
        for index, side in enumerate(sides):
            y = top
            for part in side:
                part.draw(page, left + index * (room + space), y)
                y += part.height + part.gap

    return max(sum(part.height + part.gap for part in side) for side in sides), draw


def _listing(draft: Draft, block: Listing, first: bool) -> Piece:
    role = "large-list" if block.large else "body"
    count = 1 if draft.book.large else block.columns
    space = 6.0
    room = (draft.measure - space) / count if count > 1 else draft.measure
    height, draw_items = columns(draft, items(draft, block.list, block.mark, role, room), count, space)
    head = draft.book.say(block.head) if block.head else None
    ruled = bool(head) and not first
    above = 4.6 if ruled else 0.0
    head_lead = draft.book.style("section-sans")[2] + 0.3 if head else 0.0
    foot = draft.wrap(draft.book.say(block.foot), "body", draft.measure) if block.foot else []
    body = draft.book.style("body")[2]
    foot_height = len(foot) * body + 0.8 if foot else 0.0

    def draw(page: Draft, left: float, top: float) -> None:
        if ruled:
            page.rule(left, top, page.right, top, page.ink, 0.8)
        if head:
            with page.group("H2"):
                _list_head(page, head, block.swatch, top + above)
        with page.group("L"):
            draw_items(page, left, top + above + head_lead)
        if foot:
            with page.group("P"):
                page.set(left, top + above + head_lead + height + 0.8 + rise(page, "body"), foot, "body")

    name = f"the list “{head or block.list[0]}”" if block.list else "a list"
    return Piece(above + head_lead + height + foot_height, draw, 4.5, name)


def _list_head(page: Draft, head: Words, swatch: str | None, top: float) -> None:
    base = top + rise(page, "section-sans")
    size = page.book.style("section-sans")[1]
    x = page.left
    if swatch:
        high = 5.0 * size / 16
        marks.swatch(page, swatch, x, base - high * 0.92, high * 1.4, high)
        x += high * 1.4 + 3
    page.line(x, base, head, "section-sans")


def checklists(draft: Draft, groups: list[Checklist]) -> list[Piece]:
    """Checklists under their headings: in two columns, or one below the other in large print."""
    large = draft.book.large
    count = 1 if large or len(groups) < 2 else 2
    room = (draft.measure - 7) / count if count > 1 else draft.measure
    parts = [_group(draft, group, room) for group in groups]
    if count == 1:
        return parts
    height, draw = columns(draft, parts, 2, 7)
    return [Piece(height - parts[-1].gap, draw, 5, "the checklists")]


def _group(draft: Draft, group: Checklist, room: float) -> Piece:
    say = draft.book.say
    large = draft.book.large
    lines = items(draft, group.checks, "box", "check", room, 1.2 if large else 1.4)
    head = say(group.head)
    lead, up = draft.book.style("section")[2], rise(draft, "section")
    head_height = lead + 2.4

    def draw(page: Draft, left: float, top: float) -> None:
        with page.group("H2"):
            page.line(left, top + up, head, "section")
        page.rule(left, top + up + 2.2, left + room, top + up + 2.2, page.ink, 0.8)
        y = top + head_height
        with page.group("L"):
            for line in lines:
                line.draw(page, left, y)
                y += line.height + line.gap

    height = head_height + sum(line.height + line.gap for line in lines)
    return Piece(height, draw, 4.0, f"the checklist “{head}”")


def _numbered(draft: Draft, block: Numbered) -> Piece:
    height, draw_lines = numbered(draft, block.numbered, 3.9 if draft.book.large else 1.3)
    head = heading(draft, draft.book.say(block.head)) if block.head else None
    above = head.height if head else 0.0

    def draw(page: Draft, left: float, top: float) -> None:
        if head:
            head.draw(page, left, top)
        draw_lines(page, left, top + above)

    return Piece(above + height, draw, 4.5, "the numbered lines")


def numbered(draft: Draft, words: tuple[Words, ...], gap: float, step: str = "") -> tuple[float, Draw]:
    """Numbered lines with their badges; the text's style is that of steps. → (height, draw)"""
    large = draft.book.large
    hang = 12.0 if large else 8.5
    lead, up = draft.book.style("step")[2], rise(draft, "step")
    wrapped = [draft.wrap(draft.book.say(one, step), "step", draft.measure - hang) for one in words]

    def draw(page: Draft, left: float, top: float) -> None:
        y = top
        with page.group("L"):
            for number, lines in enumerate(wrapped, 1):
                with page.group("LI"):
                    with page.group("Lbl"):
                        r = 4.0 if large else 2.75
                        marks.badge(page, left + r + 0.15, y + up - (2.2 if large else 1.6), str(number), r)
                    with page.group("LBody"):
                        page.set(left + hang, y + up, lines, "step")
                y += len(lines) * lead + gap

    return sum(len(lines) * lead + gap for lines in wrapped) - (gap if wrapped else 0), draw


# --- what is written in ---------------------------------------------------------------------------------------------
def _scale(draft: Draft, block: Scale) -> Piece:
    say = draft.book.say
    large = draft.book.large
    title = say(block.scale)
    ends = f"{block.first} {say(block.low)} – {block.last} {say(block.high)}"
    up, lead = rise(draft, "strong"), draft.book.style("strong")[2]
    below = draft.book.style("label")[2] if large else 0.0
    r = 3.9 if large else 3.7

    def draw(page: Draft, left: float, top: float) -> None:
        ink_2 = str(page.theme.colours.ink_2)
        with page.group("H2"):
            page.line(left, top + up, title, "strong")
        with page.group("P"):
            if large:
                page.line(left, top + up + lead, ends, "label", ink_2)
            else:
                page.line(page.right, top + up, ends, "label", ink_2, "end")
        step = (page.measure - 2 * r) / 10
        face, size, _ = page.book.style("label")
        with page.group("P"):
            for number in range(block.first, block.last + 1):
                x, y = left + r + number * step, top + lead + below + r + 0.8
                page.circle(x, y, r, None, page.ink, 0.8)
                page.run(x, y + size / PT * 0.34, str(number), face, size, page.ink, "middle")

    return Piece(lead + below + 2 * r + 1.5, draw, 5, f"the scale “{title}”")


def _fields(draft: Draft, block: Fields) -> Piece:
    shares = {1: (1.0,), 2: (0.5, 0.5), 3: (0.3, 0.35, 0.35)}.get(len(block.fields), (1 / len(block.fields),) * 9)
    labels = [draft.book.say(one) for one in block.fields]
    up, lead = rise(draft, "label"), draft.book.style("label")[2]

    def draw(page: Draft, left: float, top: float) -> None:
        x = left
        room = page.measure - 5 * (len(labels) - 1)
        for label, share in zip(labels, shares, strict=False):
            wide = room * share
            with page.group("P"):
                page.line(x, top + up, label, "label", str(page.theme.colours.ink_2))
            value = page.book.people.get(label, "")
            if value:
                with page.group("P"):
                    page.line(x, top + lead + 5.2, value, "step")
            page.writing_line(x, top + lead + 6.8, wide, label, value)
            x += wide + 5

    return Piece(lead + 7, draw, 5, "the fields")


def _lines(draft: Draft, block: Lines) -> Piece:
    labels = ["" if one == "-" else str(draft.book.say(one)) for one in block.lines]
    pitch = 14.0 if draft.book.large else 11.2

    def draw(page: Draft, left: float, top: float) -> None:
        y = top + pitch - 3
        face, size, _ = page.book.style("label")
        for label in labels:
            start = left
            if label:
                with page.group("P"):
                    wide = page.run(start, y - 2, label, face, size, str(page.theme.colours.ink_2))
                start += wide + 3
            page.rule(left, y, page.right, y, page.ink, 0.7)
            page.field(start, y, page.right - start, label or page.title)
            y += pitch

    return Piece(len(labels) * pitch, draw, 2, "the writing lines")


ROW = 17.0  # height of a row of small pictures


def _picture_row(draft: Draft, block: PictureRow) -> Piece:
    """Small pictures of one height, spread over the measure."""

    def draw(page: Draft, left: float, top: float) -> None:
        drawings = [page.book.pictures(one.picture) for one in block.row_of]
        k = [ROW / drawing.height for drawing in drawings]
        widths = [drawing.width * scale for drawing, scale in zip(drawings, k, strict=True)]
        fit = min(1.0, (page.measure - 4.0 * (len(widths) - 1)) / sum(widths))
        space = (page.measure - fit * sum(widths)) / max(1, len(widths) - 1) if len(widths) > 1 else 0
        x = left
        for one, wide in zip(block.row_of, widths, strict=True):
            draw_scene(page, one, (x, top + ROW * (1 - fit), wide * fit, ROW * fit), PAPER, 0.8)
            x += wide * fit + space

    return Piece(ROW, draw, 6, "the row of pictures", optional=True)


def fine_ground(page: Draft, name: str) -> str:
    """The colour of the back as it stands on a map: what is fine to press."""
    drawing = page.book.pictures(page.book.routine.maps[name].picture)
    colours = {one.role: one.colour for one in drawing.outlines} if isinstance(drawing, Drawing) else {}
    role = "shirt" if "shirt" in colours else "receiver-skin"
    if page.theme.art == "line" or role not in colours:
        return PAPER
    return quieted(picture_colours(page.theme).get(role, colours[role]), role, KEYED.quiet, page.theme.ground)


def _keyed_map(draft: Draft, block: KeyedMap) -> Piece:
    say = draft.book.say
    large = draft.book.large
    wide = 72.0
    room = (draft.width - 8 - wide - 6 - 12) - 9.5 - 3.0 if not large else draft.measure - 12
    body = [draft.wrap(say(entry.says), "check", room) for entry in block.key]
    strong, small = draft.book.style("strong")[2], draft.book.style("check")[2]
    key_height = sum(strong + len(lines) * small + 2.0 for lines in body) + 9.5
    height = max(71.0, key_height) if not large else 80.0 + key_height
    view = MapView(block.keyed_map, block.alt, (), ("never", "light", "stop-line"))

    def draw(page: Draft, left: float, top: float) -> None:
        window = (8.0, top, wide, height) if not large else (8.0, top, page.width - 16, 76.0)
        page.panel(*window)
        draw_map(page, view, window, KEYED, next(iter(page.theme.looks.values())), "")
        x, y = (8 + wide + 6, top + 4.4) if not large else (left, top + 76 + 9)
        with page.group("H2"):
            page.line(x, y, say(block.head), "key")
        y += 9.4 if not large else 11
        with page.group("L"):
            for entry, lines in zip(block.key, body, strict=True):
                with page.group("LI"):
                    with page.group("Lbl"):
                        marks.swatch(page, entry.swatch, x, y - 4.4, 7, 4.6, fine_ground(page, block.keyed_map))
                        page.line(x + 9.5, y, say(entry.name), "strong")
                    with page.group("LBody"):
                        y = page.set(x + 9.5, y + (5.6 if not large else small), lines, "check") + 2.6

    return Piece(height, draw, 4, f"the map “{block.head}”")
