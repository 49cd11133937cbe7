"""``stats --cite``: sentences that a newspaper could print, and what they are based on."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scamcli.language.vocabulary import METRICS
from scamcli.language.wording.bounds import Bounds
from scamcli.output.text.nouns import amount, in_words
from tests.helpers.small_timelines import Record, done, event, figure, link, rows, seeded, timeline

REVIEW = "https://cambojanews.com/year-in-review-human-trafficking-cyber-scams-and-the-governments-response/"
"""The article that the shipped timeline was made from."""


def sentences(db: Any, *asked: str) -> list[str]:
    return [row["cite"] for row in rows(db, "stats", *asked, "--cite")]


def test_one_figure_becomes_one_sentence_that_could_be_printed() -> None:
    (sentence,) = sentences(seeded(), "rescues", "--nationality", "Indonesian")
    assert sentence == (
        "62 Indonesian nationals were rescued or freed in Preah Sihanouk (period not stated), according to Tempo "
        f"(1 August 2022), cited by CamboJA on 16 June 2023 ({REVIEW})."
    )


def source(outlet: str, **keys: Any) -> Record:
    return {"outlet": outlet, **keys}


RAID = {"kind": "raid", "date": "2031-03-05"}
LANTERN = source("Lantern", url="https://lantern.example/1", published="2031-03-06")


def raid(*figures: Record, **keys: Any) -> Record:
    given = {"sources": [LANTERN], **keys}
    return event(keys.pop("id_", "raid"), "2031-03-05", *figures, kind="raid", **given)


def rescued(stated: str, **keys: Any) -> Record:
    return figure("rescues", stated, "rescues", **keys)


WORDED = [
    (raid(rescued("45")), "45 people were rescued or freed on 5 March 2031, according to Ada Brel, "
     "reported by Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("1", nationality="Thai", group="women")), "1 Thai woman was rescued or freed on 5 March 2031, "
     "according to Ada Brel, reported by Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("more than 40", stated_by="Lantern")), "More than 40 people were rescued or freed on 5 March 2031, "
     "according to Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("45", stated_by=None), sources=[source("Lantern")]),
     "45 people were rescued or freed on 5 March 2031, according to Lantern."),
    (raid(rescued("45"), sources=[source("Harbour", via="Lantern"), LANTERN]),
     "45 people were rescued or freed on 5 March 2031, according to Ada Brel, reported by Harbour and "
     "cited by Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("45"), sources=[LANTERN, source("Harbour"), source("Mast")]),
     "45 people were rescued or freed on 5 March 2031, according to Ada Brel, reported by Lantern on "
     "6 March 2031 (https://lantern.example/1) and 2 more."),
    (event("report", "2031-03-05", figure("held", "2,000", "captives"), kind="report", sources=[source("Lantern")]),
     "2,000 people were held on 5 March 2031, according to Ada Brel (5 March 2031), reported by Lantern."),
    (event("report", "2031-03-05", figure("lost", "$3 million", "losses", period="2030"), sources=[source("Lantern")]),
     "USD 3,000,000 was lost to scams in 2030, according to Ada Brel (5 March 2031), reported by Lantern."),
]  # fmt: skip


OUT_OF_ORDER = [((14, None, 8), "8 to 14"), ((10, 20, 15), "About 20"), ((None, 20, 15), "Nearly 20")]


@pytest.mark.parametrize(("bounds", "total"), OUT_OF_ORDER)
def test_bounds_out_of_order_are_printed_in_order(bounds: tuple[Any, Any, Any], total: str) -> None:
    low, best, high = bounds
    forced = figure("rescues", "14 or 8", "rescues", low=low, best=best, high=high)  # an import only warns of it
    (sentence,) = sentences(timeline([raid(forced)]), "rescues", "--by", "none")
    assert sentence.startswith(f"{total} people were rescued")


@pytest.mark.parametrize(("record", "expected"), WORDED, ids=[words[:40] for _, words in WORDED])
def test_words(record: Record, expected: str) -> None:
    assert sentences(timeline([record]), record["figures"][0]["metric"], "--by", "none") == [expected]


def test_a_sum_names_each_of_its_numbers() -> None:
    other = event("later", "2031-04-02", rescued("8", stated_by="Bo Quist"), kind="raid", sources=[source("Harbour")])
    (sentence,) = sentences(timeline([raid(rescued("14")), other]), "rescues", "--by", "none")
    assert sentence == (
        "22 people were rescued or freed from 5 March to 2 April 2031, adding up 2 numbers from Ada Brel, "
        "reported by Lantern on 6 March 2031 (https://lantern.example/1); Bo Quist, reported by Harbour."
    )


REPORT = source("Mast", published="2031-06-06")


def requests(*figures: tuple[str, Record]) -> Record:
    stated = [figure(f"f{at}", words, "requests", **keys) for at, (words, keys) in enumerate(figures)]
    return event("report", "2031-06-06", *stated, kind="report", sources=[REPORT])


MAY = {"period": "2031-05", "stated_by": "Mast"}
APRIL = {"period": "2031-04", "stated_by": "Mast"}
UNDATED = {"stated_by": "Mast"}
COMPUTED = [
    # two numbers that may overlap are not added up, so one of them is the number
    ((("212", UNDATED), ("180", UNDATED)), "At least 212 requests for help or intervention were made (period not "
     "stated), according to Mast on 6 June 2031."),
    ((("212", MAY), ("180", APRIL)), "392 requests for help or intervention were made from 1 April to 31 May 2031, "
     "adding up 2 numbers from Mast on 6 June 2031."),
    ((("212", MAY), ("dozens", APRIL)), "At least 224 requests for help or intervention were made from 1 April to "
     "31 May 2031, adding up 2 numbers from Mast on 6 June 2031."),
    ((("dozens", MAY),), "Dozens of requests for help or intervention were made in May 2031, according to Mast on "
     "6 June 2031."),
    ((("nearly 8,000", MAY),), "Nearly 8,000 requests for help or intervention were made in May 2031, according to "
     "Mast on 6 June 2031."),
    ((("up to 200", MAY),), "At most 200 requests for help or intervention were made in May 2031, according to Mast on "
     "6 June 2031."),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "expected"), COMPUTED)
def test_no_sum_is_attributed(figures: Any, expected: str) -> None:
    assert sentences(timeline([requests(*figures)]), "requests", "--by", "none") == [expected]


def test_a_rise_has_its_own_days_and_both_statements() -> None:
    totals = [
        event(f"by-{day}", f"2031-{day}", rescued(f"{number} since 1 January 2031", stated_by="Mast"), sources=[REPORT])
        for day, number in (("01-31", 100), ("02-28", 120))
    ]
    (sentence,) = [one for one in sentences(timeline(totals), "rescues", "--by", "month") if "in February" in one]
    assert sentence.startswith("20 people were rescued or freed in February 2031")
    assert "20 more (100, then 120)" in sentence
    assert "Mast on 6 June 2031" in sentence
    assert "“" not in sentence  # nobody said 20


def test_a_sum_with_a_rise_has_the_people_and_speakers_of_both() -> None:
    totals = [
        event(f"by-{day}", f"2031-{day}", rescued(f"{number} since 1 January 2031", stated_by="Mast"), sources=[REPORT])
        for day, number in (("01-31", 100), ("02-28", 120))
    ]
    other = event("other", "2031-03-06", rescued("90", nationality="Lao", stated_by="Quill"), kind="raid")
    asked = ("rescues", "--by", "none", "--during", "2031-02-01/2031-03-31")
    (sentence,) = sentences(timeline([*totals, other]), *asked)
    assert sentence.startswith("110 people were")
    assert "Quill" in sentence
    assert "Mast" in sentence


@pytest.mark.parametrize("less", ["at least 40", "dozens", "a bus full of people"])
def test_only_who_stated_the_number_is_named(less: str) -> None:
    first = raid(rescued(less))
    other = event(
        "later", "2031-03-07", rescued("62", stated_by="Bo Quist"), kind="statement", sources=[source("Harbour")],
        links=[link("repeats", "raid")],
    )  # fmt: skip
    (row,) = rows(timeline([first, other]), "stats", "rescues", "--by", "none", "--cite")
    said = "according to Bo Quist (7 March 2031), reported by Harbour."
    assert row["cite"] == f"62 people were rescued or freed on 5 March 2031, {said}"
    assert row["said_by"] == ["Bo Quist"]
    third = event("third", "2031-04-02", rescued("20", stated_by="Cy Noor"), kind="raid")
    (sentence,) = sentences(timeline([first, other, third]), "rescues", "--by", "none")
    assert ", adding up 2 numbers from Bo Quist" in sentence
    assert "Ada Brel" not in sentence


ARTICLES = [
    ("UN", "the UN"), ("Ministry of Interior", "the Ministry of Interior"), ("US Embassy", "the US Embassy"),
    ("National Committee for Counter Trafficking", "the National Committee for Counter Trafficking"),
    ("The Ministry of Labour", "The Ministry of Labour"), ("VOD", "VOD"), ("Kampot police", "Kampot police"),
    ("Ada Brel", "Ada Brel"), ("Kandal Provincial Court", "the Kandal Provincial Court"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), ARTICLES)
def test_bodies_get_their_article(name: str, expected: str) -> None:
    db = timeline([raid(rescued("45", stated_by=name))])
    (sentence,) = sentences(db, "rescues", "--by", "none")
    assert f"according to {expected}," in sentence


PEOPLE = [
    ("suspects", "at least 120,000", "At least 120,000 people were counted as suspects on 5 March 2031, according to"),
    ("victims", "1", "1 person was counted as a victim on 5 March 2031, according to"),
    ("people", "8", "8 people were counted on 5 March 2031, according to"),
    ("deaths", "8", "8 people died or were found dead on 5 March 2031, according to"),
]


@pytest.mark.parametrize(("metric", "stated", "expected"), PEOPLE)
def test_words_of_what_only_the_source_says(metric: str, stated: str, expected: str) -> None:
    db = timeline([raid(figure(metric, stated, metric))])
    (sentence,) = sentences(db, metric, "--by", "none")
    assert sentence.startswith(expected)


def test_foreigners_are_not_foreigners_people() -> None:
    (sentence,) = sentences(timeline([raid(rescued("5", nationality="foreigners"))]), "rescues", "--by", "none")
    assert sentence.startswith("5 foreigners were rescued")


def test_a_contested_number_names_both_sides() -> None:
    other = event(
        "denial", "2031-03-07", rescued("14", stated_by="Bo Quist"), kind="denial", sources=[source("Harbour")],
        links=[link("disputes", "raid")],
    )  # fmt: skip
    (sentence,) = sentences(timeline([raid(rescued("8")), other]), "rescues", "--by", "none")
    assert sentence == (
        "8 to 14 people were rescued or freed on 5 March 2031: 14 according to Bo Quist (7 March 2031), reported by "
        "Harbour, but 8 according to Ada Brel, reported by Lantern on 6 March 2031 "
        "(https://lantern.example/1)."
    )


def test_answers_without_a_common_bound_keep_all_their_digits() -> None:
    """Only the words of the sources say anything if one gives no minimum and the other no maximum."""
    answers = [
        figure("rescues", "at most 8,000", "rescues", stated_by="Ada Brel"),
        figure("others", "at least 9,000", "rescues", stated_by="Bo Quist"),
    ]
    (sentence,) = sentences(timeline([raid(*answers)]), "rescues", "--by", "none")
    assert sentence.startswith("At most 8,000 or at least 9,000 people were rescued or freed on 5 March 2031")


def test_a_contested_number_in_a_sum_has_its_own_days() -> None:
    denial = event("denial", "2031-03-07", rescued("14", stated_by="Bo Quist"), kind="denial",
                   links=[link("disputes", "raid")])  # fmt: skip
    other = event("other", "2031-06-05", rescued("30", stated_by="Cy Noor"), kind="raid")
    (sentence,) = sentences(timeline([raid(rescued("8")), denial, other]), "rescues", "--by", "none")
    assert sentence.startswith("38 to 44 people were rescued or freed from 5 March to 5 June 2031")
    assert "; the number on 5 March 2031 is contested: 14 according to Bo Quist" in sentence


def test_reports_that_may_be_of_one_event_are_named() -> None:
    other = event("other", "2031-03-05", rescued("52", stated_by="Bo Quist"), kind="raid", sites=["Blue Gate"])
    db = timeline([{"type": "site", "name": "Blue Gate"}, raid(rescued("37"), sites=["Blue Gate"]), other])
    (sentence,) = sentences(db, "rescues", "--by", "none")
    assert sentence.startswith("37 to 89 people were rescued or freed on 5 March 2031")
    assert sentence.endswith("; 2 reports may be of one event.")


def test_many_speakers_are_counted_and_not_all_named() -> None:
    raids = [
        event(f"raid-{n}", f"2031-0{n}-05", rescued(str(10 * n), stated_by=f"Speaker {n}"), kind="raid")
        for n in range(1, 6)
    ]
    (sentence,) = sentences(timeline(raids), "rescues", "--by", "none")
    assert sentence == (
        "150 people were rescued or freed from 5 January to 5 May 2031, adding up 5 numbers from Speaker 5, "
        "Speaker 4 and Speaker 3, reported by Lantern; and 2 more."
    )


def test_a_masked_name_stays_masked() -> None:
    actor = {"type": "actor", "name": "Ada Brel", "protected": True}
    db = timeline([actor, raid(rescued("45"), actors=[{"name": "Ada Brel", "role": "victim"}])])
    found = done(db, "stats", "rescues", "--cite", "--format", "table")
    assert re.search(r"according to \[protected-\d+\], reported", found.out)
    assert "Brel" not in found.out + found.err


def test_a_word_of_a_masked_name_in_a_group_stays_masked() -> None:
    named: dict[str, Any] = {"actors": [{"name": "Ada Brel", "role": "victim"}]}
    first = raid(rescued("45", stated_by="Cy Noor", group="friends of Brel"), **named)
    figures = rescued("30", stated_by="Cy Noor", group="Friends of Brel")
    later = event("later", "2031-03-06", figures, links=[link("repeats", "raid")], **named)
    db = timeline([{"type": "actor", "name": "Ada Brel", "protected": True}, first, later])
    for chosen in ((), ("--kind", "raid"), ("--kind", "statement")):
        assert "[protected" in done(db, "stats", "rescues", "--by", "group", *chosen).out
        for split in ("group", "none"):
            for how in (("--cite", "--format", "table"), ("--explain",), ("--json",), ("--format", "csv")):
                found = done(db, "stats", "rescues", "--by", split, *chosen, *how)
                assert "Brel" not in found.out + found.err, (split, chosen, how)


def test_the_last_line_gives_digest_rules_and_version() -> None:
    last = done(seeded(), "stats", "rescues", "--nationality", "Indonesian", "--cite", "--format", "table").out
    line = last.strip().splitlines()[-1]
    assert re.fullmatch(
        r"Based on rescues by nationality: nationality Indonesian; 1 event, 1 figure; data [0-9a-f]{12}; rules 3\.0; "
        r"scamcli [0-9.a-z]+; \d{4}-\d\d-\d\d",
        line,
    )


def test_programs_find_the_sentences_in_the_rows_and_the_basis_on_stderr() -> None:
    found = done(seeded(), "stats", "rescues", "--by", "none", "--cite", "--json")
    assert '"cite": "More than 1,480 foreigners were rescued' in found.out
    assert "Based on rescues;" in found.err


def test_a_change_has_the_place_of_its_row() -> None:
    stated = [
        ("40", "2030", "Phnom Penh"),
        ("12", "2030", "Kandal"),
        ("60", "2031", "Phnom Penh"),
        ("9", "2031", "Kandal"),
    ]
    figures = [
        figure(f"f{at}", number, "requests", province=province, period=year)
        for at, (number, year, province) in enumerate(stated)
    ]
    db = timeline([event("a", "2032-01-10", *figures, kind="statement", sources=[LANTERN])])
    found = sentences(db, "requests", "--compare", "2030", "2031", "--by", "province")
    assert [one.partition(",")[0] for one in found] == [
        "40 requests for help or intervention were made in Phnom Penh in 2030",
        "12 requests for help or intervention were made in Kandal in 2030",
    ]  # fmt: skip
    assert "60 requests for help or intervention were made in Phnom Penh in 2031" in found[0]


def test_what_parts_leave_is_said_by_nobody() -> None:
    parts = [
        figure(group, number, "rescues", group=group, part_of="rescues")
        for group, number in (("men", "70"), ("women", "50"))
    ]
    found = sentences(timeline([raid(rescued("120"), *parts)]), "rescues", "--by", "group")
    assert "0 to 50 people were rescued or freed on 5 March 2031, by what the other rows leave." in found


def test_a_number_that_cannot_be_read_is_not_added_up() -> None:
    db = timeline(
        [raid(rescued("45")), event("b", "2031-03-09", rescued("a busload", stated_by="Bo Quist"), kind="raid")]
    )
    (sentence,) = sentences(db, "rescues", "--by", "none")
    assert "according to Ada Brel" in sentence
    assert "Bo Quist" not in sentence


def test_events_and_comparisons_can_be_cited() -> None:
    assert sentences(seeded(), "events", "--during", "2022-08") == [
        f"{len(rows(seeded(), 'search', '--during', '2022-08'))} events are recorded in this timeline "
        "(from 2022-08-01 to 2022-08-31)."
    ]
    (sentence,) = sentences(seeded(), "requests", "--compare", "2022-Q1", "2023-Q1")
    assert sentence.startswith(
        "605 requests for help or intervention were made in the first quarter of 2022, and 128 requests for help or "
        "intervention were made in the first quarter of 2023, according to Sar Kheng"
    )
    assert sentence.endswith("); computed from these, a fall of 78.8 percent.")


IN_WORDS = [
    ((8, 8, 8), "8"), ((8, None, 8), "8"), ((8, None, 14), "8 to 14"), ((8, None, None), "at least 8"),
    ((None, None, 14), "at most 14"), ((None, 8000, 8000), "nearly 8,000"), ((None, 50, None), "about 50"),
    ((40, 50, 60), "about 50 (40 to 60)"), ((40, 50, None), "about 50 (at least 40)"),
    ((None, None, None), "an unknown number"),
]  # fmt: skip


@pytest.mark.parametrize(("bounds", "expected"), IN_WORDS)
def test_bounds_in_words(bounds: tuple[int | None, ...], expected: str) -> None:
    assert in_words(Bounds(*bounds)) == expected


@pytest.mark.parametrize("name", [name for name, metric in METRICS.items() if metric.count != "none"])
def test_every_metric_that_is_combined_has_its_own_words(name: str) -> None:
    metric = METRICS[name]
    assert "recorded under" not in amount(metric.name, metric.unit, Bounds(2, 2, 2)).verb


def test_a_metric_of_ones_own_gets_neutral_words() -> None:
    found = amount("tents", "tents", Bounds(3, None, None))
    assert f"{found.text} {found.verb}" == "at least 3 tents are recorded under “tents”"


def test_a_total_that_is_too_small_is_not_credited_with_the_sum() -> None:
    raids = [raid(rescued("300")), event("other", "2031-03-19", rescued("400", stated_by="Cy Noor"), kind="raid")]
    ministry = event("sum", "2031-04-02", rescued("more than 500", period="2031-03", stated_by="Di Ost"))
    (sentence,) = sentences(timeline([*raids, ministry]), "rescues", "--by", "none")
    assert sentence.startswith("At least 700 people were rescued or freed from 5 to 19 March 2031, adding up 2 numbers")
    assert "Di Ost" not in sentence


def test_a_minimum_names_only_those_who_state_one() -> None:
    raids = [raid(rescued("about 300")), event("other", "2031-03-19", rescued("more than 400", stated_by="Cy Noor"))]
    (sentence,) = sentences(timeline(raids), "rescues", "--by", "none")
    assert "adding up" not in sentence
    assert "Ada Brel" not in sentence


def test_the_place_of_people_who_travel_is_not_said_to_be_where_they_went() -> None:
    home = event("home", "2031-03-05", figure("x", "200", "repatriations", country="TH"))
    (sentence,) = sentences(timeline([home]), "repatriations", "--by", "none")
    assert "returned to their country (recorded in Thailand)" in sentence


def test_no_speaker_gets_the_days_of_another() -> None:
    whole = event("one", "2031-03-05", rescued("500", count="aggregate"))
    period = rescued("40", period="2030", stated_by="Bo Quist")
    other = event("other", "2031-03-07", period, links=[link("disputes", "one")])
    (sentence,) = sentences(timeline([whole, other]), "rescues", "--by", "none")
    assert sentence.startswith("40 to 500 people were rescued or freed (period not stated): 500 according to Ada Brel")
    assert "but 40 in 2030 according to Bo Quist" in sentence


@pytest.mark.parametrize(
    ("others", "days"),
    [
        ([], "on 5 March 2031"),
        ([event("other", "2031-03-31", rescued("400", period="2031-03-20/2031-03-31"))],
         "on 5 March 2031 and from 20 to 31 March 2031"),
    ],
)  # fmt: skip
def test_a_row_of_a_month_says_which_days_its_totals_cover(others: list[Record], days: str) -> None:
    (sentence, *_) = sentences(timeline([raid(rescued("300")), *others]), "rescues", "--by", "month")
    assert f"were rescued or freed {days}" in sentence


@pytest.mark.parametrize(
    ("stated", "unit", "bounds", "expected"),
    [
        ("dozens", "people", Bounds(12, None, None), "dozens of people"),
        ("hundreds of millions", "USD", Bounds(200_000_000, None, None), "at least USD 200,000,000"),
        ("2 thousands", "people", Bounds(2000, 2000, 2000), "2,000 people"),
        ("more than $3 million", "USD", Bounds(3_000_000, None, None), "more than USD 3,000,000"),
        ("at least 500 over two weeks", "people", Bounds(500, None, None), "at least 500 people"),
    ],
)
def test_the_words_of_a_source_are_kept_where_a_number_would_say_more(
    stated: str, unit: str, bounds: Bounds, expected: str
) -> None:
    assert amount("losses", unit, bounds, stated=stated).text == expected
