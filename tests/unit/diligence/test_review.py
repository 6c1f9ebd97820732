"""The whole review."""

from tests.unit.diligence.dossiers import complete, empty, with_event
from zhirong.core.codec import decode, encode
from zhirong.diligence.laws import tags, unverified
from zhirong.diligence.review import Review, review
from zhirong.rights.events import EventKind
from zhirong.rights.law import shipped

LAW = shipped()


class TestReview:
    def test_travels_through_the_codec_unchanged(self) -> None:
        for dossier in (complete(), empty(), with_event(EventKind.PLEDGE_REGISTERED)):
            body = encode(review(dossier, law=LAW))

            assert encode(decode(Review, body)) == body

    def test_names_the_sources_that_nobody_confirmed(self) -> None:
        found = review(complete(), law=LAW).unverified_laws

        assert "law.value_validity" in found
        assert "law.patent_14" not in found

    def test_shows_the_sales_beside_what_was_declared(self) -> None:
        assert [gap.year for gap in review(complete(), law=LAW).sales_gaps] == list(
            range(2021, 2026)
        )


class TestUnverified:
    def test_names_each_source_once(self) -> None:
        assert unverified(["law.company_law_15", "law.patent_10", "law.company_law_15"]) == (
            "law.company_law_15",
        )
        assert tags("law.patent_10") == "[S3]"
