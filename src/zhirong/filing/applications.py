"""From a contract to the forms of its acts: nothing is typed twice."""

from dataclasses import dataclass
from datetime import date

from zhirong.filing.contracts import PledgeContract
from zhirong.filing.forms import (
    Agent,
    CancelForm,
    CancelGround,
    Change,
    ChangeForm,
    Channel,
    Commitment,
    CommitmentKind,
    Consent,
    EstablishForm,
    ExtendForm,
    Insistence,
    OnBehalf,
    RightItem,
)
from zhirong.filing.office import Registry
from zhirong.parameters.reader import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How an act is filed: by whom, on which way."""

    channel: Channel = Channel.ONLINE
    agent: Agent | None = None
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What a first registration may need beside the contract."""

    same_day_statement: bool = False
    insists: tuple[Insistence, ...] = ()
    consents: tuple[Consent, ...] = ()
    marks_together: bool = False
    period_to: date | None = None


def needs_electronic_list(
    rights: tuple[RightItem, ...], *, on: date, parameters: Parameters
) -> bool:
    """Whether so many rights are filed with an electronic list."""
    return len(rights) > int(parameters.number("filing.electronic_list_above", on=on))


def establish(
    contract: PledgeContract,
    *,
    how: How,
    extras: Extras,
    electronic_list: str | None = None,
) -> EstablishForm:
    """The application to register a contract's pledge.

    Marks get a registration period: to the day given, else to the end of the debt.
    """
    has_period = contract.registry is Registry.TRADEMARK
    return EstablishForm(
        pledgors=contract.pledgors,
        pledgee=contract.pledgee,
        debtor=contract.debtor,
        agent=how.agent,
        contract=contract.items,
        rights=contract.rights,
        value=contract.value,
        same_day_statement=extras.same_day_statement,
        insists=extras.insists,
        consents=extras.consents,
        commitments=_commitments(contract, marks_together=extras.marks_together),
        channel=how.channel,
        on_behalf=how.on_behalf,
        electronic_list=electronic_list,
        period_from=contract.items.debt_from if has_period else None,
        period_to=(extras.period_to or contract.items.debt_to) if has_period else None,
    )


def _commitments(contract: PledgeContract, *, marks_together: bool) -> tuple[Commitment, ...]:
    kinds = [CommitmentKind.IDENTITY, CommitmentKind.DOCUMENTS]
    made = [
        Commitment(by=party.identifier, kind=kind)
        for party in (*contract.pledgors, contract.pledgee)
        for kind in kinds
    ]
    if marks_together:
        made += [
            Commitment(by=party.identifier, kind=CommitmentKind.MARKS_TOGETHER)
            for party in contract.pledgors
        ]
    return tuple(made)


def change(
    contract: PledgeContract,
    registration_no: str,
    changes: tuple[Change, ...],
    *,
    changed_on: date,
    how: How,
) -> ChangeForm:
    """The application to change a registration."""
    return ChangeForm(
        registration_no=registration_no,
        pledgors=contract.pledgors,
        pledgee=contract.pledgee,
        agent=how.agent,
        changed_on=changed_on,
        changes=changes,
        channel=how.channel,
        on_behalf=how.on_behalf,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """From which last day to which; and whether the creditor files alone."""

    period_to: date
    new_period_to: date
    is_creditor_alone: bool = False


def extend(
    contract: PledgeContract, registration_no: str, extension: Extension, *, how: How
) -> ExtendForm:
    """The application to extend a registration with its own period."""
    return ExtendForm(
        registration_no=registration_no,
        pledgors=contract.pledgors,
        pledgee=contract.pledgee,
        agent=how.agent,
        period_to=extension.period_to,
        new_period_to=extension.new_period_to,
        is_creditor_alone=extension.is_creditor_alone,
        channel=how.channel,
        on_behalf=how.on_behalf,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Why and since when a pledge is released, and for which rights (all: a full release)."""

    ground: CancelGround
    ground_on: date
    rights: tuple[str, ...]


def cancel(
    contract: PledgeContract, registration_no: str, release: Release, *, how: How
) -> CancelForm:
    """The application to cancel a registration, wholly or for some rights."""
    return CancelForm(
        registration_no=registration_no,
        pledgors=contract.pledgors,
        pledgee=contract.pledgee,
        agent=how.agent,
        ground=release.ground,
        ground_on=release.ground_on,
        rights=release.rights,
        channel=how.channel,
        on_behalf=how.on_behalf,
    )
