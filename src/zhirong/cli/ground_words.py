"""The words that the small commands need, without those of the rooms they never enter."""

from functools import cache

from zhirong.core.messages import Catalog, Fact, Language, Message
from zhirong.parameters.reader import catalog

_ROOMS = ("core", "rights", "cli")


@cache
def ground_catalog() -> Catalog:
    """The words of core, rights and the command line."""
    texts = {code: text for room in _ROOMS for code, text in catalog(room).texts.items()}
    return Catalog(texts)


def words(code: str, lang: Language, **facts: Fact) -> str:
    """The words of a code."""
    return ground_catalog().text(Message(code, facts), lang)
