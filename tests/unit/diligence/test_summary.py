"""Red flags first, counts, conditions, expiry wall, fee calendar."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.unit.diligence.dossiers import (
    DESIGN,
    INVENTION,
    MODEL,
    THREE,
    complete,
    empty,
    reply,
    with_event,
    with_patent,
    with_reply,
)
from zhirong.diligence.checks.table import run
from zhirong.diligence.gating import Answer, Use
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Dossier, Severity, State
from zhirong.diligence.review import review
from zhirong.diligence.summary import Summary, conditions, counts, flags
from zhirong.rights.events import EventKind
from zhirong.rights.law import shipped
from zhirong.rights.records import EvaluationReport

LAW = shipped()


def summed(dossier: Dossier) -> Summary:
    return review(dossier, law=LAW).summary


def without_reports() -> Dossier:
    bare = EvaluationReport(has=False)
    patents = tuple(replace(p, evaluation_report=bare) for p in THREE)
    return replace(complete(patents=patents), replies=(*complete().replies, reply("A11", "yes")))


class TestFlags:
    def test_stand_heaviest_first(self) -> None:
        dossier = replace(with_event(EventKind.PLEDGE_REGISTERED), signature=None, certificates=())

        red = summed(dossier).red_flags

        assert [(flag.code, str(flag.severity)) for flag in red] == [
            ("A5", "block"),
            ("E3", "high"),
        ]

    def test_join_rights_with_one_wording(self) -> None:
        flag = next(item for item in summed(without_reports()).red_flags if item.code == "P2")

        assert flag.subjects == (MODEL, DESIGN)

    def test_keep_what_failed_apart_from_what_is_not_known(self) -> None:
        seen = summed(empty())

        assert seen.red_flags == ()
        assert {flag.state for flag in seen.open_points} == {State.NOT_KNOWN}


class TestCounts:
    def test_add_up_to_all_findings(self) -> None:
        findings = run(Grounds(dossier=with_reply("A11", "yes"), law=LAW))

        counted = counts(findings)

        assert sum(item.count for item in counted) == len(findings)
        assert (counted[0].state, counted[0].severity, counted[0].count) == (
            State.FAIL,
            Severity.HIGH,
            1,
        )


class TestConditions:
    def test_stand_once_with_all_that_ask_for_them(self) -> None:
        findings = run(Grounds(dossier=without_reports(), law=LAW))

        asked = {item.message.code: item for item in conditions(findings)}

        assert asked["condition.evaluation_report"].subjects == (MODEL, DESIGN)
        assert asked["condition.clear_lists"].checks == ("A11",)

    def test_are_none_when_all_is_in_order(self) -> None:
        assert summed(complete()).conditions == ()
        assert flags(run(Grounds(dossier=complete(), law=LAW)), State.FAIL) == ()


class TestAnswerCounts:
    def test_count_each_right_once_a_use(self) -> None:
        seen = summed(with_event(EventKind.PLEDGE_REGISTERED)).answers
        registered = {row.answer: row.count for row in seen if row.use is Use.REGISTER_PLEDGE}

        assert registered == {
            Answer.YES: 2,
            Answer.CONDITIONAL: 0,
            Answer.NOT_KNOWN: 0,
            Answer.NO: 1,
        }


class TestExpiryWall:
    def test_counts_rights_by_year_of_the_last_day_and_kind(self) -> None:
        wall = summed(complete()).expiry_wall

        assert [(cell.year, cell.kind, cell.rights) for cell in wall] == [
            (2030, "utility_model", (MODEL,)),
            (2037, "design", (DESIGN,)),
            (2038, "invention", (INVENTION,)),
        ]

    def test_leaves_out_what_has_ended(self) -> None:
        wall = summed(with_event(EventKind.ABANDONED)).expiry_wall

        assert INVENTION not in {right for cell in wall for right in cell.rights}


class TestFeeCalendar:
    def test_shows_what_falls_due_within_a_year(self) -> None:
        calendar = summed(complete()).fee_calendar

        # Patent years 10 of the invention (4000), 6 of the design and 8 of the model (1200 each).
        assert [(row.right, row.patent_year, row.due_on, row.amount) for row in calendar] == [
            (INVENTION, 10, date(2027, 3, 15), Decimal("4000.00")),
            (DESIGN, 6, date(2027, 4, 12), Decimal("1200.00")),
            (MODEL, 8, date(2027, 5, 11), Decimal("1200.00")),
        ]

    def test_shows_an_overdue_fee_with_its_late_fee(self) -> None:
        calendar = summed(with_patent(MODEL, fee_paid_through_year=6)).fee_calendar
        overdue = calendar[0]

        # Due 2026-05-11, second month begun: 5 % of 1200.
        assert (overdue.right, overdue.is_overdue) == (MODEL, True)
        assert overdue.amount == Decimal("1260.00")
        assert [row.patent_year for row in calendar if row.right == MODEL] == [7, 8]

    def test_names_the_rights_whose_fees_nobody_stated(self) -> None:
        seen = summed(with_patent(MODEL, fee_paid_through_year=None))

        assert seen.fees_unknown == (MODEL,)
        assert MODEL not in {row.right for row in seen.fee_calendar}
