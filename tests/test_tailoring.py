"""(RoutineFile, choices) → Routine: conditions, alternatives, defaults; the law that it is a function."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from conftest import MINIMAL
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.conditions import Choices, Condition, Option, cases, nearest, read_condition
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.folders import folder
from booklet.model import Routine, Words
from booklet.reading import Mapping, Scalar, Sequence, parse_yaml
from booklet.routines import RoutineFile, choose, find_routine, read_routine, read_value
from booklet.shapes import PLACEHOLDER
from booklet.tailoring import tailor
from booklet.timing import schedule

HERE = Place("f", 1, 1)
MASSAGE = read_routine(folder("templates") / "routines" / "back-massage.yaml")


def option(name: str, *choices: str, span: tuple[int, int] | None = None, several: bool = False) -> Option:
    return Option(name, Words(name, HERE), "", {one: Words(one, HERE) for one in choices}, span, several, HERE)


OPTIONS = {
    "place": option("place", "home", "garden", "work"),
    "milk": option("milk", "milk", "lemon", several=True),
    "minutes": option("minutes", span=(5, 20)),
}


def condition(text: str) -> Condition:
    node = parse_yaml(text, "f")
    assert isinstance(node, Mapping)
    problems: list[Problem] = []
    result = read_condition(node, OPTIONS, problems)
    assert problems == []
    return result


# --- conditions
@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("{}", True),
        ("when: {place: home}", True),
        ("when: {place: garden}", False),
        ("when: {place: [garden, home]}", True),
        ("when: {place: home, minutes: 11..}", False),
        ("when: {milk: lemon}", True),
        ("when: {milk: milk}", False),
        ("when: {milk: [milk, lemon]}", True),
        ("when: {minutes: 10}", True),
        ("when: {minutes: ..9}", False),
        ("when: {minutes: 5..10}", True),
        ("unless: {place: home}", False),
        ("unless: {place: home, minutes: 11..}", True),  # not all of them
        ("{when: {place: home}, unless: {milk: milk}}", True),
    ],
)
def test_conditions(text: str, holds: bool) -> None:
    choices: Choices = {"place": "home", "milk": ("lemon",), "minutes": 10}
    assert condition(text).holds(choices) is holds


def test_cases_have_one_example_of_each_combination() -> None:
    asked = [condition("when: {place: home, minutes: 8..12}"), condition("unless: {milk: lemon}")]
    found = list(cases(asked, OPTIONS, 100) or ())
    assert len(found) == 2 * 3 * 2
    assert {case["place"] for case in found} == {"home", "garden"}
    assert {case["minutes"] for case in found} == {5, 8, 13}
    assert {case["milk"] for case in found} == {(), ("lemon",)}
    assert cases(asked, OPTIONS, 11) is None


everything = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["home", "garden", "work"]),
        "milk": st.sets(st.sampled_from(["milk", "lemon"])).map(lambda some: tuple(sorted(some))),
        "minutes": st.integers(5, 20),
    }
)
asked_for = st.builds(
    lambda place, low, high, milk: condition(
        f"when: {{place: {place}, minutes: {low}..{low + high}}}\nunless: {{milk: {milk}}}"
    ),
    st.sampled_from(["home", "garden", "[home, work]"]),
    st.integers(5, 15),
    st.integers(0, 5),
    st.sampled_from(["milk", "[milk, lemon]"]),
)


@given(st.lists(asked_for, min_size=1, max_size=3), everything)
def test_every_choice_is_like_one_of_the_cases(conditions: list[Condition], choices: dict[str, Any]) -> None:
    outcomes = [[one.holds(case) for one in conditions] for case in cases(conditions, OPTIONS, 100_000) or ()]
    assert [one.holds(choices) for one in conditions] in outcomes


# --- choices
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("place", "work", "work"),
        ("minutes", " 12 ", 12),
        ("milk", ["lemon", "milk"], ("milk", "lemon")),
        ("milk", [], ()),
    ],
)
def test_read_value(name: str, value: Any, expected: object) -> None:
    assert read_value(OPTIONS[name], value) == expected


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("place", "hoome", "`hoome` is no choice of `place`: home, garden, work; did you mean `home`?"),
        ("minutes", "4", "`minutes` is fewer than 5 (4): choose from 5 to 20. minutes"),
        ("minutes", "21", "`minutes` is more than 20 (21): choose from 5 to 20. minutes"),
        ("minutes", "ten", "`minutes` is a whole number from 5 to 20, found `ten`"),
        ("minutes", "²", "`minutes` is a whole number from 5 to 20, found `²`"),
        ("minutes", "9" * 5000, f"`minutes` is a whole number from 5 to 20, found `{'9' * 60}…`"),
        ("minutes", "-8", "`minutes` is a whole number from 5 to 20, found `-8`"),
        ("milk", ["oat"], "`oat` is no choice of `milk`: milk, lemon"),
    ],
)
def test_wrong_values(name: str, value: Any, message: str) -> None:
    with pytest.raises(BadChoice) as told:
        read_value(OPTIONS[name], value)
    assert str(told.value) == message


def test_every_wrong_choice_is_told(minimal: RoutineFile) -> None:
    with pytest.raises(BadChoice) as told:
        choose(minimal, {"place": "hme", "minutes": "99", "sugar": "yes"})
    assert str(told.value).splitlines() == [
        "`hme` is no choice of `place`: home, garden, work; did you mean `home`?",
        "`minutes` is more than 20 (99): choose from 5 to 20. How long it takes.",
        "there is no option `sugar`",
    ]


def test_contradictions_say_what_to_do(minimal: RoutineFile) -> None:
    with pytest.raises(BadChoice, match=r"^Soap isn’t for drinking\. Leave it out\.$"):
        choose(minimal, {"milk": ["milk", "soap"]})


def test_defaults(minimal: RoutineFile) -> None:
    assert choose(minimal, {}) == {"pages": 16, "large-print": "no", "place": "home", "milk": (), "minutes": 10}


def test_find_routine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_routine("back-massage").name == "back-massage.yaml"
    assert find_routine(str(MINIMAL)) == MINIMAL
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadChoice, match=r"there is no file tea\.yaml"):
        find_routine("tea.yaml")
    with pytest.raises(
        BadChoice, match=r"no routine `back-masage`; the built-in ones are: .*did you mean `back-massage`\?"
    ):
        find_routine("back-masage")


@pytest.mark.parametrize(("word", "hint"), [("flor", "; did you mean `floor`?"), ("xyz", ""), ("f" * 100_000, "")])
def test_nearest(word: str, hint: str) -> None:
    assert nearest(word, ["floor", "bed"]) == hint


# --- tailoring
def made(tmp_path: Path, change: str, **given: str) -> Routine:
    """The minimal routine with its title written otherwise, tailored."""
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text().replace("title: A cup|of tea\n", change, 1))
    file = read_routine(path)
    return tailor(file, choose(file, dict(given)))


TITLES = """title:
  choose:
    - when: {place: garden}
      use: Tea outside
    - when: {minutes: 15..}
      use: Slow tea
    - use: Tea
notices:
  - always
  - when: {place: garden}
    use: outside
  - choose:
      - when: {minutes: ..9}
        use: quick
"""


@pytest.mark.parametrize(
    ("given_", "title", "notices"),
    [
        ({}, "Tea", ["always"]),
        ({"place": "garden", "minutes": "20"}, "Tea outside", ["always", "outside"]),
        ({"minutes": "15"}, "Slow tea", ["always"]),
        ({"minutes": "5"}, "Tea", ["always", "quick"]),
    ],
)
def test_the_first_branch_that_holds(tmp_path: Path, given_: dict[str, str], title: str, notices: list[str]) -> None:
    routine = made(tmp_path, TITLES, **given_)
    assert routine.title == title
    assert list(routine.notices) == notices


def test_a_needed_value_without_a_branch_says_for_which_choices(tmp_path: Path) -> None:
    change = "title:\n  choose:\n    - when: {place: [home, work], minutes: 8..}\n      use: Tea\n"
    assert made(tmp_path, change).title == "Tea"
    with pytest.raises(InvalidFile) as told:
        made(tmp_path, change, place="garden")
    where = f"{tmp_path / 'tea.yaml'}:3:1"
    message = "`title` has no branch of `choose:` for place garden and minutes 10: end it with a branch without `when:`"
    assert str(told.value) == f"{where}: {message}"


def test_texts_know_where_they_stand(tmp_path: Path) -> None:
    routine = made(tmp_path, "title: A cup\n")
    assert routine.title.place == Place(str(tmp_path / "tea.yaml"), 3, 8)
    assert routine.steps["warm"].lines[1] == "**Swirl** it {times} times."


# --- the law, over all choices of the built-in routine
def drawn(option: Option) -> st.SearchStrategy[Any]:
    if option.range:
        return st.integers(*option.range).map(str)
    if option.several:
        return st.lists(st.sampled_from(sorted(option.choices)), max_size=2, unique=True)
    return st.sampled_from(sorted(option.choices))


any_choices = st.fixed_dictionaries({}, optional={one.name: drawn(one) for one in MASSAGE.options.values()})


def texts(value: Any) -> Iterator[Words]:
    """All texts in a value, and a check that nothing of the file's nodes is left in it."""
    assert not isinstance(value, (Mapping, Sequence, Scalar))
    if isinstance(value, Words):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


@settings(max_examples=150, deadline=None)
@given(any_choices)
def test_all_choices_are_tailored_or_refused(given_: dict[str, Any]) -> None:
    try:
        choices = choose(MASSAGE, given_)
    except BadChoice as refused:
        stated = [f"{one.says} {one.do}" for one in MASSAGE.contradictions]
        assert set(str(refused).splitlines()) <= set(stated)  # noqa: PT017
        return
    routine = tailor(MASSAGE, choices)
    assert routine == tailor(MASSAGE, choices)
    for words in texts(routine):
        assert words.count("**") % 2 == 0
        for key in PLACEHOLDER.findall(words):
            known = key in MASSAGE.options or key in ("times", "passes", "spots") or key.split()[0] in ("page", "clock")
            assert known, words
    minutes = choices["minutes"]
    assert isinstance(minutes, int)
    turns = schedule(routine, minutes).turns
    assert turns[-1].stop + turns[-1].pause == minutes * 60


def test_tailoring_is_quick(massage: RoutineFile) -> None:
    choices = choose(massage, {})

    def seconds() -> float:
        start = process_time()
        tailor(massage, choices)
        return process_time() - start

    assert min(seconds() for _ in range(4)) < 0.025
