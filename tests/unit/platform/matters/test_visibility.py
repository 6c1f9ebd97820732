import pytest

from tests.people import House
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import NotAllowedError
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.services import withdraw_consent
from zhirong.platform.matters.visibility import NotFoundError, found, matter_for, visible


class TestVisible:
    def test_shows_both_sides_their_matter(self, house: House) -> None:
        matter = house.matter()

        assert list(visible(Matter, house.firm)) == [matter]
        assert list(visible(Matter, house.clerk)) == [matter]

    def test_shows_nobody_else_anything(self, house: House) -> None:
        house.matter()

        for stranger in house.strangers():
            assert not visible(Matter, stranger).exists()
            assert not visible(Participation, stranger).exists()

    def test_ends_with_the_consent(self, house: House) -> None:
        matter = house.matter()

        withdraw_consent(
            matter.number, organization_id=house.bank_organization.pk, actor=house.firm
        )

        assert not visible(Matter, house.manager).exists()
        assert visible(Matter, house.firm).exists()

    def test_refuses_a_model_that_does_not_say_how_it_reaches_its_matter(
        self, house: House
    ) -> None:
        with pytest.raises(AttributeError):
            visible(type(house.bank_organization), house.firm)


class TestMatterFor:
    def test_hides_whether_a_matter_exists(self, house: House) -> None:
        matter = house.matter()
        stranger, _ = house.strangers()

        with pytest.raises(NotFoundError) as forbidden:
            matter_for(matter.number, stranger, Right.APPLY)
        with pytest.raises(NotFoundError) as missing:
            matter_for("2026-99999", stranger, Right.APPLY)
        assert forbidden.value.facts.keys() == missing.value.facts.keys()

    def test_asks_for_the_right(self, house: House) -> None:
        matter = house.matter()

        with pytest.raises(NotAllowedError):
            matter_for(matter.number, house.clerk, Right.APPROVE)


class TestFound:
    def test_finds_what_one_may_see(self, house: House) -> None:
        matter = house.matter()

        assert found(Matter, house.firm, number=matter.number) == matter
