"""Builds FollowTheMoney entities: lasting ids, and a count of every value that the library changes or rejects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.exchange import ftm_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from followthemoney import EntityProxy

    from scamcli.exchange.exporters.dump import Losses

MAX_CLEANINGS = 10
"""How often a text is cleaned before it is given up; two passes are enough for nearly every text."""


def entity_id(*key: str | float | None) -> str:
    """Return the id for a key; different keys have different ids.

    The library would join the parts of a key without a separator, so it is given one part: their list as JSON.
    """
    from followthemoney.util import make_entity_id

    return f"{ftm_vocabulary.PREFIX}{make_entity_id(json.dumps(key), key_prefix=ftm_vocabulary.PREFIX)}"


def cleaned(entity: EntityProxy, property_: str, text: str) -> str | None:
    """Return the text as the library accepts it; ``None`` if it rejects it.

    The text is cleaned until it no longer changes. The library may clean its own result again (it does with some
    addresses), and then a reader would get another text than the one that was written.
    """
    prop = entity.schema.properties[property_]
    for _ in range(MAX_CLEANINGS):
        result: str | None = prop.type.clean(text, format=prop.format, proxy=entity)
        if result is None or result == text:
            return result
        text = result
    return None


class EntityBuilder:
    """Makes entities, adds values to them, and counts what an entity does not take, or changes."""

    def __init__(self, losses: Losses) -> None:
        from followthemoney import model

        self._model = model
        self._losses = losses

    def make(self, schema: str, *key: str | float | None, **properties: str) -> EntityProxy:
        """Return a new entity with only these properties, whose values are added as they are."""
        entity = self._model.make_entity(schema)
        entity.id = entity_id(*key)
        for property_, value in properties.items():
            entity.add(property_, value)
        return entity

    def is_organization(self, schema: str) -> bool:
        """Tell whether an entity of this schema can have members."""
        found = self._model.get(schema)
        return found is not None and bool(found.is_a("Organization"))

    def name(self, text: str | None) -> str | None:
        """Return a name as the library writes it, for properties that hold names but are not of that type."""
        from followthemoney.types import registry

        return registry.name.clean(text) or text if text else None

    def add(
        self, entity: EntityProxy, property_: str, value: str | Iterable[str | None] | None, what: str = ""
    ) -> None:
        """Add a value, or each of several, unless it is empty.

        It is counted as a loss of ``what`` if the library changes or rejects it. Leave ``what`` empty for a text that
        only repeats other values: it is then left out, uncounted, if it is too long.
        """
        max_length = entity.schema.properties[property_].type.max_length
        for text in [value] if isinstance(value, str) else value or ():
            if not text or (not what and len(text) > max_length):
                continue
            before = len(entity.get(property_))
            entity.add(property_, cleaned(entity, property_, text), cleaned=True)
            values = entity.get(property_)
            if what and len(values) > before:
                self._losses.add(f"exact wording of {what}", values[-1] != text)
            elif what:
                self._losses.add(f"{what} given twice" if text in values else f"{what} that FollowTheMoney rejects")

    def add_topics(self, entity: EntityProxy, topics: Iterable[str], *, is_outlet: bool) -> None:
        """Add the topics that FollowTheMoney knows by the same name.

        The topics of an outlet are what it writes about. A bare word such as ``crime`` is left out there, because
        FollowTheMoney would read it as "this outlet is criminal".
        """
        from followthemoney.types import registry

        for topic in topics:
            if topic not in registry.topic.codes:
                self._losses.add("topics that FollowTheMoney does not have")
            elif is_outlet and "." not in topic:
                self._losses.add("topics that an outlet writes about")
            else:
                self.add(entity, "topics", topic, "actor.topics")

    def add_date(self, entity: EntityProxy, property_: str, date: str | None, what: str) -> None:
        """Add a date that is not an interval, without its qualifier."""
        if date and "/" in date:
            self._losses.add(f"{what} that is an interval")
        elif date and date != "..":
            bare = date.rstrip("~?%")
            self._losses.add(f"~ ? % of {what}", bare != date)
            self.add(entity, property_, bare, what)
