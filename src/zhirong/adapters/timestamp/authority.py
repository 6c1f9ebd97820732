"""A local time-stamp authority (RFC 3161) for demonstration and tests.

Its time is that of the clock passed in. Which clock that is stands in every token as its policy: a
demonstration clock may run ahead of the world, and whoever verifies is told so.

Source:
    RFC 3161 (protocol); RFC 5816 (ESSCertIDv2); RFC 5652 (signed data).
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from zhirong.adapters.signing.certificates import to_asn1
from zhirong.adapters.signing.identity import Identity
from zhirong.adapters.timestamp.tokens import Response
from zhirong.application.signing import Clock

# Below the arc of a random UUID, which anyone may use (ITU-T X.667): .1 real, .2 demonstration.
POLICY_ARC = "2.25.268043176253174602312180571690247410983"
POLICIES = {Clock.REAL: f"{POLICY_ARC}.1", Clock.DEMONSTRATION: f"{POLICY_ARC}.2"}
HASHES = ("sha256", "sha384", "sha512")
_SERIAL_BITS = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTimeStamping:
    """An authority that runs in this process: a port of time stamping."""

    identity: Identity
    now: Callable[[], datetime]
    clock: Clock

    def answer(self, query: bytes) -> bytes:
        """The answer (TimeStampResp, DER) to a query; a malformed one is refused in the answer."""
        try:
            request = tsp.TimeStampReq.load(query, strict=True)
            imprint = request["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            digest = imprint["hashed_message"].native
        except (ValueError, TypeError, KeyError):
            return _refusal("bad_data_format")
        if algorithm not in HASHES:
            return _refusal("bad_alg")
        if len(digest) != hashlib.new(algorithm).digest_size:
            return _refusal("bad_data_format")
        token = self._token(request)
        answer = Response({"status": {"status": "granted"}, "time_stamp_token": token})
        return bytes(answer.dump())

    def _token(self, request: tsp.TimeStampReq) -> cms.ContentInfo:
        certificate = to_asn1(self.identity.certificate)
        content = self._content(request, certificate).dump()
        attributes = _signed_attributes(content, certificate, self.now())
        key = self.identity.key
        assert isinstance(key, ec.EllipticCurvePrivateKey), "a local authority has such a key"
        signature = key.sign(attributes.untag().dump(), ec.ECDSA(hashes.SHA256()))
        above = [to_asn1(item) for item in self.identity.above]
        embedded = [certificate, *(item for item in above if item.self_signed == "no")]
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                name="issuer_and_serial_number",
                value={
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                },
            ),
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [sha256],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(content),
                },
                "certificates": embedded if request["cert_req"].native else [],
                "signer_infos": [signer],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})

    def _content(self, request: tsp.TimeStampReq, certificate: x509.Certificate) -> tsp.TSTInfo:
        fields = {
            "version": "v1",
            "policy": POLICIES[self.clock],
            "message_imprint": request["message_imprint"],
            "serial_number": secrets.randbits(_SERIAL_BITS),
            "gen_time": self.now().replace(microsecond=0),
            "tsa": x509.GeneralName(name="directory_name", value=certificate.subject),
        }
        if request["nonce"].native is not None:
            fields["nonce"] = request["nonce"].native
        return tsp.TSTInfo(fields)


def _signed_attributes(
    content: bytes, certificate: x509.Certificate, at: datetime
) -> cms.CMSAttributes:
    named = tsp.SigningCertificateV2(
        {"certs": [{"cert_hash": hashlib.sha256(certificate.dump()).digest()}]}
    )
    values = {
        "content_type": "tst_info",
        "signing_time": cms.Time(name="utc_time", value=at),
        "message_digest": hashlib.sha256(content).digest(),
        "signing_certificate_v2": named,
    }
    return cms.CMSAttributes(
        [cms.CMSAttribute({"type": name, "values": [value]}) for name, value in values.items()]
    )


def _refusal(reason: str) -> bytes:
    status = {"status": "rejection", "fail_info": {reason}}
    return bytes(Response({"status": status}).dump())
