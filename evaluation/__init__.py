"""How well `scamcli ingest` reads: texts whose entries are known, the scores of the tool, and of what else there is."""
