"""The package of a first registration: every document that the register asks for, to be signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhirong.adapters.documents.filing import (
    application_forms,
    letters,
    pledge_contract,
    workbooks,
)
from zhirong.adapters.documents.filing.deed import Deed, Speech, to_pdf
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.documents import DocumentKind, Draft
from zhirong.filing.forms import CommitmentKind, EstablishForm, Party
from zhirong.filing.office import PackageFile, Registry

ELECTRONIC_LIST = "electronic-list.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a package is made of.

    Attributes:
        number: Our reference of the act.
        dated_on: The documents' own day.
    """

    contract: PledgeContract
    form: EstablishForm
    number: str
    dated_on: date


def drafts(order: Order, speech: Speech) -> tuple[Draft, ...]:
    """The documents of a first registration, unsigned; the same order gives the same bytes.

    The main contract, an appraisal, certificates and licenses come from elsewhere.
    """
    form, registry = order.form, order.contract.registry
    everybody = tuple(party.identifier for party in _parties(form))
    pledgors = tuple(party.identifier for party in form.pledgors)
    paper = letters.Paper(
        form=form, registry=registry, number=order.number, dated_on=order.dated_on
    )
    made = [
        _pdf(DocumentKind.APPLICATION, _application(order, speech), everybody),
        _pdf(
            DocumentKind.PLEDGE_CONTRACT,
            pledge_contract.pledge_contract(order.contract, speech, dated_on=order.dated_on),
            everybody,
        ),
        *_commitments(paper, speech),
    ]
    if form.on_behalf is not None or form.agent is not None:
        givers = form.on_behalf.authorized_by if form.on_behalf else everybody
        made.append(_pdf(DocumentKind.AUTHORIZATION, letters.authorization(paper, speech), givers))
    if registry is Registry.PATENT and form.same_day_statement:
        statement = letters.same_day_statement(paper, speech)
        made.append(_pdf(DocumentKind.SAME_DAY_STATEMENT, statement, pledgors))
    if form.insists:
        insistence = letters.insistence(paper, speech)
        made.append(_pdf(DocumentKind.INSISTENCE, insistence, everybody))
    if registry is Registry.DATA:
        effect = letters.effect_statement(paper, speech)
        source = letters.source_statement(paper, speech)
        made.append(_pdf(DocumentKind.EFFECT_STATEMENT, effect, everybody))
        made.append(_pdf(DocumentKind.SOURCE_STATEMENT, source, pledgors))
    return (*made, *_list(order, speech))


def _application(order: Order, speech: Speech) -> Deed:
    return application_forms.application(
        order.form,
        order.contract.registry,
        speech,
        number=order.number,
        dated_on=order.dated_on,
    )


def _parties(form: EstablishForm) -> tuple[Party, ...]:
    return (*form.pledgors, form.pledgee)


def _pdf(kind: DocumentKind, deed: Deed, signers: tuple[str, ...], part: str = "") -> Draft:
    name = f"{kind}{part}.pdf".replace("_", "-")
    return Draft(kind=kind, file=PackageFile(name, to_pdf(deed)), signers=signers)


def _commitments(paper: letters.Paper, speech: Speech) -> Iterator[Draft]:
    """One letter a party, and one more a pledgor where marks go together."""
    for place, party in enumerate(_parties(paper.form), start=1):
        letter = letters.commitment(paper, party, speech)
        yield _pdf(DocumentKind.COMMITMENT, letter, (party.identifier,), f"-{place}")
    promised = {
        item.by for item in paper.form.commitments if item.kind is CommitmentKind.MARKS_TOGETHER
    }
    for place, party in enumerate(paper.form.pledgors, start=1):
        if party.identifier in promised:
            letter = letters.marks_together(paper, party, speech)
            yield _pdf(DocumentKind.COMMITMENT, letter, (party.identifier,), f"-marks-{place}")


def _list(order: Order, speech: Speech) -> tuple[Draft, ...]:
    name = order.form.electronic_list
    if name is None:
        return ()
    rights = order.form.rights
    registry = order.contract.registry
    content = workbooks.electronic_list(rights, registry, speech, dated_on=order.dated_on)
    draft = Draft(
        kind=DocumentKind.ELECTRONIC_LIST,
        file=PackageFile(name, content),
        lists=workbooks.listed_numbers(rights),
    )
    return (draft,)
