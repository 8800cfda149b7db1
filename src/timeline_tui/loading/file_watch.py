"""A file watched by looking at it: whether it has changed since it was read, and is no longer being written.

Editors write in place, put a new file in the place of the old one, or delete it and write it again. A watch
of the file system on the file misses everything after the second of these; asking for its state costs a few
microseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.storage.file_stamps import stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.storage.file_stamps import Stamp


class Watch:
    """Reports each change of a file once.

    Args:
        path: The file.
        seen: Its stamp before it was read; None if there was no such file.
    """

    def __init__(self, path: Path, seen: Stamp | None) -> None:
        self._path = path
        self._read = self._last = seen

    def has_changed(self) -> bool:
        """Whether the file is not the one that was read, and is the same as in the last call.

        A file that is being written still changes; a file that was deleted may come back.
        """
        now = stamp_of(self._path)
        rests, self._last = now == self._last, now
        if now is None or now == self._read or not rests:
            return False
        self._read = now
        return True
