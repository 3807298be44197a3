"""Pages or sheets → the bytes of a PDF file. The same pages give the same bytes: no clock, no random numbers.

A file begins with what copies of one body have in common and ends with what is a copy's own. Where many are made, the
beginning is written once and kept; every file is put together in the same order, kept or not, and has the same bytes.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import md5
from typing import Any

from booklet import press, standards
from booklet.annotations import Touchables, form_font
from booklet.figures import Drawing
from booklet.inks import Inks, Screen
from booklet.items import Art, Page, walk
from booklet.objects import QUICK, QUICKEST, File, stream, string
from booklet.press import Box
from booklet.records import dataclass
from booklet.shops import Shop
from booklet.standards import Tree
from booklet.streams import Pen, Placed, Side, Stock, n, objects_used
from booklet.tagging import Structure, Tagged, assemble, tag_page

__all__ = ["Meta", "Output", "Placed", "Side", "Written", "write"]

LONG = 500  # letters: a shorter path costs less to write again than as a form
PRODUCER = "booklet"


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself; the recipe is what it was made from, as JSON."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """How the file is written: its colours, whether it is tagged for the screen, what it tells a printer or print shop.

    `duplex` is a viewer preference of PDF; `shop` makes it a file for the press. Without `grounds` pages have no colour of
    their own: printers at home can't reach the edge, and it would take half their ink.
    """

    inks: Inks
    tagged: bool = False
    duplex: str = ""
    shop: Shop | None = None
    grounds: bool = True


SCREEN = Output(Screen(), tagged=True)


class Written:
    """What is kept of files while a process makes many copies of one body. It saves time and changes nothing."""

    BEGINNINGS, PAGES = 6, 200  # the most that are kept: files of all editions, pages

    def __init__(self) -> None:
        self.beginnings: dict[Any, tuple[tuple[Side, ...], _Writer]] = {}
        self.pages: dict[tuple[int, int], tuple[Page, Tagged]] = {}
        self.pictures: dict[int, tuple[Page, list[Drawing]]] = {}
        self.paths: dict[tuple[int, ...], tuple[list[Drawing], frozenset[str]]] = {}

    def tagged(self, page: Page, index: int) -> Tagged:
        """The structure of a page."""
        if page.own:
            return tag_page(page, index)
        if (id(page), index) not in self.pages:
            self._make_room(self.pages)
            self.pages[id(page), index] = (page, tag_page(page, index))
        return self.pages[id(page), index][1]

    def drawings(self, page: Page) -> list[Drawing]:
        """The pictures of a page."""
        if page.own:
            return _drawings(page)
        if id(page) not in self.pictures:
            self._make_room(self.pictures)
            self.pictures[id(page)] = (page, _drawings(page))
        return self.pictures[id(page)][1]

    def shared(self, drawings: list[list[Drawing]]) -> frozenset[str]:
        """The longer paths that several drawings have in common: pictures that differ in their colours or widths only."""
        found = {id(one): one for page in drawings for one in page if not one.own}
        key = tuple(found)
        if key not in self.paths:
            self._make_room(self.paths)
            self.paths[key] = (list(found.values()), _shared(found.values()))
        return self.paths[key][1]

    def beginning(
        self,
        sides: tuple[Side, ...],
        own: list[int],
        early: list[Drawing],
        structure: Structure | None,
        output: Output,
        shared: frozenset[str],
        begin: "Callable[[], _Writer]",
    ) -> "_Writer":
        """A copy of the file with all sides but a copy's own, made by `begin` where there is none yet.

        It has the `early` pictures too: those on a copy's own sides that other copies have as well.
        """
        pictured = tuple(() if index in own else _pictured(side) for index, side in enumerate(sides))
        sections = structure.sections if structure else ()
        drawn = tuple(map(id, early))
        key = (
            pictured,
            drawn,
            sections,
            shared,
            output.tagged,
            output.duplex,
            output.grounds,
            type(output.inks),
            output.shop,
        )
        if key not in self.beginnings:
            if len(self.beginnings) == self.BEGINNINGS:
                del self.beginnings[next(iter(self.beginnings))]
            self.beginnings[key] = (sides, begin())  # the sides keep alive whose identities are in the key
        return self.beginnings[key][1].copy()

    def _make_room(self, kept: dict[Any, Any]) -> None:
        if len(kept) == self.PAGES:
            kept.clear()


def _pictured(side: Side) -> tuple[Any, ...]:
    return tuple((id(one.page), one.x, one.y, one.scale, one.turned) for one in side.placed)


def write(sides: tuple[Side, ...], meta: Meta, output: Output = SCREEN, written: Written | None = None) -> bytes:
    """The PDF file. A tagged one has structure, links, fields and an outline, and one page on each side.

    `written` is from copies of the same body. Raises InvalidFile for what can't be tagged.
    """
    kept = written or Written()
    pages = tuple(placed.page for side in sides for placed in side.placed)
    structure = None
    if output.tagged:
        structure = assemble(pages, tuple(kept.tagged(page, index) for index, page in enumerate(pages)))
    shared = kept.shared([kept.drawings(page) for page in pages])
    own = [index for index, side in enumerate(sides) if any(placed.page.own for placed in side.placed)]
    early = [one for page in pages if page.own for one in kept.drawings(page) if not one.own]

    def begin() -> _Writer:
        writer = _Writer(sides, structure, output, shared)
        for drawing in early:
            writer.stock.form(drawing)
        for index, side in enumerate(sides):
            if index not in own:
                writer.side(index, side, structure)
        writer.settle(structure)
        return writer

    writer = begin() if written is None else written.beginning(sides, own, early, structure, output, shared, begin)
    for index in own:
        writer.side(index, sides[index], structure)
    return writer.finish(meta, structure)


def _drawings(page: Page) -> list[Drawing]:
    return [item.drawing for item in walk(page.items) if isinstance(item, Art) and isinstance(item.drawing, Drawing)]


def _shared(drawings: Iterable[Drawing]) -> frozenset[str]:
    different = {(one.name, one.outlines): one for one in drawings}
    count = Counter(one.operators for drawing in different.values() for one in drawing.outlines)
    return frozenset(path for path, times in count.items() if times > 1 and len(path) > LONG)


class _Writer:
    """A file in the making, with what its sides share."""

    def __init__(
        self, sides: tuple[Side, ...], structure: Structure | None, output: Output, shared: frozenset[str]
    ) -> None:
        self.output = output
        self.file = file = File("1.6" if output.shop else "1.7")
        self.catalog, self.info, self.root, self.fonts = (file.reserve() for _ in range(4))
        self.sheets = tuple(file.reserve() for _ in sides)
        self.stock = Stock(file, output.inks, shared)
        self.digests: dict[int, bytes] = {}
        self.tree: Tree | None = None
        self.intents = self.form_font = self.outlines = ""
        if structure:
            pages = tuple(side.placed[0].page for side in sides)
            self.tree = Tree(file, self.sheets, pages, structure.sections)
            self.intents = standards.intent(file)
            if any(tagged.touched for tagged in structure.pages):
                self.form_font = form_font(file)
        if output.shop:
            self.intents = press.intent(file, output.shop)
        self.touchables = Touchables(file, self.fonts, self.stock.text)

    def copy(self) -> "_Writer":
        """The same so far, to go on with on its own."""
        other = object.__new__(_Writer)
        for name in ("output", "catalog", "info", "root", "fonts", "sheets", "intents", "form_font", "outlines"):
            setattr(other, name, getattr(self, name))
        other.file = file = self.file.copy()
        other.stock = self.stock.copy(file)
        other.digests = dict(self.digests)
        other.tree = self.tree.copy(file) if self.tree else None
        other.touchables = self.touchables.copy(file, other.stock.text)
        return other

    def side(self, index: int, side: Side, structure: Structure | None) -> None:
        """Writes one side: its content, and where it is tagged its elements and annotations."""
        tagged = structure.pages[index] if structure else None
        pen = Pen(self.stock, self.output.grounds)
        content = pen.side(side, tagged.marks if tagged else None).encode("latin-1")
        if self.output.shop:
            self.digests[index] = md5(content, usedforsecurity=False).digest()
        sheet = self.sheets[index]
        effort = QUICKEST if any(placed.page.own for placed in side.placed) else QUICK
        keys = [f"/Type /Page /Parent {self.root} /MediaBox [0 0 {n(side.width, side.height)}]"]
        used = objects_used(pen.used).removeprefix("<<").removesuffix(">>")
        keys.append(
            f"/Contents {self.file.add(stream('', content, effort=effort))} /Resources << /Font {self.fonts} {used} >>"
        )
        if self.output.shop:
            keys.append(press.page_boxes(*_boxes(side)))
        if tagged:
            assert self.tree
            key, height = self.tree.next_key, side.placed[0].page.height
            annotations = self.touchables.page(tagged.touched, height, sheet, key, self.sheets)
            self.tree.page(index, tagged, annotations)
            keys.append(f"/StructParents {index}")
            if annotations:
                keys.append(f"/Tabs /S /Annots [{' '.join(annotations)}]")
        self.file.put(sheet, f"<< {' '.join(keys)} >>")

    def settle(self, structure: Structure | None) -> None:
        """Writes down what is complete so far, with the outline."""
        if structure and self.tree:
            self.tree.settle()
            self.outlines = self.outline(structure)
        self.file.seal()

    def finish(self, meta: Meta, structure: Structure | None) -> bytes:
        """Writes all that the file has but once, and puts it together."""
        file = self.file
        file.put(self.fonts, self.stock.fonts())
        file.put(self.root, f"<< /Type /Pages /Count {len(self.sheets)} /Kids [{' '.join(self.sheets)}] >>")
        facts = {"title": meta.title, "author": meta.author or PRODUCER, "subject": meta.subject, "producer": PRODUCER}
        information = {key.capitalize(): string(value) for key, value in facts.items() if value}
        information |= {"BookletRecipe": string(meta.recipe)} if meta.recipe else {}
        facts["language"] = meta.language
        preferences = "/DisplayDocTitle true"
        if self.output.duplex:
            preferences += f" /PrintScaling /None /Duplex /{self.output.duplex}"
        keys = f"/Type /Catalog /Pages {self.root} /Lang {string(meta.language)} /ViewerPreferences << {preferences} >>"
        if structure:
            assert self.tree
            keys += f" /MarkInfo << /Marked true >> /StructTreeRoot {self.tree.finish()} /OutputIntents {self.intents}"
            keys += f" /Metadata {file.add(standards.metadata(facts))} /PageLabels << /Nums [0 << /S /D >>] >>"
            keys += f" /PageLayout /SinglePage /OpenAction [{self.sheets[0]} /Fit] /Outlines {self.outlines}"
            if form := self.touchables.form(self.form_font):
                keys += f" /AcroForm {form}"
        if self.output.shop:
            content = md5(
                b"".join(self.digests[index] for index in sorted(self.digests)), usedforsecurity=False
            ).digest()
            keys += f" /Metadata {file.add(press.metadata(facts, content))} /OutputIntents {self.intents}"
            information |= press.dates()
        file.put(self.catalog, f"<< {keys} >>")
        file.put(self.info, "<< " + " ".join(f"/{key} {value}" for key, value in information.items()) + " >>")
        return file.finish(self.catalog, self.info)

    def outline(self, structure: Structure) -> str:
        """The outline: an entry for each section that has a title."""
        file = self.file
        root = file.reserve()
        entries = [(section.title, self.sheets[section.pages[0]]) for section in structure.sections if section.title]
        items = [file.reserve() for _ in entries]
        for place, (item, (title, sheet)) in enumerate(zip(items, entries, strict=True)):
            keys = f"/Title {string(title)} /Parent {root} /Dest [{sheet} /Fit]"
            keys += f" /Prev {items[place - 1]}" if place else ""
            keys += f" /Next {items[place + 1]}" if place + 1 < len(items) else ""
            file.put(item, f"<< {keys} >>")
        ends = f"/First {items[0]} /Last {items[-1]}" if items else ""
        file.put(root, f"<< /Type /Outlines /Count {len(items)} {ends} >>")
        return root


def _boxes(side: Side) -> tuple[Box, Box]:
    """The trimmed page and its bleed on a side: left, foot, right, head in points."""
    placed, bleed = side.placed[0], side.bleed or 0.0
    page = placed.page
    trim = (placed.x, placed.y, placed.x + page.width, placed.y + page.height)
    return trim, (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
