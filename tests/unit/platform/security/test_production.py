"""What production insists on, tried in processes of their own as an operator would start them."""

import base64
import logging
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.people import PASSWORD, House, organization, person
from zhirong.platform.accounts import installation
from zhirong.platform.accounts.models import Installation, Organization, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.second_factor import enroll, offer, shown_code
from zhirong.platform.configuration import Mode, SettingError, claim_folder, database, field_keys
from zhirong.platform.operations.models import LogEntry, Outbox
from zhirong.platform.work.demonstration import NotADemonstrationError, seed

KEY = base64.b64encode(b"k" * 32).decode("ascii")
SIGNING_KEY = secrets.token_urlsafe(64)


def manage(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "zhirong.platform.manage", *arguments],
        env={**kept, "ZHIRONG_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


PRODUCTION = {
    "ZHIRONG_SECRET_KEY": SIGNING_KEY,
    "ZHIRONG_FIELD_KEYS": f"k1:{KEY}",
    "ZHIRONG_HOSTS": "finance.example.com",
    "ZHIRONG_PROXIES": "1",
}
DEMONSTRATION = {"ZHIRONG_MODE": "demonstration"}


class TestCheck:
    def test_finds_nothing_to_say_about_production(self, tmp_path: Path) -> None:
        done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
        assert (done.returncode, done.stderr.strip()) == (0, "")

    @pytest.mark.parametrize("name", ["ZHIRONG_SECRET_KEY", "ZHIRONG_FIELD_KEYS"])
    def test_starts_nothing_without_its_secrets(self, tmp_path: Path, name: str) -> None:
        given = {key: value for key, value in PRODUCTION.items() if key != name}
        done = manage(tmp_path, "check", **given)
        assert done.returncode != 0
        assert f"{name}: production needs it" in done.stderr
        assert KEY not in done.stderr
        assert SIGNING_KEY not in done.stderr


class TestModes:
    def test_a_folder_of_production_refuses_a_demonstration(self, tmp_path: Path) -> None:
        manage(tmp_path, "check", **PRODUCTION)
        done = manage(tmp_path, "migrate", **DEMONSTRATION)
        assert done.returncode != 0
        assert "was first used for production" in done.stderr

    def test_a_folder_of_a_demonstration_refuses_production(self, tmp_path: Path) -> None:
        manage(tmp_path, "check", **DEMONSTRATION)
        done = manage(tmp_path, "migrate", **PRODUCTION)
        assert done.returncode != 0
        assert "was first used for demonstration" in done.stderr

    def test_a_database_stays_what_it_was_first(self, tmp_path: Path) -> None:
        """Also where the mark of its folder was taken away."""
        assert manage(tmp_path, "migrate", "-v", "0", **PRODUCTION).returncode == 0
        (tmp_path / "mode").unlink()
        done = manage(tmp_path, "seed_demonstration", **DEMONSTRATION)
        assert done.returncode != 0
        assert "the database was first opened for production" in done.stderr


class TestClaimFolder:
    def test_takes_the_same_mode_again_and_again(self, tmp_path: Path) -> None:
        for _ in range(2):
            claim_folder(tmp_path, Mode.PRODUCTION)
        assert [file.name for file in tmp_path.iterdir()] == ["mode"]


class TestInstallation:
    def test_is_marked_by_the_migrations(self, db: None) -> None:
        assert Installation.objects.get().mode == "demonstration"

    def test_refuses_the_other_mode(self, db: None) -> None:
        Installation.objects.update(mode="production")
        with pytest.raises(SettingError, match="first opened for production"):
            installation.check()

    def test_refuses_a_demonstration_among_real_organizations(self, db: None) -> None:
        Installation.objects.all().delete()
        installation.check()
        organization()
        with pytest.raises(SettingError, match="real organizations"):
            installation.check()

    def test_refuses_production_among_fictional_ones(self, db: None, settings: Any) -> None:
        Installation.objects.all().delete()
        settings.MODE = Mode.PRODUCTION
        installation.check()
        Organization.objects.create(
            kind="firm", name="甲", identifier="91990000MAXXXX0159", address=""
        )
        with pytest.raises(SettingError, match="demonstration's organizations"):
            installation.check()


class TestKnownPeople:
    def test_are_never_made_in_production(self, db: None, settings: Any) -> None:
        settings.IS_DEMONSTRATION = False
        with pytest.raises(NotADemonstrationError):
            seed(installation.clock.today())
        assert not User.objects.exists()

    def test_move_no_clock_in_production(self, client: Client, house: House, settings: Any) -> None:
        client.force_login(User.objects.get(pk=house.firm.user_id))
        before = installation.clock.today()
        settings.IS_DEMONSTRATION = False
        assert client.post("/clock/next/").status_code == 409
        settings.IS_DEMONSTRATION = True
        assert installation.clock.today() == before


class TestSettingError:
    def test_repeats_no_key_that_lacks_its_id(self) -> None:
        with pytest.raises(SettingError) as error:
            field_keys(KEY)
        assert KEY[:8] not in str(error.value)

    def test_repeats_no_password_of_a_database(self, tmp_path: Path) -> None:
        with pytest.raises(SettingError) as error:
            database("mysql://zhirong:verysecret@host/name", tmp_path)
        assert "verysecret" not in str(error.value)


class TestLogs:
    def test_hold_no_secret(
        self, client: Client, db: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Neither the log of the machine nor the action log nor work that waits."""
        caplog.set_level(logging.DEBUG)
        user = person(organization(), Role.FIRM_OFFICER)
        user.phone = "13800000001"
        user.save()
        client.post("/sign-in/", {"name": user.sign_in_name, "password": "wrong-secret-1"})
        client.post("/sign-in/", {"name": user.sign_in_name, "password": PASSWORD})
        code = shown_code(user)
        secret = offer(user).secret
        client.get("/account/")
        client.post("/account/second-factor/", {"code": "999111", "second_factor_code": str(code)})
        with pytest.raises(Exception, match="Not with this code"):
            enroll(user, "888222")
        said = caplog.text + "".join(
            str(row) for model in (LogEntry, Outbox) for row in model.objects.values()
        )
        words = ("wrong-secret-1", PASSWORD, secret, str(code), "999111", "888222", "13800000001")
        assert [word for word in words if word in said] == []


class TestCheckOnce:
    def test_asks_nothing_for_a_passing_line_to_the_server(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As when a test's database is taken away after its own line was closed."""
        asked: list[str] = []
        monkeypatch.setattr(installation, "check", lambda: asked.append("ours"))
        monkeypatch.setattr(installation, "_CHECKED", set())
        ours = connections["default"]
        passing = type(ours)(ours.settings_dict, alias="__no_db__")

        installation.check_once(passing)
        assert asked == []
        installation.check_once(ours)
        assert asked == ["ours"]
