"""A command line that is being typed → what may stand at its cursor: commands, options, their values, names.

Nothing is proposed where a path is meant: shells know files better.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from booklet.errors import BookletError
from booklet.folders import routine_names, theme_names

if TYPE_CHECKING:
    import typer

Candidates = list[tuple[str, str]]  # a word and what it means
AppOf = Callable[[list[str]], "typer.Typer"]


def candidates(words: list[str], at: int, app_of: AppOf) -> Candidates:
    """What may stand in place of the word number `at`, from 0, of those behind the program's name.

    bash splits `--paper=a4` into three words, other shells don't.
    """
    typed = words[at] if 0 <= at < len(words) else ""
    before = words[: max(at, 0)]
    if before and typed == "=":
        return _begins(_of_option(before[-1], before[:-1], app_of), "")
    if len(before) > 1 and before[-1] == "=":
        return _begins(_of_option(before[-2], before[:-2], app_of), typed)
    flag, equals, value = typed.partition("=")
    if equals and flag.startswith("--"):
        return [(f"{flag}={word}", told) for word, told in _begins(_of_option(flag, before, app_of), value)]
    return _begins(_at(before, typed, app_of), typed)


def _begins(known: Iterable[tuple[str, str]], typed: str) -> Candidates:
    return [(word, " ".join(told.split())) for word, told in known if word.startswith(typed)]


def _program(before: list[str], app_of: AppOf) -> Any:
    """The commands, with the options of the routine that the line names; without, where it can't be read."""
    from typer.main import get_command

    try:
        return get_command(app_of(before))
    except BookletError:
        return get_command(app_of([]))


def _at(before: list[str], typed: str, app_of: AppOf) -> Candidates:
    """What may follow these words."""
    program = _program(before, app_of)
    if not before:
        commands = [(name, _first_line(one.help)) for name, one in program.commands.items() if not one.hidden]
        return [*commands, *_options(program, [])] if typed.startswith("-") else commands
    command = program.commands.get(before[0])
    if command is None:
        return []
    takes = {name: one for one in command.params for name in one.opts if one.param_type_name == "option"}
    waiting, place = None, 0
    for word in before[1:]:
        if waiting:
            waiting = None
        elif word.startswith("-"):
            waiting = None if "=" in word else _takes_value(takes.get(word))
        else:
            place += 1
    if waiting:
        return _values(waiting, before)
    if typed.startswith("-"):
        return _options(command, before)
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    return _values(arguments[place], before) if place < len(arguments) else []


def _takes_value(option: Any) -> Any:
    """The option, where a value follows it."""
    return option if option is not None and not option.is_flag else None


def _of_option(flag: str, before: list[str], app_of: AppOf) -> Candidates:
    return _at([*before, flag], "", app_of)


def _options(command: Any, before: list[str]) -> Candidates:
    """The options of a command, without those that stand there already and are given once only."""
    given = {word.partition("=")[0] for word in before}
    found = [("--help", "Show this message and exit.")]
    for one in command.params:
        names = [name for name in one.opts if name.startswith("--")]
        if one.param_type_name == "option" and not one.hidden and (one.multiple or given.isdisjoint(names)):
            found += [(name, one.help or "") for name in names if name != "--help"]
    return found


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0]


def _values(param: Any, before: list[str]) -> Candidates:
    """What an option or argument may be: a routine's choices, the words that its help lists, or names of files that are shipped."""
    if param.name.startswith("choice_"):
        return [(one.value, one.help or "") for one in param.shell_complete(None, "")]
    if names := NAMES.get(param.name):
        return [(name, "") for name in names()]
    if before[0] == "config":
        return _settings(param.name, before)
    words = (param.metavar or "").strip("[]").split("|")
    return [(word, "") for word in words] if len(words) > 1 else []


def _brands() -> list[str]:
    from booklet.branding import brand_names

    return brand_names()


def _shops() -> list[str]:
    from booklet.shops import shop_names

    return shop_names()


def _skins() -> list[str]:
    from booklet.theming import find_theme, read_theme

    return list(read_theme(find_theme("still")).skins)


def _settings(name: str, before: list[str]) -> Candidates:
    """The keys of `config`, or what the key before the cursor may be."""
    from booklet.settings import SETTINGS

    key = before[1] if len(before) > 1 else ""
    if name != "value":
        return [(one, "") for one in SETTINGS]
    names = NAMES.get(key.replace("-", "_"))
    return [(one, "") for one in (names() if names else SETTINGS[key].choices if key in SETTINGS else ())]


def _languages() -> list[str]:
    from booklet.languages import catalogues

    return list(catalogues())


NAMES: dict[str, Callable[[], list[str]]] = {
    "routine": routine_names,
    "lang": _languages,
    "theme": lambda: list(theme_names()),
    "brand": _brands,
    "shop": _shops,
    "skin": _skins,
    "giver_skin": _skins,
}
