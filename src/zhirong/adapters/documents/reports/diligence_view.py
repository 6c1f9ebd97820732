"""What all sections of the due-diligence report look up: rights by number, findings in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zhirong.adapters.documents.blocks import Span
from zhirong.adapters.documents.reports.wording import Wording
from zhirong.application.case.questions import Question
from zhirong.application.diligence_result import (
    ConditionRecord,
    DiligenceResult,
    FindingRecord,
    FlagRecord,
    RegistrabilityRecord,
    RightStanding,
)
from zhirong.application.result import Appraisal
from zhirong.core.messages import Fact, Message
from zhirong.diligence.laws import unverified
from zhirong.parameters.reader import table
from zhirong.rights.events import RegisterEvent
from zhirong.rights.records import Patent, PatentKind
from zhirong.rights.status import ALIVE

FAIL, NOT_KNOWN, PASS = "fail", "not_known", "pass"
SEVERITIES = ("block", "high", "medium", "note")
ANSWERS = ("yes", "conditional", "no", "not_known")
UNDATED = "check.A4.not_known_status"
ASSUMPTION = "assumption:"
_KINDS = tuple(PatentKind)
_NAMED = 3
_TITLE_MAX = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A flag in words: each distinct text with the subjects that it is about."""

    flag: FlagRecord
    texts: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[FindingRecord, ...]

    @property
    def is_open(self) -> bool:
        """Whether the file is silent."""
        return self.flag.state == NOT_KNOWN


@dataclass(frozen=True, kw_only=True)
class View:
    """An appraisal with its look-ups; not a record to keep, so without slots."""

    appraisal: Appraisal
    wording: Wording

    @property
    def result(self) -> DiligenceResult:
        """What due diligence gave."""
        return self.appraisal.diligence

    @property
    def is_pledge(self) -> bool:
        """Whether a pledge is the purpose."""
        return self.appraisal.options.purpose == "pledge"

    @property
    def main_use(self) -> str:
        """The use that a reader asks about: the registration of a pledge, else the value."""
        return "register" if self.is_pledge else "value"

    def main_answer(self, right: str) -> str:
        """Whether a right is open to the use that is asked about."""
        answer: str = getattr(self.gates[right], self.main_use)
        return answer

    def main_rules(self, right: str) -> tuple[Message, ...]:
        """The rules that decide on the use that is asked about."""
        gate = self.gates[right]
        if self.is_pledge:
            return gate.decided_by
        limits = (item.decided_by for item in gate.limits if item.use == self.main_use)
        return next(limits, (Message(f"gate.row.{self.standings[right].state}"),))

    @cached_property
    def patents(self) -> Mapping[str, Patent]:
        """The patents by number: kind by kind, in the order of the file."""
        ordered = sorted(self.appraisal.case.patents, key=lambda one: _KINDS.index(one.kind))
        return {patent.app_no: patent for patent in ordered}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What due diligence asks the firm; questions on assumptions are the valuation's."""
        return tuple(q for q in self.appraisal.questions if not q.code.startswith(ASSUMPTION))

    @cached_property
    def standings(self) -> Mapping[str, RightStanding]:
        """Where each right stands."""
        return {item.right: item for item in self.result.rights}

    @cached_property
    def gates(self) -> Mapping[str, RegistrabilityRecord]:
        """What each right may be used for."""
        return {item.right: item for item in self.result.registrability}

    @cached_property
    def living(self) -> tuple[RightStanding, ...]:
        """The rights in force, fee grace included."""
        return tuple(item for item in self.result.rights if item.state in ALIVE)

    @cached_property
    def undated(self) -> frozenset[str]:
        """The rights whose legal status the file does not date."""
        return frozenset(f.subject for f in self.result.findings if f.message.code == UNDATED)

    @cached_property
    def answers(self) -> Mapping[str, Counter[str]]:
        """How many rights have each answer, by use."""
        uses = ("value", "register", "disburse", "insure", "pool")
        return {use: Counter(getattr(g, use) for g in self.result.registrability) for use in uses}

    @cached_property
    def findings_by_right(self) -> Mapping[str, tuple[FindingRecord, ...]]:
        """The findings of each right, passed ones included."""
        found: dict[str, list[FindingRecord]] = {number: [] for number in self.patents}
        for item in self.result.findings:
            if item.subject in found:
                found[item.subject].append(item)
        return {number: tuple(items) for number, items in found.items()}

    @cached_property
    def events(self) -> Mapping[str, tuple[RegisterEvent, ...]]:
        """The register events of each right, by day."""
        found: dict[str, list[RegisterEvent]] = {number: [] for number in self.patents}
        for item in sorted(self.appraisal.case.events, key=lambda e: (e.true_on, str(e.kind))):
            if item.right in found and item.known_on <= self.appraisal.options.report_date:
                found[item.right].append(item)
        return {number: tuple(items) for number, items in found.items()}

    @cached_property
    def red(self) -> tuple[Topic, ...]:
        """What failed, heaviest first."""
        return tuple(self._topic(flag) for flag in self.result.red_flags)

    @cached_property
    def open(self) -> tuple[Topic, ...]:
        """What is not known, heaviest first."""
        return tuple(self._topic(flag) for flag in self.result.open_points)

    @cached_property
    def asked(self) -> tuple[ConditionRecord, ...]:
        """The recommended conditions, those of one wording together, heaviest first."""
        told: dict[str, list[ConditionRecord]] = {}
        for item in self.result.asked:
            told.setdefault(self.wording.message(item.message), []).append(item)
        return tuple(_joined(items) for items in told.values())

    def _topic(self, flag: FlagRecord) -> Topic:
        subjects = set(flag.subjects) or {""}
        mine = [
            item
            for item in self.result.findings
            if (item.code, item.state, item.severity) == (flag.code, flag.state, flag.severity)
            and item.message.code == flag.message.code
            and item.subject in subjects
        ]
        texts: dict[str, list[str]] = {}
        for item in mine:
            texts.setdefault(self.wording.message(item.message), []).append(item.subject)
        told = tuple((text, tuple(s for s in who if s)) for text, who in texts.items())
        return Topic(flag=flag, texts=told, findings=tuple(mine))

    def say(self, code: str, **facts: Fact) -> str:
        """Words of this report."""
        return self.wording.say(f"dd.{code}", **facts)

    def joined(self, parts: Iterable[str]) -> str:
        """Names in a row."""
        return self.say("comma").join(parts)

    def subjects(self, subjects: Sequence[str]) -> str:
        """Who something is about, in a few words."""
        if not subjects:
            return self.say("subject.firm")
        names = [self.wording.name(subject) for subject in subjects]
        if len(names) <= _NAMED:
            return self.joined(names)
        if len(names) == len(self.patents):
            return self.say("subject.all", count=len(names))
        return self.say("subject.more", names=self.joined(names[:2]), count=len(names))

    def verdict(self, title: Message, code: str, state: str) -> str:
        """A check by its title and code, with what became of it.

        Titles say what is wanted; without the result they would read as if it were so.
        """
        result = self.wording.label(f"finding.{state}")
        return self.say("verdict", title=self.wording.message(title), check=code, result=result)

    def one_line(self, right: str) -> str:
        """A right's number with the beginning of its title."""
        title = self.patents[right].title
        cut = title if len(title) <= _TITLE_MAX else title[: _TITLE_MAX - 1] + "…"
        return f"{self.wording.name(right)}  {cut}"

    def law(self, code: str) -> str:
        """A legal source in words, marked where nobody confirmed it."""
        mark = self.wording.mark("unverified") if self._is_unverified(code) else ""
        return self.wording.label(code) + mark

    def _is_unverified(self, code: str) -> bool:
        spoken = self.wording.words.spoken(code)
        return bool(unverified([spoken])) if spoken != code else code in self.result.unverified_laws

    @cached_property
    def unverified_laws(self) -> tuple[str, ...]:
        """The sources of the checks that nobody confirmed, in the words of this report's reader."""
        laws = dict.fromkeys(item.law for item in self.result.findings)
        said = (self.wording.label(law) for law in laws if self._is_unverified(law))
        return tuple(dict.fromkeys(said))

    def rule(self, rule: Message) -> str:
        """A deciding rule in words, without its source."""
        return self.wording.label(rule.code)

    def short_state(self, standing: RightStanding) -> str:
        """A legal state in the few words of the table of rules, marked where it is undated."""
        text = self.wording.label(f"gate.row.{standing.state}")
        text = text[:1].upper() + text[1:]
        mark = self.wording.mark("unverified")
        return f"{text}\n{mark}" if standing.right in self.undated else text

    def named(self, names: Sequence[str], most: int) -> str:
        """The first names, and how many there are."""
        if len(names) <= most:
            return self.joined(names)
        return self.say("first_of", names=self.joined(names[:most]), count=len(names))

    def answer(self, answer: str) -> str:
        """An answer as to a use; what is not known is marked."""
        if answer == NOT_KNOWN:
            return self.say("unknown")
        return self.wording.label(f"gate.answer.{answer}")

    def answer_cell(self, answer: str) -> str | Span:
        """An answer for a table: bold unless yes."""
        text = self.answer(answer)
        return text if answer in {"yes", NOT_KNOWN} else Span(text, bold=True)

    def word(self, choice: str, code: str | None) -> str:
        """The words of a code of the intake's vocabulary; as written where it is none."""
        if not code:
            return self.say("unknown")
        entry = table("intake_words")["choices"][choice].get(code)
        return str(entry[self.wording.lang]) if entry else code

    def yes_no(self, value: bool | None) -> str:  # noqa: FBT001 - a fact of the file, not a switch
        """Yes, no or not known."""
        return self.say("unknown") if value is None else self.say("yes" if value else "no")

    def known(self, text: str | None) -> str:
        """A text, or the mark of what is not known."""
        return text or self.say("unknown")


def _joined(items: Sequence[ConditionRecord]) -> ConditionRecord:
    """Conditions of one wording as one: the first is the heaviest."""
    checks = dict.fromkeys(check for item in items for check in item.checks)
    subjects = dict.fromkeys(subject for item in items for subject in item.subjects)
    return replace(items[0], checks=tuple(checks), subjects=tuple(subjects))
