"""The screen edition: standards, tag tree and spoken text, fields, links, bytes."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from booklets import build
from screens import complaints_about
from spoken import Reader, outline, spoken

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = [
    {"setup": "floor"},
    {"setup": "floor", "pages": 8, "theme": "line"},
    {"setup": "bed", "pages": 24, "shirt": "off", "oil": "oil", "minutes": 60},
    {"setup": "chair", "minutes": 45, "large_print": True},
    {"setup": "side", "minutes": 60, "limit": ["pregnant"]},
    {"setup": "table", "pages": 12, "theme": "ink-saver", "receiver": "Zoë & <Łukasz>", "giver": "Ben (B.)"},
]
IDS = ["-".join(str(value) for value in case.values()) for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_screen_edition_conforms_and_is_small(case: dict[str, Any]) -> None:
    booklet = build(**case)
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []


def test_the_validator_would_tell() -> None:
    """A file that lost its tags fails both standards: the check can fail."""
    booklet = build(setup="floor")
    with pikepdf.open(io.BytesIO(booklet.edition("screen"))) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.Metadata
        broken = io.BytesIO()
        pdf.save(broken)
    assert len(complaints_about(broken.getvalue(), booklet.pages)) > 2


@pytest.mark.parametrize(("name", "read"), [("tags", outline), ("spoken", spoken)])
def test_the_tag_tree_and_what_is_said_are_as_they_were(name: str, read: Any) -> None:
    """Goldens of the floor booklet; BOOKLET_GOLDEN=write writes them anew, to be read before they are kept."""
    found = "\n".join(read(build(setup="floor").edition("screen"))) + "\n"
    golden = HERE / "golden" / f"floor-{name}.txt"
    if os.environ.get("BOOKLET_GOLDEN") == "write":
        golden.write_text(found)
    assert found == golden.read_text()


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_listener_hears_no_signs(case: dict[str, Any]) -> None:
    """No clock time, dash between numbers, times sign, middle dot, mark or placeholder is read out as it stands."""
    for line in spoken(build(**case).edition("screen")):
        for sign in ("–0", "–1", "–2", "–3", " · ", "×", "**", "{", "}", ":fr["):
            assert sign not in line, line
        assert not any(
            word.strip(".,;)").replace(":", "").isdigit() and ":" in word.strip(".,;:)") for word in line.split()
        ), line


def test_foreign_words_have_their_language() -> None:
    reader = Reader(build(setup="table", pages=20).edition("screen"))
    found = []

    def visit(element: Any) -> None:
        if "/Lang" in element:
            found.append((str(element.Lang), reader.text(element)))
        for kid in reader.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                visit(kid)

    visit(reader.root())
    assert found == [("fr", "Effleurage"), ("fr", "Pétrissage")]


def test_the_file_opens_as_a_reader_expects() -> None:
    with pikepdf.open(io.BytesIO(build().edition("screen"))) as pdf:
        root = pdf.Root
        assert root.PageLayout == "/SinglePage"
        assert root.OpenAction[0].objgen == pdf.pages[0].objgen
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.PageLabels.Nums[1].S == "/D"
        assert root.MarkInfo.Marked
        assert b"<dc:title>" in root.Metadata.read_bytes()
        assert all(one.get("/Tabs") == "/S" for one in pdf.pages if "/Annots" in one)
        with pdf.open_outline() as entries:
            assert len(entries.root) == 15


def test_every_box_and_line_is_a_field_with_a_name_of_its_own() -> None:
    with pikepdf.open(io.BytesIO(build(giver="Ann").edition("screen"))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        names = [str(field.T) for field in fields]
        assert len(names) == len(set(names))
        assert not [name for name in names if "." in name]
        assert all(str(field.TU) for field in fields)
        boxes = sum(len([one for one in page.get("/Annots", []) if one.get("/FT") == "/Btn"]) for page in pdf.pages)
        assert boxes > 25
        assert {"Date", "Giver", "Receiver", "Comfort before", "Emergency number"} <= set(names)
        assert str(next(field for field in fields if field.T == "Giver").V) == "Ann"
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_the_home_edition_prints_what_stands_in_the_fields_and_has_none() -> None:
    data = build(giver="Annabel").edition("home")
    document = pymupdf.open(stream=data)
    assert "Annabel" in "".join(page.get_text() for page in document)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/StructTreeRoot" not in pdf.Root
        assert not any("/Annots" in page for page in pdf.pages)


def test_fields_are_filled_in_and_saved_in_mupdf() -> None:
    document = pymupdf.open(stream=build().edition("screen"))
    wanted: dict[str, str | bool] = {
        "Date": "22 Nov 2026",
        "Receiver": "Zoë",
        "two clean towels": True,
        "pets out": True,
    }
    for page in document:
        for widget in page.widgets():
            if widget.field_name in wanted:
                before = page.get_pixmap(clip=widget.rect, dpi=100).samples
                widget.field_value = wanted[widget.field_name]
                widget.update()
                assert page.get_pixmap(clip=widget.rect, dpi=100).samples != before, widget.field_name
    saved = document.tobytes()
    with pikepdf.open(io.BytesIO(saved)) as pdf:
        values = {str(field.T): str(field.V) for field in pdf.Root.AcroForm.Fields if field.get("/V", "/Off") != "/Off"}
    assert values == {"Date": "22 Nov 2026", "Receiver": "Zoë", "two clean towels": "/Yes", "pets out": "/Yes"}


def test_the_same_booklet_has_the_same_bytes_under_another_hash_seed(tmp_path: Path) -> None:
    files = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [
            sys.executable,
            "-c",
            "from booklet.cli import main; main()",
            "build",
            "--setup",
            "bed",
            "--out",
            str(out),
        ]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        files.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert files[0] == files[1]
    assert len(files[0]) == 2
