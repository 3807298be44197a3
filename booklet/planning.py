"""(Routine, plan) → leaves: the pages in order, a multiple of four, the cue card in the middle."""

from collections.abc import Callable
from typing import Literal

from booklet.errors import DoesNotFit, NoPlan
from booklet.model import Plan, Routine
from booklet.records import dataclass

Kind = Literal["cover", "chapter", "chapter-goes-on", "step", "step-picture", "step-words", "card-left", "card-right"]
COVER = "cover"
LAST = (
    2  # fillers go in before so many last pages, but after the steps: log and stop signs stay where readers find them
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page to be: what kind it is and which chapter or step it shows."""

    kind: Kind
    name: str
    band: bool = False


def find_plan(routine: Routine, pages: int) -> Plan:
    """The routine's plan for so many pages. Raises NoPlan."""
    for plan in routine.plans:
        if plan.plan == pages:
            return plan
    known = ", ".join(str(plan.plan) for plan in routine.plans)
    raise NoPlan(f"the routine has no plan for {pages} pages; it has plans for {known}")


def plan_leaves(routine: Routine, plan: Plan, pages_of: Callable[[str], int]) -> tuple[Leaf, ...]:
    """The leaves of a plan; `pages_of` says how many pages a chapter takes. Raises DoesNotFit."""
    leaves = [leaf for name in plan.pages for leaf in _entry(routine, plan, str(name), pages_of)]
    room = plan.plan - (2 if plan.cue_card else 0)
    missing = room - len(leaves)
    if missing < 0:
        bigger = [other.plan for other in routine.plans if other.plan > plan.plan]
        advice = f"take the larger plan with --pages {bigger[0]}" if bigger else "add a larger plan"
        longer = [leaf.name for leaf in leaves if leaf.kind == "chapter-goes-on"]
        said = f"; more than one page: `{'`, `'.join(dict.fromkeys(longer))}`" if longer else ""
        raise DoesNotFit(
            f"{plan.place}: a booklet of {plan.plan} pages has no room for {-missing} of its pages{said}: "
            f"take as many out of its `pages`, or {advice}"
        )
    fillers = [str(plan.fill[i % len(plan.fill)]) for i in range(missing)] if plan.fill else []
    if len(fillers) < missing:
        raise DoesNotFit(
            f"{plan.place}: the plan for {plan.plan} pages comes out {missing} short and has nothing to fill them with: "
            f"list more in its `pages`, or a chapter, such as one for notes, in its `fill`"
        )
    for early in range(missing + 1):  # fillers before the first step where pairs of pages must face each other
        filled = _filled(leaves, fillers, early)
        if plan.cue_card:
            middle = plan.plan // 2 - 1
            filled[middle:middle] = [Leaf("card-left", "cue-card"), Leaf("card-right", "cue-card")]
        if _faces(filled):
            return tuple(filled)
    raise DoesNotFit(
        f"{plan.place}: in a booklet of {plan.plan} pages the two pages of a step don't face each other: "
        f"list one page more or fewer before the steps in its `pages`, or a chapter in its `fill`"
    )


def _entry(routine: Routine, plan: Plan, name: str, pages_of: Callable[[str], int]) -> list[Leaf]:
    if name == COVER:
        return [Leaf("cover", name)]
    if name in routine.chapters:
        return [Leaf("chapter", name), *[Leaf("chapter-goes-on", name)] * (pages_of(name) - 1)]
    if name not in routine.steps:
        return []  # left out by a choice
    if plan.two_pages:
        return [Leaf("step-picture", name), Leaf("step-words", name, plan.bands)]
    return [Leaf("step", name, plan.bands)]


def _filled(leaves: list[Leaf], fillers: list[str], early: int) -> list[Leaf]:
    steps = [i for i, leaf in enumerate(leaves) if leaf.kind.startswith("step")]
    first = steps[0] if steps else len(leaves)
    late = max(first, len(leaves) - LAST, steps[-1] + 1 if steps else 0)
    before = [Leaf("chapter", name) for name in fillers[:early]]
    after = [Leaf("chapter", name) for name in fillers[early:]]
    return [*leaves[:first], *before, *leaves[first:late], *after, *leaves[late:]]


def _faces(leaves: list[Leaf]) -> bool:
    """Whether the two pages of every step, and of the cue card, are a left and a right page side by side."""
    pairs = {"step-picture": "step-words", "card-left": "card-right"}
    for number, leaf in enumerate(leaves, 1):
        if leaf.kind in pairs:
            after = leaves[number] if number < len(leaves) else None
            if number % 2 or after is None or (after.kind, after.name) != (pairs[leaf.kind], leaf.name):
                return False
    return True
