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

        Args:
            entity: what to add it to.
            property_: which property.
            value: the text or texts.
            what: what to count as lost if the library changes or rejects it. Leave it empty for a text that only
                repeats other values: it is then left out, uncounted, if it is too long.
        """
        max_length = entity.schema.properties[property_].type.max_length
        for text in [value] if isinstance(value, str) else value or ():
            if not text or (not what and len(text) > max_length):
                continue
            before = len(entity.get(property_))
            entity.add(property_, cleaned(entity, property_, text), cleaned=True)
            if what:
                self._count_losses(text, entity.get(property_), before, what)

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

    def add_date(self, entity: EntityProxy, properties: tuple[str, str, str], date: str | None, what: str) -> None:
        """Add a date, or both ends of an interval.

        Args:
            entity: what to add it to.
            properties: the property for a date, for the start and for the end of an interval; empty if the schema
                has none.
            date: EDTF.
            what: what to count as lost.
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

    def _count_losses(self, value: str, values: list[str], before: int, what: str) -> None:
        if len(values) > before:
            self._losses.add(f"exact wording of {what}", values[-1] != value)
        else:
            self._losses.add(f"{what} given twice" if value in values else f"{what} that FollowTheMoney rejects")
