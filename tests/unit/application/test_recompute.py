"""Tests of computing a stored result anew."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.case_factory import BASE, appraised, case, full_case, options
from zhirong.api import shipped_law
from zhirong.application.appraise import appraise
from zhirong.application.recompute import (
    Difference,
    ParameterStates,
    TreeState,
    parameter_states,
    recompute,
)
from zhirong.core.codec import CodecError, canonical, encode
from zhirong.parameters.reader import TREE, ParameterNotFoundError, Parameters, TreeHashes


def stored(**changes: Any) -> Any:
    """A result as it is read from its file."""
    return json.loads(canonical(encode(appraised(case(BASE), **changes))))


class TestRecompute:
    def test_finds_nothing_in_a_result_as_it_was_written(self):
        assert recompute(stored()) == ()

    @pytest.mark.slow
    def test_finds_nothing_where_every_method_was_run(self):
        body = json.loads(canonical(encode(appraised(full_case(), purpose="transfer"))))

        assert recompute(body) == ()

    def test_names_a_figure_that_was_touched(self):
        body = stored()
        body["valuation"]["total"]["value"] += 0.01

        (found,) = recompute(body)

        assert found.path == "valuation.total.value"
        assert float(found.stored) - float(found.computed) == pytest.approx(0.01)

    def test_names_what_was_taken_out_or_put_in(self):
        body = stored()
        right = body["valuation"]["rights"].pop()
        body["valuation"]["extra"] = 1

        found = {item.path: item for item in recompute(body)}

        count = len(body["valuation"]["rights"])
        assert found["valuation.rights.length"].stored == str(count)
        assert found[f"valuation.rights[{count}].right"] == Difference(
            path=f"valuation.rights[{count}].right", stored=None, computed=repr(right["right"])
        )
        assert found["valuation.extra"].computed is None

    def test_values_anew_with_the_inputs_of_the_file(self):
        body = stored()
        body["case"]["sales"][0]["sales"] = "100000000"

        found = {item.path for item in recompute(body)}

        assert {"valuation.total.value", "head.verification_code"} <= found

    def test_takes_the_published_values_that_the_file_copied(self):
        body = stored()
        for record in body["parameters"]:
            if record["path"] == "pledge.cap.invention":
                record["value"] = "0.5"

        assert "valuation.pledge.caps_amount" in {item.path for item in recompute(body)}

    def test_needs_every_published_value(self):
        body = stored()
        body["parameters"] = []

        with pytest.raises(ParameterNotFoundError):
            recompute(body)

    def test_does_not_mind_another_release(self):
        body = stored()
        body["head"]["engine_version"] = "0.0.1"
        body["head"]["parameters_hash"] = "0" * 64

        assert recompute(body) == ()

    def test_refuses_inputs_of_another_form(self):
        body = stored()
        body["case"]["firm"]["shoe_size"] = 43

        with pytest.raises(CodecError):
            recompute(body)


CAP = "pledge/cap/invention.yaml"


def house(folder: Path, cap: str) -> Path:
    """A house's folder with a cap of its own on inventions."""
    text = (TREE / CAP).read_text(encoding="utf-8")
    assert 'value: "0.40"' in text
    (folder / CAP).parent.mkdir(parents=True, exist_ok=True)
    (folder / CAP).write_text(text.replace('value: "0.40"', f'value: "{cap}"'), encoding="utf-8")
    return folder


def stored_under(folder: Path | None) -> Any:
    result = appraise(case(BASE), options(), law=shipped_law(house=folder))
    return json.loads(canonical(encode(result)))


class TestParameterStates:
    def test_differ_by_house_where_only_the_house_has_other_values(self, tmp_path: Path):
        one, two = (house(tmp_path / cap, cap) for cap in ("0.2", "0.3"))
        first, second = stored_under(one), stored_under(two)

        heads = [body["head"]["parameters_hash"] for body in (first, second, stored())]
        assert len(set(heads)) == 3
        assert recompute(first) == ()
        assert parameter_states(first, Parameters(house=one).hashes()).house is TreeState.SAME
        assert parameter_states(first, Parameters(house=two).hashes()) == ParameterStates(
            shipped=TreeState.SAME, house=TreeState.DIFFERS
        )

    def test_say_that_the_house_is_missing_or_new(self, tmp_path: Path):
        own = Parameters(house=house(tmp_path, "0.2")).hashes()

        missing = parameter_states(stored_under(tmp_path), Parameters().hashes())
        assert (missing.shipped, missing.house) == (TreeState.SAME, TreeState.NOT_GIVEN)
        assert parameter_states(stored(), own).house is TreeState.ADDED

    def test_tell_the_shipped_tree_from_the_house(self, tmp_path: Path):
        house(tmp_path, "0.2")
        later = TreeHashes(shipped="0" * 64, house=Parameters(house=tmp_path).hashes().house)

        states = parameter_states(stored_under(tmp_path), later)

        assert (states.shipped, states.house) == (TreeState.DIFFERS, TreeState.SAME)

    def test_leave_a_result_without_a_house_as_it_was(self):
        head = stored()["head"]

        assert head["parameters_hash"] == Parameters().hashes().shipped
        assert not {"shipped_parameters_hash", "house_parameters_hash"} & head.keys()
