import pytest

from zhirong.core.identifiers import detection
from zhirong.core.identifiers.records import (
    IdentifierError,
    LostDigitsError,
    Scheme,
    UnknownIdentifierError,
)


class TestIdentify:
    @pytest.mark.parametrize(
        ("text", "scheme"),
        [
            ("ZL201710601862.3", Scheme.PATENT_APPLICATION),
            ("95115608X", Scheme.PATENT_APPLICATION),
            ("CN110234567B", Scheme.PATENT_PUBLICATION),
            ("PCT/CN2020/123456", Scheme.PCT_APPLICATION),
            ("WO2021/123456", Scheme.PCT_PUBLICATION),
            ("DM/218456", Scheme.HAGUE_REGISTRATION),
            ("12345678", Scheme.TRADEMARK),
            ("9144030071526726XG", Scheme.CREDIT_CODE),
            ("71526726-X", Scheme.ORGANIZATION_CODE),
            ("2021SR0123456", Scheme.SOFTWARE_CERTIFICATE),
            ("GR202133001234", Scheme.HIGH_TECH_CERTIFICATE),
        ],
    )
    def test_tells_the_schemes_apart(self, text: str, scheme: Scheme) -> None:
        assert detection.identify(text).scheme is scheme

    def test_proposes_a_spelling_when_letters_were_misread(self) -> None:
        with pytest.raises(IdentifierError) as caught:
            detection.identify("9144O3OO71526726XG")
        assert caught.value.facts["mend"] == "9144030071526726XG"

    def test_refuses_what_follows_no_scheme(self) -> None:
        with pytest.raises(UnknownIdentifierError):
            detection.identify("hello")

    def test_refuses_powers_of_ten(self) -> None:
        with pytest.raises(LostDigitsError):
            detection.identify("2.01711E+11")


class TestReadings:
    def test_shows_the_other_reading_of_eight_digits(self) -> None:
        schemes = [reading.scheme for reading in detection.readings("95115608")]
        assert schemes == [Scheme.TRADEMARK, Scheme.PATENT_APPLICATION]
