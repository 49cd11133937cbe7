"""Make a picture of the top of a report with a browser that has no window: `make report` runs this.

python scripts/picture_of_report.py build/report.html docs/report.png
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = (1200, 1230)
LARGEST = 250_000
"""The most bytes that a picture in the documentation may have."""


def main(page: Path, picture: Path) -> None:
    """Write the picture."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("The picture needs Chromium, which is not installed (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}",
            "--hide-scrollbars", f"--window-size={SIZE[0]},{SIZE[1]}", f"--screenshot={picture.resolve()}",
        ]  # fmt: skip
        subprocess.run([browser, *options, page.resolve().as_uri()], check=True, capture_output=True, timeout=120)
    if picture.stat().st_size > LARGEST:
        sys.exit(f"{picture} has {picture.stat().st_size:,} bytes, and may have {LARGEST:,}.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
