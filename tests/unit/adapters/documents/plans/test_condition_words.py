"""Conditions of triggers in words."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.plan_kit.eleven_loans import inputs
from zhirong.adapters.documents.plans.condition_words import condition_text
from zhirong.adapters.documents.plans.paper import Paper, paper_of
from zhirong.parameters.reader import catalog
from zhirong.securitization.plan import formulas as f

CHECKOUT = Path(__file__).parents[5]
LOST = f.Measure(f.Quantity.ALL_LOST)
SENIOR = f.Measure(f.Quantity.TRANCHE_BALANCE, ("senior",))
CASES = (
    (
        f.RatioTest(LOST, SENIOR, f.Relation.ABOVE, (f.Step(None, Fraction(1, 20)),)),
        "累计损失 ÷ 优先级 证券余额 高于 5.00 %",
    ),
    (
        f.AmountTest(SENIOR, f.Relation.AT_MOST, f.Constant(1_000_000)),
        "优先级 证券余额 不高于 1.00 万元",
    ),
    (f.Negation(f.Triggered("defaults")), "非（触发“累计违约率超过5%”）"),
    (
        f.AllOf((f.FromDay(date(2025, 5, 27)), f.BeforeDay(date(2025, 8, 27)))),
        "2025-05-27起 且 2025-08-27前",
    ),
    (f.AnyOf((f.Happened("x"), f.Happened("y"))), "发生事件“x” 或 发生事件“y”"),
    (
        f.AmountTest(
            f.Greatest((f.Share(Fraction(1, 2), LOST), f.Difference(SENIOR, LOST))),
            f.Relation.BELOW,
            f.Total((LOST, f.MonthsOfInterest(("senior",), 3))),
        ),
        "较大者(50.0 % × 累计损失 / 优先级 证券余额 − 累计损失) 低于 累计损失 + 优先级3个月利息",
    ),
)


@pytest.fixture
def paper() -> Paper:
    return paper_of(inputs(CHECKOUT).plan, words=catalog(), lang="zh")


class TestConditionText:
    @pytest.mark.parametrize(("condition", "text"), CASES)
    def test_says_it_in_words(self, condition: f.Condition, text: str, paper: Paper) -> None:
        assert condition_text(paper, condition) == text
