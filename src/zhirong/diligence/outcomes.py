"""The three things that a check can say, and what it rests on."""

from zhirong.core.messages import Fact
from zhirong.diligence.records import Evidence, Outcome, Reply, Severity, State
from zhirong.rights.events import RegisterEvent
from zhirong.rights.records import Patent


def of_patent(patent: Patent, fact: str) -> Evidence:
    """A fact of the patent as evidence."""
    source = patent.source_of(fact)
    return Evidence(fact=fact, reference=patent.app_no, on=patent.as_of, source=source)


def of_event(event: RegisterEvent) -> Evidence:
    """A register event as evidence."""
    return Evidence(
        fact=str(event.kind),
        reference=event.reference or event.code or "",
        on=event.true_on,
        source=event.source,
    )


def of_reply(reply: Reply) -> Evidence:
    """An answer as evidence."""
    return Evidence(
        fact="reply",
        reference=reply.document or reply.question,
        on=reply.answered_on,
        source=reply.source,
    )


def passes(*evidence: Evidence, text: str = "pass", **facts: Fact) -> Outcome:
    """The check is met, by the evidence."""
    return Outcome(state=State.PASS, text=text, evidence=evidence, facts=facts)


def fails(
    *evidence: Evidence,
    text: str = "fail",
    condition: str = "",
    severity: Severity | None = None,
    **facts: Fact,
) -> Outcome:
    """The check is not met; `condition` is what would mend it or make it bearable."""
    return Outcome(
        state=State.FAIL,
        text=text,
        evidence=evidence,
        facts=facts,
        condition=condition,
        severity=severity,
    )


def is_silent(
    *evidence: Evidence,
    text: str = "not_known",
    condition: str = "",
    severity: Severity | None = None,
    **facts: Fact,
) -> Outcome:
    """The file does not say."""
    return Outcome(
        state=State.NOT_KNOWN,
        text=text,
        evidence=evidence,
        facts=facts,
        condition=condition,
        severity=severity,
    )
