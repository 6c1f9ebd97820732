from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.factories import patent
from zhirong.rights import fee_position
from zhirong.rights.law import shipped
from zhirong.rights.records import FeeReduction, PatentKind

LAW = shipped()
CASES = yaml.safe_load(
    (Path(__file__).parent / "rights" / "annual_fees.yaml").read_text(encoding="utf-8")
)


def outcome(given: dict[str, Any]) -> dict[str, object]:
    facts = patent(
        kind=PatentKind(given["kind"]),
        filing_date=given["filed"],
        grant_date=given["granted"],
        fee_paid_through_year=given["paid_through"],
        fee_reduction=FeeReduction(given.get("reduction", "none")),
    )
    on: date = given["day"]
    standing = fee_position.standing(facts, on=on, evidence_on=on, law=LAW)
    due = fee_position.amount_due(facts, standing=standing, law=LAW)
    assert due is not None
    return {
        "stage": str(standing.stage),
        "patent_year": due.fee.patent_year,
        "due_on": due.fee.due_on,
        "payable": due.fee.payable.amount,
        "late_fee": due.late_fee.amount,
        "lapsed_on": standing.lapsed_on,
    }


class TestAnnualFees:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
    def test_come_out_as_the_case_says(self, case: dict[str, Any]) -> None:
        found = outcome(case["input"])
        expected = {
            key: Decimal(value) if isinstance(value, int) and key != "patent_year" else value
            for key, value in case["output"].items()
        }
        assert {key: found[key] for key in expected} == expected
