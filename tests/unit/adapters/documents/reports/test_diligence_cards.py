from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit.adapters.documents.reports.sample_diligence import appraisal, flawed, many
from tests.unit.diligence import dossiers
from zhirong.adapters.documents.blocks import Block, Card, SideBySide, Table
from zhirong.adapters.documents.reports.diligence_cards import (
    CARDS_FOR_ALL,
    REMARKS_MAX,
    cards_section,
    own_rights,
    shared_topics,
    short_cards_section,
)
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.adapters.documents.reports.wording import wording_of
from zhirong.core.messages import Language
from zhirong.diligence.records import Dossier
from zhirong.parameters.reader import catalog
from zhirong.rights.events import EventKind


def view_of(dossier: Dossier, lang: Language = "en") -> View:
    result = appraisal(dossier)
    return View(appraisal=result, wording=wording_of(result, words=catalog(), lang=lang))


def cards(blocks: tuple[Block, ...]) -> list[Card]:
    return [block for block in blocks if isinstance(block, Card)]


def drawing(dossier: Dossier) -> str:
    card = next(
        c for c in cards(cards_section(view_of(dossier))) if dossiers.INVENTION[:-1] in c.number
    )
    assert card.timeline is not None
    return card.timeline.svg.decode()


class TestCardsSection:
    def test_gives_each_of_few_rights_a_card(self) -> None:
        shown = cards(cards_section(view_of(flawed())))

        assert len(shown) == len(dossiers.THREE)

    def test_gives_a_card_to_those_of_many_with_findings_of_their_own(self) -> None:
        view = view_of(many(CARDS_FOR_ALL + 28))

        shown = cards(cards_section(view))

        assert [card.number for card in shown] == [view.wording.name(next(iter(view.patents)))]

    def test_names_the_rights_of_a_shared_point_in_full(self) -> None:
        view = view_of(many(CARDS_FOR_ALL + 28))
        table = next(block for block in cards_section(view) if isinstance(block, Table))
        silent = [right for right, p in view.patents.items() if p.evaluation_report is None]

        assert silent
        assert all(view.wording.name(right) in str(table.rows[0].cells) for right in silent)

    def test_says_that_all_checks_of_a_clean_right_passed(self) -> None:
        shown = cards(cards_section(view_of(dossiers.complete())))

        assert all(len(card.remarks) == 1 for card in shown)
        assert "passed" in str(shown[0].remarks[0].title)

    def test_says_that_registration_is_not_known(self) -> None:
        card = cards(cards_section(view_of(dossiers.empty())))[0]

        assert {badge.word for badge in card.badges} == {"Pledge · not known"}


class TestShortCardsSection:
    def test_gives_each_right_without_a_full_card_a_short_one(self) -> None:
        view = view_of(many(CARDS_FOR_ALL + 28))
        full = cards(cards_section(view))
        pairs = [block for block in short_cards_section(view) if isinstance(block, SideBySide)]
        short = [card for pair in pairs for card in cards((pair.left, pair.right))]
        numbers = [card.number.split(" · ")[0] for card in (*full, *short)]

        assert sorted(numbers) == sorted(view.wording.name(right) for right in view.patents)
        assert all(card.timeline is not None for card in short)

    def test_is_left_out_where_each_has_a_full_one(self) -> None:
        assert short_cards_section(view_of(flawed())) == ()


class TestSharedTopics:
    def test_never_takes_a_blocking_failure_as_shared(self) -> None:
        dossier = many(20)
        patents = tuple(p for p in dossier.patents)
        view = view_of(dossiers.complete(patents=patents, debt_term_end=date(2035, 1, 1)))

        shared = {topic.flag.code for topic in shared_topics(view)}

        assert "A4" not in shared
        assert len(own_rights(view, shared_topics(view))) == len(patents)

    def test_orders_rights_by_the_heaviest_of_their_own(self) -> None:
        view = view_of(many(20))
        own = own_rights(view, ())

        assert own[0] == next(iter(view.patents))  # its fee is unpaid
        assert len(own) == 11


class TestTimeline:
    @pytest.mark.parametrize(
        ("entries", "is_blocking"),
        [
            ((EventKind.PLEDGE_REGISTERED,), True),
            ((EventKind.PLEDGE_REGISTERED, EventKind.PLEDGE_CANCELED), False),
        ],
    )
    def test_marks_a_pledge_while_it_runs(
        self, entries: tuple[EventKind, ...], *, is_blocking: bool
    ) -> None:
        made: Any = dossiers.with_event(entries[0])
        first = made.events[0]
        later = first.true_on + timedelta(days=30)
        rest = [replace(first, kind=kind, true_on=later, known_on=later) for kind in entries[1:]]
        red = "#B42318"

        assert (red in drawing(dossiers.complete(events=(first, *rest)))) is is_blocking

    def test_gives_an_application_no_end_of_term(self) -> None:
        made = dossiers.complete()
        pending = replace(made.patents[0], grant_date=None)
        alone = replace(made, patents=(pending,), events=())

        card = cards(cards_section(view_of(alone)))[0]

        assert card.timeline is not None
        assert "filed" in card.timeline.svg.decode()
        assert "term ends" not in card.timeline.svg.decode()

    def test_shows_the_debt_only_where_the_term_ends_before_it(self) -> None:
        late = dossiers.complete(debt_term_end=date(2039, 1, 1))

        assert "debt matures" in drawing(late)
        assert "debt matures" not in drawing(dossiers.complete())


class TestSilentFile:
    def test_keeps_a_card_with_many_open_checks_short(self) -> None:
        view = view_of(dossiers.empty())
        card = cards(cards_section(view))[0]
        open_checks = [f for f in view.findings_by_right[dossiers.MODEL] if f.state == "not_known"]

        assert len(card.remarks) == REMARKS_MAX + 1
        assert str(len(open_checks) - REMARKS_MAX) in str(card.remarks[-1].title)

    def test_marks_a_state_that_no_date_proves(self) -> None:
        facts = {
            pair.label: pair.value
            for pair in cards(cards_section(view_of(dossiers.empty())))[0].facts
        }

        assert "unverified" in str(facts["State"])

    def test_does_not_mark_a_dated_state(self) -> None:
        for card in cards(cards_section(view_of(dossiers.complete()))):
            assert "unverified" not in str({pair.label: pair.value for pair in card.facts}["State"])
