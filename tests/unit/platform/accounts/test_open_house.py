"""The first organization and its administrator, entered by a command."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from zhirong.platform.accounts.models import Organization, User
from zhirong.platform.accounts.services import authenticate
from zhirong.platform.operations.models import LogEntry

HOUSE = {
    "name": "平台",
    "identifier": "91990000MAXXXX0C5L",
    "administrator": "operator",
    "person": "张三",
    "password_stdin": True,
}
GOOD = "a-long-sentence-2026"


def enter(monkeypatch: pytest.MonkeyPatch, password: str) -> str:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
    said = io.StringIO()
    call_command("open_house", stdout=said, **HOUSE)
    return said.getvalue()


@pytest.mark.usefixtures("db")
class TestOpenHouse:
    def test_lets_the_first_administrator_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert enter(monkeypatch, GOOD).startswith("Done.")

        person = authenticate("operator", GOOD)
        assert [item.role for item in person.assignments.all()] == ["administrator"]
        assert person.organization.kind == "house"
        assert set(LogEntry.objects.values_list("action", flat=True)) >= {
            "organization_added",
            "person_added",
        }

    def test_does_nothing_with_a_weak_password(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(CommandError, match="Not done"):
            enter(monkeypatch, "1234567890")

        assert not Organization.objects.exists()
        assert not User.objects.exists()

    def test_is_done_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        enter(monkeypatch, GOOD)

        with pytest.raises(CommandError, match="already"):
            enter(monkeypatch, GOOD)
