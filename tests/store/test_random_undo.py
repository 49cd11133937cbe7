"""Whatever two people do in whatever order: a change undone is as if it had not been, and the history tells it all.

The model is simple: it remembers every record after every change. Undoing a change gives each record that it touched
back as it was before it, or is refused where a record is not what the change made of it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from scamcli import Timeline
from tests.helpers.driver import actor, event, lines, ok, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

State = dict[tuple[str, str], str]

QUESTIONS = [
    ["search", "words"], ["search", "--actor", "Bb Two"], ["search", "--site", "Gate"], ["search", "--tag", "t1"],
    ["search", "--during", "2023-01"], ["search", "--metric", "own"], ["search", "--drafts"], ["stats", "own"],
    ["actors"],
]  # fmt: skip
"""A new database of the same records answers them alike, so every index followed the records."""


def unordered(row: Any) -> Any:
    """A value without the order of its lists, since events of one day have none."""
    if isinstance(row, dict):
        return {key: unordered(value) for key, value in row.items()}
    return sorted(map(str, map(unordered, row))) if isinstance(row, list) else row


authors = st.sampled_from(["Ann", "Bob"])
people = st.sampled_from(["Aa One", "Bb Two", "Cc Three", "Dd Four"])
sites = st.sampled_from(["Gate", "Door"])
given_ids = st.sampled_from(["p", "q", "r", "s"])
dates = st.sampled_from(["2023-01-02", "2023-01", "1960-05-06", "2022~", "2022-08-18/.."])
picks = st.integers(0, 99)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("--title"), st.sampled_from(["Words", "Other words"])),
        st.tuples(st.just("--date"), dates),
        st.tuples(st.just("--tag"), st.sampled_from(["t1", "t2"])),
        st.tuples(st.just("--actor"), people.map("{}: speaker".format)),
        st.tuples(st.just("--source"), people.map("VOD; via: {}".format)),
        st.tuples(st.just("--site"), sites),
        st.tuples(st.just("--figure"), people.map("own: 5; id: f; by: {}".format)),
        st.tuples(st.just("--remove"), people.map("actor: {}".format)),
        st.tuples(st.just("--link"), given_ids.map("follows: {}".format)),
    ),
    min_size=1,
    max_size=3,
)


class TwoAuthors(RuleBasedStateMachine):
    """Two people at one timeline."""

    folder: ClassVar[Path]
    clock: ClassVar[datetime] = datetime(2030, 1, 1, tzinfo=UTC)
    made = count()

    def __init__(self) -> None:
        super().__init__()
        self.db = self.folder / f"{next(self.made)}.db"
        self.states: list[State] = [{}]
        self.masked: list[str] = [""]
        self.rows: list[dict[str, Any]] = []
        """The changes, oldest first, as the log had them when they were made."""

    @initialize()
    def begin(self) -> None:
        self.does(
            "Ann",
            "import",
            "-",
            stdin=lines([{"type": "metric", "name": "own", "unit": "people"}, event("p", actors=[{"name": "Aa One"}])]),
        )

    # What people do.

    @rule(by=authors, id_=given_ids, date=dates, flags=edits)
    def add(self, by: str, id_: str, date: str, flags: list[tuple[str, str]]) -> None:
        more = [word for pair in flags if pair[0] not in {"--date", "--title", "--remove"} for word in pair]
        self.does(
            by,
            "add",
            "--id",
            id_,
            "--date",
            date,
            "--kind",
            "raid",
            "--title",
            "Words",
            *more,
            "--force",
            "--new-actor",
            may_fail=True,
        )

    @rule(by=authors, pick=picks, flags=edits)
    def edit(self, by: str, pick: int, flags: list[tuple[str, str]]) -> None:
        words = [word for pair in flags for word in pair]
        self.does(by, "edit", self.an_event(pick), *words, "--force", "--new-actor", may_fail=True)

    @rule(by=authors, pick=picks)
    def remove(self, by: str, pick: int) -> None:
        self.does(by, "remove", self.an_event(pick), may_fail=True)

    @rule(by=authors, pick=picks, other=picks)
    def remove_the_same(self, by: str, pick: int, other: int) -> None:
        gone, kept = self.an_event(pick), self.an_event(other)
        self.does(by, "remove", gone, "--same-as", kept, may_fail=True)

    @rule(by=authors, names=st.lists(people, min_size=1, max_size=3), id_=given_ids, date=dates, site=sites)
    def import_(self, by: str, names: list[str], id_: str, date: str, site: str) -> None:
        rows = [
            event(None, date=date, title=f"Row {name}", actors=[{"name": name}], sites=[site])
            for name in dict.fromkeys(names)
        ]
        self.does(
            by,
            "import",
            "-",
            stdin=lines([event(id_, date=date, sources=[{"outlet": names[0]}]), *rows]),
            may_fail=True,
        )

    @rule(by=authors, name=people, body=people, alias=people)
    def edit_actor(self, by: str, name: str, body: str, alias: str) -> None:
        self.does(by, "edit", name, "-", stdin=lines([actor(name, member_of=[body], note=alias)]), may_fail=True)

    @rule(by=authors, name=people, alias=st.one_of(people, st.sampled_from(["Xx", "Yy"])))
    def alias(self, by: str, name: str, alias: str) -> None:
        self.does(by, "names", "alias", name, alias, may_fail=True)

    @rule(by=authors, name=people, into=people)
    def merge(self, by: str, name: str, into: str) -> None:
        self.does(by, "names", "merge", name, into, may_fail=True)

    @rule(by=authors, name=people)
    def remove_actor(self, by: str, name: str) -> None:
        self.does(by, "remove", "--actor", name, may_fail=True)

    @rule(by=authors, name=people, site=sites, day=st.integers(1, 3))
    def ingest(self, by: str, name: str, site: str, day: int) -> None:
        told = f"May {day}, 2023: Police freed 43 Thai workers at {site}, {name} said."
        self.does(by, "ingest", "-", stdin=f"{told}\n\nMay 9, 2023: {name} denied that anybody was held.\n")

    @rule(by=authors, what=st.sampled_from(["accept", "reject", "merge"]), pick=picks, other=picks)
    def review(self, by: str, what: str, pick: int, other: int) -> None:
        drafts = [name for (_, name), line in self.states[-1].items() if '"status": "draft"' in line]
        if drafts:
            into = [self.an_event(other)] if what == "merge" else []
            flags = ["--new-actor", "--force"] if what == "accept" else []
            self.does(by, "review", what, drafts[pick % len(drafts)], *into, *flags, may_fail=True)

    # Undo.

    @rule(by=authors)
    def undo_the_latest(self, by: str) -> None:
        """It always can be undone, whoever did it, and everything is as it was, to the byte."""
        if self.rows:
            self.undo(len(self.rows), "--as", by, str(len(self.rows)))
            assert (self.states[-1], self.masked[-1]) == (self.states[-3], self.masked[-3])

    @rule(by=authors)
    def undo_ones_own(self, by: str) -> None:
        own = [row["change"] for row in self.rows if row["by"] == by and row["undoes"] is None]
        left = [number for number in own if number not in self.undone()]
        if left:
            self.undo(left[-1], "--as", by)
        else:
            assert run("undo", "--as", by, "--db", str(self.db)).code == 3

    @rule(by=authors, pick=picks)
    def undo_any(self, by: str, pick: int) -> None:
        number = pick % len(self.rows) + 1 if self.rows else 0
        if number:
            self.undo(number, "--as", by, str(number))

    # What always holds.

    @invariant()
    def it_is_whole(self) -> None:
        if self.rows:
            with Timeline(self.db) as timeline:
                assert list(timeline.verify()) == []

    @rule(pick=picks, id_=given_ids)
    def look_back(self, pick: int, id_: str) -> None:
        """What was there after a change, is what ``--at`` its time shows."""
        if not self.rows:
            return
        number = pick % len(self.rows)
        then = self.states[number + 1].get(("event", id_))
        answer = run("show", id_, "--at", self.rows[number]["at"], "--json", "--db", str(self.db))
        assert answer.code == (0 if then else 3), answer
        if then:
            shown, record = json.loads(answer.out), json.loads(then)
            assert {key: shown[key] for key in record} == record

    def teardown(self) -> None:
        """The log has every change, each record's history all of its changes, and every index follows the records."""
        if not self.rows:
            return
        with Timeline(self.db) as timeline:
            log = list(timeline.log())[::-1]
            assert [{**row, "undone_by": None} for row in log] == self.rows
            for key in {key for state in self.states for key in state}:
                touched = [
                    n + 1 for n in range(len(self.rows)) if self.states[n].get(key) != self.states[n + 1].get(key)
                ]
                assert [row["change"] for row in timeline.history(*key)] == touched, key
        if not self.states[-1]:
            return
        again = self.db.with_suffix(".again")
        ok("import", "-", "--db", str(again), stdin=self.masked[-1])
        for asked in QUESTIONS:
            answers = [run(*asked, "--json", "--db", str(db)) for db in (self.db, again)]
            one, other = (unordered(json.loads(answer.out or "[]")) for answer in answers)
            assert one == other, asked

    # The model.

    def does(self, by: str, *args: str, stdin: str | None = None, may_fail: bool = False) -> bool:
        """Do it, and remember what came of it: one change where a record differs, none where none does."""
        type(self).clock += timedelta(seconds=1)
        answer = run(*args, "--as", by, "--db", str(self.db), stdin=stdin)
        assert answer.code == 0 or (may_fail and answer.code in {3, 4}), answer
        state, masked = self.now()
        changed = state != self.states[-1]
        assert not changed or answer.code == 0
        self.remember(state, masked, by, " ".join(args[:2]) if args[0] == "names" else args[0])
        return changed

    def now(self) -> tuple[State, str]:
        text = ok("export", "jsonl", "--include-protected", "--db", str(self.db))
        records = [json.loads(line) for line in text.splitlines()]
        state = {
            (one["type"], one.get("id") or one["name"]): line
            for one, line in zip(records, text.splitlines(), strict=True)
        }
        return state, text

    def remember(self, state: State, text: str, by: str, command: str) -> None:
        with Timeline(self.db) as timeline:
            row = next(timeline.log(), {"change": 0})
        if state == self.states[-1]:
            assert row["change"] == len(self.rows), (row, "a change of nothing")
            return
        assert (row["change"], row["by"], row["command"]) == (len(self.rows) + 1, by, command)
        assert row["at"] == self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.states.append(state)
        self.masked.append(text)
        self.rows.append({**row, "undone_by": None})

    def undo(self, number: int, *args: str) -> None:
        type(self).clock += timedelta(seconds=1)
        before, after, now = self.states[number - 1], self.states[number], self.states[-1]
        touched = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        in_the_way = {key for key in touched if now.get(key) != after.get(key)}
        answer = run("undo", *args, "--db", str(self.db))
        if answer.code == 0:
            assert not in_the_way, (answer, in_the_way)
            expected = {key: line for key, line in now.items() if key not in touched}
            expected |= {key: before[key] for key in touched if key in before}
            state, text = self.now()
            assert state == expected
            assert answer.out == f"{len(self.rows) + 1}\n"
            self.remember(state, text, args[1], "undo")
            assert self.rows[-1]["undoes"] == number
            return
        assert answer.code == 4, answer
        reasons = ("uses its names", "took away", "is already a name of")
        assert in_the_way or any(reason in answer.err for reason in reasons), answer
        assert number != len(self.rows), (answer, "the latest change")
        assert self.now()[0] == now

    def undone(self) -> set[int]:
        """Return the changes that are undone: each undo flips the change at the end of what it undoes."""
        undone: set[int] = set()
        for row in self.rows:
            first = row["change"]
            while self.rows[first - 1]["undoes"] is not None:
                first = self.rows[first - 1]["undoes"]
            if first != row["change"]:
                undone ^= {first}
        return undone

    def an_event(self, pick: int) -> str:
        ids = [name for type_, name in self.states[-1] if type_ == "event"]
        return ids[pick % len(ids)] if ids else "nothing"


def test_two_authors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    TwoAuthors.folder = tmp_path
    monkeypatch.setattr("scamcli.store.history.now", lambda: TwoAuthors.clock.strftime("%Y-%m-%dT%H:%M:%SZ"))
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        TwoAuthors,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            database=None,
            derandomize=True,
            suppress_health_check=checks,
        ),
    )
