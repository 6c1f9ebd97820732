"""The sandbox office as it is seen over HTTP: what it takes in, what it turns away, its levers."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import offices as on
from zhirong.adapters.offices.http import connect
from zhirong.adapters.offices.in_process import InProcess
from zhirong.adapters.offices.sandbox.app import SandboxApp
from zhirong.adapters.offices.sandbox.server import PlatformClock
from zhirong.adapters.offices.sandbox.temper import Temper, temper
from zhirong.filing.office import OfficeDownError, OfficeRejectedError

FRIDAY = date(2026, 6, 5)


def answers(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.BaseTransport:
    return httpx.MockTransport(handler)


class TestActs:
    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            ({}, {}),
            ({"client_reference": "ZR-1", "form": []}, {}),
            ({"client_reference": "ZR-1", "form": {}}, {"Client-Reference": "ZR-2"}),
            ({"client_reference": "ZR-1", "form": {}, "registry": "land"}, {}),
            ({"client_reference": "ZR-1", "form": {}, "registry": "patent", "kind": "x"}, {}),
            ({"client_reference": "ZR-1", "form": {}, "registry": "patent", "kind": "cancel"}, {}),
            ({"client_reference": "ZR-1", "form": {}, "files": [{"name": "a"}]}, {}),
            (
                {"client_reference": "ZR-1", "form": {}, "files": [{"name": "a", "content": "é"}]},
                {},
            ),
        ],
    )
    def test_that_are_malformed_are_not_taken_in(
        self, tmp_path: Path, body: dict[str, Any], headers: dict[str, str]
    ) -> None:
        tried = on.Tried(tmp_path)

        answer = tried.client.client.post("/acts", json=body, headers=headers)

        assert answer.status_code == 422
        assert answer.json()["error"] == "malformed"
        assert tried.client.find("ZR-1") is None

    @pytest.mark.parametrize("content", [b"{", b"[]", b'{"form": NaN}'])
    def test_that_are_no_json_object_are_turned_away(self, tmp_path: Path, content: bytes) -> None:
        assert on.Tried(tmp_path).client.client.post("/acts", content=content).status_code == 400

    def test_keep_their_place_when_the_office_is_busy(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        tried.client.control("mishaps", next=["busy"])

        with pytest.raises(OfficeDownError, match="503"):
            tried.client.submit(on.act())

        assert tried.client.find("ZR-1") is None
        assert tried.client.submit(on.act()).client_reference == "ZR-1"


class TestLevers:
    def test_are_not_there_without_control(self, tmp_path: Path) -> None:
        app = SandboxApp(office=on.Tried(tmp_path).sandbox)
        office = connect("http://office", name="sandbox", transport=InProcess(app))

        with pytest.raises(OfficeRejectedError, match="no lever"):
            office.control("down", until="2026-12-31")

    def test_take_the_office_down_until_a_day(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        tried.client.control("down", until=FRIDAY.isoformat())

        with pytest.raises(OfficeDownError):
            tried.client.submit(on.act())
        assert tried.on(FRIDAY).client.find("ZR-1") is None

    def test_move_the_day_which_never_goes_back(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)

        assert tried.client.control("day", day="2026-06-05") == {"day": "2026-06-05"}
        assert tried.client.submit(on.act()).received_on == FRIDAY

    def test_let_an_amount_be_entered_wrongly(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        tried.client.control("amount-slip", amount_fen=5)
        tried.client.submit(on.act())
        tried.client.submit(on.act(on.establish(on.OTHER_PATENT), "ZR-2"))

        amounts = [notice.registered.get("amount_fen") for notice in tried.on(FRIDAY).notices()]

        assert sorted(amount for amount in amounts if amount) == [5, 500_000_000]

    @pytest.mark.parametrize(
        ("lever", "body"),
        [
            ("seed", {"lands": []}),
            ("seed", {"rights": [{"number": "1"}]}),
            ("seed", {"rights": {}}),
            (
                "seed",
                {"events": [{"on": "2026-06-01", "registry": "patent", "right": "1", "kind": "?"}]},
            ),
            ("day", {"day": "soon"}),
            ("amount-slip", {}),
        ],
    )
    def test_say_what_they_cannot_read(
        self, tmp_path: Path, lever: str, body: dict[str, Any]
    ) -> None:
        with pytest.raises(OfficeRejectedError, match="unreadable"):
            on.Tried(tmp_path).client.control(lever, **body)

    def test_seed_twice_what_is_there_once(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        event = {
            "on": "2026-06-03",
            "registry": "patent",
            "right": on.PLEDGED,
            "kind": "fee_unpaid",
        }
        for _ in range(2):
            tried.client.control("seed", events=[event], **on.SEED)

        assert tried.on(FRIDAY).kinds() == ["right_event"]


class TestNotices:
    def test_come_twice_and_out_of_order_where_the_temper_says_so(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path, temper=Temper(seed=1, doubled=1, delayed=1))
        tried.client.submit(on.act())

        given = tried.on(date(2026, 6, 30)).client.notices(after=0)

        assert str(given[0][1].kind) == "registered"
        assert sorted(str(notice.kind) for _, notice in given) == [
            "accepted",
            "accepted",
            "registered",
            "registered",
        ]


class TestTemper:
    def test_is_the_same_for_the_same_seed(self) -> None:
        one, other = Temper(seed=1, lost=0.5), Temper(seed=1, lost=0.5)

        assert [one.mishap(str(n)) for n in range(50)] == [other.mishap(str(n)) for n in range(50)]
        assert {one.mishap(str(n)) for n in range(50)} == {"", "lost"}

    def test_that_is_lively_closes_on_few_days_and_calm_on_none(self) -> None:
        days = [
            date(2026, 1, 1).replace(month=m, day=d) for m in range(1, 13) for d in range(1, 28)
        ]
        calm, lively = (temper(name, seed=3, on=days[0]) for name in ("calm", "lively"))

        assert sum(calm.is_down(day) for day in days) == 0
        assert 0 < sum(lively.is_down(day) for day in days) < 40


class TestClient:
    @pytest.mark.parametrize(
        "answer",
        [
            httpx.Response(404, text="<html>"),
            httpx.Response(404, json={"error": "proxy"}),
            httpx.Response(200, json=[]),
            httpx.Response(200, json={"client_reference": "ZR-1"}),
            httpx.Response(500, json={}),
        ],
    )
    def test_takes_what_is_no_answer_of_the_office_for_none(self, answer: httpx.Response) -> None:
        """A stranger's 404 must not read as "never arrived"."""
        office = connect("http://office", name="office", transport=answers(lambda _: answer))

        with pytest.raises(OfficeDownError):
            office.find("ZR-1")

    def test_takes_a_notice_that_cannot_be_read_for_none(self) -> None:
        body = json.dumps({"notices": [{"cursor": 1, "notice": {"kind": "poem"}}]})
        office = connect(
            "http://office",
            name="office",
            transport=answers(lambda _: httpx.Response(200, text=body)),
        )

        with pytest.raises(OfficeDownError):
            office.notices(after=0)

    def test_says_what_the_office_rejects(self, tmp_path: Path) -> None:
        act = replace(on.act(), form={"pledgee": "nobody"})

        with pytest.raises(OfficeRejectedError, match=r"malformed: form\.pledgee"):
            on.Tried(tmp_path).client.submit(act)


class TestPlatformClock:
    @pytest.mark.parametrize("url", ["", "file:///etc/hostname", "http://127.0.0.1:1/clock"])
    def test_knows_no_day_where_nobody_answers(self, url: str) -> None:
        assert PlatformClock(url).today() is None

    def test_leaves_the_office_at_the_day_it_knew(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        tried.client.submit(on.act())
        silent = replace(tried.sandbox, today=lambda: None)

        assert silent.day() == on.MONDAY

    def test_leaves_an_office_that_knew_none_without_a_day(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        app = SandboxApp(office=replace(tried.sandbox, today=lambda: None))
        office = connect("http://office", name="sandbox", transport=InProcess(app))

        with pytest.raises(OfficeDownError, match="503"):
            office.find("ZR-1")
