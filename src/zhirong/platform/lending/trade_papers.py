"""Contract and invoices of an entrusted payment: checked against what is paid, kept, used once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from zhirong.core.errors import StateError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.lending.entrusted import (
    Invoice,
    PaymentRequest,
    PurchaseContract,
    Surroundings,
    invoice_numbers,
    refusals,
)
from zhirong.parameters.reader import Parameters
from zhirong.platform.lending.models import DrawDown, Facility
from zhirong.platform.lending.rail_models import SupplierPayment, TradePaper
from zhirong.platform.matters.models import Matter

Kind = TradePaper.Kind


class TradePaperError(StateError):
    """Contract and invoices do not prove a payment; `blocks` are all reasons."""

    code = "error.trade_papers"

    def __init__(self, blocks: tuple[Message, ...]) -> None:
        super().__init__(
            f"{len(blocks)} reasons against the payment: {[item.code for item in blocks]}.",
            count=len(blocks),
        )
        self.blocks = blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A contract or an invoice as pages show it, amounts in fen; `paid` before on a contract."""

    kind: str
    number: str
    seller: str
    amount: int
    paid: int


def plain_number(text: str) -> str:
    """A number as it is kept and compared."""
    return invoice_numbers((Invoice(number=text, seller="", amount=Money.of_fen(0)),))[0]


def check(facility: Facility, request: PaymentRequest) -> None:
    """Nothing, if contract and invoices prove the payment.

    What was paid on a contract is what the firm says and what this house paid on it before.

    Raises:
        TradePaperError: With every reason.
    """
    firm = facility.matter.firm
    known = Surroundings(used_invoices=used(request.invoices), related=(firm.name, firm.identifier))
    found = refusals(request, known=known, parameters=Parameters())
    if found:
        raise TradePaperError(found)


def used(invoices: Iterable[Invoice]) -> tuple[tuple[str, str], ...]:
    """Those of some invoices that proved a payment before, each with its loan."""
    numbers = [number for number in invoice_numbers(invoices) if number]
    papers = TradePaper.objects.filter(kind=Kind.INVOICE, is_live=True, number__in=numbers)
    draws = DrawDown.objects.filter(invoice_number__in=numbers).exclude(state="refused")
    payments = SupplierPayment.objects.filter(invoice_number__in=numbers).exclude(state="refused")
    return (
        *papers.values_list("number", "draw__number"),
        *draws.values_list("invoice_number", "number"),
        *payments.values_list("invoice_number", "lock__draw__number"),
    )


def paid_on_contract(matter: Matter, number: str) -> Money:
    """What the house paid, or holds to be paid, on a contract of the matter's firm."""
    papers = TradePaper.objects.filter(
        kind=Kind.CONTRACT,
        is_live=True,
        number=plain_number(number),
        draw__facility__matter__firm=matter.firm_id,
    )
    return Money.of_fen(papers.aggregate(paid=Sum("draw__amount_fen", default=0))["paid"])


def keep(
    draw: DrawDown, *, contract: PurchaseContract | None, invoices: tuple[Invoice, ...]
) -> None:
    """Keep the papers of a draw-down; an invoice that proved another one breaks the constraint.

    Raises:
        IntegrityError: An invoice was used.
    """
    rows = [
        TradePaper(
            draw=draw,
            kind=Kind.INVOICE,
            number=plain_number(item.number),
            seller=item.seller.strip(),
            amount_fen=item.amount.fen,
        )
        for item in invoices
    ]
    if contract is not None:
        rows.append(
            TradePaper(
                draw=draw,
                kind=Kind.CONTRACT,
                number=plain_number(contract.number),
                seller=contract.seller.strip(),
                amount_fen=contract.amount.fen,
                paid_fen=contract.paid.fen,
            )
        )
    TradePaper.objects.bulk_create(rows)


def free(draw: DrawDown) -> None:
    """The papers of a payment that was refused may prove another one."""
    TradePaper.objects.filter(draw=draw).update(is_live=False)


def lines_of(draw: DrawDown) -> tuple[PaperLine, ...]:
    """The papers of a draw-down: the contract, then its invoices."""
    return tuple(
        PaperLine(
            kind=row.kind,
            number=row.number,
            seller=row.seller,
            amount=row.amount_fen,
            paid=row.paid_fen,
        )
        for row in sorted(draw.papers.all(), key=lambda row: (row.kind, row.pk))
    )
