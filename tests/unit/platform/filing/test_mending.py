"""Facts that read otherwise in the register; refusals whose ground stays."""

from typing import Any

import pytest

from tests.pledges import GRANTED, MARK, PATENTS, PledgeHouse, patent
from zhirong.core.money import Money
from zhirong.filing.correcting import CorrectedPart, Correction
from zhirong.platform.appraisals.models import AppraisedRight
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing.mending import Mending, SourcedCorrection, mend
from zhirong.platform.filing.models import CorrectedField, Filing
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import contracting, resettling
from zhirong.platform.lending.models import Facility, Proposal
from zhirong.platform.lending.resettling import ResettlingError, choose_rights, give_up
from zhirong.platform.matters.models import Matter


def seed(house: PledgeHouse, number: str, **facts: Any) -> None:
    right = {
        "registry": "patent",
        "number": number,
        "name": "一种阀",
        "kind": "invention",
        "owners": [house.firm_organization.name],
        "filing_date": "2018-01-02",
        "granted_on": GRANTED.isoformat(),
    }
    house.office().control("seed", rights=[{**right, **facts}])


def sent(house: PledgeHouse) -> Filing:
    matter = house.contracted()
    house.sign(matter.number)
    house.file(Filing.objects.get())
    house.days()
    return Filing.objects.get(number__endswith="-P1")


class TestCorrections:
    def test_mend_what_the_office_wants_with_their_source(self, house: PledgeHouse) -> None:
        seed(house, PATENTS[0], granted_on="2020-03-31")
        filing = sent(house)
        assert filing.state == "correction"
        number = filing.matter.number
        shown = house.document(number, "register.pdf")
        item = Correction(subject=PATENTS[0], part=CorrectedPart.GRANT_DATE, after="2020-03-31")
        wanted = Mending(
            same_day_statement=True,
            corrections=(SourcedCorrection(correction=item, document_id=shown.pk),),
        )

        again = mend(number, filing.number, wanted, actor=house.clerk)

        kinds = set(Deed.objects.filter(number__in=again).values_list("kind", flat=True))
        assert kinds >= {"application", "pledge_contract"}
        kept = CorrectedField.objects.get()
        assert (kept.before, kept.after, kept.source) == ("2020-03-04", "2020-03-31", shown)
        house.sign(number)
        house.file(filing)
        house.days()
        assert Filing.objects.get().state == "registered"
        assert Matter.objects.get().stage == "registered"


class TestChooseRights:
    @pytest.fixture
    def refused(self, house: PledgeHouse, monkeypatch: pytest.MonkeyPatch) -> Filing:
        """The new filing after one of two patents was refused, for good."""
        seed(house, PATENTS[0], is_disputed=True)
        sent(house)
        monkeypatch.setattr(
            resettling, "right_items", lambda _, rights: tuple(patent(r) for r in rights)
        )
        monkeypatch.setattr(resettling, "fee_states", lambda *_, on: ())
        monkeypatch.setattr(resettling, "appraisal_of", lambda matter: matter)
        run = Facility.objects.get().proposal.run
        for number in PATENTS:
            AppraisedRight.objects.update_or_create(
                run=run,
                number=number,
                defaults={
                    "kind": "invention",
                    "title": "阀",
                    "state": "in_force",
                    "value_fen": 5,
                    "is_registrable": True,
                },
            )
        assert Matter.objects.get().stage == "contracted"
        return Filing.objects.latest("id")

    def covers(self, monkeypatch: pytest.MonkeyPatch, fen: int) -> None:
        monkeypatch.setattr(resettling, "cover_of", lambda run, rights: Money.of_fen(fen))

    def test_leaves_a_right_out_under_the_same_approval(
        self, house: PledgeHouse, refused: Filing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.covers(monkeypatch, 10**11)
        number = refused.matter.number
        choices = resettling.choices_of(number, refused.pk, house.clerk)
        assert {choice.number for choice in choices if choice.is_in} == set(PATENTS)

        assert choose_rights(number, refused.number, (PATENTS[1],), actor=house.clerk)

        house.sign(number)
        house.file(Filing.objects.get(pk=refused.pk))
        house.days()
        refused.refresh_from_db()
        assert refused.state == "registered"
        assert list(refused.rights.values_list("number", flat=True)) == [PATENTS[1]]
        assert Matter.objects.get().stage == "registered"

    def test_goes_back_for_approval_where_its_basis_changes(
        self, house: PledgeHouse, refused: Filing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.covers(monkeypatch, 100)
        number = refused.matter.number
        line = Facility.objects.get().number
        assert not choose_rights(number, refused.number, (PATENTS[1],), actor=house.clerk)

        assert Matter.objects.get().stage == "appraised"
        assert not Facility.objects.exists()
        assert Proposal.objects.get().state == "returned"
        assert not Deed.objects.filter(is_withdrawn=False).exists()
        assert ledger.net_fen(f"facility/{line}/undrawn") == 0
        assert ledger.trial().is_even
        refused.refresh_from_db()
        assert refused.state == "withdrawn"

        Proposal.objects.update(state="approved")
        Matter.objects.update(stage="approved")
        again = contracting.grant(Matter.objects.get(), actor=house.manager)
        assert again.number == f"{line}-2"

    def test_wants_other_rights_than_now(
        self, house: PledgeHouse, refused: Filing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.covers(monkeypatch, 10**11)
        number = refused.matter.number
        for rights, reason in ((PATENTS, "same"), ((), "unknown"), (("ZL1",), "unknown")):
            with pytest.raises(ResettlingError) as wrong:
                choose_rights(number, refused.number, rights, actor=house.clerk)
            assert wrong.value.facts["reason"] == f"error.resettling.{reason}"
        first = Filing.objects.first()
        assert first is not None
        with pytest.raises(ResettlingError):
            choose_rights(number, first.number, (PATENTS[1],), actor=house.clerk)


class TestGiveUp:
    def test_lets_the_others_go_on(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        house.entered(matter.number)
        mark = house.pledged(matter.number)
        foreign = {"registry": "trademark", "kind": "trademark", "owners": ["乙公司"]}
        house.office().control("seed", rights=[{"number": MARK, "name": "甲牌", **foreign}])
        house.sign(matter.number)
        for row in Filing.objects.all():
            house.file(row)
        house.days()
        assert (
            Matter.objects.get().stage == "contracted"
        )  # a new filing of the mark is to be signed
        again = Filing.objects.latest("id")
        assert again.number == f"{mark.number}.2"

        give_up(matter.number, again.number, actor=house.clerk)

        assert Matter.objects.get().stage == "registered"
        again.refresh_from_db()
        assert again.state == "withdrawn"
        assert Deed.objects.get(kind="main_contract").is_withdrawn is False

    def test_is_not_for_what_was_approved(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        house.entered(matter.number)
        house.pledged(matter.number)
        Proposal.objects.update(rights=list(PATENTS))
        first = Filing.objects.get(number__endswith="-P1")

        with pytest.raises(ResettlingError) as wrong:
            give_up(matter.number, first.number, actor=house.clerk)
        assert wrong.value.facts["reason"] == "error.resettling.approved"
