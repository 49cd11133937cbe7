"""Reports made by hand: a small one with everything in it, a hostile one, and one of many events."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from scamcli.output.report.contents import (
    ActorProfile,
    Allegation,
    Answer,
    Citation,
    Claim,
    Conflict,
    Download,
    Entry,
    EventLine,
    FigureEntry,
    Gap,
    Metric,
    Number,
    Relation,
    Report,
    SiteProfile,
    Source,
    Statement,
    Step,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.records.types import ActorDict, EventDict, FigureDict, SiteDict, SourceDict

HOSTILE = (
    '<script>document.title = "ran"</script>',
    '"><img src=x onerror=alert(1)>',
    "</style><h1>x</h1>",
    "</script>]]>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&amp;",
    "'; DROP TABLE events; --",
    "\u202eright\u202c to left\u200f",
    "zero\u200b\u200c\u200dwidth\ufeff",
    "nul\x00 and \x1b[31mred",
    "\ud800\ufffe\U0001ffff",
    "<!-- -->",
    "<![CDATA[x]]>",
    "w" * 3000,
    "https://example.org/" + "a" * 2000,
    "កណ្តាល<b>ខេត្ត</b>",
    "שלום <i>עולם</i>",
    "`${alert(1)}`",
    "a\r\nb\tc",
)
"""Texts that would run, close or reorder something, if they were not escaped."""


def event(id_: str, on: str, title: str, **changed: Any) -> EventDict:
    """Return an event with every key."""
    record: dict[str, Any] = {
        "type": "event",
        "id": id_,
        "date": on,
        "kind": "raid",
        "title": title,
        "summary": None,
        "status": "reviewed",
        "actors": [],
        "provinces": [],
        "places": [],
        "sites": [],
        "linked_sites": [],
        "countries": ["KH"],
        "nationalities": [],
        "tags": [],
        "figures": [],
        "sources": [],
        "links": [],
        "dataset": None,
        "note": None,
    }
    made: EventDict = record | changed  # type: ignore[assignment]
    return made


def figure(metric: str, stated: str | None, **changed: Any) -> FigureDict:
    """Return a figure with every key."""
    keys = (
        "id",
        "unit",
        "low",
        "best",
        "high",
        "country",
        "province",
        "nationality",
        "group",
        "period",
        "count",
        "stated_by",
        "part_of",
        "split",
        "url",
        "events",
        "of",
        "note",
    )
    made: FigureDict = dict.fromkeys(keys) | {"metric": metric, "stated": stated} | changed  # type: ignore[assignment]
    return made


def source(outlet: str, **changed: Any) -> SourceDict:
    """Return a source with every key."""
    keys = ("title", "author", "url", "published", "passage", "archived", "accessed", "via")
    made: SourceDict = dict.fromkeys(keys) | {"outlet": outlet} | changed  # type: ignore[assignment]
    return made


def actor(name: str, **changed: Any) -> ActorDict:
    """Return an actor with every key."""
    made: Any = {
        "type": "actor",
        "name": name,
        "kind": "person",
        "aliases": [],
        "positions": [],
        "member_of": [],
        "topics": [],
        "protected": False,
        "note": None,
    }
    made |= changed
    record: ActorDict = made
    return record


def site(name: str, **changed: Any) -> SiteDict:
    """Return a site with every key."""
    made: Any = {
        "type": "site",
        "name": name,
        "kind": "compound",
        "country": "KH",
        "province": "Kandal",
        "place": None,
        "lat": None,
        "lon": None,
        "precision": None,
        "aliases": [],
        "owners": [],
        "operators": [],
        "statuses": [],
        "note": None,
    }
    made |= changed
    record: SiteDict = made
    return record


def number(anchor: str, text: str, bounds: tuple[int | None, int | None, int | None], **changed: Any) -> Number:
    """Return a number whose one figure is in the event ``2022-09-19-complaints``."""
    low, best, high = bounds
    row: dict[str, Any] = {
        "low": low,
        "best": best,
        "high": high,
        "unit": "complaints",
        "count": "aggregate",
        "contested": 0,
        "unadjusted": low,
        "implied": None,
    }
    step = Step(
        "2022-09-19-complaints",
        "2022-09-19",
        "18",
        "19 August to 19 September 2022",
        "Sar Kheng",
        "VOD",
        "Counted",
    )
    made = Number(
        anchor,
        "",
        row | changed.pop("row", {}),
        text,
        "complaints received",
        "According to Sar Kheng",
        (),
        (("Counted", "18"),),
        (step,),
        0,
        f"{text} complaints were received, according to Sar Kheng (VOD, 19 September 2022).",
    )
    return made._replace(**changed)


def entry(record: EventDict, **changed: Any) -> Entry:
    """Return an entry of the timeline for an event that lasts a day."""
    day = date.fromisoformat(record["date"])
    figures = [
        FigureEntry(
            f"{record['id']}:{at}",
            one,
            f"{one['stated'] or 'An unknown number of'} {one['metric']}, according to {one['stated_by']}",
            one["stated"] or "an unknown number",
            "a total over a period",
            "It is stated as it is.",
            f"{one['stated']} {one['metric']}, according to {one['stated_by']} ({record['date']}).",
        )
        for at, one in enumerate(record["figures"])
    ]
    citations = [Citation(1, one) for one in record["sources"]]
    words = f"on {day.day} {day:%B} {day.year}"
    return Entry(record, words, day, day, figures, citations, (), ())._replace(**changed)


def report(**changed: Any) -> Report:
    """Return a small report that has something in each part."""
    entries = _entries()
    total = number("total:complaints", "more than 600", (601, None, None))
    disputed = number(
        "total:rescues",
        "8 to 14, sources differ",
        (8, None, 14),
        row={"contested": 1},
        sides=(*total.steps, *total.steps),
        about="people rescued",
        said="According to VOD, Kandal police",
    )
    rows = [
        number(f"complaints:province:{at}", text, bounds, label=label)
        for at, (label, text, bounds) in enumerate(
            [("Kandal", "18", (18, 18, 18)), ("Preah Sihanouk", "more than 200", (201, None, None))]
        )
    ]
    metrics = (
        Metric(
            "metric:complaints",
            "complaints",
            "complaints that somebody received",
            (total,),
            (Table("province", rows, ("Not added: 2 numbers that do not state the province.",)),),
            ("Counts complaints, not people.",),
        ),
        Metric("metric:rescues", "rescues", "people rescued", (disputed,), (), ()),
    )
    made = Report(
        "A test report",
        "<p>An introduction.</p>",
        "en",
        ("Events of 2022 in Cambodia.",),
        (("events", len(entries)), ("sources", 2)),
        "on 27 November 2026",
        "Data 7e81b7e6124b; rules 3.0; scamcli 0.1.0.",
        ("Drafts are left out.",),
        metrics,
        (("2022-08", 1, 1), ("2022-09", 2, 2)),
        (),
        ("KH",),
        1,
        entries,
        _conflicts(),
        _allegations(),
        _actors(),
        _sites(),
        (Source(1, "VOD. <i>Raids</i>. 2022.", "https://archive.example/1", [one.record["id"] for one in entries]),),
        (Gap("Three figures have no period.", (("2022-09-19-complaints", "Complaints"),), 2),),
        (("How numbers are added up", ("A bound that nobody stated is unknown.",)),),
        (Download("events.jsonl", "application/x-ndjson", "Every event, one in a line", gzip.compress(b"{}\n" * 9)),),
        "",
    )
    return made._replace(**changed)


def large(events: int) -> Report:
    """Return a report of many events, each with a summary, two figures, three actors and a source."""
    places = ("Kandal", "Svay Rieng", "Phnom Penh", "Kampot", "Koh Kong")
    entries = []
    for at in range(events):
        day = date(2018, 1, 1) + timedelta(days=at * 2000 // events)
        figures = [
            figure(
                "rescues",
                f"more than {at % 90}",
                low=at % 90 + 1,
                stated_by="VOD",
                province=places[at % 5],
                group="workers",
            ),
            figure("arrests", str(at % 9), low=at % 9, best=at % 9, high=at % 9, stated_by="Kandal police"),
        ]
        entries.append(
            entry(
                event(
                    f"{day}-raid-{at}",
                    str(day),
                    f"Police raid building {at} in {places[at % 5]}",
                    figures=figures,
                    summary=f"VOD reports that officers entered building {at}, and that workers were let out of it. "
                    * 2,
                    actors=[
                        {"name": "VOD", "role": "author"},
                        {"name": "Kandal police", "role": "rescuer"},
                        {"name": f"Officer {at % 200}", "role": "speaker"},
                    ],
                    provinces=[places[at % 5]],
                    sites=[f"Compound {at % 40}"],
                    sources=[
                        source(
                            "VOD", title=f"Raid on building {at}", url=f"https://example.org/{at}", published=str(day)
                        )
                    ],
                )
            )
        )
    profiles = [
        ActorProfile(
            f"actor:{at}",
            actor(f"Officer {at}"),
            [EventLine(one.record["id"], one.when, one.record["title"], "speaker") for one in entries[at::200]],
            0,
            0,
            (),
        )
        for at in range(min(200, events))
    ]
    return report(entries=entries, actors=profiles, months=(), conflicts=(), allegations=())


def hostile(words: Sequence[str] = HOSTILE) -> Report:
    """Return a report with hostile words in every text that a record can hold."""
    made: Report = _replaced(report(), _cycle(words))
    return made


def _cycle(words: Sequence[str]) -> Callable[[str], str]:
    seen = 0

    def next_word(text: str) -> str:
        nonlocal seen
        seen += 1
        return f"{text} {words[seen % len(words)]}"

    return next_word


_KEPT = {
    "id",
    "anchor",
    "event",
    "html",
    "intro_html",
    "language",
    "date",
    "kind",
    "status",
    "metric",
    "country",
    "css",
    "data",
    "split",
    "url",
    "period",
    "events",
    "role",
    "type",
    "conflicts",
}
"""Keys that hold no free text, or names of each other."""


def _replaced(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    if key in _KEPT:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _replaced(one, change, name) for name, one in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(_replaced(one, change, name) for name, one in zip(value._fields, value, strict=True)))
    if isinstance(value, list | tuple):
        return [_replaced(one, change, key) for one in value]
    return value


def _entries() -> list[Entry]:
    complaints = event(
        "2022-09-19-complaints",
        "2022-09-19",
        "Sar Kheng counts complaints by province",
        kind="statement",
        summary="The interior minister gives a number for each province.\n\nHe speaks of a month.",
        actors=[{"name": "Sar Kheng", "role": "speaker"}, {"name": "Not in the profiles", "role": "mentioned"}],
        provinces=["Kandal"],
        sites=["Huang Le compound"],
        note="The period is about a month.",
        figures=[
            figure(
                "complaints",
                "18",
                low=18,
                best=18,
                high=18,
                province="Kandal",
                country="KH",
                stated_by="Sar Kheng",
                period="2022-08-19~/2022-09-19",
                note="Said at a conference.",
            ),
            figure("complaints", None, nationality="Chinese"),
        ],
        sources=[
            source(
                "VOD", title="Raids", url="https://example.org/raids?a=1&b=2", published="2022-09-19", passage="“18”"
            ),
            source("Sar Kheng", via="VOD", url="javascript:alert(1)"),
        ],
    )
    raid = event(
        "2022-08-18-raid",
        "2022-08-18",
        "Police raid ខេត្តកណ្តាល",
        actors=[{"name": "王小明", "role": "speaker"}],
        dataset={"name": "Raids of VOD", "disjoint": True},
        linked_sites=["Huang Le compound"],
        countries=["KH", "TH"],
        places=[
            {
                "name": "ปอยเปต",
                "country": "KH",
                "admin1": None,
                "province": "Banteay Meanchey",
                "lat": None,
                "lon": None,
                "precision": None,
            }
        ],
    )
    answer = event("2022-09-20-ຄຳຕອບ", "2022-09-20", "The owner answers", kind="denial", status="draft")
    undated = event("undated-report", "2022-01-01", "A report without a date", kind="report")
    relation = Relation("responds to", "2022-09-19-complaints", complaints["title"], "It names the compound.")
    return [
        entry(raid, conflicts=("conflict:1",)),
        entry(complaints),
        entry(answer, relations=(relation,)),
        entry(undated, first=None, last=None, when=""),
    ]


def _conflicts() -> list[Conflict]:
    sides = [
        Statement("2022-08-18-raid", "2022-08-18", "Police raid", stated, by, "VOD")
        for stated, by in (("8", "VOD"), ("14", "Kandal police"))
    ]
    return [
        Conflict(
            "conflict:1",
            "sources differ",
            is_certain=True,
            metric="rescues",
            why="8 and 14 cannot both be true",
            statements=sides,
        ),
        Conflict(
            "conflict:2",
            "reports that may be of one event",
            is_certain=False,
            metric="rescues",
            why="same day",
            statements=sides[:1],
        ),
    ]


def _allegations() -> list[Allegation]:
    answer = Answer(
        "2022-09-20-ຄຳຕອບ",
        "on 20 September 2022",
        "The owner answers",
        ("Long Dimanche",),
        "denies",
        "after 33 days",
        ("Huang Le compound",),
        "He says that the house is a hotel.",
        "He speaks of another building.",
    )
    first = Allegation(
        "2022-08-18-raid",
        "on 18 August 2022",
        "Police raid",
        ("BBC",),
        ("Long Dimanche",),
        ("Long Dimanche",),
        ("Huang Le compound",),
        "The film says that people were held.",
        (answer,),
    )
    return [first, first._replace(event="2022-09-19-complaints", answers=())]


def _actors() -> list[ActorProfile]:
    line = EventLine("2022-09-19-complaints", "on 19 September 2022", "Complaints by province", "speaker")
    return [
        ActorProfile(
            "actor:1", actor("Sar Kheng", positions=["Minister of the Interior"], aliases=["ស ខេង"]), (line,), 0, 0, ()
        ),
        ActorProfile(
            "actor:2",
            actor("王小明", note="An invented name."),
            (),
            0,
            2,
            (Claim("", "is said to own Huang Le compound, according to BBC", ""),),
        ),
    ]


def _sites() -> list[SiteProfile]:
    line = EventLine("2022-09-19-complaints", "on 19 September 2022", "Complaints by province", "site")
    return [
        SiteProfile(
            "site:1",
            site("Huang Le compound", aliases=["黄乐园区"]),
            ("raided",),
            (Claim("18 August 2022", "raided, according to VOD", "2022-09-19-complaints"),),
            (Claim("", "Long Dimanche, according to BBC", ""),),
            (),
            (line,),
            0,
        )
    ]
