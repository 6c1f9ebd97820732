"""The books of random plans seen from outside: what tranches lost is what cash did not reach."""

from dataclasses import replace

import pytest

from tests.plan_kit.comparing import run_each
from tests.plan_kit.random_plans import random_deal
from zhirong.application.plans.simulation import check_cash


class TestCheckCash:
    @pytest.mark.parametrize("first", range(0, 60, 10))
    def test_closes_on_every_path_of_random_plans(self, first: int) -> None:
        for seed in range(first, first + 10):
            deal = random_deal(seed, paths=2)
            for path, run in zip(deal.paths, run_each(deal), strict=True):
                check_cash(deal.plan, path, run)

    def test_sees_a_fen_that_is_missing(self) -> None:
        deal = next(
            each
            for each in (random_deal(seed, paths=1) for seed in range(60))
            if each.plan.call is None and not any(run_each(each)[0].bought)
        )
        (run,) = run_each(deal)
        short = (*run.residual[:-1], run.residual[-1] - 1)

        with pytest.raises(AssertionError):
            check_cash(deal.plan, deal.paths[0], replace(run, residual=short))
