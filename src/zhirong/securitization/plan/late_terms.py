"""Terms of a plan that begin only when it is over, so that they would never be met."""

from collections.abc import Iterator
from datetime import date

from zhirong.securitization.plan.problems import Problem
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.plan.tranches import PrincipalKind


def late_problems(plan: Plan) -> Iterator[Problem]:
    """Principal and fees that fall due after the last payment date: nobody would ever be paid."""
    last = plan.dates.payments[-1]
    for tranche in plan.tranches:
        terms = tranche.principal
        days = [on for on, _ in terms.schedule]
        if terms.kind in (PrincipalKind.BULLET, PrincipalKind.LOCKOUT) and terms.start is not None:
            days.append(terms.start)
        yield from _after(last, days, ("tranches", tranche.key))
    for fee in plan.fees:
        yield from _after(last, [on for on, _ in fee.dues], ("fees", fee.key))


def _after(last: date, days: list[date], place: tuple[str, ...]) -> Iterator[Problem]:
    late = max(days, default=last)
    if late > last:
        yield Problem(
            "plan.problem.after_end", place, {"word": place[-1], "on": late, "last": last}
        )
