"""Certificates whose numbers follow a rule.

Software copyright registrations: year, SR, running number. High-tech enterprise certificates: GR,
year, two digits of the province or city, running number. Neither has a check digit; certificates
without a published rule (data rights, regional labels) are kept as typed by whoever reads them.
"""

import re

from zhirong.core.identifiers.records import Identifier, IdentifierError, Scheme
from zhirong.core.identifiers.spelling import compact

_SOFTWARE = re.compile(r"((?:19|20)\d{2})SR(\d{6,7})")
_HIGH_TECH = re.compile(r"(G[RF])(20\d{2})([1-6]\d)(\d{5,6})")


def read_software(text: str) -> Identifier:
    """A software copyright registration number.

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> read_software("2021 sr 0123456").canonical
    '2021SR0123456'
    """
    found = _SOFTWARE.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.SOFTWARE_CERTIFICATE)
    canonical = f"{found[1]}SR{found[2]}"
    return Identifier(
        scheme=Scheme.SOFTWARE_CERTIFICATE,
        canonical=canonical,
        display=canonical,
        kind="software",
        year=int(found[1]),
    )


def read_high_tech(text: str) -> Identifier:
    """The number of a high-tech enterprise certificate.

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> read_high_tech("GR202133001234").year
    2021
    """
    found = _HIGH_TECH.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.HIGH_TECH_CERTIFICATE)
    canonical = "".join(found.groups())
    return Identifier(
        scheme=Scheme.HIGH_TECH_CERTIFICATE,
        canonical=canonical,
        display=canonical,
        kind="high_tech",
        year=int(found[2]),
    )
