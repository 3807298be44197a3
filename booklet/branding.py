"""A brand file → Brand: who a booklet is from, and how it looks for them. Safety is not a brand's to change.

A brand may set the colour of the covers, of panels and page numbers, the giver's shirt, the mat, fonts, words of its own in
the places that a routine leaves for them, a logo, contacts and a link. The colours of moves, the stop signs and everything
that keeps people safe stay as they are: a paper on which they can't be read is refused.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from booklet.conditions import Option, nearest
from booklet.errors import BadChoice, InvalidFile, Problem
from booklet.figures import Drawing, Photo
from booklet.folders import beside, folder, is_file, routine_names
from booklet.logos import read_logo
from booklet.model import Words
from booklet.reading import Node, read_yaml
from booklet.records import dataclass
from booklet.routines import RoutineFile, choose, find_routine, read_routine
from booklet.shapes import Shaper
from booklet.text import HOUSE, PAIRINGS, Fonts, pairing
from booklet.theming import LEAST_CONTRAST, PAPER, Theme, contrast, find_theme, is_colour, mix, read_theme
from booklet.typefaces import Face, read_face

LETTERS = {"welcome": 240, "safety": 120, "legal": 120}  # the most that pages with other words have room for
STILL = "still"  # the theme where nobody names one
SMALLEST = 0.8  # of a size: as far as a font with high small letters is set smaller
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
    """

    name: Words
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

    def picture(self, name: Words | None) -> Drawing | Photo | None:
        """A logo's picture; where it lies was seen to when the brand was read. Raises InvalidFile."""
        return read_logo(Path(name.place.file).parent / name) if name else None

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
                    faces[key] = read_face(_beside(file))
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
            return str(_beside(self.theme))
        return str(self.theme or STILL)

    @property
    def lines(self) -> list[Words]:
        """The lines of contact, as they stand on the back cover: where, how, when, and what else."""
        contact = self.contact
        phone = contact.phone and Words(_unbroken(contact.phone), contact.phone.place)
        rows = ((contact.address,), (contact.site, phone), (contact.hours,), contact.social)
        given = ([one for one in row if one] for row in rows)
        return [Words(" · ".join(row), row[0].place) for row in given if row]


def _unbroken(words: str) -> str:
    """The words, which no line breaks."""
    return words.replace(" ", "\u00a0")


def _beside(name: Words) -> Path:
    """A file that the brand file names, which stands beside it or below. Raises InvalidFile."""
    return beside(name, name.place)


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


def brand_names() -> list[str]:
    """The names of the example brands."""
    return sorted(path.stem for path in (folder("templates") / "brands").glob("*.yaml"))


def find_brand(name: str) -> Path:
    """The file of an example's name or of a path. Raises BadChoice."""
    if name.endswith((".yaml", ".yml")):
        if is_file(Path(name)):
            return Path(name)
        raise BadChoice(f"there is no brand file {name}")
    names = brand_names()
    if name not in names:
        raise BadChoice(f"`{name}` is no brand: {', '.join(names)}, or a brand file{nearest(name, names)}")
    return folder("templates") / "brands" / f"{name}.yaml"


def read_brand(path: Path) -> Brand:
    """Reads a brand file with its logos and fonts. Raises InvalidFile with every problem at once."""
    return checked(read_yaml(path))


def checked(node: Node) -> Brand:
    """The brand of a file that was read, with its logos and fonts. Raises InvalidFile with every problem at once.

    What is measured on the pages is told when they are made: `brandmarks.check_brand`.
    """
    shaper = Shaper({})
    brand: Brand = shaper.value(node, Brand)
    problems = list(shaper.problems)
    if not problems:
        problems += _problems(brand)
    if problems:
        raise InvalidFile(problems)
    return brand


def _problems(brand: Brand) -> Iterator[Problem]:
    try:
        theme = find_theme(brand.theme_name)
    except BadChoice as error:
        assert brand.theme
        yield Problem(brand.theme.place, str(error))
        theme = find_theme(STILL)
    except InvalidFile as error:
        yield from error.problems
        theme = find_theme(STILL)
    parts: tuple[Callable[[], object], ...] = (
        *(
            lambda logo=logo: _beside(logo) and brand.picture(logo)
            for logo in (brand.logo, brand.logo_on_accent)
            if logo
        ),
        lambda: brand.typefaces,
        lambda: with_brand(read_theme(theme), brand),
    )
    for part in parts:
        try:
            part()
        except InvalidFile as error:
            yield from error.problems
    for key, most in LETTERS.items():
        words = getattr(brand, key)
        if isinstance(words, Words) and len(words) > most:
            yield Problem(
                words.place,
                f"`{key}` has {len(words)} letters; its place holds {most}: shorten it by {len(words) - most}",
            )
    for link in (brand.booking and brand.booking.url, brand.offer and brand.offer.url):
        if link and (" " in link or not link.startswith(("https://", "http://", "mailto:", "tel:"))):
            yield Problem(link.place, f"`{link}` is no link: begin it with https://, without spaces")


def with_brand(theme: Theme, brand: Brand) -> Theme:
    """The theme in the brand's colours. Raises InvalidFile for what is no colour, or can't be read on another."""
    given = {key: colour for key in BrandColours.__slots__ if (colour := getattr(brand.colours, key))}
    wrong = {key: colour for key, colour in given.items() if not is_colour(colour)}
    problems = [Problem(one.place, f"`{one}` is no colour; write it as #rrggbb") for one in wrong.values()]
    own, pictures = replace(brand.colours, **dict.fromkeys(wrong)), dict(theme.pictures)
    for role, colour in (("giver-shirt", own.shirt), ("mat", own.mat)):
        if colour:
            pictures[role] = Words(str(colour), colour.place)
            pictures[f"{role}-shade"] = Words(mix(colour, "#000000", SHADE), colour.place)
    colours = replace(
        theme.colours,
        primary=own.primary or own.accent or theme.colours.primary,
        accent=own.accent or own.primary or theme.colours.accent,
        paper=own.paper or theme.colours.paper,
    )
    branded = replace(theme, colours=colours, pictures=pictures)
    problems += _unreadable(branded, own)
    if problems:
        raise InvalidFile(problems)
    return branded


def _unreadable(theme: Theme, own: BrandColours) -> Iterator[Problem]:
    """Pairs of colours with too little contrast, with the nearest colour that passes."""
    ink = str(theme.colours.ink)
    key, block = ("primary", own.primary) if own.primary else ("accent", own.accent)
    if block and contrast(theme.on_block, theme.block) < LEAST_CONTRAST:
        better = nearest_colour(block, lambda colour: any(_readable(one, colour) for one in (PAPER, ink)))
        yield Problem(
            block.place,
            f"neither white nor ink can be read on the {key} {block} (white {contrast(PAPER, block):.1f}, "
            f"ink {contrast(ink, block):.1f}; {LEAST_CONTRAST} is needed); the nearest that can is {better}",
        )
    if own.paper:
        fixed = {"ink": ink, "ink-2": str(theme.colours.ink_2), "stop": str(theme.colours.stop)}
        fixed |= {f"the line of {name}": str(look.line) for name, look in theme.looks.items()}
        name = min(fixed, key=lambda one: contrast(fixed[one], str(own.paper)))
        if not _readable(fixed[name], own.paper):
            better = nearest_colour(own.paper, lambda colour: all(_readable(one, colour) for one in fixed.values()))
            yield Problem(
                own.paper.place,
                f"{name} {fixed[name]} on the paper {own.paper} has a contrast of {contrast(fixed[name], own.paper):.1f}; "
                f"{LEAST_CONTRAST} is needed; the nearest paper that can be used is {better}",
            )


def remarks_about(brand: Brand, theme: Theme) -> Iterator[str]:
    """What is done otherwise than the brand file has it, so that it can be read."""
    accent, fonts = theme.colours.accent, brand.fonts
    if accent in (brand.colours.accent, brand.colours.primary) and not _readable(accent, theme.paper):
        better = nearest_colour(accent, lambda colour: _readable(colour, theme.paper))
        yield (
            f"The accent {accent} on the paper {theme.paper} has a contrast of {contrast(accent, theme.paper):.1f}; "
            f"{LEAST_CONTRAST} is needed: page numbers and lines are set in {theme.accent_dark}. "
            f"The nearest accent that can be read is {better}; keep yours as `primary`, for the covers."
        )
    if fonts.text and (share := brand.typefaces.sans.x_height / HOUSE.sans.x_height) < 0.9:
        yield f"The small letters of {fonts.text} are {1 - share:.0%} lower than those of Source Sans: hard to read at arm's length."
    if fonts.text and not (fonts.text_semibold or fonts.text_bold):
        bold = brand.typefaces.semibold.file.stem.partition("_")[0]
        yield f"`fonts` has `text`, but nothing bold: bold words are set in {bold}. Give `text-semibold` too."


def _readable(colour: str, ground: str) -> bool:
    return contrast(colour, ground) >= LEAST_CONTRAST


def nearest_colour(colour: str, passes: Callable[[str], bool]) -> str:
    """The colour, lighter or darker by as little as lets it pass."""
    for share in range(101):
        for towards in ("#000000", PAPER):
            changed = mix(colour, towards, 1 - share / 100)
            if passes(changed):
                return changed
    return PAPER


# --- what a brand offers ---------------------------------------------------------------------------------------------
def _has(option: Option, words: str) -> bool:
    low, high = option.range or (0, -1)
    return words in option.choices or (words.isdigit() and low <= int(words) <= high)


def _elsewhere(name: str, words: str) -> bool:
    """Whether any built-in routine has such an option with such a choice."""
    routines = (read_routine(find_routine(routine)) for routine in routine_names())
    return any(name in file.options and _has(file.options[name], words) for file in routines)


def with_offers(file: RoutineFile, brand: Brand, given: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The choices with the brand's own where nothing is given. Raises InvalidFile, BadChoice for what isn't offered.

    Of an option that may be given several times, such as limits of the body, nothing is chosen unless somebody says so.
    A brand serves several routines: what only another of the built-in ones knows is left out.
    """
    problems: list[Problem] = []

    def known(name: str, words: Words) -> bool:
        option = file.options.get(name)
        if option and (_has(option, words) or (option.range and not _elsewhere(name, words))):
            return True
        if _elsewhere(name, words):
            return False
        if option is None:
            names = [one.name for one in file.own_options]
            message = f"the routine has no option `{name}`: {', '.join(names)}{nearest(name, names)}"
        else:
            message = (
                f"`{words}` is no choice of `{name}`: {', '.join(option.choices)}{nearest(words, list(option.choices))}"
            )
        problems.append(Problem(words.place, message))
        return False

    chosen: dict[str, str | list[str]] = {
        name: str(words) for name, words in (brand.choices or {}).items() if known(name, words)
    }
    offers = {name: [one for one in offered if known(name, one)] for name, offered in (brand.offers or {}).items()}
    if problems:
        raise InvalidFile(problems)
    offers = {name: offered for name, offered in offers.items() if offered}
    for name, offered in offers.items():
        if chosen.get(name) not in offered and not file.options[name].several:
            chosen[name] = str(offered[0])
    chosen |= given
    for name, offered in offers.items():
        value = chosen.get(name, [])
        for one in [value] if isinstance(value, str) else value:
            if one not in offered:
                choose(file, chosen)  # a reason of the routine's own comes first
                raise BadChoice(f"{brand.name} offers --{name} {', '.join(offered)}, not {one}")
    return chosen
