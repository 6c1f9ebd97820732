"""Hashes of files and texts, as lower-case hexadecimal."""

import hashlib


def sha256(data: bytes) -> str:
    """SHA-256 of the bytes.

    >>> sha256(b"abc")[:8]
    'ba7816bf'
    """
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905) of the bytes.

    >>> sm3(b"abc")[:8]
    '66c7f0f4'
    """
    return hashlib.new("sm3", data).hexdigest()
