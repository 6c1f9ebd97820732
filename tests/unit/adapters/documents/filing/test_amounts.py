import pytest

from zhirong.adapters.documents.filing import amounts
from zhirong.adapters.documents.filing.amounts import AmountInWordsError
from zhirong.adapters.documents.filing.deed import Speech

SIGNS = Speech("zh").say("deed.amount_signs")


class TestInWords:
    @pytest.mark.parametrize(
        ("fen", "words"),
        [
            (500_000_000, "伍佰万元整"),
            (100_500_203, "壹佰万伍仟零贰元零叁分"),
            (1_291_800_000_000, "壹佰贰拾玖亿壹仟捌佰万元整"),
            (10_000_500_000, "壹亿零伍仟元整"),
            (2_000_010_000, "贰仟万零壹佰元整"),
            (101_000, "壹仟零壹拾元整"),
            (110, "壹元壹角"),
            (5, "伍分"),
            (0, "零元整"),
        ],
    )
    def test_writes_an_amount_as_contracts_do(self, fen: int, words: str) -> None:
        assert amounts.in_words(fen, signs=SIGNS) == words

    @pytest.mark.parametrize("fen", [-1, 10**14])
    def test_refuses_what_no_contract_says(self, fen: int) -> None:
        with pytest.raises(AmountInWordsError):
            amounts.in_words(fen, signs=SIGNS)
