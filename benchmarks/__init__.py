"""A comparison of scamcli with other tools, as ratios."""
