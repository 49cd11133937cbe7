"""Word lists of the records, free of pydantic, because reading needs them too.

Lists of kinds and roles are closed: any other word is refused. The list of groups is open: other words are accepted,
and ``check`` reports them. Databases store the order of ``ROLES`` as bits, so add a new role only at the end.
"""

from __future__ import annotations

from typing import NamedTuple

EVENT_KINDS = (
    "report", "statement", "denial", "rescue", "raid", "escape", "repatriation", "arrest", "court", "death",
    "crime", "listing", "meeting", "licence", "policy", "ranking", "closure", "warning",
)  # fmt: skip

ANSWER_LINKS = ("responds_to", "disputes")
"""The links by which an event answers an allegation."""

STANCES = ("denies", "rejects", "acknowledges", "acts", "comments")
"""Roles of those who answer an allegation, each of which says how."""

ACTIONS = ("raid", "rescue", "arrest", "court", "licence", "closure")
"""Kinds of event in which an authority acts against a site."""

ACTOR_KINDS = (
    "person", "government", "police", "court", "embassy", "international", "ngo", "company", "media", "gang", "group",
)  # fmt: skip

SITE_KINDS = ("compound", "casino", "hotel", "zone")

ROLES = (
    "speaker", "author", "subject", "rescuer", "victim", "defendant", "target", "alleges", "denies",
    "alleged_perpetrator", "alleged_owner", "mentioned", "rejects", "acknowledges", "acts", "comments",
)  # fmt: skip

LINK_TYPES = ("responds_to", "disputes", "follows", "repeats", "corrects", "distinct", "includes")

COUNTS = ("incident", "aggregate", "cumulative", "stock", "none")
"""What a figure counts: the occurrences of its event, those that somebody summed over a period, a running total since a
start, how many there are at one moment, or nothing that is ever combined."""

RENAMED_COUNTS = {"new": "aggregate"}
"""Earlier names of counts, which every input still accepts."""

HAPPENINGS = ("rescue", "raid", "escape", "arrest", "death", "crime", "repatriation")
"""Kinds of event that are something that happens. Their figures are incidents if the days are known."""

SITE_ROLES = ("located_at", "linked_to")
"""How a site takes part in an event: it happened there or is about the site, or only evidence links the two."""

FIGURE_GROUPINGS = (
    "country", "province", "site", "nationality", "group", "actor", "source", "kind", "month", "quarter", "year",
    "none",
)  # fmt: skip
"""By what ``stats`` groups figures."""

EVENT_GROUPINGS = (
    "country", "province", "site", "nationality", "actor", "source", "kind", "tag", "month", "quarter", "year", "none",
)  # fmt: skip
"""By what ``stats events`` groups events."""

RESPONSE_GROUPINGS = ("site", "province", "actor")
"""By what ``responses`` groups allegations."""

SPLITS = ("province", "nationality", "group")

STATUSES = ("reviewed", "draft")

PRECISIONS = ("point", "site", "town", "district", "province", "country")

GROUPS = (
    "children", "citizens", "defendants", "foreigners", "men", "minors", "nationals", "officials", "people",
    "perpetrators", "suspects", "victims", "women", "workers",
)  # fmt: skip


MEASURES = frozenset({"USD", "percent", "years"})
"""Units that are measured rather than counted: more than 5 of them may be 5.1."""


class Metric(NamedTuple):
    """What a figure counts, with the unit of its numbers, and the field by which ``stats`` groups it by default.

    ``count`` is what its figures count (`COUNTS`) unless the event or the figure says more.
    """

    name: str
    unit: str
    split: str | None
    count: str  # type: ignore[assignment]  # the word of the records, over a tuple's method
    about: str


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("complaints", "complaints", "province", "aggregate", "complaints that somebody received"),
        Metric("requests", "requests", "province", "aggregate", "requests for help or intervention"),
        Metric("reports", "reports", "province", "aggregate", "reports recorded by an authority"),
        Metric("cases", "cases", "province", "aggregate", "cases opened, cracked down on or brought to court"),
        Metric("premises", "premises", "province", "aggregate", "buildings raided, searched or closed"),
        Metric("rescues", "people", "nationality", "aggregate", "people rescued, released or freed"),
        Metric("escapes", "people", "nationality", "aggregate", "people who escaped by themselves"),
        Metric("repatriations", "people", "nationality", "aggregate", "people returned to their country"),
        Metric("victims", "people", "nationality", "aggregate", "people called victims by the source"),
        Metric("suspects", "people", "nationality", "aggregate", "people called suspects by the source"),
        Metric("arrests", "people", "nationality", "aggregate", "people arrested"),
        Metric("detentions", "people", "nationality", "aggregate", "people detained by an authority"),
        Metric("deaths", "people", "nationality", "aggregate", "people found or said to be dead"),
        Metric(
            "people",
            "people",
            "nationality",
            "aggregate",
            "people, where nobody says what happened to them",
        ),
        Metric("captives", "people", "nationality", "stock", "people held at a moment"),
        Metric("losses", "USD", "nationality", "aggregate", "money lost to scams"),
        Metric("sentences", "years", None, "none", "length of a sentence"),
        Metric("articles", "articles", None, "none", "articles published"),
        Metric("members", "members", None, "none", "members or subscribers of a channel or group"),
        Metric("nationalities", "nationalities", None, "none", "how many nationalities"),
        Metric("provinces", "provinces", None, "none", "how many provinces"),
        Metric("change", "percent", None, "none", "a change between two figures, signed: a decline is negative"),
        Metric("share", "percent", None, "none", "a part of a whole"),
    )
}
