"""The process that hands committed work to the job engine and seals the log."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from zhirong.platform.work import relay


class Command(BaseCommand):
    """Run until a signal ends it."""

    help = "Hand committed work to the job engine and seal the action log."

    def handle(self, *_: Any, **__: Any) -> None:
        """Rounds until SIGTERM."""
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        relay.run(stop.is_set)
