"""(RoutineFile, language) → RoutineFile with its texts in that language; conditions, names and keys stay as they are.

A translation stands in a file beside the routine's, back-massage.de.yaml beside back-massage.yaml, or in the routine itself
under `translations:`. A text that it doesn't have is shown as it stands in the routine, and knows its language.
"""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.conditions import nearest
from booklet.errors import BadChoice, InvalidFile, Place, Problem
from booklet.folders import is_file, typed
from booklet.languages import TAG, USUAL, base, catalogues, language_name
from booklet.model import Words
from booklet.nodes import spaced
from booklet.reading import Mapping, Node, Scalar, Sequence, clipped, describe_node, read_yaml
from booklet.routines import Contradiction, RoutineFile, Translation
from booklet.shapes import PLACEHOLDER
from booklet.texts import texts_of

if TYPE_CHECKING:
    from booklet.conditions import Option

KEYS = ("language", "of", "texts")
ENDINGS = (".yaml", ".yml")


# --- which languages there are --------------------------------------------------------------------------------------
def languages_of(file: RoutineFile) -> list[str]:
    """The languages of a routine: its own, then those of its translations."""
    own = file.source or file
    stem = f"{own.path.stem}."
    beside = (path for path in own.path.parent.glob("*.*") if path.suffix in ENDINGS and path.stem.startswith(stem))
    named = {path.stem.removeprefix(stem) for path in beside}
    named |= own.translations.items.keys() if isinstance(own.translations, Mapping) else set()
    return [own.language, *sorted(tag for tag in named if TAG.fullmatch(tag))]


def sister(file: RoutineFile, language: str) -> Path:
    """Where the file of a translation lies, or would."""
    return file.path.with_name(f"{file.path.stem}.{language}{file.path.suffix}")


def _found(file: RoutineFile, wanted: str) -> str:
    """The language that was asked for, of those that the routine or the program knows; "" for the routine's own. Raises BadChoice."""
    own, *others = languages_of(file)
    for tag in (wanted, base(wanted)):
        if tag in others:
            return tag
    if base(wanted) == base(own):
        return ""
    if base(wanted) in catalogues():
        return wanted  # the booklet's own words are in it; all texts of the routine fall back
    shown = ", ".join(f"{tag} ({language_name(tag)})" for tag in (own, *others))
    names = {language_name(tag).lower(): tag for tag in (own, *others)}
    hint = f"; did you mean `{names[wanted]}`?" if wanted in names else nearest(wanted, [own, *others])
    raise BadChoice(f"{clipped(wanted)} is no language of {file.path.stem}: {shown}{hint}")


# --- reading a translation ------------------------------------------------------------------------------------------
def read_translation(file: RoutineFile, language: str) -> Translation:
    """The translation of a routine; one without any text where there is none. Raises InvalidFile."""
    path = sister(file, language)
    inside = file.translations.items.get(language) if isinstance(file.translations, Mapping) else None
    if not is_file(path) and inside is None:
        return Translation(language, str(path), Place(str(path), 1, 1), {}, {})
    if not is_file(path):
        assert inside is not None
        return _texts(language, str(file.path), inside, inside.place, "")
    if inside is not None:
        told = f"the translation {clipped(language)} stands in {path.name}, too: keep one of the two"
        raise InvalidFile([Problem(inside.place, told)])
    node = read_yaml(path)
    problems = list(_wrong_head(node, file, language, path))
    if problems:
        raise InvalidFile(problems)
    assert isinstance(node, Mapping)
    return _texts(language, str(path), node.items["texts"], node.place, sha256(path.read_bytes()).hexdigest())


def done_in(file: RoutineFile, language: str, path: Path) -> dict[str, str]:
    """What the file of a translation has by now, with texts that the routine no longer has. Raises BadChoice, InvalidFile."""
    inside = file.translations.items if isinstance(file.translations, Mapping) else {}
    if language in inside:
        raise BadChoice(f"{file.path.name} holds its translation {clipped(language)} itself: see its `translations`")
    if base(language) == base(file.language):
        raise BadChoice(f"{file.path.name} is in {language_name(language)} already")
    if not is_file(path):
        return {}
    node = read_yaml(path)
    if problems := list(_wrong_head(node, file, language, path)):
        raise InvalidFile(problems)
    assert isinstance(node, Mapping)
    texts = node.items["texts"]
    entries = texts.items if isinstance(texts, Mapping) else {}
    return {spaced(key): one.text for key, one in entries.items() if isinstance(one, Scalar) and one.text.strip()}


def _wrong_head(node: Node, file: RoutineFile, language: str, path: Path) -> Iterator[Problem]:
    if not isinstance(node, Mapping):
        yield Problem(node.place, f"a translation is a mapping of {', '.join(KEYS)}, found {describe_node(node)}")
        return
    for key, place in node.keys.items():
        if key not in KEYS:
            yield Problem(place, f"{clipped(key)} isn't known here; expected {', '.join(KEYS)}{nearest(key, KEYS)}")
    for key in KEYS:
        if key not in node.items:
            yield Problem(node.place, f"`{key}` is missing: {WHAT[key]}")
    for key, value in (("language", language), ("of", file.path.stem)):
        told = node.items.get(key)
        if told is not None and not (isinstance(told, Scalar) and told.text == value):
            yield Problem(told.place, f"expected {value}, as {path.name} is called, found {describe_node(told)}")


WHAT = {
    "language": "the language that the texts are in",
    "of": "the name of the routine",
    "texts": "each text of the routine with its translation",
}


def _texts(language: str, name: str, node: Node, place: Place, digest: str) -> Translation:
    if isinstance(node, Scalar) and not node.text:
        node = Mapping({}, {}, node.place)
    if not isinstance(node, Mapping):
        raise InvalidFile([Problem(node.place, f"expected texts with their translations, found {describe_node(node)}")])
    texts: dict[str, Scalar] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for key, value in node.items.items():
        source, at = spaced(key), node.keys[key]
        if not isinstance(value, Scalar):
            problems.append(Problem(value.place, f"expected the translation of a text, found {describe_node(value)}"))
        elif source in places:
            told = f"{clipped(source)} stands here a second time (first on line {places[source].line})"
            problems.append(Problem(at, told))
        elif value.text.strip():
            texts[source], places[source] = value, at
            problems += (Problem(value.place, told) for told in _lost_marks(source, value.text))
        else:
            places[source] = at
    if problems:
        raise InvalidFile(problems)
    return Translation(language, name, place, texts, places, digest)


def _lost_marks(source: str, translation: str) -> Iterator[str]:
    """What of the marks of a text its translation has lost or added."""
    asked, given = Counter(PLACEHOLDER.findall(source)), Counter(PLACEHOLDER.findall(translation))
    for key in asked.keys() - given.keys():
        yield f"the translation has no {{{key}}}, which the text has"
    for key in given.keys() - asked.keys():
        yield f"the translation has {{{key}}}, which the text doesn't have{nearest(key, asked)}"
    bold, found = source.count("**"), translation.count("**")
    if bold != found and not found % 2:
        yield f"the text has {_parts(bold)} in bold letters, between `**` and `**`, and the translation {_parts(found)}"


def _parts(marks: int) -> str:
    return f"{marks // 2} part{'s' * (marks != 2)}" if marks > 1 else "none"


def stale(file: RoutineFile, translation: Translation) -> Iterator[Problem]:
    """The texts of a translation that the routine no longer has, with the one that each was meant for."""
    known = texts_of(file.source or file)
    lacking = [text for text in known if text not in translation.texts]
    for text, place in translation.places.items():
        if text not in known:
            yield Problem(place, f"the routine has no text {clipped(text)}{nearest(text, lacking)}")


# --- translating ----------------------------------------------------------------------------------------------------
def in_language(file: RoutineFile, wanted: str) -> RoutineFile:
    """The routine file in the language that was asked for, "" for its own. Raises BadChoice, InvalidFile."""
    own = file.source or file
    tag = wanted.lower().replace("_", "-")
    if not tag:
        return own
    found = _found(own, tag)
    if not found:  # its own, maybe as it is spoken elsewhere
        return own if tag == base(own.language) else replace(own, body=_speaking(own.body, tag))
    return translated(own, read_translation(own, found), tag)


def translated(own: RoutineFile, translation: Translation, tag: str = "") -> RoutineFile:
    """The routine file with the texts of a translation; `tag` is the language as it was asked for."""
    texts: dict[Place, Scalar] = {}
    missing: list[Words] = []
    for text, uses in texts_of(own).items():
        given = translation.texts.get(text)
        if given is None:
            missing.append(Words(text, uses[0].place, own.language))
        for use in uses:
            texts[use.place] = given or Scalar(text, True, use.place, own.language)
    body = _speaking(_with_texts(own.body, texts), tag or translation.language)
    return replace(
        own,
        body=body if isinstance(body, Mapping) else own.body,
        options={name: _option(option, texts) for name, option in own.options.items()},
        contradictions=tuple(
            Contradiction(one.condition, _words(one.says, texts), _words(one.do, texts)) for one in own.contradictions
        ),
        translated=translation,
        source=own,
        missing=tuple(missing),
    )


def _speaking(body: Node, tag: str) -> Mapping:
    """A routine's body that says it is in this language."""
    assert isinstance(body, Mapping)
    said = Scalar(tag, False, body.items["language"].place if "language" in body.items else body.place)
    return Mapping({**body.items, "language": said}, {"language": said.place, **body.keys}, body.place)


def _with_texts(node: Node, texts: MappingABC[Place, Scalar]) -> Node:
    """A node with these texts at their places."""
    if isinstance(node, Scalar):
        return texts.get(node.place, node)
    if isinstance(node, Sequence):
        return Sequence(tuple(_with_texts(one, texts) for one in node.items), node.place)
    return Mapping({key: _with_texts(one, texts) for key, one in node.items.items()}, node.keys, node.place)


def _option(option: "Option", texts: MappingABC[Place, Scalar]) -> "Option":
    choices = {name: _words(label, texts) for name, label in option.choices.items()}
    return replace(option, help=_words(option.help, texts), choices=choices)


def _words(words: Words, texts: MappingABC[Place, Scalar]) -> Words:
    found = texts.get(words.place)
    return Words(spaced(found.text), found.place, found.language) if found else words


def untranslated(file: RoutineFile) -> Iterator[str]:
    """What is told where the booklet's own words, or texts of the routine, aren't in the language of the booklet."""
    if base(file.language) not in catalogues():
        yield f"The booklet’s own words have no {file.language}: they stand in {language_name(USUAL)}."
    if file.missing:
        texts = f"{len(file.missing)} text{'s have' if len(file.missing) > 1 else ' has'}"
        name, own = language_name(file.language), language_name(file.missing[0].language)
        listed = f"`booklet check {typed(file.path)} --lang {file.language}` lists them"
        yield f"{texts} no {name}: shown in {own}; {listed}."
