"""Terms of a license, group by group: the level rate with its range, and the lump that equals it.

The rate is level: the share of the mapped sales over the term whose present value is that of what
the methods of the conclusion claim, whichever way their own rate falls in time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application.case.context import Context
from zhirong.application.conclusion import Conclusion, dependence_of, uncertain_inputs
from zhirong.application.result import LicenseTerms
from zhirong.application.runs.income import MethodRun
from zhirong.application.runs.license_flows import PresentFlows
from zhirong.application.runs.running import Drawn
from zhirong.core.distribution import CELLS, Meaning
from zhirong.core.messages import Fact, Message
from zhirong.core.operations import Array
from zhirong.valuation import deal_price
from zhirong.valuation.simulation import simulate

TAIL = "valuation.license.tail"
MEANING = Meaning(
    premise="market_value",
    condition="none",
    horizon_years=0.0,
    are_costs_deducted=False,
    account="asset_group",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Licensing:
    """The terms and what must be said of them."""

    terms: tuple[LicenseTerms, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Flows:
    """Present claims, then present sales, of the concluded groups (2 x group, draw)."""

    conclusion: Conclusion
    runs: tuple[MethodRun, ...]

    def __call__(self, drawn: Drawn) -> Array:
        count = next(iter(drawn.values())).shape[-1] if drawn else 1
        groups = len(self.conclusion.rows)
        claimed, sales = np.zeros((groups, count)), np.zeros((groups, count))
        weights = np.zeros(groups)
        for run in self.runs:
            assert run.licensed is not None, "only runs with claims on sales are asked"
            flows = run.licensed(_own(run, drawn))
            for place, own, weight in self._shares(run):
                claimed[place] += weight * flows.claimed[own]
                sales[place] += weight * flows.sales[own]
                weights[place] += weight
        scale = np.where(weights > 0, weights, 1.0)[:, None]
        return np.concatenate([claimed / scale, sales / scale])

    def _shares(self, run: MethodRun) -> Sequence[tuple[int, int, float]]:
        """(group, row of the run, weight) of the groups in which the run counts."""
        return [
            (place, run.rows.index(row), weight)
            for place, row in enumerate(self.conclusion.rows)
            if row in run.rows
            and (weight := self.conclusion.groups[place].reconciliation.weights[run.key]) > 0
        ]


def _own(run: MethodRun, drawn: Drawn) -> Drawn:
    return {name: values[list(run.rows)] for name, values in drawn.items() if name in run.columns}


def licensing(context: Context, conclusion: Conclusion, runs: Sequence[MethodRun]) -> Licensing:
    """The terms of every group whose conclusion rests on a share of sales or profit."""
    counted = tuple(
        run
        for run in runs
        if any(item.reconciliation.weights.get(run.key, 0.0) > 0 for item in conclusion.groups)
    )
    flows = _Flows(conclusion, tuple(run for run in counted if run.licensed is not None))
    judged = uncertain_inputs(counted, len(context.groups))
    draws = simulate(
        flows,
        judged,
        dependence=dependence_of(context, judged),
        draws=context.options.draws,
        seed=context.options.seed,
    )
    central = flows({})
    half = len(conclusion.rows)
    terms: list[LicenseTerms] = []
    notes: list[Message] = []
    for place in range(half):
        # A drawn life of nothing has no sales, hence no rate.
        has_sales = draws[half + place] > 0
        if not central[half + place, 0] > 0 or np.count_nonzero(has_sales) < CELLS:
            continue
        drawn = PresentFlows(claimed=draws[place, has_sales], sales=draws[half + place, has_sales])
        made = _terms(context, conclusion, place, drawn, central[[place, half + place], 0])
        terms.append(made)
        facts: dict[str, Fact] = {
            "group": conclusion.groups[place].group.name,
            "rate": made.rate,
            "years": made.term_years,
            "lump": made.lump_sum,
        }
        notes.append(Message("note.license_level_rate", facts))
    return Licensing(terms=tuple(terms), notes=tuple(notes))


def _terms(
    context: Context, conclusion: Conclusion, place: int, drawn: PresentFlows, central: Array
) -> LicenseTerms:
    """One group's terms: rate and lump at central assumptions, the range from the draws."""
    spread = deal_price.license_terms(
        drawn.claimed / drawn.sales,
        present_sales=drawn.sales,
        meaning=MEANING,
        tail=context.number(TAIL),
    )
    group = conclusion.groups[place].group
    life = context.book.find("economic_life", group.scopes)
    legal = context.legal_life(group)
    return LicenseTerms(
        group=group.group,
        rate=round(float(central[0] / central[1]), 9),
        rate_low=round(spread.low, 9),
        rate_high=round(spread.high, 9),
        lump_sum=round(float(central[0]), 2),
        term_years=0.0 if life is None else min(float(life.central), legal),
    )
