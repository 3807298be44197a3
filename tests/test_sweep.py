"""Every combination of choices builds both editions or is refused with a reason that the routine states.

The fast test takes combinations in which every pair of choices occurs; the slow one takes them all.
"""

import itertools
from typing import Any

import pytest
from booklets import back_massage, build, complaints, pdf_words, pictures, spoken
from screens import complaints_about

from booklet.errors import BadChoice

AXES: dict[str, tuple[Any, ...]] = {
    "setup": ("floor", "bed", "table", "chair", "side"),
    "shirt": ("on", "off"),
    "oil": ("none", "oil", "lotion"),
    "pace": ("full", "focus"),
    "paper": ("a4", "letter"),
    "large_print": (False, True),
    "minutes": (8, 10, 20, 30, 45, 60, 90),
}

LEAST_ON_THE_SIDE = 10  # minutes


def limits() -> list[list[str]]:
    return [[], *([name] for name in back_massage().options["limit"].choices)]


def pairwise() -> list[dict[str, Any]]:
    """Combinations in which every pair of values of two axes occurs at least once: greedy, in a fixed order.

    Choices that contradict each other share an axis, so that what one case is refused for doesn't hide another.
    """
    axes: dict[str, tuple[Any, ...]] = {
        "setup": (*((setup, "no") for setup in AXES["setup"]), ("floor", "yes"), ("bed", "yes")),
        "dress": (("on", "none"), ("off", "none"), ("off", "oil"), ("off", "lotion")),
        **{name: AXES[name] for name in ("pace", "paper", "large_print", "minutes")},
        "limit": ([], ["blood-thinners"], ["osteoporosis"], ["cleared"], ["tender"], ["tender", "blood-thinners"]),
        "pressure": ("medium", "light", "firm"),
        "start_side": ("right", "left"),
        "body": ("broad", "slim"),
    }
    names = list(axes)
    missing = {
        (a, i, b, j)
        for a, b in itertools.combinations(names, 2)
        for i in range(len(axes[a]))
        for j in range(len(axes[b]))
    }
    cases = []
    while missing:
        a, i, b, j = min(missing)
        chosen = {a: i, b: j}
        for name in names:
            if name in chosen:
                continue

            gains = []
            for k in range(len(axes[name])):
                pairs = (
                    (name, k, other, o) if names.index(name) < names.index(other) else (other, o, name, k)
                    for other, o in chosen.items()
                )
                gains.append((sum(pair in missing for pair in pairs), -k))
            chosen[name] = -max(gains)[1]
        missing -= {(x, chosen[x], y, chosen[y]) for x, y in itertools.combinations(names, 2)}
        case = {name: axes[name][k] for name, k in chosen.items()}
        case["setup"], case["astride"] = case["setup"]
        case["shirt"], case["oil"] = case.pop("dress")
        if case["setup"] == "side":
            case["minutes"] = max(case["minutes"], LEAST_ON_THE_SIDE)
        cases.append(case)
    return cases


def check(case: dict[str, Any], editions: bool = True) -> bool:
    """Builds one combination and checks it; False where it is refused."""
    reasons = [str(one.says) for one in back_massage().contradictions]
    try:
        booklet = build(**case)
    except BadChoice as refusal:
        stated = [reason for reason in reasons if reason in str(refusal)]
        if not stated and "fill at most" not in str(refusal):
            raise
        return False
    assert len(booklet.pages) % 4 == 0
    assert complaints(booklet) == []
    turns = booklet.book.schedule.turns
    assert turns[-1].stop + turns[-1].pause == int(case["minutes"]) * 60
    places = {name.split("-")[1] for name in pictures(booklet) if name.startswith("scene-")}
    assert places <= {case["setup"], "astride" if case.get("astride") == "yes" else case["setup"]}
    wrong = "bare" if case["shirt"] == "on" else "shirt"
    assert not [name for name in pictures(booklet) if name.endswith(f"-{wrong}")]
    if editions:
        screen = booklet.edition("screen")
        assert complaints_about(screen, booklet.pages) == []
        text = set(" ".join(pdf_words(screen)).split())
        assert [words for words in spoken(booklet) if not set(words.split()) <= text] == []
        assert booklet.edition("home").startswith(b"%PDF-1.7")
    return True


def test_every_pair_of_choices_builds_or_is_refused_with_its_reason() -> None:
    cases = pairwise()
    built = sum(check(case) for case in cases)
    assert len(cases) > 40
    assert built == len(cases)


@pytest.mark.slow
@pytest.mark.parametrize("setup", AXES["setup"])
@pytest.mark.parametrize("minutes", AXES["minutes"])
def test_every_combination_builds_or_is_refused_with_its_reason(setup: str, minutes: int) -> None:
    """All are laid out; the files of every second are validated, in which every pair of choices occurs as often."""
    rest = {name: values for name, values in AXES.items() if name not in ("setup", "minutes")}
    built = 0
    for indexes in itertools.product(*(range(len(values)) for values in rest.values())):
        case = {name: values[index] for (name, values), index in zip(rest.items(), indexes, strict=True)}
        built += check(case | {"setup": setup, "minutes": minutes}, editions=sum(indexes) % 2 == 0)
    assert built == (0 if setup == "side" and minutes < LEAST_ON_THE_SIDE else 32)


@pytest.mark.slow
@pytest.mark.parametrize("limit", limits()[1:], ids=lambda one: one[0])
def test_every_limit_with_every_setup_and_time(limit: list[str]) -> None:
    for setup, shirt, large, minutes in itertools.product(
        AXES["setup"], AXES["shirt"], AXES["large_print"], AXES["minutes"]
    ):
        check(
            {"setup": setup, "shirt": shirt, "large_print": large, "minutes": minutes, "limit": limit}, editions=False
        )


@pytest.mark.slow
@pytest.mark.parametrize("minutes", range(8, 91))
def test_every_minute_builds(minutes: int) -> None:
    assert check({"setup": "floor", "shirt": "on", "minutes": minutes}, editions=minutes % 5 == 0)
