"""A brand on the pages: its mark on the cover, its block, code and voucher on the back cover. Millimetres."""

from dataclasses import dataclass, replace
from functools import lru_cache

from booklet import codes, text
from booklet.branding import Brand
from booklet.drafting import FRAME, Book, Draft, rectangle
from booklet.errors import DoesNotFit, InvalidFile, Problem
from booklet.figures import Drawing, Photo
from booklet.items import PT, Role
from booklet.lists import rise
from booklet.model import Words
from booklet.theming import PAPER, contrast

MARK = 10.5  # height of the mark on the cover
WORDMARK = (60.0, 14.0)  # the most that a logo with the name in it takes
BESIDE = 4.0  # between mark and name
NAME_ROOM = 102.0  # for the name on one line of 16 pt, else two even ones of 13
SEAL = 12.0  # the mark in the block of the back cover
VOUCHER = 14.0
TOP = 11.5  # from the top of the block to the first baseline
MOST_CODE = 42.0  # the widest that a code may be beside the lines
FINE, COARSE = 300, 150  # pixels per inch: a coarser logo is warned of, and refused
GAP = 4.0


def cover_mark(draft: Draft) -> None:
    """The mark and the name at the top left of the cover's block, or the logo alone where it has the name in it."""
    brand = draft.book.brand
    assert brand
    x, y = FRAME + 8, FRAME + 7
    if shown := shown_mark(draft):
        mark, file = shown
        if brand.logo_has_name:
            _place(draft, mark, file, x, y, min(WORDMARK[0] / mark.width, WORDMARK[1] / mark.height), str(brand.name))
            return
        k = min(MARK / mark.height, 2.5 * MARK / mark.width)
        _place(draft, mark, file, x, y + (MARK - k * mark.height) / 2, k)
        x += k * mark.width + BESIDE
    with draft.group("P"):
        _name(draft, brand.name, x, y, draft.theme.on_block)


def _name(draft: Draft, name: Words, x: float, y: float, on: str) -> None:
    room = min(NAME_ROOM, draft.width - FRAME - 8 - x)
    if text.width(name, "display", 16) / PT <= room:
        draft.run(x, y + MARK / 2 + 2, name, "display", 16, on)
        return
    half = text.width(name, "display", 13) / PT / 2 + 8
    lines = text.wrap(name, "display", 13, min(room, half) * PT)
    over = max(text.line_width(line, 13) for line in lines) / PT - room
    if len(lines) > 2 or over > 0:
        raise DoesNotFit(
            f"{name.place}: the brand's name “{name}” doesn't fit on the cover even in two lines: shorten it"
        )
    for index, line in enumerate(lines):
        draft.run(x, y + 4.4 + index * 5.2, "".join(run.text for run in line), "display", 13, on)


def shown_mark(draft: Draft) -> tuple[Drawing | Photo, Words] | None:
    """The logo as it stands on the covers' block, and its file: the one made for it, or in one colour, or flat on it."""
    brand, theme = draft.book.brand, draft.theme
    assert brand
    name = (brand.logo or brand.logo_on_accent) if theme.outline else (brand.logo_on_accent or brand.logo)
    mark = brand.picture(name)
    if mark is None or name is None:
        return None
    if isinstance(mark, Photo):
        return replace(mark, ground=theme.block), name
    recoloured = not theme.outline and brand.logo_on_accent is None
    return (one_colour(mark, theme.on_block, theme.block) if recoloured else mark), name


@lru_cache(maxsize=64)
def one_colour(drawing: Drawing, colour: str, ground: str) -> Drawing:
    """The drawing in one colour; what is white in it becomes the ground."""
    return replace(
        drawing,
        outlines=tuple(
            replace(one, colour=ground if contrast(one.colour, PAPER) < 1.25 else colour) for one in drawing.outlines
        ),
    )


def _place(draft: Draft, mark: Drawing | Photo, file: Words, x: float, y: float, k: float, alt: str = "") -> None:
    """A logo `k` mm per unit; `alt` where the name isn't beside it."""
    _check_fine(mark, file, k)
    role: Role = "Figure" if alt else "Artifact"
    with draft.group(role, Words(alt, file.place)):
        draft.art(mark, x - k * mark.left, y - k * mark.top, k, (x, y, k * mark.width, k * mark.height))


def _check_fine(mark: Drawing | Photo, file: Words, k: float) -> None:
    """Raises InvalidFile for a logo of too few pixels."""
    if isinstance(mark, Photo):
        per_inch = 25.4 / k
        if per_inch < COARSE:
            wide, needed = k * mark.width, round(FINE * k * mark.width / 25.4)
            message = (
                f"the logo {file} has {per_inch:.0f} pixels per inch where it is {wide:.0f} mm wide; {COARSE} is the least:"
                f" give one at least {needed} pixels wide, or an SVG"
            )
            raise InvalidFile([Problem(file.place, message)])


# --- the back cover -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Block:
    """How high the block of the back cover wants to be, and the least that it needs, with the voucher above it."""

    most: float
    least: float


def block_height(book: Book) -> Block:
    """The heights for the page format; the lines of the block are broken for it."""
    brand = book.brand
    assert brand
    rows = _rows(Draft(book, 2), _room(Draft(book, 2)))
    need = TOP + sum(row.lead for row in rows) - rows[0].lead + 3.0
    if brand.booking:
        need = max(need, _code_size(brand)[2] + 6)
    above = VOUCHER * (1.3 if book.large else 1) + GAP if brand.offer else 0.0
    return Block(max(44.0, need) + above, max(31.0, need) + above)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the block, `lead` below the one before."""

    words: str
    face: str
    size: float
    lead: float


def _rows(draft: Draft, room: float) -> list[Row]:
    """The lines of the block: name, tag line, what the code is for, contacts; broken where they are too long."""
    brand = draft.book.brand
    assert brand
    large = draft.book.large
    size, lead = (16.0, 6.8) if large else (12.0, 4.9)
    name = next((size for size in (22, 20, 18) if text.width(brand.name, "display", size) / PT <= room), 16)
    parts: list[tuple[Words | None, str, float, float]] = [
        (brand.name, "display", name, 7.0),
        (brand.tagline, "sans", 16.0 if large else 13.0, 7.2),
        (brand.booking.text if brand.booking else None, "semibold", size, lead + 2.6),
        *((line, "sans", size, lead) for line in brand.lines),
    ]
    rows: list[Row] = []
    for words, face, points, above in parts:
        lines = text.wrap(words, face, points, room * PT) if words else []
        for index, line in enumerate(lines):
            over = text.line_width(line, points) / PT - room
            if over > 0.05 or index > 1:
                assert words
                message = f"“{words}” is too long for the back cover, even on two lines: shorten it"
                raise InvalidFile([Problem(words.place, message)])
            rows.append(Row("".join(run.text for run in line), face, points, above if not index else points * 0.4))
    return rows


def _room(draft: Draft) -> float:
    """The width that the block's lines have, beside the mark and the code."""
    brand = draft.book.brand
    assert brand
    room = draft.width - 2 * FRAME - 12
    if brand.booking:
        room -= _code_size(brand)[2] + 1
    if (shown := shown_mark(draft)) and not brand.logo_has_name:
        room -= _seal(shown[0]) * shown[0].width + 6
    return room


def _seal(mark: Drawing | Photo) -> float:
    """Millimetres per unit of the mark in the block."""
    return min(SEAL / mark.height, 1.6 * SEAL / mark.width)


def _code_size(brand: Brand) -> tuple[tuple[tuple[bool, ...], ...], float, float]:
    """The squares of the code, the side of one, and the side of the whole with its quiet zone."""
    assert brand.booking
    squares, side = codes.side(brand.booking.link)
    module = side / len(squares)
    return squares, module, side + 2 * codes.QUIET * module


def brand_block(draft: Draft, top: float) -> None:
    """The brand's block from `top` to the frame's foot: mark, name, tag line, contacts, code."""
    brand = draft.book.brand
    assert brand
    x, y = FRAME + 8, top + TOP
    if (shown := shown_mark(draft)) and not brand.logo_has_name:
        k = _seal(shown[0])
        _place(draft, *shown, x, top + 7.5, k)
        x += k * shown[0].width + 6
    for index, row in enumerate(_rows(draft, _room(draft))):
        y += row.lead if index else 0
        with draft.group("P"):
            draft.run(x, y, row.words, row.face, row.size, draft.theme.on_block)
    if brand.booking:
        _draw_code(draft, brand, top, draft.height - FRAME)


def _draw_code(draft: Draft, brand: Brand, top: float, foot: float) -> None:
    """The code on white with its quiet zone, at the right of the block."""
    assert brand.booking
    squares, module, whole = _code_size(brand)
    if whole > MOST_CODE:
        link = brand.booking.link
        message = (
            f"the link has {len(link)} letters: its code would be {whole:.0f} mm wide, more than {MOST_CODE:.0f};"
            f" use a shorter link"
        )
        raise InvalidFile([Problem(link.place, message)])
    x, y = draft.width - FRAME - 4 - whole, (top + foot - whole) / 2
    draft.rect(x, y, whole, whole, PAPER)
    with draft.group("Figure", Words(draft.book.word("tell-code", link=brand.booking.link), brand.booking.link.place)):
        for row, line in enumerate(squares):
            start = None
            for column, dark in enumerate((*line, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    at = x + (codes.QUIET + start) * module
                    draft.rect(at, y + (codes.QUIET + row) * module, (column - start) * module, module, "#000000")
                    start = None


def voucher(draft: Draft, top: float) -> float:
    """The offer in a box of its own; returns where the block below it starts."""
    brand = draft.book.brand
    assert brand
    assert brand.offer
    high = VOUCHER * (1.3 if draft.book.large else 1)
    wide = draft.width - 2 * FRAME
    edge = draft.theme.accent_dark
    draft.path(rectangle(FRAME, top, wide, high), None, edge, 1.0, round=False)
    lines = draft.wrap(draft.book.say(brand.offer.text), "body", wide - 16)
    until = draft.book.word("until", date=brand.offer.until) if brand.offer.until else ""
    lead = draft.book.style("body")[2]
    rows = len(lines) + bool(until)
    if rows * lead > high - 1.5:
        message = f"the offer takes {rows} lines; there is room for {int((high - 1.5) / lead)}: shorten it"
        raise InvalidFile([Problem(brand.offer.text.place, message)])
    y = top + (high - rows * lead) / 2
    with draft.group("P"):
        y = draft.set(FRAME + 8, y + rise(draft, "body"), lines, "body")
    if until:
        with draft.group("P"):
            draft.line(FRAME + 8, y, until, "small", str(draft.theme.colours.ink_2))
    return top + high + GAP
