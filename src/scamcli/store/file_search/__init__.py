"""Read every text in a file, also in what is packed inside it, so that a name can be searched for.

Files come from anybody, so whatever is read of one is limited, and what cannot be read is reported instead of raised.
"""

from scamcli.store.file_search.search import FileSearch

__all__ = ["FileSearch"]
