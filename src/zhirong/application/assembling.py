"""Puts the parts of an appraisal together as the result keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong import __version__
from zhirong.application import diligence_keeping
from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.context import Context, parameter_origin
from zhirong.application.checks.checking import Checked
from zhirong.application.checks.silence_checks import unread_statements
from zhirong.application.conclusion import Conclusion, GroupConclusion
from zhirong.application.diligence import Diligence
from zhirong.application.identity import report_head
from zhirong.application.inputs.ground import Ground
from zhirong.application.pledging import Pledging, market_meaning, other_premises
from zhirong.application.purposes import Purposes, purposes
from zhirong.application.questioning import open_questions
from zhirong.application.result import (
    Appraisal,
    DistributionRecord,
    GroupValue,
    Interval,
    MethodValue,
    ParameterRecord,
    ProposalRecord,
    SalesBasisRow,
    TornadoEntry,
    Valuation,
)
from zhirong.application.right_values import right_values
from zhirong.application.runs.income import MethodRun
from zhirong.application.runs.unmapped import Unmapped
from zhirong.application.scores import Scores, opened
from zhirong.application.sharing import Sharing
from zhirong.application.third_parties import third_party_gaps
from zhirong.application.workings import SheetRecord, freeze
from zhirong.core.codec import encode
from zhirong.core.distribution import ValueDistribution, from_samples
from zhirong.core.messages import Message
from zhirong.core.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the steps of an appraisal gave."""

    case: CaseFile
    context: Context
    found: Diligence
    scores: Scores
    ground: Ground
    runs: Sequence[MethodRun]
    unmapped: Unmapped
    notes: tuple[Message, ...]
    proposals: tuple[ProposalRecord, ...]
    conclusion: Conclusion | None = None
    sharing: Sharing | None = None
    checked: Checked | None = None
    pledging: Pledging | None = None


def assemble(parts: Parts) -> Appraisal:
    """The result of one firm."""
    context = parts.context
    valuation = _valuation(parts)
    findings = diligence_keeping.kept(parts.found)
    return Appraisal(
        head=report_head(
            context.case,
            context.options,
            engine_version=__version__,
            hashes=context.parameters.hashes(),
            findings=findings,
            valuation=valuation,
        ),
        options=context.options,
        case=parts.case,
        diligence=findings,
        valuation=valuation,
        scores=opened(context, parts.scores),
        proposals=parts.proposals,
        questions=open_questions(parts.found, parts.proposals),
        sheets=_sheets(parts),
        # Last, when every step has looked up what it needed.
        parameters=_published(context),
    )


def _published(context: Context) -> tuple[ParameterRecord, ...]:
    return tuple(
        ParameterRecord(
            path=parameter.path,
            value=encode(parameter.value),
            unit=parameter.unit,
            origin=parameter_origin(parameter, on),
            reviewed_on=parameter.reviewed_on,
            is_unverified=parameter.is_unverified,
        )
        for on, parameter in context.parameters.used()
    )


def _sheets(parts: Parts) -> tuple[SheetRecord, ...]:
    sheets: list[Sheet] = []
    if parts.context.groups:
        sheets += [parts.ground.matrix, parts.ground.tax, *parts.ground.rates.sheets]
        sheets += [parts.ground.factors.sheet] if parts.ground.factors.sheet else []
    for run in parts.runs:
        sheets += [support for support in run.supports if support not in sheets]
        sheets.append(run.sheet)
    sheets += [parts.unmapped.renewal] if parts.unmapped.renewal else []
    sheets += parts.checked.sheets if parts.checked else ()
    if parts.conclusion is not None:
        sheets.append(parts.conclusion.sheet)
    if parts.sharing is not None:
        sheets.append(parts.sharing.sheet)
    if parts.pledging is not None:
        sheets += parts.pledging.sheets
    return tuple(freeze(sheet) for sheet in sheets)


def rounded(distribution: ValueDistribution) -> ValueDistribution:
    """Cells to the fen, as results keep them."""
    cells = tuple(round(cell, 2) + 0.0 for cell in distribution.cells)
    return ValueDistribution(
        cells=cells, meaning=distribution.meaning, currency=distribution.currency
    )


def _valuation(parts: Parts) -> Valuation | None:
    conclusion, sharing = parts.conclusion, parts.sharing
    if conclusion is None or sharing is None or parts.checked is None:
        return None
    context = parts.context
    whole = from_samples(conclusion.draws.sum(axis=0), meaning=market_meaning("portfolio"))
    low, high = whole.interval()
    by_group = tuple(
        from_samples(conclusion.draws[row], meaning=market_meaning("asset_group"))
        for row in range(len(conclusion.groups))
    )
    rights = right_values(context, parts.scores, sharing, by_group, parts.unmapped)
    point = float(sharing.line("group_value").sum())
    for_purpose: Purposes = purposes(
        parts.ground, conclusion, whole=whole, rights=rights, runs=parts.runs, alone=parts.unmapped
    )
    group_values = sharing.line("group_value")
    return Valuation(
        total=Interval(value=round(point, 2), low=round(low, 2), high=round(high, 2)),
        groups=tuple(
            _group(parts, item, row, float(group_values[row]), by_group[row])
            for row, item in enumerate(conclusion.groups)
        ),
        rights=rights,
        distributions=(
            DistributionRecord(name="market_value", distribution=rounded(whole)),
            *(
                DistributionRecord(name=name, distribution=rounded(item))
                for name, item in other_premises(context, whole)
            ),
        ),
        tornado=tuple(
            TornadoEntry(key=bar.key, at_low=round(bar.at_low, 2), at_high=round(bar.at_high, 2))
            for bar in conclusion.bars
        ),
        sales=_sales(parts),
        product_checks=parts.checked.products,
        breaches=(
            *parts.checked.breaches,
            *(b for item in conclusion.groups for b in item.reconciliation.breaches),
            *_without_range(conclusion),
        ),
        # The last of them, when every method and purpose has looked for what it reads.
        notes=(
            *parts.notes,
            *parts.checked.notes,
            *for_purpose.notes,
            *unread_statements(parts.ground),
        ),
        third_party=third_party_gaps(context, whole_value=point, rights=rights),
        pledge=parts.pledging.result if parts.pledging else None,
        transfer=for_purpose.transfer,
        license=for_purpose.license,
        keep=for_purpose.keep,
    )


def _without_range(conclusion: Conclusion) -> tuple[Message, ...]:
    """A breach where nobody gave a range: an interval as narrow as the point is no certainty."""
    return () if conclusion.bars else (Message("breach.no_range"),)


def _group(
    parts: Parts, item: GroupConclusion, row: int, value: float, spread: ValueDistribution
) -> GroupValue:
    group = item.group
    ageing = {run.key: run.ageing for run in parts.runs}
    case_row = parts.conclusion.rows[row] if parts.conclusion else row
    return GroupValue(
        group=group.group,
        name=group.name,
        product=group.product.product,
        product_name=group.product.name,
        value=round(value, 2),
        distribution=rounded(spread),
        mapped_share=float(group.mapped_share),
        score=round(parts.scores.groups[case_row], 9),
        kind=item.reconciliation.kind,
        methods=tuple(
            MethodValue(
                method=m.result.method,
                family=m.result.family,
                ageing=ageing[m.result.method],
                value=round(m.result.value, 2),
                weight=m.weight,
                author=m.author,
                reason=m.reason,
            )
            for m in item.reconciliation.methods
        ),
        reasons=item.reconciliation.reasons,
        breaches=item.reconciliation.breaches,
        rights=tuple(parts.case.patents[place].app_no for place in group.rights),
    )


def _sales(parts: Parts) -> tuple[SalesBasisRow, ...]:
    names = {item.product: item.name for item in parts.case.products}
    return tuple(
        SalesBasisRow(
            product=basis.product,
            name=names.get(basis.product, basis.product),
            year=basis.year,
            stated=float(basis.stated),
            filed=None if basis.filed is None else float(basis.filed),
            used=float(basis.used),
        )
        for basis in parts.ground.bases.values()
    )
