"""The table of readers: one a kind of field."""

from collections.abc import Callable, Mapping

from zhirong.adapters.intake.cells import dates, identifiers, numbers, texts
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Outcome

_READERS: Mapping[str, Callable[[Cell], Outcome]] = {
    "amount": numbers.amount,
    "answer": texts.answer,
    "choice": texts.choice,
    "choices": texts.chosen_several,
    "credit_code": identifiers.credit_code,
    "date": dates.read,
    "dates": dates.several,
    "event": texts.event,
    "factors": texts.factors,
    "id": texts.identifier,
    "integer": numbers.integer,
    "key": texts.key,
    "names": texts.names,
    "number": numbers.number,
    "patent_number": identifiers.patent,
    "publication_number": identifiers.publication,
    "scope": identifiers.scope,
    "share": numbers.share,
    "shares": numbers.shares,
    "statuses": texts.statuses,
    "text": texts.text,
    "texts": texts.texts,
    "year": numbers.year,
    "yes_no": texts.yes_no,
}
KINDS = frozenset(_READERS)


def read(kind: str, cell: Cell) -> Outcome:
    """What a cell of a kind of field holds."""
    if texts.is_formula(cell.raw):
        return Bad("formula", {"text": str(cell.raw)[:80]})
    return _READERS[kind](cell)
