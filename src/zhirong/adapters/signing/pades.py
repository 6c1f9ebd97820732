"""Signatures in PDF contracts (PAdES): prepared, signed in order, sealed.

Each signature is an incremental update, so what was signed before stays as it was, byte for byte.
Level B-T with each signature; B-LTA once the contract is sealed: certificates, lists of revoked
ones and a time stamp over the whole file.

Source:
    ETSI EN 319 142-1 (PAdES baseline); ISO 32000-2, 12.8.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import crl as asn1_crl
from asn1crypto import x509
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter, PageObject
from pyhanko.sign import fields
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import BaseStampStyle

from zhirong.adapters.signing import certificates, pages
from zhirong.adapters.signing.identity import Identity
from zhirong.adapters.signing.trust import Trust
from zhirong.adapters.signing.verification import verify_pdf
from zhirong.adapters.timestamp.stamper import Stamper
from zhirong.application.ports import ContractSigning, TimeStamping
from zhirong.application.signing import Signatory, SigningRequest, Verification
from zhirong.core.errors import StateError
from zhirong.core.hashes import sha256

FIELD = "signature-"
STAMP_FIELD = "archive-time-stamp"
HASH = "sha256"
# Bytes set aside for a signature with its certificates and time stamp, in hexadecimal digits.
RESERVED = 32_768


class SigningRefusedError(StateError):
    """Not signed; `reason` is the code of the words that say why."""

    code = "error.signing_refused"

    def __init__(self, reason: str, *, detail: str = "") -> None:
        super().__init__(
            f"Not signed: {reason} {detail}".rstrip(),
            reason=f"signing.refused.{reason}",
            detail=detail,
        )


class _ClockedSigner(PdfSigner):
    """Signs at the time of the clock that was passed in, not at that of the machine."""

    def __init__(
        self,
        meta: PdfSignatureMetadata,
        signer: SimpleSigner,
        *,
        timestamper: TimeStamper,
        stamp_style: BaseStampStyle,
        at: datetime,
    ) -> None:
        super().__init__(meta, signer, timestamper=timestamper, stamp_style=stamp_style)
        self._at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - as the library has it
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
    except (misc.PdfError, ValueError) as wrong:
        raise SigningRefusedError("not_pdf") from wrong
    if writer.prev.encrypted:
        raise SigningRefusedError("encrypted")
    return writer


def prepare(pdf: bytes, *, title: str, number: str, signatories: Sequence[Signatory]) -> bytes:
    """The contract with signing pages behind it and one empty field a signatory, in order.

    The contract's own bytes stay at the front as they are.

    Raises:
        SigningRefusedError: No PDF, one with signature fields already, or nobody to sign.
    """
    if not signatories or len({item.identifier for item in signatories}) < len(signatories):
        raise SigningRefusedError("signatories")
    writer = _writer(pdf)
    if next(fields.enumerate_sig_fields(writer.prev), None) is not None:
        raise SigningRefusedError("already_prepared")
    count = int(writer.prev.root["/Pages"]["/Count"])
    contract = pages.Contract(title=title, number=number, sha256=sha256(pdf), page_count=count)
    for page in pages.signing_pages(contract, signatories):
        _append(writer, page)
    spots = pages.places(len(signatories))
    for at, (signatory, spot) in enumerate(zip(signatories, spots, strict=True), start=1):
        spec = SigFieldSpec(
            f"{FIELD}{at}",
            on_page=count + spot.page,
            box=spot.box,
            readable_field_name=f"{pages.heading(at, signatory)} {signatory.organization}",
        )
        fields.append_signature_field(writer, spec)
    return _written(writer)


def _append(writer: IncrementalPdfFileWriter, page: bytes) -> None:
    content = pages.TypesetPage(page)
    content.set_writer(writer)  # type: ignore[no-untyped-call]
    commands = generic.StreamObject(stream_data=content.render())
    writer.insert_page(
        PageObject(
            contents=writer.add_object(commands),
            media_box=(0, 0, pages.PAGE_WIDTH, pages.PAGE_HEIGHT),
            resources=content.resources.as_pdf_object(),
        )
    )


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _free_fields(reader: PdfFileReader) -> list[tuple[str, bool]]:
    """Each place of ours and whether it is signed, in order."""
    found = {
        name: value is not None
        for name, value, _ in fields.enumerate_sig_fields(reader)
        if name.startswith(FIELD)
    }
    return [(f"{FIELD}{at}", found[f"{FIELD}{at}"]) for at in range(1, len(found) + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningDesk(ContractSigning):
    """Signs in the name of organizations: a port of contract signing.

    Attributes:
        identity_of: The identity of a signatory.
        time_stamping: Who stamps the time.
        roots: Certificates (DER) that verification trusts.
        revocation_lists: Lists of revoked certificates (DER) as of a time; none where unknown.
    """

    identity_of: Callable[[Signatory], Identity]
    time_stamping: TimeStamping
    roots: tuple[bytes, ...]
    revocation_lists: Callable[[datetime], tuple[bytes, ...]]

    def prepare(
        self, pdf: bytes, *, title: str, number: str, signatories: Sequence[Signatory]
    ) -> bytes:
        """See `prepare` of this module."""
        return prepare(pdf, title=title, number=number, signatories=signatories)

    def sign(self, pdf: bytes, request: SigningRequest) -> bytes:
        """The contract signed at the next place, B-T.

        Raises:
            SigningRefusedError: Another document, another's turn, another's certificate, or what
                was signed before does not verify.
        """
        _expect(pdf, request.expected_sha256)
        writer = _writer(pdf)
        field, number = self._turn(pdf, writer.prev, request)
        identity = self.identity_of(request.signatory)
        self._check_identity(identity, request)
        signer = _ClockedSigner(
            PdfSignatureMetadata(
                field_name=field,
                md_algorithm=HASH,
                subfilter=SigSeedSubFilter.PADES,
                name=request.signatory.person or request.signatory.organization,
                reason=request.reason,
                # The first signature certifies: from there on only signatures may be added.
                certify=number == 1,
                docmdp_permissions=MDPPerm.FILL_FORMS,
            ),
            identity.signer(),
            timestamper=Stamper(self.time_stamping),
            stamp_style=pages.stamp_style(pages.signature_block(request, identity)),
            at=request.at,
        )
        try:
            signed = signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=RESERVED)
        except SigningError as wrong:
            raise SigningRefusedError("not_allowed", detail=str(wrong)) from wrong
        return bytes(signed.getvalue())

    def _turn(self, pdf: bytes, reader: PdfFileReader, request: SigningRequest) -> tuple[str, int]:
        """The field whose turn it is, and its number."""
        spots = _free_fields(reader)
        if len(spots) != len(request.signatories):
            raise SigningRefusedError("not_prepared")
        done = (
            [is_signed for _, is_signed in spots].index(False)
            if not all(is_signed for _, is_signed in spots)
            else len(spots)
        )
        if done == len(spots):
            raise SigningRefusedError("all_signed")
        if any(is_signed for _, is_signed in spots[done:]):
            raise SigningRefusedError("earlier_signature")
        if request.signatories[done] != request.signatory:
            raise SigningRefusedError("wrong_turn", detail=request.signatories[done].organization)
        if done:
            self._check_earlier(pdf, request.signatories[:done], request.at)
        return spots[done][0], done + 1

    def _check_earlier(self, pdf: bytes, signatories: Sequence[Signatory], at: datetime) -> None:
        found = self.verify(pdf, at=at)
        signed_by = [check.identifier for check in found.signatures]
        if not found.is_valid or signed_by != [item.identifier for item in signatories]:
            raise SigningRefusedError("earlier_signature")

    def _check_identity(self, identity: Identity, request: SigningRequest) -> None:
        holder, certificate = identity.holder, identity.certificate
        if holder.identifier != request.signatory.identifier:
            raise SigningRefusedError("certificate_of_another", detail=holder.organization)
        if not certificate.not_valid_before_utc <= request.at <= certificate.not_valid_after_utc:
            raise SigningRefusedError("certificate_not_valid", detail=holder.organization)
        for data in self.revocation_lists(request.at):
            revoked = asn1_crl.CertificateList.load(data)["tbs_cert_list"]["revoked_certificates"]
            serials = {entry["user_certificate"].native for entry in revoked}
            if certificate.serial_number in serials:
                raise SigningRefusedError("certificate_revoked", detail=holder.organization)

    def seal(self, pdf: bytes, *, expected_sha256: str, at: datetime) -> bytes:
        """The fully signed contract with certificates, lists of revoked ones and a stamp, B-LTA.

        Raises:
            SigningRefusedError: Another document, not fully signed, or it does not verify.
        """
        _expect(pdf, expected_sha256)
        writer = _writer(pdf)
        spots = _free_fields(writer.prev)
        found = self.verify(pdf, at=at)
        if not spots or not all(is_signed for _, is_signed in spots):
            raise SigningRefusedError("not_all_signed")
        if any(check.is_stamp for check in found.signatures):
            raise SigningRefusedError("already_sealed")
        if not found.is_valid:
            raise SigningRefusedError("earlier_signature")
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            None,
            certs=_embedded_certificates(writer.prev),
            crls=[asn1_crl.CertificateList.load(item) for item in self.revocation_lists(at)],
        )
        stamper = PdfTimeStamper(Stamper(self.time_stamping), field_name=STAMP_FIELD)
        sealed = stamper.timestamp_pdf(writer, HASH, bytes_reserved=RESERVED)
        return bytes(sealed.getvalue())

    def verify(self, pdf: bytes, *, at: datetime) -> Verification:
        """What can be said of the contract, offline."""
        lists = self.revocation_lists(at)
        return verify_pdf(pdf, trust=Trust(roots=self.roots, revocation_lists=lists), at=at)


def _expect(pdf: bytes, expected_sha256: str) -> None:
    if sha256(pdf) != expected_sha256:
        raise SigningRefusedError("another_document")


def _embedded_certificates(reader: PdfFileReader) -> list[x509.Certificate]:
    """Every certificate of the signatures and of their time stamps, once."""
    found: dict[bytes, x509.Certificate] = {}
    for signature in reader.embedded_signatures:
        for certificate in certificates.embedded(signature.signed_data):
            found[certificate.dump()] = certificate
    return list(found.values())
