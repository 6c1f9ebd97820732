"""The hazard worked out by hand, and what a report is told about it."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.valuation.survival_examples import COIN, rights, with_covariate, with_timing
from zhirong.core.messages import Language, placeholders
from zhirong.parameters.reader import catalog
from zhirong.valuation.survival import (
    annual_hazard,
    conditional_survival,
    covariates,
    mean_in_force,
    notes,
)
from zhirong.valuation.survival_inputs import (
    COUNTS,
    INDICATORS,
    NotAnInventionError,
    SurvivalFeatures,
    SurvivalInputError,
    SurvivalModel,
)

LN_3 = float(np.log(3.0))


def survival(features: SurvivalFeatures, model: SurvivalModel, age: list[float], years: int):
    return conditional_survival(
        features, model=model, age_at_valuation=np.array(age), horizon_years=years
    )


class TestConditionalSurvival:
    def test_halves_each_year_at_a_hazard_of_one_half(self) -> None:
        assert survival(rights(), COIN, [7.5], 3).tolist() == [[0.5, 0.25, 0.125]]

    def test_starts_from_the_valuation_date_and_not_from_filing(self) -> None:
        # Fee years 4, 5, 6 count -1, 0, 1 from the center: odds 1/3, 1, 3.
        by_age = with_timing(0, LN_3)

        assert survival(rights(), by_age, [3.5], 3)[0] == pytest.approx([3 / 4, 3 / 8, 3 / 32])
        assert survival(rights(), by_age, [4.5], 2)[0] == pytest.approx([1 / 2, 1 / 8])

    def test_counts_a_fee_due_on_the_valuation_date_as_paid(self) -> None:
        by_age = with_timing(0, LN_3)

        assert survival(rights(), by_age, [4.0], 1)[0] == pytest.approx([1 / 2])

    def test_carries_the_last_hazard_seen_onwards(self) -> None:
        by_age = with_timing(0, LN_3)

        assert survival(rights(), by_age, [12.0], 2)[0] == pytest.approx([1 / 4, 1 / 16])

    def test_keeps_rights_apart(self) -> None:
        both = rights(2, is_domestic=np.array([1.0, 0.0]))
        foreign_last_longer = with_covariate(0, -LN_3)

        result = survival(both, foreign_last_longer, [7.5, 7.5], 1)

        assert result[:, 0] == pytest.approx([1 / 2, 3 / 4])

    def test_refuses_another_kind_of_right(self) -> None:
        mixed = rights(2, is_invention=np.array([True, False]))

        with pytest.raises(NotAnInventionError) as refused:
            survival(mixed, COIN, [7.5, 7.5], 1)

        assert refused.value.facts["rows"] == ("1",)

    @pytest.mark.parametrize(
        ("age", "years", "column", "reason"),
        [
            ([7.5], 0, "horizon_years", "below_one"),
            ([7.5, 7.5], 1, "age_at_valuation", "length"),
            ([np.nan], 1, "age_at_valuation", "unknown_or_negative"),
            ([-0.1], 1, "age_at_valuation", "unknown_or_negative"),
            ([3.1], 1, "age_at_valuation", "before_grant"),
        ],
    )
    def test_refuses_an_age_or_horizon_that_cannot_be(
        self, age: list[float], years: int, column: str, reason: str
    ) -> None:
        with pytest.raises(SurvivalInputError) as refused:
            survival(rights(), COIN, age, years)

        assert refused.value.facts["column"] == f"survival.{column}"
        assert refused.value.facts["reason"] == f"survival.reason.{reason}"


class TestAnnualHazard:
    def hazard(self, features: SurvivalFeatures, model: SurvivalModel, first: int, years: int = 1):
        return annual_hazard(
            features, model=model, first_fee_year=np.array([first]), fee_years=years
        )[0]

    def test_tells_the_first_two_fees_after_grant_from_the_third(self) -> None:
        # Granted at 3.2 years: the first fee falls due on anniversary 4.
        first_two, third = with_timing(2, -LN_3), with_timing(3, LN_3)

        assert self.hazard(rights(), first_two, 4, 4) == pytest.approx([1 / 4, 1 / 4, 1 / 2, 1 / 2])
        assert self.hazard(rights(), third, 4, 4) == pytest.approx([1 / 2, 1 / 2, 3 / 4, 1 / 2])

    def test_takes_the_share_of_the_fee_year_where_the_grant_date_is_unknown(self) -> None:
        unknown = rights(grant_lag_years=np.array([np.nan]))

        result = self.hazard(unknown, with_timing(2, -LN_3), 5)

        assert result == pytest.approx([1 / (1 + 3**0.5)])

    def test_takes_the_mean_where_a_covariate_is_unknown(self) -> None:
        unknown = rights(is_domestic=np.array([np.nan]))

        result = self.hazard(unknown, with_covariate(0, LN_3), 5)

        assert result == pytest.approx([3**0.5 / (1 + 3**0.5)])

    def test_lets_the_gap_between_foreign_and_chinese_owners_change_with_age(self) -> None:
        foreign = rights(is_domestic=np.array([0.0]))
        widening = with_timing(4, LN_3)

        assert self.hazard(rights(), widening, 4, 3) == pytest.approx([1 / 2] * 3)
        assert self.hazard(foreign, widening, 4, 3) == pytest.approx([1 / 4, 1 / 2, 3 / 4])

    def test_bends_at_the_knot(self) -> None:
        bent = with_timing(1, LN_3)

        assert self.hazard(rights(), bent, 3, 3) == pytest.approx([1 / 2, 1 / 2, 3 / 4])


class TestCovariates:
    def test_reads_the_field_of_technology(self) -> None:
        several = rights(4, main_ipc=("A61K31/00", "A61B5/00", "A01N25/00", "C02F1/44"))

        field = covariates(several, model=COIN)[:, 9:]

        assert field[:3].tolist() == [[1, 0], [0, 1], [0, 0]]
        assert np.isnan(field[3]).all()

    def test_takes_counts_by_their_logarithm(self) -> None:
        counted = rights(claims=np.array([np.e]), inventors=np.array([1.0]))

        assert covariates(counted, model=COIN)[0, 6:9] == pytest.approx([1.0, 0.0, 0.0])

    def test_leaves_the_unknown_unknown(self) -> None:
        unknown = rights(claims=np.array([np.nan]), main_ipc=("",))

        row = covariates(unknown, model=COIN)[0]

        assert np.isnan(row).tolist() == [False] * 6 + [True, False, False, True, True]


class TestMeanInForce:
    def test_weighs_the_year_before_and_after_the_anniversary(self) -> None:
        # Age 7.75: the anniversary falls a quarter into each year after the valuation date.
        result = mean_in_force(np.array([[0.5, 0.25]]), age_at_valuation=np.array([7.75]))

        assert result[0] == pytest.approx([0.25 * 1 + 0.75 * 0.5, 0.25 * 0.5 + 0.75 * 0.25])

    def test_is_the_state_at_the_year_s_start_where_the_fee_falls_due_at_its_end(self) -> None:
        result = mean_in_force(np.array([[0.5, 0.25]]), age_at_valuation=np.array([8.0]))

        assert result[0].tolist() == [1.0, 0.5]


class TestNotes:
    def told(
        self,
        features: SurvivalFeatures,
        *,
        age: float = 7.5,
        years: int = 3,
        model: SurvivalModel = COIN,
    ):
        ages = np.full(len(features.main_ipc), age)
        found = notes(features, model=model, age_at_valuation=ages, horizon_years=years)
        return {message.code.removeprefix("survival.note."): message for message in found}

    def test_always_tells_era_and_bias(self) -> None:
        model = replace(COIN, last_fee_year=16)

        assert set(self.told(rights(), model=model)) == {
            "era",
            "field",
            "weak_within_china",
            "owners_decisions",
            "conditional",
            "unmapped_rights_only",
        }

    def test_counts_what_is_unknown(self) -> None:
        unknown = rights(3, claims=np.array([np.nan, 2.0, np.nan]))

        assert self.told(unknown)["unknown"].facts == {"covariate": "survival.claims", "rights": 2}

    def test_counts_rights_of_another_field(self) -> None:
        mixed = rights(3, main_ipc=("A61K31/00", "C02F1/44", ""))

        assert self.told(mixed)["outside_field"].facts == {"rights": 1}

    def test_counts_rights_whose_horizon_passes_the_last_fee_year_seen(self) -> None:
        assert "extrapolated" not in self.told(rights(), age=3.5, years=3)
        assert self.told(rights(2), age=3.5, years=4)["extrapolated"].facts == {
            "rights": 2,
            "fee_year": 6,
        }

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_has_words_for_everything_it_tells(self, language: Language) -> None:
        unknown = {name: np.array([np.nan]) for name in (*INDICATORS, *COUNTS, "grant_lag_years")}
        nothing_known, elsewhere = (
            rights(main_ipc=("",), **unknown),
            rights(main_ipc=("H01L21/00",)),
        )

        for features in (nothing_known, elsewhere):
            ages = np.array([7.5])
            for note in notes(features, model=COIN, age_at_valuation=ages, horizon_years=3):
                words = catalog().text(note, language)
                assert words
                assert placeholders(words) == frozenset()
