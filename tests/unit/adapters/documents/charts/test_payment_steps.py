"""The waterfall of one date as a chart."""

from zhirong.adapters.documents.charts import payment_steps
from zhirong.adapters.documents.charts.payment_steps import PaymentStepsChart, StepBar
from zhirong.adapters.documents.charts.scales import Unit


def drawn(*steps: StepBar) -> str:
    chart = PaymentStepsChart(
        steps=steps,
        unit=Unit(name="CNY", decimals=2),
        heads=("Step", "Paid", "Short"),
        key=("own", "support", "short"),
    )
    return payment_steps.svg(chart).decode()


class TestSvg:
    def test_says_what_was_paid_and_what_is_short(self) -> None:
        svg = drawn(StepBar(label="Pay interest", due=100.0, own=60.0, support=15.0))

        assert "Pay interest" in svg
        assert ">75.00<" in svg
        assert ">25.00<" in svg

    def test_draws_where_nothing_is_due(self) -> None:
        assert ">0.00<" in drawn(StepBar(label="Pay principal", due=0.0, own=0.0, support=0.0))
