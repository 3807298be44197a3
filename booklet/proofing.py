"""The proof report: a file's facts go through the rules that apply to it; and the report as text and as JSON.

It is a list of what was looked at, never a certificate: nothing here validates PDF/X.
"""

import json
import textwrap
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

from booklet import file_rules, ink_rules, page_rules
from booklet.facts import File
from booklet.findings import Limits, Line, Verdict, count, judge, size_name, trim_size
from booklet.plates import Coverage
from booklet.records import dataclass

Rule = Callable[[File, Limits], Line]
EVERY: tuple[Rule, ...] = (
    page_rules.page_count,
    page_rules.sheets,
    page_rules.boxes,
    page_rules.fonts,
    page_rules.type_size,
    ink_rules.colours,
    ink_rules.pictures,
)
SHOP: tuple[Rule, ...] = (
    page_rules.page_count,
    page_rules.sheets,
    page_rules.boxes,
    page_rules.bleed,
    page_rules.filled_to_bleed,
    page_rules.safe_area,
    page_rules.fonts,
    page_rules.type_size,
    page_rules.line_width,
    ink_rules.colours,
    ink_rules.plates,
    ink_rules.black_text,
    ink_rules.ink_limit,
    ink_rules.pictures,
    ink_rules.transparency,
    file_rules.printing_condition,
    file_rules.annotations,
    file_rules.fields,
    file_rules.scripts,
    file_rules.attachments,
    file_rules.lock,
    file_rules.version,
    file_rules.standard,
    file_rules.title,
    file_rules.trapped,
    file_rules.agreement,
)
KINDS = {
    "shop": "a print-shop file",
    "home": "a file to print at home",
    "screen": "a file for screens",
    "other": "a PDF file that isn't marked for a print shop",
}
UNSEEN = (
    "This list isn't a certificate, and nothing here validates PDF/X-4. Not checked at all: overprinting, whether the "
    "fonts and the profile are sound inside, layers, how colours will look on your paper, and the rules of your own "
    "print shop. Ask it for a proof of its own before it prints many."
)
PLAIN = "Only what matters to any printed booklet was checked, because this isn't a print-shop file."
SHOWN = 8  # places that the text names for each line
SIGNS = {"pass": "pass", "warn": "WARN", "fail": "FAIL", "not checked": "not checked"}
ROOM = 110  # letters on a line of the text


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one file."""

    file: str
    kind: str
    pages: int
    size: str
    lines: tuple[Line, ...]
    unseen: str

    @property
    def failed(self) -> bool:
        return any(line.verdict == "fail" for line in self.lines)

    @property
    def sum(self) -> str:
        """How many lines came out how."""
        counts = Counter(line.verdict for line in self.lines)
        words: dict[Verdict, str] = {
            "fail": "to mend",
            "warn": "to look at",
            "pass": "in order",
            "not checked": "not checked",
        }
        return ", ".join(f"{counts[verdict]} {word}" for verdict, word in words.items() if counts[verdict])


def report(file: File, limits: Limits, coverage: Coverage | str) -> Report:
    """Goes through the rules; `coverage` is what was measured on the plates, or why it wasn't."""
    shop = file.edition == "shop"
    lines = [rule(file, limits) for rule in (SHOP if shop else EVERY)]
    if shop:
        lines.append(_ink_coverage(coverage, limits))
    unseen = UNSEEN if shop else PLAIN
    size = size_name(*(round(length, 1) for length in trim_size(file.sheets[0])))
    kind = KINDS[file.edition]
    if shop and file.xmp.get("pdfxid:GTS_PDFXVersion") == "PDF/X-4":
        kind += ", prepared for PDF/X-4"
    return Report(file.name, kind, len(file.sheets), size, tuple(lines), unseen)


def _ink_coverage(coverage: Coverage | str, limits: Limits) -> Line:
    if isinstance(coverage, str):
        return Line("Ink coverage", "not checked", coverage)
    means = ", ".join(f"{plate} {mean:.1f} %" for plate, mean in coverage.means.items())
    well = f"{means} of the paper; at most {coverage.highest:.0f} % in one place (page {coverage.page})"
    over = [f"page {coverage.page}: {coverage.highest:.0f} %"] if coverage.highest > limits.ink + 2 else []
    amiss = f"{means} of the paper. Things that lie over each other come to more than {limits.ink:g} % ink."
    return judge("Ink coverage", well, amiss, "Use lighter colours where things overlap.", warns=over)


def as_text(found: Report) -> str:
    """The report to read in a terminal: what is to mend first. The file's own words can't steer the terminal."""
    out = [f"{found.file}: {found.kind}; {count(found.pages, 'page')}, {found.size}", f"{found.sum[:1].upper()}{found.sum[1:]}.", ""]  # fmt: skip
    order = ("fail", "warn", "not checked", "pass")
    for line in sorted(found.lines, key=lambda line: order.index(line.verdict)):
        out += textwrap.wrap(f"{SIGNS[line.verdict]:12}{line.name}: {line.says}", ROOM, subsequent_indent=" " * 12)
        for place in line.places[:SHOWN]:
            out += textwrap.wrap(f"- {place}", ROOM, initial_indent=" " * 12, subsequent_indent=" " * 14)
        if len(line.places) > SHOWN:
            out.append(f"{'':12}  and {len(line.places) - SHOWN} more")
        if line.mend and line.verdict in ("fail", "warn"):
            out += textwrap.wrap(f"What to do: {line.mend}", ROOM, initial_indent=" " * 12, subsequent_indent=" " * 12)
    text = "\n".join([*out, "", *textwrap.wrap(found.unseen, ROOM)])
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)


def as_json(found: list[Report]) -> str:
    """The reports for programs: a list, in the order of the files."""
    return json.dumps([{**asdict(one), "failed": one.failed} for one in found], indent=2, ensure_ascii=False)
