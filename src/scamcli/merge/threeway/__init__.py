"""Merge three versions of one record. This package is pure and uses no database or terminal.

A change that only one side made is taken, and a change that both made in the same way is taken once. If both sides
changed a value differently, that is a conflict, and our value stays unless the caller chooses otherwise. Values that
belong together, such as a wording, its bounds and its speaker, are never taken from different sides.
"""

from scamcli.merge.threeway.decision import Choose, Conflict, Since, last_common
from scamcli.merge.threeway.parts import STATEMENT
from scamcli.merge.threeway.records import merge

__all__ = ["STATEMENT", "Choose", "Conflict", "Since", "last_common", "merge"]
