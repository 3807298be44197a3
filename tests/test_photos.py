"""A routine may show photos that lie beside it."""

import io
from pathlib import Path

import pikepdf
import pytest
from conftest import MINIMAL
from PIL import Image

from booklet.building import Booklet, Request, make
from booklet.errors import BadChoice, InvalidFile
from booklet.routines import read_routine
from booklet.shops import Shop, find_shop, read_shop


def build(folder: Path, shop: Shop | None = None) -> Booklet:
    text = MINIMAL.read_text(encoding="utf-8")
    text = text.replace("    look: ring\n", "    look: ring\n    views:\n      - {picture: cup, alt: A cup.}\n", 1)
    (folder / "my.yaml").write_text(text, encoding="utf-8")
    return make(read_routine(folder / "my.yaml"), {}, Request(shop=shop))


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


def test_photos_for_print_need_enough_pixels(tmp_path: Path) -> None:
    """On a page of A5 the picture is 132 mm wide: 1,040 pixels are 200 per inch, 1,560 are 300."""
    shop = read_shop(find_shop("europe-a5"))
    for width, verdict in ((700, "refused"), (1300, "told"), (2000, "fine")):
        Image.new("RGB", (width, width * 2 // 3), "#a05030").save(tmp_path / "cup.jpg")
        if verdict == "refused":
            with pytest.raises(
                BadChoice, match=r"the photo cup.jpg on page \d+ has \d+ pixels per inch; europe-a5 needs 200"
            ):
                build(tmp_path, shop)
        else:
            remarks = [one for one in build(tmp_path, shop).remarks if "pixels per inch" in one]
            assert len(remarks) == (verdict == "told")
