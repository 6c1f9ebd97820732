import pytest

from tests.scoring_factory import ON, settings
from zhirong.parameters.reader import Parameters
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.settings import UnknownSceneError, scene_of, tree_of
from zhirong.valuation.scoring.tree import shipped_tree


class TestSceneOf:
    def test_maps_purposes_to_scenes(self) -> None:
        assert scene_of("transfer", parameters=Parameters(), on=ON) == "licensing_transfer"

    def test_refuses_a_purpose_without_scene(self) -> None:
        with pytest.raises(UnknownSceneError):
            scene_of("fun", parameters=Parameters(), on=ON)


class TestTreeOf:
    def test_keeps_designs_off_the_tree_of_the_standard(self) -> None:
        assert tree_of(PatentKind.DESIGN, parameters=Parameters(), on=ON).tree == "zhirong.design"


class TestSettingsOf:
    def test_refuses_a_scene_without_weights(self) -> None:
        with pytest.raises(UnknownSceneError):
            settings(shipped_tree("zhirong.design"), scene="fun")

    def test_reads_the_least_coverage(self) -> None:
        assert settings().coverage_min == 0.6
