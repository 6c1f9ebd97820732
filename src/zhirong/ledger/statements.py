"""Statements: what happened on one account, or on all accounts of one loan, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhirong.core.periods import Period
from zhirong.ledger.accounts import DEBIT_KINDS, Account
from zhirong.ledger.books import posted_rows
from zhirong.ledger.chart import LoanAccounts
from zhirong.ledger.transfers import Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row as an account sees it; `balance_fen` stands behind it, on the account's side."""

    number: str
    on: date
    event: str
    reference: str
    counterparty: str
    debit_fen: int
    credit_fen: int
    balance_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An account over a period: opening + lines = closing."""

    account: str
    period: Period
    opening_fen: int
    lines: tuple[Line, ...]

    @property
    def closing_fen(self) -> int:
        """What stands on the account at the end of the period."""
        return self.lines[-1].balance_fen if self.lines else self.opening_fen


def statement(account: Account, rows: Iterable[Transfer], *, period: Period) -> Statement:
    """What was posted on an account, by value date; rows of one day in the order of booking."""
    own = [row for row in posted_rows(rows) if account.id in (row.debit, row.credit)]
    own.sort(key=lambda row: row.on)
    sign = 1 if account.kind in DEBIT_KINDS else -1
    opening = sum(
        sign * _debit_less_credit(row, account.id) for row in own if row.on < period.start
    )
    balance, lines = opening, []
    for row in own:
        if row.on not in period:
            continue
        change = _debit_less_credit(row, account.id)
        balance += sign * change
        lines.append(_line(row, change, balance))
    return Statement(account=account.id, period=period, opening_fen=opening, lines=tuple(lines))


def _debit_less_credit(row: Transfer, account: str) -> int:
    return row.amount_fen if row.debit == account else -row.amount_fen


def _line(row: Transfer, change: int, balance: int) -> Line:
    return Line(
        number=row.number,
        on=row.on,
        event=row.event,
        reference=row.reference,
        counterparty=row.counterparty,
        debit_fen=max(change, 0),
        credit_fen=max(-change, 0),
        balance_fen=balance,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanLine:
    """One batch as a loan sees it, in fen: how each claim moved, and what is owed behind it."""

    key: str
    on: date
    event: str
    cost: int
    compound: int
    penalty: int
    interest: int
    principal: int
    owed_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanStatement:
    """A loan from its first row: a line a batch, by value date."""

    loan: str
    lines: tuple[LoanLine, ...]

    @property
    def owed_fen(self) -> int:
        """What is owed behind the last line, in all."""
        return self.lines[-1].owed_fen if self.lines else 0


def loan_statement(loan: str, rows: Iterable[Transfer]) -> LoanStatement:
    """What was posted on the accounts of a loan's debt; the rows of one batch are one line."""
    owed = LoanAccounts(loan).owed
    batches: dict[str, list[Transfer]] = {}
    for row in posted_rows(rows):
        if row.debit in owed or row.credit in owed:
            batches.setdefault(row.key, []).append(row)
    total, lines = 0, []
    for batch in sorted(batches.values(), key=lambda batch: batch[0].on):
        moves = [_claim_move(account, batch) for account in owed]
        total += sum(moves)
        lines.append(_loan_line(batch[0], moves, total))
    return LoanStatement(loan=loan, lines=tuple(lines))


def _claim_move(account: str, batch: list[Transfer]) -> int:
    own = (row for row in batch if account in (row.debit, row.credit))
    return sum(_debit_less_credit(row, account) for row in own)


def _loan_line(first: Transfer, moves: list[int], owed: int) -> LoanLine:
    cost, compound, penalty, interest, principal = moves
    return LoanLine(
        key=first.key,
        on=first.on,
        event=first.event,
        cost=cost,
        compound=compound,
        penalty=penalty,
        interest=interest,
        principal=principal,
        owed_fen=owed,
    )
