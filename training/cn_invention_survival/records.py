"""The public records of Chinese inventions filed about 2000, cleaned for a fit or a judgment.

Cleaning looks at the end of a right only to find its label; no label enters a feature.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from zhirong.valuation.survival_inputs import SurvivalFeatures, age_years

FILE = "applications.parquet"
FOLDER = "cn_invention_life_2000_2002"
OBSERVED_UNTIL = date(2017, 8, 25)
SPLIT = date(2001, 7, 1)
TERM_YEARS = 20
# The gazette announces an unpaid fee 13 to 15 months after it fell due (6 months of grace, then
# the office's notices); of all ends, none is announced before 12 months have passed.
EARLIEST_ANNOUNCEMENT_YEARS = 1.0
# A fee counts as paid only where an unpaid one would have been announced before the record ends.
LATEST_ANNOUNCEMENT_YEARS = 1.5
IN_FORCE, NOT_IN_FORCE = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application that the source calls granted; counts and flags as in the data's README."""

    number: str
    filed: date
    granted: date | None
    announced: date | None
    waived: date | None
    status: int
    main_ipc: str
    flags: tuple[float, float, float, float, float, float]
    claims: float
    inventors: float
    ipc_symbols: float

    @property
    def is_domestic(self) -> bool:
        """Whether the first applicant is from China."""
        return self.flags[0] == 1

    @property
    def grant_age(self) -> float:
        """Years from filing to grant, NaN where the right was never granted."""
        return age_years(self.filed, on=self.granted) if self.granted else float("nan")

    @property
    def announced_age(self) -> float:
        """Years from filing to the announcement of the end; infinite where there is none."""
        return age_years(self.filed, on=self.announced) if self.announced else float("inf")

    @property
    def unpaid_fee_year(self) -> int | None:
        """Number of the anniversary whose fee was not paid; None where none is known.

        A right announced as ended at its full term was paid for to the end.
        """
        if self.announced is None or self.announced_age >= TERM_YEARS:
            return None
        return int(np.floor(self.announced_age - EARLIEST_ANNOUNCEMENT_YEARS))

    @property
    def is_right_of_known_end(self) -> bool:
        """Whether it became a right, and its status agrees with its dates.

        Applications allowed but waived at the grant fee never were rights. Without a date of the
        end a right not in force cannot be placed; with one, a right in force contradicts itself.
        """
        if self.granted is None:
            return False
        return (self.announced is None) == (self.status == IN_FORCE)


def read(data: Path) -> tuple[Application, ...]:
    """The applications that the source calls granted, by application number.

    Args:
        data: The folder that holds the public data, or the data set's own folder.
    """
    rows = pq.read_table(parquet(data)).to_pylist()
    granted = (_application(row) for row in rows if row["outcome"] == "granted")
    return tuple(sorted(granted, key=lambda item: item.number))


def parquet(data: Path) -> Path:
    """Where the file lies under the folder given."""
    return data / FILE if (data / FILE).is_file() else data / FOLDER / FILE


def fingerprint(data: Path) -> str:
    """SHA-256 of the file that was read."""
    return hashlib.sha256(parquet(data).read_bytes()).hexdigest()


def _application(row: dict[str, object]) -> Application:
    flags = ("domestic", "has_company", "has_university", "has_priority", "is_pct", "has_agency")
    return Application(
        number=str(row["application_number"]),
        filed=row["filing_date"],
        granted=row["grant_date"],
        announced=row["terminated_date"],
        waived=row["right_waived_date"],
        status=row["status_code"],
        main_ipc=str(row["main_ipc"]),
        flags=tuple(float(row[name]) for name in flags),
        claims=float(row["n_claims"]),
        inventors=float(row["n_inventors"]),
        ipc_symbols=float(row["n_ipc"]),
    )


def features(
    applications: Sequence[Application], *, with_grant_date: bool = True
) -> SurvivalFeatures:
    """What an export would say about them; the grant date left unknown where asked."""
    flags = np.array([item.flags for item in applications])
    lag = [item.grant_age if with_grant_date else np.nan for item in applications]
    return SurvivalFeatures(
        is_invention=np.ones(len(applications), dtype=np.bool_),
        is_domestic=flags[:, 0],
        has_company=flags[:, 1],
        has_university=flags[:, 2],
        has_priority=flags[:, 3],
        is_pct=flags[:, 4],
        has_agency=flags[:, 5],
        claims=np.array([item.claims for item in applications]),
        inventors=np.array([item.inventors for item in applications]),
        ipc_symbols=np.array([item.ipc_symbols for item in applications]),
        main_ipc=tuple(item.main_ipc for item in applications),
        grant_lag_years=np.array(lag),
    )
