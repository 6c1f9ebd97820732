"""The administrator's list of work given up: seen by whose it is, begun anew once, logged."""

from typing import Any

import pytest
from django.db import transaction

from tests.people import House, organization, viewer
from tests.unit.platform.desks.clients import browser
from zhirong.parameters.reader import catalog
from zhirong.platform.accounts.rights import Role
from zhirong.platform.operations import outbox
from zhirong.platform.operations.models import Job, LogEntry, Outbox
from zhirong.platform.work.handlers import HANDLERS


@pytest.fixture
def job(house: House) -> Job:
    """An appraisal that the manager asked for and that was given up."""
    matter = house.matter()
    with transaction.atomic():
        made = outbox.ask_watched(
            "appraise", {}, by=house.manager, title="job.appraise", matter_id=matter.pk
        )
    outbox.fail(made.outbox_id, code="job.gave_up", facts={"problem": "the poison"})
    return made


def page(house_admin: Any, address: str = "/admin/given-up/") -> str:
    return str(browser(house_admin).get(address).content.decode())


class TestWork:
    def test_says_what_why_and_of_whom(self, house: House, job: Job) -> None:
        said = page(house.admin)

        for words in ("评估企业资料", "the poison", job.matter.number, "重新启动"):
            assert words in said

    def test_stands_on_the_first_page_of_the_desk(self, house: House, job: Job) -> None:
        assert "有 1 项后台任务失败" in page(house.admin, "/admin/")

    def test_is_silent_where_all_is_done(self, house: House) -> None:
        assert "没有失败的任务" in page(house.admin)
        assert "等待处理" not in page(house.admin, "/admin/")

    def test_of_others_is_not_shown(self, house: House, job: Job) -> None:
        stranger = viewer(organization("bank", "乙银行"), Role.ADMINISTRATOR)

        assert "the poison" not in page(stranger)
        answer = browser(stranger).post(f"/admin/given-up/{job.outbox_id}/anew/")
        assert answer.status_code == 404

    def test_of_the_house_is_shown_to_the_house_alone(self, house: House) -> None:
        with transaction.atomic():
            own = outbox.ask("webhook", {}, by=None)
        outbox.fail(own.pk, code="job.gave_up", facts={"problem": "the cable"})
        operator = viewer(organization("house", "平台"), Role.ADMINISTRATOR)

        assert "the cable" in page(operator)
        assert "the cable" not in page(house.admin)


class TestBeginAnew:
    def test_lets_it_run_again_and_logs_who_asked(self, house: House, job: Job) -> None:
        answer = browser(house.admin).post(f"/admin/given-up/{job.outbox_id}/anew/")

        assert answer.status_code == 302
        item = Outbox.objects.get(pk=job.outbox_id)
        assert (item.failed_at, item.attempt) == (None, 2)
        entry = LogEntry.objects.get(action="work_begun_anew")
        assert entry.actor_id == house.admin.user_id
        assert entry.matter_id == job.matter_id

    def test_is_not_there_for_work_that_runs(self, house: House, job: Job) -> None:
        client = browser(house.admin)
        client.post(f"/admin/given-up/{job.outbox_id}/anew/")

        again = client.post(f"/admin/given-up/{job.outbox_id}/anew/")

        assert again.status_code == 404
        assert Outbox.objects.get(pk=job.outbox_id).attempt == 2

    def test_is_for_administrators_alone(self, house: House, job: Job) -> None:
        for person in (house.manager, house.risk, house.chief, house.clerk, house.firm):
            answer = browser(person).post(f"/admin/given-up/{job.outbox_id}/anew/")
            assert answer.status_code == 404
        assert Outbox.objects.get(pk=job.outbox_id).failed_at is not None


class TestWords:
    def test_name_every_kind_of_work(self) -> None:
        words = catalog("platform")
        assert [kind for kind in HANDLERS if not words.has(f"work.{kind}")] == []
