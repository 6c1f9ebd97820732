"""The risk officer proposes limit, price and conditions; others approve, return or refuse."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from zhirong.application.subset import value_of_subset
from zhirong.core.errors import StateError
from zhirong.core.money import Money
from zhirong.core.periods import Period
from zhirong.lending.policy import LimitSheet, limit_sheet
from zhirong.lending.products import product
from zhirong.lending.rates import FloatingRate, LprTenor, rate_path
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight
from zhirong.platform.appraisals.reading import appraisal_of_run, fen
from zhirong.platform.lending.models import Application, Decision, Proposal
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance, need_stage
from zhirong.platform.matters.visibility import matter_for
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.prepared import Prepared

_APPLICATION = Prepared(lambda matter: Application.objects.filter(matter_id=matter), int)
_VALUED = Prepared(
    lambda matter: AppraisalRun.objects.filter(
        matter_id=matter, state=AppraisalRun.State.DONE
    ).exclude(covered_fen=None),
    int,
)
Stage = Matter.Stage
Verdict = Decision.Verdict
MONTHS_OF_SHORT_LPR = 60  # above five years the long rate is quoted


class DecisionError(StateError):
    """A decision that this person may not take; `reason` is the code of its words."""

    code = "error.decision"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The decision: {reason}.", reason=f"error.decision.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an officer proposes.

    Args:
        limit: At most what the sheet supports.
        spread_bp: On top of the loan prime rate.
        rights: Numbers of the rights to be pledged; where none is named, all registrable ones.
        conditions: To be met before money goes out.
        reason: The officer's own words.
    """

    limit: Money
    spread_bp: Decimal
    rights: tuple[str, ...]
    conditions: tuple[str, ...]
    reason: str


def run_in_force(matter: Matter) -> AppraisalRun:
    """The last run with a value that is still valid.

    Raises:
        DecisionError: There is none, or its validity has ended.
    """
    run = _VALUED.row(matter.pk)
    if run is None:
        raise DecisionError("no_value")
    if run.valid_until is not None and clock.today() > run.valid_until:
        raise DecisionError("value_stale")
    return run


def sheet_for(matter: Matter) -> LimitSheet:
    """What the policy supports for a matter on this day.

    Raises:
        DecisionError: There is no value in force.
    """
    application = _APPLICATION.row(matter.pk)
    assert application is not None, "a matter is weighed once it was applied for"
    run, day, parameters = run_in_force(matter), clock.today(), Parameters()
    assert run.covered_fen is not None, "a run in force has a covered amount"
    terms = product(application.product, on=day, parameters=parameters)
    return limit_sheet(
        Money.of_fen(application.amount_fen),
        covered_max=Money.of_fen(run.covered_fen),
        product_max=terms.amount_max,
        on=day,
        parameters=parameters,
    )


def quoted_rate(spread_bp: Decimal, tenor_months: int) -> tuple[LprTenor, Decimal]:
    """The reference rate by tenor, and the rate of this day: reference and spread."""
    tenor = LprTenor.ONE_YEAR if tenor_months <= MONTHS_OF_SHORT_LPR else LprTenor.FIVE_YEARS
    day = clock.today()
    contract = FloatingRate(tenor=tenor, spread_bp=spread_bp, repricing=None)
    path = rate_path(contract, term=Period(day, None), known_on=day, parameters=Parameters())
    return tenor, path.at(day)


def cover_of(run: AppraisalRun, rights: tuple[str, ...]) -> Money:
    """Caps x market value of a set of rights as a set: a part is worth less than its share says.

    The whole registrable set stands in the run; another one is replayed from its result.
    """
    assert run.covered_fen is not None, "a run in force has a covered amount"
    registrable = AppraisedRight.objects.filter(run=run, is_registrable=True)
    if set(rights) == set(registrable.values_list("number", flat=True)):
        return Money.of_fen(run.covered_fen)
    pledge = value_of_subset(appraisal_of_run(run), rights).pledge
    return Money.of_fen(fen(pledge.caps_amount) if pledge is not None else 0)


@transaction.atomic
def propose(number: str, terms: Terms, *, actor: Viewer) -> Proposal:
    """Put limit, price and conditions before the approvers.

    Raises:
        DecisionError: The limit is above what the policy supports, a right cannot be registered,
            or there is no value in force.
    """
    matter = matter_for(number, actor, Right.PROPOSE)
    need_stage(matter, Stage.APPRAISED, wanted=Stage.PROPOSED)
    run, sheet = run_in_force(matter), sheet_for(matter)
    application = Application.objects.get(matter=matter)
    if not 0 < terms.limit.fen <= sheet.limit.fen:
        raise DecisionError("above_policy")
    rights = _rights(run, terms.rights)
    # Who must approve follows from what is proposed, not from what the policy would bear.
    own = limit_sheet(
        terms.limit,
        covered_max=cover_of(run, rights),
        product_max=None,
        on=clock.today(),
        parameters=Parameters(),
    )
    if own.limit != terms.limit:
        raise DecisionError("above_cover")
    tenor, rate = quoted_rate(terms.spread_bp, application.tenor_months)
    made = Proposal.objects.create(
        matter=matter,
        version=Proposal.objects.filter(matter=matter).count() + 1,
        run=run,
        limit_fen=terms.limit.fen,
        covered_fen=own.covered.fen,
        uncovered_fen=own.uncovered.fen,
        needs_second=own.needs_second,
        tenor_months=application.tenor_months,
        form=application.form,
        every_months=application.every_months,
        lpr_tenor=tenor.value,
        spread_bp=terms.spread_bp,
        quoted_rate=rate,
        rights=list(rights),
        conditions=[text.strip() for text in terms.conditions if text.strip()],
        reason=terms.reason.strip(),
        sheet=_as_json(sheet),
        author_id=actor.user_id,
        proposed_on=clock.today(),
    )
    facts = {"limit_fen": terms.limit.fen, "rate": str(rate), "version": made.version}
    journal.record("proposal_made", by=actor, matter_id=matter.pk, facts=facts)
    advance(matter, Stage.PROPOSED, actor=actor)
    return made


def _rights(run: AppraisalRun, named: tuple[str, ...]) -> tuple[str, ...]:
    open_rows = AppraisedRight.objects.filter(run=run, is_registrable=True)
    registrable = tuple(open_rows.values_list("number", flat=True))
    if not registrable or set(named) - set(registrable):
        raise DecisionError("not_registrable")
    return named or registrable


def _as_json(sheet: LimitSheet) -> dict[str, object]:
    amounts = ("asked", "covered_max", "uncovered_max", "limit", "covered", "uncovered")
    return {
        **{f"{name}_fen": getattr(sheet, name).fen for name in amounts},
        "reasons": [
            {"code": item.code, "facts": {k: str(v) for k, v in item.facts.items()}}
            for item in sheet.reasons
        ],
    }


@transaction.atomic
def decide(
    number: str, verdict: Decision.Verdict, *, reason: str, version: int, actor: Viewer
) -> Proposal:
    """One officer decides of the open proposal; a second one must, where the sheet says so.

    Args:
        number: Of the matter.
        verdict: Approve, return to the author, or refuse for good.
        reason: In the officer's words; a return and a refusal need one.
        version: The version that was read: a newer one is never decided unseen.
        actor: Who decides.

    Raises:
        DecisionError: The author decides on himself, somebody decides twice, the first of two
            eyes is missing, or another version is open.
    """
    matter = matter_for(number, actor, Right.APPROVE)
    need_stage(matter, Stage.PROPOSED, wanted=Stage.APPROVED)
    proposal = Proposal.objects.select_for_update().get(matter=matter, state=Proposal.State.OPEN)
    is_second = _may_decide(proposal, verdict, reason=reason, version=version, actor=actor)
    Decision.objects.create(
        proposal=proposal,
        officer_id=actor.user_id,
        is_second=is_second,
        verdict=verdict,
        reason=reason.strip(),
        decided_on=clock.today(),
    )
    facts = {"verdict": f"verdict.{verdict}", "version": version, "reason": reason.strip()}
    journal.record("decision_taken", by=actor, matter_id=matter.pk, facts=facts)
    _conclude(matter, proposal, verdict, is_second=is_second, actor=actor)
    return proposal


def _may_decide(
    proposal: Proposal, verdict: str, *, reason: str, version: int, actor: Viewer
) -> bool:
    """Whether this is the second pair of eyes."""
    decided = proposal.decisions.all()
    if proposal.version != version:
        raise DecisionError("other_version")
    if proposal.author_id == actor.user_id:
        raise DecisionError("own_proposal")
    if any(item.officer_id == actor.user_id for item in decided):
        raise DecisionError("twice")
    if verdict != Decision.Verdict.APPROVE and not reason.strip():
        raise DecisionError("reason_missing")
    is_second = bool(decided)
    if is_second:
        actor.need(Right.APPROVE_ABOVE)
    return is_second


def _conclude(
    matter: Matter, proposal: Proposal, verdict: str, *, is_second: bool, actor: Viewer
) -> None:
    state, stage = {
        "approve": (Proposal.State.APPROVED, Stage.APPROVED),
        "return": (Proposal.State.RETURNED, Stage.APPRAISED),
        "refuse": (Proposal.State.REFUSED, Stage.REFUSED),
    }[verdict]
    if verdict == "approve" and proposal.needs_second and not is_second:
        return
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    proposal.state = state
    advance(matter, stage, actor=actor)
