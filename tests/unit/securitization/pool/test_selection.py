import itertools
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.pools import loan, pool_of
from zhirong.parameters.reader import Parameters
from zhirong.securitization.pool import concentration, diversity, selection
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.records import Pool
from zhirong.securitization.pool.selection import NoPoolError, Wishes


def candidates(count: int = 14, seed: int = 4) -> Pool:
    rng = np.random.default_rng(seed)
    pool = pool_of([loan(i, fen=int(rng.integers(5, 30)) * 100_000_000) for i in range(count)])
    obligors = tuple(
        replace(each, pd_one_year=float(rng.uniform(0.005, 0.06)), group=f"G{i // 2}")
        for i, each in enumerate(pool.obligors)
    )
    return replace(pool, obligors=obligors)


def gain(pool: Pool, wishes: Wishes) -> float:
    pd = {each.obligor_id: each.pd_one_year for each in pool.obligors}
    return sum(
        claim.balance_fen * (1 - wishes.loss_weight * pd[claim.obligor_id]) for claim in pool.claims
    )


def keeps(pool: Pool, wishes: Wishes) -> bool:
    return (
        pool.balance_fen <= wishes.target_fen
        and len(concentration.slices(pool, By.GROUP)) >= wishes.obligors_min
        and all(
            concentration.top_share(pool, 1, by) <= most + 1e-9
            for by, most in wishes.share_max.items()
        )
    )


class TestPropose:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_finds_the_best_of_all_choices(self, seed: int) -> None:
        everyone = candidates(10, seed)
        wishes = Wishes(
            target_fen=90 * 100_000_000,
            obligors_min=4,
            share_max={By.OBLIGOR: 0.3, By.GROUP: 0.4},
            loss_weight=3.0,
        )
        ids = [each.obligor_id for each in everyone.obligors]
        pools = [
            selection.of_obligors(everyone, chosen)
            for size in range(1, 11)
            for chosen in itertools.combinations(ids, size)
        ]
        best = max(gain(each, wishes) for each in pools if keeps(each, wishes))

        proposed = selection.of_obligors(everyone, selection.propose(everyone, wishes))

        assert keeps(proposed, wishes)
        assert gain(proposed, wishes) == pytest.approx(best)

    def test_keeps_who_must_be_in_and_out(self) -> None:
        wishes = Wishes(
            target_fen=100 * 100_000_000,
            obligors_min=3,
            without=frozenset({"F001"}),
            with_=frozenset({"F005"}),
        )

        chosen = selection.propose(candidates(), wishes)

        assert "F001" not in chosen
        assert "F005" in chosen

    def test_says_when_there_is_no_such_pool(self) -> None:
        with pytest.raises(NoPoolError):
            selection.propose(candidates(), Wishes(target_fen=10**12, obligors_min=8))


class TestDiversity:
    STEPS = diversity.published_scores(Parameters(), on=date(2024, 11, 20))

    def test_counts_names_of_one_industry_less_and_less(self) -> None:
        assert diversity.score_of_names(0.5, self.STEPS) == 0.5
        assert diversity.score_of_names(2.0, self.STEPS) == 1.5
        assert diversity.score_of_names(2.5, self.STEPS) == pytest.approx(1.75)
        assert diversity.score_of_names(4.0, self.STEPS) == 2.33
        assert diversity.score_of_names(40.0, self.STEPS) == 4.0

    def test_sums_over_industries_and_counts_small_names_in_part(self) -> None:
        # Industries C30 to C34 by turns: C30 holds two of these six.
        equal = pool_of([loan(i) for i in range(6)])
        assert diversity.score_of_pool(equal, self.STEPS) == pytest.approx(4 + 1.5)

        small = pool_of([loan(0, fen=150), loan(1, fen=150), loan(2, fen=3)])
        assert diversity.score_of_pool(small, self.STEPS) == pytest.approx(2 + 3 / 101)
