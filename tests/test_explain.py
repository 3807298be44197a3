"""The commands `explain` and `inspect`."""

import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from booklets import back_massage, build
from conftest import MINIMAL, Done

from booklet.building import Request, make
from booklet.editions import Printing
from booklet.errors import BadChoice
from booklet.explaining import explain
from booklet.folders import folder
from booklet.inspecting import inspect
from booklet.objects import File, string
from booklet.routines import read_routine
from booklet.shops import read_shop
from booklet.tracing import as_text, command, recipe_of


# --- explain --------------------------------------------------------------------------------------------------------
def line_of(text: str) -> int:
    """The number of the first line of the built-in routine that has the text."""
    lines = back_massage().path.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if line == text)


def test_steps_are_in_or_out_with_their_lines_and_reasons() -> None:
    told = "\n".join(explain(build(setup="bed", minutes="12", limit=["osteoporosis"])))
    assert f"  line {line_of('  tracks:'):<5} out  tracks: is left out with limit osteoporosis\n" in told
    assert f"  line {line_of('  heels:'):<5} in   heels: page 11\n" in told
    assert f"  line {line_of('  turn:'):<5} out  turn: asks for setup side; setup is bed\n" in told
    assert "  line 32    setup bed\n" in told
    assert ", the default\n" in told


def test_the_time_adds_up_in_the_table() -> None:
    lines = list(explain(build(minutes="20")))
    table = lines[lines.index("Time") + 2 : next(i for i, one in enumerate(lines) if one.startswith("  together"))]
    clocks = [line.split()[1:4] for line in table]
    assert clocks[0][0] == "0:00"
    assert "  together 20:00; last column: passes × spots × times" in lines
    for (_, stop, _), (start, _, _) in pairwise(clocks):
        assert start >= stop or len(start) > len(stop)


def test_items_name_the_branch_that_is_used(tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    text = MINIMAL.read_text().replace("title: Hot!", "title:\n      choose:\n        - when: {place: garden}\n          use: Wasps!\n        - use: Hot!")  # fmt: skip
    path.write_text(text)
    at = text.splitlines().index("        - when: {place: garden}") + 1
    garden = "\n".join(explain(make(read_routine(path), {"place": "garden"}, Request())))
    assert f"  line {at:<5} in   chapters.care.title “Wasps!”: place is garden" in garden
    home = "\n".join(explain(make(read_routine(path), {}, Request())))
    assert f"  line {at + 2:<5} in   chapters.care.title “Hot!”: the last branch, as no other holds" in home


def test_the_command_has_the_routines_own_flags(run: Callable[..., Done]) -> None:
    done = run("explain", "--setup", "chair", "--minutes", "20")
    assert done.code == 0
    assert done.out.startswith("back-massage: 16 pages on a4, for these choices\n")
    assert "setup chair" in done.out
    assert "Oil and lotion need bare skin" in run("explain", "--oil", "oil").err
    assert "--setup" in run("explain", "--help").out


# --- inspect --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "flags",
    [
        ["--edition", "screen", "--setup", "bed", "--for", "Anna O’Hara", "--limit", "tender", "--limit", "cleared"],
        ["--edition", "home", "--brand", "stillwater", "--flip", "long", "--gsm", "100", "--ink", "grey"],
        ["--edition", "shop", "--paper", "letter", "--theme", "line", "--skin", "brown"],
        ["--edition", "home", "--singles", "--large-print"],
        ["--format", "poster", "--for", "Anna"],
        ["--edition", "shop", "--icc", "own.icc"],
        ["--edition", "shop", "--shop", "mine.yaml"],
    ],
    ids=lambda flags: "-".join(flags[1:4:2]),
)
def test_the_command_that_is_told_builds_the_same_bytes(flags: list[str], run: Callable[..., Done]) -> None:
    shops = folder("templates") / "shops"
    Path("own.icc").write_bytes(read_shop(shops / "us-half-letter.yaml").profile.read_bytes())
    Path("mine.yaml").write_text((shops / "no-marks.yaml").read_text().replace("name: no-marks", "name: mine"))
    assert run("build", *flags, "--out", "one", "--quiet").err == ""
    (first,) = Path("one").iterdir()
    told = run("inspect", str(first))
    words = shlex.split(told.out.splitlines()[-1])
    assert words[:2] == ["booklet", "build"]
    again = run(*words[1:], "--out", "two", "--quiet")
    assert (again.code, again.err) == (0, "")
    (second,) = Path("two").iterdir()
    assert second.read_bytes() == first.read_bytes()


def test_the_recipe_says_what_it_was_built_from(run: Callable[..., Done]) -> None:
    run("build", "--edition", "screen", "--brand", "stillwater", "--by", "Ben")
    told = json.loads(run("inspect", "back-massage-screen.pdf", "--format", "json").out)
    assert told["routine"] == {"file": "back-massage.yaml", "sha256": back_massage().digest}
    assert told["brand"]["name"] == "Stillwater Spa"
    assert (told["edition"], told["pages"], told["by"]) == ("screen", 16, "Ben")
    assert "for" not in told
    shown = run("inspect", "back-massage-screen.pdf").out
    assert "comes with the program, unchanged" in shown
    assert "differs" not in shown


def test_names_that_stand_on_no_page_are_not_in_the_file() -> None:
    booklet = build(receiver="Anna")
    assert '"for":"Anna"' in booklet.meta("screen").recipe
    unnamed = tuple(replace(page, items=()) for page in booklet.pages)
    assert "Anna" not in replace(booklet, pages=unnamed).meta("screen").recipe


def test_where_files_lie_is_not_in_the_file(tmp_path: Path) -> None:
    made = []
    for name in ("here", "there"):
        path = tmp_path / name / "tea.yaml"
        path.parent.mkdir()
        path.write_text(MINIMAL.read_text())
        made.append(make(read_routine(path), {}, Request()).edition("screen"))
        assert name not in make(read_routine(path), {}, Request()).meta("screen").recipe
    assert made[0] == made[1]


def pdf_with(recipe: str) -> bytes:
    """A file of one page, with a recipe that somebody wrote."""
    file = File("1.7")
    page, root = file.reserve(), file.reserve()
    file.put(page, f"<< /Type /Page /Parent {root} /MediaBox [0 0 9 9] /Resources << >> >>")
    file.put(root, f"<< /Type /Pages /Count 1 /Kids [{page}] >>")
    catalog = file.add(f"<< /Type /Catalog /Pages {root} >>")
    return file.finish(catalog, file.add(f"<< /BookletRecipe {string(recipe)} >>"))


@pytest.mark.parametrize(
    "recipe",
    ["{", "[]", "7", "[" * 9000, '{"x":"' + "x" * 30_000 + '"}'],
    ids=["open", "list", "number", "deep", "long"],
)
def test_a_recipe_that_is_none(recipe: str) -> None:
    with pytest.raises(BadChoice, match="holds a recipe that can't be read: somebody changed it"):
        recipe_of(inspect(pdf_with(recipe), "x.pdf"))


@pytest.mark.parametrize(
    "recipe",
    [
        "{}",
        '{"routine":7,"choices":[1],"brand":"x","photos":3,"printing":[2]}',
        '{"choices":{"a; rm -rf /":["$(date)"]},"routine":{"file":"../../etc/passwd\\u001b[31m"}}',
        '{"photos":{"x":{"y":[1,null]}},"edition":null}',
    ],
)
def test_a_recipe_is_shown_and_nothing_else(recipe: str) -> None:
    file = inspect(pdf_with(recipe), "x.pdf")
    told = recipe_of(file)
    text = "\n".join(as_text(file, told))
    assert "\x1b" not in text
    assert command(told).startswith("booklet build ")
    assert "; rm" not in command(told) or "'--a; rm -rf /'" in command(told)


def test_files_without_a_recipe_are_told(run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf_with(""))
    assert "x.pdf doesn't say what it was built from" in run("inspect", "x.pdf").err
    (tmp_path / "x.pdf").write_bytes(b"hello")
    assert "x.pdf isn't a PDF file" in run("inspect", "x.pdf").err
    assert "can't read nowhere.pdf" in run("inspect", "nowhere.pdf").err


def test_printing_is_told_where_it_differs() -> None:
    recipe = build(printing=Printing(flip="long")).meta("home").recipe
    assert '"printing":{"flip":"long"}' in recipe
