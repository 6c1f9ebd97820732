"""The pre-filing check: the package as it lies on the desk against every ground of the office."""

from zhirong.application.filing_views import right_views
from zhirong.application.result import Appraisal
from zhirong.filing import linter
from zhirong.filing.documents import DocumentKind, PackageDocument
from zhirong.filing.documents import document as record_of
from zhirong.filing.findings import Filing as FilingRecord
from zhirong.filing.findings import LintFinding
from zhirong.filing.office import PackageFile, Registry
from zhirong.filing.register_view import RightView
from zhirong.parameters.reader import Parameters
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.appraisals.reading import appraisal_of_run
from zhirong.platform.documents import store
from zhirong.platform.filing.coding import contract_of
from zhirong.platform.filing.held import view_of
from zhirong.platform.filing.models import Filing, FilingDocument, HeldRight, PledgedRight
from zhirong.platform.filing.preparing import ESTABLISH, form_of
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock


def appraisal_of(matter: Matter) -> Appraisal:
    """The result of the last run that gave one."""
    run = AppraisalRun.objects.filter(matter=matter, state=AppraisalRun.State.DONE)[0]
    return appraisal_of_run(run)


def paper_file(paper: FilingDocument) -> PackageFile:
    """A paper's bytes as they stand: signed as far as it is."""
    held = paper.deed.file if paper.deed is not None else paper.file
    assert held is not None, "a paper is a deed or a file"
    return PackageFile(paper.name, store.get(held.sha256))


def paper_record(paper: FilingDocument) -> PackageDocument:
    """A paper as the linter sees it, with who has signed."""
    signed: tuple[str, ...] = ()
    if paper.deed is not None:
        places = paper.deed.places.exclude(signed_on=None).select_related("organization")
        signed = tuple(place.organization.identifier for place in places)
    return record_of(
        DocumentKind(paper.kind), paper_file(paper), signed_by=signed, lists=tuple(paper.lists)
    )


def papers_of(filing: Filing, act: str) -> tuple[FilingDocument, ...]:
    """The papers of an act that stand."""
    rows = filing.papers.filter(act=act, is_withdrawn=False)
    return tuple(rows.select_related("deed__file", "file"))


def live_elsewhere(filing: Filing) -> dict[str, tuple[str, ...]]:
    """Pledges of other filings that live on this filing's rights, by the right's number."""
    numbers = filing.rights.values_list("number", flat=True)
    rows = (
        PledgedRight.objects.filter(number__in=numbers, is_live=True)
        .exclude(filing=filing)
        .select_related("filing")
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        reference = row.filing.registration_no or row.filing.number
        found[row.number] = (*found.get(row.number, ()), reference)
    return found


def check(filing: Filing) -> tuple[LintFinding, ...]:
    """Every ground that holds against the package on this day, the gravest first."""
    record = FilingRecord(
        registry=Registry(filing.registry),
        form=form_of(filing),
        documents=tuple(paper_record(paper) for paper in papers_of(filing, ESTABLISH)),
        register=_views(filing),
        on=clock.today(),
    )
    return linter.lint(record, parameters=Parameters())


def _views(filing: Filing) -> tuple[RightView, ...]:
    """What is known of the filing's rights: patents by the appraisal, others as entered."""
    pledged = {right.number for right in contract_of(filing).rights}
    live = live_elsewhere(filing)
    if filing.registry == Registry.PATENT.value:
        views = right_views(appraisal_of(filing.matter), live_pledges=live)
        return tuple(view for view in views if view.number in pledged)
    rows = HeldRight.objects.filter(
        matter=filing.matter, number__in=pledged, is_withdrawn=False, registry=filing.registry
    )
    return tuple(view_of(row, live.get(row.number, ())) for row in rows)
