import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zhirong.securitization.behavior import curves
from zhirong.securitization.behavior import standard_cash_flow as standard
from zhirong.securitization.behavior.standard_cash_flow import PoolTermsError, Terms

PRINTED = {
    "performing": "performing_balance",
    "new_defaults": "new_defaults",
    "in_foreclosure": "in_foreclosure",
    "expected_amortization": "expected_amortization",
    "prepayments": "voluntary_prepayments",
    "amortization_from_defaults": "amort_from_defaults",
    "actual_amortization": "actual_amort",
    "expected_interest": "expected_interest",
    "interest_lost": "interest_lost",
    "actual_interest": "actual_interest",
    "principal_recovery": "principal_recovery",
    "principal_loss": "principal_loss",
    "amortized_default_balance": "amortized_default_balance_in_recovery_month",
}


def terms(**changes: Any) -> Terms:
    given: dict[str, Any] = {
        "balance": 100_000_000.0,
        "rate": 0.08,
        "term": 360,
        "lag_months": 12,
        "severity": 0.2,
    }
    return Terms(**(given | changes))


def flat(smm: float, mdr: float, months: int = 360, lag: int = 12) -> dict[str, Any]:
    default = curves.constant(mdr, months=months)
    default[months - lag :] = 0.0
    return {"prepayment": curves.constant(smm, months=months), "default": default}


class TestCashFlow:
    @pytest.mark.data
    def test_is_every_cell_of_the_published_example(self, shared_data: Path) -> None:
        with (shared_data / "bma_standard_tables/sf28_cash_flow_a.csv").open() as file:
            rows = list(csv.DictReader(file))
        smm = np.array([float(row["monthly_prepay_rate"]) for row in rows])
        mdr = np.array([float(row["monthly_default_rate"]) for row in rows])

        flow = standard.cash_flow(terms(), prepayment=smm, default=mdr)

        for name, heading in PRINTED.items():
            printed = np.array([float(row[heading] or 0) for row in rows])
            assert np.abs(getattr(flow, name) - printed).max() <= 0.5 + 1e-6, name

    def test_arrives_at_the_published_totals(self) -> None:
        flow = standard.cash_flow(terms(), **flat(0.01, 0.01))

        assert flow.new_defaults.sum() == pytest.approx(47_576_640, abs=5)
        assert flow.principal_loss.sum() == pytest.approx(9_515_314, abs=5)
        assert flow.principal_recovery.sum() == pytest.approx(37_446_547, abs=5)

    @pytest.mark.parametrize(
        ("speed", "printed"),
        [
            (1.0, (1.56, 3.09, 4.59, 6.08, 7.53, 8.97)),
            (1.5, (1.40, 2.78, 4.13, 5.47, 6.79, 8.08)),
            (2.0, (1.26, 2.51, 3.74, 4.95, 6.14, 7.32)),
            (3.0, (1.05, 2.08, 3.10, 4.11, 5.10, 6.08)),
        ],
    )
    def test_arrives_at_the_published_cumulative_defaults(
        self, speed: float, printed: tuple[float, ...]
    ) -> None:
        prepayment = curves.psa(speed, months=360)
        got = [
            standard.cash_flow(
                terms(balance=100.0),
                prepayment=prepayment,
                default=curves.sda(multiple, months=360, lag_months=12, term=360),
            ).new_defaults.sum()
            for multiple in (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
        ]

        assert np.round(got, 2) == pytest.approx(printed)

    def test_pays_the_first_month_of_the_published_loan(self) -> None:
        prepayment = curves.psa(1.5, months=360)
        flow = standard.cash_flow(
            terms(balance=1.0, rate=0.095), prepayment=prepayment, default=np.zeros(360)
        )

        assert flow.actual_amortization[0] == pytest.approx(0.00049188, abs=5e-9)
        assert flow.actual_interest[0] == pytest.approx(0.00791667, abs=5e-9)
        assert flow.prepayments[0] == pytest.approx(0.00025022, abs=5e-9)
        # The fee is what lies between the gross and the net rate of 9 %.
        assert flow.cash[0] - 0.005 / 12 == pytest.approx(0.00824210, abs=5e-9)

    @pytest.mark.parametrize("advanced", [True, False])
    def test_loses_no_principal(self, advanced: bool) -> None:  # noqa: FBT001 - a case
        flow = standard.cash_flow(terms(is_advanced=advanced), **flat(0.02, 0.015))

        out = (
            flow.prepayments
            + flow.actual_amortization
            + flow.amortization_from_defaults
            + flow.principal_recovery
            + flow.principal_loss
        ).sum()

        assert out == pytest.approx(100_000_000.0)
        assert flow.performing[-1] == pytest.approx(0.0, abs=1e-6)
        assert flow.in_foreclosure[-1] == pytest.approx(0.0, abs=1e-6)

    def test_without_behavior_is_the_contract(self) -> None:
        flow = standard.cash_flow(terms(), **flat(0.0, 0.0))
        payment = 100_000_000 * (0.08 / 12) / (1 - (1 + 0.08 / 12) ** -360)

        assert flow.cash == pytest.approx(np.full(360, payment))

    def test_goes_on_from_an_age(self) -> None:
        whole = standard.cash_flow(terms(), **flat(0.0, 0.0))
        rest = standard.cash_flow(
            terms(balance=float(whole.performing[59]), age=60), **flat(0.0, 0.0, months=300)
        )

        assert rest.cash == pytest.approx(whole.cash[60:])

    @pytest.mark.parametrize(
        "changes",
        [{"severity": 1.2}, {"lag_months": 0}, {"balance": -1.0}, {"age": 1}, {"age": 360}],
    )
    def test_refuses_impossible_terms(self, changes: dict[str, Any]) -> None:
        with pytest.raises(PoolTermsError):
            standard.cash_flow(terms(**changes), **flat(0.01, 0.01))
