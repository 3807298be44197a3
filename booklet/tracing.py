"""A finished PDF file → what it was built from, and the command that builds it again.

The recipe may be anybody's: what it says is shown as text and never run.
"""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from booklet import __version__
from booklet.branding import brand_names, find_brand, read_brand
from booklet.errors import BadChoice, BookletError
from booklet.facts import File
from booklet.folders import routine_names, theme_names
from booklet.recipes import KEY, brand_digest
from booklet.routines import find_routine, read_routine

MOST = 20_000  # letters of a recipe
EDITIONS = ("screen", "home", "shop")
SHORT = 16  # letters of a digest that are shown


def recipe_of(file: File) -> dict[str, Any]:
    """The recipe that a file holds. Raises BadChoice."""
    text = file.info.get(KEY, "")
    if not text:
        raise BadChoice(
            f"{file.name} doesn't say what it was built from: it isn't from booklet, or from an early version"
        )
    try:
        told = json.loads(text) if len(text) <= MOST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise BadChoice(f"{file.name} holds a recipe that can't be read: somebody changed it")
    return told


def as_text(file: File, told: dict[str, Any]) -> Iterator[str]:
    """What a file was built from, in lines, ending with the command."""
    yield f"{file.name}: {_plain(told.get('edition'))} edition, {_plain(told.get('pages'))} pages, {_plain(told.get('paper'))}"
    yield f"  made by     {_plain(told.get('program'))}{_version(told)}"
    yield f"  routine     {_input(told, 'routine')}{_same_routine(told)}"
    if "lang" in told:
        yield f"  lang        {_input(told, 'lang')}"
    choices = told.get("choices")
    for name, value in choices.items() if isinstance(choices, dict) else ():
        yield f"  {_plain(name):11} {_plain(value)}"
    yield f"  theme       {_input(told, 'theme')}"
    for key in ("brand", "shop"):
        if key in told:
            yield f"  {key:11} {_input(told, key)}"
    for key in ("large-print", "for", "by", "skin", "giver-skin", "printing"):
        if told.get(key):
            yield f"  {key:11} {_plain(told[key])}"
    photos = told.get("photos")
    for name, digest in photos.items() if isinstance(photos, dict) else ():
        yield f"  photo       {_plain(name)}, sha256 {_plain(digest)[:SHORT]}"
    yield ""
    yield "Build it again, where its files lie:"
    yield f"  {command(told)}"


def command(told: dict[str, Any]) -> str:
    """The command line that builds it again."""
    edition = str(told.get("edition"))
    words = [
        "booklet",
        "build",
        _routine(told),
        *(["--edition", edition] if edition in EDITIONS else ["--format", edition]),
    ]
    choices = told.get("choices")
    for name, value in choices.items() if isinstance(choices, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            words += [f"--{name}", str(one)]
    lang = _of(told, "lang", "name")
    words += ["--lang", lang] if lang else []
    words += ["--paper", str(told.get("paper"))]
    theme = _of(told, "theme", "file")
    words += ["--theme", theme] if theme and not _theme_of_brand(told) else []
    brand = _brand(told)
    words += ["--brand", brand] if brand else []
    if edition in EDITIONS:
        words += ["--pages", str(told.get("pages"))] + ["--large-print"] * (told.get("large-print") is True)
    for key in ("for", "by", "skin", "giver-skin"):
        words += [f"--{key}", str(told[key])] if told.get(key) else []
    printing = told.get("printing")
    for key, value in printing.items() if isinstance(printing, dict) else ():
        words += ["--singles"] if (key, value) == ("duplex", "singles") else [f"--{key}", str(value)]
    if shop := _of(told, "shop", "name"):
        words += ["--shop", shop]
    if isinstance(told.get("icc"), str):
        words += ["--icc", str(told["icc"])]
    return shlex.join(_plain(word) for word in [*words, "--no-config"])


def _routine(told: dict[str, Any]) -> str:
    file = _of(told, "routine", "file")
    return Path(file).stem if Path(file).stem in routine_names() and file.endswith(".yaml") else file


def _brand(told: dict[str, Any]) -> str:
    file = _of(told, "brand", "file")
    return Path(file).stem if Path(file).stem in brand_names() else file


def _theme_of_brand(told: dict[str, Any]) -> bool:
    """Whether the theme is the brand's own file, which comes with the brand."""
    return "brand" in told and _of(told, "theme", "file") not in theme_names()


def _same_routine(told: dict[str, Any]) -> str:
    """Whether a routine that comes with the program is still the one that it was built from."""
    name = _routine(told)
    if name not in routine_names():
        return ""
    same = read_routine(find_routine(name)).digest == _of(told, "routine", "sha256")
    return " (comes with the program, unchanged)" if same else " (this version of the program has another)"


def _version(told: dict[str, Any]) -> str:
    here = f"booklet {__version__}"
    return "" if told.get("program") == here else f" (this is {here}: pages may look otherwise)"


def _input(told: dict[str, Any], key: str) -> str:
    name, file = _of(told, key, "name"), _of(told, key, "file")
    digest = _of(told, key, "sha256")[:SHORT]
    shown = ", ".join(one for one in (name, file) if one)
    changed = ""
    if key == "brand" and Path(file).stem in brand_names():
        changed = "" if _unchanged(file, told) else " (the brand of this name differs)"
    return f"{shown}, sha256 {digest}{changed}" if digest else shown


def _unchanged(file: str, told: dict[str, Any]) -> bool:
    try:
        return brand_digest(read_brand(find_brand(Path(file).stem))) == _of(told, "brand", "sha256")
    except BookletError:
        return False


def _of(told: dict[str, Any], key: str, inner: str) -> str:
    value = told.get(key)
    return _plain(value.get(inner, "")) if isinstance(value, dict) else ""


def _plain(value: object) -> str:
    """A value as it is shown: no control letters, lists and mappings in words."""
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
    return "".join(letter if letter.isprintable() else "?" for letter in str(value))
