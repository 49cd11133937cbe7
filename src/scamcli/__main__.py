"""The ``scamcli`` command, and ``python -m scamcli``."""

import gc


def run() -> None:
    """Load the command line and run it."""
    # A short command makes hardly any cyclic garbage, and searching all loaded objects for it takes 5 % of its CPU
    # time (`search --json` on the shipped timeline, 60 paired runs). Reference counting frees everything else at once.
    gc.disable()
    from scamcli.cli.main import main

    main()


if __name__ == "__main__":
    run()
