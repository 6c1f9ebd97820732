import pytest

from zhirong.core.identifiers import credit_codes
from zhirong.core.identifiers.records import Check, IdentifierError

REAL = ("91440300 71526726X G", "91330100 799655058 B", "91110000 802100433 B")


class TestRead:
    @pytest.mark.parametrize("text", [*REAL, "91110108 551385082 Q", "９１４４０３００71526726xg"])
    def test_passes_real_codes(self, text: str) -> None:
        code = credit_codes.read(text)
        assert code.check is Check.PASSED
        assert code.warnings == ()

    def test_warns_of_a_genuine_early_code_and_keeps_it(self) -> None:
        code = credit_codes.read("91350211M0000XUF46")
        assert code.canonical == "91350211M0000XUF46"
        assert (code.check, code.check_expected, code.check_given) == (Check.FAILED, "R", "6")
        assert "identifier.credit_code_check_failed" in {w.code for w in code.warnings}

    def test_warns_of_the_inner_organization_code_too(self) -> None:
        code = credit_codes.read(
            "91440300715267260" + credit_codes.check_character("91440300715267260")
        )
        assert code.check is Check.PASSED
        assert [w.code for w in code.warnings] == ["identifier.organization_check_failed"]

    def test_proposes_zero_for_the_letter_o(self) -> None:
        with pytest.raises(IdentifierError) as caught:
            credit_codes.read("9144O3OO71526726XG")
        assert caught.value.facts["mend"] == "9144030071526726XG"

    def test_proposes_nothing_when_too_much_is_doubtful(self) -> None:
        with pytest.raises(IdentifierError) as caught:
            credit_codes.read("V" * 18)
        assert caught.value.facts["mend"] == ""

    @pytest.mark.parametrize("text", ["", "9144030071526726X", "9144030071526726XGG"])
    def test_refuses_another_length(self, text: str) -> None:
        with pytest.raises(IdentifierError):
            credit_codes.read(text)


class TestReadOrganizationCode:
    @pytest.mark.parametrize("text", ["71526726-X", "799655058", "80210043-3"])
    def test_passes_real_codes(self, text: str) -> None:
        assert credit_codes.read_organization_code(text).check is Check.PASSED

    def test_says_what_the_check_digit_should_be(self) -> None:
        code = credit_codes.read_organization_code("71526726-1")
        assert (code.check, code.check_expected) == (Check.FAILED, "X")
