"""Starters: commented files of the user's own to begin with."""

from pathlib import Path

from booklet.errors import BadChoice, CannotWrite
from booklet.folders import folder
from booklet.writing import safe_name, write_all

KINDS = ("brand",)


def starter(kind: str, name: str) -> str:
    """The text of a starter for this name; quoted, so that any name is one in YAML."""
    text = (folder("templates") / "starters" / f"{kind}.yaml").read_text("utf-8")
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text.replace("{file}", f"{safe_name(name)}.yaml").replace("{name}", quoted)


def write_starter(kind: str, name: str, out: Path) -> Path:
    """Writes a starter into a folder. Raises BadChoice for a name without a letter, CannotWrite where a file is there."""
    name = " ".join(name.split())
    if not safe_name(name):
        raise BadChoice(f"“{name}” has no letter or digit to call a file by: give it a name such as “My spa”")
    path = out / f"{safe_name(name)}.yaml"
    if path.exists():
        raise CannotWrite(f"{path} is there already: take another name, or move it away")
    write_all({path: starter(kind, name).encode()})
    return path
