"""RFC 3161 timestamps: write requests, and check replies, without any network.

The user carries the request to an authority and its reply back. A reply proves that a digest existed at a time,
according to the authority. The modules parse with asn1crypto, and leave signatures and chains of certificates to
cryptography; both are loaded only here.
"""

from __future__ import annotations

from importlib.util import find_spec

from scamcli.errors import WrongUsageError

NEEDED = ("asn1crypto", "cryptography")


def missing() -> str:
    """Return the name of a library that is needed and not installed, or an empty string."""
    return next((name for name in NEEDED if find_spec(name) is None), "")


def require_libraries() -> None:
    """Raise `WrongUsageError` if a library is not installed; the hint says how to install it."""
    if name := missing():
        raise WrongUsageError(
            f"Timestamps need {name}, which is not installed.", "Install it: `pip install 'scamcli[timestamp]'`."
        )
