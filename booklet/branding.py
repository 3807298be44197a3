"""A brand file → Brand: who a booklet is from, and how it looks for them. Safety is not a brand's to change.

A brand may set the colour of the covers, of panels and page numbers, the giver's shirt, the mat, words of its own in the
places that a routine leaves for them, a logo, contacts and a link. The colours of moves, the stop signs and everything
that keeps people safe stay as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from booklet.conditions import nearest
from booklet.errors import BadChoice, InvalidFile, Problem
from booklet.figures import Drawing, Photo
from booklet.folders import folder
from booklet.logos import read_logo
from booklet.model import Words
from booklet.reading import Node, read_yaml
from booklet.shapes import Shaper
from booklet.theming import PAPER, Theme, contrast, is_colour, mix

LEAST_CONTRAST = 4.5  # of letters on their ground (WCAG 2.2, 1.4.3)
LETTERS = {"tagline": 40, "welcome": 240, "safety": 120, "offer": 120, "legal": 120}  # the most that their places hold
SHADE = 0.86  # of a shirt's or mat's colour: its shaded side


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
    """A link as a QR code, and what stands beside it."""

    link: Words
    text: Words | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A voucher on the back cover, and until when it holds (as it is to be printed)."""

    text: Words
    until: Words | None = None


@dataclass(frozen=True, slots=True)
class BrandColours:
    """All "#rrggbb": the covers' block, the pages' paper, the giver's shirt, the mat."""

    accent: Words | None = None
    paper: Words | None = None
    shirt: Words | None = None
    mat: Words | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything but the name is optional.

    `logo` is for white ground, `logo_on_accent` for the covers' block: files beside the brand file; `logo_has_name` says
    that the name is in it. `safety` is a line of the brand's own for the page about safety; it adds, nothing is taken
    away. `offers` lists which choices of an option are offered, `choices` what is chosen where the reader doesn't say.
    """

    name: Words
    tagline: Words | None = None
    logo: Words | None = None
    logo_on_accent: Words | None = None
    logo_has_name: bool = False
    colours: BrandColours = BrandColours()  # frozen
    theme: Words | None = None
    contact: Contact = Contact()  # frozen
    booking: Booking | None = None
    welcome: Words | None = None
    safety: Words | None = None
    offer: Offer | None = None
    legal: Words | None = None
    offers: dict[str, tuple[Words, ...]] | None = None
    choices: dict[str, Words] | None = None

    def picture(self, name: Words | None) -> Drawing | Photo | None:
        """A logo's picture. Raises InvalidFile."""
        return read_logo(Path(name.place.file).parent / str(name)) if name else None

    @property
    def lines(self) -> list[Words]:
        """The lines of contact, as they stand on the back cover: where, how, when, and what else."""
        contact = self.contact
        phone = contact.phone and Words(contact.phone.replace(" ", "\u00a0"), contact.phone.place)  # breaks nowhere
        rows = ((contact.address,), (contact.site, phone), (contact.hours,), contact.social)
        given = ([one for one in row if one] for row in rows)
        return [Words(" · ".join(row), row[0].place) for row in given if row]


def lighter(brand: Brand) -> Iterator[tuple[Brand, str]]:
    """The brand as it is, then with less and less on the back cover, each with the key of what was left out last."""
    yield brand, ""
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("offer", {"offer": None}),
        ("contact", {"contact": Contact(phone=brand.contact.phone, site=brand.contact.site)}),
        ("legal", {"legal": None}),
        ("booking", {"booking": None}),
    )
    for key, less in steps:
        changed = replace(brand, **less)  # type: ignore[arg-type]
        if changed != brand:
            brand = changed
            yield brand, key


def brand_names() -> list[str]:
    """The names of the example brands."""
    return sorted(path.stem for path in (folder("templates") / "brands").glob("*.yaml"))


def find_brand(name: str) -> Path:
    """The file of an example's name or of a path. Raises BadChoice."""
    if name.endswith((".yaml", ".yml")):
        if Path(name).is_file():
            return Path(name)
        raise BadChoice(f"there is no brand file {name}")
    names = brand_names()
    if name not in names:
        raise BadChoice(f"`{name}` is no brand: {', '.join(names)}, or a brand file{nearest(name, names)}")
    return folder("templates") / "brands" / f"{name}.yaml"


def read_brand(path: Path) -> Brand:
    """Reads a brand file with its logos. Raises InvalidFile with every problem at once."""
    return check_brand(read_yaml(path))


def check_brand(node: Node) -> Brand:
    """The brand of a file that was read, with its logos. Raises InvalidFile with every problem at once."""
    shaper = Shaper({})
    brand: Brand = shaper.value(node, Brand)
    problems = list(shaper.problems)
    if not problems:
        problems += _problems(brand)
    if problems:
        raise InvalidFile(problems)
    return brand


def _problems(brand: Brand) -> Iterator[Problem]:
    for logo in (brand.logo, brand.logo_on_accent):
        try:
            brand.picture(logo)
        except InvalidFile as error:
            yield from error.problems
    for key in BrandColours.__slots__:
        colour = getattr(brand.colours, key)
        if colour is not None and not is_colour(colour):
            yield Problem(colour.place, f"`{colour}` is no colour; write it as #rrggbb")
    said = {"offer": brand.offer.text if brand.offer else None}
    for key, most in LETTERS.items():
        words = said.get(key, getattr(brand, key, None))
        if isinstance(words, Words) and len(words) > most:
            yield Problem(
                words.place,
                f"`{key}` has {len(words)} letters; its place holds {most}: shorten it by {len(words) - most}",
            )
    if brand.booking and not brand.booking.link.startswith(("https://", "http://", "mailto:", "tel:")):
        link = brand.booking.link
        yield Problem(link.place, f"`{link}` is no link: begin it with https://")


def with_brand(theme: Theme, brand: Brand) -> Theme:
    """The theme in the brand's colours. Raises InvalidFile for colours that can't be read on each other."""
    colours, own = theme.colours, brand.colours
    pictures = dict(theme.pictures)
    for role, colour in (("giver-shirt", own.shirt), ("mat", own.mat)):
        if colour:
            pictures[role] = Words(str(colour), colour.place)
            pictures[f"{role}-shade"] = Words(mix(colour, "#000000", SHADE), colour.place)
    if own.accent:
        colours = replace(colours, accent=own.accent)
    if own.paper:
        colours = replace(colours, paper=own.paper)
    branded = replace(theme, colours=colours, pictures=pictures)
    problems = list(_unreadable(branded, own))
    if problems:
        raise InvalidFile(problems)
    return branded


def _unreadable(theme: Theme, own: BrandColours) -> Iterator[Problem]:
    """Pairs of colours with too little contrast, with the nearest colour that passes."""
    if own.accent and contrast(theme.on_block, theme.block) < LEAST_CONTRAST:
        better = nearest_readable(own.accent, PAPER)
        yield Problem(
            own.accent.place,
            f"neither white nor ink can be read on the accent {own.accent} (white {contrast(PAPER, own.accent):.1f}, "
            f"ink {contrast(theme.colours.ink, own.accent):.1f}; {LEAST_CONTRAST} is needed); the nearest that can is {better}",
        )
    if own.paper:
        fixed = {"ink": theme.colours.ink, "ink-2": theme.colours.ink_2, "stop": theme.colours.stop}
        fixed |= {f"the line of {name}": look.line for name, look in theme.looks.items()}
        for name, colour in fixed.items():
            if contrast(colour, own.paper) < LEAST_CONTRAST:
                better = nearest_readable(own.paper, colour)
                yield Problem(
                    own.paper.place,
                    f"{name} {colour} on the paper {own.paper} has a contrast of {contrast(colour, own.paper):.1f}; "
                    f"{LEAST_CONTRAST} is needed; the nearest paper that can be used is {better}",
                )
                return


def nearest_readable(colour: str, beside: str) -> str:
    """The colour, lighter or darker by as little as gives it the least contrast with the other one."""
    for share in range(1, 101):
        for towards in ("#000000", PAPER):
            changed = mix(colour, towards, 1 - share / 100)
            if contrast(changed, beside) >= LEAST_CONTRAST:
                return changed
    return PAPER
