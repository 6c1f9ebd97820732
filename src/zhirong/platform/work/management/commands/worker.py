"""The process that does the work."""

import signal
import threading
from typing import Any

from dbos import DBOS
from django.core.management.base import BaseCommand, CommandParser

from zhirong.platform.work import worker


class Command(BaseCommand):
    """Run until a signal ends it."""

    help = "Do the work that the relay hands over."

    def add_arguments(self, parser: CommandParser) -> None:
        """The executor's stable name: a restarted worker takes up what it left."""
        parser.add_argument("--executor", default="worker-1")
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *_: Any, **options: Any) -> None:
        """Work until SIGTERM."""
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        worker.launch(options["executor"], concurrency=options["concurrency"])
        stop.wait()
        DBOS.destroy()
