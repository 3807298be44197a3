"""The pages that our pipeline laid out, as input for Typst and for WeasyPrint: same text, pictures, fonts, page sizes.

Both get every run of letters at its place; what isn't letters is one SVG to a page. They needn't break lines, find page
numbers or turn sheets: that work is ours alone. The fields and check boxes are drawn, not made into a form.
"""

from html import escape
from pathlib import Path

from booklet.figures import Drawing
from booklet.items import Art, CheckBox, Clip, Group, Item, Link, Page, PathPart, Shape, Text
from booklet.typefaces import Face

WEIGHTS = {"300Light": 300, "400Regular": 400, "500Medium": 500, "600SemiBold": 600, "700Bold": 700}
FAMILIES = {"Spectral": "Spectral", "SourceSans3": "Source Sans 3", "Fraunces": "Fraunces"}


def family(face: Face) -> tuple[str, int]:
    """The family and weight of a built-in face, as its file calls itself."""
    name, _, weight = face.file.stem.partition("_")
    return FAMILIES[name], WEIGHTS[weight]


def texts(items: tuple[Item, ...]) -> list[Text]:
    """All letters of a page."""
    found: list[Text] = []
    for item in items:
        if isinstance(item, Text):
            found.append(item)
        elif isinstance(item, (Group, Link, Clip)):
            found += texts(item.items)
    return found


# --- pictures -------------------------------------------------------------------------------------------------------
def svg(page: Page) -> str:
    """All of a page that isn't letters."""
    parts: list[str] = []
    _draw(page.items, parts)
    size = f'width="{page.width:.2f}" height="{page.height:.2f}" viewBox="0 0 {page.width:.2f} {page.height:.2f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _draw(items: tuple[Item, ...], parts: list[str]) -> None:
    for item in items:
        match item:
            case Shape():
                line = f'stroke="{item.stroke}" stroke-width="{item.width:.2f}"' if item.stroke and item.width else ""
                dash = f' stroke-dasharray="{" ".join(f"{d:.2f}" for d in item.dash)}"' if item.dash else ""
                ends = ' stroke-linecap="round" stroke-linejoin="round"' if item.round else ""
                parts.append(f'<path d="{_path(item.path)}" fill="{item.fill or "none"}" {line}{dash}{ends}/>')
            case Clip():
                name = f"c{len(parts)}"
                parts.append(
                    f'<clipPath id="{name}"><path d="{_path(item.path)}"/></clipPath><g clip-path="url(#{name})">'
                )
                _draw(item.items, parts)
                parts.append("</g>")
            case Group() | Link():
                _draw(item.items, parts)
            case CheckBox():
                parts.append(f'<rect x="{item.x:.2f}" y="{item.y:.2f}" width="{item.size}" height="{item.size}" fill="{item.paper}" stroke="{item.colour}" stroke-width="0.9"/>')  # fmt: skip
            case Art(drawing=Drawing()):
                _art(item, parts)
            case _:
                pass


def _art(item: Art, parts: list[str]) -> None:
    left, top, wide, high = item.window
    name, k = f"w{len(parts)}", item.k / item.drawing.grid  # type: ignore[union-attr]
    parts.append(f'<clipPath id="{name}"><rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{high:.2f}"/></clipPath><g clip-path="url(#{name})">')  # fmt: skip
    parts.append(f'<g transform="matrix({-k if item.mirrored else k:.6f} 0 0 {k:.6f} {item.x:.2f} {item.y:.2f})" stroke-linecap="round" stroke-linejoin="round">')  # fmt: skip
    assert isinstance(item.drawing, Drawing)
    for one in item.drawing.outlines:
        path = _svg_path(one.operators)
        if one.width:
            parts.append(f'<path d="{path}" fill="none" stroke="{one.colour}" stroke-width="{one.width * item.drawing.grid:.1f}"/>')  # fmt: skip
        else:
            rule = ' fill-rule="evenodd"' if one.evenodd else ""
            parts.append(f'<path d="{path}" fill="{one.colour}"{rule}/>')
    parts.append("</g></g>")


def _svg_path(operators: str) -> str:
    """PDF path operators → SVG path data."""
    out, numbers = [], []
    for word in operators.split():
        if word in ("m", "l", "c", "h"):
            out.append({"m": "M", "l": "L", "c": "C", "h": "Z"}[word] + " ".join(numbers))
            numbers = []
        else:
            numbers.append(word)
    return "".join(out)


def _path(parts: tuple[PathPart, ...]) -> str:
    return "".join(letter + " ".join(f"{number:.2f}" for number in numbers) for letter, numbers in parts)


# --- Typst ----------------------------------------------------------------------------------------------------------
def typst(pages: tuple[Page, ...], title: str, folder: Path) -> Path:
    """Writes the pages' Typst source and pictures; the path of the source.

    Where `sys.inputs` has a `name`, `phone` or `code`, that stands in place of the first page's first run and so on: a copy's
    own words.
    """
    out = [f"#set document(title: {_quoted(title)})", '#set text(lang: "en", region: "GB", hyphenate: false, top-edge: "baseline", bottom-edge: "baseline")', "#set par(leading: 0pt, spacing: 0pt)"]  # fmt: skip
    out.append(
        "#let t(x, y, f, w, s, c, k, body) = place(top + left, dx: x, dy: y, text(font: f, weight: w, size: s, fill: rgb(c), tracking: k, body))"
    )
    for index, page in enumerate(pages):
        (folder / f"page-{index}.svg").write_text(svg(page))
        out.append(f"#page(width: {page.width:.2f}pt, height: {page.height:.2f}pt, margin: 0pt)[")
        out.append(
            f'#place(top + left, image("page-{index}.svg", width: {page.width:.2f}pt, alt: {_quoted(page.title or "picture")}))'
        )
        for number, one in enumerate(texts(page.items)):
            name, weight = family(one.face)
            words = _quoted(one.text)
            if index == 0 and number == 0:
                words = f'sys.inputs.at("name", default: {words})'
            if index == len(pages) - 1 and number == 0:
                words = f'sys.inputs.at("phone", default: {words})'
            out.append(
                f'#t({one.x:.2f}pt, {one.y:.2f}pt, "{name}", {weight}, {one.size:.2f}pt, "{one.colour}", {one.spacing:.3f}pt, {words})'
            )
        if index == len(pages) - 1:
            out.append(
                '#if "code" in sys.inputs { place(bottom + right, image(bytes(sys.inputs.code), width: 60pt, alt: "code")) }'
            )
        out.append("]")
    path = folder / "booklet.typ"
    path.write_text("\n".join(out) + "\n")
    return path


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- WeasyPrint -----------------------------------------------------------------------------------------------------
def html(pages: tuple[Page, ...], title: str, folder: Path, fonts: Path) -> Path:
    """Writes the pages as HTML with their pictures; the path of the file."""
    faces = {one.face: family(one.face) for page in pages for one in texts(page.items)}
    css = [
        "*{margin:0;padding:0} section{position:relative;break-after:page;overflow:hidden} span,img{position:absolute;white-space:pre;line-height:0}"
    ]
    css += [f"@font-face{{font-family:'{name}';font-weight:{weight};src:url('{(fonts / face.file.name).as_uri()}')}}" for face, (name, weight) in faces.items()]  # fmt: skip
    css.append(f"@page{{size:{pages[0].width:.2f}pt {pages[0].height:.2f}pt;margin:0}}")
    body = []
    for index, page in enumerate(pages):
        (folder / f"page-{index}.svg").write_text(svg(page))
        body.append(f'<section style="width:{page.width:.2f}pt;height:{page.height:.2f}pt"><img style="left:0;top:0;width:{page.width:.2f}pt" alt="{escape(page.title)}" src="page-{index}.svg">')  # fmt: skip
        for one in texts(page.items):
            name, weight = family(one.face)
            body.append(f"<span style=\"left:{one.x:.2f}pt;top:{one.y:.2f}pt;font:{weight} {one.size:.2f}pt/0 '{name}';color:{one.colour};letter-spacing:{one.spacing:.3f}pt\">{escape(one.text)}</span>")  # fmt: skip
        body.append("</section>")
    path = folder / "booklet.html"
    path.write_text(f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title><style>{"".join(css)}</style></head><body>{"".join(body)}</body></html>')  # fmt: skip
    return path
