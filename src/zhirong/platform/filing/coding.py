"""Contracts, extras and progress between the tables' JSON and the records of the pure room."""

from typing import Any, cast

from zhirong.core import codec
from zhirong.filing.applications import Extras
from zhirong.filing.changing import ChangeItem
from zhirong.filing.contracts import PledgeContract
from zhirong.filing.office import Notice
from zhirong.filing.progress import Progress
from zhirong.platform.filing.models import Amendment, Filing


def plain(record: object) -> Any:  # noqa: ANN401 - plain JSON
    """A record as plain JSON."""
    return codec.encode(record)


def contract_of(filing: Filing) -> PledgeContract:
    """The pledge contract of a filing."""
    return cast("PledgeContract", codec.decode(PledgeContract, filing.contract))


def extras_of(filing: Filing) -> Extras:
    """What a filing needs beside its contract."""
    return cast("Extras", codec.decode(Extras, filing.extras))


def progress_of(filing: Filing) -> Progress:
    """How far a filing has come."""
    return cast("Progress", codec.decode(Progress, filing.progress))


def keep_progress(filing: Filing, progress: Progress) -> None:
    """Write how far a filing has come, with the columns that lists ask for."""
    filing.progress = plain(progress)
    filing.state = progress.state.value
    filing.registration_no = progress.registration_no or ""
    filing.registered_on = progress.registered_on
    filing.expires_on = progress.registered.expires_on if progress.registered else None
    filing.respond_by = progress.respond_by
    filing.save()


def notice_of(body: Any) -> Notice:  # noqa: ANN401 - plain JSON
    """A notice that was put aside as plain JSON, without its file."""
    return cast("Notice", codec.decode(Notice, body))


def items_of(amendment: Amendment) -> tuple[ChangeItem, ...]:
    """What an amendment changes."""
    return cast("tuple[ChangeItem, ...]", codec.decode(tuple[ChangeItem, ...], amendment.items))
