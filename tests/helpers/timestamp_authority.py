"""A timestamp authority of our own: certificates, and replies that OpenSSL makes from files."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from pathlib import Path

OPENSSL = shutil.which("openssl")

NOW = datetime.datetime.now(datetime.UTC)
YEAR = datetime.timedelta(days=365)

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = {digest}
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = {ess}
"""

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Issued(NamedTuple):
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def issued(  # noqa: PLR0913 - a table of certificates gives these
    name: str,
    by: Issued | None = None,
    *,
    ca: bool = False,
    usage: tuple[x509.ObjectIdentifier, ...] = (),
    critical: bool = True,
    years: tuple[int, int] = (-1, 9),
    kind: str = "ec",
) -> Issued:
    """A certificate by an authority, or by itself."""
    key: Key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    building = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(NOW + years[0] * YEAR).not_valid_after(NOW + years[1] * YEAR)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )  # fmt: skip
    if usage:
        building = building.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
    return Issued(building.sign((by.key if by else key), hashes.SHA256()), key)


STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)


class Authority:
    """An authority with a root, an intermediate certificate if asked, and one that signs replies.

    Args:
        folder: for its files.
        signer: the certificate that signs; by default a good one by the root.
        middle: whether there is an intermediate certificate.
    """

    def __init__(self, folder: Path, *, kind: str = "ec", middle: bool = False, digest: str = "sha256") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.root = issued("Root of the test", ca=True)
        self.middle = issued("Between", self.root, ca=True) if middle else None
        self.signer = issued("Clock of the test", self.middle or self.root, usage=STAMPING, kind=kind)
        self.ca = folder / "ca.pem"
        self.ca.write_bytes(self.root.pem())
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder, digest=digest, ess="sha256"), encoding="utf-8")

    def reply(self, request: bytes, *more: str) -> bytes:
        """What OpenSSL replies to a request."""
        f = self.folder
        (f / "q.tsq").write_bytes(request)
        (f / "signer.pem").write_bytes(self.signer.pem())
        (f / "chain.pem").write_bytes(b"".join(one.pem() for one in (self.middle, self.root) if one))
        encoding = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (f / "signer.key").write_bytes(self.signer.key.private_bytes(*encoding))
        argv: list[str | Path] = [
            str(OPENSSL), "ts", "-reply", "-config", f / "tsa.cnf", "-queryfile", f / "q.tsq", "-out", f / "r.tsr",
            "-signer", f / "signer.pem", "-inkey", f / "signer.key", "-chain", f / "chain.pem", *more,
        ]  # fmt: skip
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return (f / "r.tsr").read_bytes()

    def accepts(self, reply: bytes, data: bytes) -> bool:
        """Whether `openssl ts -verify` accepts a reply for a file."""
        reply_file, data_file = self.folder / "v.tsr", self.folder / "v.txt"
        reply_file.write_bytes(reply)
        data_file.write_bytes(data)
        argv: list[str | Path] = [
            str(OPENSSL),
            "ts",
            "-verify",
            "-data",
            data_file,
            "-in",
            reply_file,
            "-CAfile",
            self.ca,
        ]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        return done.returncode == 0 and "Verification: OK" in done.stdout
