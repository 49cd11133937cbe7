"""``stats --compare``, and tables by site and by country."""

from __future__ import annotations

from tests.helpers.small_timelines import done, event, figure, one, rows, run, seeded, timeline


def test_numbers_of_events_in_two_periods() -> None:
    row = one(seeded(), "stats", "events", "--compare", "2022", "2023")
    for year, side in (("2022", row["before"]), ("2023", row["after"])):
        found = [hit["match"] for hit in rows(seeded(), "search", "--during", year)]
        certain = found.count("certain")
        assert side == {"low": certain, "best": certain if certain == len(found) else None, "high": len(found)}


def test_by_kind() -> None:
    records = [event("a", "2031-01-05", kind="raid"), event("b", "2032-02-05", kind="raid")]
    records += [event("c", "2032-03-05", kind="raid"), event("d", "2032-03-05", kind="death")]
    found = {
        row["kind"]: row
        for row in rows(timeline(records), "stats", "events", "--compare", "2031", "2032", "--by", "kind")
    }
    assert (found["raid"]["before"]["best"], found["raid"]["after"]["best"]) == (1, 2)
    assert found["raid"]["change"]["best"] == 100
    assert found["death"]["before"]["best"] == 0
    assert found["death"]["change"]["best"] is None


def test_an_uncertain_date_is_a_possible_event() -> None:
    row = one(timeline([event("a", "2031-05~")]), "stats", "events", "--compare", "2031", "2032")
    assert row["before"] == {"low": 0, "best": None, "high": 1}


def test_events_have_no_explanation() -> None:
    found = run(seeded(), "stats", "events", "--compare", "2022", "2023", "--explain")
    assert (found.code, found.out) == (2, "")


def test_two_spellings_of_a_nationality_are_one_row() -> None:
    records = [
        event("a", "2031-01-05", figure("f", "10", nationality="Thai"), kind="raid"),
        event("b", "2032-01-05", figure("f", "20", nationality="thai"), kind="raid"),
    ]
    row = one(timeline(records), "stats", "arrests", "--by", "nationality", "--compare", "2031", "2032")
    assert (row["label"], row["before"]["low"], row["after"]["low"], row["change"]["best"]) == ("Thai", 10, 20, 100)


SITES = [{"type": "site", "name": name, "province": "Kandal"} for name in ("Alpha compound", "Beta casino")]


def test_a_figure_of_an_event_at_two_sites_is_in_both_rows() -> None:
    both = event("a", "2031-01-05", figure("f", "5"), kind="raid", sites=["Alpha compound", "Beta casino"])
    only = event("b", "2031-02-05", figure("f", "3"), kind="raid", sites=["Beta casino"])
    linked = event("c", "2031-03-05", figure("f", "4"), kind="raid", linked_sites=["Alpha compound"])
    db = timeline([*SITES, both, only, linked])
    found = {row["site"]: row["low"] for row in rows(db, "stats", "arrests", "--by", "site")}
    assert found == {"Alpha compound": 5, "Beta casino": 8, None: 4}
    shown = done(db, "stats", "arrests", "--by", "site", "--format", "table").out
    events = {row["site"]: row["low"] for row in rows(db, "stats", "events", "--by", "site")}
    assert events == {"Alpha compound": 1, "Beta casino": 2, None: 1}
    assert "Total 12" in " ".join(shown.split())


def test_stocks_do_not_count_occurrences_and_never_add_up() -> None:
    figures = [
        figure(nation, str(number), "captives", nationality=nation) for nation, number in (("Thai", 5), ("Lao", 7))
    ]
    shown = " ".join(
        done(timeline([event("a", "2031-01-05", *figures)]), "stats", "captives", "--format", "table").out.split()
    )
    assert "Counts people at one moment, so numbers are not added" in shown
    assert "Total at least 7" in shown
    assert "occurrences" not in shown


def test_by_country_follows_the_province() -> None:
    first = event("a", "2031-01-05", figure("f", "5", province="Kandal"), kind="raid")
    second = event("b", "2031-02-05", figure("f", "3"), kind="raid")
    found = {
        row["country"]: row["low"] for row in rows(timeline([first, second]), "stats", "arrests", "--by", "country")
    }
    assert found == {"KH": 5, None: 3}
