"""Breaks the files that come with the program in every way that it can think of, and reads what is left of them.

    python tests/fuzz/fuzz.py SECONDS [--seed N] [--keep FOLDER] [KIND ...]

A reader may refuse a file with a BookletError; it may not end in anything else, take over a second of the processor, or
lift the process over 300 MB. What does is kept in the folder, and the exit code is 1. The same seed breaks the same files
in the same way.
"""

import argparse
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image

from booklet.branding import read_brand
from booklet.building import Request, make
from booklet.checking import check
from booklet.copies import Common, Maker, check_columns
from booklet.errors import BookletError
from booklet.figures import read_picture
from booklet.folders import PACKAGE, folder
from booklet.keeping import Kept
from booklet.logos import read_logo
from booklet.rosters import read_roster
from booklet.routines import RoutineFile, read_routine
from booklet.theming import read_theme
from booklet.translating import in_language
from booklet.typefaces import read_face

LONGEST, STUCK, MOST = 1.0, 10, 300  # seconds of the processor; seconds until it is stopped; megabytes
TEA = Path(__file__).parent.parent / "minimal.yaml"
GERMAN = TEA.with_name("tea.de.yaml")
WORDS = [
    *("NaN", ".inf", "-.inf", "1e999", "-0", "9" * 30, "9" * 9, "0x7f", "1_000", "٣", "½", "", "~", "null", "yes", "on", "[]", "{}"),
    *("'", '"', "|", ">", "- ", ": ", "#", "&a", "*a", "<<: *a", "!!python/object:os.system", "!!binary", "%YAML 9.9", "---", "...", "? "),
    *("**", "****", "**a", ":fr[", ":fr[a]", ":xx[**]", "]", "{", "}", "{}", "{minutes}", "{page x}", "{clock x}", "{0}", "{a.b}", "{{", "||", "a|b|c|d|e|f"),
    *("%s", "%n", "\\", "\\x00", "\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\ufffe", "\U0001f600", "e\u0301", "\u202e", "\u200b", "\xad"),
    *("ﬁ", "ẞ", "中文", "עברית", "अ", "A" * 500, "a " * 300, "x" * 5000, "../../x", "/etc/passwd", "/dev/zero", "https://example.org/x.png", "<b>", "&amp;", "&#0;"),
    *("when: {setup: bed}", "choose: []", "choose: [{use: a}]", "use: a", "unless: {}", "items: []", "#GGGGGG", "#00000", "..", "1..", "..9", "9..1", "-1..-2"),
]  # fmt: skip
TAGS = [
    "<g>",
    "</g>",
    "<use href='#a'/>",
    "<!DOCTYPE svg>",
    "<!ENTITY a 'b'>",
    "&a;",
    "<?php ?>",
    "<![CDATA[x]]>",
    "<path d='M0 0'/>",
    "<svg>",
]
PATHS = ["M", "Z", "A1 1 0 0 1 2 2", "1e308", "-1e308", "1e-320", "nan", "99999999999999999999", ",,", "--", "."]


# --- breaking -------------------------------------------------------------------------------------------------------
def broken_text(text: str, chance: random.Random, words: list[str]) -> str:
    """The text with one to four mistakes in it: lines lost, doubled, swapped, moved in; words, letters and keys in the wrong place."""
    lines = text.split("\n")
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(11):
            case 0:
                del lines[at : at + chance.choice([1, 1, 3, 20])]
            case 1:
                lines[at:at] = lines[at : at + chance.choice([1, 3, 30])] * chance.choice([1, 1, 2, 40])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = " " * chance.choice([1, 2, 4]) + lines[at]
            case 4:
                lines[at] = lines[at][chance.choice([1, 2, 4]) :]
            case 5 | 6:  # another value
                head, colon, _ = lines[at].partition(": ")
                lines[at] = head + (colon or ": ") + chance.choice(words)
            case 7:  # a word within the line
                where = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:where] + chance.choice(words) + lines[at][where:]
            case 8:  # a number
                number = chance.choice(["0", "-1", "1e9", "999999999", "0.000001", "-999999999", "3.5", "100000"])
                lines[at] = re.sub(r"-?\d+(\.\d+)?", number, lines[at], count=chance.choice([1, 9]))
            case 9:  # the value of another line
                head, colon, _ = lines[at].partition(":")
                lines[at] = head + colon + lines[other].partition(":")[2]
            case _:
                depth = chance.choice([5, 50, 2000])
                lines[at] += chance.choice(["[" * depth, "{a: " * depth, "[" * depth + "]" * depth, "- " * depth])
        lines = lines or [""]
    return "\n".join(lines)


def broken_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them changed, lost, doubled or from elsewhere."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 2, 8])):
        at, long = chance.randrange(len(found) + 1), chance.choice([1, 1, 2, 4, 100])
        match chance.randrange(6):
            case 0:
                found[at : at + long] = chance.randbytes(long)
            case 1:
                del found[at : at + long]
            case 2:
                found[at:at] = found[at : at + long] * chance.choice([1, 50])
            case 3:
                found[at : at + long] = chance.choice([b"\xff", b"\0", b"\x7f"]) * long
            case 4:
                other = chance.randrange(len(found) + 1)
                found[at : at + long] = found[other : other + long]
            case _:
                del found[at:]
    return bytes(found)


def broken(data: bytes, chance: random.Random, words: list[str]) -> bytes:
    """A file of text, broken as text or as bytes."""
    if chance.random() < 0.12:
        return broken_bytes(data, chance)
    return broken_text(data.decode(errors="replace"), chance, words).encode(errors="surrogatepass")


# --- what is read ---------------------------------------------------------------------------------------------------
def tea() -> RoutineFile:
    return read_routine(TEA)


def _routine(path: Path) -> None:
    file = read_routine(path)
    check(file)
    make(file, {}, Request(), Kept()).edition("screen")


def _translation(path: Path) -> None:
    routine = path.with_name("tea.yaml")
    routine.write_bytes(TEA.read_bytes())
    path.with_name("tea.de.yaml").write_bytes(path.read_bytes())
    file = in_language(read_routine(routine), "de")
    check(file)
    make(file, {}, Request(), Kept()).edition("screen")


def _theme(path: Path) -> None:
    read_theme(path)
    make(tea(), {}, Request(theme=str(path)), Kept()).edition("screen")


def _brand(path: Path) -> None:
    make(tea(), {}, Request(brand=read_brand(path)), Kept()).edition("screen")


def _roster(path: Path) -> None:
    roster, file = read_roster(path), tea()
    check_columns(roster, file)
    wishes = {"paper": None, "theme": None, "skin": "", "giver_skin": "", "large_print": False, "pages": None, "receiver": "", "giver": ""}  # fmt: skip
    wishes |= {"flip": "short", "duplex": "auto", "backs": "last-first", "singles": False, "gsm": 80, "ink": "colour"}
    maker = Maker(Common(file, None, {}, wishes, None, "{name}"))
    for row in roster.rows[:20]:
        maker.copy(row)


def _picture(path: Path) -> None:
    """Also on a page: as a map, whose calibration is in the file, and as a picture."""
    read_picture(path)
    routine = path.with_suffix(".yaml")
    text = TEA.read_text()
    if path.suffix == ".svg" and b"data-" in path.read_bytes():
        routine.write_text(text.replace("picture: back-a-bare", f"picture: {path.stem}"))
    else:
        routine.write_text(
            re.sub(
                r"views:.*?card:", f"views: [{{picture: {path.stem}, alt: A}}]\n    card:", text, count=1, flags=re.S
            )
        )
    _routine(routine)


def _logo(path: Path) -> None:
    read_logo(path)
    _branded(path, f"logo: {path.name}\nlogo-on-accent: {path.name}\n")


def _font(path: Path) -> None:
    read_face(path)
    _branded(path, f"fonts: {{display: {path.name}, text: {path.name}}}\n")


def _branded(path: Path, lines: str) -> None:
    brand = path.with_suffix(".yaml")
    brand.write_text(f"name: Spa\n{lines}")
    _brand(brand)


def _files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in folder("templates").glob(pattern))


def _pixels() -> Iterator[tuple[str, bytes]]:
    for kind, mode in (("png", "RGB"), ("png", "RGBA"), ("png", "P"), ("png", "I;16"), ("jpg", "RGB"), ("jpg", "CMYK"), ("jpg", "L")):  # fmt: skip
        file = BytesIO()
        Image.linear_gradient("L").convert(mode).save(file, "PNG" if kind == "png" else "JPEG", dpi=(300, 300))
        yield f".{kind}", file.getvalue()


def seeds(kind: str) -> list[tuple[str, bytes]]:
    """The files of a kind that come with the program: the end of their names, and what they hold."""
    match kind:
        case "routine":
            return [(".yaml", path.read_bytes()) for path in [TEA, TEA, *_files("routines/back-massage.yaml")]]
        case "translation":
            return [(".yaml", GERMAN.read_bytes().replace(b"of: minimal", b"of: tea"))]
        case "theme":
            return [(".yaml", path.read_bytes()) for path in _files("themes/*.yaml")]
        case "brand":
            texts = [path.read_text() for path in _files("brands/*.yaml")]
            texts = [
                re.sub(r"^(offers|choices):\n(?: .*\n)+", "", text, flags=re.M) for text in texts
            ]  # of another routine
            return [(".yaml", text.encode()) for text in texts]
        case "roster":
            table = "name,contact.phone,place,minutes,milk,large-print,for\nA,1,home,5,milk,yes,Ann\n“B”,2,work,20,lemon,no,\n"
            lines = '{"name": "A", "contact": {"phone": "1"}, "minutes": 5, "milk": ["milk"], "large-print": true}\n{"name": "B"}\n'
            return [(".csv", table.encode()), (".csv", table.replace(",", ";").encode()), (".jsonl", lines.encode())]
        case "picture":
            names = ("back-a-bare", "cross-section", "icon-clock", "object-oil", "grip-still-bare")
            return [*((".svg", (folder("images") / f"{name}.svg").read_bytes()) for name in names), *_pixels()]
        case "logo":
            return [*((".svg", path.read_bytes()) for path in _files("brands/*.svg")), *_pixels()]
        case _:
            return [(".ttf", path.read_bytes()) for path in sorted((PACKAGE / "fonts").glob("*.ttf"))[:3]]


READERS: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "routine": (_routine, WORDS),
    "translation": (_translation, WORDS),
    "theme": (_theme, WORDS),
    "brand": (_brand, WORDS),
    "roster": (_roster, [*WORDS, '{"a": ' * 2000, "[" * 20000, "1e999", '"\\ud800"', '"', '""', ",,,,", "sep=;"]),
    "picture": (_picture, [*TAGS, *PATHS, *WORDS]),
    "logo": (_logo, [*TAGS, *PATHS, *WORDS]),
    "font": (_font, []),
}


# --- the run --------------------------------------------------------------------------------------------------------
class TooLong(BaseException):
    """It was stopped; no reader catches this."""


def _stop(*_: object) -> None:
    raise TooLong


def attempt(read: Callable[[Path], object], path: Path) -> tuple[str, str]:
    """What became of a file: read, refused, or what is wrong with the program, and where."""
    start = time.process_time()
    signal.alarm(STUCK)
    try:
        read(path)
        end = "read"
    except BookletError as error:
        end = "refused"
        if not str(error).strip() or len(str(error)) > 100_000:
            return "says nothing, or too much", ""
    except TooLong:
        return "stuck", traceback.format_exc(limit=-8)
    except BaseException as error:
        return type(error).__name__, traceback.format_exc(limit=-6)
    finally:
        signal.alarm(0)
    if (spent := time.process_time() - start) > LONGEST:
        return "slow", f"{spent:.1f} s"
    if (lifted := peak()) > MOST:
        return "large", f"{lifted} MB"
    return end, ""


def peak() -> int:
    """The most megabytes that this program has held: the kernel's own mark, as ru_maxrss starts from its parent's (Linux)."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def run(kinds: list[str], seconds: float, seed: int, keep: Path) -> int:
    """Breaks and reads files of the kinds in turn for so long; how many showed a mistake of the program."""
    signal.signal(signal.SIGALRM, _stop)
    chance, ends, told = random.Random(seed), Counter[str](), set[str]()
    sources = {kind: seeds(kind) for kind in kinds}
    bad, until = 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for file in _files("brands/*.svg"):
            shutil.copy(file, place)  # the examples' logos lie beside them
        for number, kind in enumerate(cycle(kinds)):
            if time.monotonic() > until:
                break
            end, data = chance.choice(sources[kind])
            read, words = READERS[kind]
            text = end in (".yaml", ".csv", ".jsonl", ".svg")
            path = place / f"{kind}-{number}{end}"
            path.write_bytes(broken(data, chance, words) if text else broken_bytes(data, chance))
            became, where = attempt(read, path)
            ends[f"{kind} {became}"] += 1
            if became not in ("read", "refused"):
                bad += 1
                lines = where.strip().splitlines()
                if (what := f"{kind} {became} {lines[-3:-1] if became != 'slow' else ''}") not in told:
                    told.add(what)
                    keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, keep)
                    print(f"{keep / path.name}: {became}\n{where}\n", flush=True)
            path.unlink()
            path.with_suffix(".yaml").unlink(missing_ok=True)
    for became, count in sorted(ends.items()):
        print(f"{became}: {count}")
    return bad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(READERS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("/tmp/booklet-fuzz"))
    asked = parser.parse_intermixed_args()
    sys.exit(run(asked.kinds or list(READERS), asked.seconds, asked.seed, asked.keep) > 0)


if __name__ == "__main__":
    main()
