"""The client's acts on asset-backed plans: of arranger, servicer and investor."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal, cast

import zhirong.client_matters as case
import zhirong.client_plans as deals
from zhirong.client_sending import FIRST_PAUSE, Sender


class PlanClient(Sender):
    """What one person's key can do with asset-backed plans."""

    def plans(self) -> Iterator[deals.PlanLine]:
        """All plans that the organization takes part in, newest first, page after page."""
        page = 1
        while True:
            found = cast("deals.Plans", self._get("/plans", page=page))
            yield from found["items"]
            if page >= found["pages"]:
                return
            page += 1

    def plan(self, number: str) -> deals.Plan:
        """One plan with who takes part and the steps of its issue."""
        return cast("deals.Plan", self._get(f"/plans/{number}"))

    def open_plan(self, title: str, *, key: str | None = None) -> deals.Plan:
        """Open a plan of the own organization as its arranger."""
        return cast("deals.Plan", self._post("/plans", {"title": title}, key=key))

    def let_in(
        self, number: str, identifier: str, part: Literal["servicer", "investor"]
    ) -> list[deals.PlanPart]:
        """Let an organization into a plan."""
        body = {"identifier": identifier, "part": part}
        return cast("list[deals.PlanPart]", self._post(f"/plans/{number}/parts", body))

    def end_part(self, number: str, organization: int) -> list[deals.PlanPart]:
        """An organization that was let in sees the plan no more."""
        path = f"/plans/{number}/parts/{organization}/end"
        return cast("list[deals.PlanPart]", self._post(path))

    def plan_log(self, number: str) -> list[case.Entry]:
        """Every act on a plan that the organization may read, newest first."""
        return cast("list[case.Entry]", self._get(f"/plans/{number}/log"))

    def plan_files(self, number: str) -> list[deals.PlanFile]:
        """Plan file and tape as they stand."""
        return cast("list[deals.PlanFile]", self._get(f"/plans/{number}/files"))

    def give_plan_files(
        self, number: str, *files: Path, key: str | None = None
    ) -> list[deals.PlanFile]:
        """Give plan file and tape, all or none."""
        given = [("files", (path.name, path.read_bytes())) for path in files]
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.send("POST", f"/plans/{number}/files", files=given, headers=headers)
        return cast("list[deals.PlanFile]", answer.json())

    def plan_file(self, number: str, file: int) -> bytes:
        """The bytes of a file that was given or that a run gave."""
        return self.send("GET", f"/plans/{number}/files/{file}").content

    def structure_plan(self, number: str, *, key: str | None = None) -> deals.PlanRun:
        """Start a structure of the files as they stand; wait for its run."""
        return cast("deals.PlanRun", self._post(f"/plans/{number}/structures", key=key))

    def plan_structure(self, number: str) -> deals.PlanStructure | None:
        """What the structure in force found."""
        return cast("deals.PlanStructure | None", self._get(f"/plans/{number}/structure"))

    def report_payment(
        self, number: str, *, payment_on: date, scenario: str, key: str | None = None
    ) -> deals.PlanRun:
        """Start the reports of a payment date; wait for their run."""
        body = {"payment_on": payment_on.isoformat(), "scenario": scenario}
        return cast("deals.PlanRun", self._post(f"/plans/{number}/reports", body, key=key))

    def plan_runs(self, number: str) -> list[deals.PlanRun]:
        """The structures, then the reports, each newest first."""
        return cast("list[deals.PlanRun]", self._get(f"/plans/{number}/runs"))

    def plan_run(self, number: str, run: int) -> deals.PlanRun:
        """One run: its job, its files, or the problems that stopped it."""
        return cast("deals.PlanRun", self._get(f"/plans/{number}/runs/{run}"))

    def wait_for_run(self, number: str, run: int, *, seconds: float = 600.0) -> deals.PlanRun:
        """A run as it ended: done, or failed with its problems.

        Raises:
            TimeoutError: It has not ended within the time.
        """
        waited, pause = 0.0, FIRST_PAUSE
        found = self.plan_run(number, run)
        while found["job"]["is_open"]:
            if waited >= seconds:
                raise TimeoutError(f"Run {run} of {number} is not done after {seconds} s.")
            self._pause(pause)
            waited, pause = waited + pause, min(2 * pause, 5.0)
            found = self.plan_run(number, run)
        return found

    def cancel_plan_run(self, number: str, run: int) -> deals.PlanRun:
        """Ask a run to stop."""
        return cast("deals.PlanRun", self._post(f"/plans/{number}/runs/{run}/cancellation"))

    def publish_plan_run(self, number: str, run: int) -> deals.PlanRun:
        """Let investors read a run; the arranger a structure, the servicer a report."""
        return cast("deals.PlanRun", self._post(f"/plans/{number}/runs/{run}/publication"))

    def finish_plan_step(
        self, number: str, step: str, document: Path, *, note: str = ""
    ) -> deals.Plan:
        """A step of the issue is done, with the document that shows it."""
        given = [("files", (document.name, document.read_bytes()))]
        path = f"/plans/{number}/steps/{step}"
        return cast("deals.Plan", self.send("POST", path, files=given, data={"note": note}).json())
