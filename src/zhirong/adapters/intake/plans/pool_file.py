"""A pool as JSON, as another system hands it over: the records themselves, no headings to guess."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from zhirong.core.codec import CodecError, canonical, decode, encode
from zhirong.core.errors import InputError
from zhirong.securitization.pool.records import Pool

SUFFIX = ".json"


class PoolFileError(InputError):
    """A JSON file that holds no pool, or one of another cut-off day."""

    code = "error.plans.pool_file"


def pool_bytes(pool: Pool) -> bytes:
    """The pool as canonical JSON."""
    return canonical(encode(pool))


def read_pool_file(path: Path, cut_off: date) -> tuple[Pool, Mapping[str, str]]:
    """The pool, and the place of each claim in the list.

    Raises:
        PoolFileError: The file is no pool, or not of the plan's cut-off day.
    """
    try:
        pool: Pool = decode(Pool, json.loads(path.read_bytes()))
    except (CodecError, ValueError, TypeError, KeyError) as wrong:
        raise PoolFileError(
            f"{path.name} holds no pool.", name=path.name, detail=str(wrong)
        ) from None
    if pool.cut_off != cut_off:
        detail = f"{pool.cut_off} / {cut_off}"
        raise PoolFileError(f"{path.name} is of {pool.cut_off}.", name=path.name, detail=detail)
    rows = {
        claim.claim_id: f"{path.name}, claims[{place}]" for place, claim in enumerate(pool.claims)
    }
    return pool, rows
