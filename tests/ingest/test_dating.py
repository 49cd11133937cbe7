"""The model of dates: what it leaves to the rules, what it changes, and that its numbers are those of the training."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from evaluation import training
from evaluation.cases import Case, gold_cases
from evaluation.tool import document
from scamcli.ingest import pipeline
from scamcli.ingest.dating.redate import FEWEST, PLAUSIBLE, plausibility, redate
from scamcli.ingest.dating.signs import WEIGHTS, History
from scamcli.ingest.dating.view import TextView
from scamcli.ingest.entries import split_entries, with_undated_news
from scamcli.ingest.entry_dates import CHOSEN
from scamcli.ingest.proposal import Document, Grade, Known, Metadata, Span
from scamcli.ingest.reading.markdown import plain_view
from tests.helpers.gold import TUNE

if TYPE_CHECKING:
    from scamcli.ingest.dated_entries import Entries

ABOUT = Metadata(published="2024-05-14")
LIVE = """LIVE: Bridge handover

Tuesday, May 14, 2024. Newest first.

17:30
The last bus has left. The army says 412 people crossed today.

15:10
Eleven of those on the third bus were arrested, town police say.

12:40
On Sunday 38 people came over in a trial run, all of them from Kenya.

09:05
In March 2023 the same gate was opened for 60 fishermen.

08:00
Good morning from the bridge. We will report here all day.
"""


def in_one_entry(entries: Entries) -> Entries:
    """The reading of rules that take a text to be about its first date only."""
    first, *others = entries.dated
    every = [*first.sentences, *(sentence for entry in others for sentence in entry.sentences)]
    passage = Span(first.passage.start, every[-1][-1].end)
    return entries._replace(dated=(first._replace(passage=passage, sentences=tuple(every)),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police freed 45 people on 3 May 2024.", ["2024-05-03", "2024-05-14?"]),
        ("On Sunday 45 people were freed.", ["2024-05-12?", "2024-05-14?"]),
        ("2 May 2023: A raid.\n\n4 June: A raid.", ["2023-05-02", "2023-06-04", "2024-05-14?"]),
        ("2 November 2022: A raid.\n\n4 January: A raid.", ["2022-11-02", "2023-01-04", "2024-05-14?"]),
        ("They will meet in 2025, as after 1 June 2023.", ["2025", "2023-06-01", "2024-05-14?"]),
        ("PARIS, May 14, 2024 (Wire) - Nobody came.", ["2024-05-14"]),
    ],
    ids=["full", "weekday", "the year of the item before", "the next year", "plans too", "the text states its day"],
)
def test_every_date_is_a_candidate(text: str, expected: list[str]) -> None:
    assert [one.date for one in TextView(text, ABOUT).candidates.values()] == expected


def test_a_plausible_reading_stays_as_it_is() -> None:
    entries = split_entries(LIVE, ABOUT)
    assert [entry.dated.date for entry in entries.dated] == ["2024-05-14", "2024-05-12?", "2023-03"]
    assert without_chances(redate(entries, LIVE, ABOUT)) == entries


def test_an_entry_of_a_date_alone_can_begin_where_another_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Last year 45 people were freed in Kampala, the Ministry of Labour said."

    def chosen(entries: Entries, *_: object) -> Entries:
        [whole] = entries.dated
        words = whole.sentences[0][:2]
        alone = whole._replace(passage=Span(words[0].start, words[-1].end), sentences=(words,))
        return entries._replace(dated=(alone, whole))

    monkeypatch.setattr(pipeline, "redate", chosen)
    drafts = pipeline.extract(Document(text, ABOUT), Known()).drafts
    assert [[one["stated_by"] for one in draft.record["figures"]] for draft in drafts] == [[], ["Ministry of Labour"]]


def without_chances(entries: Entries) -> Entries:
    """The entries without what the model thinks of their dates."""
    dated = tuple(one._replace(dated=one.dated._replace(chance=None)) for one in entries.dated)
    return entries._replace(dated=dated)


def test_a_date_has_the_chance_that_the_model_gives_it() -> None:
    found = redate(split_entries(LIVE, ABOUT), LIVE, ABOUT).dated
    assert all(one.dated.chance is not None and 0 < one.dated.chance < 1 for one in found)
    on_sunday, in_march = found[1].dated.chance, found[2].dated.chance
    assert on_sunday is not None
    assert in_march is not None
    assert on_sunday > in_march, "a day of the news is more often an entry than a month of an earlier year"


def test_an_implausible_reading_is_changed_and_says_so() -> None:
    found = redate(in_one_entry(split_entries(LIVE, ABOUT)), LIVE, ABOUT).dated
    assert [entry.dated.date for entry in found] == ["2024-05-14", "2024-05-12?", "2023-03"]
    assert {(entry.dated.rule, entry.dated.grade) for entry in found} == {(CHOSEN, Grade.UNSURE)}
    assert ["trial run" in LIVE[slice(*entry.passage)] for entry in found[1:]] == [True, False]


def test_a_short_text_is_left_to_the_rules() -> None:
    text = LIVE[: LIVE.index("15:10")] + "On Sunday 38 people came over."
    assert len(TextView(text, ABOUT).sentences) < FEWEST
    found = in_one_entry(split_entries(text, ABOUT))
    assert without_chances(redate(found, text, ABOUT)) == found


@pytest.mark.parametrize(
    ("judged", "by_rules", "is_plausible"),
    [
        ({"2024-05-14": 3.0, "2023": -3.0}, ["2024-05-14"], True),
        ({"2024-05-14": 3.0, "2023": -3.0}, ["2024-05-14", "2023"], False),
        ({"2024-05-14": 3.0, "2023": -3.0}, [], False),
        ({"2024-05-14": 900.0, "2023": -900.0}, ["2024-05-14"], True),
        ({}, ["2024-05-14"], True),
    ],
    ids=["both right", "one too many", "one missing", "very certain", "nothing to judge"],
)
def test_a_reading_is_plausible_if_its_dates_are(
    judged: dict[str, float], by_rules: list[str], is_plausible: bool
) -> None:
    assert (plausibility(judged, dict.fromkeys(by_rules)) >= PLAUSIBLE) is is_plausible


@pytest.mark.parametrize("case", TUNE)
def test_no_sentence_is_lost(case: Case) -> None:
    read = document(case)
    text = plain_view(read.text)
    by_rules = with_undated_news(split_entries(text, read.about), read, lambda _: True)
    before = in_one_entry(by_rules)
    after = redate(before, text, read.about)

    def words_of(entries: Entries) -> set[int]:
        sentences = [*entries.outside, *(one for entry in entries.dated for one in entry.sentences)]
        return {word.start for sentence in sentences for word in sentence}

    assert words_of(before) <= words_of(after)
    assert [entry.passage for entry in after.dated] == sorted(entry.passage for entry in after.dated)


@pytest.mark.thorough
@pytest.mark.skipif(find_spec("sklearn") is None, reason="scikit-learn is not installed: `make eval` brings it")
def test_the_numbers_are_those_of_the_training() -> None:
    """`make eval EVAL=--train` renews the numbers after a sign or a text of the half `tune` was changed."""
    kept = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    for part, numbers in tomllib.loads(training.train([case for case in gold_cases() if case.half == "tune"])).items():
        for sign in numbers | kept[part]:
            assert numbers.get(sign, 0) == pytest.approx(kept[part].get(sign, 0), abs=0.02), sign


@pytest.mark.parametrize("seed", range(20))
def test_a_history_counts_choices_as_a_plain_counter_does(seed: int) -> None:
    rng = random.Random(seed)
    days = [f"2024-05-{day:02}" for day in range(1, rng.randint(2, 30))]
    histories = [(History(), Counter[str]())]
    for sentence in range(120):
        history, counter = histories[rng.randrange(max(0, len(histories) - 5), len(histories))]
        day = rng.choice(days)
        histories.append((history.then(day, sentence), counter + Counter([day])))
    for history, counter in histories[1:]:
        assert {day: history.number(day) for day in counter} == counter
        assert [(history.most, history.most_times.number)] == counter.most_common(1)
        assert sum(map(len, history.layers)) < 2 * len(history.layers[0])
