"""Tests of finding assumptions by key, scope and year."""

from dataclasses import replace

import pytest

from tests.case_factory import assumption
from zhirong.application.case.assumption_book import AssumptionTwiceError, book, origin_of
from zhirong.core.sources import Source

SCOPES = ("G1", "P1", "")


class TestFind:
    def test_takes_the_narrowest_scope(self):
        found = book(
            [
                assumption("rate", 1),
                assumption("rate", 2, scope="P1"),
                assumption("rate", 3, scope="G2"),
            ]
        ).find("rate", SCOPES)

        assert found is not None
        assert found.central == 2

    def test_takes_the_year_before_all_years(self):
        kept = book([assumption("growth", 1), assumption("growth", 2, year=3)])

        assert [kept.find("growth", SCOPES, year=year).central for year in (2, 3, 0)] == [1, 2, 1]

    def test_takes_all_years_of_a_narrower_scope_before_the_year_of_a_wider_one(self):
        kept = book([assumption("growth", 1, year=3), assumption("growth", 2, scope="P1")])

        assert kept.find("growth", SCOPES, year=3).central == 2

    def test_finds_nothing_where_nobody_judged(self):
        kept = book([assumption("growth", 1, year=3), assumption("rate", 1, scope="G2")])

        assert kept.find("growth", SCOPES) is None
        assert kept.find("growth", SCOPES, year=2) is None
        assert kept.find("rate", SCOPES) is None


class TestBook:
    def test_refuses_one_thing_judged_twice_and_says_where(self):
        placed = replace(assumption("rate", 2), source=Source(file="a.xlsx", row=9))

        with pytest.raises(AssumptionTwiceError, match=r"a\.xlsx \| 9") as caught:
            book([assumption("rate", 1), placed])
        assert caught.value.facts["key"] == "rate"


class TestOriginOf:
    def test_names_who_answers_for_it(self):
        origin = origin_of(assumption("rate", 1))

        assert (origin.author, origin.reason, origin.rule) == ("A. Analyst", "worked example", "")
