"""Where strokes may go: the rule's numbers, and that the built-in routine keeps it on every body."""

from dataclasses import replace

import pypdfium2
import pytest
from booklets import back_massage, build

from booklet.errors import InvalidFile
from booklet.inks import Screen
from booklet.items import PT, Art, Page
from booklet.model import Arrow, Dots, MapView, Pulls, Rings, Routine
from booklet.pdf import Meta, Output, Placed, Side, write
from booklet.reach import check_reach, points_of
from booklet.routines import choose
from booklet.strokes import calibrate
from booklet.tailoring import tailor


def routine(**choices: str) -> Routine:
    file = back_massage()
    return tailor(file, choose(file, choices))


def moved(base: Routine, step: str, stroke: object) -> Routine:
    view = next(view for view in base.steps[step].views if isinstance(view, MapView))
    changed = replace(base.steps[step], views=(replace(view, strokes=(stroke,)),))
    return replace(base, steps={**base.steps, step: changed})


def test_a_heel_keeps_its_circle_and_half_its_width_off_the_spine() -> None:
    base = routine()
    least = 0.07 + (1.5 + 2) / 19  # zone, circle, half a heel 4 cm wide
    check_reach(moved(base, "heels", Rings(((least, 0.3),), 1.5)))
    with pytest.raises(InvalidFile, match="presses on the no-press zone"):
        check_reach(moved(base, "heels", Rings(((least - 0.001, 0.3),), 1.5)))


def test_finger_pads_may_come_back_lightly() -> None:
    base = routine()
    check_reach(moved(base, "sides", Pulls((0.5,), ((0.13, 0), (0.6, 0)), ((0.6, 0.02), (0.05, 0.02)))))
    with pytest.raises(InvalidFile, match=r"keep x at 0\.12 or more"):
        check_reach(moved(base, "sides", Pulls((0.5,), ((0.11, 0), (0.6, 0)))))


def test_light_hands_may_glide_over_the_spine() -> None:
    base = routine(pressure="light")
    check_reach(moved(base, "heels", Rings(((0.2, 0.3),), 1.5)))


def test_a_stroke_that_leaves_the_map_is_told_with_its_place() -> None:
    with pytest.raises(InvalidFile, match=r"leaves the map at \(0.17, 1.1\)"):
        check_reach(moved(routine(), "tracks", Dots(0.17, (0.04, 1.1), 0.9)))


@pytest.mark.parametrize("shirt", ["on", "off"])
@pytest.mark.parametrize("setup", ["floor", "chair", "side"])
def test_every_stroke_lies_on_the_body(shirt: str, setup: str) -> None:
    """Rendered, the map's picture is body, not ground, under every point of every stroke of every step."""
    booklet = build(shirt=shirt, setup=setup)
    base, around = booklet.routine, booklet.routine.maps["back"]
    drawing = booklet.book.pictures(around.picture)
    scale = 1 / PT  # one art unit a millimetre
    page = Page(1, drawing.width * scale, drawing.height * scale, (Art(drawing, 0, 0, scale, (0, 0, 9999, 9999)),))
    data = write((Side(page.width, page.height, (Placed(page),)),), Meta("map", "en"), Output(Screen()))
    image = pypdfium2.PdfDocument(data)[0].render(scale=PT).to_pil().convert("RGB")
    x0, y0, ux, uy, _ = calibrate(drawing, around, around.picture.place)
    for step in base.steps.values():
        for view in step.views:
            for stroke in view.strokes if isinstance(view, MapView) else ():
                for x, y in () if isinstance(stroke, Arrow) else points_of(stroke):  # an arrow shows the way beside it
                    for sign in (1, -1):
                        spot = (round(x0 + ux * x * sign), round(y0 + uy * y))
                        assert image.getpixel(spot) != (255, 255, 255), (str(step.name), x * sign, y)
