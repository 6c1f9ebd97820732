"""No page breaks a rule of WCAG 2.1 AA that a machine can see, in either language.

The pages are those of the table of addresses, so a new one is looked at without being named here;
what they hold was left by the other journeys, or is what was prepared for them.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.served_platform import Matters, Person, Served
from tests.unit.platform.security.addresses import addresses, rules

pytestmark = pytest.mark.slow
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
# Addresses that answer with a file, with a part of a page, or to machines.
NO_PAGES = {"health", "ready", "metrics", "clock", "matter-progress", "matter-file", "matter-chart",
            "plan-progress", "plan-file", "plan-chart", "second-factor-first",
            "amount-in-words"}  # fmt: skip
FILES = ("-xlsx", "-pdf")
BY_RIGHT = {
    "apply": "firm3", "check": "manager", "receive": "manager", "approve": "risk", "file": "clerk",
    "administer": "bankadmin", "structure": "arranger", "signed_in": "manager", "follow": "manager",
}  # fmt: skip
OF_A_PLAN = ("arranger", "servicer", "investor")
IN_ENGLISH = "firm4"  # the matter that came furthest; in Chinese all of them
BEYOND = (("firm3", "/api/v1/docs"), ("admin", "/admin/"), ("risk", "/no-such-page/"))


def pages() -> dict[str, str]:
    """Every page that is read by asking: who needs which right, by the name of its address."""
    return {
        rule.name: rule.need[0]
        for rule in rules()
        if rule.method == "get"
        and rule.name in addresses()
        and rule.name not in NO_PAGES
        and not rule.name.endswith(FILES)
    }


def looks(matters: Matters, plan: str) -> Iterator[tuple[str, str]]:
    """Who looks at which path; pages of a matter are looked at by the firm and by the bank."""
    for name, need in pages().items():
        address = addresses()[name]
        if not address.facts:
            yield BY_RIGHT.get(need, ""), address.path({})
        elif address.facts == ("number",):
            for firm, known in matters.items():
                path = address.path({"number": known["number"]})
                yield firm, path
                yield from ((bank, path) for bank in watchers(name))
        elif address.facts == ("plan",):
            yield from ((name, address.path({"plan": plan})) for name in OF_A_PLAN)
    yield from BEYOND


def watchers(name: str) -> tuple[str, ...]:
    """Who of the bank has forms on a page of a matter."""
    return {
        "matter-credit": ("risk", "manager"),
        "matter-registration": ("clerk",),
    }.get(name, ("manager",))


def problems(page: Page) -> list[str]:
    """The rules that a page breaks, each with examples."""
    broken = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{item['id']}: {[node['html'][:160] for node in item['nodes'][:2]]}" for item in broken
    ]


class TestProblems:
    def test_are_seen(self, browser: Browser) -> None:
        page = browser.new_page()
        page.set_content("<html lang='zh'><title>x</title><img src='a.png'><input></html>")
        assert [item.split(":")[0] for item in problems(page)] == ["image-alt", "label"]
        page.close()


@pytest.fixture
def found_here(matters: Matters, plan: str) -> tuple[Matters, str]:
    """What pages are looked at: matters by firm, and a plan."""
    return matters, plan


class TestPages:
    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_break_no_rule(
        self,
        browser: Browser,
        platform: Served,
        found_here: tuple[Matters, str],
        language: str,
    ) -> None:
        matters, plan = found_here
        shown = matters if language != "en" else {IN_ENGLISH: matters[IN_ENGLISH]}
        people: dict[str, Person] = {}
        found: dict[str, list[str]] = {}
        for name, path in looks(shown, plan):
            if name not in people:
                people[name] = reader(browser, platform, name, language)
            page = people[name].page
            people[name].go(path)
            said = page.locator("html").get_attribute("lang") or ""
            assert said.lower() == language, (name, path)
            for problem in problems(page):
                found.setdefault(problem, []).append(f"{name} {path}")
        for person in people.values():
            person.context.close()
        assert found == {}


def reader(browser: Browser, platform: Served, name: str, language: str) -> Person:
    """Somebody who reads in a language; without a name, somebody who is not signed in."""
    person = Person(browser, platform, name, bypass_csp=True)
    person.context.add_cookies(
        [{"name": "django_language", "value": language, "url": platform.address}]
    )
    return person
