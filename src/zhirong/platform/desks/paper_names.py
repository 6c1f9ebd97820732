"""What a paper that the house made is, in words; its file's own name says it to machines."""

import re

from zhirong.platform.words import say, words

_ACT = re.compile(r"-(?:establish|cancel|change-\d+|extend-\d+)-(?P<kind>[a-z0-9-]+)$")
_COUNT = re.compile(r"-(\d+)$")
# Of uses whose files are all of one kind.
_OF_USE = {"notice": "paper.notice", "deed": "filing.document.main_contract"}


def paper_name(name: str, use: str) -> str:
    """The words of a made file; its own name where nothing is known of it.

    >>> paper_name("unknown.bin", "other")
    'unknown.bin'
    """
    stem, *endings = name.split(".")
    kind = stem.replace("-", "_")
    if words().has(f"report.{kind}"):
        said = say(f"report.{kind}")
        return say("paper.in_english", {"paper": said}) if "en" in endings else said
    found = _ACT.search(stem)
    kind = (_COUNT.sub("", found["kind"]) if found else stem).replace("-", "_")
    if kind.endswith("manifest") or stem.endswith("manifest"):
        return say("paper.manifest")
    if words().has(f"filing.document.{kind}"):
        return say(f"filing.document.{kind}")
    return say(_OF_USE[use]) if use in _OF_USE and not found else name
