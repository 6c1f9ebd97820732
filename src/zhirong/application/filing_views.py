"""From an appraisal to what the pre-filing linter asks of a right's registers."""

from collections.abc import Mapping
from datetime import date

from zhirong.application.diligence_result import RegistrabilityRecord, RightStanding
from zhirong.application.result import Appraisal
from zhirong.core.calendar import anniversary, whole_years
from zhirong.filing.disbursement import FeeState
from zhirong.filing.forms import RightItem
from zhirong.filing.register_view import GateAnswer, GateOutcome, Owner, RightView
from zhirong.rights.records import Patent

_ROW = "gate.row."
_REGISTER = "register_pledge"


def right_views(
    appraisal: Appraisal, *, live_pledges: Mapping[str, tuple[str, ...]]
) -> tuple[RightView, ...]:
    """The view of each patent, with the gates' outcome as due diligence decided it.

    Args:
        appraisal: The run in force.
        live_pledges: Registration numbers of other live pledges, by the right's number.
    """
    gates = {row.right: row for row in appraisal.diligence.registrability}
    standings = {row.right: row for row in appraisal.diligence.rights}
    return tuple(
        _view(
            patent,
            gates.get(patent.app_no),
            standings.get(patent.app_no),
            live_pledges.get(patent.app_no, ()),
        )
        for patent in appraisal.case.patents
    )


def _view(
    patent: Patent,
    gate: RegistrabilityRecord | None,
    standing: RightStanding | None,
    live: tuple[str, ...],
) -> RightView:
    seen = standing.read_on if standing is not None and standing.read_on else patent.as_of
    return RightView(
        number=patent.app_no,
        owners=tuple(
            Owner(name=owner.name, identifier=owner.credit_code or "") for owner in patent.owners
        ),
        seen_on=seen or patent.filing_date,
        term_end=standing.last_day if standing else None,
        gates=_outcomes(gate) if gate else (),
        live_pledges=live,
    )


def _outcomes(gate: RegistrabilityRecord) -> tuple[GateOutcome, ...]:
    conditions = tuple(
        message.code.removeprefix("gate.condition.")
        for limit in gate.limits
        if limit.use == _REGISTER
        for message in limit.conditions
    )
    return tuple(
        GateOutcome(
            row=rule.code.removeprefix(_ROW),
            answer=GateAnswer(gate.register),
            law=str(rule.facts.get("law", "")),
            condition=conditions[0] if conditions else "",
        )
        for rule in gate.decided_by
    )


def right_items(appraisal: Appraisal, numbers: tuple[str, ...]) -> tuple[RightItem, ...]:
    """The rights to be pledged, as a contract and an application list them."""
    patents = {patent.app_no: patent for patent in appraisal.case.patents}
    return tuple(
        RightItem(
            number=patents[number].app_no,
            name=patents[number].title,
            kind=str(patents[number].kind),
            filing_date=patents[number].filing_date,
            grant_date=patents[number].grant_date,
        )
        for number in numbers
    )


def fee_states(appraisal: Appraisal, numbers: tuple[str, ...], *, on: date) -> tuple[FeeState, ...]:
    """Until when each right's fees are paid, beside the next due date after a day.

    The fee of a patent year is due before the year begins, on the anniversary of the filing date;
    in the last year of the term none is.
    """
    patents = {patent.app_no: patent for patent in appraisal.case.patents}
    standings = {row.right: row for row in appraisal.diligence.rights}
    found = []
    for number in numbers:
        filed, standing = patents[number].filing_date, standings.get(number)
        next_due = anniversary(filed, whole_years(filed, on) + 1)
        has_ended = standing is not None and next_due > standing.last_day
        through = standing.paid_through if standing else None
        found.append(
            FeeState(
                right=number,
                next_due_on=None if has_ended else next_due,
                paid_until=None if through is None else anniversary(filed, through),
            )
        )
    return tuple(found)
