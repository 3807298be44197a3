"""The proof report as a PDF: one page of A4 for each file, drawn and tagged like a booklet's pages.

What is to mend stands first. Where much is wrong, places are left out and the type gets smaller; every line stays.
"""

from booklet.errors import DoesNotFit
from booklet.findings import Line, count
from booklet.items import PT, Group, Item, Page, Role, Shape, Text
from booklet.paths import polygon, rectangle, scaled
from booklet.pdf import Meta, Placed, Side, write
from booklet.proofing import Report
from booklet.text import HOUSE

WIDE, HIGH = 210.0, 297.0
MARGIN, FOOT = 16.0, 284.0
SIGN, NAME = 16.0, 24.0  # left edges of the columns
LABEL = 3.2  # mm for each point of the size: the width of the longest name
INK, SOFT, ACCENT, ALERT, CARE, GROUND = "#2B2320", "#5A4E48", "#2F5D5A", "#B04A00", "#8F5A00", "#F4E3D7"
CALM = "#E3EBEA"
SECTIONS = {"fail": "To mend", "warn": "To look at", "not checked": "Not checked", "pass": "In order"}
COLOURS = {"fail": ALERT, "warn": CARE, "not checked": SOFT, "pass": ACCENT}
STEPS = ((10, 8), (9.5, 6), (9, 4), (9, 2), (8.5, 2), (8, 1), (7.5, 1), (7, 1), (6.5, 1), (6, 1), (5.5, 1))
"""Type sizes in points with how many places a line names, tried in this order until the page holds it all."""
LEAD = 0.46  # mm from baseline to baseline for each point of the size
LONGEST = 34  # letters of one word: a longer one is broken
MOST = 260  # letters of one statement


def proof_sheets(reports: list[Report]) -> bytes:
    """The PDF file with a page for each report."""
    pages = tuple(_page(report, number) for number, report in enumerate(reports, 1))
    sides = tuple(Side(page.width, page.height, (Placed(page),)) for page in pages)
    title = "Proof: " + ", ".join(report.file for report in reports)
    return write(sides, Meta(_printable(title, "sans"), "en-gb"))


def _page(report: Report, number: int) -> Page:
    for size, places in STEPS:
        sheet = _Sheet(report, size, places)
        if sheet.y <= FOOT:
            title = _printable(f"Proof: {report.file}", "sans")
            return Page(number, WIDE * PT, HIGH * PT, tuple(sheet.items), title)
    raise DoesNotFit(f"the proof of {report.file} doesn't fit on a page: use --format text")


class _Sheet:
    """One page in the making; `y` is where the next line's top is, in millimetres."""

    def __init__(self, report: Report, size: float, places: int) -> None:
        self.items: list[Item] = []
        self.size, self.places, self.y = size, places, MARGIN
        self.words = NAME + LABEL * size
        self.block("H1", MARGIN, f"Proof: {report.file}", "display", 20, INK)
        self.block("P", MARGIN, f"{report.kind[:1].upper()}{report.kind[1:]}; {count(report.pages, 'page')}, {report.size}.", "sans", 10.5, SOFT)  # fmt: skip
        self.verdict(report)
        for verdict, heading in SECTIONS.items():
            if lines := [line for line in report.lines if line.verdict == verdict]:
                self.y += 0.25 * size
                self.block("H2", MARGIN, heading, "semibold", size + 2, COLOURS[verdict])
                for line in lines:
                    self.line(line)
        self.y += 0.3 * size
        self.block("P", MARGIN, report.unseen, "sans", max(size - 1, 6), SOFT, ours=True)

    def verdict(self, report: Report) -> None:
        """What it comes to, on a ground of its own."""
        words = "Don’t send it yet" if report.failed else "Nothing to mend"
        self.y += 2
        high = 10.0
        self.items.append(Shape(scaled(rectangle(MARGIN, self.y, WIDE - 2 * MARGIN, high)), GROUND if report.failed else CALM))  # fmt: skip
        top, self.y = self.y, self.y + 2.2
        self.block("P", MARGIN + 4, f"**{words}:** {report.sum}.", "sans", 12, INK, ours=True)
        self.y = top + high + 1

    def line(self, line: Line) -> None:
        """A row: a sign, the name, what was found and what to do about it."""
        top, size = self.y, self.size
        self.sign(line, top + 0.2 * size)
        shown = list(line.places[: self.places])
        if more := len(line.places) - len(shown):
            shown[-1] += f"; and {more} more"
        texts = [line.says, *(f"– {one}" for one in shown)]
        if line.mend and line.verdict != "pass":
            texts.append(f"What to do: {line.mend}")
        items: list[Item] = [*self.letters(NAME, line.name, "semibold", size, INK, self.words - NAME)]
        after = self.y
        self.y = top
        for at, words in enumerate(texts):
            face = "semibold" if words.startswith("What to do") else "sans"
            items += self.letters(self.words, words, face, size, INK if at == 0 or face != "sans" else SOFT, WIDE - MARGIN - self.words)  # fmt: skip
        self.y = max(self.y, after) + 0.08 * size
        self.items.append(Group("P", tuple(items)))

    def sign(self, line: Line, y: float) -> None:
        """A cross, a triangle, a dash or a tick: not told by colour alone."""
        r, x, colour = 0.11 * self.size, SIGN + 2, COLOURS[line.verdict]
        paths = {
            "fail": [[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]],
            "warn": [[(x - r, y + r), (x, y - r), (x + r, y + r), (x - r, y + r)]],
            "not checked": [[(x - r, y), (x + r, y)]],
            "pass": [[(x - r, y), (x - r / 3, y + r), (x + r, y - r)]],
        }[line.verdict]
        for points in paths:
            self.items.append(Shape(scaled(polygon(points, closed=False)), None, colour, 1.1))

    def block(self, role: Role, x: float, words: str, face: str, size: float, colour: str, ours: bool = False) -> None:  # fmt: skip
        """A paragraph or heading over the whole width; our own words may have marks."""
        letters = self.letters(x, words, face, size, colour, WIDE - MARGIN - x, ours)
        self.items.append(Group(role, tuple(letters)))

    def letters(
        self, x: float, words: str, face: str, size: float, colour: str, room: float, ours: bool = False
    ) -> list[Text]:
        """Lines of text from `y` down, which moves on to below them."""
        found = []
        for runs in HOUSE.wrap(words if ours else _printable(words, face), face, size, room * PT):
            self.y += LEAD * size
            at, baseline = x * PT, (self.y - 0.12 * size) * PT
            for run in runs:
                wide = HOUSE.width(run.text, run.face, size)
                found.append(
                    Text(
                        at, baseline, run.text, HOUSE.face(run.face), size, colour, wide, HOUSE.spacing(run.face, size)
                    )
                )
                at += wide
        return found


def _printable(words: str, face: str) -> str:
    """Somebody else's words as the font can show them: without our marks, unknown letters or endless words."""
    known = HOUSE.face(face).widths
    short = words if len(words) <= MOST else words[:MOST] + " …"
    plain = short.replace("**", "* *").replace("`", "").replace("[", "(").replace("]", ")")
    seen = "".join(letter if ord(letter) in known else "?" for letter in " ".join(plain.split()))
    parts = (word[at : at + LONGEST] for word in seen.split(" ") for at in range(0, max(len(word), 1), LONGEST))
    return " ".join(parts)
