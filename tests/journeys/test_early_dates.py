"""An appraisal of a day long past goes as far as published values reach, and says where."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests import intake_files as files
from zhirong.api import read_folder, shipped_law
from zhirong.application.appraise import appraise
from zhirong.application.case.options import AppraisalOptions
from zhirong.cli.main import main
from zhirong.parameters.reader import ParameterNotFoundError, Parameters

ON = date(2016, 6, 30)
RIGHT = (files.number(1, year=2010), "装置", "2010-07-21", "2013-05-19", "甲公司")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files.workbook(tmp_path / "专利清单_20160620.xlsx", [files.HEAD, RIGHT])
    return tmp_path


class TestEarlyDates:
    def test_read_the_folder_whatever_the_day(self, folder: Path) -> None:
        found = read_folder(folder, valuation_date=ON)

        assert found.rows_read == found.rows_accepted == 1
        assert not found.refused_files

    def test_name_the_first_parameter_without_a_value(self, folder: Path) -> None:
        case = read_folder(folder, valuation_date=ON).case_file
        options = AppraisalOptions(purpose="pledge", valuation_date=ON, report_date=ON)

        with pytest.raises(ParameterNotFoundError) as caught:
            appraise(case, options, law=shipped_law())

        path = str(caught.value.facts["path"])
        first = caught.value.facts["first"]
        assert not path.startswith("intake.")
        assert isinstance(first, date)
        assert first > ON
        assert Parameters().get(path, on=first).valid_from == first

    def test_tell_the_user_which_one(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        day = ON.isoformat()
        call = ["appraise", str(folder), "--purpose", "pledge", "--valuation-date", day]

        code = main([*call, "--out", str(tmp_path / "out"), "--json"])

        said = json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)
        assert code != 0
        assert "2016年6月30日" in said
        assert "diligence." in said
