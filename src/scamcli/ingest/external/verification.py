"""Turn the drafts of a reader into proposals that contain only what the text and the vocabulary confirm.

Every value of a proposal is read from the text again, or is a word of the vocabulary. What cannot be confirmed is left
out, and the reader's own choices (kind, role, metric, count) are graded unsure. Nothing is graded sure, because no rule
of ours says that these parts belong together.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.entry_dates import words_of_dates, written_dates
from scamcli.ingest.external.quotes import UnverifiedError, is_bounded
from scamcli.ingest.external.reread_dates import RereadDate, reread_date
from scamcli.ingest.external.reread_numbers import is_english, reread_number
from scamcli.ingest.external.reread_words import country_of, nationality_of, province_of
from scamcli.ingest.figures import choose_counts
from scamcli.ingest.proposal import Grade, Proposal, Reason, Span
from scamcli.ingest.reading.publication import sources_of
from scamcli.ingest.titles import shorten, without_names
from scamcli.ingest.words import sentences
from scamcli.language import gazetteer
from scamcli.language.vocabulary import COUNTS, EVENT_KINDS, METRICS, ROLES
from scamcli.records.masking import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scamcli.ingest.external.passages import Passages
    from scamcli.ingest.external.protocol import Quoted, QuotedActor, QuotedFigure, QuotedName, QuotedValue, ReaderDraft
    from scamcli.ingest.proposal import Metadata
    from scamcli.language.vocabulary import Metric
    from scamcli.records.types import FigureDict, ParticipantDict

LONGEST_NAME = 100
"""The most characters of a name. Longer ones are sentences."""
LONGEST_PASSAGE = 5_000
"""The most characters of the quote of a draft. Longer ones are no passage that reports one event."""

_OUTSIDE = "outside the passage"

Part = TypeVar("Part", bound="Quoted")
Made = TypeVar("Made")


class Verified(NamedTuple):
    """A proposal, and the parts of its draft that were left out, each with the reason."""

    proposal: Proposal
    left_out: tuple[str, ...]


class Verifier:
    """Verifies the drafts of one reader of one text.

    Args:
        passages: the text.
        about: its publication.
        metrics: the metrics that the timeline defines, by name.
        reader: name and version of the reader.
        withheld: names of people who may be victims, which are in no title.
    """

    def __init__(
        self, passages: Passages, about: Metadata, metrics: Mapping[str, Metric], reader: str,
        withheld: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.passages = passages
        self.about = about
        self.own_metrics = metrics
        self.reader = reader
        self.withheld = withheld

    def verify(self, draft: ReaderDraft) -> Verified:
        """Return the proposal that a draft becomes.

        Raises:
            UnverifiedError: its passage, date or kind cannot be confirmed.
        """
        quote = self.passages.find(draft)
        if quote.end - quote.start > LONGEST_PASSAGE:
            raise UnverifiedError(f"the quote is longer than {LONGEST_PASSAGE:,} characters")
        return _Draft(self, draft, quote).verified()


class _Draft:
    """One draft while it is verified."""

    def __init__(self, verifier: Verifier, draft: ReaderDraft, quote: Span) -> None:
        self._passages, self._verifier, self._draft = verifier.passages, verifier, draft
        self._passage = self._passages.whole_sentences(quote)
        self._reasons: list[Reason] = []
        self._left_out: list[str] = []
        self._actors: dict[str, str] = {}
        """The names of the verified actors, by the names in the draft."""
        self._numbers: list[Span] = []

    def verified(self) -> Verified:
        draft = self._draft
        date, heading = self._date(draft.date)
        kind = self._kind(draft.kind)
        actors = list(self._each("actors", draft.actors, self._actor))
        sites = list(dict.fromkeys(self._each("sites", draft.sites, self._site)))
        provinces = self._places("provinces", draft.provinces, province_of)
        countries = self._places("countries", draft.countries, country_of)
        nationalities = self._places("nationalities", draft.nationalities, nationality_of)
        figures = self._with_ids(self._each("figures", draft.figures, self._figure))
        in_countries = list(dict.fromkeys([*countries, *map(gazetteer.country_of, provinces)]))
        choose_counts(figures, kind, date.date, self._verifier.own_metrics, in_countries)
        groups = [figure["nationality"] for figure in figures if figure["nationality"]]
        record = {
            "type": "event", "id": None, "date": date.date, "kind": kind, "title": self._title(), "summary": None,
            "status": "draft", "actors": [one for at, one in enumerate(actors) if one not in actors[:at]],
            "provinces": provinces, "places": [], "sites": sites, "linked_sites": [], "countries": in_countries,
            "nationalities": list(dict.fromkeys([*nationalities, *groups])), "tags": [], "figures": figures,
            "sources": sources_of(self._verifier.about, self._passages.text[slice(*heading)]), "links": [],
            "dataset": None, "note": None,
        }  # fmt: skip
        proposal = Proposal(record, self._passage, tuple(self._reasons), tuple(self._unread()))
        return Verified(proposal, tuple(self._left_out))

    def _each(self, name: str, parts: Iterable[Part], make: Callable[[Part, Span], Made]) -> Iterator[Made]:
        """Yield what the confirmed parts of a list become, and note why the others are left out."""
        for number, part in enumerate(parts, 1):
            try:
                yield make(part, self._passages.find(part, self._passage))
            except UnverifiedError as error:
                self._left_out.append(f"{name} {number}: {error}")

    def _is_inside(self, span: Span) -> bool:
        return self._passage.start <= span.start <= span.end <= self._passage.end

    def _around(self, span: Span) -> Span:
        """Return the sentences around a span."""
        return self._passage if self._is_inside(span) else self._passages.whole_sentences(span)

    def _explain(self, field: str, span: Span, rule: str, grade: Grade) -> None:
        """Note why a field has its value. Words outside the passage may not belong to it, so they make it unsure."""
        if not self._is_inside(span):
            rule, grade = f"{rule}, {_OUTSIDE}", Grade.UNSURE
        grade = Grade.LIKELY if grade is Grade.SURE else grade
        self._reasons.append(Reason(field, span, rule, grade, self._verifier.reader))

    def _date(self, part: QuotedValue) -> tuple[RereadDate, Span]:
        span = self._passages.find(part, self._passage)
        try:
            found = reread_date(self._passages.text, self._around(span), span, part.value, self._verifier.about)
        except ValueError:
            raise UnverifiedError("the date is not EDTF") from None
        if found is None:
            raise UnverifiedError("the quote of the date does not say this date")
        self._explain("date", span, found.rule, found.grade)
        return found, span

    def _kind(self, part: QuotedValue) -> str:
        if part.value not in EVENT_KINDS:
            raise UnverifiedError("the kind is not in the vocabulary")
        self._explain("kind", self._passages.find(part, self._passage), "chosen by the reader", Grade.UNSURE)
        return part.value

    def _title(self) -> str:
        """Return the title if the passage has its words, or else the beginning of the passage; without victims."""
        wanted, span = self._draft.title, self._passage
        if wanted is not None:
            try:
                span = self._passages.words_in(wanted, self._passage, wanted)
            except UnverifiedError:
                self._left_out.append("title: its words are not in the passage")
        whole = self._passages.words_at(span).rstrip(".。។")
        return shorten(without_names(whole, self._verifier.withheld))

    def _name(self, part: QuotedName, span: Span) -> str:
        name = self._passages.name_in(part.name, span, part.quote)
        if len(name) > LONGEST_NAME or not any(map(str.isalpha, name)) or is_placeholder(name):
            raise UnverifiedError("it is not a name")
        return name

    def _actor(self, part: QuotedActor, span: Span) -> ParticipantDict:
        if part.role not in ROLES:
            raise UnverifiedError("the role is not in the vocabulary")
        name = self._actors[part.name] = self._name(part, span)
        chosen = part.role != "mentioned"
        rule, grade = ("role chosen by the reader", Grade.UNSURE) if chosen else ("name in the text", Grade.LIKELY)
        self._explain(f"actors.{name}", span, rule, grade)
        return {"name": name, "role": part.role}

    def _site(self, part: QuotedName, span: Span) -> str:
        name = self._name(part, span)
        self._explain(f"sites.{name}", span, "name in the text", Grade.LIKELY)
        return name

    def _places(self, key: str, parts: Iterable[QuotedValue], read: Callable[[str, str], str | None]) -> list[str]:
        def make(part: QuotedValue, span: Span) -> str:
            if not is_bounded(self._passages.text, span):
                raise UnverifiedError("the quote cuts a word")
            value = read(part.value, self._passages.words_at(span))
            if value is None:
                raise UnverifiedError("the quote does not name it")
            self._explain(f"{key}.{value}", span, "named in the text", Grade.LIKELY)
            return value

        return list(dict.fromkeys(self._each(key, parts, make)))

    def _figure(self, part: QuotedFigure, span: Span) -> FigureDict:
        metric = self._verifier.own_metrics.get(part.metric) or METRICS.get(part.metric)
        if metric is None:
            raise UnverifiedError("the metric is not in the vocabulary")
        if part.count is not None and part.count not in COUNTS:
            raise UnverifiedError("what it counts is not in the vocabulary")
        wording = self._passages.words_in(part.wording, span, part.quote)
        number = reread_number(self._passages.text, self._around(wording), wording, metric)
        self._numbers.append(number.span)
        self._explain("figures", number.span, number.rule, number.grade)
        self._explain("figures", span, "metric chosen by the reader", Grade.UNSURE)
        low, best, high = number.bounds
        return {
            "id": None, "metric": metric.name, "unit": number.unit, "stated": number.stated, "low": low, "best": best,
            "high": high, "country": None, "province": None,
            "nationality": self._detail("nationality", part.nationality, lambda one: self._nationality(one, span)),
            "group": self._detail("group", part.group, lambda one: self._group(one, span, part.quote)),
            "period": None, "count": part.count, "stated_by": self._detail("by", part.by, self._actors.get),
            "part_of": None, "split": None, "of": None, "note": None,
        }  # fmt: skip

    def _detail(self, name: str, value: str | None, read: Callable[[str], str | None]) -> str | None:
        """Return a detail of a figure. If the text does not confirm it, note that, and return ``None``."""
        found = None if value is None else read(value)
        if value is not None and found is None:
            self._left_out.append(f"{name} of a figure: the text does not confirm it")
        return found

    def _nationality(self, value: str, span: Span) -> str | None:
        return nationality_of(value, self._passages.words_at(span))

    def _group(self, value: str, span: Span, quote: str) -> str | None:
        try:
            found = self._passages.words_at(self._passages.words_in(value, span, quote)).lower()
        except UnverifiedError:
            return None
        return found if len(found) <= LONGEST_NAME else None

    def _with_ids(self, figures: Iterable[FigureDict]) -> list[FigureDict]:
        """Give figures ids, which their reasons then name, and drop figures that repeat an earlier one."""
        kept: list[FigureDict] = []
        times = Counter[str]()
        before = len(self._reasons)
        for figure in figures:
            own, self._reasons[before:] = self._reasons[before:], []
            if any(figure == one | {"id": None} for one in kept):
                continue
            times[figure["metric"]] += 1
            number = times[figure["metric"]]
            id_ = figure["metric"] if number == 1 else f"{figure['metric']}-{number}"
            fields = (f"figures.{id_}", f"figures.{id_}.metric")
            self._reasons += [one._replace(field=field) for one, field in zip(own, fields, strict=True)]
            before = len(self._reasons)
            kept.append({**figure, "id": id_})
        return kept

    def _unread(self) -> Iterator[Span]:
        """Yield the numbers of the passage that are in no figure, if the rules can read its language."""
        text = self._passages.text
        for sentence in sentences(text, self._passage.start, self._passage.end):
            for one in amounts(sentence, text, words_of_dates(written_dates(sentence))) if is_english(sentence) else ():
                span = Span(sentence[one.first].start, sentence[one.last - 1].end)
                if not any(span.start < other.end and other.start < span.end for other in self._numbers):
                    yield span
