"""Rules for pages, their edges, letters and lines: (file, limits) → a line of the report each."""

from collections import Counter
from itertools import pairwise

from booklet.facts import Box, File, Mark, Sheet
from booklet.findings import (
    NEAR,
    PAPERS,
    SIDES,
    Limits,
    Line,
    blank,
    count,
    gaps,
    judge,
    kept,
    place,
    size_name,
    trim_size,
)

TOUCH = 0.1  # mm: what ends so near to the trimmed edge ends at it
EIGHTH = 3.175  # mm in an eighth of an inch
WIDE = 0.5  # of an edge: a part of a picture that covers as much of it is a ground, and smaller ones are details
COVER = 4  # pages of one folded sheet


def page_count(file: File, limits: Limits) -> Line:
    number = len(file.sheets)
    if file.edition == "home":
        return _sides(file)
    if file.edition != "shop":
        return Line("Pages", "pass", count(number, "page"))
    if number == COVER:
        mend = "If this is the whole booklet, make it again with `--pages 8` or more."
        amiss = "It is one folded sheet: right for a cover that is printed apart."
        return Line("Pages", "warn", amiss, mend, ("4 pages",))
    fails = []
    if not limits.pages_least <= number <= limits.pages_most:
        fails.append(f"{count(number, 'page')}: staples hold {limits.pages_least} to {limits.pages_most}")
    if number % 4:
        fails.append(f"{count(number, 'page')}: a folded booklet has a multiple of four")
    return judge(
        "Pages",
        f"{count(number, 'page')}, to be folded and stapled",
        "It can't be folded and stapled as it is.",
        "Make the booklet again with `--pages` 8, 12, 16, 20 or 24, or put back the page that is missing.",
        fails,
    )


def _sides(file: File) -> Line:
    """The sides of paper that a file for printing at home has."""
    number = len(file.sheets)
    if file.duplex == "Simplex":
        return Line(
            "Pages", "pass", f"{count(number, 'side')}, to be printed one-sided: another file has the other sides"
        )
    if not _folded(file):
        return Line("Pages", "pass", f"{count(number, 'side')}, one page on each")
    fails = [f"{count(number, 'side')}: the last sheet has no back"] if number % 2 else []
    mend = "Make it again with `booklet build`."
    return judge("Pages", f"{count(number, 'side')}, two pages on each", "Sheets have two sides.", mend, fails)


def _folded(file: File) -> bool:
    """Whether two pages lie side by side on its paper."""
    wide, high = trim_size(file.sheets[0])
    return wide > high


def sheets(file: File, limits: Limits) -> Line:  # noqa: ARG001  # as all rules
    number = len(file.sheets)
    folded = file.edition == "shop" or _folded(file)
    if file.edition not in ("shop", "home"):
        return Line("Sheets", "not checked", "this file is made for screens, and isn't folded")
    per = 4 if file.edition == "shop" else 1 if file.duplex == "Simplex" else 2
    if number % per and folded:
        return Line("Sheets", "not checked", "the pages don't make whole sheets")
    paper = -(-number // per)
    layers = 2 * paper if folded else paper
    thick = ", ".join(f"{layers * caliper:.2f} mm ({weight} g/m²)" for weight, caliper in PAPERS.items())
    told = "thickness when folded" if folded else "thickness"
    return Line("Sheets", "pass", f"{count(paper, 'sheet')} of paper; {told}, by its weight: {thick}")


def boxes(file: File, limits: Limits) -> Line:  # noqa: ARG001
    sizes = Counter((round(wide, 1), round(high, 1)) for wide, high in map(trim_size, file.sheets))
    usual = sizes.most_common(1)[0][0]
    fails = []
    for sheet in file.sheets:
        wide, high = trim_size(sheet)
        if abs(wide - usual[0]) > 2 * NEAR or abs(high - usual[1]) > 2 * NEAR:
            fails.append(f"page {sheet.number}: {wide:.1f} × {high:.1f} mm, where the others are {usual[0]:g} × {usual[1]:g} mm")  # fmt: skip
        if file.edition == "shop":
            fails += [f"page {sheet.number}: {what}" for what in _wrong_boxes(sheet)]
    named = "trimmed to" if file.edition == "shop" else "all pages are"
    mend = "Make the file again; if another program changed its page sizes, turn off “crop” and “scale to fit” there."
    return judge("Page size", f"{named} {size_name(*usual)}", "The pages aren't all of one size, or their boxes don't lie in each other.", mend, fails)  # fmt: skip


def _wrong_boxes(sheet: Sheet) -> list[str]:
    found = [f"it has no {name}" for name in ("TrimBox", "BleedBox") if name not in sheet.boxes]
    order = [(name, sheet.boxes[name]) for name in ("TrimBox", "BleedBox", "MediaBox") if name in sheet.boxes]
    for (inner, box), (outer, around) in pairwise(order):
        if out := _sides_out(box, around):
            found.append(f"its {inner} sticks out of its {outer} ({out})")
    if "CropBox" in sheet.boxes and (out := _sides_out(sheet.bleed, sheet.boxes["CropBox"])):
        found.append(f"its CropBox cuts into the bleed ({out})")
    return found


def _sides_out(inner: Box, outer: Box) -> str:
    out = [(side, -gap) for side, gap in zip(SIDES, gaps(inner, outer), strict=True) if gap < -NEAR]
    return ", ".join(f"{side} by {by:.1f} mm" for side, by in out)


def bleed(file: File, limits: Limits) -> Line:
    wanted = limits.bleed_us if all(_is_us(sheet) for sheet in file.sheets) else limits.bleed
    fails = []
    for sheet in file.sheets:
        short = [(side, gap) for side, gap in zip(SIDES, gaps(sheet.trim, sheet.bleed), strict=True) if gap < wanted - NEAR]  # fmt: skip
        if short:
            told = ", ".join(f"{max(gap, 0):.1f} mm at the {side}" for side, gap in short)
            fails.append(f"page {sheet.number}: {told}")
    mend = f"Make the print-shop file again with {wanted:g} mm of bleed."
    return judge("Bleed", f"at least {wanted:g} mm on every side", f"Colour must run {wanted:g} mm over the trimmed edge, because no knife cuts to a hair.", mend, fails)  # fmt: skip


def _is_us(sheet: Sheet) -> bool:
    """A size in whole eighths of an inch."""
    return all(abs(length / EIGHTH - round(length / EIGHTH)) * EIGHTH < NEAR for length in trim_size(sheet))


def filled_to_bleed(file: File, limits: Limits) -> Line:
    fails = []
    checked, reached = 0, False
    for sheet in file.sheets:
        room = [min(gap, limits.bleed) for gap in gaps(sheet.trim, sheet.bleed)]
        if min(room) < TOUCH:
            continue
        checked += 1
        for mark, box in kept(sheet):
            if mark.kind == "text" or blank(mark):
                continue
            over = gaps(sheet.trim, box)
            reached = reached or max(over) > -TOUCH
            for index, side in enumerate(SIDES):
                if -TOUCH < over[index] < room[index] - NEAR and not _detail(sheet, mark, index):
                    ends = f"ends {over[index]:.1f} mm over" if over[index] > TOUCH else "ends at"
                    fails.append(f"{place(sheet, mark)}: {ends} the trimmed edge ({side}), the bleed is {room[index]:.1f} mm")  # fmt: skip
    if not checked:
        return Line("Colour to the edge", "not checked", "the pages have no bleed that it could be told by")
    mend = "Draw these shapes on to the edge of the bleed, or keep them inside the page."
    return judge("Colour to the edge", "what touches the trimmed edge runs on through the bleed" if reached else "nothing comes to the trimmed edge", "A white sliver could show at the edge where colour stops too early.", mend, fails)  # fmt: skip


def _detail(sheet: Sheet, mark: Mark, index: int) -> bool:
    """Whether it is a small part of a picture that itself runs through the bleed on that side."""
    if not mark.window or not mark.box or gaps(sheet.bleed, mark.window)[index] < -NEAR:
        return False
    low, high = (1, 3) if index % 2 == 0 else (0, 2)
    return mark.box[high] - mark.box[low] < WIDE * (sheet.trim[high] - sheet.trim[low])


def safe_area(file: File, limits: Limits) -> Line:
    fails: list[str] = []
    warns: list[str] = []
    for sheet in file.sheets:
        for mark, box in kept(sheet):
            if mark.kind == "text" or (mark.kind == "stroke" and not blank(mark)):
                inside, past = gaps(box, sheet.trim), gaps(sheet.bleed, box)
                near = [
                    inside[index]
                    for index in range(4)
                    if mark.kind == "text"
                    or not (past[index] > -NEAR or (mark.window and gaps(mark.window, sheet.trim)[index] < TOUCH))
                ]  # lines that run through the bleed are meant to be cut, those of a picture at the edge too
                if near and min(near) < limits.safe - NEAR:
                    told = f"{place(sheet, mark)}: {max(min(near), 0):.1f} mm from the trimmed edge"
                    (fails if min(near) < limits.safe_least - NEAR else warns).append(told)
    mend = f"Move them inwards: {limits.safe:g} mm is safe, under {limits.safe_least:g} mm may be cut off."
    return judge("Safe area", f"text and lines keep {limits.safe:g} mm from the trimmed edge", "Text or lines stand so near to the edge that the knife may cut them.", mend, fails, warns)  # fmt: skip


def fonts(file: File, limits: Limits) -> Line:  # noqa: ARG001
    fails, warns, names = [], [], set()
    for sheet in file.sheets:
        for font in sheet.fonts:
            names.add(font.name)
            if not font.embedded:
                fails.append(f"page {sheet.number}: {font.name} isn't in the file")
            elif font.drawn:
                warns.append(f"page {sheet.number}: {font.name} is a Type 3 font, which some presses print coarsely")
    mend = "Save the file with all fonts embedded; text in a font that isn't there prints in another one, or as boxes."
    return judge("Fonts", f"{count(len(names), 'font')}, all in the file", "Not every font is as a press needs it.", mend, fails, warns)  # fmt: skip


def type_size(file: File, limits: Limits) -> Line:
    fails: list[str] = []
    warns: list[str] = []
    least = 0.0
    for sheet in file.sheets:
        for mark, _ in kept(sheet):
            if mark.kind == "text":
                least = min(least or mark.size, mark.size)
                if mark.size < limits.type_small - 0.01:
                    told = f"{place(sheet, mark)}: {mark.size:.1f} pt"
                    (fails if mark.size < limits.type_least - 0.01 else warns).append(told)
    well = f"the smallest is {least:.1f} pt" if least else "there is no text"
    mend = f"Set it in {limits.type_small:g} pt or more; under {limits.type_least:g} pt it won't be readable in print."
    return judge("Type size", well, "Some text is too small to read.", mend, fails, warns)


def line_width(file: File, limits: Limits) -> Line:
    fails, least = [], 0.0
    for sheet in file.sheets:
        for mark, _ in kept(sheet):
            if mark.kind == "stroke":
                least = min(least or mark.size, mark.size)
                if mark.size < limits.line - 0.005:
                    told = f"{mark.size:.2f} pt" if mark.size else "a hairline, as thin as the press can"
                    fails.append(f"{place(sheet, mark)}: {told}")
    well = f"the thinnest is {least:.2f} pt" if least else "there are no lines"
    return judge("Line width", well, "Some lines are so thin that they may vanish in print.", f"Draw them {limits.line:g} pt wide or more.", fails)  # fmt: skip
