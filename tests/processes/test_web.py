"""The web killed in mid-request: nothing lost, nothing twice, up again by its supervisor."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import CHECKOUT
from tests.served_platform import Served, served
from zhirong.client import Client

pytestmark = pytest.mark.slow
WEB = "granian"
PATIENCE = 120


@dataclass(frozen=True)
class House:
    """A running demonstration, a firm's key of the API, and a bank to open matters with."""

    platform: Served
    token: str
    bank: int

    def manage(self, *words: str) -> str:
        return manage(self.platform.data, *words)

    def database(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self.platform.data / "platform.sqlite", timeout=60, isolation_level=None
        )

    def numbers(self, title: str) -> list[str]:
        """The matters of a title, as the database holds them."""
        with closing(self.database()) as base:
            question = "SELECT number FROM matters_matter WHERE title = ?"
            return [number for (number,) in base.execute(question, (title,))]

    def open_once(self, title: str, *, seconds: float = 60) -> httpx.Response:
        """One request and no second try."""
        return httpx.post(
            f"{self.platform.address}/api/v1/matters",
            json={"title": title, "lender": self.bank},
            headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": title},
            timeout=seconds,
        )

    def open_in_the_end(self, title: str) -> str:
        """The matter's number, asked for under one key until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with Client(self.platform.address, self.token) as client:
                    return client.open_matter(title, lender=self.bank, key=title)["number"]
            except httpx.TransportError:
                assert time.monotonic() < deadline, self.log()
                time.sleep(0.2)

    def log(self) -> str:
        return (self.platform.data / "served.log").read_text(encoding="utf-8")


def manage(data: Path, *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "zhirong.platform.manage", *words],
        env={
            **os.environ,
            "ZHIRONG_MODE": "demonstration",
            "ZHIRONG_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "zhirong.platform.settings",
        },
        cwd=CHECKOUT, check=True, text=True, capture_output=True,
    )  # fmt: skip
    return ended.stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("web")
    with served(data) as platform:
        _, token, _ = manage(data, "api_key", "make", "firm1", "--label", "x").split()
        with Client(platform.address, token) as client:
            bank = client.banks()[0]["number"]
        yield House(platform, token, bank)


class TestWeb:
    def test_killed_while_a_request_waits_for_the_database(self, house: House) -> None:
        """What did not commit is not there; the same key then acts once."""
        ended: list[object] = []

        def ask() -> None:
            try:
                ended.append(house.open_once("killed in mid-request"))
            except httpx.TransportError as error:
                ended.append(error)

        with closing(house.database()) as other:
            other.execute("BEGIN IMMEDIATE")  # whoever writes now waits for us
            asking = threading.Thread(target=ask)
            asking.start()
            time.sleep(1.5)
            assert asking.is_alive()
            assert not ended
            house.platform.kill(WEB)
            asking.join(30)
            other.execute("ROLLBACK")

        assert [isinstance(item, httpx.TransportError) for item in ended] == [True]
        house.platform.wait_until_ready()
        assert house.numbers("killed in mid-request") == []
        assert "web 意外结束" in house.log()

        number = house.open_in_the_end("killed in mid-request")
        assert house.open_in_the_end("killed in mid-request") == number
        assert house.numbers("killed in mid-request") == [number]

    def test_killed_again_and_again_while_firms_act(self, house: House) -> None:
        """Whoever asks again under the own key gets the one matter that was opened."""
        titles = [[f"firm {line} asks {place}" for place in range(8)] for line in range(3)]
        answered: dict[str, str] = {}

        def act(mine: list[str]) -> None:
            for title in mine:
                answered[title] = house.open_in_the_end(title)

        lines = [threading.Thread(target=act, args=(mine,)) for mine in titles]
        for line in lines:
            line.start()
        for share in (3, 12):  # of 24
            deadline = time.monotonic() + PATIENCE
            while len(answered) < share:
                assert time.monotonic() < deadline, house.log()
                time.sleep(0.005)
            house.platform.kill(WEB)
        for line in lines:
            line.join(PATIENCE)

        wanted = {title for mine in titles for title in mine}
        assert set(answered) == wanted
        assert {title: house.numbers(title) for title in wanted} == {
            title: [number] for title, number in answered.items()
        }

    def test_left_a_log_that_fits_its_seals(self, house: House) -> None:
        question = """SELECT (SELECT MAX(id) FROM operations_logentry) =
            (SELECT MAX(last_entry) FROM operations_seal)"""
        deadline = time.monotonic() + PATIENCE
        with closing(house.database()) as base:
            while base.execute(question).fetchone() != (1,):
                assert time.monotonic() < deadline
                time.sleep(0.2)

        assert "entries" in house.manage("audit_log")  # ends with a fault where one is found
