"""The process that does the work."""

import os
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
        """Work until SIGTERM; end with 1 where the engine's database went away."""
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        worker.launch(options["executor"], concurrency=options["concurrency"])
        if worker.work_until(stop):
            DBOS.destroy()
        else:
            self.stderr.write("The job engine's database is gone; the worker ends to begin anew.")
            self.stderr.flush()
            # Threads of the engine wait for a database that is no more; nothing of theirs counts.
            os._exit(1)
