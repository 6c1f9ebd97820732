"""Draw-downs at the service, from many processes at once.

`python -m tools.with_postgresql .venv/bin/python -m benchmarks.platform_draws [SECONDS]`, with the
server as it comes: every commit is on disk before the act is done.

One draw-down is two acts in two transactions, as people do them. The firm asks: right and part in
the matter, room under the facility less what is held, days, payee, a row and an entry of the log.
The bank releases: right and part again, the loan's accounts opened, room and money held in the
ledger by two pending transfers, the order to the rail in the outbox, an entry of the log. Each
process draws under facilities of its own in turn, and every tenth time under one that all share;
those are asked for twice and released twice under the same key. In the end the tables say how
often money was held.
"""

import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

PROCESSES = 2 * (os.cpu_count() or 2)
WARM = 4.0  # seconds until every process has opened its house

if __name__ == "__main__" and "ZHIRONG_DATA" not in os.environ:
    # Production: the day is the machine's own and costs no statement.
    key = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    os.environ["ZHIRONG_DATA"] = tempfile.mkdtemp(prefix="zhirong-draws-")
    os.environ |= {"ZHIRONG_SECRET_KEY": key, "ZHIRONG_FIELD_KEYS": f"load:{key}"}
os.environ["ZHIRONG_MODE"] = "production"
os.environ["DJANGO_SETTINGS_MODULE"] = "zhirong.platform.settings"

import django  # noqa: E402 - after its settings

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from benchmarks.measuring import machine  # noqa: E402
from benchmarks.platform_house import Filling  # noqa: E402
from zhirong.core.money import Money  # noqa: E402
from zhirong.ledger import chart, plans  # noqa: E402
from zhirong.ledger.transfers import Batch  # noqa: E402
from zhirong.platform.accounts.models import Assignment, User  # noqa: E402
from zhirong.platform.accounts.rights import Role  # noqa: E402
from zhirong.platform.accounts.viewer import viewer_of  # noqa: E402
from zhirong.platform.ledger import selectors as ledger  # noqa: E402
from zhirong.platform.ledger.models import Transfer  # noqa: E402
from zhirong.platform.ledger.services import book, open_accounts  # noqa: E402
from zhirong.platform.lending import drawing  # noqa: E402
from zhirong.platform.lending.models import DrawDown, Facility  # noqa: E402
from zhirong.platform.operations import clock  # noqa: E402

MATTERS = 2_000  # three of ten are registered or drawn
YUAN = Money(Decimal(1))


def open_lines() -> list[Facility]:
    """The facilities under which money can be drawn today, the oldest first."""
    lines = Facility.objects.filter(
        matter__stage__in=("registered", "drawn"), available_until__gt=clock.today()
    )
    return list(lines.select_related("matter__firm").order_by("id"))


def prepare() -> None:
    """A house with open lines, and an officer at each firm that has one."""
    call_command("migrate", verbosity=0)
    Filling(MATTERS, MATTERS * 10).fill()
    officers = {}
    for line in open_lines():
        open_accounts((*chart.of_house(("bank",)), *chart.of_facility(line.number)))
        legs = plans.facility_opened(line.number, limit_fen=line.limit_fen)
        batch = Batch(key=f"bench/{line.number}", on=line.available_from, legs=legs)
        book(batch, matter_id=line.matter_id)
        officers[line.matter.firm_id] = User(
            sign_in_name=f"officer-{line.matter.firm_id}", name="O", organization=line.matter.firm
        )
    made = User.objects.bulk_create(officers.values())
    Assignment.objects.bulk_create(Assignment(user=user, role=Role.FIRM_OFFICER) for user in made)


def draw(process: int, seconds: float, start: float) -> None:
    """Ask and release until the time is over; print how many, and the processor time of one."""
    manager = viewer_of(User.objects.get(sign_in_name="load-account_manager-0"))
    shared, *rest = open_lines()
    own = rest[process::PROCESSES]
    people = User.objects.filter(sign_in_name__startswith="officer-")
    firms = {user.organization_id: viewer_of(user) for user in people}
    statements: list[str] = []

    def counted(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401 - Django's own
        statements.append(sql)
        return execute(sql, *rest)

    def once(count: int) -> None:
        is_shared = count % 10 == 9
        line = shared if is_shared else own[count % len(own)]
        request = drawing.DrawRequest(
            key=f"{process}-{count}", amount=YUAN, payee_name="P", payee_account="1"
        )
        number, firm = line.matter.number, firms[line.matter.firm_id]
        asked = drawing.ask(number, request, actor=firm)
        drawing.release(asked.number, blocks=(), actor=manager)
        if is_shared:
            assert drawing.ask(number, request, actor=firm).pk == asked.pk, "a key draws once"
            drawing.release(asked.number, blocks=(), actor=manager)

    with connection.execute_wrapper(counted):
        once(0)
    count = 1
    time.sleep(max(0.0, start - time.time()))
    begun, until = time.process_time(), time.monotonic() + seconds
    while time.monotonic() < until:
        once(count)
        count += 1
    spent = 1000 * (time.process_time() - begun) / max(count - 1, 1)
    print(count, count - 1, f"{spent:.3f}", len(statements))


def main(seconds: float) -> int:
    """Fill, draw, count; the exit code is 1 where money was held twice or not at all."""
    prepare()
    start = time.time() + WARM
    command = [sys.executable, "-m", "benchmarks.platform_draws", str(seconds)]
    running = [
        subprocess.Popen([*command, str(n), str(start)], stdout=subprocess.PIPE, text=True)
        for n in range(PROCESSES)
    ]
    said = [process.communicate()[0].split() for process in running]
    total, timed = (sum(int(words[place]) for words in said) for place in (0, 1))
    spent = sum(float(words[2]) for words in said) / len(said)
    held = Transfer.objects.filter(key__startswith="draw/", kind="pending")
    twice = held.values("key", "debit").annotate(rows=Count("id")).filter(rows__gt=1).count()
    draws = DrawDown.objects.filter(state="ordered").count()
    print(machine())
    print(f"load average: {os.getloadavg()}")
    print(
        f"{timed} draw-downs asked for and released by {PROCESSES} processes in {seconds} s: "
        f"{timed / seconds:.1f} a second; {spent:.2f} ms of a process's time and "
        f"{said[0][3]} statements each (the server's time apart)"
    )
    is_right = twice == 0 and draws == total and held.count() == 2 * total
    print(f"held twice: {twice}; trial balance even: {ledger.trial().is_even}; right: {is_right}")
    return 0 if is_right else 1


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    if len(given) > 1:
        draw(int(given[1]), given[0], given[2])
    else:
        sys.exit(main(given[0] if given else 10.0))
