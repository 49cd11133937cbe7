"""Check the certificates in a reply: their purpose, their dates, and who issued them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from scamcli.exchange.rfc3161.signature import NotValidError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from asn1crypto import cms

MOST = 20
"""The most certificates that a reply may have."""


def included(signed: cms.SignedData) -> list[x509.Certificate]:
    """Return the certificates in signed data."""
    choices = signed["certificates"]
    if choices.native is None:
        raise NotValidError("it holds no certificate; write a request with scamcli, which asks for it")
    if len(choices) > MOST:
        raise NotValidError(f"it holds {len(choices)} certificates; expected at most {MOST}")
    return [x509.load_der_x509_certificate(one.chosen.dump()) for one in choices]


def split(
    found: Sequence[x509.Certificate], named: cms.SignerIdentifier
) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """Return the certificate that a signature names, and the others."""
    for at, one in enumerate(found):
        if _is_named(one, named):
            return one, [*found[:at], *found[at + 1 :]]
    raise NotValidError("it does not hold the certificate that signed it")


def _is_named(certificate: x509.Certificate, named: cms.SignerIdentifier) -> bool:
    if named.name == "issuer_and_serial_number":
        issuer, serial = named.chosen["issuer"].dump(), named.chosen["serial_number"].native
        return bool(certificate.issuer.public_bytes() == issuer and certificate.serial_number == serial)
    keys = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return bool(keys.digest == named.chosen.native)


def name_of(certificate: x509.Certificate) -> str:
    """Return the name and the organization that a certificate is for; all of its subject if it has neither."""
    found = [
        str(part.value)
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for part in certificate.subject.get_attributes_for_oid(kind)
    ]
    return ", ".join(dict.fromkeys(found)) or certificate.subject.rfc4514_string()


def require_time_stamping(certificate: x509.Certificate, at: datetime) -> None:
    """Require that a certificate is for timestamps alone (RFC 3161, section 2.3), and was valid at a time."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        raise NotValidError("the certificate that signed it is not for timestamps") from None
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise NotValidError("the certificate that signed it is not for timestamps alone")
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= at <= last:
        raise NotValidError(
            f"its time is {at:%Y-%m-%d}, but the certificate that signed it was valid from {first:%Y-%m-%d} to"
            f" {last:%Y-%m-%d} only"
        )


def require_connected(signer: x509.Certificate, others: Sequence[x509.Certificate]) -> None:
    """Require that each certificate was signed by its issuer, if that one is included, and that none is superfluous."""
    every = [signer, *others]
    needed = {signer.issuer}
    for _ in others:
        needed |= {one.issuer for one in others if one.subject in needed}
    if any(one.subject not in needed for one in others):
        raise NotValidError("it holds a certificate that has nothing to do with it")
    for one in every:
        issuers = [other for other in others if other.subject == one.issuer]
        if issuers and not any(_has_signed(other, one) for other in issuers):
            raise NotValidError("a certificate in it was not signed by its issuer")


def _has_signed(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
