"""A routine may show photos that lie beside it."""

import io
from pathlib import Path

import pikepdf
import pytest
from conftest import MINIMAL
from PIL import Image

from booklet.building import Booklet, Request, make
from booklet.errors import InvalidFile
from booklet.routines import read_routine


def build(folder: Path) -> Booklet:
    text = MINIMAL.read_text(encoding="utf-8")
    text = text.replace("    look: ring\n", "    look: ring\n    views:\n      - {picture: cup, alt: A cup.}\n", 1)
    (folder / "my.yaml").write_text(text, encoding="utf-8")
    return make(read_routine(folder / "my.yaml"), {}, Request())


@pytest.mark.parametrize(("ending", "mode"), [("jpg", "RGB"), ("png", "RGB"), ("png", "RGBA"), ("png", "P")])
def test_a_photo_is_embedded_once(tmp_path: Path, ending: str, mode: str) -> None:
    Image.new("RGB", (60, 40), "#a05030").convert(mode).save(tmp_path / f"cup.{ending}")
    data = build(tmp_path).edition("screen")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        images = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert [(int(one.Width), int(one.Height)) for one in images][:1] == [(60, 40)]


def test_a_file_that_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "cup.jpg").write_bytes(b"no picture")
    with pytest.raises(InvalidFile, match=r"cup\.jpg.*is no usable picture"):
        build(tmp_path)
