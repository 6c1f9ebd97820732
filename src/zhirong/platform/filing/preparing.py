"""A filing is made ready: contract, papers with places for signatures, the rights it will bind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhirong import bootstrap_counterparties as counterparties
from zhirong.filing import applications
from zhirong.filing.applications import Extras, How
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.disbursement import FeeState
from zhirong.filing.documents import DocumentKind, Draft
from zhirong.filing.forms import EstablishForm, OnBehalf, RightItem
from zhirong.filing.office import Registry
from zhirong.filing.progress import Progress
from zhirong.filing.uniqueness import live_pledges_max
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import Organization
from zhirong.platform.documents.deeds import NewDeed, make
from zhirong.platform.documents.models import Deed, StoredFile
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.filing.coding import contract_of, extras_of, plain
from zhirong.platform.filing.models import Filing, FilingDocument, PledgedRight
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.words import words

ESTABLISH = "establish"
MAIN_CONTRACT = DocumentKind.MAIN_CONTRACT.value
_WITH_MAIN_CONTRACT = (Registry.TRADEMARK, Registry.COPYRIGHT)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFiling:
    """What a filing is made of.

    Args:
        number: Of the filing.
        contract: The pledge contract.
        extras: Statements and consents beside it.
        values: Market value by the right's number, in fen.
        fees: Until when fees are paid, by right.
    """

    number: str
    contract: PledgeContract
    extras: Extras
    values: Mapping[str, int]
    fees: tuple[FeeState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgedSet:
    """Other rights for a filing that is not sent: the contract over them, values, fees."""

    contract: PledgeContract
    values: Mapping[str, int]
    fees: tuple[FeeState, ...] = ()


def prepare(matter: Matter, new: NewFiling, *, by: Actor) -> Filing:
    """Make a filing with its papers, inside the transaction of the contracts it belongs to.

    A package may be prepared while another pledge of the same right lives; it waits to be sent.
    """
    registry = new.contract.registry
    filing = Filing.objects.create(
        matter=matter,
        number=new.number,
        registry=registry.value,
        contract=plain(new.contract),
        extras=plain(new.extras),
        progress=plain(Progress(registry=registry)),
        state=Progress(registry=registry).state.value,
    )
    chosen = PledgedSet(contract=new.contract, values=new.values, fees=new.fees)
    _bind_rows(filing, chosen, new.contract.rights)
    make_papers(filing, by=by)
    if registry in _WITH_MAIN_CONTRACT:
        _add_main_contract(filing)
    facts = {"filing": filing.number, "rights": len(new.contract.rights)}
    journal.record("filing_prepared", by=by, matter_id=matter.pk, facts=facts)
    return filing


def set_rights(filing: Filing, chosen: PledgedSet, *, by: Actor) -> None:
    """Let a filing that is not sent pledge other rights; its changed papers are signed anew."""
    numbers = [right.number for right in chosen.contract.rights]
    filing.contract = plain(chosen.contract)
    extras = extras_of(filing)
    insists = tuple(item for item in extras.insists if item.right in numbers)
    consents = tuple(item for item in extras.consents if item.right in numbers)
    filing.extras = plain(replace(extras, insists=insists, consents=consents))
    filing.save(update_fields=["contract", "extras"])
    filing.rights.exclude(number__in=numbers).delete()
    held = set(filing.rights.values_list("number", flat=True))
    added = tuple(right for right in chosen.contract.rights if right.number not in held)
    _bind_rows(filing, chosen, added)
    make_papers(filing, by=by)


def _bind_rows(filing: Filing, chosen: PledgedSet, rights: tuple[RightItem, ...]) -> None:
    """The rows of rights of a filing, with value and upkeep."""
    fees = {fee.right: fee for fee in chosen.fees}
    day, parameters = clock.today(), Parameters()
    PledgedRight.objects.bulk_create(
        PledgedRight(
            filing=filing,
            pledgee=chosen.contract.pledgee.identifier,
            number=right.number,
            kind=right.kind,
            title=right.name,
            value_fen=chosen.values.get(right.number, 0),
            is_exclusive=live_pledges_max(right.kind, on=day, parameters=parameters) == 1,
            fee_due_on=fees[right.number].next_due_on if right.number in fees else None,
            fee_paid_until=fees[right.number].paid_until if right.number in fees else None,
        )
        for right in rights
    )


def withdraw_papers(filing: Filing) -> None:
    """The papers of a filing stand no more; the main contract is the matter's own."""
    for paper in filing.papers.filter(is_withdrawn=False):
        if paper.kind != MAIN_CONTRACT:
            _withdraw(paper)


def renew(filing: Filing, *, by: Actor) -> Filing:
    """A new filing of the same contract after a refusal; its papers are to be signed anew."""
    base, _, round_ = filing.number.partition(".")
    rights = tuple(filing.rights.filter(released_on=None))
    new = NewFiling(
        number=f"{base}.{int(round_ or 1) + 1}",
        contract=contract_of(filing),
        extras=extras_of(filing),
        values={right.number: right.value_fen for right in rights},
        fees=tuple(
            FeeState(
                right=right.number, next_due_on=right.fee_due_on, paid_until=right.fee_paid_until
            )
            for right in rights
        ),
    )
    made = prepare(filing.matter, new, by=by)
    for paper in filing.papers.filter(act=ESTABLISH, is_withdrawn=False, deed=None):
        if not _is_made(paper):
            add_given(made, paper.kind, paper.name, paper.file)
    return made


def _add_main_contract(filing: Filing) -> None:
    """The contract whose debt is secured goes along; it is signed as the matter's own."""
    main = Deed.objects.filter(matter=filing.matter, kind=MAIN_CONTRACT, is_withdrawn=False).last()
    if main is not None:
        name = f"{MAIN_CONTRACT.replace('_', '-')}.pdf"
        FilingDocument.objects.create(
            filing=filing, act=ESTABLISH, kind=MAIN_CONTRACT, name=name, deed=main
        )


def add_given(filing: Filing, kind: str, name: str, file: StoredFile | None) -> None:
    """Put a document that somebody gave into the package of the first registration."""
    FilingDocument.objects.create(filing=filing, act=ESTABLISH, kind=kind, name=name, file=file)


def form_of(filing: Filing) -> EstablishForm:
    """The application to register, as contract and extras make it; the bank files for the firm."""
    contract, extras = contract_of(filing), extras_of(filing)
    day, parameters = clock.today(), Parameters()
    needs_list = applications.needs_electronic_list(contract.rights, on=day, parameters=parameters)
    on_behalf = OnBehalf(
        filer=contract.pledgee.identifier,
        authorized_by=tuple(party.identifier for party in contract.pledgors),
    )
    return applications.establish(
        contract,
        how=How(on_behalf=on_behalf),
        extras=extras,
        electronic_list=counterparties.ELECTRONIC_LIST if needs_list else None,
    )


def make_papers(filing: Filing, *, by: Actor) -> None:
    """The papers of the first registration, or what a mended form changes of them.

    A paper that says the same as before keeps its day and its signatures.
    """
    day = clock.today()
    standing = filing.papers.filter(act=ESTABLISH, is_withdrawn=False).exclude(deed=None)
    standing = standing.exclude(kind=MAIN_CONTRACT)
    days = dict(standing.values_list("name", "deed__made_on"))
    earlier = {made_on: _drafts(filing, made_on) for made_on in set(days.values()) - {day}}
    now = _drafts(filing, day)
    unchanged = {name: earlier.get(made_on, now).get(name) for name, made_on in days.items()}
    signed = dict(standing.values_list("name", "deed__unsigned_sha256"))
    chosen = [
        kept if (kept := unchanged.get(name)) and kept.file.sha256 == signed[name] else draft
        for name, draft in now.items()
    ]
    put_papers(filing, ESTABLISH, chosen, by=by)


def _drafts(filing: Filing, day: date) -> dict[str, Draft]:
    """The papers as they would be made on a day, by name."""
    order = counterparties.Order(
        contract=contract_of(filing), form=form_of(filing), number=filing.number, dated_on=day
    )
    return {draft.file.name: draft for draft in counterparties.drafts(order)}


def put_papers(filing: Filing, act: str, drafts: Iterable[Draft], *, by: Actor) -> None:
    """Put the papers of an act in place of earlier ones; what is unchanged stays signed.

    Papers that were given, not made here, stay as they are.
    """
    before = {
        paper.name: paper
        for paper in filing.papers.filter(act=act, is_withdrawn=False).select_related("deed")
        if _is_made(paper)
    }
    for draft in drafts:
        known = before.pop(draft.file.name, None)
        if known is not None and _is_same(known, draft):
            continue
        if known is not None:
            _withdraw(known)
        earlier = filing.papers.filter(act=act, name=draft.file.name).count()
        _put(filing, act, draft, by, mark=f"-{earlier + 1}" if earlier else "")
    for left in before.values():
        _withdraw(left)


def _is_made(paper: FilingDocument) -> bool:
    if paper.kind == MAIN_CONTRACT:
        return False
    return paper.deed_id is not None or paper.kind == DocumentKind.ELECTRONIC_LIST.value


def _is_same(paper: FilingDocument, draft: Draft) -> bool:
    if paper.deed is not None:
        return paper.deed.unsigned_sha256 == draft.file.sha256
    return paper.file is not None and paper.file.sha256 == draft.file.sha256


def _withdraw(paper: FilingDocument) -> None:
    FilingDocument.objects.filter(pk=paper.pk).update(is_withdrawn=True)
    Deed.objects.filter(filingdocument=paper).update(is_withdrawn=True)


def _put(filing: Filing, act: str, draft: Draft, by: Actor, *, mark: str) -> None:
    title = words().label(f"filing.document.{draft.kind}", "zh")
    deed = file = None
    if draft.signers:
        stem = draft.file.name.removesuffix(".pdf")
        new = NewDeed(
            kind=draft.kind.value,
            title=title,
            number=f"{filing.number}-{act}-{stem}{mark}",
            content=draft.file.content,
            parties=_parties(filing, draft.signers),
        )
        (deed,) = make(filing.matter, (new,), by=by)
    else:
        new_file = NewFile(name=draft.file.name, content=draft.file.content, media_type=XLSX)
        file = keep(filing.matter, new_file, use="filing", by=by)
    FilingDocument.objects.create(
        filing=filing,
        act=act,
        kind=draft.kind.value,
        name=draft.file.name,
        deed=deed,
        file=file,
        lists=list(draft.lists),
    )


def _parties(filing: Filing, signers: tuple[str, ...]) -> tuple[tuple[Organization, str], ...]:
    """The signers with their roles; pledgors before the pledgee."""
    contract = contract_of(filing)
    pledgors = [party.identifier for party in contract.pledgors]
    roles = {
        **dict.fromkeys(pledgors, words().label("filing.role.pledgor", "zh")),
        contract.pledgee.identifier: words().label("filing.role.pledgee", "zh"),
    }
    order = [code for code in (*pledgors, contract.pledgee.identifier) if code in signers]
    found = {item.identifier: item for item in Organization.objects.filter(identifier__in=order)}
    return tuple((found[code], roles[code]) for code in order)
