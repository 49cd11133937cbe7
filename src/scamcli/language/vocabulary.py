"""The word lists of records, kept free of pydantic because commands that only read need them too.

Kinds and roles are closed lists: other words are refused. Groups are an open list: other words are accepted, but
``check`` reports them. Databases store the order of ``ROLES`` as bits, so add a new role only at the end.
"""

from __future__ import annotations

EVENT_KINDS = (
    "report", "statement", "denial", "rescue", "raid", "escape", "repatriation", "arrest", "court", "death",
    "crime", "listing", "meeting", "licence", "policy", "ranking", "closure", "warning", "sanction", "indictment",
    "seizure", "extradition", "deportation", "conviction",
)  # fmt: skip

KIND_NOTES = {
    "repatriation": "people return to their own country",
    "court": "a step in a legal case, other than an indictment or a conviction",
    "listing": "a person or a job is offered for sale",
    "ranking": "a country or an organisation is rated",
    "sanction": "a government or an international body puts people or companies under sanctions",
    "indictment": "somebody is charged or indicted",
    "seizure": "money or property is frozen, seized or confiscated",
    "extradition": "a country hands somebody over to another country for trial or punishment",
    "deportation": "a country expels foreigners",
    "conviction": "somebody is convicted or sentenced",
}
"""What the less obvious kinds of event mean."""

ANSWER_LINKS = ("responds_to", "disputes")
"""The links that mark an event as an answer to an allegation."""

STANCES = ("denies", "rejects", "acknowledges", "acts", "comments")
"""Roles of actors who answer an allegation. Each role is also the stance of the answer."""

ACTIONS = (
    "raid", "rescue", "arrest", "court", "licence", "closure", "sanction", "indictment", "seizure", "extradition",
    "deportation", "conviction",
)  # fmt: skip
"""Kinds of event where an authority acts against a site."""

ACTOR_KINDS = (
    "person", "government", "police", "court", "embassy", "international", "ngo", "company", "media", "gang", "group",
)  # fmt: skip

ACTOR_KEYS = ("name", "stated_by", "outlet", "via")
"""Keys of participants, figures, sources and claims about sites that have the name of an actor as their value."""

SITE_KINDS = ("compound", "casino", "hotel", "zone")

SITE_STATUSES = ("operating", "raided", "closed", "reopened", "abandoned", "under_construction", "demolished")
"""What a claim can say about the state of a site at a time."""

ROLES = (
    "speaker", "author", "subject", "rescuer", "victim", "defendant", "target", "alleges", "denies",
    "alleged_perpetrator", "alleged_owner", "mentioned", "rejects", "acknowledges", "acts", "comments",
)  # fmt: skip

LINK_TYPES = ("responds_to", "disputes", "follows", "repeats", "corrects", "updates", "distinct", "includes")

COUNTS = ("incident", "aggregate", "cumulative", "stock", "none")
"""What a figure counts.

It counts the occurrences of its event, a sum over a period, a running total since a start, a number at one moment, or
something that is never combined.
"""

RENAMED_COUNTS = {"new": "aggregate"}
"""Earlier names of counts, which are still accepted in all input."""

HAPPENINGS = ("rescue", "raid", "escape", "arrest", "death", "crime", "repatriation", "seizure", "deportation")
"""Kinds of event where something happens. Their figures are incidents if the days are known."""

SITE_ROLES = ("located_at", "linked_to")
"""How a site is related to an event: the event happened there or is about the site, or only evidence links the two."""

FIGURE_GROUPINGS = (
    "country", "province", "site", "nationality", "group", "actor", "source", "kind", "month", "quarter", "year",
    "none",
)  # fmt: skip
"""The fields that ``stats`` can group figures by."""

EVENT_GROUPINGS = (
    "country", "province", "site", "nationality", "actor", "source", "kind", "tag", "month", "quarter", "year", "none",
)  # fmt: skip
"""The fields that ``stats events`` can group events by."""

RESPONSE_GROUPINGS = ("site", "country", "province", "actor")
"""By what ``responses`` groups allegations."""

SITE_GROUPINGS = ("country", "province", "status")
"""By what ``sites`` counts."""

SPLITS = ("province", "nationality", "group")

STATUSES = ("reviewed", "draft")

PRECISIONS = ("point", "site", "town", "district", "province", "country")

GROUPS = (
    "children", "citizens", "defendants", "foreigners", "men", "minors", "nationals", "officials", "people",
    "perpetrators", "suspects", "victims", "women", "workers",
)  # fmt: skip

MEASURES = frozenset({"USD", "percent", "years"})
"""Units of measurement, in which "more than 5" can mean 5.1."""


class Metric:
    """A metric: what a figure counts, its unit, and the field that ``stats`` groups it by if none is given.

    ``count`` is the default count of its figures (`COUNTS`), unless the event or the figure is more specific.
    """

    def __init__(self, name: str, unit: str, split: str | None, count: str, about: str) -> None:
        self.name = name
        self.unit = unit
        self.split = split
        self.count = count
        self.about = about

    def has_negatives(self, unit: str | None = None) -> bool:
        """Say whether a figure with this unit can be below zero: a change in percent can, and own metrics may."""
        return self.name not in METRICS or (unit or self.unit) == "percent"


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("complaints", "complaints", "province", "aggregate", "complaints that somebody received"),
        Metric("requests", "requests", "province", "aggregate", "requests for help or intervention"),
        Metric("reports", "reports", "province", "aggregate", "reports recorded by an authority"),
        Metric("cases", "cases", "province", "aggregate", "cases opened, cracked down on or brought to court"),
        Metric("premises", "premises", "province", "aggregate", "buildings raided, searched or closed"),
        Metric("rescues", "people", "nationality", "aggregate", "people rescued, released or freed"),
        Metric("escapes", "people", "nationality", "aggregate", "people who got out on their own"),
        Metric("repatriations", "people", "nationality", "aggregate", "people returned to their country"),
        Metric("victims", "people", "nationality", "aggregate", "people called victims by the source"),
        Metric("suspects", "people", "nationality", "aggregate", "people called suspects by the source"),
        Metric("arrests", "people", "nationality", "aggregate", "people arrested"),
        Metric("detentions", "people", "nationality", "aggregate", "people detained by an authority"),
        Metric("deaths", "people", "nationality", "aggregate", "people found or said to be dead"),
        Metric("people", "people", "nationality", "aggregate", "people, where nobody says what happened to them"),
        Metric("captives", "people", "nationality", "stock", "people held at a moment"),
        Metric("injuries", "people", "nationality", "aggregate", "people injured or wounded"),
        Metric("missing", "people", "nationality", "stock", "people missing at a moment"),
        Metric("survivors", "people", "nationality", "aggregate", "people called survivors by the source"),
        Metric("charged", "people", "nationality", "aggregate", "people charged, indicted or put on trial"),
        Metric("convictions", "people", "nationality", "aggregate", "people convicted or sentenced"),
        Metric("deportations", "people", "nationality", "aggregate", "people deported, expelled or extradited"),
        Metric("losses", "USD", "nationality", "aggregate", "money lost to scams"),
        Metric("fines", "USD", None, "aggregate", "money that somebody has to pay as a fine or penalty"),
        Metric("assets", "USD", None, "aggregate", "value of money and property frozen, seized or confiscated"),
        Metric("sentences", "years", None, "none", "length of a sentence"),
        Metric("articles", "articles", None, "none", "articles published"),
        Metric("members", "members", None, "none", "members or subscribers of a channel or group"),
        Metric("nationalities", "nationalities", None, "none", "how many nationalities"),
        Metric("provinces", "provinces", None, "none", "how many provinces"),
        Metric("change", "percent", None, "none", "a change between two figures, signed: a decline is negative"),
        Metric("share", "percent", None, "none", "a part of a whole"),
    )
}

LATER_METRICS = frozenset(
    {"injuries", "missing", "survivors", "charged", "convictions", "deportations", "fines", "assets"}
)
"""Metrics that were added when timelines could already define them. The definition of a timeline takes precedence."""
