"""What kind of body the owner is, and what law binds it therefore (A13, E6)."""

from collections.abc import Mapping
from dataclasses import replace

from zhirong.diligence.checks.ownership import same_name
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_reply, passes
from zhirong.diligence.records import Evidence, Outcome
from zhirong.parameters.reader import table

# Universities and public research bodies decide themselves; what binds them is the price's notice.
_SELF_DECIDING = frozenset(("university", "public_hospital", "public_school"))
_TRANSFERS = frozenset(("transfer", "license", "contribution"))


def _of_firm(grounds: Grounds, fact: str) -> Evidence:
    firm = grounds.dossier.firm
    return Evidence(fact=fact, reference=firm.kind, source=firm.source)


def may_give_security(grounds: Grounds, subject: str) -> Outcome:
    """E6: a body of this kind may pledge its rights."""
    row = table("diligence_owner_kinds").get(grounds.dossier.firm.kind)
    outcome = _capacity(grounds, subject, row)
    return replace(outcome, law=row["law"]) if row else outcome


def _capacity(grounds: Grounds, subject: str, row: Mapping[str, str] | None) -> Outcome:
    kind = grounds.dossier.firm.kind
    evidence = _of_firm(grounds, "owner_kind")
    label = f"owner_kind.{kind}" if row else kind
    if row is None:
        return is_silent(evidence, kind=label)
    if row["pledge"] == "no":
        return fails(evidence, condition="other_pledgor", kind=label)
    if row["pledge"] == "yes":
        return passes(evidence, text=row["text"], kind=label)
    reply, answer = grounds.reply("E6", subject), grounds.choice("E6", subject)
    if reply and answer == "no":
        return fails(
            evidence, of_reply(reply), text="fail_approval", condition="approval", kind=label
        )
    if reply and answer == "yes" and reply.document:
        document = reply.document
        return passes(
            evidence, of_reply(reply), text="pass_approval", kind=label, document=document
        )
    return is_silent(evidence, text="not_known_approval", condition="approval", kind=label)


def follows_state_asset_rules(grounds: Grounds, subject: str) -> Outcome:
    """A13: the appraisal of a state-owned firm's right is approved or filed.

    A university decides itself and needs no approval; its price is published.
    """
    firm = grounds.dossier.firm
    if firm.kind in _SELF_DECIDING:
        return _price_notice(grounds, subject)
    evidence = _of_firm(grounds, "is_state_owned")
    if firm.is_state_owned is None:
        return is_silent(evidence)
    if not firm.is_state_owned:
        others = _co_owners(grounds)
        return passes(evidence, text="pass_alone", others=others) if others else passes(evidence)
    reply, answer = grounds.reply("A13", subject), grounds.choice("A13", subject)
    if reply and answer == "no":
        return fails(evidence, of_reply(reply), condition="state_appraisal")
    if reply and answer == "yes" and reply.document:
        return passes(evidence, of_reply(reply), text="pass_filed", document=reply.document)
    return is_silent(evidence, text="not_known_filing", condition="state_appraisal")


def _co_owners(grounds: Grounds) -> tuple[str, ...]:
    """Other owners than the firm, whose kind the file does not tell."""
    firm = same_name(grounds.dossier.firm.name)
    names = (owner.name for patent in grounds.dossier.patents for owner in patent.owners)
    return tuple(dict.fromkeys(name for name in names if same_name(name) != firm))


def _price_notice(grounds: Grounds, subject: str) -> Outcome:
    evidence = _of_firm(grounds, "owner_kind")
    if grounds.dossier.purpose not in _TRANSFERS:
        return passes(evidence, text="pass_self_deciding")
    reply, answer = grounds.reply("A13", subject), grounds.choice("A13", subject)
    days = int(grounds.limit("price_notice_days"))
    if reply and answer == "no":
        return fails(
            evidence, of_reply(reply), text="fail_notice", condition="price_notice", days=days
        )
    if reply and answer == "yes" and reply.document:
        document = reply.document
        return passes(evidence, of_reply(reply), text="pass_notice", days=days, document=document)
    return is_silent(evidence, text="not_known_notice", condition="price_notice", days=days)
