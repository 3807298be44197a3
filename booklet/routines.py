"""A routine file: its options and contradictions, and the rest of it still with its conditions.

`find_routine` → path, `read_routine` → RoutineFile (checked whole), `choose` → choices. `tailoring` does the rest.
"""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.conditions import Choices, Condition, Option, Value, nearest, no_choice, read_condition
from booklet.errors import BadChoice, BookletError, InvalidFile, Place, Problem
from booklet.folders import folder, routine_names
from booklet.model import Words
from booklet.reading import Mapping, Node, Scalar, Sequence, read_yaml
from booklet.shapes import NAME, describe_node

HEAD = ("options", "contradictions")
PAGES = (8, 12, 16, 20, 24)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Choices that don't go together: what is wrong and what to do about it."""

    condition: Condition
    says: Words
    do: Words


@dataclass(frozen=True, slots=True)
class RoutineFile:
    """A routine as it stands in its file; `body` holds everything but the options and contradictions."""

    path: Path
    options: MappingABC[str, Option]
    contradictions: tuple[Contradiction, ...]
    body: Mapping

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
    if path.suffix in (".yaml", ".yml") or path.is_file():
        if not path.is_file():
            raise BadChoice(f"there is no file {name}")
        return path
    if name in routine_names():
        return folder("templates") / "routines" / f"{name}.yaml"
    known = ", ".join(routine_names())
    raise BadChoice(f"there is no routine `{name}`; the built-in ones are: {known}{nearest(name, routine_names())}")


def read_routine(path: Path) -> RoutineFile:
    """Reads the head of a routine file. Raises InvalidFile."""
    node = read_yaml(path)
    if not isinstance(node, Mapping):
        raise InvalidFile([Problem(node.place, f"a routine is a mapping of keys, found {describe_node(node)}")])
    problems: list[Problem] = []
    options = BUILT_IN | _read_options(node.items.get("options"), problems)
    contradictions = _read_contradictions(node.items.get("contradictions"), options, problems)
    body = Mapping({key: value for key, value in node.items.items() if key not in HEAD}, node.keys, node.place)
    if problems:
        raise InvalidFile(problems)
    return RoutineFile(path, options, contradictions, body)


def _read_options(node: Node | None, problems: list[Problem]) -> dict[str, Option]:
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        problems.append(Problem(node.place, f"expected named options, found {describe_node(node)}"))
        return {}
    options = {}
    for name, value in node.items.items():
        place = node.keys[name]
        if name in BUILT_IN or not NAME.fullmatch(name):
            reason = "is the program's own option" if name in BUILT_IN else "is no name: use small letters and hyphens"
            problems.append(Problem(place, f"`{name}` {reason}"))
        elif not isinstance(value, Mapping):
            problems.append(Problem(value.place, f"expected help, choices and default, found {describe_node(value)}"))
        elif option := _read_option(name, place, value, problems):
            options[name] = option
    return options


OPTION_KEYS = ("help", "choices", "from", "to", "default", "several")


def _read_option(name: str, place: Place, node: Mapping, problems: list[Problem]) -> Option | None:
    count = len(problems)
    for key in node.items:
        if key not in OPTION_KEYS:
            message = f"`{key}` isn't known here; expected {', '.join(OPTION_KEYS)}{nearest(key, OPTION_KEYS)}"
            problems.append(Problem(node.keys[key], message))
    text = {key: value.text for key, value in node.items.items() if isinstance(value, Scalar)}
    if not text.get("help"):
        problems.append(Problem(place, f"`help` is missing: a text that says what `{name}` is"))
    choices = _read_choices(node.items.get("choices"), problems)
    ends = None
    if "from" in node.items or "to" in node.items:
        if text.get("from", "").isdigit() and text.get("to", "").isdigit() and int(text["from"]) <= int(text["to"]):
            ends = (int(text["from"]), int(text["to"]))
        else:
            problems.append(Problem(place, "expected `from` and `to` as whole numbers, the smaller first"))
    elif not choices and len(problems) == count:
        problems.append(Problem(place, f"`{name}` needs `choices`, or `from` and `to`"))
    several = text.get("several") == "yes"
    if len(problems) > count:
        return None
    help_words = Words(text["help"], node.items["help"].place)
    option = Option(name, help_words, "", choices, ends, several, place)
    if several and "default" not in node.items:
        default: Value = ()
    elif "default" not in text:
        problems.append(Problem(place, f"`default` is missing for `{name}`"))
        return None
    else:
        try:
            default = read_value(option, [text["default"]] if several else text["default"])
        except BadChoice as error:
            problems.append(Problem(node.items["default"].place, str(error)))
            return None
    return Option(name, help_words, default, choices, ends, several, place)


def _read_choices(node: Node | None, problems: list[Problem]) -> dict[str, Words]:
    if node is None:
        return {}
    if not isinstance(node, Mapping) or not node.items:
        problems.append(Problem(node.place, "expected choices with their labels, such as `floor: On the floor`"))
        return {}
    choices = {}
    for name, label in node.items.items():
        if not NAME.fullmatch(name):
            problems.append(Problem(node.keys[name], f"`{name}` is no name: use small letters, digits and hyphens"))
        elif not isinstance(label, Scalar) or not label.text:
            problems.append(Problem(label.place, f"expected the label of `{name}`, found {describe_node(label)}"))
        else:
            choices[name] = Words(label.text, label.place)
    return choices


def _read_contradictions(
    node: Node | None, options: MappingABC[str, Option], problems: list[Problem]
) -> tuple[Contradiction, ...]:
    result = []
    entries = node.items if isinstance(node, Sequence) else ()
    if node is not None and not isinstance(node, Sequence):
        problems.append(Problem(node.place, f"expected a list, found {describe_node(node)}"))
    for entry in entries:
        if not isinstance(entry, Mapping):
            problems.append(Problem(entry.place, "expected {when: …, says: …, do: …}"))
            continue
        words = {}
        for key, value in entry.items.items():
            if key in ("says", "do") and isinstance(value, Scalar) and value.text:
                words[key] = Words(value.text, value.place)
            elif key not in ("when", "unless"):
                problems.append(Problem(entry.keys[key], f"expected when, unless, says and do, found `{key}`"))
        for key in ("says", "do"):
            if key not in words:
                problems.append(Problem(entry.place, f"`{key}` is missing: a text"))
        condition = read_condition(entry, options, problems)
        if len(words) == 2:
            result.append(Contradiction(condition, words["says"], words["do"]))
    return tuple(result)


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
    if not value.strip().isdecimal():
        raise BadChoice(f"`{option.name}` is a whole number from {low} to {high}, found `{value}`")
    number = int(value)
    if not low <= number <= high:
        bound = f"fewer than {low}" if number < low else f"more than {high}"
        raise BadChoice(f"`{option.name}` is {bound} ({number}): choose from {low} to {high}. {option.help}")
    return number
