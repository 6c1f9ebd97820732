"""What a monitor reads: requests counted by each process of the web, and the state of the house.

A web process keeps its counts in memory and, once a second at most, in a file of its own beside
the data; whoever is asked adds all files up. So any number of processes gives one answer.
"""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.db.models import Count, F, Min, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from zhirong.platform.ledger.models import Account, AccountPart
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Job, LogEntry, Outbox, Seal

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds
KEEP_EVERY = 1.0  # seconds
Respond = Callable[[HttpRequest], HttpResponse]


class Counts:
    """Requests of one process: by route and status, by time taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[str] = Counter()
        self._buckets: Counter[str] = Counter()
        self._seconds = 0.0
        self._kept_at = 0.0

    def add(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        place = next((str(bound) for bound in BOUNDS if seconds <= bound), "+Inf")
        with self._lock:
            self._requests["\t".join((method, route, str(status)))] += 1
            self._buckets[place] += 1
            self._seconds += seconds
            is_due = time.monotonic() - self._kept_at > KEEP_EVERY
        if is_due:
            self.keep()

    def keep(self) -> None:
        """Write the counts to this process's file, whole or not at all."""
        with self._lock:
            self._kept_at = time.monotonic()
            content = json.dumps(
                {
                    "requests": self._requests,
                    "buckets": self._buckets,
                    "seconds": self._seconds,
                }
            )
            place = _folder() / f"{os.getpid()}.json"
            fresh = place.with_suffix(".new")
            fresh.write_text(content, encoding="utf-8")
            fresh.replace(place)


def _folder() -> Path:
    place = Path(settings.DATA) / "measures"
    place.mkdir(exist_ok=True)
    return place


COUNTS = Counts()


@sync_only_middleware
def count_requests(respond: Respond) -> Respond:
    """Count every request under its route, never under its address: addresses name matters."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = respond(request)
        found = request.resolver_match
        COUNTS.add(
            method=request.method or "",
            route=found.route if found else "none",
            status=response.status_code,
            seconds=time.perf_counter() - begun,
        )
        return response

    return middleware


def text() -> str:
    """All measures in the text format that Prometheus reads."""
    COUNTS.keep()
    return "\n".join((*_requests(), *_house())) + "\n"


def _requests() -> Iterable[str]:
    requests: Counter[str] = Counter()
    buckets: Counter[str] = Counter()
    seconds = 0.0
    for file in sorted(_folder().glob("*.json")):
        kept = json.loads(file.read_text(encoding="utf-8"))
        requests.update(kept["requests"])
        buckets.update(kept["buckets"])
        seconds += kept["seconds"]
    yield "# TYPE zhirong_requests_total counter"
    for key, count in sorted(requests.items()):
        method, route, status = key.split("\t")
        labels = {"method": method, "route": route, "status": status}
        yield _line("zhirong_requests_total", count, labels)
    yield "# TYPE zhirong_request_seconds histogram"
    reached = 0
    for bound in (*map(str, BOUNDS), "+Inf"):
        reached += buckets[bound]
        yield _line("zhirong_request_seconds_bucket", reached, {"le": bound})
    yield _line("zhirong_request_seconds_sum", seconds)
    yield _line("zhirong_request_seconds_count", reached)


def _house() -> Iterable[str]:
    yield "# TYPE zhirong_jobs gauge"
    states = dict(Job.objects.order_by().values_list("state").annotate(Count("id")))
    for state in Job.State.values:
        yield _line("zhirong_jobs", states.get(state, 0), {"state": state})
    for name, value in (
        ("zhirong_work_oldest_seconds", oldest_work_seconds()),
        ("zhirong_work_given_up", Outbox.objects.exclude(failed_at=None).count()),
        ("zhirong_log_unsealed", unsealed()),
        ("zhirong_ledger_even", int(is_even())),
    ):
        yield f"# TYPE {name} gauge"
        yield _line(name, value)


def oldest_work_seconds() -> float:
    """How long the oldest work waits that is neither done nor given up nor put off."""
    open_work = Outbox.objects.filter(done_at=None, failed_at=None, not_before=None)
    first = open_work.aggregate(first=Min("created_at"))["first"]
    return (clock.real_now() - first).total_seconds() if first else 0.0


def unsealed() -> int:
    """Entries of the log behind the last seal."""
    last = Seal.objects.last()
    return LogEntry.objects.filter(id__gt=last.last_entry if last else 0).count()


def is_even() -> bool:
    """Whether the debits of every currency are its credits, by the sums of the accounts."""
    left: Counter[tuple[str, str]] = Counter()
    for rows, currency in (
        (Account.objects, "currency"),
        (AccountPart.objects, "account__currency"),
    ):
        totals = rows.values(currency).annotate(
            posted=Sum(F("debits_posted") - F("credits_posted")),
            held=Sum(F("debits_pending") - F("credits_pending")),
        )
        for total in totals:
            left[total[currency], "posted"] += total["posted"]
            left[total[currency], "held"] += total["held"]
    return not any(left.values())


def _line(name: str, value: float, labels: Mapping[str, str] | None = None) -> str:
    inside = ",".join(f'{key}="{_escaped(said)}"' for key, said in (labels or {}).items())
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _escaped(said: str) -> str:
    return said.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
