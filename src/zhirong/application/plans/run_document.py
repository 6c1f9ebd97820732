"""A run as plain data: `run.json`, amounts in whole fen, rates as shares, days as text."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from zhirong.application.plans.cover import Cover
from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.securitization.plan.records import STAGES
from zhirong.securitization.waterfall.results import PlanRun

KIND = "zhirong.plan_run"
SCHEMA_VERSION = 1
Plain = Any


def run_document(
    inputs: PlanInputs, found: ScenarioRun, cover: Sequence[Cover]
) -> dict[str, Plain]:
    """The document of one scenario's run."""
    plan, run = inputs.plan, found.run
    names = {each.obligor_id: each.name for each in inputs.pool.obligors}
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "plan": plan.key,
        "name": plan.name,
        "scenario": found.scenario.key,
        "scenario_label": found.scenario.label,
        "currency": "CNY",
        "amounts_in": "fen",
        "cut_off": str(plan.dates.cut_off),
        "closing": str(plan.dates.closing),
        "payment_dates": [str(day) for day in run.on],
        "collected_on": [str(day) for day in found.collections.on],
        "pool_balance": inputs.pool.balance_fen,
        "pool": _columns(found.collections),
        "obligors": [
            {"name": names[each.obligor_id], **plain(asdict(each))} for each in found.obligors
        ],
        "tranches": {
            each.key: {
                "label": plan.label(each.key),
                "issued": each.balance_fen,
                **_columns(run.tranches[each.key]),
            }
            for each in plan.tranches
        },
        "accounts": _labeled(inputs, run.accounts),
        "fees": _labeled(inputs, run.fees),
        "supports": _labeled(inputs, run.supports),
        "hedges": _labeled(inputs, run.hedges),
        "triggers": {key: [bool(each) for each in on] for key, on in run.triggers.items()},
        "stage": [STAGES[int(each)].value for each in run.stage],
        "residual": plain(run.residual),
        "cover": [plain(asdict(each)) for each in cover],
        "steps": steps(run),
    }


def steps(run: PlanRun) -> list[dict[str, Plain]]:
    """Every step of every date, with who got which part."""
    return [
        {
            "on": str(row.on),
            "waterfall": row.waterfall,
            "step": row.step,
            "account": row.account,
            "due": int(row.due),
            "available": int(row.available),
            "paid": int(row.paid),
            "support": int(row.support),
            "short": int(row.short),
            "parts": {name: int(fen) for name, fen in row.parts},
        }
        for row in run.rows
    ]


def _labeled(inputs: PlanInputs, found: Mapping[str, Any]) -> dict[str, Plain]:
    return {key: {"label": inputs.plan.label(key), **_columns(each)} for key, each in found.items()}


def _columns(record: Any) -> dict[str, Plain]:  # noqa: ANN401 - a record of the run
    names = [name for name in record.__dataclass_fields__ if name != "on"]
    return {name: plain(getattr(record, name)) for name in names}


def plain(value: Any) -> Plain:  # noqa: ANN401 - any value of a record
    """Ints stay, shares become floats, days and words text, sequences lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return round(value, 12)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if hasattr(value, "numerator"):
        return round(float(value), 12)
    return str(value)
