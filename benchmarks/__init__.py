"""How scamcli compares with other tools, as ratios."""
