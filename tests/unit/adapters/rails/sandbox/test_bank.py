"""The sandbox bank: what it refuses, when it pays, and how it behaves when it is lively."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.payments import AT, DAY, FIRM, LENDER, order
from tests.rail_worlds import FUNDS, Day, account, client, control, counterparty, rail_of, sandbox
from zhirong.adapters.rails.iso20022 import orders
from zhirong.adapters.rails.iso20022.orders import OrderFile
from zhirong.adapters.rails.sandbox import temper
from zhirong.adapters.rails.sandbox.app import RailsApp
from zhirong.adapters.rails.sandbox.temper import Temper
from zhirong.ledger.rails import OrderState, OrderStatus, Rail, RailDownError, latest, send_once
from zhirong.ledger.reconciliation import Entry, Match, Posting, reconcile
from zhirong.parameters.reader import Parameters

OURS = LENDER.bank


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"payer": replace(LENDER, account="1")}, "AC01"),
            ({"payee": replace(FIRM, account="1", bank=OURS)}, "AC01"),
            ({"payer": replace(LENDER, name="别的银行")}, "BE01"),
            ({"payee": replace(FIRM, name="别的公司")}, "BE01"),
            ({"currency": "USD"}, "AM03"),
        ],
    )
    def test_name_the_standard_codes(
        self, tmp_path: Path, changes: dict[str, Any], code: str
    ) -> None:
        world = sandbox("bank", tmp_path)

        found = world.rail.send(order("A", **changes))

        assert (found.state, found.reasons) == (OrderState.REFUSED, (code,))
        assert found.words

    def test_of_a_closed_account(self, tmp_path: Path) -> None:
        app = RailsApp(counterparty=counterparty(tmp_path), has_control=True)
        line = client(app)
        rows = [account("bank", LENDER), account("bank", FIRM, is_closed=True)]
        control(line, "accounts", {"accounts": rows})

        assert rail_of("bank", line).send(order("A")).reasons == ("AC04",)

    def test_are_none_for_accounts_at_other_banks(self, tmp_path: Path) -> None:
        away = replace(FIRM, account="elsewhere")

        assert sandbox("bank", tmp_path).rail.send(order("A", payee=away)).state == "paid"


class TestHostileRequests:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{}",
            b"<a/>",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
            orders.write(OrderFile(message_id="M", created_at=AT, orders=(order(),))).replace(
                b"<CtrlSum>1200.50<", b"<CtrlSum>1.00<"
            ),
        ],
    )
    def test_are_turned_away_and_leave_nothing(self, tmp_path: Path, body: bytes) -> None:
        app = RailsApp(counterparty=counterparty(tmp_path))
        line = client(app)

        assert line.post("/bank/orders", content=body).status_code == 400
        assert rail_of("bank", line).notices(after=0) == ()

    @given(st.binary(max_size=40), st.sampled_from(("bank", "ecny")))
    def test_of_any_bytes_are_turned_away(self, body: bytes, rail: str) -> None:
        with TemporaryDirectory() as folder:
            app = RailsApp(counterparty=counterparty(Path(folder)))

            assert client(app).post(f"/{rail}/orders", content=body).status_code == 400
            app.counterparty.store.close()


class TestConcurrency:
    def test_never_pays_twice_nor_beyond_what_is_there(self, tmp_path: Path) -> None:
        world = sandbox("ecny", tmp_path)
        half = FUNDS // 2 + 1

        def send(place: int) -> OrderState:
            return world.rail.send(order(f"R{place // 4}", amount_fen=half)).state

        with ThreadPoolExecutor(8) as pool:
            found = Counter(pool.map(send, range(16)))

        assert found == {OrderState.PAID: 4, OrderState.REFUSED: 12}
        assert [entry.amount_fen for _, entry in world.rail.entries(after=0)] == [-half]


class TestDay:
    def test_pays_on_the_day_that_was_asked_for(self, tmp_path: Path) -> None:
        day = Day()
        rail = sandbox("bank", tmp_path, today=day).rail
        later = replace(order("A"), on=DAY.replace(day=4))

        assert rail.send(later).state is OrderState.RECEIVED
        day.forward(2)
        found = rail.find("A")

        assert found is not None
        assert (found.state, found.on) == (OrderState.PAID, DAY.replace(day=4))
        assert len(rail.notices(after=0)) == 2

    def test_is_late_by_working_days(self, tmp_path: Path) -> None:
        day = Day(DAY.replace(day=6))  # a Friday
        rail = sandbox("bank", tmp_path, today=day, temper=Temper(seed=1, delayed=1)).rail
        rail.send(order("A", on=day.day))
        day.forward(2)

        assert rail.find("A") == rail.send(order("A", on=DAY.replace(day=6)))
        found = rail.find("A")
        assert found is not None
        assert found.state is OrderState.RECEIVED
        day.forward(4)
        final = rail.find("A")
        assert final is not None
        assert final.state is OrderState.PAID


class TestWithoutAClock:
    def test_does_not_answer(self, tmp_path: Path) -> None:
        app = RailsApp(counterparty=counterparty(tmp_path))
        app.counterparty.today = lambda: None

        with pytest.raises(RailDownError):
            rail_of("bank", client(app)).find("A")

    def test_has_no_levers_unless_asked_for(self, tmp_path: Path) -> None:
        line = client(RailsApp(counterparty=counterparty(tmp_path)))

        assert line.post("/control/accounts", content=b'{"accounts": []}').status_code == 404


def try_until_told(rail: Rail, day: Day, references: list[str]) -> list[OrderStatus]:
    """Send each until it is told of, moving the day when nothing answers."""
    told = []
    for reference in references:
        for _ in range(30):
            try:
                status = send_once(rail, order(reference, amount_fen=100, on=DAY))
            except RailDownError:
                day.forward(1)
                continue
            if status.is_final:
                told.append(status)
                break
            day.forward(1)
    return told


class TestLivelyTemper:
    @pytest.mark.parametrize("name", ["bank", "ecny"])
    def test_loses_and_doubles_nothing_for_who_asks_first(self, tmp_path: Path, name: str) -> None:
        day = Day()
        lively = temper.named("lively", seed=7, on=DAY, parameters=Parameters())
        world = sandbox(name, tmp_path, today=day, temper=lively)
        references = [f"R{number}" for number in range(25)]

        told = try_until_told(world.rail, day, references)
        entries = told_entries(world.rail, day)

        assert [status.client_reference for status in told] == references
        posted = [
            Posting(
                key=f"k{s.client_reference}", reference=s.client_reference, amount_fen=-100, on=s.on
            )
            for s in told
        ]
        found = reconcile(posted, entries)
        assert {line.match for line in found.lines} == {Match.MATCHED}
        assert found.repeated  # told again, and counted once

    def test_tells_notices_out_of_order_and_twice(self, tmp_path: Path) -> None:
        shuffled = Temper(seed=3, shuffled=1, doubled=1)
        rail = sandbox("ecny", tmp_path, temper=shuffled).rail
        for number in range(6):
            rail.send(order(f"R{number}", amount_fen=1))

        cursors = [cursor for cursor, _ in rail.notices(after=2)]

        assert sorted(cursors) == list(range(2, 13))
        assert cursors != sorted(cursors)
        assert len(latest(rail.notices(after=0))) == 6

    def test_is_the_same_for_the_same_seed(self) -> None:
        first, second = Temper(seed=5, busy=0.5), Temper(seed=5, busy=0.5)
        drawn = [first.mishap(str(number)) for number in range(50)]

        assert drawn == [second.mishap(str(number)) for number in range(50)]
        assert set(drawn) == {"busy", ""}


def told_entries(rail: Rail, day: Day) -> list[Entry]:
    """Everything a statement tells, read page by page from the last cursor."""
    found: list[Entry] = []
    cursor, silent = 0, 0
    while silent < 40:
        try:
            page = rail.entries(after=cursor)
        except RailDownError:
            day.forward(1)
            continue
        finally:
            silent += 1
        found += [entry for _, entry in page[:3]]
        cursor = max([cursor, *(number for number, _ in page[:3])])
    return found
