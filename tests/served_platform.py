"""The platform as a person meets it: all its processes, and a browser in front."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import CHECKOUT
from zhirong.platform.work.supervisor import free_port

PASSWORD = "zhirong-demo-2026"  # noqa: S105 - of a demonstration, printed on its first page
READY_SECONDS, WORK_SECONDS, PREPARATION_SECONDS = 120, 120, 300
Matters = dict[str, dict[str, Any]]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 375, "height": 812}


@dataclass
class Served:
    """A running demonstration: its address, its folder, its supervisor."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]
    known: dict[str, Any] = field(default_factory=dict)  # who signed in before, and stays so

    def children(self, word: str) -> list[int]:
        """The process numbers of children whose command holds a word."""
        found = []
        for place in Path("/proc").iterdir():
            if not place.name.isdigit():
                continue
            try:
                command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (place / "environ").read_bytes()
            except OSError:
                continue
            if word in command and str(self.data).encode() in environment:
                found.append(int(place.name))
        return found

    def kill(self, word: str) -> None:
        """Kill children at once, as a machine that fails would."""
        for number in self.children(word):
            os.kill(number, signal.SIGKILL)

    def environment(self) -> dict[str, str]:
        """What the platform's own processes are told: addresses, folders, mode."""
        (web, *_) = self.children("zhirong.platform.wsgi")
        told = Path(f"/proc/{web}/environ").read_bytes().decode().split("\0")
        return dict(pair.split("=", 1) for pair in told if "=" in pair)

    def day(self) -> date:
        """The day on which the platform stands."""
        told = httpx.get(f"{self.address}/clock/", timeout=20).raise_for_status().json()
        return date.fromisoformat(told["today"])

    def office(self, lever: str, **body: object) -> None:
        """Pull a lever of the trial office."""
        address = f"{self.environment()['ZHIRONG_OFFICE_URL']}/control/{lever}"
        httpx.post(address, json=body, timeout=20).raise_for_status()

    def prepare(self, *orders: str) -> "Preparation":
        """Begin to bring matters by the services, to `firm:stage:amount in 10,000` each."""
        begin = "import django; django.setup(); from tests import prepared_matters as p; p.main()"
        told = {**self.environment(), "DJANGO_SETTINGS_MODULE": "zhirong.platform.settings"}
        process = subprocess.Popen(
            [sys.executable, "-c", begin, *orders],
            env=told, cwd=CHECKOUT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        return Preparation(process)

    def has_work(self) -> bool:
        """Whether work that was asked for still waits."""
        question = "SELECT 1 FROM operations_outbox WHERE done_at IS NULL AND failed_at IS NULL"
        with closing(self._database()) as line:
            return line.execute(question).fetchone() is not None

    def day_in_log(self, matter: str, stage: str) -> date:
        """The day on which the action log says that a matter reached a stage."""
        question = """
            SELECT entry."on" FROM operations_logentry AS entry
            JOIN matters_matter AS matter ON matter.id = entry.matter_id
            WHERE entry.action = 'stage_reached' AND matter.number = ?
            AND json_extract(entry.facts, '$.stage') = ?"""
        with closing(self._database()) as line:
            ((day,),) = line.execute(question, (matter, f"stage.{stage}")).fetchall()
        return date.fromisoformat(day)

    def _database(self) -> sqlite3.Connection:
        file = f"file:{self.data / 'platform.sqlite'}?mode=ro"
        return sqlite3.connect(file, uri=True, timeout=20)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.address}/health/", timeout=2) as answer:  # noqa: S310
                    if json.load(answer)["status"] == "ok":
                        return
            except (URLError, OSError, ValueError):
                time.sleep(0.2)
        raise AssertionError("the platform does not answer")


@dataclass
class Preparation:
    """Matters that are being brought, beside whatever else goes on."""

    process: subprocess.Popen[str]
    made: Matters = field(default_factory=dict)

    def matters(self) -> Matters:
        """By firm: the matter's number, and its first right once it is signed."""
        if not self.made:
            told, problem = self.process.communicate(timeout=PREPARATION_SECONDS)
            assert self.process.returncode == 0, problem
            self.made = json.loads(told)
        return self.made

    def end(self) -> None:
        """Leave what nobody asked for."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


@contextmanager
def served(data: Path) -> Iterator[Served]:
    """A demonstration on a free port, ended with all its children."""
    port = free_port()
    command = [
        sys.executable, "-m", "zhirong", "serve", "--demonstration", "--sandbox-control",
        "--data", str(data), "--examples", str(CHECKOUT / "examples"), "--port", str(port),
    ]  # fmt: skip
    environment = {**os.environ, "ZHIRONG_DATA": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with (data / "served.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    running = Served(f"http://127.0.0.1:{port}", data, process)
    try:
        running.wait_until_ready()
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's browser."""
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    assert place, "tools/install_system_packages.sh installs the browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])
        yield browser
        browser.close()


class Person:
    """Somebody at the platform: an own browser context, signed in."""

    def __init__(self, browser: Browser, served: Served, name: str, **options: object) -> None:
        self.served, self.name = served, name
        self.context: BrowserContext = browser.new_context(
            viewport=options.get("viewport", DESKTOP),  # type: ignore[arg-type]
            bypass_csp=bool(options.get("bypass_csp")),
            accept_downloads=True,
            storage_state=served.known.get(name),
        )
        self.page: Page = self.context.new_page()
        if name and name not in served.known:
            self.sign_in()
            served.known[name] = self.context.storage_state()

    def sign_in(self) -> None:
        self.go("/sign-in/")
        self.page.get_by_label("登录名", exact=True).fill(self.name)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_load_state()

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.served.address}{path}")
        assert answer is not None

    def press(self, words: str) -> None:
        """Press a button or follow a link by its words, and the second factor where asked."""
        found = self.page.get_by_role("button", name=words, exact=True)
        if not found.count():
            found = self.page.get_by_role("link", name=words, exact=True)
        assert found.count(), f"no {words} here: {self.page.locator('body').inner_text()}"
        found.first.click()
        self.page.wait_for_load_state()
        self.prove()

    def prove(self) -> None:
        """Give the second factor that a demonstration shows on the page itself."""
        field = self.page.locator("input[name=second_factor_code]")
        if field.count() and field.is_visible():
            shown = re.search(r"\d{6}", self.page.locator(".attention").first.inner_text())
            assert shown, "a demonstration shows the code"
            field.fill(shown[0])
            self.page.locator("form.sheet button.main").click()
            self.page.wait_for_load_state()

    def until(self, path: str, words: str) -> None:
        """Look at a page again and again until it says something."""
        deadline = time.monotonic() + WORK_SECONDS
        while time.monotonic() < deadline:
            self.go(path)
            if words in self.page.locator("main").inner_text():
                return
            time.sleep(0.5)
        raise AssertionError(f"{path} does not say {words}")

    def picture(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(path), full_page=True)
