"""Themes: the arithmetic of colours, what a theme inherits, what is refused."""

import dataclasses
from pathlib import Path
from typing import Any, get_args

import pytest
from booklets import back_massage, build, complaints
from screens import complaints_about

from booklet.branding import read_brand
from booklet.building import Request, make
from booklet.errors import BadChoice, InvalidFile
from booklet.folders import theme_names
from booklet.text import PAIRINGS
from booklet.theming import (
    FACES,
    PAPER,
    Theme,
    as_art,
    contrast,
    find_theme,
    grey,
    mix,
    picture_colours,
    read_theme,
    with_skins,
)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known grey just short of 4.5
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("one", "other", "share", "mixed"),
    [
        ("#000000", "#ffffff", 0.5, "#808080"),
        ("#123456", "#ffffff", 1, "#123456"),
        ("#123456", "#ffffff", 0, "#ffffff"),
        ("#ff0000", "#0000ff", 0.25, "#4000bf"),
    ],
)
def test_mix(one: str, other: str, share: float, mixed: str) -> None:
    assert mix(one, other, share) == mixed


@pytest.mark.parametrize("name", theme_names())
def test_built_in_themes_can_be_read_on_paper(name: str) -> None:
    theme = read_theme(find_theme(name))
    assert contrast(theme.colours.ink, "#ffffff") >= 7
    assert contrast(theme.colours.ink_2, "#ffffff") >= 4.5
    assert contrast(theme.accent_dark, "#ffffff") >= 4.5
    assert contrast(theme.on_block, theme.block) >= 4.5
    for look in theme.looks.values():
        assert contrast(look.line, "#ffffff") >= 4.5
    for face, size, lead in (*theme.type.normal.values(), *theme.type.large.values()):
        assert face in FACES
        assert size >= 12
        assert lead >= size * 0.3
    assert all(size >= 16 for _, size, _ in theme.type.large.values())
    assert theme.type.normal.keys() == theme.type.large.keys()


def test_a_themes_pairing_is_one_of_fonts() -> None:
    (field,) = (one for one in dataclasses.fields(Theme) if one.name == "pairing")
    assert get_args(field.type) == tuple(PAIRINGS)


def test_a_theme_sets_the_fonts_and_a_brands_own_come_first(tmp_path: Path) -> None:
    bold = PAIRINGS["bold"][0][1]
    assert make(back_massage(), {}, Request(theme="bright")).book.fonts.display.file.stem == bold
    for fonts, expected in (("", bold), ("fonts: {pairing: fraunces}\n", "Fraunces_400Regular")):
        path = tmp_path / "spa.yaml"
        path.write_text(f"name: Spa\ntheme: bright\n{fonts}")
        assert make(back_massage(), {}, Request(brand=read_brand(path))).book.fonts.display.file.stem == expected


def test_the_themes_differ() -> None:
    """A calm one, a bold one and ones that save ink; what keeps people safe is in all of them."""
    still, bright, saver = (read_theme(find_theme(name)) for name in ("still", "bright", "ink-saver"))
    assert still.pairing != bright.pairing
    assert saver.outline
    for name, look in bright.looks.items():
        assert look.emblem == still.looks[name].emblem
        if name not in ("still", "pick"):
            assert look.line != still.looks[name].line


@pytest.mark.parametrize("choices", [{}, {"large_print": True}, {"paper": "letter", "setup": "chair", "minutes": 60}, {"pages": 8}, {"pages": 20, "setup": "side", "limit": ["pregnant"]}])  # fmt: skip
def test_bold_titles_keep_the_rules_of_the_design(choices: dict[str, Any]) -> None:
    booklet = build(theme="bright", **choices)
    assert complaints(booklet) == []
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []


def test_a_theme_writes_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "red.yaml"
    path.write_text('like: still\nname: red\ncolours:\n  accent: "#aa0000"\nlooks:\n  wave: {line: "#aa0000"}\n')
    red, still = read_theme(path), read_theme(find_theme("still"))
    assert (red.name, red.colours.accent, red.looks["wave"].line) == ("red", "#aa0000", "#aa0000")
    assert red.colours.ink == still.colours.ink
    assert red.looks["wave"].fill == still.looks["wave"].fill
    assert red.type == still.type


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("like: stll\nname: x\n", ":1:7: `like` names a built-in theme: bright, full, ink-saver, line, still"),
        ("- like\n", ":1:1: a theme is a mapping of keys, found a list"),
        ('like: still\nname: x\ncolours: {accent: "red"}\n', ":3:19: `red` is no colour; write it as #rrggbb"),
        ("like: still\nname: x\ncolour: {}\n", ":3:1: `colour` isn't known here; expected name, colours, fills,"),
        ("like: still\nname: x\ntype: {normal: {body: [sand, 13, 6]}}\n", ":3:24: there is no face `sand`: light,"),
        ("like: still\nname: x\nlooks: {new: {fill: '#123456'}}\n", ":3:14: `line` is missing: a text"),
    ],
)
def test_wrong_themes(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text)
    with pytest.raises(InvalidFile) as told:
        read_theme(path)
    assert f"{path}{message}" in str(told.value)


def test_an_unknown_theme_names_the_themes() -> None:
    with pytest.raises(
        BadChoice,
        match=r"no theme `stil`; the built-in ones are: bright, full, ink-saver, line, still; did you mean `still`\?",
    ):
        find_theme("stil")
    with pytest.raises(BadChoice, match=r"there is no file mine\.yaml"):
        find_theme("mine.yaml")


@pytest.mark.parametrize(
    ("art", "role", "shown"),
    [
        ("colour", "giver-skin", "#74492F"),
        ("grey", "giver-skin", "#535353"),  # 0.299 × 116 + 0.587 × 73 + 0.114 × 47
        ("line", "giver-skin", PAPER),
        ("line", "line", "#74492F"),
        ("line", "line-thin", "#74492F"),
    ],
)
def test_what_is_left_of_a_role_in_grey_and_in_lines(art: str, role: str, shown: str) -> None:
    assert as_art(art, role, "#74492F") == shown


def test_hair_goes_with_the_skin() -> None:
    """Hair is darker than its skin, its shaded part darker still; giver and receiver each have their own."""
    still = read_theme(find_theme("still"))

    def luma(colour: str) -> int:
        return int(grey(colour)[1:3], 16)

    for skin in still.skins.values():
        assert skin.hair
        assert skin.hair_shade
        assert luma(skin.hair_shade) < luma(skin.hair) < luma(skin.skin) - 25
    colours = picture_colours(with_skins(still, "porcelain", "dark"))
    assert colours["receiver-hair"] == still.skins["porcelain"].hair
    assert colours["receiver-hair-shade"] == still.skins["porcelain"].hair_shade
    assert colours["giver-hair"] == still.skins["dark"].hair
    assert colours["giver-hair-shade"] == still.skins["dark"].hair_shade


def test_a_skin_may_leave_the_hair_as_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    skin = '{skin: "#ddbb99", shade: "#ccaa88", nail: "#eeccaa"}'
    path.write_text(f"like: still\nname: own\nskins:\n  own: {skin}\nreceiver-skin: own\n")
    colours = picture_colours(read_theme(path))
    assert colours["receiver-skin"] == "#ddbb99"
    assert "receiver-hair" not in colours
    assert "giver-hair" in colours
