"""The numbers of the shipped timeline, compared with the article that it was made from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.small_timelines import (
    Record,
    done,
    event,
    figure,
    one,
    rows,
    run,
    seed_records,
    seeded,
    timeline,
)
from tests.numbers.worded import number

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.language.wording.bounds import Bounds

ARTICLE = "2022-09-19-complaints-by-province"


def table(metric: str, by: str) -> dict[str | None, Bounds]:
    """The bounds of each row; nothing in the article contests any of them."""
    found = rows(seeded(), "stats", metric, "--by", by)
    assert {row["contested"] for row in found} == {0}
    assert len({row.get(by) for row in found}) == len(found)
    return {row.get(by): (row["low"], row["best"], row["high"]) for row in found}  # type: ignore[misc]


def meant(words: dict[str | None, str]) -> dict[str | None, Bounds]:
    return {label: number(each) for label, each in words.items()}


# September 19: "Sar Kheng stated the Interior Ministry had received a total of 289 complaints linked to human
# trafficking in the past month. More than 200 complaints came from Sihanoukville province, but other complaints came
# from Banteay Meanchey (2) Pursat (4), Svay Rieng (18), Koh Kong (5), Pailin (1), Oddar Meanchey (14), Kandal (18),
# Siem Reap (1) and Phnom Penh (14)." October 28: "Police raid scam compounds … after receiving more than 600 complaints
# through a hotline", which VOD reports. February 7: the police chief of Kampot "acknowledged receiving more than a
# dozen complaints from foreign nationals at the Bokor compound". All three are totals.
SAID: dict[str | None, str] = {
    "Preah Sihanouk": "more than 200", "Kandal": "18", "Svay Rieng": "18", "Oddar Meanchey": "14", "Phnom Penh": "14",
    "Kampot": "more than a dozen", "Koh Kong": "5", "Pursat": "4", "Banteay Meanchey": "2", "Pailin": "1",
    "Siem Reap": "1",
}  # fmt: skip

# The "more than 600" state nothing but the day on which they were said, so they include the 289 of the month before.
# The 13 in Kampot came later, but may be among the 600, too.
COMPLAINTS = "more than 600"


def test_complaints_by_province_are_the_articles() -> None:
    # not stated: more than 600, which include what the provinces leave of the 289
    assert table("complaints", "province") == meant({**SAID, None: COMPLAINTS})
    found = {row["province"]: row for row in rows(seeded(), "stats", "complaints")}
    assert {label: row["stated"] for label, row in found.items() if label} == {
        name: [words] for name, words in SAID.items()
    }
    assert found["Kampot"]["words"] == "more than a dozen"
    assert found["Preah Sihanouk"]["words"] == "more than 200 (at most 212)"


@pytest.mark.parametrize("by", ["none", "nationality", "group", "month"])
def test_all_complaints(by: str) -> None:
    # the article gives no nationality or group for any of them, and the only days are about a month
    assert table("complaints", by) == meant({None: COMPLAINTS})
    assert "| Total | more than 600 |" in done(seeded(), "stats", "complaints", "--format", "markdown").out


def test_all_complaints_beside_their_plain_sum() -> None:
    row = one(seeded(), "stats", "complaints", "--by", "none")
    assert row["unadjusted"] == 289 + 601 + 13 + (201 + 77)  # with the parts of the 289
    assert (row["entries"], row["not_added"], row["said_by"]) == (13, 1, ["VOD"])


def test_preah_sihanouk_is_implied_201_to_212() -> None:
    # 289 - (2 + 4 + 18 + 5 + 1 + 14 + 18 + 1 + 14) = 289 - 77
    found = {row["province"]: row["implied"] for row in rows(seeded(), "stats", "complaints") if row["implied"]}
    assert found == {"Preah Sihanouk": {"low": 201, "high": 212}}
    alone = one(seeded(), "stats", "complaints", "--province", "Kampong Som", "--by", "none")
    assert (alone["low"], alone["high"], alone["implied"]) == (201, None, {"low": 201, "high": 212})


def test_preah_sihanouk_is_exactly_212_if_the_provinces_are_all_there() -> None:
    records = seed_records()
    (told,) = [record for record in records if record.get("id") == ARTICLE]
    (whole,) = [part for part in told["figures"] if part["id"] == "total"]
    whole["split"] = {"by": "province", "complete": True}
    db = timeline(records)
    for asked in ((), ("--province", "Preah Sihanouk"), ("--actor", "Sar Kheng")):
        row = next(row for row in rows(db, "stats", "complaints", *asked) if row["province"] == "Preah Sihanouk")
        assert (row["low"], row["best"], row["high"]) == (201, None, None)
        assert row["implied"] == {"low": 212, "high": 212}


# August 1: "to rescue 62 Indonesian nationals from captivity in Sihanoukville compounds", Tempo. September 22: "Over
# 1,000 Vietnamese citizens … are rescued following raids from local authorities", Vietnamese media. September 27:
# "Police said they released more than 1,480 foreign nationals". October 13: "raiding their compounds and freeing more
# than a thousand enslaved workers", Nikkei Asia. March 1: "says it has rescued nearly 8,000 Cambodian citizens … in
# surrounding countries", the Ministry of Foreign Affairs. March 23: "NCCT confirmed that 358 victims were rescued,
# involving 265 women", in its report of 2022. Whoever says so summed up several rescues, over days that the article
# does not give, except for the 358 of 2022. "Over 1,000" is at least 1,001; "nearly 8,000" is at most 8,000, and no low
# is known.
#
# 1,481 foreigners may be all of the others: 62 and 1,001, of two nationalities, come to 1,063, which is less. Each
# names a group, so none of them says that it includes another one; only the 265 women are among the 358.
RESCUED: dict[str, dict[str | None, str]] = {
    "none": {None: "more than 1,480"},
    "nationality": {
        "Indonesian": "62", "Vietnamese": "over 1,000", "Cambodian": "nearly 8,000", None: "more than 1,480",
    },
    "province": {"Preah Sihanouk": "62", None: "more than 1,480"},
    "month": {None: "more than 1,480"},
    "year": {"2022": "358", None: "more than 1,480"},
}  # fmt: skip


@pytest.mark.parametrize("by", RESCUED)
def test_rescues_are_the_articles(by: str) -> None:
    assert table("rescues", by) == meant(RESCUED[by])


def test_rescues_adds_no_operation_to_another_that_it_may_contain() -> None:
    row = one(seeded(), "stats", "rescues", "--by", "none", "--explain")
    among = "not added: it may overlap more than 1,480 (Cambodian police)"
    how = {f"{line['event'][:10]} {line['figure']}": line["how"] for line in row["explain"]}
    assert how.pop("2022-09-27 rescues") == "counted"
    assert set(how.values()) == {among}
    assert len(how) == 6


def cited(*asked: str, db: Path | None = None) -> str:
    outcome = done(db or seeded(), "stats", *asked, "--cite")
    (line,) = [line for line in (outcome.out + outcome.err).splitlines() if "Based on " in line]
    return line.partition("Based on ")[2]


def digest(records: list[Record]) -> str:
    """The digest that `--cite` prints for the complaints of Kandal."""
    found = re.search(r"data (\w+)", cited("complaints", "--province", "Kandal", db=timeline(records)))
    assert found
    return found[1]


def test_the_digest_changes_with_a_record_that_counts_and_with_no_other() -> None:
    plain = digest(seed_records())
    assert f"data {plain};" in cited("complaints", "--province", "Kandal")
    changed = seed_records()
    for record in changed:
        if record.get("id") == ARTICLE:
            record["note"] = "changed"
    assert digest(changed) != plain
    assert digest([*seed_records(), event("other", "2023-07-01", figure("n", "3"))]) == plain


# "from January to March there were 128 requests for intervention compared to 605 … in the first quarter of 2022, a 78%
# decline": (128 - 605) / 605 = -78.84 %.
def test_the_comparison_that_the_minister_makes() -> None:
    row = one(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1")
    assert row["change"] == {"low": -78.8, "best": -78.8, "high": -78.8}
    (claim,) = row["claimed"]
    assert (claim["stated"], claim["stated_by"], claim["change"], claim["agrees"]) == (
        "78% decline",
        "Sar Kheng",
        -78,
        True,
    )
    for format_ in ("table", "markdown", "csv", "tsv"):
        out = done(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--format", format_).out
        words = re.sub(r"[|,\t ]+", " ", out)
        assert "605 128 -78.8 78% decline Sar Kheng yes" in words


def compared(*figures: Record, asked: tuple[str, ...] = ()) -> Record:
    return one(
        timeline([event("e", "2032-06-01", *figures)]), "stats", "requests", "--compare", "2031", "2032-Q1", *asked
    )


BEFORE = figure("a", "605", "requests", period="2031")
AFTER = figure("b", "128", "requests", period="2032-01/2032-03")


def test_a_comparison_with_unknown_bounds() -> None:
    # from 605 to at least 128: a fall of at most 78.8 %, and how much it rose at most nobody said
    row = compared(BEFORE, figure("b", "at least 128", "requests", period="2032-01/2032-03"))
    assert row["change"] == {"low": -78.8, "best": None, "high": None}
    row = compared(BEFORE, figure("b", "up to 128", "requests", period="2032-01/2032-03"))
    assert row["change"] == {"low": None, "best": None, "high": -78.8}
    row = compared(figure("a", "more than 600", "requests", period="2031"), AFTER)
    assert row["change"] == {"low": None, "best": None, "high": round(100 * (128 - 601) / 601, 1)}
    row = compared(figure("a", "about 600", "requests", period="2031"), AFTER)
    assert row["change"] == {"low": None, "best": round(100 * (128 - 600) / 600, 1), "high": None}
    row = compared(figure("a", "0", "requests", period="2031"), AFTER)
    assert row["change"] == {"low": None, "best": None, "high": None}


def test_a_comparison_takes_no_figure_without_a_sure_period_inside() -> None:
    row = compared(BEFORE, AFTER, figure("u", "50", "requests", period="2031-05~"), figure("n", "70", "requests"))
    assert (row["before"]["low"], row["after"]["low"]) == (605, 128)
    found = rows(timeline([event("e", "2032-06-01", figure("n", "70", "requests"))]), "stats", "requests", "--compare",
                 "2031", "2032")  # fmt: skip
    assert found == []


def test_a_comparison_says_what_it_left_out() -> None:
    other = figure("o", "40", "requests", period="2031-12/2032-02")
    outcome = done(timeline([event("e", "2032-06-01", BEFORE, AFTER, other)]), "stats", "requests", "--compare", "2031",
                   "2032-Q1", "--json")  # fmt: skip
    assert json.loads(outcome.out)[0]["before"]["low"] == 605
    assert "Not compared: 1 number not dated wholly within one of the two." in outcome.err


@pytest.mark.parametrize("wrong", ["2022-Q5", "2022~", "2022-13", "2022-04/2022-01", "soon", ""])
def test_a_comparison_of_a_wrong_period_is_an_error_that_names_it(wrong: str) -> None:
    outcome = run(seeded(), "stats", "requests", "--compare", wrong, "2023-Q1")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("scamcli: --compare"), outcome.err
