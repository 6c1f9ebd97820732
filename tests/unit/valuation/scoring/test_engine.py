import numpy as np
import pytest

from tests.scoring_factory import answer, columns, document, leaf, settings
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring import engine
from zhirong.valuation.scoring.engine import Scoring, WrongTreeError, score_rights
from zhirong.valuation.scoring.leaves import LeafAnswer, LeafAnswerError
from zhirong.valuation.scoring.tree import read_tree, shipped_tree


def scored(*answers: LeafAnswer, **facts: list[float]) -> Scoring:
    return score_rights(columns(**facts), settings=settings(), answers=answers)


class TestScoreRights:
    def test_weighs_children_by_their_shares(self) -> None:
        result = scored(answer("a1", 40), answer("a2", 80), answer("b1", 50))

        # A = 0.25 · 40 + 0.75 · 80 = 70; V = 0.6 · 70 + 0.4 · 50 = 62
        assert result.value_degree.tolist() == [62.0]
        assert result.composite[0] == pytest.approx(0.62)
        assert result.coverage[0] == pytest.approx(1.0)
        assert result.state[0] == engine.SCORED

    def test_gives_the_weight_of_a_leaf_that_does_not_apply_to_its_neighbors(self) -> None:
        result = scored(answer("a1", None), answer("a2", 80), answer("b1", 50))

        assert result.value_degree[0] == pytest.approx(0.6 * 80 + 0.4 * 50)
        assert result.coverage[0] == pytest.approx(1.0)

    def test_never_reads_missing_as_zero_but_tells_it_in_coverage(self) -> None:
        result = scored(answer("a2", 80), answer("b1", 50))

        assert result.value_degree[0] == pytest.approx(0.6 * 80 + 0.4 * 50)
        assert result.coverage[0] == pytest.approx(0.6 * 0.75 + 0.4)

    def test_is_indicative_below_the_least_coverage(self) -> None:
        just = scored(answer("a1", 80), answer("a2", 80))
        below = scored(answer("a2", 80))

        assert just.coverage[0] == pytest.approx(0.6)
        assert just.state[0] == engine.SCORED
        assert below.state[0] == engine.INDICATIVE

    def test_scores_nothing_where_nothing_is_known(self) -> None:
        result = scored()

        assert np.isnan(result.value_degree[0])
        assert (result.coverage[0], result.state[0]) == (0.0, engine.NO_DATA)

    def test_stops_at_a_right_out_of_force(self) -> None:
        result = scored(answer("a1", 90), is_in_force=[0.0])

        assert result.value_degree.tolist() == [0.0]
        assert result.state[0] == engine.NOT_IN_FORCE

    def test_does_not_guess_a_legal_status(self) -> None:
        result = scored(answer("a1", 90), is_in_force=[np.nan])

        assert np.isnan(result.value_degree[0])
        assert result.state[0] == engine.STATUS_UNKNOWN

    def test_multiplies_by_a_multiplier_and_is_missing_without_it(self) -> None:
        factor = leaf("m", 0) | {"weight": None, "is_multiplier": True}
        body = document(counts=[2, 4])
        body["nodes"][0]["children"].append(factor)
        chosen = settings(read_tree(body))
        answers = (answer("a1", 40), answer("a2", 80), answer("b1", 50))

        half = score_rights(columns(), settings=chosen, answers=(*answers, answer("m", 50)))
        unknown = score_rights(columns(), settings=chosen, answers=answers)
        none = score_rights(columns(), settings=chosen, answers=(*answers, answer("m", None)))

        assert half.value_degree[0] == pytest.approx(0.6 * 35 + 0.4 * 50)
        assert unknown.value_degree[0] == pytest.approx(50)
        assert unknown.coverage[0] == pytest.approx(0.4)
        assert none.value_degree[0] == pytest.approx(62)

    def test_takes_the_scenes_weights_where_the_tree_has_none(self) -> None:
        chosen = settings(shipped_tree("cn.gbt42748.reconstructed"), scene="infringement_remedy")

        assert dict(chosen.weights) == {"L": 0.45, "T": 0.20, "E": 0.35}

    def test_gives_the_same_without_keeping(self) -> None:
        chosen = settings(shipped_tree("cn.gbt42748.reconstructed"))
        rights = columns(claims_total=[9], subclasses=[2], remaining_life_years=[7.5])

        kept = score_rights(rights, settings=chosen)
        bare = score_rights(rights, settings=chosen, keep=False)

        assert kept.value_degree.tolist() == bare.value_degree.tolist()
        assert [column.node for column in bare.nodes] == ["L", "T", "E"]
        assert (len(kept.leaves), len(bare.leaves)) == (27, 0)

    def test_scores_a_right_alike_alone_and_among_others(self) -> None:
        chosen = settings(shipped_tree("cn.gbt42748.reconstructed"))
        kinds = [PatentKind.INVENTION, PatentKind.UTILITY_MODEL] * 3
        many = columns(*kinds, claims_total=[1, 4, 8, 12, 20, 30], subclasses=[1, 2, 3, 4, 5, 6])

        whole = score_rights(many, settings=chosen, keep=False)

        for place in range(6):
            one = score_rights(many.take(np.array([place])), settings=chosen, keep=False)
            assert one.composite[0] == whole.composite[place]

    def test_refuses_kinds_that_the_tree_is_not_for(self) -> None:
        with pytest.raises(WrongTreeError):
            score_rights(columns(PatentKind.DESIGN), settings=settings())

    def test_refuses_an_answer_about_no_leaf(self) -> None:
        with pytest.raises(LeafAnswerError):
            scored(answer("z9", 50))


class TestOneDecimal:
    def test_rounds_half_up_whatever_the_last_bits(self) -> None:
        values = np.array([0.25, 2.45, 0.1 + 0.2 + 0.05, 99.95, np.nan])

        assert engine.one_decimal(values)[:4].tolist() == [0.3, 2.5, 0.4, 100.0]
        assert np.isnan(engine.one_decimal(values)[4])
