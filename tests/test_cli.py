"""The command: what it writes and says, its exit codes, and what it leaves alone."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import MINIMAL, Done

from booklet import __version__, cli

TEA = [str(MINIMAL), "--pages", "8"]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# --- what is written
def test_two_editions_in_this_folder(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("build", *TEA)
    assert (done.code, done.err) == (0, "")
    assert files(tmp_path) == ["tea-home.pdf", "tea-screen.pdf"]
    screen, home = done.out.splitlines()
    assert screen == "tea-screen.pdf: 8 pages to read on a screen and to share."
    assert home.startswith("tea-home.pdf: 2 sheets of A4, both sides, flip on the short edge")
    assert "fold, two staples" in home
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF-") for name in files(tmp_path))


def test_a_folder_is_made(run: Callable[..., Done], tmp_path: Path) -> None:
    assert run("build", *TEA, "--out", "new/folder", "--edition", "home").code == 0
    assert files(tmp_path) == ["new/folder/tea-home.pdf"]


def test_one_edition_may_have_its_own_name(run: Callable[..., Done], tmp_path: Path) -> None:
    assert run("build", *TEA, "--edition", "screen", "--out", "mine.pdf").code == 0
    assert files(tmp_path) == ["mine.pdf"]


def test_two_editions_need_a_folder(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("build", *TEA, "--out", "mine.pdf")
    assert done.code == 1
    assert "--out mine.pdf is one file, but there are two editions (screen and home)" in done.err
    assert files(tmp_path) == []


def test_quiet(run: Callable[..., Done]) -> None:
    assert run("build", *TEA, "--quiet", "--edition", "screen") == Done(0, "", "")


def test_letter_paper(run: Callable[..., Done]) -> None:
    assert "2 sheets of Letter" in run("build", *TEA, "--paper", "letter").out


def test_the_file_has_the_rights_of_a_new_file(run: Callable[..., Done], tmp_path: Path) -> None:
    run("build", *TEA, "--edition", "screen")
    (tmp_path / "other").touch()
    assert (tmp_path / "tea-screen.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


# --- wrong choices
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--place", "gardn"], "`gardn` is no choice of `place`: home, garden, work; did you mean `garden`?"),
        (["--minutes", "4"], "`minutes` is fewer than 5 (4): choose from 5 to 20. How long it takes."),
        (["--minutes", "soon"], "`minutes` is a whole number from 5 to 20, found `soon`"),
        (["--milk", "milk", "--milk", "soap"], "Soap isn’t for drinking. Leave it out."),
        (["--paper", "a3"], "`a3` is no choice of `paper`: a4, letter"),
        (["--edition", "scren"], "`scren` is no choice of `edition`: screen, home, shop; did you mean `screen`?"),
        (
            ["--theme", "stil"],
            "there is no theme `stil`; the built-in ones are: bright, full, ink-saver, line, still; did you mean `still`?",
        ),
    ],
)
def test_wrong_choices_name_the_choices(
    run: Callable[..., Done], tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = run("build", *TEA, *arguments)
    assert (done.code, done.out) == (1, "")
    assert done.err.strip() == message
    assert files(tmp_path) == []


@pytest.mark.parametrize("pages", ["10", "twelve"])
def test_wrong_numbers_of_pages(run: Callable[..., Done], pages: str) -> None:
    done = run("build", str(MINIMAL), "--pages", pages)
    assert done.code == 1
    assert f"`{pages}` is no choice of `pages`: 8, 12, 16, 20, 24" in done.err


def test_every_wrong_choice_at_once(run: Callable[..., Done]) -> None:
    done = run("build", *TEA, "--place", "gardn", "--minutes", "4")
    assert done.code == 1
    assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--shirt", "on", "--oil", "oil"], "Oil and lotion need bare skin"),
        (["--setup", "table", "--astride", "yes"], "astride"),
        (["--limit", "fever"], "Not today"),
        (["--minutes", "7"], "fewer than 8 (7)"),
    ],
)
def test_contradictions_of_the_back_massage(
    run: Callable[..., Done], tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = run("build", *arguments)
    assert done.code == 1
    assert message in done.err
    assert files(tmp_path) == []


def test_an_unknown_routine(run: Callable[..., Done]) -> None:
    done = run("build", "back-masage")
    assert done.code == 1
    assert "there is no routine `back-masage`" in done.err
    assert "did you mean `back-massage`?" in done.err
    assert run("build", "none.yaml").err.strip() == "there is no file none.yaml"


def test_a_wrong_file_tells_all_problems(run: Callable[..., Done], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        MINIMAL.read_text().replace("title: A cup|of tea", "title:").replace("language: en-gb", "langage: en")
    )
    done = run("build", "wrong.yaml")
    assert done.code == 1
    lines = done.err.splitlines()
    assert lines[-1] == "2 problems."
    assert lines[0] == "wrong.yaml:3:7: expected a text, found nothing"
    assert lines[1].startswith("wrong.yaml:5:1: `langage` isn't known here")
    assert files(tmp_path) == ["wrong.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--colour", "red"],
        ["bild"],
        ["build", str(MINIMAL), "more"],
        ["build", "--minutes"],
        ["options", "--oil"],
    ],
)
def test_wrong_usage(run: Callable[..., Done], tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Error: " in done.err
    assert files(tmp_path) == []


# --- what stays as it was
def test_an_old_file_stays_where_nothing_is_made(run: Callable[..., Done], tmp_path: Path) -> None:
    old = tmp_path / "tea-screen.pdf"
    old.write_text("old")
    assert run("build", *TEA, "--place", "gardn").code == 1
    assert run("build", *TEA, "--place", "home", "--colour").code == 2
    assert old.read_text() == "old"
    assert files(tmp_path) == ["tea-screen.pdf"]
    assert run("build", *TEA).code == 0
    assert old.read_bytes().startswith(b"%PDF-")


def test_a_place_that_cant_be_written(run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = run("build", *TEA, "--out", "taken")
    assert done.code == 1
    assert done.err.startswith("can't write taken")
    (tmp_path / "tea-home.pdf").mkdir()
    (tmp_path / "tea-screen.pdf").write_text("old")
    done = run("build", *TEA)
    assert done.code == 1
    assert done.err.startswith("can't write ")
    assert "Traceback" not in done.err
    assert [name for name in files(tmp_path) if name.endswith(".part")] == []


# --- same input, same bytes
def test_same_bytes_in_another_process_and_on_another_day(run: Callable[..., Done], tmp_path: Path) -> None:
    run("build", *TEA, "--out", "first")
    for number, seed in enumerate(("0", "1", "4242")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{number}", "LC_ALL": "C"}
        code = "import sys; from booklet.cli import main; sys.argv = ['booklet', *sys.argv[1:]]; main()"
        command = [sys.executable, "-c", code, "build", *TEA, "--out", f"again-{seed}"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        for name in ("tea-home.pdf", "tea-screen.pdf"):
            assert (tmp_path / f"again-{seed}" / name).read_bytes() == (tmp_path / "first" / name).read_bytes()


# --- the end of the process
def test_all_that_is_printed_arrives_and_the_exit_code_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "booklet"]
    done = subprocess.run([*command, "build", *TEA, "--out", "x"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 2
    done = subprocess.run([*command, "build", "nothing.yaml"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no file nothing.yaml\n"
    assert subprocess.run([*command, "buidl"], capture_output=True).returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full disk")
def test_output_that_cant_be_written_is_a_failure() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "booklet", "--version"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode != 0
    assert b"No space left" in done.stderr


# --- help
def test_help_names_the_commands(run: Callable[..., Done]) -> None:
    done = run("--help")
    assert done.code == 0
    assert "build" in done.out
    assert "options" in done.out
    assert run("--version").out.strip() == f"booklet {__version__}"


def test_a_routines_own_options_are_flags(run: Callable[..., Done]) -> None:
    done = run("build", str(MINIMAL), "--help")
    assert done.code == 0
    for part in (
        "--place",
        "home|garden|work",
        "Where you drink it.",
        "--milk",
        "milk, lemon, soap",
        "--minutes",
        "5..20",
    ):
        assert part in done.out
    assert "\n  --setup" not in done.out
    assert "\n  --setup" in run("build", "--help").out


def test_help_comes_before_the_file_too(run: Callable[..., Done]) -> None:
    assert "--place" in run("build", "--minutes", "7", str(MINIMAL), "--help").out
    assert "--place" in run("build", "--help", str(MINIMAL)).out
    assert "--place" in run("build", "--minutes=7", "--large-print", str(MINIMAL), "--help").out


# --- formats
def test_a_format_is_one_file_and_says_how_to_print_it(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("build", str(MINIMAL), "--format", "cards", "--out", "made")
    assert (done.code, done.err) == (0, "")
    assert files(tmp_path) == ["made/tea-cards.pdf"]
    assert done.out.startswith("made/tea-cards.pdf: 1 sheet of A4, one side, actual size (100 %)")
    done = run("build", str(MINIMAL), "--format", "poster", "--paper", "letter", "--out", "wall.pdf")
    assert done.out.startswith("wall.pdf: 1 sheet of Tabloid (11 × 17 in), one side")


def test_the_format_large_print_is_the_option(run: Callable[..., Done], tmp_path: Path) -> None:
    tea = [str(MINIMAL), "--pages", "8", "--edition", "screen", "--quiet"]
    assert run("build", *tea, "--format", "large-print", "--out", "one.pdf").code == 0
    assert run("build", *tea, "--large-print", "--out", "other.pdf").code == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "cards", "--edition", "home"], "--edition doesn’t go with --format cards"),
        (["--format", "zine", "--pages", "8"], "leave --pages out"),
        (["--format", "poster", "--large-print"], "leave --large-print out"),
        (["--format", "postre"], "`postre` is no choice of `format`"),
    ],
)
def test_what_doesnt_go_with_a_format(
    run: Callable[..., Done], tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = run("build", str(MINIMAL), *arguments)
    assert done.code == 1
    assert says in done.err
    assert files(tmp_path) == []


def test_options(run: Callable[..., Done]) -> None:
    done = run("options", str(MINIMAL))
    assert done.code == 0
    for part in (
        "--place home | garden | work",
        "Default: home",
        "--milk may be given several times",
        "--minutes 5..20",
    ):
        assert part in done.out
    assert "--setup" in run("options").out
    assert "thin-bones     Thin bones" in run("options", "stretch").out  # nothing else lists it


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"yaml", "reportlab", "rich", "pydantic", "PIL", "pikepdf"}),
        (["--version"], {"yaml", "reportlab", "rich", "pydantic", "PIL", "pikepdf"}),
        (["build", "--help"], {"reportlab", "rich", "pydantic", "PIL", "pikepdf"}),
        (["options"], {"reportlab", "rich", "pydantic", "PIL", "pikepdf"}),
    ],
)
def test_nothing_is_imported_that_a_command_doesnt_need(arguments: list[str], absent: set[str]) -> None:
    loaded = {name.split(".")[0] for name in modules_after(arguments)}
    assert "typer" in loaded
    assert absent & loaded == set()


def modules_after(arguments: list[str], **environment: str) -> set[str]:
    """The names in `sys.modules` when a command has ended."""
    code = (
        "import sys\nfrom booklet.cli import main\nsys.argv = ['booklet', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('\\nloaded:', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_a_build_imports_what_it_needs_and_no_more(tmp_path: Path) -> None:
    """Where nothing is kept, fonts, profiles and YAML are read by libraries; later not even those are loaded."""
    arguments = ["build", *TEA, "--edition", "screen", "--edition", "home", "--edition", "shop", "--out", str(tmp_path)]
    never = {"pydantic", "rich", "pypdfium2", "pikepdf", "svglib", "svgelements", "zxingcpp", "numpy", "reportlab.platypus"}  # fmt: skip
    never |= {f"booklet.{name}" for name in ("batching", "completing", "examining", "previewing", "proofing", "schemas", "serving", "cli_batch", "cli_check")}  # fmt: skip
    first = modules_after(arguments, BOOKLET_CACHE=str(tmp_path / "kept"))
    assert {"yaml", "reportlab.pdfbase.ttfonts", "PIL.Image", "booklet.layout"} <= first
    assert first & never == set()
    again = modules_after(arguments, BOOKLET_CACHE=str(tmp_path / "kept"))
    assert "booklet.layout" in again
    assert again & (never | {"yaml", "reportlab", "PIL", "booklet.composing"}) == set()


def test_printing_by_hand_writes_fronts_and_backs_and_says_what_to_do(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("build", *TEA, "--edition", "home", "--duplex", "manual", "--flip", "long", "--gsm", "100")
    assert done.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tea-home-backs.pdf", "tea-home-fronts.pdf"]
    assert "tea-home-fronts.pdf: the fronts of 2 sheets of A4. Print these first, one-sided" in done.out
    assert "tea-home-backs.pdf: the backs, the last sheet first." in done.out


def test_the_shop_edition_is_made_where_a_shop_is_named(run: Callable[..., Done], tmp_path: Path) -> None:
    done = run("build", *TEA, "--shop", "cover-split", "--out", "x.pdf")
    assert done.code == 0, done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x-cover.pdf", "x-inside.pdf"]
    assert "Prepared for PDF/X-4" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--shop", "us-half-letter", "--paper", "a4"], "the shop preset us-half-letter is for --paper letter, not a4"),
        (["--shop", "europe"], "`europe` is no print shop: cover-split, europe-a5, no-marks, us-half-letter"),
        (["--gsm", "20"], "--gsm is the paper's weight in g/m², from 60 to 160, not 20"),
        (["--singles", "--duplex", "manual"], "--singles has no backs to feed by hand: leave out --duplex manual"),
        (["--flip", "lnog"], "`lnog` is no choice of `flip`: short, long; did you mean `long`?"),
        (["--ink", "gray"], "`gray` is no choice of `ink`: colour, grey, line; did you mean `grey`?"),
        (["--edition", "shop", "--icc", "none.icc"], "none.icc can't be read as an ICC profile"),
    ],
)
def test_wrong_ways_of_printing_are_told(run: Callable[..., Done], arguments: list[str], message: str) -> None:
    done = run("build", *TEA, *arguments)
    assert done.code == 1
    assert message in done.err


def test_the_switches_are_the_options_without_a_value() -> None:
    """`_named_routine` looks for the routine among the arguments before there is a parser, so it has to know them."""
    found = {"--help"}
    for name in (one for one, (_, options, *_) in cli.COMMANDS.items() if options):
        group: Any = typer.main.get_command(cli.app([name]))
        for option in group.commands[name].params:
            if getattr(option, "is_flag", False):
                found |= {one for one in (*option.opts, *option.secondary_opts) if one.startswith("--")}
    assert found == cli.SWITCHES | set(cli.WATCHES)
