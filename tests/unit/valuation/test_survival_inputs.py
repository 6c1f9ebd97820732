"""Characteristics that are refused, the record of a fit, and ages by anniversaries."""

from datetime import date

import numpy as np
import pytest

from tests.unit.valuation.survival_examples import rights
from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog, model
from zhirong.valuation.survival_inputs import (
    NotAnInventionError,
    SurvivalInputError,
    SurvivalModelError,
    age_years,
    survival_model,
)


class TestSurvivalFeatures:
    @pytest.mark.parametrize(
        ("column", "value", "reason"),
        [
            ("is_domestic", 2.0, "not_0_or_1"),
            ("has_agency", 0.5, "not_0_or_1"),
            ("claims", 0.0, "below_one"),
            ("inventors", 0.5, "below_one"),
            ("grant_lag_years", -1.0, "negative"),
        ],
    )
    def test_refuses_what_cannot_be(self, column: str, value: float, reason: str) -> None:
        with pytest.raises(SurvivalInputError) as refused:
            rights(**{column: np.array([value])})

        assert refused.value.facts == {
            "column": f"survival.{column}",
            "reason": f"survival.reason.{reason}",
        }

    def test_refuses_columns_of_unequal_length(self) -> None:
        with pytest.raises(SurvivalInputError) as refused:
            rights(2, main_ipc=("A61K31/00",))

        assert refused.value.facts["reason"] == "survival.reason.length"

    def test_takes_unknown_for_every_characteristic(self) -> None:
        assert np.isnan(rights(claims=np.array([np.nan])).claims).all()

    def test_leaves_the_caller_s_columns_alone(self) -> None:
        claims = np.array([3.0])
        features = rights(claims=claims)

        claims[0] = 9.0

        assert features.claims[0] == 3.0

    def test_is_read_only(self) -> None:
        with pytest.raises(ValueError, match="read-only"):
            rights().claims[0] = 5.0

    def test_refuses_in_words(self) -> None:
        below_one = SurvivalInputError("claims", reason="below_one")
        other_kind = NotAnInventionError((1, 4))

        def words(error: ZhirongError, language: Language) -> str:
            return catalog().text(Message(error.code, error.facts), language)

        assert "number of claims” cannot be below 1" in words(below_one, "en")
        assert "“权利要求数”不能小于 1" in words(below_one, "zh")
        assert "rows 1, 4 (2 rights)" in words(other_kind, "en")
        assert "第 1、4 行（共 2 件）" in words(other_kind, "zh")


class TestSurvivalModel:
    def test_reads_both_fits(self) -> None:
        document = model("cn_invention_survival")

        shipped, judged = survival_model(document), survival_model(document, fit="before_split")

        assert shipped.rights > judged.rights
        assert judged.filed_to < date(2001, 7, 1) <= shipped.filed_to
        assert shipped.covariates != judged.covariates

    def test_refuses_a_fit_that_is_not_there(self) -> None:
        with pytest.raises(SurvivalModelError) as refused:
            survival_model(model("cn_invention_survival"), fit="boosted")

        assert refused.value.facts == {"fit": "boosted"}

    def test_refuses_terms_of_another_formula(self) -> None:
        document = dict(model("cn_invention_survival"))
        fit = dict(document["fits"]["shipped"])
        fit["coefficients"] = {**fit["coefficients"], "citations": 0.1}

        with pytest.raises(SurvivalModelError):
            survival_model({**document, "fits": {"shipped": fit}})


class TestAgeYears:
    @pytest.mark.parametrize(
        ("filed", "on", "age"),
        [
            (date(2016, 3, 1), date(2026, 3, 1), 10.0),
            (date(2016, 3, 1), date(2026, 2, 28), 9 + 364 / 365),
            (date(2015, 12, 31), date(2016, 1, 1), 1 / 366),
            (date(2020, 2, 29), date(2023, 2, 28), 3.0),
            (date(2020, 2, 29), date(2024, 2, 28), 3 + 365 / 366),
            (date(2020, 2, 29), date(2024, 2, 29), 4.0),
        ],
    )
    def test_counts_anniversaries_exactly(self, filed: date, on: date, age: float) -> None:
        assert age_years(filed, on=on) == age
