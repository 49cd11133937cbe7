"""Replies of timestamp authorities: good ones are accepted, as OpenSSL does, and every other one is refused plainly."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.errors import DataError
from scamcli.exchange.rfc3161 import reply, request, trust
from tests.helpers import timestamp_authority as authority
from tests.helpers.timestamp_authority import STAMPING, Authority, issued

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.exchange.rfc3161.reply import Reply

if authority.OPENSSL is None:
    pytest.skip("OpenSSL is not installed", allow_module_level=True)

TEXT = b"scamcli-head-1 3 " + b"a" * 64 + b"\n"
IMPRINT = sha256(TEXT).digest()
NONCE = 0xFEDCBA9876543210


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(scope="module")
def good(folder: Path) -> tuple[Authority, bytes]:
    made = Authority(folder / "good", middle=True)
    return made, made.reply(request.request(IMPRINT, NONCE))


def meaning(found: Reply) -> tuple[object, ...]:
    return (found.imprint, found.at, found.nonce, found.serial, found.authority, found.signer)


@pytest.mark.parametrize("kind", ["ec", "rsa"])
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
@pytest.mark.parametrize("middle", [False, True])
def test_a_good_reply(tmp_path: Path, kind: str, digest: str, middle: bool) -> None:
    made = Authority(tmp_path, kind=kind, middle=middle, digest=digest)
    text = made.reply(request.request(IMPRINT, NONCE))
    found = reply.read(text)
    assert (found.imprint, found.nonce, found.authority) == (IMPRINT, NONCE, "Clock of the test")
    assert abs((found.at - authority.NOW).total_seconds()) < 3600
    assert trust.require_chain(found, trust.read_certificates(made.ca)) == "Root of the test"
    (tmp_path / "ca.der").write_bytes(made.root.certificate.public_bytes(Encoding.DER))
    assert trust.require_chain(found, trust.read_certificates(tmp_path / "ca.der")) == "Root of the test"
    assert made.accepts(text, TEXT)
    assert not made.accepts(text, TEXT + b" ")


def test_a_root_of_somebody_else(good: tuple[Authority, bytes], tmp_path: Path) -> None:
    found = reply.read(good[1])
    for other in (issued("Root of the test", ca=True), issued("Another", ca=True)):
        (tmp_path / "ca.pem").write_bytes(other.pem())
        with pytest.raises(DataError, match="does not lead to "):
            trust.require_chain(found, trust.read_certificates(tmp_path / "ca.pem"))
    for content in (b"", b"text", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        (tmp_path / "ca.pem").write_bytes(content)
        with pytest.raises(DataError, match="holds no certificate that"):
            trust.read_certificates(tmp_path / "ca.pem")
    with pytest.raises(DataError, match="cannot be read"):
        trust.read_certificates(tmp_path / "no.pem")


def test_one_in_between_that_is_no_authority(tmp_path: Path) -> None:
    made = Authority(tmp_path, middle=True)
    made.middle = issued("Between", made.root)
    made.signer = issued("Clock", made.middle, usage=STAMPING)
    found = reply.read(made.reply(request.request(IMPRINT, NONCE)))
    with pytest.raises(DataError, match="does not lead to"):
        trust.require_chain(found, trust.read_certificates(made.ca))


WRONG = {
    "for code": ({"usage": (ExtendedKeyUsageOID.CODE_SIGNING,)}, "not for timestamps"),
    "for more": ({"usage": (*STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)}, "not for timestamps alone"),
    "not critical": ({"usage": STAMPING, "critical": False}, "not for timestamps alone"),
    "for nothing": ({}, "not for timestamps"),
    "expired": ({"usage": STAMPING, "years": (-3, -1)}, "was valid from"),
    "not yet valid": ({"usage": STAMPING, "years": (1, 3)}, "was valid from"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_certificate(good: tuple[Authority, bytes], what: str) -> None:
    """OpenSSL does not sign with some of these, so a good reply gets another certificate and a new signature."""
    options, words = WRONG[what]
    made, text = good
    bad = issued("Clock of the test", made.middle, kind="ec", **options)  # type: ignore[arg-type]
    with pytest.raises(DataError, match=words):
        reply.read(resigned(text, bad))


def resigned(text: bytes, by: authority.Issued) -> bytes:
    """A reply with the same content, signed by another certificate."""
    from asn1crypto import cms, tsp
    from asn1crypto import x509 as asn1_x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    found = tsp.TimeStampResp.load(text)
    signed = found["time_stamp_token"]["content"]
    der = by.certificate.public_bytes(Encoding.DER)
    parsed = asn1_x509.Certificate.load(der)
    signed["certificates"] = [cms.CertificateChoices(name="certificate", value=parsed)]
    signer = signed["signer_infos"][0]
    signer["sid"] = cms.SignerIdentifier(
        {"issuer_and_serial_number": {"issuer": parsed.issuer, "serial_number": parsed.serial_number}}
    )
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            named = {"certs": [{"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": sha256(der).digest()}]}
            attribute["values"] = [tsp.SigningCertificateV2(named)]
    assert isinstance(by.key, ec.EllipticCurvePrivateKey)
    covered = b"\x31" + signer["signed_attrs"].dump(force=True)[1:]
    signer["signature"] = by.key.sign(covered, ec.ECDSA(hashes.SHA256()))
    return bytes(found.dump(force=True))


def test_the_way_to_sign_again_makes_good_replies(good: tuple[Authority, bytes]) -> None:
    made, text = good
    again = issued("Second clock", made.middle, usage=STAMPING)
    assert reply.read(resigned(text, again)).authority == "Second clock"


def test_an_authority_that_refuses(folder: Path) -> None:
    made = Authority(folder / "refusing")
    config = made.folder / "tsa.cnf"
    config.write_text(config.read_text().replace("sha256, sha512", "sha512"), encoding="utf-8")
    with pytest.raises(DataError, match=r"did not grant a timestamp: rejection \(.*bad alg"):
        reply.read(made.reply(request.request(IMPRINT, NONCE)))


def test_other_digests_and_no_certificate(folder: Path) -> None:
    import subprocess

    made = Authority(folder / "other")
    (made.folder / "t.txt").write_bytes(TEXT)
    for flags, words in ((["-sha512", "-cert"], "SHA-256"), (["-sha256"], "no certificate")):
        argv = [str(authority.OPENSSL), "ts", "-query", "-data", str(made.folder / "t.txt"), *flags]
        query = subprocess.run(argv, check=True, capture_output=True).stdout
        with pytest.raises(DataError, match=words):
            reply.read(made.reply(query))


@pytest.mark.parametrize("content", [b"", b"\x30", b"<html>Not found</html>", b"\x30\x80\x00\x00", bytes(2_000_000)])
def test_what_is_no_reply(content: bytes) -> None:
    with pytest.raises(DataError):
        reply.read(content)
    with pytest.raises(DataError):
        reply.read(request.request(IMPRINT, NONCE) + content)


def judged(good: tuple[Authority, bytes], text: bytes) -> None:
    """A reply that was changed is refused plainly, or says the same.

    A few bytes are not signed and change nothing: the issuer of the root, and the unused bits of a signature.
    """
    try:
        found = reply.read(text)
    except DataError:
        return
    assert meaning(found) == meaning(reply.read(good[1]))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_flipped_bytes(good: tuple[Authority, bytes], data: st.DataObject) -> None:
    changed = bytearray(good[1])
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    judged(good, bytes(changed))


@pytest.mark.thorough
def test_every_flipped_bit(good: tuple[Authority, bytes]) -> None:
    for at in range(len(good[1])):
        for bit in range(8):
            changed = bytearray(good[1])
            changed[at] ^= 1 << bit
            judged(good, bytes(changed))


@given(cut=st.integers(0, 3000), more=st.binary(max_size=3))
@settings(max_examples=30, deadline=None)
def test_cut_and_continued(good: tuple[Authority, bytes], cut: int, more: bytes) -> None:
    judged(good, good[1][:cut] + more)
