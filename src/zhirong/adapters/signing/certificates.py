"""Certificates: how our own are made, and what is read from anybody's.

Subjects carry the organization's name and its unified social credit code, the latter as
organization identifier in the form of ETSI EN 319 412-1 (`NTRCN-<code>`).

Source:
    RFC 5280 (profile of certificates and lists); ETSI EN 319 412-1, 5.1.4 (semantics identifiers).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhirong.core.identifiers import credit_codes
from zhirong.core.identifiers.records import IdentifierError
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

COUNTRY = "CN"
# The trade register of China holds the unified social credit codes.
IDENTIFIER_PREFIX = "NTRCN-"
# RFC 5280 allows 64 characters for a common name.
COMMON_NAME_MAX = 64
# Clocks of signer and verifier may differ a little: certificates start a little early.
CLOCK_DRIFT = timedelta(minutes=5)
BOTH: tuple[Language, Language] = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A certificate that issues others, with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a certificate is for, and from when to when it is valid."""

    subject: x509.Name
    start: datetime
    days: int
    is_authority: bool = False
    path_length: int | None = None
    is_time_stamper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who a certificate names."""

    organization: str
    identifier: str = ""


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh ECDSA key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def demonstration_name(code: str) -> str:
    """A name in both languages that says that it is of a demonstration."""
    return " ".join(catalog().label(code, language) for language in BOTH)


def authority_subject(code: str) -> x509.Name:
    """The subject of one of the demonstration's own authorities."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
            x509.NameAttribute(
                NameOID.ORGANIZATION_NAME, demonstration_name("signing.authority.organization")
            ),
            x509.NameAttribute(NameOID.COMMON_NAME, demonstration_name(code)),
        ]
    )


def holder_subject(holder: Holder) -> x509.Name:
    """The subject of an organization's certificate."""
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder.organization),
        x509.NameAttribute(NameOID.COMMON_NAME, holder.organization[:COMMON_NAME_MAX]),
    ]
    if holder.identifier:
        text = IDENTIFIER_PREFIX + holder.identifier
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, text))
    return x509.Name(attributes)


def issue(
    profile: Profile, public_key: ec.EllipticCurvePublicKey, issuer: Issuer | None, key: object
) -> x509.Certificate:
    """A certificate for a public key; without an issuer it signs itself with `key`."""
    signing = issuer.key if issuer else key
    assert isinstance(signing, ec.EllipticCurvePrivateKey), "one of both signs"
    issuer_name = issuer.certificate.subject if issuer else profile.subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(profile.subject)
        .issuer_name(issuer_name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(profile.start - CLOCK_DRIFT)
        .not_valid_after(profile.start + timedelta(days=profile.days))
        .add_extension(
            x509.BasicConstraints(ca=profile.is_authority, path_length=profile.path_length),
            critical=True,
        )
        .add_extension(_usage(profile), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
            critical=False,
        )
    )
    if profile.is_time_stamper:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signing, hashes.SHA256())


def _usage(profile: Profile) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not profile.is_authority,
        content_commitment=not profile.is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=profile.is_authority,
        crl_sign=profile.is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def holder_of(certificate: asn1_x509.Certificate) -> Holder:
    """The organization that a certificate names, with its credit code where it states one.

    Licensed authorities of China write the code in different places of the subject: an 18-character
    code whose check character fits is taken from any of them.
    """
    native = certificate.subject.native
    name = str(native.get("organization_name") or native.get("common_name") or "")
    texts = [str(value) for value in native.values() if isinstance(value, str)]
    return Holder(organization=name, identifier=_code_among(texts))


def _code_among(texts: list[str]) -> str:
    for text in texts:
        if text.startswith(IDENTIFIER_PREFIX):
            return text.removeprefix(IDENTIFIER_PREFIX)
        candidate = text.rsplit("-", 1)[-1].rsplit("@", 1)[-1]
        if len(candidate) != 18:
            continue
        try:
            found = credit_codes.read(candidate)
        except IdentifierError:
            continue
        if found.check.value == "passed":
            return found.canonical
    return ""


def common_name(name: asn1_x509.Name) -> str:
    """The common name of a subject or issuer, else its organization."""
    native = name.native
    return str(native.get("common_name") or native.get("organization_name") or "")


def is_demonstration(certificate: asn1_x509.Certificate) -> bool:
    """Whether a demonstration authority is named as issuer or subject."""
    own = demonstration_name("signing.authority.organization")
    names = (certificate.issuer.native, certificate.subject.native)
    return any(name.get("organization_name") == own for name in names)


def to_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate as the PDF library wants it."""
    from_der = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    assert isinstance(from_der, asn1_x509.Certificate)
    return from_der


def embedded(signed_data: cms.SignedData) -> list[asn1_x509.Certificate]:
    """The certificates in a signature and in its time stamps."""
    found = [
        choice.chosen for choice in signed_data["certificates"] if choice.name == "certificate"
    ]
    for signer in signed_data["signer_infos"]:
        for attribute in signer["unsigned_attrs"] or ():
            if attribute["type"].native == "signature_time_stamp_token":
                for token in attribute["values"]:
                    found += embedded(token["content"])
    return found
