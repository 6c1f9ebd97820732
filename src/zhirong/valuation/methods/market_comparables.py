"""Market comparables: what others paid for like rights, adjusted to these.

The axis "right" of this sheet runs over comparables: each row is one deal set against one asset,
so that a deal may serve several assets with its own adjustments.
"""

from dataclasses import dataclass

from zhirong.core.figure import Figure, gather, ratio, total_by
from zhirong.core.sheet import Sheet

KEY = "market_comparables"
# Prices are of the day; what is left of the term is an adjustment, not a forecast of ageing.
AGEING = "none"
TAX_BASIS = "none"
FACTORS = ("date", "territory", "exclusivity", "term", "field", "scale", "quality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads.

    Attributes:
        price: Price of each deal, lump sum, CNY; (right).
        weight: Weight of each deal, share; need not sum to 1; (right).
        date_factor: Adjustment from the deal's day to the valuation date, multiple; (right).
        territory_factor: From the deal's territory to this one, multiple; (right).
        exclusivity_factor: From its exclusivity to this one, multiple; (right).
        term_factor: From its term to what is left of this one, multiple; (right).
        field_factor: From its industry and field of use to this one, multiple; (right).
        scale_factor: From the number of rights and size of use to this one, multiple; (right).
        quality_factor: From its quality to this one, e.g. the ratio of scores, multiple; (right).
        asset_of: For each deal the row of the asset it is set against.
        assets: Number of assets; one without deals has value 0.
    """

    price: Figure
    weight: Figure
    date_factor: Figure
    territory_factor: Figure
    exclusivity_factor: Figure
    term_factor: Figure
    field_factor: Figure
    scale_factor: Figure
    quality_factor: Figure
    asset_of: tuple[int, ...]
    assets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreInputs:
    """What the score-ratio form reads.

    Attributes:
        price: Price of each deal, CNY; (right).
        weight: 1 for the plain mean; (right).
        comparable_score: Quality score of each deal's rights, 0 to 100; (right).
        score: Quality score of the asset, 0 to 100; (asset).
        asset_of: For each deal the row of the asset it is set against.
    """

    price: Figure
    weight: Figure
    comparable_score: Figure
    score: Figure
    asset_of: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateInputs:
    """What the running-rate form reads.

    Attributes:
        rate: Royalty of each deal as a share of sales, running or converted from a lump; (right).
        weight: Weight of each deal; (right).
        date_factor ... quality_factor: As in `Inputs`; (right).
        sales_value: Present value of the mapped sales over the remaining life, CNY; (asset).
        tax_rate: Corporate income tax, share; (asset) or none.
        asset_of: For each deal the row of the asset it is set against.
        assets: Number of assets.
    """

    rate: Figure
    weight: Figure
    date_factor: Figure
    territory_factor: Figure
    exclusivity_factor: Figure
    term_factor: Figure
    field_factor: Figure
    scale_factor: Figure
    quality_factor: Figure
    sales_value: Figure
    tax_rate: Figure
    asset_of: tuple[int, ...]
    assets: int


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Σ w_i · P_i · Π k_ij over the deals, weights scaled to 1; line "value", CNY, (asset).

    Source:
        Guiding opinions on patent valuation of the China Appraisal Society, market approach.
    """
    adjustment = sheet.line("adjustment", _product(a), "multiple")
    adjusted = sheet.line("adjusted_price", a.price * adjustment, "CNY")
    share = _weight_share(sheet, a.weight, asset_of=a.asset_of, assets=a.assets)
    return sheet.line("value", total_by(adjusted * share, index=a.asset_of, assets=a.assets), "CNY")


def value_by_score(sheet: Sheet, *, a: ScoreInputs) -> Figure:
    """mean(P_i · Q / Q_i): prices scaled by the ratio of scores; line "value", CNY, (asset).

    Source:
        DB1304/T 432-2023, the score-ratio form of a municipal standard.
    """
    own = gather(a.score, index=a.asset_of)
    quality = sheet.line("score_ratio", ratio(own, a.comparable_score), "multiple")
    adjusted = sheet.line("adjusted_price", a.price * quality, "CNY")
    assets = a.score.length("asset")
    share = _weight_share(sheet, a.weight, asset_of=a.asset_of, assets=assets)
    return sheet.line("value", total_by(adjusted * share, index=a.asset_of, assets=assets), "CNY")


def value_by_rate(sheet: Sheet, *, a: RateInputs) -> Figure:
    """Adjusted market royalty on the asset's own sales, after tax; line "value", CNY, (asset).

    The royalty comes from deals, the sales from the asset; the range of the adjusted rates is the
    evidence for the income methods (`royalty_evidence.royalty_range`).
    """
    adjustment = sheet.line("adjustment", _product(a), "multiple")
    adjusted = sheet.line("adjusted_rate", a.rate * adjustment, "share")
    share = _weight_share(sheet, a.weight, asset_of=a.asset_of, assets=a.assets)
    rate = sheet.line(
        "market_royalty_rate",
        total_by(adjusted * share, index=a.asset_of, assets=a.assets),
        "share",
    )
    return sheet.line("value", a.sales_value * rate * (1 - a.tax_rate), "CNY")


def _product(a: Inputs | RateInputs) -> Figure:
    place = a.date_factor * a.territory_factor * a.exclusivity_factor
    return place * a.term_factor * a.field_factor * a.scale_factor * a.quality_factor


def _weight_share(
    sheet: Sheet, weight: Figure, *, asset_of: tuple[int, ...], assets: int
) -> Figure:
    summed = total_by(weight, index=asset_of, assets=assets)
    return sheet.line("weight_share", ratio(weight, gather(summed, index=asset_of)), "share")
