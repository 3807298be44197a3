"""(RoutineFile, choices) → Routine with no conditions left; and the check of the whole file with all its branches."""

from booklet.conditions import Choices
from booklet.errors import InvalidFile
from booklet.model import Routine
from booklet.routines import RoutineFile
from booklet.shapes import Shaper


def tailor(file: RoutineFile, choices: Choices) -> Routine:
    """The routine for these choices. Raises InvalidFile where a needed value has no branch that holds."""
    shaper = Shaper(file.options, choices)
    routine: Routine = shaper.value(file.body, Routine)
    if shaper.problems:
        raise InvalidFile(shaper.problems)
    return routine
