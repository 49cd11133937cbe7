"""``edit ID`` and ``add`` without flags: a record in an editor, and back; nothing that was written is lost."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from scamcli.cli import template
from scamcli.records import models, normalise
from tests.helpers import fake_editor
from tests.helpers.command_line import done
from tests.helpers.known_names import Names
from tests.helpers.paths import ROOT, SEED
from tests.helpers.terminals import Conversation, Seen

ID = "2022-09-22-vietnamese-rescued"

EVENTS = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines() if '"type": "event"' in line]

Step = list[tuple[str, str]] | int | None


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the editor has its steps; the files to edit are made in another."""
    place, temporary = tmp_path / "editor", tmp_path / "temporary"
    place.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{fake_editor.__file__}' '{place}'")
    return place


def edited(folder: Path, steps: list[Step], *arguments: str) -> Seen:
    (folder / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    return Conversation(*arguments, columns=200).end()


def shown(folder: Path, number: int = 0) -> str:
    return (folder / f"shown-{number}.txt").read_text(encoding="utf-8")


def record(id_: str = ID) -> dict[str, Any]:
    found: dict[str, Any] = done("show", id_, "--include-protected", "--json").json
    return {key: value for key, value in found.items() if key not in {"digest", "start", "end", "match"}}


def left_behind() -> list[str]:
    return [place.name for place in Path(os.environ["TMPDIR"]).iterdir()]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event["id"]))
def test_a_template_says_all_that_the_record_says(event: dict[str, Any]) -> None:
    text = template.render(event, "of the seed")
    assert [line for line in text.splitlines() if len(line) > template.WIDTH and "http" not in line] == []
    value = template.parse(text, {})
    read = models.Event.model_validate({"type": "event", "id": event["id"], **value})
    normalise.complete(read, Names())
    assert read.model_dump() == event
    again = {"type": "event", "id": event["id"], **template.parse(text, event)}
    assert again | {"dataset": None} == event, "only an import sets the data set"


@pytest.mark.parametrize(
    "summary",
    ["two\nlines", "a blank\n\nbetween", "| a bar", "# no comment", "a long one " * 30, "ends; so\\", "\n| x", "k: v"],
)
def test_texts_of_any_form_come_back(summary: str) -> None:
    event = EVENTS[0] | {"summary": summary.strip(), "sources": [EVENTS[0]["sources"][0] | {"passage": summary}]}
    text = template.render(event, "an event")
    assert template.parse(text, event)["summary"] == summary.strip()
    assert template.parse(text, event)["sources"] == event["sources"]
    value: Any = template.parse(text, {})
    assert value["sources"][0]["passage"] == summary.strip()


def test_edit_opens_the_record_and_writes_what_was_changed(own_db: Path, folder: Path) -> None:
    before = record()
    seen = edited(
        folder, [[("title: Vietnamese", "title: Some Vietnamese"), ("\ntag:", "\ntag: border\ntag: new")]], "edit", ID
    )
    assert (seen.code, seen.out) == (0, f"{ID}\n")
    title = f"Some {before['title']}"
    assert record() == before | {"title": title, "tags": ["border", "new"]}
    assert done("log", ID, "--json").json[0]["command"] == "edit"
    assert left_behind() == []


@pytest.mark.parametrize(("step", "command"), [([], ("edit", ID)), (None, ("add",))], ids=["unchanged", "emptied"])
def test_nothing_is_changed_by_leaving(own_db: Path, folder: Path, step: Step, command: tuple[str, ...]) -> None:
    before = done("log", "--json").json
    seen = edited(folder, [step], *command)
    assert seen.code == 0
    assert "Nothing was" in seen.out
    assert done("log", "--json").json == before
    assert left_behind() == []


def test_an_error_opens_the_text_again(own_db: Path, folder: Path) -> None:
    wrong: Step = [("\nkind: rescue", "\nkind: rescu"), ("\nfigure: rescues", "\nfigure: rescuess")]
    seen = edited(
        folder,
        [wrong, [("\nkind: rescu\n", "\nkind: raid\n")], [("\nfigure: rescuess", "\nfigure: rescues")]],
        "edit",
        ID,
    )
    assert (seen.code, seen.out) == (0, f"{ID}\n")
    assert record()["kind"] == "raid"
    again = shown(folder, 1)
    assert again.startswith("#! ")
    assert "rescue" in again.splitlines()[0]
    assert "\nkind: rescu\n" in again
    assert "rescuess" in shown(folder, 2).splitlines()[0]
    assert shown(folder, 2).count("#! ") == 2  # the metric, and where the metrics are listed: nothing of the first
    assert left_behind() == []


def scripted(folder: Path, body: str) -> dict[str, str]:
    """The environment of an editor that does this with its file, ``path``, and counts how often it was called."""
    script = folder / "scripted.py"
    count = f"with open({str(folder / 'calls')!r}, 'a') as calls: calls.write('.')\n"
    script.write_text(f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{count}{body}\n")
    return {"EDITOR": f"'{sys.executable}' '{script}'"}


@pytest.mark.parametrize(
    ("number", "body", "kept"),
    [(signal.SIGTERM, "", []), (signal.SIGHUP, "path.write_text('title: Mine')", ["record.txt"]),
     (signal.SIGTERM, "Path(f'{path}.save').write_text('title: Mine')", ["record.txt", "record.txt.save"])],
    ids=["nothing written", "written", "saved beside it"],
)  # fmt: skip
def test_a_signal_leaves_only_what_was_written(
    own_db: Path, folder: Path, number: signal.Signals, body: str, kept: list[str]
) -> None:
    env = scripted(folder, f"{body}\nimport time\nprint('now', 'open', flush=True)\ntime.sleep(60)")
    walk = Conversation("edit", ID, columns=200, env=env)
    walk.until("now open")
    walk.process.send_signal(number)
    seen = walk.end()
    assert seen.code == 128 + number
    assert "Traceback" not in seen.out
    assert ("What you wrote is kept in" in seen.out) == bool(kept)
    assert sorted(path.name for path in Path(os.environ["TMPDIR"]).rglob("record*")) == kept
    assert len(left_behind()) == bool(kept)


def test_giving_up_keeps_what_was_written(own_db: Path, folder: Path) -> None:
    before = record()
    seen = edited(
        folder, [[("\ndate: 2022-09-22", "\ndate: 2022-99"), ("title: V", "title: What I wrote: v")], []], "edit", ID
    )
    assert seen.code == 4
    assert "`date`" in seen.out
    assert record() == before
    path = Path(seen.out.partition("What you wrote is kept in ")[2].splitlines()[0])
    assert "\ntitle: What I wrote" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_change_by_others_in_the_meantime_is_not_written_over(own_db: Path, folder: Path) -> None:
    script = folder / "both.py"
    script.write_text(
        f"import subprocess, sys\nfrom tests.helpers import fake_editor\nfrom pathlib import Path\n"
        f"subprocess.run([{str(Path(sys.executable).with_name('scamcli'))!r}, 'edit', {ID!r}, '--tag', 'theirs'])\n"
        f"sys.exit(fake_editor.main(Path({str(folder)!r}), Path(sys.argv[1])))\n"
    )
    (folder / "steps.json").write_text(json.dumps([[("\ntag:", "\ntag: mine")]]), encoding="utf-8")
    env = {"EDITOR": f"{sys.executable} {script}", "PYTHONPATH": str(ROOT)}
    seen = Conversation("edit", ID, columns=200, env=env).end()
    assert seen.code == 4
    assert "The record has changed" in seen.out
    assert record()["tags"] == ["theirs"]
    assert "kept in" in seen.out
    assert not (folder / "shown-1.txt").exists()


def test_protected_names_are_not_in_the_file_and_come_back(own_db: Path, folder: Path) -> None:
    actor = '{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}'
    done("import", "-", stdin=actor)
    done("edit", ID, "--actor", "Invented Person: victim", "--summary", "Invented Person speaks; police answer.")
    before = record()
    seen = edited(folder, [[("title: V", "title: Now v"), ("police answer", "no one answers")]], "edit", ID)
    assert seen.code == 0
    assert "Invented" not in shown(folder)
    assert "[protected-" in shown(folder)
    after = record()
    assert after["actors"] == before["actors"]
    assert after["summary"] == "Invented Person speaks; no one answers."


def test_add_opens_an_empty_template(own_db: Path, folder: Path) -> None:
    filled: Step = [
        ("\ndate:", "\ndate: 2024-02-03"), ("\nkind:", "\nkind: report"), ("\ntitle:", "\ntitle: Workers\n    speak"),
        ("\nfigure:", "\nfigure: captives: about 30; nationality: Indian; by: VOD"), ("\nsource:", "\nsource: VOD"),
        ("\nprovince:", "\nprovince: Poipet"),
    ]  # fmt: skip
    seen = edited(folder, [filled], "add")
    assert (seen.code, seen.out) == (0, "2024-02-03-workers-speak\n")
    made = record("2024-02-03-workers-speak")
    assert (made["title"], made["provinces"], made["figures"][0]["best"]) == ("Workers speak", ["Banteay Meanchey"], 30)
    assert (made["status"], made["countries"]) == ("reviewed", ["KH"])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EDITOR", "sh -c 'exit 3'", "failed with exit code 3"),
        ("VISUAL", "/nonexistent/editor", "cannot be run"),
        ("EDITOR", "rm", "deleted its file"),
    ],
)
def test_an_editor_that_fails(own_db: Path, name: str, value: str, said: str) -> None:
    seen = Conversation("edit", ID, columns=200, env={name: value}).end()
    assert seen.code == 2
    assert said in seen.out
    assert "Traceback" not in seen.out
    assert left_behind() == []
