"""What a booklet was made from → the recipe in its PDF files, as JSON, with all that it takes to make them again.

Files are named without their folders, so that the same inputs give the same bytes wherever they lie; digests (SHA-256) tell
whether an input is still the same. The receiver's name is in it only where it stands on the pages; the giver's is the file's author anyway.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booklet import __version__
from booklet.brands import STILL, Brand
from booklet.editions import AT_HOME
from booklet.items import Field, Page, Text, walk
from booklet.model import Words
from booklet.shops import OWN_PROFILE, shipped_shop
from booklet.theming import Theme

if TYPE_CHECKING:
    from booklet.building import Booklet
    from booklet.routines import RoutineFile

KEY = "BookletRecipe"  # in the information dictionary
KEPT = 16  # themes


def recipe(booklet: "Booklet", edition: str) -> str:
    """The recipe of an edition or format of a booklet."""
    file, request, book = booklet.file, booklet.request, booklet.book
    chosen = {option.name: book.choices[option.name] for option in file.own_options}
    told: dict[str, Any] = {
        "program": f"booklet {__version__}",
        "edition": edition,
        "routine": {"file": file.path.name, "sha256": file.digest},
        **_language(file),
        "choices": {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items()},
        "paper": request.paper,
        "pages": book.choices["pages"],
        "large-print": request.large_print,
        "theme": {"file": theme_file(booklet), "sha256": _theme_digest(book.theme)},
    }
    if request.brand:
        told["brand"] = {
            "name": str(request.brand.name),
            "file": _file_name(request.brand),
            "sha256": brand_digest(request.brand),
        }
    told |= {key: name for key, name in (("skin", request.skin), ("giver-skin", request.giver_skin)) if name}
    if request.receiver and _stands(request.receiver, booklet.pages):
        told["for"] = request.receiver
    if request.giver:  # the file's author, which it says anyway
        told["by"] = request.giver
    if edition == "home":
        given = {one.name: getattr(request.printing, one.name) for one in fields(request.printing)}
        told["printing"] = {name: value for name, value in given.items() if value != getattr(AT_HOME, name)}
    elif edition != "screen" and request.printing.ink != AT_HOME.ink:
        told["printing"] = {"ink": request.printing.ink}
    if edition == "shop" and request.shop:
        profile, of = request.shop.profile, request.shop.intent.profile.place.file
        name = str(request.shop.name) if shipped_shop(request.shop) else Path(request.shop.name.place.file).name
        told["shop"] = {"name": name, "profile": profile.name, "sha256": _of_file(profile)}
        told |= {"icc": profile.name} if of == OWN_PROFILE else {}
    if photos := dict(_photos(booklet.pages)):
        told["photos"] = photos
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _language(file: "RoutineFile") -> dict[str, Any]:
    """The language, where it isn't the routine's own, with the file of the translation, where it has one."""
    if file.source is None and file.translated is None:
        return {}
    beside = file.translated and file.translated.digest
    stands = {"file": Path(file.translated.file).name, "sha256": beside} if file.translated and beside else {}
    return {"lang": {"name": file.language, **stands}}


def theme_file(booklet: "Booklet") -> str:
    """The theme's name, or the name of its file."""
    request = booklet.request
    return Path(request.theme or (request.brand.theme_name if request.brand else STILL)).name


_DIGESTS: dict[int, tuple[Theme, str]] = {}


def _theme_digest(theme: Theme) -> str:
    """A digest of all that a theme says; copies have one theme, whose values it takes long to write down."""
    if id(theme) not in _DIGESTS:
        if len(_DIGESTS) == KEPT:
            _DIGESTS.clear()
        _DIGESTS[id(theme)] = (theme, _digest(repr(theme)))
    return _DIGESTS[id(theme)][1]


def brand_digest(brand: Brand) -> str:
    """A digest of all that a brand says, with its logos and fonts."""
    files = [brand.logo, brand.logo_on_accent, *(getattr(brand.fonts, one.name) for one in fields(brand.fonts))]
    beside = (Path(one.place.file).parent / str(one) for one in files if isinstance(one, Words))
    return _digest("".join([repr(brand), *(_of_file(path) for path in beside if path.is_file())]))


def _file_name(brand: Brand) -> str:
    """The name of the brand's file; nothing where it came from a table."""
    name = Path(brand.name.place.file).name
    return name if name.endswith((".yaml", ".yml")) else ""


def _stands(name: str, pages: tuple[Page, ...]) -> bool:
    """Whether a name is on one of the pages, be it over two lines or in a field."""
    return any(name in " ".join(" ".join(_texts(page)).split()) for page in pages)


def _texts(page: Page) -> Iterator[str]:
    for item in walk(page.items):
        if isinstance(item, (Text, Field)):
            yield item.text if isinstance(item, Text) else item.value


def _photos(pages: tuple[Page, ...]) -> Iterator[tuple[str, str]]:
    for page in pages:
        for path in page.photos:
            yield path.name, _of_file(path)


def _of_file(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
