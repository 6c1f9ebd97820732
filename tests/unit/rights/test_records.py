from tests.factories import patent
from zhirong.core.sources import Source
from zhirong.rights.records import Owner


class TestPatent:
    def test_knows_nothing_that_nobody_said(self) -> None:
        facts = patent()
        unknown = (facts.claims, facts.ipc, facts.inventors, facts.pta_days, facts.fee_reduction)
        assert unknown == (None,) * 5

    def test_is_co_owned_by_two(self) -> None:
        assert patent(owners=(Owner(name="A"), Owner(name="B"))).is_co_owned
        assert not patent(owners=(Owner(name="A"),)).is_co_owned

    def test_gives_the_place_of_a_fact_else_of_the_record(self) -> None:
        record, cell = Source(file="list.xlsx"), Source(file="register.pdf")
        facts = patent(source=record, fact_sources=(("grant_date", cell),))
        assert facts.source_of("grant_date") == cell
        assert facts.source_of("title") == record
