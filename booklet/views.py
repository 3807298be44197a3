"""Views in their windows: a map with strokes, a close-up or a scene, scaled, cropped, quietened and numbered."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import hypot

from booklet.drafting import Draft, Window
from booklet.errors import InvalidFile, Problem
from booklet.figures import Drawing, Photo, layers, recolour
from booklet.items import PT
from booklet.marks import DIAL, ICON, ROUND, badge, icon
from booklet.model import Badge, Contact, MapView, Picture, Point, Sign, View, Words
from booklet.paths import rectangle
from booklet.reach import points_of
from booklet.records import dataclass
from booklet.shading import Laid, body, half_widths, shade, shown_pressure
from booklet.strokes import Frame, Weight, calibrate, draw_contact, draw_strokes, draw_zones, quieted
from booklet.telling import tell
from booklet.theming import PAPER, Look, Theme, as_art, picture_colours

PLAIN = Weight()
WIDEST = 1.35  # x-units either side of the spine that a map shows at least, with the arms


@dataclass(frozen=True, slots=True)
class Fit:
    """How a map sits in its window: the body's y from foot to head that must show, and the window's share left of the spine.

    With `cut` nothing above that shows.
    """

    low: float
    high: float
    quiet: float = 0.45
    line: float = 1.0
    middle: float = 0.5
    cut: bool = False
    weight: Weight = PLAIN


STEP = Fit(-0.2, 1.14)
STEP_LARGE = Fit(-0.3, 1.14, 0.45, 1.3, weight=Weight(1.25, 0.6))
BESIDE = Fit(-0.24, 1.12, 0.5, 0.8, cut=True, weight=Weight(0.8, 0.45))
STACK = Fit(-0.1, 1.05, 0.5, 1.0, weight=Weight(0.9, 0.45))
KEYED = Fit(-0.2, 1.15, 0.5, 0.9)
INTERLUDE = Fit(-0.3, 1.68, 0.5, 0.9, 96 / 132, weight=Weight(1, 0.45))
CARD = Fit(-0.31, 1.12, 0.55, 0.8, cut=True, weight=Weight(1, 0.3, card=True))


@cache
def _tinted(
    drawing: Drawing, overrides: tuple[tuple[str, str], ...], art: str, quiet: float, ground: str, line: float
) -> Drawing:
    own = dict(overrides)

    def colour(role: str, drawn: str) -> str:
        return as_art(art, role, quieted(own.get(role, drawn), role, quiet, ground))

    return recolour(drawing, colour, line)


def tinted(theme: Theme, drawing: Drawing | Photo, quiet: float, ground: str, line: float, k: float) -> Drawing | Photo:
    """The drawing in the theme's colours, its outlines `line` points wide at k millimetres per art unit."""
    if isinstance(drawing, Photo):
        return drawing
    if theme.outline:
        quiet, ground = max(quiet, 0.3), PAPER
    overrides = tuple(sorted(picture_colours(theme).items()))
    return _tinted(drawing, overrides, theme.art, round(quiet, 2), ground, round(line / (k * PT), 2))


def draw_map(draft: Draft, view: MapView, window: Window, fit: Fit, look: Look, step: str, ground: str = "") -> Frame:
    """A map view in its window with zones, strokes and badges; returns where the body lies on the page."""
    book = draft.book
    step = step or str(view.step or "")
    around = book.routine.maps[view.map]
    drawing = book.pictures(around.picture)
    x0, y0, ux, uy, per_cm = calibrate(drawing, around, around.picture.place)
    left, top, width, height = window
    foot = drawing.top + drawing.height if around.down_to is None else y0 + uy * around.down_to
    west, low, east, high = around.extent or (-WIDEST, fit.low, WIDEST, fit.high)
    up_to = [height for height in (around.up_to, high if fit.cut and not around.extent else None) if height is not None]
    ceiling = y0 + uy * min(up_to) if up_to else -1e6
    k = min(height / ((high - low) * abs(uy)), width / ((east - west) * abs(ux)))
    k = max(k, height / (foot - ceiling))
    ox = left + width * fit.middle - k * (x0 + ux * (west + east) / 2)
    oy = top + height / 2 - k * (y0 + uy * (low + high) / 2)
    oy = max(oy, top + height - k * foot)  # the picture reaches the foot of its window
    oy = min(oy, top - k * ceiling)
    ground = ground or draft.theme.ground
    frame = Frame(ox + k * x0, oy + k * y0, k * ux, k * uy, k * per_cm)
    shown = tinted(draft.theme, drawing, fit.quiet, ground, fit.line, k)
    pressure = 0 if fit.weight.card else shown_pressure(book, view, step)
    with draft.group("Figure", tell(book, view, step, pressure)):
        if isinstance(shown, Drawing):
            fills, lines = layers(shown)  # fills are the same on maps of many sizes, lines aren't
            draft.art(fills, ox, oy, k, window)
            if pressure:
                shade(draft, Laid(shown, ox, oy, k, window), frame, view, step, pressure, look)
            draft.art(lines, ox, oy, k, window)
        widths = half_widths(drawing) if isinstance(drawing, Drawing) else ()
        with draft.clip(rectangle(*window)):
            shape = body(frame, widths) if widths else rectangle(*window)
            draw_zones(draft, frame, around, view.show, shape, top, fit.weight.card)
        draw_strokes(draft, frame, view.strokes, look, step, fit.weight)
        mirrored = book.choices.get("start-side") == "left" and any(stroke.side == "start" for stroke in view.strokes)
        points = [_point(one, drawing, around.picture) for one in view.badges]

        def page(x: float, y: float) -> Point:
            return frame(-x if mirrored else x, y)

        if not fit.weight.card:
            taken = [_spot(draft, one, at, page, window) for one, at in zip(view.badges, points, strict=True)]
            taken += [(left + 7, top + height - 7) for one in view.signs if one.corner == "left"]
            _repeat_badge(draft, step, window, look, _marked(view, frame), taken)
        for one, at in zip(view.badges, points, strict=True):
            _badge(draft, one, at, page, window)
        for sign in view.signs:
            _sign(draft, sign, window, look)
    return frame


def _grown(draft: Draft) -> float:
    """How much larger than on a page of the booklet the signs on a picture are: they grow with the badges' type."""
    return 1.0 if draft.book.large else draft.book.style("badge")[1] / 12


def _sign(draft: Draft, one: Sign, window: Window, look: Look) -> None:
    """A sign as large as the badge that says how often."""
    left, top, width, height = window
    r = (6.2 if draft.book.large else 4.9) * _grown(draft)
    x, y = left + r + 2 if one.corner == "left" else left + width - r - 2, top + height - r - 2
    lines = dict.fromkeys(("line-object", "line-seam", "line-fill"), draft.ink)
    if one.sign == "clock":  # round in itself
        dial = {"object": PAPER, "line-outer": str(look.line), **lines}
        icon(draft, one.sign, x, y, 2 * r * ICON / DIAL, dial, 1.6)
    else:
        draft.circle(x, y, r, PAPER, look.line, 1.6)
        roles = {"object": PAPER, "object-shade": str(look.line), "line-outer": draft.ink, **lines}
        icon(draft, one.sign, x, y, 2.2 * r, roles)


def _marked(view: MapView, frame: Frame) -> list[Point]:
    """Points along a map's strokes on both sides, in millimetres of the page."""
    along = []
    for stroke in view.strokes:
        points = points_of(stroke)
        along += [
            (x + share * (to_x - x), y + share * (to_y - y))
            for (x, y), (to_x, to_y) in pairwise((*points, points[-1]))
            for share in (0, 0.25, 0.5, 0.75)
        ]
    return frame.many(tuple(along)) + frame.many(tuple(along), -1)


def _hides(x: float, y: float, r: float, points: list[Point]) -> bool:
    return any(hypot(x - at_x, y - at_y) < r + 1 for at_x, at_y in points)


def _repeat_badge(draft: Draft, step: str, window: Window, look: Look, marked: list[Point], taken: list[Point]) -> None:
    """How often, in a corner of a step's map: repetitions at each spot, or passes where there is one.

    It stands at the lower right, or at the upper right or lower left where it would hide where a stroke leads, or one of the
    badges, whose middles are `taken`.
    """
    count = draft.book.schedule.counts.get(step)
    number = (count.times if count.times > 1 else count.passes) if count else 1
    if number < 2:
        return
    left, top, width, height = window
    r = (6.2 if draft.book.large else 4.9) * _grown(draft)
    x, y = left + width - r - 2, top + height - r - 2
    beside = r + (3.8 if draft.book.large else 3.0) * _grown(draft)
    corners = [(x, y), (x, top + r + 2), (left + r + 2, y)]
    off = [at for at in corners if not _hides(*at, beside, taken)]  # badges are never hidden where there is a way
    x, y = next((at for at in off if not _hides(*at, r, marked)), off[0] if off else (x, y))
    size = (16 if draft.book.large else 12.5) * _grown(draft)
    line = str(look.line)
    draft.circle(x, y, r + 0.6, PAPER)
    icon(draft, "repeat", x, y, 2 * r * ICON / ROUND, {"line-outer": line, "line-fill": line}, 1.6)
    draft.run(x, y + size / PT * 0.34, f"{number}×", "bold", size, draft.ink, "middle")


WHOLE = 0.82  # of its window: a picture that is shown whole
WIDE = 1.4  # width to height: two pictures shown whole that are wider are larger one above the other


def upper(draft: Draft, views: tuple[View, ...]) -> float:
    """The first one's share of a panel's height where two wide pictures stand one above the other, equally wide; else 0."""
    pictures = [draft.book.pictures(view.picture) for view in views if isinstance(view, Picture) and view.whole]
    flat = [picture.height / picture.width for picture in pictures]
    return flat[0] / sum(flat) if len(flat) == len(views) == 2 and max(flat) < 1 / WIDE else 0.0


def beside_each_other(draft: Draft, views: tuple[View, ...], window: Window) -> bool:
    """Whether the first of two photos is larger in half of a window's width than in half of its height."""
    first = views[0]
    if not isinstance(first, Picture) or not isinstance(draft.book.pictures(first.picture), Photo) or not first.crop:
        return False
    (_, _, width, height), (_, _, wide, high) = window, first.crop
    return min(width / 2 / wide, height / high) > min(width / wide, height / 2 / high)


def draw_close_up(draft: Draft, view: Picture, window: Window, look: Look) -> None:
    """A picture that fills its window, with contacts and badges; cut at the window's edges.

    All of the crop shows where the picture is large enough to fill what is left of the window; a photo fills less of it
    where its crop would be cut otherwise. One that is to be shown whole stands in its middle, with room round it.
    """
    drawing = draft.book.pictures(view.picture)
    left, top, width, height = window
    crop = view.crop or (drawing.left, drawing.top, drawing.width, drawing.height)
    if view.whole:
        k = WHOLE * min(width / crop[2], height / crop[3])
        x, y = left + (width - k * crop[2]) / 2, top + (height - k * crop[3]) / 2
        shown = (x, y, k * crop[2], k * crop[3]) if view.crop else window
        _place(draft, view, drawing, (x - k * crop[0], y - k * crop[1], k), shown, 0.1, 1.15, look)
        return
    if isinstance(drawing, Photo):
        window = _holding(view, drawing, window)
    _place(draft, view, drawing, _filling(view, drawing, window), window, 0.1, 1.15, look)


def _filling(view: Picture, drawing: Drawing | Photo, window: Window) -> tuple[float, float, float]:
    """Where a picture lies that fills its window: its corner and millimetres per art unit."""
    left, top, width, height = window
    crop = view.crop or (drawing.left, drawing.top, drawing.width, drawing.height)
    fill = max(width / drawing.width, height / drawing.height)
    k = max(fill, min(width / crop[2], height / crop[3]))
    x = _start(crop[0] + crop[2] / 2, width / k, drawing.left, drawing.width)
    y = _start(crop[1] + crop[3] / 2, height / k, drawing.top, drawing.height)
    return left - k * x, top - k * y, k


def _holding(view: Picture, photo: Photo, panel: Window) -> Window:
    """The middle of a panel, as wide and high as a photo is that shows all of its crop at the panel's height or width."""
    left, top, width, height = panel
    if not view.crop:
        return panel
    wide = min(width, photo.width * height / view.crop[3])
    high = min(height, photo.height * width / view.crop[2])
    return left + (width - wide) / 2, top + (height - high) / 2, wide, high


def _start(middle: float, shown: float, low: float, size: float) -> float:
    """Where a stretch round `middle` starts that stays inside the picture."""
    return min(max(middle - shown / 2, low), low + size - shown)


def draw_scene(
    draft: Draft,
    view: Picture,
    window: Window,
    ground: str,
    line: float = 1.0,
    panel: Window | None = None,
    words: Window | None = None,
) -> None:
    """A picture shown whole, standing on the foot of its window; a photo, which has a ground of its own, fills the panel.

    Badges keep off the `words` over it. A photo fills less of the panel's width where its crop would be cut otherwise.
    """
    drawing = draft.book.pictures(view.picture)
    if isinstance(drawing, Photo) and not view.whole:
        panel = _holding(view, drawing, panel or window)
        _place(draft, view, drawing, _filling(view, drawing, panel), panel, 0.0, line, None, ground)
        return
    left, top, width, height = window
    if view.crop and panel:  # what is cut on purpose is cut by the panel's foot
        height = panel[1] + panel[3] - top
    crop = view.crop or (drawing.left, drawing.top, drawing.width, drawing.height)
    k = min(width / crop[2], height / crop[3])
    ox = left + (width - k * crop[2]) / 2 - k * crop[0]
    oy = top + height - k * (crop[1] + crop[3])
    if view.crop:  # nothing of what is cut away
        window = (ox + k * crop[0], oy + k * crop[1], k * crop[2], k * crop[3])
    _place(draft, view, drawing, (ox, oy, k), window, 0.0, line, None, ground, words)


def _place(
    draft: Draft,
    view: Picture,
    drawing: Drawing | Photo,
    at: tuple[float, float, float],
    window: Window,
    quiet: float,
    line: float,
    look: Look | None,
    ground: str = "",
    words: Window | None = None,
) -> None:
    ox, oy, k = at
    mirrored = view.shows != "both" and draft.book.choices.get("start-side", view.shows) != view.shows
    axis = 2 * window[0] + window[2]

    def page(x: float, y: float) -> Point:
        across = ox + k * x
        return (axis - across if mirrored else across), oy + k * y

    shown = tinted(draft.theme, drawing, quiet, ground or draft.theme.ground, line, k)
    with draft.group("Figure", draft.book.say(view.alt)):
        draft.art(shown, axis - ox if mirrored else ox, oy, k, window, mirrored)
        for contact in view.contacts:
            if look is None:
                message = "contacts are drawn on the pictures of a step"
                raise InvalidFile([Problem(view.picture.place, message)])
            draw_contact(draft, page(*_point(contact, drawing, view.picture)), contact, k, look, mirrored)
        for one in view.badges:
            _badge(draft, one, _point(one, drawing, view.picture), page, window, words)


def _point(one: Badge | Contact, drawing: Drawing | Photo, picture: Words) -> Point:
    """Where a badge or contact stands, in the picture's units. Raises InvalidFile for a point that isn't published."""
    if one.on is None:
        return one.at or (0.0, 0.0)
    published = dict(drawing.data) if isinstance(drawing, Drawing) else {}
    found = published.get(f"point-{one.on}", ())
    if len(found) != 2:
        points = ", ".join(name[6:] for name in published if name.startswith("point-")) or "none"
        place = one.on.place
        raise InvalidFile([Problem(place, f"the picture {picture} publishes no point `{one.on}`; it has {points}")])
    dx, dy = one.at or (0.0, 0.0)
    return found[0] + dx, found[1] + dy


def _badge(
    draft: Draft,
    one: Badge,
    at: Point,
    page: Callable[[float, float], Point],
    window: Window,
    words: Window | None = None,
) -> None:
    """A badge at its place or beside it with a leader, wholly inside the window and off the words."""
    x, y = _spot(draft, one, at, page, window)
    r = (3.8 if draft.book.large else 3.0) * _grown(draft)
    if one.beside and words and words[0] - r < x < words[0] + words[2] + r and y < words[1] + words[3] + r:
        x = words[0] + words[2] + r
    if one.beside:
        draft.path([("M", page(*at)), ("L", (x, y))], None, draft.ink, 0.9)
    badge(draft, x, y, str(one.badge), r)


def _spot(draft: Draft, one: Badge, at: Point, page: Callable[[float, float], Point], window: Window) -> Point:
    """The middle of a badge on the page."""
    if not one.beside:
        return page(*at)
    left, top, width, height = window
    r = (3.8 if draft.book.large else 3.0) * _grown(draft)
    x, y = page(at[0] + one.beside[0], at[1] + one.beside[1])
    return min(max(x, left + r + 1), left + width - r - 1), min(max(y, top + r + 1), top + height - r - 1)
