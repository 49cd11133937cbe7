"""Write timestamp requests (RFC 3161, section 2.4.1)."""

from __future__ import annotations

from secrets import randbits

from asn1crypto import algos, core, tsp

NONCE_BITS = 64
"""The size of the random number that ties a reply to its request; all authorities take this one, which OpenSSL uses."""


def new_nonce() -> int:
    """Return a random number for a request."""
    return randbits(NONCE_BITS)


def request(imprint: bytes, nonce: int) -> bytes:
    """Return a request for a timestamp that also asks for the certificate of the authority.

    Args:
        imprint: the SHA-256 digest of what gets the timestamp.
        nonce: a number that the reply must repeat.
    """
    algorithm = algos.DigestAlgorithm({"algorithm": "sha256", "parameters": core.Null()})
    made = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": algorithm, "hashed_message": imprint},
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return bytes(made.dump())
