from datetime import date

import pytest

from tests import filings
from zhirong.filing import office
from zhirong.filing.office import NoticeKind, NoticeUnreadableError, PackageFile, Registered

BODY = {"amount_fen": 500_000_000, "rights": ["202111434680.4"], "expires_on": "2027-06-29"}


class TestPackageFile:
    def test_knows_its_hashes(self) -> None:
        file = PackageFile("a.txt", b"abc")

        assert file.sha256.startswith("ba7816bf")
        assert file.sm3.startswith("66c7f0f4")


class TestRegisteredOf:
    def test_reads_the_register_entry(self) -> None:
        said = filings.notice(NoticeKind.REGISTERED, registered=BODY)

        assert office.registered_of(said) == Registered(
            amount_fen=500_000_000, rights=("202111434680.4",), expires_on=date(2027, 6, 29)
        )

    @pytest.mark.parametrize(
        ("part", "value"), [("amount_fen", True), ("rights", "x"), ("expires_on", "soon")]
    )
    def test_names_the_part_that_cannot_be_read(self, part: str, value: object) -> None:
        said = filings.notice(NoticeKind.REGISTERED, registered={**BODY, part: value})

        with pytest.raises(NoticeUnreadableError, match=part):
            office.registered_of(said)
