"""The chart of accounts of a lender: what each is called, what it is, what it must never do."""

from dataclasses import dataclass

from zhirong.ledger.accounts import Account, AccountKind, Limit

INTEREST_INCOME = "income/interest"
PENALTY_INCOME = "income/penalty"
COMPOUND_INCOME = "income/compound"
FEE_INCOME = "income/fee"
RECOVERY_INCOME = "income/recovery"
CREDIT_LOSS = "expense/credit_loss"
WRITTEN_OFF_CONTRA = "contra/written_off"


def cash(rail: str) -> str:
    """The lender's own money at a rail: a settlement account at a bank, a wallet.

    >>> cash("ecny")
    'cash/ecny'
    """
    return f"cash/{rail}"


def is_of_house(account: str) -> bool:
    """Whether all loans book on the account, so that its row is one that everybody wants.

    >>> is_of_house("cash/bank"), is_of_house("loan/L1/principal")
    (True, False)
    """
    return not account.startswith(("facility/", "loan/"))


@dataclass(frozen=True, slots=True)
class FacilityAccounts:
    """The accounts of one facility, by its number."""

    number: str

    @property
    def undrawn(self) -> str:
        """What may still be drawn; drawing more than was granted breaks its limit."""
        return f"facility/{self.number}/undrawn"

    @property
    def contra(self) -> str:
        """The other side of the commitment."""
        return f"facility/{self.number}/contra"


@dataclass(frozen=True, slots=True)
class LoanAccounts:
    """The accounts of one loan, by its number. Assets are what the borrower owes."""

    number: str

    @property
    def principal(self) -> str:
        """Drawn and not repaid."""
        return f"loan/{self.number}/principal"

    @property
    def interest(self) -> str:
        """Accrued and not paid."""
        return f"loan/{self.number}/interest"

    @property
    def penalty(self) -> str:
        """Interest in breach, charged and not paid."""
        return f"loan/{self.number}/penalty"

    @property
    def compound(self) -> str:
        """Interest on unpaid interest, charged and not paid."""
        return f"loan/{self.number}/compound"

    @property
    def cost(self) -> str:
        """Fees, and what the lender paid for the borrower: costs, annual fees of pledged rights."""
        return f"loan/{self.number}/cost"

    @property
    def unallocated(self) -> str:
        """Received and not yet laid over claims: owed back to the payer."""
        return f"loan/{self.number}/unallocated"

    @property
    def written_off(self) -> str:
        """Written off and still pursued."""
        return f"loan/{self.number}/written_off"

    @property
    def owed(self) -> tuple[str, ...]:
        """The accounts that together are the debt."""
        return (self.cost, self.compound, self.penalty, self.interest, self.principal)


def of_house(rails: tuple[str, ...]) -> tuple[Account, ...]:
    """The lender's own accounts, with one of cash for each rail.

    Cash has no limit: what a settlement account may be overdrawn is its bank's affair.
    """
    income = (INTEREST_INCOME, PENALTY_INCOME, COMPOUND_INCOME, FEE_INCOME, RECOVERY_INCOME)
    return (
        *(Account(id=cash(rail), kind=AccountKind.ASSET) for rail in rails),
        *(Account(id=name, kind=AccountKind.INCOME) for name in income),
        Account(id=CREDIT_LOSS, kind=AccountKind.EXPENSE),
        Account(id=WRITTEN_OFF_CONTRA, kind=AccountKind.OFF_BALANCE),
    )


def of_facility(number: str) -> tuple[Account, ...]:
    """The accounts that a facility needs."""
    names = FacilityAccounts(number)
    return (
        Account(id=names.undrawn, kind=AccountKind.OFF_BALANCE, limit=Limit.CREDITS_WITHIN_DEBITS),
        Account(id=names.contra, kind=AccountKind.OFF_BALANCE),
    )


def of_loan(number: str) -> tuple[Account, ...]:
    """The accounts that a loan needs; no claim can be paid beyond what is owed."""
    names = LoanAccounts(number)
    owed = Limit.CREDITS_WITHIN_DEBITS
    return (
        *(Account(id=name, kind=AccountKind.ASSET, limit=owed) for name in names.owed),
        Account(
            id=names.unallocated, kind=AccountKind.LIABILITY, limit=Limit.DEBITS_WITHIN_CREDITS
        ),
        Account(id=names.written_off, kind=AccountKind.OFF_BALANCE, limit=owed),
    )
