"""One facility: its limit, its draw-downs, and what the pledge behind it secures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core import money
from zhirong.core.calendar import anniversary
from zhirong.core.errors import StateError
from zhirong.core.money import Money
from zhirong.core.periods import Period
from zhirong.parameters.reader import Parameters


class FacilityDayError(StateError):
    """A draw-down outside the days of the facility."""

    code = "error.facility_day"

    def __init__(self, *, on: date, matures_on: date, last: date) -> None:
        super().__init__(
            f"A draw-down on {on} until {matures_on} is not within the facility to {last}.",
            on=on,
            matures_on=matures_on,
            last=last,
        )


class FacilityLimitError(StateError):
    """A draw-down of nothing, or of more than is available."""

    code = "error.facility_limit"

    def __init__(self, amount: Money, *, available: Money) -> None:
        super().__init__(
            f"{amount.amount} cannot be drawn: {available.amount} is available.",
            amount=amount.amount,
            available=available.amount,
        )


class DrawTwiceError(StateError):
    """A draw-down under a number that is taken."""

    code = "error.draw_twice"

    def __init__(self, number: str) -> None:
        super().__init__(f"Draw-down {number} is booked already.", number=number)


class RepaidTooMuchError(StateError):
    """Repayments of a draw-down above what was drawn, or of one that is not known."""

    code = "error.repaid_too_much"

    def __init__(self, number: str) -> None:
        super().__init__(f"More was repaid on draw-down {number} than was drawn.", number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A line granted to one debtor.

    Attributes:
        number: Of the contract.
        debtor: Who draws and owes.
        limit: The most that may be owed in principal at once (revolving) or drawn in all.
        available: The days on which money may be drawn.
        last_maturity: No draw-down may be due behind this day.
        is_revolving: What is repaid may be drawn again.
    """

    number: str
    debtor: str
    limit: Money
    available: Period
    last_maturity: date
    is_revolving: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawDown:
    """Principal drawn on a day and due on another."""

    number: str
    on: date
    amount: Money
    matures_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """Principal of a draw-down repaid on a day."""

    draw_number: str
    on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What happened under a facility so far."""

    draws: tuple[DrawDown, ...] = ()
    repayments: tuple[Repayment, ...] = ()


def outstanding(facility: Facility, book: Book, *, on: date) -> Money:
    """The principal owed at the end of the day.

    Raises:
        RepaidTooMuchError: More was repaid on a draw-down by that day than was drawn.
    """
    currency = facility.limit.currency
    drawn = {draw.number: draw.amount for draw in book.draws if draw.on <= on}
    for repayment in book.repayments:
        if repayment.on > on:
            continue
        left = drawn.get(repayment.draw_number, money.total((), currency)) - repayment.amount
        if left.fen < 0:
            raise RepaidTooMuchError(repayment.draw_number)
        drawn[repayment.draw_number] = left
    return money.total(drawn.values(), currency)


def undrawn(facility: Facility, book: Book, *, on: date) -> Money:
    """What may still be drawn on the day; nothing outside the days of the facility.

    Raises:
        RepaidTooMuchError: More was repaid on a draw-down by that day than was drawn.
    """
    owed = outstanding(facility, book, on=on)
    if on not in facility.available:
        return money.total((), facility.limit.currency)
    if facility.is_revolving:
        return facility.limit - owed
    return facility.limit - money.total(
        (draw.amount for draw in book.draws), facility.limit.currency
    )


def draw(facility: Facility, book: Book, request: DrawDown) -> Book:
    """The book with one draw-down more.

    Draw-downs are booked in the order of their days: one is measured against all that is booked.

    Raises:
        DrawTwiceError: The number is taken.
        FacilityDayError: The day, or the maturity, is outside the facility.
        FacilityLimitError: The amount is nothing, or more than is available.
    """
    if any(known.number == request.number for known in book.draws):
        raise DrawTwiceError(request.number)
    is_late = book.draws and request.on < max(known.on for known in book.draws)
    is_within = request.on < request.matures_on <= facility.last_maturity
    if is_late or not is_within or request.on not in facility.available:
        raise FacilityDayError(
            on=request.on, matures_on=request.matures_on, last=facility.last_maturity
        )
    available = undrawn(facility, book, on=request.on)
    if not 0 < request.amount.fen <= available.fen:
        raise FacilityLimitError(request.amount, available=available)
    return Book(draws=(*book.draws, request), repayments=book.repayments)


class SecurityEffect(StrEnum):
    """What registration gives the creditor."""

    IN_REM = "in_rem"
    CONTRACTUAL = "contractual"  # no statutory register: no priority


@dataclass(frozen=True, slots=True, kw_only=True)
class SecuredClaim:
    """A claim that a pledge may secure: principal that arose on a day, and all that hangs on it.

    `accessories` are interest, penalty, damages, custody and realization costs so far.
    """

    arose_on: date
    principal: Money
    accessories: Money

    @property
    def amount(self) -> Money:
        """Principal and accessories."""
        return self.principal + self.accessories


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinaryPledge:
    """A pledge for one claim; it arises on registration (Civil Code 444).

    Attributes:
        registered_on: None until the register has it.
        effect: In rem, or by contract only.
        registered_amount: The secured amount in the register; None where it names none.
    """

    registered_on: date | None
    effect: SecurityEffect
    registered_amount: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumAmountPledge:
    """A pledge for claims of a period up to a ceiling (Civil Code 439, 420 to 424).

    Attributes:
        registered_on: None until the register has it.
        effect: In rem, or by contract only.
        contract_ceiling: What the parties agreed; the registered one governs where they differ.
        registered_ceiling: What the register says; None until then.
        claim_period: Claims that arise in it are secured; an end of None is not agreed.
    """

    registered_on: date | None
    effect: SecurityEffect
    contract_ceiling: Money
    registered_ceiling: Money | None
    claim_period: Period

    @property
    def is_registered_as_agreed(self) -> bool:
        """Whether the register says what the contract says."""
        return self.registered_ceiling == self.contract_ceiling


class FixingGround(StrEnum):
    """Why the claims of a maximum-amount pledge become fixed (Civil Code 423)."""

    PERIOD_ENDED = "period_ended"
    REQUESTED = "requested"  # no period agreed, and the years of the law have passed
    NO_NEW_CLAIMS = "no_new_claims"
    SEIZURE_KNOWN = "seizure_known"
    BANKRUPTCY = "bankruptcy"  # of debtor or pledgor; dissolution alike
    OTHER_LAW = "other_law"


@dataclass(frozen=True, slots=True)
class FixingEvent:
    """A ground and its day."""

    ground: FixingGround
    on: date


def fixed_by(
    pledge: MaximumAmountPledge,
    events: Sequence[FixingEvent],
    *,
    on: date,
    parameters: Parameters,
) -> FixingEvent | None:
    """The event that fixed the claims by the day, the earliest one; None while they are open.

    The agreed end counts by itself. A request fixes only where no end was agreed, and not before
    the years of the law have passed since the pledge was registered.
    """
    found = [event for event in events if _fixes(event, pledge, parameters)]
    if pledge.claim_period.end is not None:
        found.append(FixingEvent(FixingGround.PERIOD_ENDED, pledge.claim_period.end))
    by_now = [event for event in found if event.on <= on]
    return min(by_now, key=lambda event: event.on, default=None)


def _fixes(event: FixingEvent, pledge: MaximumAmountPledge, parameters: Parameters) -> bool:
    if event.ground is FixingGround.PERIOD_ENDED:
        return False  # the contract's own end says it
    if event.ground is not FixingGround.REQUESTED:
        return True
    if pledge.claim_period.end is not None or pledge.registered_on is None:
        return False
    years = int(parameters.number("lending.fixing_request_years", on=event.on))
    return event.on >= anniversary(pledge.registered_on, years)


def fixed_claims(
    pledge: MaximumAmountPledge, claims: Sequence[SecuredClaim], *, fixed_on: date
) -> tuple[SecuredClaim, ...]:
    """The claims that the pledge secures once fixed: those that arose in the period and before.

    Interest and costs of a fixed claim go on being secured, up to the ceiling.
    """
    return tuple(
        claim
        for claim in claims
        if claim.arose_on in pledge.claim_period and claim.arose_on < fixed_on
    )


def priority(pledge: OrdinaryPledge | MaximumAmountPledge, claims: Sequence[SecuredClaim]) -> Money:
    """What the creditor is paid before others: the fixed claims, at most what is registered.

    The ceiling covers principal and all accessories. Without registration, or where no statutory
    register takes the right, nothing.

    Raises:
        CurrencyMismatchError: Claims and ceiling are in two currencies.
    """
    currency = claims[0].principal.currency if claims else "CNY"
    owed = money.total((claim.amount for claim in claims), currency)
    if pledge.registered_on is None or pledge.effect is SecurityEffect.CONTRACTUAL:
        return money.total((), currency)
    if isinstance(pledge, OrdinaryPledge):
        return owed if pledge.registered_amount is None else min(owed, pledge.registered_amount)
    ceiling = pledge.registered_ceiling or money.total((), currency)
    return min(owed, ceiling)
