"""Papers of acts on a registration: agreements, the letter of guarantee, the release."""

from datetime import date

from zhirong.adapters.documents.blocks import Block, Bullets, Prose
from zhirong.adapters.documents.filing.application_forms import application, changes_table
from zhirong.adapters.documents.filing.deed import Deed, Head, Speech, deed, to_pdf
from zhirong.core.messages import Fact
from zhirong.filing.documents import DocumentKind, Draft
from zhirong.filing.forms import CancelForm, ChangeForm, ExtendForm
from zhirong.filing.office import PackageFile, Registry

Later = ChangeForm | ExtendForm | CancelForm


def later_drafts(
    form: Later, registry: Registry, speech: Speech, *, number: str, dated_on: date
) -> tuple[Draft, ...]:
    """The documents of an act on a registration, unsigned.

    The authorization of the first registration covers these acts too: its file goes along.
    """
    everybody = tuple(party.identifier for party in (*form.pledgors, form.pledgee))
    creditor = (form.pledgee.identifier,)
    is_alone = isinstance(form, ExtendForm) and form.is_creditor_alone
    asked = application(form, registry, speech, number=number, dated_on=dated_on)
    match form:
        case ChangeForm():
            kind, paper = DocumentKind.CHANGE_AGREEMENT, change_agreement(form, speech, number)
        case ExtendForm() if form.is_creditor_alone:
            kind = DocumentKind.GUARANTEE_LETTER
            paper = guarantee_letter(form, speech, number=number, dated_on=dated_on)
        case ExtendForm():
            kind = DocumentKind.CHANGE_AGREEMENT
            paper = extension_agreement(form, speech, number=number, dated_on=dated_on)
        case CancelForm():
            kind = DocumentKind.PROOF
            paper = release(form, speech, number=number, dated_on=dated_on)
    signers = creditor if is_alone or isinstance(form, CancelForm) else everybody
    return (
        _draft(DocumentKind.APPLICATION, asked, creditor if is_alone else everybody),
        _draft(kind, paper, signers),
    )


def _draft(kind: DocumentKind, paper: Deed, signers: tuple[str, ...]) -> Draft:
    name = f"{kind}.pdf".replace("_", "-")
    return Draft(kind=kind, file=PackageFile(name, to_pdf(paper)), signers=signers)


def change_agreement(form: ChangeForm, speech: Speech, number: str) -> Deed:
    """What the parties change, dated as the form says."""
    facts: dict[str, Fact] = {**_shared(form), "changed_on": speech.day(form.changed_on)}
    table = changes_table(form, speech)
    head = _head("change", form, speech, number=number, dated_on=form.changed_on)
    return _paper("change", head, form, speech, facts, table)


def extension_agreement(form: ExtendForm, speech: Speech, *, number: str, dated_on: date) -> Deed:
    """That pledgors and pledgee extend the period together."""
    facts: dict[str, Fact] = {**_shared(form), **_periods(form, speech)}
    head = _head("extend", form, speech, number=number, dated_on=dated_on)
    return _paper("extend", head, form, speech, facts)


def release(form: CancelForm, speech: Speech, *, number: str, dated_on: date) -> Deed:
    """The pledgee's certificate that the pledge has ended, and on which rights."""
    facts: dict[str, Fact] = {
        **_shared(form),
        "ground": speech.say(f"deed.form.ground.{form.ground}"),
        "ground_on": speech.day(form.ground_on),
        "rights": form.rights,
    }
    head = _head("cancel", form, speech, number=number, dated_on=dated_on)
    return _paper("cancel", head, form, speech, facts)


def guarantee_letter(form: ExtendForm, speech: Speech, *, number: str, dated_on: date) -> Deed:
    """The creditor's letter of guarantee where it extends a mark's registration alone."""
    facts: dict[str, Fact] = {
        "party": form.pledgee.name,
        "registration": form.registration_no,
        **_periods(form, speech),
    }
    points = tuple(speech.say(f"deed.letter.guarantee.{point}", **facts) for point in (1, 2, 3))
    return deed(
        speech,
        Head(
            title=speech.say("deed.letter.guarantee.title"),
            number=number,
            issued_on=dated_on,
            author=form.pledgee.name,
        ),
        Prose(speech.say("deed.letter.to", office=speech.say("deed.office.trademark"))),
        Prose(speech.say("deed.letter.guarantee.opening", **facts)),
        Bullets(points, ordered=True),
        speech.signatures(speech.signature("deed.pledgee", form.pledgee)),
    )


def _shared(form: Later) -> dict[str, Fact]:
    return {
        "parties": tuple(party.name for party in (*form.pledgors, form.pledgee)),
        "pledgee": form.pledgee.name,
        "registration": form.registration_no,
    }


def _periods(form: ExtendForm, speech: Speech) -> dict[str, Fact]:
    return {
        "period_to": speech.day(form.period_to),
        "new_period_to": speech.day(form.new_period_to),
    }


def _head(kind: str, form: Later, speech: Speech, *, number: str, dated_on: date) -> Head:
    return Head(
        title=speech.say(f"deed.later.{kind}.title"),
        number=number,
        issued_on=dated_on,
        author=form.pledgee.name,
    )


def _paper(
    kind: str, head: Head, form: Later, speech: Speech, facts: dict[str, Fact], *table: Block
) -> Deed:
    points = tuple(speech.say(f"deed.later.{kind}.{point}", **facts) for point in (1, 2))
    signers = [speech.signature("deed.pledgee", form.pledgee)]
    if not isinstance(form, CancelForm):
        pledgors = (speech.signature("deed.pledgor", party) for party in form.pledgors)
        signers = [*pledgors, *signers]
    return deed(
        speech,
        head,
        Prose(speech.say(f"deed.later.{kind}.opening", **facts)),
        *table,
        Bullets(points, ordered=True),
        speech.signatures(*signers),
    )
