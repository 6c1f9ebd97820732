"""Acts go to the office: written down with all their files, then sent once, however often tried."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from zhirong import bootstrap_counterparties as counterparties
from zhirong.core.errors import StateError
from zhirong.core.messages import Message
from zhirong.filing import progress as course
from zhirong.filing import states
from zhirong.filing.applications import How, Release, cancel
from zhirong.filing.documents import DocumentKind, with_manifest
from zhirong.filing.forms import CancelGround, OnBehalf, encode_form
from zhirong.filing.linter import may_file
from zhirong.filing.office import Act, ActKind, Office, PackageFile, Receipt, Registry
from zhirong.filing.time_limits import decision_until
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.filing.checking import check, paper_file, papers_of
from zhirong.platform.filing.coding import contract_of, keep_progress, progress_of
from zhirong.platform.filing.models import Filing, PledgedRight, SentAct
from zhirong.platform.filing.preparing import ESTABLISH, form_of, put_papers
from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.operations.models import Outbox

SEND = "send_act"
CANCEL = ActKind.CANCEL.value
AUTHORIZATION = DocumentKind.AUTHORIZATION.value


class PackageNotReadyError(StateError):
    """The package has papers that are not signed by all, or grounds stand against it."""

    code = "error.package_not_ready"

    def __init__(self, grounds: tuple[Message, ...]) -> None:
        codes = [ground.code for ground in grounds]
        super().__init__(f"Points against the package: {codes}.", count=len(grounds))
        self.grounds = grounds


class RightPledgedError(StateError):
    """A right of the filing is before an office or registered for another pledge."""

    code = "error.right_pledged"


def office() -> Office:
    """The office of this platform: at an address, or packages carried by hand."""
    return counterparties.office(
        settings.OFFICE_URL, folder=settings.DATA / "packages", today=clock.today
    )


def office_name() -> str:
    """What the cursor of the office's notices is kept under."""
    return (settings.OFFICE_URL and "office") or "package"


def locked(filing_id: int) -> Filing:
    """A filing for an act on it."""
    return Filing.objects.select_for_update(of=("self",)).get(pk=filing_id)


def submit(filing: Filing, *, actor: Viewer) -> SentAct:
    """File the package, or the mended package after a correction notice.

    The caller has checked the person's right. The rights count as pledged from this moment.

    Raises:
        PackageNotReadyError: A paper is not signed, or a ground for refusal or correction stands.
        RightPledgedError: Somebody else pledged one of the rights first.
        ActNotPossibleError: The filing does not stand where it can be sent.
    """
    grounds = check(filing)
    if not may_file(grounds):
        raise PackageNotReadyError(tuple(item.found for item in grounds))
    progress = progress_of(filing)
    if progress.state is states.State.DRAFT:
        progress = course.step(progress, states.Step.SIGN)
        keep_progress(filing, progress)
    is_mended = progress.state is states.State.CORRECTION
    kind = ActKind.CORRECT if is_mended else ActKind.ESTABLISH
    _bind(filing)
    act = Act(
        client_reference=reference_of(filing, kind),
        registry=Registry(filing.registry),
        kind=kind,
        form=encode_form(form_of(filing)),
        files=files_of(filing, ESTABLISH),
        answers=course.to_answer(progress) if is_mended else None,
    )
    return dispatch(filing, act, actor)


def _bind(filing: Filing) -> None:
    try:
        with transaction.atomic():
            filing.rights.filter(released_on=None).update(is_live=True)
    except IntegrityError as taken:
        raise RightPledgedError(f"A right of {filing.number} is pledged.") from taken


def release_papers(filing: Filing, *, ground: CancelGround, actor: Viewer) -> None:
    """The papers of a cancellation, to be signed before it is filed."""
    day = clock.today()
    drafts = counterparties.later_drafts(
        _cancel_form(filing, ground, day),
        Registry(filing.registry),
        number=f"{filing.number}-{CANCEL}",
        dated_on=day,
    )
    put_papers(filing, CANCEL, drafts, by=actor)
    journal.record(
        "release_prepared", by=actor, matter_id=filing.matter_id, facts={"filing": filing.number}
    )


def _cancel_form(filing: Filing, ground: CancelGround, day: date) -> Any:  # noqa: ANN401 - a form
    contract = contract_of(filing)
    numbers = tuple(filing.rights.filter(is_live=True).values_list("number", flat=True))
    return cancel(
        contract,
        filing.registration_no,
        Release(ground=ground, ground_on=day, rights=numbers),
        how=How(
            on_behalf=OnBehalf(
                filer=contract.pledgee.identifier,
                authorized_by=tuple(party.identifier for party in contract.pledgors),
            )
        ),
    )


def submit_release(filing: Filing, *, ground: CancelGround, actor: Viewer) -> SentAct:
    """File the cancellation, once its papers are signed; or mended, after a correction notice.

    Raises:
        PackageNotReadyError: A paper is missing or not signed.
        ActNotPossibleError: The filing does not stand where it can be sent.
    """
    papers = papers_of(filing, CANCEL)
    open_papers = [paper for paper in papers if paper.deed and not paper.deed.is_signed]
    if not papers or open_papers:
        names = tuple(paper.name for paper in open_papers)
        raise PackageNotReadyError((Message("filing.papers_open", {"names": names}),))
    # The form says the day that its signed papers say.
    day = max(paper.deed.made_on for paper in papers if paper.deed)
    # The firm's authorization of the first registration covers the release as well.
    authorization = [
        paper_file(paper) for paper in papers_of(filing, ESTABLISH) if paper.kind == AUTHORIZATION
    ]
    progress = progress_of(filing)
    is_mended = progress.state is states.State.CANCEL_CORRECTION
    kind = ActKind.CORRECT if is_mended else ActKind.CANCEL
    act = Act(
        client_reference=reference_of(filing, kind),
        registry=Registry(filing.registry),
        kind=kind,
        form=encode_form(_cancel_form(filing, ground, day)),
        files=(*files_of(filing, CANCEL), *authorization),
        registration_no=filing.registration_no,
        answers=course.to_answer(progress) if is_mended else None,
    )
    return dispatch(filing, act, actor)


def reference_of(filing: Filing, kind: ActKind) -> str:
    """The reference of the next act of a kind."""
    return f"{filing.number}-{kind.value}-{filing.acts.filter(kind=kind.value).count() + 1}"


def files_of(filing: Filing, act: str) -> tuple[PackageFile, ...]:
    """The papers of an act as they stand."""
    return tuple(paper_file(paper) for paper in papers_of(filing, act))


def dispatch(filing: Filing, act: Act, actor: Viewer) -> SentAct:
    """Write the act down with its manifest; the outbox sends it."""
    whole = with_manifest(act)
    keep_progress(filing, course.send(progress_of(filing), whole, on=clock.today()))
    sent = SentAct.objects.create(
        filing=filing,
        client_reference=whole.client_reference,
        kind=whole.kind.value,
        body={
            "form": dict(whole.form),
            "registration_no": whole.registration_no,
            "answers": whole.answers,
        },
        files=[[file.name, store.put(file.content)] for file in whole.files],
        made_by_id=actor.user_id,
        made_on=clock.today(),
    )
    manifest = whole.files[-1]
    new = NewFile(
        name=f"{whole.client_reference}-{manifest.name}",
        content=manifest.content,
        media_type="application/json",
    )
    keep(filing.matter, new, use="filing", by=actor)
    outbox.ask(SEND, {"act": sent.client_reference}, by=actor)
    facts = {"reference": sent.client_reference, "kind": f"act.{sent.kind}"}
    journal.record("act_filed", by=actor, matter_id=filing.matter_id, facts=facts)
    return sent


def act_of(sent: SentAct) -> Act:
    """The act as it was written down."""
    body: Mapping[str, Any] = sent.body
    return Act(
        client_reference=sent.client_reference,
        registry=Registry(sent.filing.registry),
        kind=ActKind(sent.kind),
        form=body["form"],
        files=tuple(PackageFile(name, store.get(digest)) for name, digest in sent.files),
        registration_no=body["registration_no"],
        answers=body["answers"],
    )


def perform(item: Outbox) -> None:
    """Send an act that was written down; after a crash the office is asked before it is sent again.

    Raises:
        OfficeDownError: No answer; the job engine tries again.
    """
    sent = SentAct.objects.select_related("filing").get(client_reference=item.payload["act"])
    if sent.office_reference:
        return
    receipt = counterparties.submit_once(office(), act_of(sent))
    take_receipt(sent.pk, receipt)


@transaction.atomic
def take_receipt(sent_id: int, receipt: Receipt) -> None:
    """Keep the office's receipt; the same one again changes nothing."""
    sent = SentAct.objects.select_for_update().get(pk=sent_id)
    filing = locked(sent.filing_id)
    if sent.office_reference:
        return
    keep_progress(filing, course.receive(progress_of(filing), receipt))
    sent.office_reference = receipt.office_reference
    sent.save()
    filing.decision_due_on = decision_until(
        Registry(filing.registry),
        receipt.received_on,
        is_online=True,
        parameters=Parameters(),
        calendar=china(),
    )
    filing.save(update_fields=["decision_due_on"])
    facts = {"reference": sent.client_reference, "office_reference": receipt.office_reference}
    journal.record("act_received", by=None, matter_id=filing.matter_id, facts=facts)


def free(filing: Filing) -> None:
    """The rights of a filing that was refused, withdrawn or cancelled are free again."""
    PledgedRight.objects.filter(filing=filing).update(is_live=False)
