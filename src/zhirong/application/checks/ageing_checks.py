"""Whether technological ageing is counted once in every method that counts."""

from collections.abc import Sequence

import numpy as np

from zhirong.application.conclusion import Conclusion
from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.income import MethodRun
from zhirong.core.messages import Message
from zhirong.valuation import ageing
from zhirong.valuation.ageing import AgeingUse

REASON = "ageing_reason"  # answer: why a second carrier of ageing is right
DECAYS = ("royalty_decay", "split_decay", "increment_decay")
OBSOLESCENCE = ("obsolescence", "functional", "catch_up")


def ageing_breaches(
    ground: Ground, conclusion: Conclusion, runs: Sequence[MethodRun]
) -> tuple[Message, ...]:
    """A breach for each method in the conclusion that ages a right more than once."""
    found = (ageing.check(_use(ground, run)) for run in runs if _counts(conclusion, run))
    return tuple(breach.message for breach in found if breach is not None)


def _counts(conclusion: Conclusion, run: MethodRun) -> bool:
    return any(item.reconciliation.weights.get(run.key, 0.0) > 0 for item in conclusion.groups)


def _use(ground: Ground, run: MethodRun) -> AgeingUse:
    reads_rate = any("discount_rate" in sheet.inputs for sheet in (run.sheet, *run.supports))
    technology = [ground.rates.technology[row] for row in run.rows] if reads_rate else []
    answer = next(
        (item for item in ground.context.case.answers if item.question == REASON and item.value),
        None,
    )
    return AgeingUse(
        method=run.key,
        carrier=run.ageing,
        royalty_decay=_highest(run, DECAYS),
        technology_rate=max(technology, default=0.0),
        obsolescence=_highest(run, OBSOLESCENCE),
        reason=(answer.value or "") if answer else "",
        author=answer.answered_by if answer else "",
    )


def _highest(run: MethodRun, names: Sequence[str]) -> float:
    own = [float(np.max(run.columns[name].central)) for name in names if name in run.columns]
    return max(own, default=0.0)
