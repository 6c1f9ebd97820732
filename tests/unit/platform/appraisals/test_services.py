"""An appraisal on the platform: from files given to rights with values."""

from datetime import date

import pytest
from django.db import transaction

from tests.conftest import CHECKOUT
from tests.people import MONDAY, House
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight, RunFile
from zhirong.platform.appraisals.services import (
    NothingToAppraiseError,
    ask_for_appraisal,
    cancel,
    perform,
)
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance
from zhirong.platform.operations.models import Job, Outbox

FOLDER = CHECKOUT / "examples" / "five-firms" / "2-plastics"
END = date(2027, 7, 6)


def given(house: House) -> Matter:
    matter = house.matter()
    files = tuple(
        NewFile(name=path.name, content=path.read_bytes(), media_type="application/octet-stream")
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    )
    upload(matter.number, files, actor=house.firm)
    with transaction.atomic():
        advance(matter, Matter.Stage.APPLIED, actor=house.firm)
        advance(matter, Matter.Stage.CHECKED, actor=house.manager)
    return matter


def asked(house: House, matter: Matter) -> AppraisalRun:
    return ask_for_appraisal(
        matter.number, valuation_date=MONDAY, debt_term_end=END, actor=house.manager
    )


class TestAskForAppraisal:
    def test_needs_files(self, house: House) -> None:
        matter = house.matter()

        with pytest.raises(NothingToAppraiseError):
            asked(house, matter)

        assert not Outbox.objects.exists()


class TestPerform:
    def test_keeps_reports_values_and_rights(self, house: House) -> None:
        matter = given(house)
        run = asked(house, matter)

        perform(run.job.outbox)

        run.refresh_from_db()
        matter.refresh_from_db()
        assert run.state == AppraisalRun.State.DONE
        assert run.market_value_fen is not None
        assert run.low_fen is not None
        assert run.low_fen < run.market_value_fen
        assert AppraisedRight.objects.filter(run=run).count() == 25
        assert {file.kind for file in RunFile.objects.filter(run=run)} >= {
            "due-diligence.pdf",
            "valuation.pdf",
            "workings.xlsx",
            "result.json",
        }
        assert matter.stage == Matter.Stage.APPRAISED
        assert Job.objects.get(pk=run.job_id).state == Job.State.DONE

    def test_changes_nothing_when_run_again(self, house: House) -> None:
        run = asked(house, given(house))
        perform(run.job.outbox)

        perform(run.job.outbox)

        assert AppraisedRight.objects.count() == 25
        assert Matter.objects.get().stage == Matter.Stage.APPRAISED

    def test_keeps_nothing_once_cancelled(self, house: House) -> None:
        run = asked(house, given(house))
        cancel(run.pk, actor=house.manager)

        perform(run.job.outbox)

        assert not AppraisedRight.objects.exists()
        assert Job.objects.get(pk=run.job_id).state == Job.State.CANCELLED

    def test_goes_no_step_further_without_a_value(self, house: House) -> None:
        matter = given(house)
        table = NewFile(name="a.csv", content=b"x,y\n1,2\n", media_type="text/csv")
        upload(matter.number, (table,), actor=house.firm)
        StoredFile.objects.exclude(name="a.csv").update(is_withdrawn=True)
        run = asked(house, matter)

        perform(run.job.outbox)

        matter.refresh_from_db()
        assert matter.stage == Matter.Stage.CHECKED
        assert Job.objects.get(pk=run.job_id).message["code"] == "job.appraise.no_value"

    def test_says_why_it_failed(self, house: House) -> None:
        matter = given(house)
        run = ask_for_appraisal(
            matter.number, valuation_date=date(1980, 1, 1), debt_term_end=END, actor=house.manager
        )

        perform(run.job.outbox)

        run.refresh_from_db()
        assert run.state == AppraisalRun.State.FAILED
        assert run.failure["code"].startswith("error.")
