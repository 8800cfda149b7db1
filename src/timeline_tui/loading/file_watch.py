"""A file watched by looking at it: whether it has changed since it was read, and has come to rest.

Editors write in place, put a new file in the place of the old one, or delete it and write it again. A watch
on the file itself goes deaf at the second of these, and to ask for its state costs a few microseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Glance(NamedTuple):
    """What tells one state of a file from another."""

    device: int
    inode: int
    size: int
    modified: int
    """Nanoseconds."""
    changed: int
    """Nanoseconds; nobody can set it back."""


def glance(path: Path) -> Glance | None:
    """How a file looks now; None if there is none to be seen."""
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return None
    return Glance(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


class Watch:
    """Says once for each change that a file has changed.

    Args:
        path: The file.
        seen: How it looked before it was read.
    """

    def __init__(self, path: Path, seen: Glance | None) -> None:
        self._path = path
        self._read = self._last = seen

    def has_changed(self) -> bool:
        """Whether the file is another one than was read, and the same as at the look before.

        What is being written still changes, and what has been deleted is waited for.
        """
        now = glance(self._path)
        rests, self._last = now == self._last, now
        if now is None or now == self._read or not rests:
            return False
        self._read = now
        return True
