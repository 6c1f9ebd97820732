"""Columns of personal data: text under lock, and the blind index that finds equal ones."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from zhirong.platform.accounts import encryption


# The framework's classes take type arguments for the checker only, not at run time.
def place_of(field: models.Field) -> str:  # type: ignore[type-arg]
    """What a column's values are bound to: `app.model.field`, the same in every migration."""
    return f"{field.model._meta.label_lower}.{field.name}"


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that lies in the database under lock; empty text and none lie open.

    It cannot be searched by (each sealing differs), so every lookup but `isnull` is refused; a
    `BlindIndexField` beside it finds equal values.
    """

    description = "Text under lock"

    def get_prep_value(self, value: Any) -> Any:
        """The sealed text."""
        text = super().get_prep_value(value)
        return encryption.seal(text, place=place_of(self)) if text else text

    def from_db_value(
        self, value: str | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> str | None:
        """The open text.

        Raises:
            SealedFieldError: It does not open.
        """
        return encryption.unseal(value, place=place_of(self)) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`; equality goes over the blind index."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """The keyed hash of an encrypted field of the same row, kept in step when the row is saved.

    Search with `filter(phone_index__in=matches(Model, "phone", text))`.
    """

    description = "Keyed hash of a text under lock"

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        options.setdefault("max_length", 64)
        options.setdefault("editable", False)
        options.setdefault("blank", True)
        options.setdefault("db_index", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """For migrations: what it is the index of."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - the framework's signature
        """The hash of what the row holds now."""
        text = getattr(model_instance, self.of)
        source = model_instance._meta.get_field(self.of)
        assert isinstance(source, EncryptedTextField), "an index is of a field under lock"
        index = encryption.blind_index(text, place=place_of(source)) if text else ""
        setattr(model_instance, self.attname, index)
        return index


def matches(model: type[models.Model], field: str, text: str) -> tuple[str, ...]:
    """The indexes under which rows with this text may stand."""
    source = model._meta.get_field(field)
    assert isinstance(source, EncryptedTextField), "an index is of a field under lock"
    return encryption.blind_indexes(text, place=place_of(source))
