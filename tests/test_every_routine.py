"""Every routine in every language: pairs of choices, dealt out over sizes, themes, editions, shops, brands and formats.

Each file goes through the validators. BOOKLET_SWEEP=1000 adds as many combinations at random to each routine and language.
"""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import test_formats
from booklets import complaints, pdf_words, spoken, texts
from screens import complaints_about
from spoken import Reader

from booklet import building
from booklet.branding import find_brand, read_brand
from booklet.brands import Brand
from booklet.building import Booklet, Request, make, make_loose
from booklet.combining import Case, combine, refused
from booklet.editions import Printing
from booklet.errors import BadChoice, DoesNotFit, NoPlan
from booklet.findings import Limits
from booklet.folders import folder, routine_names
from booklet.inspecting import inspect
from booklet.items import Field, walk
from booklet.languages import own_words
from booklet.loose import LOOSE
from booklet.model import Words
from booklet.proofing import report
from booklet.reading import Scalar
from booklet.routines import RoutineFile, Translation, plan_sizes, read_routine
from booklet.shops import find_shop, read_shop, shop_names
from booklet.text import plain
from booklet.texts import texts_of
from booklet.translating import in_language, languages_of, translated

MORE = int(os.environ.get("BOOKLET_SWEEP", "0"))
KEPT = 8  # one in so many screen editions is kept for veraPDF
SEEN = 16  # one in so many booklets with photos is printed in other inks and proofed: its photos take half a minute
THEMES = ("still", "bright", "ink-saver", "full", "line")
WAYS = tuple(
    Printing(flip, duplex, backs, gsm, ink)  # type: ignore[arg-type]
    for flip, duplex, backs, gsm, ink in (
        ("short", "auto", "last-first", 80, "colour"),
        ("long", "auto", "last-first", 120, "grey"),
        ("short", "manual", "first-first", 60, "line"),
        ("short", "singles", "last-first", 100, "grey"),
    )
)
PEOPLE = (("", ""), ("Anna", ""), ("", "Ben"), ("Katharina Bergmann", "Jean-Christophe de Montgomery"))


@cache
def routine(name: str, language: str = "") -> RoutineFile:
    return in_language(read_routine(folder("templates") / "routines" / f"{name}.yaml"), language)


SPOKEN = [(name, language) for name in routine_names() for language in languages_of(routine(name))]
FALLING = list(zip(routine_names(), cycle(("de", "es", "fr")), strict=False))


@cache
def brand(name: str, own_choices: bool = False) -> Brand:
    """An example's brand; what it chooses and offers is meant for the back massage alone."""
    read = read_brand(find_brand(name))
    return read if own_choices else replace(read, choices=None, offers=None)


def at_random(file: RoutineFile, count: int) -> Iterator[Case]:
    """Combinations that the routine doesn't refuse, the same in each run."""
    pick = random.Random(f"{file.path.stem} {file.language}")
    while count:
        given: dict[str, str | list[str]] = {}
        for option in file.own_options:
            if option.range:
                given[option.name] = str(pick.randint(*option.range))
            elif option.several:
                given[option.name] = pick.sample(list(option.choices), pick.choice((0, 0, 1, 1, 2)))
            else:
                given[option.name] = pick.choice(list(option.choices))
        large, size = pick.random() < 0.25, pick.choice((0, 0, *sorted(plan_sizes(file))))
        case = Case(given, pick.choice(("a4", "letter")), large, size)
        if not refused(file, case.choices(file.options)):
            count -= 1
            yield case


def proof(data: bytes) -> list[str]:
    """What the program's own proof finds to mend; fonts that aren't in the file among it."""
    lines = report(inspect(data, "x.pdf"), Limits(), "not measured here").lines
    return [f"{line.name}: {line.says} {line.places[:2]}" for line in lines if line.verdict == "fail"]


def about(booklet: Booklet, keep: bool, proofed: bool) -> list[str]:
    """What is wrong with a booklet's pages, its screen edition and its home edition."""
    screen = booklet.edition("screen")
    found = complaints(booklet) + complaints_about(screen, booklet.pages, keep)
    shown = set(" ".join(pdf_words(screen)).split())
    gives_way = {str(booklet.book.say(one.sub)) for one in booklet.routine.chapters.values() if one.sub and one.view}
    asked = [words for words in spoken(booklet) if not (booklet.book.large and words in gives_way)]
    found += [f"“{words}” isn't shown" for words in asked if not set(words.split()) <= shown]
    files = (screen, *booklet.files("home").values())
    return found + [line for data in files if proofed for line in proof(data)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_every_pair_of_choices_in_every_edition_and_format(name: str, language: str) -> None:
    file = routine(name, language)
    built, wrong = tried(file, (*combine(file).cases, *at_random(file, MORE)))
    assert wrong == []
    assert built > 8


@pytest.mark.slow
@pytest.mark.parametrize("every", [0, 2])
@pytest.mark.parametrize(("name", "language"), FALLING)
def test_texts_without_a_translation_in_every_edition_and_format(name: str, language: str, every: int) -> None:
    """A third of the pairs, with no text in the booklet's language, and with every second one."""
    own = routine(name)
    done = in_language(own, language).translated
    texts_done = dict(list(done.texts.items())[::every]) if done and every else {}
    file = translated(own, Translation(language, "made.yaml", own.body.place, texts_done, {}))
    built, wrong = tried(file, combine(file).cases[::3])
    assert wrong == []
    assert built > 3


def tried(file: RoutineFile, cases: tuple[Case, ...]) -> tuple[int, list[str]]:
    """How many combinations could be built, and what is wrong with them."""
    forms, shops = cycle(LOOSE), cycle(read_shop(find_shop(one)) for one in shop_names())
    brands = cycle((None, brand("stillwater"), None, None, brand("maison-corail")))
    built, wrong = 0, []
    for index, case in enumerate(cases):
        theme, way, (receiver, giver) = (one[index % len(one)] for one in (THEMES, WAYS, PEOPLE))
        request = Request(case.paper, theme, case.large, case.pages or None, receiver, giver, printing=way)
        request = replace(request, brand=next(brands))
        form, shop = next(forms), next(shops)
        found: list[str] = []
        try:
            loose = make_loose(
                form, file, case.given, replace(request, large_print=False, pages=None, printing=WAYS[0])
            )
            proofed = index % SEEN == 1 or not any(page.photos for page in loose.pages)
            data = loose.loose(form)
            found += [*test_formats.complaints(form, loose.pages), *(proof(data) if proofed else ())]
            if index % 4 == 1 and proofed:
                bound = make(file, case.given, replace(request, shop=shop, paper=shop.paper, pages=None))
                found += [line for data in bound.files("shop").values() for line in proof(data)]
            request = request if proofed else replace(request, printing=WAYS[0])
            found += about(make(file, case.given, request), index % KEPT == 0, proofed)
            built += 1
        except NoPlan:
            continue
        except BadChoice as refusal:
            if "fill at most" not in str(refusal):  # other reasons are contradictions, which aren't tried
                raise
        except DoesNotFit as error:
            if not (case.pages and " can hold it" in str(error)):  # another size is told
                found.append(str(error))
        wrong += [f"{index} {form} {case.flags(file.options)}: {one}" for one in found]
    return built, wrong


# --- languages ------------------------------------------------------------------------------------------------------
WORD = re.compile(r"\{[^{}]*\}|:[a-z]{2,3}\[[^]]*\]|[^\W\d_]+")
KEYS = ("paper", "in-english", "date", "date-first", "months")


def marked(text: str) -> str:
    """The text as it would be in a language whose words all end in ß, as long as it was."""
    return WORD.sub(lambda found: found[0] if found[0][0] in "{:" else f"{found[0][:-1]}ß", text)


def heard(data: bytes) -> Iterator[tuple[str, str]]:
    """Every text that is seen or said in a screen edition, with the language that it is said in."""
    reader = Reader(data)

    def visit(element: Any, language: str) -> Iterator[tuple[str, str]]:
        language = str(element.get("/Lang", language))
        said = [str(element[key]) for key in ("/Alt", "/ActualText") if key in element]
        yield from ((language, one) for one in said)
        for kid in reader.kids(element):
            if isinstance(kid, int):
                if not said:
                    yield language, reader.runs[reader.pages[element.Pg.objgen]][kid]
            elif kid.get("/Type") == "/OBJR":
                yield from ((language, str(kid.Obj[key])) for key in ("/TU", "/Contents") if key in kid.Obj)
            else:
                yield from visit(kid, language)

    assert isinstance(reader.pdf, pikepdf.Pdf)
    yield from visit(reader.root(), str(reader.pdf.Root.Lang))


def misnamed(data: bytes) -> list[tuple[str, str]]:
    """Texts of which words are in another language than is said."""
    found = []
    for language, text in heard(data):
        words = [word.endswith("ß") for word in re.findall(r"[^\W\d_]{2,}", text) if word not in ("Anna", "Ben")]
        if not all(words) if language == "de" else any(words):
            found.append((language, text))
    return found


@pytest.mark.parametrize("name", routine_names())
@pytest.mark.parametrize("done", ["nothing", "everything"])
def test_each_word_is_in_the_language_that_is_said(name: str, done: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no text translated all but the booklet's own words are English; with all translated nothing is."""

    def words(tag: str) -> dict[str, str]:
        own = own_words(tag)
        return {key: one if key in KEYS else marked(one) for key, one in own.items()} if tag == "de" else own

    monkeypatch.setattr(building, "own_words", words)
    own = routine(name)
    done_texts = {
        text: Scalar(marked(text), True, uses[0].place) for text, uses in texts_of(own).items() if done == "everything"
    }
    file = translated(own, Translation("de", "made.yaml", own.body.place, done_texts, {}))
    for request in (Request(), Request(large_print=True, receiver="Anna", giver="Ben")):
        try:
            booklet = make(file, {}, request)
        except DoesNotFit:
            assert request.large_print  # ß is a wide letter
            continue
        assert misnamed(booklet.edition("screen")) == []


def test_words_that_are_in_english_for_want_of_others_say_so() -> None:
    """A routine in a language that the program has no words in."""
    own = routine("stretch")
    texts_in_italian = {text: Scalar(text, True, uses[0].place) for text, uses in texts_of(own).items()}
    file = translated(own, Translation("it", "made.yaml", own.body.place, texts_in_italian, {}))
    said = {(language, text.strip()) for language, text in heard(make(file, {}, Request()).edition("screen"))}
    assert said >= {("en", "Repeat:"), ("it", "A morning stretch")}


def test_nobody_gives_where_there_is_no_giver() -> None:
    for name in ("stretch", "paper-cup"):
        for size in sorted(plan_sizes(routine(name))):
            try:
                pages = make(routine(name), {}, Request(pages=size)).pages
            except NoPlan:
                continue
            labels = [str(item.label) for page in pages for item in walk(page.items) if isinstance(item, Field)]
            assert not {"Giver", "Receiver"} & set(labels)
            assert not [
                one for page in pages for one in texts(page) if re.search(r"\b(giver|receiver)\b", one.text, re.I)
            ]


# --- what the sweep found -------------------------------------------------------------------------------------------
def test_the_line_under_a_title_is_shown_with_a_picture_too() -> None:
    booklet = make(routine("desk"), {}, Request())
    assert "Two minutes, before the clock starts." in " ".join(pdf_words(booklet.edition("screen")))


def test_a_badge_keeps_off_the_title_over_its_picture() -> None:
    given: dict[str, str | list[str]] = {"setup": "bed", "astride": "yes", "start-side": "left", "minutes": "8"}
    assert complaints(make(routine("back-massage", "es"), given, Request(pages=12))) == []


def test_long_names_stand_on_two_lines() -> None:
    request = Request("letter", large_print=True, receiver="Katharina Bergmann", giver="Jean-Christophe")
    booklet = make(routine("desk"), {}, request)
    assert complaints(booklet) == []
    for page in (booklet.pages[0], booklet.pages[-1]):
        assert [one.text for one in texts(page) if "Kath" in one.text or "Jean" in one.text] == [
            "For Katharina Bergmann",
            "from Jean-Christophe",
        ]


def test_a_brand_s_welcome_gives_way_and_that_is_told() -> None:
    spa = brand("stillwater")
    assert spa.welcome
    wordy = replace(spa, welcome=Words(" ".join([spa.welcome] * 8), spa.welcome.place))
    with_it, without = (make(routine("back-massage"), {}, Request("letter", brand=one)) for one in (spa, wordy))
    assert [one for one in with_it.remarks if "`welcome`" in one] == []
    assert "Page 2 has no room for `welcome` of Stillwater Spa." in without.remarks
    assert complaints(without) == []


def test_what_a_brand_says_of_safety_gives_way_to_what_the_routine_says() -> None:
    given: dict[str, str | list[str]] = {"limit": ["light-headed", "pregnant", "back", "thin-bones"], "hold": "short"}
    for language in ("es", "fr"):
        request = Request("letter", large_print=True, brand=brand("stillwater"))
        booklet = make(routine("stretch", language), given, request)
        assert complaints(booklet) == []
        assert "Page 3 has no room for `safety` of Stillwater Spa." in booklet.remarks


@pytest.mark.parametrize(
    ("form", "paper", "language", "given"),
    [
        ("poster", "letter", "de", {"setup": "side", "limit": ["pregnant"], "minutes": "60"}),
        ("poster", "letter", "fr", {"setup": "side", "limit": ["pregnant"], "minutes": "45"}),
        ("cards", "letter", "de", {"setup": "side", "shirt": "off", "minutes": "90", "pace": "focus"}),
        ("cards", "a4", "en-gb", {"setup": "chair", "shirt": "off", "start-side": "left", "minutes": "90"}),
        ("poster", "letter", "en-gb", {"setup": "chair", "start-side": "left", "minutes": "21"}),
    ],
)
def test_what_didn_t_fit_does(form: str, paper: str, language: str, given: dict[str, str | list[str]]) -> None:
    booklet = make_loose(form, routine("back-massage", language), given, Request(paper))
    assert list(test_formats.complaints(form, booklet.pages)) == []
    shown = set(" ".join(pdf_words(booklet.loose(form))).split())
    brief = booklet.routine.brief
    for listed in (brief.never, brief.stop, brief.today, brief.help):
        assert listed
        assert [one for one in listed.list if not set(plain(one).split()) <= shown] == []


@pytest.mark.parametrize("form", ["poster", "cards", "zine"])
def test_how_to_end_has_no_time_where_the_last_step_has_its_own(form: str, tmp_path: Path) -> None:
    """The clock at the finish is that of a turn without a number, such as the last rub; not a numbered step's."""
    own, usual = routine("stretch"), make_loose(form, routine("stretch"), {}, Request())
    last = usual.book.schedule.turns[-1]
    assert not usual.routine.steps[last.step].numbered
    time = f"{last.start // 60}:{last.start % 60:02d}–"
    assert [one for page in usual.pages for one in texts(page) if one.text.startswith(time)] != []
    whole = own.path.read_text()
    counted = re.sub(r"(    name: Stand and breathe\n    look: still\n)    numbered: no\n", r"\1", whole)
    assert counted != whole
    (tmp_path / "stretch.yaml").write_text(counted)
    file = read_routine(tmp_path / "stretch.yaml")
    booklet = make_loose(form, file, {}, Request())
    assert booklet.routine.steps[last.step].numbered
    head = str(booklet.routine.brief.finish.head)  # type: ignore[union-attr]
    page = next(page for page in booklet.pages if any(one.text == head for one in texts(page)))
    shown = [one for one in texts(page) if one.text.startswith(time)]
    assert len(shown) == (1 if form == "poster" else 0)  # on the wall chart the step's own row is on the same page
