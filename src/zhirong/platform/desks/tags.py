"""Template tags: words, and numbers as the house writes them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from zhirong.core.messages import Fact, format_fact
from zhirong.platform.words import language, say

register = template.Library()


@register.simple_tag
def word(code: str, **facts: Fact) -> str:
    """The words of a code: `{% word "desk.firm.title" firm=name %}`."""
    return say(str(code), facts)


@register.filter
def said(code: str) -> str:
    """The words of a code that carries no facts: `{{ row.stage_code|said }}`."""
    return say(str(code))


@register.filter
def yuan(fen: int | None) -> str:
    """Whole fen as yuan with fen."""
    return format_fact(None if fen is None else Decimal(fen) / 100, "yuan", language())


@register.filter
def wan(fen: int | None) -> str:
    """Whole fen in ten thousands of yuan (millions in English)."""
    return format_fact(None if fen is None else Decimal(fen) / 100, "wan", language())


@register.filter
def percent(share: Decimal | float | None) -> str:
    """A share with one decimal."""
    return format_fact(share, "percent", language())


@register.filter
def rate(share: Decimal | float | None) -> str:
    """A rate with two decimals."""
    return format_fact(share, "rate", language())


@register.filter
def day(value: date | None) -> str:
    """A day in a table; an en rule where there is none."""
    return value.isoformat() if value else "–"


@register.filter
def item(table: Any, key: str) -> Any:  # noqa: ANN401 - a template's own values
    """An entry of a mapping."""
    return table.get(key)
