"""Our dataclasses are those of the standard library in all that the program asks of them."""

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.records import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """What both have."""

    name: str
    side: str = "both"
    place: int = dataclasses.field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Made(Base):
    """One of ours."""

    marks: list[int] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class PlainBase:
    """The same of the standard library."""

    name: str
    side: str = "both"
    place: int = dataclasses.field(default=0, compare=False, kw_only=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Plain(PlainBase):
    """The same of the standard library."""

    marks: list[int] = dataclasses.field(default_factory=list)


@dataclass(frozen=True)
class Open:
    """One without slots."""

    name: str


@dataclass(frozen=True, slots=True)
class Own:
    """One that hashes itself, and has nothing to compare."""

    def __hash__(self) -> int:
        return 7


VALUES = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={"side": st.text(max_size=2), "place": st.integers(), "marks": st.lists(st.integers(), max_size=2)},
)


@given(VALUES, VALUES)
def test_values_are_those_of_the_standard_library(one: dict[str, Any], other: dict[str, Any]) -> None:
    ours, plain = Made(**one), Plain(**one)
    assert repr(ours) == repr(plain).replace("Plain", "Made")
    assert dataclasses.asdict(ours) == dataclasses.asdict(plain)
    assert (ours == Made(**other)) == (plain == Plain(**other))
    assert dataclasses.replace(ours, **other) == Made(**(one | other))
    for again in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):  # our own
        assert again == ours
        assert again.place == ours.place
    base, same = Base(one["name"]), PlainBase(one["name"])
    assert (hash(base) == hash(Base(other["name"]))) == (hash(same) == hash(PlainBase(other["name"])))


def test_nothing_can_be_changed_or_forgotten() -> None:
    made = Made("a", marks=[1])
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    with pytest.raises(dataclasses.FrozenInstanceError):
        Open("a").name = "b"  # type: ignore[misc]
    with pytest.raises(TypeError, match="name"):
        Made()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One with an order."""

    line: int
    column: int = 1


@pytest.mark.parametrize("many", [1, 30])  # compiled or not yet
def test_arguments_are_taken_as_python_takes_them(many: int) -> None:
    for _ in range(many):
        made = Place(3, column=2)
    assert (made.line, made.column) == (3, 2)
    assert Place(2) < Place(3) <= Place(3) < Place(3, 2)
    assert sorted([Place(3), Place(2, 5)]) == [Place(2, 5), Place(3)]
    for wrong in ((), (1, 2, 3)):
        with pytest.raises(TypeError):
            Place(*wrong)
    with pytest.raises(TypeError):
        Place(1, line=2)  # type: ignore[misc]
    with pytest.raises(TypeError):
        Place(1, row=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        _ = Place(1) < 3  # type: ignore[operator]


def test_fields_are_matched_and_shared_defaults_are_not() -> None:
    assert Made.__match_args__ == Plain.__match_args__
    assert Made("a").marks is not Made("a").marks
    assert Made("a") != Base("a")
    assert Own() == Own()
    assert hash(Own()) == 7
    assert not hasattr(Made("a"), "__dict__")
