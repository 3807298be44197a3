"""What a brand is: frozen values, named as in its file, with what can be read off them alone."""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from pathlib import Path

from booklet.conditions import nearest
from booklet.errors import InvalidFile, Place, Problem
from booklet.figures import Drawing, Photo
from booklet.folders import beside, is_file, look
from booklet.logos import read_logo
from booklet.model import NOWHERE, Words
from booklet.records import dataclass
from booklet.text import HOUSE, PAIRINGS, Fonts, pairing
from booklet.typefaces import Face, read_face

STILL = "still"  # the theme where nobody names one
SMALLEST = 0.8  # of a size: as far as a font with high small letters is set smaller


@dataclass(frozen=True, slots=True)
class Contact:
    """How the brand is reached; a line for each that is given."""

    address: Words | None = None
    phone: Words | None = None
    site: Words | None = None
    hours: Words | None = None
    social: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """A link as a QR code, which can be clicked on a screen, and what stands beside it."""

    url: Words
    text: Words | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A voucher on the back cover, until when it holds (as it is to be printed), and where it leads on a screen."""

    text: Words
    until: Words | None = None
    url: Words | None = None


@dataclass(frozen=True, slots=True)
class BookingWords:
    """What a link's code leads to in one language, and what stands beside it there."""

    text: Words | None = None
    url: Words | None = None


@dataclass(frozen=True, slots=True)
class OfferWords:
    """A voucher in one language."""

    text: Words | None = None
    until: Words | None = None
    url: Words | None = None


@dataclass(frozen=True, slots=True)
class BrandWords:
    """What a brand says in one language; where nothing is given, what it says elsewhere stands there, too."""

    tagline: Words | None = None
    contact: Contact = Contact()  # frozen
    booking: BookingWords = BookingWords()  # frozen
    welcome: Words | None = None
    safety: Words | None = None
    offer: OfferWords = OfferWords()  # frozen
    legal: Words | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BrandColours:
    """All "#rrggbb": the covers' block; panels, rules and page numbers; the pages' paper, the giver's shirt, the mat.

    Where only one of `primary` and `accent` is given, it serves for both.
    """

    primary: Words | None = None
    accent: Words | None = None
    paper: Words | None = None
    shirt: Words | None = None
    mat: Words | None = None


@dataclass(frozen=True, slots=True)
class BrandFonts:
    """A built-in pairing, and TrueType files beside the brand file in place of some of its faces.

    `display` is for titles and names, `text` for everything else; where only one of the bold ones is given, it serves for
    both.
    """

    pairing: Words | None = None
    display: Words | None = None
    text: Words | None = None
    text_semibold: Words | None = None
    text_bold: Words | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything but the name is optional.

    `logo` is for white ground, `logo_on_accent` for the covers' block: files beside the brand file; `logo_has_name` says
    that the name is in it. `safety` is a line of the brand's own for the page about safety; it adds, nothing is taken
    away. `offers` lists which choices of an option are offered, `choices` what is chosen where the reader doesn't say.
    `language` is what all this is written in, that of the booklet where it isn't said; `languages` has what is said
    otherwise in others.
    """

    name: Words
    language: Words | None = None
    tagline: Words | None = None
    logo: Words | None = None
    logo_on_accent: Words | None = None
    logo_has_name: bool = False
    colours: BrandColours = BrandColours()  # frozen
    fonts: BrandFonts = BrandFonts()  # frozen
    theme: Words | None = None
    contact: Contact = Contact()  # frozen
    booking: Booking | None = None
    welcome: Words | None = None
    safety: Words | None = None
    offer: Offer | None = None
    legal: Words | None = None
    offers: dict[str, tuple[Words, ...]] | None = None
    choices: dict[str, Words] | None = None
    languages: dict[str, BrandWords] | None = None

    def picture(self, name: Words | None) -> Drawing | Photo | None:
        """A logo's picture; where it lies was seen to when the brand was read. Raises InvalidFile."""
        return read_logo(_there(name, "logo")) if name else None

    @property
    def links(self) -> dict[str, str]:
        """Where the site and the telephone number lead on a screen, by what stands there."""
        contact, found = self.contact, {}
        if contact.site:
            found[str(contact.site)] = contact.site if "://" in contact.site else f"https://{contact.site}"
        if contact.phone:
            number = re.sub(r"\(0\)|[^\d+]", "", contact.phone)
            found[_unbroken(contact.phone)] = f"tel:{number}"
        return {shown: link for shown, link in found.items() if re.fullmatch(r"[\x21-\x7e]+", link)}

    @property
    def typefaces(self) -> Fonts:
        """The fonts of the booklet. Raises InvalidFile with every font that can't be used."""
        own = self.fonts
        if own.pairing and own.pairing not in PAIRINGS:
            known = f"{', '.join(PAIRINGS)}{nearest(own.pairing, PAIRINGS)}"
            raise InvalidFile([Problem(own.pairing.place, f"there is no pairing `{own.pairing}` of fonts: {known}")])
        faces: dict[str, Face] = {}
        problems: list[Problem] = []
        for key in ("display", "text", "text_semibold", "text_bold"):
            if file := getattr(own, key):
                try:
                    beside(file, file.place)
                    faces[key] = read_face(_there(file, "font"))
                except InvalidFile as error:
                    problems += error.problems
        if problems:
            raise InvalidFile(problems)
        fonts = pairing(own.pairing) if own.pairing else HOUSE
        if display := faces.get("display"):
            fonts = replace(fonts, light=display, display=display, medium=display, large=0.0, small=0.0)
        if text := faces.get("text"):
            fonts = replace(fonts, sans=text, scale=min(1.0, max(SMALLEST, HOUSE.sans.x_height / text.x_height)))
        semibold, bold = faces.get("text_semibold"), faces.get("text_bold")
        if bolder := semibold or bold:
            fonts = replace(fonts, semibold=bolder, bold=bold or bolder)
        return fonts

    @property
    def theme_name(self) -> str:
        """The name or file of the theme."""
        if self.theme and self.theme.endswith((".yaml", ".yml")):
            return str(beside(self.theme, self.theme.place))
        return str(self.theme or STILL)

    @property
    def lines(self) -> list[Words]:
        """The lines of contact, as they stand on the back cover: where, how, when, and what else."""
        contact = self.contact
        phone = contact.phone and Words(_unbroken(contact.phone), contact.phone.place)
        rows = ((contact.address,), (contact.site, phone), (contact.hours,), contact.social)
        given = ([one for one in row if one] for row in rows)
        return [Words(" · ".join(row), row[0].place, row[0].language) for row in given if row]


def _there(name: Words, what: str) -> Path:
    """The file of a logo or font that the brand's file names. Raises InvalidFile, at the name, where there is none."""
    home = Path(name.place.file).parent
    if is_file(look(home / name)):
        return home / name
    near = nearest(name, [one.name for one in home.iterdir()] if home.is_dir() else [])
    told = f"the {what} can't be used: there is no file `{name}` in the folder of {Path(name.place.file).name}{near}"
    raise InvalidFile([Problem(name.place, told)])


def _unbroken(words: str) -> str:
    """The words, which no line breaks."""
    return words.replace(" ", "\u00a0")


CONTACT_GONE = ("address", "hours", "social")  # what is left out of `contact`; phone and site stay


def keys_left_out(brand: Brand, steps: tuple[str, ...]) -> Iterator[str]:
    """The keys of the brand's file that are gone with these steps of `lighter`."""
    for key in steps:
        if key == "contact":
            yield from (f"contact.{one}" for one in CONTACT_GONE if getattr(brand.contact, one))
        else:
            yield key


def lighter(brand: Brand) -> Iterator[tuple[Brand, str]]:
    """The brand as it is, then with less and less on the back cover, each with the key of what was left out last."""
    yield brand, ""
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("offer", {"offer": None}),
        ("contact", {"contact": Contact(phone=brand.contact.phone, site=brand.contact.site)}),
        ("legal", {"legal": None}),
        ("booking", {"booking": None}),
        ("tagline", {"tagline": None}),
    )
    for key, less in steps:
        changed = replace(brand, **less)  # type: ignore[arg-type]
        if changed != brand:
            brand = changed
            yield brand, key
