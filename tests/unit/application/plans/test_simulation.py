"""Simulated plans: figures of practice, laws on every path, the same sums for any threads."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.plan_kit import eleven_loans
from zhirong.application.plans.assumed import DefaultTerms, ServicerTerms
from zhirong.application.plans.prepared import NoAssumptionsError, prepared
from zhirong.application.plans.scenario_run import run_scenario
from zhirong.application.plans.simulation import Simulated, ViewLosses, simulate
from zhirong.securitization.analytics import loss_estimates
from zhirong.securitization.analytics.tranche_loss import LossSums
from zhirong.securitization.behavior.factor_models import OneFactor
from zhirong.securitization.behavior.small_pool import losses

PATHS = 60_000


@pytest.fixture(scope="module")
def found(checkout: Path) -> Simulated:
    return simulate(prepared(eleven_loans.inputs(checkout)), paths=PATHS, seed=20241127)


def view(found: Simulated, key: str) -> ViewLosses:
    return {each.view.key: each for each in found.views}[key]


def expected(sums: LossSums) -> float:
    return loss_estimates.expected_loss(sums, confidence=0.95).value


class TestPracticeTwentyNine:
    """11 firms, PD 2 %, correlation 0.2, LGD 85 %, subordinate 7 of 138 (practice, 29)."""

    def test_the_senior_loses_in_148_of_1000_years_and_089_percent_in_the_mean(
        self, found: Simulated
    ) -> None:
        senior = found.by_attachment["senior"]
        chance = loss_estimates.probability_of_loss(senior, confidence=0.999)
        mean = loss_estimates.expected_loss(senior, confidence=0.999)

        assert chance.low < 0.148 < chance.high
        assert mean.low < 0.0089 < mean.high
        assert chance.high - chance.low < 0.012

    def test_a_guarantor_of_5_in_10000_leaves_a_third_of_a_basis_point(
        self, found: Simulated
    ) -> None:
        assert 0.05e-4 < expected(view(found, "supported").at_end["senior"]) < 0.8e-4

    def test_nine_of_eleven_single_defaults_pierce_the_subordinate(self) -> None:
        assert sum(wan * 0.85 > 700 for wan in eleven_loans.WAN) == 9

    def test_agrees_with_the_exact_law_of_a_small_pool(self, found: Simulated) -> None:
        """Losses of 85 % of each loan in units of 5,000 CNY, of which all are whole multiples."""
        units = [wan * 17 // 10 for wan in eleven_loans.WAN]
        law = losses([0.02] * 11, units, OneFactor(correlation=0.2))
        attach = 700 * 2

        exact = sum(law[attach + 1 :])
        simulated = found.by_attachment["senior"]
        chance = loss_estimates.probability_of_loss(simulated, confidence=0.999)
        assert exact == pytest.approx(0.148, abs=0.001)
        assert chance.low < exact < chance.high
        mean = sum(max(k - attach, 0) * p for k, p in enumerate(law)) / (13_100 * 2)
        assert mean == pytest.approx(0.0089, abs=0.0001)


class TestSimulate:
    def test_shows_each_support_taken_away_and_all_of_them(self, found: Simulated) -> None:
        assert [each.view.key for each in found.views] == [
            "supported",
            "without_shortfall_payer",
            "without_guarantor",
            "unsupported",
        ]
        bare, with_all = view(found, "unsupported"), view(found, "supported")
        assert expected(bare.at_end["senior"]) > 50 * expected(with_all.at_end["senior"])
        assert bare.supports["guarantor"].paid_fen == 0
        assert with_all.supports["guarantor"].paths_drawn > 0.1 * PATHS

    def test_gives_the_same_sums_for_any_number_of_threads(self, checkout: Path) -> None:
        ready = prepared(eleven_loans.inputs(checkout))

        one = simulate(ready, paths=17_000, seed=7)
        two = simulate(ready, paths=17_000, seed=7, workers=2)

        assert one.pool.to_bytes() == two.pool.to_bytes()
        for left, right in zip(one.views, two.views, strict=True):
            for key, sums in left.at_end.items():
                assert sums.to_bytes() == right.at_end[key].to_bytes()

    def test_loses_nothing_where_nobody_fails(self, checkout: Path) -> None:
        nobody = eleven_loans.behavior(
            defaults=DefaultTerms(by_obligor={}, by_grade={}, for_all=0.0, migration=None)
        )
        found = simulate(prepared(eleven_loans.inputs(checkout), nobody), paths=500, seed=1)

        assert found.defaults[0] == 500
        for each in found.views:
            assert all(
                expected(sums) == 0.0 or sums.mass[0] == 500 for sums in each.at_end.values()
            )
        base = run_scenario(
            eleven_loans.inputs(checkout), eleven_loans.inputs(checkout).scenarios[0]
        )
        assert sum(base.run.tranches["senior"].loss) == 0

    def test_one_tranche_of_principal_is_the_pool(self, checkout: Path) -> None:
        inputs = eleven_loans.inputs(checkout)
        whole = replace(inputs.plan.tranche("senior"), balance_fen=inputs.pool.balance_fen)
        rest = replace(inputs.plan.tranche("subordinate"), balance_fen=0)
        single = replace(inputs, plan=replace(inputs.plan, tranches=(whole, rest)))

        found = simulate(prepared(single), paths=9_000, seed=3)

        assert found.by_attachment["senior"].to_bytes() == found.pool.to_bytes()

    def test_a_servicer_that_fails_takes_the_commingled_cash_with_it(self, checkout: Path) -> None:
        failing = ServicerTerms(
            pd_one_year=0.5,
            correlation=0.0,
            commingled_days=30,
            failure_event="servicer_terminated",
        )
        inputs = eleven_loans.inputs(checkout)

        with_it = simulate(
            prepared(inputs, eleven_loans.behavior(servicer=failing)), paths=4_000, seed=5
        )
        without = simulate(prepared(inputs), paths=4_000, seed=5)

        assert expected(view(with_it, "unsupported").at_end["senior"]) > expected(
            view(without, "unsupported").at_end["senior"]
        )

    def test_counts_recoveries_after_the_last_date_apart(self, checkout: Path) -> None:
        late = eleven_loans.behavior(
            recovery=replace(eleven_loans.behavior().recovery, lag_months=18)
        )
        found = simulate(prepared(eleven_loans.inputs(checkout), late), paths=9_000, seed=5)

        bare = view(found, "unsupported")
        assert expected(bare.later["senior"]) < expected(bare.at_end["senior"])


class TestPrepared:
    def test_needs_assumptions(self, checkout: Path) -> None:
        with pytest.raises(NoAssumptionsError):
            prepared(eleven_loans.inputs(checkout, behavior=None))
