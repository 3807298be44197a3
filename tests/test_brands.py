"""Brands: what a brand file may say, what is refused and how, what stands on the pages, codes that can be read."""

import io
import time
import zlib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from booklets import back_massage, complaints, texts
from PIL import Image
from screens import complaints_about

from booklet.branding import Brand, brand_names, find_brand, nearest_readable, read_brand, with_brand
from booklet.building import Booklet, Request, make
from booklet.codes import LEAST_MODULE, QUIET, modules
from booklet.errors import BadChoice, BookletError, InvalidFile, Place
from booklet.items import Art, walk
from booklet.logos import read_logo
from booklet.model import Words
from booklet.shops import find_shop, read_shop
from booklet.theming import contrast, find_theme, read_theme

PLAIN = "name: Spa\n"
WAVE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 5c3 -3 6 -3 9 0" stroke="#123456" fill="none"/></svg>'


def write(tmp_path: Path, text: str, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = tmp_path / name.replace("_", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    path = tmp_path / "brand.yaml"
    path.write_text(text)
    return path


def build(brand: Brand, given: dict[str, Any] | None = None, **asked: Any) -> Booklet:
    return make(back_massage(), given or {}, Request(brand=brand, **asked))


# --- the examples ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("setup", ["floor", "bed", "table", "chair", "side"])
@pytest.mark.parametrize("name", brand_names())
def test_the_examples_make_whole_booklets(name: str, setup: str, large: bool) -> None:
    brand = read_brand(find_brand(name))
    booklet = build(brand, {"setup": setup}, large_print=large)
    assert complaints(booklet) == []
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []
    shown = " ".join(text.text for page in booklet.pages for text in texts(page))
    missing = booklet.pages[-1].left_out
    said = [
        brand.name,
        brand.tagline,
        brand.welcome,
        brand.contact.site,
        brand.legal if "legal" not in missing else None,
    ]
    said += [brand.contact.address, brand.contact.hours] if "contact" not in missing else []
    for words in said:
        if words and not (words is brand.welcome and "welcome" not in booklet.book.pages):
            assert set(words.split()) <= set(shown.replace("\u00a0", " ").split()), words
    assert missing == () or large
    assert bool(missing) == any("The back cover has no room for" in remark for remark in booklet.remarks)


@pytest.mark.parametrize("edition", ["screen", "home", "shop"])
@pytest.mark.parametrize("name", brand_names())
def test_codes_read_in_every_edition(name: str, edition: str) -> None:
    brand = read_brand(find_brand(name))
    assert brand.booking
    shop = read_shop(find_shop("europe-a5"))
    data = build(brand, shop=shop).files(edition)[""]
    found = {
        code.text
        for page in pypdfium2.PdfDocument(data)
        for code in zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
    }
    assert found == {str(brand.booking.link)}


def test_a_code_s_squares_are_large_enough_and_have_their_quiet_zone() -> None:
    for letters in (10, 60, 200):
        link = Words("https://a.example/" + "x" * letters, Place("x", 1, 1))
        squares = modules(link)
        side = max(20.0, len(squares) * LEAST_MODULE)
        assert side / len(squares) >= LEAST_MODULE
        scale = 4
        image = Image.new("L", ((len(squares) + 2 * QUIET) * scale,) * 2, 255)
        for row, line in enumerate(squares):
            for column, dark in enumerate(line):
                if dark:
                    at = ((column + QUIET) * scale, (row + QUIET) * scale)
                    image.paste(0, (*at, at[0] + scale, at[1] + scale))
        assert [code.text for code in zxingcpp.read_barcodes(image)] == [str(link)]


def test_safety_stays_with_every_brand() -> None:
    """The same words about safety, stopping and after-care, and the same colours of moves, as without a brand."""
    plain, branded = (
        make(back_massage(), {}, Request()),
        build(read_brand(find_brand("maison-corail")), {"setup": "floor", "shirt": "on", "oil": "none"}),
    )
    for chapter in ("safety", "stop", "finish"):
        before, after = (
            {text.text.strip() for text in texts(one.pages[one.book.pages[chapter] - 1])} for one in (plain, branded)
        )
        assert before - {"A better back massage", "On the floor · Shirt on · 30 minutes"} <= after
    assert branded.book.theme.looks == plain.book.theme.looks
    assert branded.book.theme.colours.stop == plain.book.theme.colours.stop


def test_pictures_wear_the_brand_s_colours(tmp_path: Path) -> None:
    brand = read_brand(write(tmp_path, 'name: Spa\ncolours: {shirt: "#AA1155", mat: "#335577"}\n'))
    drawings = [item.drawing for page in build(brand).pages for item in walk(page.items) if isinstance(item, Art)]
    colours = {one.colour.upper() for drawing in drawings if hasattr(drawing, "outlines") for one in drawing.outlines}
    assert {"#AA1155", "#335577"} <= colours


def test_choices_and_offers_of_a_brand() -> None:
    brand = read_brand(find_brand("stillwater"))
    assert build(brand).book.choices["setup"] == "table"
    assert build(brand, {"setup": "floor"}).book.choices["setup"] == "floor"


def test_what_a_brand_doesn_t_offer_is_refused(tmp_path: Path) -> None:
    brand = read_brand(write(tmp_path, "name: Spa\noffers: {setup: [table, chair]}\n"))
    assert build(brand).book.choices["setup"] == "table"
    with pytest.raises(BadChoice, match="Spa offers --setup table, chair, not floor"):
        build(brand, {"setup": "floor"})


# --- what is wrong --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tagline: x\n", "1:1: `name` is missing"),
        (PLAIN + "nmae: x\n", "2:1: `nmae` isn't known here"),
        (PLAIN + "tagline: " + "x" * 41 + "\n", "2:10: `tagline` has 41 letters; its place holds 40: shorten it by 1"),
        (PLAIN + "colours: {accent: green}\n", "2:19: `green` is no colour; write it as #rrggbb"),
        (PLAIN + "logo: none.svg\n", "the logo can't be used: it can't be found"),
        (PLAIN + "booking: {link: stillwater.example}\n", "2:17: `stillwater.example` is no link: begin it with https://"),
        (PLAIN + "contact: {phon: 1}\n", "`phon` isn't known here; expected address, phone, site, hours, social; did you mean `phone`?"),
        (PLAIN + "offer: {until: tomorrow}\n", "`text` is missing"),
        ("- name: Spa\n", "expected"),
    ],
)  # fmt: skip
def test_a_wrong_brand_file_is_told_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as told:
        read_brand(write(tmp_path, text))
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('colours: {accent: "#808080"}', "neither white nor ink can be read on the accent #808080"),
        ('colours: {paper: "#C08030"}', "has a contrast of"),
        ("choices: {setup: flor}", "`flor` is no choice of `setup`"),
        ("choices: {setpu: floor}", "the routine has no option `setpu`"),
        ("theme: stil", "there is no theme `stil`"),
        ("tagline: 手", "has no “手”"),
        ("name: " + "Wellness " * 12, "the brand's name"),
        ("booking: {link: 'https://a.example/" + "x" * 1600 + "'}", "use a shorter link"),
        ("contact: {address: " + "Long street " * 20 + "}", "too long for the back cover"),
        ("offer: {text: " + "Come again soon and bring your friends. " * 3 + "}", "the offer takes"),
    ],
)
def test_what_doesn_t_fit_or_can_t_be_read_is_told(text: str, message: str, tmp_path: Path) -> None:
    text = text if text.startswith("name:") else PLAIN + text
    with pytest.raises(BookletError) as told:
        build(read_brand(write(tmp_path, text + "\n")))
    assert message in str(told.value)
    assert "brand.yaml" in str(told.value) or "choice" in str(told.value) or "theme" in str(told.value)


def test_a_better_colour_is_proposed() -> None:
    for colour in ("#808080", "#C9A227", "#FFEE00", "#777700"):
        better = nearest_readable(colour, "#FFFFFF")
        assert contrast(better, "#FFFFFF") >= 4.5
    theme = read_theme(find_theme("still"))
    brand = Brand(Words("Spa", Place("x", 1, 1)))
    assert with_brand(theme, brand) == theme


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height), (200, 30, 30, 128)[: len(mode)]).save(file, "PNG")
    return file.getvalue()


def test_a_logo_of_too_few_pixels_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN + "logo: logo.png\n", logo_png=png(40, 40))
    with pytest.raises(InvalidFile, match=r"brand.yaml:2:7: the logo logo.png has \d+ pixels per inch where it is"):
        build(read_brand(path))
    build(read_brand(write(tmp_path, PLAIN + "logo: logo.png\n", logo_png=png(400, 400))))


def bomb() -> bytes:
    """A PNG that says it is 60,000 pixels square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    )


def svg(inside: str, head: str = "", attributes: str = 'viewBox="0 0 10 10"') -> bytes:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'.encode()


SHAPE = '<path d="M0 0H9V9Z" fill="#123456"/>'
LAUGHS = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "script": ("svg", svg("<script>alert(1)</script>" + SHAPE), "holds a script"),
    "onload": ("svg", svg(SHAPE, attributes='viewBox="0 0 10 10" onload="x()"'), "holds a script (onload)"),
    "foreign object": ("svg", svg("<foreignObject/>" + SHAPE), "holds a foreign object"),
    "external picture": ("svg", svg('<image href="https://evil.example/x.png"/>'), "holds a picture of pixels"),
    "data picture": ("svg", svg('<image href="data:image/png;base64,AAAA"/>'), "holds a picture of pixels"),
    "external use": ("svg", svg('<use xlink:href="https://evil.example/x.svg#a"/>'), "points to something outside"),
    "file use": ("svg", svg('<use href="file:///etc/passwd#a"/>'), "points to something outside"),
    "import": ("svg", svg("<style>@import url(https://evil.example/x.css)</style>" + SHAPE), "points to something outside"),
    "font face": ("svg", svg("<style>@font-face{src:url(http://evil.example/f.ttf)}</style>" + SHAPE), "points to something outside"),
    "fill url": ("svg", svg('<path d="M0 0H9V9Z" fill="url(http://evil.example/#g)"/>'), "points to something outside"),
    "link": ("svg", svg('<a href="#x">' + SHAPE + "</a>"), "holds a link"),
    "entities": ("svg", svg(SHAPE, LAUGHS), "has a document type"),
    "external entity": ("svg", svg(SHAPE, '<!DOCTYPE svg SYSTEM "file:///etc/passwd">'), "has a document type"),
    "letters": ("svg", svg("<text>Spa</text>"), "holds letters: turn them into paths"),
    "gradient": ("svg", svg('<defs><linearGradient id="g"/></defs>' + SHAPE), "holds a gradient: use flat colours"),
    "filter": ("svg", svg('<filter id="f"/>' + SHAPE), "holds a filter"),
    "pattern": ("svg", svg('<pattern id="f"/>' + SHAPE), "holds a pattern"),
    "mask": ("svg", svg('<mask id="f"/>' + SHAPE), "holds a mask"),
    "animation": ("svg", svg('<animate attributeName="x"/>' + SHAPE), "moves: give a still one"),
    "see-through": ("svg", svg('<path d="M0 0H9V9Z" fill="#123456" opacity=".5"/>'), "see-through"),
    "video": ("svg", svg("<video/>" + SHAPE), "holds <video>"),
    "nothing": ("svg", svg(""), "draws nothing"),
    "no size": ("svg", svg(SHAPE, attributes='viewBox="0 0 0 0"'), "can't be used"),
    "truncated svg": ("svg", svg(SHAPE)[:-10], "isn't whole XML"),
    "not xml": ("svg", b"\x00\x01\x02", "isn't whole XML"),
    "deep": ("svg", svg("<g>" * 500 + SHAPE + "</g>" * 500), "in each other"),
    "many": ("svg", svg(SHAPE * 6000), "has more than 5,000 parts"),
    "huge svg": ("svg", svg("<!--" + "x" * 3_000_000 + "-->" + SHAPE), "is larger than 2 MB"),
    "truncated png": ("png", png(300, 300)[:200], "is no whole picture"),
    "png bomb": ("png", bomb(), "pixels"),
    "not a picture": ("png", b"GIF89a" + bytes(50), "is no whole picture"),
    "empty": ("png", b"", "is no whole picture"),
    "wrong kind": ("gif", b"GIF89a", "is neither SVG, PNG nor JPEG"),
    "jpeg that is svg": ("jpg", svg(SHAPE), "is no whole picture"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_logos_are_refused_by_name_at_once(name: str, tmp_path: Path) -> None:
    ending, content, message = HOSTILE[name]
    path = tmp_path / f"logo.{ending}"
    path.write_bytes(content)
    start = time.process_time()
    with pytest.raises(InvalidFile) as told:
        read_logo(path)
    assert message in str(told.value)
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)
    assert time.process_time() - start < 1


def test_a_logo_as_programs_draw_them_is_read(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(svg(
        '<defs><style>.a{fill:#ff0000}</style></defs><g transform="translate(2 2) scale(.5)"><rect class="a" width="4" height="4" rx="1"/>'
        '<circle cx="8" cy="8" r="2" style="fill:none;stroke:#0000ff;stroke-width:1"/></g><polygon points="0,0 1,0 1,1" fill="#00ff00"/>'
    ))  # fmt: skip
    drawing = read_logo(path)
    assert [one.colour for one in drawing.outlines] == ["#ff0000", "#0000ff", "#00ff00"]  # type: ignore[union-attr]


@pytest.mark.parametrize("accent", ["#2F5D5A", "#E8705F"], ids=["white letters", "dark letters"])
@pytest.mark.parametrize("made_for_it", [False, True])
def test_the_logo_for_the_block_stands_on_it(made_for_it: bool, accent: str, tmp_path: Path) -> None:
    """The one that was made for the block is taken as it is, whatever colour letters have there; else one colour."""
    text = f'name: Spa\nlogo: wave.svg\ncolours: {{accent: "{accent}"}}\n'
    text += "logo-on-accent: light.svg\n" if made_for_it else ""
    path = write(tmp_path, text, wave_svg=WAVE, light_svg=WAVE.replace("#123456", "#ABCDEF"))
    cover = build(read_brand(path)).pages[0]
    logos = [
        item.drawing for item in walk(cover.items) if isinstance(item, Art) and item.drawing.name in ("wave", "light")
    ]
    ink = "#FFFFFF" if accent == "#2F5D5A" else "#2B2320"
    assert [one.colour for one in logos[0].outlines] == (["#abcdef"] if made_for_it else [ink])  # type: ignore[union-attr]
