"""What holds of every draft: a whole record that nothing has to complete, and a reason for each of its fields."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.cases import gold_cases
from evaluation.tool import document
from scamcli.checks import CODES, check_event
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Grade, Known, Metadata, Proposal
from scamcli.ingest.reading import plain_view
from scamcli.language.dates import parse_date
from scamcli.records import normalise
from scamcli.records.derivations import make_event_id
from scamcli.records.models import Event

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from scamcli.language.dates import Period

from tests.helpers.known_names import Names
from tests.helpers.paths import DOCS

NOTHING = Known()
KEYS = [
    "type", "id", "date", "kind", "title", "summary", "status", "actors", "provinces", "places", "sites",
    "linked_sites", "countries", "nationalities", "tags", "figures", "sources", "links", "dataset", "note",
]  # fmt: skip
FIGURE = [
    "id", "metric", "unit", "stated", "low", "best", "high", "country", "province", "nationality", "group", "period",
    "count", "stated_by", "part_of", "split", "of", "note",
]  # fmt: skip


def shown(page: Path) -> list[str]:
    """The texts that a page of the documentation writes to a file, for a reader to try."""
    texts, lines = [], iter(page.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line.startswith("$ cat > ") and line.endswith((".txt <<'END'", ".md <<'END'")):
            taken = []
            for one in lines:
                if one == "> END":
                    break
                taken.append(one[2:])
            texts.append("\n".join(taken) + "\n")
    return texts


TEXTS = {case.name: document(case) for case in gold_cases() if case.half == "tune"} | {
    f"docs, {at}": Document(text, Metadata(None, "Example Daily", None, "2024-03-15"))
    for at, text in enumerate(text for page in sorted(DOCS.glob("*.md")) for text in shown(page))
}
each_text = pytest.mark.parametrize("name", TEXTS)


@cache
def drafts(name: str) -> list[Proposal]:
    return extract(TEXTS[name], NOTHING).drafts


class World(Names):
    """What the checks ask of the timeline: the drafts of one text are in it."""

    def __init__(self, drafts: list[Proposal]) -> None:
        self._days = {make_event_id(one.record["date"], one.record["title"]): one.record["date"] for one in drafts}

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        return False

    def days(self, event_id: str) -> Period | None:
        return parse_date(self._days[event_id]) if event_id in self._days else None


def event(record: dict[str, Any]) -> Event:
    return Event.model_validate(record | {"id": make_event_id(record["date"], record["title"])})


def test_the_pages_show_texts() -> None:
    assert [name for name in TEXTS if name.startswith("docs")]
    assert all(map(drafts, TEXTS))


@each_text
def test_a_draft_is_a_whole_record(name: str) -> None:
    for one in drafts(name):
        assert list(one.record) == KEYS == list(Event.model_fields)
        assert all(list(figure) == FIGURE for figure in one.record["figures"])
        assert (one.record["status"], one.record["id"], one.record["type"]) == ("draft", None, "event")
        assert parse_date(one.record["date"])
        assert 0 < len(one.record["title"]) <= 100


@each_text
def test_no_check_refuses_it(name: str) -> None:
    world = World(drafts(name))
    found = [finding for one in drafts(name) for finding in check_event(event(one.record), world)]
    assert [finding for finding in found if CODES[finding.code].refused] == []


def fields(record: dict[str, Any]) -> set[str]:
    """The fields of a record that say something, as reasons name them."""
    named = {f"{key}.{one}" for key in ("provinces", "sites", "countries", "nationalities") for one in record[key]}
    named |= {f"{key}.{one['name']}" for key in ("actors", "places") for one in record[key]}
    named |= {f"figures.{figure['id']}" for figure in record["figures"]}
    named |= {f"sources.{source['outlet']}" for source in record["sources"] if source["via"]}
    return {"date", "kind", *named, *(f"links.{link['event']}" for link in record["links"])}


@each_text
def test_reasons_stand_in_the_passage_and_hold_whole_words(name: str) -> None:
    text = plain_view(TEXTS[name].text)
    assert len(text) == len(TEXTS[name].text)
    for one in drafts(name):
        for span in [*(reason.span for reason in one.reasons), *one.unread]:
            assert one.passage.start <= span.start < span.end <= one.passage.end
            assert text[span.start : span.end] == text[span.start : span.end].strip()
            assert not (
                text[span.start - 1 : span.start + 1].isalnum() and len(text[span.start - 1 : span.start + 1]) == 2
            )
            assert not (text[span.end - 1 : span.end + 1].isalnum() and len(text[span.end - 1 : span.end + 1]) == 2)
        assert all(reason.rule for reason in one.reasons)
        assert all(reason.grade in Grade for reason in one.reasons)


@each_text
def test_the_same_text_gives_the_same_drafts(name: str) -> None:
    assert extract(TEXTS[name], NOTHING).drafts == drafts(name)


PIECES = st.sampled_from(
    [
        "September 19, 2022\n\n",
        "\n\n22 September 2022: ",
        "Police freed 45 Thais",
        "12 of them women",
        "of the 900",
        "(12)",
        "$2.5 million",
        "78 percent",
        "Sok Invented said",
        "in Kandal",
        " and ",
        ", ",
        ". ",
        "\n",
        "200 or more",
        "“",
        "”",
        "—",
        "fell by",
        "Thailand (12) and Laos (three)",
        "between 20 and 30",
        "ស ខេង",
        "កម្ពុជា។ ",
        "\x00",
        "\u2028",
        "²",
        "٣",
        "१२",
        "99999999999999999999999 people",
        "1,000,000,000,000,000,000 workers were freed",
        "half a",
        "ten",
        "the 45",
        "[a](#)",
        "**",
        "# ",
        "another 20",
        "as high as 900",
        "\ud83d\ude00",
        "x" * 300,
    ]
)


@settings(max_examples=150)
@given(
    st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
        st.lists(PIECES, max_size=25).map("".join),
        st.lists(PIECES, max_size=25).map(" ".join),
    ),
    st.sampled_from([None, "2023-06-16"]),
)
@example('SEP:²:free"', None)
@example("19 September 2022: They freed 200 or more\n\n20 September 2022: They freed 200 at", None)
@example("19 September 2022\n\nat least ²\n\n20 September 2022\n\nfrom १२ to ٣ people", None)
def test_any_text_gives_whole_records(text: str, published: str | None) -> None:
    text = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")  # reading refuses NUL
    drafts = extract(Document(text, Metadata("Raids 2022", "Example Daily", None, published)), NOTHING).drafts
    for one in drafts:
        given_in = event(one.record)
        normalise.complete(given_in, Names())
        assert given_in.model_dump() | {"id": None} == one.record
        assert fields(one.record) <= {reason.field for reason in one.reasons}
        for span in [*(reason.span for reason in one.reasons), *one.unread]:
            assert one.passage.start <= span.start < span.end <= one.passage.end


@pytest.mark.parametrize("letters", ["កម្ពុជា", "ភ្នំពេញ។", "柬埔寨", "กัมพูชา", "камбоджа 12 "])
def test_an_entry_in_another_script_keeps_its_words(letters: str) -> None:
    body = letters * 400
    (one, _) = extract(Document(f"2022-09-19: {body}\n\n2022-09-20: {body}\n", Metadata()), NOTHING).drafts
    assert one.record["date"] == "2022-09-19"
    assert one.record["figures"] == []


def steps(text: str) -> int:
    """How many lines of code a text takes: a count that no other process changes."""
    count = 0

    def line(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    document = Document(text, Metadata("Raids 2022", "Example Daily", None, "2023-06-16"))
    extract(document, NOTHING)  # tables are made once
    before = sys.gettrace()
    sys.settrace(line)
    try:
        extract(document, NOTHING)
    finally:
        sys.settrace(before)
    return count


LONG = {
    "entries": "{0} September 2022: Police freed 45 Thai workers in Kandal, 12 of them women, Sok Invented said.\n\n",
    "sentences of one entry": "Police in Kandal freed 45 Thai workers, 12 of them women, Sok Invented said. ",
    "one sentence": "Police freed 45 Thai workers, 12 of them women and ",
    "numbers": "12 and 13, ",
    "numbers in brackets": "Thailand (12) and Laos (three), ",
    "names": "Sok Invented, Kim Made Up of Example Holding Group and ",
    "capitals": "The Great Example ",
    "short sentences": "They were 12. ",
    "countries in short sentences": "Thailand (12). ",
    "opened quotations": "“He said 12. ",
    "dates": "on 19 September 2022 and ",
    "one word": "x",
    "one number": "9",
    "brackets": "((((",
    "short lines": "Kandal\n",
    "blank lines": "\n \n",
    "Khmer": "កម្ពុជា ",
}


@pytest.mark.parametrize("kind", LONG)
def test_twice_the_text_takes_twice_the_steps(kind: str) -> None:
    repeated = 6000 // len(LONG[kind])

    def made(times: int) -> str:
        body = "".join(LONG[kind].format(at % 28 + 1) for at in range(times))
        return f"1 September 2022: {body}\n\n29 September 2022: Nothing else.\n"

    once, twice = steps(made(repeated)), steps(made(2 * repeated))
    assert twice <= 2.6 * once, (once, twice)
