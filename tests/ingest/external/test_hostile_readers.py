"""A hostile reader gets nothing into the database that its text does not confirm.

Answers of the reference reader, extended by parts that it does not find, are changed thousands of times. Each stored
draft is then held against a list of everything that the text says, which was written by hand.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from scamcli import ScamcliError, Timeline
from scamcli.language.vocabulary import COUNTS, EVENT_KINDS, METRICS, ROLES
from tests.helpers.driver import actor, take_in
from tests.helpers.mutated_answers import mutated

TEXT = """Notes of the week

On 19 September 2022, police in Sihanoukville freed more than 45 Thai workers from the Golden Gate Casino, said
Chea Invented, a police chief. He named the witness Sok Hidden. They paid $2,000 each.

A second raid in Kandal on 21 September 2022 freed 12 people, and 3 suspects were arrested.

ថ្ងៃទី១៩ ខែកញ្ញា ឆ្នាំ២០២២ ប៉ូលិស\u200bបាន\u200bសង្គ្រោះ ៤៥នាក់។

เมื่อวันที่ 20 กันยายน 2565 ตำรวจช่วยเหลือ 33 คน

警方于2022年9月21日解救了
27名工人。
"""

DATES = {
    "19 September 2022": "2022-09-19", "21 September 2022": "2022-09-21",
    "១៩ ខែកញ្ញា ឆ្នាំ២០២២": "2022-09-19", "20 กันยายน 2565": "2022-09-20", "2022年9月21日": "2022-09-21",
}  # fmt: skip
NUMBERS = {
    ("more than 45", 46, None, None), ("12", 12, 12, 12), ("3", 3, 3, 3), ("$2,000", 2000, 2000, 2000),
    ("៤៥", 45, 45, 45), ("៤៥នាក់", 45, 45, 45), ("33", 33, 33, 33), ("33 คน", 33, 33, 33), ("27", 27, 27, 27),
    ("27名", 27, 27, 27), ("27名工人", None, None, None), ("27名工", None, None, None),
}  # fmt: skip
PROVINCES = {"Preah Sihanouk", "Kandal"}
HIDDEN = "Sok Hidden"

ANSWER = "\n".join(
    json.dumps(line, ensure_ascii=False)
    for line in (
        {"protocol": 1, "reader": {"name": "reference", "version": "1.0"}},
        {
            "quote": "On 19 September 2022, police in Sihanoukville freed more than 45 Thai workers",
            "start": 19,
            "date": {"value": "2022-09-19", "quote": "19 September 2022"},
            "kind": {"value": "rescue", "quote": "freed"},
            "title": "police in Sihanoukville freed more than 45 Thai workers",
            "figures": [
                {"metric": "rescues", "wording": "more than 45", "quote": "more than 45 Thai workers",
                 "group": "workers", "nationality": "Thai", "count": "incident", "by": "Chea Invented"},
                {"metric": "losses", "wording": "$2,000", "quote": "They paid $2,000 each"},
            ],
            "actors": [
                {"name": "Chea Invented", "role": "speaker", "quote": "said\nChea Invented"},
                {"name": "[protected-1]", "role": "mentioned", "quote": "the witness [protected-1]"},
            ],
            "sites": [{"name": "Golden Gate Casino", "quote": "the Golden Gate Casino"}],
            "provinces": [{"value": "Preah Sihanouk", "quote": "Sihanoukville"}],
            "nationalities": [{"value": "Thai", "quote": "Thai workers"}],
        },
        {
            "quote": "A second raid in Kandal on 21 September 2022 freed 12 people, and 3 suspects were arrested.",
            "date": {"value": "2022-09-21", "quote": "21 September 2022"},
            "kind": {"value": "raid", "quote": "raid"},
            "figures": [
                {"metric": "rescues", "wording": "12", "quote": "freed 12 people"},
                {"metric": "arrests", "wording": "3", "quote": "3 suspects", "group": "suspects"},
            ],
            "provinces": [{"value": "Kandal", "quote": "Kandal"}],
            "actors": [{"name": "police", "role": "rescuer", "quote": "police"}],
        },
        {
            "quote": "ប៉ូលិសបានសង្គ្រោះ ៤៥នាក់",
            "date": {"value": "2022-09-19", "quote": "ថ្ងៃទី១៩ ខែកញ្ញា ឆ្នាំ២០២២"},
            "kind": {"value": "rescue", "quote": "សង្គ្រោះ"},
            "figures": [{"metric": "rescues", "wording": "៤៥", "quote": "សង្គ្រោះ ៤៥នាក់"}],
        },
        {
            "quote": "ตํารวจช่วยเหลือ 33 คน",
            "date": {"value": "2022-09-20", "quote": "20 กันยายน 2565"},
            "kind": {"value": "rescue", "quote": "ช่วยเหลือ"},
            "figures": [{"metric": "rescues", "wording": "33", "quote": "33 คน"}],
        },
        {
            "quote": "警方于2022年9月21日解救了27名工人",
            "date": {"value": "2022-09-21", "quote": "2022年9月21日"},
            "kind": {"value": "rescue", "quote": "解救"},
            "figures": [{"metric": "rescues", "wording": "27", "quote": "解救了27名工人"}],
        },
    )
).encode()  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.db"
    with Timeline(path, create=True) as timeline:
        timeline.ingest("5 March 2024: An old entry.", author="ana")
    take_in(path, actor(HIDDEN, protected=True))
    return path


def answer_for(path: Path) -> bytes:
    """Return the honest answer, with the placeholder that the database has for the protected name."""
    with Timeline(path) as timeline:
        return ANSWER.replace(b"[protected-1]", timeline.shown(HIDDEN).encode())


FLAT = " ".join(TEXT.split())


def wrong(record: dict[str, Any], origin: Any) -> list[str]:
    """Return what a stored draft says that the text does not, by the lists above."""
    dated = [origin.words(one.span) for one in origin.reasons if one.field == "date"]
    dates = {date for said, date in DATES.items() for words in dated if said in words or words in said}
    names = [one["name"] for one in record["actors"]]
    checks = {
        "date": record["date"] in dates or (record["date"] == "2022-09" and dates),
        "title": record["title"].rstrip("…") in FLAT,
        "kind": record["kind"] in EVENT_KINDS,
        "empty": not any(record[key] for key in ("summary", "note", "tags", "links", "places", "linked_sites")),
        "names": all(re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", FLAT) for name in names),
        "sites": all(re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", FLAT) for name in record["sites"]),
        "roles": all(one["role"] in ROLES for one in record["actors"]),
        "places": PROVINCES.issuperset(record["provinces"]) and {"KH"}.issuperset(record["countries"]),
        "nationalities": {"Thai"}.issuperset(record["nationalities"]),
        "figures": all(is_said(figure, names) for figure in record["figures"]),
        "reasons": all(one.reader == "reference 1.0" and origin.words(one.span).strip() for one in origin.reasons),
        "controls": json.dumps(record, ensure_ascii=False).replace("\u200b", "").isprintable(),
    }
    return [f"{name}: {record}" for name, is_right in checks.items() if not is_right]


def is_said(figure: dict[str, Any], names: list[str]) -> bool:
    return (
        (figure["stated"], figure["low"], figure["best"], figure["high"]) in NUMBERS
        and (figure["metric"] in METRICS and figure["count"] in COUNTS and figure["unit"] is None)
        and (figure["group"] or "") in FLAT.lower()
        and figure["nationality"] in {None, "Thai"}
        and figure["stated_by"] in {None, *names}
    )


def store(path: Path, answer: bytes) -> tuple[int, str]:
    """Ingest an answer into a copy of a database; return how many drafts are stored, and the refusal."""
    path = Path(shutil.copy(path, path.with_name("copy.db")))
    with Timeline(path) as timeline:
        try:
            stored = timeline.ingest(TEXT, readers=[answer], author="ana").drafts
        except ScamcliError as error:
            return 0, str(error)
    with Timeline(path, include_protected=True) as timeline:
        drafts = [one for one in timeline.pending() if one.origin and one.origin.snapshot.text == TEXT]
        assert len(drafts) == len(stored)
        for draft in drafts:
            assert draft.origin is not None
            assert wrong(dict(draft.record), draft.origin) == []
        assert list(timeline.verify()) == []
    return len(stored), ""


def test_the_honest_answer_is_stored_in_full(case: Path) -> None:
    answer = answer_for(case)
    assert store(case, answer) == (5, "")
    with Timeline(case) as timeline:
        found = timeline.ingest(TEXT, readers=[answer], author="ana")
    assert [note for note in found.notes if note.startswith(("Refused", "Left out"))] == []
    assert [len(draft["figures"]) for draft in found.drafts] == [2, 2, 1, 1, 1]
    assert HIDDEN not in json.dumps(found.drafts)
    with Timeline(case, include_protected=True) as timeline:
        assert HIDDEN in json.dumps([dict(one.record) for one in timeline.pending()])


def _attack(path: Path, seeds: range) -> tuple[int, int]:
    answer = answer_for(path)
    stored = [store(path, mutated(answer, random.Random(seed)))[0] for seed in seeds]
    return sum(map(bool, stored)), sum(stored)


def test_mutated_answers_leave_nothing_unverified(case: Path) -> None:
    answers, drafts = _attack(case, range(20))
    assert answers > 10  # most mutants leave some drafts intact, so the attack is one
    assert drafts > 33


@pytest.mark.thorough
def test_two_thousand_mutated_answers_leave_nothing_unverified(case: Path) -> None:
    answers, drafts = _attack(case, range(1000, 3000))
    assert answers > 1000
    assert drafts > 3000
