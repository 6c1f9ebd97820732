from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import patent
from zhirong.core.daycounts import years_and_part
from zhirong.rights import fees, terms
from zhirong.rights.law import shipped
from zhirong.rights.portfolios import portfolio
from zhirong.rights.records import Patent, PatentKind

LAW = shipped()
PATENTS = st.builds(
    lambda kind, filed, days: patent(kind=kind, filing_date=filed, pta_days=days),
    st.sampled_from(PatentKind),
    st.dates(date(1990, 1, 1), date(2026, 12, 31)) | st.dates(date(2020, 2, 27), date(2020, 3, 2)),
    st.none() | st.integers(0, 1_900),
)


class TestColumns:
    @given(st.lists(PATENTS, min_size=1, max_size=10), st.dates(date(1990, 1, 1), date(2050, 1, 1)))
    def test_agree_with_each_record(self, patents: list[Patent], on: date) -> None:
        columns = portfolio(patents, law=LAW)
        expiry = [terms.term(row, law=LAW).expires_on for row in patents]
        assert columns.expiry.astype(object).tolist() == expiry
        years = [fees.patent_year(row.filing_date, on) for row in patents]
        assert columns.patent_year(on).tolist() == years
        life = [max(0.0, float(years_and_part(on, day))) for day in expiry]
        assert abs(columns.remaining_life(on) - life).max() < 1e-12
