"""Leaves: a multiple of four, the cue card in the middle, pairs of pages that face each other."""

from types import SimpleNamespace
from typing import Any

import pytest

from booklet.errors import BadChoice, DoesNotFit, Place
from booklet.model import ChapterName, Plan
from booklet.planning import Leaf, find_plan, plan_leaves

HERE = Place("test", 1, 1)


def names(words: str) -> tuple[ChapterName, ...]:
    return tuple(ChapterName(word, HERE) for word in words.split())


def routine(chapters: str, steps: str, *plans: Plan) -> Any:
    return SimpleNamespace(chapters=dict.fromkeys(chapters.split()), steps=dict.fromkeys(steps.split()), plans=plans)


def plan(size: int, pages: str, fill: str = "", **fields: Any) -> Plan:
    return Plan(size, names(pages), names(fill), **fields)


def one_page(name: str) -> int:
    return 1


def leaves(made: Any, chosen: Plan, pages_of: Any = one_page) -> list[str]:
    return [f"{leaf.kind}:{leaf.name}" for leaf in plan_leaves(made, chosen, pages_of)]


SMALL = plan(8, "cover safety one two last", "notes")


def test_the_cue_card_lies_in_the_middle() -> None:
    shown = leaves(routine("safety last notes", "one two", SMALL), SMALL)
    assert shown == [
        "cover:cover",
        "chapter:safety",
        "step:one",
        "card-left:cue-card",
        "card-right:cue-card",
        "step:two",
        "chapter:notes",
        "chapter:last",
    ]


def test_without_a_cue_card_fillers_come_before_the_last_pages() -> None:
    small = plan(8, "cover safety one two log stop", "notes more", cue_card=False)
    shown = leaves(routine("safety log stop notes more", "one two", small), small)
    assert " ".join(leaf.split(":")[1] for leaf in shown) == "cover safety one two notes more log stop"


def test_what_a_choice_left_out_is_replaced_by_a_filler() -> None:
    shown = leaves(routine("safety last notes", "one", SMALL), SMALL)
    assert shown.count("chapter:notes") == 2
    assert "step:two" not in shown


def test_a_chapter_may_take_two_pages() -> None:
    shown = leaves(routine("safety last notes", "one two", SMALL), SMALL, lambda name: 1 + (name == "safety"))
    assert shown[1:3] == ["chapter:safety", "chapter-goes-on:safety"]
    assert "chapter:notes" not in shown


@pytest.mark.parametrize("chapters", range(1, 6))
@pytest.mark.parametrize("steps", range(1, 5))
@pytest.mark.parametrize("size", [16, 20, 24])
def test_both_pages_of_a_step_face_each_other(size: int, steps: int, chapters: int) -> None:
    first = " ".join(f"c{n}" for n in range(chapters))
    moves = " ".join(f"s{n}" for n in range(steps))
    big = plan(size, f"cover {first} {moves} log stop", "notes", two_pages=True, bands=True)
    made = routine(f"{first} log stop notes", moves, big)
    try:
        shown = plan_leaves(made, big, one_page)
    except DoesNotFit as error:
        assert "has no room" in str(error) or "don't face each other" in str(error)  # noqa: PT017
        return
    assert len(shown) == size
    assert size % 4 == 0
    assert [leaf.kind for leaf in shown[size // 2 - 1 : size // 2 + 1]] == ["card-left", "card-right"]
    for number, leaf in enumerate(shown, 1):
        if leaf.kind == "step-picture":
            assert number % 2 == 0
            assert shown[number] == Leaf("step-words", leaf.name, band=True)
    assert [leaf.name for leaf in shown[-2:]] == ["log", "stop"]


def test_too_many_pages_say_which_plan_has_room() -> None:
    big = plan(12, "cover safety one two last", "notes")
    made = routine("safety last notes", "one two", SMALL, big)
    with pytest.raises(
        DoesNotFit,
        match="8 pages has no room for 1 of its pages; more than one page: `safety`, `last`: take as many out of its `pages`, or take the larger plan with --pages 12",
    ):
        plan_leaves(made, SMALL, lambda _: 2)


def test_too_few_pages_and_nothing_to_fill_them() -> None:
    small = plan(8, "cover one")
    with pytest.raises(DoesNotFit, match="comes out 4 short and has nothing to fill them with"):
        plan_leaves(routine("", "one", small), small, one_page)


def test_a_size_without_a_plan_names_the_sizes() -> None:
    with pytest.raises(BadChoice, match="no plan for 20 pages; it has plans for 8"):
        find_plan(routine("", "", SMALL), 20)
