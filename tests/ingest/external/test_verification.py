"""What the text has to say for each part of a draft to be stored, as tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.ingest.external.answer import Answer, read_answer
from scamcli.ingest.external.passages import Passages
from scamcli.ingest.proposal import Metadata
from scamcli.language.vocabulary import Metric

if TYPE_CHECKING:
    from collections.abc import Mapping

ABOUT = Metadata(published="2022-10-01", outlet="Example Daily")
PLAIN = "On 19 September 2022, police in Kandal freed 45 workers."


def answer(text: str, *drafts: dict[str, Any], metrics: Mapping[str, Metric] | None = None) -> Answer:
    lines = [{"protocol": 1, "reader": {"name": "r", "version": "1"}}, *drafts]
    data = "\n".join(json.dumps(line) for line in lines).encode()
    return read_answer(data, "The answer", Passages(text), ABOUT, metrics or {})


def draft(text: str, date: tuple[str, str], **parts: Any) -> dict[str, Any]:
    value, quote = date
    return {
        "quote": text, "date": {"value": value, "quote": quote}, "kind": {"value": "rescue", "quote": text}, **parts
    }  # fmt: skip


def plain(**parts: Any) -> dict[str, Any]:
    return draft(PLAIN, ("2022-09-19", "19 September 2022"), **parts)


DATES = [
    # the text, the quote of the date, the value, and the date that is stored with its grade; None if it is refused
    ("On 19 September 2022, raids", "19 September 2022", "2022-09-19", ("2022-09-19", "likely")),
    ("On 19 September 2022, raids", "19 September 2022", "2022-09", ("2022-09-19", "likely")),
    ("On 19 September 2022, raids", "September", "2022-09-19", ("2022-09-19", "likely")),
    ("On 19 September 2022, raids", "19 September 2022", "2022-09-18", None),
    ("On 19 September 2022, raids", "9 September 2022", "2022-09-09", None),
    ("On 19 September 2022, raids", "raids", "2022-09-19", None),
    ("On 19 September 2022, raids", "19 September 2022", "yesterday", None),
    ("On 19 September 2021, raids", "19 September", "2022-09-19", None),
    ("On 19 September, raids", "19 September", "2022-09-19", ("2022-09-19?", "unsure")),
    ("On 19 September, raids", "19 September", "2021-09-19", None),
    ("In September 2022, raids", "September 2022", "2022-09-19", None),
    ("In early September 2022, raids", "September 2022", "2022-09", ("2022-09~", "likely")),
    ("From 19 to 21 September 2022, raids", "21 September 2022", "2022-09-21", None),
    ("From 19 to 21 September 2022, raids", "21 September", "2022-09", ("2022-09-19/2022-09-21", "likely")),
    ("Police freed them on Monday.", "Monday", "2022-09-26", ("2022-09-26?", "unsure")),
    ("Police freed them on Monday.", "on Monday", "2022-09-27", None),
    ("Police freed them yesterday.", "yesterday", "2022-09-30", ("2022-09-30?", "unsure")),
    ("Police freed them yesterday.", "freed", "2022-09-30", None),
    ("Police will come next Monday.", "Monday", "2022-09-26", None),
    ("Raids of 19/9/2022", "19/9/2022", "2022-09-19", ("2022-09-19", "likely")),
    ("នៅថ្ងៃទី១៩ ខែកញ្ញា ឆ្នាំ២០២២", "១៩ ខែកញ្ញា ឆ្នាំ២០២២", "2022-09-19", ("2022-09-19", "likely")),
    ("នៅថ្ងៃទី១៩ ខែកញ្ញា ឆ្នាំ២០២១", "១៩ ខែកញ្ញា", "2022-09-19", None),
    ("នៅថ្ងៃទី១៩ ខែកញ្ញា", "១៩ ខែកញ្ញា", "2022-09-19", ("2022-09-19?", "unsure")),
    ("เมื่อวันที่ 19 กันยายน 2565", "19 กันยายน 2565", "2022-09-19", ("2022-09-19", "likely")),
    ("เมื่อวันที่ 19 ก.ย. 2565", "19 ก.ย. 2565", "2022-09-19", ("2022-09-19", "likely")),
    ("เมื่อวันที่ 19 กันยายน 2565", "19 กันยายน 2565", "2022-09-20", None),
    ("警方于2022年9月19日", "2022年9月19日", "2022-09-19", ("2022-09-19", "likely")),
    ("警方于2022年9月19日", "9月19日", "2021-09-19", None),
    ("Ngày 3 tháng 10 năm 2022", "tháng 1", "2022-01", None),
    ("Ngày 3 tháng 10 năm 2022", "3 tháng 10 năm 2022", "2022-10-03", ("2022-10-03", "likely")),
    ("Pada 19 Agustus 2022", "19 Agustus 2022", "2022-08-19", ("2022-08-19", "likely")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "value", "expected"), DATES)
def test_dates_are_read_again(text: str, quote: str, value: str, expected: tuple[str, str] | None) -> None:
    found = answer(text, draft(text, (value, quote)))
    dates = [
        (one.record["date"], str(next(reason.grade for reason in one.reasons if reason.field == "date")))
        for one in found.extraction.drafts
    ]
    assert dates == ([] if expected is None else [expected])
    assert len(found.refused) == (expected is None)


def exact(number: int) -> tuple[int, int, int]:
    return number, number, number


NUMBERS = [
    # the text after the date, the metric, the wording; the stored wording with bounds and unit, or why it is left out
    ("police freed 45 workers.", "rescues", "45", ("45", *exact(45), None)),
    ("police freed more than 45 workers.", "rescues", "45", ("more than 45", 46, None, None, None)),
    ("membebaskan more than 45 orang.", "rescues", "45", ("more than 45", 46, None, None, None)),
    ("police freed more than 45 workers.", "rescues", "more than 45", ("more than 45", 46, None, None, None)),
    ("the police freed 20 to 30 workers.", "rescues", "20 to 30", ("20 to 30", 20, None, 30, None)),
    ("police freed forty-five of them.", "rescues", "forty-five", ("forty-five", *exact(45), None)),
    ("the police freed 45 workers and 12 women.", "rescues", "45 workers and 12", "more than one number"),
    ("police freed 1,450 workers.", "rescues", "450", "cuts a word or a number"),
    ("police freed 1,450 workers.", "rescues", "1", "cuts a word or a number"),
    ("police freed 45 workers.", "rescues", "19", "part of a date"),
    ("police freed 45 workers.", "rescues", "2022", "part of a date"),
    ("police freed several workers.", "rescues", "several", "no number"),
    ("police freed 45 workers.", "rescues", "46", "it is not in its quote"),
    ("police freed 45 workers.", "freed", "45", "metric is not in the vocabulary"),
    ("he paid $2,000 to the men.", "losses", "2,000", ("$2,000", *exact(2000), None)),
    ("he paid 2,000 baht to the men.", "losses", "2,000 baht", ("2,000 baht", *exact(2000), "THB")),
    ("he paid $2,000 to the men.", "rescues", "2,000", "an amount of money cannot be rescues"),
    ("the police freed 45 workers.", "losses", "45", "cannot be losses"),
    ("the number fell by 30 percent.", "rescues", "30", "a percentage cannot be rescues"),
    ("ប៉ូលិសបានសង្គ្រោះ ៤៥នាក់", "rescues", "៤៥", ("៤៥", *exact(45), None)),
    ("ប៉ូលិសបានសង្គ្រោះជាង ៤៥នាក់", "rescues", "៤៥", "leaves out a word beside the number"),
    ("ตำรวจช่วยเหลือ 45 คน", "rescues", "45", ("45", *exact(45), None)),
    ("警方解救了3万名工人", "rescues", "3", "leaves out a word beside the number"),
    ("警方解救超过45人", "rescues", "超过45人", ("超过45人", None, None, None, None)),
    ("Polisi membebaskan lebih dari 45 orang", "rescues", "lebih dari 45 orang", "no number"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "metric", "wording", "expected"), NUMBERS)
def test_bounds_come_from_our_parser(said: str, metric: str, wording: str, expected: tuple[object, ...] | str) -> None:
    text = f"On 19 September 2022. {said[0].upper() + said[1:]}"
    figure = {"metric": metric, "wording": wording, "quote": text, "low": 1, "best": 2, "high": 3}
    found = answer(text, draft(text, ("2022-09-19", "19 September 2022"), figures=[figure]))
    (proposal,) = found.extraction.drafts
    keys = ("stated", "low", "best", "high", "unit")
    figures = [tuple(figure[key] for key in keys) for figure in proposal.record["figures"]]
    if isinstance(expected, str):
        assert figures == []
        assert expected in found.left_out[0]
    else:
        assert figures == [expected]
        assert {str(one.grade) for one in proposal.reasons if one.field == "figures." + metric + ".metric"} == {
            "unsure"
        }


PARTS = [
    # the part, the words that are stored; or why it is left out
    ({"actors": [{"name": "police", "role": "rescuer", "quote": "police in Kandal"}]}, "police"),
    ({"actors": [{"name": "John Invented", "quote": "police in Kandal"}]}, "is not in its quote"),
    ({"actors": [{"name": "poli", "quote": "police in Kandal"}]}, "cuts a word"),
    ({"actors": [{"name": "police", "role": "boss", "quote": "police"}]}, "role is not in the vocabulary"),
    ({"actors": [{"name": "police", "quote": "the police"}]}, "quote is not in the text"),
    ({"actors": [{"name": "45", "quote": "45"}]}, "not a name"),
    ({"sites": [{"name": "Kandal", "quote": "in Kandal"}]}, "Kandal"),
    ({"provinces": [{"value": "kandal province", "quote": "in Kandal"}]}, "Kandal"),
    ({"provinces": [{"value": "Kampot", "quote": "in Kandal"}]}, "does not name it"),
    ({"provinces": [{"value": "Nowhere", "quote": "in Kandal"}]}, "does not name it"),
    ({"countries": [{"value": "KH", "quote": "police in Kandal"}]}, "does not name it"),
    ({"nationalities": [{"value": "Thai", "quote": "45 workers"}]}, "does not name it"),
    ({"title": "police in Kandal freed 45 workers"}, "police in Kandal freed 45 workers"),
    ({"title": "Police torture 45 workers"}, "title: its words are not in the passage"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "expected"), PARTS)
def test_names_and_places_stand_in_the_text(part: dict[str, Any], expected: str) -> None:
    found = answer(PLAIN, plain(**part))
    (proposal,) = found.extraction.drafts
    key = next(iter(part))
    values = [one["name"] if isinstance(one, dict) else one for one in proposal.record[key]] if key != "title" else []
    if found.left_out:
        assert values == []
        assert expected in found.left_out[0]
    else:
        assert expected in (*values, proposal.record["title"])


REFUSED = [
    ({"kind": {"value": "massacre", "quote": "freed"}}, "kind is not in the vocabulary"),
    ({"kind": {"value": "rescue", "quote": "saved"}}, "quote is not in the text"),
    ({"quote": "Nothing of this happened"}, "quote is not in the text"),
    ({"quote": ""}, "quote: "),
    ({"quote": 5}, "quote: "),
    ({"date": None}, "date: "),
    ({"actors": [{}] * 201}, "actors: "),
]  # fmt: skip


@pytest.mark.parametrize(("part", "why"), REFUSED)
def test_a_draft_without_a_confirmed_passage_date_and_kind_is_refused(part: dict[str, Any], why: str) -> None:
    found = answer(PLAIN, plain() | part)
    assert found.extraction.drafts == []
    assert found.refused[0].startswith("line 2: ")
    assert why in found.refused[0]


def test_what_is_outside_the_passage_is_unsure() -> None:
    text = f"{PLAIN} Later, the minister spoke in Kampot."
    provinces = [{"value": "Kandal", "quote": "Kandal"}, {"value": "Kampot", "quote": "Kampot"}]
    (proposal,) = answer(text, plain(provinces=provinces)).extraction.drafts
    grades = {one.field: (str(one.grade), one.rule) for one in proposal.reasons}
    assert grades["provinces.Kandal"] == ("likely", "named in the text")
    assert grades["provinces.Kampot"] == ("unsure", "named in the text, outside the passage")
    assert text[slice(*proposal.passage)] == PLAIN


def test_the_passage_is_whole_sentences_and_lists_numbers_that_are_in_no_figure() -> None:
    text = "It was denied on 19 September 2022 that 45 men were freed by the police. 12 others spoke."
    found = answer(text, draft("45 men were freed", ("2022-09-19", "19 September 2022")))
    (proposal,) = found.extraction.drafts
    assert text[slice(*proposal.passage)] == text.split(" 12 ")[0]
    assert [text[slice(*span)] for span in proposal.unread] == ["45"]


def test_metrics_of_the_timeline_are_known() -> None:
    figure = {"metric": "phones", "wording": "45", "quote": "45 workers"}
    own = {"phones": Metric("phones", "phones", None, "aggregate", "")}
    (proposal,) = answer(PLAIN, plain(figures=[figure]), metrics=own).extraction.drafts
    assert [one["metric"] for one in proposal.record["figures"]] == ["phones"]


def test_drafts_that_say_the_same_are_one() -> None:
    assert len(answer(PLAIN, *[plain()] * 50).extraction.drafts) == 1
