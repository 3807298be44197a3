"""The codes of `booklet check`: templates/errors.yaml → which code a message has, and what docs/errors.md says of it.

The messages are made where the mistakes are found, by twenty modules; that the entries know all of them is tested.
"""

import re
from functools import cache

from booklet.errors import Problem
from booklet.folders import folder
from booklet.reading import Mapping, Scalar, read_yaml
from booklet.records import dataclass

OTHER = "E999"
FAMILIES = {
    "E1": "The file as text",
    "E2": "What a value must be",
    "E3": "Options and conditions",
    "E4": "Names and what they refer to",
    "E5": "Numbers, strokes and zones",
    "E6": "Steps, time and pages",
    "E7": "Pictures, and who listens",
    "E8": "Brands",
    "E9": "Themes, translations, and the rest",
    "W": "Warnings: they stop no booklet",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of mistake; `says` finds its messages."""

    code: str
    title: str
    says: re.Pattern[str]
    cause: str
    example: str
    mend: str


@cache
def mistakes() -> dict[str, Mistake]:
    """All kinds by their codes, in the order in which they are looked for."""
    node = read_yaml(folder("templates") / "errors.yaml")
    assert isinstance(node, Mapping)
    found = {}
    for code, entry in node.items.items():
        assert isinstance(entry, Mapping)
        keys = {key: value.text for key, value in entry.items.items() if isinstance(value, Scalar)}
        found[code] = Mistake(
            code, keys["title"], re.compile(keys["says"]), *(keys[key] for key in ("cause", "example", "mend"))
        )
    return found


def code_of(problem: Problem) -> str:
    """The code of a problem: its own, or that of its message."""
    return problem.code or next(code for code, one in mistakes().items() if one.says.search(problem.message))


def as_page() -> str:
    """docs/errors.md: every code with its cause, an example and what to do."""
    lines = [
        "# What `booklet check` says",
        "",
        "Made from templates/errors.yaml by `python docs/errors.py`. A code that begins with E is an error, one with W a",
        "warning; `--strict` counts warnings as errors. A code keeps its meaning for good.",
    ]
    entries = sorted(mistakes().values(), key=lambda one: one.code)
    for family, title in FAMILIES.items():
        lines += ["", f"## {title}"]
        for one in entries:
            if one.code.startswith(family):
                lines += [
                    "",
                    f"### {one.code}: {one.title}",
                    "",
                    one.cause,
                    "",
                    "```text",
                    *one.example.splitlines(),
                    "```",
                    "",
                    f"**Mend it:** {one.mend}",
                ]
    return "\n".join(lines) + "\n"
