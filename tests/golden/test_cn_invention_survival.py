"""The shipped model of survival: pinned predictions, its card, and its judgment out of time."""

import csv
import doctest
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training.cn_invention_survival import card, golden, judge, records
from training.cn_invention_survival.records import Application
from zhirong.parameters.reader import PACKAGE, model
from zhirong.valuation.survival import conditional_survival
from zhirong.valuation.survival_inputs import survival_model

Document = Mapping[str, Any]
Applications = tuple[Application, ...]
NAME = "cn_invention_survival"
SHIPPED = PACKAGE / "models" / NAME
# Boosted trees on the same split, and their standard error.
BASELINE = {8: 0.740, 10: 0.765, 12: 0.780, 15: 0.705}
BASELINE_ERROR = 0.018


@pytest.fixture(scope="module")
def document() -> Document:
    return model(NAME)


@pytest.fixture(scope="module")
def applications(shared_data: Path) -> Applications:
    return records.read(shared_data)


class TestGolden:
    def test_pins_the_predictions_of_the_shipped_coefficients(self, document: Document) -> None:
        with (SHIPPED / "golden.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        assert [line["case"] for line in lines] == [row["case"] for row in golden.rows()]

        predicted = conditional_survival(
            golden.features(lines),
            model=survival_model(document),
            age_at_valuation=np.array([float(line["age_at_valuation"]) for line in lines]),
            horizon_years=golden.HORIZON_YEARS,
        )

        # The file holds ten decimals.
        pinned = [[float(line[year]) for year in golden.YEARS] for line in lines]
        np.testing.assert_allclose(predicted, pinned, rtol=0, atol=1e-10)


class TestCard:
    def test_says_what_the_coefficients_file_says(self, document: Document) -> None:
        assert (SHIPPED / "card.md").read_text(encoding="utf-8") == card.written(document)

    def test_leaves_no_slot_empty(self, document: Document) -> None:
        assert "{" not in card.written(document)


class TestPublishedFigures:
    @pytest.mark.parametrize("judged", ["from_publication", "as_the_baseline"])
    def test_tell_alive_from_ended_within_a_standard_error_of_boosted_trees(
        self, document: Document, judged: str
    ) -> None:
        area = {row["age"]: row["auc"] for row in document["judged"][judged]}

        assert area.keys() == BASELINE.keys()
        for age, baseline in BASELINE.items():
            assert area[age] >= baseline - BASELINE_ERROR

    def test_are_not_so_good_that_something_must_have_leaked(self, document: Document) -> None:
        for row in document["judged"]["from_publication"]:
            assert row["auc"] < BASELINE[row["age"]] + 2 * row["auc_se"]

    @pytest.mark.parametrize("judged", ["as_used", "domestic_as_used"])
    def test_beat_the_base_at_every_age(self, document: Document, judged: str) -> None:
        for row in document["judged"][judged]:
            assert row["brier"] < row["brier_earlier_share"]
            assert row["brier_gain_low"] > 0

    def test_are_calibrated_in_most_tenths(self, document: Document) -> None:
        for tenths in document["judged"]["calibration"].values():
            assert len(tenths) == 10
            assert sum(row["low"] <= row["predicted"] <= row["high"] for row in tenths) >= 8


class TestScores:
    def test_area_and_its_error_are_the_textbook_s(self) -> None:
        # Placements of 3, 2 among 1, 2.5: (2 + 1) / 4.
        label, score = np.array([1.0, 1.0, 0.0, 0.0]), np.array([3.0, 2.0, 1.0, 2.5])

        assert judge.auc(label, score) == 0.75
        # Each side's placements are 1 and 0.5: variance 0.125 over 2, twice.
        assert judge.delong(label, score) == pytest.approx(0.125**0.5)
        # q1 = 0.6, q2 = 9/14.
        assert judge.hanley_mcneil(0.75, label) == pytest.approx(
            ((3 / 16 + 3 / 80 + 9 / 112) / 4) ** 0.5
        )


@pytest.mark.data
class TestOnTheSharedData:
    def test_is_the_data_that_the_model_was_fitted_on(
        self, document: Document, shared_data: Path
    ) -> None:
        assert records.fingerprint(shared_data) == document["data_sha256"]

    def test_recomputes_every_published_figure(
        self, document: Document, applications: Applications
    ) -> None:
        figures = judge.judge(applications, survival_model(document, fit="before_split"))

        # Published with four decimals; plain JSON types on both sides.
        assert_same(json.loads(json.dumps(figures)), document["judged"])

    def test_judges_only_rights_that_the_fit_never_saw(
        self, document: Document, applications: Applications
    ) -> None:
        fit = survival_model(document, fit="before_split")
        rights = [item for item in applications if item.is_right_of_known_end]

        assert fit.filed_to < records.SPLIT
        assert sum(item.filed <= fit.filed_to for item in rights) == fit.rights
        assert len(rights) == survival_model(document).rights

    def test_dates_no_unpaid_fee_before_the_grant(self, applications: Applications) -> None:
        rights = [item for item in applications if item.is_right_of_known_end]
        ended = [item for item in rights if item.unpaid_fee_year is not None]

        assert len(ended) > 1000
        assert all(item.unpaid_fee_year > item.grant_age for item in ended)

    def test_changing_the_ends_changes_no_feature(self, applications: Applications) -> None:
        flipped = [
            replace(item, announced=None, waived=None, status=records.IN_FORCE)
            for item in applications
        ]

        before, after = records.features(applications), records.features(flipped)

        for name in before.__slots__:
            np.testing.assert_array_equal(getattr(before, name), getattr(after, name))


def assert_same(found: Any, published: Any) -> None:
    if isinstance(published, dict):
        assert found.keys() == published.keys()
        for key in published:
            assert_same(found[key], published[key])
    elif isinstance(published, list):
        assert len(found) == len(published)
        for one, other in zip(found, published, strict=True):
            assert_same(one, other)
    else:
        assert found == pytest.approx(published, abs=0.51e-4)


class TestMethodPage:
    def test_shows_what_the_code_gives(self, checkout: Path) -> None:
        page = checkout / "docs" / "methods" / "survival.md"

        result = doctest.testfile(
            str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
        )

        assert result.attempted > 5
        assert result.failed == 0
