"""DOC init"""

from scamcli.ingest.mentions.finding import EntryContext, entry_context, find_mentions, with_places
from scamcli.ingest.mentions.name_inventory import NameInventory, take_inventory
from scamcli.ingest.mentions.names import Mention

__all__ = [
    "EntryContext",
    "Mention",
    "NameInventory",
    "entry_context",
    "find_mentions",
    "take_inventory",
    "with_places",
]
