"""Long texts are read in parts: nothing is lost between them, the result is that of the whole, and no process stays."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from scamcli.errors import DataError
from scamcli.ingest import parts
from scamcli.ingest.parts import parts_of, read_in_parts
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import LONGEST_WHOLE, Document, Known, Metadata
from tests.helpers.driver import COMMAND, ok, run
from tests.helpers.terminals import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.proposal import Extraction

T = TypeVar("T")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
FIRST = date(2019, 1, 1)
PLACES = ("Kandal", "Takeo", "Kampot")
ABOUT = Metadata(outlet="Border Monitor")
NEWS = (
    "Police in {place} freed {number} Thai workers, the interior ministry said.",
    "{number} Chinese nationals were arrested in {place}, according to governor Sok Dara.",
    "At least {number} victims were repatriated to Vietnam from {place}.",
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make parts small, so that a text of a few entries has several."""
    monkeypatch.setattr(parts, "LONGEST_WHOLE", 2000)
    monkeypatch.setattr(parts, "SIZE", 1000)


def spelled(at: int) -> str:
    day = FIRST + timedelta(days=at)
    return f"{day.day} {day:%B} {day.year}"


def timeline(size: int) -> str:
    """Return a timeline of entries that do not refer to each other."""
    news = (NEWS[at % 3].format(place=PLACES[at % 2], number=at % 900 + 5) for at in range(size))
    return "".join(f"{spelled(at)}\n\n{one} It was in the news.\n\n" for at, one in enumerate(news))


def in_parts(text: str) -> Extraction:
    return _in_parts(Document(text, ABOUT))


def _in_parts(document: Document) -> Extraction:
    return read_in_parts(document, Known(), lambda done, total: None)


def begin(text: str) -> list[str]:
    """Return the first line of each part but the first."""
    return [text[start:end].split("\n")[0] for start, end in parts_of(text)][1:]


FILLER = "Officials praised it. " * 60 + "\n\n"
OPENINGS = {
    "a date alone": "5 March 2023\n\nPolice freed 12 people.",
    "a date before its entry": "5 March 2023: Police freed 12 people.",
    "a dateline": "PHNOM PENH, March 5, 2023 (Reuters) - Police freed 12 people.",
    "a heading": "## 2023-03-05 | Police freed 12 people",
    "an item": "- March 5, 2023: police freed 12 people",
    "a year alone": "2023\n\n5 March 2023: Police freed 12 people.",
    "below the end of a sentence": "Officials praised it.\n5 March 2023: Police freed 12 people.",
}
OTHERS = {
    "no date": "Police freed 12 people.",
    "a date without its year": "5 March: Police freed 12 people.",
    "a date in a sentence": "On 5 March 2023, police freed 12 people.",
    "a year in a sentence": "In 2014 Algeria had sent back 12 people.",
    "a year that is a subject": "2014 was bad for 12 workers.",
    "a date that is a subject": "5 March 2023 was bad for 12 workers.",
    "the number of a case": "Law 2008/12 was passed.",
    "a dateline without its year": "PHNOM PENH, March 5 (Reuters) - Police freed 12 people.",
    "the row of a table": "| 5 March 2023 | Kandal | 12 |",
    "a row without its first line": "5 March 2023 | Kandal | 12",
    "a head of columns": "2078/79\t2079/80\tChange",
    "a wrapped sentence": "They were freed on\n5 March 2023 in Kandal.",
    "a row of values": "Day,Place,Freed\n2023-03-05,Kandal,12",
    "a comment": "<!--\n\n5 March 2023: Police freed 12 people.\n\n-->",
    "a date before one without its year": "5 March 2023: Police freed 12.\n\n7 March: Police freed 15 people.",
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("case", OPENINGS)
def test_a_part_begins_with_a_date(case: str) -> None:
    assert begin(FILLER + OPENINGS[case] + "\n\n" + FILLER) == [OPENINGS[case].split(".\n")[-1].split("\n")[0]]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("case", OTHERS)
def test_no_part_begins_elsewhere(case: str) -> None:
    assert begin(FILLER + OTHERS[case] + "\n\n" + FILLER) == []


YEARS = "".join(
    f"## {year}\n\n"
    + "".join(f"{day} March: Police in Kandal freed {day + 40} workers.\n\n" for day in range(1, 29))
    + f"3 May {year - 4}: the same compound had been raided.\n\n29 March: Police in Kandal freed 9 workers.\n\n"
    for year in range(2008, 2012)
)
UNLIKE = {
    "dates that need the year above them": (YEARS, {}),
    "a date of publication before some entries": (timeline(60), {"published": str(FIRST + timedelta(days=9))}),
    "a date of publication before all entries": (timeline(60), {"published": "2001-01-01"}),
    "a headline": (timeline(60), {"title": "Chinese nationals arrested"}),
    "years alone": ("".join(f"{year} Thai workers were freed in Kandal.\n\n" for year in range(1995, 2020)) * 3, {}),
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("case", UNLIKE)
def test_dates_and_titles_are_those_of_the_whole(case: str) -> None:
    text, given = UNLIKE[case]
    document = Document(text, ABOUT._replace(**given))
    found, whole = (read(document) for read in (_in_parts, lambda one: extract(one, Known())))
    assert [(one.passage.start, one.record["date"], one.record["title"]) for one in found.drafts] == [
        (one.passage.start, one.record["date"], one.record["title"]) for one in whole.drafts
    ]
    numbers = ([*(one for draft in read.drafts for one in draft.unread), *read.outside] for read in (found, whole))
    figures = ([len(draft.record["figures"]) for draft in read.drafts] for read in (found, whole))
    assert len({sum(one) + len(others) for one, others in zip(figures, numbers, strict=True)}) == 1
    assert found.undated == whole.undated


def test_parts_are_all_of_a_text() -> None:
    text = timeline(20_000)
    spans = list(parts_of(text))
    assert len(spans) > 3
    assert "".join(text[slice(*span)] for span in spans) == text
    assert all(re.match(r"\d+ \w+ 20\d\d\n", text[span.start :]) for span in spans)
    assert all(parts.SIZE <= span.end - span.start < parts.SIZE + 500 for span in spans[:-1])
    assert spans[-1].end - spans[-1].start >= parts.SIZE
    assert len(list(parts_of(text[:LONGEST_WHOLE]))) == 1


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("processes", [1, 2])
def test_parts_say_what_the_whole_says(processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PROCESSES", processes)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    text = timeline(60)
    assert len(list(parts_of(text))) > 3
    whole = extract(Document(text, ABOUT), Known())
    assert len(whole.drafts) == 60
    assert in_parts(text) == whole


@needs_fork
@pytest.mark.usefixtures("small")
def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    text = timeline(60)
    monkeypatch.setattr(os, "fork", refuse)
    assert in_parts(text) == extract(Document(text, ABOUT), Known())


@pytest.mark.usefixtures("small")
def test_what_is_left_out_has_its_place_in_the_whole() -> None:
    text = timeline(30) + "1 May 2021\n\nSome 41 tickets were sold to a group in 17 homes.\n\n" + timeline(30)
    found, whole = in_parts(text), extract(Document(text, ABOUT), Known())
    unread = {text[slice(*span)] for draft in found.drafts for span in draft.unread}
    assert (found.outside, unread) == (
        whole.outside,
        {text[slice(*one)] for draft in whole.drafts for one in draft.unread},
    )
    assert any("17" in one for one in unread)
    for draft in found.drafts:
        assert text[slice(*draft.passage)].strip() == text[slice(*draft.passage)]
        dates = [text[slice(*one.span)] for one in draft.reasons if one.field == "date"]
        assert all(re.fullmatch(r"\d+ \w+ 20\d\d", one) for one in dates)


@pytest.mark.usefixtures("small")
def test_a_name_that_one_part_withholds_is_in_no_other() -> None:
    victim = "1 May 2021\n\nThe victim, Nguyen Thi Hoa, 19, was found dead in Kandal, police said.\n\n"
    later = "2 May 2021\n\nNguyen Thi Hoa said that 12 workers were held in Takeo.\n\n"
    alone = extract(Document(later + timeline(1), ABOUT), Known())
    assert "Nguyen Thi Hoa" in json.dumps([alone.drafts[0].record, alone.kinds])
    text = later + timeline(30) + victim + timeline(30) + later
    found, whole = in_parts(text), extract(Document(text, ABOUT), Known())
    assert "Nguyen Thi Hoa" in found.withheld
    for one in (found, whole):
        assert "Hoa" not in json.dumps([one.kinds, [draft.record for draft in one.drafts]])
        fields = [reason.field for draft in one.drafts for reason in draft.reasons]
        assert "figures.captives" in fields
        assert not [field for field in fields if "Hoa" in field or field == "figures.captives.stated_by"]


@pytest.mark.usefixtures("small")
def test_somebody_with_a_post_in_one_part_is_withheld_in_none() -> None:
    harmed = "1 May 2021\n\nThe victim, Nguyen Thi Hoa, 19, was found dead in Kandal, police said.\n\n"
    official = "2 May 2021\n\nMinister Nguyen Thi Hoa said that 12 workers were held in Takeo.\n\n"
    text = official + timeline(30) + harmed + timeline(30) + official
    for one in (in_parts(text), extract(Document(text, ABOUT), Known())):
        assert one.withheld == ()
        speakers = [figure["stated_by"] for draft in one.drafts for figure in draft.record["figures"]]
        assert speakers.count("Nguyen Thi Hoa") == 2


@pytest.mark.usefixtures("small")
def test_a_link_leads_to_the_entry_of_its_own_part() -> None:
    report = "1 May 2022\n\nRadio Free Asia said that 40 Thai workers were held in Kandal.\n\n"
    denial = "2 May 2022\n\nThe ministry denied the report by Radio Free Asia that 40 workers were held.\n\n"
    pair = report + denial
    (link,) = (link for draft in extract(Document(pair, ABOUT), Known()).drafts for link in draft.record["links"])
    found = in_parts(pair + timeline(60) + pair)
    targets = [(link["event"], reason.field) for draft in found.drafts for link in draft.record["links"]
               for reason in draft.reasons if reason.field.startswith("links.")]  # fmt: skip
    ids = [link["event"], f"{link['event']}-2"]
    assert targets == [(id_, f"links.{id_}") for id_ in ids]


@needs_fork
@pytest.mark.usefixtures("small")
def test_an_error_in_a_part_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document, known: Known, progress: object) -> Extraction:
        raise KeyError(len(known.actors))

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parts, "extract", fail)
    with pytest.raises(KeyError, match="0"):
        in_parts(timeline(60))
    assert not _children()


@needs_fork
@pytest.mark.usefixtures("small")
def test_a_process_that_is_killed_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(document: Document, known: Known, progress: object) -> Extraction:
        os.kill(os.getpid(), signal.SIGKILL)
        return extract(document, known)

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parts, "extract", die)
    with pytest.raises(DataError, match="A process that was reading the text was killed"):
        in_parts(timeline(60))
    assert not _children()


@pytest.mark.usefixtures("small")
def test_a_part_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", "text-seconds=1")
    monkeypatch.setattr(parts, "extract", lambda *_: _count_forever())
    with pytest.raises(DataError, match="takes more than 1 second"):
        in_parts(timeline(60))


def _count_forever() -> Extraction:
    while True:
        pass


@pytest.mark.thorough
def test_an_archive_is_ingested_whole(tmp_path: Path) -> None:
    """Every entry of a long text is a draft, and reading the text again adds none."""
    db = str(_archive(tmp_path).with_name("new.db"))
    drafts = _ingested(tmp_path)
    assert [one["date"] for one in drafts] == [str(FIRST + timedelta(days=at)) for at in range(9_500)]
    assert "problems    0" in ok("info", "--verify", "--db", db)
    assert _ingested(tmp_path) == []


@needs_fork
@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
def test_interrupt(tmp_path: Path) -> None:
    """Control-C ends all processes, without a trace of any of them."""
    terminal = Conversation("ingest", str(_archive(tmp_path)), "--db", str(tmp_path / "new.db"))
    terminal.until("reading ")
    children = _children(terminal.process.pid)
    seen = terminal.interrupt()
    assert (seen.code, "Traceback" in seen.out) == (130, False)
    assert "Nothing was written." in seen.out
    assert children
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert not (tmp_path / "new.db").exists()


@needs_fork
@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
def test_no_process_outlives_a_killed_command(tmp_path: Path) -> None:
    command = [*COMMAND, "ingest", str(_archive(tmp_path)), "--db", str(tmp_path / "new.db")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        children = _until(lambda: _children(process.pid))
        process.kill()
    assert children or os.cpu_count() == 1
    assert _until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def _until(condition: Callable[[], T]) -> T:
    """Return what a condition gives as soon as that is true, or after half a minute."""
    end = time.monotonic() + 30
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _archive(folder: Path) -> Path:
    text = timeline(9_500)
    assert len(text) > LONGEST_WHOLE
    (folder / "archive.txt").write_text(text, "utf-8")
    return folder / "archive.txt"


def _ingested(folder: Path) -> list[dict[str, object]]:
    """Return the drafts of the archive."""
    answer = run("ingest", str(folder / "archive.txt"), "--json", "--db", str(folder / "new.db"))
    assert answer.code == 0, answer
    assert "read in 2 parts" in answer.err
    found: list[dict[str, object]] = json.loads(answer.out)
    return found


def _children(pid: int | str = "self") -> list[int]:
    if not Path("/proc/self/task").exists():
        return []
    for thread in threading.enumerate() if pid == "self" else ():
        if thread is not threading.main_thread() and thread.name.startswith("Thread-"):
            thread.join(5)
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
