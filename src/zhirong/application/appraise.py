"""Appraise one firm: diligence, scores, methods, conclusion, sharing, premises, one way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhirong.application.assembling import Parts, assemble
from zhirong.application.case.assumption_book import book
from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.context import Context
from zhirong.application.case.groups import groups_of
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.case.sales_basis import sales_bases
from zhirong.application.case.upkeep import coming_fees
from zhirong.application.checks.checking import check
from zhirong.application.conclusion import Conclusion, conclude
from zhirong.application.diligence import Diligence, examine
from zhirong.application.inputs.columns import MissingInput
from zhirong.application.inputs.ground import Ground, matrix_sheet, tax_sheet
from zhirong.application.inputs.rate_factors import rate_factors
from zhirong.application.inputs.rates import rates_of
from zhirong.application.pledging import pledge
from zhirong.application.proposals import accepted, proposals
from zhirong.application.questioning import SALES
from zhirong.application.result import Appraisal, ProposalRecord
from zhirong.application.runs.income import MethodRun, income_runs, needed_for
from zhirong.application.runs.other_methods import other_runs
from zhirong.application.runs.unmapped import Unmapped, unmapped
from zhirong.application.scores import Scores, score_case
from zhirong.application.sharing import Sharing, share
from zhirong.core.messages import Message
from zhirong.diligence.gating import Answer, Use
from zhirong.rights.law import PatentLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A context with what its methods stand on, their runs, and what others lack."""

    context: Context
    ground: Ground
    scores: Scores
    runs: tuple[MethodRun, ...]
    unmapped: Unmapped
    missing: tuple[MissingInput, ...]
    notes: tuple[Message, ...]


def appraise(case: CaseFile, options: AppraisalOptions, *, law: PatentLaw) -> Appraisal:
    """The result for one firm.

    Args:
        case: All that the firm's folder said.
        options: Purpose, dates, seed; who accepts proposals for missing assumptions.
        law: Published values and working days; it notes what was looked up.

    Raises:
        MatrixError, AssumptionTwiceError: The file contradicts itself; the message says where.
    """
    found = examine(case, options, law=law)
    prepared, records = _prepared(case, options, law, found)
    return _concluded(case, prepared, found, records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The joint draws of an appraisal, drawn again, and what they are shared and read by."""

    context: Context
    found: Diligence
    conclusion: Conclusion
    sharing: Sharing


def replay(case: CaseFile, options: AppraisalOptions, *, law: PatentLaw) -> Replay | None:
    """The joint draws of an appraisal from its inputs and seed; None where nothing was valued.

    Args:
        case: As the result keeps it.
        options: As the result keeps them, seed and number of draws among them.
        law: The published values that the result copied, and working days.
    """
    found = examine(case, options, law=law)
    prepared, _ = _prepared(case, options, law, found)
    conclusion = conclude(prepared.context, prepared.runs)
    if conclusion is None:
        return None
    return Replay(
        context=prepared.context,
        found=found,
        conclusion=conclusion,
        sharing=share(prepared.context, conclusion, prepared.scores),
    )


def _prepared(
    case: CaseFile, options: AppraisalOptions, law: PatentLaw, found: Diligence
) -> tuple[Prepared, tuple[ProposalRecord, ...]]:
    """With the proposals that were accepted, and all that was proposed."""
    prepared = _prepare(case, options, law, found)
    records = _proposed(prepared)
    if options.accepted_by and any(record.central is not None for record in records):
        taken = accepted(records, author=options.accepted_by)
        wider = replace(case, assumptions=(*case.assumptions, *taken))
        prepared = _prepare(wider, options, law, found)
        records = (*records, *_proposed(prepared))
    return prepared, records


def _proposed(prepared: Prepared) -> tuple[ProposalRecord, ...]:
    context = prepared.context
    return proposals(
        prepared.missing,
        case=context.case,
        options=context.options,
        parameters=context.parameters,
    )


def _prepare(
    case: CaseFile, options: AppraisalOptions, law: PatentLaw, found: Diligence
) -> Prepared:
    statuses = tuple(found.grounds.statuses[patent.app_no] for patent in case.patents)
    # A pending application protects nothing yet: its value is indicative and stays outside.
    valued = [
        status.is_alive and found.answer(patent.app_no, Use.VALUE) is not Answer.NO
        for patent, status in zip(case.patents, statuses, strict=True)
    ]
    context = Context(
        case=case,
        options=options,
        law=law,
        statuses=statuses,
        groups=groups_of(case, valued=valued),
        book=book(case.assumptions),
        fees=coming_fees(case, on=options.valuation_date, law=law),
    )
    scores = score_case(context, context.groups)
    years = context.years
    ground = Ground(
        context=context,
        bases=sales_bases(
            case,
            book=context.book,
            parameters=law.parameters,
            valuation_date=options.valuation_date,
        ),
        matrix=matrix_sheet(context, years),
        tax=tax_sheet(context, years),
        scores=scores.groups,
        years=years,
        rates=rates_of(context),
        factors=rate_factors(context),
    )
    income = income_runs(ground)
    others = other_runs(ground)
    alone = unmapped(context)
    missing = (
        *income.missing,
        *_uncovered(ground, income.runs),
        *_without_sales(ground, (*income.runs, *others.runs)),
        *ground.rates.missing,
        *others.missing,
        *alone.missing,
    )
    return Prepared(
        context=context,
        ground=ground,
        scores=scores,
        runs=(*income.runs, *others.runs),
        unmapped=alone,
        missing=_once(missing),
        notes=(*ground.rates.notes, *others.notes),
    )


def _once(missing: Sequence[MissingInput]) -> tuple[MissingInput, ...]:
    """Each missing assumption once, whichever methods ask for it; one with a suggestion first."""
    found: dict[tuple[str, str, int], MissingInput] = {}
    for item in sorted(missing, key=lambda item: item.suggestion is None):
        found.setdefault((item.key, item.group, item.year), item)
    kept = set(found.values())
    return tuple(item for item in dict.fromkeys(missing) if item in kept)


def _uncovered(ground: Ground, runs: Sequence[MethodRun]) -> tuple[MissingInput, ...]:
    """What the house's own method would need for groups that no income method covers."""
    covered = {row for run in runs for row in run.rows}
    return tuple(
        item
        for row, group in enumerate(ground.context.groups)
        if row not in covered and group.product.product in ground.bases
        for item in needed_for(row, ground)
    )


def _without_sales(ground: Ground, runs: Sequence[MethodRun]) -> tuple[MissingInput, ...]:
    """The sales of products whose groups nothing else could value either."""
    covered = {row for run in runs for row in run.rows}
    products = (
        group.product.product
        for row, group in enumerate(ground.context.groups)
        if row not in covered and group.product.product not in ground.bases
    )
    return tuple(MissingInput(key=SALES, group=product) for product in dict.fromkeys(products))


def _concluded(
    case: CaseFile,
    prepared: Prepared,
    found: Diligence,
    records: tuple[ProposalRecord, ...],
) -> Appraisal:
    context, ground, runs = prepared.context, prepared.ground, prepared.runs
    conclusion = conclude(context, runs)
    parts = Parts(
        case=case,
        context=context,
        found=found,
        scores=prepared.scores,
        ground=ground,
        runs=runs,
        unmapped=prepared.unmapped,
        notes=prepared.notes,
        proposals=records,
    )
    if conclusion is None:
        return assemble(parts)
    sharing = share(context, conclusion, prepared.scores)
    checked = check(ground, conclusion, runs)
    return assemble(
        replace(
            parts,
            conclusion=conclusion,
            sharing=sharing,
            checked=checked,
            pledging=pledge(context, found, sharing),
        )
    )
