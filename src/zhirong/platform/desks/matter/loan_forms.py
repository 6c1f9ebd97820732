"""The forms of a loan on its page: pay what is due, pay early, pay a supplier."""

import secrets
from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpRequest

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.desks.forms import Form
from zhirong.platform.lending import prepaying
from zhirong.platform.lending.loan_views import DrawLine
from zhirong.platform.lending.payment_views import LoanPayments
from zhirong.platform.lending.prepaying import PrepaymentQuote


def forms_of(
    draws: tuple[DrawLine, ...], payments: Mapping[str, LoanPayments]
) -> dict[str, dict[str, Form]]:
    """New forms of each loan by its number, with what one would pay standing in them."""
    return {draw.number: _forms(draw, payments[draw.number]) for draw in draws}


def _forms(draw: DrawLine, payments: LoanPayments) -> dict[str, Form]:
    key = {"key": secrets.token_hex(12)}
    lock = payments.lock
    first = lock.payees[0] if lock and lock.payees else ("", "")
    return {
        "pay": Form("pay", initial={**key, "amount": _plain(amount_now(draw))}),
        "whole": Form("whole", initial={"key": secrets.token_hex(12)}),
        "early": Form("early", initial={"key": secrets.token_hex(12)}),
        "supplier": Form(
            "supplier",
            initial={
                "key": secrets.token_hex(12),
                "payee_name": first[0],
                "payee_wallet": first[1],
                "goods": lock.goods if lock else "",
            },
        ),
    }


def _plain(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}" if fen else ""


def amount_now(draw: DrawLine) -> int:
    """What one would pay now, in fen: what is due; else the next installment."""
    if draw.owed is not None and draw.owed.due:
        return draw.owed.due
    following = (line for line in draw.schedule if line.state != "paid")
    line = next(following, None)
    return line.amount - line.paid if line else 0


def early_quotes(request: HttpRequest, asking: Viewer) -> dict[str, PrepaymentQuote]:
    """The cost of what was asked to be paid early, by the loan's number."""
    form = Form("early", request.GET)
    loan = form.value("early_of")
    if not loan:
        return {}
    principal = form.money("early")
    if form.errors or principal.fen <= 0:
        return {}
    return {loan: prepaying.quote(loan, principal=principal, viewer=asking)}
