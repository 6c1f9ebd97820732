"""Kinds of work for tests; each writes to a file beside the data when it ran."""

import time
from pathlib import Path

from django.conf import settings

from zhirong.platform.operations import outbox
from zhirong.platform.operations.models import Outbox


def note(word: str) -> None:
    """One line more in the file that the test reads."""
    with (Path(settings.DATA) / "notes.txt").open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")


def slow(item: Outbox) -> None:
    """Three steps, the second of which takes as long as the test lets it."""
    for name in ("first", "second", "third"):
        outbox.once(item.pk, name, lambda name=name: {"done": name})
        note(f"{item.pk} {name}")
        while name == "second" and not (Path(settings.DATA) / "go").exists():
            time.sleep(0.05)


def poisoned(item: Outbox) -> None:
    """Fails until the test mends the cause."""
    note(f"{item.pk} tried")
    if not (Path(settings.DATA) / "mended").exists():
        raise ZeroDivisionError("the poison")
