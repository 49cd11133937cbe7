"""RFC 3161 timestamps: write requests, and check replies, without any network.

The user carries the request to an authority and its reply back. A reply proves that a digest existed at a time,
according to the authority. The modules parse with asn1crypto, and leave signatures and chains of certificates to
cryptography; both are loaded only here.
"""

from __future__ import annotations

from scamcli.errors import missing_libraries, require_installed

NEEDED = ("asn1crypto", "cryptography")


def missing() -> str:
    """Return the name of a library that is needed and not installed, or an empty string."""
    return next(iter(missing_libraries(*NEEDED)), "")


def require_libraries() -> None:
    """Raise `WrongUsageError` if a library is not installed; the hint says how to install it."""
    require_installed("timestamp", "Timestamps need", *NEEDED)
