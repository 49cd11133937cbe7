"""``stats --cite``: sentences that a newspaper could print, and what they are based on."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scamcli.figures import Bounds
from scamcli.language.vocabulary import METRICS
from scamcli.output.text.nouns import amount, in_words
from tests.helpers.small_timelines import Record, done, event, figure, link, rows, seeded, timeline

REVIEW = "https://cambojanews.com/year-in-review-human-trafficking-cyber-scams-and-the-governments-response/"
"""The article that the shipped timeline was made from."""


def sentences(db: Any, *asked: str) -> list[str]:
    return [row["cite"] for row in rows(db, "stats", *asked, "--cite")]


def test_one_figure_becomes_one_sentence_that_could_be_printed() -> None:
    (sentence,) = sentences(seeded(), "rescues", "--nationality", "Indonesian")
    assert sentence == (
        "62 Indonesian nationals were rescued or freed in Preah Sihanouk (period not given), according to Tempo "
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
    (raid(rescued("45")), "45 people were rescued or freed on 5 March 2031, according to Ada Brel (5 March 2031), "
     "reported by Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("1", nationality="Thai", group="women")), "1 Thai woman was rescued or freed on 5 March 2031, "
     "according to Ada Brel (5 March 2031), reported by Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("more than 40", stated_by="Lantern")), "At least 41 people were rescued or freed on 5 March 2031: "
     "“more than 40” according to Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("45", stated_by=None), sources=[source("Lantern")]),
     "45 people were rescued or freed on 5 March 2031, according to Lantern."),
    (raid(rescued("45"), sources=[source("Harbour", via="Lantern"), LANTERN]),
     "45 people were rescued or freed on 5 March 2031, according to Ada Brel (5 March 2031), reported by Harbour and "
     "cited by Lantern on 6 March 2031 (https://lantern.example/1)."),
    (raid(rescued("45"), sources=[LANTERN, source("Harbour"), source("Mast")]),
     "45 people were rescued or freed on 5 March 2031, according to Ada Brel (5 March 2031), reported by Lantern on "
     "6 March 2031 (https://lantern.example/1) and 2 more."),
    (event("report", "2031-03-05", figure("held", "2,000", "captives"), kind="report", sources=[source("Lantern")]),
     "2,000 people were held (date not given), according to Ada Brel (5 March 2031), reported by Lantern."),
    (event("report", "2031-03-05", figure("lost", "$3 million", "losses", period="2030"), sources=[source("Lantern")]),
     "USD 3,000,000 was lost to scams in 2030, according to Ada Brel (5 March 2031), reported by Lantern."),
]  # fmt: skip


OUT_OF_ORDER = [
    ((14, None, 8), "at least 14, at most 8", "Between 8 and 14"),
    ((10, 20, 15), "at least 10, best estimate 20, at most 15", "Between 10 and 20"),
    ((None, 20, 15), "best estimate 20, at most 15", "At most 20"),
    ((14, 8, None), "at least 14, best estimate 8", "At least 8"),
]


@pytest.mark.parametrize(("bounds", "stated", "total"), OUT_OF_ORDER)
def test_bounds_out_of_order_are_not_printed_as_a_range(bounds: tuple[Any, Any, Any], stated: str, total: str) -> None:
    assert in_words(Bounds(*bounds)) == f"{stated} (bounds that contradict each other)"
    low, best, high = bounds
    forced = figure("rescues", "14 or 8", "rescues", low=low, best=best, high=high)
    db = timeline([raid(forced)])  # an import only warns of it
    (sentence,) = sentences(db, "rescues", "--by", "none")
    assert sentence.startswith(f"{total} people were rescued")
    assert f": {stated} (bounds that contradict each other) according to Ada Brel" in sentence


@pytest.mark.parametrize(("record", "expected"), WORDED, ids=[words[:40] for _, words in WORDED])
def test_words(record: Record, expected: str) -> None:
    assert sentences(timeline([record]), record["figures"][0]["metric"], "--by", "none") == [expected]


def test_a_sum_names_each_of_its_numbers() -> None:
    other = event("later", "2031-04-02", rescued("8", stated_by="Bo Quist"), kind="raid", sources=[source("Harbour")])
    (sentence,) = sentences(timeline([raid(rescued("14")), other]), "rescues", "--by", "none")
    assert sentence == (
        "22 rescues of people were counted from 5 March 2031 to 2 April 2031: 14 according to Ada Brel (5 March 2031), "
        "reported by Lantern on 6 March 2031 (https://lantern.example/1), and 8 according to Bo Quist (2 April 2031), "
        "reported by Harbour."
    )


REPORT = source("Mast", published="2031-06-06")


def requests(*figures: tuple[str, Record]) -> Record:
    stated = [figure(f"f{at}", words, "requests", **keys) for at, (words, keys) in enumerate(figures)]
    return event("report", "2031-06-06", *stated, kind="report", sources=[REPORT])


MAY = {"period": "2031-05", "stated_by": "Mast"}
APRIL = {"period": "2031-04", "stated_by": "Mast"}
UNDATED = {"stated_by": "Mast"}
COMPUTED = [
    ((("212", UNDATED), ("180", UNDATED)), "Between 212 and 392 requests for help or intervention were made "
     "(period not given), computed from 2 figures: 212 and 180 according to Mast on 6 June 2031."),
    ((("212", MAY), ("180", APRIL)), "392 requests for help or intervention were made from 1 April 2031 to 31 May "
     "2031: 212 and 180 according to Mast on 6 June 2031."),
    ((("212", MAY), ("dozens", APRIL)), "At least 224 requests for help or intervention were made from 1 April 2031 to "
     "31 May 2031: 212 and “dozens” according to Mast on 6 June 2031."),
    ((("212", UNDATED), ("dozens", UNDATED)), "At least 212 requests for help or intervention were made (period not "
     "given): 212 according to Mast on 6 June 2031."),
    ((("dozens", MAY),), "At least 12 requests for help or intervention were made in May 2031: “dozens” according to "
     "Mast on 6 June 2031."),
    ((("nearly 8,000", MAY),), "Nearly 8,000 requests for help or intervention were made in May 2031, according to "
     "Mast on 6 June 2031."),
    ((("up to 200", MAY),), "At most 200 requests for help or intervention were made in May 2031: “up to 200” "
     "according to Mast on 6 June 2031."),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "expected"), COMPUTED)
def test_no_bound_that_was_computed_is_attributed(figures: Any, expected: str) -> None:
    assert sentences(timeline([requests(*figures)]), "requests", "--by", "none") == [expected]


def test_the_rise_of_a_running_total_is_not_attributed_either() -> None:
    totals = [
        event(f"by-{day}", f"2031-{day}", rescued(f"{number} since 1 January 2031", stated_by="Mast"), sources=[REPORT])
        for day, number in (("01-31", 100), ("02-28", 120))
    ]
    found = [one for one in sentences(timeline(totals), "rescues", "--by", "month") if "in February" in one]
    assert found == [
        "20 people were rescued or freed in February 2031: “120 since 1 January 2031 less 100 since 1 January 2031” "
        "according to Mast on 6 June 2031."
    ]


def test_a_claim_is_attributed_to_the_statement_that_gives_its_number() -> None:
    first = raid(rescued("at least 40"))
    other = event(
        "later", "2031-03-07", rescued("62", stated_by="Bo Quist"), kind="statement", sources=[source("Harbour")],
        links=[link("repeats", "raid")],
    )  # fmt: skip
    (sentence,) = sentences(timeline([first, other]), "rescues", "--by", "none")
    assert sentence.startswith("62 people were rescued or freed")
    assert sentence.endswith(", according to Bo Quist (7 March 2031), reported by Harbour.")


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
    assert f"according to {expected} (5 March 2031)" in sentence


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
    assert sentence.startswith("Between 8 and 14 people were rescued or freed")
    assert "8 according to Ada Brel (5 March 2031), reported by Lantern on 6 March 2031" in sentence
    assert ", but 14 according to Bo Quist (7 March 2031), reported by Harbour" in sentence


def test_many_speakers_are_counted_and_not_all_named() -> None:
    raids = [
        event(f"raid-{n}", f"2031-0{n}-05", rescued(str(10 * n), stated_by=f"Speaker {n}"), kind="raid")
        for n in range(1, 6)
    ]
    (sentence,) = sentences(timeline(raids), "rescues", "--by", "none")
    assert sentence == (
        "150 rescues of people were counted from 5 January 2031 to 5 May 2031, computed from 5 figures that were"
        " stated by Speaker 5 (5 May 2031), Speaker 4 (5 April 2031) and Speaker 3 (5 March 2031), reported by Lantern;"
        " and 2 more."
    )


def test_a_figure_that_only_possibly_belongs_to_a_row_says_so() -> None:
    found = rows(seeded(), "stats", "rescues", "--by", "month", "--cite")
    (august,) = [row["cite"] for row in found if row["month"] == "2022-08"]
    assert august.startswith(
        "62 Indonesian nationals were rescued or freed in Preah Sihanouk, possibly in August 2022, according"
    )


def test_a_masked_name_stays_masked() -> None:
    actor = {"type": "actor", "name": "Ada Brel", "protected": True}
    db = timeline([actor, raid(rescued("45"), actors=[{"name": "Ada Brel", "role": "victim"}])])
    found = done(db, "stats", "rescues", "--cite", "--format", "table")
    assert re.search(r"according to \[protected-\d+\] \(5 March 2031\)", found.out)
    assert "Brel" not in found.out + found.err


def test_the_last_line_gives_digest_rules_and_version() -> None:
    last = done(seeded(), "stats", "rescues", "--nationality", "Indonesian", "--cite", "--format", "table").out
    line = last.strip().splitlines()[-1]
    assert re.fullmatch(
        r"Based on rescues by nationality: nationality Indonesian; 1 event, 1 figure; data [0-9a-f]{12}; rules 2\.4; "
        r"scamcli [0-9.a-z]+; \d{4}-\d\d-\d\d",
        line,
    )


def test_programs_find_the_sentences_in_the_rows_and_the_basis_on_stderr() -> None:
    found = done(seeded(), "stats", "rescues", "--by", "none", "--cite", "--json")
    assert f'"cite": "At least {rows(seeded(), "stats", "rescues", "--by", "none")[0]["low"]:,} ' in found.out
    assert "Based on rescues;" in found.err


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
    assert sentence.endswith("); computed from these, the change is -78.8 percent.")


IN_WORDS = [
    ((8, 8, 8), "8"), ((8, None, 8), "8"), ((8, None, 14), "between 8 and 14"), ((8, None, None), "at least 8"),
    ((None, None, 14), "at most 14"), ((None, 8000, 8000), "nearly 8,000"), ((None, 50, None), "about 50"),
    ((40, 50, 60), "between 40 and 60 (best estimate 50)"), ((40, 50, None), "at least 40 (best estimate 50)"),
    ((None, None, None), "an unknown number of"),
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
