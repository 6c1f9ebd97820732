"""An office to try on, in this process, and applications to put before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from zhirong.adapters.offices.http import HttpOffice, connect
from zhirong.adapters.offices.in_process import InProcess
from zhirong.adapters.offices.sandbox.app import SandboxApp
from zhirong.adapters.offices.sandbox.office import SandboxOffice, open_office
from zhirong.adapters.offices.sandbox.temper import Temper
from zhirong.filing import forms
from zhirong.filing.office import Act, ActKind, Notice, PackageFile, Registry

MONDAY = date(2026, 6, 1)
FIRM, BANK = "甬江样例精密科技有限公司", "宁波样例银行股份有限公司"
PATENT, OTHER_PATENT = "ZL201710601862.3", "ZL201410264351.3"
UTILITY_MODEL, PLEDGED = "ZL201720601862.9", "ZL201710911092.2"
MARK, SIMILAR_MARK = "12345678", "12345679"
SOFTWARE, CERTIFICATE = "2020SR0012345", "33020260001"


def right(number: str, **changed: object) -> dict[str, object]:
    """A granted patent of the firm, as a seed file has it."""
    kind = "utility_model" if number[6] == "2" else "invention"
    body: dict[str, object] = {
        "registry": "patent",
        "number": number,
        "name": "一种样例装置",
        "kind": kind,
        "owners": [FIRM],
        "filing_date": "2017-07-21",
        "granted_on": "2019-05-10",
        "fees_paid_until": "2027-07-21",
    }
    return {**body, **changed}


SEED: Mapping[str, Any] = {
    "rights": [
        right(PATENT),
        right(OTHER_PATENT),
        right(UTILITY_MODEL),
        right(PLEDGED),
        right(MARK, registry="trademark", kind="trademark", fees_paid_until=None),
        right(SIMILAR_MARK, registry="trademark", kind="trademark", fees_paid_until=None),
        right(SOFTWARE, registry="copyright", kind="software", fees_paid_until=None),
        right(
            CERTIFICATE,
            registry="data",
            kind="data_ip",
            fees_paid_until=None,
            expires_on="2028-01-01",
        ),
    ],
    "pledges": [
        {
            "registration_no": "Y2025980000001",
            "registry": "patent",
            "rights": [PLEDGED],
            "pledgors": [FIRM],
            "pledgee": "另一家银行",
            "amount_fen": 100,
            "registered_on": "2025-01-10",
        }
    ],
}


@dataclass(slots=True)
class Clock:
    """A day that a test moves."""

    day: date = MONDAY

    def today(self) -> date | None:
        return self.day


@dataclass(slots=True)
class Tried:
    """An office in this process, its clock and the client that reaches it."""

    folder: Path
    temper: Temper = field(default_factory=lambda: Temper(seed=1))
    clock: Clock = field(default_factory=Clock)
    seed: Mapping[str, Any] = field(default_factory=lambda: SEED)
    sandbox: SandboxOffice = field(init=False)
    client: HttpOffice = field(init=False)

    def __post_init__(self) -> None:
        self.open()
        self.client.control("seed", **self.seed)

    def open(self) -> None:
        self.sandbox = open_office(self.folder, today=self.clock.today, behavior=self.temper)
        app = SandboxApp(office=self.sandbox, has_control=True)
        self.client = connect("http://office", name="sandbox", transport=InProcess(app))

    def reopen(self) -> None:
        """As after a crash: nothing is left but the file."""
        self.sandbox.store.close()
        self.open()

    def on(self, day: date) -> "Tried":
        self.clock.day = day
        return self

    def notices(self) -> list[Notice]:
        """All notices, each once, in the order of their numbers."""
        given = {notice.notice_no: notice for _, notice in self.client.notices(after=0)}
        return [given[number] for number in sorted(given)]

    def kinds(self) -> list[str]:
        return [str(notice.kind) for notice in self.notices()]

    def codes(self) -> list[str]:
        """The codes of the grounds of the last notice."""
        return [ground.code for ground in self.notices()[-1].grounds]


def person(name: str, identifier: str) -> forms.Party:
    return forms.Party(name=name, identifier=identifier, address="宁波市样例路1号")


def contract(**changed: Any) -> forms.ContractItems:
    items = forms.ContractItems(
        number="ZY-1",
        main_number="JK-1",
        signed_on=date(2026, 5, 28),
        kind=forms.ContractKind.ORDINARY,
        claim_kind=forms.ClaimKind.LOAN,
        amount_fen=500_000_000,
        debt_from=date(2026, 6, 1),
        debt_to=date(2027, 5, 31),
        rights_count=1,
        scope=(forms.Scope.PRINCIPAL, forms.Scope.INTEREST),
        scope_words=None,
    )
    return replace(items, **changed)


def item(number: str, **changed: Any) -> forms.RightItem:
    listed = forms.RightItem(
        number=number,
        name="一种样例装置",
        kind="utility_model" if number[6:7] == "2" else "invention",
        filing_date=date(2017, 7, 21),
        grant_date=date(2019, 5, 10),
    )
    return replace(listed, **changed)


def establish(*numbers: str, **changed: Any) -> forms.EstablishForm:
    """A form that a patent office grants."""
    rights = tuple(item(number) for number in numbers or (PATENT,))
    firm, bank = person(FIRM, "F"), person(BANK, "B")
    form = forms.EstablishForm(
        pledgors=(firm,),
        pledgee=bank,
        debtor=firm,
        agent=None,
        contract=contract(rights_count=len(rights)),
        rights=rights,
        value=None,
        same_day_statement=True,
        insists=(),
        consents=(),
        commitments=tuple(
            forms.Commitment(by=by, kind=forms.CommitmentKind.IDENTITY) for by in ("F", "B")
        ),
        channel=forms.Channel.ONLINE,
        on_behalf=None,
    )
    return replace(form, **changed)


def files(*names: str) -> tuple[PackageFile, ...]:
    return tuple(PackageFile(f"{name}.pdf", name.encode()) for name in names)


FILES = files("application", "pledge_contract", "main_contract", "certificate")


def act(form: forms.Form | None = None, reference: str = "ZR-1", **changed: Any) -> Act:
    """An act to register a pledge of patents."""
    made = Act(
        client_reference=reference,
        registry=Registry.PATENT,
        kind=ActKind.ESTABLISH,
        form=forms.encode_form(form or establish()),
        files=FILES,
    )
    return replace(made, **changed)


def cancel(registration_no: str, *numbers: str, **changed: Any) -> forms.CancelForm:
    form = forms.CancelForm(
        registration_no=registration_no,
        pledgors=(person(FIRM, "F"),),
        pledgee=person(BANK, "B"),
        agent=None,
        ground=forms.CancelGround.DEBT_PAID,
        ground_on=date(2026, 6, 10),
        rights=numbers or (PATENT,),
        channel=forms.Channel.ONLINE,
    )
    return replace(form, **changed)


def change(number: str, *changes: tuple[forms.ChangeSubject, str, str]) -> forms.ChangeForm:
    return forms.ChangeForm(
        registration_no=number,
        pledgors=(person(FIRM, "F"),),
        pledgee=person(BANK, "B"),
        agent=None,
        changed_on=date(2026, 6, 5),
        changes=tuple(forms.Change(subject=s, before=b, after=a) for s, b, a in changes),
        channel=forms.Channel.ONLINE,
    )
