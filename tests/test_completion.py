"""What shells complete: commands, options, a routine's choices, names; in a real bash. And the help of every command."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINIMAL, Done
from typer.main import get_command

from booklet.cli import app
from booklet.cli_schema import SHELLS
from booklet.completing import candidates
from booklet.folders import routine_names

ROOT = Path(__file__).parent.parent


def proposed(*words: str) -> list[str]:
    """What may stand in place of the last of the words."""
    return [word for word, _ in candidates(list(words), len(words) - 1, app)]


ROUTINES = routine_names()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("bu",), ["build"]),
        (("new", ""), ["routine", "theme", "brand"]),
        (("schema", "b"), ["brand"]),
        (("completion", ""), list(SHELLS)),
        (("build", ""), ROUTINES),
        (("build", "--oil", ""), ["none", "oil", "lotion"]),
        (("build", "--oil", "o"), ["oil"]),
        (("build", "--oil", "=", "l"), ["lotion"]),  # as bash splits it
        (("build", "--oil", "="), ["none", "oil", "lotion"]),
        (("build", "--oil=l"), ["--oil=lotion"]),
        (("build", "--limit", "te"), ["tender"]),
        (("build", str(MINIMAL), "--place", ""), ["home", "garden", "work"]),
        (("build", "--paper", "a4", str(MINIMAL), "--milk", ""), ["milk", "lemon", "soap"]),
        (("build", "nowhere.yaml", "--pap"), ["--paper"]),
        (("build", "--setup", "bed", "--set"), []),  # given once only
        (("build", "--limit", "tender", "--lim"), ["--limit"]),
        (("build", "--theme", "s"), ["still"]),
        (("preview", "--brand", "s"), ["stillwater"]),
        (("build", "--shop", "eu"), ["europe-a5"]),
        (("build", "--skin", "p"), ["porcelain"]),
        (("build", "--edition", ""), ["screen", "home", "shop"]),
        (("build", "--minutes", ""), []),
        (("build", "--icc", ""), []),
        (("build", "--large-print", ""), ROUTINES),
        (("build", "back-massage", ""), []),
        (("batch", "--routine", ""), ROUTINES),
        (("batch", "places.csv", "--routine", str(MINIMAL), "--place", "w"), ["work"]),
        (("config", "the"), ["theme"]),
        (("config", "flip", ""), ["short", "long"]),
        (("config", "theme", "l"), ["line"]),
        (("proof", ""), []),
        (("nothing", ""), []),
    ],
)
def test_what_is_proposed(words: tuple[str, ...], expected: list[str]) -> None:
    assert proposed(*words) == expected


def test_commands_and_their_help() -> None:
    found = dict(candidates([""], 0, app))
    assert found["build"] == "Make the booklet."
    assert "complete" not in found  # which is for the shell
    assert "--version" in proposed("--v")


def test_options_are_those_of_the_routine() -> None:
    assert "--place" in proposed("build", str(MINIMAL), "--")
    assert "--place" not in proposed("build", "--")
    assert {"--setup", "--paper", "--help"} <= set(proposed("build", "--"))
    labels = dict(candidates(["build", "--setup", ""], 2, app))
    assert labels["floor"] == "On the floor"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["booklet", "pre"], ["preview"]),
        (["booklet", "build", "--setup", "ch"], ["chair"]),
        (["booklet", "build", "--setup", "=", "ch"], ["chair"]),
        (["booklet", "build", "--theme", ""], sorted(path.stem for path in (ROOT / "templates" / "themes").glob("*"))),
        (["booklet", "build", "--for", ""], []),
    ],
)
def test_a_real_bash_completes(tmp_path: Path, line: list[str], expected: list[str]) -> None:
    words = " ".join(f"'{word}'" for word in line)
    script = (
        f'booklet() {{ {sys.executable} -m booklet "$@"; }}; source <(booklet completion bash); '
        f"COMP_WORDS=({words}); COMP_CWORD={len(line) - 1}; _booklet; "
        'printf "%s\\n" "${COMPREPLY[@]}"; complete -p booklet >&2'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "BOOKLET_NO_CONFIG": "1"},
        check=True,
    )
    assert done.stdout.split() == expected
    assert done.stderr.strip() == "complete -o default -F _booklet booklet"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell(run: Callable[..., Done], shell: str) -> None:
    done = run("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "booklet complete " in done.out


def test_another_shell(run: Callable[..., Done]) -> None:
    done = run("completion", "zhs")
    assert done.code == 1
    assert "`zhs` is no choice of `SHELL`: bash, zsh, fish; did you mean `zsh`?" in done.err


# --- help -----------------------------------------------------------------------------------------------------------
COMMANDS = get_command(app([])).commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run: Callable[..., Done], name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0
    example = done.out.partition("Example: ")[2].splitlines()[0]
    assert example.startswith(f"booklet {name}")
    bare = [one.name for one in COMMANDS[name].params if not (one.param_type_name == "argument" or one.help)]
    assert bare == []
