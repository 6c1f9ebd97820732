"""Losses of tranches over blocks of paths, against the exact law of a small pool."""

import numpy as np
import pytest
from scipy.special import ndtri

from tests.plan_kit.quarters import DATES, DAYS, THIRTY
from tests.plan_kit.small_plans import PAID, act, collected, plan, tranche
from zhirong.securitization.analytics import attachment, loss_estimates, run_losses
from zhirong.securitization.analytics.attachment import SliceError
from zhirong.securitization.behavior import small_pool
from zhirong.securitization.behavior.factor_models import OneFactor
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan.actions import Verb
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.waterfall import interpreter

# Practice of the trade, case 1: eleven loans, CNY million; PD 2 %, correlation 0.2, LGD 85 %.
LOANS = np.array([19.90, 18.00, 16.50, 15.00, 14.00, 12.50, 11.00, 10.00, 8.50, 7.10, 5.50])
SENIOR, SUBORDINATE = 131_000_000_00, 7_000_000_00
PD, RHO, LGD = 0.02, 0.2, 0.85


BALANCES = {"senior": SENIOR, "subordinate": SUBORDINATE}


def deal() -> Plan:
    """One date, no coupon: nothing but principal bears losses."""
    return plan(
        act(Verb.PAY_DOWN, "senior"),
        act(Verb.PAY_DOWN, "subordinate"),
        tranches=(
            tranche("senior", SENIOR // 100, "0"),
            tranche("subordinate", SUBORDINATE // 100, "0"),
        ),
    )


def drawn(seed: int, paths: int = 20_000) -> Collections:
    """A year of one factor: each firm repays in full, or all but its loss."""
    generator = np.random.default_rng(seed)
    factor, own = generator.standard_normal(paths), generator.standard_normal((11, paths))
    fails = RHO**0.5 * factor + (1 - RHO) ** 0.5 * own < float(ndtri(PD))
    lost = np.rint(LOANS * 1e8 * LGD) @ fails
    zero = np.zeros(paths)
    return Collections(
        on=(PAID,),
        interest=[zero],
        principal=[SENIOR + SUBORDINATE - lost],
        prepaid=[zero],
        recovered=[zero],
        defaulted=[lost],
        lost=[lost],
        balance=[zero],
    )


class TestOfRun:
    def test_meets_the_exact_law_of_case_one(self) -> None:
        pools = [drawn(seed) for seed in range(10)]
        runs = [interpreter.run(deal(), pool, rates={}) for pool in pools]
        senior = loss_estimates.of(
            run_losses.merged(run_losses.of_run(run, BALANCES) for run in runs)["senior"],
            confidence=0.999,
        )
        whole = run_losses.merged(
            {"pool": run_losses.of_pool(pool, balance_fen=SENIOR + SUBORDINATE)} for pool in pools
        )

        units = [round(each * 10) for each in LOANS]
        law = small_pool.losses([PD] * 11, units, OneFactor(correlation=RHO))
        loss = np.arange(law.shape[0]) / 10 * LGD
        # As printed: P(senior loss) 14.8 %, expected loss 0.89 %.
        assert senior.probability_of_loss.value == pytest.approx(0.148, abs=0.003)
        assert senior.expected_loss.value == pytest.approx(0.0089, abs=3e-4)
        for estimate, truth in (
            (senior.probability_of_loss, law[loss > 7].sum()),
            (senior.expected_loss, law @ np.maximum(loss - 7, 0) / 131),
            (loss_estimates.expected_loss(whole["pool"], confidence=0.999), PD * LGD),
        ):
            assert estimate.low < truth < estimate.high

    def test_losses_of_tranches_are_those_of_the_pool_on_every_path(self) -> None:
        pool = drawn(3)
        run = interpreter.run(deal(), pool, rates={})

        lost = sum(sum(each.loss) for each in run.tranches.values())
        assert np.all(lost == pool.lost[0])
        assert lost.max() > SUBORDINATE

    def test_tells_late_interest_from_interest_never_paid(self) -> None:
        found = plan(
            act(Verb.PAY_INTEREST, "senior"),
            act(Verb.PAY_DOWN, "senior"),
            dates=DATES,
            conventions=THIRTY,
            tranches=(tranche("senior", 100, "0.04"),),
        )
        # Three paths: interest in time; a quarter late; never again.
        cash = [np.array([10.0, 0.0, 0.0]) * 100, np.array([90.0, 120.0, 0.0]) * 100]
        zero = np.zeros(3)
        later = [zero] * 2
        pool = Collections(
            on=DAYS,
            interest=[zero] * 4,
            principal=[*cash, *([np.array([20.0, 20.0, 0.0]) * 100] * 2)],
            prepaid=[*later, *later],
            recovered=[*later, *later],
            defaulted=[*later, *later],
            lost=[*later, *later],
            balance=[*later, *later],
        )

        run = interpreter.run(found, pool, rates={})
        sums = run_losses.of_run(run, {"senior": 100_00})["senior"]
        told = loss_estimates.of(sums, confidence=0.95)

        assert told.probability_of_late_interest.value == pytest.approx(2 / 3)
        assert told.probability_of_unpaid_interest.value == pytest.approx(1 / 3)
        assert told.probability_of_loss.value == pytest.approx(1 / 3)

    def test_takes_a_run_of_one_path(self) -> None:
        found = plan(
            act(Verb.PAY_DOWN, "senior"),
            tranches=(tranche("senior", 100, "0"),),
        )
        run = interpreter.run(found, collected(found, 60), rates={})

        sums = run_losses.of_run(run, {"senior": 100_00})["senior"]
        assert loss_estimates.expected_loss(sums, confidence=0.9).value == pytest.approx(0.4)


class TestSlices:
    def test_stand_one_on_the_other_up_to_the_pool(self) -> None:
        senior, mezzanine, junior = attachment.slices(
            [("a", 80), ("b", 10), ("c", 5)], pool_fen=100
        )

        assert (junior.attach, junior.detach) == (0.05, 0.10)
        assert (mezzanine.attach, mezzanine.detach) == (0.10, 0.20)
        assert (senior.attach, senior.detach) == (0.20, 1.0)
        assert mezzanine.thickness == pytest.approx(0.10)

    def test_refuse_more_than_the_pool(self) -> None:
        with pytest.raises(SliceError):
            attachment.slices([("a", 101)], pool_fen=100)
