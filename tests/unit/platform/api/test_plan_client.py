"""A plan over the API by the client: from opening it to a report that the investor reads."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from tests.callers import caller
from tests.plan_files import plan_files, plan_text
from tests.plan_house import PlanHouse
from zhirong.client import AnswerError, Client
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.operations.models import Job
from zhirong.platform.work.handlers import HANDLERS


@pytest.fixture
def plans(db: None) -> PlanHouse:
    return PlanHouse()


def do_what_waits(_: float) -> None:
    """What the worker does while a program waits."""
    for job in Job.objects.filter(state="waiting"):
        HANDLERS[job.outbox.kind](job.outbox)


def client_of(person: Viewer, **more: Any) -> Client:
    key = caller(person)
    given = {"secret": key.secret, "language": "en"} | more
    transport = httpx.WSGITransport(app=get_wsgi_application())
    return Client("http://testserver", key.token, transport=transport, pause=do_what_waits, **given)


def given_files(folder: Path, text: str = "") -> tuple[Path, ...]:
    for file in plan_files(text=text):
        (folder / file.name).write_bytes(file.content)
    return folder / "plan.yaml", folder / "tape.xlsx"


class TestPlanClient:
    def test_leads_from_opening_to_a_report_that_investors_read(
        self, plans: PlanHouse, tmp_path: Path
    ) -> None:
        arranger, servicer = client_of(plans.arranger), client_of(plans.servicer)
        investor = client_of(plans.investor)
        number = arranger.open_plan("first plan")["number"]
        arranger.let_in(number, plans.servicing.identifier, "servicer")
        parts = arranger.let_in(number, plans.investing.identifier, "investor")
        assert [part["part"] for part in parts] == ["arranger", "servicer", "investor"]
        given = arranger.give_plan_files(number, *given_files(tmp_path))
        assert [file["name"] for file in given] == ["plan.yaml", "tape.xlsx"]

        run = arranger.wait_for_run(number, arranger.structure_plan(number)["number"])
        assert (run["state"], run["job"]["state"], run["problems"]) == ("done", "done", [])
        assert investor.plan_structure(number) is None
        assert investor.plan_runs(number) == investor.plan_files(number) == []
        assert arranger.publish_plan_run(number, run["number"])["published_on"] == "2024-11-22"
        found = investor.plan_structure(number)
        assert found is not None
        (kept,) = (file["number"] for file in run["files"] if file["name"] == "structure.en.json")
        assert found["document"] == json.loads(investor.plan_file(number, kept))
        assert found["document"]["pool"]["balance"] == 13_800_000_000

        paper = tmp_path / "paper.pdf"
        paper.write_bytes(b"%PDF-1.7 paper")
        for step in arranger.plan(number)["steps"]:
            arranger.finish_plan_step(number, step["key"], paper, note="kept")
        issued = investor.plan(number)
        assert (issued["state"], issued["issued_on"]) == ("issued", "2024-11-22")
        assert {step["note"] for step in issued["steps"]} == {"kept"}
        assert {step["file"] for step in issued["steps"]} == {None}
        assert [line["state"] for line in investor.plans()] == ["issued"]

        first = found["payments"][0]
        assert first["days"][0]["text"]
        asked = servicer.report_payment(
            number,
            payment_on=date.fromisoformat(first["on"]),
            scenario=found["scenarios"][0]["key"],
        )
        report = servicer.wait_for_run(number, asked["number"])
        servicer.publish_plan_run(number, report["number"])
        read = investor.plan_run(number, report["number"])
        assert read["payment_on"] == first["on"]
        papers = {file["name"]: file["number"] for file in read["files"]}
        for name in ("servicer-report.pdf", "distribution-report.pdf"):
            assert investor.plan_file(number, papers[name]).startswith(b"%PDF")
        assert {entry["action"] for entry in investor.plan_log(number)} == {
            "plan_opened",
            "plan_structure_published",
            "plan_step_done",
            "plan_issued",
            "plan_report_published",
        }

        arranger.end_part(number, plans.investing.pk)
        with pytest.raises(AnswerError) as turned_away:
            investor.plan(number)
        assert turned_away.value.status == 404

    def test_says_what_is_wrong_with_the_files(self, plans: PlanHouse, tmp_path: Path) -> None:
        text = plan_text().replace("rate: 2.25%", "rate: much")
        arranger = client_of(plans.arranger)
        number = arranger.open_plan("wrong")["number"]
        arranger.give_plan_files(number, *given_files(tmp_path, text))

        run = arranger.wait_for_run(number, arranger.structure_plan(number)["number"])

        assert run["state"] == "failed"
        (problem,) = run["problems"]
        assert f"Line {problem['facts']['line']}" in problem["text"]
        assert arranger.plan_structure(number) is None

    def test_publishes_nothing_without_the_secret(self, plans: PlanHouse) -> None:
        number = plans.opened()
        run = plans.structured(number)

        with pytest.raises(AnswerError) as turned_away:
            client_of(plans.arranger, secret="").publish_plan_run(number, run.pk)

        assert (turned_away.value.status, turned_away.value.code) == (403, "error.confirmation")
        run.refresh_from_db()
        assert run.published_on is None

    def test_keeps_what_is_asked_again_under_its_key(self, plans: PlanHouse) -> None:
        arranger = client_of(plans.arranger)
        numbers = {arranger.open_plan("once", key="k")["number"] for _ in range(2)}

        assert [line["number"] for line in arranger.plans()] == list(numbers)

    def test_cancels_a_run(self, plans: PlanHouse, tmp_path: Path) -> None:
        arranger = client_of(plans.arranger)
        number = arranger.open_plan("cancelled")["number"]
        arranger.give_plan_files(number, *given_files(tmp_path))
        asked = {arranger.structure_plan(number, key="s")["number"] for _ in range(2)}
        (run,) = asked

        assert arranger.cancel_plan_run(number, run)["job"]["is_cancel_asked"] is True
        assert arranger.wait_for_run(number, run)["files"] == []
