"""A shop preset file → Shop: what a print shop asks for. Millimetres, percent and points."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from booklet.conditions import nearest
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.folders import PACKAGE, beside, folder, is_file, look
from booklet.model import Name, Words
from booklet.reading import read_yaml
from booklet.records import dataclass
from booklet.shapes import Shaper


@dataclass(frozen=True, slots=True)
class Intent:
    """The paper and press that a file is prepared for: a profile, and its name in the printing trade's registry."""

    profile: Words
    identifier: Words
    says: Words


@dataclass(frozen=True, slots=True)
class Shop:
    """What one print shop asks for.

    `ink_limit` is the percent of all inks together; `least_line` is in points; `safe` is how far from the trim nothing
    but grounds may stand.
    """

    name: Name
    says: Words
    paper: Literal["a4", "letter"]
    bleed: float
    safe: float
    marks: bool
    intent: Intent
    ink_limit: float
    least_line: float
    split: Literal["one-file", "cover-and-inside"]
    fewest_pages: int
    most_pages: int

    @property
    def profile(self) -> Path:
        """The file of its profile: one that comes with the program, or one beside the preset."""
        own = PACKAGE / "colour" / str(self.intent.profile)
        return own if is_file(own) else Path(self.intent.profile.place.file).parent / str(self.intent.profile)


OWN_PROFILE = "--icc"  # what says that a profile is the user's own
GENERIC = {"a4": "europe-a5", "letter": "us-half-letter"}
"""The preset for each paper where none is named."""


def with_profile(shop: Shop, path: Path) -> Shop:
    """The preset with a profile of the user's own. Raises BadChoice for a file that is none of a CMYK printer."""
    place = Place(OWN_PROFILE, 1, 1)
    from booklet.presses import describe_profile  # Pillow takes a while to load

    says = describe_profile(path)
    return replace(shop, intent=Intent(Words(str(path.resolve()), place), Words("Custom", place), Words(says, place)))


def shipped_shop(shop: Shop) -> bool:
    """Whether a preset comes with the program."""
    return Path(shop.name.place.file).parent == folder("templates") / "shops"


def shop_names() -> list[str]:
    """The names of the built-in presets."""
    return sorted(path.stem for path in (folder("templates") / "shops").glob("*.yaml"))


def find_shop(name: str) -> Path:
    """The file of a built-in preset's name or of a path. Raises BadChoice."""
    if name.endswith((".yaml", ".yml")):
        if is_file(Path(name)):
            return Path(name)
        raise BadChoice(f"there is no shop preset {name}")
    names = shop_names()
    if name not in names:
        raise BadChoice(f"`{name}` is no print shop: {', '.join(names)}, or a preset file{nearest(name, names)}")
    return folder("templates") / "shops" / f"{name}.yaml"


def read_shop(path: Path) -> Shop:
    """Reads a preset. Raises InvalidFile."""
    shaper = Shaper({})
    node = read_yaml(path)
    shop: Shop = shaper.value(node, Shop)
    problems = shaper.problems
    if not problems:
        place = shop.name.place
        for key, value, low, high in (
            ("bleed", shop.bleed, 0, 10),
            ("safe", shop.safe, 0, 8),
            ("ink-limit", shop.ink_limit, 150, 400),
            ("least-line", shop.least_line, 0, 1),
            ("fewest-pages", shop.fewest_pages, 4, shop.most_pages),
        ):
            if not low <= value <= high:
                problems.append(Problem(place, f"`{key}` is from {low:g} to {high:g}, found {value:g}"))
        beside(shop.intent.profile, shop.intent.profile.place)
        if not is_file(look(shop.profile)):
            problems.append(Problem(shop.intent.profile.place, f"there is no profile {shop.intent.profile}"))
    if problems:
        raise InvalidFile(problems)
    return shop
