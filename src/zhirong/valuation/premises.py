"""One market value, read under other premises: liquidation, gone concern, default, pledge.

Each premise is a distribution of its own with its own meaning. Prudence is applied once: a pledge
shows caps on market value, the quantile and the liquidation value side by side, and one named
policy says which of them is the collateral amount.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from zhirong.core.distribution import Meaning, ValueDistribution
from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.operations import Array
from zhirong.parameters.reader import Parameters
from zhirong.valuation.disposal import (
    MONTHS_A_YEAR,
    DisposalTerms,
    disposal_cells,
    given_default,
)

POLICIES = ("caps_on_market_value", "prudent_quantile", "liquidation_value")


class PremiseError(InputError):
    """A distribution under another premise than the one that is asked for."""

    code = "error.premise"

    def __init__(self, *, wanted: str, given: str) -> None:
        super().__init__(
            f"A distribution of premise {wanted!r} is wanted, not {given!r}.",
            wanted=f"premise.{wanted}",
            given=f"premise.{given}",
        )


class PrudenceTwiceError(InputError):
    """Bad times counted twice: in the haircut and in the dependence of value and default."""

    code = "error.prudence_twice"

    def __init__(self) -> None:
        super().__init__(
            "The haircut was observed at default, so the value is not tilted towards default again."
        )


class PrudenceMissingError(InputError):
    """Bad times counted nowhere: neither in the haircut nor in the dependence on default."""

    code = "error.prudence_missing"

    def __init__(self) -> None:
        super().__init__(
            "The haircut was not observed at default, so how value and default move together "
            "must be stated."
        )


class PledgePolicyError(InputError):
    """A policy that does not exist, or no collateral."""

    code = "error.pledge_policy"

    def __init__(self, policy: str) -> None:
        super().__init__(
            f"{policy!r} is no policy of the collateral amount, or there is no collateral; "
            f"policies: {POLICIES}.",
            policy=policy,
            policies=POLICIES,
        )


class ExposureError(InputError):
    """An exposure at default of zero or less."""

    code = "error.exposure"

    def __init__(self, exposure: float) -> None:
        super().__init__(
            f"The exposure at default is {exposure}; it must be above 0.", exposure=exposure
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongWay:
    """How value and default move together. An assumption with an author.

    Args:
        default_probability: Of the owner, to the horizon of the claim; a share.
        correlation: Of the value's and the owner's latent scores, 0 to below 1.
        author: Who answers for it.
    """

    default_probability: float
    correlation: float
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollateralPart:
    """The rights of one kind in a pledge.

    Args:
        kind: invention, utility_model, design ...
        market_value: Point market value of the kind's share in the value of the set, CNY.
        cap: Share of market value that may be lent against.
    """

    kind: str
    market_value: float
    cap: float

    @property
    def amount(self) -> float:
        """Cap times market value, CNY."""
        return self.cap * self.market_value


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeView:
    """The collateral amount and what stands beside it, all CNY.

    Args:
        parts: By kind of right.
        market_value: Sum of the parts' market values.
        caps_amount: Σ cap × market value.
        quantile_probability: Of the prudent quantile.
        prudent_quantile: Of the market value of the set.
        liquidation_value: Expected proceeds of a forced sale, after costs, today.
        policy: The policy that chooses.
        collateral_amount: The one of the three that the policy names.
        notes: In words.
    """

    parts: tuple[CollateralPart, ...]
    market_value: float
    caps_amount: float
    quantile_probability: float
    prudent_quantile: float
    liquidation_value: float
    policy: str
    collateral_amount: float
    notes: tuple[Message, ...]

    @property
    def share_of_market_value(self) -> float:
        """The collateral amount as a share of market value; 0 where there is none."""
        return self.collateral_amount / self.market_value if self.market_value else 0.0


def liquidation(market: ValueDistribution, *, terms: DisposalTerms) -> ValueDistribution:
    """Proceeds if the rights are sold under compulsion and in a short time."""
    _require(market, "market_value")
    cells = disposal_cells(np.asarray(market.cells), terms=terms)
    return _sold(cells, market, terms, premise="liquidation", condition="forced_sale")


def gone_concern(market: ValueDistribution, *, terms: DisposalTerms) -> ValueDistribution:
    """Proceeds if the rights are sold apart from the business that used them, in orderly time."""
    _require(market, "market_value")
    cells = disposal_cells(np.asarray(market.cells), terms=terms)
    return _sold(cells, market, terms, premise="gone_concern", condition="none")


def default_conditional(
    market: ValueDistribution, *, terms: DisposalTerms, wrong_way: WrongWay | None
) -> ValueDistribution:
    """Proceeds given that the owner defaulted: gone concern, with the know-how and sales gone.

    Bad times enter once: by a haircut that was observed at default (`wrong_way` None), or by the
    dependence of value and default under an ordinary haircut.

    Raises:
        PrudenceTwiceError: Both at once.
        PrudenceMissingError: Neither.
    """
    _require(market, "market_value")
    values = np.asarray(market.cells)
    if wrong_way is not None:
        if terms.is_observed_at_default:
            raise PrudenceTwiceError
        values = given_default(
            market,
            default_probability=wrong_way.default_probability,
            correlation=wrong_way.correlation,
        )
    elif not terms.is_observed_at_default:
        raise PrudenceMissingError
    cells = disposal_cells(values, terms=terms)
    return _sold(cells, market, terms, premise="gone_concern", condition="default")


def loss_given_default(proceeds: ValueDistribution, *, exposure: float) -> float:
    """1 − E[min(exposure, proceeds)] / exposure: the collateral's own part of the loss.

    Args:
        proceeds: Under condition default, costs deducted.
        exposure: Exposure at default, CNY, above 0.

    Raises:
        PremiseError: The proceeds are not those of a default.
    """
    if proceeds.meaning.condition != "default":
        raise PremiseError(wanted="default", given=proceeds.meaning.premise)
    if exposure <= 0:
        raise ExposureError(exposure)
    recovered = np.minimum(np.asarray(proceeds.cells), exposure).mean()
    return 1.0 - float(recovered) / exposure


def _require(distribution: ValueDistribution, premise: str) -> None:
    if distribution.meaning.premise != premise:
        raise PremiseError(wanted=premise, given=distribution.meaning.premise)


def _sold(
    cells: Array, market: ValueDistribution, terms: DisposalTerms, *, premise: str, condition: str
) -> ValueDistribution:
    meaning: Meaning = replace(
        market.meaning,
        premise=premise,
        condition=condition,
        horizon_years=terms.months.mean / MONTHS_A_YEAR,
        are_costs_deducted=True,
    )
    return ValueDistribution(cells=tuple(cells.tolist()), meaning=meaning, currency=market.currency)


def read_cap(parameters: Parameters, kind: str, *, on: date) -> float:
    """The share of market value that may be lent against rights of a kind."""
    return float(parameters.number(f"pledge.cap.{kind}", on=on))


def read_policy(parameters: Parameters, *, on: date) -> tuple[str, float]:
    """The house's policy of the collateral amount, and the probability of its prudent quantile."""
    policy = str(parameters.get("pledge.collateral_policy", on=on).value)
    return policy, float(parameters.number("pledge.prudent_quantile", on=on))


def pledge_view(
    parts: Sequence[CollateralPart],
    *,
    market: ValueDistribution,
    forced_sale: ValueDistribution,
    policy: str,
    quantile_probability: float,
) -> PledgeView:
    """The collateral amount by one named policy, with the other readings beside it.

    Args:
        parts: Point market values of the set by kind of right, with their caps.
        market: Market value of the set, from joint draws.
        forced_sale: Liquidation value of the same set.
        policy: caps_on_market_value, prudent_quantile or liquidation_value.
        quantile_probability: Of the prudent quantile.

    Raises:
        PremiseError: A distribution under another premise.
        PledgePolicyError: An unknown policy, or no parts.
    """
    _require(market, "market_value")
    _require(forced_sale, "liquidation")
    readings = {
        "caps_on_market_value": sum(part.amount for part in parts),
        "prudent_quantile": market.quantile(quantile_probability),
        "liquidation_value": forced_sale.mean,
    }
    if policy not in readings or not parts:
        raise PledgePolicyError(policy)
    amount = readings[policy]
    facts = {"policy": f"pledge_policy.{policy}", "amount": amount}
    return PledgeView(
        parts=tuple(parts),
        market_value=sum(part.market_value for part in parts),
        caps_amount=readings["caps_on_market_value"],
        quantile_probability=quantile_probability,
        prudent_quantile=readings["prudent_quantile"],
        liquidation_value=readings["liquidation_value"],
        policy=policy,
        collateral_amount=amount,
        notes=(Message("pledge.policy_applied", facts),),
    )
