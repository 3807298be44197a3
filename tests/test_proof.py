"""`booklet proof`: every seeded defect is found by its own line, with its page and what it is; and nothing else is."""
# `run` is a fixture of another file

import io
import json
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as FilePath

import pikepdf
import pypdfium2
import pytest
from booklets import build
from conftest import Done
from screens import complaints_about  # keeps page-validation's import out of the first test's time
from shoplike import bomb, box, broken, clean, draw, image, intent, line, photo, profile, rect, text

from booklet import page_rules, plates
from booklet.content import Path, Unreadable
from booklet.findings import Limits, Line
from booklet.inspecting import inspect
from booklet.proof_sheet import proof_sheets
from booklet.proofing import Report, as_json, as_text, report

Change = Callable[[pikepdf.Pdf], None]
RGB = bytes((200, 40, 40))


def proof(data: bytes, **limits: float) -> Report:
    return report(inspect(data, "booklet-shop.pdf"), Limits(**limits), "Ghostscript wasn't asked")  # type: ignore[arg-type]


def amiss(found: Report) -> dict[str, Line]:
    return {line.name: line for line in found.lines if line.verdict in ("fail", "warn")}


def put_picture(pixels: int, space: str, colour: bytes) -> Change:
    """A photo of 50 mm on page 4."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[3].Resources.XObject = pikepdf.Dictionary(Photo7=image(pdf, pixels, space, colour))
        pdf.pages[3].Contents = pdf.make_stream(photo(50, 50, 50, 50, "Photo7").encode())

    return change


def on(number: int, operators: str) -> Change:
    return lambda pdf: draw(pdf, number, operators)


def no_font_file(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.F1.FontDescriptor.FontFile2


def no_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].BleedBox = box(0)


def ground_stops(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Contents = pdf.make_stream(f"1 0 0 0 k {rect(0, 0, 148, 210)} f".encode())


def annotation(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([50, 50, 90, 90]))
    pdf.pages[4].Annots = pikepdf.Array([pdf.make_indirect(link)])


def appearance(pdf: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(
        pdf, b"1 0 0 rg 0 0 20 20 re f", Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 20, 20])
    )
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=pikepdf.Array([99, 99, 150, 150])
    )
    stamp.AP = pikepdf.Dictionary(N=pdf.make_indirect(form))
    pdf.pages[4].Annots = pikepdf.Array([pdf.make_indirect(stamp)])


def field(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="Date")]))


def trim_wrong(pdf: pikepdf.Pdf) -> None:
    pdf.pages[5].TrimBox = box(-1)


def bleed_outside(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].BleedBox = box(11)


def cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].CropBox = box(0)


def one_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[7]


def cover(pdf: pikepdf.Pdf) -> None:
    while len(pdf.pages) > 4:
        del pdf.pages[4]


def too_many(pdf: pikepdf.Pdf) -> None:
    for _ in range(48):
        pdf.pages.append(pdf.pages[0])


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def rgb_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = pikepdf.Array([intent(pdf, profile(b"RGB ", b"mntr"), 3)])


def screen_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = pikepdf.Array([intent(pdf, profile(b"CMYK", b"scnr"))])


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["list.txt"] = b"towels"


def see_through(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Resources.ExtGState = pikepdf.Dictionary(Half=pikepdf.Dictionary(ca=0.5))
    draw(pdf, 2, f"/Half gs {rect(50, 50, 10, 10)} f")


def blended(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Resources.ExtGState = pikepdf.Dictionary(Dark=pikepdf.Dictionary(BM=pikepdf.Name.Multiply))
    draw(pdf, 2, f"/Dark gs {rect(50, 50, 10, 10)} f")


def spot(pdf: pikepdf.Pdf) -> None:
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    gold = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.Gold, pikepdf.Name.DeviceCMYK, tint])
    pdf.pages[1].Resources.ColorSpace = pikepdf.Dictionary(Spot=gold)
    draw(pdf, 2, f"/Spot cs 1 scn {rect(50, 50, 10, 10)} f")


def rgb_shading(pdf: pikepdf.Pdf) -> None:
    ramp = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1)
    shading = pikepdf.Dictionary(ShadingType=2, ColorSpace=pikepdf.Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=ramp)
    pdf.pages[1].Resources.Shading = pikepdf.Dictionary(Sh3=shading)
    draw(pdf, 2, f"{rect(50, 50, 10, 10)} W n /Sh3 sh")


def rgb_pattern(pdf: pikepdf.Pdf) -> None:
    keys = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 9, 9], "XStep": 9, "YStep": 9}
    tile = pikepdf.Stream(pdf, b"0 1 0 rg 0 0 5 5 re f", **keys, Resources=pikepdf.Dictionary())
    pdf.pages[1].Resources.Pattern = pikepdf.Dictionary(P5=pdf.make_indirect(tile))
    draw(pdf, 2, f"/Pattern cs /P5 scn {rect(50, 50, 10, 10)} f")


def palette(pdf: pikepdf.Pdf) -> None:
    put_picture(700, "DeviceGray", b"\0")(pdf)
    indexed = [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, pikepdf.String(b"\0\0\0\xff\0\0")]
    pdf.pages[3].Resources.XObject.Photo7.ColorSpace = pikepdf.Array(indexed)


def calibrated(pdf: pikepdf.Pdf) -> None:
    put_picture(700, "DeviceCMYK", bytes(4))(pdf)
    stream = pdf.make_stream(profile())
    stream.N = 4
    pdf.pages[3].Resources.XObject.Photo7.ColorSpace = pikepdf.Array([pikepdf.Name.ICCBased, stream])


def coarse_stencil(pdf: pikepdf.Pdf) -> None:
    put_picture(700, "DeviceGray", b"\0")(pdf)
    stencil = pdf.pages[3].Resources.XObject.Photo7
    del stencil.ColorSpace
    stencil.ImageMask, stencil.BitsPerComponent = True, 1


def soft_mask(pdf: pikepdf.Pdf) -> None:
    put_picture(700, "DeviceGray", b"\0")(pdf)
    pdf.pages[3].Resources.XObject.Photo7.SMask = image(pdf, 700, "DeviceGray", b"\x80")


def wide_font(pdf: pikepdf.Pdf) -> None:
    """A font with codes of two bytes: four letters of half and whole size, so the last one ends 2 mm from the edge."""
    inner = pikepdf.Dictionary(Subtype=pikepdf.Name.CIDFontType2, DW=1000, W=[1, [500, 500], 3, 4, 500])
    inner.FontDescriptor = pdf.pages[0].Resources.Font.F1.FontDescriptor
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Wide, DescendantFonts=[inner])
    font.ToUnicode = pdf.make_stream(
        b"1 beginbfrange <0001> <0004> <0061> endbfrange 1 beginbfchar <0005> <00E9> endbfchar"
    )
    pdf.pages[1].Resources.Font.Wide = pdf.make_indirect(font)
    end = (146 - (4 * 6 + 12) / 72 * 25.4 + 10) * 72 / 25.4
    draw(pdf, 2, f"BT 0 g /Wide 12 Tf 1 0 0 1 {end:.3f} 300 Tm [<00010002> 0 <000300040005>] TJ ET")


def rgb_in_a_picture(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject.Art.write(f"1 0 0 rg {rect(40, 100, 30, 30)} f".encode())


def type3(pdf: pikepdf.Pdf) -> None:
    glyph = pdf.make_stream(b"500 0 d0 0 0 500 500 re f")
    drawn = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type3,
        Name=pikepdf.Name.Drawn,
        FontBBox=[0, 0, 500, 500],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=97,
        LastChar=97,
        Widths=[500],
        Encoding=pikepdf.Dictionary(Differences=[97, pikepdf.Name.a]),
        CharProcs=pikepdf.Dictionary(a=glyph),
    )
    pdf.pages[1].Resources.Font.F3 = pdf.make_indirect(drawn)
    draw(pdf, 2, text(50, 50, "aaa", font="F3"))


def untitled(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"A better back massage", b""))
    del pdf.docinfo["/Title"]


def newer(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Version = pikepdf.Name("/2.0")


def same_date(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/CreationDate"] = "D:20260101000000Z"


def other_date(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/CreationDate"] = "D:20260102000000Z"


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another"


def not_trapped(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Trapped"] = pikepdf.Name.Unknown
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b'pdf:Trapped="False"', b""))


def no_x_key(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-1"))


# what is changed, the line that tells, its verdict, and what its places or words say
DEFECTS: dict[str, tuple[Change, str, str, str]] = {
    "RGB picture": (put_picture(700, "DeviceRGB", RGB), "Colours", "fail", "page 4: the photo Photo7, 50 mm from the left and 110 mm from the top: RGB"),
    "RGB fill": (on(2, f"1 0 0 rg {rect(30, 60, 20, 10)} f"), "Colours", "fail", "page 2: a filled shape of 20 × 10 mm, 30 mm from the left and 140 mm from the top: RGB"),
    "RGB text": (on(2, text(30, 60, "warm", colour="0 0 0 rg")), "Colours", "fail", "page 2: “warm”, 30 mm from the left"),
    "RGB set and not used": (on(2, "0 0 1 RG"), "Colours", "fail", "page 2: an operator sets RGB"),
    "RGB in a picture": (rgb_in_a_picture, "Colours", "fail", "page 1: a filled shape of 30 × 30 mm, 40 mm from the left and 80 mm from the top, in Art: RGB"),
    "RGB gradient": (rgb_shading, "Colours", "fail", "page 2: the gradient Sh3 of 10 × 10 mm"),
    "RGB pattern": (rgb_pattern, "Colours", "fail", "in pattern P5: RGB"),
    "RGB palette": (palette, "Colours", "fail", "page 4: the photo Photo7"),
    "RGB inline image": (on(2, "q 2 0 0 2 99 99 cm BI /W 20 /H 20 /BPC 8 /CS /RGB ID " + "abc" * 400 + " EI Q"), "Colours", "fail", "page 2: the photo in the page itself"),
    "ICC-based CMYK": (calibrated, "Colours", "fail", "ICC-based CMYK"),
    "coarse stencil": (coarse_stencil, "Photos", "warn", "356 dpi"),
    "soft mask": (soft_mask, "Transparency", "warn", "page 4: soft mask of the photo Photo7"),
    "wide font": (wide_font, "Safe area", "fail", "page 2: “abcdé”, 133 mm from the left and 111 mm from the top: 2.0 mm"),
    "no bleed": (no_bleed, "Bleed", "fail", "page 2: 0.0 mm at the left, 0.0 mm at the foot"),
    "a ground that stops at the trim": (ground_stops, "Colour to the edge", "fail", "page 3: a filled shape of 148 × 210 mm"),
    "a ground that stops in the bleed": (on(3, f"1 0 0 0 k {rect(-1, 60, 20, 10)} f"), "Colour to the edge", "fail", "page 3: a filled shape of 20 × 10 mm, 1 mm over the left edge and 140 mm from the top: ends 1.0 mm over the trimmed edge (left), the bleed is 3.0 mm"),
    "font not embedded": (no_font_file, "Fonts", "fail", "page 1: Sans isn't in the file"),
    "Type 3": (type3, "Fonts", "warn", "page 2: Drawn is a Type 3 font"),
    "hairline": (on(4, line(20, 60, 90, 60, 0)), "Line width", "fail", "page 4: a line, 20 mm from the left and 150 mm from the top: a hairline"),
    "a line that is scaled down": (on(4, "0.1 0 0 0.1 0 0 cm 0 0 0 1 K 1 w 1000 1000 m 2000 1000 l S"), "Line width", "fail", "page 4: a line, 25 mm from the left and 185 mm from the top: 0.10 pt"),
    "coarse photo": (put_picture(300, "DeviceCMYK", bytes((90, 0, 0, 0))), "Photos", "fail", "page 4: the photo Photo7, 50 mm from the left and 110 mm from the top: 152 dpi"),
    "rather coarse photo": (put_picture(500, "DeviceCMYK", bytes((90, 0, 0, 0))), "Photos", "warn", "254 dpi"),
    "annotation": (annotation, "Links and notes", "fail", "page 5: 1 link annotation"),
    "form field": (field, "Form fields", "fail", "field “Date”"),
    "wrong trim box": (trim_wrong, "Page size", "fail", "page 6: 146.0 × 208.0 mm, where the others are 148 × 210 mm"),
    "bleed box outside": (bleed_outside, "Page size", "fail", "page 7: its BleedBox sticks out of its MediaBox (left by 1.0 mm"),
    "crop box in the bleed": (cropped, "Page size", "fail", "page 7: its CropBox cuts into the bleed (left by 3.0 mm"),
    "rich black text": (on(2, text(30, 60, "warm", colour="0.6 0.4 0.4 1 k")), "Black text", "fail", "page 2: “warm”, 30 mm from the left and 147 mm from the top: C 60 M 40 Y 40 K 100"),
    "dark text without black": (on(2, text(30, 60, "warm", colour="0.9 0.9 0.9 0 k")), "Black text", "fail", "C 90 M 90 Y 90 K 0"),
    "small text in four inks": (on(2, text(30, 60, "warm", 9, "0.3 0.2 0.2 0.1 k")), "Black text", "warn", "C 30 M 20 Y 20 K 10 at 9.0 pt"),
    "too much ink": (on(3, f"0.9 0.9 0.9 0.9 k {rect(30, 60, 20, 10)} f"), "Ink limit", "fail", "page 3: a filled shape of 20 × 10 mm, 30 mm from the left and 140 mm from the top: 360 % (C 90 M 90 Y 90 K 90)"),
    "too much ink in a photo": (put_picture(700, "DeviceCMYK", bytes((255, 230, 230, 230))), "Ink limit", "fail", "page 4: the photo Photo7, 50 mm from the left and 110 mm from the top: 370 %"),
    "small type": (on(3, text(30, 60, "warm", 4.5)), "Type size", "warn", "page 3: “warm”"),
    "smaller type": (on(3, text(30, 60, "warm", 3.5)), "Type size", "fail", "3.5 pt"),
    "text near the edge": (on(6, text(4, 60, "warm")), "Safe area", "warn", "page 6: “warm”, 4 mm from the left and 147 mm from the top: 4.0 mm from the trimmed edge"),
    "text at the edge": (on(6, text(137, 60, "warm")), "Safe area", "fail", "page 6: “warm”, 137 mm from the left and 147 mm from the top: 2.5 mm from the trimmed edge"),
    "line at the edge": (on(6, line(2, 60, 90, 60, 1)), "Safe area", "fail", "page 6: a line"),
    "a page is missing": (one_less, "Pages", "fail", "7 pages: a folded booklet has a multiple of four"),
    "a cover alone": (cover, "Pages", "warn", "4 pages"),
    "too many pages": (too_many, "Pages", "fail", "56 pages: staples hold 8 to 52"),
    "no output intent": (no_intent, "Printing condition", "fail", "there is no output intent"),
    "RGB output intent": (rgb_intent, "Printing condition", "fail", "the profile is for RGB and not for CMYK"),
    "a scanner's profile": (screen_intent, "Printing condition", "fail", "its class is “scnr”"),
    "JavaScript": (script, "Scripts", "fail", "object "),
    "attached file": (attached, "Attached files", "fail", "object "),
    "transparency": (see_through, "Transparency", "warn", "page 2: 50% opacity"),
    "blend mode": (blended, "Transparency", "warn", "page 2: blend mode Multiply"),
    "no title": (untitled, "Title", "fail", "no title"),
    "two titles": (other_title, "Metadata", "fail", "Title: “Another” in one, “A better back massage” in the other"),
    "two dates": (other_date, "Metadata", "fail", "CreationDate: “D:20260102000000Z” in one"),
    "a newer version": (newer, "PDF version", "fail", "it is PDF 2.0"),
    "trapping unknown": (not_trapped, "Trapping", "fail", "it says “Unknown”"),
    "another standard": (no_x_key, "PDF/X-4 keys", "fail", "its metadata say PDF/X-1, not PDF/X-4"),
}  # fmt: skip


def test_the_file_without_a_fault_passes() -> None:
    found = proof(clean())
    assert amiss(found) == {}
    assert not found.failed
    assert {line.name for line in found.lines if line.verdict == "not checked"} == {"Ink coverage"}
    said = {line.name: line.says for line in found.lines}
    assert said["Page size"] == "trimmed to A5, 148 × 210 mm"
    assert said["Printing condition"] == "FOGRA39 (Test coating)"
    assert "0.44 mm (80 g/m²)" in said["Sheets"]


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found_by_its_own_line(defect: str) -> None:
    change, name, verdict, told = DEFECTS[defect]
    found = amiss(proof(broken(change)))
    assert list(found) == [name]
    assert found[name].verdict == verdict
    assert told in "\n".join(found[name].places)
    assert found[name].mend


def test_a_date_may_be_written_in_two_ways() -> None:
    assert amiss(proof(broken(same_date))) == {}


def test_a_spot_colour_is_told_twice() -> None:
    """As a colour that isn't ordered, and as the plate that it would need."""
    found = amiss(proof(broken(spot)))
    assert {name: line.verdict for name, line in found.items()} == {"Colours": "fail", "Plates": "warn"}
    assert "the spot colour Gold" in found["Colours"].places[0]


def test_what_an_annotation_shows_is_looked_at_too() -> None:
    found = amiss(proof(broken(appearance)))
    assert set(found) == {"Colours", "Links and notes"}
    assert "page 5: a filled shape of 18 × 18 mm" in found["Colours"].places[0]
    assert "in Stamp annotation 1" in found["Colours"].places[0]


def test_encryption() -> None:
    permissions = pikepdf.Permissions(modify_other=False)
    locked = broken(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="", allow=permissions))
    assert list(amiss(proof(locked))) == ["Lock"]
    with pytest.raises(Unreadable, match="is locked with a password"):
        proof(broken(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u")))


def test_the_ink_limit_is_a_choice() -> None:
    over = broken(on(3, f"0.75 0.75 0.75 0.65 k {rect(30, 60, 20, 10)} f"))
    assert amiss(proof(over)) == {}
    assert list(amiss(proof(over, ink=280))) == ["Ink limit"]


def test_a_picture_that_runs_through_the_bleed_may_have_details_that_end_in_it() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        drawn = f"0.2 0 0 0 k {rect(-3, 50, 60, 60)} f {rect(-1, 80, 4, 4)} f {line(1, 60, 20, 60, 1)}"
        keys = {
            "Subtype": pikepdf.Name.Form,
            "BBox": pikepdf.Array([0, 0, 1000, 1000]),
            "Resources": pikepdf.Dictionary(),
        }
        pdf.pages[2].Resources.XObject = pikepdf.Dictionary(Scene=pikepdf.Stream(pdf, drawn.encode(), **keys))
        pdf.pages[2].Contents = pdf.make_stream(f"q {rect(-3, 50, 60, 60)} W n /Scene Do Q".encode())

    assert amiss(proof(broken(change))) == {}


def test_us_sizes_have_an_eighth_of_an_inch_of_bleed() -> None:
    """Three millimetres are enough for A5 and too little for half Letter."""
    sheet = inspect(clean(), "x").sheets[0]
    for wide, high, verdict in ((148, 210, "pass"), (139.7, 215.9, "fail")):
        boxes = {"MediaBox": (0.0, 0.0, 300.0, 300.0), "TrimBox": (9.0, 9.0, 9 + wide, 9 + high)}
        boxes["BleedBox"] = (6.0, 6.0, 12 + wide, 12 + high)
        file = replace(inspect(clean(), "x"), sheets=(replace(sheet, boxes=boxes),))
        assert page_rules.bleed(file, Limits()).verdict == verdict


def test_home_files_have_two_sides_to_a_sheet() -> None:
    file = inspect(build(setup="floor", pages=8).edition("home"), "x")
    assert page_rules.sheets(file, Limits()).says.startswith("2 sheets of paper; ")
    odd = replace(file, sheets=file.sheets[:3])
    assert page_rules.page_count(odd, Limits()).places == ("3 sides: the last sheet has no back",)
    assert page_rules.sheets(odd, Limits()).verdict == "not checked"
    fronts = replace(odd, duplex="Simplex")
    assert page_rules.page_count(fronts, Limits()).says.startswith("3 sides, to be printed one-sided")
    assert page_rules.sheets(fronts, Limits()).says.startswith("3 sheets of paper; thickness when folded")
    upright = replace(odd.sheets[0], boxes={"MediaBox": (0.0, 0.0, 210.0, 297.0)})
    singles = replace(odd, sheets=(upright,) * 3)
    assert page_rules.page_count(singles, Limits()).says == "3 sides, one page on each"
    assert page_rules.sheets(singles, Limits()).says.startswith("2 sheets of paper; thickness, by")


def test_it_says_where_nothing_comes_to_the_edge() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(text(20, 20, "warm").encode())

    said = {line.name: line.says for line in proof(broken(change)).lines}
    assert said["Colour to the edge"] == "nothing comes to the trimmed edge"


def test_letters_stand_where_another_reader_finds_them() -> None:
    """pdfium finds every text of the screen edition in the box that the proof has for it."""
    data = build(setup="floor", pages=8).edition("screen")
    seen = 0
    for sheet, page in zip(inspect(data, "x").sheets, pypdfium2.PdfDocument(data), strict=True):
        letters = page.get_textpage()
        for mark in sheet.marks:
            if mark.kind == "text" and mark.box:
                left, foot, right, top = (edge * 72 / 25.4 for edge in mark.box)
                assert mark.letters in letters.get_text_bounded(left - 1, foot - 1, right + 1, top + 1)
                seen += 1
    assert seen > 100


def test_curves_are_measured_by_their_extremes() -> None:
    path = Path()
    path.add("m", [0, 0])
    path.add("c", [0, 4, 8, 4, 8, 0])
    assert path.box() == pytest.approx((0, 0, 8, 3))


# --- our own other editions
@pytest.mark.parametrize(("edition", "pages", "size"), [("screen", 8, "A5"), ("home", 4, "A4 on its side")])
def test_other_editions_get_the_lines_that_apply(edition: str, pages: int, size: str) -> None:
    found = report(inspect(build(setup="floor", pages=8).edition(edition), "file.pdf"), Limits(), "")
    assert amiss(found) == {}
    assert [line.name for line in found.lines] == ["Pages", "Sheets", "Page size", "Fonts", "Type size", "Colours", "Photos"]  # fmt: skip
    assert (found.pages, found.size.split(",")[0]) == (pages, size)
    assert "Only what matters" in as_text(found)


# --- files that can't be read
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no PDF": (lambda: b"hello" * 100, "booklet-shop.pdf isn't a PDF file"),
    "empty": (lambda: b"", "booklet-shop.pdf isn't a PDF file"),
    "cut short": (lambda: clean()[: len(clean()) // 2], "booklet-shop.pdf is broken or not whole"),
    "its end is missing": (lambda: clean()[:-20], "booklet-shop.pdf is broken or not whole"),
    "a bomb of 500 MB": (lambda: bomb(500), "booklet-shop.pdf unpacks to more"),
    "a page of 20 MB": (lambda: bomb(20), "page 1: a page or picture unpacks to more than 4 MB"),
    "a form that holds itself": (lambda: broken(_loop), "page 1: its pictures stand in each other"),
    "forms that multiply": (lambda: broken(_many), "page 1: its pages draw more than 500,000 things"),
    "half an instruction": (lambda: broken(on(2, "1 0 0 (rg")), "booklet-shop.pdf can't be read: it is damaged in 1 place"),
    "what a reader skips": (lambda: broken(on(2, ") ) ) q Q")), "it is damaged in 3 places"),
    "LZW": (lambda: broken(_lzw, compress_streams=False), "page 1: a page is packed with LZW"),
    "wrong values": (lambda: broken(on(2, "/Nothing Do")), "page 2: its instruction “Do” has the wrong values"),
}  # fmt: skip


def _lzw(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=pikepdf.Name.LZWDecode)


def _loop(pdf: pikepdf.Pdf) -> None:
    art = pdf.pages[0].Resources.XObject.Art
    art.write(b"/Art Do")
    art.Resources.XObject = pikepdf.Dictionary(Art=art)


def _many(pdf: pikepdf.Pdf) -> None:
    """Nine forms, each drawing the next twenty times."""
    last = pikepdf.Stream(pdf, b"0 0 1 1 re f", Subtype=pikepdf.Name.Form)
    inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Art=pdf.make_indirect(last)))
    for _ in range(9):
        form = pikepdf.Stream(pdf, b"/Art Do " * 20, Subtype=pikepdf.Name.Form, Resources=inner)
        inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Art=pdf.make_indirect(form)))
    pdf.pages[0].Resources = inner
    pdf.pages[0].Contents = pdf.make_stream(b"/Art Do")


@pytest.mark.parametrize("case", HOSTILE)
def test_broken_and_hostile_files_get_one_line_within_seconds(case: str) -> None:
    make, message = HOSTILE[case]
    data, start = make(), time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        proof(data)
    assert time.perf_counter() - start < 5
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_whatever_is_changed_in_a_file_it_is_read_or_refused() -> None:
    """Eighty files with a few wrong bytes or words in them, always the same ones."""
    with pikepdf.open(io.BytesIO(clean())) as pdf:
        out = io.BytesIO()
        pdf.save(out, qdf=True, static_id=True)
    dice = random.Random(7)
    words = [
        b"/Do",
        b" 0 ",
        b"[",
        b">>",
        b"null",
        b"-1",
        b"/Im1",
        b"1e9",
        b" R ",
        b"\xff",
        b"q ",
        b"/DeviceN",
        b"/Indexed",
    ]
    refused: list[str] = []
    for _ in range(80):
        data = bytearray(out.getvalue())
        for _ in range(dice.randint(1, 6)):
            at, word = dice.randrange(len(data)), dice.choice(words)
            data[at : at + len(word)] = word
        try:
            as_text(proof(bytes(data)))
        except Unreadable as error:
            refused.append(str(error))
    assert 10 < len(refused) < 80
    assert not [message for message in refused if "\n" in message]


# --- how it is told
@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ghostscript takes most of the time of a proof."""
    monkeypatch.setattr(shutil, "which", lambda _: None)


def test_the_text_says_what_to_do(run: Callable[..., Done], tmp_path: FilePath, quick: None) -> None:
    (tmp_path / "good.pdf").write_bytes(clean())
    (tmp_path / "bad.pdf").write_bytes(broken(DEFECTS["RGB fill"][0]))
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7\nnothing")
    done = run("proof", "good.pdf")
    assert done.code == 0
    assert "prepared for PDF/X-4" in done.out
    assert "isn't a certificate" in done.out
    done = run("proof", "good.pdf", "bad.pdf", "none.pdf", "missing.pdf")
    assert done.code == 1
    assert "FAIL        Colours: Something isn't in the four inks of the press." in done.out
    assert "What to do: Make the print-shop file again" in done.out
    assert done.err.splitlines() == [
        "none.pdf is broken or not whole: make it or fetch it again",
        "can't read missing.pdf: No such file or directory",
    ]


def test_a_files_own_words_cant_steer_the_terminal_or_fill_it() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = "\x1b[2J" + "x" * 5000

    shown = as_text(proof(broken(change)))
    assert "Title: “?[2Jxxx" in shown
    assert "\x1b" not in shown
    assert len(shown) < 5000


def test_json(run: Callable[..., Done], tmp_path: FilePath, quick: None) -> None:
    (tmp_path / "bad.pdf").write_bytes(broken(DEFECTS["no bleed"][0]))
    done = run("proof", "bad.pdf", "--format", "json")
    (one,) = json.loads(done.out)
    assert (done.code, one["failed"], one["file"], one["pages"]) == (1, True, "bad.pdf", 8)
    assert {line["name"]: line["verdict"] for line in one["lines"]}["Bleed"] == "fail"
    assert json.loads(as_json([])) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--out", "proof.txt"], 1, "--out proof.txt is no PDF file"),
        (["--out", "file.pdf"], 1, "--out file.pdf is one of the files to look at"),
        (["--out", "a.pdf", "--format", "json"], 1, "leave out --format json"),
        (["--format", "html"], 2, "'html' is not one of"),
        (["--ink-limit", "500"], 2, "500"),
    ],
)
def test_wrong_usage(
    run: Callable[..., Done], tmp_path: FilePath, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "file.pdf").write_bytes(clean())
    done = run("proof", "file.pdf", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert (tmp_path / "file.pdf").read_bytes() == clean()


def test_the_proof_sheet_is_one_page_for_each_file(run: Callable[..., Done], tmp_path: FilePath, quick: None) -> None:
    def everything(pdf: pikepdf.Pdf) -> None:
        for change, _, _, _ in DEFECTS.values():
            if change not in (untitled, other_title, no_intent, one_less, blended):
                change(pdf)
        pdf.docinfo["/Title"] = "☃ **bold** :fr[oui] " + "x" * 500

    (tmp_path / "good.pdf").write_bytes(clean())
    (tmp_path / "bad.pdf").write_bytes(broken(everything))
    done = run("proof", "good.pdf", "bad.pdf", "--out", "sheet.pdf")
    assert done.code == 1
    assert "bad.pdf: " in done.out
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert [[round(float(v) * 25.4 / 72) for v in page.mediabox] for page in pdf.pages] == [[0, 0, 210, 297]] * 2
    assert run("proof", "good.pdf", "--format", "pdf").code == 0
    assert (tmp_path / "good-proof.pdf").exists()
    again = proof(clean())
    assert proof_sheets([again]) == proof_sheets([again])


def test_the_proof_sheet_conforms() -> None:
    assert complaints_about(proof_sheets([proof(clean())]), ()) == []


# --- plates
@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript isn't here")
def test_ink_on_the_plates_is_measured() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        while len(pdf.pages) > 1:
            del pdf.pages[1]
        pdf.pages[0].Contents = pdf.make_stream(f"0 1 0.5 0 k {rect(0, 0, 74, 210)} f".encode())

    half = broken(change)
    found = plates.measure(half, inspect(half, "x").sheets)
    assert isinstance(found, plates.Coverage)
    assert [round(mean) for mean in found.means.values()] == [0, 50, 25, 0]
    assert found.highest == pytest.approx(150, abs=1)
    assert found.page == 1


def test_pages_as_large_as_a_wall_arent_drawn() -> None:
    sheet = inspect(clean(), "x").sheets[0]
    wall = replace(sheet, boxes={"MediaBox": (0.0, 0.0, 5000.0, 5000.0)})
    assert plates.measure(b"", (wall,)) == "the pages are larger than those of any booklet"


def test_without_ghostscript_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert plates.measure(clean(), ()) == "Ghostscript isn't here"


@pytest.mark.parametrize(
    "error", [subprocess.TimeoutExpired("gs", 60), subprocess.CalledProcessError(1, "gs"), OSError()]
)
def test_ghostscript_may_fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/gs")
    monkeypatch.setattr(subprocess, "run", fail)
    assert str(plates.measure(clean(), ())).startswith("Ghostscript ")


def test_photos_of_every_packing_have_their_ink_measured() -> None:
    """Flate, JPEG as PDF has it, and JPEG the other way round as Adobe's programs write it."""
    from PIL import Image

    inks = []
    for turned in (False, True):
        out = io.BytesIO()
        Image.new("CMYK", (700, 700), (255, 255, 255, 0)).save(out, "JPEG")

        def change(pdf: pikepdf.Pdf, data: bytes = out.getvalue(), turned: bool = turned) -> None:
            put_picture(700, "DeviceCMYK", bytes(4))(pdf)
            picture = pdf.pages[3].Resources.XObject.Photo7
            picture.write(data, filter=pikepdf.Name.DCTDecode)
            if turned:
                picture.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0, 1, 0])

        (mark,) = inspect(broken(change), "x").sheets[3].marks
        inks.append(round(mark.ink.total or 0))
    assert inks == [100, 300]
