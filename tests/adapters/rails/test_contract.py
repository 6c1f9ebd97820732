"""What every rail promises: one suite for the bank, the e-CNY operator and the fake."""

from pathlib import Path

import pytest

from tests.payments import order
from tests.rail_worlds import FUNDS, World, fake, sandbox
from zhirong.ledger.rails import (
    OrderState,
    RailDownError,
    RailRejectedError,
    latest,
    send_once,
)


@pytest.fixture(params=["bank", "ecny", "fake"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return fake() if request.param == "fake" else sandbox(request.param, tmp_path)


class TestSend:
    def test_pays_and_says_so_under_our_reference(self, world: World) -> None:
        found = world.rail.send(order("A"))

        assert (found.client_reference, found.state) == ("A", OrderState.PAID)
        assert found.rail_reference

    def test_pays_once_however_often_it_is_sent(self, world: World) -> None:
        first = world.rail.send(order("A"))

        assert world.rail.send(order("A")) == first
        assert [entry.reference for _, entry in world.rail.entries(after=0)] == ["A"]

    def test_takes_no_other_order_under_the_same_reference(self, world: World) -> None:
        world.rail.send(order("A"))

        with pytest.raises(RailRejectedError):
            world.rail.send(order("A", amount_fen=1))
        assert len(world.rail.entries(after=0)) == 1

    def test_refuses_what_is_not_there(self, world: World) -> None:
        found = world.rail.send(order("A", amount_fen=FUNDS + 1))

        assert found.state is OrderState.REFUSED
        assert found.reasons == ("AM04",)
        assert world.rail.entries(after=0) == ()

    def test_refuses_without_saying_why(self, world: World) -> None:
        world.next_order("refuse")

        assert world.rail.send(order("A")).reasons == ("MS03",)
        assert world.rail.send(order("B")).state is OrderState.PAID


class TestFind:
    def test_knows_nothing_of_what_never_came(self, world: World) -> None:
        assert world.rail.find("A") is None

    def test_gives_the_status_that_sending_gave(self, world: World) -> None:
        sent = world.rail.send(order("A"))

        assert world.rail.find("A") == sent


class TestSilence:
    def test_is_an_error_everywhere(self, world: World) -> None:
        world.close()

        with pytest.raises(RailDownError):
            world.rail.send(order("A"))
        with pytest.raises(RailDownError):
            world.rail.find("A")
        with pytest.raises(RailDownError):
            world.rail.notices(after=0)
        with pytest.raises(RailDownError):
            world.rail.entries(after=0)
        world.reopen()
        assert world.rail.find("A") is None

    def test_may_hide_that_the_order_was_taken_in(self, world: World) -> None:
        world.next_order("lost")
        with pytest.raises(RailDownError):
            world.rail.send(order("A"))

        found = send_once(world.rail, order("A"))

        assert found.state is OrderState.PAID
        assert len(world.rail.entries(after=0)) == 1

    def test_may_mean_that_nothing_was_taken_in(self, world: World) -> None:
        world.next_order("busy")
        with pytest.raises(RailDownError):
            world.rail.send(order("A"))

        assert world.rail.find("A") is None
        assert send_once(world.rail, order("A")).state is OrderState.PAID


class TestNotices:
    def test_end_with_the_final_word_on_each_order(self, world: World) -> None:
        world.rail.send(order("A"))
        world.rail.send(order("B", amount_fen=FUNDS))

        found = latest(world.rail.notices(after=0))

        assert {name: status.state for name, status in found.items()} == {
            "A": OrderState.PAID,
            "B": OrderState.REFUSED,
        }

    def test_are_not_told_behind_their_cursor(self, world: World) -> None:
        world.rail.send(order("A"))
        last = max(cursor for cursor, _ in world.rail.notices(after=0))

        assert world.rail.notices(after=last) == ()


class TestEntries:
    def test_are_signed_as_the_holder_sees_them(self, world: World) -> None:
        world.rail.send(order("A", amount_fen=77))

        ((_, entry),) = world.rail.entries(after=0)

        assert (entry.reference, entry.amount_fen) == ("A", -77)

    def test_go_on_from_a_cursor(self, world: World) -> None:
        world.rail.send(order("A"))
        ((cursor, _),) = world.rail.entries(after=0)
        world.rail.send(order("B"))

        assert [entry.reference for _, entry in world.rail.entries(after=cursor)] == ["B"]


class TestRestart:
    def test_forgets_nothing(self, world: World) -> None:
        sent = world.rail.send(order("A"))

        again = world.restart()

        assert again.find("A") == sent
        assert again.send(order("A")) == sent
        assert len(again.entries(after=0)) == 1
