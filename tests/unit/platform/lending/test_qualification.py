"""Which bodies may go on to an appraisal of their rights."""

import pytest

from tests.people import House
from tests.unit.platform.lending.test_loan import applied
from zhirong.platform.lending import applying
from zhirong.platform.matters.models import Matter


class TestCheckQualification:
    @pytest.mark.parametrize("kind", ["firm", "hospital", "association"])
    def test_lets_bodies_with_rights_of_their_own_go_on(self, house: House, kind: str) -> None:
        house.firm_organization.kind = kind
        house.firm_organization.save()

        found = applying.check_qualification(applied(house).number, actor=house.manager)

        assert found.is_passed

    def test_lets_nobody_else_pledge(self, house: House) -> None:
        house.firm_organization.kind = "valuer"
        house.firm_organization.save()
        matter = applied(house)

        found = applying.check_qualification(matter.number, actor=house.manager)

        assert not found.is_passed
        assert Matter.objects.get().stage == Matter.Stage.APPLIED
