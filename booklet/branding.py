"""A brand file → Brand: who a booklet is from, and how it looks for them. Safety is not a brand's to change.

A brand may set the colour of the covers, of panels and page numbers, the giver's shirt, the mat, fonts, words of its own in
the places that a routine leaves for them, a logo, contacts and a link. The colours of moves, the stop signs and everything
that keeps people safe stay as they are: a paper on which they can't be read is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from booklet.brands import STILL, Brand, BrandColours
from booklet.brandwords import wrong_words
from booklet.conditions import nearest
from booklet.errors import BadChoice, InvalidFile, Problem
from booklet.folders import beside, folder, is_file
from booklet.model import Words
from booklet.reading import Node, read_yaml
from booklet.shapes import Before, Shaper
from booklet.text import HOUSE
from booklet.theming import LEAST_CONTRAST, PAPER, Theme, contrast, find_theme, is_colour, mix, read_theme

SHADE = 0.86  # of a shirt's or mat's colour: its shaded side


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


def checked(node: Node, before: Before | None = None) -> Brand:
    """The brand of a file that was read, with its logos and fonts. Raises InvalidFile with every problem at once.

    `before` keeps what it says in each language for the next brand that is made of the same nodes.
    What is measured on the pages is told when they are made: `brandmarks.check_brand`.
    """
    shaper = Shaper({}, before=before)
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
            lambda logo=logo: beside(logo, logo.place) and brand.picture(logo)
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
    yield from wrong_words(brand)


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
