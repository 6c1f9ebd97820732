"""A platform filled as after years: matters, loans, a ledger that adds up, a sealed log.

`python -m benchmarks.platform_house MATTERS TRANSFERS`; rows in bulk, balance and log asked after.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import TypeVar

import django

django.setup()

from django.db import transaction  # noqa: E402 - tables are there once the framework is set up

from zhirong.core.hashes import sha256  # noqa: E402
from zhirong.ledger import chart  # noqa: E402
from zhirong.ledger.plans import Event  # noqa: E402
from zhirong.ledger.transfers import TransferKind  # noqa: E402
from zhirong.platform.accounts.models import Organization, User  # noqa: E402
from zhirong.platform.accounts.rights import Role  # noqa: E402
from zhirong.platform.accounts.services import add_organization, add_person  # noqa: E402
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight  # noqa: E402
from zhirong.platform.documents.models import StoredFile  # noqa: E402
from zhirong.platform.ledger import selectors as ledger  # noqa: E402
from zhirong.platform.ledger.models import Account, Transfer  # noqa: E402
from zhirong.platform.ledger.services import open_accounts  # noqa: E402
from zhirong.platform.lending.models import (  # noqa: E402
    Application,
    DrawDown,
    Facility,
    Installment,
    Proposal,
)
from zhirong.platform.matters.models import Matter, Participation  # noqa: E402
from zhirong.platform.operations import clock, journal  # noqa: E402
from zhirong.platform.operations.models import Job, LogEntry, Outbox  # noqa: E402

PASSWORD = "a-long-sentence-2026"  # of people that live in a benchmark
DAY = date(2026, 7, 6)
FIRMS, BATCH, PRINCIPAL = 2_000, 2_000, 300_000_000
STAGES = ("closed",) * 12 + ("drawn",) * 5 + ("refused", "applied", "registered")
SUMS = ("debits_posted", "credits_posted")
Row = TypeVar("Row")


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lots that a statement takes."""
    source = iter(rows)
    while lot := list(islice(source, BATCH)):
        yield lot


class Filling:
    """One bank, its people, its firms, and all that happened between them."""

    def __init__(self, matters: int, transfers: int) -> None:
        self.matters, self.each = matters, transfers // matters
        self.sums: dict[str, Counter[str]] = {}

    def fill(self) -> None:
        """All of it; foreign keys are looked at when the transaction ends."""
        with transaction.atomic():
            self.people()
            self.cases()
            self.accounts()

    def people(self) -> None:
        """A bank with people of every desk, and firms with an officer for the first of them."""
        add = {"address": "x", "by": None}
        self.bank = add_organization(kind="bank", name="B", identifier="LOADBANK00000001", **add)
        for role, count in (
            (Role.ACCOUNT_MANAGER, 5),
            (Role.RISK_OFFICER, 4),
            (Role.RISK_CHIEF, 1),
            (Role.PLEDGE_CLERK, 2),
        ):
            for place in range(count):
                name = f"load-{role.value}-{place}"
                add_person(
                    self.bank,
                    sign_in_name=name,
                    name=name,
                    password=PASSWORD,
                    roles=(role,),
                    by=None,
                )
        Organization.objects.bulk_create(
            Organization(kind="firm", name=f"Firm {n}", identifier=f"LOADFIRM{n:08d}")
            for n in range(FIRMS)
        )
        self.firms = list(Organization.objects.filter(identifier__startswith="LOADFIRM"))
        for place, firm in enumerate(self.firms[:8]):
            add_person(
                firm,
                sign_in_name=f"load-firm-{place}",
                name="F",
                password=PASSWORD,
                roles=(Role.FIRM_OFFICER,),
                by=None,
            )
        self.officer = User.objects.get(sign_in_name="load-account_manager-0")
        self.risk = User.objects.get(sign_in_name="load-risk_officer-0")

    def cases(self) -> None:
        """Matters with applications, appraisals, proposals, facilities, loans and their log."""
        for lot in chunks(range(self.matters)):
            self._cases(list(lot))
            print(f"  {lot[-1] + 1} matters", flush=True)

    def _cases(self, places: list[int]) -> None:
        matters = Matter.objects.bulk_create(self._matter(place) for place in places)
        Participation.objects.bulk_create(
            Participation(matter=m, organization_id=party, part=part, since=m.opened_on)
            for m in matters
            for party, part in ((m.firm_id, "borrower"), (self.bank.pk, "lender"))
        )
        StoredFile.objects.bulk_create(
            StoredFile(
                matter=m,
                use="firm_file",
                name=f"{n}.csv",
                media_type="text/csv",
                size=1,
                sha256=sha256(str(n).encode()),
                added_on=m.opened_on,
            )
            for m in matters
            for n in range(3)
        )
        Application.objects.bulk_create(
            Application(
                matter=m,
                product="house",
                amount_fen=PRINCIPAL,
                tenor_months=12,
                form="interest_first",
                every_months=3,
                purpose="p",
                account="1",
                has_credit_query_consent=True,
                submitted_on=m.opened_on,
            )
            for m in matters
        )
        self._log(matters)
        beyond = [m for m in matters if m.stage not in {"applied", "refused"}]
        self._loans(beyond, self._runs(beyond))

    def _matter(self, place: int) -> Matter:
        stage = STAGES[place % len(STAGES)]
        # Old enough that the running period of each loan begins behind its payout.
        age = 20 if stage == "applied" else 90 + place % 600
        opened = DAY - timedelta(days=age)
        has_ended, has_money = stage in {"closed", "refused"}, stage in {"closed", "drawn"}
        return Matter(
            number=f"{opened:%Y}-L{place:06d}",
            title="Load",
            stage=stage,
            opened_on=opened,
            firm=self.firms[place * 7 % FIRMS],
            applied_on=opened,
            paid_on=opened + timedelta(days=3) if has_money else None,
            closed_on=DAY - timedelta(days=1) if has_ended else None,
        )

    def _runs(self, matters: list[Matter]) -> list[AppraisalRun]:
        now = clock.real_now()
        works = Outbox.objects.bulk_create(
            Outbox(kind="appraise", created_at=now, done_at=now, handed_at=now) for _ in matters
        )
        jobs = Job.objects.bulk_create(
            Job(
                outbox=w,
                matter=m,
                title="job.appraise",
                state="done",
                created_at=now,
                message={"code": "job.appraise.done", "facts": {"questions": 0}},
            )
            for w, m in zip(works, matters, strict=True)
        )
        runs = AppraisalRun.objects.bulk_create(
            AppraisalRun(
                matter=m,
                job=job,
                state="done",
                valuation_date=m.opened_on,
                asked_by=self.officer,
                report_number=f"R{m.pk}",
                valid_until=m.opened_on + timedelta(days=365),
                market_value_fen=10**9,
                low_fen=8 * 10**8,
                high_fen=12 * 10**8,
                pledge_value_fen=10**9,
                covered_fen=3 * 10**8,
            )
            for m, job in zip(matters, jobs, strict=True)
        )
        AppraisedRight.objects.bulk_create(
            AppraisedRight(
                run=run,
                number=f"2018{run.pk:08d}{n}",
                kind="invention",
                title="t",
                state="in_force",
                value_fen=10**8,
                is_registrable=True,
            )
            for run in runs
            for n in range(3)
        )
        return runs

    def _loans(self, matters: list[Matter], runs: list[AppraisalRun]) -> None:
        proposals = Proposal.objects.bulk_create(
            Proposal(
                matter=m,
                version=1,
                run=run,
                state="approved",
                limit_fen=PRINCIPAL,
                covered_fen=PRINCIPAL,
                uncovered_fen=0,
                needs_second=False,
                tenor_months=12,
                form="interest_first",
                every_months=3,
                lpr_tenor="1y",
                spread_bp=60,
                quoted_rate=Decimal("0.036"),
                rights=[],
                conditions=[],
                reason="r",
                sheet={},
                author=self.risk,
                proposed_on=m.opened_on,
            )
            for m, run in zip(matters, runs, strict=True)
        )
        facilities = Facility.objects.bulk_create(
            Facility(
                matter=p.matter,
                proposal=p,
                number=f"ZR{p.matter.number.replace('-', '')}",
                limit_fen=PRINCIPAL,
                available_from=p.proposed_on,
                available_until=p.proposed_on + timedelta(days=365),
                last_maturity=p.proposed_on + timedelta(days=730),
                lpr_tenor="1y",
                spread_bp=60,
                form="interest_first",
                every_months=3,
                day_count="act/360",
                overdue_margin=Decimal("0.5"),
                misuse_margin=Decimal(1),
            )
            for p in proposals
        )
        draws = DrawDown.objects.bulk_create(
            DrawDown(
                facility=f,
                key=f"k{f.pk}",
                number=f"{f.number}-01",
                amount_fen=PRINCIPAL,
                state="repaid" if f.matter.stage == "closed" else "paid",
                payee_name="p",
                is_entrusted=False,
                payee_account="1",
                asked_by=self.officer,
                asked_on=f.available_from,
                ordered_on=f.available_from,
                paid_on=f.available_from,
                rail="bank",
                matures_on=DAY + timedelta(days=300),
            )
            for f in facilities
            if f.matter.stage in {"closed", "drawn"}
        )
        Installment.objects.bulk_create(
            Installment(
                draw=d,
                number=n + 1,
                start=DAY + timedelta(days=90 * n - 89),
                end=DAY + timedelta(days=90 * n + 1),
                principal_fen=10**6,
                due_on=DAY + timedelta(days=90 * n + 1),
                interest_fen=10**5,
            )
            for d in draws
            for n in range(4)
        )
        self._book(draws)

    def _book(self, draws: list[DrawDown]) -> None:
        """An opened facility, a draw-down and days of accrual for each loan."""
        each = self.each * len(STAGES) // sum(s in {"closed", "drawn"} for s in STAGES) + 1
        for lot in (draws[n : n + 200] for n in range(0, len(draws), 200)):
            rows: list[Transfer] = []
            for draw in lot:
                open_ids = (*chart.of_facility(draw.facility.number), *chart.of_loan(draw.number))
                for account in open_ids:
                    self.sums.setdefault(account.id, Counter())
                rows += self._rows(draw, each)
            for part in chunks(rows):
                Transfer.objects.bulk_create(part)

    def _rows(self, draw: DrawDown, each: int) -> Iterator[Transfer]:
        line, loan = chart.FacilityAccounts(draw.facility.number), chart.LoanAccounts(draw.number)
        moves = [
            (Event.FACILITY_OPENED, line.undrawn, line.contra, PRINCIPAL),
            (Event.DRAW_DOWN, line.contra, line.undrawn, PRINCIPAL),
            (Event.DRAW_DOWN, loan.principal, chart.cash("bank"), PRINCIPAL),
        ]
        accrual = (Event.INTEREST_ACCRUED, loan.interest, chart.INTEREST_INCOME, 30_000)
        moves += [accrual] * (each - len(moves))
        for place, (event, debit, credit, amount) in enumerate(moves):
            self.sums.setdefault(debit, Counter())["debits_posted"] += amount
            self.sums.setdefault(credit, Counter())["credits_posted"] += amount
            key = f"{draw.number}/{place}"
            yield Transfer(
                number=f"{key}/1",
                key=key,
                kind=TransferKind.POSTED.value,
                debit_id=debit,
                credit_id=credit,
                amount_fen=amount,
                event=event.value,
                subject=draw.number,
                reference="",
                counterparty="",
                on=DAY,
                at=clock.real_now(),
                matter_id=draw.facility.matter_id,
            )

    def _log(self, matters: list[Matter]) -> None:
        def entry(matter: Matter, action: str, facts: dict[str, str]) -> LogEntry:
            made = LogEntry(
                recorded_at=clock.real_now(),
                on=matter.opened_on,
                action=action,
                facts=facts,
                matter_id=matter.pk,
                actor_id=self.officer.pk,
                organization_id=self.bank.pk,
            )
            made.digest = sha256(journal.content(made))
            return made

        for matter in matters:
            opened = entry(matter, "matter_opened", {"title": "Load", "bank": "B"})
            reached = {"before": "stage.opened", "stage": "stage.applied"}
            steps = (entry(matter, "stage_reached", reached) for _ in range(1))
            rest = (entry(matter, "application_submitted", {}) for _ in range(6))
            LogEntry.objects.bulk_create((opened, *steps, *rest))

    def accounts(self) -> None:
        """Every account with its sums; transfers point at them once the transaction ends."""
        open_accounts(chart.of_house(("bank",)))
        known = {a.code: a for a in Account.objects.all()}
        loose = (code for code in self.sums if code not in known)
        for lot in chunks(loose):
            terms = {}
            for code in lot:
                number = code.split("/")[1]
                make = chart.of_facility if code.startswith("facility/") else chart.of_loan
                terms[code] = next(a for a in make(number) if a.id == code)
            Account.objects.bulk_create(
                Account(
                    code=a.id,
                    kind=a.kind.value,
                    limit=a.limit.value,
                    currency=a.currency,
                    **{name: self.sums[a.id][name] for name in SUMS},
                )
                for a in terms.values()
            )
        for code in self.sums.keys() & known.keys():
            Account.objects.filter(pk=code).update(**{name: self.sums[code][name] for name in SUMS})


def main(matters: int, transfers: int) -> int:
    """Fill; the exit code is 1 where the books do not add up."""
    clock.set_day(DAY)
    Filling(matters, transfers).fill()
    while journal.seal(settled_by=clock.real_now() + timedelta(days=1)):
        pass
    is_even, found = ledger.trial().is_even, journal.audit()
    counts = [table.objects.count() for table in (Matter, Transfer, Account)]
    print(f"  matters, transfers, accounts, log entries: {counts} {found.entries}; even: {is_even}")
    return 0 if is_even and not found.faults else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
