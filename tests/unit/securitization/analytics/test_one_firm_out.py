from datetime import date

import numpy as np
import pytest

from tests.plan_kit import loan_deals
from tests.plan_kit.loan_deals import ON, WHOLE, YUAN
from zhirong.securitization.analytics import first_loss, one_firm_out
from zhirong.securitization.analytics.one_firm_out import Bears, FirmOut
from zhirong.securitization.behavior import given_defaults, obligor_flows, recoveries
from zhirong.securitization.collections import Collections
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun

POOL = loan_deals.loans(proceeds=0.0)
IDS = tuple(each.obligor_id for each in POOL.obligors)


def ran(*, limit: int | None) -> tuple[Collections, PlanRun]:
    flows = obligor_flows.contractual(POOL, ON)
    course = given_defaults.one_by_one(len(IDS), len(ON))
    pool = given_defaults.collected(flows, recoveries.of_pool(POOL, flows), course)
    return pool, interpreter.run(loan_deals.guaranteed(limit=limit), pool, rates={})


def rows(*, limit: int | None) -> tuple[FirmOut, ...]:
    pool, run = ran(limit=limit)
    return one_firm_out.read(loan_deals.guaranteed(limit=limit), IDS, pool, run)


@pytest.fixture(scope="module")
def alone() -> tuple[FirmOut, ...]:
    return rows(limit=0)


class TestRead:
    @pytest.mark.parametrize("limit", [0, 4_000_000_00, None])
    def test_finds_a_bearer_for_every_fen_that_is_missing(self, limit: int | None) -> None:
        for row in rows(limit=limit):
            assert sum(each.fen for each in row.bearers) == row.missing_fen
            # Who has paid everything already costs nobody anything.
            assert (row.missing_fen > 0) == (row.on <= ON[3])

    def test_lets_the_rest_bear_first_then_the_subordinate_then_the_senior(
        self, alone: tuple[FirmOut, ...]
    ) -> None:
        largest = alone[0]
        bearers = {(each.what, each.key): each for each in largest.bearers}

        assert largest.obligor_id == IDS[0]
        assert largest.emptied == ("residual", "junior")
        assert bearers[Bears.PRINCIPAL, "junior"].fen == WHOLE - 131_000_000_00
        assert largest.lost == (
            ("senior", bearers[Bears.PRINCIPAL, "senior"].fen),
            ("junior", WHOLE - 131_000_000_00),
        )

    def test_pierces_the_senior_by_as_many_single_firms_as_are_larger_than_its_buffers(
        self, alone: tuple[FirmOut, ...]
    ) -> None:
        at_once = [row for row in alone if row.on == ON[0]]

        hurt = [row.obligor_id for row in at_once if "senior" in dict(row.lost)]
        # 7.0 m subordinate, 0.5 m of reserve, about 0.9 m of rest: nine of eleven are larger.
        assert hurt == list(IDS[:9])
        assert YUAN[9] < 8_400 < YUAN[8]

    def test_draws_the_guarantor_before_the_senior_loses(self) -> None:
        guaranteed = rows(limit=4_000_000_00)
        largest, middle = guaranteed[0], guaranteed[7]

        assert "guarantor" in largest.emptied
        assert "senior" in dict(largest.lost)
        assert "guarantor" not in middle.emptied
        assert "senior" not in dict(middle.lost)
        assert any(each.what is Bears.SUPPORT and each.fen > 0 for each in middle.bearers)

    def test_says_when_each_is_first_asked(self, alone: tuple[FirmOut, ...]) -> None:
        for row in alone:
            assert all(each.first_on >= row.on for each in row.bearers)


class TestFirstLoss:
    def test_is_that_of_the_path_asked_for(self) -> None:
        _, run = ran(limit=0)

        fine, hurt = first_loss.of_run(run), first_loss.of_run(run, path=1)
        assert [each.principal_lost_on for each in fine] == [None, None]
        assert [each.tranche for each in hurt] == ["senior", "junior"]
        assert all(each.principal_lost_on == date(2026, 5, 20) for each in hurt)
        lost = sum(np.asarray(each)[1] for each in run.tranches["senior"].loss)
        assert hurt[0].principal_lost_fen == lost > 0
        # The reserve pays interest for a quarter after the last cash, then nothing is left.
        assert hurt[0].interest_short_on == date(2026, 5, 20)
