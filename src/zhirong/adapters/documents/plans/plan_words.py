"""What people call the parts of a plan: its keys, its steps, its amounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.core.messages import Catalog, Fact, Language, Message
from zhirong.securitization.plan.records import STAGES, Plan


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of one plan's documents in one language."""

    plan: Plan
    words: Catalog
    lang: Language

    def say(self, code: str, **facts: Fact) -> str:
        """A text of the catalog."""
        return self.words.text(Message(code, facts), self.lang)

    def label(self, key: str) -> str:
        """What people call a key of the plan, or a word of the market."""
        named = self.plan.label(key)
        if named != key and (self.lang == "zh" or named.isascii()):
            return named
        code = f"plan.word.{key}"
        if self.words.has(code):
            text = self.words.label(code, self.lang)
            return text[:1].upper() + text[1:]
        # A plan file names its parts in one language; the keys are plain English.
        return key if self.lang == "zh" else key.replace("_", " ").capitalize()

    def labels(self, keys: Sequence[str]) -> str:
        """Several names in a row."""
        return self.say("plan_paper.names", names=tuple(self.label(key) for key in keys))

    def step(self, waterfall: str, key: str) -> str:
        """A step of a waterfall: what it does, and for whom."""
        actions = {
            each.key: each
            for stage in STAGES
            if stage.value == waterfall
            for each in self.plan.actions(stage)
        }
        more = (*self.plan.on_closing, *self.plan.on_collection)
        action = actions.get(key) or {each.key: each for each in more}.get(key)
        if action is None:
            return self.label(key)
        verb = self.words.label(f"plan.word.{action.verb.value}", self.lang)
        verb = verb[:1].upper() + verb[1:]
        names = action.names or ((action.into,) if action.into else ())
        if not names:
            return verb
        return self.say("plan_paper.step", verb=verb, names=self.labels(names))
