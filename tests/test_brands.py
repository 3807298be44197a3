"""Brands: what a brand file may say, what is refused and how, what stands on the pages, codes that can be read."""

import io
import re
import time
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from booklets import back_massage, complaints, texts
from fontparts import licensed
from PIL import Image, ImageDraw
from screens import complaints_about

from booklet import brandwords, translating
from booklet.branding import brand_names, find_brand, nearest_colour, read_brand, with_brand
from booklet.brands import (
    Booking,
    Brand,
    BrandColours,
    BrandFonts,
    BrandWords,
    Contact,
    Offer,
    keys_left_out,
    lighter,
)
from booklet.building import Booklet, Request, make
from booklet.codes import LEAST_MODULE, QUIET, modules
from booklet.copies import Common, Maker
from booklet.editions import AT_HOME
from booklet.errors import BadChoice, BookletError, InvalidFile, Place
from booklet.examining import examine
from booklet.folders import folder
from booklet.items import Art, Group, Link, Shape, Text, walk
from booklet.logos import read_logo, share_seen
from booklet.model import Words
from booklet.offers import with_offers
from booklet.rosters import read_roster
from booklet.routines import read_routine
from booklet.shops import find_shop, read_shop
from booklet.theming import LEAST_CONTRAST, contrast, find_theme, mix, read_theme

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
    said_missing = [remark for remark in booklet.remarks if "has no room for" in remark]
    assert not any("`contact`" in remark for remark in said_missing)
    assert ("contact" in missing) == any("`contact.address`" in remark for remark in said_missing)
    assert bool(missing) == any("The back cover has no room for" in remark for remark in booklet.remarks)


def test_what_is_left_out_is_named_by_the_keys_that_are_gone() -> None:
    """Telephone and site stay where the rest of `contact` goes."""
    brand = read_brand(find_brand("stillwater"))
    (less,) = (one for one, key in lighter(brand) if key == "contact")
    assert (less.contact.phone, less.contact.site) == (brand.contact.phone, brand.contact.site)
    assert [*keys_left_out(brand, ("offer", "contact"))] == ["offer", "contact.address", "contact.hours"]


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
    assert found == {str(brand.booking.url)}


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


def test_limits_that_a_brand_offers_are_nobody_s_until_they_say_so(tmp_path: Path) -> None:
    brand = read_brand(write(tmp_path, "name: Spa\noffers: {limit: [blood-thinners, tender]}\n"))
    assert build(brand).book.choices["limit"] == ()
    assert build(brand, {"limit": ["tender"]}).book.choices["limit"] == ("tender",)
    with pytest.raises(BadChoice, match="Spa offers --limit blood-thinners, tender, not pregnant"):
        build(brand, {"limit": ["pregnant"], "setup": "chair"})
    with pytest.raises(BookletError) as told:  # why there is no massage today is said, whoever offers what
        build(brand, {"limit": ["fever"]})
    with pytest.raises(BookletError) as plain:
        make(back_massage(), {"limit": ["fever"]}, Request())
    assert str(told.value) == str(plain.value)


def test_the_readme_beside_the_examples_names_every_key() -> None:
    readme = find_brand("stillwater").with_name("README.md").read_text()
    rows = {cells[1].strip(): cells[2] for line in readme.split("\n") if len(cells := line.split("|")) > 3}
    keys = {name.replace("_", "-") for name in Brand.__slots__}
    assert {key for row in rows for key in row.split(", ")} - {"key", "---"} == keys
    for row, kind in (
        ("colours", BrandColours),
        ("fonts", BrandFonts),
        ("contact", Contact),
        ("booking", Booking),
        ("offer", Offer),
        ("languages", BrandWords),
    ):
        for name in set(kind.__slots__) - {"place"}:
            assert name.replace("_", "-") in rows[row], (row, name)


# --- what is wrong --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tagline: x\n", "1:1: `name` is missing"),
        (PLAIN + "nmae: x\n", "2:1: `nmae` isn't known here"),
        (PLAIN + "legal: " + "x" * 121 + "\n", "2:8: `legal` has 121 letters; its place holds 120: shorten it by 1"),
        (PLAIN + "colours: {accent: green}\n", "2:19: `green` is no colour; write it as #rrggbb"),
        (PLAIN + "booking: {url: 'javascript:alert(1)'}\n", "`javascript:alert(1)` is no link: begin it with https://"),
        (PLAIN + "logo: none.svg\n", "2:7: the logo can't be used: there is no file `none.svg` in the folder of "),
        (PLAIN + "fonts: {display: none.ttf}\n", "2:18: the font can't be used: there is no file `none.ttf` in the folder of "),
        (PLAIN + "booking: {url: stillwater.example}\n", "2:16: `stillwater.example` is no link: begin it with https://"),
        (PLAIN + "contact: {phon: 1}\n", "`phon` isn't known here; expected address, phone, site, hours, social; did you mean `phone`?"),
        (PLAIN + "offer: {until: tomorrow}\n", "`text` is missing"),
        ("- name: Spa\n", "expected"),
        (PLAIN + "language: German\n", "2:11: `German` is no language: write its short name, such as de, fr or es-mx"),
        (PLAIN + "languages: {german: {tagline: Ruhe}}\n", "2:13: `german` is no language"),
        (PLAIN + "languages:\n  german:\n    tagline: Ruhe\n", "3:3: `german` is no language"),
        (PLAIN + "languages:\n  de: {tagine: Ruhe}\n", "3:8: `tagine` isn't known here; expected tagline, contact, booking, welcome, safety, offer, legal; did you mean `tagline`?"),
        (PLAIN + "languages:\n  de: {legal: " + "x" * 121 + "}\n", "3:15: `legal` has 121 letters"),
        (PLAIN + "languages:\n  de: {booking: {text: Buchen}}\n", "3:24: the brand has no `booking` that this would stand beside: give its `url`, too"),
        (PLAIN + "languages:\n  de: {offer: {until: 2027-12-31}}\n", "3:23: the brand has no `offer` that this would belong to: give its `text`, too"),
        (PLAIN + "languages:\n  de: {booking: {url: stillwater.example}}\n", "3:23: `stillwater.example` is no link"),
    ],
)  # fmt: skip
def test_a_wrong_brand_file_is_told_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as told:
        read_brand(write(tmp_path, text))
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('colours: {accent: "#787878"}', "neither white nor ink can be read on the accent #787878 (white 4.4, ink 3.5; 4.5 is needed); the nearest that can is #767676"),
        ('colours: {primary: "#7F8080", accent: "#FFFFFF"}', "on the primary #7F8080 (white 4.0, ink 3.9; 4.5 is needed); the nearest that can is #757676"),
        ('colours: {paper: "#C08030"}', "has a contrast of"),
        ('colours: {paper: "#000000"}', "the line of dots #222222 on the paper #000000 has a contrast of 1.3; 4.5 is needed; the nearest paper that can be used is #f0f0f0"),
        ("tagline: " + "Long and slow " * 9, "the tag line “Long and slow"),
        ("booking: {url: 'https://a.example/ b'}", "is no link: begin it with https://, without spaces"),
        ("offer: {text: Ten minutes more, url: shop.example}", "`shop.example` is no link"),
        ("choices: {setup: flor}", "`flor` is no choice of `setup`"),
        ("offers: {setup: [table, chiar]}", "2:25: `chiar` is no choice of `setup`: floor, bed, table, chair, side; did you mean `chair`?"),
        ("choices: {setpu: floor}", "the routine has no option `setpu`"),
        ("theme: stil", "there is no theme `stil`"),
        ("tagline: 手", "has no “手”"),
        ("name: " + "Wellness " * 12, "the brand's name"),
        ("booking: {url: 'https://a.example/" + "x" * 900 + "'}", "mm wide, and there is room for 42 mm: use a shorter link, of 624 letters at most"),
        ("contact: {address: " + "Long street " * 20 + "}", "mm too long for two lines of"),
        ("offer: {text: " + "Come again soon and bring your friends. " * 6 + "}", "lines and there is room for 3: shorten it by about"),
    ],
)  # fmt: skip
def test_what_doesn_t_fit_or_can_t_be_read_is_told(text: str, message: str, tmp_path: Path) -> None:
    text = text if text.startswith("name:") else PLAIN + text
    with pytest.raises(BookletError) as told:
        build(read_brand(write(tmp_path, text + "\n")))
    assert message in str(told.value)
    assert "brand.yaml" in str(told.value) or "choice" in str(told.value) or "theme" in str(told.value)


@pytest.mark.parametrize("people", [("", ""), ("", "Ben"), ("Katharina Bergmann", "Jean-Christophe de Montgomery")])
@pytest.mark.parametrize("theme", ["still", "bright"])
@pytest.mark.parametrize("branded", [False, True])
def test_the_title_of_a_low_cover_keeps_clear_of_names_and_mark(
    people: tuple[str, str], theme: str, branded: bool
) -> None:
    """Of eight pages the cover holds the clock too: where the block is too low for two lines, the title has one."""
    brand = read_brand(find_brand("stillwater")) if branded else None
    for language in ("", "fr"):
        file = translating.in_language(back_massage(), language)
        request = Request(theme=theme, pages=8, receiver=people[0], giver=people[1], brand=brand)
        booklet = make(file, {"setup": "floor", "minutes": "88", "pace": "focus"}, request)
        assert complaints(booklet) == []


@pytest.mark.parametrize("name", ["stretch", "desk", "hand", "paper-cup", "back-massage"])
def test_a_brand_serves_all_routines(name: str, tmp_path: Path) -> None:
    """What only another routine knows doesn't count; what none knows is a mistake, as above."""
    file = read_routine(folder("templates") / "routines" / f"{name}.yaml")
    given = "choices: {shirt: 'off', minutes: 60, hold: long, setup: bed}\noffers: {setup: [bed, mat], oil: [oil]}\n"
    brand = read_brand(write(tmp_path, PLAIN + given))
    chosen = with_offers(file, brand, {})
    assert set(chosen) == {
        "stretch": {"hold", "setup"},
        "hand": {"oil"},
        "back-massage": {"shirt", "minutes", "setup", "oil"},
    }.get(name, set())
    assert make(file, {}, Request(brand=brand)).pages


# --- languages ------------------------------------------------------------------------------------------------------
SPEAKS = """name: Spa
language: en
tagline: Slow hands
contact: {phone: 01 23, hours: All day}
booking: {url: "https://spa.example", text: Book}
welcome: From all of us.
offer: {text: Ten minutes more, until: 2027-12-31}
legal: No medical advice.
languages:
  de:
    tagline: Ruhige Hände
    contact: {hours: Ganztags}
    booking: {text: Buchen, url: "https://spa.example/de"}
    welcome: Von uns allen.
    offer: {text: Zehn Minuten mehr}
    legal: Kein ärztlicher Rat.
  de-at: {tagline: Servus}
  fr: {welcome: De nous tous.}
"""


def in_booklet(path: Path, tag: str, **asked: Any) -> Booklet:
    file = translating.in_language(back_massage(), tag)
    return make(file, {}, Request(brand=read_brand(path), **asked))


def words_of(booklet: Booklet) -> str:
    return " ".join(text.text for page in booklet.pages for text in texts(page))


def test_a_brand_speaks_the_language_of_the_booklet(tmp_path: Path) -> None:
    path = write(tmp_path, SPEAKS)
    booklet = in_booklet(path, "de")
    shown = words_of(booklet)
    for words in (
        "Ruhige Hände",
        "Ganztags",
        "Buchen",
        "Von uns allen.",
        "Zehn Minuten mehr",
        "31. Dezember 2027",
        "01\xa023",
    ):
        assert words in shown, words
    for words in ("Slow hands", "All day", "Book", "Ten minutes"):
        assert words not in shown, words
    links = {item.to for page in booklet.pages for item in walk(page.items) if isinstance(item, Link)}
    assert "https://spa.example/de" in links
    assert "https://spa.example" not in links
    assert booklet.remarks == ()
    assert "Servus" in words_of(in_booklet(path, "de-at"))
    assert "Slow hands" in words_of(in_booklet(path, "en"))


def test_what_a_brand_doesn_t_say_in_a_language_is_told_and_marked(tmp_path: Path) -> None:
    booklet = in_booklet(write(tmp_path, SPEAKS), "fr")
    told = "Spa says `tagline`, `contact.hours`, `booking.text`, `offer.text`, `legal` in English: its brand file may have them in French, under `languages: fr:`."
    assert booklet.remarks == (told,)
    marked = {
        text.text: group.language
        for page in booklet.pages
        for group in walk(page.items)
        if isinstance(group, Group) and group.language
        for text in walk(group.items)
        if isinstance(text, Text)
    }
    assert {"Slow hands", "All day", "Book", "Ten minutes more", "No medical advice."} == {one for one in marked if marked[one] == "en"}  # fmt: skip
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []


def test_the_words_of_a_brand_without_a_language_are_taken_for_the_booklet_s(tmp_path: Path) -> None:
    booklet = in_booklet(write(tmp_path, PLAIN + "tagline: Mani lente\n"), "fr")
    assert booklet.remarks == ()
    assert not [one for page in booklet.pages for one in walk(page.items) if isinstance(one, Group) and one.language]


def test_an_offer_in_one_language_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        PLAIN + "languages:\n  de: {offer: {text: Zehn Minuten mehr}, booking: {url: 'https://spa.example'}}\n",
    )
    assert "Zehn Minuten mehr" in words_of(in_booklet(path, "de"))
    assert in_booklet(path, "en").book.brand == read_brand(write(tmp_path, PLAIN))


def test_check_looks_at_a_brand_in_each_of_its_languages(tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN + "languages:\n  de: {tagline: " + "Lange Wörter und viele davon " * 6 + "}\n")
    told = [(one.place.line, one.message) for one in examine(path).errors]
    assert [line for line, message in told if "mm too long for two lines" in message] == [3]


def test_a_row_s_own_words_hold_in_every_language(tmp_path: Path) -> None:
    write(tmp_path, SPEAKS)
    table = tmp_path / "places.csv"
    table.write_text("file,lang,tagline,booking.text,contact.hours\none,de,Leise,-,\n", encoding="utf-8")
    common = Common(back_massage(), tmp_path / "brand.yaml", {}, {}, None, "{name}")
    own = Maker(common).brand(read_roster(table).rows[0])
    assert own
    brand = brandwords.in_language(own, "de")
    assert brand.booking
    assert (brand.tagline, brand.booking.text, brand.contact.hours) == ("Leise", None, "Ganztags")


def test_a_better_colour_is_proposed() -> None:
    for colour in ("#808080", "#C9A227", "#FFEE00", "#777700"):
        better = nearest_colour(colour, lambda one: contrast(one, "#FFFFFF") >= 4.5)
        assert 4.5 <= contrast(better, "#FFFFFF") < 4.8  # no further than it must
    theme = read_theme(find_theme("still"))
    brand = Brand(Words("Spa", Place("x", 1, 1)))
    assert with_brand(theme, brand) == theme


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height), (200, 30, 30, 128)[: len(mode)]).save(file, "PNG")
    return file.getvalue()


def test_what_is_too_long_is_measured(tmp_path: Path) -> None:
    """As many letters less as the message says are enough; it doesn't ask for twice as many."""
    words = (
        "Unhurried hands and warm stones since the spring of nineteen ninety-eight, and every day of the week but one"
    )
    with pytest.raises(
        InvalidFile, match=r"the tag line .* is (\d+) mm too long for two lines of \d+ mm on the back"
    ) as told:
        build(read_brand(write(tmp_path, f"name: Spa\ntagline: {words}\nbooking: {{url: https://a.example}}\n")))
    letters = int(str(told.value).rpartition("about ")[2].split()[0])
    build(
        read_brand(
            write(tmp_path, f"name: Spa\ntagline: {words[: -letters - 2]}\nbooking: {{url: https://a.example}}\n")
        )
    )
    with pytest.raises(InvalidFile):
        build(
            read_brand(
                write(tmp_path, f"name: Spa\ntagline: {words[: -letters // 2]}\nbooking: {{url: https://a.example}}\n")
            )
        )


# --- links ------------------------------------------------------------------------------------------------------------
def links(booklet: Booklet) -> dict[str, str]:
    """What the links out of the screen edition say, by where they lead."""
    with pikepdf.open(io.BytesIO(booklet.edition("screen"))) as pdf:
        annotations = [one for page in pdf.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
        return {str(one.A.URI): str(one.Contents) for one in annotations if "/A" in one}


def test_code_site_telephone_and_offer_lead_out_of_the_screen_edition() -> None:
    booklet = build(read_brand(find_brand("stillwater")))
    assert links(booklet) == {
        "https://stillwater.example": "Stillwater Spa on the web: stillwater.example",
        "tel:01234567890": "Call Stillwater Spa: 01234 567 890",
        "https://stillwater.example/book": "Stillwater Spa on the web: Book your next massage",
    }
    back = booklet.pages[-1]
    boxes = [item for item in walk(back.items) if isinstance(item, Link) and isinstance(item.to, str)]
    assert len(boxes) == 4  # the offer leads where the code does
    for box in boxes:
        assert 0 < box.x < box.x + box.width < back.width
        assert box.height > 10
        shown = [item for item in walk(box.items) if isinstance(item, Text)]
        assert all(box.x - 0.1 <= one.x <= one.x + one.width <= box.x + box.width + 0.1 for one in shown)
        assert all(box.y <= one.y - one.size * 0.45 and one.y <= box.y + box.height for one in shown)
    for edition in ("home", "shop"):
        data = build(read_brand(find_brand("stillwater")), shop=read_shop(find_shop("europe-a5"))).files(edition)[""]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert not any("/Annots" in page for page in pdf.pages)


def test_an_offer_may_lead_elsewhere_and_links_are_written_in_ascii(tmp_path: Path) -> None:
    text = 'name: Spa\noffer: {text: "Ten minutes, free", url: "https://spa.example/é?a=1&b=(2)"}\ncontact: {phone: +44 (0)20 1234}\n'
    booklet = build(read_brand(write(tmp_path, text)))
    assert links(booklet) == {
        "https://spa.example/%C3%A9?a=1&b=(2)": "Spa on the web: Ten minutes, free",
        "tel:+44201234": "Call Spa: +44 (0)20 1234",
    }
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []


# --- colours ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "block", "accent"),
    [
        ('primary: "#223344"', "#223344", "#223344"),
        ('accent: "#443322"', "#443322", "#443322"),
        ('primary: "#223344", accent: "#443322"', "#223344", "#443322"),
    ],
)
def test_primary_is_for_the_covers_and_accent_for_the_rest(given: str, block: str, accent: str, tmp_path: Path) -> None:
    booklet = build(read_brand(write(tmp_path, f"name: Spa\ncolours: {{{given}}}\n")))
    theme = booklet.book.theme
    assert (theme.block, theme.colours.accent) == (block, accent)
    assert theme.ground == mix(accent, "#FFFFFF", 0.11)
    fills = [{item.fill for item in walk(page.items) if isinstance(item, Shape)} for page in booklet.pages]
    assert block in fills[0]
    assert block in fills[-1]
    assert theme.ground in fills[1]
    folio = next(text for text in texts(booklet.pages[1]) if text.text.strip() == "2")
    assert folio.colour == accent


NEON = ["#FFFF00", "#00FFFF", "#FF00FF", "#39FF14", "#FFFFFF", "#000000", "#0072B2", "#E69F00", "#B04A00", "#7F7F7F"]


@pytest.mark.parametrize("accent", NEON)
@pytest.mark.parametrize("paper", ["#FFFFFF", "#F0F0F0", "#FFF9E8"])
def test_the_colours_of_moves_are_told_apart_with_every_accent(accent: str, paper: str, tmp_path: Path) -> None:
    """They stay as they are, and every ground that a brand's accent gives is pale enough to see them and the letters on it."""
    plain = read_theme(find_theme("still"))
    place = Place("x", 1, 1)
    colours = BrandColours(primary=Words("#223344", place), accent=Words(accent, place), paper=Words(paper, place))
    theme = with_brand(plain, Brand(Words("Spa", place), colours=colours))
    assert theme.looks == plain.looks
    assert theme.colours.stop == plain.colours.stop
    for ground in (theme.ground, theme.tint, theme.paper):
        for look in theme.looks.values():
            assert contrast(look.line, ground) >= 3  # of what is drawn (WCAG 2.2, 1.4.11)
        assert contrast(theme.colours.stop, ground) >= 3
        assert contrast(theme.colours.ink, ground) >= 7
        assert contrast(theme.colours.ink_2, ground) >= LEAST_CONTRAST
    assert contrast(theme.accent_dark, theme.paper) >= LEAST_CONTRAST


def test_an_accent_that_can_t_be_read_is_told_with_the_one_that_is_used(tmp_path: Path) -> None:
    text = 'name: Spa\ncolours: {primary: "#223344", accent: "#FFFF00"}\n'
    booklet = build(read_brand(write(tmp_path, text)))
    [remark] = [one for one in booklet.remarks if "accent" in one]
    dark = booklet.book.theme.accent_dark
    assert remark.startswith(
        "The accent #FFFF00 on the paper #FFFFFF has a contrast of 1.1; 4.5 is needed: page numbers"
    )
    assert f"lines are set in {dark}. The nearest accent that can be read is #" in remark
    better = remark.partition("read is ")[2][:7]
    assert contrast(better, "#FFFFFF") >= LEAST_CONTRAST
    mended = build(read_brand(write(tmp_path, text.replace("#FFFF00", better))))
    assert not [one for one in mended.remarks if "accent" in one]


# --- logos ------------------------------------------------------------------------------------------------------------
def mark(colour: tuple[int, int, int], size: int = 400, hole: tuple[int, int, int] | None = None) -> bytes:
    """A see-through PNG with a disc in it, and perhaps a small one of another colour in that."""
    file = io.BytesIO()
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 0, size - 1, size - 1), fill=(*colour, 255))
    if hole:
        pen.ellipse((size * 0.3, size * 0.3, size * 0.7, size * 0.7), fill=(*hole, 255))
    image.save(file, "PNG")
    return file.getvalue()


DARK, WHITE = (30, 40, 45), (255, 255, 255)


@pytest.mark.parametrize(
    ("logo", "theme", "advice"),
    [
        (mark(DARK), "still", "the logo l.png can't be told from #223344, the ground that it stands on: give one that stands out from it as `logo-on-accent`"),
        (mark(WHITE), "ink-saver", "can't be told from #FFFFFF, the ground that it stands on: give one that stands out from it as `logo`"),
        (WAVE.replace("#123456", "#FFFFFF").encode(), "ink-saver", "the logo l.svg can't be told from #FFFFFF"),
        (WAVE.replace("#123456", "#FFFFFF").encode(), "still", "give one that stands out from it as `logo-on-accent`"),
    ],
    ids=["dark pixels", "white pixels", "white lines", "white lines on the block"],
)  # fmt: skip
def test_a_logo_that_can_t_be_told_from_its_ground_is_refused(
    logo: bytes, theme: str, advice: str, tmp_path: Path
) -> None:
    kind = "png" if logo.startswith(b"\x89PNG") else "svg"
    text = f'name: Spa\nlogo: l.{kind}\ntheme: {theme}\ncolours: {{primary: "#223344"}}\n'
    with pytest.raises(InvalidFile) as told:
        build(read_brand(write(tmp_path, text, **{f"l_{kind}": logo})))
    assert advice in str(told.value)
    assert str(told.value).startswith(f"{tmp_path / 'brand.yaml'}:2:7: ")
    text += "logo-on-accent: ok.png\n" if theme == "still" else ""
    if theme == "still":
        build(read_brand(write(tmp_path, text, ok_png=mark((240, 230, 90)))))


def test_a_white_logo_isn_t_lost_where_the_block_is_printed_in_lines(tmp_path: Path) -> None:
    """On the screen it stands on the block, at home on white paper."""
    text = 'name: Spa\nlogo: l.png\ncolours: {primary: "#223344"}\n'
    brand = read_brand(write(tmp_path, text, l_png=mark(WHITE)))
    build(brand)
    with pytest.raises(InvalidFile, match=r"2:7: the logo l.png can't be told from #FFFFFF, .* give .* as `logo`"):
        build(brand, printing=replace(AT_HOME, ink="line"))


def test_a_logo_of_which_little_is_seen_is_told(tmp_path: Path) -> None:
    text = 'name: Spa\nlogo-on-accent: l.png\ncolours: {primary: "#223344"}\n'
    seen = build(read_brand(write(tmp_path, text, l_png=mark(DARK, hole=WHITE)))).remarks
    assert "Only 16% of the logo l.png stands out from its ground #223344: is it the right version?" in seen
    assert not build(read_brand(write(tmp_path, text, l_png=mark(WHITE, hole=DARK)))).remarks


def test_a_logo_with_a_ground_of_its_own_is_told(tmp_path: Path) -> None:
    text = 'name: Spa\nlogo: l.png\ncolours: {primary: "#223344"}\n'
    for ground, disc, boxed in ((WHITE, DARK, True), ((0x22, 0x33, 0x44), WHITE, False)):
        file, flat = io.BytesIO(), Image.new("RGBA", (400, 400), (*ground, 255))
        flat.alpha_composite(Image.open(io.BytesIO(mark(disc))))
        flat.convert("RGB").save(file, "PNG")
        remarks = build(read_brand(write(tmp_path, text, l_png=file.getvalue()))).remarks
        assert any("stands in a box of its own colour on #223344" in one for one in remarks) == boxed


def test_what_is_see_through_in_a_logo_is_not_judged() -> None:
    place = Path(__file__)
    assert share_seen(read_logo(place.parent.parent / "templates/brands/stillwater.svg"), "#FFFFFF") == 1.0


@pytest.mark.parametrize(("pixels", "told"), [(400, False), (100, True)])
def test_a_soft_logo_is_told(pixels: int, told: bool, tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN + "logo: logo.png\n", logo_png=mark(WHITE, pixels))
    remarks = [one for one in build(read_brand(path)).remarks if "logo" in one]
    if not told:
        assert remarks == []
        return
    [remark] = remarks
    wide, sharp = 12, round(300 * 12 / 25.4)
    assert remark == (
        f"The logo logo.png has {25.4 * pixels / wide:.0f} pixels per inch where it is {wide} mm wide: under 300 it may look soft in "
        f"print. {sharp} pixels across would be sharp, or an SVG."
    )


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
    "use of what isn't there": ("svg", svg("<use href='#a'/>"), "draws nothing"),
    "truncated svg": ("svg", svg(SHAPE)[:-10], "isn't whole XML"),
    "not xml": ("svg", b"\x00\x01\x02", "isn't whole XML"),
    "deep": ("svg", svg("<g>" * 500 + SHAPE + "</g>" * 500), "in each other"),
    "many": ("svg", svg(SHAPE * 6000), "has more than 5,000 parts"),
    "huge svg": ("svg", svg("<!--" + "x" * 3_000_000 + "-->" + SHAPE), "is larger than 2 MB"),
    "used and used again": ("svg", svg("<defs><g id='a'>" + SHAPE + "</g>" + "".join(f"<g id='{b}'>" + f"<use href='#{a}'/>" * 10 + "</g>" for a, b in zip("abcdef", "bcdefg", strict=True)) + "</defs><use href='#g'/>"), "uses parts that use other parts"),
    "used in itself": ("svg", svg(f"<g id='a'>{SHAPE}<use href='#a'/></g>"), "uses parts that use other parts"),
    "used many times": ("svg", svg("<g id='a'>" + SHAPE * 90 + "</g>" + "<use href='#a'/>" * 90), "has more than 5,000 parts once each is drawn"),
    "long path": ("svg", svg("<path fill='#123456' d='M0 0" + "a1 1 0 0 0 .1 .1" * 100_000 + "'/>"), "takes more than 200,000 letters"),
    "long transform": ("svg", svg(f"<g transform='{'scale(1) ' * 100_000}'>{SHAPE}</g>"), "holds more than 10,000 letters in its `transform`"),
    "long styles": ("svg", svg("<style>" + ".a{fill:#123456}" * 100_000 + "</style>" + SHAPE), "holds more than 10,000 letters"),
    "truncated png": ("png", png(300, 300)[:200], "is no whole picture"),
    "png bomb": ("png", bomb(), "pixels"),
    "large png": ("png", png(5100, 5100), "has 5100 × 5100 pixels: more than 25,000,000"),
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


def test_the_largest_vector_logos_take_a_second(tmp_path: Path) -> None:
    """Just inside of every limit: the time is that of reading it, whatever it draws."""
    worst = {
        "arcs": svg("<path fill='#123456' d='M0 0" + "a1 1 0 0 0 1 1" * 14_000 + "'/>"),
        "parts": svg(f"<style>{'.a{fill:#123456}' * 600}</style>" + "<rect class='a' width='9' height='9'/>" * 4_900),
        "uses": svg("<g id='a'>" + SHAPE * 60 + "</g>" + "<use href='#a'/>" * 75),
    }
    for name, content in worst.items():
        path = tmp_path / f"{name}.svg"
        path.write_bytes(content)
        start = time.process_time()
        read_logo(path)
        assert time.process_time() - start < 1.5, name  # a slow machine may take a little longer


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


# --- everything wrong at once -----------------------------------------------------------------------------------------
UGLY = (
    """\
name: The Grand Imperial Wellness, Beauty, Thermal Baths & Holistic Rejuvenation Palace Resort
tagline: Relax, renew, rejoice, refresh, recharge, restore, revive, relish and return to the one and only palace
logo: dark.png
fonts: {display: page.ttf, text: closed.ttf}
colours:
  primary: "#787878"
  accent: "#FFFF00"
  paper: "#000000"
  shirt: neon
theme: stll
booking: {url: grand.example, text: Book now now now now now now now now now now now now now now now now now now now}
contact: {address: "The Old Palace by the Long Lake, 1 Promenade, 29614 Soltau in the Heath, Lower Saxony, Germany"}
offer: {text: "Bring this booklet and a friend and a friend of that friend and all shall be given ten minutes more of whatever you like best, and of whatever they like best, on any day but Sunday, when the palace and all who live in it are asleep until the evening bells."}
legal: """
    + "Nothing in here is any promise. " * 5
    + "\n"
)


def test_an_ugly_brand_is_told_all_at_once_and_is_legible_when_it_is_mended(tmp_path: Path) -> None:
    """What stands in the files is told first, what is measured on the pages next; each message says what would be right."""

    def told(text: str) -> list[str]:
        with pytest.raises(InvalidFile) as error:
            build(read_brand(write(tmp_path, text)))
        return [str(problem).removeprefix(f"{tmp_path}/") for problem in error.value.problems]

    write(tmp_path, "", dark_png=mark((110, 110, 110)), page_ttf=b"<html>", closed_ttf=licensed(2))
    first = told(UGLY)
    for place, message in (
        ("brand.yaml:6:12", "neither white nor ink can be read on the primary #787878"),
        ("brand.yaml:8:10", "the paper #000000 has a contrast of 1.3"),
        ("brand.yaml:9:10", "`neon` is no colour; write it as #rrggbb"),
        ("brand.yaml:10:8", "there is no theme `stll`"),
        ("brand.yaml:11:16", "`grand.example` is no link"),
        ("brand.yaml:14:8", "`legal` has 159 letters; its place holds 120: shorten it by 39"),
        ("closed.ttf:1:1", "may not be embedded in a file, says its licence"),
        ("page.ttf:1:1", "is no TrueType font"),
    ):
        assert any(one.startswith(place) and message in one for one in first), (place, message, first)
    assert len(first) == 8

    text = UGLY.replace("neon", '"#FF00AA"').replace("stll", "still").replace("grand.example", "https://grand.example")
    text = text.replace("{display: page.ttf, text: closed.ttf}", "{pairing: sans}")
    text = text[: text.index("legal: ")] + "legal: Nothing in here is any promise.\n"
    for wrong in ("#787878", "#000000"):
        [message] = [one for one in first if wrong in one]
        text = text.replace(wrong, message[-7:])
    second = told(text)
    assert len(second) == 6
    for line, key in ((1, "name"), (2, "tagline"), (11, "text"), (12, "address"), (13, "text")):
        message = max(one for one in second if one.startswith(f"brand.yaml:{line}:"))
        letters = int(re.findall(r"about (\d+) letter", message)[-1])
        lines = text.split("\n")
        before, colon, words = lines[line - 1].partition(f"{key}: ")
        end = words[len(words.rstrip('"}')) :]
        lines[line - 1] = before + colon + words.removesuffix(end)[: -letters - 1].rstrip() + end
        text = "\n".join(lines)
    assert [one for one in second if one.startswith("brand.yaml:3:7: the logo dark.png can't be told from #767676")]
    text = text.replace("logo: dark.png", "logo-on-accent: light.png")

    write(tmp_path, "", light_png=mark(WHITE))
    booklet = build(read_brand(write(tmp_path, text)))
    assert complaints(booklet) == []
    assert complaints_about(booklet.edition("screen"), booklet.pages) == []
    assert [one[:18] for one in booklet.remarks] == ["The accent #FFFF00"]
    theme = booklet.book.theme
    for page in booklet.pages[1:-1]:
        for one in texts(page):
            assert one.colour == "#FFFFFF" or contrast(one.colour, theme.ground) >= LEAST_CONTRAST, one.text
