"""Who stands where in a plan, as a chart."""

from zhirong.adapters.documents.charts import deal_structure
from zhirong.adapters.documents.charts.deal_structure import DealStructureChart, PartyBox


def drawn(*above: PartyBox) -> str:
    line = tuple(PartyBox(role, f"{role} Ltd") for role in ("Firms", "Lender", "Plan", "Investors"))
    chart = DealStructureChart(
        line=line,  # type: ignore[arg-type]
        forth=("a", "b", "c"),
        back=("d", "e", "f"),
        above=above,
        below=(),
        promise="promise",
        service="service",
    )
    return deal_structure.svg(chart).decode()


class TestSvg:
    def test_names_every_party(self) -> None:
        svg = drawn(PartyBox("Guarantor", "Surety Ltd"))

        assert all(f">{name}<" in svg for name in ("Firms", "Lender", "Investors", "Guarantor"))
        assert ">promise<" in svg

    def test_leaves_out_promises_nobody_makes(self) -> None:
        assert "promise" not in drawn()
