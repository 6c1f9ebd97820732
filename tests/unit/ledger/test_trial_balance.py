from tests.ledgers import booked, drawn, leg
from zhirong.ledger.accounts import Account, AccountKind
from zhirong.ledger.books import Ledger
from zhirong.ledger.transfers import TransferKind
from zhirong.ledger.trial_balance import TrialTotal, trial_balance


class TestTrialBalance:
    """Row E5: the sum of debits is the sum of credits."""

    def test_is_even_by_currency(self) -> None:
        ledger = Ledger()
        ledger.add_accounts(
            [
                *(Account(id=name, kind=AccountKind.ASSET) for name in "ab"),
                *(Account(id=n, kind=AccountKind.ASSET, currency="USD") for n in ("u", "v")),
            ]
        )
        booked(ledger, "1", leg(amount_fen=5), leg(debit="v", credit="u", amount_fen=9))

        found = trial_balance(ledger.accounts, ledger.balances)

        assert found.totals == (
            TrialTotal(currency="CNY", debit_fen=5, credit_fen=5),
            TrialTotal(currency="USD", debit_fen=9, credit_fen=9),
        )
        assert found.is_even

    def test_shows_what_is_pending_beside_it(self) -> None:
        ledger = Ledger()
        ledger.add_accounts(Account(id=name, kind=AccountKind.ASSET) for name in "ab")
        booked(ledger, "1", leg(kind=TransferKind.PENDING))

        rows = trial_balance(ledger.accounts, ledger.balances).rows

        assert [(row.account, row.pending_fen, row.debit_fen) for row in rows] == [
            ("a", 100, 0),
            ("b", -100, 0),
        ]

    def test_has_the_same_bytes_in_any_order_of_accounts(self) -> None:
        ledger = drawn()
        turned = trial_balance(reversed(ledger.accounts), ledger.balances)

        assert turned.to_bytes() == trial_balance(ledger.accounts, ledger.balances).to_bytes()
        assert b'"account":"cash/bank"' in turned.to_bytes()
