"""Whether a signature's container says nothing beyond what is verified.

A signature covers the file but not its own container: a byte there may change and the signature
still hold. So the container must be in the one form its makers write (DER), and hold only what
verification looks at; what else is in it is a change that nobody signed.

Source:
    ISO 32000-2, 12.8.1 and ETSI EN 319 142-1, 4.1 (DER, hexadecimal, padded with zeros); RFC 5652,
    5.1 and 5.3 (versions).
"""

from collections.abc import Sequence
from typing import Any

from asn1crypto import cms, x509

_STAMP = "signature_time_stamp_token"
_CONSTRUCTED, _LONG_TAG, _BIT_STRING = 0x20, 0x1F, 0x03
# The fields that each record may have, as tags. A field under a wrong tag would be passed over by
# the reader: so might a time stamp be made to vanish.
_INFO_FORMS = {(0x06, 0xA0)}
_SIGNED_FORMS = {(0x02, 0x31, 0x30, 0xA0, 0x31)}
_CONTENT_FORMS = {(0x06,), (0x06, 0xA0)}
_BY_NUMBER = (0x02, 0x30, 0x30, 0xA0, 0x30, 0x04)
_BY_KEY = (0x02, 0x80, 0x30, 0xA0, 0x30, 0x04)
_SIGNER_FORMS = {(*form, *rest) for form in (_BY_NUMBER, _BY_KEY) for rest in ((), (0xA1,))}
_HEX = (b"0123456789abcdef", b"0123456789ABCDEF")


def hole_problems(data: bytes, byte_range: Sequence[int]) -> bool:
    """Whether the place left open for a signature holds anything but its container and zeros."""
    if len(byte_range) != 4:
        return True
    first, length, second, _ = (int(number) for number in byte_range)
    if first != 0 or not 0 < length < second <= len(data):
        return True
    hole = data[length:second]
    if not (hole.startswith(b"<") and hole.endswith(b">")):
        return True
    digits = hole[1:-1]
    if not any(set(digits) <= set(alphabet) for alphabet in _HEX):
        return True
    content = bytes.fromhex(digits.decode("ascii"))
    return any(content[der_length(content) :])


def der_length(content: bytes) -> int:
    """The length of the DER value at the front, head included; 0 where there is none.

    >>> der_length(bytes.fromhex("3003020105") + bytes(4))
    5
    """
    return sum(_head(content) or ())


def container_problems(content: bytes, known: frozenset[bytes]) -> bool:
    """Whether a container holds anything that no check has looked at.

    Args:
        content: The container; zeros behind it are padding.
        known: The certificates (DER) of the chains that were verified.
    """
    der = content[: der_length(content)]
    info = cms.ContentInfo.load(der, strict=True)
    return not is_der(der) or _is_odd(info, known)


def is_der(data: bytes) -> bool:
    """Whether the bytes are DER values, each with the shortest length, none running over.

    >>> is_der(bytes.fromhex("3003020105")), is_der(bytes.fromhex("308103020105"))
    (True, False)
    """
    at = 0
    while at < len(data):
        head = _head(data[at:])
        if head is None or at + sum(head) > len(data):
            return False
        start, end = at + head[0], at + sum(head)
        if data[at] & _CONSTRUCTED and not is_der(data[start:end]):
            return False
        # Signatures and keys are whole bytes: a count of bits left out would change nothing else.
        if data[at] == _BIT_STRING and data[start : start + 1] != b"\0":
            return False
        at = end
    return True


def tags(data: bytes) -> tuple[int, ...]:
    """The tags of the values inside a constructed DER value, in order.

    >>> tags(bytes.fromhex("3006020105040100"))
    (2, 4)
    """
    head = _head(data)
    assert head is not None, "only what is DER is taken apart"
    found, at = [], head[0]
    while at < len(data):
        inner = _head(data[at:])
        assert inner is not None, "as above"
        found.append(data[at])
        at += sum(inner)
    return tuple(found)


def _head(value: bytes) -> tuple[int, int] | None:
    """The lengths of a value's head and of its content; None where the head is no DER."""
    if len(value) < 2 or value[0] == 0 or value[0] & _LONG_TAG == _LONG_TAG:
        return None
    if value[1] < 0x80:
        return 2, value[1]
    count = value[1] & 0x7F
    length = int.from_bytes(value[2 : 2 + count], "big")
    is_shortest = 0 < count < 5 and length >= 0x80 and value[2] != 0
    return (2 + count, length) if is_shortest else None


def _is_odd(info: cms.ContentInfo, known: frozenset[bytes]) -> bool:
    if info["content_type"].native != "signed_data":
        return True
    signed = info["content"]
    signers = signed["signer_infos"]
    if len(signers) != 1 or not _has_known_forms(info, signed, signers[0]):
        return True
    is_stamp = signed["encap_content_info"]["content_type"].native != "data"
    wanted = [
        signed["version"].native == ("v3" if is_stamp else "v1"),
        len(signed["crls"] or ()) == 0,
        _same_algorithms(signed["digest_algorithms"], signers[0]["digest_algorithm"]),
        all(choice.chosen.dump() in known for choice in signed["certificates"]),
    ]
    return not all(wanted) or _is_signer_odd(signers[0], known)


def _has_known_forms(info: cms.ContentInfo, signed: cms.SignedData, signer: cms.SignerInfo) -> bool:
    return (
        tags(info.dump()) in _INFO_FORMS
        and tags(signed.untag().dump()) in _SIGNED_FORMS
        and tags(signed["encap_content_info"].dump()) in _CONTENT_FORMS
        and tags(signer.dump()) in _SIGNER_FORMS
    )


def _same_algorithms(algorithms: Any, one: Any) -> bool:  # noqa: ANN401 - untyped library
    return len(algorithms) == 1 and algorithms[0].dump() == one.dump()


def _is_plain(algorithm: Any) -> bool:  # noqa: ANN401 - untyped library
    """Whether an algorithm has no parameters, or those of RSA-PSS."""
    if algorithm["algorithm"].native == "rsassa_pss":
        return True
    encoded = algorithm["parameters"].dump()
    return encoded in (b"", b"\x05\x00")


def _names_known(named: cms.IssuerAndSerialNumber, known: frozenset[bytes]) -> bool:
    """Whether the signer is named byte for byte as in its certificate.

    Names that differ in case only are the same to a verifier, but not the same bytes.
    """
    loaded = [x509.Certificate.load(item) for item in known]
    return any(
        item.issuer.dump() == named["issuer"].dump()
        and item.serial_number == named["serial_number"].native
        for item in loaded
    )


def _is_signer_odd(signer: cms.SignerInfo, known: frozenset[bytes]) -> bool:
    by_number = signer["sid"].name == "issuer_and_serial_number"
    wanted = [
        not by_number or _names_known(signer["sid"].chosen, known),
        signer["version"].native == ("v1" if by_number else "v3"),
        _is_plain(signer["digest_algorithm"]),
        _is_plain(signer["signature_algorithm"]),
    ]
    attributes = list(signer["unsigned_attrs"] or ())
    if not all(wanted) or len(attributes) > 1:
        return True
    for attribute in attributes:
        if attribute["type"].native != _STAMP or len(attribute["values"]) != 1:
            return True
        if _is_odd(attribute["values"][0], known):
            return True
    return False
