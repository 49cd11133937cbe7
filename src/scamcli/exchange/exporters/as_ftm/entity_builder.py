"""FollowTheMoney entities, as they are made: ids that last, and every value that the library does not take is noted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.exchange import ftm_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from followthemoney import EntityProxy

    from scamcli.exchange.exporters.dump import Losses

MOST_CLEANINGS = 10
"""How often a text is cleaned before it is given up; two are enough for nearly all."""


def entity_id(*key: str | float | None) -> str:
    """The id of what has this key; two keys never have the same.

    The library joins the parts of a key without anything between them, so it gets one part: their list in JSON.
    """
    from followthemoney.util import make_entity_id

    return f"{ftm_vocabulary.PREFIX}{make_entity_id(json.dumps(key), key_prefix=ftm_vocabulary.PREFIX)}"


def cleaned(entity: EntityProxy, property_: str, text: str) -> str | None:
    """The text as the library takes it; ``None`` where it does not.

    It is cleaned until nothing changes any more: what the library makes of an address can be something that it would
    clean again, and then a reader would see another text than was written.
    """
    found = entity.schema.properties[property_]
    for _ in range(MOST_CLEANINGS):
        before, after = text, found.type.clean(text, format=found.format, proxy=entity)
        if after is None or after == before:
            return after
        text = after
    return None


class Maker:
    """Makes entities, and adds values to them.

    Args:
        losses: to note in what an entity does not take, or takes otherwise.
    """

    def __init__(self, losses: Losses) -> None:
        from followthemoney import model

        self._model = model
        self._losses = losses

    def make(self, schema: str, *key: str | float | None) -> EntityProxy:
        """An entity that holds nothing yet."""
        entity = self._model.make_entity(schema)
        entity.id = entity_id(*key)
        return entity

    def is_body(self, schema: str) -> bool:
        """Whether one can be a member of what has this schema."""
        found = self._model.get(schema)
        return found is not None and found.is_a("Organization")

    def name(self, text: str | None) -> str | None:
        """A name as the library writes it: also where it stands in another property than those of names."""
        from followthemoney.types import registry

        return registry.name.clean(text) or text if text else None

    def add(self, entity: EntityProxy, property_: str, value: str | None, what: str = "") -> None:
        """Add a value, if there is one.

        Args:
            entity: to which.
            property_: as which.
            value: the text.
            what: for the losses; what only repeats other values is left out where it is too long, and not noted.
        """
        if not value or (not what and len(value) > entity.schema.properties[property_].type.max_length):
            return
        before = len(entity.get(property_))
        entity.add(property_, cleaned(entity, property_, value), cleaned=True)
        if what:
            self._note(value, entity.get(property_), before, what)

    def add_all(self, entity: EntityProxy, property_: str, values: Iterable[str], what: str = "") -> None:
        """Add each of these values."""
        for value in values:
            self.add(entity, property_, value, what)

    def add_topics(self, entity: EntityProxy, topics: Iterable[str], *, is_outlet: bool) -> None:
        """Add the topics that FollowTheMoney has under just this name.

        What an outlet writes about is no topic of its own: there a bare word such as ``crime`` is left out, since
        FollowTheMoney would take it to say that the outlet is criminal.
        """
        from followthemoney.types import registry

        for topic in topics:
            if topic not in registry.topic.codes:
                self._losses.add("topics that FollowTheMoney does not have")
            elif is_outlet and "." not in topic:
                self._losses.add("topics of outlets that are what they write about")
            else:
                self.add(entity, "topics", topic, "actor.topics")

    def add_date(self, entity: EntityProxy, properties: tuple[str, str, str], date: str | None, what: str) -> None:
        """Add a date, or both ends of an interval.

        Args:
            entity: to which.
            properties: for a date, for the first end and for the last; those that it does not have are empty.
            date: EDTF.
            what: for the losses.
        """
        single, start, end = properties
        if date and "/" in date and not start:
            self._losses.add(f"{what} that is an interval")
            return
        first, slash, last = (date or "").partition("/")
        for property_, text in ((start, first), (end, last)) if slash else ((single, first),):
            bare = text.rstrip("~?%")
            if bare != text:
                self._losses.add(f"~ ? % of {what}")
            if text != "..":
                self.add(entity, property_, bare, what)

    def _note(self, value: str, values: list[str], before: int, what: str) -> None:
        if len(values) > before:
            self._losses.add(f"{what} to the letter", values[-1] != value)
        else:
            self._losses.add(f"{what} given twice" if value in values else f"{what} that FollowTheMoney does not take")
