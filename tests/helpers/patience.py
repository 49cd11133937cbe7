"""What tests need to pass on a machine that is busy with other things, and however they were started."""

from __future__ import annotations

import signal

PATIENCE = 300.0
"""Seconds to wait for what a process does, or for its end: on any machine, only one that hangs takes as long."""


def take_signals() -> None:
    """Receive signals as a command of a shell does, even if the parent process ignores them, as with ``nohup``.

    This is the ``preexec_fn`` of processes to which tests send signals.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
