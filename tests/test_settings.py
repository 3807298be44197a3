"""The user's own defaults: what is kept, what is refused, and what `build` makes of them."""

import string
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINIMAL, Done
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import DEFAULT
from booklet.cli_build import PRINT_OPTIONS
from booklet.errors import BadChoice, InvalidFile, Problem
from booklet.folders import theme_names
from booklet.settings import HEAD, SETTINGS, changed, check_value, read_settings, settings_file, write_settings

TEA = [str(MINIMAL), "--pages", "8"]


@pytest.fixture
def config(run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of settings, which isn't there yet; the command uses it."""
    monkeypatch.delenv("BOOKLET_NO_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    return tmp_path / "xdg" / "booklet" / "config.yaml"


# --- where
@pytest.mark.parametrize(
    ("environment", "system", "path"),
    [
        ({}, "linux", "/home/anna/.config/booklet/config.yaml"),
        ({"XDG_CONFIG_HOME": "/etc/mine"}, "linux", "/etc/mine/booklet/config.yaml"),
        ({"XDG_CONFIG_HOME": "not/absolute"}, "linux", "/home/anna/.config/booklet/config.yaml"),
        ({}, "darwin", "/home/anna/Library/Application Support/booklet/config.yaml"),
        ({"XDG_CONFIG_HOME": "/etc/mine"}, "darwin", "/etc/mine/booklet/config.yaml"),
        ({"APPDATA": "/users/anna/roaming"}, "win32", "/users/anna/roaming/booklet/config.yaml"),
        ({}, "win32", "/home/anna/AppData/Roaming/booklet/config.yaml"),
    ],
)
def test_where_it_lies(environment: dict[str, str], system: str, path: str) -> None:
    assert settings_file(environment, system, Path("/home/anna")) == Path(path)


def test_the_defaults_are_those_of_the_flags() -> None:
    for name, setting in SETTINGS.items():
        key = name.replace("-", "_")
        if key in PRINT_OPTIONS:
            assert setting.default == str(PRINT_OPTIONS[key][1] or {"paper": "a4", "theme": "still"}.get(key, ""))
    assert SETTINGS["routine"].default == DEFAULT


# --- laws
WORD = st.text(string.ascii_letters + string.digits + "-_.:äß字☃'\"`!?%&=,", min_size=1, max_size=30).filter(
    lambda word: word[0] != "-"
)
VALUES: dict[str, st.SearchStrategy[str]] = {
    name: st.sampled_from(setting.choices) for name, setting in SETTINGS.items() if setting.choices
} | {
    "theme": st.sampled_from(theme_names()),
    "gsm": st.integers(60, 160).map(str),
    "skin": st.sampled_from(["porcelain", "light", "tan", "brown", "dark"]),
    "giver-skin": st.sampled_from(["porcelain", "light", "tan", "brown", "dark"]),
    "printer": WORD,
    "choice.setup": st.sampled_from(["floor", "bed", "table", "chair"]),
    "choice.shirt": st.sampled_from(["on", "off"]),
    "choice.minutes": st.integers(8, 90).map(str),
    "choice.limit": st.lists(st.sampled_from(["tender", "cleared", "fever"]), min_size=1).map(",".join),
}
CHANGES = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(lambda key: st.tuples(st.just(key), st.none() | VALUES[key])), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(CHANGES)
def test_what_is_set_is_read_back_in_its_order(changes: list[tuple[str, str | None]]) -> None:
    """After any changes, each written and read again, the file holds what a dictionary would."""
    expected: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "config.yaml"
        for key, value in changes:
            if value is None:
                expected.pop(key, None)
            else:
                expected[key] = value
            write_settings(changed(read_settings(path), key, value))
            kept = read_settings(path)
            assert list(kept.values.items()) == list(expected.items())
            assert [one.place.line for one in kept.values.values()] == list(range(2, len(expected) + 2))
        assert sorted(one.name for one in path.parent.glob("*")) == ["config.yaml"] * bool(changes)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(VALUES)), st.text(max_size=40))
def test_any_value_is_kept_or_refused_in_words(key: str, value: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        try:
            new = changed(read_settings(path), key, value)
        except BadChoice:
            assert not path.exists()
        else:
            write_settings(new)
            assert read_settings(path).values == {key: value}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_file_is_read_or_refused_with_its_places(content: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        problems: tuple[Problem, ...] = ()
        try:
            read_settings(path)
        except InvalidFile as error:
            problems = error.problems
        assert all(problem.place.file == str(path) for problem in problems)


# --- the command
def test_all_settings_and_where_they_come_from(run: Callable[..., Done], config: Path) -> None:
    lines = run("config").out.splitlines()
    assert lines[0] == f"{config} (not there yet)"
    assert [line.split()[0] for line in lines[1 : len(SETTINGS) + 1]] == list(SETTINGS)
    assert all(line.endswith("  default") for line in lines[1:])
    assert ["choice.setup", "floor", "default"] in [line.split() for line in lines]
    run("config", "flip", "long")
    run("config", "choice.setup", "bed")
    lines = run("config").out.splitlines()
    assert lines[0] == str(config)
    assert [line.split() for line in lines if "file" in line] == [
        ["flip", "long", "file,", "line", "2"],
        ["choice.setup", "bed", "file,", "line", "3"],
    ]


def test_one_setting(run: Callable[..., Done], config: Path) -> None:
    assert run("config", "flip") == Done(0, "short\n", "")
    assert run("config", "flip", "long") == Done(0, f"flip: long (kept in {config})\n", "")
    assert run("config", "flip") == Done(0, "long\n", "")
    assert config.read_text() == f"{HEAD}\nflip: long\n"
    assert run("config", "--unset", "flip") == Done(0, f"flip is no longer set in {config}.\n", "")
    assert run("config", "flip") == Done(0, "short\n", "")
    assert run("config", "--unset", "flip") == Done(0, f"flip isn't set in {config}.\n", "")
    assert run("config", "skin").out == "the theme's\n"
    assert run("config", "choice.limit").out == "none\n"


def test_comments_and_the_order_stay(run: Callable[..., Done], config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text(
        f"{HEAD}\n# the laser upstairs\nprinter: hp-2\npaper: letter\n\n# tested in May\nflip: long\n# end\n"
    )
    run("config", "paper", "a4")
    run("config", "gsm", "100")
    run("config", "--unset", "printer")
    assert config.read_text() == f"{HEAD}\npaper: a4\n# tested in May\nflip: long\ngsm: 100\n# end\n"


def test_a_link_to_a_file_kept_elsewhere_stays(run: Callable[..., Done], config: Path, tmp_path: Path) -> None:
    config.parent.mkdir(parents=True)
    (tmp_path / "dotfiles.yaml").write_text("ink: grey\n")
    config.symlink_to(tmp_path / "dotfiles.yaml")
    assert run("config", "flip", "long").code == 0
    assert config.is_symlink()
    assert (tmp_path / "dotfiles.yaml").read_text() == f"{HEAD}\nink: grey\nflip: long\n"


UNKNOWN = ": routine, lang, paper, theme, flip, duplex, backs, gsm, ink, skin, giver-skin, printer or choice.NAME"
REFUSED = [
    ("flip", "lng", "`lng` is no choice of `flip`: short, long; did you mean `long`?"),
    ("paper", "a3", "`a3` is no choice of `paper`: a4, letter"),
    ("ink", "gray", "`gray` is no choice of `ink`: colour, grey, line; did you mean `grey`?"),
    ("gsm", "200", "`gsm` is a whole number from 60 to 160, found `200`"),
    ("gsm", "thick", "`gsm` is a whole number from 60 to 160, found `thick`"),
    ("skin", "brwn", "`brwn` is no choice of `skin`: porcelain, light, tan, brown, dark; did you mean `brown`?"),
    (
        "theme",
        "stil",
        "there is no theme `stil`; the built-in ones are: bright, full, ink-saver, line, still; did you mean `still`?",
    ),
    ("routine", "none.yaml", "there is no file none.yaml"),
    ("printer", "the big one", "`the big one` is no name of a printer: one word, without `/` and `#`"),
    ("papr", "a4", f"there is no setting `papr`{UNKNOWN}; did you mean `paper`?"),
]


@pytest.mark.parametrize(("key", "value", "message"), REFUSED)
def test_wrong_values_are_refused(run: Callable[..., Done], config: Path, key: str, value: str, message: str) -> None:
    assert run("config", key, value) == Done(1, "", f"{message}\n")
    assert not config.exists()


def test_wrong_choices_are_refused(run: Callable[..., Done], config: Path) -> None:
    names = "setup, shirt, oil, minutes, pressure, start-side, astride, pace, body, limit"
    done = run("config", "choice.setpu", "bed")
    assert done.err == f"back-massage has no option `setpu`: {names}; did you mean `setup`?\n"
    assert "did you mean `table`?" in run("config", "choice.setup", "tabel").err
    assert "`minutes` is more than 90 (99)" in run("config", "choice.minutes", "99").err
    assert not config.exists()


@pytest.mark.parametrize(("key", "value", "message"), REFUSED)
def test_wrong_values_in_the_file_are_told_with_their_places(
    run: Callable[..., Done], config: Path, key: str, value: str, message: str
) -> None:
    config.parent.mkdir(parents=True)
    config.write_text(f"backs: first-first\n{key}: {value}\n")
    column = 1 if key == "papr" else len(key) + 3
    for command in (["config"], ["build", *TEA]):
        assert run(*command) == Done(1, "", f"{config}:2:{column}: {message}\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("paper: [a4, letter]\n", ":1:8: expected one value for `paper`, found a list"),
        ("paper:\n", ":1:7: expected one value for `paper`, found nothing"),
        ("- paper\n", ":1:1: settings are keys with values, found a list"),
        ("paper: a4\npaper: letter\n", ":2:1: `paper` stands here a second time (first on line 1)"),
        ('paper: "a4\n', ":1:8: isn't YAML: no quote closes the one that opens here"),
        ("choice.setpu: bed\n", ":1:15: minimal has no option `setpu`: place, milk, minutes"),
        ("choice.setup: hammock\n", ""),  # an option of the built-in routine, not of this one
    ],
)
def test_a_broken_file(run: Callable[..., Done], config: Path, content: str, message: str) -> None:
    config.parent.mkdir(parents=True)
    config.write_text(content)
    done = run("build", *TEA, "--edition", "screen")
    assert (done.code, done.err) == ((1, f"{config}{message}\n") if message else (0, ""))
    assert run("build", *TEA, "--edition", "screen", "--no-config").code == 0


def test_a_wrong_value_can_be_mended_by_the_command(run: Callable[..., Done], config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("flip: lng\npapr: a4\n")
    assert run("config", "flip", "long").code == 1  # the other one is still wrong
    assert run("config", "--unset", "papr").code == 1
    config.write_text("flip: lng\n")
    assert run("config", "flip", "long").code == 0
    config.write_text("papr: a4\nflip: long\n")
    assert run("config", "--unset", "papr").code == 0
    assert config.read_text() == f"{HEAD}\nflip: long\n"


def test_files_are_kept_with_their_whole_path(run: Callable[..., Done], config: Path, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(MINIMAL.read_text())
    assert run("config", "routine", "tea.yaml").code == 0
    assert read_settings(config).values["routine"] == str(tmp_path / "tea.yaml")
    assert run("config", "choice.place", "garden").code == 0
    done = run("build", "--pages", "8", "--edition", "screen", "--out", "elsewhere")
    assert done.out == "elsewhere/tea-screen.pdf: 8 pages to read on a screen and to share.\n"


# --- what build makes of it
def test_settings_are_the_defaults_and_flags_win(run: Callable[..., Done], config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("paper: letter\nflip: long\ngsm: 100\nchoice.setup: bed\n")
    home = ["build", *TEA, "--edition", "home"]
    assert "2 sheets of Letter, both sides, flip on the long edge" in run(*home).out
    assert "2 sheets of A4, both sides, flip on the long edge" in run(*home, "--paper", "a4").out
    assert "2 sheets of A4, both sides, flip on the short edge" in run(*home, "--no-config").out
    assert "one sheet of Letter" in run("test-sheet").out
    assert "one sheet of A4" in run("test-sheet", "--no-config").out
    shown = " ".join(run("build", *TEA, "--help").out.split())
    assert "The paper it is printed on. [default: letter]" in shown
    assert "[default: 100]" in shown


def test_the_environment_leaves_them_out(
    run: Callable[..., Done], config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("paper: lettr\n")
    monkeypatch.setenv("BOOKLET_NO_CONFIG", "1")
    assert run("build", *TEA, "--edition", "screen").code == 0
    monkeypatch.setenv("BOOKLET_NO_CONFIG", "0")
    assert run("build", *TEA, "--edition", "screen").code == 1


def test_flags_of_which_settings_would_stand_in_the_way(run: Callable[..., Done], config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("paper: letter\nduplex: manual\n")
    assert "8 pages, one on each side of Letter" in run("build", *TEA, "--edition", "home", "--singles").out
    done = run("build", *TEA, "--shop", "europe-a5")
    assert (done.code, done.err) == (0, "")


def test_choices_that_contradict_say_where_they_come_from(run: Callable[..., Done], config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("choice.shirt: off\nchoice.oil: oil\nchoice.limit: tender\n")
    done = run("build", "--shirt", "on", "--limit", "cleared")
    assert done.code == 1
    assert done.err.splitlines() == [
        "Oil and lotion need bare skin, and the shirt is on. Choose --shirt off, or leave the oil out.",
        f"From {config}: --oil oil; --no-config leaves out what it says.",
    ]


def test_a_value_that_yaml_would_read_otherwise(tmp_path: Path) -> None:
    """Quotes are written where they are needed."""
    path = tmp_path / "config.yaml"
    for name in ("hp: 2", "a\\b", "{x}", "'q'", '"', "~", "- x", "é", "@home"):
        if " " in name:
            with pytest.raises(BadChoice):
                check_value("printer", name, {})
            continue
        write_settings(changed(read_settings(path), "printer", name))
        assert read_settings(path).values == {"printer": name}
