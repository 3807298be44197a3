"""The commands for who writes files: new, check, preview."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from booklets import complaints
from PIL import Image
from screens import complaints_about

from booklet.building import Request, make, make_loose
from booklet.cli_build import FORMAT_NAMES
from booklet.editions import EDITIONS
from booklet.errors import BadChoice, CannotWrite
from booklet.examining import examine
from booklet.kinds import keys_of
from booklet.previewing import contact_sheet
from booklet.reading import Mapping, Scalar, read_yaml
from booklet.routines import read_routine
from booklet.shops import find_shop, read_shop
from booklet.starters import KINDS, write_starter
from booklet.theming import Theme, read_theme

ROOT = Path(__file__).parent.parent


# --- new ------------------------------------------------------------------------------------------------------------
SHOWN = {"brand": "name", "routine": "title", "theme": "name"}  # the key under which the name stands


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["Willow Spa", "Zoë's “Spa”", 'A "quoted" \\ name', "no: yes", "#1 Spa", "Off"])
def test_a_starter_is_sound_as_it_is(kind: str, name: str, tmp_path: Path) -> None:
    path = write_starter(kind, name, tmp_path)
    node = read_yaml(path)
    assert isinstance(node, Mapping)
    shown = node.items[SHOWN[kind]]
    assert isinstance(shown, Scalar)
    assert shown.text == (path.stem if kind == "theme" else name)
    report = examine(path)
    assert (report.kind, report.errors, report.warnings) == (kind, (), ())


def test_a_brands_name_may_be_anything_and_a_routines_has_no_marks(tmp_path: Path) -> None:
    assert yaml.safe_load(write_starter("brand", "{name}", tmp_path).read_text())["name"] == "{name}"
    for name, mark in (("{name}", "{"), ("a} b", "}"), ("so **bold**", r"\*\*")):
        with pytest.raises(BadChoice, match=f"can't be a title: take the {mark} out"):
            write_starter("routine", name, tmp_path)
    for kind in ("routine", "theme"):
        with pytest.raises(BadChoice, match=f"can't be the name of a {kind}: use the letters a to z"):
            write_starter(kind, "растяжка", tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_lies_beside_a_starter_and_is_the_programs(kind: str, tmp_path: Path) -> None:
    beside = tmp_path / f"{kind}.schema.json"
    beside.write_text("of an older program")
    path = write_starter(kind, "Mine", tmp_path)
    assert path.read_text().splitlines()[0] == f"# yaml-language-server: $schema={beside.name}"
    assert beside.read_text() == (ROOT / "templates" / "schema" / beside.name).read_text()


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"minutes": "4"},
        {"minutes": "10", "place": "standing", "limit": ["sore-neck"]},
        {"large": True},
        {"large": True, "minutes": "10", "place": "standing", "limit": ["sore-neck"]},
        {"pages": 8, "minutes": "10"},
        {"theme": "ink-saver"},
        {"theme": "bright"},
    ],
)
def test_a_routines_starter_builds_in_all_editions(choices: dict[str, Any], paper: str, tmp_path: Path) -> None:
    file = read_routine(write_starter("routine", "Five minutes|at your desk", tmp_path))
    asked = dict(choices)
    preset = read_shop(find_shop("europe-a5" if paper == "a4" else "us-half-letter"))
    request = Request(paper, asked.pop("theme", ""), asked.pop("large", False), asked.pop("pages", None), shop=preset)
    booklet = make(file, asked, request)
    assert complaints(booklet) == []
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []
    for edition in EDITIONS:
        assert all(data.startswith(b"%PDF-") for data in booklet.files(edition).values())


@pytest.mark.parametrize("name", FORMAT_NAMES[2:])
def test_a_routines_starter_makes_every_format(name: str, tmp_path: Path) -> None:
    file = read_routine(write_starter("routine", "Stretch", tmp_path))
    assert make_loose(name, file, {}, Request()).loose(name).startswith(b"%PDF-")


def test_a_routines_starter_shows_every_idea_and_is_about_no_hands_on_a_back(tmp_path: Path) -> None:
    text = write_starter("routine", "Stretch", tmp_path).read_text()
    for idea in ("when:", "unless:", "choose:", "contradictions:", "views:", "card:", "repeat:", "timeline:", "pause:", "checks:", "plans:", "fill:", "brief:", "notices:", "{minutes}", "{page stop}", "{clock rest}"):  # fmt: skip
        assert idea in text, idea
    spoken = " ".join(line for line in text.lower().splitlines() if "back-massage" not in line)
    assert not any(word in spoken for word in ("massage", "pressure", "spine", "giver", "receiver", "oil"))


def test_a_themes_starter_shows_every_key_and_each_works(tmp_path: Path) -> None:
    path = write_starter("theme", "Mine", tmp_path)
    words = path.read_text().split("like: still", 1)[1]
    awake = [line[2:] if re.match(r"# +[a-z0-9-]+:( |$)", line) else line for line in words.splitlines()]
    path.write_text("like: still\n" + "\n".join(awake[1:]) + "\n")
    shown = yaml.safe_load(path.read_text())
    assert set(keys_of(Theme)) <= set(shown)
    theme = read_theme(path)
    assert (theme.receiver_skin, theme.art, theme.type.normal["title"][0]) == ("olive", "grey", "semibold")


def test_a_brands_starter_shows_every_key_and_each_works() -> None:
    from booklet.brands import Brand

    text = (ROOT / "templates" / "starters" / "brand.yaml").read_text()
    awake = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and ":" in line and not line.startswith("# Look") else line
        for line in text.splitlines()
    )
    shown = yaml.safe_load("\n".join(line for line in awake.splitlines() if not line.startswith(("Colours", "Then", "A QR", "The logo stands"))).replace("{name}", "Spa").replace("{file}", "f"))  # fmt: skip
    missing = set(keys_of(Brand)) - set(shown)
    assert not missing


def test_a_starter_never_overwrites(tmp_path: Path) -> None:
    path = write_starter("brand", "Spa", tmp_path)
    path.write_text("mine")
    with pytest.raises(CannotWrite, match=r"spa.yaml is there already: take another name, or move it away"):
        write_starter("brand", "Spa", tmp_path)
    assert path.read_text() == "mine"
    with pytest.raises(BadChoice, match="has no letter or digit"):
        write_starter("brand", "…", tmp_path)


# --- check ----------------------------------------------------------------------------------------------------------
def test_a_brand_is_checked_on_all_its_covers(tmp_path: Path) -> None:
    path = tmp_path / "spa.yaml"
    path.write_text(f"name: Spa\ncontact:\n  address: {'A very long street name indeed, ' * 8}\n")
    report = examine(path)
    assert report.kind == "brand"
    assert any(f"{path}:3:12" in str(problem) for problem in report.errors), report.errors


def test_what_a_brand_offers_is_built(tmp_path: Path) -> None:
    path = tmp_path / "spa.yaml"
    path.write_text("name: Spa\noffers:\n  setup: [table, chair]\nchoices:\n  setup: chair\n")
    assert examine(path).looked_at == "in 6 booklets"
    path.write_text("name: Spa\noffers:\n  setup: [tabel]\n")
    assert "tabel" in str(examine(path).errors[0])


@pytest.mark.parametrize("kind", ["brands", "themes", "routines"])
def test_what_comes_with_the_program_has_nothing_wrong(kind: str) -> None:
    paths = sorted((ROOT / "templates" / kind).glob("*.yaml"))
    assert paths
    for path in paths:
        if "." in path.stem:
            continue  # a translation: tests/test_translating.py
        report = examine(path, lang="en" if kind == "routines" else "")
        assert report.kind == kind.removesuffix("s")
        assert not report.errors


def test_every_wrong_file_is_wrong_for_check_too() -> None:
    """The files beside their messages: `check` finds the first of each."""
    paths = sorted((ROOT / "tests" / "wrong").glob("*.yaml"))
    assert paths
    silent = [path.name for path in paths if not examine(path).errors]
    assert silent == ["shape-missing-keys.yaml"]  # a name alone is a brand


# --- preview --------------------------------------------------------------------------------------------------------
def test_pictures_stand_in_rows() -> None:
    pages = [Image.new("RGB", (20, 30), "#FFFFFF") for _ in range(5)]
    with Image.open(io.BytesIO(contact_sheet(pages, 2, 50))) as sheet:
        assert sheet.size == (2 * 20 + 3 * 6, 3 * 36 + 6)
        assert sheet.getpixel((6 + 20 + 6, 6)) == (255, 255, 255)
        assert sheet.getpixel((6 + 20 + 3, 6)) != (255, 255, 255)
    with Image.open(io.BytesIO(contact_sheet(pages[:2], 2, 50, pairs=True))) as spread:
        assert spread.size == (2 * 20 + 2 * 6, 36 + 6)
