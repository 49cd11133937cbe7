"""Read a reply of a timestamp authority, and check everything in it that needs no knowledge of whom to trust."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from warnings import catch_warnings

from asn1crypto import cms, core, tsp

from scamcli.errors import DataError, quote
from scamcli.exchange.rfc3161 import certificates
from scamcli.exchange.rfc3161.signature import NotValidError, require_signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.x509 import Certificate

LARGEST = 1 << 20
"""The size of the largest reply that is read, in bytes. Real ones have 1 to 10 KB."""


class _Response(core.Sequence):  # type: ignore[misc]
    """`TimeStampResp` of RFC 3161. That of asn1crypto demands the token that a refusal does not have."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much clocks may differ."""


class Reply(NamedTuple):
    """A reply whose signature was checked.

    Attributes:
        imprint: the SHA-256 digest that got the timestamp.
        at: the time, in UTC.
        nonce: the number of the request, or ``None`` if the reply has none.
        serial: the number of the timestamp, which is unique for the authority.
        authority: the name and the organization in the certificate that signed the reply.
        signer: that certificate.
        others: the other certificates in the reply.
    """

    imprint: bytes
    at: datetime
    nonce: int | None
    serial: int
    authority: str
    signer: Certificate
    others: Sequence[Certificate]

    @property
    def moment(self) -> str:
        """The time to the second, as the history writes times."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def is_in_future(self) -> bool:
        """Whether the time has not come yet: one of the two clocks is wrong, by more than a few minutes."""
        return self.at > datetime.now(tz=UTC) + CLOCKS_DIFFER


def read(data: bytes) -> Reply:
    """Read a reply (RFC 3161, section 2.4.2) and check its signature, its certificate and its form.

    Whether anybody should trust the authority is a question for `trust.require_chain`.

    Raises:
        DataError: the authority refused the request, or the reply is damaged, forged or not a reply.
    """
    if len(data) > LARGEST:
        raise DataError(f"It has {len(data):,} bytes; a reply has at most {LARGEST:,}.", _HINT)
    try:
        with catch_warnings(action="ignore"):  # cryptography warns of unusual certificates
            reply = _Response.load(data, strict=True)
            _require_granted(reply["status"].native)
            _require(reply["status"]["status"].contents == b"\x00", "its status is no number")  # also read from no byte
            token = reply["time_stamp_token"]
            _require(token["content_type"].native == "signed_data", "its content is not signed")
            return _checked(token["content"])
    except NotValidError as error:
        raise DataError(f"It is not a valid reply: {error}.", _HINT) from None
    except DataError:
        raise
    except Exception as error:  # two libraries parse bytes from outside, and raise some ten kinds of exceptions
        raise DataError("It cannot be read as the reply of a timestamp authority (RFC 3161).", _HINT) from error


_HINT = "Send the request again, and save the reply as the authority sends it: in binary, not as text."


def _require(is_valid: bool, reason: str) -> None:
    if not is_valid:
        raise NotValidError(reason)


def _require_granted(status: dict[str, object]) -> None:
    word = str(status["status"])
    if word == "granted":
        return
    texts = status["status_string"]
    said = " ".join(map(str, texts)) if isinstance(texts, list) else ""
    failures = status["fail_info"]
    reasons = ", ".join(sorted(map(str, failures))) if isinstance(failures, set | frozenset) else ""
    detail = "; ".join(filter(None, (said and quote(said[:200]), reasons.replace("_", " "))))
    raise DataError(
        f"The authority did not grant a timestamp: {word.replace('_', ' ')}{f' ({detail})' if detail else ''}.",
        "Write a new request, and send it to this or another authority.",
    )


def _checked(signed: cms.SignedData) -> Reply:
    """Check signed data (RFC 5652, section 5) that hold a timestamp."""
    content = signed["encap_content_info"]
    _require(content["content_type"].native == "tst_info", "it holds something other than a timestamp")
    _require(signed["version"].native == "v3", "its version is not the one of timestamps")
    _require(len(signed["signer_infos"]) == 1, f"it has {len(signed['signer_infos'])} signatures instead of one")
    text = bytes(content["content"])
    info = tsp.TSTInfo.load(text, strict=True)
    info.native  # noqa: B018 - parses all of it, which otherwise happens when a part is needed
    _require(info["version"].native == "v1", "its version is unknown")
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    _require(name == "sha256", f"it is for a digest by {name}; requests of scamcli have SHA-256")
    signer_info = signed["signer_infos"][0]
    signer, others = certificates.split(certificates.included(signed), signer_info["sid"])
    require_signature(signed, signer_info, signer, text)
    at = info["gen_time"].native
    certificates.require_time_stamping(signer, at)
    certificates.require_connected(signer, others)
    nonce = info["nonce"]
    return Reply(
        imprint=imprint["hashed_message"].native, at=at, nonce=None if nonce is core.VOID or nonce.native is None
        else int(nonce.native), serial=int(info["serial_number"].native),
        authority=certificates.name_of(signer), signer=signer, others=others,
    )  # fmt: skip
