"""Writes docs/reference.md, every key of the file formats: `python docs/reference.py`. A test checks that it is fresh.

Types and defaults come from the dataclasses that files are read into, meanings and examples from templates/keys.yaml.
"""

import dataclasses
from pathlib import Path
from typing import Any

from booklet import model
from booklet.kinds import keys_of, needed, sort_of
from booklet.model import Name
from booklet.schemas import meanings
from booklet.shops import Intent, Shop
from booklet.theming import Colours, Look, Skin, Theme, TypeScale

HEAD = """# Reference: every key

Made from the program by `python docs/reference.py`. For learning, take [the tutorial](tutorial.md); for how things go
together, [writing routines](writing.md). Brands have [a table of their own](../templates/brands/README.md).

An example is what may stand after the key and its colon. Two ways of writing mean the same: `{label: Warm, note: Slowly}` on
one line, or `label: Warm` and `note: Slowly` on lines of their own, pushed in by two spaces.

| type | is |
|---|---|
| text | words; in quotes where they hold a colon, or begin with a sign, such as `*`, `{` or `[` |
| name | small letters, digits and hyphens, beginning with a letter |
| number | `12`, or where it isn’t said to be whole also `0.5` |
| yes or no | `yes` or `no`, without quotes |
| a list of … | `[one, two]`, or each on a line of its own after a hyphen |
| … by name | a name of your own and a colon, with the rest below it |
| 2 numbers | `[0.5, 1]`; a position is `[x, y]` |

“Needed” is what must be there. In a routine, any value may be chosen by `choose`, and any item of a list or entry with a name may
stand under `when` or `unless`: see [what depends on a choice](writing.md#what-depends-on-a-choice).
"""
OPTIONS = """### Options and contradictions

`options` has an entry for each thing that a reader can choose; it becomes a flag of the command. `contradictions` is a list of choices
that don’t go together. `translations` may hold the texts in other languages: see [languages](languages.md#translate-a-routine).
They stand beside the keys above.

| key of an option | type | default | what it is | example |
|---|---|---|---|---|
| help | text | needed | What the option is, as the command’s help says it. | `Where it is done.` |
| choices | texts by name | needed, or `from` and `to` | The choices, with the words that the booklet prints for them. | `{chair: On a chair, standing: Standing up}` |
| from | whole number | needed with `to` | The least, of a range of whole numbers. `minutes` is one. | `5` |
| to | whole number | needed with `from` | The most. | `20` |
| default | one of the choices, or a number | needed, but for `several` | What is chosen where nobody says. | `chair` |
| several | yes or no | no | yes: more than one may be chosen, or none. | `yes` |

| key of a contradiction | type | default | what it is | example |
|---|---|---|---|---|
| when, unless | a condition | `when` is needed | The choices that don’t go together. | `{limit: dizzy}` |
| says | text | needed | What is wrong. | `Stretching isn’t safe while you feel dizzy.` |
| do | text | needed | What to do about it. | `Sit or lie down.` |
"""
PARTS: dict[str, dict[type, str]] = {  # in the order of the page
    "Routines": {
        model.Routine: "The whole file",
        model.Cover: "Cover",
        model.Step: "Steps",
        model.Repeat: "Repeat",
        model.Layout: "Layouts of a repeat",
        model.Card: "Cue card",
        model.Pair: "Right and wrong",
        model.Segment: "Timeline",
        model.Rounding: "Rounding",
        model.Chapter: "Chapters",
        model.Plan: "Plans",
        model.Brief: "Brief",
    },
    "Blocks of a chapter": {
        model.Lead: "Lead",
        model.Text: "Text",
        model.Note: "Note",
        model.Head: "Heading",
        model.Question: "Question",
        model.Listing: "List",
        model.Checklist: "Checklist",
        model.Numbered: "Numbered lines",
        model.Timetable: "Timetable",
        model.Times: "Times of a step",
        model.Table: "Table",
        model.Row: "Rows of a table",
        model.Scale: "Scale",
        model.Fields: "Fields",
        model.Lines: "Lines",
        model.KeyedMap: "Map with its key",
        model.KeyEntry: "Entries of a key",
        model.PictureRow: "Row of pictures",
        model.Branded: "Place for a brand’s words",
    },
    "Pictures": {
        model.Picture: "Picture",
        model.Badge: "Badge",
        model.Contact: "Contact",
    },
    "Maps, for hands at work on a body": {
        model.MapView: "View of a map",
        model.Sign: "Sign",
        model.Map: "Map",
        model.Zone: "Zone",
        model.Pressure: "Pressure",
        model.Loops: "Strokes: loops",
        model.Rings: "Strokes: rings",
        model.Route: "Strokes: route",
        model.Pulls: "Strokes: pulls",
        model.Dots: "Strokes: dots",
        model.Arrow: "Strokes: arrow",
        model.Rest: "Strokes: rest",
    },
    "Themes": {
        Theme: "The whole theme",
        Colours: "Colours",
        Look: "Look",
        Skin: "Skin",
        TypeScale: "Letters",
    },
    "Print shops": {
        Shop: "The whole preset",
        Intent: "Paper and press",
    },
}
SAYS = {
    "Routines": "",
    "Blocks of a chapter": "A block is told from the others by its first key.",
    "Pictures": "",
    "Maps, for hands at work on a body": "Positions are body coordinates of the map: 0 on its middle line; a stroke’s first key says which kind it is.",
    "Themes": "A theme that begins with `like: still` writes only what differs; `like` names a theme that comes with the program.\n"
    "Everything else is needed only where there is no `like`. See [theming](theming.md).",
    "Print shops": "See [working with a print shop](print-shop.md).",
}
TITLES = {kind: title for records in PARTS.values() for kind, title in records.items()}


def slug(title: str) -> str:
    return "".join(one for one in title.lower() if one.isalnum() or one in " -").replace(" ", "-")


def link(kind: type, says: str = "") -> str:
    return f"[{says or TITLES[kind].lower()}](#{slug(TITLES[kind])})"


def type_of(kind: Any) -> str:
    """A type, in words."""
    sort, inner = sort_of(kind)
    match sort:
        case "optional":
            return type_of(inner)
        case "word":
            return ", ".join(f"`{one}`" for one in inner[:-1]) + f" or `{inner[-1]}`"
        case "entries":
            return f"{type_of(inner)}, by name"
        case "record":
            return link(kind)
        case "union":
            return union_of(list(inner.values()))
        case "tuple" if len(inner) == 2 and inner[1] is Ellipsis:
            of = type_of(inner[0])
            return f"a list of {of}" if of.startswith("strokes") else f"a list of: {of}"
        case "tuple" if all(one == inner[0] for one in inner):
            return f"{len(inner)} {type_of(inner[0])}s"
        case "tuple":
            return f"`[{', '.join(type_of(one) for one in inner)}]`"
    if inner is bool:
        return "yes or no"
    if inner in (int, float):
        return "whole number" if inner is int else "number"
    return "name" if issubclass(inner, Name) else "text"


def union_of(kinds: list[type]) -> str:
    titles = PARTS["Blocks of a chapter"]
    if all(one in titles for one in kinds):
        return "[blocks](#blocks-of-a-chapter)"
    if model.Loops in kinds:
        return "strokes: " + ", ".join(link(one, TITLES[one].removeprefix("Strokes: ")) for one in kinds)
    return " or ".join(link(one) for one in kinds)


def default_of(field: dataclasses.Field[Any]) -> str:
    """What is taken where the key isn't there."""
    if needed(field):
        return "needed"
    value = field.default
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and value:
        return f"`[{', '.join(str(one) for one in value)}]`"
    if isinstance(value, (int, float)) or (isinstance(value, str) and value):
        return f"`{value}`"
    return "none"


def rows(kind: type) -> list[str]:
    told = meanings()[kind.__name__]
    found = ["| key | type | default | what it is | example |", "|---|---|---|---|---|"]
    for key, field in keys_of(kind).items():
        says, example = told[key]
        cells = (key, type_of(field.type), default_of(field), says, f"`{example}`")
        found.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return found


def as_page() -> str:
    """The page."""
    lines = [HEAD]
    for part, records in PARTS.items():
        lines += [f"## {part}", "", *([SAYS[part], ""] if SAYS[part] else [])]
        for kind, title in records.items():
            lines += [f"### {title}", "", *rows(kind), ""]
            lines += [OPTIONS] if kind is model.Routine else []
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    path = Path(__file__).with_suffix(".md")
    path.write_text(as_page(), "utf-8")
    print(path)
