"""Trademark registration numbers: digits of the application, G for international ones.

A mark is a number and a class; a number may be followed by its class. There is no check digit.
"""

import re

from zhirong.core.identifiers.records import Identifier, IdentifierError, Scheme
from zhirong.core.identifiers.spelling import compact

_FORM = re.compile(r"(G?)0*([1-9]\d{0,7})([A-Z]?)(?:[/\-](\d{1,2}))?")
NICE_CLASSES = 45


def read(text: str) -> Identifier:
    """A registration number; a class may follow behind a slash.

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> read("g 1234567").canonical, read("12345678/11").display
    ('G1234567', '12345678/11')
    """
    found = _FORM.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.TRADEMARK)
    number = f"{found[1]}{found[2]}{found[3]}"
    nice_class = found[4]
    if nice_class is not None and not 1 <= int(nice_class) <= NICE_CLASSES:
        raise IdentifierError(text, scheme=Scheme.TRADEMARK, mend=number)
    canonical = number if nice_class is None else f"{number}/{int(nice_class)}"
    return Identifier(
        scheme=Scheme.TRADEMARK,
        canonical=canonical,
        display=canonical,
        kind="international_mark" if found[1] else "mark",
    )
