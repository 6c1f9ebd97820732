"""What is wrong with a plan, as data: each problem with its place in the file and its rule."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from zhirong.core.messages import Fact
from zhirong.securitization.plan import references
from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.plan.fees import Fee, FeeKind
from zhirong.securitization.plan.late_terms import late_problems
from zhirong.securitization.plan.payability import payability_problems
from zhirong.securitization.plan.problems import Problem
from zhirong.securitization.plan.records import Plan, Stage
from zhirong.securitization.plan.tranches import PrincipalKind, Tranche


def problems_of(plan: Plan) -> tuple[Problem, ...]:
    """Every problem of a plan; none if it can be run.

    Names are checked first: the other checks follow them.
    """
    found = tuple(problem for check in _NAMES for problem in check(plan))
    return found or tuple(problem for check in _CHECKS for problem in check(plan))


def _dates(plan: Plan) -> Iterator[Problem]:
    dates = plan.dates
    if not dates.payments:
        yield Problem("plan.problem.no_payments", ("dates", "payments"))
        return
    if dates.closing < dates.cut_off:
        facts = {"first": dates.cut_off, "second": dates.closing}
        yield Problem("plan.problem.cut_off", ("dates", "closing"), facts)
    if dates.payments[0] <= dates.closing:
        facts = {"first": dates.closing, "second": dates.payments[0]}
        yield Problem("plan.problem.first_payment", ("dates", "payments"), facts)
    for before, after in pairwise(dates.payments):
        if after <= before:
            facts = {"first": before, "second": after}
            yield Problem("plan.problem.payment_order", ("dates", "payments"), facts)


def _once(plan: Plan) -> Iterator[Problem]:
    """Steps name accounts and supports side by side, so every key stands for one thing."""
    sections = references.keys(plan)
    counts = Counter(key for section in sections.values() for key in section)
    for section, found in sections.items():
        for key in sorted(found):
            if counts[key] > 1 and section != "accounts":
                yield Problem("plan.problem.key_twice", (section, key), {"word": key})


def _known(plan: Plan) -> Iterator[Problem]:
    sections = references.keys(plan)
    for place, mentions in _mentions(plan):
        for section, name in mentions:
            if name not in sections[section]:
                facts: dict[str, Fact] = {"word": name, "section": section}
                yield Problem("plan.problem.unknown_name", place, facts)
    for place, action in _actions(plan):
        allowed = references.VERB_SECTIONS.get(action.verb, ())
        yield from _named_among(sections, action.names, allowed, place)
        yield from _named_among(sections, action.supports, ("accounts", "supports"), place)


def _named_among(
    sections: Mapping[str, frozenset[str]],
    names: tuple[str, ...],
    groups: tuple[str, ...],
    place: tuple[str, ...],
) -> Iterator[Problem]:
    for name in names if groups else ():
        if not any(name in sections[group] for group in groups):
            facts: dict[str, Fact] = {"word": name, "section": groups[0]}
            yield Problem("plan.problem.unknown_name", place, facts)


def _mentions(plan: Plan) -> Iterator[tuple[tuple[str, ...], Iterator[references.Mention]]]:
    for account in plan.accounts:
        yield ("accounts", account.key), references.of_formula(account.target)
    for route in plan.routes:
        yield (
            ("collections", route.cash.value),
            iter([("accounts", account) for account, _ in route.accounts]),
        )
    for tranche in plan.tranches:
        others = [("tranches", key) for key in tranche.principal.while_outstanding]
        yield ("tranches", tranche.key), iter(others)
        yield ("tranches", tranche.key), references.of_formula(tranche.principal.notional)
    for fee in plan.fees:
        yield ("fees", fee.key), references.of_formula(fee.base)
    for hedge in plan.hedges:
        yield ("hedges", hedge.key), references.of_formula(hedge.notional)
    for trigger in plan.triggers:
        yield ("triggers", trigger.key), references.of_condition(trigger.condition)
    for place, action in _actions(plan):
        yield place, references.of_action(action)
    if plan.call is not None:
        yield ("clean_up_call",), references.of_condition(plan.call.when)
        yield ("clean_up_call",), iter([("accounts", plan.call.into)])


def _actions(plan: Plan) -> Iterator[tuple[tuple[str, ...], Action]]:
    for place, actions in references.waterfalls(plan):
        for number, action in enumerate(actions, start=1):
            yield (*place, str(number)), action


def _routes(plan: Plan) -> Iterator[Problem]:
    for route in plan.routes:
        shares = [share for _, share in route.accounts]
        if sum(shares) != 1 or min(shares) < 0:
            place = ("collections", route.cash.value)
            yield Problem("plan.problem.route", place, {"share": float(sum(shares))})


def _tranches(plan: Plan) -> Iterator[Problem]:
    for tranche in plan.tranches:
        place = ("tranches", tranche.key)
        yield from (Problem(code, place, {"word": tranche.key}) for code in _tranche_codes(tranche))


def _tranche_codes(tranche: Tranche) -> Iterator[str]:
    terms = tranche.principal
    yield from _schedule_codes(tranche)
    if terms.kind is PrincipalKind.LOCKOUT and terms.start is None:
        yield "plan.problem.lockout"
    if (terms.kind is PrincipalKind.INTEREST_ONLY) != (terms.notional is not None):
        yield "plan.problem.notional"
    if tranche.rate < 0:
        yield "plan.problem.rate_negative"
    if tranche.floating is not None:
        cap, floor = tranche.floating.cap, tranche.floating.floor
        if cap is not None and floor is not None and cap < floor:
            yield "plan.problem.cap_below_floor"
        if any(after <= before for before, after in pairwise(tranche.floating.resets)):
            yield "plan.problem.ascending"


def _schedule_codes(tranche: Tranche) -> Iterator[str]:
    schedule = tranche.principal.schedule
    if tranche.principal.kind is not PrincipalKind.SCHEDULED:
        if schedule:
            yield "plan.problem.schedule_unused"
        return
    amounts = [tranche.balance_fen, *(fen for _, fen in schedule)]
    if not schedule:
        yield "plan.problem.schedule_missing"
    if any(after > before for before, after in pairwise(amounts)):
        yield "plan.problem.schedule_rising"


def _fees(plan: Plan) -> Iterator[Problem]:
    for fee in plan.fees:
        if fee.rate < 0:
            yield Problem("plan.problem.rate_negative", ("fees", fee.key), {"word": fee.key})
        if _lacks_base(fee):
            yield Problem("plan.problem.fee_base", ("fees", fee.key), {"word": fee.key})


def _lacks_base(fee: Fee) -> bool:
    kinds = (FeeKind.ANNUAL_RATE, FeeKind.UP_TO_FORMULA, FeeKind.FORMULA)
    return fee.kind in kinds and fee.base is None


def _steps(plan: Plan) -> Iterator[Problem]:
    accounts = {account.key: account for account in plan.accounts}
    for place, action in _actions(plan):
        into, source = action.into or "", action.account or ""
        facts: dict[str, Fact] = {"word": action.verb.value}
        if action.verb is Verb.WRITE_DOWN and action.limit is None:
            yield Problem("plan.problem.needs_limit", place, facts)
        if action.verb is Verb.TOP_UP and accounts[into].target is None:
            yield Problem("plan.problem.needs_target", place, {"word": into})
        if action.verb is Verb.RELEASE and accounts[source].target is None:
            yield Problem("plan.problem.needs_target", place, {"word": source})
        if action.verb is Verb.DRAW and action.limit is None and accounts[into].target is None:
            yield Problem("plan.problem.needs_limit", place, facts)
        if action.shares and (sum(action.shares) > 1 or min(action.shares) < 0):
            yield Problem("plan.problem.residual_shares", place, facts)


def _normal(plan: Plan) -> Iterator[Problem]:
    if not plan.actions(Stage.NORMAL):
        yield Problem("plan.problem.no_normal", ("waterfalls",))


@dataclass(slots=True)
class _Graph:
    """Which key leads to which, with the place of each step; finds a circle."""

    edges: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def add(self, start: str, end: str, place: tuple[str, ...]) -> None:
        self.edges.setdefault(start, {})[end] = place

    def circle(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The keys of one circle and the place of the step that closes it."""
        for start in self.edges:
            found = self._walk(start, (start,))
            if found is not None:
                return found
        return None

    def _walk(
        self, start: str, way: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        for end, place in self.edges.get(way[-1], {}).items():
            if end == start:
                return (*way, end), place
            if end not in way:
                found = self._walk(start, (*way, end))
                if found is not None:
                    return found
        return None


def _circles(plan: Plan) -> Iterator[Problem]:
    """Cash that goes round: transfers and top-ups of one waterfall, or a step's own support."""
    for place, actions in references.waterfalls(plan):
        graph = _Graph()
        for number, action in enumerate(actions, start=1):
            here = (*place, str(number))
            if action.account in action.supports or action.account == action.into is not None:
                yield Problem("plan.problem.circle", here, {"way": (action.account or "",) * 2})
            elif action.verb in (Verb.TRANSFER, Verb.TOP_UP):
                graph.add(action.account or "", action.into or "", here)
        found = graph.circle()
        if found is not None:
            yield Problem("plan.problem.circle", found[1], {"way": found[0]})


def _definitions(plan: Plan) -> Iterator[Problem]:
    """Amounts and triggers defined by themselves."""
    formula, condition = references.of_formula, references.of_condition
    groups = (
        ("accounts", [(each.key, formula(each.target)) for each in plan.accounts]),
        ("triggers", [(each.key, condition(each.condition)) for each in plan.triggers]),
        ("tranches", [(each.key, formula(each.principal.notional)) for each in plan.tranches]),
    )
    for section, mentions in groups:
        graph = _Graph()
        for key, mentioned in mentions:
            for group, name in mentioned:
                if group == section:
                    graph.add(key, name, (section, key))
        found = graph.circle()
        if found is not None:
            yield Problem("plan.problem.circle", found[1], {"way": found[0]})


Check = Callable[[Plan], Iterator[Problem]]
_NAMES: tuple[Check, ...] = (_once, _known)
_CHECKS: tuple[Check, ...] = (
    _dates,
    _normal,
    _routes,
    _tranches,
    _fees,
    _steps,
    _circles,
    _definitions,
    payability_problems,
    late_problems,
)
