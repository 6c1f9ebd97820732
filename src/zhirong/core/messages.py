"""Messages: a code and its facts, put into words in Chinese or English by one formatter.

Findings, reasons, errors and labels travel as `Message`; the words stand side by side in one YAML
catalog a room. Page, PDF, workbook and command line format through the same function, so an amount
looks the same everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from string import Formatter
from typing import Literal

from zhirong.core.errors import ModelError

Language = Literal["zh", "en"]
# The few words that formats themselves need; all others stand in the rooms' catalogs.
NOT_KNOWN: Mapping[Language, str] = {"zh": "未知", "en": "not known"}
Fact = str | int | float | bool | Decimal | date | tuple[str, ...] | None


class MessageError(ModelError):
    """A message has no words, or its words ask for a fact that it does not carry."""

    code = "error.message"


@dataclass(frozen=True, slots=True)
class Message:
    """A code of the catalog and the facts its words are filled with."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def _decimal(value: Fact) -> Decimal:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation as wrong:
        raise MessageError(f"{value!r} is no number.", fact=str(value)) from wrong
    if not number.is_finite():
        raise MessageError(f"{value!r} is not finite.", fact=str(value))
    return number


def _grouped(value: Fact, places: int, scale: Decimal = Decimal(1)) -> str:
    step = Decimal(1).scaleb(-places)
    number = (_decimal(value) / scale).quantize(step, rounding=ROUND_HALF_UP)
    if not number:
        number = abs(number)
    return f"{number:,.{places}f}".replace("-", "\u2212")


def wan(value: Fact, lang: Language = "zh") -> str:
    """An amount of CNY in 万元 with two decimals; in English in millions.

    >>> wan(13_800_000), wan(13_800_000, "en")
    ('1,380.00 万元', 'CNY 13.80 million')
    """
    if lang == "zh":
        return f"{_grouped(value, 2, Decimal(10_000))} 万元"
    return f"CNY {_grouped(value, 2, Decimal(1_000_000))} million"


def headline(value: Fact, lang: Language = "zh") -> str:
    """An amount for a headline: 万元 without decimals, 亿元 from one 亿 up.

    >>> headline(14_590_000), headline(138_000_000)
    ('1,459 万元', '1.38 亿元')
    """
    if lang == "en":
        return wan(value, lang)
    if abs(_decimal(value)) >= 100_000_000:
        return f"{_grouped(value, 2, Decimal(100_000_000))} 亿元"
    return f"{_grouped(value, 0, Decimal(10_000))} 万元"


def yuan(value: Fact, lang: Language = "zh") -> str:
    """An amount owed, in 元 with fen."""
    return f"{_grouped(value, 2)} 元" if lang == "zh" else f"CNY {_grouped(value, 2)}"


def _joined(value: Fact, lang: Language) -> str:
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(value)
    return str(value)


def _date_text(value: Fact, lang: Language) -> str:
    if not isinstance(value, date):
        return str(value)
    return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()


def _plain_text(value: Fact, lang: Language) -> str:
    return value.isoformat() if isinstance(value, date) else _joined(value, lang)


def _short_number(value: Fact, _: Language) -> str:
    return _grouped(value, 4).rstrip("0").rstrip(".")


_FORMATS: Mapping[str, Callable[[Fact, Language], str]] = {
    "": _plain_text,
    "wan": wan,
    "headline": headline,
    "yuan": yuan,
    "percent": lambda value, _: f"{_grouped(_decimal(value) * 100, 1)} %",
    "rate": lambda value, _: f"{_grouped(_decimal(value) * 100, 2)} %",
    "date": _date_text,
    "int": lambda value, _: _grouped(value, 0),
    "number": _short_number,
}


def format_fact(value: Fact, spec: str, lang: Language) -> str:
    """One fact in words. `spec` is one of the house's formats.

    wan, headline, yuan: amounts in CNY; percent: share with one decimal; rate: share with two
    decimals; date: in prose; int: grouped; number: up to four decimals; empty: as text.

    Raises:
        MessageError: An unknown format, or a format of numbers for what is none.
    """
    if value is None:
        return NOT_KNOWN[lang]
    formatter = _FORMATS.get(spec)
    if formatter is None:
        raise MessageError(f"Unknown format {spec!r}.", format=spec)
    return formatter(value, lang)


def placeholders(text: str) -> frozenset[str]:
    """The names of the facts that a text asks for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The words of all codes: code → {"zh": text, "en": text}.

    Args:
        texts: The words by code.
        variants: Endings of the words of their own that this catalog's readers have for some
            codes, the most particular last: with ("for_others", "for_transfer") the words of
            `x.for_transfer` stand for those of `x`, else those of `x.for_others`.
    """

    texts: Mapping[str, Mapping[str, str]]
    variants: tuple[str, ...] = ()

    def read_for(self, *variants: str) -> "Catalog":
        """The same words as read by those who have some of their own."""
        return Catalog(texts=self.texts, variants=variants)

    def spoken(self, code: str) -> str:
        """The code whose words stand for a code with this catalog's readers.

        >>> words = Catalog({"a": {}, "a.for_others": {}, "b": {}}).read_for("for_others", "for_x")
        >>> words.spoken("a"), words.spoken("b")
        ('a.for_others', 'b')
        """
        for variant in reversed(self.variants):
            if f"{code}.{variant}" in self.texts:
                return f"{code}.{variant}"
        return code

    def text(self, message: Message, lang: Language) -> str:
        """The message in words.

        Raises:
            MessageError: No words under the code, or a fact is missing.
        """
        entry = self.texts.get(self.spoken(message.code))
        if entry is None:
            raise MessageError(f"No words for {message.code!r}.", message_code=message.code)
        parts: list[str] = []
        for literal, name, spec, _ in Formatter().parse(entry[lang]):
            parts.append(literal)
            if name is None:
                continue
            if name not in message.facts:
                raise MessageError(
                    f"{message.code!r} asks for {name!r}, which it does not carry.",
                    message_code=message.code,
                    fact=name,
                )
            fact = message.facts[name]
            if isinstance(fact, str) and spec == "label":
                parts.append(self.label(fact, lang))
            else:
                parts.append(format_fact(fact, spec or "", lang))
        return "".join(parts)

    def label(self, code: str, lang: Language) -> str:
        """The words of a code that carries no facts (labels, enum values)."""
        return self.text(Message(code), lang)

    def has(self, code: str) -> bool:
        """Whether the code has words."""
        return code in self.texts
