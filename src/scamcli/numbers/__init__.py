"""Numbers: what figures come to without counting anything twice. The rules are in ``docs/honest-numbers.md``.

This package is pure: it knows no database and no terminal. `entries` turns statements into entries (rules 4 to 6),
`relations` says which entry lies inside which and which cannot overlap (rules 7 and 8), `totals` adds entries up
(rule 9), `rows` says which entries a row of a table holds (rule 10), and `rises` works out what a running total rose by
(rule 11). `suspicion` finds events that may be one event, and `conflicts` lists what cannot all be true.
"""

RULES_VERSION = "3.0"
"""The version of the rules in ``docs/honest-numbers.md``. It changes whenever a rule changes a number."""
