"""The chain of working days around a payment date.

Cash of the collection period is calculated, transferred, and its shortfall called from the payer
and then the guarantor; the manager instructs, reports, and holders of the record date are paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from zhirong.core.calendar import BusinessCalendar
from zhirong.core.errors import InputError
from zhirong.core.rolling import Roll, rolled_day
from zhirong.parameters.reader import Parameters

_CHAIN = "securitization.payment_chain"


class Link(StrEnum):
    """What is done on a day of the chain, in order."""

    CALCULATION = "calculation"
    SERVICER_REPORT = "servicer_report"
    TRANSFER = "transfer"
    SHORTFALL_NOTICE = "shortfall_notice"
    SHORTFALL_PAYMENT = "shortfall_payment"
    GUARANTOR_PAYMENT = "guarantor_payment"
    INSTRUCTION = "instruction"
    REPORT = "report"
    RECORD = "record"
    PAYMENT = "payment"


class ChainRuleError(InputError):
    """A chain whose links are not in order, or that leaves one out."""

    code = "error.securitization.payment_chain"

    def __init__(self, link: str) -> None:
        super().__init__(f"The chain of working days breaks at {link}.", link=link)


Before = tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTerms:
    """What a plan says of its dates: the roll, and its own chain where it has one.

    Raises:
        ChainRuleError: The links are not in order, repeat, or do not end with the payment.
    """

    roll: Roll
    before: Before = ()

    def __post_init__(self) -> None:
        if self.before:
            _check(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRule:
    """How many working days before the payment each link is, in the order of `Link`.

    Attributes:
        before: Link and days; a link a plan does not have is left out. The payment is 0.
        roll: Where a payment date goes that falls on a day off; no interest is owed for the days.
        report_days_min: Fewest trading days from the report to the payment.

    Raises:
        ChainRuleError: The links are not in order, repeat, or do not end with the payment.
    """

    before: Before
    roll: Roll
    report_days_min: int

    def __post_init__(self) -> None:
        _check(self.before)


def _check(before: Before) -> None:
    """Nothing, where links follow each other to the payment and days never rise."""
    order = list(Link)
    ends = bool(before) and before[-1] == (Link.PAYMENT, 0)
    if not ends or min(count for _, count in before) < 0:
        raise ChainRuleError(before[-1][0] if before else Link.PAYMENT)
    for (former, longer), (link, count) in pairwise(before):
        if order.index(link) <= order.index(former) or count > longer:
            raise ChainRuleError(link)


def market_rule(parameters: Parameters, *, on: date, roll: Roll = Roll.FOLLOWING) -> ChainRule:
    """The usual chain in force on a day."""
    table = parameters.get(_CHAIN, on=on).value
    return ChainRule(
        before=tuple((link, int(table[link])) for link in Link if link in table),
        roll=roll,
        report_days_min=int(table["report_days_min"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedLink:
    """A link on its day.

    `is_provisional`: the calendar of a year that it needs is not published, so that only weekends
    are left out and the day may still move.
    """

    link: Link
    on: date
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentChain:
    """One payment date: as the plan names it, and all days that hang on it, ascending."""

    nominal: date
    links: tuple[DatedLink, ...]

    def day(self, link: Link) -> date | None:
        """The day of a link; None where the chain has none."""
        return next((each.on for each in self.links if each.link is link), None)

    @property
    def payment(self) -> date:
        """The day on which holders are paid."""
        return self.links[-1].on

    @property
    def starts(self) -> date:
        """The first day of the chain."""
        return self.links[0].on

    @property
    def is_provisional(self) -> bool:
        """Whether some day may still move."""
        return any(each.is_provisional for each in self.links)


def chain(nominal: date, rule: ChainRule, calendar: BusinessCalendar) -> PaymentChain:
    """The chain of one payment date.

    Record and payment are days of the exchange, which is closed at weekends even where people
    work: `calendar` should then have no make-up days (`trading_days`).
    """
    payment = rolled_day(nominal, rule.roll, calendar)
    links = []
    for link, count in rule.before:
        day = calendar.minus_workdays(payment, count)
        # Every day between must be known, for each decides on the ones before it.
        sure = all(calendar.is_known(each) for each in (day, payment, nominal))
        links.append(DatedLink(link=link, on=day, is_provisional=not sure))
    return PaymentChain(nominal=nominal, links=tuple(links))


def chains(
    nominal: Sequence[date], rule: ChainRule, calendar: BusinessCalendar
) -> tuple[PaymentChain, ...]:
    """The chains of all payment dates, in their order."""
    return tuple(chain(each, rule, calendar) for each in nominal)


def trading_days(calendar: BusinessCalendar) -> BusinessCalendar:
    """The days of an exchange: working days, but no worked Saturday or Sunday."""
    return BusinessCalendar(
        days_off=calendar.days_off, make_up_days=frozenset(), known=calendar.known
    )
