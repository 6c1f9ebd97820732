"""Words of pages: the one catalog of the house, in the language of the request."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Catalog, Fact, Language, Message, MessageError
from zhirong.parameters.reader import catalog

_CATALOG: list[Catalog] = []


def words() -> Catalog:
    """The words of all rooms, read once a process."""
    if not _CATALOG:
        _CATALOG.append(catalog())
    return _CATALOG[0]


def language() -> Language:
    """The language of the request that is answered: Chinese unless English is asked for."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(code: str, facts: Mapping[str, Fact] | None = None) -> str:
    """A message in the language of the request.

    Raises:
        MessageError: No words, or a fact is missing.
    """
    return words().text(Message(code, facts or {}), language())


def say_kept(code: str, facts: Mapping[str, Fact]) -> str:
    """A stored code with its stored facts in words.

    What an older entry of the log lacks must not take the whole page away.
    """
    try:
        return say(code, facts)
    except MessageError:
        return say("log.without_words", {"action": code})


def say_error(error: ZhirongError) -> str:
    """What a person reads of an error: what, where, how to mend."""
    facts: dict[str, Any] = {**error.facts, "detail": str(error)}
    return say(error.code, facts)
