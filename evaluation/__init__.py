"""An evaluation of `scamcli ingest` on texts whose entries are known, beside other tools."""
