"""A file that is edited a little: what is read and checked of it again comes to what reading and checking it whole does."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINIMAL

from booklet.checking import _FORMER, check
from booklet.composing import compose
from booklet.editing import edited
from booklet.errors import InvalidFile
from booklet.folders import folder
from booklet.nodes import Mapping, Node, plain
from booklet.reading import FORMER
from booklet.routines import read_routine

MASSAGE = folder("templates") / "routines" / "back-massage.yaml"
ODD = """\
# what breaks readers that go by lines
plain: one line
  goes on
quoted: "two
  lines"
text: |+
  kept
  lines

  : and a colon

folded: >-
  a
  b
flow: {a: 1,
  b: 2, c: [x,
  y]}
? asked
: answered
list:
- a: 1
  b: 2
-
  c: 3
nested:
    deeper:
        here: 1 # a comment
        there: 2

    beside: 3
last: |+
  end

"""
INSERTED = ("word", '"', "'", ": ", "# ", "- ", "{", "}", "[", "]", "|", ">", "&a ", "*a", "? ", "!!x ", "\t", "  ", "")


def composed(text: str) -> Node:
    return compose(text, "f")


def whole(text: str) -> Node | None:
    try:
        return composed(text)
    except InvalidFile:
        return None


def edits(text: str, count: int, seed: int) -> list[str]:
    """Texts with one or two lines of it changed, some of them no YAML any more."""
    chance, texts = random.Random(seed), []
    for _ in range(count):
        lines = text.split("\n")
        for _ in range(chance.choice((1, 1, 2))):
            number = chance.randrange(len(lines))
            at = chance.randint(0, len(lines[number]))
            cut = chance.choice((0, 0, 1, 3))
            lines[number] = lines[number][:at] + chance.choice(INSERTED) + lines[number][at + cut :]
        texts.append("\n".join(lines))
    return texts


@pytest.mark.parametrize(("text", "count"), [(ODD, 1500), (MINIMAL.read_text(), 300), (MASSAGE.read_text(), 15)])
def test_what_is_read_of_an_edited_text_is_what_reading_it_whole_gives(text: str, count: int) -> None:
    tree, partly = composed(text), 0
    for changed in edits(text, count, 7):
        found = edited(tree, text, changed, composed)
        if found is not None:
            partly += 1
            right = whole(changed)
            assert right is not None, changed
            assert plain(found) == plain(right), changed
    assert partly > count / 5


def test_only_the_entry_round_the_edit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = MASSAGE.read_text()
    tree, read = composed(text), list[str]()

    def noted(part: str) -> Node:
        read.append(part.lstrip("\n"))
        return composed(part)

    found = edited(tree, text, text.replace("whole of both hands flat", "whole of two hands flat"), noted)
    assert isinstance(tree, Mapping)
    assert isinstance(found, Mapping)
    assert sum(map(len, read)) < len(text) / 20
    same = [key for key in tree.items if found.items[key] is tree.items[key]]
    assert [key for key in tree.items if key not in same] == ["steps"]


def told(path: Path) -> list[str]:
    try:
        check(read_routine(path))
    except InvalidFile as error:
        return list(map(str, error.problems))
    return []


MISTAKES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("nothing", lambda text: text),
    ("a word", lambda text: text.replace("whole of both hands flat", "whole of two hands flat")),
    ("no step", lambda text: text.replace("- {step: heels, weight: 5,", "- {step: heel, weight: 5,")),
    ("a placeholder", lambda text: text.replace("whole of both hands flat", "whole of {both} hands flat")),
    ("an unknown key", lambda text: text.replace("\n    name: Heel circles", "\n    nam: Heel circles")),
    ("a choice", lambda text: text.replace("{setup: chair}", "{setup: chairs}", 1)),
    ("a picture", lambda text: text.replace("use: grip-palms-bare", "use: grip-plams-bare", 1)),
    ("nothing again", lambda text: text),
)


def test_what_is_told_of_an_edited_file_is_what_is_told_of_it_at_first(tmp_path: Path) -> None:
    """The same edits in turn, with what is known from the checks before and without."""
    path, text = tmp_path / "massage.yaml", MASSAGE.read_text()
    results: dict[bool, list[list[str]]] = {True: [], False: []}
    for knows in (True, False):
        for name, mistake in MISTAKES:
            if not knows:
                FORMER.clear()
                _FORMER.clear()
            path.write_text(mistake(text))
            assert mistake(text) != text or name.startswith("nothing")
            results[knows].append(told(path))
    assert results[True] == results[False]
    wrong = [kind for (kind, _), found in zip(MISTAKES, results[True], strict=True) if found]
    assert wrong == [kind for kind, _ in MISTAKES if kind not in ("nothing", "a word", "nothing again")]
