"""The contracts of an approved matter, made from what was approved: nothing is typed twice."""

from decimal import Decimal

from django.db import transaction

from zhirong import bootstrap_counterparties as counterparties
from zhirong.application.filing_views import fee_states, right_items
from zhirong.application.result import Appraisal
from zhirong.core.money import Money
from zhirong.filing.applications import Extras
from zhirong.filing.contracts import (
    BreachTerms,
    CourtPlace,
    LoanContract,
    PledgeContract,
    RateTerms,
    Repayment,
    Repricing,
    standard_terms,
)
from zhirong.filing.forms import (
    ClaimKind,
    ContractItems,
    ContractKind,
    Party,
    Scope,
    ValueBasis,
    ValueStatement,
)
from zhirong.filing.office import Registry
from zhirong.lending.payments import STATUTORY
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisedRight
from zhirong.platform.documents.deeds import NewDeed, make, sign_all
from zhirong.platform.filing.checking import appraisal_of
from zhirong.platform.filing.models import Filing
from zhirong.platform.filing.preparing import NewFiling, prepare
from zhirong.platform.lending.contracting import all_signed, grant
from zhirong.platform.lending.models import Application, Facility
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.services import need_stage
from zhirong.platform.matters.visibility import matter_for
from zhirong.platform.operations import clock
from zhirong.platform.words import words

Stage = Matter.Stage
MAIN_CONTRACT = "main_contract"
# Papers may be made anew as long as the registration is not released.
_SIGNABLE = (
    Stage.CONTRACTED,
    Stage.SIGNED,
    Stage.FILED,
    Stage.REGISTERED,
    Stage.DRAWN,
    Stage.REPAID,
    Stage.RELEASING,
)


def lender_of(matter: Matter) -> Organization:
    """The bank of a matter."""
    return Participation.objects.get(matter=matter, part="lender", until=None).organization


def party_of(organization: Organization) -> Party:
    """An organization as a party of contracts and filings."""
    return Party(
        name=organization.name,
        identifier=organization.identifier,
        address=organization.address,
    )


@transaction.atomic
def make_contracts(number: str, *, actor: Viewer) -> Facility:
    """Grant the facility and make loan contract, pledge contract and all papers of the filing.

    Raises:
        StageError: The matter is not approved.
    """
    matter = matter_for(number, actor, Right.CONTRACT)
    facility = grant(matter, actor=actor)
    appraisal = appraisal_of(matter)
    pledge = _pledge_contract(matter, facility, appraisal)
    loan = _loan_contract(matter, facility, pledge.items.number)
    day = clock.today()
    parties = (
        (matter.firm, words().label("deed.role.borrower", "zh")),
        (lender_of(matter), words().label("deed.role.lender", "zh")),
    )
    deed = NewDeed(
        kind=MAIN_CONTRACT,
        title=words().label("deed.title.loan", "zh"),
        number=facility.number,
        content=counterparties.loan_deed(loan, dated_on=day),
        parties=parties,
    )
    make(matter, (deed,), by=actor)
    numbers = tuple(right.number for right in pledge.rights)
    rows = AppraisedRight.objects.filter(run=facility.proposal.run, number__in=numbers)
    new = NewFiling(
        number=pledge.items.number,
        contract=pledge,
        extras=Extras(same_day_statement=True),
        values=dict(rows.values_list("number", "value_fen")),
        fees=fee_states(appraisal, numbers, on=day),
    )
    prepare(matter, new, by=actor)
    return facility


def _pledge_contract(matter: Matter, facility: Facility, appraisal: Appraisal) -> PledgeContract:
    proposal, day = facility.proposal, clock.today()
    rights = right_items(appraisal, tuple(proposal.rights))
    firm, lender = party_of(matter.firm), party_of(lender_of(matter))
    rows = AppraisedRight.objects.filter(run=proposal.run, number__in=proposal.rights)
    value = sum(rows.values_list("value_fen", flat=True))
    items = ContractItems(
        number=f"{facility.number}-P1",
        main_number=facility.number,
        signed_on=day,
        kind=ContractKind.ORDINARY,
        claim_kind=ClaimKind.LOAN,
        amount_fen=facility.limit_fen,
        debt_from=facility.available_from,
        debt_to=facility.last_maturity,
        rights_count=len(rights),
        scope=tuple(Scope),
        scope_words=None,
    )
    return PledgeContract(
        registry=Registry.PATENT,
        items=items,
        pledgors=(firm,),
        pledgee=lender,
        debtor=firm,
        rights=rights,
        value=ValueStatement(
            amount_fen=value,
            how=ValueBasis.AGREED,
            dated_on=proposal.run.valuation_date,
            report_number=proposal.run.report_number,
        ),
        terms=standard_terms(lender.address, CourtPlace.PLEDGEE, on=day, parameters=Parameters()),
    )


def _loan_contract(matter: Matter, facility: Facility, pledge_number: str) -> LoanContract:
    proposal, day, parameters = facility.proposal, clock.today(), Parameters()
    application = Application.objects.get(matter=matter)
    threshold = Money(parameters.number("lending.entrusted_payment_above", on=day))
    return LoanContract(
        number=facility.number,
        signed_on=day,
        lender=party_of(lender_of(matter)),
        borrower=party_of(matter.firm),
        amount_fen=facility.limit_fen,
        is_revolving=facility.is_revolving,
        purpose=application.purpose,
        available_from=facility.available_from,
        available_to=facility.available_until,
        last_maturity=facility.last_maturity,
        rate=RateTerms(
            lpr_term=facility.lpr_tenor.upper(),
            lpr=proposal.quoted_rate - facility.spread_bp / Decimal(10_000),
            lpr_on=proposal.proposed_on,
            spread_bp=int(facility.spread_bp),
            repricing=Repricing.YEARLY if facility.repricing_months else Repricing.FIXED,
            day_count_basis=360,
            settled_every_months=facility.every_months,
            settlement_day=int(parameters.number("lending.settlement_day", on=day)),
        ),
        repayment=Repayment(facility.form),
        breach=BreachTerms(
            overdue_margin=facility.overdue_margin,
            misuse_margin=facility.misuse_margin,
            order=tuple(kind.value for kind in STATUTORY),
        ),
        prepayment_notice_days=int(
            parameters.get("lending.policy", on=day).value["prepayment_notice_days"]
        ),
        entrusted_above_fen=threshold.fen,
        pledge_numbers=(pledge_number,),
        conditions=tuple(proposal.conditions),
        wallet=application.wallet if application.pay_by == "ecny" else "",
    )


@transaction.atomic
def sign(number: str, *, actor: Viewer) -> Matter:
    """Sign all that waits for the actor's organization; once all have signed the line is open.

    Raises:
        SigningTurnError: Nothing waits for this organization.
    """
    is_borrower = actor.may(Right.SIGN_BORROWER)
    right = Right.SIGN_BORROWER if is_borrower else Right.SIGN_LENDER
    matter = matter_for(number, actor, right)
    need_stage(matter, *_SIGNABLE, wanted=Stage.SIGNED)
    is_complete = sign_all(matter, actor=actor)
    if is_complete and matter.stage == Stage.CONTRACTED:
        all_signed(matter, actor=actor)
    return Matter.objects.get(pk=matter.pk)


def filings_of(matter: Matter) -> tuple[Filing, ...]:
    """The filings of a matter."""
    return tuple(Filing.objects.filter(matter=matter))
