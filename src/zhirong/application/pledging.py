"""The pledge view of a case: what can be registered, its value as a set, and the collateral."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zhirong.application.case.context import Context, parameter_origin
from zhirong.application.diligence import Diligence
from zhirong.application.result import PledgePart, PledgeResult
from zhirong.application.sharing import Sharing
from zhirong.core.distribution import Meaning, ValueDistribution, from_samples
from zhirong.core.figure import Figure, gather, ratio, round_fen, total, total_by
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.diligence.gating import Answer, Use
from zhirong.rights.records import PatentKind
from zhirong.valuation.disposal import DisposalTerms, read_terms
from zhirong.valuation.premises import (
    CollateralPart,
    default_conditional,
    gone_concern,
    liquidation,
    pledge_view,
    read_cap,
    read_policy,
)

SET = "pledge_set"
KEY = "pledge"
KINDS = tuple(PatentKind)
RISK_FREE = "pledge.disposal.discount_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledging:
    """The pledge view with its workings and distributions."""

    result: PledgeResult
    sheets: tuple[Sheet, ...]
    market: ValueDistribution
    liquidation: ValueDistribution


def market_meaning(account: str) -> Meaning:
    """A market value today, going concern."""
    return Meaning(
        premise="market_value",
        condition="none",
        horizon_years=0.0,
        are_costs_deducted=False,
        account=account,
    )


def other_premises(
    context: Context, market: ValueDistribution
) -> tuple[tuple[str, ValueDistribution], ...]:
    """The same rights under the other premises: (name, distribution)."""
    on = context.valuation_date
    rate = context.number(RISK_FREE)

    def terms(premise: str) -> DisposalTerms:
        return read_terms(context.parameters, premise, on=on, discount_rate=rate)

    return (
        ("liquidation", liquidation(market, terms=terms("liquidation"))),
        ("gone_concern", gone_concern(market, terms=terms("gone_concern"))),
        ("default", default_conditional(market, terms=terms("default"), wrong_way=None)),
    )


def pledge(
    context: Context,
    found: Diligence,
    sharing: Sharing,
    *,
    among: Collection[int] | None = None,
) -> Pledging | None:
    """The pledge view of all rights that can be registered; None where there are none.

    Args:
        context: What all steps read.
        found: The diligence, which says what can be registered.
        sharing: The values of sets.
        among: Places of the rights to choose from; None for all of the case.
    """
    patents = context.case.patents
    chosen = frozenset(range(len(patents)) if among is None else among)
    open_to = [
        found.answer(patent.app_no, Use.REGISTER_PLEDGE) is not Answer.NO for patent in patents
    ]
    rights = {p.right for p in sharing.places if open_to[p.right] and p.right in chosen}
    if not rights:
        return None
    market = from_samples(sharing.set_draws(rights), meaning=market_meaning("collateral_set"))
    on = context.valuation_date
    terms = read_terms(
        context.parameters, "liquidation", on=on, discount_rate=context.number(RISK_FREE)
    )
    forced = liquidation(market, terms=terms)
    policy, probability = read_policy(context.parameters, on=on)
    of_set = _set_sheet(sharing, rights)
    by_kind = _kind_sheet(context, sharing, of_set)
    parts = _parts(context, by_kind)
    amounts = by_kind.lines["kind_amount"].figure.values.tolist()
    view = pledge_view(
        parts,
        market=market,
        forced_sale=forced,
        policy=policy,
        quantile_probability=probability,
    )
    result = PledgeResult(
        parts=tuple(
            PledgePart(kind=p.kind, market_value=p.market_value, cap=p.cap, amount=amount)
            for p, amount in zip(view.parts, amounts, strict=True)
        ),
        market_value=round(view.market_value, 2),
        caps_amount=round(view.caps_amount, 2),
        quantile_probability=view.quantile_probability,
        prudent_quantile=round(view.prudent_quantile, 2),
        liquidation_value=round(view.liquidation_value, 2),
        policy=view.policy,
        collateral_amount=round(view.collateral_amount, 2),
        notes=view.notes,
        excluded=tuple(
            patent.app_no
            for place, patent in enumerate(patents)
            if place in chosen and not open_to[place]
        ),
    )
    return Pledging(result=result, sheets=(of_set, by_kind), market=market, liquidation=forced)


def _set_sheet(sharing: Sharing, rights: set[int]) -> Sheet:
    """The value of the set shared among its rights; line "value" (right)."""
    groups = [item.group for item in sharing.conclusion.groups]
    sheet = Sheet(SET, labels=sharing.sheet.labels)
    index = tuple(place.group for place in sharing.places)
    group_value = sheet.take(sharing.sheet, "group_value")
    value = sheet.take(sharing.sheet, "value", as_key="right_value")
    in_set = sheet.computed(
        "in_set",
        [float(place.right in rights) for place in sharing.places],
        "1",
        axes=("right",),
        origins=ComputedOrigin(by="registrability_gate"),
    )
    factor = sheet.computed(
        "set_factor",
        sharing.set_factors(rights).round(9),
        "share",
        axes=("asset",),
        origins=ComputedOrigin(by="set_game"),
    )
    of_set = sheet.line("set_value", group_value * factor, "CNY")
    kept = sheet.line("kept_value", value * in_set, "CNY")
    kept_total = sheet.line("kept_total", total_by(kept, index=index, assets=len(groups)), "CNY")
    scale = sheet.line("set_scale", ratio(of_set, kept_total), "1")
    sheet.line("value", kept * gather(scale, index=index), "CNY")
    return sheet


def _kind_sheet(context: Context, sharing: Sharing, of_set: Sheet) -> Sheet:
    """Σ cap × market value by kind; lines "kind_value", "kind_amount" (asset), "value" ()."""
    patents = context.case.patents
    on = context.valuation_date
    kinds = _kinds(context, sharing)
    sheet = Sheet(KEY, labels={"asset": kinds, "right": of_set.labels["right"]})
    value = sheet.take(of_set, "value", as_key="set_right_value")
    index = tuple(kinds.index(str(patents[place.right].kind)) for place in sharing.places)
    caps = [context.parameters.get(f"pledge.cap.{kind}", on=on) for kind in kinds]
    cap: Figure = sheet.parameter(
        "cap",
        [float(item.number) for item in caps],
        "share",
        axes=("asset",),
        origins=[parameter_origin(item, on) for item in caps],
    )
    by_kind = sheet.line(
        "kind_value", round_fen(total_by(value, index=index, assets=len(kinds))), "CNY"
    )
    amount = sheet.line("kind_amount", round_fen(by_kind * cap), "CNY")
    sheet.line("value", total(amount, over="asset"), "CNY")
    return sheet


def _kinds(context: Context, sharing: Sharing) -> tuple[str, ...]:
    held = {context.case.patents[place.right].kind for place in sharing.places}
    return tuple(str(kind) for kind in KINDS if kind in held)


def _parts(context: Context, by_kind: Sheet) -> Sequence[CollateralPart]:
    kinds = by_kind.labels["asset"]
    values = by_kind.lines["kind_value"].figure.values
    return [
        CollateralPart(
            kind=kind,
            market_value=float(value),
            cap=read_cap(context.parameters, kind, on=context.valuation_date),
        )
        for kind, value in zip(kinds, values, strict=True)
    ]
