"""The administrator: people and roles, parameters in force, the log and its check."""

from typing import Any

import pytest
from django.http import HttpResponse

from tests.people import House, viewer
from tests.unit.platform.desks.clients import browser
from tests.unit.platform.lending.test_loan import applied
from zhirong.core.messages import Language
from zhirong.platform.accounts.models import Organization, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.operations.models import LogEntry
from zhirong.platform.words import words


def text(response: HttpResponse) -> str:
    return response.content.decode()


def newcomer(house: House, **changes: Any) -> dict[str, Any]:
    given = {
        "organization": house.bank_organization.pk,
        "name": "新人",
        "sign_in_name": "newcomer",
        "password": "a-long-sentence-2027",
        "roles": ["risk_officer"],
    }
    return given | changes


class TestPeople:
    def test_are_added_with_their_roles(self, house: House) -> None:
        response = browser(house.admin).post("/admin/people/add/", newcomer(house))

        assert response.status_code == 302, text(response)
        assert User.objects.get(sign_in_name="newcomer").assignments.get().role == "risk_officer"

    def test_keep_what_was_typed_but_the_password(self, house: House) -> None:
        response = browser(house.admin).post(
            "/admin/people/add/",
            newcomer(
                house,
                password="tiny-9",  # noqa: S106 - refused
            ),
        )

        page = text(response)
        assert response.status_code == 422
        assert 'value="newcomer"' in page
        assert "tiny-9" not in page

    def test_of_a_bank_apply_for_no_loan(self, house: House) -> None:
        response = browser(house.admin).post(
            "/admin/people/add/", newcomer(house, roles=["firm_officer"])
        )

        assert response.status_code == 422

    def test_of_others_are_not_there(self, house: House) -> None:
        firm = house.firm_organization.pk
        client = browser(house.admin)

        added = client.post("/admin/people/add/", newcomer(house, organization=firm))
        # Missing and forbidden look alike.
        assert added.status_code == 404
        assert not User.objects.filter(sign_in_name="newcomer").exists()
        assert house.firm_organization.name not in text(client.get("/admin/"))

    def test_lose_the_sign_in_at_once(self, house: House) -> None:
        manager = browser(house.manager)
        assert manager.get("/manager/").status_code == 200

        browser(house.admin).post(
            f"/admin/people/{house.manager.user_id}/sign-in/", {"is_active": "no"}
        )

        assert manager.get("/manager/").status_code == 302
        assert LogEntry.objects.filter(action="person_deactivated").count() == 1

    def test_get_other_roles(self, house: House) -> None:
        browser(house.admin).post(
            f"/admin/people/{house.clerk.user_id}/roles/", {"roles": ["account_manager"]}
        )

        assert browser(house.clerk).get("/manager/").status_code == 200

    def test_never_lock_themselves_out(self, house: House) -> None:
        client, own = browser(house.admin), house.admin.user_id

        client.post(f"/admin/people/{own}/sign-in/", {"is_active": "no"})
        client.post(f"/admin/people/{own}/roles/", {"roles": ["risk_officer"]})

        assert client.get("/admin/").status_code == 200

    def test_are_the_administrators_alone(self, house: House) -> None:
        response = browser(house.manager).post("/admin/people/add/", newcomer(house))

        assert response.status_code == 404


class TestOrganizations:
    def test_are_taken_on_by_the_house_alone(self, house: House) -> None:
        given = {"kind": "firm", "name": "丙公司", "identifier": "91990000MAXXXX0999"}
        home = Organization.objects.create(kind="house", name="平台", identifier="H")
        operator = viewer(home, Role.ADMINISTRATOR)

        refused = browser(house.admin).post("/admin/organizations/add/", given)
        assert refused.status_code == 404
        assert browser(operator).post("/admin/organizations/add/", given).status_code == 302
        assert Organization.objects.filter(name="丙公司").count() == 1


class TestParameters:
    def test_name_value_unit_source_and_doubt(self, house: House) -> None:
        page = text(browser(house.admin).get("/admin/parameters/"))

        for shown in (
            "platform.target_days",
            "working_day",
            "lending.policy",
            "pledge.cap",
            "待核实",
        ):
            assert shown in page


class TestLog:
    def test_shows_the_own_organizations_acts(self, house: House) -> None:
        applied(house)

        page = text(browser(house.admin).get("/admin/log/"))

        assert "提交申请" not in page.split("<tbody>")[1]
        assert "登录" in page

    def test_filters_and_checks(self, house: House) -> None:
        page = text(browser(house.admin).get("/admin/log/?action=signed_in&audit=yes&page=x"))

        assert "日志完好" in page


class TestKinds:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_of_organizations_have_words(self, lang: Language) -> None:
        for kind in Organization.Kind:
            assert words().label(f"organization.{kind.value}", lang)
