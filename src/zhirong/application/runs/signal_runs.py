"""The stock-market signal run on a case: what investors said of the grants of a listed owner."""

from collections.abc import Sequence

from zhirong.application.case.case_file import MarketSignal
from zhirong.application.case.context import Context, fact_origin
from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.income import MethodRun
from zhirong.core.figure import Figure, sqrt, total_by
from zhirong.core.messages import Fact, Message
from zhirong.core.sheet import Sheet
from zhirong.valuation import published
from zhirong.valuation.methods import stock_signal

PER_RIGHT = "signal_per_right"


def signal_runs(ground: Ground) -> tuple[tuple[MethodRun, ...], tuple[Message, ...]]:
    """The signal of groups whose rights all have one; notes on groups that have only some."""
    context = ground.context
    signals = [
        item
        for item in context.case.market_signals
        if item.patents_granted_same_day >= 1 and item.volatility > 0
    ]
    if not signals:
        return (), ()
    numbers = {item.right for item in signals}
    rows: list[int] = []
    notes: list[Message] = []
    for row, group in enumerate(context.groups):
        own = [context.case.patents[place].app_no in numbers for place in group.rights]
        if all(own):
            rows.append(row)
        elif any(own):
            facts: dict[str, Fact] = {
                "group": group.name,
                "count": sum(own),
                "rights": len(own),
            }
            notes.append(Message("note.signal_partial", facts))
    return ((_run(context, signals, rows),) if rows else ()), tuple(notes)


def _run(context: Context, signals: Sequence[MarketSignal], rows: Sequence[int]) -> MethodRun:
    by_number = {item.right: item for item in signals}
    places = [(n, place) for n, row in enumerate(rows) for place in context.groups[row].rights]
    own = [by_number[context.case.patents[place].app_no] for _, place in places]
    per_right = _per_right(context, own)
    groups = tuple(context.groups[row].name for row in rows)
    sheet = Sheet(stock_signal.KEY, labels={"asset": groups, "right": per_right.labels["right"]})
    values = sheet.take(per_right, "value", as_key="right_signal")
    index = tuple(n for n, _ in places)
    sheet.line("value", total_by(values, index=index, assets=len(rows)), "CNY")
    return MethodRun(
        key=stock_signal.KEY,
        family="signal",
        ageing=stock_signal.AGEING,
        rows=tuple(rows),
        sheet=sheet,
        columns={},
        evaluate=None,
        supports=(per_right,),
    )


def _per_right(context: Context, signals: Sequence[MarketSignal]) -> Sheet:
    """The method over axis "right": each row one grant."""
    sheet = Sheet(PER_RIGHT, labels={"right": tuple(item.right for item in signals)})
    origins = [fact_origin(item.source, "market_signals") for item in signals]

    def fact(key: str, values: Sequence[object], unit: str) -> Figure:
        numbers = [float(str(value)) for value in values]
        return sheet.fact(key, numbers, unit, axes=("right",), origins=origins)

    def parameter(name: str) -> Figure:
        on = context.valuation_date
        found = context.parameters.get(f"valuation.stock_signal.{name}", on=on)
        return published.enter(sheet, name, found, on=on)

    window = parameter("window_days")
    # The market's volatility is stated for the window; the method asks for that of a day.
    stated = fact("stated_volatility", [item.volatility for item in signals], "share")
    stock_signal.value(
        sheet,
        a=stock_signal.Inputs(
            announcement_return=fact(
                "announcement_return", [item.window_return for item in signals], "share"
            ),
            daily_volatility=sheet.line("daily_volatility", stated / sqrt(window), "share"),
            market_capitalization=fact(
                "market_capitalization", [item.market_cap for item in signals], "CNY"
            ),
            patents_announced=fact(
                "patents_announced", [item.patents_granted_same_day for item in signals], "count"
            ),
            signal_exponent=parameter("signal_exponent"),
            window_days=window,
            grant_probability=parameter("grant_probability"),
        ),
    )
    return sheet
