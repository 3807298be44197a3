"""The commands for who writes files: new, check, preview."""

import io
from pathlib import Path

import pytest
import yaml
from PIL import Image

from booklet.errors import BadChoice, CannotWrite
from booklet.examining import examine
from booklet.previewing import contact_sheet
from booklet.shapes import keys_of
from booklet.starters import KINDS, write_starter

ROOT = Path(__file__).parent.parent


# --- new ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["Willow Spa", "Zoë's “Spa”", 'A "quoted" \\ name', "no: yes", "#1 Spa", "{name}"])
def test_a_starter_is_sound_as_it_is(kind: str, name: str, tmp_path: Path) -> None:
    path = write_starter(kind, name, tmp_path)
    assert yaml.safe_load(path.read_text())["name"] == name
    report = examine(path)
    assert (report.kind, report.errors, report.warnings) == (kind, (), ())


def test_a_brands_starter_shows_every_key_and_each_works() -> None:
    from booklet.branding import Brand

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
        report = examine(path)
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
