"""The charts of a result for a page: drawn as in the report, each with the table behind it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from zhirong.adapters.documents.blocks import Chart
from zhirong.adapters.documents.reports.valuation_view import View, view_of
from zhirong.adapters.documents.reports.valuation_why import charts_by_key, dimension_means
from zhirong.adapters.documents.reports.wording import wording_of
from zhirong.application.result import Appraisal
from zhirong.core.messages import Catalog, Language

NARROW_WIDTH = 280.0  # points, on a phone of 375 pixels
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChart:
    """A chart with its words, and what it shows as label and figure.

    `narrow` is the same drawn for a phone; empty where the chart is small enough as it is.
    """

    key: str
    chart: Chart
    rows: Rows
    narrow: bytes = b""


def page_charts(appraisal: Appraisal, *, words: Catalog, lang: Language) -> tuple[PageChart, ...]:
    """The charts that can be drawn; none for a result without a value."""
    if appraisal.valuation is None:
        return ()
    view = view_of(appraisal, appraisal.valuation, wording_of(appraisal, words=words, lang=lang))
    narrow = charts_by_key(view, width=NARROW_WIDTH)
    return tuple(
        PageChart(key=key, chart=chart, rows=_TABLES[key](view), narrow=narrow[key].svg)
        for key, chart in charts_by_key(view).items()
    )


def _distribution(view: View) -> Rows:
    found = view.valuation.distributions[0].distribution
    wording = view.wording
    shown = [(wording.capital("premise.market_value"), wording.money(view.point))]
    shown += [
        (f"P{round(share * 100)}", wording.money(found.quantile(share))) for share in QUANTILES
    ]
    return tuple(shown)


def _scores(view: View) -> Rows:
    number = view.wording.number
    return tuple(
        (view.say(code), f"{number(by_value)} / {number(plain)}")
        for code, by_value, plain in dimension_means(view)
    )


def _expiry(view: View) -> Rows:
    counts = Counter(view.expiry(right).year for right in view.alive)
    word = view.say("value.chart.count_word")
    return tuple((str(year), f"{counts[year]} {word}") for year in sorted(counts))


_TABLES: Mapping[str, Callable[[View], Rows]] = {
    "distribution": _distribution,
    "scores": _scores,
    "expiry": _expiry,
}
