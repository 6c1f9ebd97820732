"""The pool held against its rules, cut by what it stands on, and without each firm in turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhirong.application.plans.records import PlanInputs
from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters
from zhirong.securitization.pool import (
    concentration,
    diversity,
    eligibility,
    rules,
    selection,
    what_if,
)
from zhirong.securitization.pool.concentration import By, Slice
from zhirong.securitization.pool.records import Pool
from zhirong.securitization.pool.rules import Finding, PoolRules
from zhirong.securitization.pool.what_if import Change


class PoolRulesError(InputError):
    """A pool that breaks rules; `problems` says which, `places` where each claim stands."""

    code = "error.plans.pool_rules"

    def __init__(self, plan: str, problems: tuple[Message, ...], places: tuple[str, ...]) -> None:
        super().__init__(
            f"The pool of {plan} breaks {len(problems)} rules.", plan=plan, count=len(problems)
        )
        self.problems = problems
        self.places = places


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolTests:
    """What was found of the pool.

    Attributes:
        findings: Every rule, met or not.
        waived: Rules that the plan file waives, with the reason.
        cuts: The pool by what it can be cut.
        effective_number: Equal obligors that would be as concentrated.
        diversity_score: Names that default by themselves.
        top_five: Share of the five largest obligors.
        without_one: The pool without each of its obligors.
    """

    findings: tuple[Finding, ...]
    waived: Mapping[str, str]
    cuts: Mapping[By, tuple[Slice, ...]]
    effective_number: float
    diversity_score: float
    top_five: float
    without_one: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pool chosen from the tape under the plan file's wishes; the arranger decides."""

    obligors: tuple[str, ...]
    left_out: tuple[str, ...]
    balance_fen: int
    effective_number: float
    largest_share: float


def proposal(inputs: PlanInputs) -> Proposal | None:
    """What the selector proposes; None where the plan file asks for none.

    Raises:
        NoPoolError: No choice keeps the wishes.
    """
    if inputs.selection is None:
        return None
    chosen = selection.propose(inputs.pool, inputs.selection)
    pool = selection.of_obligors(inputs.pool, chosen)
    return Proposal(
        obligors=chosen,
        left_out=tuple(
            each.obligor_id for each in inputs.pool.obligors if each.obligor_id not in chosen
        ),
        balance_fen=pool.balance_fen,
        effective_number=concentration.effective_number(pool),
        largest_share=concentration.top_share(pool, 1),
    )


def pool_tests(inputs: PlanInputs, parameters: Parameters) -> PoolTests:
    """The pool of the plan under the rules in force on the cut-off day."""
    pool, day = inputs.pool, inputs.plan.dates.cut_off
    in_force = rules.in_force(parameters, on=day)
    ends = inputs.plan.dates.payments[-1]
    scores = diversity.published_scores(parameters, on=day)
    return PoolTests(
        findings=eligibility.findings(pool, in_force, plan_ends=ends),
        waived=inputs.waived,
        cuts={by: concentration.slices(pool, by) for by in By},
        effective_number=concentration.effective_number(pool),
        diversity_score=diversity.score_of_pool(pool, scores),
        top_five=concentration.top_share(pool, 5),
        without_one=_without_one(pool, in_force, ends),
    )


def check_rules(inputs: PlanInputs, parameters: Parameters) -> None:
    """Nothing, if the pool keeps every rule that the plan file does not waive.

    Raises:
        PoolRulesError: A rule is broken.
    """
    in_force = rules.in_force(parameters, on=inputs.plan.dates.cut_off)
    found = eligibility.findings(inputs.pool, in_force, plan_ends=inputs.plan.dates.payments[-1])
    broken = [each for each in eligibility.broken(found) if each.rule not in inputs.waived]
    if broken:
        problems = tuple(each.message for each in broken)
        places = tuple(_place(inputs, each) for each in broken)
        raise PoolRulesError(inputs.plan.key, problems, places)


def _place(inputs: PlanInputs, finding: Finding) -> str:
    """The rule by its name, with the row of the tape where one claim or obligor breaks it."""
    owed = {each.obligor_id: each.claim_id for each in reversed(inputs.pool.claims)}
    claim = owed.get(finding.subject, finding.subject)
    row = inputs.rows.get(claim, "")
    return f"{row} [{finding.rule}]" if row else f"[{finding.rule}]"


def _without_one(pool: Pool, in_force: PoolRules, ends: date) -> tuple[Change, ...]:
    if len(pool.obligors) < 2:
        return ()
    return tuple(
        what_if.without(pool, each.obligor_id, in_force, plan_ends=ends) for each in pool.obligors
    )
