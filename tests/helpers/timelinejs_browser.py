"""TimelineJS itself, in a browser without a window: what it makes of a timeline."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.helpers.npm_packages import installed
from tests.helpers.patience import PATIENCE
from tests.helpers.validators import need, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIBRARY = "@knight-lab/timelinejs"
VERSION = "3.9.11"

PAGE = """<!doctype html>
<meta charset="utf-8">
<link rel="stylesheet" href="library/css/timeline.css">
<script src="library/js/timeline.js"></script>
<body><div id="timeline" style="width: 1200px; height: 700px"></div></body>
<script>
const say = (name, value) => document.body.setAttribute(name, String(value));
let ran = 0;
window.alert = () => { ran += 1; };
window.onerror = (message) => say("data-failed", message);
fetch("timeline.json").then((answer) => answer.json()).then((data) => {
  const timeline = new TL.Timeline("timeline", data, {script_path: location.href, hash_bookmark: false, font: null});
  setTimeout(() => {
    say("data-ran", ran);
    say("data-errors", timeline.config.getErrors("; "));
  }, 4000);
}).catch((error) => say("data-failed", error));
</script>
"""
"""A page that shows a timeline, and notes on its body what went wrong, and how often a script of it ran."""


def library() -> Path:
    """Return the folder of TimelineJS."""
    return installed(f"{LIBRARY}@{VERSION}") / LIBRARY / "dist"


def shown(timeline: str, folder: Path) -> Any:
    """The document that the browser has made of a timeline, as lxml reads it.

    Args:
        timeline: the JSON.
        folder: an empty one, for the page and the browser.
    """
    html = need("lxml.html")
    browser = program("chromium", "chromium-browser", "google-chrome")
    (folder / "library").symlink_to(library())
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "timeline.json").write_text(timeline, encoding="utf-8")
    with _served(folder) as address, tempfile.TemporaryDirectory() as profile:
        quiet = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}",
            "--virtual-time-budget=20000", "--dump-dom",
        ]  # fmt: skip
        command = [browser, *quiet, f"{address}/page.html"]
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    return html.document_fromstring(done.stdout.decode())


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that its parent has
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
