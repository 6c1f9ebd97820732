"""Each rule on the points its table states; the numbers are those of the shipped parameters."""

from typing import Any

import numpy as np
import pytest

from tests.scoring_factory import ON, columns, document, leaf
from zhirong.parameters.reader import Parameters
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.columns import FAVORABLE, PARTLY_FAVORABLE, UNFAVORABLE
from zhirong.valuation.scoring.leaves import LeafColumn
from zhirong.valuation.scoring.rules import RULES, UnknownRuleError, tables_of
from zhirong.valuation.scoring.tables import rule_table
from zhirong.valuation.scoring.tree import read_tree

INVENTION, MODEL, DESIGN = PatentKind.INVENTION, PatentKind.UTILITY_MODEL, PatentKind.DESIGN
NOT_APPLICABLE = "n/a"


def computed(rule: str, kind: PatentKind, **facts: float) -> LeafColumn:
    path = f"scoring.rules.{rule}"
    table = rule_table(path, Parameters().get(path, on=ON).value)
    rights = columns(kind, **{name: [value] for name, value in facts.items()})
    return RULES[rule].compute(rights, table)


def said(column: LeafColumn) -> Any:
    if not column.applies[0]:
        return NOT_APPLICABLE
    return None if np.isnan(column.score[0]) else round(float(column.score[0]), 6)


FREE = {"owners": 1, "is_pledged": 0, "is_preserved": 0, "is_exclusively_licensed": 0}
CASES = [
    ("legal.examination_history", INVENTION, {}, 75),
    ("legal.examination_history", DESIGN, {}, 40),
    ("legal.examination_history", MODEL, {"invalidations_survived": 2}, 100),
    ("legal.examination_history", MODEL, {"invalidations_survived": 2, "is_challenged": 1}, 25),
    ("legal.examination_history", INVENTION, {"is_partly_invalid": 1}, 50),
    ("legal.evaluation_report", INVENTION, {}, NOT_APPLICABLE),
    ("legal.evaluation_report", MODEL, {}, None),
    ("legal.evaluation_report", MODEL, {"has_evaluation_report": 0}, 30),
    ("legal.evaluation_report", DESIGN, {"report_conclusion": FAVORABLE}, 90),
    ("legal.evaluation_report", DESIGN, {"report_conclusion": PARTLY_FAVORABLE}, 50),
    ("legal.evaluation_report", DESIGN, {"report_conclusion": UNFAVORABLE}, 5),
    ("legal.evaluation_report", DESIGN, {"has_evaluation_report": 1}, None),
    ("legal.claim_breadth", INVENTION, {"claim_length": 250}, 60),
    ("legal.claim_breadth", INVENTION, {"first_claim_length": 300}, 70),
    ("legal.claim_breadth", MODEL, {"first_claim_length": 400, "claim_length": 60}, 60),
    ("legal.claim_breadth", DESIGN, {"first_claim_length": 300}, NOT_APPLICABLE),
    ("legal.claim_breadth", INVENTION, {}, None),
    ("legal.claim_breadth", DESIGN, {"claim_length": 250}, NOT_APPLICABLE),
    ("legal.claim_layering", INVENTION, {"claims_total": 10, "claims_independent": 2}, 70),
    ("legal.claim_layering", INVENTION, {"claims_total": 5}, 45),
    ("legal.claim_layering", INVENTION, {"claims_independent": 2}, None),
    ("legal.claim_layering", DESIGN, {"claims_total": 5}, NOT_APPLICABLE),
    ("legal.family_coverage", INVENTION, {"foreign_countries": 0}, 30),
    ("legal.family_coverage", INVENTION, {"foreign_countries": 3}, 75),
    ("legal.family_coverage", INVENTION, {}, None),
    ("legal.claim_type", MODEL, {}, 85),
    ("legal.claim_type", INVENTION, {"covers_product": 1, "covers_method": 1}, 100),
    ("legal.claim_type", INVENTION, {"covers_product": 1}, 85),
    ("legal.claim_type", INVENTION, {"covers_product": 0, "covers_method": 1}, 35),
    ("legal.claim_type", INVENTION, {"covers_method": 1}, None),
    ("legal.ownership_limits", INVENTION, FREE, 100),
    ("legal.ownership_limits", INVENTION, FREE | {"owners": 2, "is_pledged": 1}, 45),
    ("legal.ownership_limits", INVENTION, dict.fromkeys(FREE, 1) | {"owners": 4}, 0),
    ("legal.ownership_limits", INVENTION, {"owners": 1}, None),
    (
        "technical.forward_citations",
        INVENTION,
        {"citations_forward": 6, "cohort_citations": 3, "age_years": 1},
        80,
    ),
    ("technical.forward_citations", INVENTION, {"citations_forward": 8, "age_years": 8}, 65),
    ("technical.forward_citations", INVENTION, {"citations_forward": 8, "age_years": 2}, None),
    ("technical.forward_citations", INVENTION, {"age_years": 8}, None),
    ("technical.subclasses", INVENTION, {"subclasses": 2}, 60),
    ("technical.subclasses", INVENTION, {}, None),
    ("technical.products_served", INVENTION, {"products_served": 0}, 10),
    ("economic.remaining_life", INVENTION, {"remaining_life_years": 4}, 45),
    ("economic.mapped_sales_share", INVENTION, {"mapped_sales_share": 0.2}, 75),
    ("economic.operation_record", INVENTION, {"licenses": 1}, 70),
    ("economic.operation_record", INVENTION, {"licenses": 0, "transfers": 0, "pledges": 0}, 25),
    ("economic.operation_record", INVENTION, {"licenses": 0, "transfers": 0}, None),
    ("economic.license_record", INVENTION, {"licenses": 2}, 85),
    ("economic.license_record", INVENTION, {}, None),
    ("economic.suits_and_awards", INVENTION, {"awards": 1}, 85),
    ("economic.suits_and_awards", INVENTION, {"awards": 1, "suits_won": 3}, 100),
    ("economic.suits_and_awards", INVENTION, {"awards": 0}, None),
    ("economic.suits_and_awards", INVENTION, {"awards": 0, "suits_won": 0}, 40),
]


class TestRules:
    @pytest.mark.parametrize(("rule", "kind", "facts", "expected"), CASES)
    def test_give_the_points_of_their_table(
        self, rule: str, kind: PatentKind, facts: dict[str, float], expected: object
    ) -> None:
        assert said(computed(rule, kind, **facts)) == expected

    def test_are_all_tried_here(self) -> None:
        assert {rule for rule, *_ in CASES} == set(RULES)


class TestTablesOf:
    def test_refuses_a_tree_with_an_unknown_rule(self) -> None:
        body = document(nodes=[leaf("x", 1.0, rule="legal.luck")], counts=[1])

        with pytest.raises(UnknownRuleError) as refused:
            tables_of(read_tree(body), parameters=Parameters(), on=ON)
        assert refused.value.facts["rule"] == "legal.luck"
