"""Draw-downs at the service, from many processes at once, each asked for twice.

`python -m tools.with_postgresql .venv/bin/python -m benchmarks.platform_draws [SECONDS]`: every
process asks for money and releases it, under facilities of its own and every tenth time under one
that all share; each key is given twice. In the end the ledger says how often money was held.
"""

import os
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

PROCESSES = 2 * (os.cpu_count() or 2)

if __name__ == "__main__" and "ZHIRONG_DATA" not in os.environ:
    os.environ["ZHIRONG_DATA"] = tempfile.mkdtemp(prefix="zhirong-draws-")
os.environ["ZHIRONG_MODE"] = "demonstration"
os.environ["DJANGO_SETTINGS_MODULE"] = "zhirong.platform.settings"

import django  # noqa: E402 - after its settings

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402

from benchmarks.measuring import machine  # noqa: E402
from benchmarks.platform_house import PASSWORD, Filling  # noqa: E402
from zhirong.core.money import Money  # noqa: E402
from zhirong.ledger import chart, plans  # noqa: E402
from zhirong.ledger.transfers import Batch  # noqa: E402
from zhirong.platform.accounts.models import User  # noqa: E402
from zhirong.platform.accounts.rights import Role  # noqa: E402
from zhirong.platform.accounts.services import add_person  # noqa: E402
from zhirong.platform.accounts.viewer import viewer_of  # noqa: E402
from zhirong.platform.ledger import selectors as ledger  # noqa: E402
from zhirong.platform.ledger.models import Transfer  # noqa: E402
from zhirong.platform.ledger.services import book, open_accounts  # noqa: E402
from zhirong.platform.lending import drawing  # noqa: E402
from zhirong.platform.lending.models import DrawDown, Facility  # noqa: E402

MATTERS = 400  # a twentieth of them is registered
YUAN = Money(Decimal(1))


def prepare() -> None:
    """A house with open lines, and an officer at each firm that has one."""
    call_command("migrate", verbosity=0)
    Filling(MATTERS, MATTERS * 10).fill()
    for line in Facility.objects.filter(matter__stage="registered").select_related("matter__firm"):
        open_accounts(chart.of_facility(line.number))
        legs = plans.facility_opened(line.number, limit_fen=line.limit_fen)
        batch = Batch(key=f"facility/{line.number}", on=line.available_from, legs=legs)
        book(batch, matter_id=line.matter_id)
        add_person(line.matter.firm, sign_in_name=f"officer-{line.pk}", name="O",
                   password=PASSWORD, roles=(Role.FIRM_OFFICER,), by=None)  # fmt: skip


def draw(process: int, seconds: float) -> None:
    """Ask and release, each key twice, until the time is over; print how many."""
    manager = viewer_of(User.objects.get(sign_in_name="load-account_manager-0"))
    lines = list(Facility.objects.filter(matter__stage="registered").select_related("matter"))
    shared, own = lines[0], lines[1 + process]
    firms = {
        line.pk: viewer_of(User.objects.get(sign_in_name=f"officer-{line.pk}"))
        for line in (shared, own)
    }
    count, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        line = shared if count % 10 == 0 else own
        request = drawing.DrawRequest(
            key=f"{process}-{count}", amount=YUAN, payee_name="P", payee_account="1"
        )
        number, firm = line.matter.number, firms[line.pk]
        asked = drawing.ask(number, request, actor=firm)
        again = drawing.ask(number, request, actor=firm)
        assert asked.pk == again.pk, "a key draws once"
        drawing.release(asked.number, blocks=(), actor=manager)
        if count % 10 == 0:
            drawing.release(asked.number, blocks=(), actor=manager)
        count += 1
    print(count)


def main(seconds: float) -> int:
    """Fill, draw, count; the exit code is 1 where money was held twice or not at all."""
    prepare()
    begun = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.platform_draws", str(seconds)]
    running = [
        subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True)
        for n in range(PROCESSES)
    ]
    said = [process.communicate()[0] for process in running]
    taken = time.monotonic() - begun
    total = sum(int(text) for text in said)
    held = Transfer.objects.filter(key__startswith="draw/", kind="pending")
    twice = held.values("key", "debit").annotate(rows=Count("id")).filter(rows__gt=1).count()
    draws = DrawDown.objects.filter(state="ordered").count()
    print(machine())
    print(f"load average: {os.getloadavg()}")
    print(
        f"{total} draw-downs asked for twice and released by {PROCESSES} processes in {seconds} s: "
        f"{total / seconds:.1f} a second (with start-up {taken:.1f} s)"
    )
    is_right = twice == 0 and draws == total and held.count() == 2 * total
    print(f"held twice: {twice}; trial balance even: {ledger.trial().is_even}; right: {is_right}")
    return 0 if is_right else 1


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    if len(given) > 1:
        draw(int(given[1]), given[0])
    else:
        sys.exit(main(given[0] if given else 10.0))
