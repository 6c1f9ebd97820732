"""Tests of sharing the groups' values among rights."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.case_factory import BASE, RIGHTS, appraised, case, line, options, patent
from tests.factories import event
from zhirong.application.appraise import appraise
from zhirong.application.result import Appraisal, RightValue
from zhirong.application.sharing import _whole
from zhirong.firms.records import Coverage
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.rights.events import EventKind
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import EvaluationReport, ReportConclusion

POLICY = """
description: {zh: 政策, en: policy}
unit: text
reviewed_on: 2026-06-01
values:
  2020-01-01: {value: shapley, source: "the house"}
"""


def right(result: Appraisal, place: int) -> RightValue:
    return next(item for item in result.valuation.rights if item.right == RIGHTS[place])


def fen(values: Any) -> int:
    return int(sum(round(value * 100) for value in values))


class TestShare:
    def test_gives_each_group_away_to_the_fen(self):
        result = appraised(case(BASE))

        for row, group in enumerate(result.valuation.groups):
            labels = [f"{group.group} / {number}" for number in group.rights]
            places = next(s for s in result.sheets if s.name == "allocation").places("right")
            values = line(result, "allocation", "value")
            own = [values[places.index(label)] for label in labels]
            assert fen(own) == fen([line(result, "allocation", "group_value")[row]])
        rights = [item.value for item in result.valuation.rights]
        assert fen(rights) == fen([result.valuation.total.value])

    def test_gives_each_group_away_to_the_fen_by_the_game_too(self, tmp_path: Path):
        (tmp_path / "valuation").mkdir()
        (tmp_path / "valuation" / "allocation_policy.yaml").write_text(POLICY, encoding="utf-8")
        law = PatentLaw(parameters=Parameters(house=tmp_path), calendar=china())
        wide = tuple(
            Coverage(product=p, feature="F1", right=number, strength=Decimal(strength))
            for p in ("P1", "P2")
            for number, strength in zip(RIGHTS, ("0.9", "0.31", "0.77"), strict=False)
        )

        result = appraise(case(BASE, coverage=wide), options(), law=law)

        rights = result.valuation.rights
        assert fen(item.value for item in rights) == fen([result.valuation.total.value])
        # By the game: within a fen or so of each other, since one sheet rounds a running total.
        for item in rights:
            assert item.value == pytest.approx(item.shapley_value, abs=0.03)

    def test_adds_up_a_right_that_serves_two_groups(self):
        shared = (
            *case().coverage,
            Coverage(product="P2", feature="F1", right=RIGHTS[0], strength=Decimal("0.9")),
        )
        result = appraised(case(BASE, coverage=shared))

        assert right(result, 0).groups == ("G1", "G2")
        values = [item.value for item in result.valuation.rights]
        assert fen(values) == fen([result.valuation.total.value])
        spread = right(result, 0).distribution
        assert spread.mean == pytest.approx(right(result, 0).value, rel=0.1)

    def test_gives_nothing_to_a_right_that_serves_nothing(self):
        unused = right(appraised(case(BASE)), 6)

        assert (unused.value, unused.groups, unused.distribution) == (0.0, (), None)

    def test_pays_a_right_less_that_is_likely_to_fall(self):
        doubted = EvaluationReport(has=True, conclusion=ReportConclusion.UNFAVORABLE)
        patents = list(case().patents)
        patents[2] = patent(2, evaluation_report=doubted)

        before = right(appraised(case(BASE)), 2)
        after = right(appraised(case(BASE, patents=tuple(patents))), 2)

        assert after.validity < before.validity
        assert after.shapley_value < before.shapley_value


class TestSetFactor:
    def test_is_the_worth_of_the_rights_that_stay(self):
        pledged = event(EventKind.PLEDGE_REGISTERED, date(2025, 9, 1), right=RIGHTS[0])
        result = appraised(case(BASE, events=(pledged,)))

        lost, kept = (0.9 * right(result, place).validity for place in (0, 2))
        whole = 1 - (1 - lost) * (1 - kept)
        factors = line(result, "pledge_set", "set_factor")
        assert factors == pytest.approx((kept / whole, 1.0), abs=1e-9)


class TestWhole:
    def test_gives_the_largest_what_rounding_left(self):
        shares = _whole(np.full(7, 1 / 7))

        assert sum(round(share * 1e9) for share in shares) == 1_000_000_000

    def test_leaves_nothing_as_nothing(self):
        assert _whole(np.zeros(3)) == [0.0, 0.0, 0.0]
