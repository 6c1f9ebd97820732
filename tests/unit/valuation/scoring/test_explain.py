import numpy as np
import pytest

from tests.scoring_factory import answer, columns, settings
from zhirong.parameters.reader import catalog
from zhirong.valuation.scoring.engine import score_rights
from zhirong.valuation.scoring.explain import explain, remarks
from zhirong.valuation.scoring.tree import shipped_tree


class TestExplain:
    def test_opens_every_node_to_rule_evidence_and_answer(self) -> None:
        chosen = settings(shipped_tree("cn.gbt42748.reconstructed"))
        rights = columns(claims_total=[10], claims_independent=[2])
        result = score_rights(rights, settings=chosen, answers=(answer("L31", 80),))

        readings = {item.node: item for item in explain(result, columns=rights, right=0)}

        assert len(readings) == 3 + 14 + 27
        assert readings["L22"].rule == "legal.claim_layering"
        told = readings["L22"].evidence
        assert told is not None
        assert catalog().text(told, "en") == "10 claims, 2 of them independent"
        assert readings["L31"].answer == answer("L31", 80)
        assert readings["L12"].coverage is None  # no evaluation reports for inventions
        assert readings["L41"].is_missing

    def test_adds_up_to_the_value_degree(self) -> None:
        chosen = settings(shipped_tree("cn.gbt42748.reconstructed"))
        rights = columns(claims_total=[10], subclasses=[2], remaining_life_years=[8])
        result = score_rights(rights, settings=chosen)

        top = [item for item in explain(result, columns=rights, right=0) if item.level == 0]

        total = sum(item.effective_weight * (item.score or 0) for item in top)
        assert sum(item.effective_weight for item in top) == pytest.approx(1)
        assert total == pytest.approx(result.composite[0] * 100)


class TestRemarks:
    @pytest.mark.parametrize(
        ("in_force", "score", "code"),
        [(0.0, 50, "not_in_force"), (np.nan, 50, "status_unknown"), (1.0, 50, "indicative")],
    )
    def test_say_why_a_score_is_not_plain(self, in_force: float, score: float, code: str) -> None:
        rights = columns(is_in_force=[in_force])
        result = score_rights(rights, settings=settings(), answers=(answer("a2", score),))

        (remark,) = remarks(result, right=0)

        assert remark.code == f"score.state.{code}"
        assert catalog().text(remark, "zh")

    def test_say_nothing_of_a_plain_score(self) -> None:
        answers = tuple(answer(leaf, 50) for leaf in ("a1", "a2", "b1"))

        result = score_rights(columns(), settings=settings(), answers=answers)

        assert remarks(result, right=0) == ()
