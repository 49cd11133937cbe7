"""Check the signature of a timestamp (RFC 5652, section 5.4, with the attributes that RFC 3161 requires)."""

from __future__ import annotations

from hashlib import new
from typing import TYPE_CHECKING

from asn1crypto import cms, core, tsp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
"""The digests that a signature may have. SHA-1 and MD5 can be forged."""


_NO_PARAMETERS = (b"", b"\x05\x00")
"""None, or NULL."""


class NotValidError(Exception):
    """A reply that fails a check. Its text is a fragment that says which."""


def require_signature(signed: cms.SignedData, signer: cms.SignerInfo, certificate: Certificate, text: bytes) -> None:
    """Check that a certificate signed a timestamp.

    Args:
        signed: the signed data.
        signer: the only signature in them.
        certificate: the certificate that it names.
        text: the content that was signed.

    Raises:
        NotValidError: it did not, or the attributes that tie the signature to the content and to the certificate are
            missing.
    """
    digest = signer["digest_algorithm"]
    name = digest["algorithm"].native
    if name not in HASHES:
        raise NotValidError(f"it is signed with {name}; expected {', '.join(HASHES)}")
    if signer["version"].native not in ("v1", "v3") or _names(signed["digest_algorithms"]) != [name]:
        raise NotValidError("its digests contradict each other")
    algorithm = signer["signature_algorithm"]
    is_plain = algorithm.signature_algo != "rsassa_pss"
    for one in (*signed["digest_algorithms"], digest, *([algorithm] if is_plain else [])):
        if one["parameters"].dump() not in _NO_PARAMETERS:
            raise NotValidError("its algorithms have unknown parameters")
    attributes = _attributes(signer)
    _require_same(attributes, "content_type", "tst_info", "it is signed as something else")
    _require_same(attributes, "message_digest", new(name, text).digest(), "its content was changed after signing")
    _require_named(attributes, certificate)
    # what is signed has the tag of a set, and in the message another one (RFC 5652, section 5.4)
    signed_bytes = b"\x31" + signer["signed_attrs"].dump()[1:]
    try:
        _verify(certificate, signer, signed_bytes, HASHES[name])
    except InvalidSignature:
        raise NotValidError("its signature does not belong to it") from None


def _names(algorithms: cms.DigestAlgorithms) -> list[str]:
    return [one["algorithm"].native for one in algorithms]


def _attributes(signer: cms.SignerInfo) -> dict[str, core.SetOf]:
    if signer["signed_attrs"] is core.VOID or not len(signer["signed_attrs"]):
        raise NotValidError("its signature has no attributes")
    found: dict[str, core.SetOf] = {}
    for one in signer["signed_attrs"]:
        name = one["type"].native
        if name in found or len(one["values"]) != 1:
            raise NotValidError("an attribute of its signature has more than one value")
        found[name] = one["values"]
    return found


def _require_same(attributes: dict[str, core.SetOf], name: str, expected: object, reason: str) -> None:
    if name not in attributes or attributes[name][0].native != expected:
        raise NotValidError(reason)


def _require_named(attributes: dict[str, core.SetOf], certificate: Certificate) -> None:
    """Require that the signature names its certificate by a digest (RFC 2634, section 5.4, and RFC 5035)."""
    text = certificate.public_bytes(Encoding.DER)
    if "signing_certificate_v2" in attributes:
        named = tsp.SigningCertificateV2.load(attributes["signing_certificate_v2"][0].dump())["certs"][0]
        name = named["hash_algorithm"]["algorithm"].native
    elif "signing_certificate" in attributes:
        # always SHA-1, which is enough here: a second certificate with the same digest cannot be made
        named, name = tsp.SigningCertificate.load(attributes["signing_certificate"][0].dump())["certs"][0], "sha1"
    else:
        raise NotValidError("its signature does not say which certificate made it")
    if name not in (*HASHES, "sha1") or new(name, text).digest() != named["cert_hash"].native:
        raise NotValidError("its signature names another certificate")


def _verify(certificate: Certificate, signer: cms.SignerInfo, text: bytes, digest: hashes.HashAlgorithm) -> None:
    key, signature = certificate.public_key(), signer["signature"].native
    algorithm = signer["signature_algorithm"]
    kind = algorithm.signature_algo
    # "rsaEncryption" alone leaves the digest to the other field
    if algorithm["algorithm"].native not in ("rsassa_pkcs1v15", "ed25519") and algorithm.hash_algo != digest.name:
        raise NotValidError("its digests contradict each other")
    if isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pkcs1v15":
        key.verify(signature, text, padding.PKCS1v15(), digest)
    elif isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pss":
        key.verify(signature, text, padding.PSS(padding.MGF1(digest), padding.PSS.AUTO), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
        key.verify(signature, text, ec.ECDSA(digest))
    elif isinstance(key, ed25519.Ed25519PublicKey) and kind == "ed25519":
        key.verify(signature, text)
    else:
        raise NotValidError(f"it is signed by {kind}, which does not fit its certificate or is not supported")
