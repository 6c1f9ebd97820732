"""A structure as plain data, `structure.json`: whole fen, rates as shares, days as text."""

from dataclasses import asdict, is_dataclass
from typing import Any

from zhirong.application.plans.run_document import plain
from zhirong.application.plans.structure import ScenarioResult, Structure
from zhirong.core.messages import Catalog, Language
from zhirong.securitization.pool.rules import Finding

KIND = "zhirong.plan_structure"
SCHEMA_VERSION = 1
Plain = Any


def structure_document(found: Structure, words: Catalog, lang: Language) -> dict[str, Plain]:
    """The document; findings are said in words as well."""
    inputs, plan = found.inputs, found.inputs.plan
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "plan": plan.key,
        "name": plan.name,
        "currency": "CNY",
        "amounts_in": "fen",
        "dates": _record(plan.dates),
        "parties": dict(inputs.parties),
        "pool": {
            "balance": inputs.pool.balance_fen,
            "obligors": len(inputs.pool.obligors),
            "claims": len(inputs.pool.claims),
            "rights": sum(len(each.rights) for each in inputs.pool.collateral),
            "effective_number": plain(found.pool.effective_number),
            "diversity_score": plain(found.pool.diversity_score),
            "top_five": plain(found.pool.top_five),
            "findings": [_finding(each, found, words, lang) for each in found.pool.findings],
            "cuts": {
                by.value: [_record(each) for each in cut] for by, cut in found.pool.cuts.items()
            },
            "without_one": [
                {
                    "obligor_id": each.obligor_id,
                    "balance": each.balance_fen,
                    "largest_share": plain(each.largest_share),
                    "effective_number": plain(each.effective_number),
                    "appeared": [words.text(item.message, lang) for item in each.appeared],
                    "vanished": [words.text(item.message, lang) for item in each.vanished],
                }
                for each in found.pool.without_one
            ],
        },
        "retained": plain(found.retained),
        "plan_cost": plain(found.plan_cost),
        "cover_tests": _record(found.cover_tests),
        "scenarios": [_scenario(each) for each in found.scenarios],
        "losses": _record(found.losses),
        "rare_losses": _record(found.rare),
        "stress": _record(found.stress),
        "sizes": _record(found.sizes),
        "breaking": _record(found.breaking),
        "tornado": _record(found.tornado),
        "costs": _record(found.costs),
        "proposal": _record(found.proposal),
        "issue": _record(inputs.steps),
    }


def _finding(each: Finding, found: Structure, words: Catalog, lang: Language) -> dict[str, Plain]:
    return {
        "rule": each.rule,
        "subject": each.subject,
        "row": found.inputs.rows.get(each.subject, ""),
        "standing": each.standing.value,
        "waived": found.pool.waived.get(each.rule),
        "text": words.text(each.message, lang),
    }


def _scenario(each: ScenarioResult) -> dict[str, Plain]:
    run = each.found.run
    return {
        "key": each.found.scenario.key,
        "label": each.found.scenario.label,
        "collected": sum(
            int(fen)
            for kind in ("interest", "principal", "prepaid", "recovered")
            for fen in getattr(each.found.collections, kind)
        ),
        "tranches": [_record(row) for row in each.tranches],
        "fees_paid": sum(int(fen) for fee in run.fees.values() for fen in fee.paid),
        "supports_paid": {key: sum(map(int, row.paid)) for key, row in run.supports.items()},
        "supports_owed": {key: int(row.owed_after[-1]) for key, row in run.supports.items()},
        "stage": [int(stage) for stage in run.stage],
        "cover": [_record(row) for row in each.cover],
    }


def _record(value: Any) -> Plain:  # noqa: ANN401 - any record of the results
    if isinstance(value, tuple | list):
        return [_record(each) for each in value]
    return (
        plain(asdict(value))
        if is_dataclass(value) and not isinstance(value, type)
        else plain(value)
    )
