"""Turn text into drafts of events by rules over words, without a database, a terminal or a network.

`scamcli.ingest.reading` reads a file into a `Document`. This package turns the document into drafts:

1. ``entries`` splits the text into dated entries (``words``, ``date_phrases``, ``entry_dates``).
2. ``mentions`` finds the names of actors, outlets, sites and places, and nationalities.
3. ``locations`` and ``roles`` decide where an entry happens, who takes part in it, and in which role.
4. ``counts`` and ``figures`` read the numbers, what they count, and who stated them.
5. ``pipeline`` calls them, puts the drafts together, and links them to each other: ``pipeline.extract``.

The values that the packages exchange are in ``proposal``. Word lists are data files, in ``lexicon``.
"""
