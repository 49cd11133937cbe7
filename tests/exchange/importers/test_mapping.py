"""What columns mean: said on the command line, kept in a file, proposed from a header; and cells that say it badly."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.exchange.importers.mapped import cells, date_cells, mapping_file, suggest_mapping
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from datetime import date

FIRST = datetime(1000, 1, 1).date()
HEADER = "No;Date of raid;Province;Town;Rescued;Nationality;Unit;Source;Link;Remarks;Victim name;Code"
ROWS = (
    "1;14/05/2022;Preah Sihanouk;Sihanoukville;more than 20;Thai;Kandal police;VOD;https://vod.example/x;;Invented;A7",
    "2;03/04/2022;Kandal;Koh Thom;12;Thai; Vietnamese;;;https://example.org/a;seen twice;;B",
)
MAPPED = (
    "--map", "No=id", "--map", "Date of raid=date:%d/%m/%Y", "--map", "Province=provinces", "--map", "Town=place.name",
    "--map", "Rescued=figure.rescues", "--map", "Nationality=figure.rescues.nationality", "--map", "Unit=actor.rescuer",
    "--map", "Source=source.outlet", "--map", "Link=source.url", "--map", "Remarks=note", "--set", "kind=raid",
    "--set", "title=Raid in {Town}",
)  # fmt: skip


def raids(folder: Path, *rows: str, header: str = HEADER) -> str:
    path = folder / "raids.csv"
    path.write_text("\n".join((header, *(rows or ROWS))) + "\n", encoding="utf-8")
    return str(path)


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return [record for record in records if record["type"] == "event"]


def table(folder: Path, **columns: str) -> dict[str, Any]:
    """The event of a row whose columns have the names of the fields."""
    path = folder / "one.csv"
    names = [name.replace("_", ".", 1) if name.startswith(("place", "date", "source")) else name for name in columns]
    quoted = ('"' + text.replace('"', '""') + '"' for text in columns.values())
    path.write_text(",".join(columns) + "\n" + ",".join(quoted) + "\n", encoding="utf-8")
    pairs = [word for column, name in zip(columns, names, strict=True) for word in ("--map", f"{column}={name}")]
    constants = [f"--set={key}={value}" for key, value in (("kind", "raid"), ("title", "T"), ("date", "2022-01-01"))
                 if key not in names]  # fmt: skip
    done("import", str(path), *pairs, *constants)
    return events()[0]


def test_a_table_by_its_mapping(empty_db: Path, folder: Path) -> None:
    rows = (ROWS[0], '2;03/04/2022;Kandal;Koh Thom;12;"Thai; Vietnamese";;;https://example.org/a;seen twice;;B')
    told = done("import", raids(folder, *rows), *MAPPED).err
    assert f'{folder}/raids.csv: Columns left out: "Victim name", "Code"' in told
    second, first = events()
    assert (first["id"], first["date"], first["kind"]) == ("raids-1", "2022-05-14", "raid")
    assert (first["title"], first["provinces"], first["note"]) == ("Raid in Sihanoukville", ["Preah Sihanouk"], None)
    assert [first["figures"][0][key] for key in ("stated", "low", "best", "nationality")] == [
        "more than 20", 21, None, "Thai",
    ]  # fmt: skip
    assert first["actors"] == [{"name": "Kandal police", "role": "rescuer"}]
    assert [(one["outlet"], one["url"]) for one in first["sources"]] == [("VOD", "https://vod.example/x")]
    assert (second["date"], second["note"], second["sources"][0]["outlet"]) == (
        "2022-04-03", "seen twice", "example.org",
    )  # fmt: skip
    assert second["nationalities"] == ["Thai", "Vietnamese"]
    assert [second["figures"][0][key] for key in ("nationality", "note")] == [None, "nationality: Thai; Vietnamese"]
    assert "Invented" not in json.dumps([first, second])


def test_a_mapping_is_written_over_no_other_file(empty_db: Path, folder: Path) -> None:
    path = raids(folder, ROWS[0])
    for place in (folder / path, empty_db):
        before = place.read_bytes()
        outcome = run("import", path, *MAPPED, "--save-mapping", str(place))
        assert (outcome.code, place.read_bytes()) == (2, before)
        assert "is not a mapping" in outcome.err
    for _ in range(2):
        done("import", path, *MAPPED, "--save-mapping", "raids.json")


def test_a_mapping_is_kept_and_used_again(empty_db: Path, folder: Path) -> None:
    path = raids(folder, ROWS[0])
    done("import", path, *MAPPED, "--save-mapping", "raids.json")
    (folder / "raids.csv").rename(folder / "renamed.csv")
    again = done("import", "renamed.csv", "--mapping", "raids.json").err
    assert again.endswith("0 records added, 1 already present.\n")
    value = json.loads((folder / "raids.json").read_text(encoding="utf-8"))
    assert value["columns"]["Date of raid"] == {"field": "date", "formats": ["%d/%m/%Y"]}
    assert (value["columns"]["Town"], value["prefix"]) == ("place.name", "raids")
    assert value["defaults"] == {"kind": "raid", "title": "Raid in {Town}"}


def test_without_a_mapping_it_is_proposed_and_nothing_is_written(empty_db: Path, folder: Path) -> None:
    outcome = run("import", raids(folder, ROWS[0]))
    assert outcome.code == 2
    assert re.search(r"  Victim name +\(left out\) +it may identify people\n", outcome.err)
    for column, field in (
        ("No", "id"),
        ("Date of raid", "date:%d/%m/%Y"),
        ("Rescued", "figure.rescues"),
        ("Nationality", "figure.rescues.nationality"),
    ):
        assert re.search(rf"  {column} +{field} +", outcome.err)
    assert "  Every row gets kind=rescue, figure.rescues.province=place," in outcome.err
    assert events() == []
    done("import", raids(folder, ROWS[0]), "--yes", "--dry-run", "--save-mapping", "raids.json")
    assert events() == []
    kept = json.loads(Path("raids.json").read_text(encoding="utf-8"))
    assert not {"Victim name", "Code"} & kept["columns"].keys()
    assert kept["defaults"]["kind"] == "rescue"
    done("import", raids(folder, ROWS[0]), "--yes")
    assert "0 records added, 1 already present" in done("import", raids(folder, ROWS[0]), "--mapping", "raids.json").err
    [event] = events()
    assert (event["title"], event["kind"]) == ("Sihanoukville, Preah Sihanouk", "rescue")
    [figure] = event["figures"]
    assert (figure["province"], event["provinces"]) == ("Preah Sihanouk", ["Preah Sihanouk"])
    assert (figure["count"], figure["nationality"]) == ("incident", event["nationalities"][0])


def figures() -> list[dict[str, Any]]:
    return [figure for event in events() for figure in event["figures"]]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date", "date"), ("WHEN", "date"), ("Date of the raid", "date"), ("start_date", "date.start"),
        ("Headline", "title"), ("Provinc", None), ("Lat.", None), ("LAT. / LONG.", "place.point"),
        ("Number of victims", "figure.victims"), ("Killed", "figure.deaths"), ("Rescued", "figure.rescues"),
        ("People rescued", "figure.rescues"), ("Source URL", "source.url"), ("Type of incident", "kind"),
        ("Casualties?", None), ("Name of victim", None), ("Victim's passport", None), ("Victim", None),
        ("Victims", "figure.victims"), ("Total victims", "figure.victims"), ("Witnesses", None),
        ("Survivor rescued", None),
        ("Age", None), ("Rate", None), ("xyz", None), ("ខេត្ត", "provinces"),
        ("Country of origin", "nationalities"), ("Country of incident", "countries"),
        ("Suspect's country", "nationalities"),
    ],
)  # fmt: skip
def test_what_a_name_of_a_column_proposes(header: str, field: str | None) -> None:
    uses = suggest_mapping.suggest([header]).guesses[0].uses
    assert [str(use.field) for use in uses] == ([field] if field else [])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--map", "Town=titel"], 'No field "titel".\nscamcli: Did you mean "title"'),
        (["--map", "Town=place.lattitude"], 'Did you mean "place.lat'),
        (["--map", "Town=actor.resuer"], 'Did you mean "actor.rescuer'),
        (["--map", "Town=figure.rescues.loww"], 'Did you mean "figure.rescues.low'),
        (["--map", "Town"], '--map takes COLUMN=FIELD, not "Town"'),
        (["--map", "Rescued=figure.rescues:%d"], "Only a date has a format"),
        (["--set", "kind"], '--set takes FIELD=VALUE, not "kind"'),
        (
            ["--map", "Date of raid=date", "--set", "kind=raid", "--set", "title={Provinc}"],
            'has no column "Provinc".\nscamcli: Did you mean "Province"?',
        ),
        (["--map", "Towm=title"], 'has no column "Towm".\nscamcli: Did you mean "Town"?'),
        (["--map", "Code=title", "--map", "Town=title"], "are both title"),
        (["--map", "Code=tags", "--map", "Code="], '--map uses "Code" as tags, and also leaves it out'),
        (
            ["--map", "Code=date:%d/%m/%Y", "--map", "Code=date:%Y"],
            '--map has both "Code=date:%d/%m/%Y" and "Code=date:%Y".\nscamcli: Give several formats in one option',
        ),
        (["--set", "kind=raid", "--set", "kind=closure"], '--set has both "kind=raid" and "kind=closure"'),
        (["--set", "tags=a", "--set", "tags=b"], "Give a list in one option: --set 'tags=a; b'"),
        (["--mapping", "gde"], 'No mapping "gde".\nscamcli: Give a file that --save-mapping wrote, or the name of one'),
        (["--mapping", "ged"], 'raids.csv has no column "id"'),
        (["--sheet", "2023"], 'has no sheet "2023"'),
        (["--set", "kind=raid"], "No column of"),
        (["--map", "Date of raid=date", "--set", "title=x"], "is the kind.\nscamcli: Name one with --map COLUMN=kind"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_nearest(
    empty_db: Path, folder: Path, options: list[str], said: str
) -> None:
    outcome = run("import", raids(folder, ROWS[0]), *options)
    assert outcome.code in {2, 4}
    assert said in outcome.err
    assert events() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "The mapping is not an object"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "has no `columns`"),
        ('{"columns": {"a": "dat"}}', 'No field "dat"'),
        ('{"columns": {}, "header_row": 0}', "`header_row` counts from 1"),
        ('{"columns": {}, "colums": 1}', "unknown key `colums`"),
        ('{"columns": {"a": {"field": "kind", "values": {"R": 3}}}}', "gives each code a text, or null"),
        ('{"columns": {"a": {"feild": "kind"}}}', "unknown key `feild`"),
        ('{"columns": {"a": 3}}', 'Column "a" is not an object'),
        ('{"columns": {}, "missing": [1]}', "`missing` lists something that is not a text"),
    ],
)
def test_a_file_that_is_no_mapping_says_what_it_lacks(empty_db: Path, folder: Path, text: str, said: str) -> None:
    (folder / "m.json").write_text(text, encoding="utf-8")
    outcome = run("import", raids(folder, ROWS[0]), "--mapping", "m.json")
    assert (outcome.code, said in outcome.err) == (4, True)


def test_codes_have_their_words_and_others_what_is_said_of_them(empty_db: Path, folder: Path) -> None:
    value = {
        "columns": {
            "d": "date",
            "k": [{"field": "kind", "values": {"R": "raid", "1": "rescue"}, "otherwise": "report"},
                  {"field": "tags", "values": {"R": None}}],
            "n": {"field": "figure.deaths", "missing": ["-9"]},
        },
        "defaults": {"title": "T"},
    }  # fmt: skip
    (folder / "m.json").write_text(json.dumps(value), encoding="utf-8")
    rows = ("2022-01-01,R,3", "2022-01-02,1.0,-9", "2022-01-03,other,NA", "2022-01-04,,0")
    outcome = run("import", raids(folder, *rows, header="d,k,n"), "--mapping", "m.json")
    assert "raids.csv:5: There is no kind, which an event needs" in outcome.err
    done("import", raids(folder, *rows[:3], header="d,k,n"), "--mapping", "m.json")
    assert [(one["kind"], one["tags"], len(one["figures"])) for one in events()] == [
        ("raid", [], 1), ("rescue", ["1.0"], 0), ("report", ["other"], 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("date", "03/04/2022", "day, month and year in an order that is known.\nscamcli: Use --map date=date:%d/%m/%Y"),
        ("date", "44927", "a spreadsheet shows a count of days"),
        ("provinces", "Kandl", "expected Kandal"),
        ("countries", "Cambodai", "a country by its name"),
        ("kind", "riad", "expected raid; `values` in a mapping file can say what a code means"),
        ("place_precision", "exact", "expected point, site, town"),
        ("date_precision", "fortnight", "expected day, days, week"),
        ("title", "#REF!", "a value; the spreadsheet could not compute it"),
    ],
)
def test_a_value_that_is_wrong_is_named_with_its_row_and_column(
    empty_db: Path, folder: Path, column: str, text: str, expected: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        table(folder, **{column: text})
    error = str(caught.value)
    assert f'one.csv:2: Column "{column}": "{text}"; expected' in error
    assert expected in error


def test_all_that_is_wrong_with_a_row_is_told_at_once(empty_db: Path, folder: Path) -> None:
    outcome = run("import", raids(folder, ROWS[0].replace("14/05", "14/14").replace("Preah", "Prea")), *MAPPED)
    [line] = [line for line in outcome.err.splitlines() if "raids.csv:2" in line]
    assert "a date of the form %d/%m/%Y" in line
    assert 'column "Province": "Prea Sihanouk"; expected Preah Sihanouk' in line


def test_sources_stand_side_by_side_and_are_never_paired_by_guess(empty_db: Path, folder: Path) -> None:
    event = table(folder, source_outlet="VOD; BBC", source_title="One; Two", source_published="2022-01-02;2022-01-03")
    assert [(one["outlet"], one["title"], one["published"]) for one in event["sources"]] == [
        ("VOD", "One", "2022-01-02"), ("BBC", "Two", "2022-01-03"),
    ]  # fmt: skip


def test_what_cannot_be_paired_goes_into_the_note(empty_db: Path, folder: Path) -> None:
    event = table(folder, source_outlet="VOD; BBC", source_title="One; two; three", note="mine")
    assert [one["title"] for one in event["sources"]] == [None, None]
    assert event["note"] == "note: mine\nsource_title: One; two; three"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-09-19", "2022-09-19"), ("2022-09", "2022-09"), ("2022", "2022"), ("2022-09~", "2022-09~"),
        ("2022-09-19/2022-09-22", "2022-09-19/2022-09-22"), ("2022/9/5", "2022-09-05"),
        ("2022-01-01 00:00:00.000", "2022-01-01"), ("28 December 2022", "2022-12-28"), ("Dec 28, 2022", "2022-12-28"),
        ("28-Dec-2022", "2022-12-28"), ("Sept. 2022", "2022-09"), ("31/12/2022", "2022-12-31"),
        ("12/31/2022", "2022-12-31"), ("4/4/2022", "2022-04-04"), ("1/1/1989 0:00", "1989-01-01"),
        ("2022-01-01T10:30:00Z", "2022-01-01"),
        ("03/04/2022", None), ("31/12/22", None), ("2022-02-30", None), ("30 February 2022", None), ("soon", None),
        ("44927", None), ("", None), ("2022-13-01", None), ("1.5", None),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, day: str | None) -> None:
    if day is not None:
        assert date_cells.date(text)[0] == day
        return
    with pytest.raises(cells.UnreadableError):
        date_cells.date(text)


@given(st.dates(FIRST, datetime(2400, 12, 31).date()), st.sampled_from(("%d/%m/%Y", "%m/%d/%Y", "%d %B %Y")))
def test_a_date_with_its_format_is_that_day(day: date, form: str) -> None:
    assert date_cells.date(day.strftime(form), (form,)) == (day.isoformat(), False)


@given(st.text(max_size=30))
def test_a_cell_of_any_text_is_read_or_refused(text: str) -> None:
    for reader in (date_cells.date, cells.number, cells.country, date_cells.day_of_time):
        with suppress(cells.UnreadableError):  # nothing else
            reader(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,234", 1234), ("1e0", 1), ("2.50", 2.5), ("3.0", 3), ("-7", -7), (" 8 ", 8),
     ("1.234.567", 1_234_567), ("-1.234", None), ("1234.567", 1234.567), ("1.234e1", 12.34), ("0.125", 0.125),
     ("1,23", None), ("1.234,5", None), ("12 dead", None), ("inf", None), ("nan", None), ("1e99", None), ("៣", 3)],
)  # fmt: skip
def test_numbers_as_programs_write_them(text: str, number: float | None) -> None:
    if number is not None:
        assert cells.number(text) == number
        return
    with pytest.raises(cells.UnreadableError):
        cells.number(text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Cambodia (Kampuchea)", "KH"), ("Myanmar (Burma)", "MM"), ("DR Congo (Zaire)", "CD"), ("Congo", "CG"),
        ("Congo (Kinshasa)", "CD"), ("Yemen (North Yemen)", "YE"), ("Russia (Soviet Union)", "RU"), ("kh", "KH"),
        ("Bosnia-Herzegovina", "BA"), ("Macedonia, FYR", "MK"), ("Kingdom of eSwatini (Swaziland)", "SZ"),
        ("The Gambia", "GM"), ("United States of America", "US"), ("Türkiye", "TR"), ("Viet Nam", "VN"),
        ("Korea (North)", "KP"), ("Sudan (South)", "SS"), ("China (Taiwan)", None), ("Utopia", None), ("", None),
    ],
)  # fmt: skip
def test_countries_as_data_sets_call_them(name: str, code: str | None) -> None:
    if code is not None:
        assert cells.country(name) == code
        return
    with pytest.raises(cells.UnreadableError):
        cells.country(name)


PROGRAM = {
    "columns": {
        "Day": {"field": "date"},
        "Link *": "source.url",
        "State": {
            "field": "tags",
            "patterns": {"*FAIL*": "failed"},
            "otherwise": None,
            "notices": {"failed": "it failed"},
        },
        "Dead": {"field": "figure.deaths", "unless": {"State": ["no report"]}},
        "Where": "place.point",
        "Themes": "tags",
    },
    "defaults": {"kind": "report", "title": "Row"},
    "separators": ["|"],
    "skip": {"Themes": ["person*"]},
    "skip_undated": True,
}


def test_what_a_mapping_file_can_say_about_rows_and_columns(empty_db: Path, folder: Path) -> None:
    (folder / "m.json").write_text(json.dumps(PROGRAM))
    again = mapping_file.parse(json.loads(mapping_file.dump(mapping_file.parse(PROGRAM))))
    assert again == mapping_file.parse(PROGRAM)
    (folder / "rows.csv").write_text(
        "day,link_1,LINK 2,State,Dead,Where,Themes\n"
        "2022-05-14~2022-05-16,A page|https://a.example/1,https://b.example/1,did fail,3,10.5|103.5,a|b\n"
        "2022/05/17:2022/05/18,https://a.example/2,,no report,4,,\n"
        "2022-05-19,,,,,,Persons of interest\n"
        ",https://a.example/4,,,,,c\n"
    )
    told = done("import", "rows.csv", "--mapping", "m.json").err
    for said in ("It failed (1 row, the first row 2)", 'with "Persons of interest" in `Themes`', "without a date"):
        assert said in told
    first, second = (record for record in map(json.loads, done("export", "jsonl").out.splitlines()) if "date" in record)
    assert (first["date"], second["date"]) == ("2022-05-14/2022-05-16", "2022-05-17/2022-05-18")
    assert first["tags"] == ["failed", "a", "b"]
    assert [(one["url"], one["title"]) for one in first["sources"]] == [
        ("https://a.example/1", "A page"), ("https://b.example/1", None),
    ]  # fmt: skip
    assert (first["places"][0]["lat"], first["figures"][0]["best"]) == (10.5, 3)
    assert (second["figures"], second["tags"]) == ([], [])


DATA_SETS = [name for name in mapping_file.SHIPPED if mapping_file.shipped(name).dataset]


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_shipped_mapping_has_its_name_as_prefix_and_terms(name: str) -> None:
    """Exports find the terms of a data set by this name."""
    found = mapping_file.shipped(name)
    assert found.prefix == name
    assert found.dataset
    assert found.dataset.terms


@pytest.mark.parametrize("province", ["Preah Sihanouk", "KH-18", "ព្រះសីហនុ", "Kampong Som"])
def test_a_province_in_another_spelling_than_that_of_its_town_is_one_province(
    province: str, empty_db: Path, folder: Path
) -> None:
    table = folder / "raids.csv"
    table.write_text(f"Date,Province,Town,Rescued\n2024-01-05,{province},Sihanoukville,12\n", encoding="utf-8")
    done("import", str(table), "--yes")
    (row,) = json.loads(done("stats", "rescues", "--by", "province", "--json").out)
    assert row["province"] == "Preah Sihanouk"
