"""Who owns the right: registered owner, chain of title, co-owners (A1 to A3)."""

import unicodedata

from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_event, of_patent, of_reply, passes
from zhirong.diligence.records import Outcome
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.records import Owner

_CHANGES = (EventKind.TRANSFERRED, EventKind.BIBLIOGRAPHIC_CHANGED)


def same_name(text: str) -> str:
    """A name without what differs between spellings of one name: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_pledgor(owner: Owner, grounds: Grounds) -> bool:
    dossier = grounds.dossier
    own = dossier.pledgor_name is None
    code = dossier.firm.credit_code if own else dossier.pledgor_credit_code
    if owner.credit_code and code:
        return owner.credit_code.upper() == code.upper()
    return same_name(owner.name) == same_name(dossier.pledgor_name or dossier.firm.name)


def is_registered_owner(grounds: Grounds, subject: str) -> Outcome:
    """A1: the pledgor is a registered owner, by a recent extract where a pledge is planned."""
    patent = grounds.patents[subject]
    pledgor = grounds.dossier.pledgor_name or grounds.dossier.firm.name
    if not patent.owners:
        return is_silent(pledgor=pledgor)
    owners = tuple(owner.name for owner in patent.owners)
    evidence = of_patent(patent, "owners")
    if any(_is_pledgor(owner, grounds) for owner in patent.owners):
        limit = int(grounds.limit("extract_age_days_max"))
        read_on = grounds.register_read_on(subject)
        is_proven = read_on is not None and (grounds.dossier.day - read_on).days <= limit
        if is_proven or grounds.dossier.purpose != "pledge":
            return passes(evidence, pledgor=pledgor, owners=owners)
        return is_silent(
            evidence,
            text="not_known_extract",
            condition="new_extract",
            pledgor=pledgor,
            owners=owners,
            limit=limit,
        )
    return fails(evidence, condition="record_ownership", pledgor=pledgor, owners=owners)


def has_unbroken_chain(grounds: Grounds, subject: str) -> Outcome:
    """A2: the last recorded change of owner or name leads to an owner of today."""
    patent = grounds.patents[subject]
    answer = grounds.choice("A2", subject)
    reply = grounds.reply("A2", subject)
    changes = grounds.events(subject, *_CHANGES)
    if not grounds.is_register_read(subject) and not changes:
        return _chain_from_answer(grounds, subject)
    if not changes:
        return passes(text="pass_no_change", read_on=grounds.register_read_on(subject))
    last: RegisterEvent = changes[-1]
    if answer == "yes" and reply and reply.document:
        return passes(of_event(last), of_reply(reply), text="pass_document", on=last.true_on)
    if last.party is None or not patent.owners:
        return is_silent(of_event(last), text="not_known_party", on=last.true_on)
    party = same_name(last.party)
    owners = tuple(owner.name for owner in patent.owners)
    if any(same_name(owner) in party for owner in owners):
        return passes(of_event(last), party=last.party, on=last.true_on)
    return fails(
        of_event(last),
        of_patent(patent, "owners"),
        condition="chain_documents",
        party=last.party,
        owners=owners,
        on=last.true_on,
    )


def _chain_from_answer(grounds: Grounds, subject: str) -> Outcome:
    reply = grounds.reply("A2", subject)
    answer = grounds.choice("A2", subject)
    if reply and answer == "yes" and reply.document:
        return passes(of_reply(reply), text="pass_document", on=reply.answered_on)
    if reply and answer == "no":
        return fails(of_reply(reply), text="fail_answered", condition="chain_documents")
    return is_silent()


def has_consent_of_co_owners(grounds: Grounds, subject: str) -> Outcome:
    """A3: each co-owner has agreed in writing."""
    patent = grounds.patents[subject]
    if not patent.owners:
        return is_silent(text="not_known_owners", condition="co_owner_consent")
    if not patent.is_co_owned:
        return passes(of_patent(patent, "owners"), text="pass_single")
    others = tuple(o.name for o in patent.owners if not _is_pledgor(o, grounds))
    reply = grounds.reply("A3", subject)
    answer = grounds.choice("A3", subject)
    owners = of_patent(patent, "owners")
    if reply and answer == "no":
        return fails(owners, of_reply(reply), condition="co_owner_consent", others=others)
    if reply and answer == "yes" and reply.document:
        return passes(owners, of_reply(reply), others=others, document=reply.document)
    return is_silent(owners, condition="co_owner_consent", others=others)
