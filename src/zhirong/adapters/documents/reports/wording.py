"""How reports say things: amounts, dates, shares, numbers of rights, messages with their names.

Tables show amounts without unit, in 10,000 CNY in Chinese and in thousands of CNY in English; the
unit stands in the head of the column. Both are exact to 100 CNY.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhirong.adapters.documents.blocks import Severity
from zhirong.adapters.documents.charts.scales import Unit
from zhirong.adapters.documents.document import RunningLines, Words
from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.options import readings
from zhirong.application.result import Appraisal, ReportHead
from zhirong.core.identifiers import patents
from zhirong.core.messages import Catalog, Fact, Language, Message, format_fact
from zhirong.parameters.reader import description
from zhirong.rights.records import Patent

WAN = 10_000
THOUSAND = 1_000
YI = 100_000_000
MILLION = 1_000_000
NOTHING = "—"
# Tags of sources: S and a number is an entry of the list of sources, the others say who vouches.
_TAG = re.compile(r"\b(DESIGN|OWN|UNVERIFIED|[KLPD]\b|S\d+)")
# Codes in brackets behind a word.
_CODE = re.compile("\uff08[A-Za-z_]+\uff09| \\((?:[a-z]+_[a-z_]+(?:, )?)+\\)")
_PATH = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
_SEVERITIES: Mapping[str, Severity] = {
    "block": "block",
    "high": "high",
    "medium": "medium",
    "note": "note",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one report.

    Args:
        words: The catalog of all rooms.
        lang: The report's language.
        names: What to say for an id of the case: a right's number as printed, a product's or
            group's name.
    """

    words: Catalog
    lang: Language
    names: Mapping[str, str] = field(default_factory=dict)

    def say(self, code: str, **facts: Fact) -> str:
        """A text of the catalog filled with facts."""
        return self.words.text(Message(code, facts), self.lang)

    def message(self, message: Message) -> str:
        """A message with the names of products and rights for their ids."""
        facts = {key: self._named(fact) for key, fact in message.facts.items()}
        return self.words.text(Message(message.code, facts), self.lang)

    def label(self, code: str, fallback: str | None = None) -> str:
        """The words of a code without facts; the fallback where there are none."""
        if fallback is not None and not self.words.has(code):
            return fallback
        return self.words.label(code, self.lang)

    def _named(self, fact: Fact) -> Fact:
        if isinstance(fact, tuple):
            return tuple(self.names.get(item, item) for item in fact)
        if isinstance(fact, str):
            return self.names.get(fact, fact)
        return fact

    def name(self, key: str) -> str:
        """What an id of the case is called; the id where it has no name."""
        return self.names.get(key, key)

    # Amounts.

    @property
    def amount_unit(self) -> str:
        """The unit of amounts in tables and charts."""
        return self.label("reports.amount_unit")

    def amount(self, value: float | None) -> str:
        """An amount for a table, without unit."""
        if value is None:
            return NOTHING
        divisor, places = (WAN, 2) if self.lang == "zh" else (THOUSAND, 1)
        return _rounded(value / divisor, places)

    def amounts(self, low: float, high: float) -> str:
        """An interval for a table, without unit."""
        return f"{self.amount(low)} – {self.amount(high)}"

    def money(self, value: float | None) -> str:
        """An amount with its unit, for a sentence."""
        return format_fact(_cents(value), "wan", self.lang)

    def headline(self, value: float) -> str:
        """An amount for a headline: rounder, with its unit."""
        return format_fact(_cents(value), "headline", self.lang)

    def short_headline(self, value: float) -> str:
        """A headline for a narrow place."""
        if self.lang == "zh":
            return self.headline(value)
        return self.say("reports.short", amount=self.headline_unit(value).show(value))

    def headline_interval(self, low: float, high: float) -> str:
        """An interval in the unit of headlines."""
        unit = self.headline_unit(high)
        return self.say(
            "reports.interval", low=unit.show(low), high=unit.show(high), unit=unit.name
        )

    def money_interval(self, low: float, high: float) -> str:
        """An interval with its unit, as exact as `money`."""
        if self.lang == "en":
            return self.headline_interval(low, high)
        return self.say(
            "reports.interval",
            low=self.amount(low),
            high=self.amount(high),
            unit=self.amount_unit,
        )

    def headline_unit(self, value: float) -> Unit:
        """The unit in which a headline shows the value."""
        if self.lang == "en":
            return Unit(name=self.label("reports.unit.million"), divisor=MILLION, decimals=2)
        if abs(value) >= YI:
            return Unit(name=self.label("reports.unit.yi"), divisor=YI, decimals=2)
        return Unit(name=self.label("reports.unit.wan"), divisor=WAN, decimals=0)

    def chart_unit(self, largest: float) -> Unit:
        """The unit of a chart: as in tables, in English millions where amounts are large."""
        if self.lang == "en" and largest >= MILLION:
            decimals = 1 if largest >= 100 * MILLION else 2
            name = self.label("reports.unit.cny_million")
            return Unit(name=name, divisor=MILLION, decimals=decimals)
        divisor = WAN if self.lang == "zh" else THOUSAND
        decimals = 0 if largest >= 100 * divisor else 1 if largest >= 10 * divisor else 2
        return Unit(name=self.amount_unit, divisor=divisor, decimals=decimals)

    # Other figures.

    def percent(self, share: float | None) -> str:
        """A share with one decimal."""
        return NOTHING if share is None else format_fact(round(share, 9), "percent", self.lang)

    def rate(self, share: float | None) -> str:
        """A rate with two decimals."""
        return NOTHING if share is None else format_fact(round(share, 9), "rate", self.lang)

    def number(self, value: float | None, places: int = 1) -> str:
        """A plain figure with fixed decimals, grouped."""
        return NOTHING if value is None else _rounded(value, places)

    def quantity(self, value: float, unit: str, places: int | None = None) -> str:
        """A figure with the measure word of its unit: 6 个月, 1 month, 6 months.

        Without `places` it is as long as it needs to be; a unit without words is left out.
        """
        shown = _signed(f"{value:g}") if places is None else self.number(value, places)
        code = f"reports.quantity.{unit}" + (".one" if value == 1 else "")
        return self.say(code, amount=shown) if self.words.has(code) else shown

    def sentences(self, *texts: str) -> str:
        """Sentences after each other: with a space between them in English, without in Chinese."""
        return ("" if self.lang == "zh" else " ").join(text for text in texts if text)

    def day(self, value: date | None) -> str:
        """A date for a table."""
        return NOTHING if value is None else value.isoformat()

    def prose_day(self, value: date) -> str:
        """A date for a sentence."""
        return format_fact(value, "date", self.lang)

    def change(self, value: float, base: float) -> str:
        """How far a value is from a base, as a signed share; a dash where the base is zero."""
        if not base:
            return NOTHING
        share = value / base - 1
        return ("+" if round(share, 3) > 0 else "") + self.percent(share)

    # Labels.

    def kind(self, kind: str) -> str:
        """The kind of a right."""
        return self.capital(f"right.kind.{kind}", kind)

    def state(self, state: str) -> str:
        """The legal state of a right."""
        return self.capital(f"right.state.{state}", state)

    def severity(self, severity: str) -> str:
        """The word of a severity."""
        return self.label(f"documents.severity.{self.severity_key(severity)}")

    @staticmethod
    def severity_key(severity: str) -> Severity:
        """The severity as the document kit names it."""
        return _SEVERITIES.get(severity, "note")

    def author(self, author: str) -> str:
        """Who answers: a person as written; for a path of the parameter tree, what it says."""
        if not _PATH.fullmatch(author):
            return author or NOTHING
        return self.say("reports.house_rule", rule=self.parameter(author))

    def parameter(self, path: str) -> str:
        """What a published value is, in words; its path where nobody described it."""
        text = description(path).get(self.lang, path)
        return _CODE.sub("", text)

    def source_tags(self, source: str) -> str:
        """Who vouches for a published value: the tags of its source in words."""
        tags = dict.fromkeys(_TAG.findall(source))
        words = tuple(
            self.say("reports.tag.S", number=tag[1:])
            if tag[1:].isdigit()
            else self.say(f"reports.tag.{tag}")
            for tag in tags
        )
        return self.say("reports.listed", words=words) if words else NOTHING

    def mark(self, name: str) -> str:
        """The mark of what is unverified or assumed."""
        return self.label(f"documents.mark.{name}")

    def capital(self, code: str, fallback: str | None = None) -> str:
        """The words of a code where they stand alone: with a capital letter."""
        text = self.label(code, fallback)
        return text[:1].upper() + text[1:]

    def inside(self, code: str) -> str:
        """The words of a code inside a sentence: without the capital of a label."""
        text = self.label(code)
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def wording_of(appraisal: Appraisal, *, words: Catalog, lang: Language) -> Wording:
    """The wording of an appraisal's reports: its purpose's words, the names of its case."""
    spoken = words.read_for(*readings(appraisal.options.purpose))
    return Wording(words=spoken, lang=lang, names=names_of(appraisal.case))


def right_number(patent: Patent) -> str:
    """The number as printed: ZL and the dot once granted, the application number before.

    >>> from zhirong.rights.records import PatentKind
    >>> day = date(2019, 5, 1)
    >>> right_number(
    ...     Patent(
    ...         app_no="2017106018623",
    ...         kind=PatentKind.INVENTION,
    ...         title="",
    ...         filing_date=day,
    ...         grant_date=day,
    ...     )
    ... )
    'ZL201710601862.3'
    """
    if patent.grant_date is None:
        return patents.display(patent.app_no)
    return patents.patent_number(patent.app_no)


def names_of(case: CaseFile) -> dict[str, str]:
    """What the ids of a case are called: products, groups, rights by their printed numbers."""
    names = {item.product: item.name for item in case.products}
    names |= {item.group: item.name for item in case.groups}
    names |= {patent.app_no: right_number(patent) for patent in case.patents}
    return names


def running_lines(head: ReportHead, firm: str, wording: Wording) -> RunningLines:
    """The running head and foot of a report."""
    return RunningLines(
        number=head.number,
        firm=firm,
        valuation_date=wording.say("reports.running_date", on=head.valuation_date),
        verification_code=wording.say("reports.running_code", verification=head.verification_code),
        version=wording.say("reports.running_version", version=head.version),
    )


def kit_words(wording: Wording) -> Words:
    """The few words that the templates set themselves."""
    return Words(
        figure=wording.label("documents.figure"),
        table=wording.label("documents.table"),
        source=wording.label("documents.source"),
        note=wording.label("documents.note"),
    )


def _cents(value: float | None) -> float | None:
    """Without the noise of binary fractions, which a formatter would print."""
    return None if value is None else round(value, 2) + 0.0


def _rounded(value: float, places: int) -> str:
    """Fixed decimals with halves away from zero, as sentences round them: 21.35 is 21.4."""
    step = Decimal(1).scaleb(-places)
    exact = Decimal(str(round(value, 9))).quantize(step, rounding=ROUND_HALF_UP)
    return _signed(f"{exact + 0:,}")


def _signed(text: str) -> str:
    return text.replace("-", "\u2212")
