"""Choose sites by their location and the claims about their state, and count them by either."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.records.site_states import latest_statuses, was_reopened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.records.types import JsonObject, SiteDict


class SiteQuery(NamedTuple):
    """Which sites to list. A site must match every filter, and one of its values.

    Attributes:
        status: statuses, one of which must be among the latest.
        country: codes of countries.
        province: official names of provinces and towns.
        raided_and_reopened: whether to list only sites that opened again after a raid.
    """

    status: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    raided_and_reopened: bool = False


def with_status(row: JsonObject) -> JsonObject:
    """Return the row of a site with the statuses of its latest claims in ``status``."""
    return row | {"status": latest_statuses(_site(row)["statuses"])}


def chosen(rows: Iterable[JsonObject], query: SiteQuery) -> Iterator[JsonObject]:
    """Yield the rows of the sites that match."""
    for row in rows:
        site = _site(row)
        if (
            (not query.status or not {*query.status}.isdisjoint(latest_statuses(site["statuses"])))
            and (not query.country or site["country"] in query.country)
            and (not query.province or not _places(site).isdisjoint(query.province))
            and (not query.raided_and_reopened or was_reopened(site["statuses"]))
        ):
            yield row


def group(rows: Iterable[JsonObject], split: str) -> list[JsonObject]:
    """Return the number of sites for each value of a split, largest first. A site with two statuses counts for both.

    ``None`` stands for sites without the value.
    """
    counts: Counter[str | None] = Counter()
    for row in rows:
        value = row[split]
        counts.update(cast("list[str | None]", value or [None]) if isinstance(value, list) else [cast("str", value)])
    ordered = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return [{split: value, "sites": count} for value, count in ordered]


def _places(site: SiteDict) -> set[str | None]:
    """Return the province of a site and its town, also under the name that the gazetteer uses."""
    from scamcli.language import gazetteer  # only a filter by province needs it

    town = gazetteer.town(site["place"] or "", site["country"])
    return {site["province"], site["place"], town and town.name}


def _site(row: JsonObject) -> SiteDict:
    return cast("SiteDict", row)
