"""The methods of ``Timeline`` that ask for timestamps of heads, and keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError
from scamcli.exchange import rfc3161
from scamcli.store import heads, timestamps
from scamcli.store.naming import NewNames
from scamcli.store.transaction import Transaction
from scamcli.timeline import timestamp_check
from scamcli.timeline.session import Session, cause_of, transaction

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Unpack

    from scamcli.exchange.rfc3161.reply import Reply
    from scamcli.store.heads import Head
    from scamcli.store.history import ChangeInfo


class Timestamp(NamedTuple):
    """A timestamp of the head of a change, and what was and what was not checked, as clauses.

    ``is_new`` is false if the same reply was kept already.
    """

    change: int
    at: str
    authority: str
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    is_new: bool


class Timestamps(Session):
    """Methods that write timestamps. Each is one transaction."""

    def write_timestamp_request(self, path: Path) -> int:
        """Write a request for a timestamp of the head to a new file, and remember its number.

        The history does not change. Returns the number of the change whose head will get the timestamp.

        Raises:
            NotFoundError: Nothing was changed yet.
            WrongUsageError: The file exists, or asn1crypto or cryptography is not installed.
            DatabaseError: The file cannot be written.
        """
        rfc3161.require_libraries()
        from scamcli.exchange.rfc3161 import request

        with self._adding() as writer:
            head, nonce = heads.head(writer.connection), request.new_nonce()
            timestamps.remember_request(writer.connection, nonce, head.change)
            # before the commit: no number is remembered for a request that nobody has
            timestamp_check.write_new(path, request.request(timestamps.imprint(head), nonce))
        return head.change

    def add_timestamp(self, reply: bytes, trusted: Path | None = None, **info: Unpack[ChangeInfo]) -> Timestamp:
        """Check the reply of a timestamp authority, and keep it.

        Args:
            reply: What the authority sent.
            trusted: A file with the certificates of authorities that the user trusts. Without it, the signature is
                checked, and not who made it.
            info: Author and reason of the change.

        Raises:
            DataError: The reply is not valid, is not for a head of this timeline, or does not answer its requests.
            WrongUsageError: asn1crypto or cryptography is not installed.
        """
        rfc3161.require_libraries()
        from scamcli.exchange.rfc3161 import reply as replies
        from scamcli.exchange.rfc3161 import trust

        found = replies.read(reply)
        root = trust.require_chain(found, trust.read_certificates(trusted)) if trusted else None
        with self._adding(**info) as writer:
            head = timestamps.head_with(writer.connection, found.imprint)
            if head is None:
                raise DataError(
                    "It is for something other than a head of this timeline.",
                    "Its imprint must be the SHA-256 of a line that `scamcli log --head` has printed for this file.",
                )
            is_answer = _answers(writer, found, head)
            is_new = timestamps.keep(
                writer.history, timestamps.KeptTimestamp(head, head.change, found.moment, found.authority, reply)
            )
            authority = writer.shown(found.authority)
        checked, skipped = _clauses(root, is_answer=is_answer)
        if found.is_in_future():
            skipped = (f"the time: {found.moment} has not come yet, by the clock of this machine", *skipped)
        return Timestamp(head.change, found.moment, authority, checked, skipped, is_new)

    def _adding(self, **info: Unpack[ChangeInfo]) -> AbstractContextManager[Transaction]:
        return transaction(self._named, Transaction, NewNames.TAKEN, cause_of("log --timestamp", **info))


def _answers(writer: Transaction, reply: Reply, head: Head) -> bool:
    """Return whether a reply answers a request that was made here; ``False`` if none was made for this head.

    Raises:
        DataError: It answers another request.
    """
    known = timestamps.requested(writer.connection, head.change)
    if not known:
        return False
    if reply.nonce not in known:
        raise DataError(
            f"It answers none of the requests that were made here for change {head.change}: its nonce differs.",
            "An old or foreign reply may have been sent. Write a new request, and send that.",
        )
    return True


def _clauses(root: str | None, *, is_answer: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was checked, and what was not."""
    checked = [
        "the authority granted it",
        "it is for a head of this timeline",
        "the signature fits the content and the certificate",
        "the certificate is for timestamps alone and was valid at that time",
    ]
    skipped = ["whether the certificate was revoked, which needs the network"]
    if is_answer:
        checked.append("it answers a request that was made here")
    else:
        skipped.append("whether it answers a request, because none was made here for this head")
    if root is None:
        skipped.append("who the authority is; give the certificate of its root with --ca")
    else:
        checked.append(f"the certificate leads to {root}")
    return tuple(checked), tuple(skipped)
