"""The cost methods read what was spent, and propose by rule what nobody stated."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests import case_factory as factory
from zhirong.application.case.case_file import Assumption
from zhirong.application.result import Appraisal
from zhirong.core.sources import FactOrigin, LineOrigin, Source


def costed(*blocks: Iterable[Assumption], **options: Any) -> Appraisal:
    return factory.appraised(factory.case(factory.BASE, *blocks, costs=factory.COSTS), **options)


class TestReproduction:
    def test_trends_the_spending_and_takes_obsolescence_off(self):
        found = factory.method(costed(factory.COST), "G1", "cost_reproduction")

        labor, goods, fees = 2_700_000 * 1.22, (900_000 + 450_000 + 180_000) * 1.06, 60_000
        direct = labor + goods + fees
        new = direct + direct * (1.05**2 - 1) + direct * 0.15
        assert found.value == pytest.approx(new * (1 - 0.18) * (1 - 0.06), abs=0.01)
        assert (found.family, found.ageing) == ("cost", "obsolescence")

    def test_opens_each_amount_to_its_row(self):
        source = Source(file="costs.xlsx", sheet="1", row=7)
        items = (replace(factory.COSTS[0], source=source), *factory.COSTS[1:])
        result = factory.appraised(factory.case(factory.BASE, factory.COST, costs=items))

        entry = factory.sheet(result, "cost_items").entry("spent_amount")
        assert entry.origins[0] == FactOrigin(source=source)
        labor = factory.sheet(result, "cost_reproduction").entry("labor")
        assert labor.origins == (LineOrigin(sheet="cost_items", line="spent", rows=(0,)),)

    def test_stands_beside_the_income_method_and_does_not_count(self):
        found = factory.method(costed(factory.COST), "G1", "cost_reproduction")

        assert found.weight == 0

    def test_counts_with_its_own_spread_where_the_analyst_gives_it_all_weight(self):
        weights = tuple(
            factory.assumption(f"weight:{name}", float(name == "cost_reproduction"), scope="G1")
            for name in ("relief_from_royalty", "profit_split", "cost_reproduction")
        )
        result = costed(factory.COST, weights)
        group = result.valuation.groups[0]

        assert group.value == factory.method(result, "G1", "cost_reproduction").value
        low, high = group.distribution.interval()
        assert low < group.value < high

    def test_is_not_run_on_what_nobody_stated(self):
        result = costed()

        assert factory.method(result, "G1", "cost_reproduction") is None
        rules = {item.key: (item.central, item.rule) for item in result.proposals}
        # Three years of pay that rises by 5 % a year, 7 to 9 years ago.
        index = (1.05**9 + 1.05**8 + 1.05**7) / 3
        assert rules["labor_index"][0] == pytest.approx(index, abs=1e-9)
        assert rules["development_years"] == (3.0, "valuation.cost.development_years")
        assert rules["functional_by_age"] == (1.0, "valuation.proposals.functional_by_age")

    def test_runs_on_proposals_that_somebody_accepted(self):
        result = costed(accepted_by="A. Analyst")

        assert factory.method(result, "G1", "cost_reproduction").value > 0
        rate = factory.line(result, "cost_reproduction", "functional_rate")[0]
        # Used 7.33 years of 14.33.
        assert rate == pytest.approx(7.33 / 14.33, abs=0.001)

    def test_leaves_groups_without_costs_out(self):
        assert factory.method(costed(factory.COST), "G2", "cost_reproduction") is None


class TestOtherForms:
    MULTIPLIER = (
        factory.assumption("labor_multiplier", 0.3),
        factory.assumption("failure_rate", 0.4),
        factory.assumption("return_rate", 0.2),
    )
    REPLACEMENT = (
        factory.assumption("person_months", 120, scope="G2"),
        factory.assumption("monthly_cost", 20_000),
        factory.assumption("replacement_materials", 500_000),
        factory.assumption("overhead_rate", 0.2),
        factory.assumption("functional_by_age", 1),
        factory.assumption("utilization", 1),
        factory.assumption("scale_exponent", 0.6),
    )

    def test_multipliers_lift_labor_and_failures(self):
        found = factory.method(costed(factory.COST, self.MULTIPLIER), "G1", "cost_multiplier")

        labor = 2_700_000 * 1.22 * 1.3
        others = (450_000 + 180_000) * 1.06 + 60_000
        direct = labor + 900_000 * 1.06 + others
        new = direct / (1 - 0.4) * 1.2
        assert found.value == pytest.approx(new * 0.82 * 0.94, abs=0.01)

    def test_multipliers_are_not_run_without_costs(self):
        result = factory.appraised(factory.case(factory.BASE, factory.COST, self.MULTIPLIER))

        assert factory.method(result, "G1", "cost_multiplier") is None

    def test_replacement_needs_no_past_costs(self):
        result = factory.appraised(factory.case(factory.BASE, factory.COST, self.REPLACEMENT))

        direct = 120 * 20_000 * 1.2 + 500_000
        new = direct * (1.05**2 + 0.15)
        used = factory.line(result, "cost_replacement", "age_rate")[0]
        found = factory.method(result, "G2", "cost_replacement")
        assert found.value == pytest.approx(new * (1 - used), abs=0.01)
        assert factory.method(result, "G1", "cost_replacement") is None

    def test_replacement_taxes_excess_cost_at_the_mean_rate_of_the_life(self):
        excess = factory.assumption("excess_operating_cost", 50_000)
        form = factory.without(self.REPLACEMENT, "functional_by_age")
        result = factory.appraised(factory.case(factory.BASE, factory.COST, form, (excess,)))

        taxes = factory.line(result, "tax", "tax_rate")[:7]
        mean = factory.line(result, "cost_replacement", "mean_tax_rate")[0]
        assert mean == pytest.approx(sum(taxes) / 7)
        assert factory.line(result, "cost_replacement", "functional_loss")[0] > 0


class TestSpending:
    def test_sums_to_what_was_spent(self):
        result = costed(factory.COST)

        spent = sum(factory.line(result, "cost_items", "spent"))
        assert Decimal(str(spent)) == sum(item.amount for item in factory.COSTS)
