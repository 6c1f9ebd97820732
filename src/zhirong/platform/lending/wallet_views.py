"""The limits of digital-yuan wallets beside what went out of the firm's wallet on a day.

The operator alone knows the balance of a wallet; here stands what the house has seen of it.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.models import Application, RepaymentOrder
from zhirong.platform.lending.rail_models import PurposeLock, SupplierPayment
from zhirong.platform.lending.suppliers import released_fen
from zhirong.platform.matters.visibility import visible
from zhirong.platform.operations import clock

ECNY = "ecny"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLimits:
    """What a class of personal wallets holds and pays at most, in yuan; None for no cap."""

    kind: str
    balance: Decimal | None
    single: Decimal | None
    day: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletUse:
    """A firm's wallet on this day, in fen, over the matters that the viewer may see.

    Attributes:
        count: Payments that were ordered today and not refused.
        paid: Their sum: to suppliers and on loans.
        bound: Money of loans in the wallet that is bound to a purpose and not released.
    """

    wallet: str
    count: int
    paid: int
    bound: int
    classes: tuple[ClassLimits, ...]


def wallet_of(number: str, viewer: Viewer) -> WalletUse | None:
    """The wallet that a matter's firm applied with; None where it has none."""
    wish = visible(Application, viewer).filter(matter__number=number).first()
    if wish is None or not wish.wallet:
        return None
    day, firm = clock.today(), wish.matter.firm_id
    sums = {"count": Count("pk"), "paid": Sum("amount_fen", default=0)}
    bought = visible(SupplierPayment, viewer).filter(
        lock__draw__facility__matter__firm=firm, asked_on=day
    )
    repaid = visible(RepaymentOrder, viewer).filter(
        draw__facility__matter__firm=firm, rail=ECNY, asked_on=day, refused_on=None
    )
    parts = (
        bought.exclude(state=SupplierPayment.State.REFUSED).aggregate(**sums),
        repaid.aggregate(**sums),
    )
    locks = visible(PurposeLock, viewer).filter(
        draw__facility__matter__firm=firm, draw__paid_on__isnull=False
    )
    return WalletUse(
        wallet=wish.wallet,
        count=sum(part["count"] for part in parts),
        paid=sum(part["paid"] for part in parts),
        bound=sum(
            lock.draw.amount_fen - released_fen(lock) - lock.returned_fen
            for lock in locks.select_related("draw")
        ),
        classes=class_limits(),
    )


def class_limits() -> tuple[ClassLimits, ...]:
    """The limits of personal wallets on this day, the highest class first."""
    table = Parameters().get("ecny.personal_limits", on=clock.today()).value
    return tuple(
        ClassLimits(
            kind=kind, **{name: _yuan(limits[name]) for name in ("balance", "single", "day")}
        )
        for kind, limits in table.items()
    )


def _yuan(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
