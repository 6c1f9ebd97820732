"""Amounts as they are said: figures in yuan, and in Chinese the capitals of bills."""

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.core.messages import format_fact
from zhirong.core.money import Money
from zhirong.platform.desks.forms import TEN_THOUSAND
from zhirong.platform.desks.request import viewer
from zhirong.platform.words import language, words

GROUP = 4  # figures between two of the great units
MOST = Decimal(10) ** 12
UNITS = {"wan": TEN_THOUSAND, "yuan": Decimal(1)}


def in_capitals(amount: Money) -> str:
    """An amount in the capitals of Chinese bills.

    Below a thousand billion yuan. The digits and units stand in the messages.
    """
    digits, small, great, ends = (
        words().label(f"amount.capitals.{part}", "zh")
        for part in ("digits", "small", "great", "ends")
    )
    yuan, jiao, fen, whole = tuple(ends)
    count, rest = divmod(amount.fen, 100)
    text = _whole(count, (digits, small, great)) + yuan if count or not rest else ""
    tens, ones = divmod(rest, 10)
    if tens:
        text += digits[tens] + jiao
    elif ones and count:
        text += digits[0]
    return text + (digits[ones] + fen if ones else whole)


def _whole(count: int, signs: tuple[str, str, str]) -> str:
    digits, small, great = signs
    if not count:
        return digits[0]
    text, is_gap = "", False
    figures = str(count)
    for place, figure in enumerate(figures):
        left = len(figures) - 1 - place
        if figure == "0":
            is_gap = True
        else:
            text += digits[0] if is_gap and text else ""
            text += digits[int(figure)] + small[left % GROUP].strip()
            is_gap = False
        group = figures[max(0, len(figures) - left - GROUP) : place + 1]
        if left % GROUP == 0 and left and group.strip("0"):
            text += great[left // GROUP]
    return text


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
