from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.pools import loan, pool_of
from zhirong.parameters.reader import Parameters
from zhirong.securitization.pool import concentration, eligibility, rules, what_if
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.records import ClaimKind, Pool
from zhirong.securitization.pool.rules import PoolRules, Standing

# The eleven loans of the re-enacted plan, in units of ten thousand yuan.
AMOUNTS = (1990, 1800, 1650, 1500, 1400, 1250, 1100, 1000, 850, 710, 550)
ENDS = date(2027, 11, 27)


@pytest.fixture
def published() -> PoolRules:
    return rules.in_force(Parameters(), on=date(2024, 11, 20))


def eleven() -> Pool:
    return pool_of([loan(i, fen=amount * 1_000_000) for i, amount in enumerate(AMOUNTS)])


def changed(pool: Pool, i: int, **claim: Any) -> Pool:
    claims = list(pool.claims)
    claims[i] = replace(claims[i], **claim)
    return replace(pool, claims=tuple(claims))


def standing(pool: Pool, rule: str, subject: str, published: PoolRules) -> Standing:
    found = eligibility.findings(pool, published, plan_ends=ENDS)
    (one,) = [each for each in found if each.rule == rule and each.subject == subject]
    return one.standing


class TestFindings:
    def test_let_the_eleven_firms_pass_with_nothing_to_disclose(self, published: PoolRules) -> None:
        found = eligibility.findings(eleven(), published, plan_ends=ENDS)

        assert {each.standing for each in found} == {Standing.MET}
        assert concentration.top_share(eleven(), 1) == pytest.approx(0.1442, abs=5e-5)
        assert concentration.top_share(eleven(), 5) == pytest.approx(0.604, abs=5e-4)

    @pytest.mark.parametrize(
        ("rule", "change"),
        [
            ("unencumbered", {"encumbered": True}),
            ("not_affiliated", {"affiliated_with_originator": True}),
            ("made_before_cut_off", {"made_on": date(2024, 11, 21)}),
            ("has_pledge", {"collateral_id": None}),
        ],
    )
    def test_name_the_claim_that_breaks_a_rule(
        self, rule: str, change: dict[str, Any], published: PoolRules
    ) -> None:
        pool = changed(eleven(), 3, **change)
        found = eligibility.findings(pool, published, plan_ends=ENDS)

        assert standing(pool, rule, "L003", published) is Standing.BROKEN
        assert standing(pool, rule, "L004", published) is Standing.MET
        assert eligibility.ineligible_claims(found, pool) == {"L003"}

    def test_keep_out_an_industry_of_the_negative_list(self, published: PoolRules) -> None:
        pool = eleven()
        obligors = (replace(pool.obligors[0], industry="K7010"), *pool.obligors[1:])

        broken = standing(
            replace(pool, obligors=obligors), "not_on_negative_list", "L000", published
        )
        assert broken is Standing.BROKEN

    def test_ask_that_the_plan_ends_after_the_claims(self, published: PoolRules) -> None:
        found = eligibility.findings(eleven(), published, plan_ends=date(2025, 11, 19))

        assert len(eligibility.broken(found)) == 11

    @pytest.mark.parametrize(
        ("ends_on", "expected"),
        [(date(2026, 11, 19), Standing.BROKEN), (date(2026, 11, 20), Standing.MET)],
    )
    def test_ask_that_rights_can_still_be_sold(
        self, ends_on: date, expected: Standing, published: PoolRules
    ) -> None:
        pool = eleven()
        first = pool.collateral[0]
        rights = (replace(first.rights[0], ends_on=ends_on),)
        sets = (replace(first, rights=rights), *pool.collateral[1:])

        found = standing(replace(pool, collateral=sets), "rights_outlive_claim", "L000", published)
        assert found is expected

    def test_disclose_above_the_lines_and_refuse_above_the_limit(
        self, published: PoolRules
    ) -> None:
        amounts = (60, 20, *([2] * 10))
        pool = pool_of([loan(i, fen=each * 1_000_000) for i, each in enumerate(amounts)])

        assert standing(pool, "single_share", "F000", published) is Standing.BROKEN
        assert standing(pool, "single_share", "F001", published) is Standing.DISCLOSE
        assert standing(pool, "single_share", "F002", published) is Standing.MET

    def test_count_affiliates_as_one(self, published: PoolRules) -> None:
        pool = eleven()
        obligors = tuple(
            replace(each, group="G" if i < 2 else None) for i, each in enumerate(pool.obligors)
        )
        joined = replace(pool, obligors=obligors)

        assert standing(joined, "group_share", "G", published) is Standing.DISCLOSE
        assert standing(joined, "unrelated_obligors", "", published) is Standing.MET
        fewer = replace(
            joined,
            obligors=tuple(replace(each, group="G") for each in joined.obligors[:3])
            + joined.obligors[3:],
        )
        assert standing(fewer, "unrelated_obligors", "", published) is Standing.BROKEN

    def test_hold_leases_to_their_top_five(self, published: PoolRules) -> None:
        pool = eleven()
        leases = replace(
            pool,
            claims=tuple(
                replace(each, kind=ClaimKind.SALE_AND_LEASE_BACK) for each in pool.claims[:6]
            )
            + pool.claims[6:],
        )

        assert standing(leases, "lease_top_five", "", published) is Standing.BROKEN


class TestSlices:
    @pytest.mark.parametrize("by", list(By))
    def test_sum_to_the_pool(self, by: By) -> None:
        rows = concentration.slices(eleven(), by)

        assert sum(each.share for each in rows) == pytest.approx(1.0)
        assert [each.share for each in rows] == sorted((r.share for r in rows), reverse=True)

    def test_count_equal_names_as_many_as_they_are(self) -> None:
        assert concentration.effective_number(
            pool_of([loan(i) for i in range(7)])
        ) == pytest.approx(7)


class TestWhatIf:
    def test_shows_what_leaves_and_what_breaks(self, published: PoolRules) -> None:
        ten = pool_of([loan(i, fen=a * 1_000_000) for i, a in enumerate(AMOUNTS[:10])])

        change = what_if.without(ten, "F009", published, plan_ends=ENDS)

        assert change.balance_fen == ten.balance_fen - 710 * 1_000_000
        assert ("unrelated_obligors", Standing.BROKEN) in {
            (each.rule, each.standing) for each in change.appeared
        }
        back = what_if.with_one(
            pool_of([loan(i, fen=a * 1_000_000) for i, a in enumerate(AMOUNTS[:9])]),
            ten,
            "F009",
            published,
            plan_ends=ENDS,
        )
        assert {each.rule for each in back.vanished} >= {"unrelated_obligors"}
        assert back.balance_fen == ten.balance_fen
