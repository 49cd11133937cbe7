"""``python -m scamcli``: the same as the command."""

from scamcli.cli.main import main

main()
