"""Small random timelines of one metric, in which numbers overlap in every way that the rules know.

What the rules leave open is avoided: two undated totals of the same place and people, three answers in one event, and
statements about one incident that name different places or have differently long days.
"""

from random import Random
from typing import NamedTuple

from scamcli.language.dates import Period, parse_during
from scamcli.numbers.records import Figure, Key, Link, Split

SIZES = (2, 3, 4, 4, 5, 5, 6, 6, 7, 7)
"""How many figures a timeline has."""
DAYS = ("2022-01-30", "2022-01-31", "2022-02-01", "2022-02-10", "2022-02-11", "2022-03-05")
"""Few days, so that several raids are on one day and some are near each other in two months."""
PERIODS = (
    "2022-01", "2022-02", "2022-Q1", "2022-Q1", "2022-Q2", "2022", "2022", "2022-01-15/2022-02-10",
    "2022-02-10/2022-03-20", "2022-01-01/2022-01-31", "2022-02-11/2022-02-28",
)  # fmt: skip
PLACES = (("KH", "Kandal"), ("KH", "Kandal"), ("KH", "Kampot"), ("KH", None), ("TH", None), (None, None))
NATIONALITIES = (None, None, None, "Thai", "Kenyan")
SPEAKERS = ("Police", "Ministry", "Paper", "Charity")
AFTER_ALL = parse_during("2023-01-10")


class Timeline(NamedTuple):
    """The figures of a timeline, the links between its events, and the pairs of incidents that may be one."""

    figures: list[Figure]
    links: list[Link]
    suspected: list[tuple[Key, Key]]


def random_timeline(seed: int) -> Timeline:
    """Return the timeline of a seed. A world exists for about half of them."""
    return _Builder(Random(seed)).build()


class _Builder:
    """Adds scenes, of one to three figures each, until the timeline is as large as it should be."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.figures: list[Figure] = []
        self.links: list[Link] = []
        self.suspected: list[tuple[Key, Key]] = []
        self.events = 0
        self.linked: set[str] = set()

    def build(self) -> Timeline:
        size = self.random.choice(SIZES)
        scenes = [
            self.raid, self.raid, self.raid, self.total, self.total, self.total, self.total, self.raid_in_parts,
            self.total_in_parts, self.two_numbers, self.wider_number, self.groups, self.second_answer,
            self.linked_report, self.linked_report, self.longer_report, self.running_totals, self.distinct,
            self.distinct, self.includes, self.suspected_report, self.suspected_report, self.undated_total,
        ]  # fmt: skip
        while len(self.figures) < size:
            before = len(self.figures), len(self.links), len(self.suspected)
            self.random.choice(scenes)()
            if len(self.figures) > max(SIZES):
                del self.figures[before[0] :], self.links[before[1] :], self.suspected[before[2] :]
        self.random.shuffle(self.figures)
        return Timeline(self.figures, self.links, self.suspected)

    # Scenes.

    def raid(self) -> None:
        """Add one incident."""
        self.figures.append(self._raid(self._new_event()))

    def raid_in_parts(self) -> None:
        """Add an incident with two parts, by nationality or province."""
        self._add_parts(self._raid(self._new_event()))

    def total(self) -> None:
        """Add a period total, which may have been said before its period ended."""
        self.figures.append(self._total(self._new_event()))

    def total_in_parts(self) -> None:
        """Add a period total with two parts."""
        self._add_parts(self._total(self._new_event()))

    def undated_total(self) -> None:
        """Add a total that does not say of when, unless there is one of the same place and people."""
        total = self._total(self._new_event())._replace(period=None)
        scopes = [_place_and_people(figure) for figure in self.figures if figure.period is None]
        if _place_and_people(total) not in scopes:
            self.figures.append(total)

    def two_numbers(self) -> None:
        """Add an event with two numbers of one scope, by one speaker or by two."""
        first = self._raid(self._new_event())
        speaker = self.random.choice((first.stated_by, _another(self.random, first.stated_by)))
        near = self._number_near(first)
        self.figures += [first, near._replace(id="f2", stated_by=speaker)]

    def wider_number(self) -> None:
        """Add an event with a number of all people, and one of a nationality that is not declared as its part."""
        wide = self._raid(self._new_event())._replace(nationality=None)
        narrow = self._with_number(wide._replace(id="f2", nationality="Thai"), at_most=_largest(wide))
        self.figures += [wide, narrow]

    def groups(self) -> None:
        """Add women and workers of one incident, with or without a whole that is declared to be split by group."""
        women = self._raid(self._new_event())._replace(group="women")
        workers = self._with_number(women._replace(id="f2", group="workers"))
        if self.random.random() < 0.5:
            split = Split("group", self.random.choice((None, False)))
            whole = self._with_number(women._replace(id="whole", group=None, split=split))
            whole = self._enough(whole, [women, workers])
            self.figures += [whole, women._replace(part_of="whole"), workers._replace(part_of="whole")]
        else:
            self.figures += [women, workers]

    def second_answer(self) -> None:
        """Add what another speaker says about the days, place and people of a total."""
        totals = [figure for figure in self.figures if figure.count != "incident" and figure.part_of is None]
        if totals:
            total = self.random.choice(totals)
            if total.period is None or total.split is not None:
                return
            answer = self._number_near(total)._replace(
                event=self._new_event(), id="f1", stated_by=_another(self.random, total.stated_by), count="aggregate"
            )
            self.figures.append(answer)

    def linked_report(self) -> None:
        """Add an event that repeats, disputes, corrects or updates a number that is alone in its event."""
        about = self._pick_alone(counts=("incident", "aggregate", "cumulative"))
        if about is None:
            return
        kind = self.random.choice(("repeats", "repeats", "disputes", "disputes", "corrects", "updates"))
        replaces = kind in ("corrects", "updates")
        report = self._exactly(about) if replaces else self._number_near(about)
        report = report._replace(event=self._new_event(), stated_by=_another(self.random, about.stated_by))
        left_out = self.random.choice(("province", "nationality", "period", "country", None, None))
        if left_out is not None and not (left_out == "country" and report.province):
            report = _changed(report, left_out, None)
        self._link(kind, report, about)

    def longer_report(self) -> None:
        """Add a total of more days that repeats an incident, which makes the two a total."""
        about = self._pick_alone(counts=("incident",))
        if about is not None:
            longer = Period(_first_day(about) - 2, _last_day(about) + self.random.choice((0, 4)), True)
            report = self._number_near(about)._replace(count="aggregate", period=longer, day=AFTER_ALL)
            self._link("repeats", report._replace(event=self._new_event(), stated_by="Charity"), about)

    def running_totals(self) -> None:
        """Add two or three running totals by one speaker, which usually rise."""
        place = self.random.choice(PLACES)
        nationality = self.random.choice(NATIONALITIES)
        speaker = self.random.choice(SPEAKERS)
        ends = sorted(self.random.sample(("2022-01-20", "2022-02-05", "2022-02-28", "2022-03-15"), 2))
        numbers = [self.random.randint(0, 60) for _ in ends]
        if self.random.random() < 0.75:
            numbers.sort()
        for end, number in zip(ends, numbers, strict=True):
            period = parse_during(f"2022-01-01/{end}")
            total = self._figure(self._new_event(), "cumulative", place, nationality, period)
            total = _bounded(total, number, number, number)._replace(stated_by=speaker, day=parse_during(end))
            self.figures.append(total)

    def distinct(self) -> None:
        """Declare that two events have nothing in common."""
        events = sorted({figure.event for figure in self.figures})
        if len(events) >= 2:
            first, second = self.random.sample(events, 2)
            related = [{link.event, link.target} for link in self.links]
            in_doubt = {event for pair in self.suspected for event, _ in pair}
            if {first, second} not in related and not in_doubt & {first, second}:
                self.links.append(Link("distinct", first, second))
                self.linked |= {first, second}

    def includes(self) -> None:
        """Add an incident that states less than a total, which is declared to include it."""
        total = self._pick_alone(counts=("aggregate",))
        if total is None:
            return
        raid = self._raid(self._new_event())._replace(country=None, province=None)
        self.figures.append(self._with_number(raid, at_most=_largest(total)))
        self.links.append(Link("includes", total.event, raid.event))
        self.linked |= {total.event, raid.event}

    def suspected_report(self) -> None:
        """Add an incident of another event that may be one that is there: near in time, and no name excludes it."""
        about = self._pick_alone(counts=("incident",))
        if about is None or len(self.suspected) >= 2:
            return
        report = self._suspected(about)
        self.figures.append(report)
        self.suspected.append((about.key, report.key))
        self.linked |= {report.event, about.event}
        if self.random.random() < 0.2:
            third = self._suspected(about)._replace(period=about.period, day=about.day)
            self.figures.append(third)
            self.suspected += [(about.key, third.key), (report.key, third.key)]
            self.linked.add(third.event)

    # What scenes are made of.

    def _new_event(self) -> str:
        self.events += 1
        return f"e{self.events}"

    def _raid(self, event: str) -> Figure:
        period = parse_during(self.random.choice(DAYS))
        if self.random.random() < 0.1:
            period = parse_during("2022-01-30/2022-02-01")
        place, nationality = self.random.choice(PLACES), self.random.choice(NATIONALITIES)
        return self._with_number(self._figure(event, "incident", place, nationality, period))

    def _total(self, event: str) -> Figure:
        period = parse_during(self.random.choice(PERIODS))
        total = self._figure(event, "aggregate", self.random.choice(PLACES), self.random.choice(NATIONALITIES), period)
        said = AFTER_ALL
        if self.random.random() < 0.25:
            first, last = _first_day(total), _last_day(total)
            day = self.random.randint(first + 10, max(last, first + 10))
            said = Period(day, day, True)
        total = self._with_number(total._replace(day=said))
        inside = [figure for figure in self.figures if figure.part_of is None and _seems_inside(figure, total)]
        return self._enough(total, inside)

    def _figure(
        self, event: str, count: str, place: tuple[str | None, str | None], nationality: str | None, period: Period
    ) -> Figure:
        country, province = place
        return Figure(
            event=event, id="f1", metric="rescues", unit="people", stated=None, low=None, best=None, high=None,
            province=province, nationality=nationality, group=None, period=period, count=count,
            stated_by=self.random.choice(SPEAKERS), part_of=None, split=None, day=period, country=country,
        )  # fmt: skip

    def _suspected(self, about: Figure) -> Figure:
        day = _first_day(about) + self.random.choice((0, 0, 0, 1, 1, 2, 3))
        when = (
            about.period if day == _first_day(about) else Period(day, day + _last_day(about) - _first_day(about), True)
        )
        report = self._number_near(about)._replace(event=self._new_event(), period=when, day=when)
        report = report._replace(stated_by=_another(self.random, about.stated_by))
        left_out = self.random.choice(("province", "nationality", None, None, None))
        return report if left_out is None else _changed(report, left_out, None)

    def _add_parts(self, whole: Figure) -> None:
        by = self.random.choice(("nationality", "province")) if whole.country == "KH" else "nationality"
        values = ("Kandal", "Kampot") if by == "province" else ("Thai", "Kenyan")
        whole = _changed(whole, by, None)._replace(id="whole", split=Split(by, self.random.choice((None, False, True))))
        part = whole._replace(part_of="whole", split=None)
        parts = [
            self._with_number(_changed(part, by, value)._replace(id=f"f{number}"))
            for number, value in enumerate(values, 1)
        ]
        if whole.split is not None and whole.split.complete and self.random.random() < 0.8:
            number = sum(_largest(part) for part in parts)
            self.figures += [_bounded(whole, number, number, number), *parts]
        else:
            self.figures += [self._enough(whole, parts), *parts]

    def _with_number(self, figure: Figure, at_most: int = 60) -> Figure:
        """Give a figure a number: mostly an exact one."""
        number = self.random.randint(0, at_most)
        wording = self.random.choice((*["exact"] * 8, "at least", "about", "up to", "range"))
        if wording == "at least":
            return _bounded(figure, number, None, None)
        if wording == "about":
            return _bounded(figure, None, number, None)
        if wording == "up to":
            return _bounded(figure, None, None, number)
        if wording == "range":
            return _bounded(figure, number, None, number + self.random.randint(1, 12))
        return _bounded(figure, number, number, number)

    def _number_near(self, figure: Figure) -> Figure:
        """Give a copy of a figure its own number, another one, or other words."""
        if self.random.random() < 0.4:
            return self._with_number(figure)
        return self._exactly(figure)

    def _exactly(self, figure: Figure) -> Figure:
        number = max(0, _largest(figure) + self.random.choice((-8, -3, 0, 0, 2, 5, 15)))
        return _bounded(figure, number, number, number)

    def _enough(self, outer: Figure, inside: list[Figure]) -> Figure:
        """Raise a number, usually, to what is known to lie in it, or a little more."""
        needed = sum(figure.low or 0 for figure in inside)
        if outer.high is None or outer.high >= needed or self.random.random() < 0.55:
            return outer
        number = int(needed) + self.random.choice((0, 0, 1, 7, 20))
        return _bounded(outer, number, number, number)

    def _pick_alone(self, counts: tuple[str, ...]) -> Figure | None:
        """Return a number that is alone in an event which has no links and is not suspected."""
        events = [figure.event for figure in self.figures]
        alone = [
            figure
            for figure in self.figures
            if figure.count in counts and events.count(figure.event) == 1 and figure.event not in self.linked
        ]
        return self.random.choice(alone) if alone else None

    def _link(self, kind: str, report: Figure, about: Figure) -> None:
        self.figures.append(report)
        self.links.append(Link(kind, report.event, about.event))
        self.linked |= {report.event, about.event}


def _bounded(figure: Figure, low: int | None, best: int | None, high: int | None) -> Figure:
    """Return a figure with these bounds, and the words for them."""
    if best is not None and low is None:
        words = f"about {best}"
    elif high is None:
        words = f"at least {low}"
    elif low is None:
        words = f"up to {high}"
    else:
        words = str(low) if low == high else f"{low} to {high}"
    return figure._replace(stated=words, low=low, best=best, high=high)


def _changed(figure: Figure, field: str, value: str | None) -> Figure:
    return figure._replace(**{field: value})  # type: ignore[arg-type]


def _largest(figure: Figure) -> int:
    return int(max(number for number in figure.bounds if number is not None))


def _first_day(figure: Figure) -> int:
    return figure.period.start or 0 if figure.period else 0


def _last_day(figure: Figure) -> int:
    return figure.period.end or 0 if figure.period else 0


def _another(random: Random, speaker: str | None) -> str:
    return random.choice([other for other in SPEAKERS if other != speaker])


def _place_and_people(figure: Figure) -> tuple[object, ...]:
    return figure.country, figure.province, figure.nationality, figure.group


def _seems_inside(figure: Figure, total: Figure) -> bool:
    """Say roughly whether a figure lies in a total; the rules are more exact."""
    if figure.period is None or total.period is None:
        return False
    is_during = _first_day(total) <= _first_day(figure) and _last_day(figure) <= _last_day(total)
    stated = zip(_place_and_people(total), _place_and_people(figure), strict=True)
    return is_during and all(outer is None or outer == inner for outer, inner in stated)
