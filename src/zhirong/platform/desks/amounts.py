"""Amounts as they are said: figures in yuan, and in Chinese the capitals of bills."""

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong import bootstrap_counterparties as counterparties
from zhirong.core.messages import format_fact
from zhirong.core.money import Money
from zhirong.platform.desks.forms import TEN_THOUSAND
from zhirong.platform.desks.request import viewer
from zhirong.platform.words import language, words

MOST = Decimal(10) ** 12
UNITS = {"wan": TEN_THOUSAND, "yuan": Decimal(1)}


def in_capitals(amount: Money) -> str:
    """An amount in the capitals of Chinese bills, below a thousand billion yuan."""
    return counterparties.in_words(amount.fen, signs=words().label("deed.amount_signs", "zh"))


def echo(typed: str, *, unit: Decimal) -> str:
    """What was typed, said again in yuan; empty where it is no amount."""
    try:
        yuan = Decimal(typed.replace(",", "").strip() or 0) * unit
    except InvalidOperation:
        return ""
    if not yuan.is_finite() or not 0 < yuan < MOST or yuan != yuan.quantize(Decimal("0.01")):
        return ""
    lang = language()
    figure = format_fact(yuan, "yuan", lang)
    return f"{in_capitals(Money(yuan))} {figure}" if lang == "zh" else figure


@require_GET
def said_again(request: HttpRequest) -> HttpResponse:
    """The amount that is being typed, in words."""
    viewer(request)
    unit = UNITS.get(request.GET.get("unit", ""), Decimal(1))
    text = echo(request.GET.get("amount", ""), unit=unit)
    return render(request, "parts/amount.html", {"text": text})
