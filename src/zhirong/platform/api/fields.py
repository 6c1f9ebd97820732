"""The forms of single values: money, numbers, words; what comes in is checked here."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Path, Query, Schema
from pydantic import BeforeValidator, Field

from zhirong.core.messages import Fact
from zhirong.core.money import FEN, Money
from zhirong.platform.api.errors import Problem, plain
from zhirong.platform.words import say

BIGGEST = 2**63 - 1
YUAN = r"^-?(0|[1-9][0-9]{0,15})\.[0-9]{2}$"
YUAN_GIVEN = r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$"
MATTER = r"^[0-9]{4}-[0-9]{5,12}$"
REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,79}$"


def yuan(fen: int) -> str:
    """Whole fen as yuan with two decimals.

    >>> yuan(500_000_001)
    '5000000.01'
    """
    return format(Decimal(fen) * FEN, ".2f")


def yuan_of(given: object) -> object:
    """Fen or money as yuan; what is neither stays for the check after."""
    if isinstance(given, Money):
        return yuan(given.fen)
    return yuan(given) if isinstance(given, int) else given


Yuan = Annotated[str, BeforeValidator(yuan_of), Field(pattern=YUAN, examples=["5000000.00"])]
YuanGiven = Annotated[str, Field(pattern=YUAN_GIVEN, examples=["5000000.00"])]
Rate = Annotated[str, BeforeValidator(str), Field(examples=["0.036000"])]
Facts = Annotated[dict[str, Any], BeforeValidator(plain)]
# No control characters: databases refuse some, and nobody means them.
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Number = Annotated[int, Field(ge=1, le=BIGGEST)]

MatterNumber = Annotated[str, Path(pattern=MATTER)]
Reference = Annotated[str, Path(pattern=REFERENCE)]
Id = Annotated[int, Path(ge=1, le=BIGGEST)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]
Size = Annotated[int, Query(ge=1, le=200)]


def money(text: str) -> Money:
    """Yuan that came in, as money that is owed or paid."""
    return Money(Decimal(text))


class Said(Schema):
    """Something with its words in the language of the request."""

    code: str
    facts: Facts
    text: str


def said(code: str, facts: Mapping[str, Fact]) -> Said:
    """A code with its facts and words."""
    return Said(code=code, facts=plain(facts), text=say(code, facts))


PROBLEMS = frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500, 503})


def answers(content: object, *, status: int = 200) -> dict[Any, Any]:
    """What an operation may answer: its content, or a problem."""
    return {status: content, PROBLEMS: Problem}


def bytes_of(media_type: str) -> dict[str, Any]:
    """The description of an answer that is a file."""
    schema = {"type": "string", "format": "binary"}
    return {"responses": {200: {"content": {media_type: {"schema": schema}}}}}
