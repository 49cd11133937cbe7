"""Exports with pseudonyms: two of them cannot be joined on the names of protected people, who are invented."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.exchange.exporters.registry import EXPORT_FORMATS
from tests.helpers.driver import actor, event, export, found, lines, ok, refused, run, take_in
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Adlai Quorble", "Bertil Zyxwva", "Cosmo Vrixle", "Dunja Plimth", "Edda Zworbe", "Fenno Krulst")
PSEUDONYM = re.compile(r"pseudonym-\d{9}(?!\d)")
COMPRESSED = {"parquet"}
"""Formats whose bytes do not show the text. What they write is what the others write."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six protected people between two others, each in an event of the same day, and in ids."""
    db = tmp_path_factory.mktemp("kept") / "kept.db"
    take_in(
        db, actor("Aaron Open"), actor("Zoe Open"), *(actor(name, kind="person") for name in NAMES),
        *(event(f"2023-01-02-{name.split()[1].lower()}-freed", "2023-01-02", "rescue", title=f"{name} freed",
                actors=[{"name": name, "role": "victim"}], tags=[name],
                figures=[{"metric": "rescues", "stated": f"{name} alone", "best": 1, "stated_by": name}],
                sources=[{"outlet": "The Paper", "url": f"https://p.example/{name.split()[0]}-{name.split()[1]}"}])
          for name in NAMES),
        event("both", "2023-01-03", actors=[{"name": NAMES[0]}, {"name": NAMES[1]}]),
    )  # fmt: skip
    for name in NAMES:
        ok("edit", name, "-", "--db", str(db), stdin=json.dumps(actor(name, protected=True)))
    return db


def whole(path: Path) -> str:
    """Return the text of all files of an export."""
    parts = []
    for file in sorted(one for one in (path, *path.rglob("*")) if one.is_file()):
        data = file.read_bytes()
        if zipfile.is_zipfile(BytesIO(data)):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                data = b"".join(map(archive.read, archive.namelist()))
        parts.append(data.decode("utf-8", "replace"))
    return "".join(parts)


@pytest.mark.parametrize("format_", EXPORT_FORMATS)
def test_no_format_has_what_another_export_has(kept: Path, tmp_path: Path, format_: str) -> None:
    if library := EXPORT_FORMATS[format_].library:
        need(library)
    seen: list[set[str]] = []
    for number in range(2):
        path = tmp_path / str(number)
        ok("export", format_, "--pseudonyms", "-o", str(path), "--db", str(kept))
        text = whole(path)
        assert not re.search(r"protected-\d", text)
        seen.append(set(PSEUDONYM.findall(text)))
        assert format_ in COMPRESSED or 1 <= len(seen[-1]) <= len(NAMES)
    assert seen[0].isdisjoint(seen[1])


def masked(db: Path, *flags: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ok("export", "jsonl", *flags, "--db", str(db)).splitlines()]


def test_a_person_has_one_pseudonym(kept: Path) -> None:
    records = masked(kept, "--pseudonyms")
    people = [one["name"] for one in records if one["type"] == "actor" and one["protected"]]
    assert len(set(people)) == len(NAMES)
    for one in records:
        if one["type"] == "event" and one["kind"] == "rescue":
            (name,) = [part["name"] for part in one["actors"]]
            assert name in people
            assert one["tags"] == [name]
            assert one["id"] == f"2023-01-02-{name.strip('[]')}-freed"
    (both,) = (one for one in records if one.get("id") == "both")
    assert len({part["name"] for part in both["actors"]}) == 2


@pytest.mark.parametrize("flags", [[], ["--pseudonyms"]], ids=["masked", "pseudonyms"])
def test_no_order_tells_a_name(kept: Path, flags: list[str]) -> None:
    """Records are sorted by what is printed: if sorted by real names, their position would reveal how a name begins."""
    records = masked(kept, *flags)
    for type_, key in (("actor", "name"), ("event", "id")):
        printed = [one[key] for one in records if one["type"] == type_]
        assert printed == sorted(printed)
    listed = [row["name"] for row in json.loads(ok("actors", "--json", "--db", str(kept)))]
    assert listed == sorted(listed)


def test_the_order_of_pseudonyms_is_another_each_time(kept: Path) -> None:
    """The people of an event come in the order of the record, so their numbers must not be in any order."""
    orders = set()
    for _ in range(12):
        (both,) = (one for one in masked(kept, "--pseudonyms") if one.get("id") == "both")
        one, other = (part["name"] for part in both["actors"])
        orders.add(one < other)
    assert orders == {True, False}


def test_it_is_not_taken_for_an_export_with_placeholders(kept: Path, tmp_path: Path) -> None:
    before = export(kept)
    text = lines(masked(kept, "--pseudonyms"))
    for flags in ([], ["--on-conflict", "update"], ["--on-conflict", "skip"]):
        answer = run("import", "-", *flags, "--db", str(kept), stdin=text)
        assert answer.code == 4, answer
        assert "pseudonym" in answer.err
    assert export(kept) == before
    new = tmp_path / "new.db"
    ok("import", "-", "--db", str(new), stdin=text)
    assert len(found(new)) == len(NAMES) + 1
    ok("import", "-", "--db", str(new), stdin=text)


def test_it_excludes_showing_the_names(kept: Path) -> None:
    refused(run("export", "jsonl", "--pseudonyms", "--include-protected", "--db", str(kept)), 2)


def test_in_python(kept: Path) -> None:
    with Timeline(kept) as timeline, timeline.dump(pseudonyms=True) as dump:
        people = [one["name"] for one in dump.actors() if one["protected"]]
        assert people == [one["name"] for one in dump.actors() if one["protected"]]
        assert len(set(people)) == len(NAMES)


def test_completion_is_no_oracle(kept: Path) -> None:
    with Timeline(kept) as timeline:
        assert timeline.names("actor", "A") == ["Aaron Open"]
        assert timeline.names("actor", "Adl") == []
        assert timeline.names("event", "2023-01-02-q") == []
