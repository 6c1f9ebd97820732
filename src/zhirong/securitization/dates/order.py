"""Whether the days of a plan follow each other: what fails is told as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zhirong.core.calendar import BusinessCalendar
from zhirong.core.messages import Fact, Message
from zhirong.securitization.dates.chain import ChainRule, Link, PaymentChain


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDays:
    """Cut-off, closing, ends of the collection periods, and the chains of all payment dates."""

    cut_off: date
    closing: date
    collected_on: tuple[date, ...]
    chains: tuple[PaymentChain, ...]


def problems(days: PlanDays, rule: ChainRule, calendar: BusinessCalendar) -> tuple[Message, ...]:
    """Everything that breaks the order of the days; none where all follow each other."""
    return tuple(_problems(days, rule, calendar))


def provisional(chains: Sequence[PaymentChain]) -> tuple[Message, ...]:
    """A note for each payment date that a calendar not yet published may move."""
    return tuple(
        Message("securitization.dates.provisional", {"payment": each.payment})
        for each in chains
        if each.is_provisional
    )


def _problems(days: PlanDays, rule: ChainRule, calendar: BusinessCalendar) -> Iterator[Message]:
    yield from _of_periods(days)
    for one in days.chains:
        if one.starts < days.closing:
            yield _problem("before_closing", first=days.closing, second=one.starts)
        report = one.day(Link.REPORT)
        least = calendar.minus_workdays(one.payment, rule.report_days_min)
        if report is not None and report > least:
            yield _problem("report", first=least, second=report)
        if not calendar.is_workday(one.payment):
            yield _problem("day_off", first=one.nominal, second=one.payment)
    for former, later in pairwise(days.chains):
        if later.payment <= former.payment:
            yield _problem("payment", first=former.payment, second=later.payment)
        elif later.starts <= former.payment:
            yield _problem("overlap", first=former.payment, second=later.starts)


def _of_periods(days: PlanDays) -> Iterator[Message]:
    """Cut-off, closing and the ends of the collection periods."""
    if days.closing < days.cut_off:
        yield _problem("closing", first=days.cut_off, second=days.closing)
    for before, behind in pairwise((days.cut_off, *days.collected_on)):
        if behind <= before:
            yield _problem("collected", first=before, second=behind)
    for one, collected in zip(days.chains, days.collected_on, strict=False):
        if one.starts <= collected:
            yield _problem("calculation", first=collected, second=one.starts)


def _problem(rule: str, **facts: Fact) -> Message:
    return Message(f"securitization.dates.problem.{rule}", facts)
