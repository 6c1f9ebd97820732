"""Letters of a package: commitment, authorization, statements and declarations."""

from dataclasses import dataclass
from datetime import date

from zhirong.adapters.documents.blocks import Block, Bullets, Prose
from zhirong.adapters.documents.filing import lists
from zhirong.adapters.documents.filing.deed import Deed, Head, Speech, deed
from zhirong.core.messages import Fact
from zhirong.filing.forms import EstablishForm, Party, RightItem
from zhirong.filing.office import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What all letters of a package share: the application, its register, number and day."""

    form: EstablishForm
    registry: Registry
    number: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """One kind of letter: its code, how many numbered points, who signs, whether rights follow."""

    code: str
    points: int
    signers: tuple[tuple[str, Party], ...]
    rights: tuple[RightItem, ...] = ()


def commitment(paper: Paper, party: Party, speech: Speech) -> Deed:
    """A party's commitment letter: identity, authority and documents are true."""
    role = "deed.pledgee" if party == paper.form.pledgee else "deed.pledgor"
    return _letter(paper, _Letter(code="commitment", points=4, signers=((role, party),)), speech)


def marks_together(paper: Paper, party: Party, speech: Speech) -> Deed:
    """A pledgor's commitment that identical and similar marks are pledged together."""
    letter = _Letter(
        code="marks", points=2, signers=(("deed.pledgor", party),), rights=paper.form.rights
    )
    return _letter(paper, letter, speech)


def authorization(paper: Paper, speech: Speech) -> Deed:
    """The authorization of those for whom another files."""
    on_behalf = paper.form.on_behalf
    givers = on_behalf.authorized_by if on_behalf else ()
    signers = tuple(
        (role, party)
        for role, party in _applicants(paper.form)
        if not on_behalf or party.identifier in givers
    )
    return _letter(paper, _Letter(code="authorization", points=3, signers=signers), speech)


def same_day_statement(paper: Paper, speech: Speech) -> Deed:
    """The pledgors' statement on same-day filings, right by right."""
    insisted = {item.right for item in paper.form.insists if item.ground == "same_day_invention"}
    named = tuple(right for right in paper.form.rights if right.number in insisted)
    code = "same_day_named" if named else "same_day"
    signers = tuple(("deed.pledgor", party) for party in paper.form.pledgors)
    rights = named or paper.form.rights
    return _letter(paper, _Letter(code=code, points=2, signers=signers, rights=rights), speech)


def insistence(paper: Paper, speech: Speech) -> Deed:
    """Both parties, told of a ground, insist on registration."""
    numbers = {item.right for item in paper.form.insists}
    rights = tuple(right for right in paper.form.rights if right.number in numbers)
    letter = _Letter(code="insistence", points=2, signers=_applicants(paper.form), rights=rights)
    return _letter(paper, letter, speech)


def consent(paper: Paper, co_owner: Party, speech: Speech) -> Deed:
    """A co-owner's consent to the pledge of the rights that it shares."""
    numbers = {item.right for item in paper.form.consents if item.by == co_owner.name}
    rights = tuple(right for right in paper.form.rights if right.number in numbers)
    letter = _Letter(
        code="consent", points=2, signers=(("deed.co_owner", co_owner),), rights=rights
    )
    return _letter(paper, letter, speech)


def effect_statement(paper: Paper, speech: Speech) -> Deed:
    """That no priority in rem is asserted: for data."""
    letter = _Letter(
        code="effect", points=3, signers=_applicants(paper.form), rights=paper.form.rights
    )
    return _letter(paper, letter, speech)


def source_statement(paper: Paper, speech: Speech) -> Deed:
    """The holder's statement that the data come from lawful sources."""
    signers = tuple(("deed.pledgor", party) for party in paper.form.pledgors)
    letter = _Letter(code="source", points=4, signers=signers, rights=paper.form.rights)
    return _letter(paper, letter, speech)


def _applicants(form: EstablishForm) -> tuple[tuple[str, Party], ...]:
    pledgors = tuple(("deed.pledgor", party) for party in form.pledgors)
    return (*pledgors, ("deed.pledgee", form.pledgee))


def _letter(paper: Paper, letter: _Letter, speech: Speech) -> Deed:
    facts = _facts(paper, letter, speech)
    code = f"deed.letter.{letter.code}"
    points = tuple(speech.say(f"{code}.{point}", **facts) for point in range(1, letter.points + 1))
    body: list[Block] = [
        Prose(speech.say("deed.letter.to", office=facts["office"])),
        Prose(speech.say(f"{code}.opening", **facts)),
        Bullets(points, ordered=True),
    ]
    if letter.rights:
        body.append(lists.rights_table(speech, paper.registry, letter.rights))
    body.append(
        speech.signatures(*(speech.signature(role, party) for role, party in letter.signers))
    )
    head = Head(
        title=speech.say(f"{code}.title"),
        number=paper.number,
        issued_on=paper.dated_on,
        author=letter.signers[0][1].name if letter.signers else paper.form.pledgee.name,
    )
    return deed(speech, head, *body)


def _facts(paper: Paper, letter: _Letter, speech: Speech) -> dict[str, Fact]:
    form = paper.form
    parties = {party.identifier: party.name for _, party in _applicants(form)}
    filer = form.on_behalf.filer if form.on_behalf else ""
    agent = form.agent.name if form.agent else ""
    return {
        "party": tuple(party.name for _, party in letter.signers),
        "office": speech.say(f"deed.office.{paper.registry}"),
        "right": speech.say(f"deed.right.{paper.registry}"),
        "contract": form.contract.number,
        "count": len(letter.rights or form.rights),
        "filer": agent or parties.get(filer, filer),
        "pledgee": form.pledgee.name,
        "pledgors": tuple(party.name for party in form.pledgors),
        "amount": speech.amount(form.contract.amount_fen),
        "debt_to": speech.day(form.contract.debt_to),
    }
