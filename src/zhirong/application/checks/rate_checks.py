"""Whether the rates of the rights fit the firm's cost of capital and its other assets."""

from dataclasses import dataclass

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.case_file import Assumption
from zhirong.application.case.context import Context, fact_origin
from zhirong.application.conclusion import Conclusion
from zhirong.application.inputs.capital_market import last_accounts
from zhirong.application.inputs.ground import Ground
from zhirong.core.figure import Figure
from zhirong.core.messages import Message
from zhirong.core.sheet import Sheet
from zhirong.firms.records import AccountYear
from zhirong.valuation.profit_check import Holding, rates_above_wacc, returns_reconcile
from zhirong.valuation.rates import wara

TOLERANCE = "valuation.profit_check.return_tolerance"
ENTERPRISE = "enterprise_value"
RETURNS = ("working_capital_return", "fixed_assets_return")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChecks:
    """The breaches, and the workings of the return that intangibles must earn."""

    breaches: tuple[Message, ...] = ()
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tangible:
    """The firm's tangible assets and what they must earn."""

    accounts: AccountYear
    working_capital: Assumption
    fixed_assets: Assumption


def rate_checks(ground: Ground, conclusion: Conclusion) -> RateChecks:
    """Rates above WACC; and, where accounts and returns allow, returns that reconcile to it."""
    wacc = ground.rates.wacc
    if wacc is None:
        return RateChecks()
    rights = _rights(ground, conclusion)
    breaches = rates_above_wacc(rights, wacc=wacc)
    tangible = _tangible(ground.context)
    if tangible is None:
        return RateChecks(breaches=tuple(item.message for item in breaches))
    sheet = _sheet(ground, conclusion, tangible)
    holdings = (*_tangibles(tangible), _intangibles(sheet, rights))
    unreconciled = returns_reconcile(
        holdings,
        wacc=wacc,
        tolerance=ground.context.number(TOLERANCE),
        subject=ground.context.case.firm.name,
    )
    return RateChecks(
        breaches=tuple(item.message for item in (*breaches, *unreconciled)), sheet=sheet
    )


def _rights(ground: Ground, conclusion: Conclusion) -> list[Holding]:
    """Each concluded group with the rate that its income is discounted at, where it has one."""
    holdings: list[Holding] = []
    for place, row in enumerate(conclusion.rows):
        group = ground.context.groups[row]
        worked = ground.rates.columns[row] if ground.rates.has(row) else None
        stated = ground.context.book.find("discount_rate", group.scopes)
        value = float(conclusion.values[place])
        if worked is not None:
            holdings.append(Holding(asset=group.name, value=value, rate=worked.central))
        elif stated is not None:
            holdings.append(Holding(asset=group.name, value=value, rate=float(stated.central)))
    return holdings


def _tangible(context: Context) -> _Tangible | None:
    accounts = last_accounts(context, "working_capital", "fixed_assets")
    returns = [context.book.find(key, ("",)) for key in RETURNS]
    if accounts is None or returns[0] is None or returns[1] is None:
        return None
    return _Tangible(accounts=accounts, working_capital=returns[0], fixed_assets=returns[1])


def _tangibles(tangible: _Tangible) -> tuple[Holding, ...]:
    return tuple(
        Holding(
            asset=name,
            value=float(getattr(tangible.accounts, name)),
            rate=float(getattr(tangible, name).central),
        )
        for name in ("working_capital", "fixed_assets")
    )


def _intangibles(sheet: Sheet, rights: list[Holding]) -> Holding:
    """All intangibles at the mean rate of those that were valued."""
    weight = sum(item.value for item in rights)
    mean = sum(item.value * item.rate for item in rights) / weight if weight > 0 else 0.0
    entry = sheet.lines.get("intangible_remainder")
    value = float(entry.figure.values if entry else sheet.inputs["intangibles"].figure.values)
    return Holding(asset="intangibles", value=max(value, 0.0), rate=mean)


def _sheet(ground: Ground, conclusion: Conclusion, tangible: _Tangible) -> Sheet:
    sheet = Sheet(wara.KEY)
    context = ground.context
    accounts = tangible.accounts
    origin = fact_origin(accounts.source, f"accounts {accounts.year}")

    def fact(key: str) -> Figure:
        return sheet.fact(key, float(getattr(accounts, key)), "CNY", origins=origin)

    working, fixed = fact("working_capital"), fact("fixed_assets")
    stated = context.book.find(ENTERPRISE, ("",))
    enough = stated is not None and float(stated.central) > float(working + fixed)
    if stated is not None and enough:
        whole = sheet.assumption(
            "stated_enterprise_value", float(stated.central), "CNY", origins=origin_of(stated)
        )
        intangibles = sheet.line("intangible_remainder", whole - working - fixed, "CNY")
    else:
        intangibles = sheet.take(conclusion.sheet, "portfolio", as_key="intangibles")
    wara.value(
        sheet,
        a=wara.Inputs(
            wacc=_wacc(ground, sheet),
            working_capital=working,
            fixed_assets=fixed,
            intangibles=intangibles,
            working_capital_return=_judged(sheet, RETURNS[0], tangible.working_capital),
            fixed_assets_return=_judged(sheet, RETURNS[1], tangible.fixed_assets),
        ),
    )
    return sheet


def _judged(sheet: Sheet, key: str, item: Assumption) -> Figure:
    return sheet.assumption(key, float(item.central), "share", origins=origin_of(item))


def _wacc(ground: Ground, sheet: Sheet) -> Figure:
    """The stated cost of capital, else the line that was worked."""
    stated = ground.context.book.find("wacc", ("",))
    if stated is not None:
        return _judged(sheet, "wacc", stated)
    worked = next(item for item in ground.rates.sheets if item.name == "wacc")
    return sheet.take(worked, "wacc")
