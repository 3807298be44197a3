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
    "willow-white.svg": "templates/brands/stillwater.svg",
    "brands/harbour.yaml": "templates/brands/stillwater.yaml",
    "brands/stillwater.svg": "templates/brands/stillwater.svg",
    "press.icc": "booklet/colour/FOGRA39.icc",
}
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
