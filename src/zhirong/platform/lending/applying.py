"""The firm applies; the account manager checks whether the matter can be worked on at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.lending.products import product
from zhirong.lending.schedules import Form
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.lending.models import Application, Qualification
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance, need_stage
from zhirong.platform.matters.visibility import matter_for
from zhirong.platform.operations import clock, journal

Stage = Matter.Stage
Kind = Organization.Kind
EVERY_MONTHS = (1, 3, 6, 12)
BANK, ECNY = RAILS = ("bank", "ecny")


class ApplicationError(InputError):
    """An application that cannot be taken as it is; `reason` is the code of its words."""

    code = "error.application"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The application: {reason}.", reason=f"error.application.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the firm asks for.

    Args:
        product: Key of the bank's product.
        amount: Of the loan.
        tenor_months: From the draw-down to maturity.
        form: How it is repaid.
        every_months: Step of the installments.
        purpose: What the money is for.
        account: Where the firm is paid and pays from.
        pay_by: The rail of the draw-downs: to the account, or in digital yuan to the wallet.
        wallet: The firm's corporate wallet, where it is paid in digital yuan.
        has_credit_query_consent: The bank may query the credit register.
    """

    product: str
    amount: Money
    tenor_months: int
    form: Form
    every_months: int
    purpose: str
    account: str
    has_credit_query_consent: bool
    pay_by: str = BANK
    wallet: str = ""


@transaction.atomic
def apply(number: str, wish: Wish, *, actor: Viewer) -> Application:
    """Submit the application: from this day the working days are counted.

    Raises:
        ApplicationError: Something is missing or outside the product.
        StageError: It was submitted before.
    """
    matter = matter_for(number, actor, Right.APPLY)
    need_stage(matter, Stage.OPENED, wanted=Stage.APPLIED)
    _check(matter, wish)
    made = Application.objects.create(
        matter=matter,
        product=wish.product,
        amount_fen=wish.amount.fen,
        tenor_months=wish.tenor_months,
        form=wish.form.value,
        every_months=wish.every_months,
        purpose=wish.purpose.strip(),
        has_credit_query_consent=wish.has_credit_query_consent,
        account=wish.account.strip(),
        pay_by=wish.pay_by,
        wallet=wish.wallet.strip(),
        submitted_on=clock.today(),
    )
    facts = {"amount_fen": wish.amount.fen, "months": wish.tenor_months, "product": wish.product}
    journal.record("application_submitted", by=actor, matter_id=matter.pk, facts=facts)
    advance(matter, Stage.APPLIED, actor=actor)
    return made


def _check(matter: Matter, wish: Wish) -> None:
    terms = product(wish.product, on=clock.today(), parameters=Parameters())
    has_files = StoredFile.objects.filter(matter=matter, use="firm_file", is_withdrawn=False)
    wrong = (
        ("amount", wish.amount.fen <= 0),
        ("above_product", terms.amount_max is not None and wish.amount > terms.amount_max),
        ("tenor", not 0 < wish.tenor_months <= terms.tenor_months_max),
        ("step", wish.every_months not in EVERY_MONTHS or wish.tenor_months % wish.every_months),
        ("purpose", not wish.purpose.strip()),
        ("account", not wish.account.strip()),
        ("pay_by", wish.pay_by not in RAILS),
        ("wallet", wish.pay_by == ECNY and not wish.wallet.strip()),
        ("consent", not wish.has_credit_query_consent),
        ("files", not has_files.exists()),
    )
    for reason, is_wrong in wrong:
        if is_wrong:
            raise ApplicationError(reason)


@transaction.atomic
def check_qualification(number: str, *, actor: Viewer) -> Qualification:
    """Go through the points that decide whether the matter can be worked on.

    A matter that does not pass stays where it is; the points say what is missing.
    """
    matter = matter_for(number, actor, Right.CHECK)
    need_stage(matter, Stage.APPLIED, wanted=Stage.CHECKED)
    application = Application.objects.get(matter=matter)
    points = tuple(_points(matter, application))
    is_passed = all(passed for _, passed in points)
    made = Qualification.objects.create(
        matter=matter,
        points=[
            {"code": message.code, "facts": dict(message.facts), "passed": passed}
            for message, passed in points
        ],
        is_passed=is_passed,
        checked_by_id=actor.user_id,
        checked_on=clock.today(),
    )
    journal.record(
        "qualification_checked", by=actor, matter_id=matter.pk, facts={"passed": is_passed}
    )
    if is_passed:
        advance(matter, Stage.CHECKED, actor=actor)
    return made


def _points(matter: Matter, application: Application) -> Iterator[tuple[Message, bool]]:
    firm = matter.firm
    # Resolution and approval that a body's kind asks for are looked for by the due diligence (E6).
    can_pledge = firm.kind in {Kind.FIRM, Kind.HOSPITAL, Kind.ASSOCIATION}
    yield Message("qualification.capacity", {"kind": f"organization.{firm.kind}"}), can_pledge
    files = StoredFile.objects.filter(matter=matter, use="firm_file", is_withdrawn=False).count()
    yield Message("qualification.files", {"count": files}), files > 0
    yield Message("qualification.consent", {}), application.has_credit_query_consent
    others = Matter.objects.filter(firm=firm, closed_on=None).exclude(pk=matter.pk)
    owing = others.filter(stage__in=[Stage.DRAWN, Stage.REGISTERED, Stage.FILED]).count()
    yield Message("qualification.other_matters", {"count": owing}), owing == 0
