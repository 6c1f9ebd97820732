"""The process that hears offices and rails, and does the ends of days."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from zhirong.platform.work import polling


class Command(BaseCommand):
    """Run until a signal ends it."""

    help = "Hear offices and rails, and do the ends of days."

    def handle(self, *_: Any, **__: Any) -> None:
        """Rounds until SIGTERM."""
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        polling.run(stop.is_set)
