"""The days of a plan: the chain of each payment date, and what does not fit with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zhirong.application.plans.records import PlanInputs
from zhirong.core.calendar import BusinessCalendar
from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters
from zhirong.securitization.dates import chain as chains
from zhirong.securitization.dates import order
from zhirong.securitization.dates.chain import ChainRule, PaymentChain
from zhirong.securitization.dates.order import PlanDays


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDates:
    """All chains in the order of payment, what breaks their order, and which may still move."""

    chains: tuple[PaymentChain, ...]
    problems: tuple[Message, ...]
    provisional: tuple[Message, ...]


def rule_of(inputs: PlanInputs, parameters: Parameters) -> ChainRule:
    """The chain that the plan file states, or the usual one in force at closing."""
    usual = chains.market_rule(parameters, on=inputs.plan.dates.closing)
    terms = inputs.chain
    if terms is None:
        return usual
    return replace(usual, before=terms.before or usual.before, roll=terms.roll)


def payment_dates(
    inputs: PlanInputs, parameters: Parameters, calendar: BusinessCalendar
) -> PaymentDates:
    """The chains of the plan on a calendar."""
    rule, dates = rule_of(inputs, parameters), inputs.plan.dates
    found = chains.chains(dates.payments, rule, calendar)
    # Ends that the file leaves out are the payment dates themselves: then dues are looked at.
    has_ends = inputs.collected_on != dates.payments
    days = PlanDays(
        cut_off=dates.cut_off,
        closing=dates.closing,
        collected_on=inputs.collected_on if has_ends else (),
        chains=found,
    )
    late = () if has_ends else tuple(_dues(inputs, found))
    problems = (*order.problems(days, rule, calendar), *late)
    return PaymentDates(chains=found, problems=problems, provisional=order.provisional(found))


def _dues(inputs: PlanInputs, found: tuple[PaymentChain, ...]) -> Iterator[Message]:
    """Payment dates whose calculation is before a due that its waterfall counts on."""
    since = (inputs.plan.dates.cut_off, *inputs.plan.dates.payments)
    for (first, last), one in zip(pairwise(since), found, strict=True):
        late = {
            due.on
            for claim in inputs.pool.claims
            for due in claim.dues
            if first < due.on <= last and due.on >= one.starts
        }
        if late:
            facts = {"first": max(late), "second": one.starts}
            yield Message("securitization.dates.problem.dues", facts)
