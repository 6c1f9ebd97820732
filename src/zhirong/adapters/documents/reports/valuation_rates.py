"""How the discount rate was built, where the case builds it: risks added up, or cost of capital."""

from dataclasses import dataclass

from zhirong.adapters.documents.blocks import Block, Chart, Heading, Pair, Pairs
from zhirong.adapters.documents.charts import discount_rate
from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.workings import SheetRecord

RISKS = ("technology_risk", "market_risk", "funding_risk", "management_risk")
# What a reader checks in a cost of capital: sheet, line or input.
CAPITAL = (
    ("capm", "risk_free"),
    ("capm", "levered_beta"),
    ("capm", "equity_premium"),
    ("capm", "size_premium"),
    ("capm", "specific_premium"),
    ("capm", "cost_of_equity"),
    ("wacc", "equity_share"),
    ("wacc", "cost_of_debt"),
    ("wacc", "wacc"),
)
RATE = "discount_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addend:
    """A part of the rate: the code of its words, and its share."""

    code: str
    rate: float


def rate_blocks(view: View) -> list[Block]:
    """The rate of the most valuable group, part by part; empty where the analyst stated it."""
    sheets = {sheet.name: sheet for sheet in view.appraisal.sheets}
    final = sheets.get(RATE)
    if final is None:
        return []
    groups = [group.name for group in view.valuation.groups if group.name in final.places("asset")]
    values = {group.name: group.value for group in view.valuation.groups}
    if not groups:
        return []
    group = max(groups, key=lambda name: values[name])
    row = final.places("asset").index(group)
    addends = _built_up(sheets, row) or _from_capital(sheets, row)
    if not addends:
        return []
    return [
        Heading(view.say("value.section.rate"), level=2),
        _chart(view, addends, group, _number(final, RATE, row)),
        *_capital(view, sheets),
    ]


def _number(sheet: SheetRecord, key: str, row: int = 0) -> float:
    entry = sheet.entry(key)
    if entry is None:
        return 0.0
    return entry.values[row if "asset" in entry.axes else 0]


def _built_up(sheets: dict[str, SheetRecord], row: int) -> list[_Addend]:
    sheet = sheets.get("build_up")
    if sheet is None:
        return []
    risks = [_Addend(code=f"line.{name}", rate=_number(sheet, name, row)) for name in RISKS]
    return [_Addend(code="input.risk_free", rate=_number(sheet, "risk_free")), *risks]


def _from_capital(sheets: dict[str, SheetRecord], row: int) -> list[_Addend]:
    wacc, final = sheets.get("wacc"), sheets[RATE]
    if wacc is None:
        return []
    premium = _number(final, "intangible_premium", row)
    return [
        _Addend(code="line.wacc", rate=_number(wacc, "wacc")),
        _Addend(code="input.intangible_premium", rate=premium),
    ]


def _chart(view: View, addends: list[_Addend], group: str, total: float) -> Chart:
    part = discount_rate.RatePart
    drawn = discount_rate.svg(
        discount_rate.DiscountRateChart(
            parts=tuple(
                part(label=view.say(item.code), rate=item.rate, text=view.wording.rate(item.rate))
                for item in addends
            ),
            total=part(
                label=view.say("line.discount_rate"), rate=total, text=view.wording.rate(total)
            ),
        )
    )
    title = view.say("value.chart.rate", rate=round(total, 9), count=len(addends))
    return Chart(
        svg=drawn,
        title=title,
        subtitle=view.say("value.chart.rate_sub", group=group),
        source=view.say("value.chart.source_sheet", sheet="method.discount_rate"),
        alt=title,
    )


def _capital(view: View, sheets: dict[str, SheetRecord]) -> list[Block]:
    pairs: list[Pair] = []
    for name, key in CAPITAL:
        sheet = sheets.get(name)
        entry = sheet.entry(key) if sheet else None
        if entry is not None:
            is_rate = entry.unit == "share"
            value = entry.values[0]
            text = view.wording.rate(value) if is_rate else view.wording.number(value, 2)
            code = f"line.{key}" if view.wording.words.has(f"line.{key}") else f"input.{key}"
            pairs.append(Pair(view.say(code), text))
    return [Pairs(title=view.say("value.capital"), items=tuple(pairs), columns=3)] if pairs else []
