"""Pictures: path data → PDF operators, the strict subset of SVG, and what is refused by name."""

from pathlib import Path

import pytest
from PIL import Image

from booklet.errors import BadChoice, InvalidFile
from booklet.figures import MAX_BYTES, ROLES, Drawing, Photo, find_picture, operators_of, read_picture, recolour
from booklet.folders import folder

PICTURES = sorted(folder("images").glob("*.svg"))
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" data-origin="50 40" data-unit="30 -30">'
PATH = '<path class="shirt" fill="#c0ffee" d="M0 0H10V5Z"/>'


@pytest.mark.parametrize(
    ("d", "operators"),
    [
        ("M1 2L3 4", "1 2 m|3 4 l"),
        ("m1,2 3,4", "1 2 m|4 6 l"),
        ("M1 2 3 4 5 6z", "1 2 m|3 4 l|5 6 l|h"),
        ("M0 0H10V5h-2v-1Z", "0 0 m|10 0 l|10 5 l|8 5 l|8 4 l|h"),
        ("M0 0C1 2 3 4 5 6", "0 0 m|1 2 3 4 5 6 c"),
        ("M1 1c1 2 3 4 5 6", "1 1 m|2 3 4 5 6 7 c"),
        ("M0 0C0 1 2 3 4 4S7 7 8 8", "0 0 m|0 1 2 3 4 4 c|6 5 7 7 8 8 c"),
        ("M0 0S1 1 2 2", "0 0 m|0 0 1 1 2 2 c"),
        ("M0 0Q3 3 6 0", "0 0 m|2 2 4 2 6 0 c"),
        ("M0 0Q3 3 6 0T12 0", "0 0 m|2 2 4 2 6 0 c|8 -2 10 -2 12 0 c"),
        ("M1 1h2zm5 5h1", "1 1 m|3 1 l|h|6 6 m|7 6 l"),
        ("M.5-.5L-1.5.25", "0 -0 m|-2 0 l"),
    ],
)
def test_operators(d: str, operators: str) -> None:
    assert operators_of(d).split("\n") == operators.split("|")


def test_operators_lie_on_a_grid_that_suits_the_size_of_the_picture() -> None:
    assert operators_of("M.5-.5L-1.5.25", 100).split("\n") == ["50 -50 m", "-150 25 l"]
    assert read_picture(find_picture("icon-clock", Path())).grid == pytest.approx(5000 / 48)


@pytest.mark.parametrize(
    ("d", "message"),
    [
        ("", "it must start with M"),
        ("L1 1", "it must start with M"),
        ("M0 0A5 5 0 0 1 9 9", "`A` isn't read; M L H V C S Q T Z are"),
        ("M0 0L1", "L needs 2 numbers"),
        ("M0 0Z1 1", "numbers stand where a letter is expected"),
        ("M0 0L1e3 4", "`e` isn't read"),
        ("M0 0L1 x", "`x` isn't read"),
        ("1 1", "numbers stand where a letter is expected"),
    ],
)
def test_path_data_that_isnt_read(d: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        operators_of(d)


def drawn(tmp_path: Path, text: str | bytes) -> Drawing:
    path = tmp_path / "art.svg"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    drawing = read_picture(path)
    assert isinstance(drawing, Drawing)
    return drawing


def test_a_drawing(tmp_path: Path) -> None:
    line = '<path class="line-outer" fill="none" stroke="#000000" stroke-width="2.5" d="M0 0L1 1"/>'
    drawing = drawn(tmp_path, f"{HEAD}<title>Art</title>{PATH}{line}</svg>")
    assert (drawing.name, drawing.left, drawing.top, drawing.width, drawing.height) == ("art", 0, 0, 100, 50)
    assert [(one.role, one.colour, one.width) for one in drawing.outlines] == [
        ("shirt", "#c0ffee", 0),
        ("line-outer", "#000000", 2.5),
    ]
    assert dict(drawing.data) == {"origin": (50, 40), "unit": (30, -30)}


def test_recolour(tmp_path: Path) -> None:
    inner = '<path class="line-inner" fill="none" stroke="#000000" d="M0 0L1 1"/>'
    drawing = drawn(tmp_path, f"{HEAD}{PATH}{inner}</svg>")
    changed = recolour(drawing, lambda role, colour: "#123456" if role == "shirt" else colour, 4)
    assert [(one.colour, one.width) for one in changed.outlines] == [("#123456", 0), ("#000000", 3.4)]


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "<script>; only <path> is read"),
        ('<use href="#a"/>', "<use>; only <path> is read"),
        ("<style>path {}</style>", "<style>; only <path> is read"),
        ('<image href="http://example.org/a.png"/>', "<image>; only <path> is read"),
        ("<g></g>", "<g>; only <path> is read: turn shapes, groups and texts into paths"),
        ("<svg viewBox='0 0 1 1'/>", "<svg>; only <path> is read"),
        ('<path class="shirt" fill="#c0ffee" d="M0 0" transform="scale(2)"/>', "the attribute transform of <path>"),
        ('<path class="shirt" style="fill:red" d="M0 0"/>', "the attribute style of <path>"),
        ('<path class="shirt" fill="#c0ffee" d="M0 0" onclick="x()"/>', "the attribute onclick of <path>"),
        ('<path class="hat" fill="#c0ffee" d="M0 0"/>', 'class="hat" is no role of a picture'),
        ('<path class="shirt" fill="red" d="M0 0"/>', 'the colour "red"; write it as #rrggbb'),
        ('<path class="shirt" d="M0 0"/>', "a path needs either a fill or a stroke"),
        ('<path class="shirt" fill="#c0ffee" stroke="#000000" d="M0 0"/>', "a path needs either a fill or a stroke"),
        ('<path class="shirt" fill="#c0ffee" d="M0 0A1"/>', "the path data: `A` isn't read"),
        ("<?php x ?>", "a processing instruction"),
    ],
)
def test_unsupported_svg_is_refused_by_name(tmp_path: Path, inside: str, message: str) -> None:
    with pytest.raises(InvalidFile) as told:
        drawn(tmp_path, f"{HEAD}\n  {inside}</svg>")
    assert str(told.value).startswith(f"{tmp_path / 'art.svg'}:2:3: can't be drawn: {message}")


BOMB = '<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxx">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f'<!DOCTYPE svg SYSTEM "http://example.org/x.dtd">{HEAD}{PATH}</svg>',
            "can't be drawn: a document type: take the <!DOCTYPE> out",
        ),
        (f"{BOMB}{HEAD}<title>&a8;</title></svg>", "can't be drawn: a document type: take the <!DOCTYPE> out"),
        (f"{HEAD}<title>&nbsp;</title></svg>", "isn't XML: undefined entity"),
        (f"{HEAD}{PATH}", "isn't XML: no element found"),
        ("", "1:1: isn't XML: no element found"),
        ("<html/>", "1:1: can't be drawn: <html>; only <path> is read"),
        (f"<path/>{HEAD}</svg>", "1:1: can't be drawn: <path>"),
        ('<svg width="10"></svg>', "1:1: can't be drawn: a viewBox of four numbers is missing"),
        ('<svg viewBox="0 0 1e3 1"></svg>', "1:1: can't be drawn: a viewBox of four numbers is missing"),
        ('<svg viewBox="0 0 1 1" onload="x()"></svg>', "1:1: can't be drawn: the attribute onload of <svg>"),
        (b"<svg \xff", "isn't XML"),
        (" " * (MAX_BYTES + 1), f"1:1: is larger than {MAX_BYTES:,} bytes"),
    ],
)
def test_files_that_are_no_drawings(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(InvalidFile) as told:
        drawn(tmp_path, text)
    assert message in str(told.value)


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_the_projects_own_pictures(path: Path) -> None:
    drawing = read_picture(path)
    assert isinstance(drawing, Drawing)
    assert drawing.outlines
    assert {one.role for one in drawing.outlines} <= ROLES
    assert drawing.width > 0
    assert drawing.height > 0


def test_photos(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (40, 30), "#336699").save(tmp_path / "kettle.png")
    photo = read_picture(find_picture("kettle", tmp_path / "tea.yaml"))
    assert photo == Photo("kettle", tmp_path / "kettle.png", 40, 30)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 no photo", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"])
def test_files_that_are_no_photos(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "photo.jpg").write_bytes(data)
    with pytest.raises(InvalidFile, match=r"photo.jpg:1:1: is no usable picture"):
        read_picture(tmp_path / "photo.jpg")


def test_a_missing_picture_names_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(BadChoice, match=r"no picture `kettle`: looked for kettle.svg, .png and .jpg beside "):
        find_picture("kettle", tmp_path / "tea.yaml")


def test_a_changed_picture_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "kettle.png"
    Image.new("RGB", (40, 30)).save(path)
    first = read_picture(path)
    assert read_picture(path) is first
    Image.new("RGB", (50, 30)).save(path)
    assert read_picture(path).width == 50


def test_a_link_that_leads_out_of_the_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    Image.new("RGB", (40, 30)).save(tmp_path / "secret.png")
    (tmp_path / "mine" / "kettle.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(BadChoice, match="leads out of its folder"):
        find_picture("kettle", tmp_path / "mine" / "routine.yaml")
