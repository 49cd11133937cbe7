"""Turn files into plain text and what is known about its publication.

Nothing here uses the network or depends on the date. The readers of HTML and PDF, and the packages that they need, are
loaded only for a page or a PDF.
"""

from scamcli.ingest.reading.documents import read
from scamcli.ingest.reading.markdown import plain_view

__all__ = ["plain_view", "read"]
