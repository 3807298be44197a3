"""The check of a whole file: right files pass, rules reach every branch, one pass tells everything."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from conftest import MINIMAL

from booklet.checking import _FORMER, check
from booklet.composing import compose
from booklet.errors import InvalidFile
from booklet.folders import folder, routine_names
from booklet.routines import RoutineFile, read_routine

ROUTINES = [folder("templates") / "routines" / f"{name}.yaml" for name in routine_names()]


def changed(tmp_path: Path, *changes: tuple[str, str]) -> RoutineFile:
    text = MINIMAL.read_text()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "tea.yaml"
    path.write_text(text)
    return read_routine(path)


def messages(file: RoutineFile) -> list[str]:
    with pytest.raises(InvalidFile) as told:
        check(file)
    return [problem.message for problem in told.value.problems]


@pytest.mark.parametrize("path", [*ROUTINES, MINIMAL], ids=lambda path: path.stem)
def test_right_files_pass(path: Path) -> None:
    check(read_routine(path))


def test_the_check_is_quick(massage: RoutineFile) -> None:
    """Measured by what reading the file takes (three times that, in November 2026): machines differ, the two go together."""

    def seconds(what: Callable[[], object]) -> float:
        start = process_time()
        what()
        return process_time() - start

    def checked() -> None:
        _FORMER.clear()  # what is known from checks before
        check(massage)

    text = massage.path.read_text(encoding="utf-8")
    both = [(seconds(checked), seconds(lambda: compose(text, "massage"))) for _ in range(6)]
    assert min(one for one, _ in both) < 4.5 * min(other for _, other in both)


def test_rules_reach_branches_that_arent_the_first(tmp_path: Path) -> None:
    change = """look:
      choose:
        - when: {place: home}
          use: wave
        - when: {place: garden}
          use: wafe
        - use: wove
    pressure: [2]"""
    found = messages(changed(tmp_path, ("look: wave\n    pressure: [2]", change)))
    assert [one.split(":")[0] for one in found] == ["there is no look `wafe`", "there is no look `wove`"]


def test_a_stretch_of_a_range_counts_where_only_its_start_is_ruled_out(tmp_path: Path) -> None:
    title = """title:
  choose:
    - when: {place: garden, minutes: 15..}
      use: Slow tea outside
    - when: {place: garden}
      use: Tea outside
    - use: Tea
"""
    ruled_out = "contradictions:\n  - {when: {place: garden, minutes: ..9}, says: Too short., do: Take longer.}\n"
    changes = (("title: A cup|of tea\n", title), ("contradictions:\n", ruled_out))
    check(changed(tmp_path, *changes))
    [found] = messages(changed(tmp_path, changes[0], ("contradictions:\n", ruled_out.replace("..9", "..14"))))
    assert found.startswith("this branch is never used")


def test_a_pair_that_no_choice_brings_together_is_no_mistake(tmp_path: Path) -> None:
    bounds = """step: pour
    weight: 2
    min: {choose: [{when: {place: home}, use: 100}, {use: 10}]}
    max: {choose: [{when: {place: home}, use: 900}, {use: 90}]}"""
    old = "{step: pour, weight: 2, min: 60, max: 900, remainder: yes}"
    check(changed(tmp_path, (old, bounds)))
    [found] = messages(changed(tmp_path, (old, bounds.replace("use: 90}", "use: 9}"))))
    assert found == "`min` is more than `max`: 10 and 9"


def test_what_stands_around_a_choice_counts(tmp_path: Path) -> None:
    """Inside `when: {place: home}` only home need be covered, and nothing else can be asked for."""
    facts = """
    - when: {place: home}
      use:
        choose:
          - when: {place: home}
            use: At home"""
    check(changed(tmp_path, ('\n    - "{place}"', facts)))
    wrong = facts.replace("- when: {place: home}\n            use", "- when: {place: work}\n            use")
    [found] = messages(changed(tmp_path, ('\n    - "{place}"', wrong)))
    assert found.startswith("this branch is never used")


def test_contradictory_choices_need_no_branch(tmp_path: Path) -> None:
    """Soap is refused, so no title is needed for it."""
    title = """title:
  choose:
    - unless: {milk: soap}
      use: Tea
"""
    check(changed(tmp_path, ("title: A cup|of tea\n", title)))


def test_a_hole_in_an_option_that_isnt_needed_is_no_mistake(tmp_path: Path) -> None:
    term = "term: {choose: [{when: {place: home}, use: Preheat}]}\n    look: wave"
    check(changed(tmp_path, ("look: wave", term)))


def test_more_problems_than_anyone_reads_are_cut(tmp_path: Path) -> None:
    nonsense = "".join(f"nonsense-{n}: x\n" for n in range(500))
    assert 100 <= len(messages(changed(tmp_path, ("language: en-gb\n", f"language: en-gb\n{nonsense}")))) <= 102


def test_a_photo_beside_the_file_is_a_picture(tmp_path: Path) -> None:
    change = ("picture: back-a-bare", "picture: my-table")
    assert messages(changed(tmp_path, change)) == [
        "there is no picture `my-table`: looked for my-table.svg, .png and .jpg beside tea.yaml and among the program's pictures"
    ]
    (tmp_path / "my-table.jpg").touch()
    check(changed(tmp_path, change))


def test_checking_needs_no_reportlab() -> None:
    import subprocess
    import sys

    code = "import sys, booklet.checking; print([m for m in ('reportlab', 'PIL', 'typer', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
