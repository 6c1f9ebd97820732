"""The table of rights, as contracts, forms and letters annex it."""

from zhirong.adapters.documents.blocks import Column, Row, Table
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.filing.forms import RightItem
from zhirong.filing.office import Registry

# Columns of a register's list, by the field of the right.
FIELDS = {
    Registry.PATENT: ("number", "name", "kind", "filing_date", "grant_date"),
    Registry.TRADEMARK: ("number", "name", "kind", "classes", "grant_date", "term_end"),
    Registry.COPYRIGHT: ("number", "name", "kind", "grant_date"),
    Registry.DATA: ("number", "name", "kind", "grant_date", "term_end"),
}
_SHARED_WIDTH = {"name": "1fr"}


def cell(speech: Speech, right: RightItem, name: str) -> str:
    """A field of a right in words."""
    value = getattr(right, name)
    if name == "kind":
        return speech.say(f"deed.kind.{right.kind}")
    if name == "classes":
        return speech.joined(tuple(str(item) for item in right.classes))
    return "—" if value is None else str(value)


def head(speech: Speech, registry: Registry, name: str) -> str:
    """The head of a column."""
    own = f"deed.column.{registry}.{name}"
    return speech.say(own if speech.words.has(own) else f"deed.column.{name}")


def rights_table(speech: Speech, registry: Registry, rights: tuple[RightItem, ...]) -> Table:
    """The rights, one a row, numbered."""
    names = FIELDS[registry]
    columns = [Column(head=speech.say("deed.column.place"), align="center")]
    columns += [
        Column(head=head(speech, registry, name), width=_SHARED_WIDTH.get(name, "auto"))
        for name in names
    ]
    rows = tuple(
        Row(cells=(str(place), *(cell(speech, right, name) for name in names)))
        for place, right in enumerate(rights, start=1)
    )
    return Table(columns=tuple(columns), rows=rows)
