"""Which number is this? Tries every scheme and puts the likeliest reading first."""

from collections.abc import Callable

from zhirong.core.identifiers import (
    certificates,
    credit_codes,
    patents,
    publications,
    trademarks,
)
from zhirong.core.identifiers.records import (
    Check,
    Identifier,
    IdentifierError,
    LostDigitsError,
    UnknownIdentifierError,
)

# The order decides between readings that nothing else tells apart.
READERS: tuple[Callable[[str], Identifier], ...] = (
    credit_codes.read,
    patents.read,
    publications.read,
    publications.read_international_application,
    publications.read_international_publication,
    publications.read_hague_registration,
    certificates.read_software,
    certificates.read_high_tech,
    trademarks.read,
    credit_codes.read_organization_code,
)
# A check digit that agrees is proof; one that had to be added or is not foreseen says nothing; of
# eight bare digits a trademark is likelier than an old application that lost its check digit.
_RANK = {Check.PASSED: 0, Check.NONE: 1, Check.ADDED: 2, Check.FAILED: 3}


def readings(text: str) -> tuple[Identifier, ...]:
    """Every reading of the text, the likeliest first.

    Raises:
        UnknownIdentifierError: It follows none of the schemes.
        LostDigitsError: A spreadsheet saved it as a power of ten.
        IdentifierError: It follows none, but a corrected spelling (`mend`) would.

    >>> [reading.scheme.value for reading in readings("ZL95115608.X")]
    ['patent_application']
    """
    found: list[Identifier] = []
    mendable: IdentifierError | None = None
    for reader in READERS:
        try:
            found.append(reader(text))
        except LostDigitsError:
            raise
        except IdentifierError as error:
            if error.facts["mend"]:
                mendable = error
    if not found:
        raise mendable or UnknownIdentifierError(text)
    return tuple(sorted(found, key=lambda reading: _RANK[reading.check]))


def identify(text: str) -> Identifier:
    """The likeliest reading; see `readings` for what it raises.

    >>> identify("9144030071526726XG").scheme.value
    'credit_code'
    """
    return readings(text)[0]
