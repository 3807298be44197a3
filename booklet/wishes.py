"""What was wished for, as it was typed → Request: the program's own flags, and the columns of a batch's table."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booklet.brands import Brand
from booklet.building import Request
from booklet.conditions import nearest
from booklet.drafting import FORMATS
from booklet.editions import Printing
from booklet.errors import BadChoice
from booklet.routines import PAGES

if TYPE_CHECKING:
    from booklet.shops import Shop


def request_of(
    brand: Brand | None,
    preset: "Shop | None",
    paper: str | None,
    theme: str | None,
    skin: str,
    giver_skin: str,
    large_print: bool,
    pages: str | None,
    receiver: str,
    giver: str,
    flip: str,
    duplex: str,
    backs: str,
    singles: bool,
    gsm: int,
    ink: str,
) -> Request:
    """What is asked for, beside the routine's own options. Raises BadChoice."""
    names = (" ".join(receiver.split()), " ".join(giver.split()))
    count = int(one_of("pages", pages, [str(n) for n in PAGES])) if pages else None
    sheet = one_of("paper", paper or (preset.paper if preset else "a4"), FORMATS)
    printing = _printing(flip, duplex, backs, singles, gsm, ink)
    return Request(sheet, theme or "", large_print, count, *names, skin, giver_skin, printing, brand, preset)


def _printing(flip: str, duplex: str, backs: str, singles: bool, gsm: int, ink: str) -> Printing:
    if not 60 <= gsm <= 160:
        raise BadChoice(f"--gsm is the paper's weight in g/m², from 60 to 160, not {gsm}")
    if singles and duplex == "manual":
        raise BadChoice("--singles has no backs to feed by hand: leave out --duplex manual")
    return Printing(
        flip=one_of("flip", flip, ("short", "long")),
        duplex="singles" if singles else one_of("duplex", duplex, ("auto", "manual")),
        backs=one_of("backs", backs, ("last-first", "first-first")),
        gsm=gsm,
        ink=one_of("ink", ink, ("colour", "grey", "line")),
    )


def preset_of(name: str | None, icc: Path | None, paper: str | None) -> "Shop":
    """The print shop's preset, with the user's own profile in it; where none is named, the generic one for the paper."""
    from booklet.shops import GENERIC, find_shop, read_shop, with_profile

    preset = read_shop(find_shop(name or GENERIC.get(paper or "a4", GENERIC["a4"])))
    if paper and paper != preset.paper:
        raise BadChoice(f"the shop preset {preset.name} is for --paper {preset.paper}, not {paper}")
    return with_profile(preset, icc) if icc else preset


def one_of(option: str, value: str, known: Iterable[str]) -> Any:
    """The value, which is one of the known ones. Raises BadChoice."""
    if value not in (names := list(known)):
        raise BadChoice(f"`{value}` is no choice of `{option}`: {', '.join(names)}{nearest(value, names)}")
    return value
