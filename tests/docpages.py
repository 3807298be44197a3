"""The pages of the documentation as data: their fenced blocks, headings and links; and a folder to follow a page in."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image

from booklet.building import Request, check_file, make
from booklet.examining import examine
from booklet.routines import read_routine
from booklet.shops import read_shop

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)$")
MARKER = re.compile(r"<!-- (.+) -->")
HEADING = re.compile(r"#{1,6} (.+)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ANY = "…"  # a line of output that isn't shown
SHIMS = {  # commands that the pages use: ours, and a printer that takes everything
    "booklet": f'#!/bin/sh\nexec "{sys.executable}" -m booklet "$@"\n',
    "lp": "#!/bin/sh\necho request id is home-1\n",
    "lpstat": '#!/bin/sh\n[ "$1" = -e ] && echo home || echo "system default destination: home"\n',
}
COPIES = {  # what a reader has of their own
    "willow.svg": "templates/brands/stillwater.svg",
    "brands/harbour.yaml": "templates/brands/stillwater.yaml",
    "brands/stillwater.svg": "templates/brands/stillwater.svg",
    "press.icc": "booklet/colour/FOGRA39.icc",
}
FOR_DARK = "willow-white.svg"  # the logo for dark ground
FOR_DARK_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#FFFFFF"/></svg>'
)
PHOTOS = ("my-shoes.jpg",)


@dataclass(frozen=True)
class Block:
    """A fenced block, the comment above it that says how it is tested, and its place."""

    page: Path
    line: int
    language: str
    marker: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found, lines = [], page.read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        if fence := FENCE.match(lines[number]):
            end = lines.index(fence["indent"] + "```", number + 1)
            marker = MARKER.fullmatch(lines[number - 1].strip())
            inside = [line.removeprefix(fence["indent"]) for line in lines[number + 1 : end]]
            found.append(
                Block(page, number + 1, fence["language"], marker[1] if marker else "", "\n".join(inside) + "\n")
            )
            number = end
        number += 1
    return found


def prose(page: Path) -> list[str]:
    """The lines of a page outside its fenced blocks."""
    kept, inside = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        if FENCE.match(line) or (inside and line.strip() == "```"):
            inside = not inside
        elif not inside:
            kept.append(line)
    return kept


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: set[str] = set()
    for line in prose(page):
        if heading := HEADING.fullmatch(line):
            shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
            base = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
            again = sum(one == base or re.fullmatch(rf"{re.escape(base)}-\d+", one) is not None for one in found)
            found.add(f"{base}-{again}" if again else base)
    return found


# --- a folder to follow a page in ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Desk:
    """A reader's folder, a home of their own, and the commands that they have."""

    folder: Path
    environment: dict[str, str]
    sound: bool = True  # whether this program can read its files, not only a changed one

    def type(self, command: str) -> "subprocess.CompletedProcess[str]":
        """Runs a line in the folder, as a shell does; what is said and what is complained of come as one text."""
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def desk(place: Path) -> Desk:
    """An empty folder, but for what a reader has of their own."""
    folder, home, commands = (place / name for name in ("folder", "home", "bin"))
    for one in (folder, home, commands):
        one.mkdir()
    for name, script in SHIMS.items():
        (commands / name).write_text(script)
        (commands / name).chmod(0o755)
    for name, source in COPIES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / source, folder / name)
    (folder / FOR_DARK).write_text(FOR_DARK_SVG)
    for name in PHOTOS:
        Image.linear_gradient("L").resize((3000, 2250)).convert("RGB").save(folder / name)  # as large as a phone's
    kept = {key: value for key, value in os.environ.items() if key != "BOOKLET_NO_CONFIG"}
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{commands}:{kept['PATH']}",
        "COLUMNS": "120",
    }
    return Desk(folder, kept | own)


# --- following a page ---------------------------------------------------------------------------------------------
def follow(block: Block, reader: Desk) -> None:
    """Runs the commands of a block, and compares what they say with what is shown."""
    if block.marker.startswith("not run: "):
        return
    code = int(block.marker.removeprefix("exit code ") or 0)
    for command, shown in commands(block):
        done = reader.type(command)
        assert done.returncode == code, f"{block}: {command}\n{done.stdout}"
        if shown:
            pattern = r"\n".join(r"(?:.*\n)*.*" if line == ANY else re.escape(line) for line in shown)
            assert re.fullmatch(pattern, done.stdout.rstrip("\n")), f"{block}: {command}\n{done.stdout}"


def commands(block: Block) -> list[tuple[str, list[str]]]:
    """The command lines of a block, each with the output that is shown for it."""
    if block.language == "sh":
        return [(line, []) for line in block.text.splitlines() if line.strip()]
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def write(block: Block, reader: Desk) -> None:
    """Puts a file, or a part of one, into the reader's folder. Whole files are sound."""
    way, name = how(block)
    path = reader.folder / name
    if way == "file":
        path.write_text(block.text, encoding="utf-8")
    else:
        path = reader.folder / Path(name).name
        text = (path if path.exists() else ROOT / name).read_text(encoding="utf-8")
        if way == "lines of":
            text = with_lines(text, block.text)
        elif way == "merged into":
            text = merged(text, block.text)
        else:
            text = with_section(text, way.split()[1], block.text)
        path.write_text(text, encoding="utf-8")
    if block.language == "yaml" and way == "file":
        sound(block, path)
    elif way == "merged into" and name.endswith("back-massage.yaml"):  # too many combinations to lay all of them out
        file = read_routine(path)
        check_file(file)
        make(file, {}, Request())
    elif way == "merged into" and reader.sound:
        sound(block, path)


def how(block: Block) -> tuple[str, str]:
    found = re.fullmatch(r"(file|lines of|merged into|section \d of) (\S+)", block.marker)
    assert found, f"{block}: how is this tested? Write `file NAME`, `merged into NAME` … in a comment above it"
    return found[1], found[2]


def sound(block: Block, path: Path) -> None:
    if "bleed:" in block.text:
        read_shop(path)
        return
    report = examine(path)
    assert (report.errors, report.warnings) == ((), ()), f"{block}: {report.errors or report.warnings}"


# --- fragments that go into a file --------------------------------------------------------------------------------
def with_lines(text: str, fragment: str) -> str:
    """The text with the fragment's lines in place of those that begin with the same keys."""
    for line in fragment.splitlines():
        key = line.partition(":")[0]
        text, count = re.subn(rf"(?m)^{re.escape(key)}:.*$", lambda _, line=line: line, text)
        assert count == 1, f"`{key}` stands {count} times in the file"
    return text


def with_section(text: str, number: str, fragment: str) -> str:
    """The text with the fragment in place of a numbered section of a starter, whose heading stays."""
    heads = list(re.finditer(r"(?m)^# --- (\d)\. .*$", text))
    at = next(index for index, head in enumerate(heads) if head[1] == number)
    end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
    return f"{text[: heads[at].end()]}\n\n{fragment}\n\n{text[end:]}"


def merged(text: str, fragment: str) -> str:
    """The YAML text with the keys of the fragment in it; lists are replaced."""
    whole, own = (yaml.compose(one, yaml.SafeLoader) for one in (text, fragment))
    _merge(whole, own)
    return yaml.serialize(whole, Dumper=yaml.SafeDumper, allow_unicode=True)


def _merge(whole: yaml.Node, own: yaml.Node) -> None:
    assert isinstance(whole, yaml.MappingNode)
    assert isinstance(own, yaml.MappingNode)
    values = {key.value: index for index, (key, _) in enumerate(whole.value)}
    for key, value in own.value:
        index = values.get(key.value)
        if index is None:
            whole.value.append((key, value))
        elif isinstance(value, yaml.MappingNode) and isinstance(whole.value[index][1], yaml.MappingNode):
            _merge(whole.value[index][1], value)
        else:
            whole.value[index] = (key, value)
