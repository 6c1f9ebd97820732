"""What a workbook cannot work out enters as computed cells, grey: which ones, is agreed here."""

from tests import case_factory as factory
from zhirong.core.sources import ComputedOrigin

AGREED = {
    "age_from_filing": {"used_years"},
    "annual_fee_schedule": {"fee", "first_due", "paid_fee", "upkeep"},
    "exact_factors": {"printed"},
    "indicator_tree": {"score"},
    "legal_gate": {"is_valued"},
    "legal_life": {"legal_life", "option_life"},
    "longest_term_of_feature": {"feature_legal_life"},
    "margin_after_depreciation": {
        "fixed_assets_return_of_rate",
        "working_capital_return_of_rate",
    },
    "no_adjustment": {
        "date_factor",
        "exclusivity_factor",
        "field_factor",
        "quality_factor",
        "scale_factor",
        "term_factor",
        "territory_factor",
    },
    "not_used": {"functional_by_age"},
    "registrability_gate": {"in_set"},
    "set_game": {"set_factor"},
    "shapley_quadrature": {"shapley_share"},
    "shorter_life": {"remaining_life"},
    "year_index": {"year"},
}


class TestComputedCells:
    def test_are_those_that_were_agreed(self):
        found: dict[str, set[str]] = {}
        for sheet in factory.appraised(factory.full_case()).sheets:
            for entry in sheet.inputs:
                for origin in entry.origins:
                    if isinstance(origin, ComputedOrigin):
                        found.setdefault(origin.by, set()).add(entry.key)

        assert found == AGREED
