"""What pages and services ask of the ledger."""

from zhirong.ledger import accounts as pure_accounts
from zhirong.ledger import chart
from zhirong.ledger.accounts import AccountKind, Balance, Limit
from zhirong.ledger.books import Balances
from zhirong.ledger.reconciliation import Posting, postings
from zhirong.ledger.statements import LoanStatement, loan_statement
from zhirong.ledger.transfers import Transfer as Row
from zhirong.ledger.trial_balance import TrialBalance, trial_balance
from zhirong.platform.ledger.models import Account, Transfer
from zhirong.platform.ledger.rows import row_of
from zhirong.platform.ledger.sums import accounts_of, balance_of, parts_of
from zhirong.platform.operations.prepared import Prepared

_OF_LOAN = Prepared(lambda loan: Transfer.objects.filter(subject=loan).order_by("id"), str)


def account_record(account: Account) -> pure_accounts.Account:
    """An account's terms, without its sums."""
    return pure_accounts.Account(
        id=account.code,
        kind=AccountKind(account.kind),
        limit=Limit(account.limit),
        currency=account.currency,
    )


def net_fen(code: str) -> int:
    """What stands on an account, positive on its usual side; 0 where there is none."""
    account = accounts_of([code]).get(code)
    if account is None:
        return 0
    parts = parts_of([code]) if chart.is_of_house(code) else {}
    return balance_of(account, parts.get(code, Balance())).net_fen(AccountKind(account.kind))


def whole() -> tuple[tuple[pure_accounts.Account, ...], Balances]:
    """Every account with what stands on it."""
    parts, found = parts_of(), tuple(Account.objects.order_by("code"))
    return (
        tuple(account_record(account) for account in found),
        Balances({a.code: balance_of(a, parts.get(a.code, Balance())) for a in found}),
    )


def trial() -> TrialBalance:
    """The trial balance of this moment."""
    accounts, balances = whole()
    return trial_balance(accounts, balances)


def rows_of_loan(loan: str) -> tuple[Row, ...]:
    """The rows booked under a loan's number, in their order."""
    return tuple(row_of(row) for row in _OF_LOAN.rows(loan))


def statement_of_loan(loan: str) -> LoanStatement:
    """Every move of what a borrower owes, line by line."""
    return loan_statement(loan, rows_of_loan(loan))


def pending_of(key: str) -> tuple[Row, ...]:
    """The rows of an order that nothing has resolved yet."""
    open_rows = Transfer.objects.filter(key=key, kind="pending", resolved_by=None)
    return tuple(row_of(row) for row in open_rows.order_by("id"))


def postings_of(account: str) -> tuple[Posting, ...]:
    """What the ledger says went through a rail's account, for reconciliation."""
    found = Transfer.objects.filter(debit=account) | Transfer.objects.filter(credit=account)
    return postings(account, (row_of(row) for row in found.order_by("id")))
