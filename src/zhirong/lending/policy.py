"""The limit sheet: what is asked, what security covers, what may stay uncovered, who must approve.

A simple policy: caps x market value of the pledged set cover a part; the rest is uncovered and has
its own limits. For every yuan the sheet says by what it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.messages import Message
from zhirong.core.money import Money, Rounding
from zhirong.parameters.reader import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSheet:
    """How a limit comes about, in whole fen.

    Attributes:
        asked: What the firm asks for.
        covered_max: Caps x market value of the set that can be registered.
        uncovered_max: The most that may stay uncovered by policy.
        limit: What the policy supports: never above what is asked.
        covered: The part of the limit that security covers.
        uncovered: The rest.
        needs_second: A second officer, above the first, must approve.
        reasons: What holds the limit down, and why a second approval is needed.
    """

    asked: Money
    covered_max: Money
    uncovered_max: Money
    limit: Money
    covered: Money
    uncovered: Money
    needs_second: bool
    reasons: tuple[Message, ...]


def limit_sheet(
    asked: Money, *, covered_max: Money, product_max: Money | None, on: date, parameters: Parameters
) -> LimitSheet:
    """The sheet that a policy in force on a day gives.

    The uncovered part is at most a share of the limit and at most an amount; with share s the limit
    that a cover c supports is c / (1 - s).
    """
    rules = parameters.get("lending.policy", on=on).value
    share, most = Decimal(rules["uncovered_share_max"]), Money(Decimal(rules["uncovered_max"]))
    supported = Money.rounded(covered_max.amount / (1 - share), rounding=Rounding.TRUNCATE)
    uncovered_max = min(supported - covered_max, most)
    caps = [asked, covered_max + uncovered_max]
    if product_max is not None:
        caps.append(product_max)
    limit = min(caps)
    covered = min(limit, covered_max)
    uncovered = limit - covered
    above = limit > Money(Decimal(rules["second_approval_above"]))
    above_uncovered = uncovered > Money(Decimal(rules["second_approval_uncovered_above"]))
    return LimitSheet(
        asked=asked,
        covered_max=covered_max,
        uncovered_max=uncovered_max,
        limit=limit,
        covered=covered,
        uncovered=uncovered,
        needs_second=above or above_uncovered,
        reasons=tuple(_reasons(asked, limit, product_max, (above, above_uncovered))),
    )


def _reasons(
    asked: Money, limit: Money, product_max: Money | None, above: tuple[bool, bool]
) -> Iterator[Message]:
    if limit < asked and limit == product_max:
        yield Message("lending.sheet.product_holds", {"limit": limit.amount})
    elif limit < asked:
        yield Message("lending.sheet.cover_holds", {"limit": limit.amount})
    if above[0]:
        yield Message("lending.sheet.second_for_limit", {})
    if above[1]:
        yield Message("lending.sheet.second_for_uncovered", {})
