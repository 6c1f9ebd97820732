"""The report of a payment date: money adds up, late and failed obligors are found."""

from datetime import date
from pathlib import Path

import pytest

from tests.plan_kit.eleven_loans import inputs
from zhirong.application.plans.payment_report import (
    CASH,
    NoPaymentDateError,
    PaymentReport,
    payment_report,
    value_of,
)
from zhirong.application.plans.records import Scenario
from zhirong.application.plans.scenario_run import run_scenario
from zhirong.parameters.reader import Parameters

CHECKOUT = Path(__file__).parents[4]
FAILING = Scenario(
    key="two_fail",
    label="two fail",
    defaults=(("F01", date(2025, 5, 20)), ("F05", date(2025, 5, 20))),
)


def report(scenario: Scenario | None = None, *, on: date = date(2025, 5, 27)) -> PaymentReport:
    given = inputs(CHECKOUT)
    found = run_scenario(given, scenario or given.scenarios[0])
    return payment_report(given, found, on, Parameters())


class TestPaymentReport:
    @pytest.mark.parametrize("scenario", [None, FAILING])
    def test_has_the_cash_of_obligors_and_accounts_to_the_fen(
        self, scenario: Scenario | None
    ) -> None:
        found = report(scenario)

        came = sum(found.came[kind] for kind in CASH)
        paid = sum(each.paid + each.recovered for each in found.obligors)
        accounts = found.accounts
        assert came == paid
        assert all(each.opening + each.received - each.paid == each.closing for each in accounts)
        held = sum(each.closing for each in accounts)
        assert value_of(found.told.came_in) == value_of(found.told.went_out) + held

    def test_says_who_is_late_and_who_failed(self) -> None:
        found = report(FAILING)

        late = {each.obligor_id for each in found.obligors if each.late}
        failed = {each.obligor_id: each.defaulted for each in found.obligors if each.defaulted}
        assert late == {"F01", "F05"}
        assert failed == {"F01": 1_990_000_000, "F05": 1_400_000_000}

    def test_reads_triggers_with_their_distance(self) -> None:
        calm = {each.key: each for each in report().triggers}["defaults"]
        failing = {each.key: each for each in report(FAILING).triggers}["defaults"]

        assert (calm.ratio, calm.level, calm.headroom) == (0.0, 0.05, 0.05)
        assert failing.is_on
        assert failing.ratio == pytest.approx(33.9 / 138)
        assert failing.headroom == pytest.approx(0.05 - 33.9 / 138)

    def test_stands_beside_the_period_before_and_the_base_case(self) -> None:
        found, calm = report(FAILING), report()

        assert found.came_planned == calm.came
        assert found.came_before == report(on=date(2025, 2, 27)).came
        assert report(on=date(2025, 2, 27)).came_before is None

    def test_opens_the_first_date_with_what_was_issued(self) -> None:
        found = report(on=date(2025, 2, 27))

        assert found.opening_balance("senior") == 13_100_000_000
        assert found.since == date(2024, 11, 27)

    def test_knows_no_other_days(self) -> None:
        with pytest.raises(NoPaymentDateError) as refused:
            report(on=date(2025, 5, 28))

        assert "2025-05-27" in str(refused.value)
