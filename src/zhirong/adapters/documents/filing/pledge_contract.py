"""The pledge contract: ordinary or maximum amount, for the rights of one register."""

from datetime import date

from zhirong.adapters.documents.blocks import Heading, Pair, Pairs, Prose
from zhirong.adapters.documents.filing import lists
from zhirong.adapters.documents.filing.deed import Clause, Deed, Head, Speech, deed
from zhirong.core.messages import Fact
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.forms import ContractKind
from zhirong.filing.office import Registry

Article = tuple[str, tuple[str, ...]]
_RENEWED = (Registry.TRADEMARK, Registry.DATA)


def pledge_contract(contract: PledgeContract, speech: Speech, *, dated_on: date) -> Deed:
    """The contract with every item that the register asks for, ready to be signed.

    Args:
        contract: The record; its signing day may still be open.
        speech: Language.
        dated_on: The document's own day.
    """
    items = contract.items
    return deed(
        speech,
        Head(
            title=speech.say(f"deed.pledge.title.{contract.registry}.{items.kind}"),
            number=items.number,
            issued_on=dated_on,
            author=contract.pledgee.name,
        ),
        *(speech.party("deed.pledgor", party) for party in contract.pledgors),
        speech.party("deed.pledgee", contract.pledgee),
        speech.party("deed.debtor", contract.debtor),
        Prose(speech.say("deed.pledge.preamble", main=items.main_number)),
        *_clauses(contract, speech),
        _signed(contract, speech),
        speech.signatures(
            *(speech.signature("deed.pledgor", party) for party in contract.pledgors),
            speech.signature("deed.pledgee", contract.pledgee),
        ),
        Heading(speech.say("deed.pledge.annex", count=len(contract.rights)), 2),
        lists.rights_table(speech, contract.registry, contract.rights),
    )


def _signed(contract: PledgeContract, speech: Speech) -> Pairs:
    return Pairs(
        columns=2,
        items=(
            Pair(speech.say("deed.signed_on"), speech.day(contract.items.signed_on)),
            Pair(speech.say("deed.signed_at"), contract.terms.place),
        ),
    )


def _clauses(contract: PledgeContract, speech: Speech) -> tuple[Clause, ...]:
    registry = contract.registry
    is_ceiling = contract.items.kind is ContractKind.MAXIMUM_AMOUNT
    facts = _facts(contract, speech)

    def article(name: str, *texts: str) -> Article:
        title = speech.say(f"deed.pledge.{name}.title")
        return title, tuple(speech.say(f"deed.pledge.{text}", **facts) for text in texts)

    articles = [
        article("claim", *(_ceiling_texts() if is_ceiling else _claim_texts())),
        article("scope", "scope.1", "scope.2" if not is_ceiling else "scope.ceiling"),
        article("rights", "rights.1", f"rights.value.{_value(contract)}", "rights.3"),
        article("effect", *_effect_texts(registry)),
        article("upkeep", *_upkeep_texts(registry)),
        article("dealing", "dealing.1", "dealing.2", "dealing.3"),
        article("events", "events.1", "events.2", "events.3"),
    ]
    if registry is Registry.PATENT:
        chosen = "same_day.named" if contract.terms.same_day_rights else "same_day.none"
        articles.append(article("same_day", chosen, "same_day.2"))
    if registry is Registry.TRADEMARK:
        articles.append(article("family", "family.1"))
    articles += [
        article("delivery", "delivery.1"),
        article("realization", *_realization_texts(registry)),
        article("main_changes", "main_changes.1", "main_changes.2"),
        article("release", "release.1", "release.2"),
        article("truth", "truth.1", "truth.2"),
        article("disputes", "disputes.1"),
        article("form", "form.1", "form.2"),
    ]
    return speech.clauses(*articles)


def _claim_texts() -> tuple[str, ...]:
    return ("claim.1", "claim.2")


def _ceiling_texts() -> tuple[str, ...]:
    return ("ceiling.1", "ceiling.2", "ceiling.3")


def _value(contract: PledgeContract) -> str:
    return "none" if contract.value is None else str(contract.value.how)


def _effect_texts(registry: Registry) -> tuple[str, ...]:
    if registry is Registry.DATA:
        return ("effect.data.1", "effect.data.2")
    period = ("effect.period",) if registry is Registry.TRADEMARK else ()
    return ("effect.1", "effect.2", "effect.3", *period)


def _upkeep_texts(registry: Registry) -> tuple[str, ...]:
    if registry is Registry.PATENT:
        return ("upkeep.fee.1", "upkeep.fee.2")
    if registry in _RENEWED:
        return ("upkeep.renewal.1", "upkeep.fee.2")
    return ("upkeep.keep.1", "upkeep.fee.2")


def _realization_texts(registry: Registry) -> tuple[str, ...]:
    if registry is Registry.DATA:
        return ("realization.data.1", "realization.3")
    return ("realization.1", "realization.2", "realization.3", "realization.4")


def _facts(contract: PledgeContract, speech: Speech) -> dict[str, Fact]:
    items, terms, value = contract.items, contract.terms, contract.value
    scope = tuple(speech.say(f"filing.scope.{item}") for item in items.scope)
    kind = speech.say(f"filing.claim.{items.claim_kind}") if items.claim_kind else ""
    return {
        "main": items.main_number,
        "claim_kind": kind or speech.say("deed.blank"),
        "amount": speech.amount(items.amount_fen),
        "debt_from": speech.day(items.debt_from),
        "debt_to": speech.day(items.debt_to),
        "debtor": contract.debtor.name,
        "scope": items.scope_words or speech.joined(scope),
        "count": items.rights_count,
        "right": speech.say(f"deed.right.{contract.registry}"),
        "office": speech.say(f"deed.office.{contract.registry}"),
        "value": speech.amount(value.amount_fen if value else None),
        "report": (value.report_number if value else None) or speech.say("deed.blank"),
        "fee_days": terms.fee_days_before,
        "notice_days": terms.notice_days,
        "release_days": terms.release_days,
        "same_day": terms.same_day_rights,
        "court": speech.say(f"deed.court.{terms.court_of}"),
    }
