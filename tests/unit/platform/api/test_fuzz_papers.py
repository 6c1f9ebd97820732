"""The same about filings with all their papers: sent, mended, looked through, released."""

from pathlib import Path

import pytest
from django.db import transaction

from tests.callers import caller
from tests.pledges import PledgeHouse
from tests.unit.platform.api.fuzzing import fuzz
from tests.unit.platform.api.worlds import TABLE
from zhirong.platform.filing.models import Filing
from zhirong.platform.lending import registering
from zhirong.platform.matters.models import Matter

ON_PAPERS = ("file_pledge", "filing_grounds", "blocks", "mend_filing", "take_package")
ON_RELEASE = ("prepare_release", "file_release")


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PledgeHouse:
    return PledgeHouse(tmp_path, monkeypatch)


# The fuzzer's own client leaves the zip open that a web server closes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
class TestOperations:
    @pytest.mark.parametrize("name", ON_PAPERS)
    def test_do_so_about_a_package(self, house: PledgeHouse, name: str) -> None:
        matter = house.contracted()
        house.sign(matter.number)
        filing = Filing.objects.get()
        names = {"number": matter.number, "filing": filing.number}
        clerk = caller(house.clerk)
        if name == "take_package":
            sent = registering.file(matter.number, filing.number, actor=house.clerk)
            names["reference"] = sent.client_reference
        real = TABLE[name].path.format(**names, act=names.get("reference"))
        with transaction.atomic():
            answer = clerk.ask(TABLE[name].method, real, TABLE[name].body, Idempotency_Key="real")
            transaction.set_rollback(True)
        assert answer.status_code == 200, answer.content

        fuzz(name, clerk, names)

    @pytest.mark.parametrize("name", ON_RELEASE)
    def test_do_so_about_a_release(self, house: PledgeHouse, name: str) -> None:
        filing = house.registered()
        Matter.objects.update(stage=Matter.Stage.REPAID)
        number = filing.matter.number
        if name == "file_release":
            registering.prepare_release(number, filing.number, actor=house.clerk)
            house.sign(number)
        names = {"number": number, "filing": filing.number}
        clerk = caller(house.clerk)
        with transaction.atomic():
            answer = clerk.act(TABLE[name].path.format(**names))
            transaction.set_rollback(True)
        assert answer.status_code == 200, answer.content

        fuzz(name, clerk, names)
