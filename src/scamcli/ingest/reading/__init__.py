"""DOC reading"""

from scamcli.ingest.reading.documents import MAX_BYTES, MAX_PDF_BYTES, read
from scamcli.ingest.reading.markdown import plain_view

__all__ = ["MAX_BYTES", "MAX_PDF_BYTES", "plain_view", "read"]
