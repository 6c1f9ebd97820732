"""Matters brought by the services as far as a journey in the browser begins.

Runs in a process of its own beside the served ones, which do the appraisals as always.
"""

import json
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

from tests.whole_house import registrable
from zhirong.core.money import Money
from zhirong.lending.schedules import Form
from zhirong.platform.accounts.models import Organization, User
from zhirong.platform.accounts.viewer import Viewer, viewer_of
from zhirong.platform.appraisals.services import ask_for_appraisal
from zhirong.platform.demonstration_list import account_of
from zhirong.platform.filing import mending
from zhirong.platform.filing.checking import check
from zhirong.platform.filing.coding import contract_of
from zhirong.platform.filing.models import Filing
from zhirong.platform.lending import applying, contracts, deciding
from zhirong.platform.lending.models import Decision
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import open_matter
from zhirong.platform.operations import clock
from zhirong.platform.work.examples import give_example

TEN_THOUSAND, TENOR = 10_000, 12
MOST_RIGHTS = 8
DEBT_TERM_END = date(2027, 10, 6)
APPRAISAL_SECONDS = 120
OF_SIGNATURES = {"461.7.signatures", "461.7.identity", "461.7.authorization"}
STAGES = ("opened", "applied", "appraised", "proposed", "approved", "signed")


def person(sign_in_name: str) -> Viewer:
    return viewer_of(User.objects.get(sign_in_name=sign_in_name))


def begun(firm: str, *, wan: int, is_applied: bool) -> str:
    """A matter with files, and an application."""
    actor = person(firm)
    bank = Organization.objects.get(kind="bank")
    number = open_matter(actor=actor, title="购买原料", lender_id=bank.pk).number
    give_example(number, actor=actor)
    if is_applied:
        wish = applying.Wish(
            product="house",
            amount=Money(Decimal(wan * TEN_THOUSAND)),
            tenor_months=TENOR,
            form=Form.INTEREST_FIRST,
            every_months=3,
            purpose="购买原料",
            account=account_of(Organization.objects.get(pk=actor.organization_id).identifier),
            has_credit_query_consent=True,
        )
        applying.apply(number, wish, actor=actor)
    return number


def appraisal_asked(number: str) -> None:
    manager = person("manager")
    applying.check_qualification(number, actor=manager)
    ask_for_appraisal(
        number,
        valuation_date=clock.today(),
        debt_term_end=DEBT_TERM_END,
        actor=manager,
    )


def appraised(number: str) -> Matter:
    """The matter, once the served worker has appraised it."""
    deadline = time.monotonic() + APPRAISAL_SECONDS
    while time.monotonic() < deadline:
        matter = Matter.objects.get(number=number)
        if matter.stage == Matter.Stage.APPRAISED:
            return matter
        time.sleep(0.2)
    raise AssertionError(f"{number} is not appraised")


def proposed(number: str, *, wan: int) -> None:
    terms = deciding.Terms(
        limit=Money(Decimal(wan * TEN_THOUSAND)),
        spread_bp=Decimal(60),
        rights=registrable(appraised(number))[:MOST_RIGHTS],
        conditions=(),
        reason="订单充足，质押物覆盖大部",
    )
    deciding.propose(number, terms, actor=person("risk"))


def approved(number: str) -> None:
    for name in ("risk2", "chief"):
        if Matter.objects.get(number=number).stage == Matter.Stage.PROPOSED:
            verdict = Decision.Verdict.APPROVE
            deciding.decide(number, verdict, reason="", version=1, actor=person(name))


def signed(number: str, firm: str) -> None:
    contracts.make_contracts(number, actor=person("manager"))
    filing = Filing.objects.get(matter__number=number)
    if {item.code for item in check(filing)} - OF_SIGNATURES:
        states = mending.Mending(same_day_statement=True)
        mending.mend(number, filing.number, states, actor=person("clerk"))
    open_points = {item.code for item in check(filing)} - OF_SIGNATURES
    assert not open_points, (firm, open_points)
    for name in (firm, "chief"):
        contracts.sign(number, actor=person(name))


def right_of(number: str) -> dict[str, Any]:
    """The first right of the matter's filing, as the office's register has it."""
    right = contract_of(Filing.objects.get(matter__number=number)).rights[0]
    return {
        "registry": "patent",
        "number": right.number,
        "name": right.name,
        "kind": right.kind,
        "owners": [Matter.objects.get(number=number).firm.name],
        "filing_date": right.filing_date.isoformat(),
        "granted_on": right.grant_date.isoformat(),
    }


def bring(orders: list[str]) -> dict[str, dict[str, Any]]:
    """For each `firm:stage:amount in 10,000` the matter's number, and a right once it is signed.

    All appraisals are asked for first, so that the worker does them while others are waited for.
    """
    told = [(firm, STAGES.index(stage), int(wan)) for firm, stage, wan in map(_parts, orders)]
    numbers = {firm: begun(firm, wan=wan, is_applied=to >= 1) for firm, to, wan in told}
    for firm, to, _ in told:
        if to >= STAGES.index("appraised"):
            appraisal_asked(numbers[firm])
    made: dict[str, dict[str, Any]] = {}
    for firm, to, wan in told:
        number = numbers[firm]
        made[firm] = {"number": number}
        if to >= STAGES.index("appraised"):
            appraised(number)
        if to >= STAGES.index("proposed"):
            proposed(number, wan=wan)
        if to >= STAGES.index("approved"):
            approved(number)
        if to >= STAGES.index("signed"):
            signed(number, firm)
            made[firm]["right"] = right_of(number)
    return made


def _parts(order: str) -> tuple[str, str, str]:
    firm, stage, wan = order.split(":")
    return firm, stage, wan


def main() -> None:
    """Bring what the command line orders; says where it stands as JSON."""
    sys.stdout.write(json.dumps(bring(sys.argv[1:])))
