"""A brand on the pages: its mark on the cover, its block, code and voucher on the back cover. Millimetres."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import lru_cache

from booklet import codes
from booklet.brands import Brand
from booklet.drafting import FRAME, Book, Draft, Window
from booklet.errors import InvalidFile, Problem
from booklet.figures import Drawing, Outline, Photo
from booklet.items import PT, Art, Page, Role, walk
from booklet.languages import written_date
from booklet.lists import rise
from booklet.logos import in_a_box, share_seen
from booklet.model import Words
from booklet.paths import rectangle
from booklet.records import dataclass
from booklet.text import Line, language_of
from booklet.theming import PAPER, contrast

MARK = 10.5  # height of the mark on the cover
WORDMARK = (60.0, 14.0)  # the most that a logo with the name in it takes
BESIDE = 4.0  # between mark and name
NAME_ROOM = 102.0  # for the name on one line of 16 pt, else two even ones of 13
SEAL = 12.0  # the mark in the block of the back cover
VOUCHER, MOST_ROWS = 14.0, 3  # the least height of the offer's box, and the most lines in it
TOP = 11.5  # from the top of the block to the first baseline
MOST_CODE = 42.0  # the widest that a code may be beside the lines
FINE, COARSE = 300, 150  # pixels per inch: a coarser logo is warned of, and refused
GAP = 4.0
LEAST_SEEN, WELL_SEEN = 0.1, 0.5  # of a logo's visible pixels: less is refused, and told


def check_brand(book: Book) -> None:
    """Raises InvalidFile with all that doesn't fit on the covers, or can't be seen or printed there."""
    brand = book.brand
    if not brand:
        return
    front, back = Draft(book, 1), Draft(book, 2)
    parts: list[Callable[[], object]] = [lambda: check_seen(book), lambda: cover_mark(front)]
    if brand.booking:
        parts.append(lambda: _draw_code(back, brand, 0, back.height))
    if brand.offer and not book.large:  # large print may leave it out
        parts.append(lambda: voucher(back, 0))
    parts.append(lambda: draw_block(back, brand_block(book), 0))
    problems: list[Problem] = []
    for part in parts:
        try:
            part()
        except InvalidFile as error:
            problems += error.problems
    if problems:
        raise InvalidFile(problems)


def soft_logos(pages: tuple[Page, ...], book: Book) -> Iterator[str]:
    """A remark where a logo of pixels may look soft in print, or hardly stands out from its ground."""
    shown = shown_mark(Draft(book, 1)) if book.brand else None
    if not shown or not isinstance(shown[0], Photo):
        return
    mark, file = shown[0], shown[1]
    art = (item for page in pages for item in walk(page.items) if isinstance(item, Art))
    sizes = [item.k / PT for item in art if item.drawing == mark]
    if sizes and 25.4 / max(sizes) < FINE:
        wide = max(sizes) * mark.width
        yield (
            f"The logo {file} has {25.4 / max(sizes):.0f} pixels per inch where it is {wide:.0f} mm wide: under {FINE} it may "
            f"look soft in print. {round(FINE * wide / 25.4)} pixels across would be sharp, or an SVG."
        )
    if sizes and in_a_box(mark, book.theme.block):
        yield (
            f"The logo {file} stands in a box of its own colour on {book.theme.block}: an SVG or a PNG with a see-through "
            f"ground, as `logo-on-accent`, would do without."
        )
    if sizes and (share := share_seen(mark, book.theme.block)) < WELL_SEEN:
        yield f"Only {share:.0%} of the logo {file} stands out from its ground {book.theme.block}: is it the right version?"


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
    if draft.fonts.width(name, "display", 16) / PT <= room:
        draft.run(x, y + MARK / 2 + 2, name, "display", 16, on)
        return
    even = draft.fonts.width(name, "display", 13) / PT / 2 + 8  # two lines of much the same length
    lines = _two_lines(draft, name, "the brand's name", "on the cover", ("display", 13), min(room, even))
    for index, words in enumerate(lines):
        draft.run(x, y + 4.4 + index * 5.2, words, "display", 13, on)


def _two_lines(draft: Draft, words: Words, what: str, where: str, type: tuple[str, float], room: float) -> list[str]:
    """The words on one line or two, `room` mm wide. Raises InvalidFile, which says by how much they are too long."""
    lines = draft.fonts.wrap(words, *type, room * PT)
    wide = [draft.fonts.line_width(line, type[1]) / PT for line in lines]
    over = sum(wide[2:]) + sum(max(0.0, one - room) for one in wide[:2])
    if over > 0.05:
        letters = int(len(words) * over / sum(wide)) + 1
        message = (
            f"{what} “{words}” is {over:.0f} mm too long for two lines of {room:.0f} mm {where}: "
            f"shorten it by about {letters} {'letter' if letters == 1 else 'letters'}"
        )
        raise InvalidFile([Problem(words.place, message)])
    return ["".join(run.text for run in line) for line in lines]


def check_seen(book: Book) -> None:
    """Raises InvalidFile for a logo that can't be told from the ground that it stands on."""
    draft = Draft(book, 1)
    if book.brand and (shown := shown_mark(draft)):
        mark, file = shown
        ground = draft.theme.block
        if share_seen(mark, ground) < LEAST_SEEN:
            key = "logo" if draft.theme.outline else "logo-on-accent"
            message = (
                f"the logo {file} can't be told from {ground}, the ground that it stands on: "
                f"give one that stands out from it as `{key}`"
            )
            raise InvalidFile([Problem(file.place, message)])


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
    """How high the block of the back cover wants to be, and the least that it needs, with the voucher above it.

    `rows` are its lines, `mark` is the logo beside them with its file.
    """

    most: float
    least: float
    rows: "tuple[Row, ...]" = ()
    mark: tuple[Drawing | Photo, Words] | None = None


def brand_block(book: Book) -> Block:
    """The block for the page format; its lines are broken for it."""
    draft, brand = Draft(book, 2), book.brand
    assert brand
    mark = None if brand.logo_has_name else shown_mark(draft)
    rows = _rows(draft, _room(draft, mark))
    need = TOP + sum(row.lead for row in rows) - rows[0].lead + 3.0
    if brand.booking:
        need = max(need, _code_size(brand.booking.url)[2] + 6)
    above = _voucher(draft)[0] + GAP if brand.offer else 0.0
    return Block(max(44.0, need + 2.0) + above, max(24.0, need) + above, rows, mark)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the block, `lead` below the one before; `language` where it isn't in the booklet's."""

    words: str
    face: str
    size: float
    lead: float
    language: str


def _rows(draft: Draft, room: float) -> tuple[Row, ...]:
    """The lines of the block: name, tag line, what the code is for, contacts; broken where they are too long."""
    brand = draft.book.brand
    assert brand
    large = draft.book.large
    size, lead = (16.0, 6.8) if large else (12.0, 4.9)
    name = next((size for size in (22, 20, 18) if draft.fonts.width(brand.name, "display", size) / PT <= room), 16)
    parts: list[tuple[str, Words | None, str, float, float]] = [
        ("the brand's name", brand.name, "display", name, 7.0),
        ("the tag line", brand.tagline, "sans", 16.0 if large else 13.0, 7.2),
        ("the text of the code", brand.booking.text if brand.booking else None, "semibold", size, lead + 2.6),
        *(("this line of contact", line, "sans", size, lead) for line in brand.lines),
    ]
    rows: list[Row] = []
    problems: list[Problem] = []
    for what, words, face, points, above in parts:
        try:
            lines = _two_lines(draft, words, what, "on the back cover", (face, points), room) if words else []
        except InvalidFile as error:
            problems += error.problems
            continue
        lines = [line.rstrip().removesuffix(" ·") for line in lines]  # what parts two things ends no line
        language = language_of(words)
        rows += [
            Row(line, face, points, points * 0.4 if index else above, language) for index, line in enumerate(lines)
        ]
    if problems:
        raise InvalidFile(problems)
    return tuple(rows)


def _room(draft: Draft, mark: tuple[Drawing | Photo, Words] | None) -> float:
    """The width that the block's lines have, beside the mark and the code."""
    brand = draft.book.brand
    assert brand
    room = draft.width - 2 * FRAME - 12
    if brand.booking:
        room -= _code_size(brand.booking.url)[2] + 3
    if mark:
        room -= _seal(mark[0]) * mark[0].width + 6
    return room


def _seal(mark: Drawing | Photo) -> float:
    """Millimetres per unit of the mark in the block."""
    return min(SEAL / mark.height, 1.6 * SEAL / mark.width)


def _code_size(link: str) -> tuple[tuple[bytes, ...], float, float]:
    """The squares of a link's code, the side of one, and the side of the whole with its quiet zone."""
    squares, side = codes.side(link)
    module = side / len(squares)
    return squares, module, side + 2 * codes.QUIET * module


def draw_block(draft: Draft, block: Block, top: float) -> None:
    """The brand's block from `top` to the frame's foot: mark, name, tag line, contacts, code."""
    brand, rows = draft.book.brand, block.rows
    assert brand
    foot = draft.height - (0 if draft.theme.cover == "full" else FRAME)
    spare = max(0.0, foot - top - (TOP + sum(row.lead for row in rows[1:]) + 6.0)) / 2
    x, y = FRAME + 8, top + TOP + spare  # the lines stand in the middle of the block
    if block.mark:
        k = _seal(block.mark[0])
        _place(draft, *block.mark, x, top + spare + 7.5, k)
        x += k * block.mark[0].width + 6
    for index, row in enumerate(rows):
        y += row.lead if index else 0
        with draft.group("P"):
            _linked_row(draft, row, x, y)
    if brand.booking:
        _draw_code(draft, brand, top, foot)


def _linked_row(draft: Draft, row: Row, x: float, y: float) -> None:
    """A line of the block; site and telephone number lead there."""
    brand, on = draft.book.brand, draft.theme.on_block
    assert brand
    links = brand.links
    for part in re.split(f"({'|'.join(map(re.escape, links))})", row.words) if links else [row.words]:
        if not part:
            continue
        wide = draft.fonts.width(part, row.face, row.size) / PT
        with _to(draft, links.get(part, ""), part, (x, y - row.size * 0.3, wide, row.size * 0.4)):
            draft.run(x, y, part, row.face, row.size, on, language=row.language)
        x += wide


def _to(draft: Draft, link: str, shown: str, box: Window) -> AbstractContextManager[None]:
    """What is drawn inside leads to a link, if there is one, and is announced as that."""
    brand = draft.book.brand
    assert brand
    if not link:
        return nullcontext()
    word = "link-call" if link.startswith("tel:") else "link-out"
    x, y, wide, high = box
    shown = Words(shown.replace("\u00a0", " "), brand.name.place, language_of(shown))
    return draft.link(x, y, wide, high, link, draft.book.word(word, name=brand.name, shown=shown))


def _draw_code(draft: Draft, brand: Brand, top: float, foot: float) -> None:
    """The code on white with its quiet zone, at the right of the block."""
    assert brand.booking
    squares, module, whole = _code_size(brand.booking.url)
    if whole > MOST_CODE:
        link = brand.booking.url
        most = bisect_right(range(len(link)), MOST_CODE, lo=1, key=lambda count: _code_size(link[:count])[2]) - 1
        message = (
            f"the link has {len(link)} letters: its code would be {whole:.0f} mm wide, and there is room for "
            f"{MOST_CODE:.0f} mm: use a shorter link, of {most} letters at most"
        )
        raise InvalidFile([Problem(link.place, message)])
    x, y = draft.width - FRAME - 4 - whole, (top + foot - whole) / 2
    draft.rect(x, y, whole, whole, PAPER)
    link = brand.booking.url
    alt = Words(draft.book.word("tell-code", link=link), link.place)
    with (
        draft.group("P"),
        _to(draft, link, brand.booking.text or link, (x, y, whole, whole)),
        draft.group("Figure", alt),
    ):
        at = (x + codes.QUIET * module, y + codes.QUIET * module)
        draft.art(_code(squares), *at, module, (*at, len(squares) * module, len(squares) * module))


def _voucher(draft: Draft) -> tuple[float, list[Line], str]:
    """How high the box of the offer is, the lines of the offer, and what says until when it holds."""
    brand = draft.book.brand
    assert brand
    assert brand.offer
    lines = draft.wrap(draft.book.say(brand.offer.text), "body", draft.width - 2 * FRAME - 16)
    until = (
        draft.book.word("until", date=written_date(brand.offer.until, draft.book.furniture))
        if brand.offer.until
        else ""
    )
    return max(VOUCHER, (len(lines) + bool(until)) * draft.book.style("body")[2] + 3.5), lines, until


@lru_cache(maxsize=8)
def _code(squares: tuple[bytes, ...]) -> Drawing:
    """The code as a picture, a unit to a square: the dark stretches of each row as rectangles."""
    stretches = [
        f"{dark.start()} {row} {dark.end() - dark.start()} 1 re"
        for row, line in enumerate(squares)
        for dark in re.finditer(b"\1+", line)
    ]
    size = len(squares)
    return Drawing("code", 0, 0, size, size, (Outline("code", "\n".join(stretches), "#000000"),), own=True)


def voucher(draft: Draft, top: float) -> float:
    """The offer in a box of its own; returns where the block below it starts."""
    brand = draft.book.brand
    assert brand
    assert brand.offer
    high, lines, until = _voucher(draft)
    lead, rows = draft.book.style("body")[2], len(lines) + bool(until)
    wide = draft.width - 2 * FRAME
    draft.path(rectangle(FRAME, top, wide, high), None, draft.theme.accent_dark, 1.0, round=False)
    if rows > MOST_ROWS:
        letters = sum(len(run.text) for line in lines[MOST_ROWS - bool(until) :] for run in line)
        message = (
            f"the offer takes {rows} lines and there is room for {MOST_ROWS}: shorten it by about {letters} letters"
        )
        raise InvalidFile([Problem(brand.offer.text.place, message)])
    y = top + (high - rows * lead) / 2
    link = brand.offer.url or (brand.booking.url if brand.booking else "")
    with draft.group("P"), _to(draft, link, brand.offer.text, (FRAME, top, wide, high)):
        y = draft.set(FRAME + 8, y + rise(draft, "body"), lines, "body")
    if until:
        with draft.group("P"):
            draft.line(FRAME + 8, y, until, "small", str(draft.theme.colours.ink_2))
    return top + high + GAP
