from datetime import date

import pytest

from tests.unit.adapters.documents.reports.sample_diligence import appraisal, flawed, found
from tests.unit.diligence import dossiers
from tests.unit.diligence.dossiers import DESIGN, INVENTION, MODEL
from zhirong.application.diligence_keeping import kept
from zhirong.application.diligence_result import DiligenceResult, RightStanding
from zhirong.core.codec import decode, encode
from zhirong.diligence.summary import summary


def standing(result: DiligenceResult, right: str) -> RightStanding:
    return next(item for item in result.rights if item.right == right)


class TestKept:
    @pytest.mark.parametrize("make", [dossiers.complete, dossiers.empty, flawed])
    def test_survives_the_codec(self, make: object) -> None:
        body = encode(kept(found(make())))  # type: ignore[operator] - a dossier's maker

        assert encode(decode(DiligenceResult, body)) == body

    def test_counts_what_it_keeps(self) -> None:
        result = kept(found(flawed()))
        states = [item.state for item in result.findings]

        assert result.checked == len(states)
        assert result.passed == states.count("pass")
        assert result.not_known == states.count("not_known")
        assert sum(len(flag.subjects) or 1 for flag in result.red_flags) == states.count("fail")
        assert sum(len(flag.subjects) or 1 for flag in result.open_points) == result.not_known

    def test_keeps_the_fee_calendar_with_the_late_fee(self) -> None:
        diligence = found(flawed())
        result = kept(diligence)
        calendar = summary(diligence.grounds, diligence.findings, diligence.gates).fee_calendar
        overdue = [fee for fee in result.fees_due if fee.is_overdue]

        assert [fee.payable for fee in result.fees_due] == [float(e.amount) for e in calendar]
        assert [fee.right for fee in overdue] == [MODEL]
        assert overdue[0].payable == standing(result, MODEL).fee_payable
        assert result.fees_until == date(2027, 6, 30)

    def test_tells_where_each_right_stands(self) -> None:
        result = kept(found(flawed()))

        assert standing(result, MODEL).state == "fee_grace"
        assert set(standing(result, INVENTION).overlays) >= {"pledged", "preserved"}
        assert standing(result, INVENTION).last_day == date(2038, 3, 14)
        assert standing(result, DESIGN).paid_through == 5

    def test_keeps_no_payable_fee_that_nobody_knows(self) -> None:
        unknown = standing(kept(found(dossiers.empty())), MODEL)

        assert unknown.fee_stage == "not_known"
        assert unknown.fee_payable is None
        assert unknown.read_on is None

    def test_names_the_rule_of_every_use_that_is_not_open(self) -> None:
        record = next(r for r in kept(found(flawed())).registrability if r.right == INVENTION)
        limits = {item.use: item for item in record.limits}

        assert record.register == "no"
        assert "gate.row.preserved" in {rule.code for rule in record.decided_by}
        assert all(str(rule.facts["law"]).startswith("law.") for rule in record.decided_by)
        assert {use for use, item in limits.items() if item.answer == "no"} >= {"register_pledge"}
        assert all(item.decided_by for item in record.limits)

    def test_keeps_the_place_of_the_evidence(self) -> None:
        findings = kept(found(flawed())).findings
        pledge = next(f for f in findings if f.code == "A5" and f.subject == INVENTION)

        assert (pledge.evidence[0].fact, pledge.evidence[0].row) == ("pledge_registered", 2)
        assert pledge.evidence[0].file == "patents.xlsx"

    def test_keeps_the_gap_of_sales_beside_the_tolerance(self) -> None:
        result = kept(found(dossiers.CASES["E1"][1]()))
        last = result.sales_gaps[-1]

        assert last.is_beyond
        assert result.sales_tolerance is not None
        assert last.gap > result.sales_tolerance
        assert last.proposed == last.filed < last.stated

    def test_is_part_of_the_appraisal(self) -> None:
        assert appraisal(flawed()).diligence == kept(found(flawed()))
