"""The user's own defaults: a YAML file of keys and values, read with the project's reader and written whole.

What a key may be is checked whenever the file is read or changed, so that a wrong value is told with its line.
"""

import os
import re
import sys
from collections.abc import Mapping as MappingABC
from dataclasses import replace
from pathlib import Path

from booklet.conditions import Option, nearest
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.folders import look
from booklet.languages import TAG
from booklet.model import Words
from booklet.reading import Mapping, Node, Scalar, clipped, describe_node, read_yaml
from booklet.records import dataclass
from booklet.routines import RoutineFile, find_routine, read_routine, read_value
from booklet.theming import find_theme, read_theme
from booklet.writing import SHEETS, write_all

HEAD = "# What booklet does unless told otherwise. `booklet config` shows and changes it."
CHOICE = "choice."  # before the name of a routine's own option
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]*")  # what needs no quotes in YAML
PRINTER = re.compile(r"[^\s/#-][^\s/#]{0,126}")  # what CUPS allows as a printer's name
GSM = (60, 160)
FILES = ("routine", "theme")  # these may be files of the user's own


@dataclass(frozen=True, slots=True)
class Setting:
    """A default of `booklet build`: what it is where the file doesn't say, and its choices where they are fixed."""

    default: str
    choices: tuple[str, ...] = ()


SETTINGS = {
    "routine": Setting("back-massage"),
    "lang": Setting(""),
    "paper": Setting("a4", tuple(SHEETS)),
    "theme": Setting("still"),
    "flip": Setting("short", ("short", "long")),
    "duplex": Setting("auto", ("auto", "manual")),
    "backs": Setting("last-first", ("last-first", "first-first")),
    "gsm": Setting("80"),
    "ink": Setting("colour", ("colour", "grey", "line")),
    "skin": Setting(""),
    "giver-skin": Setting(""),
    "printer": Setting(""),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says, in its order; every value knows its place. `comments` are the lines above a key, or at the end."""

    path: Path
    values: MappingABC[str, Words]
    comments: MappingABC[str, tuple[str, ...]]

    def routine(self) -> RoutineFile:
        """The routine that is made where none is named."""
        return read_routine(find_routine(self.values.get("routine", SETTINGS["routine"].default)))

    def flags(self, arguments: list[str]) -> dict[str, str]:
        """The defaults of `booklet build` by the name of their flag, but for those that flags among the arguments overrule."""
        given = {argument.partition("=")[0] for argument in arguments}
        beaten = {"paper"} if "--shop" in given else set()  # a shop's preset is for its own paper
        beaten |= {"duplex"} if "--singles" in given else set()
        return {
            key: str(value)
            for key, value in self.values.items()
            if not key.startswith(CHOICE) and key != "routine" and key not in beaten
        }

    def choices(self, file: RoutineFile) -> dict[str, str | list[str]]:
        """The defaults of a routine's own options. Those that only another routine has are left out.

        Raises InvalidFile for an option that neither this routine nor the usual one has, and for wrong values.
        """
        problems: list[Problem] = []
        found: dict[str, str | list[str]] = {}
        for key, value in self.values.items():
            name = key.removeprefix(CHOICE)
            if name == key or (name not in _own(file) and name in _own(self.routine())):
                continue
            try:
                found[name] = _choice(name, value, file)
            except BadChoice as error:
                problems.append(Problem(value.place, str(error)))
        if problems:
            raise InvalidFile(problems)
        return found

    def told(self, arguments: list[str]) -> str:
        """What the file has chosen beside the arguments, where choices contradict each other; or nothing."""
        given = {argument.partition("=")[0].removeprefix("--") for argument in arguments}
        chosen = {key.removeprefix(CHOICE): value for key, value in self.values.items() if key.startswith(CHOICE)}
        listed = ", ".join(f"--{name} {value}" for name, value in chosen.items() if name not in given)
        return f"\nFrom {self.path}: {listed}; --no-config leaves out what it says." if listed else ""


NONE = Settings(Path(), {}, {})


# --- the file -----------------------------------------------------------------------------------------------------
def settings_file(
    environment: MappingABC[str, str] = os.environ, system: str = sys.platform, home: Path | None = None
) -> Path:
    """Where the settings lie on this machine (XDG Base Directory Specification; the usual places of Windows and macOS)."""
    named = Path(environment.get("XDG_CONFIG_HOME", ""))
    if named.is_absolute():
        return named / "booklet" / "config.yaml"
    home = home or _home()
    base = home / ".config"
    if system == "win32":
        base = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    elif system == "darwin":
        base = home / "Library" / "Application Support"
    return base / "booklet" / "config.yaml"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without an entry and without HOME, as in some containers
        return Path("/")


def read_settings(path: Path, besides: str = "") -> Settings:
    """Reads the file; none at all is no settings. Raises InvalidFile; the key `besides` isn't checked: it will be changed."""
    try:
        if not look(path).stat().st_size:
            return Settings(path, {}, {})
    except FileNotFoundError:
        return Settings(path, {}, {})
    except OSError:
        pass  # the reader tells
    node = read_yaml(path)
    if not isinstance(node, Mapping):
        raise InvalidFile([Problem(node.place, f"settings are keys with values, found {describe_node(node)}")])
    values = {
        key: Words(value.text if isinstance(value, Scalar) else "", value.place) for key, value in node.items.items()
    }
    problems = [
        problem
        for key, value in node.items.items()
        if key != besides and (problem := _problem(key, value, node.keys[key], values))
    ]
    if problems:
        raise InvalidFile(problems)
    return Settings(path, values, _comments(path, node))


def settings_for(arguments: list[str]) -> Settings:
    """The user's settings, unless the arguments or the environment leave them out."""
    if "--no-config" in arguments or os.environ.get("BOOKLET_NO_CONFIG", "0") not in ("", "0"):
        return NONE
    return read_settings(settings_file())


def _problem(key: str, value: Node, place: Place, values: dict[str, Words]) -> Problem | None:
    try:
        check_name(key)
    except BadChoice as error:
        return Problem(place, str(error))
    if not isinstance(value, Scalar) or not value.text:
        return Problem(value.place, f"expected one value for `{key}`, found {describe_node(value)}")
    try:
        check_value(key, value.text, values)
    except BadChoice as error:
        return Problem(value.place, str(error))
    return None


def _comments(path: Path, node: Mapping) -> dict[str, tuple[str, ...]]:
    """The comments that stand on lines of their own, by the key that follows them; "" for those after the last."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    found, done = {}, 0
    for key, end in [*((key, place.line - 1) for key, place in node.keys.items()), ("", len(lines))]:
        found[key] = tuple(line for line in lines[done:end] if line.lstrip().startswith("#") and line != HEAD)
        done = end
    return found


def changed(settings: Settings, key: str, value: str | None) -> Settings:
    """The settings with another value for the key, or without it. Raises BadChoice."""
    values = dict(settings.values)
    if value is None:
        values.pop(key, None)
        return replace(settings, values=values)
    check_name(key)
    if key in FILES and Path(value).is_file():
        value = str(Path(value).resolve())
    check_value(key, value, values)
    if key.startswith(CHOICE):
        _choice(key.removeprefix(CHOICE), value, settings.routine())
    return replace(settings, values=values | {key: Words(value, Place(str(settings.path), 1, 1))})


def write_settings(settings: Settings) -> None:
    """Writes the file whole, keys and comments in their order. Raises CannotWrite."""
    import json  # most commands do without

    lines = [HEAD]
    for key, value in settings.values.items():
        lines += settings.comments.get(key, ())
        lines.append(f"{key}: {value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)}")
    lines += settings.comments.get("", ())
    if not settings.values:
        lines.append("{}")
    path = settings.path.resolve()  # where it is a link to a file kept elsewhere, the link stays
    write_all({path: ("\n".join(lines) + "\n").encode()})


# --- keys and values ----------------------------------------------------------------------------------------------
def check_name(key: str) -> None:
    """Raises BadChoice for a key that isn't known."""
    if key not in SETTINGS and not key.startswith(CHOICE):
        known = f"{', '.join(SETTINGS)} or {CHOICE}NAME"
        raise BadChoice(f"there is no setting {clipped(key)}: {known}{nearest(key, SETTINGS)}")


def check_value(key: str, value: str, others: MappingABC[str, str]) -> None:
    """Raises BadChoice for what can't be the value of a known key, beside these others; choices are left to the routine."""
    if not value.strip(" ,"):
        raise BadChoice(f"`{key}` needs a value; `booklet config --unset {key}` forgets it")
    if not value.isprintable():
        raise BadChoice(f"{clipped(ascii(value))} has a letter that can't be kept for `{key}`")
    match key:
        case "routine":
            find_routine(value)
        case "theme":
            find_theme(value)
        case "skin" | "giver-skin":
            skins = read_theme(find_theme(others.get("theme", SETTINGS["theme"].default))).skins
            _one_of(key, value, tuple(skins))
        case "gsm":
            low, high = GSM
            if not re.fullmatch("[0-9]{1,9}", value) or not low <= int(value) <= high:
                raise BadChoice(f"`gsm` is a whole number from {low} to {high}, found {clipped(value)}")
        case "lang":
            if not TAG.fullmatch(value):
                raise BadChoice(f"{clipped(value)} is no language: write its short name, such as de or es-mx")
        case "printer":
            if not PRINTER.fullmatch(value):
                raise BadChoice(f"{clipped(value)} is no name of a printer: one word, without `/` and `#`")
        case _:
            if key in SETTINGS:
                _one_of(key, value, SETTINGS[key].choices)


def _one_of(key: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise BadChoice(f"{clipped(value)} is no choice of `{key}`: {', '.join(known)}{nearest(value, known)}")


def _own(file: RoutineFile) -> list[str]:
    return [option.name for option in file.own_options]


def own_option(name: str, file: RoutineFile) -> Option:
    """A routine's own option. Raises BadChoice."""
    known = _own(file)
    if name not in known:
        raise BadChoice(f"{file.path.stem} has no option {clipped(name)}: {', '.join(known)}{nearest(name, known)}")
    return file.options[name]


def _choice(name: str, value: str, file: RoutineFile) -> str | list[str]:
    """A value for a routine's own option, several of them where it may be given several times. Raises BadChoice."""
    option = own_option(name, file)
    given = [one for one in re.split(r"[\s,]+", value) if one] if option.several else str(value)
    read_value(option, given)
    return given
