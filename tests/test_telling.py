"""Alternative texts are told from the data that draw the figure."""

from dataclasses import replace

from booklets import build, figures

from booklet.items import Group, walk
from booklet.model import Loops, MapView
from booklet.telling import directions, tell


def test_the_basic_rub_is_told_from_its_loops() -> None:
    booklet = build()
    view = booklet.routine.steps["rub"].views[0]
    assert isinstance(view, MapView)
    assert tell(booklet.book, view, "rub") == (
        "Flat hands glide beside the spine in 4 loops on both halves: up, out, down and in, each loop smaller than the"
        " one before. Hatched: never press on the bones of the spine. A line with a cross: go no higher than the"
        " base of the neck."
    )
    fewer = replace(
        view, strokes=tuple(replace(one, loops=one.loops[:2]) for one in view.strokes if isinstance(one, Loops))
    )
    assert "in 2 loops" in tell(booklet.book, fewer, "rub")


def test_the_half_that_comes_first_is_the_one_that_is_told() -> None:
    for side, other in (("left", "right"), ("right", "left")):
        told = " ".join(figure.alt for figure in figures(build(start_side=side)))
        assert f"7 strokes on the {side} half" in told
        assert f"strokes on the {other} half" not in told


def test_on_the_side_all_that_is_told_is_on_the_half_on_top() -> None:
    for side, other in (("left", "right"), ("right", "left")):
        told = [figure.alt for figure in figures(build(setup="side", start_side=side))]
        turned = [alt for alt in told if f"on the {other} half" in alt]  # on the cue card, after turning over
        assert [alt.split(".")[0] for alt in turned] == ["Basic rub", "Heel circles", "Side strokes", "Muscle tracks"]
        told = " ".join(alt for alt in told if alt not in turned)
        assert f"15 spots in a line up beside the spine on the {side} half." in told
        assert f"4 loops on the {side} half:" in told
        assert "on both halves" not in told
        assert f"lies on the {other} side" in told


def test_directions_leave_out_small_moves() -> None:
    book = build().book
    assert (
        directions(book, ((0.2, 0.1), (0.21, 0.5), (0.25, 0.55), (0.8, 0.6), (0.7, 0.1), (0.2, 0.1)))
        == "up, out, down and in"
    )


def test_every_figure_of_every_setup_is_told() -> None:
    for setup in ("floor", "bed", "table", "chair", "side"):
        for figure in figures(build(setup=setup, shirt="off")):
            assert figure.alt.endswith(".")
            assert "{" not in figure.alt


def test_the_tint_is_told_with_the_pressure_that_is_left() -> None:
    for choices, step, words in (
        ({}, "heels", "medium pressure."),
        ({"pressure": "firm"}, "heels", "firm pressure."),
        ({"limit": ["osteoporosis"]}, "heels", "very light pressure."),
        ({}, "rub", "Tinted where the hands press: light pressure."),
    ):
        booklet = build(**choices)
        page = booklet.pages[booklet.book.pages[step] - 1]
        told = [one.alt for one in walk(page.items) if isinstance(one, Group) and "Tinted" in one.alt]
        assert len(told) == 1
        assert words in told[0]
    card = " ".join(figure.alt for figure in figures(build(theme="line")))
    assert "Tinted" not in card
