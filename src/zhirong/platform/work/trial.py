"""A demonstration that is started only to see that it works: looked at as people look at it.

It knows no framework: it reads pages over HTTP, as a browser without scripts does.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from zhirong.core.errors import StateError
from zhirong.core.messages import Fact
from zhirong.platform.work.supervisor import wait_until_healthy

PATIENCE = 180.0  # seconds until relay and worker are there, on a machine that is busy
PAGE_SECONDS = 60.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BANK = re.compile(r'<option value="(\d+)"')
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
EVEN, SEALED = "zhirong_ledger_even 1", "zhirong_log_unsealed 0"


class TrialError(StateError):
    """The platform runs, but a page does not show what it should."""

    code = "error.trial"

    def __init__(self, page: str, *, problem: str) -> None:
        super().__init__(f"{page}: {problem}", page=page, problem=problem)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the address it came from in the end, and its text."""

    address: str
    text: str

    @property
    def path(self) -> str:
        """Its address without the host."""
        return urlsplit(self.address).path

    def first(self, pattern: re.Pattern[str]) -> str:
        """What a pattern finds first.

        Raises:
            TrialError: Nothing.
        """
        found = pattern.search(self.text)
        if found is None:
            raise TrialError(self.path, problem=f"nothing like {pattern.pattern} on the page")
        return unescape(found[1])


class Visitor:
    """Somebody with a browser of an own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        """A page.

        Raises:
            TrialError: It did not come.
        """
        return self._open(Request(urljoin(self.address, path)))  # noqa: S310 - our own address

    def send(self, page: Page, path: str, fields: Mapping[str, str]) -> Page:
        """What comes back for a form of a page.

        Raises:
            TrialError: It was refused.
        """
        filled = {"csrfmiddlewaretoken": page.first(TOKEN), **fields}
        body = urlencode(filled).encode("ascii")
        return self._open(Request(urljoin(self.address, path), data=body))  # noqa: S310 - as above

    def _open(self, request: Request) -> Page:
        path = urlsplit(request.full_url).path
        try:
            with self._opener.open(request, timeout=PAGE_SECONDS) as answer:
                return Page(answer.geturl(), answer.read().decode("utf-8", "replace"))
        except HTTPError as refused:
            raise TrialError(path, problem=f"status {refused.code}") from refused
        except (URLError, OSError) as away:
            raise TrialError(path, problem=str(away)) from away

    def sign_in(self, name: str, password: str) -> Page:
        """The own desk.

        Raises:
            TrialError: Not let in.
        """
        entrance = self.get("/sign-in/")
        desk = self.send(entrance, "/sign-in/", {"name": name, "password": password})
        if desk.path == "/sign-in/":
            raise TrialError("/sign-in/", problem=f"{name} is not let in")
        return desk


def look(
    address: str, content: Mapping[str, Sequence[Mapping[str, object]]], password: str
) -> Iterator[tuple[str, Mapping[str, Fact]]]:
    """Look at a demonstration; gives what was found good, as codes of words with facts.

    Args:
        address: Where it is.
        content: The shipped list of organizations and people.
        password: Of all people.

    Raises:
        TrialError: Something is not as it should be.
    """
    if not wait_until_healthy(f"{address}health/ready/", seconds=PATIENCE):
        raise TrialError("/health/ready/", problem=Visitor(address).get("/health/ready/").text)
    yield "trial.ready", {}
    names = [str(person["sign_in_name"]) for person in content["people"]]
    entrance = Visitor(address).get("/sign-in/")
    _holds(entrance, *names)
    style = entrance.first(STYLE)
    if "{" not in Visitor(address).get(style).text:
        raise TrialError(style, problem="no style sheet")
    yield "trial.first_page", {"people": len(names)}
    for name in _one_each(content["people"]):
        desk = Visitor(address).sign_in(name, password)
        yield "trial.desk", {"name": name, "page": desk.path}
    yield "trial.example", _example(Visitor(address), names[0], password)
    _until("/metrics/", lambda: Visitor(address).get("/metrics/").text, (EVEN, SEALED))
    yield "trial.sealed", {}


def _one_each(people: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """A sign-in name for each role."""
    chosen = {str(person["roles"]): str(person["sign_in_name"]) for person in reversed(people)}
    return tuple(reversed(chosen.values()))


def _example(firm: Visitor, name: str, password: str) -> Mapping[str, Fact]:
    """A firm opens a matter, gives its example files by one press, and sees them."""
    firm.sign_in(name, password)
    form = firm.get("/firm/open/")
    files = firm.send(form, "/firm/open/", {"title": "trial", "bank": form.first(BANK)})
    matter = files.path.removesuffix("files/")
    given = firm.send(files, f"{files.path}example/", {})
    _holds(given, ".xlsx")
    _holds(firm.get(matter), "trial")
    return {"matter": matter.rstrip("/").rpartition("/")[2], "page": given.path}


def _holds(page: Page, *words: str) -> None:
    missing = [word for word in words if word not in page.text]
    if missing:
        raise TrialError(page.path, problem=f"{', '.join(missing)} missing on the page")


def _until(page: str, read: Callable[[], str], words: Sequence[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not all(word in read().splitlines() for word in words):
        if time.monotonic() > deadline:
            raise TrialError(page, problem=f"not {', '.join(words)}")
        time.sleep(0.5)
