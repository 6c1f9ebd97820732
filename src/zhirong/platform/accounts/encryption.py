"""Fields of personal data under lock: AES-GCM with a named key, and a blind index for equality.

A sealed value reads `zr1.<key id>.<nonce and ciphertext>`. What it belongs to (model and field) is
bound in, so that a value copied to another column does not open. The first key of
`settings.FIELD_KEYS` writes, all of them read; the index is a keyed hash, one for each key.
"""

import base64
import hmac
import secrets
from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from zhirong.core.errors import RegisterError

FORM = "zr1"
NONCE_BYTES = 12  # as NIST SP 800-38D recommends for GCM
KEY_BYTES = 32


class SealedFieldError(RegisterError):
    """A sealed value that does not open: its key is not given, or it was changed."""

    code = "error.sealed_field"

    def __init__(self, place: str, *, key: str) -> None:
        super().__init__(f"{place} does not open with the key {key!r}.", place=place, key=key)


def keys() -> Mapping[str, bytes]:
    """The keys by id, the writing one first."""
    found: Mapping[str, bytes] = settings.FIELD_KEYS
    return found


def writing_key() -> str:
    """Id of the key that new values are sealed with."""
    return next(iter(keys()))


@cache
def _derived(key: bytes, use: str) -> bytes:
    """A key for one use, so that no key serves two."""
    return HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"zhirong/{use}".encode("ascii")
    ).derive(key)


def seal(text: str, *, place: str) -> str:
    """A text under lock.

    Args:
        text: What is kept.
        place: Where it is kept, `app.model.field`; it opens only there.
    """
    key_id = writing_key()
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(_derived(keys()[key_id], "field"))
    closed = nonce + box.encrypt(nonce, text.encode("utf-8"), place.encode("ascii"))
    return f"{FORM}.{key_id}.{base64.urlsafe_b64encode(closed).decode('ascii')}"


def unseal(sealed: str, *, place: str) -> str:
    """The text of a sealed value.

    Raises:
        SealedFieldError: Not sealed at all, by a key that is not given, for another place, or
            changed since.
    """
    form, _, rest = sealed.partition(".")
    key_id, _, encoded = rest.partition(".")
    key = keys().get(key_id)
    if form != FORM or key is None:
        raise SealedFieldError(place, key=key_id)
    try:
        closed = base64.b64decode(encoded, altchars=b"-_", validate=True)
        box = AESGCM(_derived(key, "field"))
        opened = box.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], place.encode("ascii"))
    except (InvalidTag, ValueError) as wrong:
        raise SealedFieldError(place, key=key_id) from wrong
    return opened.decode("utf-8")


def is_current(sealed: str) -> bool:
    """Whether a stored value needs no new key: empty, or sealed with the writing one."""
    return not sealed or sealed.startswith(f"{FORM}.{writing_key()}.")


def blind_index(text: str, *, place: str) -> str:
    """What equal texts of one place share and nobody without the key can compute."""
    return _index(keys()[writing_key()], text, place)


def blind_indexes(text: str, *, place: str) -> tuple[str, ...]:
    """The index under every key: what to search for while keys are being changed."""
    return tuple(_index(key, text, place) for key in keys().values())


def _index(key: bytes, text: str, place: str) -> str:
    message = f"{place}\0{text}".encode()
    return hmac.new(_derived(key, "index"), message, sha256).hexdigest()


def masked(text: str, *, shown: int = 4) -> str:
    """A number as it is shown to people: the last characters only, and none of a short one."""
    if len(text) < 2 * shown:
        return "•" * len(text)
    return f"•••• {text[-shown:]}"
