"""The tint that shows how firm hands press: how much of it, where it lies, and that it never lies on the spine."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from booklets import build

from booklet.building import Booklet
from booklet.drafting import Draft
from booklet.errors import InvalidFile
from booklet.figures import Drawing
from booklet.inks import Screen
from booklet.items import PT, Clip, Item, PathPart, Shape, walk
from booklet.model import Dots, Loops, MapName, MapView, Points, Pulls, Rest, Rings, Route, Stroke, Zone
from booklet.pdf import Meta, Output, Placed, Side, write
from booklet.shading import PALER, half_widths, halves, touched
from booklet.strokes import Frame, quieted
from booklet.theming import PAPER, find_theme, mix, read_theme, rgb
from booklet.views import BESIDE, STEP, draw_map, tinted

CM = Frame(0, 0, 19, -46, 1)  # a page on which a millimetre is a centimetre of the back, y up is less
BACKS = ["back-a-bare", "back-a-shirt", "back-b-bare", "back-b-shirt"]


def tints(booklet: Booklet, step: str) -> list[str]:
    """The colours laid over the map of a step, the deepest clip last."""
    page = booklet.pages[booklet.book.pages[step] - 1]
    found: list[str] = []

    def inside(items: tuple[Item, ...], depth: int) -> None:
        for item in items:
            if isinstance(item, Clip):
                inside(item.items, depth + 1)
            elif isinstance(item, Shape) and depth >= 4 and item.fill:
                found.append(item.fill)

    for figure in walk(page.items):
        inside(getattr(figure, "items", ()) if not isinstance(figure, Clip) else (), 0)
    return found


def expected(booklet: Booklet, step: str, share: float) -> str:
    look = booklet.book.theme.looks[booklet.routine.steps[step].look]
    fit = STEP if step == "rub" else BESIDE
    drawing = booklet.book.pictures(booklet.routine.maps["back"].picture)
    shown = tinted(booklet.book.theme, drawing, fit.quiet, booklet.book.theme.ground, 1, 1)
    assert isinstance(shown, Drawing)
    role = "shirt" if shown.name.endswith("shirt") else "receiver-skin"
    surface = next(one.colour for one in shown.outlines if one.role == role)
    return mix(look.fill, mix(surface, PAPER, PALER), share)


@pytest.mark.parametrize(
    ("choices", "step", "shares"),
    [
        ({}, "rub", [0.20]),
        ({}, "heels", [0.35, 0.20]),
        ({"pressure": "firm"}, "heels", [0.50, 0.20]),
        ({"pressure": "firm", "setup": "bed"}, "heels", [0.35, 0.20]),
        ({"pressure": "light"}, "heels", [0.20]),
        ({"limit": ["osteoporosis"]}, "heels", [0.10]),
        ({"shirt": "off"}, "sides", [0.35, 0.20]),
        ({"limit": ["tender"]}, "tracks", [0.20]),
    ],
)
def test_the_tint_is_as_strong_as_the_pressure_that_is_left(choices: Any, step: str, shares: list[float]) -> None:
    """10, 20, 35 and 50 % of the move's colour; where a light zone caps the pressure at 2, 20 %."""
    booklet = build(**choices)
    assert tints(booklet, step) == [expected(booklet, step, share) for share in shares]


@pytest.mark.parametrize("theme", ["ink-saver", "line"])
def test_themes_that_save_ink_have_none(theme: str) -> None:
    booklet = build(theme=theme)
    assert [tints(booklet, step) for step in ("rub", "heels", "sides", "tracks")] == [[], [], [], []]


@pytest.mark.parametrize("step", ["rub", "heels", "sides", "tracks"])
@pytest.mark.parametrize("shirt", ["on", "off"])
def test_in_grey_a_tint_still_differs_from_the_body(step: str, shirt: str) -> None:
    booklet = build(shirt=shirt)
    assert abs(luma(tints(booklet, step)[0]) - luma(expected(booklet, step, 0))) > 15


@pytest.mark.parametrize("skin", read_theme(find_theme("still")).skins)
@pytest.mark.parametrize("step", ["rub", "heels", "sides", "tracks"])
def test_on_every_skin_a_line_goes_round_the_tint(step: str, skin: str) -> None:
    """Green on brown skin has the same grey as the skin: the line keeps it apart."""
    booklet = build(shirt="off", skin=skin)
    page = booklet.pages[booklet.book.pages[step] - 1]
    surface = booklet.book.theme.skins[skin].skin
    shown = quieted(surface, "receiver-skin", (STEP if step == "rub" else BESIDE).quiet, booklet.book.theme.ground)
    line = mix(booklet.book.theme.looks[booklet.routine.steps[step].look].line, shown, 0.4)
    assert line in [item.stroke for item in walk(page.items) if isinstance(item, Shape)]
    assert abs(luma(line) - luma(shown)) > 15


def luma(colour: str) -> float:
    return sum(share * part for share, part in zip((0.299, 0.587, 0.114), rgb(colour), strict=True))


# --- where it lies
def span(parts: list[PathPart]) -> tuple[float, float, float, float]:
    """Left, foot, right and head of a path, in centimetres from the base of the spine."""
    points = [(n[i], n[i + 1]) for _, n in parts for i in range(0, len(n), 2)]
    xs, ys = [x for x, _ in points], [-y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize(
    ("stroke", "hand", "box"),
    [  # centimetres by hand: 19 to an x-unit, 46 to a y-unit
        (Rings(((0.5, 0.5),), 1.5), (6, 4), (9.5 - 3.5, 23 - 3.5, 9.5 + 3.5, 23 + 3.5)),
        (Route(((0.3, 0.1), (0.5, 0.1), (0.5, 0.2), (0.3, 0.2)), 1.5), (6, 4), (5.7 - 3.5, 1.1, 9.5 + 3.5, 9.2 + 3.5)),
        (Pulls((0.2, 0.4), ((0.2, 0), (0.6, 0))), (6, 2), (3.8 - 1, 9.2 - 3, 11.4 + 1, 18.4 + 3)),
        (Pulls((0.2, 0.3), ((0.2, 0), (0.6, 0))), (18, 8.5), (3.8 - 4.25, 9.2 - 4.6, 11.4 + 4.25, 13.8 + 4.6)),
        (Dots(0.17, (0.1, 0.9), 0.9), (2, 2), (3.23 - 1.9, 4.6 - 1.9, 3.23 + 1.9, 41.4 + 1.9)),
        (Loops((((0.2, 0.2), (0.2, 0.8), (0.8, 0.8), (0.8, 0.2)),)), (18, 8.5), None),
        (Rest(((0, 0),)), (18, 8.5), ()),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_what_a_hand_touches(stroke: Stroke, hand: tuple[float, float], box: Any, sign: int) -> None:
    parts = touched(CM, [stroke], sign, hand)
    if box == ():
        assert parts == []
    elif box is None:  # a loop of curves: half a hand more than the curves reach, all round
        left, foot, right, head = span(parts)
        assert (right - left, head - foot) == pytest.approx((0.75 * 19 + 8.5, 0.75 * 46 + 8.5), rel=0.02)
    else:
        left, foot, right, head = box
        wanted = (left, foot, right, head) if sign > 0 else (-right, foot, -left, head)
        assert span(parts) == pytest.approx(wanted, abs=0.35)  # round ends are made of straight pieces


@pytest.mark.parametrize("sign", [1, -1])
def test_shapes_turn_the_same_way_so_that_they_add_up(sign: int) -> None:
    strokes: list[Stroke] = [
        Loops((((0.2, 0.2), (0.2, 0.8), (0.8, 0.8), (0.8, 0.2)),)),
        Route(((0.3, 0.1), (0.5, 0.1), (0.5, 0.2), (0.3, 0.2))),
        Pulls((0.2, 0.4), ((0.2, 0), (0.6, 0))),
        Dots(0.17, (0.1, 0.9), 0.9),
    ]
    for stroke in strokes:
        loop: list[tuple[float, ...]] = []
        for letter, numbers in touched(CM, [stroke], sign, (6, 4)):
            if letter == "Z":
                pairs = zip(loop, [*loop[1:], loop[0]], strict=True)
                assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) > 0
                loop = []
            else:
                loop.append(numbers[-2:])


@pytest.mark.parametrize("name", BACKS)
def test_the_body_is_as_wide_as_the_picture_publishes_and_narrows_to_the_neck(name: str) -> None:
    booklet = build()
    drawing = booklet.book.pictures(name)
    assert isinstance(drawing, Drawing)
    widths = dict(half_widths(drawing))
    trunk = dict(drawing.data)["trunk"]
    assert [widths[y] for y in trunk[::2]] == list(trunk[1::2])
    shoulders = [x for y, x in sorted(widths.items()) if 0.93 < y < 1.03]
    assert shoulders == sorted(shoulders, reverse=True)
    assert 0.2 < widths[max(widths)] < 0.45  # half a neck: 4 to 9 cm


def test_tints_keep_off_the_spine_the_neck_and_the_arms() -> None:
    around = build().routine.maps["back"]
    widths: Points = ((-0.14, 0.8), (0.5, 0.7), (1.0, 0.5), (1.1, 0.3))
    points = [(n[0] / 19, -n[1] / 46) for letter, n in halves(CM, widths, around) if letter != "Z"]
    assert min(abs(x) for x, _ in points) == pytest.approx(0.07)
    assert max(x for x, _ in points) == pytest.approx(0.8)
    assert (min(y for _, y in points), max(y for _, y in points)) == pytest.approx((-0.14, 1.02))


def test_a_picture_that_publishes_no_trunk_has_no_known_body() -> None:
    bare = Drawing("x", 0, 0, 1, 1, (), (("origin", (0.0, 0.0)), ("unit", (1.0, -1.0))))
    assert half_widths(bare) == ()


def test_shades_are_percentages(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("like: still\nname: t\nshades: [10, 120]\n")
    with pytest.raises(InvalidFile, match="`shades` are percentages, from 0 to 100, found 120"):
        read_theme(path)
    assert read_theme(find_theme("still")).shades == (10, 20, 35, 50)


@pytest.mark.parametrize("body", ["broad", "slim"])
def test_zones_show_only_on_the_body(body: str) -> None:
    """A light zone that is drawn far beyond the body puts its dots on the body and nothing beside it."""
    book = build(body=body).book
    zone = Zone("light", ((0.3, 0.2), (1.4, 0.2), (1.4, 0.5), (0.3, 0.5)), True)
    maps = {"back": replace(book.routine.maps["back"], zones=(zone,))}
    draft = Draft(replace(book, routine=replace(book.routine, maps=maps)), 1)
    view = MapView(MapName("back", book.routine.name.place), show=("light",))
    frame = draw_map(draft, view, (8, 8, 130, 140), STEP, draft.theme.looks["wave"], "", PAPER)
    side = Side(draft.width * PT, draft.height * PT, (Placed(draft.page()),))
    page = (
        pypdfium2.PdfDocument(write((side,), Meta("x", "en"), Output(Screen())))[0]
        .render(scale=4)
        .to_pil()
        .convert("RGB")
    )

    def dots(low: float, high: float) -> int:
        """Pixels in the zone's ink between two x, where the zone is."""
        corners = (*frame(low, 0.48), *frame(high, 0.22))
        found = page.crop([round(n * PT * 4) for n in corners]).tobytes()
        ink = bytes.fromhex(draft.ink[1:])
        return sum(found[i : i + 3] == ink for i in range(0, len(found), 3))

    assert dots(0.35, 0.6) > 100
    assert dots(0.86, 1.35) == 0


def test_a_map_without_light_zones_is_tinted_evenly() -> None:
    book = build().book
    around = book.routine.maps["back"]
    zones = tuple(zone for zone in around.zones if zone.zone != "light")
    draft = Draft(replace(book, routine=replace(book.routine, maps={"back": replace(around, zones=zones)})), 1)
    view = next(one for one in book.routine.steps["heels"].views if isinstance(one, MapView))
    draw_map(draft, view, (8, 8, 130, 140), BESIDE, draft.theme.looks["ring"], "heels")
    clips = [item for item in walk(tuple(draft.items)) if isinstance(item, Clip)]
    assert all(clip.path for clip in clips)  # a clip without a path would hide the rest of the page
