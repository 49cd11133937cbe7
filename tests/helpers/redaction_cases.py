# ruff: noqa: E501 - tables
"""A timeline that names a person everywhere, and redacting it. All are invented."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import time
from typing import TYPE_CHECKING

from scamcli.ingest.proposal import Metadata, Proposal
from tests.helpers.draft_cases import decide, ingest, proposal
from tests.helpers.driver import COMMAND, Answer, actor, event, export, lines, ok, take_in
from tests.helpers.patience import PATIENCE, take_signals
from tests.helpers.raw_search import holds, stored
from tests.helpers.undo_cases import last

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Zovanny Quexley"
ALIASES = ["Zövánny Quéxley Jr.", "Wuppo", "ដារា វាសនា", "สมหญิง ใจดี", "李小龍"]
WORDS = ["ovanny", "uexley", "wuppo", "ដារា", "វាសនា", "สมหญิง", "ใจดี", "小龍"]
"""What is looked for: without first letters, since full text keeps of a word only what the one before it has not."""


def number_of(db: Path, word: str = "protected") -> str:
    (one,) = set(re.findall(rf"\[{word}-\d+\]", ok("actors", "--json", "--db", str(db))))
    return str(one)


def redact(db: Path, name: str, *flags: str) -> str:
    """Redact; the placeholder."""
    placeholder = ok("redact", "--yes", name, *flags, "--db", str(db)).strip()
    assert re.fullmatch(r"\[?redacted-\d+\]?", placeholder)
    return placeholder


def clean(db: Path, words: list[str] = WORDS) -> None:
    """Check that the file is intact and contains none of the words."""
    assert stored(db, words) == set()
    assert not holds(export(db), words)
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0


READ = """In the news

July 1, 2023: Zovanny Quexley, 41, was freed with 3 others. Wuppo, as they call her, was held for 9 weeks.

July 2, 2023: The guards of Quexley said nothing; 李小龍在那里. 17 of them left.

July 3, 2023: ដារា\u200bវាសនា spoke of Zovanny.

July 4, 2023: A raid, and nobody was found.
"""


def read() -> list[Proposal]:
    """The proposals from a text that names them: by the whole name, by one word of it, and the rejected proposals."""
    first, second, third, fourth = READ.split("\n\n")[1:]
    whole = {"date": "2023-07-01", "title": "Zovanny is freed", "kind": "rescue"}
    return [
        proposal(READ, first, {"date": "July 1, 2023", f"actors.{NAME}": NAME, "title": "Zovanny Quexley, 41, was"}, "9 weeks", **whole,
                 actors=[{"name": NAME, "role": "victim"}], sources=[{"outlet": "The Paper", "passage": first}]),
        proposal(READ, second, {"summary": "The guards of Quexley"}, "17", date="2023-07-02", title="The guards"),
        proposal(READ, third, {"date": "July 3, 2023"}, date="2023-07-03", title="A rejected one", actors=[{"name": "Wuppo", "role": "speaker"}]),
        proposal(READ, fourth.strip(), {"kind": "A raid", "date": "July 4, 2023"}, date="2023-07-04", title="Nobody", kind="raid"),
    ]  # fmt: skip


def everything(db: Path, *, protected: bool) -> Path:
    """A timeline that names a person in every place that holds text, in several versions of several records."""
    take_in(
        db,
        actor(NAME, kind="person", aliases=ALIASES, positions=["cook to Quexley"], topics=["Zovanny"],
              member_of=["House of Zovanny Quexley"], note="Zovanny was held. 李小龍"),
        actor("House of Zovanny Quexley", kind="ngo", note="It helped zövanny-quexley.", aliases=["Friends of Zovanny Quexley"]),
        {"type": "metric", "name": "sightings", "unit": "people", "split": "province", "count": "aggregate", "about": "of Zovanny Quexley"},
        {"type": "site", "name": "Villa Zovanny Quexley", "place": "Zovanny Quexley street", "aliases": ["The ដារាវាសនា Hotel"],
         "owners": [{"name": NAME, "stated_by": NAME, "outlet": "The Paper", "event": "e-zovanny-quexley", "note": "so Quexley"}],
         "operators": [{"name": NAME, "stated_by": NAME, "outlet": "The Paper", "event": "e-zovanny-quexley", "note": "so Quexley"}],
         "statuses": [{"status": "raided", "date": "2023-01-02", "stated_by": NAME, "outlet": "The Paper",
                       "event": "e-zovanny-quexley", "note": "so Quexley"}],
         "note": "Where สมหญิงใจดี was held."},
        event("e-zovanny-quexley", "2023-01-02", "rescue", title="ZOVANNY QUEXLEY freed", summary="The cook Zovanny, or Quexley.",
              note="Zovanny's own words; ដារា\u200bវាសនា; 他们看见李小龍在那里", tags=["Zovanny Quexley"], sites=["Villa Zovanny Quexley"],
              nationalities=["Thai"], actors=[{"name": "Wuppo", "role": "victim"}],
              places=[{"name": "Zovanny Quexley house", "country": "TH", "admin1": "Quexley"}],
              figures=[{"metric": "rescues", "stated": "Zovanny Quexley and 4 others", "best": 5, "note": "so says Quexley",
                        "stated_by": NAME, "group": "friends of Zovanny Quexley"},
                       {"metric": "sightings", "stated": "3", "id": "zovanny-quexley-seen"}],
              sources=[{"outlet": "The Paper", "title": "Zovanny speaks", "passage": "Quexley said", "via": "The Zovanny Quexley Post",
                        "url": "https://paper.example/zovanny-quexley-freed", "archived": "https://a.example/zovanny_quexley"}]),
        event("e-other", "2023-02-03", "report", title="He who helped", summary="It names Zovanny Quexley.",
              links=[{"type": "follows", "event": "e-zovanny-quexley", "note": "of Zo\u0301vanny\u00a0Quexley"}]),
        event("e-plain", "2023-03-04", "raid", title="A raid at the other gate", figures=[{"metric": "rescues", "stated": "12"}]),
    )  # fmt: skip
    ingest(
        db,
        read(),
        READ,
        Metadata("What Zovanny saw", "The Zovanny Quexley Post", "https://p.example/zovanny-quexley", "2023-08"),
    )
    decide(db, "reject", "2023-07-03-a-rejected-one")
    flags = ["--db", str(db), "--as", "zovanny quexley", "--reason", "Zovanny Quexley asked"]
    ok("edit", "e-other", "--note", "Zovanny Quexley again", *flags)
    ok("edit", "e-other", "--note", "nothing", *flags)
    ok("edit", "e-zovanny-quexley", "--title", "Freed, Zovanny", *flags)
    take_in(
        db, event("gone-zovanny", "2023-05-06", actors=[{"name": NAME, "role": "subject"}], title="Zovanny was here")
    )
    ok("remove", "gone-zovanny", "--db", str(db))
    ok("undo", "--db", str(db), "--as", "zovanny quexley")
    ok("undo", str(last(db)), "--db", str(db), "--as", "zovanny quexley")
    if protected:
        ok("edit", NAME, "-", "--db", str(db), stdin=lines([{"type": "actor", "protected": True}]))
    return db


def on_terminal(db: Path, keys: bytes, *flags: str) -> Answer:
    """Run ``redact`` with stdin on a terminal where somebody answers. Return the output and the exit code."""
    leader, follower = pty.openpty()
    with subprocess.Popen([*COMMAND, "redact", NAME, *flags, "--db", str(db)], stdin=follower, stdout=subprocess.PIPE,
                          stderr=follower, start_new_session=True, preexec_fn=_own_terminal) as child:  # fmt: skip
        os.close(follower)
        said = _until(leader, b"[y/N]" if keys else b"\0never")
        if keys:
            os.write(leader, keys)
        said += _until(leader, b"\0never")
        assert child.stdout is not None
        out = child.stdout.read().decode()
        code = child.wait(PATIENCE)
    os.close(leader)
    return Answer(code, out, said.decode())


def _own_terminal() -> None:
    import fcntl
    import termios

    take_signals()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(leader: int, word: bytes) -> bytes:
    said, latest = b"", time.monotonic() + PATIENCE
    while word not in said and time.monotonic() < latest:
        try:
            if select.select([leader], [], [], 0.5)[0]:
                said += os.read(leader, 4096)
        except OSError:
            break
    return said
