"""Wallets of e-CNY: their classes, their limits, and what speaks against a payment.

Source:
    Rules of wallet classes as the operators publish them; the numbers are parameters `ecny.*`.
    What a corporate wallet may pay is agreed with its bank and stands on the wallet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.parameters.reader import Parameters


class WalletError(InputError):
    """A sub-wallet without a mother, or a mother where there can be none."""

    code = "error.wallet"

    def __init__(self, wallet: str) -> None:
        super().__init__(f"Wallet {wallet!r} has no mother, or one too many.", wallet=wallet)


class WalletKind(StrEnum):
    """The classes of personal wallets, and wallets of firms."""

    PERSONAL_1 = "personal_1"  # opened in person
    PERSONAL_2 = "personal_2"
    PERSONAL_3 = "personal_3"
    PERSONAL_4 = "personal_4"  # by telephone number only, without a name
    CORPORATE = "corporate"
    SUB_WALLET = "sub_wallet"  # of a corporate wallet, for a scope of payees


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """A wallet at an operator.

    Attributes:
        id: Its number.
        holder: Who it belongs to.
        kind: Personal by class, corporate, or a sub-wallet.
        mother: The corporate wallet above a sub-wallet; None for all others.
        single_max_fen: What the bank agreed to as the most of one payment; None for no limit.
        day_max_fen: The most of one day; None for no limit.
        payees: Whom a sub-wallet may pay beside its mother; empty for anybody.

    Raises:
        WalletError: A sub-wallet without a mother, or another wallet with one.
    """

    id: str
    holder: str
    kind: WalletKind
    mother: str | None = None
    single_max_fen: int | None = None
    day_max_fen: int | None = None
    payees: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is WalletKind.SUB_WALLET) != bool(self.mother) or self.mother == self.id:
            raise WalletError(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A wallet with what is free in it, and what it has paid on the day so far."""

    wallet: Wallet
    free_fen: int
    paid_today_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most of a wallet, in fen; None for no limit."""

    balance_fen: int | None
    single_fen: int | None
    day_fen: int | None


def limits(wallet: Wallet, *, on: date, parameters: Parameters) -> Limits:
    """The limits of a wallet on a day: by class, or as agreed with the bank; the tighter counts.

    Raises:
        ParameterNotFoundError: The day is before the first published classes.
    """
    table = parameters.get("ecny.personal_limits", on=on).value
    row = table.get(wallet.kind, {"balance": None, "single": None, "day": None})
    published = {name: None if yuan is None else Money(yuan).fen for name, yuan in row.items()}
    return Limits(
        balance_fen=published["balance"],
        single_fen=_tighter(published["single"], wallet.single_max_fen),
        day_fen=_tighter(published["day"], wallet.day_max_fen),
    )


def _tighter(first: int | None, second: int | None) -> int | None:
    given = [limit for limit in (first, second) if limit is not None]
    return min(given, default=None)


def bears_interest(kind: WalletKind, *, on: date, parameters: Parameters) -> bool:
    """Whether the balance of such a wallet at a bank is a deposit that bears interest."""
    return str(kind) in parameters.get("ecny.interest_bearing", on=on).value


def payment_refusals(
    amount_fen: int, *, payer: Standing, payee: Standing, on: date, parameters: Parameters
) -> tuple[Message, ...]:
    """Everything that speaks against a payment between two wallets; none if it may go on."""
    return (
        *_of_payer(amount_fen, payer, payee, limits(payer.wallet, on=on, parameters=parameters)),
        *_of_payee(amount_fen, payee, limits(payee.wallet, on=on, parameters=parameters)),
    )


def _of_payer(amount_fen: int, payer: Standing, payee: Standing, most: Limits) -> Iterator[Message]:
    wallet = payer.wallet
    if amount_fen > payer.free_fen:
        yield _over("ecny.refused.balance", wallet, amount_fen, payer.free_fen)
    if most.single_fen is not None and amount_fen > most.single_fen:
        yield _over("ecny.refused.single", wallet, amount_fen, most.single_fen)
    if most.day_fen is not None and payer.paid_today_fen + amount_fen > most.day_fen:
        left = max(most.day_fen - payer.paid_today_fen, 0)
        yield _over("ecny.refused.day", wallet, amount_fen, left)
    is_own = payee.wallet.id == wallet.mother
    if wallet.payees and not is_own and payee.wallet.id not in wallet.payees:
        yield Message("ecny.refused.scope", {"wallet": wallet.id, "payee": payee.wallet.id})


def _of_payee(amount_fen: int, payee: Standing, most: Limits) -> Iterator[Message]:
    if most.balance_fen is not None and payee.free_fen + amount_fen > most.balance_fen:
        left = max(most.balance_fen - payee.free_fen, 0)
        yield _over("ecny.refused.full", payee.wallet, amount_fen, left)


def _over(code: str, wallet: Wallet, amount_fen: int, left_fen: int) -> Message:
    amount, left = Money.of_fen(amount_fen).amount, Money.of_fen(left_fen).amount
    return Message(code, {"wallet": wallet.id, "amount": amount, "left": left})
