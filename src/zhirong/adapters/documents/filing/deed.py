"""A deed: what people sign. Title, number, clauses and blocks; and the step to PDF bytes."""

from dataclasses import dataclass, field
from datetime import date

from zhirong.adapters.documents import typesetting
from zhirong.adapters.documents.blocks import Block, Pair, Pairs, SignaturePlace, Signatures
from zhirong.adapters.documents.document import RunningLines, Words, plain
from zhirong.adapters.documents.filing import amounts
from zhirong.core.messages import Catalog, Fact, Language, Message, format_fact
from zhirong.filing.forms import Party
from zhirong.parameters.reader import catalog

TEMPLATE = "deed.typ"
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """An article of a contract: its number in words, its title, its paragraphs with their marks."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A document for signature. `watermark` is empty: what is signed bears none."""

    title: str
    subtitle: str
    author: str
    language: Language
    issued_on: date
    running: RunningLines
    words: Words
    body: tuple[Block | Clause, ...]
    watermark: str = ""


def to_pdf(deed: Deed) -> bytes:
    """The deed as a PDF (PDF/A-2b); the same deed gives the same bytes.

    Raises:
        TypesettingError: A block holds what its template cannot set.
    """
    return typesetting.typeset(TEMPLATE, plain(deed))


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of one deed, in one language."""

    lang: Language
    words: Catalog = field(default_factory=catalog)

    def say(self, code: str, **facts: Fact) -> str:
        """A text of the catalog filled with facts; a figure and its sign stay on one line."""
        return self.words.text(Message(code, facts), self.lang).replace(" %", NO_BREAK + "%")

    def day(self, day: date | None) -> str:
        """A day in prose; a blank to be filled in where there is none yet."""
        return self.say("deed.blank_day") if day is None else format_fact(day, "date", self.lang)

    def yuan(self, fen: int | None) -> str:
        """An amount in yuan with fen; a blank where there is none yet."""
        if fen is None:
            return self.say("deed.blank")
        return format_fact(f"{fen // 100}.{fen % 100:02d}", "yuan", self.lang)

    def amount(self, fen: int | None) -> str:
        """An amount as contracts write it: in Chinese in words as well, so that none is changed."""
        if fen is None or self.lang == "en":
            return self.yuan(fen)
        words = amounts.in_words(fen, signs=self.say("deed.amount_signs"))
        return self.say("deed.amount", words=words, figures=f"{fen // 100:,}.{fen % 100:02d}")

    def joined(self, items: tuple[str, ...]) -> str:
        """Several words, as the language lists them."""
        return format_fact(items, "", self.lang)

    def clauses(self, *articles: tuple[str, tuple[str, ...]]) -> tuple[Clause, ...]:
        """Articles in order, each with its number in words."""
        return tuple(
            Clause(
                number=self.say("deed.article", number=self._number(place)),
                title=title,
                paragraphs=paragraphs,
                marks=tuple(f"{place}.{mark}" for mark in range(1, len(paragraphs) + 1)),
            )
            for place, (title, paragraphs) in enumerate(articles, start=1)
        )

    def _number(self, place: int) -> str:
        tens, ones = divmod(place, 10)
        if self.lang == "en" or place > 99:
            return str(place)
        digits = self.say("deed.digits")
        head = "" if tens == 0 else digits[10] if tens == 1 else digits[tens] + digits[10]
        return head + (digits[ones] if ones else "")

    def party(self, role: str, party: Party) -> Pairs:
        """The panel of a party: name, identifier, address."""
        return Pairs(
            title=self.say(role),
            columns=1,
            items=(
                Pair(self.say("deed.name"), party.name),
                Pair(self.say("deed.identifier"), party.identifier),
                Pair(self.say("deed.address"), party.address),
            ),
        )

    def signature(self, role: str, party: Party) -> SignaturePlace:
        """The place where a party signs and seals."""
        return SignaturePlace(
            role=self.say("deed.signs", role=self.say(role), party=party.name),
            lines=(self.say("deed.representative"), self.say("deed.signed_on")),
            seal=self.say("deed.seal"),
        )

    def signatures(self, *places: SignaturePlace) -> Signatures:
        """The places side by side."""
        return Signatures(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above and around a deed."""

    title: str
    number: str
    issued_on: date
    author: str


def deed(speech: Speech, head: Head, *body: Block | Clause) -> Deed:
    """A deed with its running lines."""
    return Deed(
        title=head.title,
        subtitle=speech.say("deed.number", number=head.number),
        author=head.author,
        language=speech.lang,
        issued_on=head.issued_on,
        running=RunningLines(
            number=head.number,
            firm=head.title,
            valuation_date=speech.day(head.issued_on),
            verification_code="",
            version="",
        ),
        words=Words(
            figure="",
            table=speech.say("deed.table"),
            source="",
            note="",
        ),
        body=body,
    )
