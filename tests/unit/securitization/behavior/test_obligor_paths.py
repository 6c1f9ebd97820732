from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.pools import loan, pool_of
from zhirong.core.calendar import plus_months
from zhirong.securitization.behavior import latent, obligor_flows, obligor_paths, recoveries
from zhirong.securitization.behavior.latent import Latent, LoadingsError
from zhirong.securitization.behavior.obligor_flows import DueOutsidePeriodsError
from zhirong.securitization.behavior.obligor_paths import Behavior
from zhirong.securitization.pool.records import Pool

CUT_OFF = date(2024, 11, 20)
ON = tuple(plus_months(CUT_OFF, 3 * (i + 1)) for i in range(8))


def pool(names: int = 11, **changes: Any) -> Pool:
    return pool_of(
        [
            loan(i, cut_off=CUT_OFF, fen=1_000_000_00 + i * 37, periods=4, **changes)
            for i in range(names)
        ]
    )


def behavior(given: Pool, *, pd: float = 0.02, rho: float = 0.2, **changes: Any) -> Behavior:
    flows = obligor_flows.contractual(given, ON)
    years = [(day - CUT_OFF).days / 365 for day in ON]
    count = len(given.obligors)
    return Behavior(
        flows=flows,
        latent=Latent(
            cumulative_pd=latent.flat_hazard(np.full(count, pd), years),
            loadings=np.full((count, 1), np.sqrt(rho)),
            **changes,
        ),
        recoveries=recoveries.of_pool(given, flows),
    )


def total(fields: Any) -> Any:
    return sum(fields)


class TestContractual:
    def test_puts_each_due_into_its_period(self) -> None:
        flows = obligor_flows.contractual(pool(names=2), ON)

        assert flows.principal.sum(axis=1) == pytest.approx([1_000_000_00, 1_000_000_37])
        assert (flows.principal[:, :4] > 0).all()
        assert not flows.principal[:, 4:].any()
        assert flows.balance[:, 0] == pytest.approx([1_000_000_00, 1_000_000_37])
        assert not flows.balance[:, 4:].any()

    def test_prepays_and_loses_no_fen(self) -> None:
        flows = obligor_flows.contractual(pool(), ON, prepayment=np.full(8, 0.07))

        assert flows.prepaid.any()
        assert (flows.principal + flows.prepaid).sum(axis=1) == pytest.approx(flows.balance[:, 0])
        assert (flows.principal == np.round(flows.principal)).all()

    def test_refuses_a_due_after_the_last_period(self) -> None:
        with pytest.raises(DueOutsidePeriodsError):
            obligor_flows.contractual(pool(), ON[:3])

    def test_without_default_is_the_contract_in_whole_fen(self) -> None:
        given = pool()
        flows = obligor_flows.undisturbed(obligor_flows.contractual(given, ON))

        assert sum(flows.principal) == given.balance_fen
        assert isinstance(flows.interest[0], int)


class TestBlocks:
    def test_lose_no_principal_on_any_path(self) -> None:
        given = pool()
        opening = given.balance_fen
        for block in obligor_paths.blocks(behavior(given, pd=0.3), paths=20_000, seed=1):
            flow = block.collections
            out = total(flow.principal) + total(flow.prepaid) + total(flow.defaulted)
            assert np.all(out + flow.balance[-1] == opening)
            assert all(np.all(amount >= 0) for amount in (*flow.balance, *flow.interest))
            assert np.all(total(flow.lost) <= total(flow.defaulted))

    def test_fail_as_often_as_their_probability(self) -> None:
        given = behavior(pool(), pd=0.04)
        paths = 60_000
        counted = sum(b.defaults.sum() for b in obligor_paths.blocks(given, paths=paths, seed=2))

        # Loans are repaid after a year: only defaults before the last due count.
        expected = given.latent.cumulative_pd[:, 3].sum()
        assert counted / paths == pytest.approx(expected, rel=0.03)

    @pytest.mark.parametrize("degrees", [None, 4.0])
    def test_fail_in_each_period_as_often_as_it_says(self, degrees: float | None) -> None:
        given = behavior(pool(names=3), pd=0.1, degrees=degrees)
        block = obligor_paths.block(given, paths=100_000, seed=np.random.SeedSequence(4))

        hazard = np.diff(given.latent.cumulative_pd[0, :4], prepend=0.0)
        balance = given.flows.balance[:, :4].sum(axis=0)
        mean = [float(np.mean(each)) for each in block.collections.defaulted[:4]]
        assert mean == pytest.approx(hazard * balance, rel=0.05)

    def test_fail_together_more_under_a_t_copula(self) -> None:
        def spread(degrees: float | None) -> float:
            given = behavior(pool(), pd=0.05, degrees=degrees)
            block = obligor_paths.block(given, paths=60_000, seed=np.random.SeedSequence(5))
            return float(np.var(block.defaults))

        assert spread(4.0) > 1.3 * spread(None)

    def test_do_not_depend_on_who_draws_them(self) -> None:
        given = behavior(pool(), pd=0.1)
        seeds = np.random.SeedSequence(9).spawn(2)
        first = list(obligor_paths.blocks(given, paths=obligor_paths.BLOCK + 5, seed=9))

        again = obligor_paths.block(given, paths=5, seed=seeds[1])

        assert np.all(first[1].collections.interest[2] == again.collections.interest[2])
        assert np.all(first[1].collections.recovered[5] == again.collections.recovered[5])

    def test_weigh_shifted_draws_back(self) -> None:
        given = behavior(pool(), pd=0.01, rho=0.3)
        plain = obligor_paths.block(given, paths=200_000, seed=np.random.SeedSequence(6))
        moved = obligor_paths.block(
            given, paths=50_000, seed=np.random.SeedSequence(7), shift=[-1.5]
        )

        assert moved.weight.mean() == pytest.approx(1.0, abs=0.05)
        tail = float(np.mean(plain.defaults >= 4))
        assert float(np.mean(moved.weight * (moved.defaults >= 4))) == pytest.approx(tail, rel=0.1)

    def test_say_when_supporters_fail(self) -> None:
        given = behavior(pool(names=2))
        years = [(day - CUT_OFF).days / 365 for day in ON]
        joined = Latent(
            cumulative_pd=np.vstack([given.latent.cumulative_pd, latent.flat_hazard([0.5], years)]),
            loadings=np.full((3, 1), 0.4),
        )
        with_supporter = Behavior(flows=given.flows, latent=joined, recoveries=given.recoveries)

        block = obligor_paths.block(with_supporter, paths=20_000, seed=np.random.SeedSequence(8))

        assert block.supporters.shape == (1, 20_000)
        assert np.mean(block.supporters < 4) == pytest.approx(0.5, abs=0.02)


class TestRecoveries:
    def test_never_exceed_the_claim_and_come_after_the_lag(self) -> None:
        given = behavior(pool(proceeds=5_000_000.0, lag_months=6, spread=0.0), pd=0.5)
        block = obligor_paths.block(given, paths=5_000, seed=np.random.SeedSequence(3))
        flow = block.collections

        assert not np.any(flow.recovered[0])
        assert not np.any(flow.recovered[1])
        # Collateral is worth far more than the claims: principal and a period's interest return.
        assert not np.any(total(flow.lost))
        assert (total(flow.recovered) >= total(flow.defaulted)).all()
        assert (total(flow.recovered) <= total(flow.defaulted) * 1.02).all()

    def test_after_the_end_are_told_apart(self) -> None:
        given = behavior(pool(proceeds=400_000.0, lag_months=36), pd=0.5)
        block = obligor_paths.block(given, paths=2_000, seed=np.random.SeedSequence(3))

        assert not np.any(total(block.collections.recovered))
        assert block.after_end_fen.sum() > 0

    def test_are_lower_when_many_fail(self) -> None:
        given = behavior(pool(proceeds=600_000.0, loading=0.7, lag_months=3), pd=0.05, rho=0.4)
        block = obligor_paths.block(given, paths=100_000, seed=np.random.SeedSequence(3))
        rate = total(block.collections.recovered) / np.maximum(
            total(block.collections.defaulted), 1.0
        )

        many, one = block.defaults >= 4, block.defaults == 1
        assert rate[many].mean() < 0.8 * rate[one].mean()


class TestLatent:
    def test_refuses_loadings_above_one_and_falling_probabilities(self) -> None:
        with pytest.raises(LoadingsError):
            Latent(cumulative_pd=np.array([[0.1, 0.2]]), loadings=np.array([[0.8, 0.7]]))
        with pytest.raises(LoadingsError):
            Latent(cumulative_pd=np.array([[0.2, 0.1]]), loadings=np.array([[0.5]]))
