"""From the result of an appraisal to the rows that the platform asks about."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zhirong import bootstrap
from zhirong.application.result import Appraisal
from zhirong.core.codec import decode
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight
from zhirong.platform.documents import store


def fen(yuan: float) -> int:
    """A modeled amount of yuan as whole fen.

    >>> fen(12.345)
    1235
    """
    return int((Decimal(str(yuan)) * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def appraisal_of_run(run: AppraisalRun) -> Appraisal:
    """The result that a run kept.

    Raises:
        StoredBytesError: The store lost or changed it.
    """
    kept = run.files.select_related("file").get(kind="result.json").file
    document = bootstrap.parse_snapshot(store.get(kept.sha256), name=kept.name)
    appraisal: Appraisal = decode(Appraisal, document.body)
    return appraisal


def headline(appraisal: Appraisal) -> Mapping[str, Any]:
    """The fields of a run that lists and decisions read; without a value they stay empty."""
    head, value = appraisal.head, appraisal.valuation
    fields: dict[str, Any] = {
        "report_number": head.number,
        "valid_until": head.valid_until,
        "summary": {
            "verification_code": head.verification_code,
            "rights": len(appraisal.case.patents),
            "questions": len(appraisal.questions),
            "flags": len(appraisal.diligence.red_flags),
        },
    }
    if value is None:
        return fields
    fields |= {
        "market_value_fen": fen(value.total.value),
        "low_fen": fen(value.total.low),
        "high_fen": fen(value.total.high),
    }
    if value.pledge is not None:
        fields |= {
            "pledge_value_fen": fen(value.pledge.market_value),
            "covered_fen": fen(value.pledge.caps_amount),
        }
        fields["summary"] |= {
            "policy": value.pledge.policy,
            "liquidation_fen": fen(value.pledge.liquidation_value),
            "quantile_fen": fen(value.pledge.prudent_quantile),
            "excluded": list(value.pledge.excluded),
            "parts": [
                {
                    "kind": part.kind,
                    "value": fen(part.market_value),
                    "cap": part.cap,
                    "amount": fen(part.amount),
                }
                for part in value.pledge.parts
            ],
        }
    return fields


def rights_of_run(run: AppraisalRun, appraisal: Appraisal) -> list[AppraisedRight]:
    """One row a right: standing, gate, score, value."""
    standings = {row.right: row for row in appraisal.diligence.rights}
    gates = {row.right: row for row in appraisal.diligence.registrability}
    values = {row.right: row for row in appraisal.valuation.rights} if appraisal.valuation else {}
    rows = []
    for patent in appraisal.case.patents:
        number = patent.app_no
        standing, gate, value = standings.get(number), gates.get(number), values.get(number)
        rows.append(
            AppraisedRight(
                run=run,
                number=number,
                kind=str(patent.kind),
                title=patent.title,
                state=standing.state if standing else "",
                score=value.score if value else None,
                value_fen=fen(value.value) if value else 0,
                is_registrable=gate is not None and gate.register == "yes",
                term_end=standing.last_day if standing else None,
                fee_due_on=standing.fee_due_on if standing else None,
                facts={
                    "register": gate.register if gate else "not_known",
                    "overlays": list(standing.overlays) if standing else [],
                },
            )
        )
    return rows
