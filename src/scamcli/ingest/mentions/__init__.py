"""Find every name in an article: places, nationalities, actors, outlets, sites.

An article is read twice: `take_inventory` collects the names that it uses, then `find_mentions` returns the mentions in
each sentence. Other modules decide which mentions an event records, and in which role.
"""

from scamcli.ingest.mentions.finding import country_of_body, entry_context, find_mentions, with_places
from scamcli.ingest.mentions.name_inventory import NameInventory, take_inventory
from scamcli.ingest.mentions.names import Mention

__all__ = [
    "Mention",
    "NameInventory",
    "country_of_body",
    "entry_context",
    "find_mentions",
    "take_inventory",
    "with_places",
]
