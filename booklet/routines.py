"""A routine file: its options and contradictions, and the rest of it still with its conditions.

`find_routine` → path, `read_routine` → RoutineFile, `choose` → choices. `checking` and `tailoring` do the rest.
"""

import re
from collections.abc import Mapping as MappingABC
from hashlib import sha256
from pathlib import Path
from typing import Any

from booklet.conditions import Choices, Condition, Option, Value, nearest, no_choice, read_condition
from booklet.errors import BadChoice, BookletError, InvalidFile, Place, Problem
from booklet.folders import folder, is_file, routine_names
from booklet.languages import TAG, USUAL
from booklet.model import Routine, Words
from booklet.nodes import spaced
from booklet.reading import Mapping, Node, Scalar, Sequence, clipped, describe_node, read_yaml
from booklet.records import dataclass
from booklet.shapes import NAME, Shaper

HEAD = ("options", "contradictions", "translations")
WHOLE = re.compile("[0-9]{1,9}")
PAGES = (8, 12, 16, 20, 24)
RESERVED = {
    *(
        "edition",
        "lang",
        "paper",
        "theme",
        "brand",
        "format",
        "skin",
        "giver-skin",
        "for",
        "by",
        "flip",
        "duplex",
        "backs",
        "singles",
        "gsm",
        "ink",
    ),
    *("shop", "icc", "out", "quiet", "printer", "copies", "dry-run", "no-config", "help", "version", "routine"),
    *("watch", "serve", "port", "page", "sheet", "dpi"),
}  # the program's flags


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Choices that don't go together: what is wrong and what to do about it."""

    condition: Condition
    says: Words
    do: Words


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of a routine in another language, by the text that stands in the routine; empty ones are left out.

    It is told as the file it stands in; `digest` is that of the file's bytes, SHA-256. `places` are those of the texts left.
    """

    language: str
    file: str
    place: Place
    texts: MappingABC[str, Scalar]
    places: MappingABC[str, Place]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RoutineFile:
    """A routine as it stands in its file; `body` holds everything but the options, contradictions and translations.

    Where it is `translated`, its texts are those of the translation, with their places there; `source` is the file as it
    was, and `missing` the texts that are shown in its own language, for want of a translation.
    """

    path: Path
    options: MappingABC[str, Option]
    contradictions: tuple[Contradiction, ...]
    body: Mapping
    digest: str = ""  # of the file's bytes, SHA-256
    translations: Node | None = None  # by language, where the file holds them itself
    translated: Translation | None = None
    source: "RoutineFile | None" = None
    missing: tuple[Words, ...] = ()

    @property
    def language(self) -> str:
        """The language of the texts."""
        node = self.body.items.get("language")
        return node.text if isinstance(node, Scalar) else USUAL

    @property
    def own_options(self) -> list[Option]:
        """The options that the file declares, without the program's own."""
        return [option for option in self.options.values() if option.name not in BUILT_IN]


def _built_in(name: str, **fields: Any) -> Option:
    place = Place("booklet", 1, 1)
    values = {"default": "no", "choices": {}, "range": None, "several": False} | fields
    return Option(name=name, help=Words(name, place), place=place, **values)


_WORD = Place("booklet", 1, 1)
BUILT_IN = {  # what a condition may also ask: the booklet's own size
    "pages": _built_in("pages", default=16, range=(min(PAGES), max(PAGES))),
    "large-print": _built_in("large-print", choices={"yes": Words("yes", _WORD), "no": Words("no", _WORD)}),
}


def find_routine(name: str) -> Path:
    """The file of a built-in routine's name or of a path. Raises BadChoice."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or is_file(path):
        if not is_file(path):
            raise BadChoice(f"there is no file {name}")
        return path
    if name in routine_names():
        return folder("templates") / "routines" / f"{name}.yaml"
    known = ", ".join(routine_names())
    raise BadChoice(f"there is no routine `{name}`; the built-in ones are: {known}{nearest(name, routine_names())}")


def read_routine(path: Path) -> RoutineFile:
    """Reads the head of a routine file. Raises InvalidFile; where the head is wrong, with what is wrong in the body too."""
    node = read_yaml(path)
    if not isinstance(node, Mapping):
        raise InvalidFile([Problem(node.place, f"a routine is a mapping of keys, found {describe_node(node)}")])
    problems: list[Problem] = []
    options = BUILT_IN | _read_options(node.items.get("options"), problems)
    contradictions = _read_contradictions(node.items.get("contradictions"), options, problems)
    _check_translations(node.items.get("translations"), problems)
    body = Mapping({key: value for key, value in node.items.items() if key not in HEAD}, node.keys, node.place)
    if problems:
        shaper = Shaper(options)
        shaper.value(body, Routine)
        raise InvalidFile(problems + shaper.problems)
    digest = sha256(path.read_bytes()).hexdigest()
    return RoutineFile(path, options, contradictions, body, digest, node.items.get("translations"))


# --- options ------------------------------------------------------------------------------------------------------
OPTION_KEYS = ("help", "choices", "from", "to", "default", "several")


def _read_options(node: Node | None, problems: list[Problem]) -> dict[str, Option]:
    """The options by name; one that is wrong is there without choices, so that nothing more is said about it."""
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        problems.append(Problem(node.place, f"expected named options, found {describe_node(node)}"))
        return {}
    options = {}
    for name, value in node.items.items():
        place = node.keys[name]
        if name in BUILT_IN or name in RESERVED:
            problems.append(Problem(place, f"`{name}` is the program's own option: choose another name"))
        elif not NAME.fullmatch(name):
            problems.append(Problem(place, f"{clipped(name)} is no name: use small letters, digits and hyphens"))
        if name not in BUILT_IN:
            options[name] = _read_option(name, place, value, problems)
    return options


def _read_option(name: str, place: Place, node: Node, problems: list[Problem]) -> Option:
    broken = Option(name, Words(name, place), "", {}, None, False, place)
    if not isinstance(node, Mapping):
        problems.append(Problem(node.place, f"expected help, choices and default, found {describe_node(node)}"))
        return broken
    count = len(problems)
    for key in node.items:
        if key not in OPTION_KEYS:
            message = f"{clipped(key)} isn't known here; expected {', '.join(OPTION_KEYS)}{nearest(key, OPTION_KEYS)}"
            problems.append(Problem(node.keys[key], message))
    help_text = _read_help(name, place, node.items.get("help"), problems)
    ends = _read_ends(node, problems)
    choices = _read_choices(node.items.get("choices"), problems)
    if ("from" in node.items or "to" in node.items) == ("choices" in node.items):
        problems.append(Problem(place, f"`{name}` needs either `choices`, or `from` and `to`"))
    several = _read_several(node, problems)
    if len(problems) > count:
        return broken
    option = Option(name, help_text, "", choices, ends, several, place)
    default = _read_default(option, node.items.get("default"), problems)
    return Option(name, help_text, default, choices, ends, several, place)


def _read_help(name: str, place: Place, node: Node | None, problems: list[Problem]) -> Words:
    if isinstance(node, Scalar) and node.text.strip():
        return Words(spaced(node.text), node.place)
    if node is None:
        problems.append(Problem(place, f"`help` is missing: a text that says what `{name}` is"))
    else:
        problems.append(Problem(node.place, f"expected a text that says what `{name}` is, found {describe_node(node)}"))
    return Words(name, place)


def _read_ends(node: Mapping, problems: list[Problem]) -> tuple[int, int] | None:
    ends = []
    for key, other in (("from", "to"), ("to", "from")):
        end = node.items.get(key)
        if end is None:
            if other in node.items:
                problems.append(Problem(node.keys[other], f"`{key}` is missing: a range needs `from` and `to`"))
        elif isinstance(end, Scalar) and WHOLE.fullmatch(end.text):
            ends.append(int(end.text))
        else:
            problems.append(Problem(end.place, f"expected a whole number, found {describe_node(end)}"))
    if len(ends) < 2:
        return None
    if ends[0] > ends[1]:
        problems.append(Problem(node.items["to"].place, f"the range is empty: {ends[0]} is more than {ends[1]}"))
    return ends[0], ends[1]


def _read_choices(node: Node | None, problems: list[Problem]) -> dict[str, Words]:
    if node is None:
        return {}
    if not isinstance(node, Mapping) or not node.items:
        message = f"expected choices with their labels, such as `floor: On the floor`, found {describe_node(node)}"
        problems.append(Problem(node.place, message))
        return {}
    choices = {}
    for name, label in node.items.items():
        if not NAME.fullmatch(name):
            message = f"{clipped(name)} is no name: use small letters, digits and hyphens"
            problems.append(Problem(node.keys[name], message))
        elif not isinstance(label, Scalar) or not label.text.strip():
            problems.append(Problem(label.place, f"expected the label of `{name}`, found {describe_node(label)}"))
        else:
            choices[name] = Words(spaced(label.text), label.place)
    return choices


def _read_several(node: Mapping, problems: list[Problem]) -> bool:
    several = node.items.get("several")
    if several is None:
        return False
    if not isinstance(several, Scalar) or several.text not in ("yes", "no"):
        problems.append(Problem(several.place, f"expected yes or no, found {describe_node(several)}"))
        return False
    if several.text == "yes" and "choices" not in node.items:
        problems.append(Problem(node.keys["several"], "`several` goes with `choices` only"))
    return several.text == "yes"


def _read_default(option: Option, node: Node | None, problems: list[Problem]) -> Value:
    if node is None:
        if not option.several:
            problems.append(Problem(option.place, f"`default` is missing for `{option.name}`"))
        return ()
    one_or_more = node.items if option.several and isinstance(node, Sequence) else (node,)
    texts = []
    for one in one_or_more:
        if not isinstance(one, Scalar):
            problems.append(Problem(one.place, f"expected a choice of `{option.name}`, found {describe_node(one)}"))
            return ()
        texts.append(one.text)
    try:
        return read_value(option, texts if option.several else texts[0])
    except BadChoice as error:
        problems.append(Problem(node.place, str(error)))
        return ()


# --- contradictions -----------------------------------------------------------------------------------------------
def _read_contradictions(
    node: Node | None, options: MappingABC[str, Option], problems: list[Problem]
) -> tuple[Contradiction, ...]:
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        problems.append(Problem(node.place, f"expected a list, found {describe_node(node)}"))
        return ()
    entries = (_read_contradiction(entry, options, problems) for entry in node.items)
    return tuple(entry for entry in entries if entry)


def _read_contradiction(node: Node, options: MappingABC[str, Option], problems: list[Problem]) -> Contradiction | None:
    if not isinstance(node, Mapping):
        problems.append(Problem(node.place, f"expected {{when: …, says: …, do: …}}, found {describe_node(node)}"))
        return None
    known = ("when", "unless", "says", "do")
    for key in node.items:
        if key not in known:
            message = f"{clipped(key)} isn't known here; expected {', '.join(known)}{nearest(key, known)}"
            problems.append(Problem(node.keys[key], message))
    if "when" not in node.items:
        problems.append(Problem(node.place, "`when` is missing: the choices that contradict each other"))
    words = {}
    for key in ("says", "do"):
        value = node.items.get(key)
        if isinstance(value, Scalar) and value.text.strip():
            words[key] = Words(spaced(value.text), value.place)
        elif value is None:
            problems.append(Problem(node.place, f"`{key}` is missing: a text"))
        else:
            problems.append(Problem(value.place, f"expected a text, found {describe_node(value)}"))
    condition = read_condition(node, options, problems)
    return Contradiction(condition, words["says"], words["do"]) if len(words) == 2 else None


# --- translations -------------------------------------------------------------------------------------------------
def _check_translations(node: Node | None, problems: list[Problem]) -> None:
    """What of `translations` can be said before one is asked for."""
    if node is None:
        return
    if not isinstance(node, Mapping):
        told = f"expected languages with their texts, such as `de:`, found {describe_node(node)}"
        problems.append(Problem(node.place, told))
        return
    for name, place in node.keys.items():
        if not TAG.fullmatch(name):
            told = f"{clipped(name)} is no language: write its short name in small letters, such as de or es-mx"
            problems.append(Problem(place, told))


# --- choices ------------------------------------------------------------------------------------------------------
def choose(file: RoutineFile, given: MappingABC[str, str | list[str]]) -> Choices:
    """The choices: what was given, defaults for the rest. Raises BadChoice with every wrong or contradictory one."""
    wrong, choices = [], {name: option.default for name, option in file.options.items()}
    for name, value in given.items():
        try:
            if name not in file.options:
                raise BadChoice(f"there is no option `{name}`{nearest(name, file.options)}")
            choices[name] = read_value(file.options[name], value)
        except BookletError as error:
            wrong.append(str(error))
    if not wrong:
        hits = (one for one in file.contradictions if one.condition.holds(choices))
        wrong = [f"{hit.says} {hit.do}" for hit in hits]
    if wrong:
        raise BadChoice("\n".join(wrong))
    return choices


def read_value(option: Option, value: str | list[str]) -> Value:
    """A value of an option from its text. Raises BadChoice that names the choices and the nearest one."""
    if isinstance(value, list):
        for one in value:
            read_value(option, one)
        return tuple(name for name in option.choices if name in value)
    if option.range is None:
        if value not in option.choices:
            raise BadChoice(no_choice(option, value))
        return value
    low, high = option.range
    if not WHOLE.fullmatch(value.strip()):
        raise BadChoice(f"`{option.name}` is a whole number from {low} to {high}, found {clipped(value)}")
    number = int(value)
    if not low <= number <= high:
        bound = f"fewer than {low}" if number < low else f"more than {high}"
        raise BadChoice(f"`{option.name}` is {bound} ({number}): choose from {low} to {high}. {option.help}")
    return number


def plan_sizes(file: RoutineFile) -> set[int]:
    """The numbers of pages that the routine has plans for, whatever the choices."""
    plans = file.body.items.get("plans")
    entries = plans.items if isinstance(plans, Sequence) else ()
    sizes = (one.items.get("plan") for one in entries if isinstance(one, Mapping))
    return {int(size.text) for size in sizes if isinstance(size, Scalar) and size.text.isdecimal()} & set(PAGES)
