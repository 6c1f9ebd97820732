"""Small valid filings to start from: a form, its parts, a notice."""

from dataclasses import replace
from datetime import date
from typing import Any

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
from zhirong.filing.office import Notice, NoticeKind

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
