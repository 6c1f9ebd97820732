from datetime import date

import pytest

from tests.factories import event, patent
from zhirong.rights import terms
from zhirong.rights.events import EventKind
from zhirong.rights.law import shipped
from zhirong.rights.records import PatentKind

LAW = shipped()


class TestTerm:
    @pytest.mark.parametrize(
        ("kind", "filed", "expires_on"),
        [
            (PatentKind.INVENTION, date(2018, 3, 15), date(2038, 3, 15)),
            (PatentKind.UTILITY_MODEL, date(2018, 3, 15), date(2028, 3, 15)),
            (PatentKind.DESIGN, date(2021, 5, 31), date(2031, 5, 31)),
            (PatentKind.DESIGN, date(2021, 6, 1), date(2036, 6, 1)),
            (PatentKind.INVENTION, date(2020, 2, 29), date(2040, 2, 29)),
            (PatentKind.UTILITY_MODEL, date(2020, 2, 29), date(2030, 2, 28)),
        ],
    )
    def test_runs_from_filing_by_kind(
        self, kind: PatentKind, filed: date, expires_on: date
    ) -> None:
        facts = patent(kind=kind, filing_date=filed, priority_dates=(date(2017, 1, 1),))
        assert terms.term(facts, law=LAW).expires_on == expires_on

    def test_ends_on_a_day_off_too(self) -> None:
        term = terms.term(patent(filing_date=date(2004, 10, 1)), law=LAW)
        assert term.last_day == date(2024, 9, 30)
        assert term.remaining_days(date(2024, 9, 30)) == 1
        assert term.remaining_days(date(2030, 1, 1)) == 0

    def test_adds_compensation_and_counts_its_full_years(self) -> None:
        term = terms.term(patent(pta_days=263, pte_days=500), law=LAW)
        assert term.base_expires_on == date(2038, 3, 15)
        assert term.expires_on == date(2040, 4, 16)
        assert term.compensated_years == 2

    def test_takes_the_decision_of_the_register_over_the_list(self) -> None:
        decision = event(EventKind.TERM_ADJUSTED, date(2024, 1, 1), days=100)
        assert terms.term(patent(pta_days=263), [decision], law=LAW).pta_days == 100


class TestTermAdjustment:
    FACTS = patent(
        filing_date=date(2018, 1, 10),
        examination_requested_on=date(2019, 6, 20),
        grant_date=date(2023, 3, 10),
    )

    def test_meets_the_golden_vector(self) -> None:
        found = terms.term_adjustment(self.FACTS, deducted_days=0, gave_up_same_day=False, law=LAW)
        assert found is not None
        assert (found.start, found.days) == (date(2022, 6, 20), 263)
        assert found.request_by == date(2023, 6, 12)  # 10 June 2023 was a Saturday

    def test_takes_off_delays_of_the_applicant(self) -> None:
        found = terms.term_adjustment(
            self.FACTS, deducted_days=300, gave_up_same_day=False, law=LAW
        )
        assert found is not None
        assert (found.raw_days, found.days) == (263, 0)

    def test_gives_none_where_the_law_gives_none(self) -> None:
        quick = patent(
            filing_date=date(2018, 1, 10),
            examination_requested_on=date(2019, 6, 20),
            grant_date=date(2022, 6, 19),
        )
        model = patent(kind=PatentKind.UTILITY_MODEL, examination_requested_on=date(2018, 1, 1))
        for facts, gave_up in ((quick, False), (model, False), (self.FACTS, True)):
            assert not terms.term_adjustment(
                facts, deducted_days=0, gave_up_same_day=gave_up, law=LAW
            )


class TestTermExtension:
    def test_meets_the_golden_vector(self) -> None:
        facts = patent(filing_date=date(2012, 5, 6))
        found = terms.term_extension(facts, approved_on=date(2021, 9, 1), law=LAW)
        assert found is not None
        assert (found.raw_days, found.days) == (1_579, 1_213)
        extended = terms.term(patent(filing_date=date(2012, 5, 6), pte_days=1_213), law=LAW)
        assert extended.expires_on == date(2035, 9, 1)

    def test_is_at_most_five_years(self) -> None:
        facts = patent(filing_date=date(2010, 1, 1))
        found = terms.term_extension(facts, approved_on=date(2022, 1, 1), law=LAW)
        assert found is not None
        assert found.days == (date(2035, 1, 1) - date(2030, 1, 1)).days

    def test_gives_none_for_a_quick_approval(self) -> None:
        facts = patent(filing_date=date(2018, 1, 1))
        assert terms.term_extension(facts, approved_on=date(2022, 12, 31), law=LAW) is None
