"""Three-way merge of one record: pure, without a database or a terminal.

What only one side changed is taken, what both changed in the same way is taken once, and what both changed differently
is a conflict, in which ours stays unless the caller chooses otherwise. Values that belong together, such as a wording
and its bounds, are never mixed from two sides.
"""

from scamcli.merge.threeway.decision import Choose, Conflict, Since, last_common
from scamcli.merge.threeway.records import merge

__all__ = ["Choose", "Conflict", "Since", "last_common", "merge"]
