"""Merging a draft into an event: no figure of the draft is lost, and none is counted twice."""

from __future__ import annotations

import pytest

from tests.helpers.command_line import done, run

FIRST = "12 March 2025: Police rescued 62 people in Bavet, 20 of them Vietnamese."
SECOND = "12 March 2025: Police rescued {number} people from a casino in Bavet. 31 were formally identified as victims."


def drafted(text: str, outlet: str) -> str:
    ids: list[str] = done("ingest", "-", "--outlet", outlet, "--json", stdin=text).ids
    return ids[0]


@pytest.fixture
def kept(own_db: None) -> str:
    return drafted(FIRST, "Daily")


def figures(id_: str) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in done("show", id_, "--json").json["figures"]}


def test_figures_that_the_event_lacks_are_kept_and_marked(kept: str) -> None:
    draft = drafted(SECOND.format(number=62), "Weekly")
    seen = done("review", "merge", draft, kept)
    assert "The kept event already has these figures, so they count once: rescues: 62." in seen.err
    assert "These figures were added to the kept event, with a note: victims: 31." in seen.err
    found = figures(kept)
    assert list(found) == ["rescues", "rescues-2", "victims"]
    assert found["victims"]["note"] == "Taken over from Weekly when a draft was merged."
    assert (found["victims"]["part_of"], found["victims"]["count"]) == ("rescues", "incident")
    assert "Taken over from Weekly" in " ".join(done("show", kept).out.split())
    done("undo")
    assert list(figures(kept)) == ["rescues", "rescues-2"]
    assert list(figures(draft)) == ["rescues", "victims"]


def test_a_copied_figure_counts_what_the_event_counts(kept: str) -> None:
    """The date of the draft is uncertain, and that of the event is not."""
    text = "BAVET, March 14, 2025 (Reuters) - Two people died in Bavet on Wednesday."
    draft = drafted(text, "Reuters")
    assert figures(draft)["deaths"]["count"] == "aggregate"
    done("review", "merge", draft, kept)
    assert figures(kept)["deaths"]["count"] == "incident"


def test_a_different_number_is_neither_lost_nor_added_up(kept: str) -> None:
    draft = drafted(SECOND.format(number=60), "Weekly")
    seen = run("review", "merge", draft, kept)
    assert seen.code == 4
    assert "The event gives a different number where the draft has rescues: 60." in seen.err
    assert done("show", draft, "--json").json["status"] == "draft"
    done("review", "accept", kept)
    assert "seems to report the same" not in done("review", "accept", draft, "--repeats", kept).err
    total = done("stats", "rescues", "--by", "none", "--during", "2025-03", "--json").json[0]
    assert (total["low"], total["best"], total["high"], total["contested"]) == (60, None, 62, 1)


def test_a_part_with_a_different_number_is_refused(own_db: None) -> None:
    text = "12 March 2025: Police arrested 12 people in Bavet, {number} of them women."
    kept, draft = (drafted(text.format(number=number), f"Paper {number}") for number in (5, 7))
    seen = run("review", "merge", draft, kept)
    assert seen.code == 4
    assert "The event gives a different number where the draft has arrests: 7." in seen.err
    assert [one["stated"] for one in figures(kept).values()] == ["12", "5"]


def test_parts_of_other_people_are_kept_beside_each_other(own_db: None) -> None:
    text = "12 March 2025: Police arrested 12 people in Bavet, 6 of them {people}."
    kept, draft = (drafted(text.format(people=people), f"The {people}") for people in ("men", "women"))
    done("review", "merge", draft, kept)
    assert [(one["stated"], one["group"]) for one in figures(kept).values() if one["part_of"]] == [
        ("6", "men"), ("6", "women"),
    ]  # fmt: skip


def test_numbers_of_other_nationalities_do_not_contradict(kept: str) -> None:
    draft = drafted("12 March 2025: Officers rescued 7 Kenyans in Bavet.", "Weekly")
    done("edit", kept, "--figure", "id: rescues; nationality: Vietnamese", "--remove", "figure: rescues-2")
    done("review", "merge", draft, kept)
    assert [(one["stated"], one["nationality"]) for one in figures(kept).values()] == [
        ("62", "Vietnamese"), ("7", "Kenyan"),
    ]  # fmt: skip
