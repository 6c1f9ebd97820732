"""Small valid filings to start from: a form, its parts, a notice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from zhirong.filing import progress
from zhirong.filing.contracts import (
    BreachTerms,
    CourtPlace,
    LoanContract,
    PledgeContract,
    PledgeTerms,
    RateTerms,
    Repayment,
    Repricing,
)
from zhirong.filing.documents import DocumentKind, PackageDocument
from zhirong.filing.findings import Filing
from zhirong.filing.forms import (
    Channel,
    ClaimKind,
    Commitment,
    CommitmentKind,
    ContractItems,
    ContractKind,
    EstablishForm,
    OnBehalf,
    Party,
    RightItem,
    Scope,
    ValueBasis,
    ValueStatement,
)
from zhirong.filing.office import Act, ActKind, Notice, NoticeKind, Receipt, Registry
from zhirong.filing.progress import Progress
from zhirong.filing.register_view import (
    GateAnswer,
    GateOutcome,
    Owner,
    RightState,
    RightView,
)
from zhirong.filing.states import Step

PLEDGOR = Party(
    name="宁波海曙精密机械有限公司", identifier="91330203MA2AAAAA1X", address="宁波市海曙区"
)
PLEDGEE = Party(
    name="东海商业银行股份有限公司", identifier="91330200799655058B", address="宁波市鄞州区"
)


def contract(**changes: Any) -> ContractItems:
    items = ContractItems(
        number="ZY-2026-001",
        main_number="JK-2026-001",
        signed_on=date(2026, 6, 29),
        kind=ContractKind.ORDINARY,
        claim_kind=ClaimKind.LOAN,
        amount_fen=500_000_000,
        debt_from=date(2026, 6, 30),
        debt_to=date(2027, 6, 29),
        rights_count=1,
        scope=tuple(Scope),
        scope_words=None,
    )
    return replace(items, **changes)


def right(**changes: Any) -> RightItem:
    item = RightItem(
        number="202111434680.4",
        name="一种注塑模具",
        kind="utility_model",
        filing_date=date(2021, 11, 29),
        grant_date=date(2022, 5, 10),
    )
    return replace(item, **changes)


def form(**changes: Any) -> EstablishForm:
    parties = (PLEDGOR.identifier, PLEDGEE.identifier)
    application = EstablishForm(
        pledgors=(PLEDGOR,),
        pledgee=PLEDGEE,
        debtor=PLEDGOR,
        agent=None,
        contract=contract(),
        rights=(right(),),
        value=ValueStatement(amount_fen=800_000_000, how=ValueBasis.AGREED),
        same_day_statement=True,
        insists=(),
        consents=(),
        commitments=tuple(
            Commitment(by=party, kind=kind)
            for party in parties
            for kind in (CommitmentKind.IDENTITY, CommitmentKind.DOCUMENTS)
        ),
        channel=Channel.ONLINE,
        on_behalf=OnBehalf(filer=PLEDGEE.identifier, authorized_by=(PLEDGOR.identifier,)),
    )
    return replace(application, **changes)


def notice(kind: NoticeKind, number: str = "N-1", **changes: Any) -> Notice:
    said = Notice(
        notice_no=number,
        office_reference="O-1",
        client_reference="C-1",
        kind=kind,
        dated_on=date(2026, 7, 1),
    )
    return replace(said, **changes)


BOTH = (PLEDGOR.identifier, PLEDGEE.identifier)
ON = date(2026, 6, 30)
MARK = "12345678"


def paper(kind: DocumentKind, **changes: Any) -> PackageDocument:
    item = PackageDocument(
        kind=kind, name=f"{kind}.pdf", sha256="0" * 64, sm3="0" * 64, signed_by=BOTH
    )
    return replace(item, **changes)


def view(number: str = "202111434680.4", **changes: Any) -> RightView:
    seen = RightView(
        number=number,
        owners=(Owner(name=PLEDGOR.name, identifier=PLEDGOR.identifier),),
        seen_on=date(2026, 6, 29),
        term_end=date(2031, 11, 28),
        gates=(GateOutcome(row="in_force", answer=GateAnswer.YES, law="law.pledge_461_3"),),
    )
    return replace(seen, **changes)


def registered_view(number: str, **changes: Any) -> RightView:
    """A mark, copyright or data certificate as its register shows it."""
    known = {"gates": (), "state": RightState.IN_FORCE, "is_seized": False}
    return view(number, **{**known, **changes})


def filing(**changes: Any) -> Filing:
    """A patent filing against which nothing stands."""
    kinds = (
        DocumentKind.APPLICATION,
        DocumentKind.PLEDGE_CONTRACT,
        DocumentKind.COMMITMENT,
        DocumentKind.AUTHORIZATION,
        DocumentKind.SAME_DAY_STATEMENT,
    )
    made = Filing(
        registry=Registry.PATENT,
        form=form(),
        documents=tuple(paper(kind) for kind in kinds),
        register=(view(),),
        on=ON,
    )
    return replace(made, **changes)


def _other(registry: Registry, item: RightItem, seen: RightView, *more: DocumentKind) -> Filing:
    made = filing()
    return replace(
        made,
        registry=registry,
        form=form(rights=(item,), period_from=ON, period_to=date(2027, 9, 30)),
        documents=(*made.documents, *(paper(kind) for kind in more)),
        register=(seen,),
    )


def mark_filing() -> Filing:
    item = right(
        number=MARK, name="海曙", kind="trademark", classes=(7,), term_end=date(2031, 11, 28)
    )
    seen = registered_view(MARK, family=(MARK,))
    return _other(Registry.TRADEMARK, item, seen, DocumentKind.MAIN_CONTRACT)


def copyright_filing() -> Filing:
    item = right(number="2020SR0123456", name="排产软件", kind="software")
    seen = registered_view("2020SR0123456")
    return _other(Registry.COPYRIGHT, item, seen, DocumentKind.MAIN_CONTRACT)


def data_filing() -> Filing:
    number = "浙数知20260001"
    item = right(number=number, name="折弯数据", kind="data_ip", term_end=date(2028, 6, 30))
    seen = registered_view(number, term_end=date(2028, 6, 30), hash_matches=True)
    more = (
        DocumentKind.CERTIFICATE,
        DocumentKind.SOURCE_STATEMENT,
        DocumentKind.EFFECT_STATEMENT,
    )
    return _other(Registry.DATA, item, seen, *more)


RIGHT = "202111434680.4"
ENTRY = {"amount_fen": 500_000_000, "rights": [RIGHT], "expires_on": None}


def act(kind: ActKind, reference: str = "C-1") -> Act:
    return Act(client_reference=reference, registry=Registry.PATENT, kind=kind, form={})


def submitted(registry: Registry = Registry.PATENT) -> Progress:
    """A filing whose application lies at the office."""
    signed = progress.step(Progress(registry=registry), Step.SIGN)
    sent = progress.send(signed, act(ActKind.ESTABLISH), on=date(2026, 7, 1))
    receipt = Receipt(client_reference="C-1", office_reference="O-1", received_on=date(2026, 7, 1))
    return progress.receive(sent, receipt)


def registration(number: str = "N-2", **entry: Any) -> Notice:
    return notice(
        NoticeKind.REGISTERED,
        number,
        dated_on=date(2026, 7, 3),
        effective_on=date(2026, 7, 3),
        registration_no="Y2026000001",
        registered={**ENTRY, **entry},
    )


def registered(registry: Registry = Registry.PATENT, **entry: Any) -> Progress:
    """A filing with its pledge in the register."""
    return progress.hear(submitted(registry), registration(**entry)).progress


def pledge(registry: Registry = Registry.PATENT, **changes: Any) -> PledgeContract:
    """A pledge contract over one right of the register."""
    made = {
        Registry.PATENT: filing,
        Registry.TRADEMARK: mark_filing,
        Registry.COPYRIGHT: copyright_filing,
        Registry.DATA: data_filing,
    }[registry]().form
    agreed = PledgeContract(
        registry=registry,
        items=made.contract,
        pledgors=made.pledgors,
        pledgee=made.pledgee,
        debtor=made.debtor,
        rights=made.rights,
        value=made.value,
        terms=PledgeTerms(
            place="宁波市鄞州区",
            court_of=CourtPlace.PLEDGEE,
            fee_days_before=30,
            notice_days=5,
            release_days=10,
        ),
    )
    return replace(agreed, **changes)


def loan(**changes: Any) -> LoanContract:
    rate = RateTerms(
        lpr_term="1Y",
        lpr=Decimal("0.0300"),
        lpr_on=date(2026, 6, 22),
        spread_bp=45,
        repricing=Repricing.FIXED,
        day_count_basis=360,
        settled_every_months=3,
        settlement_day=20,
    )
    breach = BreachTerms(
        overdue_margin=Decimal("0.5"),
        misuse_margin=Decimal("1.0"),
        order=("cost", "compound", "penalty", "interest", "principal"),
    )
    agreed = LoanContract(
        number="JK-2026-001",
        signed_on=date(2026, 6, 29),
        lender=PLEDGEE,
        borrower=PLEDGOR,
        amount_fen=500_000_000,
        is_revolving=False,
        purpose="采购注塑原料",
        available_from=date(2026, 6, 30),
        available_to=date(2026, 12, 31),
        last_maturity=date(2027, 6, 29),
        rate=rate,
        repayment=Repayment.INTEREST_FIRST,
        breach=breach,
        prepayment_notice_days=3,
        entrusted_above_fen=1_000_000_000,
        pledge_numbers=("ZY-2026-001",),
    )
    return replace(agreed, **changes)
