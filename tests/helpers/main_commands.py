# ruff: noqa: E501 - tables
"""Run the main commands once and check that each does its work: ``make floors`` does it with the lowest versions.

It needs only the package and what its extras install. Run it as a script of its own, from the root of the repository.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from scamcli.exchange.exporters.dump import Shape
from scamcli.exchange.exporters.registry import EXPORT_FORMATS
from scamcli.output.formats import Format
from tests.helpers.command_line import done, run
from tests.helpers.pdf_files import pdf

RAID = ("--date", "2023-07-01", "--kind", "rescue", "--title", "Police free 12", "--province", "Kandal")
TEXT = "On 3 May 2023, police freed 12 Thai people from a compound in Kandal province, Example Daily reported."
ARTICLE = f"<html><body><nav>Menu</nav><article><h1>Freed</h1>{f'<p>{TEXT}</p>' * 5}</article></body></html>"


def reads() -> None:
    """Every format of results, and what is printed without a format."""
    for format_ in Format:
        assert done("search", "--format", format_).out
    assert done("search", "--count").out == "50\n"
    for args in (
        ("show", "2022-09-22"), ("timeline", "--during", "2022-09"), ("stats", "complaints", "--by", "province"),
        ("stats", "rescues", "--cite"), ("conflicts",), ("responses",), ("actors",), ("actors", "Sar Kheng"), ("sites",), ("log",),
        ("sql", "SELECT count(*) FROM figures"), ("schema",), ("info",), ("--help",), ("search", "--help"),
    ):  # fmt: skip
        assert done(*args).out, args
    for name in ("chart.svg", "chart.png"):
        assert done("stats", "rescues", "--chart", name).out
        assert Path(name).stat().st_size
    assert run("check").code in {0, 1}


def writes() -> None:
    """A record that is added, edited, removed; undo, redo; names; a copy."""
    added = done(
        "add", *RAID, "--figure", "rescues: 12", "--actor", "Example Person: victim", "--source", "Example Daily"
    )
    id_ = added.out.strip()
    done("edit", id_, "--note", "A note.", "--tag", "example")
    done("names", "alias", "Example Person", "E. Person")
    done("edit", "Example Person", "-", stdin=json.dumps({"type": "actor", "protected": True}))
    assert "Example Person" not in done("show", id_, "--json").out
    done("remove", id_)
    done("undo")
    done("undo", "--redo")
    done("undo")
    done("backup", "copy.db")
    done("redact", "Example Person", "--yes")
    assert done("info", "--verify", "--json").json["problems"] == 0


def exports() -> None:
    """Every format whose library is installed; and what can be imported again is."""
    for name, format_ in EXPORT_FORMATS.items():
        if format_.library and find_spec(format_.library) is None:
            print(f"  skipped: {name}, which needs {format_.library}")  # noqa: T201
            continue
        done("export", name, "-o", f"out.{name}")
        assert Path(f"out.{name}").is_dir() == (format_.shape is Shape.FOLDER)
    for name in ("csv", "tsv"):
        done("export", name, "--rows", "figures", "-o", f"figures.{name}")
    done("export", "lake", "-o", "out.lake")
    for by in ("none", "month"):
        assert done("stats", "rescues", "--by", by, "--lake", "out.lake") == done("stats", "rescues", "--by", by)
    everything = done("export", "jsonl").out
    for name in ("jsonl", "xlsx", "datapackage"):
        done("init", f"{name}.db", "--empty")
        done("import", f"out.{name}", "--db", f"{name}.db")
        assert done("export", "jsonl", "--db", f"{name}.db").out == everything, name
    for name in ("csv", "tsv"):
        assert "already present" in done("import", f"out.{name}", f"figures.{name}").err
    served = [sys.executable, "-m", "datasette", "out.datasette", "--get", "/timeline/events.json?_shape=array"]
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    rows = json.loads(subprocess.run(served, capture_output=True, check=True, text=True, env=environment).stdout)
    assert len(rows) >= 50


def reports() -> None:
    """A report in each format whose program is installed."""
    Path("intro.md").write_text("# Why\n\n1. *First*\n2. ![picture](https://example.org/p.png)\n", encoding="utf-8")
    for name in ("html", "md", *(["docx"] if find_spec("pypandoc") else [])):
        done("report", "-o", f"report.{name}", "--intro", "intro.md")
        assert Path(f"report.{name}").stat().st_size > 20_000


def imports() -> None:
    """A table of somebody else, and texts of each kind; their drafts, and another timeline."""
    Path("raids.csv").write_text("Date,Town,Freed\n2024-02-20,Poipet,more than 20\n", encoding="utf-8")
    columns = ("--map", "Date=date", "--map", "Town=place.name", "--map", "Freed=figure.rescues")
    done("import", "raids.csv", *columns, "--set", "kind=raid", "--set", "title=A raid", "--save-mapping", "raids.json")
    Path("note.txt").write_text(TEXT, encoding="utf-8")
    Path("page.html").write_text(ARTICLE, encoding="utf-8")
    Path("report.pdf").write_bytes(pdf([TEXT]))
    for name in ("note.txt", "page.html", "report.pdf"):
        drafts = done("ingest", name, "--outlet", "Example Daily", "--json").json
        assert drafts, name
    done("review", "accept", drafts[0]["id"])
    done("backup", "other.db")
    done("add", *RAID, "--db", "other.db")
    done("diff", "t.db", "other.db")
    done("merge", "other.db")
    assert done("info", "--verify", "--json").json["problems"] == 0


def completion() -> None:
    """What each shell is offered."""
    for shell in ("bash", "zsh", "fish", "powershell", "pwsh"):
        asked = {
            "_SCAMCLI_COMPLETE": f"complete_{shell}", "COMP_WORDS": "scamcli sta", "COMP_CWORD": "1",
            "_TYPER_COMPLETE_ARGS": "scamcli sta", "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": "sta",
        }  # fmt: skip
        command = [sys.executable, "-m", "scamcli"]
        offered = subprocess.run(command, capture_output=True, check=True, text=True, env=os.environ | asked)
        assert "stats" in offered.stdout, shell


def main() -> None:
    """Run everything in a folder and a home of its own."""
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ.update(HOME=folder, XDG_DATA_HOME=folder, SCAMCLI_DB=f"{folder}/t.db", NO_COLOR="1")
        done("init", "t.db")
        for part in (reads, writes, exports, reports, imports, completion):
            print(f"{part.__name__}: {part.__doc__}", flush=True)  # noqa: T201
            part()
        os.chdir("/")
    print(f"all passed, with Python {sys.version.split()[0]}")  # noqa: T201


if __name__ == "__main__":
    main()
