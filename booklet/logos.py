"""A brand's logo → Drawing or Photo; hostile, broken and unprintable files are refused by name.

A vector logo is read by svgelements once a first pass has found nothing in it that reaches outside, runs, or can't be
printed flat. Nothing is fetched from anywhere.
"""

import re
from functools import lru_cache
from math import dist
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from booklet.errors import InvalidFile, Place, Problem
from booklet.figures import STEPS, Drawing, Outline, Photo
from booklet.folders import look
from booklet.theming import contrast, rgb

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES, MOST_VECTORS = 10_000_000, 2_000_000  # of a file; of an SVG
MOST_PIXELS = 25_000_000  # of a photo: more is a mistake or a bomb
MOST_ELEMENTS = 5_000  # of a vector logo, those that stand in several places (<use>) as often
MOST_OUTLINE, MOST_STYLE = 200_000, 10_000  # letters that say where lines go, and how they look
SEEN = 2.0, 110.0  # contrast with its ground, and distance of the colours (of 441): with less of both it hardly shows
ALIKE = 24.0  # distance of two colours that are meant to be one
SAMPLE = 160  # pixels along the longer side, when a logo of pixels is judged
MOST_DEPTH = 40
KNOWN = {
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "metadata", "defs",
    "clipPath", "use", "symbol", "style",
}  # fmt: skip
WHY = {
    "script": "holds a script",
    "foreignObject": "holds a foreign object",
    "image": "holds a picture of pixels: give that as a PNG or JPEG logo",
    "text": "holds letters: turn them into paths, so that it needs no font",
    "tspan": "holds letters: turn them into paths, so that it needs no font",
    "linearGradient": "holds a gradient: use flat colours",
    "radialGradient": "holds a gradient: use flat colours",
    "pattern": "holds a pattern: use flat colours",
    "filter": "holds a filter: use flat colours",
    "mask": "holds a mask: cut the shapes instead",
    "animate": "moves: give a still one",
    "set": "moves: give a still one",
    "a": "holds a link",
}
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)


def read_logo(path: Path) -> Drawing | Photo:
    """Reads a logo: SVG, PNG or JPEG. Raises InvalidFile."""
    try:
        state = look(path).stat()
    except OSError:
        raise _refused(path, "can't be found") from None
    return _read(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=64)  # a batch may have thousands
def _read(path: Path, size: int, changed: int) -> Drawing | Photo:  # noqa: ARG001  # a changed file is read again
    if not path.is_file():
        raise _refused(path, "is no file")
    most = MOST_VECTORS if path.suffix.lower() == ".svg" else MOST_BYTES
    if size > most:
        raise _refused(path, f"is larger than {most // 1_000_000} MB")
    if path.suffix.lower() == ".svg":
        return _vector(path)
    if path.suffix.lower() in (".png", ".jpg", ".jpeg"):
        return _pixels(path)
    raise _refused(path, "is neither SVG, PNG nor JPEG")


def _refused(path: Path, why: str, line: int = 1, column: int = 1) -> InvalidFile:
    return InvalidFile([Problem(Place(str(path), line, column), f"the logo can't be used: it {why}")])


def _pixels(path: Path) -> Photo:
    from PIL import Image

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _refused(path, f"has {image.width} × {image.height} pixels: more than {MOST_PIXELS:,}")
            image.load()
            return Photo(path.stem, path, *image.size)
    except InvalidFile:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refused(path, f"is no whole picture ({error})") from None


def share_seen(mark: Drawing | Photo, ground: str) -> float:
    """How much of a logo can be told from a ground: the share of its visible pixels; of a vector one, all or nothing.

    A vector logo may well have parts in the colour of its ground, to cut others out; pixels that are see-through aren't
    there at all.
    """
    if isinstance(mark, Drawing):
        return float(any(_stands_out(one.colour, ground) for one in mark.outlines))
    seen = gone = 0
    for count, (red, green, blue, alpha) in _sample(mark).getcolors(SAMPLE * SAMPLE) or []:  # type: ignore[misc]
        if alpha >= 128:
            if _stands_out(f"#{red:02x}{green:02x}{blue:02x}", ground):
                seen += count
            else:
                gone += count
    return seen / (seen + gone) if seen + gone else 0.0


def in_a_box(mark: Photo, ground: str) -> bool:
    """Whether a logo of pixels has a ground of its own that isn't the one it stands on: one colour in all corners."""
    shown = _sample(mark)
    corners: list[tuple[int, ...]] = [
        shown.getpixel((x, y))  # type: ignore[misc]
        for x in (0, shown.width - 1)
        for y in (0, shown.height - 1)
    ]
    alike = all(dist(corners[0], one) < ALIKE for one in corners)
    return alike and corners[0][3] >= 128 and dist(corners[0][:3], rgb(ground)) >= ALIKE


def _sample(mark: Photo) -> "Image":
    """A logo of pixels as a small picture, red, green, blue and how solid each pixel is."""
    return _small(mark.path, mark.path.stat().st_mtime_ns)


@lru_cache(32)
def _small(path: Path, changed: int) -> "Image":  # noqa: ARG001  # a changed file is read again
    from PIL import Image

    with Image.open(path, formats=("PNG", "JPEG")) as image:
        image.draft("RGB", (SAMPLE, SAMPLE))  # a JPEG is read smaller from the start
        image.thumbnail((SAMPLE, SAMPLE))
        return image.convert("RGBA")


def _stands_out(colour: str, ground: str) -> bool:
    return contrast(colour, ground) >= SEEN[0] or dist(rgb(colour), rgb(ground)) >= SEEN[1]


# --- vectors --------------------------------------------------------------------------------------------------------
def _vector(path: Path) -> Drawing:
    data = path.read_bytes()
    _guard(path, data)
    from svgelements import SVG, Color, Shape
    from svgelements import Path as Outlined

    try:
        picture = SVG.parse(path, reify=True, ppi=96)  # laid out on the width and height that the file states
        wide, high = float(picture.width), float(picture.height)
    except Exception as error:  # the library raises whatever its parsing meets
        raise _refused(path, f"can't be read as SVG ({type(error).__name__}: {error})") from None
    if not (wide > 0 and high > 0):
        raise _refused(path, "has no size: give the <svg> a viewBox")
    outlines = []
    grid = STEPS / max(wide, high)
    for shape in picture.elements(lambda one: isinstance(one, Shape)):
        if shape.values.get("visibility") == "hidden" or shape.values.get("display") == "none":
            continue
        operators = _operators(Outlined(shape), grid)
        if not operators:
            continue
        for paint, width in ((shape.fill, 0.0), (shape.stroke, float(shape.stroke_width or 0))):
            if not isinstance(paint, Color) or paint.value is None or (paint is shape.stroke and not width):
                continue
            if paint.alpha is not None and paint.alpha < 255:
                raise _refused(path, "is see-through in places: use flat colours")
            evenodd = shape.values.get("fill-rule") == "evenodd"
            outlines.append(Outline("logo", operators, str(paint.hexrgb), width, evenodd))
    if not outlines:
        raise _refused(path, "draws nothing")
    return Drawing(path.stem, 0.0, 0.0, wide, high, tuple(outlines), (), grid, own=True)


def _operators(path: "object", grid: float) -> str:
    """The path's segments as PDF operators on the grid."""
    from svgelements import Arc, Close, CubicBezier, Line, Move, QuadraticBezier

    out: list[str] = []

    def at(*points: "object") -> str:
        return " ".join(f"{point.x * grid:.0f} {point.y * grid:.0f}" for point in points)  # type: ignore[attr-defined]

    for one in path:  # type: ignore[attr-defined]
        match one:
            case Move():
                out.append(f"{at(one.end)} m")
            case Close():
                out.append("h")
            case Line():
                out.append(f"{at(one.end)} l")
            case CubicBezier():
                out.append(f"{at(one.control1, one.control2, one.end)} c")
            case QuadraticBezier():
                a, b, c = one.start, one.control, one.end
                out.append(f"{at(a + (b - a) * (2 / 3), c + (b - c) * (2 / 3), c)} c")
            case Arc():
                out += [f"{at(curve.control1, curve.control2, curve.end)} c" for curve in one.as_cubic_curves()]
    return "\n".join(out) if len(out) > 1 else ""


def _guard(path: Path, data: bytes) -> None:
    """A first pass over the file. Raises InvalidFile for what isn't flat shapes."""
    parser = expat.ParserCreate()
    depth = count = outline = style = 0
    inside: list[tuple[str, int]] = []  # the open elements: id, and how many elements came before
    sizes: dict[str, int] = {}  # of elements with an id: how many are in them
    used: list[str] = []
    users: set[str] = set()  # elements with an id that use others

    def stop(why: str) -> None:
        raise _refused(path, why, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count, outline
        depth, count = depth + 1, count + 1
        element = name.rsplit(":", 1)[-1]
        inside.append((attributes.get("id", ""), count))
        outline += sum(len(attributes.get(key, "")) for key in ("d", "points"))
        if outline > MOST_OUTLINE:
            stop(f"takes more than {MOST_OUTLINE:,} letters to say where its lines go: simplify its paths")
        if count > MOST_ELEMENTS or depth > MOST_DEPTH:
            stop(f"has more than {MOST_ELEMENTS:,} parts, or more than {MOST_DEPTH} in each other")
        if element in WHY:
            stop(WHY[element])
        if element not in KNOWN and ":" not in name:
            stop(f"holds <{element}>, which can't be printed from here")
        for key, value in attributes.items():
            if key not in ("d", "points") and len(value) > MOST_STYLE:
                stop(f"holds more than {MOST_STYLE:,} letters in its `{key}`")
            if key.lower().startswith("on"):
                stop(f"holds a script ({key})")
            if key.rsplit(":", 1)[-1] == "href" and not value.startswith("#"):
                stop("points to something outside of itself")
            if key.rsplit(":", 1)[-1] == "href" and element == "use":
                used.append(value[1:])
                users.update(own for own, _ in inside)
            if OUTSIDE.search(value):
                stop("points to something outside of itself")
            if key in ("opacity", "fill-opacity", "stroke-opacity") and value.strip() not in ("1", "1.0", "100%"):
                stop("is see-through in places: use flat colours")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        own, first = inside.pop()
        sizes[own] = max(sizes.get(own, 0), count - first + 1)

    def text(letters: str) -> None:
        nonlocal style
        style += len(letters.strip())
        if style > MOST_STYLE:
            stop(f"holds more than {MOST_STYLE:,} letters of text or styles: take them out")
        if OUTSIDE.search(letters):
            stop("points to something outside of itself")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = lambda *_: stop(
        "has a document type (<!DOCTYPE>), where entities can hide: take it out"
    )
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        why = f"isn't whole XML ({expat.errors.messages[error.code]})"
        raise _refused(path, why, error.lineno, error.offset + 1) from None
    if users & set(used):
        raise _refused(path, "uses parts that use other parts (<use>): turn them into shapes")
    if count + sum(sizes.get(one, 0) for one in used) > MOST_ELEMENTS:
        raise _refused(path, f"has more than {MOST_ELEMENTS:,} parts once each is drawn where it is used (<use>)")
