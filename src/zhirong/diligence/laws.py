"""How far the legal source of a check was verified."""

from collections.abc import Iterable

from zhirong.parameters.reader import table

_UNVERIFIED = ("OWN", "DESIGN", "[K]")


def tags(law: str) -> str:
    """The tags of a legal source, as the project's domain rules give them.

    >>> tags("law.patent_14")
    '[S3, S22]'
    """
    text: str = table("diligence_laws")[law]
    return text


def unverified(laws: Iterable[str]) -> tuple[str, ...]:
    """Those sources that nobody confirmed: own knowledge, or a rule of the house."""
    return tuple(
        law for law in dict.fromkeys(laws) if any(mark in tags(law) for mark in _UNVERIFIED)
    )
