"""The way of one loan in small steps, each a person's act or what the processes do by themselves.

A step can be begun anew after a crash at any of its points.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.crashes import Crash, restart
from tests.quick_house import QuickHouse
from tests.whole_house import FIRM, FIRM_ACCOUNT, FOLDER, YES, registrable, yuan
from zhirong.core.errors import ZhirongError
from zhirong.core.money import Money
from zhirong.lending.schedules import Form
from zhirong.parameters.calendars import china
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.appraisals.services import ask_for_appraisal
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.filing.blocks import prove_fees
from zhirong.platform.filing.models import Filing
from zhirong.platform.lending import applying, contracts, deciding, drawing, incoming, registering
from zhirong.platform.lending.blocks import blocks_of
from zhirong.platform.lending.models import Decision, DrawDown, Qualification
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock

Stage = Matter.Stage
BEHIND = (*Stage,)
TENOR = 2
A_FEW_DAYS = timedelta(days=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step.

    Attributes:
        name: What is done.
        act: Does it; None where only the processes work.
        is_done: Whether it was done, as the person sees it on the page.
        looks: The act has no key and no order of its own: the person looks before repeating it.
    """

    name: str
    act: Callable[[], object] | None = None
    is_done: Callable[[], bool] = lambda: True
    looks: bool = False


def matter() -> Matter:
    return Matter.objects.get()


def has_come(*stages: Matter.Stage) -> Callable[[], bool]:
    """The matter has reached the first of the stages."""
    return lambda: matter().stage in BEHIND[BEHIND.index(stages[0]) : BEHIND.index(Stage.REFUSED)]


def filing() -> Filing:
    return Filing.objects.latest("id")


def draw() -> DrawDown:
    return DrawDown.objects.get()


def go(step: Step, house: QuickHouse) -> None:
    """Do a step; where the process ends in it, begin it anew as processes and people do.

    The processes start again and do what waits. A person who got no answer does the same again,
    with the same key: a refusal is right only if the act was done.
    """
    is_answered, is_again = step.act is None, False
    while True:
        try:
            if is_again:
                house.work()
            if not is_answered:
                _act(step, is_again=is_again)
                is_answered = True
            house.work()
        except Crash:
            restart()
            is_again = True
        else:
            return


def _act(step: Step, *, is_again: bool) -> None:
    assert step.act is not None, "only acts are repeated"
    if is_again and step.looks and step.is_done():
        return
    try:
        step.act()
    except ZhirongError:
        if not (is_again and step.is_done()):
            raise


class Loan:
    """The steps of one loan of two installments, from the opening of the matter to its release."""

    def __init__(self, house: QuickHouse) -> None:
        self.house = house
        self.second = house.other_risk()

    def steps(self) -> Iterator[Step]:
        """Every step in order; made one by one, since later ones stand on earlier ones' days."""
        yield from self._applied()
        yield from self._approved()
        yield from self._signed()
        yield from self._registered()
        yield from self._drawn()
        yield from self._repaid()
        yield from self._released()

    def _applied(self) -> Iterator[Step]:
        house = self.house
        yield Step(name="open", act=house.matter, is_done=Matter.objects.exists, looks=True)
        files = tuple(
            NewFile(name=path.name, content=path.read_bytes(), media_type="text/plain")
            for path in sorted(FOLDER.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        )
        number = matter().number
        yield Step(
            name="upload",
            act=lambda: upload(number, files, actor=house.firm),
            is_done=StoredFile.objects.exists,
            looks=True,
        )
        wish = applying.Wish(
            product="house",
            amount=yuan("5000000"),
            tenor_months=TENOR,
            form=Form.EQUAL_PRINCIPAL,
            every_months=1,
            purpose="购买注塑原料",
            account=FIRM_ACCOUNT,
            has_credit_query_consent=True,
        )
        yield Step(
            name="apply",
            act=lambda: applying.apply(number, wish, actor=house.firm),
            is_done=has_come(Stage.APPLIED),
        )
        yield Step(
            name="check",
            act=lambda: applying.check_qualification(number, actor=house.manager),
            is_done=Qualification.objects.exists,
        )
        yield Step(
            name="ask for the appraisal",
            act=lambda: ask_for_appraisal(
                number,
                valuation_date=clock.today(),
                debt_term_end=date(2027, 10, 6),
                actor=house.manager,
            ),
            is_done=AppraisalRun.objects.exists,
            looks=True,
        )

    def _approved(self) -> Iterator[Step]:
        house, number = self.house, matter().number
        terms = deciding.Terms(
            limit=yuan("5000000"),
            spread_bp=Decimal(60),
            rights=registrable(matter()),
            conditions=(),
            reason="订单充足，质押物覆盖",
        )
        yield Step(
            name="propose",
            act=lambda: deciding.propose(number, terms, actor=house.risk),
            is_done=has_come(Stage.PROPOSED),
        )
        for who, actor in (("second officer", self.second), ("chief", house.chief)):
            yield Step(
                name=f"decide, {who}",
                act=lambda actor=actor: deciding.decide(  # type: ignore[misc]
                    number, YES, reason="", version=1, actor=actor
                ),
                is_done=lambda actor=actor: Decision.objects.filter(  # type: ignore[misc]
                    officer_id=actor.user_id
                ).exists(),
            )

    def _signed(self) -> Iterator[Step]:
        house, number = self.house, matter().number
        yield Step(
            name="contracts",
            act=lambda: contracts.make_contracts(number, actor=house.manager),
            is_done=has_come(Stage.CONTRACTED),
        )
        yield from self._signatures("the contracts")

    def _signatures(self, what: str) -> Iterator[Step]:
        number = matter().number
        for who, actor in (("firm", self.house.firm), ("bank", self.house.chief)):
            yield Step(
                name=f"sign {what}, {who}",
                act=lambda actor=actor: contracts.sign(number, actor=actor),  # type: ignore[misc]
            )

    def _registered(self) -> Iterator[Step]:
        house, number, paper = self.house, matter().number, filing().number
        yield Step(
            name="file",
            act=lambda: registering.file(number, paper, actor=house.clerk),
            is_done=has_come(Stage.FILED),
        )
        yield from self._days_until(Stage.REGISTERED)

    def _days_until(self, stage: Matter.Stage) -> Iterator[Step]:
        for _ in range(8):
            if matter().stage == stage:
                return
            yield self._day(china().plus_workdays(clock.today(), 1))
        raise AssertionError(f"never {stage}")

    def _days_to(self, day: date) -> Iterator[Step]:
        """Days pass a few at a time: many of them in one step would only make it long."""
        while clock.today() < day:
            yield self._day(min(day, clock.today() + A_FEW_DAYS))

    def _day(self, day: date) -> Step:
        return Step(name=f"the day is {day}", act=lambda: clock.set_day(day))

    def _drawn(self) -> Iterator[Step]:
        house, number = self.house, matter().number
        receipt = NewFile(name="fees.pdf", content=b"%PDF-1.7 fees", media_type="application/pdf")
        use = StoredFile.objects.filter(name=receipt.name)
        yield Step(
            name="give the receipt of fees",
            act=lambda: upload(number, (receipt,), actor=house.firm),
            is_done=use.all().exists,
            looks=True,
        )
        yield Step(
            name="prove the fees",
            act=lambda: prove_fees(number, document_id=use.get().pk, actor=house.clerk),
            is_done=lambda: not blocks_of(matter()),
            looks=True,
        )
        request = drawing.DrawRequest(
            key="draw-1", amount=yuan("5000000"), payee_name=FIRM[0], payee_account=FIRM_ACCOUNT
        )
        yield Step(name="ask for money", act=lambda: drawing.ask(number, request, actor=house.firm))
        yield Step(
            name="release the money",
            act=lambda: drawing.release(
                draw().number, blocks=blocks_of(matter()), actor=house.manager
            ),
        )

    def _repaid(self) -> Iterator[Step]:
        for line in list(draw().installments.all()):
            yield from self._days_to(line.due_on)
            fen = line.principal_fen + line.interest_fen
            yield Step(
                name=f"repay {line.number}",
                act=lambda line=line, fen=fen: incoming.repay(  # type: ignore[misc]
                    draw().number,
                    amount=Money.of_fen(fen),
                    key=f"repay-{line.number}",
                    actor=self.house.firm,
                ),
            )
            yield Step(name="hear")

    def _released(self) -> Iterator[Step]:
        house, number, paper = self.house, matter().number, filing().number
        yield Step(
            name="prepare the release",
            act=lambda: registering.prepare_release(number, paper, actor=house.clerk),
            is_done=lambda: filing().papers.filter(act="cancel").exists(),
            looks=True,
        )
        yield from self._signatures("the release")
        yield Step(
            name="file the release",
            act=lambda: registering.file_release(number, paper, actor=house.clerk),
            is_done=has_come(Stage.RELEASING),
        )
        yield from self._days_until(Stage.CLOSED)
