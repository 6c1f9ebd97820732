from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.ledgers import AT, DAY, leg
from zhirong.ledger.transfers import (
    FEN_MAX,
    Batch,
    BatchError,
    InstantError,
    TransferError,
    TransferKind,
    leg_of,
    row_bytes,
    rows_bytes,
)


class TestLeg:
    @pytest.mark.parametrize(
        "changes",
        [
            {"amount_fen": 0},
            {"amount_fen": -1},
            {"amount_fen": FEN_MAX + 1},
            {"amount_fen": 1.0},
            {"amount_fen": True},
            {"debit": "b"},
            {"kind": TransferKind.POST},
            {"kind": TransferKind.VOID, "pending": ""},
            {"kind": TransferKind.POSTED, "pending": "k/1"},
        ],
    )
    def test_refuses_what_no_ledger_takes(self, changes: dict[str, Any]) -> None:
        with pytest.raises(TransferError):
            leg(**changes)

    def test_takes_one_fen_and_the_most(self) -> None:
        assert (leg(amount_fen=1).amount_fen, leg(amount_fen=FEN_MAX).amount_fen) == (1, FEN_MAX)


class TestBatch:
    def test_needs_a_key_and_a_leg(self) -> None:
        with pytest.raises(BatchError):
            Batch(key=" ", on=DAY, legs=(leg(),))
        with pytest.raises(BatchError):
            Batch(key="k", on=DAY, legs=())


class TestRows:
    def test_are_numbered_by_their_place_in_the_batch(self) -> None:
        rows = Batch(key="k", on=DAY, legs=(leg(), leg(amount_fen=7))).rows(at=AT)

        assert [row.number for row in rows] == ["k/1", "k/2"]
        assert [leg_of(row) for row in rows] == [leg(), leg(amount_fen=7)]

    def test_say_the_instant_in_utc(self) -> None:
        shanghai = timezone(timedelta(hours=8))
        local = datetime(2026, 3, 2, 9, 30, tzinfo=shanghai)
        (row,) = Batch(key="k", on=DAY, legs=(leg(),)).rows(at=local)

        assert row.at.isoformat() == "2026-03-02T01:30:00+00:00"

    def test_refuse_a_time_without_a_place(self) -> None:
        with pytest.raises(InstantError):
            Batch(key="k", on=DAY, legs=(leg(),)).rows(at=AT.replace(tzinfo=None))


class TestRowBytes:
    def test_are_canonical(self) -> None:
        (row,) = Batch(key="k", on=DAY, legs=(leg(subject="贷1"),)).rows(at=AT)

        assert row_bytes(row).decode() == (
            '{"amount_fen":100,"at":"2026-03-02T01:30:00+00:00","counterparty":"","credit":"b",'
            '"debit":"a","event":"test","key":"k","kind":"posted","number":"k/1",'
            '"on":"2026-03-02","reference":"","subject":"贷1"}'
        )

    def test_stand_one_a_line(self) -> None:
        rows = Batch(key="k", on=DAY, legs=(leg(), leg())).rows(at=AT)

        assert rows_bytes(rows) == row_bytes(rows[0]) + b"\n" + row_bytes(rows[1])
