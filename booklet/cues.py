"""The cue strip at the foot of a step: clock, pressure, repeats, the hand, and what not to do. Millimetres."""

from contextlib import AbstractContextManager

from booklet import marks
from booklet.drafting import Book, Draft
from booklet.errors import DoesNotFit
from booklet.items import PT
from booklet.model import Step, Words
from booklet.reach import level
from booklet.text import Fonts
from booklet.theming import Look
from booklet.timing import Turn, clock

LOW = 11.5  # of a strip with nothing but a warning
VALUES, LARGE_VALUES = (18, 17, 16), (22, 20, 18)  # points: a value on one line


def height(book: Book, name: str) -> float:
    """The strip's height in normal print: more where two lines stand in it, less where there is nothing to tell."""
    if not told(book, name):
        return LOW if book.routine.steps[name].dont else 0.0
    return 28.6 if len(book.schedule.turns_of(name)) > 1 or _repeats_twice(book, name) else 25.8


def told(book: Book, name: str) -> bool:
    """Whether a step has anything for the strip beside its warning."""
    step = book.routine.steps[name]
    return bool(book.schedule.timed or step.pressure or step.repeat or step.hands)


def strip(draft: Draft, y: float, name: str, step: Step, look: Look) -> None:
    """Clock, pressure and repeats in a row, the hand at the end, the don't below."""
    book = draft.book
    left, right = draft.left, draft.right
    ink_2 = str(draft.theme.colours.ink_2)
    scale = draft.measure / 121
    if step.dont or told(book, name):
        draft.rule(left, y, right, y, look.line, 2.4)
    first = left
    if book.schedule.timed:
        with draft.group("P"), _to_card(draft, left, y + 1.5, 40 * scale, 13):
            _label(draft, left, y + 6.2, "clock")
            _clock(draft, left, y, book.schedule.turns_of(name))
        first += 42 * scale
    pressure = level(book.routine, step)
    if pressure:
        x = first
        word = book.word("pressure-is", word=book.say(book.routine.pressure.words[pressure - 1]))
        with draft.group("P"):
            draft.line(x, y + 6.2, word, "label", ink_2)
        marks.pressure_dots(draft, x, y + 11.2, pressure)
    if step.repeat:
        x = left + 82 * scale if pressure else first
        with draft.group("P"):
            _label(draft, x, y + 6.2, "repeat")
            _fitted(draft, x, y + 13.4, repeats(book, name, step), right - 13.5 * bool(step.hands) - x)
    if step.hands:
        marks.hand(draft, right - 6.2, y + 9, step.hands, 14, look.line)
    y += height(book, name) - 25.8
    if told(book, name):
        draft.rule(left, y + 17.4, right, y + 17.4, draft.theme.colours.hairline, 0.5)
    if step.dont:
        words = book.say(step.dont, name)
        lines = draft.wrap(words, "body", draft.measure - 8.5)
        if len(lines) > 1:
            raise DoesNotFit(f"{words.place}: `dont` of step {name} runs to a second line: shorten “{words}”")
        marks.cross(draft, left + 2.2, y + 22.2)
        with draft.group("P"):
            draft.set(left + 8.5, y + 23.8, lines, "body")


def _label(draft: Draft, x: float, y: float, key: str) -> None:
    """The label of a value that stands below it."""
    label = draft.book.word(key)
    draft.line(x, y, label, "label", str(draft.theme.colours.ink_2), spoken=draft.book.word("say-label", label=label))


def said(draft: Draft, time: str, index: int) -> str:
    """How a time is said that others come before."""
    said = draft.book.spoken(time)
    return draft.book.word("say-again", time=said) if index else said


def _to_card(draft: Draft, x: float, y: float, w: float, h: float) -> AbstractContextManager[None]:
    """The times of a step lead back to the cue card, where all times stand."""
    return draft.linked(x, y, w, h, "cue-card", draft.book.word("back-to", name=draft.book.word("cue-card")))


def repeats(book: Book, name: str, step: Step) -> Words:
    assert step.repeat is not None
    counted = book.schedule.counts[name]
    repeat, says = step.repeat, step.repeat.says
    if counted.passes * counted.times == 1:
        says = repeat.says_once or says
    elif counted.passes > 1:
        says = repeat.says_rounds or says
    return book.say(says, name)


def _clock(draft: Draft, x: float, y: float, turns: list[Turn]) -> None:
    """Start and stop; two turns stand one above the other."""
    shown = [f"{clock(turn.start)}–{clock(turn.stop)}" for turn in turns]
    if len(shown) == 1:
        draft.line(x, y + 13.4, shown[0], "value")
    else:
        for index, one in enumerate(shown[:2]):
            draft.run(x, y + 11.2 + index * 5.3, one, "semibold", 13.5, draft.ink, spoken=said(draft, one, index))


def _repeats_twice(book: Book, name: str) -> bool:
    """Whether how often a step is repeated takes two lines of the strip."""
    step = book.routine.steps[name]
    if not step.repeat:
        return False
    before = 82 if step.pressure else 42 * book.schedule.timed
    measure = Draft(book, 1).measure
    room = measure * (1 - before / 121) - 13.5 * bool(step.hands)
    return _size(book.fonts, repeats(book, name, step), VALUES, room) is None


def _size(fonts: Fonts, words: Words, sizes: tuple[float, ...], room: float) -> float | None:
    """The largest of the sizes at which the words stand on one line."""
    return next((size for size in sizes if fonts.width(words, "semibold", size) / PT <= room), None)


def _in_two(fonts: Fonts, words: Words, size: float, room: float) -> list[str]:
    """The words on two lines, parted after a comma where that fits: “3× a spot, / 5 rounds”. Raises DoesNotFit."""
    first, comma, rest = words.partition(", ")
    lines = [first + comma.rstrip(), rest]
    if not comma or max(fonts.width(line, "semibold", size) for line in lines) / PT > room:
        lines = ["".join(run.text for run in line) for line in fonts.wrap(words, "semibold", size, room * PT)]
    over = max(fonts.width(line, "semibold", size) for line in lines) / PT - room
    if len(lines) > 2 or over > 0.01:
        raise DoesNotFit(f"{words.place}: “{words}” doesn't fit in the cue strip even on two lines: shorten it")
    return lines


def _fitted(draft: Draft, x: float, y: float, words: Words, room: float) -> None:
    """A value on one line at its size or less, else on two at the size of two clock times. Raises DoesNotFit."""
    size = _size(draft.fonts, words, VALUES, room)
    if size:
        draft.run(x, y, words, "semibold", size, draft.ink)
        return
    for index, line in enumerate(_in_two(draft.fonts, words, 13.5, room)):
        draft.run(x, y - 2.2 + index * 5.3, line, "semibold", 13.5, draft.ink, language=words.language)


def large_height(draft: Draft, step: Step) -> float:
    lines = draft.wrap(draft.book.say(step.dont), "step", draft.measure - 12) if step.dont else []
    first = 25.0 if draft.book.schedule.timed or step.repeat or step.hands else 0.0
    return first + 24.0 * bool(step.pressure) + (4.6 + 8 * len(lines) if lines else 0)


def large_strip(draft: Draft, y: float, name: str, step: Step, look: Look) -> None:
    """The strip of large print: clock and repeats, pressure, don't, one below the other."""
    book, left, right = draft.book, draft.left, draft.right
    hair = draft.theme.colours.hairline
    draft.rule(left, y, right, y, look.line, 3)
    if book.schedule.timed:
        shown = [f"{clock(turn.start)}–{clock(turn.stop)}" for turn in book.schedule.turns_of(name)]
        with draft.group("P"), _to_card(draft, left, y + 2, 62 * draft.measure / 121, 18):
            _label(draft, left, y + 8.4, "clock")
            for index, one in enumerate(shown[:2]):
                size = 24 if len(shown) == 1 else 18
                base = y + (18.4 if len(shown) == 1 else 15.8) + index * 7
                draft.run(left, base, one, "semibold", size, draft.ink, spoken=said(draft, one, index))
    if step.repeat:
        x = left + draft.measure * 66 / 121 * book.schedule.timed
        with draft.group("P"):
            _label(draft, x, y + 8.4, "repeat")
            words, room = repeats(book, name, step), right - 17 * bool(step.hands) - x
            if fitting := _size(draft.fonts, words, LARGE_VALUES, room):
                draft.run(x, y + 18.4, words, "semibold", fitting, draft.ink)
            else:
                for index, line in enumerate(_in_two(draft.fonts, words, 18, room)):
                    draft.run(x, y + 15.8 + index * 7, line, "semibold", 18, draft.ink, language=words.language)
    if step.hands:
        marks.hand(draft, right - 8.6, y + 12.6, step.hands, 19, look.line)
    top, y = y, y + 25.0 * bool(book.schedule.timed or step.repeat or step.hands)
    if step.pressure:
        pressure = level(book.routine, step)
        if y > top:
            draft.rule(left, y, right, y, hair, 0.7)
        with draft.group("P"):
            _label(draft, left, y + 8.4, "pressure")
            draft.line(left + 37, y + 18, book.say(book.routine.pressure.words[pressure - 1]), "step")
        marks.pressure_dots(draft, left, y + 15.8, pressure, 2.4, 6.6)
        y += 24
    if step.dont:
        if y > top:
            draft.rule(left, y, right, y, hair, 0.7)
        marks.cross(draft, left + 3, y + 6.4, 2.4, 2.6)
        with draft.group("P"):
            draft.paragraph(left + 12, y + 8.2, book.say(step.dont, name), "step", draft.measure - 12)
