"""(Routine, minutes) → Schedule: when each step starts and stops, to the second, and how often its strokes fit.

The model is the routine's data: each segment of its timeline has a weight and bounds. With one common factor λ a
segment gets clamp(weight·λ, min, max); λ is found by bisection so that all segments fill the time that the pauses
leave. Times are rounded down, what is then left goes to the largest remainders, and the rest to the segment marked
`remainder`.
"""

from collections.abc import Iterable
from functools import cached_property

from booklet.errors import BadChoice
from booklet.model import Repeat, Routine, Segment
from booklet.records import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of a step on the clock, in seconds from the start; `pause` follows it and is not in `stop`."""

    step: str
    start: int
    stop: int
    pause: int = 0

    @property
    def seconds(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Count:
    """How the time of a step is filled: whole passes over the spots, repetitions at each spot."""

    passes: int = 1
    times: int = 1
    spots: int = 1
    layout: str = ""


@dataclass(frozen=True)
class Schedule:
    """The turns in order; `counts` has an entry for each step that repeats something.

    Off the clock (not `timed`) each step has one turn of no length, in the order of the file.
    """

    turns: tuple[Turn, ...]
    counts: dict[str, Count]
    timed: bool = True

    @cached_property
    def by_step(self) -> dict[str, list[Turn]]:
        return _by_step(self.turns)

    def turns_of(self, step: str) -> list[Turn]:
        return self.by_step.get(step, [])

    def after(self, step: str) -> Turn | None:
        """The turn that follows the first turn of a step."""
        index = next((i for i, turn in enumerate(self.turns) if turn.step == step), len(self.turns))
        return self.turns[index + 1] if index + 1 < len(self.turns) else None


def _by_step(turns: Iterable[Turn]) -> dict[str, list[Turn]]:
    found: dict[str, list[Turn]] = {}
    for turn in turns:
        found.setdefault(turn.step, []).append(turn)
    return found


def schedule(routine: Routine, minutes: int) -> Schedule:
    """The routine on the clock. Raises BadChoice where its steps can't fill the time or don't fit into it."""
    if not routine.timeline:
        repeated = {name: step.repeat for name, step in routine.steps.items() if step.repeat}
        counts = {name: count(repeat, 0) for name, repeat in repeated.items()}
        return Schedule(tuple(Turn(name, 0, 0) for name in routine.steps), counts, timed=False)
    segments = [one for one in routine.timeline if one.pause or (one.step and one.step in routine.steps)]
    timed = [one for one in segments if not one.pause]
    pauses = sum(one.pause for one in segments)
    seconds = iter(share(timed, minutes * 60, routine.rounding.seconds, pauses))
    turns: list[Turn] = []
    clock = 0
    for segment in segments:
        if segment.pause and turns:
            last = turns[-1]
            turns[-1] = Turn(last.step, last.start, last.stop, last.pause + segment.pause)
            clock += segment.pause
        elif segment.step:
            stop = clock + next(seconds)
            turns.append(Turn(str(segment.step), clock, stop))
            clock = stop
    counts = {}
    for name, own in _by_step(turns).items():
        repeat = routine.steps[name].repeat
        if repeat:  # one number stands on the page, so it must fit into each turn
            counts[name] = count(repeat, min(turn.seconds for turn in own))
    return Schedule(tuple(turns), counts)


def share(segments: list[Segment], total: int, unit: int, pauses: int = 0) -> list[int]:
    """Seconds for each segment, adding up to `total` with the pauses. Raises BadChoice where the bounds don't allow it."""
    low, high = (sum(bounds) + pauses for bounds in ((one.min for one in segments), (one.max for one in segments)))
    if total < low:
        raise BadChoice(f"these steps need at least {-(-low // 60)} minutes: choose a longer time or leave steps out")
    if total > high:
        raise BadChoice(f"with these choices the steps fill at most {high // 60} minutes: choose a shorter time")
    total -= pauses
    exact = _exact(segments, total)
    result = [max(one.min, int((t + 1e-6) // unit) * unit) for one, t in zip(segments, exact, strict=True)]
    left = total - sum(result)
    order = sorted(range(len(segments)), key=lambda i: (-round(exact[i] - result[i], 6), i))
    for i in order * 2:
        if left >= unit and result[i] + unit <= segments[i].max:
            result[i] += unit
            left -= unit
    last = next((i for i, one in enumerate(segments) if one.remainder), len(segments) - 1)
    result[last] += left
    return result


def _exact(segments: list[Segment], total: int) -> list[float]:
    """clamp(weight·λ, min, max) with the λ for which they add up to `total` seconds."""

    def at(factor: float) -> list[float]:
        return [min(max(one.weight * factor, one.min), one.max) for one in segments]

    low, high = 0.0, 1e5
    for _ in range(80):
        middle = (low + high) / 2
        if sum(at(middle)) < total:
            low = middle
        else:
            high = middle
    return at(high)


def count(repeat: Repeat, seconds: int) -> Count:
    """How often the strokes fit into the time: the most spots, then whole passes, then more repetitions at each spot."""
    side = (seconds - repeat.swap) / repeat.sides
    fewest, most = repeat.times

    def visit(times: int) -> float:
        return times * repeat.seconds + repeat.move

    if repeat.layouts:
        fits = [one for one in repeat.layouts if one.spots * visit(fewest) <= side]
        layout = fits[0] if fits else min(repeat.layouts, key=lambda one: one.spots)
        spots, name = layout.spots, str(layout.layout)
    else:
        least, greatest = repeat.spots
        spots, name = min(greatest, max(least, int(side / visit(fewest)))), ""
    passes = min(repeat.passes[1], max(repeat.passes[0], int(side / (spots * visit(fewest)))))
    times = int((side / (passes * spots) - repeat.move) / repeat.seconds)
    return Count(passes, min(most, max(fewest, times)), spots, name)


def clock(seconds: int) -> str:
    """Seconds as they are printed: 570 → "9:30"."""
    return f"{seconds // 60}:{seconds % 60:02d}"
