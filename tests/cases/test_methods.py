"""Cases of valuation methods as a valuer writes them: method, inputs, expected lines, source."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tests.method_inputs import worked
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import catalog

FOLDER = Path(__file__).parent / "methods"
FIELDS = {"name", "source", "method", "years", "inputs", "expected", "tolerance", "note"}


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def _word_keys(sheet: Sheet) -> list[str]:
    inputs = [f"input.{key}" for key in sheet.inputs]
    return [*inputs, *(f"line.{key}" for key in sheet.lines), f"method.{sheet.name}"]


@pytest.mark.parametrize("case", _cases())
def test_method_gives_the_expected_lines(case: dict[str, Any]) -> None:
    assert set(case) <= FIELDS
    assert case["expected"], "a case without expectation cannot fail"
    method = importlib.import_module(f"zhirong.valuation.{case['method']}")

    sheet = worked(method, case["inputs"], years=case.get("years", 1))

    wordless = [key for key in _word_keys(sheet) if not catalog().has(key)]
    assert not wordless, f"the catalog has no words for {wordless}"
    for line, expected in case["expected"].items():
        values = np.squeeze(sheet.lines[line].figure.values)
        np.testing.assert_allclose(
            values, np.asarray(expected, dtype=float), rtol=0, atol=case["tolerance"], err_msg=line
        )


def test_every_case_names_its_source() -> None:
    assert len(_cases()) > 0
    assert all(str(case.values[0]["source"]).strip() for case in _cases())
