"""Write the JSON Schema of the plan file from the words that its reader knows.

    .venv/bin/python -m tools.make_plan_schema           writes src/zhirong/schemas/plan.schema.json
    .venv/bin/python -m tools.make_plan_schema --check   exits 1 where the file is not up to date

For editors: it knows sections, words and choices. What the reader checks beyond (names that must
exist, days in order, circular waterfalls) no schema says.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from zhirong.adapters.intake.plans.issue_sections import ROLES
from zhirong.adapters.intake.plans.reader import OTHERS, SECTIONS, UNITS
from zhirong.application.plans.records import StepState
from zhirong.core.daycounts import DayCount
from zhirong.core.rolling import Roll
from zhirong.parameters.reader import catalog
from zhirong.securitization.dates.chain import Link
from zhirong.securitization.plan.actions import Order, Verb
from zhirong.securitization.plan.conventions import (
    InterestOnUnpaid,
    Measured,
    ResetAccrual,
    Rounding,
    Split,
)
from zhirong.securitization.plan.records import Cash, Stage, WhenTested
from zhirong.securitization.plan.supports import HedgeKind, SupportKind
from zhirong.securitization.plan.tranches import AccruesWhen, PrincipalKind

TARGET = Path(__file__).resolve().parent.parent / "src/zhirong/schemas/plan.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

ANY: Schema = {}
TEXT: Schema = {"type": "string"}
AMOUNT: Schema = {"type": ["number", "string"], "description": "0 or more, in `amounts_in`"}
SHARE: Schema = {"type": ["number", "string"], "description": "0.0225 or 2.25%"}
FLAG: Schema = {"type": ["boolean", "string"]}
WHOLE: Schema = {"type": ["integer", "string"]}
DAY: Schema = {"type": "string", "format": "date"}
NAMES: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
GRID = ("first", "every", "last", "month_end")


def choice(words: type[Enum]) -> Schema:
    """One of the words of an enumeration."""
    return {"enum": [word.value for word in words]}


def record(fields: Mapping[str, Schema], *, needed: Iterable[str] = ()) -> Schema:
    """An object of these keys and no others."""
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(needed),
        "additionalProperties": False,
    }


def keyed(inner: Schema) -> Schema:
    """An object of any keys whose values are alike."""
    return {"type": "object", "additionalProperties": inner}


def _days() -> Schema:
    rhythm = record(dict.fromkeys(GRID, ANY), needed=GRID[:3])
    return {"anyOf": [DAY, {"type": "array", "items": DAY}, rhythm]}


def _conventions() -> Schema:
    words = {
        "rounding": choice(Rounding),
        "split": choice(Split),
        "day_count": choice(DayCount),
        "interest_on_unpaid": choice(InterestOnUnpaid),
    }
    return record({**words, "reset_accrual": choice(ResetAccrual)}, needed=words)


def _tranche() -> Schema:
    kinds = ("kind", "balances", "while_outstanding", "start", "notional")
    long = record(dict.fromkeys(kinds, ANY) | {"kind": choice(PrincipalKind)}, needed=["kind"])
    fields = {
        "balance": AMOUNT,
        "rate": SHARE,
        "principal": {"anyOf": [choice(PrincipalKind), long]},
        "floating": ANY,
        "step_up": keyed(SHARE),
        "accrues_from": DAY,
        "accrues": choice(AccruesWhen),
        "day_count": choice(DayCount),
        "interest_on_unpaid": choice(InterestOnUnpaid),
        "unpaid_margin": SHARE,
        "label": TEXT,
    }
    return record(fields, needed=["balance", "principal"])


def _fee() -> Schema:
    amounts = dict.fromkeys(("amount", "cap_each_date", "cap_each_year"), AMOUNT)
    shares = dict.fromkeys(("annual_rate", "share_of_collections", "vat", "surcharges"), SHARE)
    rest = dict.fromkeys(("up_to", "formula", "of"), ANY)
    return record(
        {
            **amounts,
            **shares,
            **rest,
            "on": _days(),
            "measured": choice(Measured),
            "day_count": choice(DayCount),
            "start": DAY,
            "lapses": FLAG,
            "payer": TEXT,
            "label": TEXT,
        }
    )


def _support() -> Schema:
    fields = {
        "kind": choice(SupportKind),
        "limit": AMOUNT,
        "rate": SHARE,
        "commitment_rate": SHARE,
        "revolves": FLAG,
        "ends": DAY,
        "label": TEXT,
    }
    return record(fields, needed=["kind"])


def _trigger() -> Schema:
    fields = {
        "when": ANY,
        "switch_to": choice(Stage),
        "curable": FLAG,
        "tested": choice(WhenTested),
        "in_a_row": WHOLE,
        "label": TEXT,
    }
    return record(fields, needed=["when"])


def _steps() -> Schema:
    about = {
        "from": TEXT,
        "into": TEXT,
        "order": choice(Order),
        "limit": ANY,
        "support": NAMES,
        "when": ANY,
        "above_cap": FLAG,
        "step": TEXT,
    }
    verbs = [verb.value for verb in Verb]
    step = record(dict.fromkeys(verbs, ANY) | about)
    # Exactly one verb a step.
    step["oneOf"] = [{"required": [verb]} for verb in verbs]
    return {"type": "array", "items": step}


def _issue() -> Schema:
    fields = {
        "label": TEXT,
        "on": DAY,
        "by": TEXT,
        "documents": NAMES,
        "state": choice(StepState),
        "data": {"type": "object"},
    }
    return keyed(record(fields, needed=["on", "by", "state"]))


def sections() -> dict[str, Schema]:
    """Every section of the file; those not listed here may hold anything."""
    hedge = dict.fromkeys(("notional", "receives", "pays"), ANY)
    leg = {"kind": choice(HedgeKind), "day_count": choice(DayCount), "label": TEXT}
    dates = {"cut_off": DAY, "closing": DAY, "payments": _days()}
    known = {
        "plan": TEXT,
        "name": TEXT,
        "amounts_in": {"enum": list(UNITS)},
        "dates": record(dates, needed=dates),
        "conventions": _conventions(),
        "accounts": keyed(
            {"anyOf": [{"type": "null"}, record({"opening": AMOUNT, "target": ANY, "label": TEXT})]}
        ),
        "collections": record({each.value: {"type": ["string", "object"]} for each in Cash}),
        "tranches": keyed(_tranche()),
        "fees": keyed(_fee()),
        "supports": keyed(_support()),
        "hedges": keyed(record(leg | hedge, needed=["kind", *hedge])),
        "triggers": keyed(_trigger()),
        "waterfalls": record({each.value: _steps() for each in Stage}, needed=["normal"]),
        "on_closing": _steps(),
        "on_collection": _steps(),
        "clean_up_call": record({"when": ANY, "price": SHARE, "into": TEXT}),
        "pool": record({"tape": TEXT, "collected": _days(), "waived": keyed(TEXT)}),
        "calendar": record(
            {"roll": choice(Roll), "chain": record({link.value: WHOLE for link in Link})}
        ),
        "parties": record(dict.fromkeys(ROLES, TEXT)),
        "issue": _issue(),
    }
    return {name: _described(name, known.get(name, ANY)) for name in (*SECTIONS, *OTHERS)}


def _described(name: str, schema: Schema) -> Schema:
    code = f"plan.word.{name}"
    if not catalog().has(code):
        return dict(schema)
    words = " / ".join(catalog().label(code, lang) for lang in ("zh", "en"))
    return {"description": words, **schema}


def schema_bytes() -> bytes:
    """The schema of the plan file."""
    needed = ("plan", "name", "dates", "conventions", "accounts", "collections", "tranches")
    document = {
        "$schema": DIALECT,
        "$id": "urn:zhirong:plan:1",
        "title": "A plan file of Zhirong (plan.yaml)",
        **record(sections(), needed=(*needed, "waterfalls")),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def run() -> int:
    """Write the schema, or check it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    made = schema_bytes()
    if parser.parse_args().check:
        is_current = TARGET.is_file() and TARGET.read_bytes() == made
        print(f"{TARGET} is {'up to date' if is_current else 'out of date: run this tool'}")
        return 0 if is_current else 1
    TARGET.write_bytes(made)
    print(f"{TARGET}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(run())
