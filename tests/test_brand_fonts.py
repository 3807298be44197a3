"""Fonts of a brand: pairings and own files, each booklet with its own; what can't be embedded or read is refused at once."""

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from struct import pack, unpack_from

import pikepdf
import pytest
from booklets import back_massage, complaints, texts
from fontparts import GOOD, composite, font_of, glyphs, letters, licensed, spoilt, tables_of, with_table, without
from hypothesis import given, settings
from hypothesis import strategies as st
from screens import complaints_about

from booklet.branding import read_brand
from booklet.building import Booklet, Request, make, make_loose
from booklet.errors import DoesNotFit, InvalidFile
from booklet.folders import PACKAGE
from booklet.fontfiles import why_unfit
from booklet.text import HOUSE, PAIRINGS, pairing
from booklet.typefaces import read_face

FONTS = PACKAGE / "fonts"
SERIF = (FONTS / "Spectral_500Medium.ttf").read_bytes()


def build(tmp_path: Path, fonts: str, **files: bytes) -> Booklet:
    for name, data in files.items():
        (tmp_path / f"{name}.ttf").write_bytes(data)
    path = tmp_path / "brand.yaml"
    path.write_text(f"name: Spa\nfonts: {{{fonts}}}\n")
    return make(back_massage(), {}, Request(brand=read_brand(path)))


def fonts_in(data: bytes) -> set[str]:
    """The names of the fonts of a file, without the letters that mark a subset."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(font.BaseFont)[8:] for page in pdf.pages for font in page.Resources.Font.values()}


def faces(booklet: Booklet) -> dict[str, str]:
    """The file of each face that the pages are set in, by the face's name."""
    used = {text.face for page in booklet.pages for text in texts(page)}
    names = ("light", "display", "medium", "sans", "semibold", "bold")
    return {name: booklet.book.fonts.face(name).file.stem for name in names if booklet.book.fonts.face(name) in used}


# --- pairings and own files -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PAIRINGS)
def test_a_pairing_sets_the_whole_booklet(name: str, tmp_path: Path) -> None:
    booklet = build(tmp_path, f"pairing: {name}")
    assert complaints(booklet) == []
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []
    assert {text.face for page in booklet.pages for text in texts(page)} <= {
        getattr(pairing(name), face) for face in ("light", "display", "medium", "sans", "semibold", "bold")
    }


def test_every_built_in_font_may_be_embedded_and_has_its_licence_beside_it() -> None:
    for path in FONTS.glob("*.ttf"):
        data = path.read_bytes()
        assert why_unfit(data) == ""
        assert unpack_from(">H", tables_of(data)["OS/2"], 8)[0] == 0
        family = "SourceSans3" if path.stem == "BookletFormSans" else path.stem.partition("_")[0]
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"OFL-{family}.txt").read_text()


def test_own_files_take_the_place_of_some_faces(tmp_path: Path) -> None:
    booklet = build(tmp_path, "display: a.ttf", a=GOOD)
    assert faces(booklet) == {"light": "a", "display": "a", "medium": "a", "sans": "SourceSans3_400Regular", "semibold": "SourceSans3_600SemiBold", "bold": "SourceSans3_700Bold"}  # fmt: skip
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []


def test_where_one_bold_font_is_given_it_serves_for_both(tmp_path: Path) -> None:
    for key in ("text-bold", "text-semibold"):
        shown = faces(build(tmp_path, f"{key}: b.ttf", b=SERIF))
        assert (shown["semibold"], shown["bold"], shown["sans"]) == ("b", "b", "SourceSans3_400Regular")


def test_text_without_a_bold_font_is_told(tmp_path: Path) -> None:
    booklet = build(tmp_path, "text: a.ttf", a=(FONTS / "Spectral_400Regular.ttf").read_bytes())
    assert "`fonts` has `text`, but nothing bold: bold words are set in SourceSans3. Give `text-semibold` too." in booklet.remarks  # fmt: skip


def test_text_fonts_are_set_so_that_their_small_letters_are_as_high(tmp_path: Path) -> None:
    """Only smaller, never larger; the width that is measured is the width that is set."""
    high = (FONTS / "SourceSans3_400Regular.ttf").read_bytes()
    tables = tables_of(high)
    taller = font_of(tables | {"head": tables["head"][:18] + pack(">H", 800) + tables["head"][20:]})  # of 1000
    fonts = build(tmp_path, "text: t.ttf", t=taller).book.fonts
    assert fonts.sans.x_height == pytest.approx(HOUSE.sans.x_height * 1.25, abs=0.002)
    assert fonts.scale == pytest.approx(0.8)
    assert fonts.width("Lay both hands", "sans", 14) == pytest.approx(
        HOUSE.width("Lay both hands", "sans", 14), rel=0.01
    )
    booklet = build(tmp_path, "text: s.ttf", s=(FONTS / "Spectral_400Regular.ttf").read_bytes())
    assert booklet.book.fonts.scale == 1


def test_a_wide_font_is_named_where_text_doesn_t_fit(tmp_path: Path) -> None:
    data = tables_of((FONTS / "SourceSans3_400Regular.ttf").read_bytes())
    count = unpack_from(">H", data["hhea"], 34)[0]
    widths = b"".join(pack(">Hh", int(wide * 1.4), left) for wide, left in (unpack_from(">Hh", data["hmtx"], 4 * i) for i in range(count)))  # fmt: skip
    wide = font_of(data | {"hmtx": widths + data["hmtx"][4 * count :]})
    with pytest.raises(
        DoesNotFit, match=r"The font wide.ttf is 40% wider than Source Sans, .*give it as `display` only"
    ):
        build(tmp_path, "text: wide.ttf, text-bold: wide.ttf", wide=wide)


def test_booklets_with_different_fonts_follow_each_other_in_one_process(tmp_path: Path) -> None:
    """Nothing of one is left in the next: the same bytes as before, and each file holds its own fonts only."""
    plain = make(back_massage(), {}, Request()).edition("screen")
    one = build(tmp_path, "pairing: fraunces, text-bold: own.ttf", own=SERIF).edition("screen")
    two = build(tmp_path, "display: own.ttf", own=GOOD).edition("screen")  # another file of the same name
    assert make(back_massage(), {}, Request()).edition("screen") == plain
    assert build(tmp_path, "pairing: fraunces, text-bold: own.ttf", own=SERIF).edition("screen") == one
    named = [{font.partition("-")[0] for font in fonts_in(data)} for data in (plain, one, two)]
    assert named == [{"Spectral", "SourceSans3"}, {"Fraunces", "SourceSans3", "own"}, {"SourceSans3", "own"}]
    assert fonts_in(one) & fonts_in(two) == {"SourceSans3-Regular"}


def test_two_files_with_one_name_inside_stand_in_one_booklet(tmp_path: Path) -> None:
    """Fonts that were changed keep their inner name; a PDF file tells fonts apart by it."""
    changed = spoilt("OS/2", 58, b"ABCD")
    booklet = build(tmp_path, "pairing: fraunces, display: a.ttf, text-bold: b.ttf", a=GOOD, b=changed)
    assert len({font for font in fonts_in(booklet.edition("screen")) if font.startswith(("a-", "b-"))}) == 2


def test_letters_that_a_font_lacks_are_told_with_the_words_and_their_place(tmp_path: Path) -> None:
    path = tmp_path / "brand.yaml"
    path.write_text("name: Spa 手 ☂\nfonts: {display: a.ttf}\n")
    (tmp_path / "a.ttf").write_bytes(GOOD)
    with pytest.raises(InvalidFile) as told:
        make(back_massage(), {}, Request(brand=read_brand(path)))
    assert f"{path}:1:7: the font a has no “手” (U+624B) “☂” (U+2602), in “Spa 手 ☂”" in str(told.value)


@pytest.mark.parametrize("name", ["poster", "cue-card", "cards", "zine"])
def test_formats_beside_the_booklet_wear_the_fonts_too(name: str, tmp_path: Path) -> None:
    (tmp_path / "brand.yaml").write_text("name: Spa\nfonts: {pairing: fraunces}\n")
    booklet = make_loose(name, back_massage(), {}, Request(brand=read_brand(tmp_path / "brand.yaml")))
    named = {font.partition("-")[0] for font in fonts_in(booklet.loose(name))}
    assert named <= {"Fraunces", "SourceSans3"}
    assert "Fraunces" in named or name == "cue-card"


# --- what is refused --------------------------------------------------------------------------------------------------
def endless(count: int) -> bytes:
    """A table of letters whose ranges all hold the whole of Unicode's first plane."""
    body = pack(">HHHHHH", 0, 0, count * 2, 0, 0, 0) + pack(f">{count}H", *[0xFFFF] * count) + bytes(2)
    return letters(4, body + bytes(2 * count) * 3)


def layered(depth: int) -> bytes:
    return glyphs(*(composite(index + 1) for index in range(depth)))


HOSTILE: dict[str, tuple[bytes, str]] = {
    "restricted": (licensed(0x0002), "may not be embedded in a file, says its licence (fsType: restricted)"),
    "only whole": (licensed(0x0108), "may be embedded only whole, says its licence (fsType: no subsetting)"),
    "only pixels": (licensed(0x0200), "may be embedded only as pixels"),
    "no licence": (without("OS/2"), "has no table OS/2"),
    "PostScript outlines": (b"OTTO" + GOOD[4:], "has PostScript outlines (CFF), which can't be embedded from here: give its TrueType"),
    "a collection": (b"ttcf" + GOOD[4:], "is a collection of fonts"),
    "WOFF": (b"wOFF" + GOOD[4:], "is packed for web pages (WOFF): give the TrueType file"),
    "WOFF2": (b"wOF2" + GOOD[4:], "is packed for web pages (WOFF2)"),
    "variable": (with_table("fvar", bytes(16)), "is a variable font: give a file of one weight"),
    "pixels only": (without("glyf"), "has no table glyf"),
    "empty": (b"", "is no TrueType font"),
    "a web page": (b"<!doctype html><title>404</title>", "is no TrueType font"),
    "cut off": (GOOD[: len(GOOD) // 2], "is broken or cut off"),
    "cut in its head": (GOOD[:40], "is broken or cut off"),
    "table beyond the end": (GOOD[:20] + pack(">L", 0xFFFFFFF0) + GOOD[24:], "is broken or cut off"),
    "huge": (GOOD + bytes(5_000_000), "is larger than 4 MB"),
    "no size": (spoilt("head", 18, bytes(2)), "is broken, or has more than 30,000 glyphs"),
    "too many glyphs": (spoilt("maxp", 4, b"\xff\xff"), "has more than 30,000 glyphs"),
    "more glyphs than outlines": (spoilt("maxp", 4, pack(">H", 29_000)), "is broken"),
    "a thousand million letters": (letters(12, pack(">HLLLLLL", 0, 28, 0, 1, 0, 1_000_000_000, 0)), "has more than 70,000 letters"),
    "letters without end": (letters(12, pack(">HLLL", 0, 28, 0, 0xFFFFFFFF)), "has more than 70,000 letters"),
    "ranges over each other": (endless(30_000), "has more than 70,000 letters"),
    "letters of the last resort": (letters(13, pack(">HLLLLLL", 0, 28, 0, 1, 0, 0x10FFFF, 1)), "of an unusual kind (format 13)"),
    "letters elsewhere": (with_table("cmap", pack(">HHHHL", 0, 1, 3, 1, 0x7FFFFFFF)), "one that lies outside"),
    "no letters": (with_table("cmap", pack(">HH", 0, 0)), "can't be read"),
    "pictures only": (letters(12, pack(">HLLLLLL", 0, 28, 0, 1, 0xE000, 0xE010, 1)), "lacks letters that every page needs:  ABC"),
    "letters without glyphs": (letters(12, pack(">HLLLLLL", 0, 28, 0, 1, 32, 60_000, 1)), "can't be read"),
    "made of itself": (glyphs(composite(0)), "is put together from itself"),
    "made of each other": (glyphs(composite(1), composite(0)), "is put together from itself"),
    "many layers": (layered(60), "or from too many layers"),
    "parts without end": (glyphs(composite(*[5] * 200)), "from parts without end"),
    "parts that aren't there": (glyphs(composite(60_000)), "from parts that aren't there"),
    "part without a last one": (glyphs(pack(">hhhhhHH", -1, 0, 0, 9, 9, 0x20, 1)), "is broken"),
    "outlines backwards": (spoilt("loca", 40, b"\xff\xff"), "its outlines lie outside of their table"),
    "no name": (with_table("name", pack(">HHH", 0, 0, 6)), "can't be read"),
    "flat": (glyphs(), "can't be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_fonts_are_refused_by_name_at_once(name: str, tmp_path: Path) -> None:
    data, message = HOSTILE[name]
    path = tmp_path / "font.ttf"
    path.write_bytes(data)
    start = time.process_time()
    with pytest.raises(InvalidFile) as told:
        read_face(path)
    assert message in str(told.value)
    assert str(told.value).startswith(f"{path}:1:1: the font can't be used: it ")
    assert "\n" not in str(told.value)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("rights", [0x0000, 0x0004, 0x0008, 0x0006, 0x000A])
def test_fonts_that_may_stand_in_a_file_that_is_read_and_printed(rights: int) -> None:
    """Installable, preview & print, editable; of several permissions the least restrictive holds."""
    assert why_unfit(licensed(rights)) == ""


def test_a_font_that_is_none_is_told_with_the_others(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as told:
        build(tmp_path, "display: a.ttf, text: b.ttf, text-bold: none.ttf, pairing: spectral", a=b"", b=licensed(2))
    assert [problem.place.file.rpartition("/")[2] for problem in told.value.problems] == [
        "a.ttf",
        "b.ttf",
        "brand.yaml",
    ]
    with pytest.raises(InvalidFile, match=r"2:18: there is no pairing `fraunce` of fonts: .*did you mean `fraunces`"):
        build(tmp_path, "pairing: fraunce")
    with pytest.raises(InvalidFile, match=r"`bold` isn't known here; expected pairing, display, text, text-semibold"):
        build(tmp_path, "bold: a.ttf")


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=40), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_is_wrong_in_a_font_is_told_or_harmless(changes: list[tuple[int, int]], in_the_head: bool) -> None:
    """Bytes changed anywhere, or in the directory and the first tables: refused, or a font that a PDF file can hold."""
    data = bytearray(GOOD)
    for at, value in changes:
        data[at % 400 if in_the_head else at] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "font.ttf"
        path.write_bytes(data)
        try:
            face = read_face(path)
        except InvalidFile:
            return
        face.font.face.makeSubset(sorted(face.widths)[:200])


def test_the_largest_fonts_and_logos_take_little_time_and_memory(tmp_path: Path) -> None:
    """A font as large as is taken, and every hostile one, in a process of its own: a second each, 300 MB in all."""
    count = 30_000
    big = tables_of()
    square = pack(">hhhhhHHBBBBBBBBBB", 1, 0, 0, 500, 500, 3, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1) + bytes(2)
    ranges = pack(">HLLLLLL", 0, 28, 0, 1, 32, 32 + count - 2, 1)
    big |= {
        "glyf": square * count,
        "loca": pack(f">{count + 1}L", *range(0, len(square) * (count + 1), len(square))),
        "maxp": big["maxp"][:4] + pack(">H", count) + big["maxp"][6:],
        "hmtx": pack(">HH", 500, 0) * count,
        "hhea": big["hhea"][:34] + pack(">H", count),
        "head": big["head"][:50] + pack(">H", 1) + big["head"][52:],
        "cmap": pack(">HHHHLH", 0, 1, 3, 10, 12, 12) + ranges,
    }
    many = composite(*range(20_000, 20_032))
    parts = dict(big)
    parts |= {
        "glyf": many * 15_000,
        "loca": pack(f">{count + 1}L", *(len(many) * min(i, 15_000) for i in range(count + 1))),
    }
    files = {"big": font_of(big), "parts": font_of(parts)} | {
        f"h{i}": data for i, (data, _) in enumerate(HOSTILE.values())
    }
    for name, data in files.items():
        (tmp_path / f"{name}.ttf").write_bytes(data)
    code = (
        "import json, sys, time\nfrom pathlib import Path\nfrom booklet.typefaces import read_face\n"
        "from booklet.errors import InvalidFile\ntook = {}\n"
        "for path in sorted(Path(sys.argv[1]).glob('*.ttf')):\n    start = time.process_time()\n    try:\n        read_face(path)\n"
        "    except InvalidFile:\n        pass\n    took[path.stem] = time.process_time() - start\n"
        "status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)\n"
        "print(json.dumps([took, int(status['VmHWM'].split()[0]) / 1024]))"  # getrusage counts who began the process too
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    took, megabytes = json.loads(run.stdout)
    assert max(took.values()) < 1, took
    assert megabytes < 300
