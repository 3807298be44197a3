"""Rules on the numbers of one record of a routine file: (record, where it was found) → what is wrong with it.

What stands in the model as a plain number or list has its limits here: ranges that rise, lengths above nothing,
pressure from 1 to 5, the sizes of booklets.
"""

from collections.abc import Callable, Iterator
from typing import Any

from booklet import model
from booklet.conditions import nearest
from booklet.errors import Place
from booklet.reading import Mapping, Sequence
from booklet.routines import PAGES
from booklet.shapes import Found

STRONGEST = 5  # pressure
MOST_FIELDS = 4  # side by side on a page
Told = Iterator[tuple[Place, str]]


def bounds(value: Any, found: Found) -> Told:
    """What is wrong with a record on its own; `value` is the record as it is in one case of its conditions."""
    if rule := RULES.get(type(value)):
        yield from rule(value, found)


def at(found: Found, *keys: str | int) -> Place:
    """The place of a value in a record, as far as it is written out there."""
    node = found.node
    for key in keys:
        if isinstance(node, Mapping) and key in node.items:
            node = node.items[str(key)]
        elif isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            break
    return node.place


def _above(found: Found, least: float, **values: float | None) -> Told:
    """Each of the values must be more than `least`."""
    for name, value in values.items():
        key = name.replace("_", "-")
        if value is not None and value <= least:
            yield at(found, key), f"expected more than {least:g} for `{key}`, found {value:g}"


def _least(found: Found, least: float, **values: float) -> Told:
    """Each of the values must be `least` or more."""
    for key, value in values.items():
        if value < least:
            yield at(found, key), f"expected {least:g} or more for `{key}`, found {value:g}"


def _rising(found: Found, key: str, ends: tuple[float, float], least: float | None = None) -> Told:
    low, high = ends
    if low > high:
        yield at(found, key), f"`{key}` is the wrong way round: {low:g} is more than {high:g}"
    elif least is not None and low < least:
        yield at(found, key), f"expected {least:g} or more for `{key}`, found {low:g}"


def within(place: Place, what: str, value: float, low: float, high: float) -> Told:
    if not low <= value <= high:
        yield place, f"expected {what} from {low:g} to {high:g}, found {value:g}"


def _enough(found: Found, key: str, count: int, least: int) -> Told:
    if count < least:
        yield at(found, key), f"expected at least {least} points for `{key}`, found {count}"


# --- rules: what is drawn
def _loops(one: model.Loops, found: Found) -> Told:
    if not one.loops:
        yield at(found, "loops"), "expected at least one loop, found none"
    for index, loop in enumerate(one.loops):
        if len(loop) < 3:
            yield at(found, "loops", index), f"expected at least 3 points for a loop, found {len(loop)}"
    for index, (number, *_) in enumerate(one.arrows):
        if number not in range(1, len(one.loops) + 1):
            place = at(found, "arrows", index, 0)
            yield (
                place,
                f"there is no loop {number:g}: an arrow starts with the number of a loop, 1 to {len(one.loops)}",
            )


def _rings(one: model.Rings, found: Found) -> Told:
    yield from _above(found, 0, radius=one.radius)


def _route(one: model.Route, found: Found) -> Told:
    yield from _enough(found, "route", len(one.route), 2)
    yield from _least(found, 0, radius=one.radius)


def _arrow(one: model.Arrow, found: Found) -> Told:
    yield from _enough(found, "arrow", len(one.arrow), 2)


def _pulls(one: model.Pulls, found: Found) -> Told:
    yield from _enough(found, "out", len(one.out), 2)
    if one.back:
        yield from _enough(found, "back", len(one.back), 2)


def _dots(one: model.Dots, found: Found) -> Told:
    yield from _rising(found, "along", one.along)
    yield from _above(found, 0, radius=one.radius, count=one.count)


def _zone(one: model.Zone, found: Found) -> Told:
    yield from _enough(found, "points", len(one.points), 2 if one.zone == "stop-line" else 3)


def _map(one: model.Map, found: Found) -> Told:
    for index, length in enumerate(one.unit_cm):
        if length <= 0:
            yield at(found, "unit-cm", index), f"expected more than 0 for `unit-cm`, found {length:g}"


def _picture(one: model.Picture, found: Found) -> Told:
    for index, length in enumerate(one.crop[2:] if one.crop else ()):
        if length <= 0:
            yield (
                at(found, "crop", index + 2),
                f"a crop is left, top, width and height: expected more than 0, found {length:g}",
            )
    if one.contacts and found.path[0] != "steps":
        yield at(found, "contacts"), "contacts are drawn on the pictures of steps only"


def _badge(one: model.Badge, found: Found) -> Told:
    yield from _somewhere(one, found)


def _somewhere(one: model.Badge | model.Contact, found: Found) -> Told:
    if one.at is None and one.on is None:
        yield found.node.place, "expected `at` with a position or `on` with a point of the picture"


def _contact(one: model.Contact, found: Found) -> Told:
    yield from _somewhere(one, found)
    yield from _above(found, 0, ring=one.ring, flat=one.flat)
    for index, length in enumerate(one.size):
        if length <= 0:
            yield at(found, "size", index), f"expected more than 0 for `size`, found {length:g}"


# --- rules: time and pressure
def _segment(one: model.Segment, found: Found) -> Told:
    if (one.step is None) == (one.pause == 0):
        yield found.node.place, "expected either `step` with its weight, min and max, or `pause`"
    elif one.step is None:
        yield from _above(found, 0, pause=one.pause)
        for key in ("weight", "min", "max", "remainder"):
            if isinstance(found.node, Mapping) and key in found.node.items:
                yield at(found, key), f"a pause has no `{key}`: its length is fixed"
        if found.path[1:] == ("1",):
            yield found.node.place, "a pause follows a step: the timeline can't start with one"
    else:
        yield from _above(found, 0, weight=one.weight)
        if one.min > one.max:
            yield at(found, "max"), f"`min` is more than `max`: {one.min} and {one.max}"
        else:
            yield from _above(found, 0, max=one.max)
            yield from _least(found, 0, min=one.min)


def _rounding(one: model.Rounding, found: Found) -> Told:
    yield from _above(found, 0, seconds=one.seconds)


def _repeat(one: model.Repeat, found: Found) -> Told:
    yield from _above(found, 0, seconds=one.seconds)
    yield from _least(found, 0, move=one.move, swap=one.swap)
    for key, ends in (("times", one.times), ("passes", one.passes), ("spots", one.spots)):
        yield from _rising(found, key, ends, 1)
    yield from within(at(found, "sides"), "`sides`", one.sides, 1, 2)
    spots = [layout.spots for layout in one.layouts]
    if spots != sorted(spots, reverse=True):
        yield at(found, "layouts"), "layouts stand from the most spots to the fewest: the first that fits is used"
    if one.layouts and isinstance(found.node, Mapping) and "spots" in found.node.items:
        yield at(found, "spots"), "`spots` isn't used where there are `layouts`: leave one of them out"


def _layout(one: model.Layout, found: Found) -> Told:
    yield from _above(found, 0, spots=one.spots)


def _pressure(one: model.Pressure, found: Found) -> Told:
    if len(one.words) != STRONGEST:
        yield (
            at(found, "words"),
            f"expected {STRONGEST} words, from the lightest to the strongest, found {len(one.words)}",
        )
    for index, level in enumerate(one.caps):
        yield from within(at(found, "caps", index), "pressure", level, 1, STRONGEST)


# --- rules: pages
def _plan(one: model.Plan, found: Found) -> Told:
    if one.plan not in PAGES:
        sizes = ", ".join(map(str, PAGES))
        yield (
            at(found, "plan"),
            f"there is no booklet of {one.plan} pages: {sizes}{nearest(str(one.plan), map(str, PAGES))}",
        )


def _listing(one: model.Listing, found: Found) -> Told:
    if not one.list:
        yield at(found, "list"), "expected a list with items in it, found an empty one"
    yield from within(at(found, "columns"), "`columns`", one.columns, 1, 2)


def _fields(one: model.Fields, found: Found) -> Told:
    if not 1 <= len(one.fields) <= MOST_FIELDS:
        yield at(found, "fields"), f"expected 1 to {MOST_FIELDS} fields side by side, found {len(one.fields)}"


def _scale(one: model.Scale, found: Found) -> Told:
    if one.first >= one.last:
        yield at(found, "last"), f"a scale rises from `first` to `last`, found {one.first} and {one.last}"
    elif one.last - one.first > 10:
        yield at(found, "last"), f"a scale has at most 11 numbers, found {one.last - one.first + 1}"


RULES: dict[type, Callable[[Any, Found], Told]] = {
    model.Arrow: _arrow,
    model.Badge: _badge,
    model.Contact: _contact,
    model.Dots: _dots,
    model.Fields: _fields,
    model.Layout: _layout,
    model.Listing: _listing,
    model.Loops: _loops,
    model.Map: _map,
    model.Picture: _picture,
    model.Plan: _plan,
    model.Pressure: _pressure,
    model.Pulls: _pulls,
    model.Repeat: _repeat,
    model.Rings: _rings,
    model.Rounding: _rounding,
    model.Route: _route,
    model.Scale: _scale,
    model.Segment: _segment,
    model.Zone: _zone,
}
