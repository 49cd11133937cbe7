"""Read archives through a stream that refuses to read much at once.

Libraries read the list of members of an archive, or the header of one, at once, as long as the file says it is. So a
small archive could fill the memory.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO

LARGEST = 32 << 20
"""How much may be read at once, in bytes. The list of a zip file with 300,000 members has about as much."""


class TooMuchAtOnceError(zipfile.BadZipFile):
    """An archive has a header that is too large."""


class BoundedReader(io.BufferedReader):
    """A stream with a limit on what is read at once. The stream that it reads from stays open when it is closed."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(Unclosed(stream))

    def read(self, size: int | None = -1, /) -> bytes:
        """Return some bytes.

        Raises:
            TooMuchAtOnceError: these would be too many.
        """
        if size is not None and size > LARGEST:
            raise TooMuchAtOnceError("has a header that is too large")
        return super().read(size)


class Unclosed(io.RawIOBase):
    """A stream that stays open when a library closes it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that its position can be changed."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Change the position."""
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Read into a buffer."""
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
