"""Notices as plain JSON, as an office sends them and as the form of a typed-in notice has them."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhirong.core import codec
from zhirong.core.errors import InputError
from zhirong.filing.office import Notice

_CONTENT = "content"


class NoticeFormError(InputError):
    """A notice whose JSON is not in the agreed form."""

    code = "error.notice_form"

    def __init__(self, detail: str) -> None:
        super().__init__(f"The notice cannot be read: {detail}", detail=detail)


def notice_from(body: Mapping[str, Any]) -> Notice:
    """A notice behind its JSON; the page travels as base64 under `content`.

    Raises:
        NoticeFormError: A part is missing or of another kind.
    """
    plain = {name: value for name, value in body.items() if name != _CONTENT}
    content = body.get(_CONTENT)
    try:
        notice: Notice = codec.decode(Notice, plain)
        page = None if content is None else base64.b64decode(str(content), validate=True)
    except (codec.CodecError, ValueError) as wrong:
        raise NoticeFormError(str(wrong)) from wrong
    return replace(notice, content=page)


def notice_body(notice: Notice) -> Mapping[str, Any]:
    """The JSON of a notice."""
    body = dict(codec.encode(replace(notice, content=None)))
    if notice.content is not None:
        body[_CONTENT] = base64.b64encode(notice.content).decode()
    return body
