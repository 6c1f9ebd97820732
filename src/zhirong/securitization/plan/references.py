"""Which keys a plan's formulas, conditions and actions speak of."""

from collections.abc import Iterator

from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.plan.formulas import Condition, Formula
from zhirong.securitization.plan.records import Plan

Mention = tuple[str, str]
"""A section of the plan and a key of it."""
_SECTIONS = (
    (f.OF_TRANCHES, "tranches"),
    (f.OF_FEES, "fees"),
    (f.OF_ACCOUNTS, "accounts"),
    (f.OF_SUPPORTS, "supports"),
)
VERB_SECTIONS: dict[Verb, tuple[str, ...]] = {
    Verb.CALCULATE_FEES: ("fees",),
    Verb.PAY_FEES: ("fees",),
    Verb.PAY_FEES_DUE: ("fees",),
    Verb.ACCRUE_INTEREST: ("tranches",),
    Verb.PAY_INTEREST: ("tranches",),
    Verb.PAY_PRINCIPAL: ("tranches",),
    Verb.PAY_DOWN: ("tranches",),
    Verb.WRITE_DOWN: ("tranches",),
    Verb.DRAW: ("supports", "accounts"),
    Verb.REPAY_SUPPORT: ("supports",),
    Verb.PAY_SUPPORT_COSTS: ("supports",),
    Verb.SETTLE_HEDGE: ("hedges",),
    Verb.TEST_TRIGGERS: ("triggers",),
}
"""The sections that the names of a step may come from; the rest's recipients are anybody."""


def of_formula(formula: Formula | None) -> Iterator[Mention]:
    """What a formula measures by name."""
    match formula:
        case f.Measure(quantity, names):
            for quantities, section in _SECTIONS:
                if quantity in quantities:
                    yield from ((section, name) for name in names)
        case f.Share(_, of):
            yield from of_formula(of)
        case f.Total(parts) | f.Greatest(parts) | f.Least(parts):
            for part in parts:
                yield from of_formula(part)
        case f.Difference(first, second):
            yield from of_formula(first)
            yield from of_formula(second)
        case f.MonthsOfInterest(tranches, _):
            yield from (("tranches", name) for name in tranches)


def of_condition(condition: Condition | None) -> Iterator[Mention]:
    """What a condition asks about by name."""
    match condition:
        case f.RatioTest(part, whole):
            yield from of_formula(part)
            yield from of_formula(whole)
        case f.AmountTest(first, _, second):
            yield from of_formula(first)
            yield from of_formula(second)
        case f.Triggered(trigger):
            yield "triggers", trigger
        case f.Negation(inner):
            yield from of_condition(inner)
        case f.AllOf(conditions) | f.AnyOf(conditions):
            for each in conditions:
                yield from of_condition(each)


def of_action(action: Action) -> Iterator[Mention]:
    """What a step needs by name, its supports apart (they may be accounts or supports)."""
    for account in (action.account, action.into):
        if account is not None:
            yield "accounts", account
    if action.limit is not None:
        yield from of_formula(action.limit.amount)
    yield from of_condition(action.when)


def waterfalls(plan: Plan) -> Iterator[tuple[tuple[str, ...], tuple[Action, ...]]]:
    """Every list of actions with its place in the file."""
    for stage, actions in plan.waterfalls:
        yield ("waterfalls", stage.value), actions
    yield ("on_closing",), plan.on_closing
    yield ("on_collection",), plan.on_collection


def keys(plan: Plan) -> dict[str, frozenset[str]]:
    """The keys of every section."""
    return {
        "accounts": frozenset(each.key for each in plan.accounts),
        "tranches": frozenset(each.key for each in plan.tranches),
        "fees": frozenset(each.key for each in plan.fees),
        "supports": frozenset(each.key for each in plan.supports),
        "hedges": frozenset(each.key for each in plan.hedges),
        "triggers": frozenset(each.key for each in plan.triggers),
    }
