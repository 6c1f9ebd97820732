"""The cover page of an evidence package, in Chinese first."""

from collections.abc import Mapping

from zhirong.adapters.documents import typesetting
from zhirong.adapters.evidence.manifest import Manifest, entries
from zhirong.adapters.signing.pages import clock_text
from zhirong.application.signing import SignatureCheck, Verification
from zhirong.core.messages import Fact, Message
from zhirong.parameters.reader import catalog

TEMPLATE = "evidence-cover.typ"


def _words(code: str, **facts: Fact) -> str:
    return catalog().text(Message(code, facts), "zh")


def cover(
    manifest: Manifest,
    documents: Mapping[str, bytes],
    *,
    made_at: str,
    issuer: str,
    verified: Mapping[str, Verification],
    is_demonstration: bool,
) -> bytes:
    """The cover as a PDF: number, maker, documents with both hashes and who signed them.

    Args:
        manifest: Its number, title and maker; the list of files is not used, as the cover is one.
        documents: The documents by name.
        made_at: The clock's time in words.
        issuer: Who issued the maker's certificate.
        verified: What was found of each signed PDF, by name.
        is_demonstration: Certificates or clock are of a demonstration.
    """
    facts = {
        "number": manifest.number,
        "made_by": manifest.made_by,
        "made_at": made_at,
        "certificate": issuer,
        "count": _words("evidence.count", count=len(documents)),
    }
    items = [
        {
            "name": item.name,
            "size": _words("evidence.size", size=item.size),
            "sha256": item.sha256,
            "sm3": item.sm3,
            "signatures": [
                _signature(check)
                for check in (verified[item.name].signatures if item.name in verified else ())
            ],
        }
        for item in entries(documents)
    ]
    document = {
        "kind": _words("evidence.kind"),
        "title": manifest.title,
        "number": manifest.number,
        "facts": [
            {"label": _words(f"evidence.label.{name}"), "value": value}
            for name, value in facts.items()
        ],
        "notice": _words("evidence.notice") if is_demonstration else "",
        "documents_heading": _words("evidence.documents_heading"),
        "documents": items,
        "check_heading": _words("evidence.check_heading"),
        "check_lines": [_words("evidence.check_one"), _words("evidence.check_two")],
        "command": _words("evidence.command"),
    }
    return typesetting.typeset(TEMPLATE, document)


def _signature(check: SignatureCheck) -> str:
    when = check.stamp.at if check.stamp else check.claimed_at
    text = _words(
        "evidence.sealed_by" if check.is_stamp else "evidence.signed_by",
        organization=check.organization,
        time=clock_text(when) if when else "",
    )
    return text if check.is_valid else text + _words("evidence.signature_invalid")
