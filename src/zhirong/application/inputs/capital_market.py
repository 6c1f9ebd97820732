"""Cost of capital of the firm from market inputs: CAPM, then WACC, where the analyst gives them."""

from dataclasses import dataclass, fields

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.context import Context, fact_origin, parameter_origin
from zhirong.application.inputs.columns import Link, MissingInput
from zhirong.core.calendar import last_full_year
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.firms.records import AccountYear
from zhirong.valuation import tax
from zhirong.valuation.rates import capm, wacc

BETA = "unlevered_beta"
COST_OF_DEBT = "cost_of_debt"
STATED_WACC = "wacc"
# Keys of assumptions that differ from the inputs' names, and the account that may stand for them.
_KEYS = {"risk_free": "risk_free_rate", "equity": "equity_value", "debt": "debt_value"}
_ACCOUNTS = {"equity": "equity", "debt": "interest_bearing_debt"}
_UNITS = {"equity": "CNY", "debt": "CNY", "unlevered_beta": "1", "debt_to_equity": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalCost:
    """The firm's cost of capital.

    Args:
        sheets: Workings of CAPM and WACC, as far as they could be worked.
        rate: The line that tells it: WACC, else the cost of equity; None where nothing does.
        wacc: The weighted cost after tax, share; stated or worked; None where not known.
        missing: What is lacking where some inputs were given.
    """

    sheets: tuple[Sheet, ...] = ()
    rate: Link | None = None
    wacc: float | None = None
    missing: tuple[MissingInput, ...] = ()


def capital_cost(context: Context) -> CapitalCost:
    """What the analyst's market inputs and the accounts tell."""
    stated = context.book.find(STATED_WACC, ("",))
    known = None if stated is None else float(stated.central)
    if context.book.find(BETA, ("",)) is None:
        return CapitalCost(wacc=known)
    equity = Sheet(capm.KEY)
    given = _entered(context, equity, [item.name for item in fields(capm.Inputs)])
    if isinstance(given, tuple):
        return CapitalCost(wacc=known, missing=given)
    capm.value(equity, a=capm.Inputs(**given))
    cost = Link(sheet=equity, line="cost_of_equity")
    if context.book.find(COST_OF_DEBT, ("",)) is None:
        return CapitalCost(sheets=(equity,), rate=cost, wacc=known)
    whole = Sheet(wacc.KEY)
    rest = _entered(context, whole, ["equity", "debt", "cost_of_debt", "tax_rate"])
    if isinstance(rest, tuple):
        return CapitalCost(sheets=(equity,), rate=cost, wacc=known, missing=rest)
    figure = wacc.value(
        whole, a=wacc.Inputs(cost_of_equity=cost.take(whole, "cost_of_equity"), **rest)
    )
    return CapitalCost(
        sheets=(equity, whole),
        rate=Link(sheet=whole, line="wacc"),
        wacc=float(figure.values) if known is None else known,
    )


def _entered(
    context: Context, sheet: Sheet, names: list[str]
) -> dict[str, Figure] | tuple[MissingInput, ...]:
    figures: dict[str, Figure] = {}
    missing: list[MissingInput] = []
    for name in names:
        figure = _figure(context, sheet, name)
        if figure is None:
            missing.append(MissingInput(key=_KEYS.get(name, name), group=""))
        else:
            figures[name] = figure
    return tuple(missing) if missing else figures


def _figure(context: Context, sheet: Sheet, name: str) -> Figure | None:
    if name == "tax_rate":
        rate = context.parameters.get(tax.STANDARD_RATE, on=context.valuation_date)
        origin = parameter_origin(rate, context.valuation_date)
        return sheet.parameter(name, float(rate.number), "share", origins=origin)
    unit = _UNITS.get(name, "share")
    found = context.book.find(_KEYS.get(name, name), ("",))
    if found is not None:
        return sheet.assumption(name, float(found.central), unit, origins=origin_of(found))
    if name == "debt_to_equity":
        return _debt_to_equity(context, sheet)
    return _account(context, sheet, name) if name in _ACCOUNTS else None


def _account(context: Context, sheet: Sheet, name: str) -> Figure | None:
    row = last_accounts(context, _ACCOUNTS[name])
    if row is None:
        return None
    origin = fact_origin(row.source, f"accounts {row.year}")
    return sheet.fact(name, float(getattr(row, _ACCOUNTS[name])), "CNY", origins=origin)


def _debt_to_equity(context: Context, sheet: Sheet) -> Figure | None:
    """Book debt over book equity of the last accounts, where equity is above 0."""
    debt, equity = _account(context, sheet, "debt"), _account(context, sheet, "equity")
    if debt is None or equity is None or not equity.values > 0:
        return None
    return sheet.line("debt_to_equity", debt / equity, "1")


def last_accounts(context: Context, *names: str) -> AccountYear | None:
    """The latest full year before the valuation date whose accounts state all the fields."""
    rows = sorted(context.case.accounts, key=lambda row: row.year, reverse=True)
    for row in rows:
        if row.year <= last_full_year(context.valuation_date) and all(
            getattr(row, name) is not None for name in names
        ):
            return row
    return None
