"""From several methods to one conclusion, with the reason in words.

At least two methods, or the coded reason why one only (Asset Appraisal Law, art. 26). An average of
results that contradict each other is refused unless somebody wrote down why it may be taken; the
main method then stands alone, and the record says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message

FAMILIES = ("income", "market", "cost", "option", "signal")
# Why one method only; the words stand in the catalog under "reconciliation.single.<reason>".
SINGLE_REASONS = (
    "no_comparables",
    "cost_unrelated",
    "no_separate_income",
    "undeveloped",
    "comparables_and_cost_unfit",
)
WEIGHTS_TOLERANCE = 1e-9


class ReconciliationError(InputError):
    """Methods or weights that cannot be reconciled as they were handed in."""

    code = "error.reconciliation"

    def __init__(self, problem: str, *, detail: str) -> None:
        super().__init__(
            f"Reconciliation: {problem} ({detail}).",
            problem=f"reconciliation.problem.{problem}",
            detail=detail,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodResult:
    """What one method says.

    Args:
        method: Key of the method.
        family: income, market, cost, option or signal.
        value: Central value, CNY, at least 0.
    """

    method: str
    family: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodWeight:
    """How much a method counts; a judgment with author and reason."""

    method: str
    weight: float
    author: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the house and the appraiser say beforehand.

    Args:
        ratio_max: Highest to lowest value above which no average is taken.
        single_reason: One of SINGLE_REASONS, or empty.
        written_reason: Why contradicting results may be averaged after all; empty when nobody
            wrote one.
        written_by: Author of the written reason.
    """

    ratio_max: float
    single_reason: str = ""
    written_reason: str = ""
    written_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciledMethod:
    """A method in the conclusion, with the weight that was really used."""

    result: MethodResult
    weight: float
    author: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The conclusion.

    Args:
        value: CNY.
        kind: single, weighted or selected.
        methods: Every method shown; weight 0 where it is shown only.
        ratio: Highest to lowest value; infinite where one of them is 0.
        reasons: The drafted reason, one sentence each, for a person to edit.
        breaches: What the house's rules do not allow; they belong on page one.
    """

    value: float
    kind: str
    methods: tuple[ReconciledMethod, ...]
    ratio: float
    reasons: tuple[Message, ...]
    breaches: tuple[Message, ...]

    @property
    def weights(self) -> Mapping[str, float]:
        """The weight used, by method."""
        return {item.result.method: item.weight for item in self.methods}


def reconcile(
    results: Sequence[MethodResult], *, weights: Sequence[MethodWeight], policy: Policy
) -> Reconciliation:
    """The conclusion from the methods' values.

    Raises:
        ReconciliationError: No results, a method twice, an unknown family or reason, a negative
            value, or weights that do not match the methods or do not sum to 1.
    """
    given = _matched(results, weights)
    if policy.single_reason and policy.single_reason not in SINGLE_REASONS:
        raise ReconciliationError("unknown_reason", detail=policy.single_reason)
    spread = _ratio([result.value for result in results])
    counted = [w for w in given if w.weight > 0]
    is_refused = len(counted) > 1 and spread > policy.ratio_max and not policy.written_reason
    if is_refused:
        main = max(given, key=lambda w: w.weight)
        given = tuple(_reweighted(w, 1.0 if w is main else 0.0) for w in given)
    kind = "selected" if is_refused else "weighted"
    if len(results) == 1:
        kind = "single"
    methods = tuple(
        ReconciledMethod(result=r, weight=w.weight, author=w.author, reason=w.reason)
        for r, w in zip(results, given, strict=True)
    )
    return Reconciliation(
        value=sum(item.weight * item.result.value for item in methods),
        kind=kind,
        methods=methods,
        ratio=spread,
        reasons=_reasons(methods, spread, policy, is_refused=is_refused),
        breaches=_breaches(results, spread, policy, is_refused=is_refused),
    )


def _reweighted(weight: MethodWeight, to: float) -> MethodWeight:
    return MethodWeight(method=weight.method, weight=to, author=weight.author, reason=weight.reason)


def _matched(
    results: Sequence[MethodResult], weights: Sequence[MethodWeight]
) -> tuple[MethodWeight, ...]:
    if not results:
        raise ReconciliationError("no_methods", detail="0")
    by_method = {weight.method: weight for weight in weights}
    names = [result.method for result in results]
    if len(set(names)) != len(names) or sorted(names) != sorted(w.method for w in weights):
        raise ReconciliationError("weights_mismatch", detail=", ".join(names))
    for result in results:
        if result.family not in FAMILIES:
            raise ReconciliationError("unknown_family", detail=result.family)
        if not result.value >= 0:
            raise ReconciliationError("negative_value", detail=f"{result.method} {result.value}")
    summed = sum(weight.weight for weight in weights)
    if abs(summed - 1) > WEIGHTS_TOLERANCE or any(weight.weight < 0 for weight in weights):
        raise ReconciliationError("weights_sum", detail=str(summed))
    return tuple(by_method[name] for name in names)


def _ratio(values: Sequence[float]) -> float:
    lowest, highest = min(values), max(values)
    if highest == lowest:
        return 1.0
    return highest / lowest if lowest > 0 else float("inf")


def _reasons(
    methods: Sequence[ReconciledMethod], spread: float, policy: Policy, *, is_refused: bool
) -> tuple[Message, ...]:
    sentences = [_row(item) for item in methods]
    families = dict.fromkeys(item.result.family for item in methods if item.weight > 0)
    sentences += [Message(f"reconciliation.why.{family}") for family in families]
    if len(methods) == 1:
        if policy.single_reason:
            sentences.append(Message(f"reconciliation.single.{policy.single_reason}"))
        return tuple(sentences)
    if np.isfinite(spread):
        sentences.append(Message("reconciliation.ratio", {"ratio": spread}))
    if policy.written_reason and spread > policy.ratio_max:
        facts = {"reason": policy.written_reason, "author": policy.written_by}
        sentences.append(Message("reconciliation.written", facts))
    if is_refused:
        main = next(item.result.method for item in methods if item.weight > 0)
        sentences.append(Message("reconciliation.selected", {"method": f"method.{main}"}))
    return tuple(sentences)


def _row(item: ReconciledMethod) -> Message:
    facts: dict[str, Fact] = {
        "method": f"method.{item.result.method}",
        "value": item.result.value,
        "weight": item.weight,
        "reason": item.reason,
        "author": item.author,
    }
    return Message("reconciliation.row" if item.weight > 0 else "reconciliation.shown", facts)


def _breaches(
    results: Sequence[MethodResult], spread: float, policy: Policy, *, is_refused: bool
) -> tuple[Message, ...]:
    breaches: list[Message] = []
    if len(results) == 1 and not policy.single_reason:
        method = f"method.{results[0].method}"
        breaches.append(Message("reconciliation.single_unreasoned", {"method": method}))
    if len(results) > 1 and len({result.family for result in results}) == 1:
        family = f"family.{results[0].family}"
        breaches.append(Message("reconciliation.one_approach", {"family": family}))
    if is_refused:
        facts: dict[str, Fact] = {
            "ratio": spread if np.isfinite(spread) else None,
            "ratio_max": policy.ratio_max,
        }
        breaches.append(Message("reconciliation.average_refused", facts))
    return tuple(breaches)
