"""An act under the caller's own key, several times at the same moment: done once."""

import pytest

from tests.at_once import at_once
from tests.platform_proof.test_at_once import MANY, assert_sound, open_line, signed
from tests.quick_house import QuickHouse
from tests.whole_house import yuan
from zhirong.ledger.reconciliation import Entry
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.appraisals.services import ask_for_appraisal
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, UploadError, upload
from zhirong.platform.filing.blocks import prove_fees_by
from zhirong.platform.filing.models import Filing
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import incoming, refunding, registering
from zhirong.platform.lending.models import Refund
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import open_matter
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import LogEntry, Outbox


class TestOwnKeys:
    """Pressed twice at once, or asked again without an answer: done once, and the same answer."""

    def test_open_one_matter(self, house: QuickHouse) -> None:
        def open_one(key: str) -> Matter:
            bank = house.bank_organization.pk
            return open_matter(actor=house.firm, title="扩产", lender_id=bank, key=key)

        got = at_once([lambda: open_one("k")] * MANY)

        assert not got.errors
        assert len(set(got.answers)) == Matter.objects.count() == 1
        assert LogEntry.objects.filter(action="matter_opened").count() == 1
        assert open_one("k") in got.answers
        assert open_one("other") not in got.answers

    def test_give_files_once(self, house: QuickHouse) -> None:
        number = house.matter().number
        files = (NewFile(name="a.csv", content=b"a", media_type="text/csv"),)

        got = at_once([lambda: upload(number, files, actor=house.firm, key="k")] * MANY)

        assert not got.errors
        assert len(set(got.answers)) == StoredFile.objects.count() == 1
        assert LogEntry.objects.filter(action="files_given").count() == 1

    def test_start_one_appraisal(self, house: QuickHouse) -> None:
        number = house.applied()

        got = at_once(
            [
                lambda: ask_for_appraisal(
                    number,
                    valuation_date=clock.today(),
                    debt_term_end=None,
                    actor=house.manager,
                    key="k",
                )
            ]
            * MANY
        )

        assert not got.errors
        assert len(set(got.answers)) == AppraisalRun.objects.count() == 1
        assert Outbox.objects.filter(kind="appraise").count() == 1

    def test_prove_fees_and_prepare_the_release_once(self, house: QuickHouse) -> None:
        number = signed(house)
        house.registered(number)
        receipt = NewFile(name="fees.pdf", content=b"%PDF-1.7 fees", media_type="application/pdf")

        got = at_once([lambda: prove_fees_by(number, receipt, actor=house.clerk, key="k")] * 3)

        assert not got.errors
        assert len(set(got.answers)) == 1
        assert LogEntry.objects.filter(action="fees_proved").count() == 1
        house.repaid(house.drawn(number))
        filing = Filing.objects.get().number

        again = at_once(
            [lambda: registering.prepare_release(number, filing, actor=house.clerk, key="k")] * 3
        )

        assert not again.errors
        assert LogEntry.objects.filter(action="release_prepared").count() == 1
        assert_sound()

    def test_keep_nothing_of_what_was_refused(self, house: QuickHouse) -> None:
        number = house.matter().number
        wrong = (NewFile(name="a.exe", content=b"a", media_type="text/csv"),)
        right = (NewFile(name="a.csv", content=b"a", media_type="text/csv"),)

        with pytest.raises(UploadError):
            upload(number, wrong, actor=house.firm, key="k")

        assert len(upload(number, right, actor=house.firm, key="k")) == 1


class TestPayments:
    def test_of_the_firm_are_ordered_once_a_key(self, house: QuickHouse) -> None:
        draw = house.drawn(open_line(house))

        got = at_once(
            [lambda: incoming.repay(draw.number, amount=yuan("1000"), key="same", actor=house.firm)]
            * MANY
        )

        assert not got.errors
        assert len(set(got.answers)) == Outbox.objects.filter(kind=incoming.PAY_IN).count() == 1

    def test_that_are_too_much_go_back_once(self, house: QuickHouse) -> None:
        draw = house.drawn(open_line(house))
        entry = Entry(
            number="78", reference=f"{draw.number}-IN1", amount_fen=700_000_000, on=clock.today()
        )
        incoming.take_entry(entry)
        refund = Refund.objects.get()

        got = at_once([lambda: refunding.release(refund.reference, actor=house.manager)] * MANY)

        assert not got.errors
        assert Outbox.objects.filter(kind=refunding.SEND).count() == 1
        house.work()
        refund.refresh_from_db()
        assert refund.state == Refund.State.PAID
        assert ledger.net_fen(f"loan/{draw.number}/unallocated") == 0
        assert_sound()
