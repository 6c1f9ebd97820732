"""Values that others gave, read as evidence: shown beside ours with the gap, never averaged."""

from collections.abc import Sequence

from zhirong.application.case.case_file import ThirdPartyValue
from zhirong.application.case.context import Context
from zhirong.application.result import RightValue, ThirdPartyGap
from zhirong.core.messages import Fact, Message


def third_party_gaps(
    context: Context, *, whole_value: float, rights: Sequence[RightValue]
) -> tuple[ThirdPartyGap, ...]:
    """Each value that somebody else gave beside ours for the same rights."""
    return tuple(
        _gap(item, context, whole_value, rights) for item in context.case.third_party_values
    )


def _gap(
    item: ThirdPartyValue, context: Context, whole_value: float, rights: Sequence[RightValue]
) -> ThirdPartyGap:
    ours = _ours(item.scope, whole_value, rights)
    theirs = None if item.amount is None else float(item.amount)
    age = (context.valuation_date - item.valued_on).days
    if theirs is None or ours is None:
        code = "third_party.no_amount"
    elif theirs >= ours:
        code = "third_party.above"
    else:
        code = "third_party.below"
    facts: dict[str, Fact] = {
        "provider": item.provider,
        "days": age,
        "share": abs(theirs / ours - 1) if theirs is not None and ours else None,
    }
    return ThirdPartyGap(
        provider=item.provider,
        kind=item.kind,
        scope=item.scope,
        valued_on=item.valued_on,
        amount=theirs,
        ours=ours,
        note=Message(code, facts),
    )


def _ours(scope: str, whole_value: float, rights: Sequence[RightValue]) -> float | None:
    if not scope:
        return whole_value
    own = [item.value for item in rights if item.right == scope or scope in item.groups]
    return round(sum(own), 2) if own else None
