"""The error tree.

ZhirongError
  InputError      the caller can fix it
  ParameterError  a published value is missing or not fit for use
  ModelError      the mathematics has no answer
  StateError      not now, or not you
  RegisterError   the outside world

A leaf lives in the module that raises it, carries its facts as attributes and names the code of
the message that a person sees (`code`, looked up in the room's catalog with the facts). `str()` is
English, for logs.
"""

from collections.abc import Mapping
from typing import ClassVar


class ZhirongError(Exception):
    """Root of everything this package raises on purpose.

    Subclasses set `code` (key of the person-facing message, with placeholders named as the facts)
    and call `super().__init__(english, **facts)`.
    """

    code: ClassVar[str] = "error.unexpected"

    def __init__(self, english: str, **facts: object) -> None:
        super().__init__(english)
        self.facts: Mapping[str, object] = facts


class InputError(ZhirongError):
    """The caller can fix it."""

    code = "error.input"


class ParameterError(ZhirongError):
    """A published value is missing or not fit for use."""

    code = "error.parameter"


class ModelError(ZhirongError):
    """The mathematics has no answer for these inputs."""

    code = "error.model"


class StateError(ZhirongError):
    """Not now, or not you."""

    code = "error.state"


class RegisterError(ZhirongError):
    """The outside world did not answer, or answered what cannot be read."""

    code = "error.register"
