"""Step pages: numeral and name, picture panel, numbered lines, cue strip, interlude band; on one page or on two. Millimetres."""

from dataclasses import replace
from itertools import pairwise

from booklet import cues, marks
from booklet.drafting import FRAME, Book, Draft, Window
from booklet.errors import DoesNotFit, InvalidFile, Problem
from booklet.fitting import CLOSER, largest
from booklet.items import PT
from booklet.lists import Draw, numbered, rise
from booklet.model import MapView, Pair, Picture, Step, View, Words
from booklet.text import Line, one_line
from booklet.theming import PAPER, Look, mix
from booklet.timing import Turn, clock
from booklet.views import BESIDE, STACK, STEP, STEP_LARGE, Fit, draw_close_up, draw_map, draw_scene, upper

PANEL_TOP = 33.0
LEAST_PANEL = 74.0  # a picture lower than this can't be read from beside the mat
BAND = 14.0
BETWEEN = 3.0  # two windows in one panel
AIRY = 5.0  # the most that lines of text may stand further apart where a page has room
LEAST_PAIR = 52.0  # room between text and strip for the pair of right and wrong
SIGN, NOTE = 44.0, 26.0  # the sign that stands for a picture, in mm, and the type of the words below it
STACKED = 110.0  # a panel higher than this has its windows one above the other


def one_page(book: Book, name: str, number: int, band: bool) -> Draft:
    """A step on one page, with its lines as close as that takes. Raises DoesNotFit."""
    return largest(CLOSER, lambda share: _one_page(replace(book, close=share), name, number, band))


def _one_page(book: Book, name: str, number: int, band: bool) -> Draft:
    draft, step, look = _start(book, name, number)
    _numeral_and_name(draft, name, step, look)
    last = draft.foot - BAND if band and following(book, name) else None
    tall = cues.height(book, name)
    strip = draft.foot + 2.4 - tall if last is None else last - 3.5 - tall
    if not step.views and _only_words(draft, name, step, strip):
        return _with_strip(draft, name, step, look, strip, last)
    height, draw = _lines(draft, name, step)
    grown = max(0.0, 25.8 - tall) if len(step.views) < 2 else 0.0  # two views side by side are high enough
    panel = min(98.0 + (draft.height - 210) + grown, strip - 5.8 - height - 3.7 - PANEL_TOP)
    if panel < LEAST_PANEL:
        over = LEAST_PANEL - panel
        lead = book.style("step")[2]
        raise DoesNotFit(
            f"{step.name.place}: the page “{step.name}” (step {name}) is {over:.1f} mm over;"
            f" cut {-(-over // lead):.0f} of its lines of text"
        )
    _panel(draft, name, step, (FRAME, PANEL_TOP, draft.width - 2 * FRAME, panel), look, STEP)
    draw(draft, draft.left, PANEL_TOP + panel + 3.7)
    return _with_strip(draft, name, step, look, strip, last)


def _with_strip(draft: Draft, name: str, step: Step, look: Look, strip: float, band: float | None) -> Draft:
    """The page with its cue strip from `strip` on, and its band."""
    cues.strip(draft, strip, name, step, look)
    if band is not None:
        _band(draft, name, band)
    _folio(draft)
    return draft


def _only_words(draft: Draft, name: str, step: Step, foot: float) -> bool:
    """The lines of a step that has no picture, from the top of its page, in large print where there is room; False where none is."""
    book, top = draft.book, PANEL_TOP + 3.7
    for draft.book in (replace(book, large=True), book):
        height, _ = _lines(draft, name, step)
        spare = foot - 5.8 - top - height
        if spare > 0:
            _lines(draft, name, step, min(AIRY, spare / max(1, len(step.lines))))[1](draft, draft.left, top)
            break
    draft.book = book
    return spare > 0


def picture_page(book: Book, name: str, number: int) -> Draft:
    """The left page of a step on two: numeral, name, picture, what it is for."""
    draft, step, look = _start(book, name, number)
    _numeral_and_name(draft, name, step, look)
    top = 38.0 if book.large else PANEL_TOP
    lines = [line for words in step.about for line in draft.wrap(book.say(words), "step", draft.measure)]
    term = draft.wrap(book.word("also-called", term=book.say(step.term)), "label", draft.measure) if step.term else []
    lead = book.style("step")[2]
    panel = draft.foot - top - len(lines) * lead - len(term) * book.style("label")[2] - (4.0 if lines or term else 0)
    if panel < 100:
        raise DoesNotFit(
            f"{step.name.place}: `about` of step {name} is {100 - panel:.0f} mm over on its picture page: shorten it"
        )
    _panel(draft, name, step, (FRAME, top, draft.width - 2 * FRAME, panel), look, STEP_LARGE if book.large else STEP)
    if not step.views:
        _sign_panel(draft, step, (FRAME, top, draft.width - 2 * FRAME, panel), look)
    with draft.group("P"):
        y = draft.set(draft.left, top + panel + 3 + rise(draft, "step"), lines, "step")
    with draft.group("P"):
        draft.set(draft.left, y - 0.4, term, "label", str(draft.theme.colours.ink_2))
    draft.folio()
    return draft


def words_page(book: Book, name: str, number: int, band: bool) -> Draft:
    """The right page of a step on two: what to do, the cue strip, the band, its lines as close as that takes. Raises DoesNotFit."""
    return largest(CLOSER, lambda share: _words_page(replace(book, close=share), name, number, band))


def _words_page(book: Book, name: str, number: int, band: bool) -> Draft:
    draft, step, look = _start(book, name, number)
    draft.title = ""
    with draft.heading(1):
        draft.run(draft.left - 0.4, 30, book.word("what-to-do"), "display", 30, draft.ink)
    last = draft.foot - BAND if band and following(book, name) else None
    height, draw = _lines(draft, name, step)
    foot = draft.foot if last is None else last - 4
    strip = foot - (cues.large_height(draft, step) if book.large else cues.height(book, name))
    top = 37.0
    over = top + height + 4 - strip
    if over > 0:
        raise DoesNotFit(
            f"{step.name.place}: the words of step {name} are {over:.1f} mm over on their page: cut some lines"
        )
    pair = step.pair if strip - top - height >= LEAST_PAIR else None
    if pair is None:  # lines further apart rather than a hole above the strip
        spare = (strip - top - height - 8) / max(1, len(step.lines))
        draw = _lines(draft, name, step, min(AIRY, spare))[1] if spare > 1 else draw
    draw(draft, draft.left, top)
    if pair:
        _pair(draft, pair, top + height, strip)
    if book.large:
        cues.large_strip(draft, strip, name, step, look)
    else:
        cues.strip(draft, strip, name, step, look)
    if last is not None:
        _band(draft, name, last)
    _folio(draft)
    return draft


def _pair(draft: Draft, pair: Pair, top: float, foot: float) -> None:
    """The right way with a tick and the wrong way with a cross, in the room between text and strip."""
    wide = (draft.width - 2 * FRAME - BETWEEN) / 2
    high = min(foot - top - 16, wide * 0.72)
    y = top + (foot - top - high) / 2
    for index, picture in enumerate((pair.do, pair.dont)):
        x = FRAME + index * (wide + BETWEEN)
        draft.panel(x, y, wide, high)
        says = draft.book.word("say-wrong" if index else "say-right", alt=draft.book.say(picture.alt))
        picture = replace(picture, alt=Words(says, picture.alt.place, says.language))
        draw_scene(draft, picture, (x, y, wide, high), draft.theme.ground, 0.9)
        draft.circle(x + 5.5, y + 5.5, 3.2, PAPER, draft.ink, 1.1)
        if index:
            marks.cross(draft, x + 5.5, y + 5.5, 1.4)
        else:
            marks.tick(draft, x + 5.5, y + 5.5, 1.6)


def _start(book: Book, name: str, number: int) -> tuple[Draft, Step, Look]:
    draft = Draft(book, number)
    step = book.routine.steps[name]
    if len(book.schedule.turns_of(name)) > 2:
        raise DoesNotFit(f"{step.name.place}: step {name} comes round more than twice; its page has room for two times")
    draft.title = book.say(step.name)
    return draft, step, draft.theme.looks[step.look]


def _folio(draft: Draft) -> None:
    """The page number, which leads back to the timetable."""
    timetable = draft.book.timetable
    says = draft.book.word("back-to", name=draft.book.say(timetable)) if timetable else ""
    draft.folio_back("timetable", says)


# --- head ---------------------------------------------------------------------------------------------------------
def _numeral_and_name(draft: Draft, name: str, step: Step, look: Look) -> None:
    book = draft.book
    base = 30.0 if book.large else 27.6
    face, size, _ = book.style("numeral")
    x = draft.right + 0.6 if draft.recto else draft.left - 0.6
    number = book.numbers.get(name)
    title = book.say(step.name)
    with draft.heading():
        if number:
            says = book.word("say-step", number=number, count=len(book.numbers))
            draft.run(x, base, str(number), face, size, look.line, "end" if draft.recto else "start", spoken=says)
        else:
            marks.emblem(draft, look.emblem, x - 8 if draft.recto else x + 8, base - 8, 16, look.line, 3)
        _name(draft, title, draft.left if draft.recto else draft.left + 24, base)


def _name(draft: Draft, title: Words, x: float, base: float) -> None:
    """The step's name on one line, 30 pt down to 22, then on two."""
    face, most, _ = draft.book.style("step-title")
    room = draft.measure - 26
    size = most
    while size > 22 and draft.fonts.width(title, face, size) / PT > room:
        size -= 2
    lines = draft.fonts.wrap(title, face, size, room * PT)
    if len(lines) > 2 or max(draft.fonts.line_width(line, size) for line in lines) / PT > room:
        raise DoesNotFit(f"{title.place}: the name “{title}” is too wide for its page even on two lines: shorten it")
    for index, line in enumerate(lines):
        draft.run(
            x,
            base - 8.1 * (len(lines) - 1 - index),
            "".join(run.text for run in line),
            face,
            size,
            draft.ink,
            language=title.language,
        )


# --- picture ------------------------------------------------------------------------------------------------------
def _sign_panel(draft: Draft, step: Step, window: Window, look: Look) -> None:
    """What stands for a picture where there is none: the sign of the move, and the note of its cue card."""
    left, top, width, height = window
    draft.panel(*window)
    marks.emblem(draft, look.emblem, left + width / 2, top + height * 0.4, SIGN, look.line, 5.0)
    if step.card.note:
        size, note = NOTE, draft.book.say(step.card.note)
        with draft.group("P"):
            for index, line in enumerate(draft.fonts.wrap(note, "display", size, (width - 16) * PT)):
                words = "".join(run.text for run in line)
                y = top + height * 0.4 + SIGN / 2 + 20 + index * 1.2 * size / PT
                draft.run(left + width / 2, y, words, "display", size, draft.ink, "middle", language=note.language)


def _panel(draft: Draft, name: str, step: Step, window: Window, look: Look, fit: Fit) -> None:
    left, top, width, height = window
    if len(step.views) > 2:
        raise InvalidFile([Problem(step.name.place, f"step {name} has {len(step.views)} views; a page shows two")])
    if not step.views:
        return
    if len(step.views) == 1:
        draft.panel(*window)
        _view(draft, name, step.views[0], window, look, fit)
        return
    beside = replace(BESIDE, line=fit.line * 0.8)
    share = upper(draft, step.views)
    if height > STACKED or share:
        high = round((height - BETWEEN) * (share or 0.52), 1)
        windows = ((left, top, width, high), (left, top + high + BETWEEN, width, height - high - BETWEEN))
        beside = STACK
    else:
        wide = round((width - BETWEEN) * 0.62, 1)
        windows = ((left, top, wide, height), (left + wide + BETWEEN, top, width - wide - BETWEEN, height))
    for view, part in zip(step.views, windows, strict=False):
        draft.panel(*part)
        _view(draft, name, view, part, look, beside)


def _view(draft: Draft, name: str, view: View, window: Window, look: Look, fit: Fit) -> None:
    if isinstance(view, MapView):
        draw_map(draft, view, window, fit, look, name)
    elif isinstance(view, Picture):
        draw_close_up(draft, view, window, look)


def shown_with(book: Book, name: str) -> tuple[list[str], list[str]]:
    """The steps that are shown on this step's page: those that come before it, and those that come after it."""
    steps = [key for key in book.beside.get(name, []) if book.schedule.turns_of(key)]
    own = book.schedule.turns_of(name)
    start = own[0].start if own else 0
    before = [key for key in steps if book.schedule.turns_of(key)[0].start <= start]
    return before, [key for key in steps if key not in before]


def named(book: Book, name: str) -> str:
    """A step's name as the head of its line on another page, with its first time where it goes by the clock."""
    words, turn = book.say(book.routine.steps[name].name), book.schedule.turns_of(name)[0]
    return f"**{words}, {clock(turn.start)}–{clock(turn.stop)}.**" if book.schedule.timed else f"**{words}.**"


# --- words --------------------------------------------------------------------------------------------------------
def _lines(draft: Draft, name: str, step: Step, air: float = 0) -> tuple[float, Draw]:
    """The numbered lines, with a line for each step that is shown on this one's page; `air` more between them."""
    book = draft.book
    before, after = shown_with(book, name)
    lead, up = book.style("step")[2], rise(draft, "step")
    hang = 12.0 if book.large else 8.5
    gap = (3.9 if book.large else 1.3) + air
    shown = []
    for key in (*before, *after):
        other = book.routine.steps[key]
        words = " ".join(book.say(line, key) for line in other.lines)
        first = other.lines[0] if other.lines else other.name
        line = Words(f"{named(book, key)} {words}", first.place, first.language)
        shown.append((other, draft.wrap(line, "step", draft.measure - hang)))
    height, draw_numbered = numbered(draft, step.lines, gap, name)
    above = sum(len(lines) * lead + gap for _, lines in shown)

    def draw(page: Draft, left: float, top: float) -> None:
        y = _shown(page, shown[: len(before)], left, top)
        draw_numbered(page, left, y)
        _shown(page, shown[len(before) :], left, y + height + gap)

    def _shown(page: Draft, shown: list[tuple[Step, list[Line]]], left: float, y: float) -> float:
        for other, lines in shown:
            look = page.theme.looks[other.look]
            size = 8.0 if book.large else 5.5
            marks.emblem(page, look.emblem, left + size / 2 + 0.1, y + up - 1.6, size, look.line, 1.7)
            with page.group("P"):
                page.set(left + hang, y + up, lines, "step")
            y += len(lines) * lead + gap
        return y

    return above + height, draw


# --- interlude ----------------------------------------------------------------------------------------------------
def following(book: Book, name: str) -> list[Turn]:
    """The turns of interludes that come right after this step's and aren't shown among its lines."""
    found = [after for before, after in pairwise(book.schedule.turns) if before.step == name]
    return [turn for turn in found if _in_band(book.routine.steps[turn.step], name)]


def _in_band(step: Step, name: str) -> bool:
    """Whether a step stands in a band, and its time not on the page already."""
    return step.card.band and step.with_step != name


def _band(draft: Draft, name: str, top: float) -> None:
    """The interludes that follow this step's turns, in a band at the foot."""
    book = draft.book
    after = following(book, name)
    kinds = list(dict.fromkeys(turn.step for turn in after))
    step = book.routine.steps[kinds[0]]
    look = draft.theme.looks[step.look]
    left, right = FRAME, draft.width - FRAME
    if draft.theme.outline:
        draft.rect(left, top, right - left, BAND, None, look.line, 1)
    else:
        draft.rect(left, top, right - left, BAND, mix(look.fill, PAPER, 0.13))
    marks.emblem(draft, look.emblem, draft.left + 6, top + BAND / 2, 12, look.line, 3)
    if len(after) > 2:
        raise DoesNotFit(f"{step.name.place}: the band under step {name} has room for two times")
    times = [f"{clock(turn.start)}–{clock(turn.stop + turn.pause)}" for turn in after]
    size = 16.0 if len(times) == 1 or book.large else 13.0
    wide = max(draft.fonts.width(one, "semibold", size) for one in times) / PT
    paused = step.card.paused if any(turn.pause for turn in after) else None
    room = right - 4 - wide - 4 - (draft.left + 16)
    y = top + BAND / 2 + (2 if len(times) == 1 else -1.2)

    def time(index: int, others: int) -> None:
        said = cues.said(draft, times[index], others)
        draft.run(right - 4, y + index * 6.1, times[index], "semibold", size, draft.ink, "end", spoken=said)

    if len(kinds) > 1:  # each with its own name
        for index, kind in enumerate(kinds):
            with draft.group("P"):
                _band_label(
                    draft,
                    book.say(book.routine.steps[kind].name),
                    book.routine.steps[kind],
                    room,
                    y + index * 6.1,
                    size,
                )
                time(index, 0)
        return
    with draft.group("P"):
        _band_label(draft, book.say(paused or step.name), step, room, top + BAND / 2 + 2)
        for index in range(len(times)):
            time(index, index)


def _band_label(draft: Draft, words: Words, step: Step, room: float, base: float, size: float = 16.0) -> None:
    """What the band is for, as large as it fits; its short label where the name is too long."""
    label = one_line(words)
    while draft.fonts.width(label, "semibold", size) / PT > room and size > (16 if draft.book.large else 12):
        size -= 1
    if draft.fonts.width(label, "semibold", size) / PT > room:
        label = draft.book.say(step.card.label)
    draft.run(draft.left + 16, base, label, "semibold", size, draft.ink)
