"""Check whether the certificates of a timestamp lead to an authority that the user trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509 import verification

from scamcli.errors import DataError
from scamcli.exchange.rfc3161.certificates import name_of
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cryptography.x509.verification import Policy

    from scamcli.exchange.rfc3161.reply import Reply


def read_certificates(path: Path) -> list[x509.Certificate]:
    """Read the certificates that the user trusts: any number in PEM, or one in DER.

    Raises:
        DataError: the file cannot be read, or holds no certificate.
    """
    limits.require_no_device(path)
    try:
        content = path.read_bytes()
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        hint = (
            "Expected PEM (-----BEGIN CERTIFICATE-----) or DER. The authority has its root certificate on its website."
        )
        raise DataError(f"{path} holds no certificate that can be read.", hint) from error


def require_chain(reply: Reply, roots: Sequence[x509.Certificate]) -> str:
    """Require that a reply leads to one of the certificates that the user trusts, and return the name of that one.

    All certificates are checked for the time of the timestamp. Revocations would need the network.

    Raises:
        DataError: it does not.
    """
    policy = verification.PolicyBuilder().store(verification.Store(list(roots))).time(reply.at)
    policy = policy.extension_policies(
        ca_policy=_for_authorities(), ee_policy=verification.ExtensionPolicy.permit_all()
    )
    try:
        chain = policy.build_client_verifier().verify(reply.signer, list(reply.others)).chain
    except (verification.VerificationError, ValueError) as error:
        named = ", ".join(_names(roots))
        raise DataError(
            f"The certificate of {reply.authority} does not lead to {named}: {str(error).rstrip('.')}.",
            "Give the root of this authority. Without --ca, only the signature is checked.",
        ) from error
    return name_of(chain[-1])


def _names(certificates: Sequence[x509.Certificate]) -> Iterator[str]:
    yield from map(name_of, certificates[:3])
    if len(certificates) > 3:
        yield f"{len(certificates) - 3} others"


def _for_authorities() -> verification.ExtensionPolicy:
    """Return what the certificates that issued others must say (RFC 5280, section 6.1.4, k and n)."""

    def require_authority(_: Policy, __: x509.Certificate, found: x509.BasicConstraints) -> None:
        if not found.ca:
            raise ValueError("an intermediate certificate does not belong to an authority")

    def require_signing(_: Policy, __: x509.Certificate, found: x509.KeyUsage | None) -> None:
        if found is not None and not found.key_cert_sign:
            raise ValueError("an intermediate certificate may not sign others")

    any_ = verification.Criticality.AGNOSTIC
    policy = verification.ExtensionPolicy.permit_all()
    policy = policy.require_present(x509.BasicConstraints, any_, require_authority)
    return policy.may_be_present(x509.KeyUsage, any_, require_signing)
