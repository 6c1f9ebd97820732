"""Make the pictures of docs/journeys.md anew: python -m tools.make_journey_pictures.

A demonstration is served and gone through by pages, as tests/browser does; pictures are taken on
the way. Says at the end how many working days the way took from application to money.
"""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser

from tests import plan_way
from tests.served_platform import PHONE, Person, Served, chromium, served
from tests.ways import Way
from tools.run_examples import CHECKOUT

PICTURES = CHECKOUT / "docs" / "pictures" / "journey"
SIZE = {"width": 1120, "height": 720}
COLORS = 64
FIRM, FIRM_NAME, FIRM_ACCOUNT = "firm2", "甬例二号塑业（虚构）有限公司", "6200000000000002"


def take(person: Person, name: str, *, at: str = "", size: dict[str, int] | None = None) -> None:
    """What a person sees, from the top of the page or from the heading `at`, in few colors."""
    page = person.page
    page.set_viewport_size(size or SIZE)  # type: ignore[arg-type]
    page.wait_for_load_state("networkidle")
    if at:
        heading = page.get_by_role("heading", name=at).first
        heading.evaluate("item => window.scrollTo(0, item.getBoundingClientRect().top - 16)")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLORS).save(PICTURES / f"{name}.png", optimize=True)


def go(way: Way) -> int:
    """Go from application to release; gives the working days until money."""
    way.open("购买注塑原料，扩大产能")
    way.apply("500", FIRM_ACCOUNT)
    take(way.at(way.firm), "1-applied", size=PHONE)
    way.appraise()
    take(way.at(way["manager"], "valuation/"), "2-appraised")
    way.propose("订单充足，质押物覆盖大部")
    take(way.at(way["risk2"], "credit/"), "3-four-eyes", at="额度表")
    way.approve()
    way.make_contracts()
    way.sign()
    take(way.at(way.firm, "contract/"), "4-signed")
    way.file()
    way.pass_days("已登记")
    take(way.at(way["clerk"], "registration/"), "5-registered")
    way.prove_fees()
    way.ask_money("500", FIRM_NAME, FIRM_ACCOUNT)
    way.pay_out()
    take(way.at(way["manager"]), "6-paid")
    used = way.working_days_used()
    way.repay_all()
    way.release()
    take(way.at(way.firm), "7-released")
    return used


def go_plan(browser: Browser, platform: Served) -> None:
    """A plan from its files to the reports of its first payment date."""
    arranger, servicer, investor = (
        Person(browser, platform, name) for name in ("arranger", "servicer", "investor")
    )
    number = plan_way.structured(arranger)
    arranger.go(f"/plans/{number}/pool/")
    take(arranger, "plan-1-pool")
    plan_way.let_in(arranger, number)
    plan_way.published(arranger, number)
    arranger.go(f"/plans/{number}/")
    take(arranger, "plan-2-issue", at="发行步骤")
    investor.go(f"/plans/{number}/losses/")
    take(investor, "plan-3-losses", at="各层证券的损失")
    plan_way.reported(servicer, number)
    servicer.go(f"/plans/{number}/payments/")
    take(servicer, "plan-4-payments", at="兑付日")


def make() -> None:
    """Write the pictures to docs/pictures/journey."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, served(Path(folder)) as platform, chromium() as browser:
        go_plan(browser, platform)
        used = go(Way(browser, platform, FIRM))
    print(f"{used} working days from application to money; pictures in {PICTURES}")


if __name__ == "__main__":
    make()
