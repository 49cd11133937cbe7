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


def test_what_is_in_no_month_is_named() -> None:
    said = " ".join(done(seeded(), "stats", "complaints", "--by", "month", "--format", "table").out.split())
    assert "289 (about 19 August to 19 September 2022, Sar Kheng)" in said


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


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_the_derivation_of_complaints_for_machines(format_: str) -> None:
    out = done(seeded(), "stats", "complaints", "--by", "none", "--explain", "--format", format_).out
    found: list[Record] = list(csv.DictReader(io.StringIO(out))) if format_ == "csv" else json.loads(out)[0]["explain"]
    lines = {(line["event"], line["figure"]): line for line in found}
    assert len(lines) == len(found) == 13
    for id_, stated in [("total", "289"), ("kandal", "18"), ("preah-sihanouk", "more than 200")]:
        line = lines[ARTICLE, id_]
        assert (line["stated"], line["stated_by"], line["period"]) == (stated, "Sar Kheng", "2022-08-19~/2022-09-19")
        assert (line["date"], line["source"]) == ("2022-09-19", "Sar Kheng, via CamboJA (September 19, 2022)")
        assert (line["entered"], line["how"]) == ("inside", "not added: it lies inside more than 600 (VOD)")
    assert lines[ARTICLE, "preah-sihanouk"]["bounds"] == "≥ 201"
    assert lines[ARTICLE, "preah-sihanouk"]["implied"] == "201 to 212"
    hotline = lines["2022-10-28-hotline-raids", "complaints"]
    assert (hotline["stated"], hotline["stated_by"], hotline["period"] or None) == ("more than 600", "VOD", None)
    assert (hotline["source"], hotline["how"]) == ("VOD, via CamboJA (October 28, 2022)", "counted")
    kampot = lines["2023-02-07-bokor-complaints", "complaints"]
    assert (kampot["stated"], kampot["stated_by"]) == ("more than a dozen", "Mao Chanmathurith")
    assert kampot["how"] == "not added: it may overlap more than 600 (VOD)"


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_the_derivation_of_complaints_to_read(format_: str) -> None:
    out = done(seeded(), "stats", "complaints", "--explain", "--format", format_).out.replace("\\", "")
    text = re.sub(r"\s+", " ", out)
    assert "Preah Sihanouk: more than 200 (at most 212) counted: 201" in text
    assert "+ preah-sihanouk: “more than 200” (≥ 201), implied 201 to 212" in text
    assert "“more than 600” (≥ 601), no period, said by VOD, VOD, via CamboJA (October 28, 2022)" in text
    assert "not added: more than 12 (Mao Chanmathurith)" in text


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


def test_the_table_of_the_design() -> None:
    lines = done(seeded(), "stats", "rescues", "--format", "table").out.splitlines()
    found = [re.split(r" {2,}", line.strip()) for line in lines if re.search(r"\S {2,}\S", line)]
    assert [row[:2] for row in found] == [
        ["Rescues", "number"],
        ["Cambodian", "nearly 8,000"],
        ["Vietnamese", "more than 1,000"],
        ["Indonesian", "62"],
        ["not stated", "more than 1,480"],
        ["Total", "more than 1,480"],
    ]
    assert [row[2] for row in found[:4]] == ["said by", "Ministry of Foreign Affairs", "Vietnamese media", "Tempo"]
    below = " ".join(" ".join(lines).split())
    assert re.search(r"no dates", below)
    assert below.endswith("Counts rescues, not people: somebody rescued twice counts twice.")


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
    lines = done(seeded(), "stats", "rescues", "--by", "nationality,year", "--format", format_).out.splitlines()
    joined = {" ".join(re.sub(r"[|\s]+", " ", line).split()) for line in lines}
    assert {"nationality 2022 not stated", "Indonesian 62", "not stated 358 more than 1,480"} <= joined


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "tsv"])
def test_a_two_way_table_for_machines(format_: str) -> None:
    out = done(seeded(), "stats", "rescues", "--by", "nationality,year", "--format", format_).out
    if format_ in {"json", "jsonl"}:
        found = json.loads(out) if format_ == "json" else [json.loads(line) for line in out.splitlines()]
    else:
        found = list(csv.DictReader(io.StringIO(out), delimiter="," if format_ == "csv" else "\t"))
    lows = {(row["nationality"] or None, row["year"] or None): str(row["low"] or "") for row in found}
    assert lows == {
        ("Indonesian", None): "62", ("Vietnamese", None): "1001", ("Cambodian", None): "", (None, "2022"): "358",
        (None, None): "1481",
    }  # fmt: skip


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


def test_dates_with_a_comparison_are_not_silently_dropped() -> None:
    outcome = run(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--during", "2021")
    assert outcome.code == 2 or "605" not in outcome.out


def test_events_explain_themselves_or_refuse_to() -> None:
    outcome = run(seeded(), "stats", "events", "--by", "kind", "--explain", "--json")
    assert outcome.code == 2 or all(row.get("explain") for row in json.loads(outcome.out))
    # nothing is left out of events for being disputed, so the option answers another question than was asked
    assert run(seeded(), "stats", "events", "--undisputed").code == 2


def test_a_disputed_number_and_the_total_without_it() -> None:
    dispute = event("d", "2023-07-01", kind="denial", links=[link("disputes", "2022-10-28-hotline-raids")])
    db = timeline([*seed_records(), dispute])
    assert one(db, "stats", "complaints", "--by", "none")["words"] == "more than 600, sources differ"
    # Without the hotline's 601, the provinces' 278 and Kampot's 13: the whole of 289 may have Kampot's in it.
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
        assert not set("█░→") & set(done(seeded(), "stats", "events", "--by", "month", "--format", format_).out)
    if sys.platform != "win32":
        assert not set("█░→") & set(on_terminal("stats", "complaints"))


def test_a_claim_stands_only_beside_the_figures_that_it_is_of() -> None:
    """A claim about two quarters is not shown for two years, and a note says that the years are not complete."""
    outcome = run(seeded(), "stats", "requests", "--compare", "2022", "2023", "--json")
    (row,) = json.loads(outcome.out)
    assert row["claimed"] == []
    assert "The numbers for 2022 cover 226 of its 365 days" in outcome.err
    assert "The numbers for 2023 cover 90 of its 365 days" in outcome.err
    outcome = run(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--json")
    assert [claim["agrees"] for claim in json.loads(outcome.out)[0]["claimed"]] == [True]
    assert "cover" not in outcome.err
