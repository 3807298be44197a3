"""The shop edition: boxes, bleed, four inks, text in black alone, marks, presets, page counts."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from booklets import build
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from booklet.drafting import A5
from booklet.editions import shop
from booklet.errors import BadChoice, InvalidFile
from booklet.findings import Limits
from booklet.inspecting import inspect
from booklet.items import PT, Page
from booklet.pdf import Meta
from booklet.presses import Press
from booklet.proofing import report
from booklet.shops import Shop, find_shop, read_shop, shop_names, with_profile

META = Meta("Title", "en")
FULL = """
like: still
name: full
cover: full
colours: {accent: "#7A3B2E", ink: "#2B2320", ink-2: "#5A4E48", hairline: "#A79F99", stop: "#B04A00", paper: "#FDEFDC"}
"""


def preset(name: str) -> Shop:
    return read_shop(find_shop(name))


def files(name: str, **choices: Any) -> dict[str, bytes]:
    shop = preset(name)
    return build(paper=shop.paper, shop=shop, **choices).files("shop")


def operators(data: bytes) -> list[tuple[list[float], str]]:
    """All colour operators of a file's pages and forms."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        for stream in [*(page.obj for page in pdf.pages), *forms]:
            for operands, operator in pikepdf.parse_content_stream(stream):
                if str(operator) in {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "gs"}:
                    found.append(([float(one) for one in operands], str(operator)))
    return found


@pytest.mark.parametrize("name", shop_names())
def test_boxes_are_the_preset_s_in_millimetres(name: str) -> None:
    asked = preset(name)
    width, height = (148, 210) if asked.paper == "a4" else (139.7, 215.9)
    made = files(name)
    assert set(made) == ({"-cover", "-inside"} if asked.split == "cover-and-inside" else {""})
    for data in made.values():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                media, bleed, trim = (
                    [float(v) / PT for v in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
                )
                assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((width, height), abs=0.005)
                for side in (0, 1):
                    assert trim[side] - bleed[side] == pytest.approx(asked.bleed, abs=0.005)
                    assert bleed[side + 2] - trim[side + 2] == pytest.approx(asked.bleed, abs=0.005)
                    assert bleed[side] - media[side] == pytest.approx(8 if asked.marks else 0, abs=0.01)
                assert "/CropBox" not in page.obj
                assert "/Annots" not in page.obj


@pytest.mark.parametrize("name", shop_names())
def test_it_is_prepared_for_pdf_x_4(name: str) -> None:
    asked = preset(name)
    for data in files(name).values():
        assert data.startswith(b"%PDF-1.6")
        with pikepdf.open(io.BytesIO(data)) as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert intent.S == "/GTS_PDFX"
            assert intent.OutputConditionIdentifier == asked.intent.identifier
            assert intent.DestOutputProfile.read_bytes() == asked.profile.read_bytes()
            assert intent.DestOutputProfile.N == 4
            assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in pdf.Root.Metadata.read_bytes()
            assert str(pdf.docinfo["/Trapped"]) == "/False"
            assert "/AcroForm" not in pdf.Root


def test_only_four_inks_and_never_too_much() -> None:
    for theme in ("still", "bright", "ink-saver", "line"):
        found = operators(files("europe-a5", theme=theme, shirt="off")[""])
        assert {operator for _, operator in found} == {"k", "K"}
        assert max(sum(inks) for inks, _ in found) <= 3.0


def test_letters_in_ink_are_black_alone() -> None:
    """Every text in the colours of ink; and every outline of a picture."""
    with pikepdf.open(io.BytesIO(files("europe-a5")[""])) as pdf:
        texts: list[list[float]] = []
        for page in pdf.pages:
            fill, inside = [0.0] * 4, False
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "BT":
                        inside = True
                    case "ET":
                        inside = False
                    case "k":
                        fill = [float(one) for one in operands]
                    case "Tj" if inside:
                        texts.append(fill)
    black = [inks for inks in texts if inks[:3] == [0, 0, 0]]
    assert [0, 0, 0, 1] in black
    assert len(black) > 0.9 * len(texts)
    for inks in texts:
        assert not (inks[3] > 0.85 and sum(inks[:3]) > 0), "rich black"


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_no_colour_is_over_the_limit_of_ink(rgb: tuple[int, int, int]) -> None:
    colour = "#" + bytes(rgb).hex()
    for one in PRESSES:
        for fine in (True, False):
            inks = one.share(colour, fine)
            assert all(0 <= ink <= 1 for ink in inks)
            assert sum(inks) <= one.limit / 100 + 1e-6


PRESSES = [Press(preset("europe-a5").profile, 300), Press(preset("us-half-letter").profile, 220)]


def test_greys_are_black_alone_where_they_are_fine_or_dark() -> None:
    press = PRESSES[0]
    assert press.share("#000000", False) == press.share("#2B2320", True) == (0, 0, 0, 1)
    assert press.share("#FFFFFF", True) == (0, 0, 0, 0)
    assert press.share("#5A4E48", True)[:3] == (0, 0, 0)
    assert press.share("#A79F99", True)[:3] == (0, 0, 0)
    assert sum(press.share("#E8EEED", False)[:3]) > 0
    assert press.share("#2F5D5A", True)[0] > 0.5
    assert press.share("#0072B2", False)[0] > 0.8


def test_grounds_bleed_and_marks_keep_out_of_it(tmp_path: Path) -> None:
    """Rendered with a full cover on coloured paper: colour to the edge of the bleed box, only marks beyond."""
    theme = tmp_path / "full.yaml"
    theme.write_text(FULL)
    data = files("europe-a5", theme=str(theme))[""]
    scale = 4.0
    for index, page in enumerate(pypdfium2.PdfDocument(data)):
        image = page.render(scale=scale).to_pil().convert("RGB")
        slug, wide, high = round(8 * PT * scale), image.width, image.height
        edge = [(x, y) for x in range(slug + 2, wide - slug - 2, 40) for y in (slug + 2, high - slug - 3)]
        edge += [(x, y) for y in range(slug + 2, high - slug - 2, 40) for x in (slug + 2, wide - slug - 3)]
        assert all(image.getpixel(at) != (255, 255, 255) for at in edge), f"page {index + 1}"
        frame = [image.crop((0, 0, wide, slug - 4)), image.crop((0, high - slug + 4, wide, high))]
        colours = {pixel for part in frame for _, pixel in part.getcolors(1 << 20) or []}
        assert all(max(pixel) - min(pixel) < 12 for pixel in colours), "only black marks outside the bleed"


def test_the_safe_area_holds_but_grounds() -> None:
    data = files("no-marks")[""]
    for page in pypdfium2.PdfDocument(data):
        scale = 4.0
        image = page.render(scale=scale, grayscale=True).to_pil()
        edge = round((3 + 5) * PT * scale)
        for box in ((0, 0, image.width, edge), (0, 0, edge, image.height), (image.width - edge, 0, image.width, image.height),
                    (0, image.height - edge, image.width, image.height)):  # fmt: skip
            assert min(image.crop(box).tobytes()) == 255


def blank(count: int) -> tuple[Page, ...]:
    return tuple(Page(number, A5.width * PT, A5.height * PT, ()) for number in range(1, count + 1))


@pytest.mark.parametrize("count", range(8, 56, 4))
def test_page_counts_from_8_to_52_hold(count: int) -> None:
    one = shop(blank(count), META, preset("europe-a5"))
    assert len(pypdfium2.PdfDocument(one[""])) == count
    two = shop(blank(count), META, preset("cover-split"))
    assert [len(pypdfium2.PdfDocument(two[part])) for part in ("-cover", "-inside")] == [4, count - 4]


@pytest.mark.parametrize("count", [4, 56, 10])
def test_other_page_counts_are_refused(count: int) -> None:
    with pytest.raises(BadChoice, match=f"europe-a5 binds 8 to 52 pages, a multiple of four; this booklet has {count}"):
        shop(blank(count), META, preset("europe-a5"))


def test_the_same_choices_give_the_same_bytes() -> None:
    for name in shop_names():
        assert files(name) == files(name)


def test_a_date_is_taken_from_the_build_s_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    with pikepdf.open(io.BytesIO(files("no-marks")[""])) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260921141320Z"


def test_a_profile_of_one_s_own_is_used_and_named(tmp_path: Path) -> None:
    own = tmp_path / "press.icc"
    own.write_bytes(preset("us-half-letter").profile.read_bytes())
    asked = with_profile(preset("europe-a5"), own)
    data = build(shop=asked).files("shop")[""]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == own.read_bytes()
        assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == "Custom"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no profile", "can't be read as an ICC profile"),
        (
            (Path(__file__).parents[1] / "booklet" / "colour" / "sRGB.icc").read_bytes(),
            "is no profile of a CMYK printer",
        ),
    ],
)
def test_a_file_that_is_no_press_profile_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.icc"
    path.write_bytes(content)
    with pytest.raises(BadChoice, match=message):
        with_profile(preset("europe-a5"), path)


def test_a_wrong_preset_is_told_with_its_place(tmp_path: Path) -> None:
    text = find_shop("europe-a5").read_text()
    for old, new, message in (
        ("bleed: 3 ", "bleed: 30 ", "`bleed` is from 0 to 10, found 30"),
        ("profile: FOGRA39.icc", "profile: NONE.icc", "there is no profile NONE.icc"),
        ("paper: a4", "paper: a3", "expected one of a4, letter, found `a3`"),
    ):
        path = tmp_path / "shop.yaml"
        path.write_text(text.replace(old, new))
        with pytest.raises(InvalidFile, match=message):
            read_shop(path)


def test_photos_are_in_four_inks_under_the_limit() -> None:
    photo = Image.linear_gradient("L").convert("RGB")
    press = Press(preset("europe-a5").profile, 240)
    made = press.photo(photo, "#FFFFFF")
    assert made.mode == "CMYK"
    pixels = made.tobytes()
    assert max(sum(pixels[i : i + 4]) for i in range(0, len(pixels), 4)) <= 240 * 2.55 + 4


@pytest.mark.skipif(not shutil.which("gs"), reason="needs Ghostscript; .ci/run has it")
def test_ghostscript_separates_it_into_four_plates_with_text_on_black(tmp_path: Path) -> None:
    path = tmp_path / "shop.pdf"
    path.write_bytes(files("no-marks")[""])
    command = [
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-dSAFER",
        "-sDEVICE=tiffsep",
        "-r72",
        f"-sOutputFile={tmp_path}/%02d.tif",
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    plates = {file.stem for file in tmp_path.glob("*(*).tif")}
    assert {name.split("(")[1][:-1] for name in plates} == {"Cyan", "Magenta", "Yellow", "Black"}
    shown = {
        name: Image.open(tmp_path / f"03({name}).tif").convert("L") for name in ("Cyan", "Magenta", "Yellow", "Black")
    }
    wide, high = shown["Black"].size
    words = (round(wide * 0.12), round(high * 0.30), round(wide * 0.9), round(high * 0.50))  # a list on white paper
    assert min(shown["Black"].crop(words).tobytes()) < 60
    for ink in ("Cyan", "Magenta", "Yellow"):
        assert min(shown[ink].crop(words).tobytes()) == 255, ink


def test_presets_differ_only_in_what_they_say() -> None:
    """A preset is data: one of a shop's own is read like the built-in ones."""
    one = preset("europe-a5")
    assert replace(one, bleed=5.0, marks=False).bleed == 5.0
    assert {preset(name).split for name in shop_names()} == {"one-file", "cover-and-inside"}
    assert {preset(name).marks for name in shop_names()} == {True, False}


@pytest.mark.parametrize("name", shop_names())
@pytest.mark.parametrize(
    "choices",
    [{}, {"setup": "chair", "shirt": "off", "theme": "full"}, {"large_print": True}],
    ids=["plain", "full", "large"],
)
def test_our_own_preflight_finds_nothing_to_mend(name: str, choices: dict[str, Any]) -> None:
    for part, data in files(name, **choices).items():
        found = report(inspect(data, f"x{part}.pdf"), Limits(), "not measured here")
        assert [line for line in found.lines if line.verdict == "fail"] == []
        warned = [line.name for line in found.lines if line.verdict == "warn"]
        assert warned == (["Pages"] if part == "-cover" else [])
