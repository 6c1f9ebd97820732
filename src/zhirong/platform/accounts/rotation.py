"""Old keys out: every value under lock is sealed anew with the first key, batch after batch."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from zhirong.platform.accounts import encryption
from zhirong.platform.accounts.fields import BlindIndexField, EncryptedTextField, place_of
from zhirong.platform.operations import journal

BATCH = 500


def locked_fields() -> tuple[EncryptedTextField, ...]:
    """Every column under lock, of all applications."""
    return tuple(
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    )


def old_rows(field: EncryptedTextField) -> models.QuerySet[Any]:
    """The rows whose value was sealed with another key than the writing one."""
    current = f"{encryption.FORM}.{encryption.writing_key()}."
    return (
        field.model._default_manager.annotate(sealed=Cast(field.name, models.TextField()))
        .exclude(sealed="")
        .exclude(sealed=None)
        .exclude(sealed__startswith=current)
        .order_by("pk")
    )


def rotate(*, batch: int = BATCH) -> Iterator[tuple[str, int]]:
    """Seal anew what other keys sealed; gives (column, rows) after each batch.

    Every batch is a transaction of its own, so it can be stopped and begun again at any time; what
    is done is not done twice.
    """
    for field in locked_fields():
        while done := _next_batch(field, batch):
            yield place_of(field), done


@transaction.atomic
def _next_batch(field: EncryptedTextField, batch: int) -> int:
    rows = list(old_rows(field).select_for_update(of=("self",))[:batch])
    for row in rows:
        field.model._default_manager.filter(pk=row.pk).update(**_anew(field, row))
    if rows:
        facts = {"column": place_of(field), "rows": len(rows), "key": encryption.writing_key()}
        journal.record("field_keys_rotated", by=None, facts=facts)
    return len(rows)


def _anew(field: EncryptedTextField, row: models.Model) -> dict[str, str]:
    text = getattr(row, field.attname)
    indexes = {
        other.attname: encryption.blind_index(text, place=place_of(field))
        for other in field.model._meta.local_fields
        if isinstance(other, BlindIndexField) and other.of == field.name
    }
    return {field.attname: text, **indexes}
