"""All words of a deed, for tests that read what it says."""

from zhirong.adapters.documents.document import plain
from zhirong.adapters.documents.filing.deed import NO_BREAK, Deed


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []


def words_of(deed: Deed) -> str:
    return "\n".join(_texts(plain(deed))).replace(NO_BREAK, " ")
