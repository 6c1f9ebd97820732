import pytest

from zhirong.ledger.accounts import Account, AccountError, AccountKind, Balance, Limit


class TestAccount:
    def test_needs_an_id(self) -> None:
        with pytest.raises(AccountError):
            Account(id=" ", kind=AccountKind.ASSET)


class TestNetFen:
    @pytest.mark.parametrize(
        ("kind", "net"),
        [
            (AccountKind.ASSET, 70),
            (AccountKind.EXPENSE, 70),
            (AccountKind.OFF_BALANCE, 70),
            (AccountKind.LIABILITY, -70),
            (AccountKind.EQUITY, -70),
            (AccountKind.INCOME, -70),
        ],
    )
    def test_is_positive_on_the_usual_side(self, kind: AccountKind, net: int) -> None:
        balance = Balance(debits_posted=100, credits_posted=30, debits_pending=7)

        assert balance.net_fen(kind) == net


class TestKeeps:
    def test_counts_what_is_pending_as_used_but_never_as_room(self) -> None:
        used = Balance(debits_posted=100, credits_posted=60, credits_pending=41)
        hoped = Balance(debits_posted=100, debits_pending=50, credits_posted=101)

        assert not used.keeps(Limit.CREDITS_WITHIN_DEBITS)
        assert not hoped.keeps(Limit.CREDITS_WITHIN_DEBITS)
        assert used.keeps(Limit.NONE)

    def test_allows_the_limit_itself(self) -> None:
        full = Balance(debits_posted=60, debits_pending=40, credits_posted=100)

        assert full.keeps(Limit.DEBITS_WITHIN_CREDITS)
        assert not full.keeps(Limit.CREDITS_WITHIN_DEBITS)
