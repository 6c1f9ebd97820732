"""A bank and a firm with a granted line, at a trial office: for tests of filings and their acts.

The patents of the line are plain records here, and signing is a fake: what is tried is the way of
papers, acts and notices.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import transaction

from tests import filings
from tests.fake_desk import FakeDesk
from tests.people import House
from tests.unit.platform.lending.test_loan import approved
from zhirong.adapters.offices.http import HttpOffice
from zhirong.adapters.offices.in_process import InProcess
from zhirong.adapters.offices.sandbox.app import SandboxApp
from zhirong.adapters.offices.sandbox.office import open_office
from zhirong.adapters.offices.sandbox.seeding import seed as seed_office
from zhirong.adapters.offices.sandbox.temper import Temper
from zhirong.core.money import Money
from zhirong.filing.applications import Extras
from zhirong.filing.forms import ContractItems, RightItem, ValueBasis
from zhirong.filing.office import Registry
from zhirong.filing.register_view import GateAnswer, GateOutcome, Owner, RightState, RightView
from zhirong.platform.documents import deeds
from zhirong.platform.documents.deeds import NewDeed
from zhirong.platform.documents.models import Deed, StoredFile
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.filing import checking, hearing, held, sending
from zhirong.platform.filing.models import Filing
from zhirong.platform.filing.preparing import NewFiling, prepare
from zhirong.platform.lending import contracting, contracts, further, registering
from zhirong.platform.lending.contracts import lender_of, party_of
from zhirong.platform.lending.models import Facility
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Outbox
from zhirong.platform.operations.outbox import finish

PATENTS = ("2018100000015", "2018100000023")
MARK, OTHER_MARK = "12345678", "12345679"
SOFTWARE, DATA = "2020SR0012345", "33020260001"
FILED, GRANTED = date(2018, 1, 2), date(2020, 3, 4)


def patent(number: str) -> RightItem:
    return RightItem(
        number=number, name="一种阀", kind="invention", filing_date=FILED, grant_date=GRANTED
    )


class PledgeHouse(House):
    """The house with a line that is granted, its patents pledged, and a trial office."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.office_app = SandboxApp(
            office=open_office(place / "office", today=clock.today, behavior=Temper(seed=1)),
            has_control=True,
        )
        seed_office(self.office_app.office.store, {"believes_unknown": True})
        monkeypatch.setattr(sending, "office", self.office)
        monkeypatch.setattr(deeds, "desk", FakeDesk)
        monkeypatch.setattr(checking, "appraisal_of", lambda matter: matter)
        monkeypatch.setattr(checking, "right_views", self._views)

    def office(self) -> HttpOffice:
        client = httpx.Client(transport=InProcess(self.office_app), base_url="http://office")
        return HttpOffice(name="office", client=client)

    def _views(
        self, _: Matter, *, live_pledges: dict[str, tuple[str, ...]]
    ) -> tuple[RightView, ...]:
        """All patents stand well, and are looked up each day."""
        numbers = {r["number"] for f in Filing.objects.all() for r in f.contract["rights"]}
        return tuple(
            RightView(
                number=number,
                owners=(Owner(name=self.firm_organization.name),),
                seen_on=clock.today(),
                term_end=date(2038, 1, 1),
                gates=(GateOutcome(row="in_force", answer=GateAnswer.YES, law="law.pledge_461_3"),),
                live_pledges=live_pledges.get(number, ()),
            )
            for number in sorted(numbers)
        )

    def contracted(self, *patents: str, **extras: Any) -> Matter:
        """A matter with its line granted, contracts and papers made."""
        matter = approved(self)
        with transaction.atomic():
            facility = contracting.grant(matter, actor=self.manager)
            firm, bank = party_of(matter.firm), party_of(lender_of(matter))
            loan = NewDeed(
                kind="main_contract",
                title="借款合同",
                number=facility.number,
                content=b"%PDF-1.7 loan",
                parties=((matter.firm, "借款人"), (self.bank_organization, "贷款人")),
            )
            deeds.make(matter, (loan,), by=self.manager)
            rights = tuple(patent(number) for number in patents or PATENTS)
            pledge = filings.pledge(
                items=_items(facility, len(rights)),
                pledgors=(firm,),
                pledgee=bank,
                debtor=firm,
                rights=rights,
            )
            new = NewFiling(
                number=pledge.items.number,
                contract=pledge,
                extras=Extras(same_day_statement=True, **extras),
                values=dict.fromkeys((right.number for right in rights), 800_000_000),
                fees=(),
            )
            prepare(matter, new, by=self.manager)
        return Matter.objects.get(pk=matter.pk)

    def sign(self, number: str) -> None:
        contracts.sign(number, actor=self.firm)
        if Deed.objects.filter(is_signed=False, is_withdrawn=False).exists():
            contracts.sign(number, actor=self.chief)

    def chief_signs(self, number: str) -> None:
        """What the bank signs alone."""
        contracts.sign(number, actor=self.chief)

    def work(self) -> None:
        """What relay, worker and poller do of filings, once round."""
        for item in Outbox.objects.filter(done_at=None, kind=sending.SEND).order_by("id"):
            sending.perform(item)
            finish(item.pk)
        hearing.take_notices(sending.office(), follow=registering.follow)
        hearing.end_periods()

    def days(self, count: int = 5) -> None:
        for _ in range(count):
            clock.next_working_day()
            self.work()

    def on(self, day: date) -> None:
        clock.set_day(day)
        self.work()

    def file(self, filing: Filing) -> None:
        registering.file(filing.matter.number, filing.number, actor=self.clerk)
        self.work()

    def registered(self, *patents: str) -> Filing:
        """A matter whose patents are registered; its filing."""
        matter = self.contracted(*patents)
        self.sign(matter.number)
        filing = Filing.objects.get()
        self.file(filing)
        self.days()
        return Filing.objects.get()

    def document(self, number: str, name: str = "extract.pdf") -> StoredFile:
        """A document that the firm gave."""
        content = f"%PDF-1.7 {name}".encode()
        file = NewFile(name=name, content=content, media_type="application/pdf")
        (kept,) = upload(number, (file,), actor=self.firm)
        return kept

    def entered(self, number: str, right: str = MARK, **changes: Any) -> None:
        """A mark of the firm, entered by the clerk."""
        held.enter(number, self.new_right(number, right, **changes), actor=self.clerk)

    def new_right(self, number: str, right: str = MARK, **changes: Any) -> held.NewRight:
        given: dict[str, Any] = {
            "registry": Registry.TRADEMARK,
            "number": right,
            "name": "甲牌",
            "kind": "trademark",
            "classes": (7,),
            "registered_on": date(2015, 5, 7),
            "term_end": date(2035, 5, 6),
            "owners": (self.firm_organization.name,),
            "state": RightState.IN_FORCE,
            "is_seized": False,
            "value": Money(Decimal(2_000_000)),
            "basis": ValueBasis.AGREED,
            "valued_on": clock.today(),
            "seen_on": clock.today(),
        }
        given |= changes
        if "extract_id" not in given:
            given["extract_id"] = self.document(number, f"{right.replace('/', '-')}.pdf").pk
        return held.NewRight(**given)

    def pledged(self, number: str, *rights: str, registry: Registry = Registry.TRADEMARK) -> Filing:
        """The filing of a further pledge."""
        new = further.NewPledge(registry=registry, rights=rights or (MARK,))
        return further.add_pledge(number, new, actor=self.clerk)


def _items(facility: Facility, count: int) -> ContractItems:
    return filings.contract(
        number=f"{facility.number}-P1",
        main_number=facility.number,
        signed_on=clock.today(),
        amount_fen=facility.limit_fen,
        debt_from=facility.available_from,
        debt_to=facility.last_maturity,
        rights_count=count,
    )
