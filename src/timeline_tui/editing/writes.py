"""What this run of the program has written into a file, so that it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.editing.atomic_write import rewrite
from timeline_tui.errors import TimelineError

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.editing.splices import Change


class Writes:
    """The changes that were written into one file, the last of which can be undone.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written: list[Change] = []

    def write(self, change: Change) -> None:
        """Write a change into the file.

        Raises:
            Moved: The file is not what the change was made for; nothing was written.
            TimelineError: It cannot be written; the text says why.
        """
        rewrite(self.path, change.applied)
        self._written.append(change)

    @property
    def undoing(self) -> Change:
        """The change that undoes the last one that was written.

        Raises:
            TimelineError: Nothing that was written is left.
        """
        if not self._written:
            raise TimelineError("nothing to undo: nothing has been written since the program was started")
        return self._written[-1].reversed()

    def undo(self) -> None:
        """Undo the last change that was written.

        Raises:
            Moved: The file has changed since; nothing was written.
            TimelineError: It cannot be written, or there is nothing to undo.
        """
        rewrite(self.path, self.undoing.applied)
        self._written.pop()
