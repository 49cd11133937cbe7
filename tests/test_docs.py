"""Tests that the documentation is true: its examples run, its links work, and its reference is complete.

An example is a ```` ```console ```` block. Each line after ``$ `` is a command, which ``> `` continues. The lines below
are what a terminal of 80 columns shows. Every block starts in a folder with only the files of ``docs/examples``, and a
fresh copy of the shipped timeline. Lines that start with ``scamcli:`` are stderr, and all others stdout. Trailing
spaces do not count. Questions of `scamcli review` are answered as the example shows.
A block that is not run has ``<!-- not run: reason -->`` above it.
``SCAMCLI_WRITE_DOCS=1 pytest -m '' tests/test_docs.py`` updates the blocks.
"""

from __future__ import annotations

import doctest
import inspect
import os
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from scamcli import Timeline
from scamcli.cli.app import app
from scamcli.cli.command_table import COMMANDS, EDITS
from scamcli.records.models import RECORDS, Figure, Hit, Link, Owner, Part, Participant, Place, Source, Split
from scamcli.stats.inquiry import RequestOptions
from scamcli.store.history import ChangeInfo
from tests.helpers.patience import PATIENCE

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
NOT_RUN = "<!-- not run: "
MAYBE_ABSENT = ("jq", "sqlite3", "ftm", "datasette")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"^(?:.*\[\?\]|into which event .*\)):(.*)$")
"""A question of ``scamcli review``, and the answer in the example."""
FIRST_PAGES = {"README.md", "commands.md", "import.md", "import-tables.md", "ingest.md", "json.md"}
"""The pages that a new user reads first. Examples of all others are thorough tests, because they start programs."""
KEYWORDS = {f"Unpack[{one.__name__}]": one.__annotations__ for one in (ChangeInfo, RequestOptions)}
"""The keys of the ``**`` parameters of methods, by their annotation."""
WRITE = bool(os.environ.get("SCAMCLI_WRITE_DOCS"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the examples are of a POSIX shell")


class Block(NamedTuple):
    """A fenced block of a page."""

    page: Path
    at: int
    language: str
    text: str
    marked: bool

    @property
    def name(self) -> str:
        line = self.page.read_text(encoding="utf-8")[: self.at].count("\n") + 1
        return f"{self.page.name}:{line}"


class Example(NamedTuple):
    """A command and its output."""

    command: str
    shown: list[str]


def blocks() -> list[Block]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for fence in FENCE.finditer(text):
            above = text[: fence.start()].rstrip().rpartition("\n")[2]
            found.append(Block(page, fence.start(), fence[1], fence[2], above.startswith(NOT_RUN)))
    return found


BLOCKS = blocks()
CONSOLE = [block for block in BLOCKS if block.language == "console" and not block.marked]


def examples(block: Block) -> list[Example]:
    found: list[Example] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Example(line[2:], []))
        elif (line == ">" or line.startswith("> ")) and found and not found[-1].shown:
            found[-1] = Example(f"{found[-1].command}\n{line[2:]}", [])
        else:
            found[-1].shown.append(line.rstrip())
    return found


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home directory in which the default timeline exists."""
    home = tmp_path_factory.mktemp("home")
    subprocess.run([sys.executable, "-m", "scamcli", "info"], env=environment(home), check=True, capture_output=True)
    return home


def environment(home: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {key: value for key, value in os.environ.items() if key in {"SYSTEMROOT", "TMPDIR"}}
    return kept | {
        "PATH": path, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "LC_ALL": "C.UTF-8", "TZ": "UTC",
        "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "80", "LINES": "24", "PYTHONUTF8": "1",
    }  # fmt: skip


def run(example: Example, folder: Path, home: Path) -> tuple[list[str], list[str]]:
    """Run a command, and return the lines of stdout and of stderr.

    Stdout is a terminal, unless the output of scamcli goes through a pipe to another program.
    """
    import pty

    command = example.command
    asked = filter(None, map(ASKED.search, example.shown)) if "review" in command else ()
    answers = [question[1].strip() for question in asked]
    on_terminal = command.startswith("scamcli ") and not re.search(r" \|\s", command)
    ours, theirs = pty.openpty() if on_terminal else os.pipe()
    with subprocess.Popen(
        ["sh", "-c", command], cwd=folder, env=environment(home), stdin=theirs if answers else subprocess.DEVNULL,
        stdout=theirs, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = _read_all(ours, answers)
        _, said = process.communicate(timeout=PATIENCE)
    os.close(ours)
    return _lines(shown), _lines(said)


def _read_all(end: int, answers: list[str]) -> bytes:
    shown, left = b"", list(answers)
    while True:
        if left and shown.endswith((b"[?]: ", b"): ")):
            os.write(end, f"{left.pop(0)}\n".encode())
        try:
            part = os.read(end, 65536)
        except OSError:  # Linux raises this once nobody writes to the terminal any more
            return shown
        if not part:
            return shown
        shown += part


def _lines(raw: bytes) -> list[str]:
    """Return lines without the codes for bold letters. A dumb terminal would need none, but gets no Unicode bars."""
    text = re.sub(r"\x1b\[\d*m", "", raw.decode("utf-8"))
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, marks=() if block.page.name in FIRST_PAGES else pytest.mark.thorough, id=block.name)
        for block in CONSOLE
    ],
)
def test_example(block: Block, first_home: Path, tmp_path: Path) -> None:
    path = environment(tmp_path)["PATH"]
    for tool in MAYBE_ABSENT:
        if re.search(rf"(^|[|$;&] *){tool} ", block.text, re.MULTILINE) and not shutil.which(tool, path=path):
            pytest.skip(f"{tool} is not installed here")
    home, folder = tmp_path / "home", tmp_path / "folder"
    shutil.copytree(first_home, home)
    shutil.copytree(ROOT / "docs" / "examples", folder)
    seen = [(example, *run(example, folder, home)) for example in examples(block)]
    if WRITE:
        _write(block, seen)
        return
    for example, shown, said in seen:
        assert [line for line in example.shown if not line.startswith("scamcli:")] == shown, example.command
        assert [line for line in example.shown if line.startswith("scamcli:")] == said, example.command


def _write(block: Block, seen: list[tuple[Example, list[str], list[str]]]) -> None:
    """Write the output into the page. Use one process (-n 0), because every block reads and writes the whole page."""
    lines = []
    for example, shown, said in seen:
        said_first = bool(example.shown) and example.shown[0].startswith("scamcli:")
        lines += [line.rstrip() for line in ("$ " + example.command.replace("\n", "\n> ")).split("\n")]
        lines += [*said, *shown] if said_first else [*shown, *said]
    page = block.page.read_text(encoding="utf-8")
    old, new = f"```console\n{block.text}```", "```console\n" + "\n".join(lines) + "\n```"
    assert page.count(old) == 1
    block.page.write_text(page.replace(old, new), encoding="utf-8")


def test_blocks_are_run_or_say_why() -> None:
    shells = [block for block in BLOCKS if block.language in {"console", "sh", "bash", "shell"}]
    assert {block.name for block in shells if block.language != "console" and not block.marked} == set()
    assert {block.name for block in CONSOLE if not block.text.startswith("$ ")} == set()
    assert len(CONSOLE) > 20


PYTHON_PAGES = sorted({block.page for block in BLOCKS if block.language == "python" and not block.marked})


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=lambda page: str(page.name))
def test_python_examples(page: Path, first_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(first_home, tmp_path / "home")
    for name, value in environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SCAMCLI_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    code = [block.text for block in BLOCKS if block.page == page and block.language == "python" and not block.marked]
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


def test_generated_parts_are_up_to_date() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "--diff", *NAMES], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, f"`make docs` brings them up to date\n{checked.stdout}{checked.stderr}"
