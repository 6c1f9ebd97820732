"""Vendors' scores and values beside ours: gaps in money only, scores on their own scales."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.case_factory import BASE, RIGHTS, appraised, case
from zhirong.application.case.case_file import Exported, ThirdPartyValue
from zhirong.application.result import ThirdPartyGap, Valuation
from zhirong.core.codec import decode, encode
from zhirong.core.sources import Source

SOURCE = Source(file="incoPat.xlsx", sheet="1", row=2, column="F", sha256="ab" * 32)


def exported(
    currency: str | None = None, scale: str | None = None, **facts: Any
) -> ThirdPartyValue:
    given: dict[str, Any] = {
        "provider": "PatSnap",
        "kind": "vendor_value",
        "scope": RIGHTS[0],
        "valued_on": date(2026, 6, 28),
        "exported": Exported(
            heading="Patent value",
            written="as written",
            scale=scale,
            currency=currency,
            dated_by="export",
        ),
        "source": SOURCE,
    }
    return ThirdPartyValue(**(given | facts))


def valued(*others: ThirdPartyValue) -> Valuation:
    valuation = appraised(case(BASE, third_party_values=others)).valuation
    assert valuation is not None
    return valuation


def gap(item: ThirdPartyValue) -> ThirdPartyGap:
    (found,) = valued(item).third_party
    return found


class TestThirdPartyGaps:
    def test_explains_the_gap_of_an_amount_in_our_currency(self) -> None:
        found = gap(exported(amount=Decimal(100)))

        assert found.note.code == "third_party.vendor_below"
        assert found.ours is not None
        assert found.note.facts["share"] == pytest.approx(1 - 100 / found.ours)
        assert found.source == SOURCE

    def test_says_which_way_a_larger_amount_differs(self) -> None:
        assert gap(exported(amount=Decimal(10**12))).note.code == "third_party.vendor_above"

    def test_never_converts_a_foreign_amount(self) -> None:
        found = gap(exported(amount=Decimal(12_000), currency="USD"))

        assert found.exported is not None
        assert (found.amount, found.exported.currency) == (12_000.0, "USD")
        assert found.note.code == "third_party.foreign"
        assert "share" not in found.note.facts

    def test_compares_no_amount_whose_currency_nobody_states(self) -> None:
        assert gap(exported()).note.code == "third_party.no_currency"

    def test_has_nothing_to_compare_with_where_a_right_has_no_value(self) -> None:
        found = gap(exported(scope="2010100000019", amount=Decimal(100)))

        assert (found.note.code, found.ours) == ("third_party.vendor_alone", None)

    def test_shows_a_score_beside_our_score_and_no_money(self) -> None:
        found = gap(exported(kind="vendor_score", score=Decimal(9), scale="1-10"))

        assert found.exported is not None
        assert (found.score, found.exported.scale) == (9.0, "1-10")
        assert found.our_score is not None
        assert (found.amount, found.ours) == (None, None)
        assert found.note.code == "third_party.score"

    def test_says_that_a_score_has_no_scale(self) -> None:
        found = gap(exported(kind="vendor_score", score=Decimal(9)))

        assert found.note.code == "third_party.score_no_scale"

    def test_moves_no_value_of_ours(self) -> None:
        plain, wide = valued(), valued(exported(amount=Decimal(10**12)))

        assert plain.total == wide.total
        assert plain.rights == wide.rights

    def test_survives_the_codec_without_a_date(self) -> None:
        found = gap(exported(valued_on=None, amount=Decimal(100)))

        assert decode(ThirdPartyGap, encode(found)) == found


class TestScoresOfTheSheet:
    def test_stand_beside_our_score_and_never_beside_our_money(self) -> None:
        found = gap(
            ThirdPartyValue(
                provider="V",
                kind="vendor_score",
                scope=RIGHTS[0],
                valued_on=date(2026, 3, 31),
                score=Decimal(82),
            )
        )

        assert (found.note.code, found.score) == ("third_party.score_given", 82.0)
        assert found.our_score is not None
        assert 0 < found.our_score <= 100
        assert (found.amount, found.ours) == (None, None)
