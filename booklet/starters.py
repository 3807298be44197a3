"""Starters: commented files of the user's own to begin with, and the schema that an editor checks them by."""

from pathlib import Path

from booklet.errors import BadChoice, CannotWrite
from booklet.folders import folder
from booklet.shapes import NAME
from booklet.writing import safe_name, write_all

KINDS = ("routine", "theme", "brand")
MARKS = ("{", "}", "**")  # what is no letter in a routine's title


def starter(kind: str, name: str) -> str:
    """The text of a starter for this name, with its schema beside it; quoted, so that any name is one in YAML."""
    text = (folder("templates") / "starters" / f"{kind}.yaml").read_text("utf-8")
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = text.replace("$schema=../schema/", "$schema=")
    return (
        text.replace("{file}", f"{safe_name(name)}.yaml").replace("{slug}", safe_name(name)).replace("{name}", quoted)
    )


def write_starter(kind: str, name: str, out: Path) -> Path:
    """Writes a starter into a folder, and its schema beside it. Raises BadChoice for a name that can't be one, CannotWrite.

    The schema lies beside the file because a path into this installation would be another one on the next machine. One
    that is there already is replaced by this program's.
    """
    name = " ".join(name.split())
    if not safe_name(name):
        raise BadChoice(f"“{name}” has no letter or digit to call a file by: give it a name such as “My spa”")
    if kind != "brand" and not NAME.fullmatch(safe_name(name)):
        raise BadChoice(f"“{name}” can't be the name of a {kind}: use the letters a to z, digits and hyphens")
    if kind == "routine" and (found := [one for one in MARKS if one in name]):
        raise BadChoice(f"“{name}” can't be a title: take the {found[0]} out")
    path = out / f"{safe_name(name)}.yaml"
    if path.exists():
        raise CannotWrite(f"{path} is there already: take another name, or move it away")
    schema = f"{kind}.schema.json"
    write_all(
        {
            path: starter(kind, name).encode(),
            out / schema: (folder("templates") / "schema" / schema).read_bytes(),
        }
    )
    return path
