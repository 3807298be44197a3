"""What a screen reader says of a file: its tag tree read back from the finished PDF, in order, with the words of each element."""

import io
import re
from typing import Any

import pikepdf

BREAK = {"P", "H1", "H2", "H3", "LI", "TR", "Figure", "Note", "Form"}


class Reader:
    """The text of each run of marked content of a file, and its elements."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.pages = {page.objgen: index for index, page in enumerate(self.pdf.pages)}
        self.runs = [self._runs(page) for page in self.pdf.pages]

    def _runs(self, page: pikepdf.Page) -> dict[int, str]:
        fonts = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
        runs: dict[int, str] = {}
        stack: list[int | None] = []
        table: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    stack.append(int(operands[1].MCID))
                    runs[int(operands[1].MCID)] = ""
                case "BMC":
                    stack.append(None)
                case "EMC":
                    stack.pop()
                case "Tf":
                    table = fonts[str(operands[0])]
                case "Tj" if stack[-1] is not None:
                    runs[stack[-1]] += "".join(table[code] for code in bytes(operands[0]))
        assert not stack
        return runs

    def root(self) -> Any:
        return self.pdf.Root.StructTreeRoot.K[0]

    def kids(self, element: Any) -> list[Any]:
        if "/K" not in element:
            return []
        return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]

    def text(self, element: Any) -> str:
        """What is said of an element: its replacement or description, or its content and that of its kids."""
        for key in ("/ActualText", "/Alt"):
            if key in element:
                return str(element[key])
        parts = []
        for kid in self.kids(element):
            if isinstance(kid, int):
                parts.append(self.runs[self.pages[element.Pg.objgen]][kid])
            elif kid.get("/Type") == "/OBJR":
                parts.append(f" {_touched(kid.Obj)} ")
            else:
                parts.append(self.text(kid) + ("" if kid.S == "/Span" else " "))
        return re.sub(r" +", " ", "".join(parts)).strip()


def _touched(annotation: Any) -> str:
    if annotation.Subtype == "/Link":
        return f"[link: {annotation.Contents}]"
    kind = annotation.get("/FT") or annotation.Parent.FT
    name = {"/Tx": "write", "/Btn": "tick" if "/FT" in annotation else "choose"}[str(kind)]
    return f"[{name}: {annotation.TU}]"


def _to_unicode(font: Any) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(point.decode()).decode("utf-16-be") for code, point in pairs}


def outline(data: bytes) -> list[str]:
    """The tag tree, an element a line: its role, and what attributes and annotations it has."""
    reader, lines = Reader(data), []

    def visit(element: Any, depth: int) -> None:
        role = str(element.S)[1:]
        extra = [f"{key[1:]}={element[key]}" for key in ("/T", "/Lang", "/ID") if key in element]
        if "/A" in element:
            attributes = element.A
            extra += [
                f"{key[1:]}={str(attributes[key])[1:]}" for key in ("/Scope", "/ListNumbering") if key in attributes
            ]
        for kid in reader.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                extra.append(_touched(kid.Obj))
        lines.append("  " * depth + " ".join([role, *extra]))
        for kid in reader.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                visit(kid, depth + 1)

    visit(reader.root(), 0)
    return lines


def spoken(data: bytes) -> list[str]:
    """The whole text in the order of the tags, a line for each paragraph, heading, list item, row or figure."""
    reader, lines = Reader(data), []

    def visit(element: Any) -> None:
        role = str(element.S)[1:]
        if role in BREAK:
            mark = {"H1": "# ", "H2": "## ", "H3": "### ", "LI": "- ", "TR": "| ", "Figure": "Figure: "}.get(role, "")
            lines.append(mark + reader.text(element))
            return
        for kid in reader.kids(element):
            visit(kid)

    visit(reader.root())
    return lines
