"""Every name in an article: places, nationalities, actors, outlets, sites.

An article is read twice: ``cast`` learns who and what it names, ``find`` gives the mentions of one sentence. Which of
them an event records, and in which role, is not decided here.
"""

from scamcli.ingest.mentions.finding import EntryContext, context, find, flat
from scamcli.ingest.mentions.name_inventory import Cast, cast
from scamcli.ingest.mentions.record import Mention

__all__ = ["Cast", "EntryContext", "Mention", "cast", "context", "find", "flat"]
