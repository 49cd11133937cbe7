"""Read the numbers of rows, lists and comparisons, which count the same as a number or a caption before them.

"Nature of complaint: unpaid wages, 1,544; sickness, 611." "Eight people were arrested, six for trafficking and two on
warrants." "Arrivals: 54,205 (2022: 21,884)." If nothing but a label is between two numbers, the second continues the
first. The label can say more: who these people are, or what happened to them instead.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.counts import non_counts
from scamcli.ingest.counts.classify import LISTED, divided_by
from scamcli.ingest.counts.count import ANOTHER_TIME, Count, Kind, last_figure
from scamcli.ingest.counts.nouns import PEOPLE, THINGS, demonym_of
from scamcli.ingest.counts.outcome import CUES, OWN_METRIC
from scamcli.ingest.counts.parts import as_part, is_divided_before
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES, OUTCOMES, SPEECH, TRENDS
from scamcli.ingest.mentions.names import PLACE_KINDS
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import FULL_STOPS, is_past_form, words
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.counts.count import SentenceView
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

IN_LIST = "a number in a list, after its label"
IN_CLAUSE = "a further number of what was counted before"
JOINED = "a number before another of the same"

_LONGEST = 9
"""The most words of a label."""
_LONGEST_ALONE = 4
"""The most words of the label of a single number."""
_CLAUSE = 12
"""How many words can be between a number and another that continues it."""
_EARLIER_NEAR = 4
"""How many words after a number are searched for "earlier": "and 90 a year earlier"."""
_NEAR = 5
"""How many sentences before a list are searched for what it counts."""
_VERBS = (GRAMMAR.be - {"be", "been", "being"}) | GRAMMAR.have | GRAMMAR.relative | SPEECH.said
"""Words that show that a stretch is no label."""
_MISREAD = (non_counts.AGE, "a number in a name", "a number of things")
"""Rules that a list can overrule: "Delta 44" and "Farwaniya (204)" alone look like names and ages."""
_PLACED = ("a number after its place", "a number in brackets after its place")
"""How the rules begin whose metric a caption replaces."""
_EACH = (("each", "from"), ("each", "of"))
"""Words after a number that each item of a list has."""
LABELS = lexicon.headings("outcomes.labels")
_NO_EVENT = OUTCOMES.no_cue | COUNTED.other_things
_OPEN = (Kind.BARE, Kind.COMPARED, Kind.LISTED, Kind.UNREAD)


class _Item(NamedTuple):
    """A number of a list, and the stretch of words that is its label."""

    id: int
    begin: int
    end: int
    is_column: bool = False
    """Whether it is in a further column of the table, with the same label as the number before it."""


def continue_counts(view: SentenceView, entry: list[Count], start: int, caption: str | None) -> None:
    """Read the numbers of a sentence, from `start` on, that continue a number or a caption before them."""
    for run in _runs(view, entry, start):
        if _is_list(view, entry, run):
            _read_list(view, entry, run, start, caption)
            _divide_above(view, entry, run)
    for at in range(len(entry) - 2, start - 1, -1):
        if _is_open(entry[at]) and _is_joined(view, entry[at], entry[at + 1]):
            entry[at] = entry[at].counting_as(entry[at + 1], JOINED)
    for at in range(start + 1, len(entry)):
        if _is_open(entry[at]) and entry[at - 1].is_combined and _continues(view, entry[at - 1], entry[at]):
            rule = ANOTHER_TIME if is_at_other_time(view, entry[at - 1], entry[at]) else IN_CLAUSE
            entry[at] = entry[at].counting_as(entry[at - 1], rule)
            if rule == IN_CLAUSE and is_divided_before(view, entry[at - 1], entry):  # of these, 121 from men and 63 …
                entry[at] = as_part(entry[at], entry[entry[at - 1].whole or 0], entry)


def share_out(view: SentenceView, entry: list[Count], start: int) -> None:
    """Add a count for each further country or nationality of a list whose items have the same number.

    "One each from Ethiopia, Pakistan and Malaysia" are three people.
    """
    for count in entry[start:]:
        if not count.is_figure or view.pair(count.amount.last) not in _EACH:
            continue
        names = list(_listed_names(view, count.amount.last + 2))
        for at, name in enumerate(names if len(names) > 1 else ()):
            one = count._replace(nationalities=(name,), divided_by="nationality")
            if at == 0:
                entry[count.id] = one
            else:
                entry.append(one._replace(id=len(entry)))


def _listed_names(view: SentenceView, at: int) -> Iterator[str]:
    """Yield the nationalities of a list that begins at a word; a country stands for its nationality."""
    while (mention := view.by_first.get(at)) is not None and (name := demonym_of(mention)) is not None:
        yield name
        at = mention.last
        while view.lower(at) in (",", "and"):
            at += 1


def _is_open(count: Count) -> bool:
    is_plain = count.amount.kind is Kind.PLAIN and count.size > 0
    return not count.is_figure and count.kind in _OPEN and is_plain and not count.is_one


def _is_misread(view: SentenceView, count: Count) -> bool:
    """Return whether a rule may have misread a number, because it did not see that the number is in a list."""
    is_age = count.rule == non_counts.AGE and count.size < non_counts.OLDEST
    if is_age or count.is_one or view.lower(count.amount.first - 2) in COUNTED.other_things:
        return False
    return count.kind is Kind.OTHER and count.rule in _MISREAD and count.amount.kind is Kind.PLAIN


def _runs(view: SentenceView, entry: Sequence[Count], start: int) -> Iterator[list[_Item]]:
    """Yield the lists of a sentence: numbers with nothing between them but their labels."""
    run: list[_Item] = []
    for at in range(start, len(entry)):
        count, before = entry[at], entry[at - 1]
        if run and count.amount.kind is Kind.PERCENT and view.text(count.amount.first - 1) == "(":
            continue
        begin, end = _label(view, entry, start, at)
        is_column = bool(run) and count.amount.first == before.amount.last in view.cell_starts
        opens = bool(run) and "(" in view.between(before.amount.last, begin)  # Deaths: 58 (heat 31, crashes 19)
        if not is_column and (opens or not _is_item(view, count, begin, end)):
            yield run
            run = []
        if is_column:
            run.append(_Item(at, run[-1].begin, run[-1].end, is_column=True))
        elif _is_item(view, count, begin, end):
            run.append(_Item(at, begin, end))
    yield run


def _is_list(view: SentenceView, entry: Sequence[Count], run: Sequence[_Item]) -> bool:
    """Return whether there are several items, or one that is a row of its own and says which part it counts.

    A row by itself can count anything: "Vehicle pursuits: 3,402".
    """
    if len(run) != 1:
        return bool(run)
    begin, after = run[0].begin, view.text(entry[run[0].id].amount.last)
    if run[0].end - begin > _LONGEST_ALONE:
        return False
    is_whole = (begin == 0 or view.text(begin - 1) == ":") and after in ("", ".", "(", "of")
    return is_whole and (_is_part(view, run[0]) or (begin == 0 and after == "" and view.text(0).islower()))


def _is_part(view: SentenceView, item: _Item) -> bool:
    """Return whether a label names a place, people, the rest of a total, or what happened."""
    stretch = view.between(item.begin, item.end)
    return (
        _mention_in(view, item) is not None
        or view.has(GRAMMAR.rest_of_all, item.begin, item.end)
        or not PEOPLE.keys().isdisjoint(stretch)
        or metric_of(stretch) is not None
    )


def _mention_in(view: SentenceView, item: _Item) -> Mention | None:
    within = (one for one in view.mentions if item.begin <= one.first and one.last <= item.end)
    return next((one for one in within if one.kind in LISTED), None)


def _label(view: SentenceView, entry: Sequence[Count], start: int, at: int) -> tuple[int, int]:
    """Return the first word of the label of a number, and the index after its last word."""
    end = entry[at].amount.first
    begin = min(end, max((one.end for one in entry[start:at]), default=0))
    while end > begin and (view.lower(end - 1) in GRAMMAR.label_joints | GRAMMAR.making_up):
        end -= 1
    begin = next((one + 1 for one in range(end - 1, begin - 1, -1) if view.text(one) in GRAMMAR.item_begins), begin)
    begin = next((one for one in range(end - 1, begin, -1) if one in view.cell_starts), begin)
    while begin < end and view.lower(begin) in GRAMMAR.between_items:
        begin += 1
    return begin, end


def _is_item(view: SentenceView, count: Count, begin: int, end: int) -> bool:
    label = view.between(begin, end)
    if not 0 < len(label) <= _LONGEST or not _VERBS.isdisjoint(label) or any(word.isdigit() for word in label):
        return False
    if label[-1] in GRAMMAR.no_label or not MEASURES.aged.isdisjoint(label):
        return False
    if label[-1].endswith("ed") and label[-1] not in CUES and "not" not in label and view.text(end - 1).islower():
        return False  # found 16 guilty, cleared three
    is_share = view.lower(end) in GRAMMAR.making_up and view.lower(count.amount.last) == "of"
    last = count.amount.last
    return is_share or last == len(view.sentence) or last in view.cell_starts or view.lower(last) in GRAMMAR.item_ends


def _read_list(view: SentenceView, entry: list[Count], run: Sequence[_Item], start: int, caption: str | None) -> None:
    """Read the numbers of a list by their labels, or else by what leads to the list or was counted before it."""
    model, total = last_figure(entry[start : run[0].id]), sum(entry[item.id].value for item in run)
    if model is not None and total > model.size:
        return
    led = None if model else metric_of(view.between(0, run[0].begin)) or caption
    model = whole = model or last_figure(entry[:start], lambda one: view.at - one.at <= _NEAR)
    has_counts = any(_is_open(entry[item.id]) or entry[item.id].is_combined for item in run)
    for item in run:
        count = entry[item.id]
        if led is not None and count.is_figure and count.rule.startswith(_PLACED):
            entry[item.id] = count._replace(metric=led, kind=_kind_of(led))
        elif _is_open(count) or (has_counts and _is_misread(view, count)):
            entry[item.id] = _read_item(view, entry, item, led, model)
        elif count.is_combined and not (count.nationalities or count.group):
            model = count
    if whole is not None and len(run) > 1 and (whole.at == view.at or whole.value == total):
        _divide(entry, run, whole)


def _divide_above(view: SentenceView, entry: list[Count], run: Sequence[_Item]) -> None:
    """Make a row or a share part of the number above: "of whom women: 318", "Chinese nationals accounted for 618".

    It is no part of the number of another year: "1,142 (2023: 876)".
    """
    for item in run:
        is_row = view.lower(item.begin) == "of" and view.lower(item.begin + 1) in GRAMMAR.them
        is_share = view.has(GRAMMAR.making_up - {"for"}, item.end, entry[item.id].amount.first)
        if is_row or (is_share and entry[item.id].nationalities):
            near = [one for one in entry[: item.id] if one.is_combined and view.at - one.at <= _NEAR]
            near = [one for one in near if all(date.end != one.amount.first - 1 for _, date in one.dates)]
            whole = last_figure(near, lambda one: one.whole is None and not one.is_comparison)
            entry[item.id] = as_part(entry[item.id], whole, entry)


def _divide(entry: list[Count], run: Sequence[_Item], whole: Count) -> None:
    """Make the numbers of a list parts of the number that they divide."""
    for count in [entry[item.id] for item in run]:
        if count.rule == IN_LIST and count.metric == whole.metric:
            entry[count.id] = as_part(count, whole, entry)


def _read_item(view: SentenceView, entry: Sequence[Count], item: _Item, led: str | None, model: Count | None) -> Count:
    """Read a number of a list as the metric of its label or of what leads to the list, or else like an earlier one."""
    count, left = entry[item.id], entry[item.id - 1]
    if item.is_column and left.is_combined:
        return count.counting_as(left, IN_LIST)._replace(province=left.province, divided_by=left.divided_by)
    if (metric := metric_of(view.between(item.begin, item.end)) or led) is not None:
        return _with_label(view, _counting(count, metric), item)
    if model is None or not model.is_combined:
        return count
    above = model if model.whole is None or model.at == view.at else entry[model.whole]
    return _with_label(view, count.counting_as(above, IN_LIST), item)


def _kind_of(metric: str) -> Kind:
    return Kind.PEOPLE if METRICS[metric].unit == "people" else Kind.THING


def _counting(count: Count, metric: str) -> Count:
    return count.reads(_kind_of(metric), IN_LIST, Grade.UNSURE)._replace(metric=metric, group=None, nationalities=())


def _with_label(view: SentenceView, count: Count, item: _Item) -> Count:
    """Return a count with what its label says about the people: a place, a nationality, or a group."""
    if view.has(GRAMMAR.rest_of_all, item.begin, item.end):
        return count._replace(nationalities=(), group=None)
    if (mention := _mention_in(view, item)) is not None:
        return divided_by(count._replace(group=None), mention)
    group = next((PEOPLE[word] for word in view.between(item.begin, item.end) if word in PEOPLE), None)
    return count._replace(group=group) if group and group != count.metric else count


def _is_joined(view: SentenceView, count: Count, following: Count) -> bool:
    """Return whether two numbers share a noun: "310, 275 and 65 persons"."""
    joint = view.between(count.amount.last, following.amount.first)
    return following.is_combined and bool(following.noun) and joint in ([","], ["and"], ["or"], ["+"])


def _continues(view: SentenceView, model: Count, count: Count) -> bool:
    """Return whether a number counts the same in another place or time.

    "Eight were arrested, six for trafficking and two on warrants", "54,205 (2022: 21,884)".
    """
    first, last = count.amount.first, count.amount.last
    between = view.between(model.end, first)
    if is_at_other_time(view, model, count):
        return True
    is_clause = len(between) <= _CLAUSE and view.lower(first - 1) in GRAMMAR.opening_further
    if view.lower(first - 1) in ("and", "but") and not _VERBS.isdisjoint(between):
        return False
    return is_clause and view.lower(last) in GRAMMAR.elsewhere and " ".join(view.pair(last)) not in GRAMMAR.adding_up


def is_at_other_time(view: SentenceView, model: Count, count: Count) -> bool:
    """Return whether a bracket compares a number with that of another time: "54,205 (2022: 21,884)"."""
    between = view.between(model.end, count.amount.first)
    opening = next((at for at in range(len(between) - 1, -1, -1) if between[at] in "()"), None)
    if opening is None or between[opening] != "(" or between[-1] != ":":
        return False
    return any(model.end + opening < at < count.amount.first for at, _ in view.dates)


def relate_parallel(view: SentenceView, count: Count, earlier: Sequence[Count]) -> Count:
    """Relate the number of a different place or time: "100,000 in Cambodia and some 120,000 in Myanmar"."""
    first, last = count.amount.first, count.amount.last
    if count.kind is not Kind.BARE or view.lower(first - 1) not in ("and", ",", ":"):
        return count
    after = view.by_first.get(last + 1)
    if after is not None and after.kind in PLACE_KINDS:
        model = last_figure(earlier, lambda one: one.kind is Kind.PEOPLE)
        if model is None:
            return count
        found = count.counting_as(model, "the same count in another place")
        return found._replace(nationalities=(), whole=model.whole, divided_by=model.divided_by)
    model = last_figure(earlier, lambda one: one.is_combined)
    is_dated = any(date.end == first - 1 for _, date in view.dates)
    is_dated &= view.text(first - 1) == ":" or view.lower(last) in GRAMMAR.after_number
    is_earlier = view.lower(last) in ("a", "the") and view.has(TRENDS.earlier, last, last + _EARLIER_NEAR)
    if model is not None and (is_dated or is_earlier or (view.lower(last) == "in" and view.text(last + 1).isdecimal())):
        return count.counting_as(model, ANOTHER_TIME)
    return count


def topic_of_list(title: str, before: Sequence[Sentence]) -> str | None:
    """Return what a list says that its numbers count, in its title or before its first entry: "a log of rescues"."""
    found = {metric for word in words(title) if (metric := CUES.get(word.lower))}
    for sentence in before:
        lowers = [word.lower for word in sentence]
        found |= {
            CUES[word] for at, word in enumerate(lowers) if at > 1 and word in CUES and lowers[at - 2] in GRAMMAR.lists
        }
    return found.pop() if len(found) == 1 else None


def caption_of(sentence: Sentence, *, of_people: bool = False) -> str | None:
    """Return the metric that a heading or the words before a colon name for the list below: "Deaths by cause"."""
    is_caption = sentence and (sentence[-1].text == ":" or sentence[-1].text not in FULL_STOPS)
    return metric_of([word.lower for word in sentence], of_people=of_people) if is_caption else None


def metric_of(label: Sequence[str], *, of_people: bool = False) -> str | None:
    """Return the metric that a label or a caption names first: "arrested", "nature of complaint".

    If `of_people`, it is the first metric of people: "arrested" in "cases and arrested suspects".
    """
    for word, after in pairwise((*label, "")):
        metric = CUES.get(word) or LABELS.get(word) or THINGS.get(word) or OWN_METRIC.get(word)
        is_wanted = metric and METRICS[metric].count != "none" and not (of_people and METRICS[metric].unit != "people")
        if is_wanted and after not in _NO_EVENT:
            return metric
    return None


def with_topic(view: SentenceView, entry: Sequence[Count], start: int, topic: str | None) -> Iterator[Count]:
    """Yield the counts of an item from `start` on. In an item without a verb, people get the metric of the list.

    Parts count the same as their whole, so they follow it.
    """
    is_topic = topic is not None and METRICS[topic].unit == "people" and not _has_verb(view)
    changed: set[int] = set()
    for count in entry[start:]:
        own = count.whole is None or count.whole in changed
        if is_topic and own and count.metric == "people" and count.kind is Kind.PEOPLE:
            changed.add(count.id)
            yield count._replace(metric=topic, rule=f"{count.rule}, in a list of {topic}", grade=Grade.UNSURE)
        else:
            yield count


def _has_verb(view: SentenceView) -> bool:
    """Return whether a sentence has a word that is probably its verb."""
    verbs = GRAMMAR.be | GRAMMAR.have | SPEECH.said | OUTCOMES.irregular
    return any(lower in verbs or is_past_form(lower) for lower in view.lowers)
