import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.people import House
from zhirong.platform.operations import outbox
from zhirong.platform.work import measures


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.DATA = tmp_path
    settings.METRICS_TOKEN = ""
    measures.COUNTS = measures.Counts()
    yield tmp_path
    measures.COUNTS = measures.Counts()


def lines(**headers: str) -> dict[str, float]:
    answer = Client(**headers).get("/metrics/")
    assert answer.status_code == 200
    rows = [row for row in answer.content.decode().splitlines() if not row.startswith("#")]
    return {row.rsplit(" ", 1)[0]: float(row.rsplit(" ", 1)[1]) for row in rows}


class TestMetrics:
    def test_count_requests_by_route_and_status(self, house: House) -> None:
        for _ in range(3):
            Client().get("/health/")

        found = lines()

        name = 'zhirong_requests_total{method="GET",route="health/",status="200"}'
        assert found[name] == 3
        assert found['zhirong_request_seconds_bucket{le="+Inf"}'] == 3
        assert found["zhirong_request_seconds_count"] == 3
        assert found["zhirong_request_seconds_sum"] > 0

    def test_add_the_counts_of_other_processes(self, house: House, folder: Path) -> None:
        (folder / "measures").mkdir()
        other = {"requests": {"GET\thealth/\t200": 4}, "buckets": {"0.1": 4}, "seconds": 0.3}
        (folder / "measures" / "1.json").write_text(json.dumps(other), encoding="utf-8")

        found = lines()

        assert found['zhirong_requests_total{method="GET",route="health/",status="200"}'] == 4
        assert found['zhirong_request_seconds_bucket{le="0.05"}'] == 0
        assert found['zhirong_request_seconds_bucket{le="0.1"}'] == 4

    def test_say_how_the_house_stands(self, house: House) -> None:
        matter = house.matter()
        with transaction.atomic():
            job = outbox.ask_watched(
                "appraise", {}, by=house.manager, title="job.appraise", matter_id=matter.pk
            )
        before = lines()
        outbox.fail(job.outbox_id, code="job.gave_up", facts={"problem": "x"})
        after = lines()

        assert before['zhirong_jobs{state="waiting"}'] == 1
        assert before["zhirong_work_oldest_seconds"] > 0
        assert before["zhirong_ledger_even"] == 1
        assert before["zhirong_log_unsealed"] > 0
        assert (after["zhirong_work_given_up"], after["zhirong_work_oldest_seconds"]) == (1, 0)

    def test_are_not_there_for_others(self, house: House) -> None:
        assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics/").status_code == 404
        assert Client(HTTP_X_FORWARDED_FOR="192.0.2.7").get("/metrics/").status_code == 404

    def test_are_there_for_who_knows_the_token(self, house: House, settings: Settings) -> None:
        settings.METRICS_TOKEN = "of-the-monitor"  # noqa: S105 - of a test

        assert Client().get("/metrics/").status_code == 404
        assert lines(REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer of-the-monitor")


class TestReady:
    def test_says_what_is_missing(self, house: House) -> None:
        answer = Client().get("/health/ready/")

        assert answer.status_code == 503  # no worker has made the engine's tables
        assert answer.json() == {
            "status": "not ready",
            "database": True,
            "migrations": True,
            "job_engine": False,
            "disk": True,
        }
