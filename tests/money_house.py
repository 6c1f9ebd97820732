"""A house with a registered matter whose money goes out and comes in over both trial rails."""

from datetime import timedelta

from tests.quick_house import QuickHouse
from tests.unit.platform.lending.test_loan import registered
from tests.whole_house import FIRM, FIRM_ACCOUNT, FIRM_WALLET, SUPPLIER, WholeHouse, yuan
from zhirong.platform.lending import drawing
from zhirong.platform.lending.models import Application, DrawDown
from zhirong.platform.lending.suppliers import Supplier, SupplierRequest, Use
from zhirong.platform.operations import clock

GOODS = "注塑原料"


class Money(WholeHouse):
    """The pledge and its papers are taken as done; the money is real to the fen."""

    def ready(self, *, pay_by: str = "bank", wallet: str = FIRM_WALLET) -> str:
        """A matter whose money may be asked for."""
        number = registered(self).number
        row = Application.objects.get(matter__number=number)
        row.account, row.pay_by = FIRM_ACCOUNT, pay_by
        row.wallet = wallet if pay_by == "ecny" else ""
        row.save()
        return number

    def asked(self, number: str, amount: str = "1000000", **changes: object) -> DrawDown:
        """A draw-down that the firm asks for: to itself, or bound to a supplier."""
        given = {
            "key": f"draw-{DrawDown.objects.count()}",
            "amount": yuan(amount),
            "payee_name": FIRM[0],
            "payee_account": FIRM_ACCOUNT,
            "use": use(),
        }
        return drawing.ask(number, drawing.DrawRequest(**(given | changes)), actor=self.firm)  # type: ignore[arg-type]

    def paid_out(self, number: str, amount: str = "1000000", **changes: object) -> DrawDown:
        draw = self.asked(number, amount, **changes)
        drawing.release(draw.number, blocks=(), actor=self.manager)
        self.work()
        return DrawDown.objects.get(pk=draw.pk)


class MoneyHouse(Money):
    """Such a house in the test's own transaction."""


class QuickMoneyHouse(Money, QuickHouse):
    """Such a house that can go back to what was kept."""


def use(*suppliers: tuple[str, str], days: int = 200) -> Use:
    named = suppliers or (SUPPLIER,)
    return Use(
        suppliers=tuple(Supplier(name=name, wallet=wallet) for name, wallet in named),
        goods=GOODS,
        until=clock.today() + timedelta(days=days),
    )


def bill(amount: str, *, payee: tuple[str, str] = SUPPLIER, **changes: object) -> SupplierRequest:
    given = {
        "key": f"bill-{amount}-{payee[1]}",
        "payee": Supplier(name=payee[0], wallet=payee[1]),
        "goods": GOODS,
        "amount": yuan(amount),
        "invoice_number": f"2442{amount}-{payee[1][-3:]}",
    }
    return SupplierRequest(**(given | changes))  # type: ignore[arg-type]
