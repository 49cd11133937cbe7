"""Bags: other readers accept them, every flipped bit is named, and nothing half is left."""

from __future__ import annotations

import json
import re
import shutil
import warnings
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from scamcli import Timeline
from scamcli.errors import DatabaseError, DataError, WrongUsageError
from scamcli.exchange.bags import layout
from scamcli.exchange.bags.write import BagWriter
from scamcli.timeline.bag_checks import verify_bag
from tests.helpers.driver import ok


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of two events, one of which names a protected person, with two evidence files and a removed one."""
    folder = tmp_path_factory.mktemp("bag")
    with Timeline(folder / "cases.db", create=True) as timeline:
        fill(timeline, folder)
        timeline.export_bag(folder / "bag", recipient="Counsel Q", include_evidence_of_protected=True)
    return folder / "bag"


def fill(timeline: Timeline, folder: Path) -> None:
    for title, name in (("Raid on a guest house", "Dara Example"), ("Rescue of nine people", "Somsak Sample")):
        timeline.add({"date": "2023-05-04", "kind": "raid", "title": title, "actors": [{"name": name}]})
    timeline.protect("Dara Example")
    for name in ("page.html", "photo.jpg", "blurred.jpg", "withdrawn.txt"):
        (folder / name).write_text(f"content of {name}")
    timeline.add_evidence([folder / "page.html"], source="CamboJA", events=[RESCUE])
    timeline.add_evidence(
        [folder / "photo.jpg"], source="a witness", events=[RAID], collected_by="Ann Writer",
        url="https://example.org/9", note="Dara Example is in it",
    )  # fmt: skip
    timeline.derive_evidence("photo.jpg", folder / "blurred.jpg", note="faces blurred", tool="GIMP 3.0")
    timeline.add_evidence([folder / "withdrawn.txt"], source="a witness", events=[RESCUE])
    timeline.remove_evidence(["withdrawn.txt"], reason="consent was withdrawn")


RAID, RESCUE = "2023-05-04-raid-on-a-guest-house", "2023-05-04-rescue-of-nine-people"
PAGE, PHOTO, BLURRED = (
    f"data/evidence/{sha256(f'content of {name}'.encode()).hexdigest()}{Path(name).suffix}"
    for name in ("page.html", "photo.jpg", "blurred.jpg")
)


def files_of(bag: Path) -> list[str]:
    return sorted(str(file.relative_to(bag)) for file in bag.rglob("*") if file.is_file())


@pytest.mark.filterwarnings("ignore:'count':DeprecationWarning")  # Python 3.13 warns of a call in the library
def test_the_library_accepts_a_bag(bag: Path) -> None:
    import bagit

    assert bagit.Bag(str(bag)).validate()


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


NAMES = [
    PAGE, PHOTO, BLURRED, "README.txt", "bag-info.txt", "bagit.txt", "data/events.csv", "data/evidence.json",
    "data/figures.csv", "data/head.txt", "data/history.jsonl", "data/leaves.jsonl", "data/records.jsonl",
    "data/seals.txt", "inventory.html", "inventory.txt",
    "manifest-sha256.txt", "manifest-sha512.txt", "ro-crate-metadata.json", "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_flipped_bit_is_named(bag: Path, name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    content = (copy / name).read_bytes()
    bits = 8 * len(content)
    for bit in {5, bits // 2, bits - 1}:
        (copy / name).write_bytes(flipped(content, bit))
        assert name in {problem.file for problem in verify_bag(copy).problems}, bit


@pytest.mark.parametrize("name", ["data/more.txt", "data/evidence/more", "more.txt", "folder/more.txt"])
def test_an_added_file_is_named(bag: Path, name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("more")
    assert [problem.file for problem in verify_bag(copy).problems if "later" in problem.reason] == [name]


def remade(bag: Path, name: str, before: str, after: str) -> None:
    """Change a file of a bag, and write all manifests again."""
    (bag / name).write_text(re.sub(before, after, (bag / name).read_text(), count=1))
    for manifest in bag.glob("*manifest-*.txt"):
        manifest.unlink()
    writer = BagWriter(bag)
    for file in files_of(bag):
        content = (bag / file).read_bytes()
        (bag / file).unlink()
        writer.write(file, [content])
    info = layout.read_info(bag)
    del info["Payload-Oxum"]
    for file in (layout.INFO, layout.DECLARATION):
        (bag / file).unlink()
        del writer.files[file]
    writer.finish(info)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (layout.SEALS, r"leaf (\w)(\w+)", r"leaf \2\1"),
        (layout.SEALS, r"leaf \w+\n", ""),
        (layout.SEALS, "seal 3", "seal 4"),
        (layout.HEAD, "scamcli-head-1 ", "scamcli-head-1 9"),
        (layout.EVIDENCE, '"size": 20', '"size": 21'),
    ],
)
def test_whoever_writes_the_manifests_again_is_found_by_what_is_in_the_bag(
    bag: Path, tmp_path: Path, name: str, before: str, after: str
) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    remade(copy, name, "nowhere in it", "")
    assert verify_bag(copy) == verify_bag(bag), "it is written as it was"
    remade(copy, name, before, after)
    assert verify_bag(copy).problems
    assert verify_bag(copy).digest != verify_bag(bag).digest


def test_a_bag_comes_as_a_zip_file(bag: Path, tmp_path: Path) -> None:
    zipped = Path(shutil.make_archive(str(tmp_path / "bag"), "zip", bag.parent, bag.name))
    assert verify_bag(zipped) == verify_bag(bag)
    with zipfile.ZipFile(zipped) as archive:
        at = archive.getinfo(f"{bag.name}/data/records.jsonl").header_offset + 200
    zipped.write_bytes(flipped(zipped.read_bytes(), 8 * at))
    assert f"{bag.name}/data/records.jsonl" in {problem.file for problem in verify_bag(zipped).problems}


def test_a_zip_file_cannot_write_outside(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../escaped.txt", "x")
    with pytest.raises(DataError, match="outside itself"):
        verify_bag(tmp_path / "bad.zip")


def test_a_bag_of_another_tool_is_checked_by_its_own_manifests(tmp_path: Path) -> None:
    import bagit

    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "page.html").write_text("<p>")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bagit.make_bag(str(tmp_path / "other"), checksums=["md5", "sha256"])
    assert verify_bag(tmp_path / "other").problems == ()
    (tmp_path / "other/data/page.html").write_text("<q>")
    assert {problem.file for problem in verify_bag(tmp_path / "other").problems} == {"data/page.html"}


def test_names_of_protected_persons_are_nowhere(bag: Path) -> None:
    for name in files_of(bag):
        text = (bag / name).read_text()
        assert "Dara" not in text, name
    assert "[protected-" in (bag / layout.RECORDS).read_text()


def test_a_bag_does_not_name_drafts_that_are_left_out(tmp_path: Path) -> None:
    draft = {"type": "event", "id": "a-rumour", "date": "2023", "kind": "raid", "title": "A rumour", "status": "draft"}
    db = ("--db", str(tmp_path / "cases.db"))
    ok("import", "-", *db, stdin=json.dumps(draft))
    ok("add", "--date", "2023", "--kind", "raid", "--title", "Known", *db)
    for number, more in enumerate(((), ("--drafts",))):
        ok("export", "bagit", "-o", str(tmp_path / f"bag-{number}"), *more, *db)
        bag = tmp_path / f"bag-{number}"
        named = [name for name in files_of(bag) if "rumour" in (bag / name).read_text()]
        assert bool(named) == bool(more)


def test_what_exists_is_never_replaced(bag: Path) -> None:
    before = files_of(bag)
    with Timeline(bag.parent / "cases.db") as timeline, pytest.raises(WrongUsageError, match="already exists"):
        timeline.export_bag(bag)
    assert files_of(bag) == before


def test_evidence_comes_with_where_it_is_from(bag: Path) -> None:
    entries = {entry["name"]: entry for entry in json.loads((bag / layout.EVIDENCE).read_text())}
    assert {name: entry["file"] for name, entry in entries.items()} == {
        "page.html": PAGE, "photo.jpg": PHOTO, "blurred.jpg": BLURRED, "withdrawn.txt": None,
    }  # fmt: skip
    assert entries["withdrawn.txt"]["removed"] == "consent was withdrawn"
    assert entries["blurred.jpg"]["derived_from"] == entries["photo.jpg"]["sha256"]
    assert entries["photo.jpg"]["sources"][0]["collected_by"] == "Ann Writer"
    assert "[protected-" in entries["photo.jpg"]["sources"][0]["note"]
    crate = {one["@id"]: one for one in json.loads((bag / layout.CRATE).read_text())["@graph"]}
    assert crate[BLURRED]["isBasedOn"] == {"@id": PHOTO}
    assert crate[crate[PHOTO]["author"]["@id"]]["name"] == "Ann Writer"
    for text in ((bag / layout.INVENTORY_HTML).read_text(), (bag / layout.INVENTORY_TEXT).read_text()):
        assert all(word in text for word in (PAGE, "Ann Writer", "faces blurred", "consent was withdrawn", "Counsel Q"))


def test_evidence_of_protected_persons_is_refused(tmp_path: Path) -> None:
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
        with pytest.raises(WrongUsageError, match="2 evidence files") as refused:
            timeline.export_bag(tmp_path / "bag")
        assert not (tmp_path / "bag").exists()
        assert [line.split()[1] for line in refused.value.more] == ["blurred.jpg:", "photo.jpg:"]
        assert not [row for row in timeline.log() if row["command"] == "export bagit"]
        made = timeline.export_bag(tmp_path / "bag", include_evidence_of_protected=True)
    assert made.evidence == 3
    assert len([note for note in made.notes if "protected person" in note]) == 2


@pytest.mark.parametrize("change", ["alter", "delete"])
def test_evidence_that_is_not_as_it_was_is_not_handed_over(tmp_path: Path, change: str) -> None:
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
        file = Path(timeline.evidence_file("page.html")["file"] or "")
        file.chmod(0o600)
        file.write_text("Content of page.html") if change == "alter" else file.unlink()
        with pytest.raises(DatabaseError, match="altered" if change == "alter" else "missing"):
            timeline.export_bag(tmp_path / "bag", include_evidence_of_protected=True)
        assert not (tmp_path / "bag").exists()
        assert not [row for row in timeline.log() if row["command"] == "export bagit"]
