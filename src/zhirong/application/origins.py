"""Where a number comes from, in one line: for workbook, reports and command line alike."""

from zhirong.core.messages import Catalog, Language
from zhirong.core.sources import (
    AssumptionOrigin,
    ComputedOrigin,
    FactOrigin,
    LineOrigin,
    Origin,
    ParameterOrigin,
    kind_of,
)


def origin_text(origin: Origin, words: Catalog, lang: Language) -> str:
    """The origin in one line, its kind first."""
    kind = words.label(f"kind.{kind_of(origin)}", lang)
    return f"{kind} \u00b7 {detail(origin, words, lang)}"


def detail(origin: Origin, words: Catalog, lang: Language) -> str:
    """The origin in one line without its kind."""
    match origin:
        case FactOrigin(source=source):
            mark = f" (sha256 {source.sha256[:12]})" if source.sha256 else ""
            return source.place() + mark
        case ParameterOrigin(path=path, source=source, valid_from=start):
            return f"{path} ({start}): {source}"
        case AssumptionOrigin(author=author, reason=reason, source=place):
            where = f" ({place.place()})" if place else ""
            return f"{author}: {reason}{where}"
        case ComputedOrigin(by=by):
            return words.label(f"computed.{by}", lang)
        case LineOrigin(sheet=sheet, line=line):
            return f"{words.label(f'method.{sheet}', lang)} / {words.label(f'line.{line}', lang)}"
