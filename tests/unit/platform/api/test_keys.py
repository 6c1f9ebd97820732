"""Keys: shown once, kept as hashes, bound to a person and in force until revoked."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.callers import Caller, caller
from tests.people import MONDAY, House, viewer
from zhirong.platform.accounts.models import Assignment, RateCount, User
from zhirong.platform.accounts.rights import Right, Role
from zhirong.platform.api import keys
from zhirong.platform.api.keys import (
    ApiKeyError,
    KeyLabelError,
    KeyRightsError,
    caller_of,
    make_key,
    revoke_key,
    rotate_key,
)
from zhirong.platform.api.models import ApiKey
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import LogEntry


class TestMakeKey:
    def test_keeps_no_secret(self, house: House) -> None:
        made = make_key(house.firm.user_id, label="bookkeeping", by=house.firm)

        row = ApiKey.objects.get()
        secret = made.token.split("_", 2)[2]
        assert len(secret) >= 43
        assert secret not in str(vars(row))
        assert made.token.startswith(f"zr_{row.prefix}_")

    def test_lets_an_administrator_make_keys_for_the_own_people_only(self, house: House) -> None:
        make_key(house.manager.user_id, label="a", by=house.admin)

        with pytest.raises(NotFoundError):
            make_key(house.firm.user_id, label="a", by=house.admin)
        with pytest.raises(NotFoundError):
            make_key(house.admin.user_id, label="a", by=house.manager)

    @pytest.mark.parametrize("label", ["", "  ", "x" * 81])
    def test_wants_a_label(self, house: House, label: str) -> None:
        with pytest.raises(KeyLabelError):
            make_key(house.firm.user_id, label=label, by=house.firm)

    def test_keeps_the_secret_of_confirmations_under_lock(self, house: House) -> None:
        made = make_key(house.firm.user_id, label="a", by=house.firm)
        with connection.cursor() as cursor:
            cursor.execute("SELECT secret FROM api_apikey")
            (lies,) = cursor.fetchone()

        assert lies.startswith("zr1.")
        assert keys.secret_of(made.number) == made.secret
        assert len(made.secret) >= 43
        assert made.secret not in lies
        assert made.secret not in repr(made)
        assert made.token not in repr(made)

    def test_limits_the_key_to_some_rights_of_the_person(self, house: House) -> None:
        wanted = ["follow", "pay", "file"]  # to file is not the manager's
        token = make_key(house.manager.user_id, label="a", rights=wanted, by=house.manager).token

        assert caller_of(token).viewer.rights == {Right.FOLLOW, Right.PAY}
        assert keys.keys_for(house.manager)[0].rights == (Right.FOLLOW, Right.FILE, Right.PAY)
        limited = Caller(token)
        assert limited.get("/me").json()["rights"] == ["follow", "pay"]
        assert limited.get("/matters").status_code == 200
        matter = house.matter()
        answer = limited.post(f"/matters/{matter.number}/qualification")
        assert (answer.status_code, answer.json()["code"]) == (404, "error.not_allowed")

    @pytest.mark.parametrize("wrong", [[], ["follow", "everything"]])
    def test_wants_rights_that_there_are(self, house: House, wrong: list[str]) -> None:
        with pytest.raises(KeyRightsError):
            make_key(house.firm.user_id, label="a", rights=wrong, by=house.firm)

    def test_is_written_in_the_log(self, house: House) -> None:
        made = make_key(house.firm.user_id, label="a", by=house.firm)
        revoke_key(made.number, by=house.firm)

        written = LogEntry.objects.filter(action__startswith="api_key").values_list("action")
        assert [action for (action,) in written] == ["api_key_made", "api_key_revoked"]


class TestRotateKey:
    def test_ends_what_opened_before(self, house: House) -> None:
        old = make_key(house.manager.user_id, label="a", rights=["follow"], by=house.manager)
        new = rotate_key(old.number, by=house.admin)

        assert new.number == old.number
        assert caller_of(new.token).viewer.rights == {Right.FOLLOW}
        assert keys.secret_of(new.number) == new.secret != old.secret
        with pytest.raises(ApiKeyError):
            caller_of(old.token)
        entry = LogEntry.objects.get(action="api_key_rotated")
        assert entry.facts["old"] == old.token.split("_")[1]

    def test_knows_no_key_of_others_and_none_that_is_revoked(self, house: House) -> None:
        made = make_key(house.firm.user_id, label="a", by=house.firm)
        with pytest.raises(NotFoundError):
            rotate_key(made.number, by=house.admin)
        revoke_key(made.number, by=house.firm)
        with pytest.raises(NotFoundError):
            rotate_key(made.number, by=house.firm)


class TestCallerOf:
    def test_is_the_person_with_the_roles_of_this_moment(self, house: House) -> None:
        token = make_key(house.manager.user_id, label="a", by=house.manager).token

        assert caller_of(token).viewer == house.manager
        Assignment.objects.filter(user_id=house.manager.user_id).delete()
        assert caller_of(token).viewer.rights == frozenset()

    @pytest.mark.parametrize("change", ["", "x", "zr", "zr_", "zr__", "zr_abc_é"])
    def test_takes_no_other_text(self, house: House, change: str) -> None:
        with pytest.raises(ApiKeyError):
            caller_of(change)

    def test_takes_no_other_secret(self, house: House) -> None:
        token = make_key(house.firm.user_id, label="a", by=house.firm).token

        with pytest.raises(ApiKeyError):
            caller_of(token[:-1] + ("a" if token[-1] != "a" else "b"))

    def test_ends_with_the_key_and_with_the_person(self, house: House) -> None:
        first = make_key(house.firm.user_id, label="a", by=house.firm)
        second = make_key(house.firm.user_id, label="b", by=house.firm)
        revoke_key(first.number, by=house.firm)

        with pytest.raises(ApiKeyError):
            caller_of(first.token)
        assert caller_of(second.token).viewer == house.firm
        User.objects.filter(pk=house.firm.user_id).update(is_active=False)
        with pytest.raises(ApiKeyError):
            caller_of(second.token)

    def test_writes_its_use_once_a_minute(self, house: House) -> None:
        token = make_key(house.firm.user_id, label="a", by=house.firm).token
        caller_of(token)
        first = ApiKey.objects.get().used_at
        caller_of(token)

        assert ApiKey.objects.get().used_at == first
        assert first is not None
        ApiKey.objects.update(used_at=first - timedelta(minutes=2))
        caller_of(token)
        assert ApiKey.objects.get().used_at > first


class TestKeysFor:
    def test_shows_ones_own_or_those_of_the_house(self, house: House) -> None:
        make_key(house.manager.user_id, label="m", by=house.manager)
        make_key(house.risk.user_id, label="r", by=house.risk)
        make_key(house.firm.user_id, label="f", by=house.firm)

        assert [line.label for line in keys.keys_for(house.manager)] == ["m"]
        assert {line.label for line in keys.keys_for(house.admin)} == {"m", "r"}
        assert len(keys.people_for(house.admin)) == 5
        assert [p.number for p in keys.people_for(house.firm)] == [house.firm.user_id]


class TestEntering:
    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eA==", "Bearer zr_a_b"])
    def test_asks_for_a_key(self, house: House, header: str) -> None:
        answer = Caller("").ask("GET", "/me", Authorization=header)

        assert answer.status_code == 401
        assert answer.json()["code"] == "error.api_key"
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    def test_says_whom_the_key_acts_for(self, house: House) -> None:
        answer = caller(house.firm).get("/me")

        assert answer.status_code == 200
        assert answer.json()["organization"] == house.firm.organization_name
        assert answer.json()["today"] == MONDAY.isoformat()

    def test_speaks_the_language_asked_for(self, house: House) -> None:
        chinese = caller(house.firm).get("/matters/2026-00001").json()
        english = caller(house.firm).get("/matters/2026-00001", Accept_Language="en-GB").json()

        assert chinese["code"] == english["code"] == "error.not_found"
        assert "没有找到" in chinese["message"]
        assert "no such matter" in english["message"]

    def test_lets_so_many_requests_a_minute_pass(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = clock.real_now().replace(second=10)
        monkeypatch.setattr("zhirong.platform.operations.clock.real_now", lambda: now)
        one, other = caller(house.firm), caller(viewer(house.bank_organization, Role.RISK_OFFICER))
        assert one.get("/me").status_code == 200
        RateCount.objects.update(count=1200)

        answer = one.get("/me")

        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "50"
        assert other.get("/me").status_code == 200
