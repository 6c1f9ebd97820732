"""Tests of plain lists of rights."""

from datetime import date
from pathlib import Path

import pytest

from zhirong.adapters.intake.limits import limits
from zhirong.adapters.intake.right_list import RightListError, read_rights
from zhirong.parameters.reader import Parameters

LIMITS = limits(Parameters(), date(2026, 6, 30))


class TestReadRights:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_takes_one_or_several_a_line(self, tmp_path: Path, encoding: str):
        path = tmp_path / "list.txt"
        path.write_text("# 拟质押\n2017106018623\n\n 201810000101X , A2\n", encoding=encoding)

        assert read_rights(path, limits=LIMITS) == ("2017106018623", "201810000101X", "A2")

    @pytest.mark.parametrize("content", [None, b"a\0b\n", b"\xff\x81\x81"])
    def test_refuses_what_is_no_text(self, tmp_path: Path, content: bytes | None):
        path = tmp_path / "list.txt"
        if content is not None:
            path.write_bytes(content)

        with pytest.raises(RightListError):
            read_rights(path, limits=LIMITS)
