"""The office's application forms: first registration, change, extension, cancellation."""

from datetime import date

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Pair,
    Pairs,
    Row,
    SideBySide,
    Signatures,
    Table,
)
from zhirong.adapters.documents.filing import lists
from zhirong.adapters.documents.filing.deed import Deed, Head, Speech, deed
from zhirong.filing.forms import (
    Agent,
    CancelForm,
    Change,
    ChangeForm,
    ChangeSubject,
    ClaimKind,
    EstablishForm,
    ExtendForm,
    Form,
    Party,
    Scope,
)
from zhirong.filing.office import Registry


def application(
    form: Form, registry: Registry, speech: Speech, *, number: str, dated_on: date
) -> Deed:
    """The form of an act, as the office's window reads it.

    Args:
        form: The record that also goes to the office as data.
        registry: Whose form.
        speech: Language.
        number: Our reference of the act.
        dated_on: The document's own day.
    """
    match form:
        case EstablishForm():
            kind, body = "establish", _establish(form, registry, speech)
        case ChangeForm():
            kind, body = "change", _change(form, speech)
        case ExtendForm():
            kind, body = "extend", _extend(form, speech)
        case CancelForm():
            kind, body = "cancel", _cancel(form, speech)
    head = Head(
        title=speech.say(f"deed.form.title.{kind}", right=speech.say(f"deed.right.{registry}")),
        number=number,
        issued_on=dated_on,
        author=form.pledgee.name,
    )
    parties = (*_parties(form.pledgors, form.pledgee, speech), *_agent(form.agent, speech))
    return deed(speech, head, *parties, *body, _signatures(form, speech))


def _parties(pledgors: tuple[Party, ...], pledgee: Party, speech: Speech) -> tuple[Block, ...]:
    panels = [*(speech.party("deed.pledgor", party) for party in pledgors)]
    last = speech.party("deed.pledgee", pledgee)
    if len(panels) == 1:
        return (SideBySide(left=panels[0], right=last),)
    return (*panels, last)


def _signatures(form: Form, speech: Speech) -> Signatures:
    signer = speech.signature("deed.pledgee", form.pledgee)
    if isinstance(form, ExtendForm) and form.is_creditor_alone:
        return speech.signatures(signer)
    pledgors = (speech.signature("deed.pledgor", party) for party in form.pledgors)
    return speech.signatures(*pledgors, signer)


def _agent(agent: Agent | None, speech: Speech) -> tuple[Block, ...]:
    if agent is None:
        return ()
    panel = Pairs(
        title=speech.say("deed.agent"),
        columns=1,
        items=(
            Pair(speech.say("deed.name"), agent.name),
            Pair(speech.say("deed.identifier"), agent.identifier),
            Pair(speech.say("deed.address"), agent.address),
            Pair(speech.say("deed.handled_by"), agent.handled_by),
        ),
    )
    return (panel,)


def _establish(form: EstablishForm, registry: Registry, speech: Speech) -> tuple[Block, ...]:
    items = form.contract
    scope = tuple(speech.say(f"filing.scope.{item}") for item in items.scope)
    claim = speech.say(f"filing.claim.{items.claim_kind}") if items.claim_kind else ""
    pairs = [
        ("debtor", form.debtor.name),
        ("contract_number", items.number),
        ("main_number", items.main_number),
        ("signed_on", speech.day(items.signed_on)),
        ("contract_kind", speech.say(f"deed.form.kind.{items.kind}")),
        ("claim_kind", claim or speech.say("deed.blank")),
        (f"amount.{items.kind}", speech.amount(items.amount_fen)),
        (
            f"term.{items.kind}",
            speech.say(
                "deed.form.term", start=speech.day(items.debt_from), end=speech.day(items.debt_to)
            ),
        ),
        ("scope", items.scope_words or speech.joined(scope)),
        ("count", str(items.rights_count)),
        ("value", _value(form, speech)),
        ("channel", speech.say(f"deed.form.channel.{form.channel}")),
        ("filer", _filer(form, speech)),
    ]
    if form.period_to is not None:
        pairs.append(("period", _period(form, speech)))
    return (
        _panel(speech, "deed.form.contract", pairs),
        Heading(speech.say("deed.form.rights"), 2),
        lists.rights_table(speech, registry, form.rights),
        Heading(speech.say("deed.form.statements"), 2),
        Bullets(_statements(form, registry, speech), ordered=True),
    )


def _panel(speech: Speech, title: str, pairs: list[tuple[str, str]]) -> Pairs:
    return Pairs(
        title=speech.say(title),
        columns=1,
        items=tuple(Pair(speech.say(f"deed.form.{name}"), text) for name, text in pairs),
    )


def _value(form: EstablishForm, speech: Speech) -> str:
    if form.value is None:
        return speech.say("deed.form.value.none")
    amount = speech.amount(form.value.amount_fen)
    return speech.say(f"deed.form.value.{form.value.how}", amount=amount)


def _filer(form: EstablishForm, speech: Speech) -> str:
    if form.on_behalf is None:
        return speech.say("deed.form.together")
    parties = {party.identifier: party.name for party in (*form.pledgors, form.pledgee)}
    filer = parties.get(form.on_behalf.filer, form.on_behalf.filer)
    givers = tuple(parties.get(item, item) for item in form.on_behalf.authorized_by)
    return speech.say("deed.form.on_behalf", filer=filer, givers=givers)


def _period(form: EstablishForm, speech: Speech) -> str:
    start, end = speech.day(form.period_from), speech.day(form.period_to)
    return speech.say("deed.form.term", start=start, end=end)


def _statements(form: EstablishForm, registry: Registry, speech: Speech) -> tuple[str, ...]:
    codes = ["true", "electronic"]
    if registry is Registry.PATENT:
        codes.append("same_day" if form.same_day_statement else "same_day_open")
    if registry is Registry.TRADEMARK:
        codes.append("marks")
    if registry is Registry.DATA:
        codes.append("data")
    said = [speech.say(f"deed.form.statement.{code}") for code in codes]
    said += [
        speech.say(f"deed.form.insists.{item.ground}", right=item.right) for item in form.insists
    ]
    said += [
        speech.say("deed.form.consent", right=item.right, by=item.by) for item in form.consents
    ]
    if form.electronic_list:
        said.append(speech.say("deed.form.list", name=form.electronic_list))
    return tuple(said)


def _change(form: ChangeForm, speech: Speech) -> tuple[Block, ...]:
    pairs = [
        ("registration_no", form.registration_no),
        ("changed_on", speech.day(form.changed_on)),
    ]
    return (
        _panel(speech, "deed.form.registration", pairs),
        Heading(speech.say("deed.form.changes"), 2),
        changes_table(form, speech),
        Bullets((speech.say("deed.form.statement.true"),)),
    )


def changes_table(form: ChangeForm, speech: Speech) -> Table:
    """What changes: before and after, one item a row."""
    columns = tuple(
        Column(head=speech.say(f"deed.form.change.{name}"), width="1fr")
        for name in ("what", "before", "after")
    )
    rows = tuple(
        Row(
            cells=(
                speech.say(f"deed.form.subject.{item.subject}"),
                _changed(speech, item, item.before),
                _changed(speech, item, item.after),
            )
        )
        for item in form.changes
    )
    return Table(columns=columns, rows=rows)


def _changed(speech: Speech, item: Change, text: str) -> str:
    if item.subject is ChangeSubject.AMOUNT and text.isdecimal():
        return speech.amount(int(text))
    if item.subject is ChangeSubject.CLAIM_KIND and text in {kind.value for kind in ClaimKind}:
        return speech.say(f"filing.claim.{text}")
    if item.subject is ChangeSubject.SCOPE and set(text.split()) <= {part.value for part in Scope}:
        return speech.joined(tuple(speech.say(f"filing.scope.{part}") for part in text.split()))
    return text


def _extend(form: ExtendForm, speech: Speech) -> tuple[Block, ...]:
    how = "alone" if form.is_creditor_alone else "together"
    pairs = [
        ("registration_no", form.registration_no),
        ("period_to", speech.day(form.period_to)),
        ("new_period_to", speech.day(form.new_period_to)),
    ]
    return (
        _panel(speech, "deed.form.registration", pairs),
        Bullets(
            (speech.say(f"deed.form.extend.{how}"), speech.say("deed.form.statement.true")),
            ordered=True,
        ),
    )


def _cancel(form: CancelForm, speech: Speech) -> tuple[Block, ...]:
    pairs = [
        ("registration_no", form.registration_no),
        ("ground", speech.say(f"deed.form.ground.{form.ground}")),
        ("ground_on", speech.day(form.ground_on)),
        ("released", speech.joined(form.rights)),
        ("released_count", str(len(form.rights))),
    ]
    return (
        _panel(speech, "deed.form.registration", pairs),
        Bullets(
            (speech.say("deed.form.cancel"), speech.say("deed.form.statement.true")), ordered=True
        ),
    )
