"""The whole house with its slow and pure parts remembered: appraisal, typesetting, signatures.

What is remembered depends on its arguments alone, so a journey goes the same way, only faster.
"""

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.fake_desk import FakeDesk
from tests.platform_state import Rows, file_state, platform_state
from tests.whole_house import WholeHouse
from zhirong import bootstrap
from zhirong import bootstrap_counterparties as counterparties
from zhirong.application.batch import FirmOutcome
from zhirong.platform.appraisals import reading
from zhirong.platform.appraisals import services as appraisals
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents import deeds

appraise = appraisals._appraise


class Memory:
    """What pure and slow functions gave for their arguments."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.outcome: FirmOutcome | None = None
        self._known: dict[bytes, Any] = {}

    def remembered(self, act: Callable[..., Any]) -> Callable[..., Any]:
        name = act.__qualname__

        def call(*args: Any, **named: Any) -> Any:
            key = pickle.dumps((name, args, sorted(named.items())))
            if key not in self._known:
                self._known[key] = act(*args, **named)
            return self._known[key]

        return call

    def appraised(self, run: AppraisalRun, given: Path, out: Path) -> FirmOutcome:
        """The outcome of the example firm, appraised once."""
        if self.outcome is None:
            folder = self.place / "given"
            shutil.copytree(given, folder)
            self.outcome = appraise(run, folder, self.place / "out")
        return self.outcome


class QuickHouse(WholeHouse):
    """A house that remembers."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch, memory: Memory) -> None:
        super().__init__(place, monkeypatch)
        self.place = place
        monkeypatch.setattr(deeds, "desk", FakeDesk)
        monkeypatch.setattr(appraisals, "_appraise", memory.appraised)
        monkeypatch.setattr(appraisals, "draw", memory.remembered(appraisals.draw))
        for name in ("loan_deed", "drafts", "later_drafts"):
            act = memory.remembered(getattr(counterparties, name))
            monkeypatch.setattr(counterparties, name, act)
        parse = memory.remembered(bootstrap.parse_snapshot)
        monkeypatch.setattr(bootstrap, "parse_snapshot", parse)
        monkeypatch.setattr(reading, "decode", memory.remembered(reading.decode))

    def keep(self, to: Path) -> None:
        """Keep all that stands now: the platform's database and both counterparties' files."""
        self._closed()
        for name in PARTS:
            _copied(self.place / name, to / name)
        self.open_counterparties(self.place)

    def go_back(self, to: Path) -> None:
        """Let everything stand as it was kept."""
        self._closed()
        for name in PARTS:
            _copied(to / name, self.place / name)
        self.open_counterparties(self.place)

    def _closed(self) -> None:
        connection.close()
        self.office_app.office.store.close()
        self.bank_app.counterparty.store.close()

    def state(self) -> dict[str, Rows]:
        """Every row here, at the office and at the bank."""
        found = dict(platform_state())
        for name in PARTS[1:]:
            (file,) = (self.place / name).glob("*.sqlite3")
            found |= {f"{name}/{table}": rows for table, rows in file_state(file).items()}
        return found


PARTS = ("platform.sqlite", "office", "bank")


def _copied(source: Path, to: Path) -> None:
    """Files whose databases are closed, so that nothing stands beside them."""
    if source.is_dir():
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(source, to)
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    for left in to.parent.glob(f"{to.name}-*"):
        left.unlink()
    shutil.copy(source, to)
