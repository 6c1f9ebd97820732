"""What named rules propose for assumptions that nobody made; a person must accept them.

There is no default: without acceptance the method that needs the assumption is not run, and the
question goes out to the firm or the analyst.
"""

from collections.abc import Sequence
from decimal import Decimal

from zhirong.application.case.case_file import Assumption, CaseFile
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.inputs.columns import MissingInput
from zhirong.application.result import ProposalRecord
from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters

RULES = "valuation.proposals"  # key → {low, central, high}, or by kind or industry
SPLIT_RANGE = "valuation.split_range"


def proposals(
    missing: Sequence[MissingInput],
    *,
    case: CaseFile,
    options: AppraisalOptions,
    parameters: Parameters,
) -> tuple[ProposalRecord, ...]:
    """A proposal for each missing assumption that a rule covers; the others stay open."""
    return tuple(_proposal(item, case, options, parameters) for item in missing)


def accepted(records: Sequence[ProposalRecord], *, author: str) -> tuple[Assumption, ...]:
    """The assumptions that the author takes over from the rules."""
    return tuple(
        Assumption(
            key=item.key,
            scope=item.scope,
            year=item.year,
            central=Decimal(str(item.central)),
            low=None if item.low is None else Decimal(str(item.low)),
            high=None if item.high is None else Decimal(str(item.high)),
            author=author,
            reason=item.rule,
            rule=item.rule,
        )
        for item in records
        if item.central is not None
    )


def _proposal(
    item: MissingInput, case: CaseFile, options: AppraisalOptions, parameters: Parameters
) -> ProposalRecord:
    on = options.valuation_date
    rules = parameters.get(RULES, on=on).value
    entry = rules.get(item.key)
    numbers: dict[str, Decimal] | None = None
    rule = f"{RULES}.{item.key}"
    if item.suggestion is not None:
        numbers = {"central": Decimal(str(item.suggestion))}
        rule = item.rule
    elif item.key in ("split_low", "split_high"):
        numbers = _industry_range(item.key, case, parameters, options)
    elif entry is not None:
        numbers = dict(entry)
    is_known = numbers is not None
    return ProposalRecord(
        key=item.key,
        scope=item.group,
        year=item.year,
        central=float(numbers["central"]) if numbers else None,
        low=float(numbers["low"]) if numbers and "low" in numbers else None,
        high=float(numbers["high"]) if numbers and "high" in numbers else None,
        rule=rule if is_known else "",
        reason=Message(
            "proposal.by_rule" if is_known else "proposal.none",
            {"key": _words(item.key), "group": item.group},
        ),
        is_accepted=bool(is_known and options.accepted_by),
    )


def _words(key: str) -> str:
    """The code of a key's words; a score of a risk is worded by its factor."""
    prefix, _, factor = key.rpartition(".")
    return f"input.score_{factor}" if prefix.startswith("risk_score") else f"input.{key}"


def _industry_range(
    key: str, case: CaseFile, parameters: Parameters, options: AppraisalOptions
) -> dict[str, Decimal] | None:
    table = parameters.get(SPLIT_RANGE, on=options.valuation_date).value
    entry = table.get(case.firm.industry or "")
    if entry is None:
        return None
    return {"central": entry[0 if key == "split_low" else 1]}
