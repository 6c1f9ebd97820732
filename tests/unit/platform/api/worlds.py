"""Every operation of the API with who may do it, and worlds in which all are tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction

from tests import filings
from tests.callers import Caller
from tests.people import MONDAY, House
from tests.plan_house import PlanHouse
from tests.unit.platform.lending.test_loan import paid
from zhirong.filing.applications import Extras
from zhirong.filing.office import Registry
from zhirong.filing.progress import Progress
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.filing.coding import plain
from zhirong.platform.filing.models import Filing, SentAct
from zhirong.platform.lending.models import Condition
from zhirong.platform.lending.rail_models import Refund
from zhirong.platform.plans import services
from zhirong.platform.plans.models import PlanRun, PlanStep
from zhirong.platform.webhooks import services as webhooks
from zhirong.platform.webhooks.models import Delivery

R = Right
MATTER = "/matters/{number}"
DRAW = f"{MATTER}/draws/{{draw}}"
FILING = f"{MATTER}/filings/{{filing}}"
HOOK = "/webhooks/{webhook}"
PLAN = "/plans/{number}"
PLAN_RUN = f"{PLAN}/runs/{{run}}"
PARTIES = (R.STRUCTURE, R.SERVICE, R.INVEST)
DAY = MONDAY.isoformat()


@dataclass(frozen=True)
class Row:
    """What an operation needs: any of the rights; and what it is asked with."""

    method: str
    path: str
    rights: tuple[Right, ...]
    body: Any = None
    of_matter: bool = field(default=True)


def reading(path: str) -> Row:
    return Row("GET", path, (R.FOLLOW,))


def acting(path: str, *rights: Right, body: Any = None) -> Row:
    return Row("POST", path, rights, body)


def open_to(path: str, *rights: Right, method: str = "GET", body: Any = None) -> Row:
    """An operation about nobody's matter."""
    return Row(method, path, rights, body, of_matter=False)


WISH = {
    "product": "house",
    "amount": "1",
    "tenor_months": 12,
    "form": "bullet",
    "every_months": 3,
    "purpose": "x",
    "account": "1",
    "has_credit_query_consent": True,
}
MARK = {
    "registry": "trademark",
    "number": "12345678",
    "name": "x",
    "kind": "trademark",
    "registered_on": DAY,
    "term_end": "2036-06-29",
    "owners": ["x"],
    "state": "in_force",
    "is_seized": False,
    "value": "1",
    "basis": "agreed",
    "valued_on": DAY,
    "seen_on": DAY,
    "extract": "{file}",
    "classes": [7],
}
PAYEE = {"amount": "1", "payee_name": "x", "payee_account": "1"}
SUPPLIED = {"payee": {"name": "x", "wallet": "1"}, "goods": "x", "amount": "1"}
TABLE: dict[str, Row] = {
    "me": open_to("/me", *R),
    "banks": open_to("/banks", R.FOLLOW),
    "products": open_to("/products", R.FOLLOW),
    "matters": open_to("/matters", R.FOLLOW),
    "open_matter": open_to(
        "/matters", R.APPLY, method="POST", body={"title": "x", "lender": "{bank}"}
    ),
    "matter": reading(MATTER),
    "withdraw": acting(f"{MATTER}/withdrawal", R.APPLY),
    "way": reading(f"{MATTER}/way"),
    "parts": reading(f"{MATTER}/parts"),
    "withdraw_consent": acting(f"{MATTER}/parts/{{bank}}/withdrawal", R.APPLY),
    "log": reading(f"{MATTER}/log"),
    "shown": reading(f"{MATTER}/shown"),
    "job": reading(f"{MATTER}/jobs/{{job}}"),
    "export": Row("GET", f"{MATTER}/export", (R.APPLY,)),
    "files": reading(f"{MATTER}/files"),
    "give_files": acting(f"{MATTER}/files", R.APPLY, body={"a.csv": b"x"}),
    "take_back": Row("DELETE", f"{MATTER}/files/{{file}}", (R.APPLY,)),
    "file": reading(f"{MATTER}/files/{{file}}"),
    "application": reading(f"{MATTER}/application"),
    "apply": acting(f"{MATTER}/application", R.APPLY, body=WISH),
    "qualification": reading(f"{MATTER}/qualification"),
    "check_qualification": acting(f"{MATTER}/qualification", R.CHECK),
    "appraisals": reading(f"{MATTER}/appraisals"),
    "ask_for_appraisal": acting(f"{MATTER}/appraisals", R.APPRAISE, body={"valuation_date": DAY}),
    "appraisal": reading(f"{MATTER}/appraisals/{{run}}"),
    "cancel_appraisal": acting(f"{MATTER}/appraisals/{{run}}/cancellation", R.APPRAISE),
    "appraised_rights": reading(f"{MATTER}/appraisals/{{run}}/rights"),
    "limit_sheet": Row("GET", f"{MATTER}/limit", (R.PROPOSE, R.APPROVE)),
    "offer": reading(f"{MATTER}/offer"),
    "proposals": reading(f"{MATTER}/proposals"),
    "propose": acting(
        f"{MATTER}/proposals", R.PROPOSE, body={"limit": "1", "spread_bp": "1", "reason": "x"}
    ),
    "decide": acting(f"{MATTER}/decisions", R.APPROVE, body={"verdict": "approve", "version": 1}),
    "deeds": reading(f"{MATTER}/deeds"),
    "make_contracts": acting(f"{MATTER}/contracts", R.CONTRACT),
    "sign": acting(f"{MATTER}/signatures", R.SIGN_BORROWER, R.SIGN_LENDER),
    "filings": reading(f"{MATTER}/filings"),
    "filing_grounds": reading(f"{FILING}/grounds"),
    "file_pledge": acting(f"{FILING}/submission", R.FILE),
    "prepare_release": acting(f"{FILING}/release-papers", R.FILE),
    "file_release": acting(f"{FILING}/release", R.FILE),
    "held_rights": reading(f"{MATTER}/held-rights"),
    "enter_right": acting(f"{MATTER}/held-rights", R.FILE, body=MARK),
    "bring_documents": acting(f"{MATTER}/office-documents", R.FILE, body={"a.csv": b"x"}),
    "add_pledge": acting(
        f"{MATTER}/pledges", R.FILE, body={"registry": "trademark", "rights": ["1"]}
    ),
    "mend_filing": acting(f"{FILING}/mending", R.FILE, body={}),
    "choose_rights": acting(f"{FILING}/rights", R.FILE, body={"rights": ["1"]}),
    "give_up_pledge": acting(f"{FILING}/giving-up", R.FILE),
    "prepare_change": acting(
        f"{FILING}/change-papers",
        R.FILE,
        body={"changed_on": DAY, "items": [{"part": "amount", "after": "1"}]},
    ),
    "prepare_extension": acting(f"{FILING}/extension-papers", R.FILE, body={"period_to": DAY}),
    "file_amendment": acting(f"{FILING}/amendment", R.FILE),
    "drop_amendment": acting(f"{FILING}/amendment-dropping", R.FILE),
    "enter_notice_text": acting(f"{FILING}/notice-texts", R.FILE, body={"text": "x"}),
    "enter_notice": acting(
        f"{FILING}/notices",
        R.FILE,
        body={"kind": "accepted", "notice_no": "1", "dated_on": DAY},
    ),
    "take_package": Row("GET", f"{MATTER}/acts/{{act}}/package", (R.FILE,)),
    "prove_fees": acting(f"{MATTER}/fee-proofs", R.FILE, body={"document": "{file}"}),
    "facility": reading(f"{MATTER}/facility"),
    "tick_condition": acting(
        f"{MATTER}/conditions/{{condition}}", R.CONTRACT, body={"document": "{file}"}
    ),
    "blocks": reading(f"{MATTER}/blocks"),
    "draws": reading(f"{MATTER}/draws"),
    "ask_draw": acting(f"{MATTER}/draws", R.DRAW, body=PAYEE),
    "draw": reading(DRAW),
    "release_draw": acting(f"{DRAW}/release", R.PAY),
    "payoff": reading(f"{DRAW}/payoff"),
    "statement": reading(f"{DRAW}/statement"),
    "receipts": reading(f"{DRAW}/receipts"),
    "book_receipt": acting(
        f"{DRAW}/receipts",
        R.RECEIVE,
        body={"amount": "1", "reference": "r", "received_on": DAY},
    ),
    "early_quote": reading(f"{DRAW}/early-quote?principal=1"),
    "payments": reading(f"{DRAW}/payments"),
    "pay_supplier": acting(f"{DRAW}/supplier-payments", R.DRAW, body=SUPPLIED),
    "release_refund": acting(f"{MATTER}/refunds/{{refund}}/release", R.PAY),
    "repay": acting(f"{DRAW}/repayments", R.DRAW, body={"amount": "1"}),
    "webhooks": open_to("/webhooks", R.FOLLOW),
    "register_webhook": open_to(
        "/webhooks",
        R.FOLLOW,
        method="POST",
        body={"url": "https://hook.example/x", "events": ["*"]},
    ),
    "end_webhook": Row("DELETE", HOOK, (R.FOLLOW,)),
    "deliveries": reading(f"{HOOK}/deliveries"),
    "tell_again": acting(f"{HOOK}/deliveries/{{delivery}}/repetition", R.FOLLOW),
    "plans": open_to("/plans", *PARTIES),
    "open_plan": open_to("/plans", R.STRUCTURE, method="POST", body={"title": "x"}),
    "plan": Row("GET", PLAN, PARTIES),
    "plan_log": Row("GET", f"{PLAN}/log", PARTIES),
    "let_in": acting(f"{PLAN}/parts", R.STRUCTURE, body={"identifier": "x", "part": "investor"}),
    "end_part": acting(f"{PLAN}/parts/{{bank}}/end", R.STRUCTURE),
    "plan_files": Row("GET", f"{PLAN}/files", PARTIES),
    "give_plan_files": acting(f"{PLAN}/files", R.STRUCTURE, body={"a.csv": b"x"}),
    "plan_file": Row("GET", f"{PLAN}/files/{{file}}", PARTIES),
    "plan_runs": Row("GET", f"{PLAN}/runs", PARTIES),
    "plan_run": Row("GET", PLAN_RUN, PARTIES),
    "structure_plan": acting(f"{PLAN}/structures", R.STRUCTURE),
    "plan_structure": Row("GET", f"{PLAN}/structure", PARTIES),
    "report_payment": acting(
        f"{PLAN}/reports", R.SERVICE, body={"payment_on": "{payment}", "scenario": "{scenario}"}
    ),
    "cancel_plan_run": acting(f"{PLAN_RUN}/cancellation", R.STRUCTURE),
    "publish_plan_run": acting(f"{PLAN}/runs/{{draft}}/publication", R.STRUCTURE),
    "finish_plan_step": acting(f"{PLAN}/steps/{{step}}", R.STRUCTURE, body={"a.pdf": b"%PDF-1.7"}),
}
# Asked with files.
GIVING = {"give_files", "bring_documents", "give_plan_files", "finish_plan_step"}
# Registered by the bank: for the firm of the same matter they are another organization's.
OF_THE_BANK = {"end_webhook", "deliveries", "tell_again"}


class PlanWorld:
    """A plan whose structure is published, and a later one that is not; quick to make."""

    def __init__(self) -> None:
        self.house = house = PlanHouse(MONDAY)
        number = house.opened()
        house.with_parties(number)
        run = house.published(number)
        draft = services.ask_structure(number, actor=house.arranger)
        PlanRun.objects.filter(pk=draft.pk).update(state=PlanRun.State.DONE, summary=run.summary)
        self.names: dict[str, Any] = {
            "number": number,
            "bank": house.investing.pk,
            "run": run.pk,
            "draft": draft.pk,
            "file": run.files.all()[0].file_id,
            "step": PlanStep.objects.all()[0].key,
            "payment": run.summary["payments"][0],
            "scenario": run.summary["scenarios"][0]["key"],
        }


class World:
    """A loan that is paid out, with one of everything that addresses name; and a plan beside."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.plan = PlanWorld()
        hook = webhooks.register("https://hook.example", ("*",), actor=house.manager)
        draw = paid(house)
        matter = draw.facility.matter
        file = NewFile(name="b.csv", content=b"y", media_type="text/csv")
        (kept,) = upload(matter.number, (file,), actor=house.firm)
        run = AppraisalRun.objects.get()
        filing = Filing.objects.create(
            matter=matter,
            number="F-1",
            registry="patent",
            contract=plain(filings.pledge()),
            extras=plain(Extras()),
            progress=plain(Progress(registry=Registry.PATENT)),
            state="draft",
        )
        SentAct.objects.create(
            filing=filing,
            client_reference="F-1-establish-1",
            kind="establish",
            body={"form": {}, "registration_no": None, "answers": None},
            files=[],
            made_by_id=house.clerk.user_id,
            made_on=MONDAY,
        )
        refund = Refund.objects.create(
            draw=draw, reference=f"{draw.number}-RF1", amount_fen=1, rail="bank", made_on=MONDAY
        )
        condition = Condition.objects.create(facility=draw.facility, text="x")
        self.names: dict[str, Any] = {
            "number": matter.number,
            "bank": house.bank_organization.pk,
            "file": kept.pk,
            "job": run.job_id,
            "run": run.pk,
            "draw": draw.number,
            "filing": "F-1",
            "act": "F-1-establish-1",
            "condition": condition.pk,
            "refund": refund.reference,
            "webhook": hook.number,
            "delivery": Delivery.objects.filter(webhook_id=hook.number)[0].pk,
        }

    def people(self) -> dict[str, Viewer]:
        house = self.house
        return {
            "firm": house.firm,
            "manager": house.manager,
            "risk": house.risk,
            "chief": house.chief,
            "clerk": house.clerk,
            "admin": house.admin,
            "arranger": self.plan.house.arranger,
            "servicer": self.plan.house.servicer,
            "investor": self.plan.house.investor,
        }

    def names_for(self, name: str) -> dict[str, Any]:
        """What the address of an operation is filled with."""
        if not TABLE[name].path.startswith(PLAN):
            return self.names
        names = self.plan.names
        return names | {"run": names["draft"]} if name == "publish_plan_run" else names

    def try_out(self, name: str, who: Caller) -> tuple[int, str]:
        """Status and code of an operation, and the world as it was before."""
        row = TABLE[name]
        names = self.names_for(name)
        path = row.path.format(**names)
        with transaction.atomic():
            if name in GIVING:
                answer = who.give(path, row.body)
            else:
                answer = who.ask(row.method, path, _filled(row.body, names), Idempotency_Key="k")
            transaction.set_rollback(True)
        # Read to the end it closes by itself; closed by hand it takes the test's database along.
        content = answer.getvalue()
        is_problem = answer.status_code >= 400
        return answer.status_code, answer.json()["code"] if is_problem and content else ""


def _filled(body: Any, names: dict[str, Any]) -> Any:
    if not isinstance(body, dict):
        return body
    return {
        name: names[value.strip("{}")]
        if isinstance(value, str) and value.startswith("{")
        else value
        for name, value in body.items()
    }


def bare(patch: pytest.MonkeyPatch) -> World:
    """A world whose filing is a bare row: its check and blocks are tried where papers are."""
    for place in ("selectors", "sending"):
        patch.setattr(f"zhirong.platform.filing.{place}.check", lambda filing: ())
    patch.setattr("zhirong.platform.filing.mending.make_papers", lambda filing, by: None)
    patch.setattr("zhirong.platform.filing.blocks.blocks_of", lambda matter, _: ())
    return World(House())


@contextmanager
def held(blocker: Any) -> Iterator[pytest.MonkeyPatch]:
    """A module's own world: every test takes back what it did, and so does the end."""
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        yield patch
        transaction.set_rollback(True)
