import pytest

from zhirong.parameters.reader import catalog
from zhirong.valuation import profit_check
from zhirong.valuation.profit_check import Breach, Claim, Holding, ProductProfit

PROFIT = ProductProfit(product="P1", operating_profit=(90.0, 120.0))


def only(breaches: tuple[Breach, ...]) -> Breach:
    (breach,) = breaches
    for lang in ("zh", "en"):
        assert catalog().text(breach.message, lang)  # type: ignore[arg-type]
    return breach


def claim(*cash: float, asset: str = "G1", product: str = "P1") -> Claim:
    return Claim(product=product, asset=asset, cash=cash)


class TestClaimsWithinProfit:
    def check(self, *claims: Claim) -> tuple[Breach, ...]:
        return profit_check.claims_within_profit(claims, (PROFIT,), share_max=1 / 3)

    def test_passes_claims_at_the_share(self) -> None:
        assert self.check(claim(20.0, 30.0), claim(10.0, 10.0, asset="G2")) == ()

    def test_adds_the_claims_of_all_assets_on_a_product(self) -> None:
        breach = only(self.check(claim(20.0, 30.0), claim(10.0, 15.0, asset="G2")))

        assert breach.message.code == "breach.claims_above_share"
        assert breach.message.facts["year"] == 2
        assert breach.message.facts["claimed"] == 45.0

    def test_says_so_when_the_whole_profit_is_claimed(self) -> None:
        breach = only(self.check(claim(100.0, 10.0)))

        assert breach.message.code == "breach.claims_above_profit"
        assert breach.message.facts["year"] == 1

    def test_counts_a_loss_as_no_profit(self) -> None:
        loss = ProductProfit(product="P1", operating_profit=(-50.0,))

        breach = only(profit_check.claims_within_profit((claim(1.0),), (loss,), share_max=1 / 3))

        assert breach.message.code == "breach.claims_above_profit"

    def test_refuses_claims_beyond_the_known_years(self) -> None:
        breach = only(self.check(claim(1.0, 1.0, 1.0)))

        assert breach.message.facts["year"] == 3

    def test_refuses_a_claim_on_a_product_of_unknown_profit(self) -> None:
        breach = only(self.check(claim(1.0, product="P2")))

        assert (breach.subject, breach.message.code) == ("P2", "breach.profit_unknown")


class TestIntangiblesWithinEnterprise:
    def check(self, *values: float) -> tuple[Breach, ...]:
        return profit_check.intangibles_within_enterprise(
            values, enterprise_value=100.0, subject="firm"
        )

    def test_passes_up_to_the_enterprise(self) -> None:
        assert self.check(60.0, 40.0) == ()

    def test_finds_more_than_the_enterprise(self) -> None:
        assert only(self.check(60.0, 40.02)).message.facts["intangibles"] == pytest.approx(100.02)


class TestReturnsReconcile:
    HOLDINGS = (
        Holding(asset="working_capital", value=50.0, rate=0.04),
        Holding(asset="G1", value=50.0, rate=0.18),
    )

    @pytest.mark.parametrize(("wacc", "count"), [(0.11, 0), (0.12, 0), (0.1201, 1), (0.095, 1)])
    def test_allows_the_tolerance_either_way(self, wacc: float, count: int) -> None:
        found = profit_check.returns_reconcile(
            self.HOLDINGS, wacc=wacc, tolerance=0.01, subject="firm"
        )

        assert len(found) == count
        assert all(
            only((breach,)).message.facts["weighted"] == pytest.approx(0.11) for breach in found
        )

    def test_has_nothing_to_weigh_without_value(self) -> None:
        assert profit_check.returns_reconcile((), wacc=0.1, tolerance=0.0, subject="firm") == ()


class TestRatesAboveWacc:
    def test_finds_each_right_at_or_below_wacc(self) -> None:
        rights = tuple(
            Holding(asset=f"G{n}", value=1.0, rate=rate)
            for n, rate in enumerate((0.10, 0.12, 0.15))
        )

        found = profit_check.rates_above_wacc(rights, wacc=0.12)

        assert [only((breach,)).subject for breach in found] == ["G0", "G1"]


class TestOneResidual:
    def test_allows_one_asset_of_a_business(self) -> None:
        assert profit_check.one_residual("firm", assets=("G1",)) == ()

    def test_finds_a_second(self) -> None:
        assert (
            only(profit_check.one_residual("firm", assets=("G1", "G2"))).message.facts["count"] == 2
        )


class TestSameTaxBasis:
    def check(self, rate_basis: str) -> tuple[Breach, ...]:
        return profit_check.same_tax_basis(
            "relief_from_royalty", flow_basis="after_tax", rate_basis=rate_basis
        )

    def test_passes_one_basis(self) -> None:
        assert self.check("after_tax") == ()

    def test_finds_a_rate_before_tax_on_flows_after_tax(self) -> None:
        assert only(self.check("before_tax")).message.facts["rate"] == "basis.before_tax"
