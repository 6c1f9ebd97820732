"""A small client of the REST API: one method an act, the same words as the desks.

    with Client("https://zhirong.example", key, secret=secret) as client:
        matter = client.open_matter("expansion", lender=client.banks()[0]["number"])

What acts carries an idempotency key that stays the same over retries, so an answer lost on the way
never acts twice.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import zhirong.client_filings as registry
import zhirong.client_loans as loans
import zhirong.client_matters as case
from zhirong.client_planning import PlanClient
from zhirong.client_sending import FIRST_PAUSE, AnswerError, confirmation, is_genuine

__all__ = ["AnswerError", "Client", "confirmation", "is_genuine"]


class Client(PlanClient):
    """What one person's key can do at one platform; see `Sender` for how it is made.

    Acts on asset-backed plans are those of `PlanClient`.
    """

    # Oneself, banks, products

    def me(self) -> case.Me:
        """Whom the key acts for, and the platform's day."""
        return cast("case.Me", self._get("/me"))

    def banks(self) -> list[case.Bank]:
        """The banks that a firm can apply to."""
        return cast("list[case.Bank]", self._get("/banks"))

    def products(self) -> list[case.Product]:
        """The products in force."""
        return cast("list[case.Product]", self._get("/products"))

    # Matters

    def matters(self, *, stage: str = "") -> Iterator[case.Matter]:
        """All matters of the organization, newest first, page after page."""
        page = 1
        while True:
            found = cast("case.Matters", self._get("/matters", stage=stage, page=page))
            yield from found["items"]
            if page >= found["pages"]:
                return
            page += 1

    def matter(self, number: str) -> case.Matter:
        """One matter."""
        return cast("case.Matter", self._get(f"/matters/{number}"))

    def open_matter(self, title: str, *, lender: int, key: str | None = None) -> case.Matter:
        """Open a matter of the own firm with a bank."""
        body = {"title": title, "lender": lender}
        return cast("case.Matter", self._post("/matters", body, key=key))

    def withdraw(self, number: str) -> case.Matter:
        """Take the application back."""
        return cast("case.Matter", self._post(f"/matters/{number}/withdrawal"))

    def withdraw_consent(self, number: str, organization: int) -> list[case.Part]:
        """No longer let an organization see the matter."""
        path = f"/matters/{number}/parts/{organization}/withdrawal"
        return cast("list[case.Part]", self._post(path))

    def log(self, number: str) -> list[case.Entry]:
        """Every act on a matter, newest first."""
        return cast("list[case.Entry]", self._get(f"/matters/{number}/log"))

    def export(self, number: str) -> bytes:
        """The firm's whole file of a matter, as a zip."""
        return self.send("GET", f"/matters/{number}/export").content

    # Files

    def files(self, number: str) -> list[case.File]:
        """The files of a matter that stand."""
        return cast("list[case.File]", self._get(f"/matters/{number}/files"))

    def upload(self, number: str, *files: Path, key: str | None = None) -> list[case.File]:
        """Give files to a matter, all or none."""
        given = [("files", (path.name, path.read_bytes())) for path in files]
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.send("POST", f"/matters/{number}/files", files=given, headers=headers)
        return cast("list[case.File]", answer.json())

    def download(self, number: str, file: int) -> bytes:
        """The bytes of a file."""
        return self.send("GET", f"/matters/{number}/files/{file}").content

    def take_back(self, number: str, file: int) -> None:
        """Take a file back."""
        self.send("DELETE", f"/matters/{number}/files/{file}")

    # Application, appraisal, decision

    def apply(self, number: str, wish: case.Wish) -> case.Application:
        """Submit the application."""
        return cast("case.Application", self._post(f"/matters/{number}/application", wish))

    def check_qualification(self, number: str) -> case.Qualification:
        """Go through the points that decide whether the matter can be worked on."""
        return cast("case.Qualification", self._post(f"/matters/{number}/qualification"))

    def ask_for_appraisal(
        self,
        number: str,
        *,
        valuation_date: date,
        debt_term_end: date | None = None,
        key: str | None = None,
    ) -> case.Run:
        """Start an appraisal; wait for its job."""
        body = {
            "valuation_date": valuation_date.isoformat(),
            "debt_term_end": debt_term_end.isoformat() if debt_term_end else None,
        }
        return cast("case.Run", self._post(f"/matters/{number}/appraisals", body, key=key))

    def appraisal(self, number: str, run: int) -> case.Run:
        """One run with its head figures."""
        return cast("case.Run", self._get(f"/matters/{number}/appraisals/{run}"))

    def cancel_appraisal(self, number: str, run: int) -> case.Run:
        """Ask a run to stop."""
        return cast("case.Run", self._post(f"/matters/{number}/appraisals/{run}/cancellation"))

    def appraised_rights(self, number: str, run: int) -> list[case.AppraisedRight]:
        """The rights that a run found."""
        path = f"/matters/{number}/appraisals/{run}/rights"
        return cast("list[case.AppraisedRight]", self._get(path))

    def job(self, number: str, job: int) -> case.Job:
        """How far long work is."""
        return cast("case.Job", self._get(f"/matters/{number}/jobs/{job}"))

    def wait_for(self, number: str, job: int, *, seconds: float = 600.0) -> case.Job:
        """A job as it ended: done, failed or cancelled.

        Raises:
            TimeoutError: It has not ended within the time.
        """
        waited, pause = 0.0, FIRST_PAUSE
        found = self.job(number, job)
        while found["is_open"]:
            if waited >= seconds:
                raise TimeoutError(f"Job {job} of {number} is {found['state']} after {seconds} s.")
            self._pause(pause)
            waited, pause = waited + pause, min(2 * pause, 5.0)
            found = self.job(number, job)
        return found

    def limit_sheet(self, number: str) -> case.LimitSheet:
        """What the policy supports."""
        return cast("case.LimitSheet", self._get(f"/matters/{number}/limit"))

    def offer(self, number: str) -> case.Offer | None:
        """What the firm can borrow and what that costs."""
        return cast("case.Offer | None", self._get(f"/matters/{number}/offer"))

    def propose(self, number: str, terms: case.Terms) -> case.Proposal:
        """Put limit, price and conditions before the approvers."""
        return cast("case.Proposal", self._post(f"/matters/{number}/proposals", terms))

    def decide(self, number: str, verdict: case.Verdict) -> case.Proposal:
        """Approve, return or refuse the version that was read."""
        return cast("case.Proposal", self._post(f"/matters/{number}/decisions", verdict))

    # Contracts, registration, money

    def make_contracts(self, number: str) -> list[registry.Deed]:
        """Make the contracts of an approved matter."""
        return cast("list[registry.Deed]", self._post(f"/matters/{number}/contracts"))

    def deeds(self, number: str) -> list[registry.Deed]:
        """The documents that are to be signed."""
        return cast("list[registry.Deed]", self._get(f"/matters/{number}/deeds"))

    def sign(self, number: str) -> list[registry.Deed]:
        """Sign all that waits for the organization."""
        return cast("list[registry.Deed]", self._post(f"/matters/{number}/signatures"))

    def filings(self, number: str) -> list[registry.Filing]:
        """The registrations of a matter."""
        return cast("list[registry.Filing]", self._get(f"/matters/{number}/filings"))

    def file_pledge(self, number: str, filing: str) -> registry.Filing:
        """File a signed package, or a mended one."""
        return cast("registry.Filing", self._post(f"/matters/{number}/filings/{filing}/submission"))

    def prove_fees(self, number: str, document: int, *, key: str | None = None) -> int:
        """Take a receipt as proof of the next annual fees; gives the rights that were open."""
        body = {"document": document}
        proved = cast("registry.Proved", self._post(f"/matters/{number}/fee-proofs", body, key=key))
        return proved["rights"]

    def prepare_release(
        self, number: str, filing: str, *, key: str | None = None
    ) -> registry.Filing:
        """Make the papers of the release, once nothing is owed."""
        path = f"/matters/{number}/filings/{filing}/release-papers"
        return cast("registry.Filing", self._post(path, key=key))

    def file_release(self, number: str, filing: str) -> registry.Filing:
        """File the cancellation of the registration, once its papers are signed."""
        return cast("registry.Filing", self._post(f"/matters/{number}/filings/{filing}/release"))

    def mend_filing(self, number: str, filing: str, mending: registry.Mending) -> registry.Mended:
        """Mend what the office wants corrected; says what is to be signed again."""
        path = f"/matters/{number}/filings/{filing}/mending"
        return cast("registry.Mended", self._post(path, mending))

    def enter_right(self, number: str, right: registry.NewHeldRight) -> registry.HeldRight:
        """Enter a mark, copyright or data certificate by its register's extract."""
        return cast("registry.HeldRight", self._post(f"/matters/{number}/held-rights", right))

    def add_pledge(self, number: str, pledge: registry.NewPledge) -> registry.Filing:
        """Make the contract and papers of a further pledge."""
        return cast("registry.Filing", self._post(f"/matters/{number}/pledges", pledge))

    def prepare_change(
        self, number: str, filing: str, change: registry.NewChange
    ) -> registry.Filing:
        """Make the papers of a change of a registration."""
        path = f"/matters/{number}/filings/{filing}/change-papers"
        return cast("registry.Filing", self._post(path, change))

    def file_amendment(self, number: str, filing: str) -> registry.Filing:
        """File a change or extension that is signed."""
        path = f"/matters/{number}/filings/{filing}/amendment"
        return cast("registry.Filing", self._post(path))

    def facility(self, number: str) -> loans.Facility | None:
        """The line that was granted."""
        return cast("loans.Facility | None", self._get(f"/matters/{number}/facility"))

    def draws(self, number: str) -> list[loans.Draw]:
        """The draw-downs of a matter."""
        return cast("list[loans.Draw]", self._get(f"/matters/{number}/draws"))

    def ask_draw(self, number: str, draw: loans.NewDraw, *, key: str | None = None) -> loans.Draw:
        """Ask for money; give an own key where the asking itself may be repeated."""
        return cast("loans.Draw", self._post(f"/matters/{number}/draws", draw, key=key))

    def release_draw(self, number: str, draw: str) -> loans.Draw:
        """Order the money."""
        return cast("loans.Draw", self._post(f"/matters/{number}/draws/{draw}/release"))

    def book_receipt(self, number: str, draw: str, receipt: loans.NewReceipt) -> loans.Receipt:
        """Book a payment of the borrower."""
        path = f"/matters/{number}/draws/{draw}/receipts"
        return cast("loans.Receipt", self._post(path, receipt))

    def payoff(self, number: str, draw: str, *, on: date | None = None) -> loans.Payoff:
        """What ends a loan on a day."""
        path = f"/matters/{number}/draws/{draw}/payoff"
        return cast("loans.Payoff", self._get(path, on=on))

    def statement(self, number: str, draw: str) -> list[loans.Booked]:
        """Every move of what is owed on a loan."""
        return cast("list[loans.Booked]", self._get(f"/matters/{number}/draws/{draw}/statement"))

    def repay(
        self,
        number: str,
        draw: str,
        amount: str | loans.NewRepayment,
        *,
        key: str | None = None,
    ) -> str:
        """Pay from the firm's account, or another way; gives the payment's reference."""
        path = f"/matters/{number}/draws/{draw}/repayments"
        body = {"amount": amount} if isinstance(amount, str) else amount
        return cast("loans.Repayment", self._post(path, body, key=key))["reference"]

    def early_quote(self, number: str, draw: str, principal: str) -> loans.EarlyQuote:
        """What it costs to pay principal today, before its day."""
        path = f"/matters/{number}/draws/{draw}/early-quote"
        return cast("loans.EarlyQuote", self._get(path, principal=principal))

    def repay_early(self, number: str, draw: str, principal: str, *, key: str | None = None) -> str:
        """Pay principal before its day, with the interest up to today and all that is due."""
        total = self.early_quote(number, draw, principal)["total"]
        return self.repay(number, draw, {"amount": total, "is_early": True}, key=key)

    def payments(self, number: str, draw: str) -> loans.Payments:
        """The firm's orders, refunds, and the money that is bound to suppliers."""
        return cast("loans.Payments", self._get(f"/matters/{number}/draws/{draw}/payments"))

    def pay_supplier(
        self,
        number: str,
        draw: str,
        payment: loans.NewSupplierPayment,
        *,
        key: str | None = None,
    ) -> loans.SupplierPayment:
        """Pay a named supplier out of bound money."""
        path = f"/matters/{number}/draws/{draw}/supplier-payments"
        return cast("loans.SupplierPayment", self._post(path, payment, key=key))

    def release_refund(self, number: str, refund: str) -> loans.Refund:
        """Let a refund go that another person's payment left."""
        return cast("loans.Refund", self._post(f"/matters/{number}/refunds/{refund}/release"))

    # Webhooks

    def register_webhook(self, url: str, *events: str) -> loans.Webhook:
        """Register an address; its secret is told this once."""
        return cast("loans.Webhook", self._post("/webhooks", {"url": url, "events": events}))

    def deliveries(self, webhook: int) -> list[loans.Delivery]:
        """What was told to an address lately."""
        return cast("list[loans.Delivery]", self._get(f"/webhooks/{webhook}/deliveries"))
