from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.loans import conventions, due, fixed, yuan
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period
from zhirong.lending import facilities, payments, schedules
from zhirong.lending.facilities import (
    FixingEvent,
    FixingGround,
    MaximumAmountPledge,
    SecuredClaim,
    SecurityEffect,
)
from zhirong.lending.payments import STATUTORY, Claim, ClaimKind, PaymentOrder
from zhirong.lending.schedules import Form, Terms
from zhirong.parameters.reader import Parameters

FOLDER = Path(__file__).parent / "lending"


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def terms(given: dict[str, Any]) -> Terms:
    return Terms(
        principal=Money(Decimal(given["principal"])),
        form=Form(given["form"]),
        periods=due(given["start"], months=given["months"], every=given["every"]),
        path=fixed(given["rate"], start=given["start"]),
        conventions=conventions(
            day_count=given["day_count"],
            period_count=given["period_count"],
            installment_rounding=given["rounding"],
            installment_step=Money(Decimal(given["step"])),
            residue=given["residue"],
        ),
        parts=tuple(Money(Decimal(part)) for part in given.get("parts", ())),
    )


def outcome(given: dict[str, Any]) -> dict[str, object]:
    agreed = terms(given)
    plan = schedules.schedule(agreed)
    exact = schedules.level_installment(agreed)
    interest = plan.interest.amount
    return {
        "payments": [line.amount.amount for line in plan.installments],
        "balances": [line.balance.amount for line in plan.installments],
        "first": plan.installments[0].amount.amount,
        "interest": interest,
        "interest_yuan": interest.quantize(Decimal(1)),
        "paid_yuan": (interest + agreed.principal.amount).quantize(Decimal(1)),
        "installment": schedules.rounded_installment(agreed).amount,
        "exact": Money.rounded(exact, rounding=Rounding.HALF_UP).amount,
    }


def numbers(value: Any) -> Any:
    return [Decimal(item) for item in value] if isinstance(value, list) else Decimal(value)


class TestSchedules:
    @pytest.mark.parametrize("case", read("schedules.yaml"), ids=lambda case: case["name"])
    def test_come_out_as_the_case_says(self, case: dict[str, Any]) -> None:
        found = outcome(case["input"])

        assert {key: found[key] for key in case["output"]} == {
            key: numbers(value) for key, value in case["output"].items()
        }


def paid(given: dict[str, Any]) -> dict[str, object]:
    claims = [
        Claim(kind=ClaimKind(c["kind"]), due_on=c["due_on"], amount=yuan(c["amount"]))
        for c in given["claims"]
    ]
    kinds = tuple(ClaimKind(kind) for kind in given.get("order", STATUTORY))
    found = payments.pay_in_order(yuan(given["cash"]), claims, order=PaymentOrder(kinds=kinds))
    days = payments.overdue_days(claims, on=given["day"])
    loan_class = payments.class_floor(
        days_overdue=days,
        is_credit_impaired=False,
        loss_share=None,
        on=given["day"],
        parameters=Parameters(),
    )
    by_kind = {str(kind): found.paid(kind).amount for kind in ClaimKind}
    return {**by_kind, "rest": found.rest.amount, "days_overdue": days, "class": str(loan_class)}


class TestPayments:
    @pytest.mark.parametrize("case", read("payments.yaml"), ids=lambda case: case["name"])
    def test_come_out_as_the_case_says(self, case: dict[str, Any]) -> None:
        found = paid(case["input"])

        assert {key: found[key] for key in case["output"]} == {
            key: value if key in ("days_overdue", "class") else Decimal(value)
            for key, value in case["output"].items()
        }


def secured(given: dict[str, Any]) -> dict[str, object]:
    pledge = MaximumAmountPledge(
        registered_on=given["from"],
        effect=SecurityEffect.IN_REM,
        contract_ceiling=yuan(given["agreed"]),
        registered_ceiling=yuan(given["registered"]),
        claim_period=Period(given["from"], given["to"]),
    )
    events = [
        FixingEvent(FixingGround(event["ground"]), event["day"])
        for event in given.get("events", ())
    ]
    claims = [
        SecuredClaim(
            arose_on=c["arose_on"],
            principal=yuan(c["principal"]),
            accessories=yuan(c["accessories"]),
        )
        for c in given["claims"]
    ]
    fixing = facilities.fixed_by(pledge, events, on=given["to"], parameters=Parameters())
    assert fixing is not None
    owed = facilities.fixed_claims(pledge, claims, fixed_on=fixing.on)
    return {"fixed_on": fixing.on, "priority": facilities.priority(pledge, owed)}


class TestMaximumAmountPledges:
    @pytest.mark.parametrize("case", read("pledges.yaml"), ids=lambda case: case["name"])
    def test_come_out_as_the_case_says(self, case: dict[str, Any]) -> None:
        expected = case["output"]

        assert secured(case["input"]) == {
            "fixed_on": expected["fixed_on"],
            "priority": yuan(expected["priority"]),
        }
