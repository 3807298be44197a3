"""What `booklet check` finds beyond a file's shape: in combinations of choices, on pages, in words; its codes and formats.

A file of wrong/check/ is like those of wrong/; its messages begin with their codes.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from conftest import HERE, MINIMAL, Done
from PIL import Image
from test_wrong_files import FILES, expected_of, whole_text

from booklet.checking import check
from booklet.combining import Covered, combine, each_once
from booklet.conditions import Choices
from booklet.errors import InvalidFile, Place, Problem
from booklet.examining import Report, examine
from booklet.mistakes import OTHER, as_page, code_of, mistakes
from booklet.reporting import as_text
from booklet.routines import RoutineFile, read_routine
from booklet.wording import reading_grade, sentences, syllables

CHECKED = sorted((HERE / "wrong" / "check").glob("*.yaml"))
ROOT = HERE.parent
IDLE = ("`milk` changes nothing", "`lemon` changes nothing")  # true of the smallest routine, in every file made from it


@pytest.mark.parametrize("file", CHECKED, ids=lambda file: file.stem)
def test_wrong_file(file: Path, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(whole_text(file.read_bytes()))
    report = examine(path)
    found = [one for one in (*report.errors, *report.warnings) if not one.message.startswith(IDLE)]
    assert sorted((one.place.line, one.place.column, f"{one.code} {one.message}") for one in found) == expected_of(
        file.read_bytes()
    )
    assert found


def test_there_are_wrong_files_of_every_kind() -> None:
    assert len(CHECKED) >= 18
    for kind in ("theme", "brand"):
        assert len([file for file in CHECKED if file.stem.startswith(kind)]) >= 3


# --- codes ----------------------------------------------------------------------------------------------------------
def messages() -> list[str]:
    return [message for file in FILES for _, _, message in expected_of(file.read_bytes())]


def test_every_message_has_a_code_of_its_own() -> None:
    place = Place("x", 1, 1)
    assert [one for one in messages() if code_of(Problem(place, one)) == OTHER] == []


ELSEWHERE = {  # codes that no wrong file has: a file that isn't there, hostile files, pictures, themes' and brands' files
    *("E101", "E104", "E504", "E604", "E702", "E703", "E704", "W104", "W204", OTHER),
}  # fmt: skip


def test_every_code_has_a_wrong_file() -> None:
    place = Place("x", 1, 1)
    given = {code_of(Problem(place, one)) for one in messages()}
    for file in CHECKED:
        given |= {message.split()[0] for _, _, message in expected_of(file.read_bytes())}
    assert set(mistakes()) - given - ELSEWHERE == set()
    assert given <= set(mistakes())


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("can't be read: No such file or directory", "E101"),
        ("is larger than 1,000,000 bytes: split it or take out what isn't text", "E104"),
        ("step warm has 3 views; a page shows two", "E504"),
        ("the font Spectral has no “茶”, in “お茶”", "E604"),
        ("a heading of level 3 follows one of level 1: put one of level 2 between", "E702"),
        ("is no usable picture: cannot identify image file", "E704"),
        ("the logo x.png has 80 pixels per inch where it is 30 mm wide; 150 is the least", "E802"),
        ("the logo x.svg can't be told from #ffffff, the ground that it stands on", "E801"),
        ("the font can't be used: it may not be embedded", "E803"),
        ("nothing says what this picture shows: give it an `alt`", "E701"),
        ("something that nobody has thought of", OTHER),
    ],
)
def test_codes_of_other_messages(message: str, code: str) -> None:
    assert code_of(Problem(Place("x", 1, 1), message)) == code


def test_the_page_of_codes_is_fresh_and_whole() -> None:
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert page == as_page(), "run `python docs/errors.py`"
    for code, one in mistakes().items():
        assert f"### {code}: {one.title}" in page
        assert all((one.cause, one.example, one.mend))


# --- combinations ---------------------------------------------------------------------------------------------------
def test_few_combinations_are_all_tried(minimal: RoutineFile) -> None:
    covered = combine(minimal)
    assert covered.whole
    assert str(covered) == "in all 72 combinations of choices"
    assert len({str(case) for case in covered.cases}) == 72


def test_every_pair_of_choices_is_tried(massage: RoutineFile) -> None:
    covered = combine(massage)
    assert not covered.whole
    choices: list[Choices] = [case.choices(massage.options) for case in covered.cases]
    assert not [one for one in choices if any(rule.condition.holds(one) for rule in massage.contradictions)]
    single = {name: option for name, option in massage.options.items() if option.choices and not option.several}
    del single["large-print"]
    refused = {("on", "oil"), ("on", "lotion"), *((place, "yes") for place in ("table", "chair", "side"))}
    for one in single:
        for other in single:
            if one < other:
                wanted = {(a, b) for a in single[one].choices for b in single[other].choices}
                missing = wanted - {(str(case[one]), str(case[other])) for case in choices}
                assert {frozenset(pair) for pair in missing} <= {frozenset(pair) for pair in refused}, (one, other)
    limits = {name for case in choices for name in case["limit"]}  # type: ignore[union-attr]
    assert limits == {"blood-thinners", "osteoporosis", "pregnant", "cleared", "tender"}


def test_the_built_in_routine_fits_in_every_pair_of_choices_within_ten_seconds(massage: RoutineFile) -> None:
    start = process_time()
    report = examine(massage.path, lang="en")
    assert process_time() - start < 10
    assert report.errors == ()
    assert {one.code for one in report.warnings} <= {"W104", "W202"}


def test_translations_are_tried_with_each_choice(massage: RoutineFile) -> None:
    covered = combine(massage)
    fewer = each_once(covered)
    assert fewer.cases[0] == covered.cases[0]
    assert len(fewer.cases) < len(covered.cases) / 2

    def made(of: Covered) -> set[tuple[str, str]]:
        return {(name, str(value)) for case in of.cases for name, value in (*case.given.items(), ("pages", case.pages))}

    assert made(fewer) == made(covered)


def test_two_processes_find_the_same(massage: RoutineFile) -> None:
    assert examine(massage.path, processes=2, lang="en") == examine(massage.path, lang="en")


def test_a_text_that_fits_everywhere_but_in_one_size(tmp_path: Path) -> None:
    lines = "".join(f'        - "Mind the {word}."\n' for word in "abcdefghijkl")
    text = MINIMAL.read_text().replace("      - text: See", f"      - list:\n{lines}      - text: See")
    path = tmp_path / "tea.yaml"
    path.write_text(text + "  - plan: 12\n    fill: [notes]\n    pages: [cover, care, warm, pour]\n")
    assert [one.code for one in examine(path).errors] == []


@pytest.mark.parametrize(
    "block",
    [
        "      - head: HEAD\n        checks: [hot]\n",
        "      - head: HEAD\n        table: [{row: a, says: b}]\n",
        "      - scale: HEAD\n        low: cold\n        high: hot\n",
        "      - fields: [HEAD]\n",
    ],
)
def test_a_heading_that_is_wider_than_its_line(block: str, tmp_path: Path) -> None:
    head = "Mind all of the hot water that there is in this house, and in the garden, and at work too, please"
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text().replace("      - text: See", f"{block.replace('HEAD', head)}      - text: See"))
    (error,) = examine(path).errors
    assert "mm too wide for its line: shorten it" in error.message
    assert path.read_text().splitlines()[error.place.line - 1].endswith(head + "]" * ("fields" in block))


# --- photos ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("pixels", "code"), [(300, "E703"), (1200, "W204"), (2400, "")])
def test_coarse_photos(pixels: int, code: str, tmp_path: Path) -> None:
    Image.effect_noise((pixels, pixels), 30).convert("RGB").save(tmp_path / "cup.png")
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text().replace('    - "{minutes} minutes"\n', '    - "{minutes} minutes"\n  scene: {picture: cup, alt: A cup.}\n', 1))  # fmt: skip
    report = examine(path)
    found = [one for one in (*report.errors, *report.warnings) if not one.message.startswith(IDLE)]
    assert [one.code for one in found] == [code] * bool(code)
    assert {(one.place.line, one.place.column) for one in found} <= {(37, 20)}


def test_a_coarse_photo_is_told_where_its_own_page_has_it(tmp_path: Path) -> None:
    Image.effect_noise((1200, 1200), 30).convert("RGB").save(tmp_path / "cup.png")
    text = MINIMAL.read_text().replace('    - "{minutes} minutes"\n', '    - "{minutes} minutes"\n  scene: {picture: cup, alt: A cup.}\n', 1)  # fmt: skip
    text = text.replace('      - "**Pour** slowly."\n', '      - "**Pour** slowly."\n    views: [{picture: cup, alt: A cup.}]\n')  # fmt: skip
    path = tmp_path / "tea.yaml"
    path.write_text(text)
    report = examine(path)
    assert report.errors == ()
    found = [one for one in report.warnings if one.code == "W204"]
    lines = path.read_text().splitlines()
    assert ["scene" in lines[one.place.line - 1] for one in found] == [True, False]
    assert ["on page 1 has" in one.message for one in found] == [True, False]


# --- words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "count"), [("hand", 1), ("massage", 2), ("little", 2), ("pressed", 1), ("the", 1), ("relaxing", 3)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_of_a_known_text() -> None:
    """13 words, 1 sentence, 24 syllables: 0.39·13 + 11.8·24/13 − 15.59 = 11.3 (Kincaid and others, 1975)."""
    text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert sentences(text) == [text]
    assert reading_grade([text]) == pytest.approx(11.3, abs=0.05)


def test_sentences_end_with_stops_and_marks_are_left_out() -> None:
    assert sentences("**Lay** both hands flat. Rest {minutes} minutes! :fr[Voilà]") == [
        "Lay both hands flat.",
        "Rest it minutes!",
        "Voilà",
    ]


# --- how it is told -------------------------------------------------------------------------------------------------
def test_the_line_is_shown_with_a_caret_under_the_column(tmp_path: Path, run: Callable[..., Done]) -> None:
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text().replace("look: wave", "look: wav"))
    done = run("check", "tea.yaml")
    assert done.code == 1
    first, line, caret = done.err.splitlines()[:3]
    assert first.startswith("tea.yaml:49:11: error E401: there is no look `wav`")
    assert line.endswith("look: wav")
    assert line[caret.index("^") :] == "wav"
    assert done.out == "tea.yaml: routine: 1 error.\n"


def test_a_long_line_is_shown_round_the_column(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(f"a: {'x' * 300} HERE {'y' * 300}\n")
    report = Report("file", "", (Problem(Place(str(path), 1, 305), "wrong", OTHER),))
    _, line, caret = as_text(report, path)
    assert len(line) < 130
    assert line[caret.index("^") :].startswith("HERE")


def test_json_is_a_list_of_objects(tmp_path: Path, run: Callable[..., Done]) -> None:
    (tmp_path / "spa.yaml").write_text("name: Spa\nlogoo: x\n")
    (tmp_path / "good.yaml").write_text("name: Spa\n")
    done = run("check", "spa.yaml", "good.yaml", "--format", "json")
    assert done.code == 1
    (one,) = json.loads(done.out)
    assert {key: one[key] for key in ("file", "line", "column", "code", "level")} == {
        "file": "spa.yaml",
        "line": 2,
        "column": 1,
        "code": "E201",
        "level": "error",
    }


def test_github_shows_annotations(tmp_path: Path, run: Callable[..., Done]) -> None:
    (tmp_path / "spa.yaml").write_text("name: Spa\n100%: x\n")
    done = run("check", "spa.yaml", "--format", "github")
    assert done.out.startswith("::error file=spa.yaml,line=2,col=1,title=E201::`100%25` isn't known here")


def test_strict_counts_warnings(tmp_path: Path, run: Callable[..., Done]) -> None:
    (tmp_path / "tea.yaml").write_text(MINIMAL.read_text())
    assert run("check", "tea.yaml").code == 0
    assert run("check", "tea.yaml", "--strict").code == 1
    assert "is no choice of `format`: text, json, github" in run("check", "tea.yaml", "--format", "xml").err


def test_a_file_that_is_not_there(run: Callable[..., Done]) -> None:
    done = run("check", "nowhere.yaml")
    assert done.code == 1
    assert done.err.startswith("nowhere.yaml:1:1: error E101: can't be read: No such file or directory")


def test_the_same_report_every_time(tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    path.write_bytes(whole_text((HERE / "wrong" / "check" / "too-long-for-some.yaml").read_bytes()))
    command = [sys.executable, "-m", "booklet", "check", str(path)]
    told = {subprocess.run(command, capture_output=True, check=False, cwd=ROOT).stderr for _ in range(2)}
    assert len(told) == 1


def test_what_build_refuses_it_tells_as_before(tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text().replace("title: Hot!", "tittle: Hot!"))
    routine = read_routine(path)
    with pytest.raises(InvalidFile) as told:
        check(routine)
    assert str(told.value).startswith(f"{path}:")
    assert "E2" not in str(told.value)
