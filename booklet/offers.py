"""(RoutineFile, Brand, choices) → choices, with the brand's own where nothing is given; what it doesn't offer is refused."""

from collections.abc import Mapping

from booklet.brands import Brand
from booklet.conditions import Option, nearest
from booklet.errors import BadChoice, InvalidFile, Problem
from booklet.folders import routine_names
from booklet.model import Words
from booklet.routines import RoutineFile, choose, find_routine, read_routine


def _has(option: Option, words: str) -> bool:
    low, high = option.range or (0, -1)
    return words in option.choices or (words.isdigit() and low <= int(words) <= high)


def _elsewhere(name: str, words: str) -> bool:
    """Whether any built-in routine has such an option with such a choice."""
    routines = (read_routine(find_routine(routine)) for routine in routine_names())
    return any(name in file.options and _has(file.options[name], words) for file in routines)


def with_offers(file: RoutineFile, brand: Brand, given: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The choices with the brand's own where nothing is given. Raises InvalidFile, BadChoice for what isn't offered.

    Of an option that may be given several times, such as limits of the body, nothing is chosen unless somebody says so.
    A brand serves several routines: what only another of the built-in ones knows is left out.
    """
    problems: list[Problem] = []

    def known(name: str, words: Words) -> bool:
        option = file.options.get(name)
        if option and (_has(option, words) or (option.range and not _elsewhere(name, words))):
            return True
        if _elsewhere(name, words):
            return False
        if option is None:
            names = [one.name for one in file.own_options]
            message = f"the routine has no option `{name}`: {', '.join(names)}{nearest(name, names)}"
        else:
            message = (
                f"`{words}` is no choice of `{name}`: {', '.join(option.choices)}{nearest(words, list(option.choices))}"
            )
        problems.append(Problem(words.place, message))
        return False

    chosen: dict[str, str | list[str]] = {
        name: str(words) for name, words in (brand.choices or {}).items() if known(name, words)
    }
    offers = {name: [one for one in offered if known(name, one)] for name, offered in (brand.offers or {}).items()}
    if problems:
        raise InvalidFile(problems)
    offers = {name: offered for name, offered in offers.items() if offered}
    for name, offered in offers.items():
        if chosen.get(name) not in offered and not file.options[name].several:
            chosen[name] = str(offered[0])
    chosen |= given
    for name, offered in offers.items():
        value = chosen.get(name, [])
        for one in [value] if isinstance(value, str) else value:
            if one not in offered:
                choose(file, chosen)  # a reason of the routine's own comes first
                raise BadChoice(f"{brand.name} offers --{name} {', '.join(offered)}, not {one}")
    return chosen
