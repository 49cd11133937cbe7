"""Two versions of a record into one, by what both were before: pure, without a database and without a terminal.

What one side changed is taken, what both changed alike is taken once, and what both changed in different ways is a
conflict, told with its key, in which ours stays unless whoever merges chooses otherwise. Numbers that belong together,
such as a wording and its bounds, are never put together out of two.
"""

from scamcli.merge.threeway.deciding import Choose, Conflict, Since, ours_stays, theirs_comes
from scamcli.merge.threeway.histories import parted
from scamcli.merge.threeway.records import Merged, merge

__all__ = ["Choose", "Conflict", "Merged", "Since", "merge", "ours_stays", "parted", "theirs_comes"]
