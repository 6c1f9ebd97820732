from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.factories import event, patent
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent
from zhirong.rights.law import shipped
from zhirong.rights.records import (
    Claims,
    EvaluationReport,
    Owner,
    PatentKind,
    ReportConclusion,
)
from zhirong.rights.status import status_on
from zhirong.valuation.scoring.columns import PARTLY_FAVORABLE, ScoringColumns
from zhirong.valuation.scoring.register import register_columns

ON = date(2026, 6, 30)
LAW = shipped()


def read(events: list[RegisterEvent] | None = None, **fields: Any) -> ScoringColumns:
    right = patent(fee_paid_through_year=9, **fields)
    status = status_on(right, events or [], on=ON, known_on=ON, law=LAW)
    return register_columns([right], statuses=[status], events=events)


class TestRegisterColumns:
    def test_read_what_the_patent_says(self) -> None:
        columns = read(
            claims=Claims(total=12, independent=2, average_length=180.0, first_length=310),
            owners=(Owner(name="A", share=Decimal(1)),),
            family=("CN1A", "US9B2", "US8B2", "EP7A1", "WO6A1"),
            ipc=("C02F 1/44", "C02F 9/00", "B01D 61/02"),
            citations_forward=7,
        )

        expected = {
            "is_in_force": 1.0,
            "claims_total": 12.0,
            "claims_independent": 2.0,
            "claim_length": 180.0,
            "first_claim_length": 310.0,
            "owners": 1.0,
            "foreign_countries": 2.0,
            "subclasses": 2.0,
            "citations_forward": 7.0,
        }
        assert {name: float(columns.fact(name)[0]) for name in expected} == expected

    def test_leave_unknown_what_nobody_said(self) -> None:
        columns = read()

        for name in ("claims_total", "owners", "foreign_countries", "subclasses", "is_pledged"):
            assert np.isnan(columns.fact(name)[0]), name

    def test_know_that_there_is_no_encumbrance_where_the_register_was_read(self) -> None:
        columns = read([])

        assert columns.fact("is_pledged").tolist() == [0.0]
        assert columns.fact("licenses").tolist() == [0.0]

    def test_count_acts_and_lay_encumbrances_of_the_day(self) -> None:
        columns = read(
            [
                event(EventKind.PLEDGE_REGISTERED, date(2022, 1, 5), reference="P1"),
                event(EventKind.PLEDGE_CANCELED, date(2023, 1, 5), reference="P1"),
                event(
                    EventKind.LICENSE_RECORDED,
                    date(2024, 1, 5),
                    license_kind=LicenseKind.EXCLUSIVE,
                ),
                event(EventKind.TRANSFERRED, date(2027, 1, 5)),
                event(EventKind.INVALIDATION_REQUESTED, date(2026, 1, 5)),
            ]
        )

        found = {
            name: float(columns.fact(name)[0])
            for name in (
                "pledges",
                "is_pledged",
                "licenses",
                "is_exclusively_licensed",
                "transfers",
                "is_challenged",
            )
        }
        assert found == {
            "pledges": 1.0,
            "is_pledged": 0.0,
            "licenses": 1.0,
            "is_exclusively_licensed": 1.0,
            "transfers": 0.0,
            "is_challenged": 1.0,
        }

    def test_count_locarno_classes_of_designs_and_read_their_report(self) -> None:
        columns = read(
            kind=PatentKind.DESIGN,
            ipc=("09-03", "09-01", "23-01"),
            evaluation_report=EvaluationReport(
                has=True, conclusion=ReportConclusion.PARTLY_FAVORABLE
            ),
        )

        assert columns.fact("subclasses").tolist() == [2.0]
        assert columns.fact("report_conclusion").tolist() == [PARTLY_FAVORABLE]

    def test_count_the_life_left_in_years_from_the_day(self) -> None:
        # Filed on 2018-03-15 for 20 years: to 2038-03-15.
        columns = read()

        assert columns.fact("remaining_life_years")[0] == pytest.approx(11 + 258 / 365, abs=1e-3)

    def test_give_no_life_after_the_term(self) -> None:
        columns = read(kind=PatentKind.DESIGN, filing_date=date(2010, 3, 15))

        assert columns.fact("remaining_life_years").tolist() == [0.0]
        assert columns.fact("is_in_force").tolist() == [0.0]
