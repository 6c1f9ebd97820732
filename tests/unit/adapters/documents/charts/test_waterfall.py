import re
from dataclasses import replace

from tests.unit.adapters.documents.sample_charts import unit, waterfall_svg
from zhirong.adapters.documents.charts import waterfall
from zhirong.adapters.documents.charts.waterfall import Step, WaterfallChart

EVEN = WaterfallChart(
    steps=(
        Step(label="a", factor="", amount=100.0, stands=True),
        Step(label="b", factor="× 50 %", amount=50.0),
        Step(label="c", factor="× 50 %", amount=25.0, stands=True),
    ),
    unit=replace(unit("zh"), divisor=1.0),
    heads=("x", "y", "z"),
    enlarged_word="放大",
)


class TestSvg:
    def test_writes_factor_and_amount_of_each_step(self) -> None:
        words = waterfall_svg("zh").decode()

        for expected in ("× 2.80 %", "2,517", "× 0.840", "1,459", "128,400"):
            assert expected in words

    def test_enlarges_what_would_be_too_short_to_read(self) -> None:
        assert "放大 × 51" in waterfall_svg("zh").decode()

    def test_keeps_one_scale_where_all_can_be_read(self) -> None:
        assert "放大" not in waterfall.svg(EVEN).decode()

    def test_draws_a_rise_in_another_color_than_a_fall(self) -> None:
        risen = replace(
            EVEN, steps=(EVEN.steps[0], Step(label="b", factor="+ 20", amount=120.0), EVEN.steps[2])
        )

        assert len(re.findall(r'fill="#12806A"', waterfall.svg(risen).decode())) == 1
        assert 'fill="#12806A"' not in waterfall.svg(EVEN).decode()
