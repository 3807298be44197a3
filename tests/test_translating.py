"""Translations: what is read, refused and shown, and that nothing but the words is different."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from booklets import pdf_words
from conftest import HERE, MINIMAL, Done
from screens import complaints_about
from spoken import spoken as heard

from booklet.building import Booklet, Request, make, make_loose
from booklet.errors import BadChoice, InvalidFile
from booklet.examining import examine
from booklet.folders import folder, routine_names
from booklet.items import Group, walk
from booklet.languages import catalogues, own_words, paper_of, written_date
from booklet.reading import Scalar
from booklet.routines import RoutineFile, Translation, choose, read_routine
from booklet.saying import spoken, word
from booklet.texts import as_file, texts_of
from booklet.translating import in_language, languages_of, stale, translated

TEA = HERE / "tea.de.yaml"  # minimal.yaml in German
LANGUAGES = ("de", "es", "fr")
SETUPS = ("floor", "bed", "table", "chair", "side")


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """The smallest routine, with German beside it."""
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text())
    (tmp_path / "tea.de.yaml").write_text(TEA.read_text().replace("of: minimal", "of: tea"))
    return path


def changed(path: Path, old: str, new: str) -> RoutineFile:
    """The routine, after a change in its German."""
    german = path.with_name("tea.de.yaml")
    text = german.read_text()
    assert text.count(old) == 1
    german.write_text(text.replace(old, new))
    return read_routine(path)


def german(path: Path, **request: Any) -> Booklet:
    return make(in_language(read_routine(path), "de"), {}, Request(**request))


def problems(path: Path, lang: str = "de") -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        in_language(read_routine(path), lang)
    return [
        f"{Path(one.place.file).name}:{one.place.line}:{one.place.column}: {one.message}"
        for one in caught.value.problems
    ]


def language_of(file: Path) -> str:
    """The language that a PDF file says it is in."""
    with pikepdf.open(file) as pdf:
        return str(pdf.Root.Lang)


# --- texts ----------------------------------------------------------------------------------------------------------
def test_texts_are_what_has_letters_each_once() -> None:
    found = texts_of(read_routine(MINIMAL))
    assert list(found)[:4] == ["A cup|of tea", "Two steps", "Where you drink it.", "At home"]
    assert not {"-", "{place}", "tea", "home", "wave", "back-a-bare", "en-gb"} & found.keys()
    uses = texts_of(read_routine(folder("templates") / "routines" / "back-massage.yaml"))["the stop word"]
    assert len(uses) > 1
    assert uses == sorted(uses, key=lambda use: use.place)


def test_a_file_for_translators_is_read_back(tea: Path) -> None:
    file = read_routine(tea)
    done = {text: f"{text} " for text in texts_of(file)}
    tea.with_name("tea.fr.yaml").write_text(as_file(file, "fr", done))
    again = in_language(file, "fr")
    assert again.missing == ()
    assert list(stale(again, again.translated)) == []  # type: ignore[arg-type]
    assert as_file(file, "fr", done) == as_file(read_routine(tea), "fr", done)


def test_odd_letters_and_long_texts_come_back(tmp_path: Path) -> None:
    odd = '“a” \\ "b" : # \u00a0 \u202f \u2028 é ' + "long " * 300
    path = tmp_path / "tea.yaml"
    path.write_text(MINIMAL.read_text().replace("alt: A loop round the pot.", f"alt: {json.dumps(odd)}"))
    file = read_routine(path)
    text = next(text for text in texts_of(file) if "long" in text)
    path.with_name("tea.fr.yaml").write_text(as_file(file, "fr", {text: text}))
    assert text in in_language(file, "fr").translated.texts  # type: ignore[union-attr]


def test_the_command_keeps_adds_and_drops(tea: Path, run: Callable[..., Done]) -> None:
    done = run("texts", "tea.yaml", "--lang", "de")
    assert done.out == (
        "tea.de.yaml: 30 texts, 30 in German, 0 to translate.\n"
        "Nothing is left to translate. See how it fits: `booklet check tea.de.yaml`.\n"
    )
    tea.write_text(tea.read_text().replace("**Pour** slowly.", "**Pour** it slowly.").replace("label: Pour", "label: Now pour"))  # fmt: skip
    done = run("texts", "tea.yaml", "--lang", "de")
    assert done.out.startswith("tea.de.yaml: 31 texts, 29 in German, 2 to translate; 1 left out that the routine no longer has.\n")  # fmt: skip
    assert "Write each translation between the quotes" in done.out
    text = tea.with_name("tea.de.yaml").read_text()
    assert '# was "**Pour** slowly.": "**Gieß** langsam."\n  "**Pour** it slowly.": ""\n' in text
    assert '"Pour": "Gießen"' in text
    run("texts", "tea.yaml", "--lang", "it", "--out", "made")
    assert (tea.parent / "made" / "tea.it.yaml").read_text().count('": ""') == 31


def test_items_are_counted_as_explain_counts_them(tea: Path, run: Callable[..., Done]) -> None:
    tea.write_text(tea.read_text().replace('- "**Pour** slowly."', '- {when: {place: home}, use: "**Pour** slowly."}'))
    run("texts", "tea.yaml", "--lang", "fr")
    text = tea.with_name("tea.fr.yaml").read_text()
    assert re.search(r'# line \d+: steps\.pour\.lines\.1\n  "\*\*Pour\*\* slowly\."', text)
    assert ": contradictions.1.says\n" in text
    assert "steps.pour.lines.1 “Pour slowly.”" in run("explain", "tea.yaml").out


def test_a_translation_of_what_comes_with_the_program_is_written_here(run: Callable[..., Done], tmp_path: Path) -> None:
    before = sorted((folder("templates") / "routines").iterdir())
    done = run("texts", "back-massage", "--lang", "it")
    assert re.match(r"back-massage.it.yaml: \d+ texts, 0 in it, \d+ to translate.\nLay a copy of .*back-massage.yaml beside it", done.out)  # fmt: skip
    assert (tmp_path / "back-massage.it.yaml").is_file()
    assert sorted((folder("templates") / "routines").iterdir()) == before


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("German", "`German` is no language: write its short name in small letters, such as de or es-mx"),
        ("en", "tea.yaml is in English already"),
    ],
)
def test_the_command_refuses(lang: str, message: str, tea: Path, run: Callable[..., Done]) -> None:
    assert run("texts", tea.name, "--lang", lang) == Done(1, "", f"{message}\n")


# --- reading --------------------------------------------------------------------------------------------------------
def test_all_texts_are_translated_and_know_their_line_there(tea: Path) -> None:
    file = in_language(read_routine(tea), "de")
    assert file.missing == ()
    assert file.options["place"].help == "Wo du ihn trinkst."
    assert file.options["place"].choices["garden"].place.file.endswith("tea.de.yaml")
    with pytest.raises(BadChoice, match="Seife trinkt man nicht"):
        choose(file, {"milk": ["soap"]})
    booklet = german(tea)
    assert booklet.routine.language == "de"
    assert booklet.routine.steps["pour"].name == "Gießen"
    assert booklet.routine.steps["pour"].name.place.line == 29
    words = " ".join(pdf_words(booklet.edition("screen")))
    assert "Siehe Seite" in words
    assert " at " not in words


def test_inside_of_the_routine(tea: Path) -> None:
    beside = german(tea)
    texts = "".join(f"  {line}\n" for line in tea.with_name("tea.de.yaml").read_text().partition("texts:\n")[2].splitlines())  # fmt: skip
    tea.with_name("tea.de.yaml").unlink()
    tea.write_text(f"{tea.read_text()}\ntranslations:\n  de:\n{texts}")
    inside = german(tea)
    assert [page.items for page in inside.pages] == [page.items for page in beside.pages]
    assert inside.routine.steps["pour"].name.place.file == str(tea)
    tea.with_name("tea.de.yaml").write_text(TEA.read_text())
    assert problems(tea) == ["tea.yaml:102:5: the translation `de` stands in tea.de.yaml, too: keep one of the two"]


def test_the_same_words_give_the_same_pages(tea: Path, massage: RoutineFile) -> None:
    """Translated to itself, a routine gives the same bytes."""
    for file, given in ((read_routine(tea), {}), (massage, {"setup": "side", "limit": ["pregnant"], "minutes": "45"})):
        texts = {text: Scalar(text, True, uses[0].place) for text, uses in texts_of(file).items()}
        own = Translation(file.language, str(file.path), file.body.place, texts, {})
        same = replace(translated(file, own), translated=None, source=None)
        assert make(same, given, Request()).files("screen") == make(file, given, Request()).files("screen")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("language: de", "language: fr", "tea.de.yaml:1:11: expected de, as tea.de.yaml is called, found `fr`"),
        ("of: tea", "of: coffee", "tea.de.yaml:2:5: expected tea, as tea.de.yaml is called, found `coffee`"),
        ("texts:", "words:", "tea.de.yaml:3:1: `words` isn't known here; expected language, of, texts"),
        ("of: tea\n", "", "tea.de.yaml:1:1: `of` is missing: the name of the routine"),
        (
            '"{minutes} Minuten"',
            '"{minuten} Minuten"',
            "tea.de.yaml:17:24: the translation has {minuten}, which the text doesn't have; did you mean `minutes`?",
        ),
        (
            "**Schwenk** sie",
            "Schwenk sie",
            "tea.de.yaml:25:34: the text has 1 part in bold letters, between `**` and `**`, and the translation none",
        ),
    ],
)
def test_wrong_translations(old: str, new: str, message: str, tea: Path) -> None:
    changed(tea, old, new)
    assert message in problems(tea)


def test_languages_that_there_are(tea: Path, run: Callable[..., Done]) -> None:
    file = read_routine(tea)
    assert languages_of(file) == ["en-gb", "de"]
    assert in_language(file, "en") is file
    done = run("build", "tea.yaml", "--lang", "it")
    assert done.err == "`it` is no language of tea: en-gb (English), de (German)\n"
    assert "; did you mean `de`?" in run("build", "tea.yaml", "--lang", "german").err
    assert "back-massage.de" not in routine_names()
    assert "`it` is no language of back-massage: en-gb (English), de (German), es (Spanish), fr (French)" in run("build", "--lang", "it").err  # fmt: skip


# --- texts without a translation ------------------------------------------------------------------------------------
def test_what_is_missing_is_shown_and_told(tea: Path, run: Callable[..., Done]) -> None:
    changed(tea, '"**Gieß** langsam."', '""')
    booklet = german(tea)
    told = f"1 text has no German: shown in English; `booklet check {tea} --lang de` lists them."
    assert booklet.remarks[0] == told
    spans = [item for page in booklet.pages for item in walk(page.items) if isinstance(item, Group) and item.language]
    assert {item.language for item in spans} == {"en-gb"}
    assert "Pour" in "".join(getattr(one, "text", "") for item in spans for one in item.items)
    done = run("check", "tea.yaml", "--lang", "de")
    assert "tea.yaml:73:9: warning W401: `**Pour** slowly.` has no German (de): shown in English" in done.err
    assert "W401" not in run("check", "tea.yaml", "--lang", "en").err
    assert "W401" in run("check", "tea.yaml").err
    assert "W401" in run("check", "tea.de.yaml").err


def test_a_language_that_the_program_has_no_words_in(tea: Path) -> None:
    tea.with_name("tea.it.yaml").write_text(as_file(read_routine(tea), "it", {"Pour": "Versa"}))
    booklet = make(in_language(read_routine(tea), "it"), {}, Request())
    assert booklet.remarks[:2] == (
        "The booklet’s own words have no it: they stand in English.",
        f"29 texts have no it: shown in English; `booklet check {tea} --lang it` lists them.",
    )


def test_titles_without_a_translation_say_their_language(tea: Path) -> None:
    for text in ('"Eine Tasse|Tee"', '"Heiß!"', '"Kanne wärmen"', '"Eine Runde um die Kanne."'):
        changed(tea, text, '""')
    groups = [one for page in german(tea).pages for one in walk(page.items) if isinstance(one, Group)]
    spoken = {one.role for one in groups if one.language == "en-gb"}
    assert spoken >= {"H1", "Span"}


def test_texts_that_are_gone_are_told_with_the_one_that_is_meant(tea: Path) -> None:
    file = in_language(changed(tea, '"**Pour** slowly."', '"**Poor** slowly."'), "de")
    assert file.translated
    (problem,) = stale(file, file.translated)
    assert problem.message == "the routine has no text `**Poor** slowly.`; did you mean `**Pour** slowly.`?"
    assert problem.place.line == 30


def test_what_doesnt_fit_is_told_with_the_line_of_the_translation(tea: Path) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterung"
    changed(tea, '"Siehe Seite', f'"{long} Siehe Seite')
    report = examine(tea, lang="de")
    assert [(Path(one.place.file).name, one.place.line) for one in report.errors] == [("tea.de.yaml", 32)]
    assert "mm wider than its column" in report.errors[0].message


# --- the command line -----------------------------------------------------------------------------------------------
def test_the_flag_and_the_setting(
    tea: Path, run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOOKLET_NO_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert run("build", "tea.yaml", "--lang", "de", "--edition", "screen", "--quiet").code == 0
    made = (tmp_path / "tea-screen.pdf").read_bytes()
    assert language_of(tmp_path / "tea-screen.pdf") == "de"
    run("config", "lang", "de")
    assert run("build", "tea.yaml", "--edition", "screen", "--out", "set.pdf", "--quiet").code == 0
    assert (tmp_path / "set.pdf").read_bytes() == made
    tea.with_name("tea.de.yaml").unlink()  # a setting is for the routines that have the language
    assert run("build", "tea.yaml", "--edition", "screen", "--quiet").code == 0
    assert run("config", "lang", "German").err == "`German` is no language: write its short name, such as de or es-mx\n"
    assert "Wo du ihn trinkst" not in run("build", "tea.yaml", "--help").out


def test_help_is_in_the_language(tea: Path, run: Callable[..., Done]) -> None:
    assert "Wo du ihn trinkst." in run("build", "tea.yaml", "--lang", "de", "--help").out
    assert "Wo du ihn trinkst." in run("options", "tea.yaml", "--lang=de").out


def test_what_a_file_was_built_from(tea: Path, run: Callable[..., Done]) -> None:
    run("build", "tea.yaml", "--lang", "de", "--edition", "screen", "--quiet")
    told = run("inspect", "tea-screen.pdf").out
    assert re.search(r"  lang        de, tea.de.yaml, sha256 [0-9a-f]{16}\n", told)
    assert "--lang de" in told.splitlines()[-1]
    run("build", "tea.yaml", "--edition", "screen", "--quiet")
    assert "lang" not in run("inspect", "tea-screen.pdf").out


def test_a_routine_without_a_translation_falls_back_whole(tea: Path, run: Callable[..., Done]) -> None:
    """The booklet's own words are in the language, all texts are shown in the routine's own, and that is told."""
    done = run("build", "tea.yaml", "--lang", "fr", "--edition", "screen")
    assert done.code == 0, done.err
    assert "texts have no French: shown in English; `booklet check tea.yaml --lang fr` lists them." in done.out
    assert language_of(Path("tea-screen.pdf")) == "fr"
    listed = run("check", "tea.yaml", "--lang", "fr")
    assert "tea.yaml:3:8: warning W401: `A cup|of tea` has no French (fr): shown in English" in listed.out + listed.err
    assert not Path("tea.fr.yaml").exists()


def test_a_table_with_languages(tea: Path, run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("file,lang\none,de\ntwo,\nthree,en-us\nfour,xx\n")
    done = run("batch", "places.csv", "--routine", "tea.yaml", "--edition", "screen", "--out", "made", "--jobs", "1")
    assert "places.csv:5" in done.err
    assert "`xx` is no language of tea" in done.err
    names = ("one", "two", "three")
    assert [language_of(tmp_path / "made" / f"{name}-screen.pdf") for name in names] == ["de", "en-gb", "en-us"]
    changed(tea, '"Gießen"', '"Aufgießen"')
    done = run("batch", "places.csv", "--routine", "tea.yaml", "--edition", "screen", "--out", "made", "--jobs", "1")
    assert re.search(r"made +1\n", done.out)
    assert re.search(r"there already +2\n", done.out)


# --- the booklet's own words ----------------------------------------------------------------------------------------
REGIONS = re.compile(r"paper-[a-z]{2}")
FIXED = {"in-english", "paper", "date", "date-first", "months"}
COMMAND_WORDS = ("test-command-both", "test-command-hand", "test-command-keep", "test-command-flip", "test-command-keep-flip")  # fmt: skip


def test_there_are_catalogues() -> None:
    assert catalogues() == ("de", "en", "es", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_whole(language: str) -> None:
    """The same keys, each with the same placeholders and as much in bold; most of them other than in English."""
    english, other = own_words("en"), own_words(language)
    assert {key for key in other if not REGIONS.fullmatch(key)} == {
        key for key in english if not REGIONS.fullmatch(key)
    }
    for key, text in english.items():
        if key in FIXED or REGIONS.fullmatch(key):
            continue
        assert set(re.findall(r"\{[a-z]*\}", other[key])) == set(re.findall(r"\{[a-z]*\}", text)), key
        assert other[key].count("**") == text.count("**"), key
    same = {key for key, text in english.items() if other[key] == text and len(text) > 24}
    assert same <= set(COMMAND_WORDS)
    for key in COMMAND_WORDS:
        assert other[key] == english[key]
    assert len(other["months"].split()) == 12


@pytest.mark.parametrize(
    ("tag", "paper"), [("en-gb", "a4"), ("en-us", "letter"), ("es", "a4"), ("es-mx", "letter"), ("de-at", "a4"), ("fr-ca", "letter"), ("xx", "a4")]
)  # fmt: skip
def test_paper_follows_the_language(tag: str, paper: str) -> None:
    assert paper_of(tag) == paper


@pytest.mark.parametrize(
    ("tag", "date", "written"),
    [
        ("en", "2027-03-31", "31 March 2027"),
        ("de", "2027-03-31", "31. März 2027"),
        ("de", "2027-03-01", "1. März 2027"),
        ("fr", "2027-08-01", "1er août 2027"),
        ("es", "2027-12-09", "9 de diciembre de 2027"),
        ("de", "31 March", "31 March"),
        ("de", "2027-13-01", "2027-13-01"),
        ("de", "2027-12-32", "2027-12-32"),
    ],
)
def test_dates_are_written_as_in_the_language(tag: str, date: str, written: str) -> None:
    assert written_date(date, own_words(tag)) == written


@pytest.mark.parametrize(
    ("tag", "shown", "said"),
    [
        ("en", "0:00–6:15", "from the start to 6 minutes 15 seconds"),
        ("en", "1×", "once"),
        ("de", "6:00–12:30", "von 6 Minuten bis 12 Minuten 30 Sekunden"),
        ("de", "3×", "3 Mal"),
        ("fr", "0:00–1:00", "du début à 1 minute"),
        ("es", "0:00–1:00", "desde el inicio hasta 1 minuto"),
    ],
)
def test_times_are_said_in_the_language(tag: str, shown: str, said: str) -> None:
    assert spoken(own_words(tag), shown).replace("\u00a0", " ") == said


def test_one_is_told_otherwise_than_many() -> None:
    words = own_words("en")
    assert word(words, "tell-rings-half", hands="Hands", where="here", count=1) == "Hands circle at one spot here."
    assert word(words, "tell-rings-half", hands="Hands", where="here", count=2) == "Hands circle at 2 spots here."


# --- the built-in routine -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_setup_fits_on_sixteen_pages(language: str, paper: str, massage: RoutineFile) -> None:
    file = in_language(massage, language)
    assert file.missing == ()
    for setup in SETUPS:
        booklet = make(file, {"setup": setup}, Request(paper=paper))
        assert len(booklet.pages) == 16
        assert booklet.routine.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_can_be_made(language: str, massage: RoutineFile) -> None:
    file = in_language(massage, language)
    for name in ("cue-card", "poster", "cards", "zine"):
        for setup in ("floor", "chair"):
            assert make_loose(name, file, {"setup": setup}, Request()).pages
    assert make(file, {}, Request(large_print=True)).pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_of_the_built_in_routine_are_sound(language: str, massage: RoutineFile) -> None:
    file = in_language(massage, language)
    assert file.translated
    assert list(stale(file, file.translated)) == []
    furniture = own_words(language)
    for key, english in (("receiver", "Receiver"), ("giver", "Giver")):
        assert file.translated.texts[english].text == furniture[key]  # so that --for and --by fill its field


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_editions_conform(language: str, massage: RoutineFile) -> None:
    """PDF/UA-1 and PDF/A-2a, also with a text that falls back."""
    file = in_language(massage, language)
    assert file.source
    assert file.translated
    fewer = replace(file.translated, texts=dict(list(file.translated.texts.items())[::2]))
    for one in (file, translated(file.source, fewer)):
        booklet = make(one, {}, Request(pages=24))
        assert complaints_about(booklet.edition("screen"), booklet.pages) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_heard(language: str, massage: RoutineFile) -> None:
    """The speech of one booklet in each language, as it is kept in golden/."""
    booklet = make(in_language(massage, language), {"setup": "floor"}, Request())
    found = "\n".join(heard(booklet.edition("screen"))) + "\n"
    golden = HERE / "golden" / f"{language}-spoken.txt"
    if os.environ.get("BOOKLET_GOLDEN") == "write":
        golden.write_text(found)
    assert found == golden.read_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", routine_names())
def test_built_in_routines_are_translated_whole(name: str, language: str) -> None:
    """Nothing is missing, nothing is left of texts that are gone, and no word that only English has is on a page."""
    file = in_language(read_routine(folder("templates") / "routines" / f"{name}.yaml"), language)
    assert file.translated
    assert file.missing == ()
    assert list(stale(file, file.translated)) == []
    english = re.compile(r"\b(the|and|with|hands|never|both|spine|your|their)\b", re.IGNORECASE)
    pages = make(file, {}, Request()).pages
    said = [getattr(item, "text", "") + getattr(item, "alt", "") + getattr(item, "spoken", "") for page in pages for item in walk(page.items)]  # fmt: skip
    assert [one for one in said if english.search(one)] == []
