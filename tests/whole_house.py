"""A whole platform in one process: people, an example firm, a trial office and a trial bank."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import transaction

from tests.conftest import CHECKOUT
from tests.people import MONDAY, House, organization, viewer
from zhirong.adapters.offices.http import HttpOffice
from zhirong.adapters.offices.in_process import InProcess
from zhirong.adapters.offices.sandbox.app import SandboxApp
from zhirong.adapters.offices.sandbox.office import open_office
from zhirong.adapters.offices.sandbox.seeding import seed as seed_office
from zhirong.adapters.offices.sandbox.temper import Temper as OfficeTemper
from zhirong.adapters.rails.ecny.client import EcnyRail
from zhirong.adapters.rails.iso20022.client import BankRail
from zhirong.adapters.rails.rail_http import RailHttp
from zhirong.adapters.rails.sandbox.app import RailsApp, put_accounts
from zhirong.adapters.rails.sandbox.counterparty import open_counterparty
from zhirong.adapters.rails.sandbox.temper import Temper as RailTemper
from zhirong.core.money import Money
from zhirong.filing.office import OfficeDownError
from zhirong.ledger.rails import RailDownError
from zhirong.lending.schedules import Form
from zhirong.platform.accounts.rights import Role
from zhirong.platform.appraisals.services import ask_for_appraisal
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.filing import sending
from zhirong.platform.filing.blocks import prove_fees
from zhirong.platform.filing.models import Filing
from zhirong.platform.lending import applying, contracts, deciding, drawing, incoming, registering
from zhirong.platform.lending.blocks import blocks_of
from zhirong.platform.lending.models import Decision, DrawDown
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Outbox
from zhirong.platform.operations.outbox import finish, put_off
from zhirong.platform.work import payments, polling
from zhirong.platform.work.handlers import HANDLERS

FOLDER = CHECKOUT / "examples" / "five-firms" / "2-plastics"
FIRM = ("甬例二号塑业（虚构）有限公司", "91990000MAXXXX0234")
BANK = ("甬例银行（虚构）", "91990000MAXXXX0B7R")
FIRM_ACCOUNT, OWN_ACCOUNT = "6200000000000002", "6100000000000001"
OWN_WALLET, FIRM_WALLET, SUB_WALLET = "0022000000000001", "0022000000000002", "0022000000000002-1"
SUPPLIER = ("甬例树脂贸易（虚构）有限公司", "0022000000000101")
OTHER_SUPPLIER = ("甬例模具（虚构）有限公司", "0022000000000102")
PERSONAL = ("赵六", "0022000000000201")
FUNDS = 10**12
AWAY = (OfficeDownError, RailDownError)
YES = Decision.Verdict.APPROVE


def yuan(text: str) -> Money:
    return Money(Decimal(text))


class WholeHouse(House):
    """The house with its counterparties; `work` does what the processes would."""

    office_temper = OfficeTemper(seed=1)
    rail_temper = RailTemper(seed=1)

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        clock.set_day(MONDAY)
        self.firm_organization = organization("firm", *FIRM)
        self.bank_organization = organization("bank", *BANK)
        self.firm = viewer(self.firm_organization, Role.FIRM_OFFICER)
        self.manager = viewer(self.bank_organization, Role.ACCOUNT_MANAGER)
        self.risk = viewer(self.bank_organization, Role.RISK_OFFICER)
        self.chief = viewer(self.bank_organization, Role.RISK_CHIEF)
        self.clerk = viewer(self.bank_organization, Role.PLEDGE_CLERK)
        self.admin = viewer(self.bank_organization, Role.ADMINISTRATOR)
        self.open_counterparties(place)
        seed_office(self.office_app.office.store, {"believes_unknown": True})
        put_accounts(self.bank_app.counterparty, self._accounts())
        monkeypatch.setattr(sending, "office", self.office)
        monkeypatch.setattr(polling, "rail", self.rail)
        monkeypatch.setattr(payments, "rail", self.rail)
        monkeypatch.setattr(polling, "operator", self.operator)
        monkeypatch.setattr(payments, "operator", self.operator)
        self._settle(monkeypatch)

    def open_counterparties(self, place: Path) -> None:
        """Open the trial office and the trial bank at their files, or anew."""
        self.office_app = SandboxApp(
            office=open_office(place / "office", today=clock.today, behavior=self.office_temper),
            has_control=True,
        )
        self.bank_app = RailsApp(
            counterparty=open_counterparty(
                place / "bank", today=clock.today, temper=self.rail_temper
            ),
            has_control=True,
        )

    def _settle(self, monkeypatch: pytest.MonkeyPatch) -> None:
        values = {"ACCOUNT": OWN_ACCOUNT, "NAME": BANK[0], "BANK": "313331000014"}
        for name, value in values.items():
            monkeypatch.setattr(f"django.conf.settings.SETTLEMENT_{name}", value)
        monkeypatch.setattr("django.conf.settings.ECNY_WALLET", OWN_WALLET)

    def _accounts(self) -> list[dict[str, Any]]:
        held = ((OWN_ACCOUNT, BANK[0]), (FIRM_ACCOUNT, FIRM[0]))
        accounts: list[dict[str, Any]] = [
            {"rail": "bank", "id": number, "holder": name, "opening_fen": FUNDS}
            for number, name in held
        ]
        return [*accounts, *self._wallets()]

    def _wallets(self) -> list[dict[str, Any]]:
        """The bank's, the firm's with a sub-wallet for one supplier, and two suppliers'."""
        firm = {"rail": "ecny", "holder": FIRM[0]}
        return [
            {"rail": "ecny", "id": OWN_WALLET, "holder": BANK[0], "kind": "corporate",
             "opening_fen": FUNDS},
            {**firm, "id": FIRM_WALLET, "kind": "corporate", "single_max_fen": 600_000_000,
             "opening_fen": 100_000_000},
            {**firm, "id": SUB_WALLET, "kind": "sub_wallet", "mother": FIRM_WALLET,
             "payees": [SUPPLIER[1]]},
            {"rail": "ecny", "id": SUPPLIER[1], "holder": SUPPLIER[0], "kind": "corporate"},
            {"rail": "ecny", "id": OTHER_SUPPLIER[1], "holder": OTHER_SUPPLIER[0],
             "kind": "corporate"},
            {"rail": "ecny", "id": PERSONAL[1], "holder": PERSONAL[0], "kind": "personal_3"},
        ]  # fmt: skip

    def operator(self) -> EcnyRail:
        client = httpx.Client(
            transport=httpx.WSGITransport(app=self.bank_app), base_url="http://operator"
        )
        return EcnyRail(http=RailHttp("ecny", client), wallet=OWN_WALLET)

    def office(self) -> HttpOffice:
        client = httpx.Client(transport=InProcess(self.office_app), base_url="http://office")
        return HttpOffice(name="office", client=client)

    def rail(self) -> BankRail:
        client = httpx.Client(
            transport=httpx.WSGITransport(app=self.bank_app), base_url="http://bank"
        )
        return BankRail(http=RailHttp("bank", client), account=OWN_ACCOUNT, now=clock.now)

    def work(self) -> None:
        """What relay, worker and poller do, once round."""
        for item in Outbox.objects.filter(done_at=None).order_by("id"):
            HANDLERS[item.kind](item)
            finish(item.pk)
        polling.end_days()
        polling.hear_office()
        polling.hear_rail()
        polling.hear_operator()

    def work_patiently(self) -> None:
        """The same, while a counterparty may be away: what it does not answer waits."""
        for item in Outbox.objects.filter(done_at=None).order_by("id"):
            try:
                HANDLERS[item.kind](item)
                finish(item.pk)
            except AWAY:
                put_off(item.pk, pause=timedelta(0))
        polling.end_days()
        for hear in (polling.hear_office, polling.hear_rail, polling.hear_operator):
            with suppress(*AWAY):
                hear()

    def next_day(self) -> date:
        day = clock.next_working_day()
        self.work()
        return day

    def on(self, day: date) -> None:
        clock.set_day(day)
        self.work()

    # The way of a matter, step by step.

    def applied(self, amount: str = "5000000", **changes: Any) -> str:
        matter = self.matter()
        files = tuple(
            NewFile(name=path.name, content=path.read_bytes(), media_type="text/plain")
            for path in sorted(FOLDER.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        )
        upload(matter.number, files, actor=self.firm)
        wish: dict[str, Any] = {
            "product": "house",
            "amount": yuan(amount),
            "tenor_months": 12,
            "form": Form.INTEREST_FIRST,
            "every_months": 3,
            "purpose": "购买注塑原料",
            "account": FIRM_ACCOUNT,
            "has_credit_query_consent": True,
        }
        applying.apply(matter.number, applying.Wish(**(wish | changes)), actor=self.firm)
        return matter.number

    def appraised(self, number: str) -> None:
        applying.check_qualification(number, actor=self.manager)
        ask_for_appraisal(
            number,
            valuation_date=clock.today(),
            debt_term_end=date(2027, 10, 6),
            actor=self.manager,
        )
        self.work()

    def approved(
        self, number: str, limit: str = "5000000", rights: tuple[str, ...] | None = None
    ) -> None:
        matter = Matter.objects.get(number=number)
        rights = registrable(matter) if rights is None else rights
        terms = deciding.Terms(
            limit=yuan(limit),
            spread_bp=Decimal(60),
            rights=rights,
            conditions=(),
            reason="订单充足，质押物覆盖",
        )
        deciding.propose(number, terms, actor=self.risk)
        deciding.decide(number, YES, reason="", version=1, actor=self.other_risk())
        if Matter.objects.get(number=number).stage == Matter.Stage.PROPOSED:
            deciding.decide(number, YES, reason="", version=1, actor=self.chief)

    def signed(self, number: str) -> None:
        contracts.make_contracts(number, actor=self.manager)
        contracts.sign(number, actor=self.firm)
        contracts.sign(number, actor=self.chief)

    def filed(self, number: str) -> None:
        filing = Filing.objects.filter(matter__number=number).latest("id")
        registering.file(number, filing.number, actor=self.clerk)
        self.work()

    def registered(self, number: str) -> None:
        self.filed(number)
        for _ in range(6):
            if Matter.objects.get(number=number).stage == Matter.Stage.REGISTERED:
                return
            self.next_day()
        raise AssertionError("the office has not registered the pledge")

    def proved(self, number: str) -> None:
        """The firm pays the next annual fees and gives the receipt; the clerk takes it."""
        receipt = NewFile(
            name="annual-fees.pdf", content=b"%PDF-1.7 receipt", media_type="application/pdf"
        )
        (kept,) = upload(number, (receipt,), actor=self.firm)
        prove_fees(number, document_id=kept.pk, actor=self.clerk)

    def drawn(self, number: str, amount: str = "5000000", key: str = "draw-1") -> DrawDown:
        request = drawing.DrawRequest(
            key=key, amount=yuan(amount), payee_name=FIRM[0], payee_account=FIRM_ACCOUNT
        )
        draw = drawing.ask(number, request, actor=self.firm)
        matter = Matter.objects.get(number=number)
        drawing.release(draw.number, blocks=blocks_of(matter), actor=self.manager)
        self.work()
        return DrawDown.objects.get(pk=draw.pk)

    def to_money(self) -> DrawDown:
        """From application to money."""
        number = self.applied()
        self.appraised(number)
        self.approved(number)
        self.signed(number)
        self.registered(number)
        self.proved(number)
        return self.drawn(number)

    def repaid(self, draw: DrawDown) -> None:
        """Every installment on its day, from the firm's account over the rail."""
        for line in list(draw.installments.all()):
            self.on(line.due_on)
            fen = line.principal_fen + line.interest_fen
            incoming.repay(
                draw.number,
                amount=Money.of_fen(fen),
                key=f"repay-{draw.number}-{line.number}",
                actor=self.firm,
            )
            self.work()
            self.work()

    def released(self, number: str) -> None:
        filing = Filing.objects.filter(matter__number=number).latest("id")
        registering.prepare_release(number, filing.number, actor=self.clerk)
        contracts.sign(number, actor=self.firm)
        contracts.sign(number, actor=self.chief)
        registering.file_release(number, filing.number, actor=self.clerk)
        self.work()
        for _ in range(6):
            if Matter.objects.get(number=number).stage == Matter.Stage.CLOSED:
                return
            self.next_day()
        raise AssertionError("the office has not released the pledge")


def registrable(matter: Matter) -> tuple[str, ...]:
    with transaction.atomic():
        run = deciding.run_in_force(matter)
    rows = run.rights.filter(is_registrable=True)
    return tuple(rows.values_list("number", flat=True))
