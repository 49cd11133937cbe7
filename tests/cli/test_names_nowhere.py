"""A protected name in every field of the records, and in every argument, option and path of every command.

What is typed is generated from the commands themselves, so that a new command or option is looked at as well. The
person is invented.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import typer
from pydantic import BaseModel

from scamcli import Timeline
from scamcli.cli.app import app
from scamcli.cli.command_table import EDITS
from scamcli.errors import ScamcliError
from scamcli.store.evidence_folder import folder_of
from scamcli.timeline import Query, ReadOnlyTimeline
from scamcli.timeline.exports import format_names
from scamcli.timeline.reports.file_formats import FORMATS as FORMATS_OF_REPORTS
from tests.helpers.driver import actor, event, ok, run, take_in
from tests.helpers.measure import IS_FULL
from tests.helpers.report_files import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.driver import Answer

NAME = "Quorble Zyxwva"
SLUG = "quorble-zyxwva"
METRIC = f"{SLUG}-visits"
TRACES = re.compile("quorble|zyxwva", re.IGNORECASE)
EVENT = "2023-01-02-e"
OTHER = "2023-02-03-o"
DRAFT = "2023-03-04-d"

FILE = b"\xff\xd8\xff\xe0 a picture"
SHA256 = sha256(FILE).hexdigest()

ALL_OPTIONS = IS_FULL
"""Whether options that many commands share are tried with each of them, and not only with two."""

FIGURE: dict[str, Any] = {
    "metric": METRIC, "unit": f"kits of {NAME}", "stated": f"{NAME} and 4 others", "low": 5,
    "group": f"aides of {NAME}", "nationality": NAME, "stated_by": NAME, "note": f"so says {NAME}",
}  # fmt: skip


def records() -> list[dict[str, Any]]:
    """Records with the name in every field that takes a text."""
    return [
        actor(NAME, kind="person"),
        {"type": "metric", "name": METRIC, "unit": f"visits of {NAME}", "about": f"visits to {NAME}", "split": "group"},
        actor("Helper", aliases=[f"Aide of {NAME}"], positions=[NAME], member_of=[f"{NAME} Fund"], topics=[NAME],
              note=f"knows {NAME}"),
        actor("Bystander"),
        {"type": "site", "name": f"{NAME} Gate", "place": NAME, "aliases": [f"House of {NAME}"], "note": NAME,
         "owners": [{"name": f"{NAME} Fund", "stated_by": NAME, "outlet": f"{NAME} News", "note": NAME}],
         "operators": [{"name": NAME, "stated_by": NAME, "outlet": f"{NAME} News", "event": EVENT, "note": NAME}],
         "lat": 11.5, "lon": 104.9, "statuses": [
             {"status": "raided", "date": "2023-01-02", "stated_by": NAME, "outlet": f"{NAME} News", "event": EVENT,
              "note": NAME}, {"status": "reopened", "date": "2023-02", "stated_by": f"{NAME} Fund", "note": NAME}]},
        event(
            EVENT, "2023-01-02", title=NAME, summary=NAME, note=NAME, tags=[NAME, SLUG], sites=[f"{NAME} Gate"],
            linked_sites=[f"{NAME} Yard"], nationalities=[NAME], actors=[{"name": "Helper", "role": "rescuer"}],
            places=[{"name": NAME, "country": "TH", "admin1": NAME}], dataset={"name": f"{NAME} list"},
            figures=[FIGURE | {"id": SLUG}, FIGURE | {"id": "two", "period": "2023"}, FIGURE | {"id": "three",
                     "metric": "rescues"}],
            sources=[{"outlet": f"{NAME} News", "title": NAME, "author": NAME, "url": f"https://x/{SLUG}",
                      "passage": NAME, "archived": f"https://a/{SLUG}", "via": f"{NAME} Wire"}],
        ),
        event(
            OTHER, "2023-02-03", actors=[{"name": "Helper", "role": "denies"}],
            figures=[FIGURE | {"best": 7, "high": 9}],
            links=[{"type": "disputes", "event": EVENT, "figure": SLUG, "note": NAME}],
        ),
        event(DRAFT, "2023-03-04", status="draft", title=NAME, figures=[FIGURE]),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timeline in a folder and a file with the name."""
    db = tmp_path_factory.mktemp("kept") / NAME / f"{SLUG}.db"
    db.parent.mkdir()
    take_in(db, *records())
    ok("edit", NAME, "-", "--db", str(db), stdin=json.dumps(actor(NAME, protected=True)))  # no new id may have the name
    file = db.with_name(f"{SLUG}.jpg")
    file.write_bytes(FILE)
    flags = ("--source", "--url", "--collected-by", "--method", "--tool", "--note")
    described = [word for flag in flags for word in (flag, NAME)]
    ok("evidence", "add", str(file), *described, "--event", EVENT, "--db", str(db))
    return db


def clean(answer: Answer, *args: str) -> None:
    """Fail if the answer to a command has a word of the name."""
    for text in (answer.out, answer.err):
        found = TRACES.search(text)
        assert found is None, (args, text[max(0, found.start() - 200) : found.end() + 200])
    assert answer.code != 70, (args, answer.err)


class Case(NamedTuple):
    """A command, and how its arguments and one parameter are typed."""

    command: tuple[str, ...]
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((*self.command, *self.arguments))


ARGUMENTS: dict[str, list[str]] = {
    "search": [], "show": [EVENT], "timeline": [], "stats": [METRIC], "conflicts": [], "responses": [],
    "actors": ["Helper"], "sites": [], "sql": ["SELECT * FROM figures"], "add": ["--date", "2024", "--kind", "raid"],
    "edit": [OTHER, "--note", "N"], "remove": [OTHER], "names alias": ["Helper", "H"], "names merge": ["Helper", NAME],
    "actors add": ["New"], "actors edit": ["Helper", "--note", "N"], "actors remove": ["Bystander"],
    "sites add": ["New"], "sites edit": [f"{NAME} Yard", "--note", "N"], "sites remove": [f"{NAME} Gate"],
    "protect": ["Helper"], "unprotect": ["Helper", "--reason", "R"],
    "check": [], "report": [], "ingest": ["{dir}/text.txt"],
    "evidence add": ["{dir}/text.txt", "--source", "S"], "evidence list": [], "evidence show": [SHA256],
    "evidence derive": [SHA256, "{dir}/text.txt", "--note", "N"], "evidence verify": [],
    "evidence import": ["{dir}/text.txt"],
    "evidence export": [SHA256, "-o", "{dir}/out"], "evidence remove": [SHA256, "--reason", "R"],
    "review": [], "review accept": [DRAFT], "review reject": [DRAFT],
    "review merge": [DRAFT, EVENT], "review split": [DRAFT, "--actor", "Helper"], "review undo": [],
    "import": ["{dir}/some.jsonl"], "export": ["jsonl"],
    "merge": ["{dir}/some.jsonl"], "diff": ["{db}", "{db}"], "init": ["{dir}/new.db"], "info": [],
    "log": [], "undo": [], "backup": ["{dir}/copy.db"], "redact": [OTHER, "--yes"], "schema": [],
}  # fmt: skip
"""What each command is given besides the parameter that is tried."""


def cases() -> Iterator[Case]:
    """Yield every parameter of every command with the name in its value, and errors in what is typed."""
    often: dict[str, int] = {}
    for command, params in commands():
        base = ARGUMENTS[" ".join(command)]
        yield Case(command, tuple(base))
        yield Case(command, (*base, f"--{SLUG}"))
        yield Case(command, (*base, NAME, NAME, NAME))
        for param in params:
            flag = max(param.opts, key=len)
            often[flag] = often.get(flag, 0) + 1
            if (
                param.param_type_name == "argument"
                or flag in {"--help", "--db", "--include-protected"}
                or (often[flag] > 2 and not ALL_OPTIONS)
            ):
                continue
            value = "{dir}/" + NAME if type(param.type).__name__.endswith("Path") else NAME
            yield Case(command, (*base, flag, *([] if getattr(param, "is_flag", False) else [value] * param.nargs)))
        for at, word in enumerate(base):
            if not word.startswith("-") and (command, word) != (("unprotect",), "Helper"):  # which ends a protection
                typed = "{dir}/" + NAME if word.startswith("{") else NAME
                yield Case(command, (*base[:at], typed, *base[at + 1 :]))
    yield Case((NAME,), ())
    yield Case((), (f"--{SLUG}",))


def commands() -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Yield every command and subcommand with its parameters."""
    root: Any = typer.main.get_command(app)
    context = root.make_context("scamcli", ["--help"], resilient_parsing=True)
    for name in root.list_commands(context):
        command: Any = root.get_command(context, name)
        inner = getattr(command, "commands", {})
        if not inner or " ".join((name,)) in ARGUMENTS:
            yield (name,), command.params
        for one, sub in inner.items():
            yield (name, one), sub.params
    for entry in EDITS:
        yield tuple(entry.name.split()), root.get_command(context, entry.name).params


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["", *dict.fromkeys(case.command[0] for case in cases() if case.command)])
def test_no_command_repeats_it(kept: Path, tmp_path: Path, command: str) -> None:
    text = f"2023-05-06: Police freed 45 Thai workers, {NAME} said.\n"
    for number, case in enumerate(case for case in cases() if (*case.command, "")[0] == command):
        folder = tmp_path / f"{number} {NAME}"
        folder.mkdir()
        db = shutil.copy(kept, folder / f"{SLUG}.db")
        shutil.copytree(folder_of(kept), folder_of(Path(db)))
        (folder / "text.txt").write_text(text, encoding="utf-8")
        (folder / "some.jsonl").write_text(json.dumps(event("x-1", title=f"Of {NAME}", tags=[NAME])), encoding="utf-8")
        typed = [word.replace("{dir}", str(folder)).replace("{db}", str(db)) for word in case.arguments]
        database = [] if "--db" in typed or case.command == ("diff",) else ["--db", str(db)]
        clean(run(*case.command, *typed, *database, stdin=""), *case.command, *typed)


FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown") if IS_FULL else ("table", "json", "csv")
READS: list[list[str]] = [
    ["search"], ["show", EVENT], ["timeline"], ["stats"], ["stats", METRIC], ["stats", METRIC, "--by", "group,actor"],
    ["stats", f"{METRIC},rescues"], ["stats", f"{METRIC},rescues", "--by", "site"], ["stats", METRIC, "--explain"],
    ["stats", METRIC, "--compare", "2022", "2023", "--cite", "--explain"], ["stats", "events", "--by", "tag"],
    ["stats", METRIC, "--cite"], ["conflicts"],
    ["stats", "protected-1-visits"], ["actors"], ["sites"], ["log"], ["log", "--change", "1"], ["log", EVENT], ["info"],
    ["show", EVENT, "--history"], ["check"], ["search", "--drafts"], ["search", "--metric", METRIC, "--during", "1999"],
    ["sql", f'SELECT metric, unit, \'{NAME}\' AS kind, id AS "{NAME}" FROM figures'], ["info", "--verify"],
    ["evidence", "list"], ["evidence", "show", SHA256], ["evidence", "verify"], ["log", "--change", "3"],
    ["sql", "SELECT * FROM metrics"], ["sql", "SELECT :who AS date", "--param", f"who={NAME}"],
]  # fmt: skip


@pytest.mark.parametrize("args", READS, ids=" ".join)
def test_no_format_shows_it(kept: Path, args: list[str]) -> None:
    for format_ in FORMATS:
        clean(run(*args, "--format", format_, "--db", str(kept)), *args, format_)


@pytest.mark.parametrize("format_", format_names())
def test_no_export_holds_it(kept: Path, tmp_path: Path, format_: str) -> None:
    target = tmp_path / NAME
    clean(run("export", format_, "-o", str(target), "--db", str(kept)), format_)
    for file in (file for file in [target, *target.rglob("*")] if file.is_file()):
        assert not TRACES.search(file.read_bytes().decode("latin-1")), file
        assert not TRACES.search(str(file.relative_to(target)))


def test_no_page_of_drafts_holds_it(kept: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    clean(run("review", "--html", str(page), "--db", str(kept)), "review")
    text = page.read_text(encoding="utf-8")
    assert "[protected-" in text
    assert TRACES.search(text) is None


@pytest.mark.parametrize("format_", FORMATS_OF_REPORTS)
def test_no_report_holds_it(kept: Path, tmp_path: Path, format_: str) -> None:
    intro = tmp_path / "intro.md"
    intro.write_text(f"About {NAME}\n\n# [{NAME}](https://x.example/{SLUG})", encoding="utf-8")
    target = tmp_path / f"report.{format_}"
    options = ("-o", str(target), "--title", f"On {NAME}", "--intro", str(intro), "--drafts")
    clean(run("report", *options, "--db", str(kept)), "report", format_)
    parts = unpacked(target)
    assert len(parts) == {"html": 4, "md": 1}.get(format_, len(parts))
    for part in parts:
        assert not TRACES.search(part.decode("latin-1")), part[:100]


def test_a_masked_export_imported_again_is_unchanged(kept: Path, tmp_path: Path) -> None:
    masked, whole = (ok("export", "jsonl", *flags, "--db", str(kept)) for flags in ([], ["--include-protected"]))
    db = shutil.copy(kept, tmp_path / "copy.db")
    answer = run("import", "-", "--db", str(db), stdin=masked)
    assert "0 records added" in answer.err, answer
    assert ok("export", "jsonl", "--include-protected", "--db", str(db)) == whole
    ok("import", "-", "--db", str(tmp_path / "new.db"), stdin=masked)


def test_a_metric_is_found_as_it_is_printed(kept: Path) -> None:
    (printed,) = {row["metric"] for row in json.loads(ok("stats", METRIC, "--json", "--db", str(kept)))}
    assert re.fullmatch(r"protected-\d+-visits", printed)
    assert ok("stats", printed, "--json", "--db", str(kept)) == ok("stats", METRIC, "--json", "--db", str(kept))


def test_who_may_see_it_sees_it(kept: Path) -> None:
    for args in (["info"], ["stats", METRIC], ["stats"], ["search"], ["sql", f"SELECT '{NAME}'"]):
        assert TRACES.search(ok(*args, "--include-protected", "--db", str(kept)))
    removed = shutil.copy(kept, kept.parent / "removed.db")
    assert NAME in ok("remove", EVENT, "--include-protected", "--db", str(removed))


def texts(value: object) -> Iterator[str]:
    """Yield every text in the answer of a method."""
    if isinstance(value, BaseModel):
        yield value.model_dump_json()
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for part in pair for text in texts(part))
    elif isinstance(value, str | Path):
        yield str(value)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from texts(asdict(value))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        yield from (text for part in value for text in texts(part))


ASKED: dict[str, Callable[[Timeline], object]] = {
    "search": lambda it: it.search(), "find": lambda it: it.find(Query()), "event": lambda it: it.event(EVENT),
    "show": lambda it: it.show(EVENT), "count": lambda it: it.count(Query()), "responses":
    lambda it: it.responses().rows,
    "prefix_length": lambda it: it.prefix_length(EVENT), "entities": lambda it: [*it.entities("actor"),
    *it.entities("site")], "profile": lambda it: [it.profile("actor", "Helper"), it.profile("site", f"{NAME} Gate")],
    "sites": lambda it: [*it.sites(), *it.sites(by="status")],
    "aliases": lambda it: [it.aliases("actor", NAME), it.aliases("site", f"{NAME} Gate")], "wider": lambda it:
    it.wider(Query(text=NAME, exact=True), -1), "known": lambda it: it.known(),
    "names": lambda it: [it.names(type_) for type_ in ("actor", "site", "metric", "tag",
    "place", "nationality", "event", "dataset", "group")], "other_meanings": lambda it: it.other_meanings(NAME),
    "sizes": lambda it: it.sizes(), "span": lambda it: it.span(), "sql": lambda it: it.sql("SELECT * FROM figures"),
    "stats": lambda it: it.stats(METRIC, explain=True, cite=True), "metrics": lambda it: it.metrics(),
    "compare": lambda it: it.compare(METRIC, "2022", "2023", explain=True, cite=True), "conflicts": lambda it:
    it.conflicts(), "each_conflict": lambda it: it.each_conflict(),
    "check": lambda it: it.check(), "check_before_publishing": lambda it: it.check_before_publishing(),
    "min_cell": lambda it: it.min_cell(), "verify": lambda it: it.verify(), "lines": lambda it: it.lines(),
    "change": lambda it: it.change(1), "head": lambda it: it.head(), "seals": lambda it: it.seals(),
    "log": lambda it: it.log(), "origins": lambda it: it.origins(DRAFT),
    "history": lambda it: [it.history("event", EVENT), it.history("actor", NAME)], "show_at": lambda it:
    it.show_at(EVENT, "9998"), "digest_meaning": lambda it: it.digest_meaning(it.show(EVENT)["digest"]),
    "compiled": lambda it: it.compiled(Query(tag=(NAME,))).sentence, "shown": lambda it: it.shown(NAME),
    "has_protected": lambda it: it.has_protected(), "timestamps": lambda it: it.timestamps(),
    "write_timestamps": lambda it: it.write_timestamps(it.path.parent),
}  # fmt: skip
"""Calls of the methods that read. Those that write are called by the commands."""

MAY_BE_EMPTY = {
    "count", "has_protected", "min_cell", "origins", "other_meanings", "prefix_length", "seals", "timestamps", "verify",
    "write_timestamps",
}  # fmt: skip
"""Methods that return numbers only, or nothing about this timeline."""


def test_every_method_that_reads_is_asked() -> None:
    public = {name for name in dir(ReadOnlyTimeline) if not name.startswith("_")}
    assert public - {"close"} == ASKED.keys() - {"lines"}


@pytest.mark.parametrize("method", ASKED)
def test_no_method_returns_it(kept: Path, method: str) -> None:
    with Timeline(kept) as timeline:
        try:
            answer = [*texts(ASKED[method](timeline)), *timeline.notes]
        except ScamcliError as error:
            answer = [error.message, error.hint, *error.more]
    assert answer or method in MAY_BE_EMPTY
    for text in answer:
        assert not TRACES.search(text), text


def test_hints_completion_and_empty_tables_hold_no_word_of_it(tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    take_in(
        db,
        actor("Vanna Sokhavy", protected=True),
        actor("Aaron Alpha"),
        actor("Zed Zulu"),
        actor("Wu Alpha"),
        event("e", tags=["vanna", "sokhavy-case", "raid"], actors=[{"name": "Vanna Sokhavy", "role": "victim"}]),
    )
    for tag in ("vana", "sokhavy-caze"):
        assert "Did you mean" not in run("search", "--tag", tag, "--db", str(db)).err
    assert "vanna" not in run("edit", "e", "--remove", "tag: y", "--db", str(db)).err
    assert 'Did you mean "raid"' in run("search", "--tag", "raidd", "--db", str(db)).err
    with Timeline(db) as timeline:
        offered = timeline.names("actor")
        assert offered == sorted(offered)
    for command in ("responses", "conflicts"):
        answer = run(command, "--fields", "Vanna Sokhavy", "--db", str(db), "--format", "csv")
        assert "Sokhavy" not in answer.out + answer.err
