"""Bags: other readers accept them, every flipped bit is named, and nothing half is left."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import warnings
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from scamcli import Timeline, where
from scamcli.errors import DatabaseError, DataError, NotFoundError, WrongUsageError
from scamcli.exchange.bags import layout
from scamcli.exchange.bags.write import BagWriter
from scamcli.timeline.bag_checks import verify_bag
from tests.helpers import timestamp_authority
from tests.helpers.driver import ok, refused, run
from tests.helpers.validators import absent, need


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


def test_a_whole_bag_has_no_problem(bag: Path) -> None:
    report = verify_bag(bag)
    assert report.problems == ()
    assert report.info["Scamcli-Events"] == "2"


@pytest.mark.filterwarnings("ignore:'count':DeprecationWarning")  # Python 3.13 warns of a call in the library
def test_the_library_accepts_a_bag(bag: Path) -> None:
    import bagit

    assert bagit.Bag(str(bag)).validate()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_the_commands_of_the_readme_accept_it(bag: Path) -> None:
    readme = (bag / layout.README).read_text()
    (command,) = [line for line in readme.splitlines() if line.startswith("    sha256sum")]
    done = subprocess.run(command, shell=True, cwd=bag, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("OK\n", "")
    (count,) = [line for line in readme.splitlines() if line.startswith("    find data")]
    counted = subprocess.run(count, shell=True, cwd=bag, capture_output=True, text=True, check=True).stdout.strip()
    assert f"There must be {counted} files in the folder data" in readme


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


def test_these_are_all_files(bag: Path) -> None:
    assert files_of(bag) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_flipped_bit_is_named(bag: Path, name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    content = (copy / name).read_bytes()
    bits = 8 * len(content)
    for bit in {5, bits // 2, bits - 1}:
        (copy / name).write_bytes(flipped(content, bit))
        assert name in {problem.file for problem in verify_bag(copy).problems}, bit


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in NAMES if "manifest" in name or "bag" in name])
def test_flipped_bits_all_over_a_tag_file_are_named(bag: Path, name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    content = (copy / name).read_bytes()
    for bit in range(0, 8 * len(content), 11):
        (copy / name).write_bytes(flipped(content, bit))
        assert name in {problem.file for problem in verify_bag(copy).problems}, bit


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_named(bag: Path, name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    (copy / name).unlink()
    assert name in {problem.file for problem in verify_bag(copy).problems}


@pytest.mark.parametrize("name", ["data/more.txt", "data/evidence/more", "more.txt", "folder/more.txt"])
def test_an_added_file_is_named(bag: Path, name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("more")
    assert [problem.file for problem in verify_bag(copy).problems if "later" in problem.reason] == [name]


def test_the_seals_lead_to_the_head(bag: Path) -> None:
    seal = "None"
    found, leaves = sha256(b"None\n"), 0
    for line in (bag / layout.SEALS).read_text().splitlines():
        what, *values = line.split()
        if what == "leaf":
            found.update(bytes.fromhex(values[0]))
            leaves += 1
            continue
        found.update(str(leaves).encode())
        seal = found.hexdigest()
        assert seal == values[1]
        found, leaves = sha256(f"{seal}\n".encode()), 0
    assert (bag / layout.HEAD).read_text() == f"scamcli-head-1 {values[0]} {seal}\n"


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


@pytest.mark.parametrize(("name", "error"), [("nothing", NotFoundError), ("folder", DataError), ("text", DataError)])
def test_what_is_no_bag_is_refused(name: str, error: type[Exception], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("not a bag")
    with pytest.raises(error):
        verify_bag(tmp_path / name)


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


def test_a_bag_of_some_events_does_not_name_the_others(seeded: Path, tmp_path: Path) -> None:
    with Timeline(seeded) as timeline:
        timeline.export_bag(tmp_path / "bag", where(kind="rescue"))
        other = next(event["id"] for event in timeline.find(where(kind="raid")))
    records = [json.loads(line) for line in (tmp_path / "bag" / layout.RECORDS).read_text().splitlines()]
    assert {record["kind"] for record in records if record["type"] == "event"} == {"rescue"}
    assert other not in (tmp_path / "bag" / layout.HISTORY).read_text()


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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error(bag: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with Timeline(bag.parent / "cases.db") as timeline, pytest.raises(DatabaseError):
        timeline.export_bag(tmp_path / "bag")


def test_the_command_prints_the_fingerprint(bag: Path, tmp_path: Path) -> None:
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
    args = ("export", "bagit", "--db", str(tmp_path / "cases.db"), "--include-evidence-of-protected")
    printed = ok(*args, "-o", str(tmp_path / "bag"))
    assert printed == ok("evidence", "verify", str(tmp_path / "bag"))
    assert printed.strip() == sha256((tmp_path / "bag" / layout.ANCHOR).read_bytes()).hexdigest()


def test_the_command_lists_what_differs(bag: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    (copy / PAGE).write_text("Content of page.html")
    answer = run("evidence", "verify", str(copy))
    assert answer.code == 5
    assert [line.split("\t")[0] for line in answer.out.splitlines()[1:]] == [PAGE] * 3


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


def test_only_evidence_of_the_chosen_events_is_handed_over(tmp_path: Path) -> None:
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
        made = timeline.export_bag(tmp_path / "bag", where("nine"))
        assert made.evidence == 1
        custody = {row["name"]: [one["action"] for one in row["custody"]] for row in timeline.evidence()}
    assert custody == {
        "page.html": ["added", "handed over"], "photo.jpg": ["added"], "blurred.jpg": ["derived"],
    }  # fmt: skip
    assert verify_bag(tmp_path / "bag").problems == ()


def test_originals_are_withheld_if_only_copies_are_wanted(tmp_path: Path) -> None:
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
        timeline.export_bag(tmp_path / "bag", only_copies=True, include_evidence_of_protected=True)
        assert [one["action"] for one in timeline.evidence_file("photo.jpg")["custody"]] == ["added"]
    entries = {entry["name"]: entry for entry in json.loads((tmp_path / "bag" / layout.EVIDENCE).read_text())}
    assert [name for name, entry in entries.items() if entry["withheld"]] == ["photo.jpg"]
    assert not (tmp_path / "bag" / PHOTO).exists()
    assert (tmp_path / "bag" / BLURRED).exists()
    assert verify_bag(tmp_path / "bag").problems == ()


def test_timestamps_verify_with_the_command_of_the_readme(tmp_path: Path) -> None:
    need("asn1crypto")
    if timestamp_authority.OPENSSL is None:
        absent("openssl")
    authority = timestamp_authority.Authority(tmp_path / "authority")
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
        timeline.write_timestamp_request(tmp_path / "request.tsq")
        timeline.add_timestamp(authority.reply((tmp_path / "request.tsq").read_bytes()))
        timeline.export_bag(tmp_path / "bag", where("nine"))
    readme = (tmp_path / "bag" / layout.README).read_text()
    (command,) = [line for line in readme.splitlines() if "openssl ts -verify" in line]
    command = command.replace("AUTHORITY.pem", str(authority.ca))
    subprocess.run(command, shell=True, cwd=tmp_path / "bag", check=True, capture_output=True)
    report = verify_bag(tmp_path / "bag")
    assert (report.problems, sum(" states 2" in note for note in report.notes)) == ((), 1)
    (stamped,) = (tmp_path / "bag" / layout.TIMESTAMPS).glob("*.txt")
    remade(tmp_path / "bag", str(stamped.relative_to(tmp_path / "bag")), "$", " ")
    assert any("is not for" in problem.reason for problem in verify_bag(tmp_path / "bag").problems)


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


@pytest.mark.parametrize("args", [[], ["--strict"], ["--flat"], ["--since", "1"], ["--rows", "figures"]])
def test_options_of_other_formats_are_refused(bag: Path, args: list[str], tmp_path: Path) -> None:
    target = ["-o", str(tmp_path / "new")] if args else []
    refused(run("export", "bagit", "--db", str(bag.parent / "cases.db"), *target, *args), 2)
    refused(run("export", "jsonl", "--db", str(bag.parent / "cases.db"), "--include-evidence-of-protected"), 2)
