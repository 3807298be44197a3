"""Lists: with bullets, crosses, boxes or numbers, in one column or two. Each as a piece that knows its height. Millimetres.

A piece is prepared once, when its lines are broken, and can then be placed on any page: the text measure of left and
right pages is the same, only its left edge differs.
"""

from collections.abc import Callable

from booklet import marks
from booklet.drafting import Draft
from booklet.items import PT
from booklet.model import Checklist, Listing, Numbered, Words
from booklet.records import dataclass
from booklet.text import Line

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


def heading(draft: Draft, words: Words, role: str = "section") -> Piece:
    lines = draft.wrap(words, role, draft.measure)
    lead, up = draft.book.style(role)[2], rise(draft, role)

    def draw(page: Draft, left: float, top: float) -> None:
        with page.heading(1):
            page.set(left, top + up, lines, role)

    return Piece(len(lines) * lead + 1.5, draw, 7, f"“{words}”")


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
            with page.group("Lbl"):
                page.box(at, base + (0.3 if page.book.large else 0), text, 5.4 if page.book.large else 4.4)


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


def listing(draft: Draft, block: Listing, first: bool) -> Piece:
    wanted = "large-list" if draft.book.close == 1 else "step"  # larger than the rest, and less so on a full page
    role = wanted if block.large else "body"
    count = 1 if draft.book.large else block.columns
    space = 6.0
    room = (draft.measure - space) / count if count > 1 else draft.measure
    height, draw_items = columns(draft, items(draft, block.list, block.mark, role, room), count, space)
    head = draft.book.say(block.head) if block.head else None
    ruled = bool(head) and not first
    above = 4.6 if ruled else 0.0
    aside = 7.0 * draft.book.style("section-sans")[1] / 16 + 3 if block.swatch else 0.0
    head_lines = draft.wrap(head, "section-sans", draft.measure - aside) if head else []
    head_lead = len(head_lines) * draft.book.style("section-sans")[2] + 0.3 if head else 0.0
    foot = draft.wrap(draft.book.say(block.foot), "body", draft.measure) if block.foot else []
    body = draft.book.style("body")[2]
    foot_height = len(foot) * body + 0.8 if foot else 0.0

    def draw(page: Draft, left: float, top: float) -> None:
        if ruled:
            page.rule(left, top, page.right, top, page.ink, 0.8)
        if head:
            with page.heading(1):
                _list_head(page, head_lines, block.swatch, top + above, aside)
        with page.group("L", kind="Disc" if block.mark == "dot" else ""):
            draw_items(page, left, top + above + head_lead)
        if foot:
            with page.group("P"):
                page.set(left, top + above + head_lead + height + 0.8 + rise(page, "body"), foot, "body")

    name = f"the list “{head or block.list[0]}”" if block.list else "a list"
    return Piece(above + head_lead + height + foot_height, draw, 4.5, name)


def _list_head(page: Draft, head: list[Line], swatch: str | None, top: float, aside: float) -> None:
    """The heading's lines, `aside` from the left where a swatch stands before them."""
    base = top + rise(page, "section-sans")
    if swatch:
        high = 5.0 * page.book.style("section-sans")[1] / 16
        marks.swatch(page, swatch, page.left, base - high * 0.92, high * 1.4, high)
    page.set(page.left + aside, base, head, "section-sans")


def checklists(draft: Draft, groups: list[Checklist]) -> list[Piece]:
    """Checklists under their headings: in two columns, or one below the other in large print."""
    large = draft.book.large
    count = 1 if large or len(groups) < 2 else 2
    room = (draft.measure - 7) / count if count > 1 else draft.measure
    if count == 1:
        return [_group(draft, group, room, 1.2 if large else 1.4) for group in groups]
    for gap in (1.4, 1.0, 0.6, 0.3):  # long lists close up a little before they don't fit
        parts = [_group(draft, group, room, gap) for group in groups]
        height, draw = columns(draft, parts, 2, 7)
        if height <= draft.foot - 46.5:
            break
    return [Piece(height - parts[-1].gap, draw, 5, "the checklists")]


def _group(draft: Draft, group: Checklist, room: float, gap: float) -> Piece:
    say = draft.book.say
    lines = items(draft, group.checks, "box", "check", room, gap)
    head = say(group.head)
    lead, up = draft.book.style("section")[2], rise(draft, "section")
    head_height = lead + 2.4

    def draw(page: Draft, left: float, top: float) -> None:
        with page.heading(1):
            page.line(left, top + up, head, "section", room=room)
        page.rule(left, top + up + 2.2, left + room, top + up + 2.2, page.ink, 0.8)
        y = top + head_height
        with page.group("L"):
            for line in lines:
                line.draw(page, left, y)
                y += line.height + line.gap

    height = head_height + sum(line.height + line.gap for line in lines)
    return Piece(height, draw, 4.0, f"the checklist “{head}”")


def numbered_block(draft: Draft, block: Numbered) -> Piece:
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
        with page.group("L", kind="Decimal"):
            for number, lines in enumerate(wrapped, 1):
                with page.group("LI"):
                    with page.group("Lbl"):
                        r = 4.0 if large else 2.75
                        marks.badge(page, left + r + 0.15, y + up - (2.2 if large else 1.6), str(number), r)
                    with page.group("LBody"):
                        page.set(left + hang, y + up, lines, "step")
                y += len(lines) * lead + gap

    return sum(len(lines) * lead + gap for lines in wrapped) - (gap if wrapped else 0), draw
