"""The command, and ``python -m scamcli``.

Collecting cyclic garbage is off: modules that load make none, and neither do rows, while looking for it in all that is
loaded costs a tenth of a short command. What is not cyclic is freed at once in any case.
"""

import gc


def run() -> None:
    """Load the command line, and run it."""
    gc.disable()
    from scamcli.cli.main import main

    main()


if __name__ == "__main__":
    run()
