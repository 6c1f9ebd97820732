"""Tests of computing a stored result anew."""

import json
from typing import Any

import pytest

from tests.case_factory import BASE, appraised, case, full_case
from zhirong.application.recompute import Difference, recompute
from zhirong.core.codec import CodecError, canonical, encode
from zhirong.parameters.reader import ParameterNotFoundError


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
