"""Stock signal: what the market said about a patent of a listed owner when it was announced."""

from dataclasses import dataclass

from zhirong.core.figure import Figure, exp, normal_cdf, normal_density, sqrt
from zhirong.core.sheet import Sheet

KEY = "stock_signal"
AGEING = "none"
TAX_BASIS = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads.

    Attributes:
        announcement_return: Return of the share over the window from the announcement of the
            grant, less the market's, share; (asset).
        daily_volatility: Standard deviation of the daily return, share, above 0; (asset).
        market_capitalization: Of the owner the day before, CNY; (asset).
        patents_announced: Patents of the owner announced that day; (asset).
        signal_exponent: How much of the return's variance patents make, as an exponent: the share
            is 1 − e^−x (0.0146289 in the source).
        window_days: Trading days of the window (3 in the source).
        grant_probability: Chance of the grant that the market saw before (0.55 in the source).
    """

    announcement_return: Figure
    daily_volatility: Figure
    market_capitalization: Figure
    patents_announced: Figure
    signal_exponent: Figure
    window_days: Figure
    grant_probability: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Expected value of one patent given the return; line "value", CNY of the day, (asset).

    The part of the return that is the patent is a normal cut off at 0, so the value is positive
    even where the share fell. A signal for listed owners, not a conclusion.

    Source:
        L. Kogan, D. Papanikolaou, A. Seru and N. Stoffman, Technological innovation, resource
        allocation and growth (Quarterly Journal of Economics 2017), and its replication code.
    """
    signal = sheet.line("signal_share", 1 - exp(-a.signal_exponent), "share")
    noise = sheet.line("window_volatility", a.daily_volatility * sqrt(a.window_days), "share")
    root = sqrt(signal)
    cut = sheet.line("cutoff", -(root * a.announcement_return / noise), "1")
    beyond = normal_density(cut) / normal_cdf(-cut)
    expected = sheet.line(
        "patent_return", signal * a.announcement_return + root * noise * beyond, "share"
    )
    surprise = 1 / (1 - a.grant_probability)
    firm = sheet.line("announced_value", a.market_capitalization * expected * surprise, "CNY")
    return sheet.line("value", firm / a.patents_announced, "CNY")
