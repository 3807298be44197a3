"""The clock: the model's table, exact sums, bounds, and counts that never take more than their time."""

import itertools
from typing import Any

import pytest

from booklet.errors import BadChoice, Place
from booklet.model import Layout, Name, Repeat, Segment, StepName, Words
from booklet.routines import RoutineFile, choose
from booklet.tailoring import tailor
from booklet.timing import Schedule, clock, count, schedule, share

HERE = Place("test", 1, 1)
ORDER = "hold rub heels back sides back tracks back"
AGAIN = "heels back sides back favourite"
TABLE = {  # minutes: seconds of each turn, from the timing model's table
    8: (ORDER, "finish", "0:15 1:00 1:20 0:30 1:35 0:30 2:05 0:15 0:30"),
    10: (ORDER, "finish", "0:15 1:10 1:30 0:55 1:35 0:55 2:05 0:40 0:55"),
    20: (ORDER, "finish", "0:15 2:30 3:15 2:00 3:15 2:00 3:30 1:15 2:00"),
    30: (ORDER, "finish", "0:30 4:00 5:00 2:00 5:00 2:00 5:30 2:00 3:00"),
    60: (ORDER, f"{AGAIN} finish", "0:45 5:00 6:15 3:00 6:15 3:00 6:45 2:45 5:00 2:45 5:00 2:45 5:00 3:45"),
}
GOING_AHEAD = ("", "blood-thinners", "osteoporosis", "cleared", "tender")


def timed(file: RoutineFile, **given: Any) -> tuple[Any, Schedule]:
    values: dict[str, str | list[str]] = {k: v if isinstance(v, list) else str(v) for k, v in given.items()}
    routine = tailor(file, choose(file, values))
    return routine, schedule(routine, int(given["minutes"]))


@pytest.mark.parametrize("minutes", TABLE)
def test_the_table_of_the_model(massage: RoutineFile, minutes: int) -> None:
    first, last, times = TABLE[minutes]
    turns = timed(massage, minutes=minutes)[1].turns
    assert [turn.step for turn in turns] == f"{first} {last}".split()
    assert [clock(turn.seconds) for turn in turns] == times.split()


@pytest.mark.parametrize(("minutes", "pause"), [(8, 0), (29, 0), (30, 60), (59, 60), (60, 120), (90, 120)])
def test_one_pause_from_half_an_hour_on(massage: RoutineFile, minutes: int, pause: int) -> None:
    pauses = [turn.pause for turn in timed(massage, minutes=minutes)[1].turns if turn.pause]
    assert pauses == ([pause] if pause else [])


@pytest.mark.parametrize("limit", GOING_AHEAD)
@pytest.mark.parametrize("pace", ["full", "focus"])
@pytest.mark.parametrize(("setup", "least"), [("floor", 8), ("side", 10)])
def test_every_minute_adds_up_and_keeps_the_bounds(
    massage: RoutineFile, setup: str, least: int, pace: str, limit: str
) -> None:
    for minutes in range(least, 91):
        routine, plan = timed(massage, minutes=minutes, pace=pace, setup=setup, limit=[limit] if limit else [])
        clock_now = 0
        for turn in plan.turns:
            assert turn.start == clock_now
            clock_now = turn.stop + turn.pause
        assert clock_now == minutes * 60
        segments = [one for one in routine.timeline if one.step]
        for turn, segment in zip(plan.turns, segments, strict=True):
            assert turn.step == segment.step
            assert segment.min <= turn.seconds <= segment.max, (minutes, turn, segment)


@pytest.mark.parametrize("limit", GOING_AHEAD)
@pytest.mark.parametrize(("setup", "least"), [("floor", 8), ("chair", 8), ("side", 10)])
def test_counts_never_take_more_than_their_time(massage: RoutineFile, setup: str, least: int, limit: str) -> None:
    for minutes, pace in itertools.product(range(least, 91), ("full", "focus")):
        routine, plan = timed(massage, minutes=minutes, pace=pace, setup=setup, limit=[limit] if limit else [])
        for name, counted in plan.counts.items():
            repeat = routine.steps[name].repeat
            visit = counted.times * repeat.seconds + repeat.move
            taken = repeat.sides * counted.passes * counted.spots * visit + repeat.swap
            room = plan.turns_of(name)[0].seconds
            assert taken <= room + 0.001, (minutes, pace, name, counted, taken, room)
            assert repeat.times[0] <= counted.times <= repeat.times[1]
            assert repeat.passes[0] <= counted.passes <= repeat.passes[1]


# --- sharing the time
def segment(weight: float, low: int, high: int, remainder: bool = False) -> Segment:
    return Segment(StepName("s", HERE), weight, low, high, remainder=remainder)


@pytest.mark.parametrize(
    ("total", "unit", "expected"),
    [
        (60, 5, [20, 40]),
        (61, 5, [20, 41]),  # the odd second goes to the remainder
        (30, 5, [10, 20]),
        (100, 15, [30, 70]),
    ],
)
def test_share_by_weight(total: int, unit: int, expected: list[int]) -> None:
    assert share([segment(1, 5, 90), segment(2, 5, 90, remainder=True)], total, unit) == expected


def test_share_keeps_the_bounds() -> None:
    assert share([segment(1, 30, 60), segment(9, 10, 50)], 90, 5) == [40, 50]
    assert share([segment(1, 30, 60), segment(9, 10, 50)], 40, 5) == [30, 10]


def test_too_short_and_too_long_are_refused() -> None:
    steps = [segment(1, 61, 90), segment(1, 60, 90)]
    with pytest.raises(BadChoice, match="at least 3 minutes: choose a longer time"):
        share(steps, 120, 5)
    with pytest.raises(BadChoice, match="at most 3 minutes: choose a shorter time"):
        share(steps, 240, 5)


# --- counting
def repeat(**values: Any) -> Repeat:
    return Repeat(says=Words("{times}", HERE), **values)


@pytest.mark.parametrize(
    ("given", "seconds", "expected"),
    [
        ({"seconds": 36}, 240, (6, 1, 1)),  # passes, times, spots
        ({"seconds": 36}, 20, (1, 1, 1)),
        ({"seconds": 2.5, "move": 0.5, "times": (3, 6)}, 30, (3, 3, 1)),
        ({"seconds": 2, "times": (2, 6), "passes": (1, 1)}, 9, (1, 4, 1)),
        ({"seconds": 1, "times": (5, 8), "spots": (7, 15), "passes": (1, 1)}, 60, (1, 5, 12)),
        ({"seconds": 6, "spots": (7, 7), "sides": 2, "swap": 10, "passes": (1, 5)}, 180, (2, 1, 7)),
    ],
)
def test_count(given: dict[str, Any], seconds: int, expected: tuple[int, int, int]) -> None:
    counted = count(repeat(**given), seconds)
    assert (counted.passes, counted.times, counted.spots) == expected


@pytest.mark.parametrize(("seconds", "layout", "spots"), [(300, "full", 21), (100, "short", 10), (10, "short", 10)])
def test_the_layout_with_the_most_spots_that_fits(seconds: int, layout: str, spots: int) -> None:
    layouts = (Layout(Name("full", HERE), 21), Layout(Name("short", HERE), 10))
    counted = count(repeat(seconds=2.5, move=0.5, times=(3, 6), layouts=layouts), seconds)
    assert (counted.layout, counted.spots) == (layout, spots)


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59, "0:59"), (570, "9:30"), (5400, "90:00")])
def test_clock(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown
