"""Where strokes may go: hands that press keep off the no-press zones, and every stroke stays on its map.

A contact with its narrow side across reaches half its width to either side of its path. Gliding hands (pressure 1 and 2)
may ride lightly over a zone: their inner edge carries no weight.
"""

from collections.abc import Iterator

from booklet.errors import InvalidFile, Problem
from booklet.model import Arrow, Dots, Loops, Map, MapView, Points, Pulls, Rest, Rings, Route, Routine, Step, Stroke

PRESSES = 3  # from this pressure on a hand presses
LIGHT = 2  # the most pressure in a light zone
SLACK = 1e-6


def check_reach(routine: Routine) -> None:
    """Raises InvalidFile, with the place of each stroke that presses where nobody may or leaves its map."""
    problems: list[Problem] = []
    for name, step in routine.steps.items():
        for view in step.views:
            if isinstance(view, MapView):
                for stroke in view.strokes:
                    problems += _wrong(routine, name, step, routine.maps[view.map], stroke)
    if problems:
        raise InvalidFile(problems)


def level(routine: Routine, step: Step) -> int:
    """The pressure of a step from 1 to 5: the lowest of its own and all caps; 0 where it has none."""
    return min((*step.pressure, *routine.pressure.caps)) if step.pressure else 0


def _wrong(routine: Routine, name: str, step: Step, around: Map, stroke: Stroke) -> Iterator[Problem]:
    left, foot, right, head = around.within
    for x, y in points_of(stroke):
        if not (left <= x <= right and foot <= y <= head):
            message = f"the stroke leaves the map at ({x:g}, {y:g}); it goes from ({left:g}, {foot:g}) to ({right:g}, {head:g})"
            yield Problem(stroke.place, message)
            return
    hand = (around.hands or {}).get(step.hands or "")
    if not hand or isinstance(stroke, (Arrow, Rest)) or level(routine, step) < PRESSES:
        return
    circle = stroke.radius if isinstance(stroke, (Rings, Route, Dots)) else 0.0
    reach = (circle + hand[1] / 2) / around.unit_cm[0]
    for x, y in points_of(stroke, pressing=True):
        for low, high, inner in _never(around):
            if low <= y <= high and abs(x) - reach < inner - SLACK:
                message = (
                    f"step {name} presses on the no-press zone: at ({x:g}, {y:g}) the hand reaches to"
                    f" {abs(x) - reach:.2f}; keep x at {inner + reach:.2f} or more"
                )
                yield Problem(stroke.place, message)
                return


def _never(around: Map) -> Iterator[tuple[float, float, float]]:
    """The heights between which a no-press zone lies on the middle line, and how far it goes to the side."""
    for zone in around.zones:
        if zone.zone == "never":
            xs, ys = zip(*zone.points, strict=True)
            yield min(ys), max(ys), max(abs(x) for x in xs)


def points_of(stroke: Stroke, pressing: bool = False) -> Points:
    """The points that a stroke goes through; only those under pressure where it has a light way back."""
    match stroke:
        case Loops():
            return tuple(point for loop in stroke.loops for point in loop)
        case Rings():
            return stroke.rings
        case Route():
            return stroke.route
        case Pulls():
            line = stroke.out if pressing else (*stroke.out, *stroke.back)
            return tuple((x, row + y) for row in stroke.pulls for x, y in line)
        case Dots():
            return tuple((stroke.dots, y) for y in stroke.along)
        case Arrow():
            return stroke.arrow
        case Rest():
            return stroke.rest
