"""What a map shows, in words: the alternative text of a figure, told from the strokes and zones that are drawn.

The same data draw the picture, so picture and words can't disagree. The words are the catalogue's; what the middle of
a map is called (the spine) is the map's own.
"""

from collections.abc import Sequence
from dataclasses import replace

from booklet.drafting import Book
from booklet.model import Arrow, Dots, Loops, Map, MapView, Points, Pulls, Rest, Rings, Route, Side, Stroke, Words
from booklet.strokes import in_use

STEADY = 0.12  # of a map's unit: a shorter move changes no direction


def tell(book: Book, view: MapView, step: str, pressure: int = 0) -> Words:
    """The alternative text of a map view: what the author says first, then each stroke, the zones shown and the signs.

    `pressure` is what the map is tinted for, if it is. It is all in one language: that of what the author says, or of the
    names on the map, where these have no translation.
    """
    around = book.routine.maps[view.map]
    language = _untranslated(book, around, view, pressure)
    book = replace(book, furniture=book.fallback) if language else book
    hands = book.routine.steps[step].hands if step in book.routine.steps else None
    said: list[str] = [f"{book.say(view.alt).rstrip('.')}."] if view.alt else []
    counted = book.schedule.counts.get(step)
    for stroke in _joined(in_use(book, view.strokes, step)):
        who = book.word(f"tell-hands-{hands}") if hands else book.word("tell-hands")
        said.append(_stroke(book, around, stroke, who, counted.spots if counted else 0))
    if pressure:
        said.append(book.word("tell-tint", pressure=str(book.say(book.routine.pressure.words[pressure - 1]))))
    said = list(dict.fromkeys(said))  # arrows that go the same way are told once
    said += [*tell_zones(book, around, view.show), *(book.word(f"tell-{one.sign}") for one in view.signs)]
    return Words(" ".join(said), view.map.place, language or ("" if view.alt else book.speaks))


def _untranslated(book: Book, around: Map, view: MapView, pressure: int) -> str:
    """The language that a map is told in where that isn't the booklet's."""
    if view.alt:
        return view.alt.language
    names = [zone.name for zone in around.zones if zone.zone in view.show]
    names += [around.middle, book.routine.pressure.words[pressure - 1] if pressure else None]
    return next((one.language for one in names if one and one.language), "")


def _joined(strokes: list[Stroke]) -> list[Stroke]:
    """The strokes, with rows of pulls that differ only in their width told as one."""
    joined: list[Stroke] = []
    for stroke in strokes:
        last = joined[-1] if joined else None
        if isinstance(stroke, Pulls) and isinstance(last, Pulls) and stroke.side == last.side:
            joined[-1] = replace(last, pulls=(*last.pulls, *stroke.pulls))
        else:
            joined.append(stroke)
    return joined


def tell_zones(book: Book, around: Map, show: tuple[str, ...]) -> list[str]:
    """A sentence for each kind of zone that is shown."""
    told: list[str] = []
    for kind in dict.fromkeys(zone.zone for zone in around.zones if zone.zone in show):
        zones = [zone for zone in around.zones if zone.zone == kind]
        names = [str(book.say(zone.name)) for zone in zones if zone.name]
        if len(names) == len(zones):
            told.append(book.word(f"tell-{kind}-named", names=listed(book, names)))
        else:
            told.append(book.word(f"tell-{kind}", middle=_middle(book, around)))
    return told


def listed(book: Book, words: Sequence[str]) -> str:
    """The words as a list in a sentence: "up, out and down"."""
    if len(words) < 2:
        return "".join(words)
    return book.word("tell-comma").join(words[:-1]) + book.word("tell-and") + words[-1]


def _middle(book: Book, around: Map) -> str:
    return str(book.say(around.middle)) if around.middle else book.word("tell-middle")


def _half(book: Book, side: Side) -> str:
    """On both halves, or on the one that the start side makes it."""
    if side == "both":
        return book.word("tell-both")
    start = str(book.choices.get("start-side", "right"))
    other = {"left": "right", "right": "left"}[start]
    return book.word(f"tell-{start if side == 'start' else other}")


def _stroke(book: Book, around: Map, stroke: Stroke, hands: str, spots: int) -> str:
    where, middle = _half(book, stroke.side), _middle(book, around)
    match stroke:
        case Loops():
            word = "tell-loops" if len(stroke.loops) > 1 else "tell-loop"
            moves = directions(book, (*stroke.loops[0], stroke.loops[0][0]))
            return book.word(word, hands=hands, count=len(stroke.loops), where=where, moves=moves, middle=middle)
        case Rings():
            word = "tell-rings" if stroke.side == "both" else "tell-rings-half"
            return book.word(word, hands=hands, count=len(stroke.rings), where=where)
        case Route():
            rows = len({y for _, y in stroke.route})
            return book.word("tell-route", count=rows, rows=rows, where=where, moves=directions(book, stroke.route[:3]))
        case Pulls():
            word = "tell-pulls-back" if stroke.back else "tell-pulls"
            return book.word(word, hands=hands, count=len(stroke.pulls), where=where, middle=middle)
        case Dots():
            word = "tell-dots" if stroke.side == "both" else "tell-dots-half"
            return book.word(word, hands=hands, count=stroke.count or spots, where=where, middle=middle)
        case Arrow():
            return book.word("tell-arrow", moves=directions(book, stroke.arrow))
        case Rest():
            places = []
            for x, y in stroke.rest:
                count = "two" if stroke.side == "both" and x else "one"
                height = "low" if y < 1 / 3 else "high" if y > 2 / 3 else "halfway"
                places.append(book.word(f"tell-{count}-{height}"))
            return book.word("tell-rest", places=listed(book, places))


def directions(book: Book, path: Points) -> str:
    """The moves along a path on the right half, as words: "up, out, down and in"."""
    moves: list[str] = []
    x, y = path[0]
    for px, py in path[1:]:
        dx, dy = px - x, py - y
        if max(abs(dx), abs(dy)) < STEADY:
            continue
        move = ("up" if dy > 0 else "down") if abs(dy) >= abs(dx) else ("out" if dx > 0 else "in")
        if not moves or moves[-1] != move:
            moves.append(move)
        x, y = px, py
    words = [book.word(f"tell-{move}") for move in moves]
    return listed(book, words)
