"""(RoutineFile, choices) → Routine with no conditions left; and the check of the whole file with all its branches."""

from booklet.conditions import Choices
from booklet.errors import InvalidFile
from booklet.model import Routine
from booklet.routines import RoutineFile
from booklet.shapes import Before, Shaper


def tailor(file: RoutineFile, choices: Choices, before: Before | None = None) -> Routine:
    """The routine for these choices. Raises InvalidFile where a needed value has no branch that holds.

    `before` is what was read for the same options and choices before the file was edited.
    """
    shaper = Shaper(file.options, choices, before=before)
    routine: Routine = shaper.value(file.body, Routine)
    if shaper.problems:
        raise InvalidFile(shaper.problems)
    return routine


def steps_beside(routine: Routine) -> dict[str, list[str]]:
    """The steps that are shown on another's page, by that step."""
    found: dict[str, list[str]] = {}
    for name, step in routine.steps.items():
        if step.with_step:
            found.setdefault(str(step.with_step), []).append(name)
    return found
