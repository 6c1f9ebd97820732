from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.loans import conventions, due, fixed
from zhirong.core.money import Money, Rounding
from zhirong.lending import schedules
from zhirong.lending.schedules import Form, Terms

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
