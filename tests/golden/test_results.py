"""Results once shipped stay readable, tell whether they were touched, and compute to the fen."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhirong.adapters.snapshots.appraisal import SCHEMA_VERSION, SnapshotError, read_snapshot
from zhirong.application.recompute import recompute
from zhirong.cli.main import main

FOLDER = Path(__file__).parent / "results"
FILES = tuple(sorted(FOLDER.glob("schema-*.json")))

Edit = Callable[[Any], None]


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def golden(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def edited(file: Path, folder: Path, edit: Edit) -> Path:
    """A copy of a result with its body changed."""
    document = json.loads(file.read_bytes())
    edit(document["body"])
    copy = folder / "result.json"
    copy.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return copy


def _raise_total(body: Any) -> None:
    body["valuation"]["total"]["value"] += 0.01


def _raise_cap(body: Any) -> None:
    for record in body["parameters"]:
        if record["path"] == "pledge.cap.invention":
            record["value"] = "0.50"


def _lower_royalty(body: Any) -> None:
    for item in body["case"]["assumptions"]:
        if item["key"] == "royalty_rate":
            item["central"] = "0.024"


class TestGoldenResults:
    def test_are_there_for_every_version_of_the_schema(self) -> None:
        versions = {int(re.findall(r"\d+", file.stem)[0]) for file in FILES}

        assert versions == set(range(1, SCHEMA_VERSION + 1))

    def test_are_read_as_they_were_written(self, golden: Path) -> None:
        snapshot = read_snapshot(golden)

        assert snapshot.is_intact
        assert f"schema-{snapshot.schema_version}" == golden.stem

    def test_compute_to_the_same_figures(self, golden: Path) -> None:
        assert recompute(read_snapshot(golden).body) == ()

    def test_hold_a_value_with_two_methods_and_a_pledge(self, golden: Path) -> None:
        valuation = read_snapshot(golden).body["valuation"]

        assert valuation["total"]["value"] > 0
        assert len(valuation["groups"][0]["methods"]) >= 2
        assert valuation["pledge"]["collateral_amount"] > 0


class TestRecompute:
    def test_prints_a_changed_figure_and_says_that_the_file_was_touched(
        self, golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = edited(golden, tmp_path, _raise_total)

        code = main(["recompute", str(file), "--lang", "en", "--json"])

        told = json.loads(capsys.readouterr().out)
        assert code == 1
        assert told["is_intact"] is False
        assert [item["path"] for item in told["differences"]] == ["valuation.total.value"]

    def test_is_silent_about_an_untouched_one(
        self, golden: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["recompute", str(golden), "--lang", "en"]) == 0
        assert "→" not in capsys.readouterr().out

    def test_computes_with_the_published_values_that_the_result_copied(
        self, golden: Path, tmp_path: Path
    ) -> None:
        body = read_snapshot(edited(golden, tmp_path, _raise_cap)).body

        changed = {item.path for item in recompute(body)}

        assert "valuation.pledge.caps_amount" in changed
        assert "valuation.total.value" not in changed

    def test_computes_with_the_assumptions_that_the_result_holds(
        self, golden: Path, tmp_path: Path
    ) -> None:
        body = read_snapshot(edited(golden, tmp_path, _lower_royalty)).body

        assert "valuation.total.value" in {item.path for item in recompute(body)}


class TestReadSnapshot:
    def test_sees_one_changed_byte(self, golden: Path, tmp_path: Path) -> None:
        text = golden.read_text(encoding="utf-8")
        copy = tmp_path / "result.json"
        copy.write_text(text.replace('"purpose":"pledge"', '"purpose":"pladge"'), encoding="utf-8")

        assert text.count('"purpose":"pledge"') == 1
        assert read_snapshot(copy).is_intact is False

    @pytest.mark.parametrize("content", ["", "[]", '{"kind": "other"}', "\ufeff{}"])
    def test_refuses_what_is_no_result(self, content: str, tmp_path: Path) -> None:
        file = tmp_path / "result.json"
        file.write_text(content, encoding="utf-8")

        with pytest.raises(SnapshotError):
            read_snapshot(file)

    def test_refuses_a_newer_schema(self, golden: Path, tmp_path: Path) -> None:
        document = json.loads(golden.read_bytes())
        file = tmp_path / "result.json"
        file.write_text(json.dumps({**document, "schema_version": 99}), encoding="utf-8")

        with pytest.raises(SnapshotError, match="newer"):
            read_snapshot(file)

    def test_refuses_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(SnapshotError):
            read_snapshot(tmp_path / "none.json")
