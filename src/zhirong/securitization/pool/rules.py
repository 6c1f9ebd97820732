"""What a pool must keep, as data: limits that refuse and lines that only ask for disclosure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters


class Standing(StrEnum):
    """How a rule stands: kept, to be disclosed, or broken."""

    MET = "met"
    DISCLOSE = "disclose"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says of the pool ("" as subject), a claim, an obligor or a group."""

    rule: str
    subject: str
    standing: Standing
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRules:
    """The rules in force on a day; shares are of the pool's outstanding principal."""

    unrelated_obligors_min: int
    single_share_max: float
    lease_top_five_share_max: float
    disclose_single_above: float
    disclose_group_above: float
    negative_industries: frozenset[str]
    rights_outlive_claim_months: int


def in_force(parameters: Parameters, *, on: date) -> PoolRules:
    """The published rules of a day; a plan may set stricter ones with `replace`."""
    found: Mapping[str, Any] = parameters.get("securitization.pool_rules", on=on).value
    return PoolRules(
        unrelated_obligors_min=int(found["unrelated_obligors_min"]),
        single_share_max=float(Decimal(found["single_share_max"])),
        lease_top_five_share_max=float(Decimal(found["lease_top_five_share_max"])),
        disclose_single_above=float(Decimal(found["disclose_single_above"])),
        disclose_group_above=float(Decimal(found["disclose_group_above"])),
        negative_industries=frozenset(found["negative_industries"]),
        rights_outlive_claim_months=int(found["rights_outlive_claim_months"]),
    )
