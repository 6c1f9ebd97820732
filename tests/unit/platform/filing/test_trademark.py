"""A pledge of marks, from the register's extract to release, beside the patents of the line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.pledges import DATA, MARK, OTHER_MARK, SOFTWARE, PledgeHouse
from zhirong.filing.forms import ValueBasis
from zhirong.filing.office import Registry
from zhirong.filing.register_view import RightState
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing import held
from zhirong.platform.filing.checking import check
from zhirong.platform.filing.later import NewExtension
from zhirong.platform.filing.models import Amendment, Filing, HeardNotice, HeldRight, PledgedRight
from zhirong.platform.filing.selectors import alerts_of
from zhirong.platform.filing.sending import RightPledgedError
from zhirong.platform.lending import amending, blocks, further, registering
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal


def mark_filing(house: PledgeHouse, number: str) -> Filing:
    house.entered(number)
    return house.pledged(number)


class TestWay:
    def test_goes_from_the_extract_to_the_release(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        filing = mark_filing(house, matter.number)
        assert {paper.kind for paper in filing.papers.all()} >= {
            "application",
            "pledge_contract",
            "commitment",
            "authorization",
            "main_contract",
        }
        house.sign(matter.number)
        assert [item.code for item in check(filing) if item.severity != "warn"] == []

        for row in Filing.objects.all():
            house.file(row)
        house.days()

        assert Matter.objects.get().stage == "registered"
        filing.refresh_from_db()
        assert filing.registration_no.startswith("T")
        assert filing.expires_on == date.fromisoformat(filing.contract["items"]["debt_to"])
        assert blocks.blocks_of(Matter.objects.get()) == ()
        self.extend(house, filing)
        self.release(house)

    def extend(self, house: PledgeHouse, filing: Filing) -> None:
        """Close to its end the registration presses, until it is extended."""
        until = filing.expires_on
        assert until is not None
        house.on(until - timedelta(days=20))
        number = filing.matter.number
        pressing = alerts_of(number, house.clerk)
        assert [alert.code for alert in pressing] == ["filing.alert.extension"]
        assert pressing[0].until == until

        longer = until + timedelta(days=365)
        amending.prepare_extension(
            number, filing.number, NewExtension(period_to=longer), actor=house.clerk
        )
        house.sign(number)
        amending.file_amendment(number, filing.number, actor=house.clerk)
        house.work()
        house.days()

        filing.refresh_from_db()
        assert (filing.state, filing.expires_on) == ("registered", longer)
        assert Amendment.objects.get().state == "done"
        assert alerts_of(number, house.clerk) == ()

    def release(self, house: PledgeHouse) -> None:
        matter = Matter.objects.get()
        Matter.objects.update(stage="repaid")
        for row in Filing.objects.all():
            registering.prepare_release(matter.number, row.number, actor=house.clerk)
        house.sign(matter.number)
        for row in Filing.objects.all():
            registering.file_release(matter.number, row.number, actor=house.clerk)
        house.work()
        house.days()

        assert Matter.objects.get().stage == "closed"
        assert not PledgedRight.objects.filter(is_live=True).exists()
        assert journal.audit().faults == ()

    @pytest.mark.parametrize(
        ("registry", "number", "kind"),
        [(Registry.COPYRIGHT, SOFTWARE, "software"), (Registry.DATA, DATA, "data_ip")],
    )
    def test_is_the_same_for_other_registers(
        self, house: PledgeHouse, registry: Registry, number: str, kind: str
    ) -> None:
        matter = house.contracted()
        holds = True if registry is Registry.DATA else None
        house.entered(
            matter.number,
            number,
            registry=registry,
            kind=kind,
            classes=(),
            fingerprint_holds=holds,
        )
        filing = house.pledged(matter.number, number, registry=registry)
        house.sign(matter.number)
        assert [item.code for item in check(filing) if item.severity != "warn"] == []

        for row in Filing.objects.all():
            house.file(row)
        house.days(14)

        filing.refresh_from_db()
        assert filing.state == "registered"
        assert Matter.objects.get().stage == "registered"


class TestAddPledge:
    def test_is_possible_while_the_line_is_used(self, house: PledgeHouse) -> None:
        matter = house.registered().matter
        filing = mark_filing(house, matter.number)
        assert filing.number.endswith("-P2")
        house.sign(matter.number)
        house.file(filing)
        house.days()

        filing.refresh_from_db()
        assert filing.state == "registered"
        assert Matter.objects.get().stage == "registered"

    def test_takes_a_right_once_a_matter(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        mark_filing(house, matter.number)

        with pytest.raises(further.FurtherPledgeError) as wrong:
            house.pledged(matter.number)
        assert wrong.value.facts["reason"] == "error.further_pledge.pledged"
        with pytest.raises(further.FurtherPledgeError) as wrong:
            house.pledged(matter.number, OTHER_MARK)
        assert wrong.value.facts["reason"] == "error.further_pledge.unknown"

    def test_holds_one_live_pledge_a_bank(self, house: PledgeHouse) -> None:
        first = house.registered().matter
        filing = mark_filing(house, first.number)
        house.sign(first.number)
        house.file(filing)
        row = PledgedRight.objects.get(filing=filing)
        row.pk, row.filing = None, Filing.objects.get(number__endswith="-P1")

        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        row.pledgee = "ANOTHER-BANK"
        row.save()
        assert issubclass(RightPledgedError, Exception)

    def test_names_the_marks_that_belong_together(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        house.entered(matter.number, family=(OTHER_MARK,))
        filing = house.pledged(matter.number)

        assert "358.family" in {item.code for item in check(filing)}

    def test_goes_on_after_a_refusal(self, house: PledgeHouse) -> None:
        matter = house.registered().matter
        filing = mark_filing(house, matter.number)
        house.sign(matter.number)
        register = {
            "registry": "trademark",
            "number": MARK,
            "name": "甲牌",
            "kind": "trademark",
            "owners": ["乙公司"],
        }
        house.office().control("seed", rights=[register])
        house.file(filing)
        house.days()

        filing.refresh_from_db()
        assert filing.state == "refused"
        assert Matter.objects.get().stage == "registered"
        again = Filing.objects.latest("id")
        assert again.number == f"{filing.number}.2"
        kinds = set(again.papers.values_list("kind", flat=True))
        assert "main_contract" in kinds
        assert Deed.objects.get(kind="main_contract").is_withdrawn is False


class TestLapse:
    def test_comes_with_the_end_of_the_period(self, house: PledgeHouse) -> None:
        matter = house.registered().matter
        filing = mark_filing(house, matter.number)
        house.sign(matter.number)
        house.file(filing)
        house.days()
        filing.refresh_from_db()
        assert filing.expires_on is not None

        house.on(filing.expires_on + timedelta(days=1))

        filing.refresh_from_db()
        assert filing.state == "lapsed_period"
        assert not filing.rights.filter(is_live=True).exists()
        assert [block.code for block in blocks.blocks_of(matter)][:1] == [
            "filing.block.not_registered"
        ]
        house.entered(matter.number)
        house.pledged(matter.number)  # anew


class TestEnter:
    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"number": "AB12"}, "number"),
            ({"kind": "software"}, "kind"),
            ({"classes": (46,)}, "classes"),
            ({"classes": ()}, "classes"),
            ({"owners": (" ",)}, "owners"),
            ({"term_end": date(2015, 5, 7)}, "term"),
            ({"seen_on": date(2026, 7, 1)}, "seen_on"),
            ({"basis": ValueBasis.APPRAISAL}, "report"),
        ],
    )
    def test_refuses_what_cannot_be(
        self, house: PledgeHouse, changes: dict[str, object], reason: str
    ) -> None:
        matter = house.contracted()
        new = replace(house.new_right(matter.number), **changes)  # type: ignore[arg-type]

        with pytest.raises(held.HeldRightError) as wrong:
            held.enter(matter.number, new, actor=house.clerk)
        assert wrong.value.facts["reason"] == f"error.held_right.{reason}"

    def test_takes_the_class_behind_the_number(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        house.entered(matter.number, f"{MARK}/11")

        row = HeldRight.objects.get()
        assert (row.number, row.classes) == (MARK, [7, 11])

    def test_replaces_what_was_entered_before(self, house: PledgeHouse) -> None:
        matter = house.contracted()
        house.entered(matter.number)
        house.entered(matter.number, state=RightState.EXPIRED)

        assert HeldRight.objects.filter(is_withdrawn=False).get().state == "expired"
        assert HeldRight.objects.count() == 2
        assert HeardNotice.objects.count() == 0
        assert clock.today()
