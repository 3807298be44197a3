"""A theme file → Theme: colours, type and looks; and the arithmetic of colours.

A theme starts with `like: NAME` to take over everything that it doesn't write itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from booklet.conditions import nearest
from booklet.errors import BadChoice, InvalidFile, Problem
from booklet.folders import folder, is_file, look, theme_names
from booklet.model import Name, Words
from booklet.reading import Mapping, Node, Scalar, describe_node, read_yaml
from booklet.records import dataclass
from booklet.shapes import Shaper

PAPER = "#FFFFFF"
SHADE = "#DEDEDE"
LEAST_CONTRAST = 4.5  # of letters on their ground (WCAG 2.2, 1.4.3)
FACES = ("light", "display", "medium", "sans", "semibold", "bold")  # what a face is for; the fonts say which file


TYPE_ROLES = tuple(
    "title step-title numeral section section-sans key subtitle lead step strong body check large-list small label value time badge folio".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Colours:
    """`primary` is the ground of the covers' block: the accent where nothing is said."""

    accent: Words
    ink: Words
    ink_2: Words
    hairline: Words
    stop: Words
    paper: Words
    primary: Words | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The colour of a kind of move: `fill` for areas, `line` for lines and numerals; and its emblem."""

    fill: Words
    line: Words
    emblem: Literal["wave", "ring", "arrow", "dots", "still", "rings", "pick"]


@dataclass(frozen=True, slots=True)
class Skin:
    """A skin tone, its shaded side and the nails on it; and hair that goes with it, else the hair keeps its colour."""

    skin: Words
    shade: Words
    nail: Words
    hair: Words | None = None
    hair_shade: Words | None = None


Style = tuple[Name, float, float]
"""Face, size in points, distance of the baselines in millimetres."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    normal: dict[str, Style]
    large: dict[str, Style]


@dataclass(frozen=True, slots=True)
class Theme:
    """How a booklet looks. `shades` are the percent of a move's colour that tint a map for pressure 1, 2 …; none leave it be.

    `pairing` names the fonts that go together, where a brand has none of its own.
    """

    name: Name
    colours: Colours
    fills: Literal["solid", "outline"]
    cover: Literal["framed", "full"]
    art: Literal["colour", "grey", "line"]
    shades: tuple[float, ...]
    looks: dict[str, Look]
    pictures: dict[str, Words]
    skins: dict[str, Skin]
    receiver_skin: Name
    giver_skin: Name
    type: TypeScale
    pairing: Literal["spectral", "fraunces", "sans", "bold"] = "spectral"

    @property
    def outline(self) -> bool:
        return self.fills == "outline"

    @property
    def ground(self) -> str:
        """The ground of panels: 11 % accent, or paper where panels are outlined."""
        return PAPER if self.outline else mix(self.colours.accent, PAPER, 0.11)

    @property
    def tint(self) -> str:
        """The cover's window: 17 % accent."""
        return PAPER if self.outline else mix(self.colours.accent, PAPER, 0.17)

    @property
    def block(self) -> str:
        """The ground of the covers' block: primary, or white where it is outlined."""
        return PAPER if self.outline else str(self.colours.primary or self.colours.accent)

    @property
    def paper(self) -> str:
        """The ground of every page."""
        return PAPER if self.outline else str(self.colours.paper)

    @property
    def on_block(self) -> str:
        """The text colour on the block."""
        return PAPER if contrast(PAPER, self.block) >= LEAST_CONTRAST else str(self.colours.ink)

    @property
    def accent_dark(self) -> str:
        """The accent, darkened in steps of 6 % until it reaches 4.5 : 1 on paper; for letters and lines."""
        colour = str(self.colours.accent)
        while contrast(colour, self.paper) < LEAST_CONTRAST and colour != "#000000":
            colour = mix(colour, "#000000", 0.94) if max(rgb(colour)) > 16 else "#000000"
        return colour


def with_skins(theme: Theme, receiver: str, giver: str) -> Theme:
    """The theme with other skins; an empty name keeps its own. Raises BadChoice."""
    for option, name in (("--skin", receiver), ("--giver-skin", giver)):
        if name and name not in theme.skins:
            raise BadChoice(f"`{name}` is no choice of {option}: {', '.join(theme.skins)}{nearest(name, theme.skins)}")
    place = theme.name.place
    return replace(
        theme,
        receiver_skin=Name(receiver, place) if receiver else theme.receiver_skin,
        giver_skin=Name(giver, place) if giver else theme.giver_skin,
    )


def picture_colours(theme: Theme) -> dict[str, str]:
    """The colours of a picture's roles that the theme sets: skins, hair, nails and what `pictures` names."""
    receiver, giver = theme.skins[theme.receiver_skin], theme.skins[theme.giver_skin]
    skins = {
        "receiver-skin": receiver.skin,
        "receiver-skin-shade": receiver.shade,
        "receiver-hair": receiver.hair,
        "receiver-hair-shade": receiver.hair_shade,
        "giver-skin": giver.skin,
        "giver-skin-shade": giver.shade,
        "giver-hair": giver.hair,
        "giver-hair-shade": giver.hair_shade,
        "nail": giver.nail,
    }
    return {role: str(colour) for role, colour in (skins | theme.pictures).items() if colour}


def as_art(art: str, role: str, colour: str) -> str:
    """What is left of a role's colour where pictures are printed in grey or in lines only."""
    if art == "line":  # a breath of grey stays in shade and hair: the furrow of the spine has no line, a head no front
        return colour if role.startswith("line") else SHADE if role.endswith(("-shade", "-hair")) else PAPER
    return grey(colour) if art == "grey" else colour


def find_theme(name: str) -> Path:
    """The file of a built-in theme's name or of a path. Raises BadChoice."""
    if name.endswith((".yaml", ".yml")):
        if is_file(Path(name)):
            return Path(name)
        raise BadChoice(f"there is no file {name}")
    if name in theme_names():
        return folder("templates") / "themes" / f"{name}.yaml"
    known = ", ".join(theme_names())
    raise BadChoice(f"there is no theme `{name}`; the built-in ones are: {known}{nearest(name, theme_names())}")


def read_theme(path: Path) -> Theme:
    """Reads a theme file, again only where it has changed. Raises InvalidFile."""
    try:
        state = look(path).stat()
    except (OSError, ValueError):
        return _read(path, 0, 0)  # which says what is wrong
    return _read(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, size: int, changed: int) -> Theme:  # noqa: ARG001
    shaper = Shaper({})
    theme: Theme = shaper.value(_with_parent(path), Theme)
    problems = shaper.problems
    if not problems:
        colours = [*theme.pictures.values()]
        colours += [colour for look in theme.looks.values() for colour in (look.fill, look.line)]
        parts = [getattr(theme.colours, name) for name in Colours.__slots__]
        parts += [getattr(skin, part) for skin in theme.skins.values() for part in Skin.__slots__]
        colours += [colour for colour in parts if colour is not None]
        for skin in (theme.receiver_skin, theme.giver_skin):
            if skin not in theme.skins:
                problems.append(Problem(skin.place, f"there is no skin `{skin}`: {', '.join(theme.skins)}"))
        problems += [Problem(c.place, f"`{c}` is no colour; write it as #rrggbb") for c in colours if not is_colour(c)]
        problems += [
            Problem(theme.name.place, f"`shades` are percentages, from 0 to 100, found {percent:g}")
            for percent in theme.shades
            if not 0 <= percent <= 100
        ]
        for scale in (theme.type.normal, theme.type.large):
            missing = [role for role in TYPE_ROLES if role not in scale]
            if missing:
                place = next(iter(scale.values()))[0].place if scale else theme.name.place
                problems.append(
                    Problem(place, f"the type roles {', '.join(missing)} are missing; or start with `like: still`")
                )
            for face, _, _ in scale.values():
                if face not in FACES:
                    problems.append(
                        Problem(face.place, f"there is no face `{face}`: {', '.join(FACES)}{nearest(face, FACES)}")
                    )
        problems += [] if problems else _unreadable(theme)
    if problems:
        raise InvalidFile(problems)
    return theme


def _unreadable(theme: Theme) -> Iterator[Problem]:
    """Colours of letters and lines with too little contrast on the paper, and a block that no letters can be read on."""
    colours = [theme.colours.ink, theme.colours.ink_2, theme.colours.stop, *(one.line for one in theme.looks.values())]
    for colour in dict.fromkeys(colours):
        if (ratio := contrast(colour, theme.paper)) < LEAST_CONTRAST:
            what = f"{colour} on the paper {theme.paper} has a contrast of {ratio:.1f}; {LEAST_CONTRAST} is needed"
            yield Problem(colour.place, what)
    if contrast(theme.on_block, theme.block) < LEAST_CONTRAST:
        block = theme.colours.primary or theme.colours.accent
        yield Problem(block.place, f"neither white nor ink can be read on {block}: take a darker or a lighter one")


def _with_parent(path: Path) -> Node:
    node = read_yaml(path)
    if not isinstance(node, Mapping):
        raise InvalidFile([Problem(node.place, f"a theme is a mapping of keys, found {describe_node(node)}")])
    parent = node.items.get("like")
    if parent is None:
        return node
    if not isinstance(parent, Scalar) or parent.text not in theme_names() or parent.text == path.stem:
        raise InvalidFile([Problem(parent.place, f"`like` names a built-in theme: {', '.join(theme_names())}")])
    own = Mapping({k: v for k, v in node.items.items() if k != "like"}, node.keys, node.place)
    return _merge(_with_parent(find_theme(parent.text)), own)


def _merge(base: Node, own: Node) -> Node:
    if not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return own
    items = dict(base.items)
    for key, value in own.items.items():
        items[key] = _merge(items[key], value) if key in items else value
    return Mapping(items, {**base.keys, **own.keys}, own.place)


# --- colours ------------------------------------------------------------------------------------------------------
def is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """`share` of the colour and the rest of the other, channel by channel in sRGB."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def grey(colour: str) -> str:
    """The grey of the same luma (ITU-R BT.601)."""
    red, green, blue = rgb(colour)
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{level:02x}{level:02x}{level:02x}"


@lru_cache(maxsize=256)  # few colours, asked for again and again
def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 (relative luminance), from 1 to 21."""

    def luminance(colour: str) -> float:
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in rgb(colour))]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
