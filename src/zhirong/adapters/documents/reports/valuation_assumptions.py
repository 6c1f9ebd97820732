"""The assumptions with author and reason, and what named rules proposed that nobody accepted."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Prose,
    Row,
    RowStyle,
    Table,
)
from zhirong.adapters.documents.reports.wording import NOTHING, Wording
from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.case.case_file import Assumption
from zhirong.application.result import Appraisal, ProposalRecord
from zhirong.core.messages import Message

PROPOSALS_MAX = 40
POINTS = ("low", "central", "high")
YES_NO = ("high_tech_renewal", "stated_sales_accepted", "functional_by_age", "additive")
RISK_SCORE = "risk_score."
# Units of assumptions that are no input of a method; all others of these are shares.
OTHER_UNITS = {
    "unlevered_beta": "1",
    "enterprise_value": "CNY",
    "used_years": "year",
    "remaining_years": "year",
}
# The input whose words an assumption shares, where their names differ.
INPUT_OF = {key: name for name, spec in ASSUMED.items() for key in spec.keys}
UNITS = OTHER_UNITS | {
    key: spec.unit for name, spec in ASSUMED.items() for key in (*spec.keys, name)
}


def assumption_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """The section of assumptions."""
    rows = _rows(appraisal, wording)
    say = wording.say
    table = Table(
        title=say("value.assumption_table"),
        columns=(
            Column(head=say("value.assumption"), width="0.8fr"),
            Column(head=say("value.scope"), width="1.2fr"),
            Column(head=say("value.central"), align="right"),
            Column(head=say("value.low_high"), align="right"),
            Column(head=say("value.author_place"), width="1fr"),
            Column(head=say("value.reason"), width="1.4fr"),
        ),
        rows=rows,
        note=say("value.assumption_note"),
    )
    return (
        Heading(say("value.section.assumptions")),
        Prose(say("value.assumptions_intro") + wording.mark("assumption")),
        *((table,) if rows else ()),
        *_growth_blocks(appraisal, wording),
        *_proposal_blocks(appraisal, wording),
    )


def _key(item: Assumption) -> tuple[object, ...]:
    """What makes two assumptions the same but for their scope."""
    return (item.key, item.year, item.central, item.low, item.high, item.author, item.reason)


def _rows(appraisal: Appraisal, wording: Wording) -> tuple[Row, ...]:
    merged: dict[tuple[object, ...], list[Assumption]] = {}
    for item in appraisal.case.assumptions:
        if item.year == 0:
            merged.setdefault(_key(item), []).append(item)
    groups = {group.group for group in appraisal.case.groups}
    return tuple(_row(items, groups, wording) for items in merged.values())


def _scopes(items: Sequence[Assumption], groups: set[str], wording: Wording) -> str:
    scopes = dict.fromkeys(item.scope for item in items if item.scope)
    if not scopes:
        return wording.say("value.scope_firm")
    if len(groups) > 1 and groups <= scopes.keys():
        return wording.say("value.scope_every_group")
    return wording.say("value.listed", numbers=tuple(wording.name(scope) for scope in scopes))


def _row(items: Sequence[Assumption], groups: set[str], wording: Wording) -> Row:
    first = items[0]
    return Row(
        cells=(
            name_of(first.key, wording),
            _scopes(items, groups, wording),
            shown(first.key, float(first.central), wording),
            _range(first, wording),
            _author(first, wording),
            first.reason + _rule(first, wording),
        )
    )


def _rule(item: Assumption, wording: Wording) -> str:
    return wording.say("value.by_rule", rule=wording.author(item.rule)) if item.rule else ""


def _author(item: Assumption, wording: Wording) -> str:
    """Who answers for it and, in a second line, where it stands."""
    author = wording.author(item.author)
    if item.source is None:
        return author
    place = item.source.place().removeprefix(f"{item.source.file} | ")
    return author + "\n" + place.replace(" | ", " / ")


def _range(item: Assumption, wording: Wording) -> str:
    if item.low is None or item.high is None:
        return wording.say("value.no_range")
    low = shown(item.key, float(item.low), wording)
    return f"{low} – {shown(item.key, float(item.high), wording)}"


def name_of(key: str, wording: Wording) -> str:
    """The words of an assumption; a score of a risk is named by its factor."""
    code, _, method = key.partition(":")
    if method:
        return wording.say(f"input.{code}") + " · " + wording.say(f"method.{method}")
    candidates = (
        f"value.assumed.{code}",
        f"input.{code}",
        f"input.{INPUT_OF.get(code, code)}",
        f"input.score_{code.rpartition('.')[2]}",
        f"line.{code}",
    )
    found = (item for item in candidates if wording.words.has(item))
    return wording.label(next(found, code), code)


def shown(key: str, value: float, wording: Wording) -> str:
    """A value of an assumption in its unit."""
    if key in YES_NO:
        return wording.say("answer.yes" if value else "answer.no")
    if key.startswith(RISK_SCORE):
        return wording.quantity(value, "point", 0)
    unit = UNITS.get(key, "share")
    if unit == "CNY":
        return wording.money(value)
    if unit in ("year", "month"):
        return wording.quantity(value, unit, 1)
    if unit == "share":
        return wording.rate(value)
    return wording.number(value, 2)


# Growth runs over the years: one block of rows a scope, the reasons below.


def _growth_blocks(appraisal: Appraisal, wording: Wording) -> list[Block]:
    yearly = sorted(
        (item for item in appraisal.case.assumptions if item.year > 0),
        key=lambda item: (item.key, item.scope, item.year),
    )
    if not yearly:
        return []
    years = range(1, max(item.year for item in yearly) + 1)
    rows: list[Row] = []
    reasons: list[str] = []
    for (key, scope), own in groupby(yearly, key=lambda item: (item.key, item.scope)):
        items = {item.year: item for item in own}
        subject = wording.name(scope) if scope else wording.say("value.scope_firm")
        rows.append(Row(cells=(f"{name_of(key, wording)} · {subject}",), style="group"))
        rows += [_point_row(point, items, years, wording) for point in POINTS]
        reasons += _growth_reasons(subject, list(items.values()), wording)
    return [
        Table(
            title=wording.say("value.growth_table"),
            columns=(
                Column(head=wording.say("value.forecast_year"), width="1.4fr"),
                *(Column(head=str(year), unit="%", align="right", width="1fr") for year in years),
            ),
            rows=tuple(rows),
        ),
        Bullets(tuple(reasons)),
    ]


def _point_row(
    point: str, items: Mapping[int, Assumption], years: Sequence[int], wording: Wording
) -> Row:
    values = [getattr(items[year], point) if year in items else None for year in years]
    shown_values = (
        wording.number(None if value is None else float(value) * 100) for value in values
    )
    style: RowStyle = "plain" if point == "central" else "muted"
    return Row(cells=(wording.say(f"value.point.{point}"), *shown_values), style=style)


def _growth_reasons(subject: str, items: Sequence[Assumption], wording: Wording) -> list[str]:
    """One sentence for each run of years with one author and reason."""
    texts: list[str] = []
    for (author, reason, _), own in groupby(
        items, key=lambda item: (item.author, item.reason, item.rule)
    ):
        run = list(own)
        code = "value.growth_reason" if len(run) == 1 else "value.growth_reasons"
        texts.append(
            wording.say(
                code,
                subject=subject,
                first=run[0].year,
                last=run[-1].year,
                reason=reason + _rule(run[0], wording),
                author=wording.author(author),
                place=_places(run),
            )
        )
    return texts


def _places(run: Sequence[Assumption]) -> str:
    sources = [item.source for item in run if item.source]
    if not sources:
        return NOTHING
    rows = [source.row for source in sources]
    sheet = sources[0].sheet or sources[0].file
    return f"{sheet} / {rows[0]}" if len(rows) == 1 else f"{sheet} / {rows[0]}–{rows[-1]}"


# Proposals.


def _proposal_blocks(appraisal: Appraisal, wording: Wording) -> list[Block]:
    open_ones = [item for item in appraisal.proposals if not item.is_accepted]
    taken = [item for item in appraisal.proposals if item.is_accepted]
    blocks: list[Block] = []
    if taken:
        by = appraisal.options.accepted_by
        blocks.append(proposal_table(taken, wording, title=wording.say("value.taken", by=by)))
    if open_ones:
        title = wording.say("value.not_taken", count=len(open_ones))
        blocks.append(proposal_table(open_ones, wording, title=title))
    return blocks


def proposal_table(items: Sequence[ProposalRecord], wording: Wording, *, title: str) -> Table:
    """What rules proposed for assumptions that nobody made."""
    say = wording.say
    kept = items[:PROPOSALS_MAX]
    return Table(
        title=title,
        columns=(
            Column(head=say("value.assumption"), width="0.8fr"),
            Column(head=say("value.scope"), width="0.8fr"),
            Column(head=say("value.forecast_year"), align="center"),
            Column(head=say("value.proposed"), align="right"),
            Column(head=say("value.low_high"), align="right"),
            Column(head=say("value.reason"), width="1.6fr"),
        ),
        rows=tuple(_proposal_row(item, wording) for item in kept),
        note=say("value.more_rows", count=len(items) - len(kept)) if len(items) > len(kept) else "",
    )


def _proposal_row(item: ProposalRecord, wording: Wording) -> Row:
    has_range = item.low is not None and item.high is not None
    low = "" if item.low is None else shown(item.key, item.low, wording)
    high = "" if item.high is None else shown(item.key, item.high, wording)
    return Row(
        cells=(
            name_of(item.key, wording),
            wording.name(item.scope) if item.scope else wording.say("value.scope_firm"),
            str(item.year) if item.year else wording.say("value.all_years"),
            NOTHING if item.central is None else shown(item.key, item.central, wording),
            f"{low} – {high}" if has_range else NOTHING,
            wording.message(_reason(item, wording)),
        )
    )


def _reason(item: ProposalRecord, wording: Wording) -> Message:
    """The reason with a label that has words, where assumption and input differ in name."""
    code = str(item.reason.facts.get("key", ""))
    if not wording.words.has(code):
        code = f"input.{INPUT_OF.get(item.key, item.key)}"
    return Message(item.reason.code, {**item.reason.facts, "key": code})
