"""Whether everything that is owed can ever be paid, and everything that is held can be used."""

from collections.abc import Iterator

from zhirong.securitization.plan import references
from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.plan.fees import FeeKind
from zhirong.securitization.plan.problems import Problem
from zhirong.securitization.plan.records import Cash, Plan
from zhirong.securitization.plan.tranches import PrincipalKind

_PRINCIPAL = (Verb.PAY_PRINCIPAL, Verb.PAY_DOWN)
_FEES = (Verb.PAY_FEES, Verb.PAY_FEES_DUE, Verb.PAY_RESIDUAL)
_INTO = (Verb.TRANSFER, Verb.TOP_UP, Verb.RELEASE, Verb.DRAW)


def payability_problems(plan: Plan) -> Iterator[Problem]:
    """Accounts never funded, claims never paid, cash that goes nowhere, steps in vain."""
    actions = [action for _, found in references.waterfalls(plan) for action in found]
    yield from _accounts(plan, actions)
    yield from _tranches(plan, actions)
    yield from _fees(plan, actions)
    yield from _idle(plan, actions)
    yield from _in_vain(plan)
    routed = {route.cash for route in plan.routes}
    for cash in Cash:
        if cash not in routed:
            yield Problem("plan.problem.cash_nowhere", ("collections",), {"word": cash.value})


def _named(actions: list[Action], *verbs: Verb) -> set[str]:
    return {name for action in actions if action.verb in verbs for name in action.names}


def _accounts(plan: Plan, actions: list[Action]) -> Iterator[Problem]:
    funded = {account for route in plan.routes for account, share in route.accounts if share > 0}
    funded |= {account.key for account in plan.accounts if account.opening_fen > 0}
    funded |= {action.into or "" for action in actions if action.verb in _INTO}
    funded |= {a.account or "" for a in actions if a.verb is Verb.SETTLE_HEDGE}
    if plan.call is not None:
        funded.add(plan.call.into)
    for account in plan.accounts:
        if account.key not in funded:
            place = ("accounts", account.key)
            yield Problem("plan.problem.never_funded", place, {"word": account.key})


def _tranches(plan: Plan, actions: list[Action]) -> Iterator[Problem]:
    repaid = _named(actions, *_PRINCIPAL)
    served = _named(actions, Verb.PAY_INTEREST)
    accrued = _named(actions, Verb.ACCRUE_INTEREST)
    for tranche in plan.tranches:
        place = ("tranches", tranche.key)
        kind = tranche.principal.kind
        if kind is not PrincipalKind.INTEREST_ONLY and tranche.key not in repaid:
            yield Problem("plan.problem.never_repaid", place, {"word": tranche.key})
        earns = tranche.rate > 0 or tranche.floating is not None
        by_action = tranche.accrues.value == "by_action"
        if by_action and tranche.key not in accrued:
            earns = False
        if earns and kind is not PrincipalKind.ACCRUAL and tranche.key not in served:
            yield Problem("plan.problem.interest_never_paid", place, {"word": tranche.key})


def _fees(plan: Plan, actions: list[Action]) -> Iterator[Problem]:
    paid = _named(actions, *_FEES)
    calculated = _named(actions, Verb.CALCULATE_FEES, Verb.PAY_FEES)
    for fee in plan.fees:
        place = ("fees", fee.key)
        if fee.key not in paid:
            yield Problem("plan.problem.fee_never_paid", place, {"word": fee.key})
        by_itself = fee.kind in (FeeKind.ON_DATES, FeeKind.RESIDUAL)
        if not by_itself and fee.key in paid and fee.key not in calculated:
            yield Problem("plan.problem.fee_never_calculated", place, {"word": fee.key})


def _idle(plan: Plan, actions: list[Action]) -> Iterator[Problem]:
    drawn = {name for action in actions for name in action.supports}
    drawn |= _named(actions, Verb.DRAW)
    settled = _named(actions, Verb.SETTLE_HEDGE)
    for support in plan.supports:
        if support.key not in drawn:
            place = ("supports", support.key)
            yield Problem("plan.problem.support_unused", place, {"word": support.key})
    for hedge in plan.hedges:
        if hedge.key not in settled:
            yield Problem("plan.problem.hedge_unused", ("hedges", hedge.key), {"word": hedge.key})
    asked = {name for action in actions for _, name in references.of_condition(action.when)}
    asked |= {n for each in plan.triggers for _, n in references.of_condition(each.condition)}
    for trigger in plan.triggers:
        if trigger.stage is None and trigger.key not in asked:
            place = ("triggers", trigger.key)
            yield Problem("plan.problem.trigger_idle", place, {"word": trigger.key})


def _in_vain(plan: Plan) -> Iterator[Problem]:
    """Steps behind one that empties their account, with nothing coming in between."""
    for place, actions in references.waterfalls(plan):
        emptied: set[str] = set()
        for number, action in enumerate(actions, start=1):
            source = action.account or ""
            if source in emptied and not action.supports and action.verb in _PAYING:
                here = (*place, str(number))
                yield Problem("plan.problem.in_vain", here, {"word": source})
            if action.into is not None:
                emptied.discard(action.into)
            if action.verb is Verb.SETTLE_HEDGE:
                emptied.discard(source)
            if _empties(action):
                emptied.add(source)


_PAYING = (
    Verb.PAY_FEES,
    Verb.PAY_FEES_DUE,
    Verb.PAY_INTEREST,
    Verb.PAY_PRINCIPAL,
    Verb.PAY_DOWN,
    Verb.PAY_RESIDUAL,
)


def _empties(action: Action) -> bool:
    whole = not action.shares or sum(action.shares) == 1
    takes_all = action.verb is Verb.TRANSFER or (action.verb is Verb.PAY_RESIDUAL and whole)
    return takes_all and action.when is None and action.limit is None
