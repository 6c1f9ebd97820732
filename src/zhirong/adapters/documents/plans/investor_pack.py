"""The investor pack: how the plan works, what it pays, what may be lost, what is not verified."""

from collections.abc import Iterator
from dataclasses import replace

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Disclaimer,
    Heading,
    Pair,
    Prose,
)
from zhirong.adapters.documents.charts import deal_structure
from zhirong.adapters.documents.charts.deal_structure import DealStructureChart, PartyBox
from zhirong.adapters.documents.document import Document, Result
from zhirong.adapters.documents.plans import cash_tables, cost_tables, loss_tables
from zhirong.adapters.documents.plans.page_charts import page_charts
from zhirong.adapters.documents.plans.paper import Front, Paper, paper_of
from zhirong.adapters.documents.plans.pool_tables import obligor_table
from zhirong.adapters.documents.plans.term_sheet import (
    bare_view,
    issued,
    offer_flags,
    plan_dates,
    step_table,
    tranche_table,
)
from zhirong.application.plans.structure import Structure
from zhirong.core.messages import Catalog, Language

CODE = "pack"
_ABOVE = ("shortfall_payer", "guarantor")
_BELOW = ("manager", "custodian", "servicer")
_RISKS = ("supports", "single", "recovery", "model", "legal", "rate", "money")


def investor_pack(found: Structure, *, words: Catalog, lang: Language) -> Document:
    """The pack in one language."""
    paper = paper_of(found.inputs.plan, words=words, lang=lang)
    front = Front(
        kind=paper.say("kind.offer"),
        number=f"{paper.plan.key.upper()}-P-{paper.plan.dates.cut_off:%Y%m%d}",
        dates=plan_dates(paper),
        result=_result(paper, found),
        reasons=_reasons(paper, found),
        flags=offer_flags(paper, found),
    )
    charts = {
        each.key: replace(each.chart, source=paper.say(f"pack.source.{each.key}"))
        for each in page_charts(found, words=words, lang=lang)
    }
    body = tuple(_body(paper, found, charts))
    return paper.document(CODE, front, body, on=paper.plan.dates.cut_off)


def _result(paper: Paper, found: Structure) -> Result:
    senior = found.scenarios[0].tranches[0]
    size = paper.headline(senior.balance_fen)
    if found.losses is None:
        return Result(
            label=paper.say("pack.result_plain", name=paper.label(senior.key)),
            headline=size,
            interval=paper.say("pack.no_losses"),
        )
    losses = found.losses.views[0].tranches[0]
    loss, chance = losses.at_end.expected_loss, losses.at_end.probability_of_loss
    bare = bare_view(found)
    beside = [
        Pair(paper.say("pack.size", name=paper.label(senior.key)), size),
        Pair(paper.say("head.coupon"), paper.rate(senior.rate)),
    ]
    if bare is not None:
        text = paper.say("bp", points=paper.basis(bare.tranches[0].at_end.expected_loss.value))
        beside.append(Pair(paper.say("pack.bare"), text))
    return Result(
        label=paper.say("pack.result", name=paper.label(senior.key)),
        headline=paper.say("bp", points=paper.basis(loss.value)),
        interval=paper.say(
            "pack.interval",
            confidence=found.losses.confidence,
            low=paper.basis(loss.low),
            high=paper.basis(loss.high),
        ),
        note=paper.say(
            "pack.result_note",
            chance=paper.basis(chance.value),
            paths=found.losses.paths,
            grade=losses.grade.grade,
        ),
        beside=tuple(beside),
    )


def _reasons(paper: Paper, found: Structure) -> tuple[str, ...]:
    base = found.scenarios[0]
    reasons = [
        paper.say(
            "pack.reason.structure",
            size=paper.money(issued(found)),
            count=len(found.inputs.pool.obligors),
            share=found.retained,
        ),
        paper.say(
            "pack.reason.cover",
            cover=paper.times(base.cover[-1].interest),
            life=paper.wording.number(base.tranches[0].average_life, 2),
            back=paper.rate(base.tranches[0].return_),
        ),
    ]
    for each in found.breaking:
        smallest = each.reverse.smallest
        view = loss_tables.view_name(paper, found, each.view)
        if smallest is None:
            text = paper.say("pack.reason.unbroken", view=view, tried=each.reverse.tried)
        else:
            names = loss_tables.who(paper, found, smallest.obligors)
            text = paper.say(
                "pack.reason.broken",
                view=view,
                names=names,
                chance=paper.basis(smallest.joint_probability),
            )
        reasons.append(text)
    return tuple(reasons)


def _body(paper: Paper, found: Structure, charts: dict[str, Chart]) -> Iterator[Block]:
    yield Heading(paper.say("pack.structure"))
    yield _structure_chart(paper, found)
    yield tranche_table(paper, found)
    yield Heading(paper.say("pack.cash"))
    yield from cash_tables.blocks(paper, found)
    yield charts["tranche_balances"]
    yield Heading(paper.say("pack.pool"))
    yield charts["concentration"]
    yield obligor_table(paper, found)
    if found.losses is not None:
        yield Heading(paper.say("pack.losses"))
        yield charts["loss_distribution"]
        yield from loss_tables.losses(paper, found, found.losses)
    yield Heading(paper.say("pack.scenarios"))
    yield loss_tables.scenarios(paper, found)
    yield from loss_tables.stress(paper, found)
    yield from loss_tables.breaking(paper, found)
    if found.costs is not None:
        yield Heading(paper.say("pack.costs"))
        yield from cost_tables.blocks(paper, found, found.costs)
    if found.inputs.steps:
        yield Heading(paper.say("term_sheet.steps"))
        yield step_table(paper, found)
    yield Heading(paper.say("pack.risks"))
    yield Bullets(tuple(paper.say(f"pack.risk.{each}") for each in _RISKS))
    yield Heading(paper.say("pack.unverified"))
    yield Prose(paper.say("pack.unverified_text"))
    yield Disclaimer(
        title=paper.say("limits"),
        paragraphs=(paper.say("pack.limits"), paper.say("term_sheet.not_an_offer")),
    )


def _structure_chart(paper: Paper, found: Structure) -> Chart:
    parties = found.inputs.parties
    number = len(found.inputs.pool.obligors)
    named = paper.say("none")

    def box(role: str) -> PartyBox:
        return PartyBox(paper.say(f"party.{role}"), parties.get(role, named))

    line = (
        PartyBox(paper.say("pool.fact.obligors"), paper.say("count.obligors", count=number)),
        box("lender"),
        PartyBox(paper.say("pack.chart.plan"), paper.plan.key),
        PartyBox(paper.say("pack.chart.investors"), _tranche_names(paper, found)),
    )
    svg = deal_structure.svg(
        DealStructureChart(
            line=line,
            forth=tuple(paper.say(f"pack.chart.forth.{at}") for at in ("loan", "price", "money")),  # type: ignore[arg-type]
            back=tuple(paper.say(f"pack.chart.back.{at}") for at in ("pledge", "claim", "paid")),  # type: ignore[arg-type]
            above=tuple(box(role) for role in _ABOVE if role in parties),
            below=tuple(box(role) for role in _BELOW if role in parties),
            promise=paper.say("pack.chart.promise"),
            service=paper.say("pack.chart.service"),
        )
    )
    return Chart(
        svg=svg,
        title=paper.say("pack.chart.title"),
        subtitle=paper.say("pack.chart.subtitle"),
        source=paper.say("pack.chart.source"),
        alt=paper.say("pack.chart.alt"),
    )


def _tranche_names(paper: Paper, found: Structure) -> str:
    return paper.names.labels([each.key for each in found.inputs.plan.tranches])
