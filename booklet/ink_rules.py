"""Rules for colours, ink and pictures: (file, limits) → a line of the report each."""

from collections import Counter

from booklet.facts import PLATES, File, Ink
from booklet.findings import Limits, Line, count, judge, kept, meets, part_of, place

ALLOWED = frozenset(("DeviceCMYK", "DeviceGray", "Separation All", "Separation Black"))
PLAIN = {
    "DeviceRGB": "RGB, the colours of screens",
    "CalRGB": "RGB, the colours of screens",
    "ICC-based RGB": "RGB, the colours of screens",
    "DeviceGray": "gray",
    "DeviceCMYK": "CMYK",
}
SOME = 0.005  # of full ink: less prints nothing
BLACK = 0.85  # of K: text with so much is meant to be black
DARK = 0.2  # of the light of paper: text that is darker is meant to be black
SLACK = 0.8  # percent: how finely the ink of photos is measured


def colours(file: File, limits: Limits) -> Line:  # noqa: ARG001  # as all rules
    used = Counter(space for sheet in file.sheets for space, _ in sheet.colours)
    used.update(mark.ink.space for sheet in file.sheets for mark in sheet.marks)
    told = ", ".join(dict.fromkeys(plain(space) for space in sorted(used) if space != "Pattern")) or "none"
    if file.edition != "shop":
        return Line("Colours", "pass", told)
    fails = []
    for sheet in file.sheets:
        painted: dict[tuple[str, str, str], list[str]] = {}
        for mark in sheet.marks:
            if mark.ink.space not in ALLOWED and mark.ink.space != "Pattern":
                key = (mark.ink.space, mark.within, mark.name if mark.kind == "image" else mark.kind)
                painted.setdefault(key, []).append(place(sheet, mark))
        for (space, _, _), places in painted.items():
            more = f" (and {len(places) - 1} more there)" if len(places) > 1 else ""
            fails.append(f"{places[0]}: {plain(space)}{more}")
        seen = {(space, within) for space, within, _ in painted}
        fails += [
            f"page {sheet.number}: an operator sets {plain(space)}{part_of(within)}, and nothing is painted with it"
            for space, within in sheet.colours
            if space not in ALLOWED and (space, within) not in seen
        ]
    mend = "Make the print-shop file again, and save photos as CMYK; RGB turns out duller, or in colours by chance."
    return judge("Colours", told, "Something isn't in the four inks of the press.", mend, fails)


def plain(space: str) -> str:
    """A colour space in plain words."""
    if space.startswith("Separation "):
        return f"the spot colour {space.removeprefix('Separation ')}"
    return PLAIN.get(space, space)


def plates(file: File, limits: Limits) -> Line:  # noqa: ARG001
    used = {
        plate: None
        for sheet in file.sheets
        for mark in sheet.marks
        if mark.box and meets(mark.box, sheet.bleed)
        for plate, share in mark.ink.plates
        if share > SOME
    }
    spots = sorted(set(used) - set(PLATES))
    process = [plate for plate in PLATES if plate in used]
    return judge(
        "Plates",
        f"{', '.join(process) or 'none'}: {count(len(process), 'printing plate')}",
        f"Beside {', '.join(process) or 'no process colours'} it needs a plate of its own for each spot colour.",
        "Turn the spot colours into CMYK, unless your print shop has agreed to print them.",
        warns=[f"spot colour {spot}" for spot in spots],
    )


def black_text(file: File, limits: Limits) -> Line:
    fails, warns = [], []
    for sheet in file.sheets:
        for mark, _ in kept(sheet):
            if mark.kind != "text" or not mark.ink.plates:
                continue
            others = sum(share for plate, share in mark.ink.plates if plate != "Black")
            if others > SOME and (mark.ink.share("Black") > BLACK or _light(mark.ink) < DARK):
                fails.append(f"{place(sheet, mark)}: {recipe(mark.ink)}")
            elif mark.size < limits.type_four - 0.01 and all(mark.ink.share(plate) > SOME for plate in PLATES):
                warns.append(f"{place(sheet, mark)}: {recipe(mark.ink)} at {mark.size:.1f} pt")
    mend = f"Give dark text black ink only (K 100), and text under {limits.type_four:g} pt three inks at the most."
    return judge("Black text", "dark text is in black ink only", "Text in several inks blurs where the plates don't meet exactly.", mend, fails, warns)  # fmt: skip


def _light(ink: Ink) -> float:
    """How light it looks, from 0 to 1: the luma (ITU-R BT.601) of ideal inks."""
    weights = zip((0.299, 0.587, 0.114), ("Cyan", "Magenta", "Yellow"), strict=True)
    return sum(weight * (1 - ink.share(plate)) for weight, plate in weights) * (1 - ink.share("Black"))


def recipe(ink: Ink) -> str:
    """The shares of a colour, "C 60 M 50 Y 50 K 100"."""
    short = dict(zip(PLATES, "CMYK", strict=True))
    return " ".join(f"{short.get(plate, plate)} {100 * share:.0f}" for plate, share in ink.plates)


def ink_limit(file: File, limits: Limits) -> Line:
    fails, unknown, most = [], [], 0.0
    for sheet in file.sheets:
        for mark in sheet.marks:
            if mark.box is None or not meets(mark.box, sheet.bleed):
                continue
            if mark.ink.total is None:
                if mark.ink.space in ALLOWED:
                    unknown.append(place(sheet, mark))
                continue
            most = max(most, mark.ink.total)
            if mark.ink.total > limits.ink + SLACK:
                made = f" ({recipe(mark.ink)})" if mark.kind != "image" else ""
                fails.append(f"{place(sheet, mark)}: {mark.ink.total:.0f} %{made}")
    if unknown and not fails:
        reason = "the ink of these can't be measured here: they are packed in a way that isn't read"
        return Line("Ink limit", "not checked", reason, "", tuple(dict.fromkeys(unknown)))
    mend = f"Use lighter colours, or convert photos with a profile for {limits.ink:g} %; too much ink smears and won't dry."
    return judge("Ink limit", f"at most {most:.0f} % in any one thing; the limit is {limits.ink:g} %", f"There is more ink than {limits.ink:g} % in one place.", mend, fails)  # fmt: skip


def pictures(file: File, limits: Limits) -> Line:
    fails, warns, least = [], [], 0.0
    for sheet in file.sheets:
        for mark, _ in kept(sheet):
            if mark.kind != "image":
                continue
            least = min(least or mark.dpi, mark.dpi)
            wanted, needed = (limits.dpi_bits, limits.dpi_bits_least) if mark.bits == 1 else (limits.dpi, limits.dpi_least)  # fmt: skip
            told = f"{place(sheet, mark)}: {mark.dpi:.0f} dpi"
            if mark.dpi < needed - 0.5 and file.edition == "shop":
                fails.append(told)
            elif mark.dpi < (wanted if file.edition == "shop" else needed) - 0.5:
                warns.append(told)
    well = f"the coarsest photo has {least:.0f} dpi" if least else "there are no photos; drawings are sharp at any size"
    mend = f"Use a photo with more pixels, or show it smaller: {limits.dpi:g} dpi is sharp, under {limits.dpi_least:g} shows its pixels."
    return judge("Photos", well, "Some photos are too coarse for their size.", mend, fails, warns)


def transparency(file: File, limits: Limits) -> Line:  # noqa: ARG001
    warns = [f"page {sheet.number}: {what}" for sheet in file.sheets for what in sheet.transparent]
    mend = "PDF/X-4 allows it, but old presses don't: ask your print shop, or make the file again without."
    return judge("Transparency", "none", "Something shows through something else.", mend, warns=warns)
