"""The market, cost, option and other methods run on a case, where the file holds what they need."""

from dataclasses import dataclass

from zhirong.application.inputs.columns import MissingInput
from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.cost_runs import cost_runs
from zhirong.application.runs.deals import screened
from zhirong.application.runs.excess_runs import excess_runs
from zhirong.application.runs.income import MethodRun
from zhirong.application.runs.market_runs import market_runs
from zhirong.application.runs.option_runs import option_runs
from zhirong.application.runs.signal_runs import signal_runs
from zhirong.application.runs.spending import spending
from zhirong.core.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRuns:
    """The methods that could be run, what the others lack, and what must be said of them."""

    runs: tuple[MethodRun, ...]
    missing: tuple[MissingInput, ...]
    notes: tuple[Message, ...]


def other_runs(ground: Ground) -> OtherRuns:
    """Every method beside the plain income methods that can be run on at least one group."""
    deals = screened(ground.context)
    excess, excess_missing = excess_runs(ground)
    market, market_missing = market_runs(ground, deals.used)
    cost, cost_missing = cost_runs(ground, spending(ground.context))
    option, option_missing = option_runs(ground)
    signal, signal_notes = signal_runs(ground)
    missing = (*excess_missing, *market_missing, *cost_missing, *option_missing)
    return OtherRuns(
        runs=(*excess, *market, *cost, *option, *signal),
        missing=tuple(dict.fromkeys(missing)),
        notes=(*deals.notes, *signal_notes),
    )
