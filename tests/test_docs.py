"""Tests that the documentation is true: its examples run, its links work, and its reference is complete.

``tests/transcripts.py`` runs the examples. Each block starts in a folder with only the files of ``docs/examples``, and
with a fresh copy of the shipped timeline.
"""

from __future__ import annotations

import doctest
import inspect
import re
import shutil
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import typer

from scamcli import Timeline
from scamcli.cli.app import app
from scamcli.cli.command_table import COMMANDS, EDITS
from scamcli.records.models import RECORDS, Figure, Hit, Link, Owner, Part, Participant, Place, Source, Split
from scamcli.stats.inquiry import RequestOptions
from scamcli.store.history import ChangeInfo
from tests.transcripts import FENCE, Block, Desk, read_blocks, rewrite_block, run_block

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
MAYBE_ABSENT = ("jq", "sqlite3", "ftm", "datasette")
FIRST_PAGES = {"README.md", "commands.md", "import.md", "import-tables.md", "ingest.md", "json.md"}
"""The pages that a new user reads first. Examples of all others are thorough tests, because they start programs."""
KEYWORDS = {f"Unpack[{one.__name__}]": one.__annotations__ for one in (ChangeInfo, RequestOptions)}
"""The keys of the ``**`` parameters of methods, by their annotation."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the examples are of a POSIX shell")


BLOCKS = [block for page in PAGES for block in read_blocks(page)]
CONSOLE = [block for block in BLOCKS if block.language == "console" and block.is_run]


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, marks=() if block.page.name in FIRST_PAGES else pytest.mark.thorough, id=block.name)
        for block in CONSOLE
    ],
)
def test_example(block: Block, first_home: Path, program: Path | None, tmp_path: Path, write_examples: bool) -> None:
    desk = Desk(tmp_path / "folder", tmp_path / "home", program)
    path = desk.environment["PATH"]
    for tool in MAYBE_ABSENT:
        is_used = re.search(rf"(^|[|$;&] *){tool} ", block.text, re.MULTILINE)
        if is_used and not shutil.which(tool, path=path):
            pytest.skip(f"{tool} is not installed here")
    shutil.copytree(first_home, desk.home)
    shutil.copytree(ROOT / "docs" / "examples", desk.folder)
    if write_examples:
        rewrite_block(block, desk)
    else:
        difference = run_block(block, desk)
        assert not difference, difference


def test_blocks_are_run_or_say_why() -> None:
    shells = [block for block in BLOCKS if block.language in {"console", "sh", "bash", "shell"}]
    assert {block.name for block in shells if block.language != "console" and block.is_run} == set()
    assert {block.name for block in CONSOLE if not block.text.startswith("$ ")} == set()
    assert len(CONSOLE) > 20


PYTHON_PAGES = sorted({block.page for block in BLOCKS if block.language == "python" and block.is_run})


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=lambda page: str(page.name))
def test_python_examples(page: Path, first_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(first_home, tmp_path / "home")
    for name, value in Desk(tmp_path, tmp_path / "home").environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SCAMCLI_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    code = [block.text for block in BLOCKS if block.page == page and block.language == "python" and block.is_run]
    test = doctest.DocTestParser().get_doctest("\n".join(code), {}, page.name, str(page), 0)
    assert test.examples
    told: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append)
    assert not failed, "".join(told)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), f"{name} links to {target}"
        assert not anchor or anchor in anchors(aim), f"{name} links to {target}"


def test_paths_of_tests_exist() -> None:
    pages = [*PAGES, *ROOT.glob("*.md"), *ROOT.glob("docs/decisions/*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    paths = set(re.findall(r"\btests/[\w/]*\w(?:\.\w+)?", text))
    assert len(paths) > 30
    assert {path for path in paths if not (ROOT / path).exists()} == set()
    names = set(re.findall(r"`(test_\w+\.py)`", text))
    assert {name for name in names if not list(ROOT.glob(f"tests/**/{name}"))} == set()


def test_every_key_is_documented() -> None:
    text = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    models: list[type[Part]] = [*RECORDS.values(), Owner, Participant, Place, Figure, Split, Source, Link]
    absent = {key for model in models for key in model.model_fields if f"`{key}`" not in text}
    assert absent == set()
    printed = Hit.model_fields.keys() - RECORDS["event"].model_fields.keys()
    contract = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert {key for key in printed if f"`{key}`" not in contract} == set()


def test_every_method_is_documented() -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    methods = {name for name in dir(Timeline) if not name.startswith("_")}
    assert {name for name in methods if not re.search(rf"`(Timeline\.)?{name}\(", text)} == set()


def test_documented_parameters_exist() -> None:
    """What the table of methods gives by name is a parameter of the method, or a key of its ``**`` parameter."""
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    calls = re.findall(r"`(?:Timeline\.)?(\w+)\(([^`]*)\)`", text[text.index("## Every method") :])
    named = {(method, name) for method, given in calls for name in re.findall(r"(\w+)=", given)}
    assert len(named) > 50
    assert {(method, name) for method, name in named if name not in _parameters(getattr(Timeline, method))} == set()


def _parameters(method: Any) -> set[str]:
    found = inspect.signature(method).parameters
    keys = (KEYWORDS.get(one.annotation, ()) for one in found.values() if one.kind is one.VAR_KEYWORD)
    return {*found, *chain.from_iterable(keys)}


def commands() -> dict[str, Any]:
    """Return every command and subcommand, with the object that parses it."""
    root: Any = typer.main.get_command(app)
    found: dict[str, Any] = {"scamcli": root}
    for entry in (*COMMANDS, *EDITS):
        command = root.get_command(None, entry.name)
        found[f"scamcli {entry.name}"] = command
        for name, below in getattr(command, "commands", {}).items():
            found[f"scamcli {entry.name} {name}"] = below
    return found


def test_every_command_and_flag_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^##+ `(scamcli[^`]*)`\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL))
    wanted = commands()
    assert sections.keys() == wanted.keys()
    for name, command in wanted.items():
        flags = {flag for parameter in command.params for flag in parameter.opts if flag.startswith("-")}
        assert {flag for flag in flags if flag not in sections[name]} == set(), name
