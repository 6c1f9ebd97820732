"""One run beside another: what differs between paths run one by one and all together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tests.plan_kit.random_plans import RATES, RandomDeal
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.program import compiled
from zhirong.securitization.waterfall.results import PlanRun

_GROUPS = ("tranches", "accounts", "fees", "supports", "hedges")


def series_of(run: PlanRun) -> Iterator[tuple[str, Sequence[Any]]]:
    """Every series of a run by name."""
    for group in _GROUPS:
        found: Mapping[str, Any] = getattr(run, group)
        for key, record in found.items():
            for name in record.__dataclass_fields__:
                if name != "rate":
                    yield f"{group}.{key}.{name}", getattr(record, name)
    for key, flags in run.triggers.items():
        yield f"triggers.{key}", flags
    yield from (("stage", run.stage), ("residual", run.residual), ("bought", run.bought))


def run_each(deal: RandomDeal) -> list[PlanRun]:
    """Each path by itself, on ints."""
    program = compiled(deal.plan, deal.paths[0].on, rates=RATES, is_one_path=True)
    return [
        interpreter.run_program(
            program,
            path,
            supporters={key: [row[place] for row in rows] for key, rows in deal.supporters.items()},
            happened={key: [row[place] for row in rows] for key, rows in deal.happened.items()},
        )
        for place, path in enumerate(deal.paths)
    ]


def run_together(deal: RandomDeal) -> PlanRun:
    """All paths at once, on arrays."""
    return interpreter.run(
        deal.plan,
        deal.together,
        rates=RATES,
        supporters={
            key: [np.array(row, dtype=float) for row in rows]
            for key, rows in deal.supporters.items()
        },
        happened={key: [np.array(row) for row in rows] for key, rows in deal.happened.items()},
    )


def unlike(deal: RandomDeal) -> list[str]:
    """The series in which some path differs by a fen or more, with date and amounts."""
    each = [dict(series_of(run)) for run in run_each(deal)]
    found = []
    for name, series in series_of(run_together(deal)):
        for place, amounts in enumerate(series):
            for path, alone in enumerate(each):
                if amounts[path] != alone[name][place]:
                    ours = f"{alone[name][place]} alone, {amounts[path]} together"
                    found.append(f"{name} date {place} path {path}: {ours}")
    return found
