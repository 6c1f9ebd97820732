from datetime import date
from typing import Any

import pytest

from zhirong.adapters.rails.ecny import wallets
from zhirong.adapters.rails.ecny.wallets import Limits, Standing, Wallet, WalletError, WalletKind
from zhirong.core.messages import Language
from zhirong.parameters.reader import Parameters, catalog

DAY = date(2026, 3, 2)


def wallet(kind: WalletKind = WalletKind.CORPORATE, **changes: Any) -> Wallet:
    return Wallet(**({"id": "W1", "holder": "Example Ltd", "kind": kind} | changes))


def standing(**changes: Any) -> Standing:
    return Standing(**({"wallet": wallet(), "free_fen": 10_000_000_00} | changes))


def codes(fen: int, payer: Standing, payee: Standing) -> list[str]:
    found = wallets.payment_refusals(fen, payer=payer, payee=payee, on=DAY, parameters=Parameters())
    return [message.code.removeprefix("ecny.refused.") for message in found]


class TestWallet:
    @pytest.mark.parametrize(
        ("kind", "mother"),
        [
            (WalletKind.SUB_WALLET, None),
            (WalletKind.SUB_WALLET, "W1"),
            (WalletKind.CORPORATE, "W0"),
            (WalletKind.PERSONAL_2, "W0"),
        ],
    )
    def test_has_a_mother_if_and_only_if_it_is_a_sub_wallet(
        self, kind: WalletKind, mother: str | None
    ) -> None:
        with pytest.raises(WalletError):
            wallet(kind, mother=mother)


class TestLimits:
    @pytest.mark.parametrize(
        ("kind", "balance"),
        [
            (WalletKind.PERSONAL_1, None),
            (WalletKind.PERSONAL_2, 500_000_00),
            (WalletKind.PERSONAL_3, 20_000_00),
            (WalletKind.PERSONAL_4, 10_000_00),
            (WalletKind.CORPORATE, None),
        ],
    )
    def test_are_those_of_the_class(self, kind: WalletKind, balance: int | None) -> None:
        found = wallets.limits(wallet(kind), on=DAY, parameters=Parameters())

        assert found.balance_fen == balance

    def test_of_a_firm_are_what_its_bank_agreed_to(self) -> None:
        agreed = wallet(single_max_fen=5, day_max_fen=9)

        found = wallets.limits(agreed, on=DAY, parameters=Parameters())

        assert found == Limits(balance_fen=None, single_fen=5, day_fen=9)

    def test_are_the_tighter_of_class_and_agreement(self) -> None:
        tight = wallet(WalletKind.PERSONAL_3, single_max_fen=1, day_max_fen=10**12)

        found = wallets.limits(tight, on=DAY, parameters=Parameters())

        assert (found.single_fen, found.day_fen) == (1, 10_000_00)


class TestBearsInterest:
    def test_begins_in_2026_for_real_names_only(self) -> None:
        def bears(kind: WalletKind, on: date) -> bool:
            return wallets.bears_interest(kind, on=on, parameters=Parameters())

        assert not bears(WalletKind.CORPORATE, date(2025, 12, 31))
        assert bears(WalletKind.CORPORATE, date(2026, 1, 1))
        assert not bears(WalletKind.PERSONAL_4, date(2026, 1, 1))


class TestPaymentRefusals:
    def test_are_none_at_the_limit_itself(self) -> None:
        payer = standing(wallet=wallet(single_max_fen=100, day_max_fen=300), free_fen=100)
        full = standing(wallet=wallet(WalletKind.PERSONAL_4, id="W2"), free_fen=9_999_00)

        assert (
            codes(100, Standing(wallet=payer.wallet, free_fen=100, paid_today_fen=200), full) == []
        )

    @pytest.mark.parametrize(
        ("payer", "payee", "code"),
        [
            ({"free_fen": 99}, {}, "balance"),
            ({"wallet": wallet(single_max_fen=99)}, {}, "single"),
            ({"wallet": wallet(day_max_fen=300), "paid_today_fen": 201}, {}, "day"),
            ({}, {"wallet": wallet(WalletKind.PERSONAL_4), "free_fen": 9_999_01}, "full"),
            (
                {"wallet": wallet(WalletKind.SUB_WALLET, id="S", mother="M", payees=("X",))},
                {},
                "scope",
            ),
        ],
    )
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_say_what_is_in_the_way(
        self, payer: dict[str, Any], payee: dict[str, Any], code: str, lang: Language
    ) -> None:
        (found,) = wallets.payment_refusals(
            100,
            payer=standing(**payer),
            payee=standing(**payee),
            on=DAY,
            parameters=Parameters(),
        )

        assert found.code == f"ecny.refused.{code}"
        assert catalog("adapters/rails").text(found, lang)

    def test_let_a_sub_wallet_give_back_to_its_mother(self) -> None:
        sub = standing(wallet=wallet(WalletKind.SUB_WALLET, id="S", mother="W1", payees=("X",)))

        assert codes(100, sub, standing()) == []
