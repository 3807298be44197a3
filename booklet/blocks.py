"""The blocks of a chapter → pieces. Millimetres."""

from booklet import marks
from booklet.drafting import FRAME, Draft
from booklet.figures import Drawing
from booklet.items import PT, Role
from booklet.lists import Piece, checklists, heading, listing, numbered_block, rise
from booklet.model import (
    Block,
    Branded,
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
from booklet.theming import PAPER, as_art, picture_colours
from booklet.views import KEYED, draw_map, draw_scene


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
        if isinstance(block, Branded):
            result += branded(draft, block)
            continue
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
            return paragraph(draft, say(block.note), "small", 4, str(draft.theme.colours.ink_2), "Note")
        case Head():
            return heading(draft, say(block.head))
        case Question():
            return _question(draft, block)
        case Listing():
            return listing(draft, block, first)
        case Numbered():
            return numbered_block(draft, block)
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
            return _picture_row(block)
        case KeyedMap():
            return _keyed_map(draft, block)
    raise TypeError(block)


def branded(draft: Draft, block: Branded) -> list[Piece]:
    """What a brand says in this place."""
    words = getattr(draft.book.brand, block.brand, None)
    if not words:
        return []
    if block.brand == "welcome":
        return [paragraph(draft, words, "lead", 3, room=_even(draft, words, "lead"))]
    return [paragraph(draft, words, "small", 3)]


def _even(draft: Draft, words: Words, role: str) -> float:
    """The narrowest column in which a text takes no more lines than in the whole measure, so that they are much of a length."""
    count, room = len(draft.wrap(words, role, draft.measure)), draft.measure
    while count > 1 and room > 0.6 * draft.measure and len(draft.wrap(words, role, room - 2)) == count:
        room -= 2
    return room


def paragraph(
    draft: Draft, words: Words, role: str, gap: float, colour: str = "", kind: Role = "P", room: float = 0
) -> Piece:
    """A text in a column as wide as the page's measure, or as `room`."""
    lines = draft.wrap(words, role, room or draft.measure)
    lead, up = draft.book.style(role)[2], rise(draft, role)

    def draw(page: Draft, left: float, top: float) -> None:
        with page.group(kind):
            page.set(left, top + up, lines, role, colour)

    return Piece(len(lines) * lead, draw, gap, f"“{words[:30]}…”")


def _question(draft: Draft, block: Question) -> Piece:
    say = draft.book.say
    asked = draft.wrap(say(block.question), "strong", draft.measure)
    answer = draft.wrap(say(block.answer), "body", draft.measure)
    up, lead, body = rise(draft, "strong"), draft.book.style("strong")[2], draft.book.style("body")[2]

    def draw(page: Draft, left: float, top: float) -> None:
        with page.heading(1):
            page.set(left, top + up, asked, "strong")
        with page.group("P"):
            page.set(left, top + len(asked) * lead + up, answer, "body")

    return Piece(len(asked) * lead + len(answer) * body, draw, 4, f"“{block.question}”")


# --- what is written in ---------------------------------------------------------------------------------------------
def _scale(draft: Draft, block: Scale) -> Piece:
    say = draft.book.say
    large = draft.book.large
    title = say(block.scale)
    low, high = (
        Words(f"{number} {say(one)}", one.place, one.language)
        for number, one in ((block.first, block.low), (block.last, block.high))
    )
    ends, said = f"{low} – {high}", draft.book.word("say-range", start=low, stop=high)
    up, lead = rise(draft, "strong"), draft.book.style("strong")[2]
    below = draft.book.style("label")[2] if large else 0.0
    r = 3.9 if large else 3.7

    beside = 0.0 if large else draft.wrap_width(ends, "label") + 3  # the ends stand on the title's line

    def draw(page: Draft, left: float, top: float) -> None:
        ink_2 = str(page.theme.colours.ink_2)
        with page.heading(1):
            page.line(left, top + up, title, "strong", room=page.measure - beside)
        with page.group("P"):
            if large:
                page.line(left, top + up + lead, ends, "label", ink_2, spoken=said)
            else:
                page.line(page.right, top + up, ends, "label", ink_2, "end", spoken=said)
        step = (page.measure - 2 * r) / 10
        face, size, _ = page.book.style("label")
        with page.group("P"):
            for number in range(block.first, block.last + 1):
                x, y = left + r + number * step, top + lead + below + r + 0.8
                page.circle(x, y, r, None, page.ink, 0.8)
                with page.group("Artifact"):  # the button says its number
                    page.run(x, y + size / PT * 0.34, str(number), face, size, page.ink, "middle")
                page.radio(x, y, r, title, str(number))

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
            value = page.book.people.get(label, "")
            if page.wrap_width(value, "step") > wide - 2:
                value = ""  # a longer name is written in by hand
            with page.group("P"):
                page.line(x, top + up, label, "label", str(page.theme.colours.ink_2), room=wide)
                page.writing_line(x, top + lead + 6.8, wide, label, value)
            x += wide + 5

    return Piece(lead + 7, draw, 5, "the fields")


def _lines(draft: Draft, block: Lines) -> Piece:
    labels = [Words("", one.place) if one == "-" else draft.book.say(one) for one in block.lines]
    pitch = 14.0 if draft.book.large else 11.2

    def draw(page: Draft, left: float, top: float) -> None:
        y = top + pitch - 3
        face, size, _ = page.book.style("label")
        for label, name in zip(labels, _names(page, labels), strict=True):
            start = left
            with page.group("P"):
                if label:
                    start += page.run(start, y - 2, label, face, size, str(page.theme.colours.ink_2)) + 3
                page.rule(left, y, page.right, y, page.ink, 0.7)
                page.field(start, y, page.right - start, name)
            y += pitch

    return Piece(len(labels) * pitch, draw, 2, "the writing lines")


def _names(page: Draft, labels: list[Words]) -> list[str]:
    """What the fields on the lines are called: a line without a label goes on with the one before."""
    names: list[str] = []
    start: str = page.title
    count = 0
    for label in labels:
        start, count = (label, 1) if label else (start, count + 1)
        names.append(label or page.book.word("line", name=start, number=count))
    return names


ROW = 17.0  # height of a row of small pictures


def _picture_row(block: PictureRow) -> Piece:
    """Small pictures of one height, spread over the measure; a few stand together."""

    def draw(page: Draft, left: float, top: float) -> None:
        drawings = [page.book.pictures(one.picture) for one in block.pictures]
        k = [ROW / drawing.height for drawing in drawings]
        widths = [drawing.width * scale for drawing, scale in zip(drawings, k, strict=True)]
        fit = min(1.0, (page.measure - 4.0 * (len(widths) - 1)) / sum(widths))
        space = min(ROW, (page.measure - fit * sum(widths)) / max(1, len(widths) - 1))
        x = left
        for one, wide in zip(block.pictures, widths, strict=True):
            draw_scene(page, one, (x, top + ROW * (1 - fit), wide * fit, ROW * fit), PAPER, 0.8)
            x += wide * fit + space

    return Piece(ROW, draw, 6, "the row of pictures", optional=True)


def fine_ground(page: Draft, name: str) -> str:
    """The colour of the back as it stands on a map: what is fine to press."""
    drawing = page.book.pictures(page.book.routine.maps[name].picture)
    colours = {one.role: one.colour for one in drawing.outlines} if isinstance(drawing, Drawing) else {}
    role = "shirt" if "shirt" in colours else "receiver-skin"
    if role not in colours:
        return PAPER
    shown = quieted(picture_colours(page.theme).get(role, colours[role]), role, KEYED.quiet, page.theme.ground)
    return as_art(page.theme.art, role, shown)


def _keyed_map(draft: Draft, block: KeyedMap) -> Piece:
    say = draft.book.say
    large = draft.book.large
    wide = 72.0
    room = (draft.width - 8 - wide - 6 - 12) - 9.5 - 3.0 if not large else draft.measure - 12
    body = [draft.wrap(say(entry.says), "check", room) for entry in block.key]
    strong, small = draft.book.style("strong")[2], draft.book.style("check")[2]
    key_height = sum(strong + len(lines) * small + 2.0 for lines in body) + 9.5
    tall = 76.0 - 100.0 * (1.0 - draft.book.close)  # the map of large print, above its key; lower on a full page
    height = max(71.0, key_height) if not large else tall + 4.0 + key_height
    view = MapView(block.keyed_map, block.alt, (), ("never", "light", "stop-line"))

    def draw(page: Draft, left: float, top: float) -> None:
        window = (8.0, top, wide, height) if not large else (8.0, top, page.width - 16, tall)
        page.panel(*window)
        draw_map(page, view, window, KEYED, next(iter(page.theme.looks.values())), "")
        x, y = (8 + wide + 6, top + 4.4) if not large else (left, top + tall + 9)
        with page.heading(1):
            page.line(x, y, say(block.head), "key", room=page.width - FRAME - 0.5 - x, least=0.85)
        y += 9.4 if not large else 11
        with page.group("L"):
            for entry, lines in zip(block.key, body, strict=True):
                with page.group("LI"):
                    with page.group("Lbl"):
                        marks.swatch(page, entry.swatch, x, y - 4.4, 7, 4.6, fine_ground(page, block.keyed_map))
                        page.line(x + 9.5, y, say(entry.name), "strong", room=page.right - x - 9.5)
                    with page.group("LBody"):
                        y = page.set(x + 9.5, y + (5.6 if not large else small), lines, "check") + 2.6

    return Piece(height, draw, 4, f"the map “{block.head}”")
