"""Build FollowTheMoney entities with permanent ids, and count the values that the library changes or rejects."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from scamcli.exchange import ftm_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from followthemoney import EntityProxy

    from scamcli.exchange.exporters.dump import Losses

MAX_CLEANINGS = 10
"""How often a text is cleaned before it is rejected; two passes are enough for nearly every text."""


def entity_id(*key: str | float | None) -> str:
    """Return the id for a key. Different keys have different ids.

    The library would join the parts of a key without a separator, so it gets a single part: a JSON list of them.
    """
    from followthemoney.util import make_entity_id

    return f"{ftm_vocabulary.PREFIX}{make_entity_id(json.dumps(key), key_prefix=ftm_vocabulary.PREFIX)}"


def cleaned(entity: EntityProxy, property_: str, text: str) -> str | None:
    """Return the text in the form that the library accepts, or ``None`` if it rejects the text.

    The text is cleaned until it no longer changes. The library sometimes cleans its own result again (it does with some
    addresses), and a reader would then get a different text from the one that was written.
    """
    prop = entity.schema.properties[property_]
    for _ in range(MAX_CLEANINGS):
        result: str | None = prop.type.clean(text, format=prop.format, proxy=entity)
        if result is None or result == text:
            return result
        text = result
    return None


def _with_path(text: str) -> str:
    """Return an address without a path with the path ``/``, which is the same address (RFC 3986, section 6.2.3)."""
    return re.sub(r"\A(https?://[^/?#]+)(?![^?#])", r"\1/", text)


class EntityBuilder:
    """Makes entities, adds values to them, and counts the values that an entity rejects or changes."""

    def __init__(self, losses: Losses) -> None:
        from followthemoney import model

        self._model = model
        self._losses = losses

    def make(self, schema: str, *key: str | float | None, **properties: str) -> EntityProxy:
        """Return a new entity with only these properties, whose values are added unchanged."""
        entity = self._model.make_entity(schema)
        entity.id = entity_id(*key)
        for property_, value in properties.items():
            entity.add(property_, value)
        return entity

    def is_organization(self, schema: str) -> bool:
        """Return whether an entity of this schema can have members."""
        found = self._model.get(schema)
        return found is not None and bool(found.is_a("Organization"))

    def name(self, text: str | None) -> str | None:
        """Return a name in the library's form, for properties that contain names but do not have the name type."""
        from followthemoney.types import registry

        return registry.name.clean(text) or text if text else None

    def add(
        self, entity: EntityProxy, property_: str, value: str | Iterable[str | None] | None, what: str = ""
    ) -> None:
        """Add one or several values, except empty ones.

        A value that the library changes or rejects is counted as a loss of ``what``. Leave ``what`` empty for a text
        that only repeats other values; if it is too long, it is then left out without being counted.
        """
        max_length = entity.schema.properties[property_].type.max_length
        for text in [value] if isinstance(value, str) else value or ():
            if not text or (not what and len(text) > max_length):
                continue
            before = len(entity.get(property_))
            entity.add(property_, cleaned(entity, property_, text), cleaned=True)
            values = entity.get(property_)
            if what and len(values) > before:
                self._losses.add(f"exact wording of {what}", values[-1] not in {text, _with_path(text)})
            elif what:
                self._losses.add(f"{what} given twice" if text in values else f"{what} that FollowTheMoney rejects")

    def add_topics(self, entity: EntityProxy, topics: Iterable[str], *, is_outlet: bool) -> None:
        """Add the topics that FollowTheMoney has under the same name.

        The topics of an outlet are the subjects that it writes about. Plain words such as ``crime`` are left out there,
        because in FollowTheMoney they would mean that the outlet is criminal.
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
