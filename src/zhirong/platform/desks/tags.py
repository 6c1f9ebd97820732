"""Template tags: words, and numbers as the house writes them."""

import math
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from zhirong.core.messages import Fact, Message, format_fact
from zhirong.ledger.statements import LoanLine
from zhirong.platform.desks.browser_names import browser_name
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.matter.tabs import address_of
from zhirong.platform.desks.paper_names import paper_name
from zhirong.platform.words import language, say, say_kept, words

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
def plain_yuan(amount: Decimal | float | None) -> str:
    """An amount of yuan, rounded to whole yuan: of models, not of ledgers."""
    return "–" if amount is None else f"{amount:,.0f}"


@register.filter
def percent(share: Decimal | float | None) -> str:
    """A share with one decimal."""
    return format_fact(share, "percent", language())


@register.filter
def rate(share: Decimal | float | None) -> str:
    """A rate with two decimals."""
    return format_fact(share, "rate", language())


@register.filter
def fine_share(share: float | None) -> str:
    """A small share in percent with two significant digits, as losses of securities are read."""
    if share is None:
        return "–"
    if share == 0:
        return "0"
    digits = max(2, 1 - math.floor(math.log10(abs(share) * 100)))
    return f"{share * 100:.{digits}f}%"


@register.filter
def day(value: date | None) -> str:
    """A day in a table; an en rule where there is none."""
    return value.isoformat() if value else "–"


@register.filter
def item(table: Any, key: str) -> Any:  # noqa: ANN401 - a template's own values
    """An entry of a mapping."""
    return table.get(key)


@register.filter
def clock_time(value: datetime | None) -> str:
    """The time of day of a moment, in China."""
    return timezone.localtime(value).strftime("%H:%M:%S") if value else ""


@register.filter
def browser(sent: str) -> str:
    """What people call a browser."""
    return browser_name(sent)


@register.filter
def paper(file: Any) -> str:  # noqa: ANN401 - a stored file; pages know no tables
    """What a file that the house made is."""
    return paper_name(file.name, file.use)


@register.simple_tag
def sentence(code: str, facts: Mapping[str, Fact]) -> str:
    """The words of a stored code with its stored facts: `{% sentence line.code line.facts %}`."""
    return say_kept(code, facts)


@register.filter
def typed(form: Form, name: str) -> str:
    """What stands in a field of a form."""
    return form.value(name)


@register.filter
def kilobytes(size: int) -> str:
    """A size of a file."""
    return f"{max(1, round(size / 1024)):,} kB"


@register.filter
def wan_figure(fen: int | None) -> str:
    """Whole fen in ten thousands of yuan, figures alone: the unit stands in the column's head."""
    if fen is None:
        return "–"
    return f"{Decimal(fen) / 1_000_000:,.2f}"


@register.filter
def figure(fen: int | None) -> str:
    """Whole fen as yuan, figures alone: the unit stands above the table."""
    return "–" if fen is None else f"{Decimal(fen) / 100:,.2f}".replace("-", "\u2212")


@register.filter
def charges(line: LoanLine) -> int:
    """What a line of a statement adds in charges: costs, penalty, compound interest."""
    return line.cost + line.compound + line.penalty


@register.filter
def act_label(action: str) -> str:
    """The short name of a kind of act, for a filter."""
    code = f"act.{action}"
    if words().has(code):
        return say(code)
    entry = words().texts.get(f"log.{action}", {})
    # The words of the act up to what fills them.
    return entry.get(language(), "").partition("{")[0].strip(" \uff1a\u201c\uff08:(") or action


@register.filter
def unit_label(unit: str) -> str:
    """The words of a parameter's unit; its symbol where there are none."""
    code = f"parameters.unit.{unit}"
    return say(code) if words().has(code) else unit


@register.simple_tag
def own_key() -> str:
    """A new key for a form: pressed twice, what it asks for is done once."""
    return secrets.token_hex(12)


@register.simple_tag
def tab_address(number: str, key: str) -> str:
    """Where a tab of a matter is."""
    return address_of(number, key)


@register.filter
def spoken(message: Message) -> str:
    """A message in words."""
    return say(message.code, message.facts)


@register.filter
def stated(code: str, room: str) -> str:
    """The words of a code in a room: `{{ draw.state|stated:"draw.state" }}`."""
    return say(f"{room}.{code}")


@register.inclusion_tag("parts/field.html")
def field(form: Form, name: str, kind: str = "text", **given: Any) -> dict[str, Any]:  # noqa: ANN401
    """A labelled field with its unit, its rule and what was wrong.

    Words: `field.<name>`, and where they are there `field.<name>.unit` and `field.<name>.rule`;
    `words=` names another code for all three; `echo=` a unit (`wan`, `yuan`) in which the amount
    that is typed is said again in words.
    """
    code = str(given.get("words", f"field.{name}"))
    return {
        "form": form,
        "name": name,
        "kind": kind,
        "id": f"{form.name}-{name}{given.get('about', '')}",
        "value": form.value(name),
        "error": form.errors.get(name, ""),
        "label": say(code),
        "unit": say(f"{code}.unit") if words().has(f"{code}.unit") else "",
        "rule": say(f"{code}.rule") if words().has(f"{code}.rule") else "",
        "options": given.get("options", ()),
        "is_required": not given.get("is_optional", False),
        "autocomplete": given.get("autocomplete", "off"),
        "echo": given.get("echo", ""),
    }
