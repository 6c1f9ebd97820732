"""Values that others gave, read as evidence: shown beside ours with the gap, never averaged."""

from collections.abc import Sequence

from zhirong.application.case.case_file import Exported, ThirdPartyValue
from zhirong.application.case.context import Context
from zhirong.application.result import RightValue, ThirdPartyGap
from zhirong.core.messages import Fact, Message


def third_party_gaps(
    context: Context, *, whole_value: float, rights: Sequence[RightValue]
) -> tuple[ThirdPartyGap, ...]:
    """Each value that somebody else gave beside ours for the same rights."""
    return tuple(
        _given(item, context, whole_value, rights)
        if item.exported is None
        else _inside_export(item, item.exported, rights)
        for item in context.case.third_party_values
    )


def _given(
    item: ThirdPartyValue, context: Context, whole_value: float, rights: Sequence[RightValue]
) -> ThirdPartyGap:
    """One that the analyst lists on the sheet for values of others."""
    assert item.valued_on is not None, "the sheet asks for the day"
    ours = _ours(item.scope, whole_value, rights)
    theirs = None if item.amount is None else float(item.amount)
    age = (context.valuation_date - item.valued_on).days
    if theirs is None and item.score is not None:
        code = "third_party.score_given"
    elif theirs is None or ours is None:
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
        ours=ours if theirs is not None else None,
        note=Message(code, facts),
        score=None if item.score is None else float(item.score),
        our_score=None if item.score is None else _our_score(item.scope, rights),
    )


def _inside_export(
    item: ThirdPartyValue, exported: Exported, rights: Sequence[RightValue]
) -> ThirdPartyGap:
    """One that stands inside an export: money beside our money, a score beside our score."""
    right = next((own for own in rights if own.right == item.scope), None)
    is_money = item.kind == "vendor_value"
    theirs = None if item.amount is None else float(item.amount)
    ours = right.value if right is not None and is_money else None
    return ThirdPartyGap(
        provider=item.provider,
        kind=item.kind,
        scope=item.scope,
        valued_on=item.valued_on,
        amount=theirs,
        ours=ours,
        note=_money_note(exported, theirs, ours) if is_money else _score_note(exported),
        exported=exported,
        score=None if item.score is None else float(item.score),
        our_score=right.score if right is not None and not is_money else None,
        source=item.source,
    )


def _money_note(exported: Exported, theirs: float | None, ours: float | None) -> Message:
    facts: dict[str, Fact] = {"heading": exported.heading}
    if theirs is None:
        return Message("third_party.no_currency", facts)
    if exported.currency is not None:
        return Message("third_party.foreign", {**facts, "currency": exported.currency})
    if not ours:
        return Message("third_party.vendor_alone", facts)
    code = "third_party.vendor_above" if theirs >= ours else "third_party.vendor_below"
    return Message(code, {**facts, "share": abs(theirs / ours - 1)})


def _score_note(exported: Exported) -> Message:
    facts: dict[str, Fact] = {"heading": exported.heading}
    if exported.scale is None:
        return Message("third_party.score_no_scale", facts)
    return Message("third_party.score", {**facts, "scale": exported.scale})


def _our_score(scope: str, rights: Sequence[RightValue]) -> float | None:
    return next((own.score for own in rights if own.right == scope), None)


def _ours(scope: str, whole_value: float, rights: Sequence[RightValue]) -> float | None:
    if not scope:
        return whole_value
    own = [item.value for item in rights if item.right == scope or scope in item.groups]
    return round(sum(own), 2) if own else None
