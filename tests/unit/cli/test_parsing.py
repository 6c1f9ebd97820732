"""Wrong calls, said in the language asked for: what, where, how to mend."""

import pytest

from zhirong.cli import parsing
from zhirong.cli.main import main

APPRAISE = ("appraise", "x", "--purpose", "pledge", "--out", "o")


class TestParser:
    @pytest.mark.parametrize(
        ("call", "zh", "en"),
        [
            (("number",), "缺少参数：TEXT", "Missing: TEXT"),
            (("number", "x", "--foo"), "没有这样的参数：--foo", "no such argument: --foo"),
            (("fees", "--kind", "inv"), "--kind 不能是“inv”", "--kind cannot be “inv”"),
            (("fees", "--kind", "inv"), "invention, utility_model, design", "utility_model"),
            (("fees", "--number"), "--number 后面缺少内容", "--number lacks its value"),
            (("number", "--json=1", "x"), "--json 不带内容", "--json takes no value"),
            (("fees", "--n", "1"), "请写全", "Write it in full"),
            ((*APPRAISE, "--valuation-date", "2026-06-31"), "不是有效的日期", "no valid date"),
            ((*APPRAISE, "--seed", "a"), "--seed 的“a”不是整数", "“a” of --seed"),
        ],
    )
    def test_says_what_is_wrong_where_and_how_to_mend_it(
        self, call: tuple[str, ...], zh: str, en: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for lang, said in (("zh", zh), ("en", en)):
            with pytest.raises(SystemExit) as ended:
                main([*call, "--lang", lang])
            assert ended.value.code == 2
            printed = capsys.readouterr().err
            assert said in printed
            assert f"zhirong {call[0]} --help" in printed

    def test_prints_what_it_has_no_words_for_as_it_is(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            parsing.Parser(name="x", description="", lang="zh").error("something new")

        assert "something new" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["appraise", "explain", "recompute", "template", "fees"])
    def test_helps_in_the_language_asked_for(
        self, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for lang, title in (("zh", "选项"), ("en", "Options")):
            with pytest.raises(SystemExit) as ended:
                main([command, "--help", "--lang", lang])
            assert ended.value.code == 0
            printed = capsys.readouterr().out
            assert title in printed
            assert "usage" not in printed
            assert "cli." not in printed
