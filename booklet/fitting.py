"""The largest size that holds what is to be set: of one line, or of whatever is made at a size."""

from collections.abc import Callable
from typing import TypeVar

from booklet.drafting import Draft
from booklet.errors import DoesNotFit
from booklet.items import PT
from booklet.model import Words

S = TypeVar("S")
T = TypeVar("T")
# of the usual distance of lines: on a full page they close up before it is refused
CLOSER = (1.0, 0.98, 0.96, 0.94, 0.92)


def largest(sizes: tuple[S, ...], make: Callable[[S], T]) -> T:
    """What is made at the first of the sizes, largest first, that holds it. Raises DoesNotFit where the last doesn't."""
    for size in sizes[:-1]:
        try:
            return make(size)
        except DoesNotFit:
            continue
    return make(sizes[-1])


def fitted(
    draft: Draft,
    x: float,
    y: float,
    words: str,
    face: str,
    sizes: tuple[float, ...],
    room: float,
    colour: str = "",
    where: str = "its line",
) -> float:
    """One line at the largest of the sizes that fits in `room` mm; returns its width. Raises DoesNotFit: too wide for `where`."""
    for size in sizes:
        if draft.fonts.width(words, face, size) / PT <= room:
            return draft.run(x, y, words, face, size, colour or draft.ink)
    over = draft.fonts.width(words, face, sizes[-1]) / PT - room
    place = f"{words.place}: " if isinstance(words, Words) else ""
    raise DoesNotFit(f"{place}“{words}” is {over:.1f} mm too wide for {where}: shorten it")
