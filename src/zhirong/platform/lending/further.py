"""A further pledge under a line that was granted: marks, copyright, data; or more patents.

It adds security beside what was approved, so it needs no new approval; its value does not count
towards the covered part of the limit. Contract and filing are its own.
"""

from dataclasses import dataclass

from django.db import transaction

from zhirong.application.filing_views import fee_states, right_items
from zhirong.core.errors import InputError
from zhirong.core.money import Money
from zhirong.filing.applications import Extras
from zhirong.filing.contracts import CourtPlace, PledgeContract, standard_terms
from zhirong.filing.disbursement import FeeState
from zhirong.filing.documents import DocumentKind
from zhirong.filing.forms import (
    ClaimKind,
    ContractItems,
    ContractKind,
    RightItem,
    Scope,
    ValueBasis,
    ValueStatement,
)
from zhirong.filing.office import Registry
from zhirong.filing.states import FINAL
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisedRight
from zhirong.platform.filing.checking import appraisal_of
from zhirong.platform.filing.held import item_of, value_of
from zhirong.platform.filing.models import Filing, HeldRight, PledgedRight
from zhirong.platform.filing.preparing import NewFiling, add_given, prepare
from zhirong.platform.lending.contracts import lender_of, party_of
from zhirong.platform.lending.models import Facility
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import need_stage
from zhirong.platform.matters.visibility import matter_for
from zhirong.platform.operations import clock

Stage = Matter.Stage
# As long as the line stands and nothing is being released.
PLEDGED_AT = (
    Stage.CONTRACTED,
    Stage.SIGNED,
    Stage.FILED,
    Stage.REGISTERED,
    Stage.DRAWN,
)


class FurtherPledgeError(InputError):
    """Rights that cannot be pledged further; `reason` says why."""

    code = "error.further_pledge"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not pledged: {reason}.", reason=f"error.further_pledge.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPledge:
    """Rights of one register to be pledged under the matter's line.

    Attributes:
        amount: Secured amount; the limit where none is given.
    """

    registry: Registry
    rights: tuple[str, ...]
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The rights with what contract and filing ask of them."""

    items: tuple[RightItem, ...]
    value: ValueStatement
    values: dict[str, int]
    fees: tuple[FeeState, ...] = ()
    extracts: tuple[HeldRight, ...] = ()


@transaction.atomic
def add_pledge(number: str, new: NewPledge, *, actor: Viewer) -> Filing:
    """Make the contract of a further pledge and all papers of its filing, to be signed.

    Raises:
        StageError: No line was granted, or the pledge is being released.
        FurtherPledgeError: No right is chosen, one is not known, or pledged in this matter already.
    """
    matter = matter_for(number, actor, Right.FILE)
    need_stage(matter, *PLEDGED_AT, wanted=Stage.CONTRACTED)
    facility = Facility.objects.get(matter=matter)
    _check_free(matter, new.rights)
    is_patent = new.registry is Registry.PATENT
    chosen = _patents(matter, new.rights) if is_patent else _held(matter, new)
    contract = _contract(matter, facility, new, chosen)
    filing = prepare(
        matter,
        NewFiling(
            number=contract.items.number,
            contract=contract,
            extras=Extras(
                same_day_statement=is_patent,
                marks_together=new.registry is Registry.TRADEMARK,
            ),
            values=chosen.values,
            fees=chosen.fees,
        ),
        by=actor,
    )
    if new.registry is Registry.DATA:
        for place, right in enumerate(chosen.extracts, start=1):
            suffix = right.extract.name.rpartition(".")[2].lower()
            kind = DocumentKind.CERTIFICATE.value
            add_given(filing, kind, f"{kind}-{place}.{suffix}", right.extract)
    return filing


def _check_free(matter: Matter, rights: tuple[str, ...]) -> None:
    if not rights:
        raise FurtherPledgeError("none")
    standing = PledgedRight.objects.filter(
        filing__matter=matter, number__in=rights, released_on=None
    ).exclude(filing__state__in=[state.value for state in FINAL])
    if standing.exists():
        raise FurtherPledgeError("pledged")


def _patents(matter: Matter, rights: tuple[str, ...]) -> _Chosen:
    run = Facility.objects.get(matter=matter).proposal.run
    rows = AppraisedRight.objects.filter(run=run, number__in=rights, is_registrable=True)
    values = dict(rows.values_list("number", "value_fen"))
    if set(values) != set(rights):
        raise FurtherPledgeError("unknown")
    appraisal = appraisal_of(matter)
    return _Chosen(
        items=right_items(appraisal, rights),
        value=ValueStatement(
            amount_fen=sum(values.values()),
            how=ValueBasis.AGREED,
            dated_on=run.valuation_date,
            report_number=run.report_number,
        ),
        values=values,
        fees=fee_states(appraisal, rights, on=clock.today()),
    )


def _held(matter: Matter, new: NewPledge) -> _Chosen:
    rows = HeldRight.objects.filter(
        matter=matter, registry=new.registry.value, number__in=new.rights, is_withdrawn=False
    ).select_related("extract")
    rights = tuple(rows)
    if {right.number for right in rights} != set(new.rights):
        raise FurtherPledgeError("unknown")
    return _Chosen(
        items=tuple(item_of(right) for right in rights),
        value=value_of(rights),
        values={right.number: right.value_fen for right in rights},
        extracts=rights,
    )


def _contract(
    matter: Matter, facility: Facility, new: NewPledge, chosen: _Chosen
) -> PledgeContract:
    firm, lender, day = party_of(matter.firm), party_of(lender_of(matter)), clock.today()
    items = ContractItems(
        number=_number(facility),
        main_number=facility.number,
        signed_on=day,
        kind=ContractKind.ORDINARY,
        claim_kind=ClaimKind.LOAN,
        amount_fen=facility.limit_fen if new.amount is None else new.amount.fen,
        debt_from=facility.available_from,
        debt_to=facility.last_maturity,
        rights_count=len(chosen.items),
        scope=tuple(Scope),
        scope_words=None,
    )
    terms = standard_terms(lender.address, CourtPlace.PLEDGEE, on=day, parameters=Parameters())
    return PledgeContract(
        registry=new.registry,
        items=items,
        pledgors=(firm,),
        pledgee=lender,
        debtor=firm,
        rights=chosen.items,
        value=chosen.value,
        terms=terms,
    )


def _number(facility: Facility) -> str:
    """The next pledge contract of the line; a filing made anew has the number of its first."""
    begin = f"{facility.number}-P"
    numbers = Filing.objects.filter(number__startswith=begin).values_list("number", flat=True)
    made = {number.partition(".")[0] for number in numbers}
    return f"{begin}{len(made) + 1}"
