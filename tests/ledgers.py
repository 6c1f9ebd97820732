"""Ledgers for tests: a house with two rails, a facility, a loan, and shorthand for booking."""

from datetime import UTC, date, datetime
from typing import Any

from zhirong.ledger import chart, plans
from zhirong.ledger.books import Booked, Ledger, Refused
from zhirong.ledger.plans import Draw, Payment
from zhirong.ledger.transfers import Batch, Leg, Transfer, TransferKind

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LOAN, FACILITY = "L1", "F1"


def leg(**changes: Any) -> Leg:
    given: dict[str, Any] = {
        "kind": TransferKind.POSTED,
        "debit": "a",
        "credit": "b",
        "amount_fen": 100,
        "event": "test",
    }
    return Leg(**(given | changes))


def house() -> Ledger:
    ledger = Ledger()
    ledger.add_accounts(chart.of_house(("bank", "ecny")))
    ledger.add_accounts(chart.of_facility(FACILITY))
    ledger.add_accounts(chart.of_loan(LOAN))
    return ledger


def booked(ledger: Ledger, key: str, *legs: Leg, on: date = DAY) -> tuple[Transfer, ...]:
    found = ledger.book(Batch(key=key, on=on, legs=legs), at=AT)
    assert isinstance(found, Booked), found
    return found.rows


def refusal(ledger: Ledger, key: str, *legs: Leg) -> Refused:
    found = ledger.book(Batch(key=key, on=DAY, legs=legs), at=AT)
    assert isinstance(found, Refused), found
    return found


def payment(reference: str, **changes: Any) -> Payment:
    return Payment(**({"rail": "bank", "reference": reference} | changes))


def draw(reference: str, amount_fen: int, **changes: Any) -> Draw:
    given: dict[str, Any] = {
        "facility": FACILITY,
        "loan": LOAN,
        "amount_fen": amount_fen,
        "payment": payment(reference),
        "is_entrusted": False,
    }
    return Draw(**(given | changes))


def drawn(amount_fen: int = 1_000_000, *, limit_fen: int = 5_000_000) -> Ledger:
    """A ledger with a facility and one draw-down paid."""
    ledger = house()
    booked(ledger, "open", *plans.facility_opened(FACILITY, limit_fen=limit_fen))
    ordered = booked(ledger, "draw-1", *plans.draw_ordered(draw("R1", amount_fen)))
    booked(ledger, "paid-1", *plans.confirmed(ordered))
    return ledger
