"""The numbers of the shipped timeline, compared with the article that it was made from."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.helpers.small_timelines import (
    Record,
    done,
    event,
    figure,
    link,
    one,
    rows,
    run,
    seed_records,
    seeded,
    timeline,
)

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "2022-09-19-complaints-by-province"

COLUMNS = ("low", "best", "high", "possible_low", "possible_high", "unadjusted", "claims", "possible")
Numbers = tuple[int | None, ...]


def certain(low: int | None, best: int | None, high: int | None, unadjusted: int | None, claims: int) -> Numbers:
    """Return the numbers of a row in which no figure is only possible."""
    return low, best, high, None, None, unadjusted, claims, 0


def exactly(number: int) -> Numbers:
    return certain(number, number, number, number, 1)


def at_least(number: int) -> Numbers:
    return certain(number, None, None, number, 1)


def table(metric: str, by: str) -> dict[str | None, Numbers]:
    """Return the numbers of each row, in the order of `COLUMNS`; nothing in the article contests any of them."""
    found = rows(seeded(), "stats", metric, "--by", by)
    assert {row["contested"] for row in found} == {0}
    assert len({row.get(by) for row in found}) == len(found)
    return {row.get(by): tuple(row[key] for key in COLUMNS) for row in found}


# September 19: "Sar Kheng stated the Interior Ministry had received a total of 289 complaints linked to human
# trafficking in the past month. More than 200 complaints came from Sihanoukville province, but other complaints came
# from Banteay Meanchey (2) Pursat (4), Svay Rieng (18), Koh Kong (5), Pailin (1), Oddar Meanchey (14), Kandal (18),
# Siem Reap (1) and Phnom Penh (14)." October 28: "Police raid scam compounds … after receiving more than 600 complaints
# through a hotline", which VOD reports. February 7: the police chief of Kampot "acknowledged receiving more than a
# dozen complaints from foreign nationals at the Bokor compound". All three are aggregates: who received them summed
# them up.
SAID = {
    "Preah Sihanouk": ("more than 200", 201, None, None),
    "Kandal": ("18", 18, 18, 18),
    "Svay Rieng": ("18", 18, 18, 18),
    "Oddar Meanchey": ("14", 14, 14, 14),
    "Phnom Penh": ("14", 14, 14, 14),
    "Kampot": ("more than a dozen", 13, None, None),
    "Koh Kong": ("5", 5, 5, 5),
    "Pursat": ("4", 4, 4, 4),
    "Banteay Meanchey": ("2", 2, 2, 2),
    "Pailin": ("1", 1, 1, 1),
    "Siem Reap": ("1", 1, 1, 1),
}

# Complaints in different provinces are different complaints: 201 + 2 + 4 + 18 + 5 + 1 + 14 + 18 + 1 + 14 = 278, and 13
# in Kampot. The "more than 600" give neither a province nor days, so those 291 may all be among them, and so may the
# 289. The plain sum has the ten provinces within their whole: 289 + 601 + 13.
COMPLAINTS = certain(601, None, None, 289 + 601 + 13, 13)


def test_complaints_by_province_are_the_articles() -> None:
    found = table("complaints", "province")
    stated = {row["province"]: row["stated"] for row in rows(seeded(), "stats", "complaints")}
    # without a province: the 289 of one month, and more than 600 of an unknown time, which may have them in it
    assert found.pop(None) == certain(601, None, None, 289 + 601, 2)
    assert stated.pop(None) == ["289", "more than 600"]
    assert found == {name: at_least(low) if high is None else exactly(low) for name, (_, low, _, high) in SAID.items()}
    assert stated == {name: [words] for name, (words, *_) in SAID.items()}


def test_all_complaints() -> None:
    assert table("complaints", "none") == {None: COMPLAINTS}
    for by in ("nationality", "group"):  # the article gives neither for any of them
        assert table("complaints", by) == {None: COMPLAINTS}
    # a table by province ends with all; the rows that name one come to 291, which is less
    line = done(seeded(), "stats", "complaints", "--format", "markdown").out
    assert "| all | 601 | unknown | unknown |" in line


def test_no_complaint_certainly_belongs_to_a_month() -> None:
    assert table("complaints", "month") == {
        # "in the past month", said on September 19, is about a month in August and September: no one month's
        None: (None, None, None, 289, 289, None, 11, 11),
        # without a period; dated by the report, as possible
        "2022-10": (None, None, None, 601, None, None, 1, 1),
        "2023-02": (None, None, None, 13, None, None, 1, 1),
    }


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


FIGURES = [
    ("289", "total"),
    *((said[0], name.lower().replace(" ", "-")) for name, said in SAID.items() if name != "Kampot"),
]


OVERLAPS = "not added: it may be about the same occurrences as another figure, which is counted"
MAY_BE_AMONG = f"{OVERLAPS} (2022-10-28-hotline-raids complaints)"
LARGEST = "counted: no other claim is certainly about other occurrences, and its low is the largest"


def explained(format_: str) -> list[Record]:
    """The derivation of `stats complaints --by none` as csv or json has it."""
    out = done(seeded(), "stats", "complaints", "--by", "none", "--explain", "--format", format_).out
    if format_ == "csv":
        return list(csv.DictReader(io.StringIO(out)))
    found: list[Record] = json.loads(out)[0]["explain"]
    return found


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_the_derivation_of_complaints_for_machines(format_: str) -> None:
    lines = {(line["event"], line["figure"]): line for line in explained(format_)}
    assert len(lines) == len(explained(format_)) == 13
    for stated, id_ in FIGURES:
        line = lines[ARTICLE, id_]
        assert (line["stated"], line["stated_by"], line["period"]) == (stated, "Sar Kheng", "2022-08-19~/2022-09-19")
        assert (line["date"], line["source"]) == ("2022-09-19", "Sar Kheng, via CamboJA (September 19, 2022)")
        part = "not added: it is a part of another figure, which includes it (total)"
        assert line["how"] == (MAY_BE_AMONG if id_ == "total" else part)
    assert lines[ARTICLE, "preah-sihanouk"]["bounds"] == "≥ 201"
    assert lines[ARTICLE, "preah-sihanouk"]["implied"] == "201 to 212"
    hotline = lines["2022-10-28-hotline-raids", "complaints"]
    assert (hotline["stated"], hotline["stated_by"], hotline["period"] or None) == ("more than 600", "VOD", None)
    assert hotline["source"] == "VOD, via CamboJA (October 28, 2022)"
    assert hotline["how"] == LARGEST
    kampot = lines["2023-02-07-bokor-complaints", "complaints"]
    assert (kampot["stated"], kampot["stated_by"]) == ("more than a dozen", "Mao Chanmathurith")
    assert kampot["how"] == MAY_BE_AMONG


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_the_derivation_of_complaints_to_read(format_: str) -> None:
    out = done(seeded(), "stats", "complaints", "--explain", "--format", format_).out.replace("\\", "")
    text = re.sub(r"\s+", " ", out)
    for province, (stated, *_) in SAID.items():
        (cell,) = re.findall(rf" {province}: .*?(?= [A-Z][A-Za-z ]*: | not given: | all: |$)", text)
        assert f"“{stated}”" in cell
        assert "said by Mao Chanmathurith" in cell if province == "Kampot" else "said by Sar Kheng" in cell
        assert "CamboJA" in cell
    assert "Preah Sihanouk: ≥ 201, implied 201 to 212 low: 201" in text
    assert "+ preah-sihanouk: “more than 200” (≥ 201), implied 201 to 212" in text
    assert "unadjusted: 289 + 601 + 13 = 903" in text
    assert "“more than 600” (≥ 601), no period, said by VOD, VOD, via CamboJA (October 28, 2022)" in text
    # 13 figures in their own rows, and again in the row of all
    assert len(re.findall(r"^  [+-] ", out, re.MULTILINE)) == 26
    assert len(re.findall(rf"\[{ARTICLE}\]", out)) == 22


# August 1: "to rescue 62 Indonesian nationals from captivity in Sihanoukville compounds", Tempo. September 22: "Over
# 1,000 Vietnamese citizens … are rescued following raids from local authorities", Vietnamese media. September 27:
# "Police said they released more than 1,480 foreign nationals". October 13: "raiding their compounds and freeing more
# than a thousand enslaved workers", Nikkei Asia. March 1: "says it has rescued nearly 8,000 Cambodian citizens … in
# surrounding countries", the Ministry of Foreign Affairs. March 23: "NCCT confirmed that 358 victims were rescued,
# involving 265 women", in its report of 2022. Whoever says so summed up several rescues, over days that the article
# does not give, except for the 358 of 2022. "Over 1,000" is at least 1,001; "nearly 8,000" is at most 8,000, and no low
# is known.
#
# 1,481 foreigners may be all of the others: the 62 Indonesians, the 1,001 Vietnamese, the 1,001 workers, the 358
# victims. 62 and 1,001, of two nationalities, come to 1,063, which is less. The 265 women are among the 358.
RESCUES = certain(1481, None, None, 62 + 1001 + 1481 + 1001 + 358, 7)

RESCUED = {
    "nationality": {
        "Indonesian": exactly(62),
        "Vietnamese": at_least(1001),
        "Cambodian": certain(None, 8000, 8000, None, 1),
        # the 1,481 foreigners, 1,001 workers, 358 victims and the women among these
        None: certain(1481, None, None, 1481 + 1001 + 358, 4),
    },
    "none": {None: RESCUES},
    # of the other six figures none names a province where somebody was rescued
    "province": {"Preah Sihanouk": exactly(62), None: certain(1481, None, None, 1001 + 1481 + 1001 + 358, 6)},
    "month": {
        # by the dates of the reports, and therefore as possible only
        "2022-08": (None, None, None, 62, 62, None, 1, 1),
        # the 1,001 Vietnamese may be among the 1,481 foreigners
        "2022-09": (None, None, None, 1481, None, None, 2, 2),
        "2022-10": (None, None, None, 1001, None, None, 1, 1),
        "2023-03": (None, None, None, None, 8000, None, 1, 1),
        # a year is in no month
        None: certain(358, 358, 358, 358, 2),
    },
    "year": {
        # the NCCT's 358; possibly the four reports of 2022, the largest of which may have the others in it
        "2022": (358, 358, 358, 1481, None, 358, 6, 4),
        "2023": (None, None, None, None, 8000, None, 1, 1),
    },
}


@pytest.mark.parametrize("by", RESCUED)
def test_rescues_are_the_articles(by: str) -> None:
    assert table("rescues", by) == RESCUED[by]


def test_rescues_adds_no_operation_to_another_that_it_may_contain() -> None:
    row = one(seeded(), "stats", "rescues", "--by", "none", "--explain")
    among = f"{OVERLAPS} (2022-09-27-phnom-penh-raids rescues)"
    assert {line["event"][:10] + " " + line["figure"]: line["how"] for line in row["explain"]} == {
        "2022-08-01 rescues": among,
        "2022-09-22 rescues": among,
        "2022-09-27 rescues": LARGEST,
        "2022-10-13 rescues": among,
        "2023-03-01 rescues": "not added: its lower bound is unknown",
        "2023-03-23 rescues": among,
        "2023-03-23 rescues-women": "not added: it is a part of another figure, which includes it (rescues)",
    }


def test_rescues_says_so_without_being_asked_to_explain() -> None:
    # Issue: "`stats rescues` adds no operation to another that it may contain, and says so."
    out = done(seeded(), "stats", "rescues", "--by", "none", "--format", "table").out
    notes = out.split("\n\n", 2)[-1]
    assert "Counts rescues, not people: somebody rescued twice counts twice" in notes
    assert re.search(r"overlap|may be among|same ones|not added", notes), notes


def cited(*asked: str, db: Path | None = None) -> str:
    outcome = done(db or seeded(), "stats", *asked, "--cite")
    (line,) = [line for line in (outcome.out + outcome.err).splitlines() if "Based on " in line]
    return line.partition("Based on ")[2]


CITED = (
    r"complaints by province: in Kandal; 1 event, 1 figure; data [0-9a-f]{12}; rules [\d.]+; scamcli [\d.]+; "
    r"\d{4}-\d\d-\d\d"
)


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "tsv", "markdown"])
def test_the_line_to_quote(format_: str) -> None:
    line = cited("complaints", "--province", "Kandal", "--format", format_)
    assert re.fullmatch(CITED, line), line
    assert line == cited("complaints", "--province", "Kandal")


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


def test_a_line_to_quote_is_given_for_a_comparison_too() -> None:
    outcome = done(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--cite", "--format", "table")
    assert "Based on requests: 2022-Q1 against 2023-Q1; 1 event, 2 figures; data " in outcome.out + outcome.err


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_a_two_way_table_to_read(format_: str) -> None:
    lines = done(seeded(), "stats", "complaints", "--by", "province,month", "--format", format_).out.splitlines()
    joined = {" ".join(re.sub(r"[|\s]+", " ", line).split()) for line in lines}
    # none of them is certainly of one month: see the table by month
    assert {
        "province 2022-10 2023-02 not given", "Kampot possibly ≥ 13", "Kandal possibly 18",
        "not given possibly ≥ 601 possibly 289", "Preah Sihanouk possibly ≥ 201",
    } <= joined  # fmt: skip
    assert any("do not add up" in line for line in lines)


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "tsv"])
def test_a_two_way_table_for_machines(format_: str) -> None:
    out = done(seeded(), "stats", "complaints", "--by", "province,month", "--format", format_).out
    if format_ in {"json", "jsonl"}:
        found = json.loads(out) if format_ == "json" else [json.loads(line) for line in out.splitlines()]
    else:
        found = list(csv.DictReader(io.StringIO(out), delimiter="," if format_ == "csv" else "\t"))
    blank = None if format_.startswith("json") else "not given"
    lows = {(row["province"], row["month"]): str(row["possible_low"]) for row in found}
    assert len(found) == len(lows) == 13
    assert {str(row["low"]) for row in found} == {"None" if format_.startswith("json") else "unknown"}
    assert lows["Kampot", "2023-02"] == "13"
    assert lows["Kandal", blank] == "18"
    assert lows[blank, "2022-10"] == "601"
    assert lows[blank, blank] == "289"


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


def claim(stated: str, number: int | float | None = None) -> Record:
    given = {} if number is None else {"low": number, "best": number, "high": number}
    return figure("c", stated, "change", of=["a", "b"], **given)


BEFORE = figure("a", "605", "requests", period="2031")
AFTER = figure("b", "128", "requests", period="2032-01/2032-03")


@pytest.mark.parametrize(
    ("stated", "number", "agrees"),
    [
        ("78% decline", None, True),
        ("a 79 percent decline", -79, True),
        ("80% decline", -80, False),
        ("a 78.8% decline", -78.8, True),
        ("a 78.9% decline", -78.9, True),
        ("a 78.0% decline", -78, False),
        ("a 78% rise", 78, False),
        ("77% decline", -77, False),
    ],
)
def test_a_claim_agrees_when_it_differs_by_less_than_one_of_its_last_digit(
    stated: str, number: float | None, agrees: bool
) -> None:
    (found,) = compared(BEFORE, AFTER, claim(stated, number))["claimed"]
    assert found["agrees"] is agrees


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
    # Rule 4: "`--compare` takes none of these"
    row = compared(BEFORE, AFTER, figure("u", "50", "requests", period="2031-05~"), figure("n", "70", "requests"))
    assert (row["before"]["low"], row["after"]["low"]) == (605, 128)
    found = rows(timeline([event("e", "2032-06-01", figure("n", "70", "requests"))]), "stats", "requests", "--compare",
                 "2031", "2032")  # fmt: skip
    assert found == []


def test_a_comparison_says_what_it_left_out() -> None:
    # Rule 5: "A table says what it left out." The periods may share figures; a count of those outside does not.
    overlapping = done(seeded(), "stats", "requests", "--compare", "2022", "2022-Q1").err
    assert "Left out: 1 figure" in overlapping
    other = figure("o", "40", "requests", unit="calls", period="2031")
    db = timeline([event("e", "2032-06-01", BEFORE, AFTER, other)])
    outcome = done(db, "stats", "requests", "--compare", "2031", "2032-Q1", "--json")
    assert json.loads(outcome.out)[0]["before"]["low"] == 605
    assert "1 figure" in outcome.err


@pytest.mark.parametrize("wrong", ["2022-Q5", "2022~", "2022-13", "2022-04/2022-01", "soon", ""])
def test_a_comparison_of_a_wrong_period_is_an_error_that_names_it(wrong: str) -> None:
    outcome = run(seeded(), "stats", "requests", "--compare", wrong, "2023-Q1")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("scamcli: --compare"), outcome.err


def test_dates_with_a_comparison_are_not_silently_dropped() -> None:
    # Section 7: "different options narrow"; section 5: "an error, never an empty filter".
    outcome = run(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--during", "2021")
    assert outcome.code == 2 or "605" not in outcome.out


def test_events_explain_themselves_or_refuse_to() -> None:
    # Rule 5: "`--explain` shows, for each cell, the events …"
    outcome = run(seeded(), "stats", "events", "--by", "kind", "--explain", "--json")
    assert outcome.code == 2 or all(row.get("explain") for row in json.loads(outcome.out))
    # nothing is left out of events for being disputed, so the option answers another question than was asked
    assert run(seeded(), "stats", "events", "--undisputed").code == 2


def test_a_disputed_number_says_the_total_without_it() -> None:
    dispute = event("d", "2023-07-01", kind="denial", links=[link("disputes", "2022-10-28-hotline-raids")])
    db = timeline([*seed_records(), dispute])
    # Without the hotline's 601, the ten provinces' 278 and Kampot's 13 are the most that is proved: 291. The whole of
    # 289 may have Kampot's in it, as far as the ten leave room for them.
    note = "Disputed by another event: 1 figure; without them, the low of all is 291"
    assert note in done(db, "stats", "complaints").err
    assert one(db, "stats", "complaints", "--by", "none", "--undisputed")["low"] == 278 + 13


def on_terminal(*arguments: str, **env: str) -> str:
    """The output of a command on a terminal with 100 columns."""
    import pty

    ours, terminal = pty.openpty()
    usual = {"SCAMCLI_DB": str(seeded()), "COLUMNS": "100", "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    environment = os.environ | usual | env
    command = [sys.executable, "-m", "scamcli", *arguments]
    with subprocess.Popen(command, stdout=terminal, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # Linux says so that the other end is closed
            pass
        assert process.wait(30) == 0
    os.close(ours)
    return shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX")
def test_bars_are_drawn_on_a_terminal() -> None:
    lines = {line.split("  ")[0]: line for line in on_terminal("stats", "complaints").splitlines()}
    # solid up to what is proved, an arrow where the number is open above; 201 of 601 are three of ten columns
    assert lines["not given"].rstrip().endswith("██████████→")
    assert lines["Preah Sihanouk"].rstrip().endswith(" ███→")
    assert not set("█░→") & set(lines["Pailin"])


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX")
@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"LC_ALL": "C"}, {"LC_ALL": "km_KH.ISO-8859-1"}])
def test_bars_are_ascii_where_the_terminal_is(env: dict[str, str]) -> None:
    shown = on_terminal("stats", "events", "--by", "month", COLUMNS="60", **env)
    assert not set("█░→─") & set(shown)
    shown = re.sub(r"\x1b\[\d*m", "", shown)
    last = shown.splitlines()[-1].rstrip()
    assert last.endswith("#" * 17 + "-" * 7)  # 5 events, possibly 7, and 7 are the most
    assert max(map(len, shown.splitlines())) <= 60


def test_bars_are_drawn_nowhere_else() -> None:
    for format_ in ("table", "markdown", "csv", "tsv", "json"):
        assert not set("█░→") & set(done(seeded(), "stats", "complaints", "--format", format_).out)


def test_a_claim_stands_only_beside_the_figures_that_it_is_of() -> None:
    """A claim about two quarters is not shown for two years, and a note says that the years are not complete."""
    outcome = run(seeded(), "stats", "requests", "--compare", "2022", "2023", "--json")
    (row,) = json.loads(outcome.out)
    assert row["claimed"] == []
    assert "The figures for 2022 cover 226 of its 365 days" in outcome.err
    assert "The figures for 2023 cover 90 of its 365 days" in outcome.err
    outcome = run(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--json")
    assert [claim["agrees"] for claim in json.loads(outcome.out)[0]["claimed"]] == [True]
    assert "cover" not in outcome.err


def test_who_said_the_numbers_stands_below_the_table() -> None:
    out = run(seeded(), "stats", "complaints", "--format", "table").out
    assert "Said by Sar Kheng (11), VOD, Mao Chanmathurith" in out
    assert "In each row, high leaves out figures that name no province" in out
