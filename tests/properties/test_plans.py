"""Random valid plans: both carriers agree to the fen, cash is kept, losses are the pool's."""

import os

import numpy as np
import pytest

from tests.plan_kit.comparing import run_each, series_of, unlike
from tests.plan_kit.random_plans import random_deal
from zhirong.securitization.plan.records import Stage
from zhirong.securitization.plan.validation import problems_of

# The first of a thousand deals, and the rest; further ones with ZHIRONG_EXPLORE.
QUICK, ALL = 200, max(1_000, int(os.environ.get("ZHIRONG_EXPLORE", "0")))
BLOCK = 10


def differences(first: int) -> list[str]:
    """What a block of deals pays otherwise alone than together."""
    deals = [random_deal(seed, paths=2) for seed in range(first, first + BLOCK)]
    return [line for deal in deals for line in unlike(deal)]


class TestRandomPlans:
    @pytest.mark.parametrize("first", range(0, QUICK, BLOCK))
    def test_pay_the_same_fen_alone_and_together(self, first: int) -> None:
        assert differences(first) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("first", range(QUICK, ALL, BLOCK))
    def test_pay_the_same_fen_on_all_of_a_thousand(self, first: int) -> None:
        assert differences(first) == []

    def test_are_valid(self) -> None:
        assert [problems_of(random_deal(seed).plan) for seed in range(60)] == [()] * 60

    def test_reach_every_part_of_the_interpreter(self) -> None:
        """A generator that never draws on a support would prove nothing about supports."""
        seen: set[str] = set()
        for seed in range(60):
            for run in run_each(random_deal(seed, paths=1)):
                series = dict(series_of(run))
                seen |= {
                    name.split(".")[0] + "." + name.rsplit(".", 1)[-1]
                    for name in series
                    if any(np.any(value) for value in series[name])
                }
                seen |= {
                    stage.value
                    for stage, place in zip(Stage, range(3), strict=True)
                    if place in run.stage
                }

        wanted = {
            "tranches.residual_paid",
            "tranches.loss",
            "tranches.unpaid_interest_due",
            "supports.paid",
            "supports.repaid",
            "supports.owed_after",
            "hedges.received",
            "hedges.paid",
            "bought.bought",
            "fees.due_after",
            "normal",
            "accelerated",
            "default",
        }
        assert wanted - seen == set()


class TestConservation:
    @pytest.mark.parametrize("seed", range(20))
    def test_gives_out_what_came_in_and_keeps_the_rest(self, seed: int) -> None:
        deal = random_deal(seed)
        deal = type(deal)(plan=deal.plan, paths=deal.paths, supporters={}, happened={})
        for path, run in zip(deal.paths, run_each(deal), strict=True):
            into = sum(entry.amount for entry in run.entries if entry.amount > 0)
            out = -sum(entry.amount for entry in run.entries if entry.amount < 0)
            opening = sum(account.opening_fen for account in deal.plan.accounts)
            held = sum(account.balance[-1] for account in run.accounts.values())
            bought = sum(run.bought)

            assert opening + into - out == held
            assert all(entry.balance >= 0 for entry in run.entries)
            if not bought and deal.plan.call is None:
                pool = sum(
                    sum(getattr(path, kind))
                    for kind in ("interest", "principal", "prepaid", "recovered")
                )
                given = sum(
                    sum(series)
                    for name, series in series_of(run)
                    if name.endswith(("interest_paid", "principal_paid", "residual_paid"))
                    or (name.startswith("fees") and name.endswith(".paid"))
                    or (
                        name.startswith(("supports", "hedges"))
                        and name.endswith(("repaid", "paid"))
                    )
                )
                drawn = sum(sum(s.paid) for s in run.supports.values())
                received = sum(sum(h.received) for h in run.hedges.values())
                others = sum(run.residual) - sum(
                    sum(t.residual_paid) for t in run.tranches.values()
                )
                # `supports.paid` is what came in, so it is taken out of what was given.
                assert opening + pool + drawn + received == held + given - drawn + others

    def test_pays_nothing_behind_a_step_that_is_short(self) -> None:
        """Behind a short step its account is empty until something comes into it."""
        for seed in range(40):
            for run in run_each(random_deal(seed, paths=1)):
                for row in run.rows:
                    if row.short and not row.step.endswith("top_up"):
                        assert row.paid - row.support == min(row.due, row.available)
