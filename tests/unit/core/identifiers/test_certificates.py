import pytest

from zhirong.core.identifiers import certificates
from zhirong.core.identifiers.records import IdentifierError


class TestReadSoftware:
    def test_finds_year_and_number(self) -> None:
        number = certificates.read_software("登记号：２０２１sr0123456")
        assert (number.canonical, number.year) == ("2021SR0123456", 2021)

    def test_refuses_other_forms(self) -> None:
        with pytest.raises(IdentifierError):
            certificates.read_software("2021SR123")


class TestReadHighTech:
    def test_finds_year_and_number(self) -> None:
        number = certificates.read_high_tech("gr202133001234")
        assert (number.canonical, number.year) == ("GR202133001234", 2021)

    def test_refuses_other_forms(self) -> None:
        with pytest.raises(IdentifierError):
            certificates.read_high_tech("GR201933")
