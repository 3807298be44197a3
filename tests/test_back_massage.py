"""The built-in routine: every requirement of its brief is carried by a passage or a stroke, whatever is chosen."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise, product
from typing import Any

import pytest

from booklet.conditions import Choices
from booklet.errors import BadChoice
from booklet.model import Dots, Loops, MapView, Name, Pulls, Rings, Route, Routine, Step, Stroke, Words
from booklet.routines import RoutineFile, choose, find_routine, read_routine
from booklet.shapes import Shaper
from booklet.tailoring import tailor
from booklet.timing import schedule

Given = dict[str, str | list[str]]
LIMITS = ("blood-thinners", "osteoporosis", "pregnant", "cleared", "tender")
NOT_TODAY = ("fever", "blood-clot", "injury", "operation", "bone-thinning", "skin", "kidney", "new-pain", "not-sober")
SAFETY = (
    "fever or an infection", "blood clot", "broken bone", "injury or operation", "severe bone thinning", "kidney infection",
    "open wound or infected skin", "unexplained back pain", "too sleepy to say stop", "Get medical help today",
    "pregnancy", "cancer", "blood thinners", "heart disease", "blood pressure", "bone thinning", "diabetes", "numbness",
    "implants, ports or pumps", "spine disease or surgery",
    "press on the bones of the spine", "massage the neck or throat", "crack, twist, thrust, stand or bounce",
    "not medical advice",
)  # fmt: skip
STOP = (
    "the stop word", "sharp or electric pain", "tingling or numbness", "dizz", "sick", "itching", "trouble breathing",
    "emergency help", "chest pain", "very bad headache", "slurred speech", "numb genitals", "bladder or bowel",
)  # fmt: skip
AFTER = ("rest", "water", "ash", "mild ache", "past 3 days", "bruises or numbness")


@cache
def routine_file() -> RoutineFile:
    return read_routine(find_routine("back-massage"))


def tailored(given: Given) -> tuple[Routine, Choices]:
    choices = choose(routine_file(), given)
    return tailor(routine_file(), choices), choices


def texts(value: Any) -> Iterator[str]:
    """Every text in a tailored value, names left out."""
    if isinstance(value, Name):
        return
    if isinstance(value, Words):
        yield str(value).replace("**", "")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, tuple):
        for entry in value:
            yield from texts(entry)


def planned(routine: Routine, choices: Choices) -> str:
    """All texts that the pages of the chosen size show, one below the other."""
    plan = next(plan for plan in routine.plans if plan.plan == choices["pages"])
    shown = [routine.chapters.get(name) or routine.steps[name] for name in plan.pages if name != "cover"]
    return "\n".join(text for entry in shown for text in texts(entry))


def strokes(step: Step, kind: type[Stroke]) -> list[Any]:
    return [one for view in step.views if isinstance(view, MapView) for one in view.strokes if isinstance(one, kind)]


# --- R1–R47 -------------------------------------------------------------------------------------------------------
BARE: Given = {"shirt": "off"}
BED: Given = {"setup": "bed"}
PASSAGES: dict[str, tuple[Given, str]] = {
    # feelings
    "R1": ({}, "This book makes you better at it"),
    "R2": ({}, "Most people love a back massage, but many feel uneasy giving one"),
    "R3": ({}, "Afraid you might hurt someone?"),
    "R4": ({}, "Afraid you’re not good enough, or they won’t like it?"),
    "R5": ({}, "Anyone can learn this"),
    "R6": ({}, "your massage will impress, every time"),
    # set-up
    "R7": ({}, "Lay them face down in comfort"),
    "R8": ({}, "firm but soft is best"),
    "R9": ({}, "No fancy table needed"),
    "R10": (BED, "a bed is fine"),
    "R11": ({}, "mat, towels or blankets"),
    "R12": ({}, "They choose."),
    "R13": ({}, "soft, loose shirt that won’t rub or scrape"),
    # basic rub
    "R14": ({}, "Basic rub"),
    "R15": ({}, "Build up slowly"),
    "R16": ({}, "the whole of both hands flat"),
    "R17": (BARE, "Glide up beside the spine, towards the neck"),
    "R18": ({}, "not full pressure yet"),
    "R19": ({}, "low on the back"),
    "R20": ({}, "up beside the spine, towards the neck"),
    "R21": ({}, "Sweep out across the shoulders"),
    "R22": ({}, "across the shoulders, then down"),
    "R23": ({}, "Make each loop smaller"),
    "R24": ({}, "The whole back relaxes again"),
    # heel circles
    "R25": ({"pages": "20"}, "The heel presses one spot at a time"),
    "R26": ({}, "Draw small circles"),
    "R27": ({}, "Set the heels of both hands low, by the spine"),
    "R28": ({}, "Move out to the side"),
    "R29": ({}, "up one row"),
    "R30": ({}, "then back in"),
    "R31": ({}, "until the whole back is done"),
    # side strokes
    "R32": ({}, "Sit or kneel on their left"),
    "R33": ({}, "hand on top of hand"),
    "R34": ({}, "Press flat fingers in"),
    "R35": ({}, "Slide out from the spine"),
    "R36": ({}, "Return very gently to the spine"),
    "R37": ({}, "Move up a row"),
    "R38": ({}, "After {passes} times, swap sides."),
    # muscle tracks
    "R39": ({}, "two fingers or a thumb low, by the spine"),
    "R40": ({}, "the sausage-like muscle, never the bone"),
    "R41": ({}, "two fingers or a thumb"),
    "R42": ({}, "Circle {times} times a spot"),
    "R43": ({}, "until it feels warm"),
    "R44": ({}, "all the way up one side, then the other"),
    # interludes
    "R45": ({}, "The whole back relaxes again"),
    "R46": ({}, "After each move"),
    "R47": ({}, "a couple of minutes"),
}


def _rub(routine: Routine) -> list[Any]:
    return list(strokes(routine.steps["rub"], Loops)[0].loops)


def _smaller(routine: Routine) -> bool:
    sizes = [(max(x for x, _ in loop), max(y for _, y in loop)) for loop in _rub(routine)]
    return len(sizes) == 4 and all(a > c and b > d for (a, b), (c, d) in pairwise(sizes))


def _zig_zag(routine: Routine) -> bool:
    """The route of the heels: out on the first row, up, in on the next, and no row is left out or done twice."""
    for route in strokes(routine.steps["heels"], Route):
        rows = sorted({y for _, y in route.route})
        inner = min(x for x, _ in route.route)
        for index, row in enumerate(rows):
            along = [x for x, y in route.route if y == row]
            outward = along[0] < along[-1]
            if (index % 2 == 0) != outward or inner not in along:
                return False
        if [y for _, y in route.route] != sorted(y for _, y in route.route):
            return False
    return True


def _out_and_back(routine: Routine) -> bool:
    pulls = strokes(routine.steps["sides"], Pulls)
    return all(one.out[0][0] < one.out[-1][0] and one.back[0][0] > one.back[-1][0] for one in pulls)


# What a picture or a number carries beside the words.
DRAWN: dict[str, Callable[[Routine], bool]] = {
    "R14": lambda routine: [str(one.step) for one in routine.timeline if one.step][:2] == ["hold", "rub"],
    "R16": lambda routine: routine.steps["rub"].hands == "flat",
    "R18": lambda routine: max(routine.steps["rub"].pressure) == 2,
    "R19": lambda routine: all(loop[0] == (0.22, 0.04) for loop in _rub(routine)),
    "R20": lambda routine: all(0.15 < x < 0.25 for loop in _rub(routine) for x, _ in loop[:3]) and strokes(routine.steps["rub"], Loops)[0].side == "both",
    "R21": lambda routine: max(x for x, y in _rub(routine)[0] if y > 0.8) > 0.8,
    "R22": lambda routine: _rub(routine)[0][-1][1] < 0.05,
    "R23": _smaller,
    "R25": lambda routine: routine.steps["heels"].hands == "heel",
    "R27": lambda routine: all(one.route[0] == (0.27, 0.06) for one in strokes(routine.steps["heels"], Route)),
    "R28": _zig_zag,
    "R31": lambda routine: all(one.route[-1][1] > 0.8 for one in strokes(routine.steps["heels"], Route)),
    "R34": lambda routine: routine.steps["sides"].hands == "pads",
    "R35": _out_and_back,
    "R37": lambda routine: len({row for one in strokes(routine.steps["sides"], Pulls) for row in one.pulls}) == 7,
    "R38": lambda routine: routine.steps["sides"].repeat is not None and routine.steps["sides"].repeat.sides == 2,
    "R39": lambda routine: strokes(routine.steps["tracks"], Dots)[0].along[0] < 0.05,
    "R40": lambda routine: strokes(routine.steps["tracks"], Dots)[0].dots == 0.17,
    "R42": lambda routine: routine.steps["tracks"].repeat is not None and routine.steps["tracks"].repeat.times[0] == 5,
    "R44": lambda routine: strokes(routine.steps["tracks"], Dots)[0].side == "both",
    "R46": lambda routine: [str(b.step) for a, b in pairwise([one for one in routine.timeline if one.step]) if a.step in ("heels", "sides", "tracks")] == ["back"] * 3,
    "R47": lambda routine: [turn.seconds for turn in schedule(routine, 30).turns_of("back")] == [120, 120, 120],
}  # fmt: skip


def test_every_requirement_is_listed_once() -> None:
    assert list(PASSAGES) == [f"R{number}" for number in range(1, 48)]
    assert set(DRAWN) <= set(PASSAGES)


@pytest.mark.parametrize("requirement", PASSAGES)
def test_a_passage_carries_the_requirement(requirement: str) -> None:
    given, passage = PASSAGES[requirement]
    assert passage.lower() in planned(*tailored(given)).lower()


@pytest.mark.parametrize("requirement", DRAWN)
def test_a_stroke_or_number_carries_the_requirement(requirement: str) -> None:
    assert DRAWN[requirement](tailored({})[0])


# --- the whole file -----------------------------------------------------------------------------------------------
def test_every_branch_reads() -> None:
    shaper = Shaper(routine_file().options)
    shaper.value(routine_file().body, Routine)
    assert shaper.problems == []


def combinations() -> Iterator[Given]:
    """Every way to lie or sit, dress, oil and hurry, with each limit; the minutes take turns."""
    minutes = ("8", "10", "20", "30", "45", "60", "90")
    ways = product(
        ("floor", "bed", "table", "chair", "side"), ("on", "off"), ("none", "oil", "lotion"), ("no", "yes"), ("full", "focus"),
        (None, *LIMITS),
    )  # fmt: skip
    for number, (setup, shirt, oil, astride, pace, limit) in enumerate(ways):
        given: Given = {"setup": setup, "shirt": shirt, "oil": oil, "astride": astride, "pace": pace}
        if limit:
            given["limit"] = [limit]
        for which in {number % 7, (number * 3 + 2) % 7, (number * 5 + 4) % 7}:
            yield given | {"minutes": minutes[which]}


def contradicts(given: Given) -> bool:
    face_down = given["setup"] not in ("chair", "side")
    return (
        (given["shirt"] == "on" and given["oil"] != "none")
        or (given["astride"] == "yes" and given["setup"] in ("table", "chair", "side"))
        or ("pregnant" in given.get("limit", []) and face_down)
        or (given["setup"] == "side" and given["minutes"] == "8")
    )


def test_every_combination_is_tailored_or_refused_for_a_reason() -> None:
    done = 0
    for given in combinations():
        if contradicts(given):
            with pytest.raises(BadChoice):
                choose(routine_file(), given)
            continue
        routine, choices = tailored(given)
        minutes = choices["minutes"]
        assert isinstance(minutes, int)
        plan = schedule(routine, minutes)
        assert sum(turn.seconds + turn.pause for turn in plan.turns) == minutes * 60, given
        assert all(name in routine.steps for turn in plan.turns for name in [turn.step])
        for name, step in routine.steps.items():
            words = sum(len(line.split()) for line in step.lines)
            assert words <= 60, (name, words)
            assert len(step.dont or "") <= 52, (name, step.dont)
            assert len(step.name) <= 15, name
        assert "osteoporosis" not in given.get("limit", []) or "tracks" not in routine.steps
        done += 1
    assert done > 450


@pytest.mark.parametrize("limit", NOT_TODAY)
def test_what_puts_a_massage_off_is_refused_with_advice(limit: str) -> None:
    with pytest.raises(BadChoice, match="Not today") as refusal:
        choose(routine_file(), {"limit": [limit]})
    assert str(refusal.value).count(".") >= 2  # what is wrong, and what to do


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({"oil": "oil"}, "--shirt off"),
        ({"oil": "lotion"}, "--shirt off"),
        ({"setup": "table", "astride": "yes"}, "--astride no"),
        ({"setup": "chair", "astride": "yes"}, "--setup floor"),
        ({"setup": "side", "astride": "yes"}, "--astride no"),
        ({"limit": ["pregnant"]}, "Choose --setup side or --setup chair."),
        ({"setup": "bed", "limit": ["pregnant"]}, "--setup side"),
        ({"setup": "side", "minutes": "9"}, "--minutes 10"),
        ({"minutes": "7"}, "fewer than 8"),
    ],
)
def test_contradictions_say_what_to_do(given: Given, advice: str) -> None:
    with pytest.raises(BadChoice) as refusal:
        choose(routine_file(), given)
    assert advice in str(refusal.value)


# --- what no booklet may lack ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pages", "large"), [("8", "no"), ("12", "no"), ("16", "no"), ("20", "no"), ("24", "no"), ("24", "yes")]
)
@pytest.mark.parametrize("setup", ["floor", "chair", "side"])
def test_safety_stop_signs_and_after_care_are_in_every_size(pages: str, setup: str, large: str) -> None:
    shown = planned(*tailored({"pages": pages, "setup": setup, "large-print": large}))
    for passage in SAFETY + STOP + AFTER:
        assert passage in shown, (pages, passage)


@pytest.mark.parametrize("setup", ["chair", "side"])
@pytest.mark.parametrize("limit", LIMITS)
def test_limits_change_the_massage(limit: str, setup: str) -> None:
    routine, _ = tailored({"limit": [limit], "setup": setup, "pressure": "firm"})
    cap = {"osteoporosis": 1}.get(limit, 2)
    assert min(routine.pressure.caps) == cap
    words = "\n".join(text for step in routine.steps.values() for text in texts(step)).lower()
    if limit in ("osteoporosis", "blood-thinners", "tender"):
        assert "thumb" not in words
    if limit == "blood-thinners":
        assert strokes(routine.steps["tracks"], Rings)
    assert routine.notices


def test_a_chair_booklet_shows_nobody_lying_down() -> None:
    for pages in ("8", "12", "16", "20", "24"):
        routine, choices = tailored({"setup": "chair", "pages": pages})
        shown = planned(routine, choices).lower()
        assert not any(
            word in shown for word in ("ankle", "lay them down", "roll to the side", "turn the head", "mattress")
        )
        assert routine.cover.scene is not None
        assert routine.cover.scene.picture == "scene-chair-shirt"


FACE_DOWN = (
    "ankle roll", "for the ankles", "under the ankles", "face down", "forehead", "face-rest", "contact lenses",
    "turn the head", "roll to the side", "far half", "across from", "weight work", "let your weight", "lean in on",
)  # fmt: skip


@pytest.mark.parametrize("limit", ["none", *LIMITS])
@pytest.mark.parametrize("pages", ["8", "12", "16", "20", "24"])
def test_a_booklet_for_the_side_has_nobody_face_down(pages: str, limit: str) -> None:
    given: Given = {"setup": "side", "pages": pages, "minutes": "60", "limit": [] if limit == "none" else [limit]}
    routine, choices = tailored(given)
    shown = f"{planned(routine, choices)} {' '.join(texts(routine.steps['turn']))}".lower()
    told = " ".join(text for value in (routine.cover, routine.brief) for text in texts(value)).lower()
    assert [word for word in FACE_DOWN if word in shown or word in told] == []
    assert "pillow" in told
    assert "pillow" in shown
    assert "sit" in shown.split("turn over")[-1]  # and not over the belly
    assert "push up" in shown  # how they get up
    pairs = [
        picture.picture for step in routine.steps.values() if step.pair for picture in (step.pair.do, step.pair.dont)
    ]
    assert set(pairs) <= {"cross-section"}  # the others lean on someone who lies face down


def test_on_the_side_they_turn_over_once_and_each_half_has_every_move() -> None:
    moves = ["rub", "heels", "back", "sides", "back", "tracks"]
    for minutes, more in (("10", []), ("30", []), ("60", ["favourite"])):
        routine, _ = tailored({"setup": "side", "minutes": minutes})
        turns = [str(turn.step) for turn in schedule(routine, int(minutes)).turns]
        assert turns == ["hold", *moves, "turn", *moves, *more, "finish"]
        assert all(step.repeat is None or step.repeat.sides == 1 for step in routine.steps.values())
    less = tailored({"setup": "side", "minutes": "10", "pace": "focus", "limit": ["osteoporosis"]})[0]
    assert [turn.step for turn in schedule(less, 10).turns] == [
        "hold",
        "rub",
        "heels",
        "turn",
        "rub",
        "heels",
        "finish",
    ]


@pytest.mark.parametrize(("first", "lies_on"), [("right", "left"), ("left", "right")])
def test_the_half_that_comes_first_is_the_one_on_top(first: str, lies_on: str) -> None:
    routine, choices = tailored({"setup": "side", "start-side": first})
    assert f"Lay them on the {lies_on} side" in planned(routine, choices)
    assert f"Lay them on the {first} side" not in planned(routine, choices)
    scene = routine.cover.scene
    assert scene is not None
    assert scene.shows == "right"  # so that it is mirrored where the left half comes first
    assert f"lies on the {lies_on} side" in scene.alt
    drawn = [
        stroke
        for step in routine.steps.values()
        for view in step.views
        if isinstance(view, MapView)
        for stroke in view.strokes
    ]
    assert {stroke.side for stroke in drawn} == {"start"}


def test_lying_on_the_side_while_pregnant_is_light_and_off_the_low_back() -> None:
    given: Given = {"setup": "side", "limit": ["pregnant"], "pressure": "firm"}
    routine, _ = tailored(given)
    assert min(routine.pressure.caps) == 2
    assert "lying on the side, never flat on the back" in " ".join(routine.notices)
    assert "best" not in routine_file().options["start-side"].help  # either side will do
    for pages in ("8", "12", "16", "20", "24"):
        shown = planned(*tailored(given | {"pages": pages}))
        assert re.search("(?i)never (lie )?flat on", shown), pages
        assert "never on the back" not in shown, pages
        # what to stop for, where the stop signs are, and what puts it off
        for sign in ("bleeding", "leaking", "tightenings", "baby moving less", "headache", "blurred", "swelling"):
            assert sign in shown, (pages, sign)
        assert "maternity unit" in shown, pages
        assert "heavy bleeding, sharp or constant belly pain" in shown, pages  # an emergency
        assert "high-risk pregnancy" in shown or pages == "8", pages
        for firm in ("light to medium", "firm but easy", "medium: it works", "full pressure"):
            assert firm not in shown, (pages, firm)
    for passage in ("doctor’s or midwife’s OK", "stay long on the low back", "round to the belly"):
        assert passage in shown
    assert routine.cover.scene is not None
    assert routine.cover.scene.picture == "scene-side-lying-b-shirt"
    assert routine.maps["back"].picture == "back-b-shirt"


def test_a_scene_matches_the_choices() -> None:
    for setup, shirt in product(("floor", "bed", "table", "chair", "side"), ("on", "off")):
        routine, _ = tailored({"setup": setup, "shirt": shirt})
        place = "side-lying" if setup == "side" else setup
        expected = f"scene-{place}-{'bare' if shirt == 'off' else 'shirt'}"
        scenes = (routine.cover.scene, routine.chapters["set-up"].view)
        assert [getattr(scene, "picture", None) for scene in scenes] == [expected, expected]
        body = "bare" if shirt == "off" else "shirt"
        pictures = [
            view.picture for step in routine.steps.values() for view in step.views if not isinstance(view, MapView)
        ]
        assert all(name.endswith(body) for name in (*pictures, routine.maps["back"].picture))


def test_oil_brings_its_own_checks() -> None:
    plain = planned(*tailored({"shirt": "off"}))
    oiled = planned(*tailored({"shirt": "off", "oil": "oil"}))
    for passage in (
        "nut-free oil",
        "no allergy to nuts or seeds",
        "skin test yesterday",
        "no lit candle",
        "Wipe your hands",
        "slippery feet",
    ):
        assert passage in oiled
        assert passage not in plain


def test_pressing_strokes_keep_off_the_spine() -> None:
    """A pressing contact keeps its inner edge 0.07 x-units (1.3 cm) from the middle."""
    routine, _ = tailored({"shirt": "off"})
    wide = routine.maps["back"].unit_cm[0]
    for route in strokes(routine.steps["heels"], Route):
        assert min(x for x, _ in route.route) - (1.5 + 2) / wide >= 0.07
    dots = strokes(routine.steps["tracks"], Dots)[0]
    assert dots.dots - 1 / wide >= 0.07
    assert min(x for one in strokes(routine.steps["sides"], Pulls) for x, _ in one.out) >= 0.07


def test_clock_times_of_the_brief() -> None:
    expected = {
        8: [15, 60, 80, 30, 95, 30, 125, 15, 30],
        10: [15, 70, 90, 55, 95, 55, 125, 40, 55],
        20: [15, 150, 195, 120, 195, 120, 210, 75, 120],
        30: [30, 240, 300, 120, 300, 120, 330, 120, 180],
        60: [45, 300, 375, 180, 375, 180, 405, 165, 300, 165, 300, 165, 300, 225],
    }
    for minutes, seconds in expected.items():
        routine, _ = tailored({"minutes": str(minutes)})
        assert [turn.seconds for turn in schedule(routine, minutes).turns] == seconds


def test_focus_leaves_out_the_last_rub_and_then_the_side_strokes() -> None:
    steps = {}
    for minutes in (8, 12, 15):
        routine, _ = tailored({"minutes": str(minutes), "pace": "focus"})
        steps[minutes] = [turn.step for turn in schedule(routine, minutes).turns]
        assert any("Fewer steps" in notice for notice in routine.notices) == (minutes < 15)
    assert steps[8] == ["hold", "rub", "heels", "back", "tracks", "finish"]
    assert steps[12] == ["hold", "rub", "heels", "back", "sides", "back", "tracks", "finish"]
    assert steps[15] == ["hold", "rub", "heels", "back", "sides", "back", "tracks", "back", "finish"]
