"""The market, cost and option methods run on a case, where the file holds what they need."""

from zhirong.application.ground import Ground
from zhirong.application.income import MethodRun


def other_runs(ground: Ground) -> tuple[MethodRun, ...]:
    """Every method beside the income methods that can be run on at least one group."""
    del ground
    return ()
