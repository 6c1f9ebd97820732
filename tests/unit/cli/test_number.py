import json
from typing import Any

import pytest

from zhirong.cli.main import main


def answered(capsys: pytest.CaptureFixture[str], *texts: str) -> tuple[int, list[dict[str, Any]]]:
    code = main(["number", *texts, "--json", "--lang", "en"])
    return code, json.loads(capsys.readouterr().out)["numbers"]


class TestNumber:
    def test_normalizes_a_patent_number(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, (found,) = answered(capsys, "ｚｌ ２０１７１０６０１８６２．３")
        best = found["readings"][0]
        assert (code, found["is_sound"]) == (0, True)
        assert best["canonical"] == "2017106018623"
        assert best["patent_number"] == "ZL201710601862.3"
        assert (best["check"], best["kind"]) == ("passed", "invention")

    def test_proposes_a_mend_and_exits_with_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, (wrong, right) = answered(capsys, "201710601862.4", "12345678")
        assert code == 1
        assert wrong["readings"][0]["mend"] == "201710601862.3"
        assert right["is_sound"]

    def test_warns_of_an_early_credit_code_and_takes_it(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, (found,) = answered(capsys, "91350211M0000XUF46")
        best = found["readings"][0]
        assert (code, best["check_expected"]) == (0, "R")
        assert (found["is_sound"], found["is_refused"]) == (False, False)
        assert "Some genuine early codes fail too" in best["warnings"][0]["text"]

    def test_says_why_a_text_is_no_number(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, (found, lost, misread) = answered(
            capsys, "hello", "2.01711E+11", "9144O3OO71526726XG"
        )
        assert (code, found["error"]) == (1, "error.unknown_identifier")
        assert lost["error"] == "error.lost_digits"
        assert misread["mend"] == "9144030071526726XG"

    @pytest.mark.parametrize(("lang", "words"), [("zh", "校验通过"), ("en", "check passed")])
    def test_prints_words(self, lang: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
        texts = ["95115608.X", "95115608", "9144O3OO71526726XG", "201710601862.4"]
        assert main(["number", *texts, "--lang", lang]) == 1
        printed = capsys.readouterr().out
        assert words in printed
        assert "ZL95115608.X" in printed
        assert "201710601862.3" in printed

    def test_asks_for_a_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["number"])
        assert caught.value.code == 2
