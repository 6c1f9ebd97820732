"""What vendors say of the rights inside the exports: money beside our money, scores beside ours."""

from collections.abc import Iterable
from itertools import groupby

from zhirong.adapters.documents.blocks import Block, Column, Heading, Row, Table
from zhirong.adapters.documents.reports.valuation_evidence import rounded
from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.case.case_file import Exported
from zhirong.application.result import ThirdPartyGap


def vendor_blocks(view: View) -> list[Block]:
    """The tables of vendors' values and scores; nothing where the exports hold none."""
    found = [gap for gap in view.valuation.third_party if gap.exported is not None]
    money = [gap for gap in found if gap.kind == "vendor_value"]
    scores = [gap for gap in found if gap.kind != "vendor_value"]
    blocks: list[Block] = []
    if money:
        blocks.append(_money(view, money))
    if scores:
        blocks.append(_scores(view, scores))
    return [Heading(view.say("value.vendor.section"), level=2), *blocks] if blocks else []


def _money(view: View, gaps: list[ThirdPartyGap]) -> Table:
    say, unit = view.say, view.wording.amount_unit
    return Table(
        title=say("value.vendor.money_table"),
        columns=(
            Column(head=say("value.vendor.right")),
            Column(head=say("value.provider"), width="1fr"),
            Column(head=say("value.vendor.written")),
            Column(head=say("value.theirs"), unit=unit, align="decimal"),
            Column(head=say("value.ours"), unit=unit, align="decimal"),
            Column(head=say("value.valued_on")),
            Column(head=say("value.gap_reason"), width="1.8fr"),
        ),
        rows=tuple(_money_row(view, gap) for gap in gaps),
        note=say("value.vendor.money_note"),
    )


def _money_row(view: View, gap: ThirdPartyGap) -> Row:
    wording, exported = view.wording, _exported(gap)
    theirs = gap.amount if exported.currency is None else None
    return Row(
        cells=(
            wording.name(gap.scope),
            f"{_provider(view, gap)}\n{_place([gap])}",
            exported.written,
            wording.amount(theirs),
            wording.amount(gap.ours),
            _day(view, gap),
            wording.message(rounded(gap.note)),
        )
    )


def _scores(view: View, gaps: list[ThirdPartyGap]) -> Table:
    say = view.say
    rows = groupby(gaps, key=lambda gap: (gap.scope, gap.provider, gap.valued_on))
    return Table(
        title=say("value.vendor.score_table"),
        columns=(
            Column(head=say("value.vendor.right")),
            Column(head=say("value.provider"), width="1fr"),
            Column(head=say("value.vendor.scores"), width="1.6fr"),
            Column(head=say("value.vendor.our_score"), align="decimal"),
            Column(head=say("value.valued_on")),
            Column(head=say("value.vendor.place"), width="1.2fr"),
        ),
        rows=tuple(_score_row(view, list(own)) for _, own in rows),
        note=say("value.vendor.score_note"),
    )


def _score_row(view: View, gaps: list[ThirdPartyGap]) -> Row:
    first = gaps[0]
    return Row(
        cells=(
            view.wording.name(first.scope),
            _provider(view, first),
            "\n".join(_score(view, gap) for gap in gaps),
            view.wording.number(first.our_score),
            _day(view, first),
            _place(gaps),
        )
    )


def _score(view: View, gap: ThirdPartyGap) -> str:
    own = _exported(gap)
    code = "value.vendor.no_scale" if own.scale is None else "value.vendor.on_scale"
    return view.say(code, heading=own.heading, written=own.written, scale=own.scale)


def _exported(gap: ThirdPartyGap) -> Exported:
    assert gap.exported is not None, "only those of exports are shown here"
    return gap.exported


def _provider(view: View, gap: ThirdPartyGap) -> str:
    return gap.provider or view.say("value.vendor.unknown")


def _day(view: View, gap: ThirdPartyGap) -> str:
    if gap.valued_on is None:
        return view.say("value.vendor.no_date")
    day = view.wording.day(gap.valued_on)
    return f"{day}\n{view.say(f'value.vendor.dated_by.{_exported(gap).dated_by}')}"


def _place(gaps: Iterable[ThirdPartyGap]) -> str:
    """File and sheet, and the row with the columns of all that stand in it."""
    sources = [gap.source for gap in gaps if gap.source is not None]
    if not sources:
        return ""
    cells = ", ".join(f"{source.column}{source.row or ''}" for source in sources)
    return "\n".join(part for part in (sources[0].file, sources[0].sheet, cells) if part)
