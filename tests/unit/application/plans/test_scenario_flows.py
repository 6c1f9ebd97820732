"""One path, obligor by obligor: nothing is lost or made, and no event gives the contract."""

from datetime import date

import numpy as np
import pytest

from tests.pools import loan, pool_of
from zhirong.application.plans.assumed import Prepayment, RecoveryTerms, Speed
from zhirong.application.plans.records import PoolCurves, Scenario
from zhirong.application.plans.scenario_flows import (
    KINDS,
    ObligorCash,
    UnknownObligorError,
    obligors_of,
    together,
)
from zhirong.core.calendar import plus_months
from zhirong.securitization.behavior import obligor_flows

CUT_OFF = date(2024, 11, 20)
QUARTERS = tuple(plus_months(CUT_OFF, 3 * (i + 1)) for i in range(4))
POOL = pool_of([loan(i, lag_months=3) for i in range(3)])


def scenario(**changes: object) -> Scenario:
    return Scenario(key="tried", label="tried", **changes)  # type: ignore[arg-type]


def closes(each: ObligorCash, opening: int) -> bool:
    """Principal paid, prepaid, defaulted and outstanding adds up after every period."""
    gone = 0
    for period, balance in enumerate(each.balance):
        gone += each.principal[period] + each.prepaid[period] + each.defaulted[period]
        if gone + balance != opening:
            return False
    return True


class TestObligorsOf:
    def test_is_the_contract_where_nothing_happens(self) -> None:
        found = together(obligors_of(POOL, QUARTERS, scenario()), QUARTERS)

        contract = obligor_flows.undisturbed(obligor_flows.contractual(POOL, QUARTERS))
        for kind in KINDS:
            assert list(getattr(found, kind)) == list(getattr(contract, kind))

    def test_ends_the_dues_of_who_fails_and_brings_the_collateral_later(self) -> None:
        failing = scenario(defaults=(("F001", QUARTERS[1]),))

        first, failed, _ = obligors_of(POOL, QUARTERS, failing)

        assert failed.interest[1:] == (0, 0, 0)
        assert failed.defaulted == (0, 7_500_000_00, 0, 0)
        # 2 m less a tenth of costs; each cell of the distribution is cut to the fen.
        assert failed.recovered[2] in {1_800_000_00 - 1, 1_800_000_00}
        assert sum(failed.recovered) == failed.recovered[2]
        assert failed.lost[2] == 7_500_000_00 - failed.recovered[2]
        assert first.defaulted == (0, 0, 0, 0)
        assert closes(failed, 10_000_000_00)

    def test_takes_a_flat_recovery_where_a_scenario_asks_for_one(self) -> None:
        failing = scenario(defaults=(("F001", QUARTERS[0]),), recovery=0.2)

        failed = obligors_of(POOL, QUARTERS, failing)[1]

        assert failed.recovered == (0, 2_000_000_00, 0, 0)

    def test_brings_nothing_within_the_plan_where_the_sale_takes_longer(self) -> None:
        failing = scenario(defaults=(("F001", QUARTERS[3]),))

        failed = obligors_of(POOL, QUARTERS, failing, recovery=RecoveryTerms(lag_months=12))[1]

        assert sum(failed.recovered) == 0
        assert failed.lost[3] > 0

    def test_moves_dues_by_a_delay_and_leaves_the_last_one_owed(self) -> None:
        late = obligors_of(POOL, QUARTERS, scenario(delay_days=90))[0]

        assert late.principal[0] == 0
        assert late.balance[-1] == 2_500_000_00
        assert closes(late, 10_000_000_00)

    def test_prepays_by_the_speed_asked_for(self) -> None:
        fast = scenario(prepayment=Prepayment(speed=Speed.CPR, value=0.2))

        each = obligors_of(POOL, QUARTERS, fast)[0]

        assert each.prepaid[0] == round(7_500_000_00 * (1 - 0.8**0.25))
        assert closes(each, 10_000_000_00)

    def test_wears_off_by_a_curve(self) -> None:
        curve = PoolCurves(cdr=0.05, severity=0.8, lag_months=3)

        each = obligors_of(POOL, QUARTERS, scenario(curves=curve))[0]

        assert each.defaulted[0] == round(10_000_000_00 * (1 - 0.95**0.25))
        assert each.recovered[1] == round(each.defaulted[0] * 0.2)
        assert sum(each.lost) + sum(each.recovered) == pytest.approx(
            sum(each.defaulted), abs=each.defaulted[3]
        )
        assert closes(each, 10_000_000_00)

    def test_refuses_a_name_that_owes_nothing(self) -> None:
        with pytest.raises(UnknownObligorError):
            obligors_of(POOL, QUARTERS, scenario(defaults=(("F999", QUARTERS[0]),)))

    def test_agrees_with_the_simulation_in_its_balances(self) -> None:
        flows = obligor_flows.contractual(POOL, QUARTERS)
        found = obligors_of(POOL, QUARTERS, scenario())

        assert np.array_equal([each.balance for each in found], flows.balance[:, 1:])
