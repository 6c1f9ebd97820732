"""Pages of the platform under load, on the machine that the load comes from.

`python -m benchmarks.platform_load FOLDER [SECONDS]`: the folder holds a house filled by
`benchmarks.platform_house`. Twenty people of all desks read for a second between pages; then the
same twenty as fast as they can.
"""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from benchmarks.measuring import machine
from zhirong.platform.work.supervisor import free_port, wait_until_healthy

PEOPLE = (
    *(f"load-firm-{n}" for n in range(8)),
    *(f"load-account_manager-{n}" for n in range(5)),
    *(f"load-risk_officer-{n}" for n in range(4)),
    "load-risk_chief-0",
    *(f"load-pledge_clerk-{n}" for n in range(2)),
)
TABS = ("", "files/", "valuation/", "credit/", "money/", "log/")
THINK = 1.0  # seconds


@dataclass
class Seen:
    """What came back: seconds by page, errors by page and status."""

    times: list[tuple[str, float]] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def share(self, part: float, page: str | None = None) -> float:
        """Milliseconds within which a part of the pages came."""
        times = sorted(t for name, t in self.times if page in {None, name})
        return 1000 * times[min(len(times) - 1, int(part * len(times)))]


@dataclass(frozen=True)
class Person:
    """Somebody at a desk, signed in by cookie, with the matters to look at."""

    name: str
    cookies: Mapping[str, str]
    matters: tuple[str, ...]

    def pages(self, seed: int) -> "list[tuple[str, str]]":
        """A day's pages: the desk, the list, and the tabs of matters."""
        chance = random.Random(seed)
        found = [("desk", "/"), ("list", "/matters/")]
        for number in chance.sample(self.matters, k=min(len(self.matters), 30)):
            tabs = chance.sample(TABS, k=2)
            found += [(f"matter/{tab}", f"/matters/{number}/{tab}") for tab in ("", *tabs)]
            found.append(("desk", "/"))
        return found


def work(person: Person, address: str, seen: Seen, *, think: float, until: float) -> None:
    """Open page after page until a moment."""
    seed = sum(map(ord, person.name))
    chance = random.Random(seed)
    with httpx.Client(base_url=address, cookies=dict(person.cookies), timeout=30) as browser:
        time.sleep(chance.random() * think)
        while True:
            for name, path in person.pages(seed):
                if time.monotonic() >= until:
                    return
                begun = time.perf_counter()
                try:
                    answer = browser.get(path)
                    while answer.is_redirect:
                        answer = browser.get(urlsplit(answer.headers["location"]).path)
                except httpx.HTTPError as broken:
                    seen.errors[f"{name} {type(broken).__name__}"] += 1
                    continue
                seen.times.append((name, time.perf_counter() - begun))
                if answer.status_code != 200 or "sign-in" in str(answer.url):
                    seen.errors[f"{name} {answer.status_code}"] += 1
                time.sleep(think)


def round_of(people: tuple[Person, ...], address: str, *, think: float, seconds: float) -> Seen:
    """All people at once."""
    seen = Seen()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=work, args=(person, address, seen), kwargs={"think": think, "until": until}
        )
        for person in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from zhirong.platform.accounts.session_store import SessionStore
from zhirong.platform.accounts.models import User
from zhirong.platform.matters.models import Matter, Participation
for user in User.objects.filter(sign_in_name__startswith="load-"):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    taken = Participation.objects.filter(organization=user.organization, until=None)
    numbers = Matter.objects.filter(pk__in=taken.values("matter")).values_list("number", flat=True)
    print(user.sign_in_name, settings.SESSION_COOKIE_NAME, session.session_key, *numbers[::7][:200])
"""


def people_of(environment: Mapping[str, str]) -> tuple[Person, ...]:
    """The people of the house, signed in past the second factor."""
    said = subprocess.run(
        [sys.executable, "-m", "zhirong.platform.manage", "shell", "-v", "0", "-c", SIGN_IN],
        env=dict(environment), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    rows = [line.split() for line in said.splitlines() if line.startswith("load-")]
    return tuple(
        Person(name=row[0], cookies={row[1]: row[2]}, matters=tuple(row[3:]))
        for row in rows
        if row[0] in PEOPLE
    )


def told(title: str, seen: Seen, seconds: float) -> None:
    """One round in some lines."""
    print(f"{title}: {len(seen.times)} pages, {len(seen.times) / seconds:.1f} a second")
    parts = ", ".join(f"p{100 * p:.0f} {seen.share(p):.0f} ms" for p in (0.5, 0.95, 0.99))
    print(f"  {parts}; errors: {dict(seen.errors) or 'none'}")
    for page in sorted({name for name, _ in seen.times}):
        half, most = seen.share(0.5, page), seen.share(0.95, page)
        print(f"    {page:<18} p50 {half:6.0f} ms  p95 {most:6.0f} ms")


def main(folder: Path, seconds: float) -> int:
    """Start the platform on the folder, load it, print."""
    port = free_port()
    environment = {**os.environ, "ZHIRONG_MODE": "demonstration", "ZHIRONG_DATA": str(folder)}
    # As many processes as cores, as the units in `deploy` run it; the web alone: what relay,
    # worker and poller do meanwhile is measured by itself.
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    command.append("zhirong.platform.wsgi:application")
    address = f"http://127.0.0.1:{port}"
    platform = subprocess.Popen(command, env=environment)
    try:
        assert wait_until_healthy(f"{address}/health/", seconds=90)
        people = people_of(environment)
        print(machine())
        print(f"load average before: {os.getloadavg()}; {len(people)} people")
        round_of(people, address, think=0.2, seconds=5)  # everything is loaded once
        for title, think in (("reading 1 s between pages", THINK), ("as fast as they can", 0.0)):
            told(title, round_of(people, address, think=think, seconds=seconds), seconds)
        print(f"load average after: {os.getloadavg()}")
    finally:
        platform.terminate()
        platform.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), float(sys.argv[2]) if len(sys.argv) > 2 else 40))
