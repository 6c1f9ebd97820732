"""Rules of form that the registers share, each under the register's own code."""

from collections.abc import Iterator

from zhirong.adapters.offices.sandbox.findings import Case, Found, correct

DOCUMENT = "sandbox_office.document."
ITEM = "sandbox_office.item."


def lacking_documents(case: Case, code: str, *kinds: str) -> Iterator[Found]:
    """Kinds of documents that the package lacks."""
    for kind in kinds:
        if kind not in case.documents:
            yield correct(code, document=f"{DOCUMENT}{kind}")


def identity(case: Case, code: str) -> Iterator[Found]:
    """Each party proves who it is, or promises it."""
    if "identity" in case.documents:
        return
    promised = {by for by, kind in case.application.commitments if kind == "identity"}
    for party in case.parties:
        if party.identifier not in promised:
            yield correct(code, party=party.name)


def authorization(case: Case, code: str) -> Iterator[Found]:
    """Who files for another shows that he may."""
    files_for_another = case.application.agent is not None or case.application.is_on_behalf
    if files_for_another:
        yield from lacking_documents(case, code, "authorization")


def contract_gaps(case: Case) -> Iterator[tuple[str, str | None]]:
    """Items that the pledge contract does not state: their names, and the right concerned."""
    contract = case.application.contract
    if contract is None:
        yield "contract", None
        return
    for party in case.parties:
        if not (party.name and party.address):
            yield "party", None
    states = {
        "claim": contract.claim_kind != "",
        "amount": contract.amount_fen is not None and contract.amount_fen > 0,
        "debt_term": contract.debt_to is not None
        and contract.debt_from is not None
        and contract.debt_from <= contract.debt_to,
        "rights_count": len(case.application.rights) == contract.rights_count,
        "scope": contract.scope != "",
    }
    yield from ((name, None) for name, is_stated in states.items() if not is_stated)


def twice(case: Case, code: str) -> Iterator[Found]:
    """A right that is listed more than once."""
    seen: set[str] = set()
    for right in case.application.rights:
        if right.key in seen:
            yield correct(code, right.number)
        seen.add(right.key)
