"""Case 1 structured on records: the printed figures of practice, and what breaks the senior."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.plan_kit import eleven_loans
from zhirong.application.plans.pool_tests import PoolRulesError
from zhirong.application.plans.records import FirmCosts, Simulation, StressGrid, Target
from zhirong.application.plans.structure import Structure, structure
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics.spreads import Curve
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.selection import Wishes

COSTS = FirmCosts(
    guarantee_fee=0.005,
    appraisal_fee_fen=0,
    subsidy_payer="district",
    interest_share=0.5,
    fee_share=0.8,
    days_after_end=90,
    line=0.02,
    loan_rates=(0.034,),
    guarantee_fees=(0.005,),
    interest_shares=(0.4, 0.5),
)


@pytest.fixture(scope="module")
def found(checkout: Path) -> Structure:
    inputs = eleven_loans.inputs(
        checkout,
        simulation=Simulation(paths=8_192, seed=1, confidence=0.95),
        stress=StressGrid(pd_multiples=(1.0, 3.0), recoveries=(None, 0.0), paths=4_096),
        targets=(Target(tranche="senior", expected_loss=0.0004),),
        costs=COSTS,
        selection=Wishes(target_fen=120_000_000_00, obligors_min=10, share_max={By.OBLIGOR: 0.16}),
        curve=Curve(years=(0.5, 1.0), zero_rates=(0.0134, 0.0138)),
    )
    return structure(inputs, Parameters())


class TestStructure:
    def test_meets_the_cover_and_the_concentrations_of_practice(self, found: Structure) -> None:
        whole = found.scenarios[0].cover[-1]

        assert whole.on is None
        assert whole.interest == pytest.approx(1.114, abs=0.0005)
        assert found.pool.top_five == pytest.approx(0.604, abs=0.0005)
        assert found.retained == pytest.approx(7 / 138)
        assert found.retained >= found.cover_tests.retention_min == 0.05
        assert (whole.interest or 0.0) >= found.cover_tests.interest_cover_min == 1.10
        assert found.pool.findings

    def test_meets_the_cost_of_the_largest_firm_before_and_after_subsidy(
        self, found: Structure
    ) -> None:
        assert found.costs is not None
        largest = found.costs.firms[0]

        assert largest.cost.before_subsidy == pytest.approx(0.0402, abs=0.00005)
        assert largest.cost.after_subsidy == pytest.approx(0.0187, abs=0.00005)
        assert largest.is_within
        assert [cell.is_within for cell in found.costs.table] == [False, True]

    def test_gives_the_senior_its_coupon_and_a_life_of_a_year(self, found: Structure) -> None:
        senior, junior = found.scenarios[0].tranches

        assert senior.average_life == pytest.approx(1.0)
        assert senior.return_ == pytest.approx((1 + 0.0225 / 4) ** 4 - 1, abs=1e-4)
        assert junior.residual_fen == pytest.approx(473_000_00, abs=1_000_00)
        assert found.plan_cost > 0.0225
        assert senior.static_spread == pytest.approx(0.0086, abs=0.0002)
        assert senior.nominal_spread == pytest.approx(0.0088, abs=0.0002)

    def test_proposes_a_pool_that_keeps_the_wishes(self, found: Structure) -> None:
        assert found.proposal is not None

        assert found.proposal.balance_fen <= 120_000_000_00
        assert len(found.proposal.obligors) >= 10
        assert found.proposal.largest_share <= 0.16
        assert len(found.proposal.obligors) + len(found.proposal.left_out) == 11

    def test_sizes_the_senior_larger_with_the_guarantor(self, found: Structure) -> None:
        with_it, without = found.sizes

        assert with_it.largest is not None
        assert without.largest is not None
        assert with_it.largest.fen > with_it.issued_fen > without.largest.fen

    def test_finds_the_single_firms_that_break_a_bare_senior(self, found: Structure) -> None:
        supported, bare = found.breaking

        # Behind its guarantor (the payer has nothing) it only loses where that fails as well.
        assert supported.reverse.smallest is not None
        assert supported.reverse.smallest.obligors == ("F01", "guarantor")
        assert 0.02 * 0.0005 < supported.reverse.smallest.joint_probability < 0.0005
        assert supported.reverse.is_complete
        assert bare.reverse.smallest is not None
        assert len(bare.reverse.smallest.obligors) == 1
        assert 0.04 < (bare.break_even.rate or 0.0) < 0.08

    def test_loses_more_under_stress(self, found: Structure) -> None:
        losses = {
            (cell.pd_multiple, cell.recovery): cell.views["unsupported"][
                "senior"
            ].expected_loss.value
            for cell in found.stress
        }

        assert losses[1.0, None] < losses[3.0, None] < losses[3.0, 0.0]
        assert found.tornado[0].name == "pd_multiple"

    def test_names_every_rule_that_the_pool_breaks(self, checkout: Path) -> None:
        inputs = eleven_loans.inputs(checkout)
        claims = tuple(
            replace(each, encumbered=each.claim_id == "L03") for each in inputs.pool.claims
        )
        broken = replace(
            inputs, pool=replace(inputs.pool, claims=claims), rows={"L03": "loans, row 5"}
        )

        with pytest.raises(PoolRulesError) as wrong:
            structure(broken, Parameters())

        assert wrong.value.places == ("loans, row 5 [unencumbered]",)
        waived = replace(broken, behavior=None, waived={"unencumbered": "released at closing"})
        assert structure(waived, Parameters()).losses is None
