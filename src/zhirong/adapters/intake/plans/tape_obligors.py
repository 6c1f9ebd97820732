"""Who owes, as a tape tells it: by a sheet of obligors, or in the rows of the claims."""

from dataclasses import dataclass, field

from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.plans.tape_rows import TapeRows, number, text
from zhirong.adapters.intake.reading import TypedRow, field_words
from zhirong.core.identifiers import credit_codes
from zhirong.core.identifiers.records import Check
from zhirong.securitization.pool.records import Obligor

NAMES = ("obligor", "credit_code", "name")
NEEDED = ("name", "industry", "region", "pd")


@dataclass(slots=True)
class Parties:
    """The obligors, and by which words other rows mean each of them."""

    found: dict[str, Obligor] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def obligors(self) -> tuple[Obligor, ...]:
        """In the order of the tape."""
        return tuple(self.found.values())

    def meant(self, *words: str) -> str | None:
        """The obligor that the first of the words names; None where none does."""
        return next((self.words[word] for word in words if word in self.words), None)

    def take(self, key: str, obligor: Obligor, words: tuple[str, ...]) -> None:
        """Keep an obligor under every word that names it."""
        self.found[key] = obligor
        for word in (key, *words):
            if word:
                self.words.setdefault(word, key)


def parties_of(tape: TapeRows) -> Parties:
    """The obligors of the tape; rows that contradict each other are refused."""
    parties = Parties()
    for row in tape.of_table("tape_obligors"):
        _take(row, parties, tape)
    for row in tape.of_table("tape_claims"):
        if parties.meant(*(text(row, name) for name in NAMES)) is None:
            _take_from_claim(row, parties, tape)
    return parties


def _take(row: TypedRow, parties: Parties, tape: TapeRows) -> None:
    key = next(text(row, name) for name in NAMES if text(row, name))
    if key in parties.found:
        row.refuse("name", Bad("tape_twice", {"key": key, "place": tape.places[key]}))
        return
    code = text(row, "credit_code")
    if code and credit_codes.read(code).check is Check.FAILED:
        row.refuse("credit_code", Bad("tape_credit_code", {"text": code}))
        return
    parties.take(key, _obligor(key, row), (code, text(row, "name")))
    tape.name(key, row)


def _take_from_claim(row: TypedRow, parties: Parties, tape: TapeRows) -> None:
    """An obligor that only its claim speaks of: the row must say all that is needed."""
    spec = {each.name: each for each in row.reading.layout.spec.fields}
    missing = [name for name in NEEDED if row.get(name) is None]
    if len(missing) == len(NEEDED) or (missing and text(row, "obligor")):
        words = next((text(row, name) for name in NAMES if text(row, name)), "")
        row.refuse("obligor", Bad("tape_obligor", {"text": words}))
        return
    if missing:
        row.refuse(missing[0], Bad("missing", field_words(spec[missing[0]])))
        return
    _take(row, parties, tape)


def _obligor(key: str, row: TypedRow) -> Obligor:
    chance = number(row, "pd")
    assert chance is not None, "a row without it was refused"
    return Obligor(
        obligor_id=key,
        name=text(row, "name"),
        group=text(row, "group") or None,
        industry=text(row, "industry"),
        region=text(row, "region"),
        grade=text(row, "grade") or None,
        pd_one_year=chance,
    )
