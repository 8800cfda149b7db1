"""Changes of the file that is shown: it is read again when it changes, and compared with the last visit."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError
from timeline_tui.loading.file_watch import Watch
from timeline_tui.loading.loader import Loading
from timeline_tui.timeline.background import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.answers.changes import Changes
    from timeline_tui.index.index import Index
    from timeline_tui.loading.opened import Opened
    from timeline_tui.loading.opened_table import OpenedTable
    from timeline_tui.loading.progress import Progress
    from timeline_tui.storage.visits import Seen


class FileReloader:
    """Watches the file of a timeline, and reads it again in another process.

    Args:
        first: The timeline as it was read first.
    """

    def __init__(self, first: Loading) -> None:
        self._first = first
        self._watch = Watch(first.path, first.seen)
        self._loading: Loading | None = None

    @property
    def can_start(self) -> bool:
        """Whether the first reading of the file has ended."""
        return self._first.whole and not self._first.pid

    def reload(self) -> bool:
        """Read the file again now; False if there is no file (standard input)."""
        if str(self._first.path) == "-":
            return False
        self.stop()
        self._watch.has_changed()
        self._loading = Loading(self._first.path, today=self._first.today, again=True)
        return True

    def poll(self) -> Opened | None:
        """The timeline after the file was read again, once for each reading; None if there is no new one.

        Raises:
            TimelineError: The file can no longer be read.
        """
        if self._watch.has_changed():
            self.reload()
        loading = self._loading
        if loading is None:
            return None
        try:
            loading.poll()
        except TimelineError:
            self.stop()
            raise
        if not loading.whole:
            return None
        opened = loading.newest
        self._loading = None
        return opened

    @property
    def progress(self) -> Progress | None:
        """How far the file has been read; None while it is not being read."""
        return self._loading.progress if self._loading is not None else None

    def stop(self) -> None:
        """Stop reading."""
        if self._loading is not None:
            self._loading.stop()
            self._loading = None


def is_worse(new: Opened, shown: Opened | OpenedTable) -> bool:
    """Whether the new state of a file has more errors than the state that is shown."""
    return new.errors > shown.errors


def find_changes(opened: Opened, seen: Seen | None, deliver: Callable[[Changes, str, Seen], object]) -> None:
    """Find out what is new in a timeline since the last visit, and record this visit.

    For a long timeline this is done in a thread.

    Args:
        opened: The whole timeline.
        seen: What had been seen before this program was started; None to read it from the disk.
        deliver: Called with what is new, a notice for the user (one line, may be empty), and what was seen.
    """
    if opened.index.total <= AT_ONCE:
        deliver(*_changes_of(opened.path, opened.index, seen))
        return
    index = opened.index.reader()
    # A daemon, so that the program can end before it.
    Thread(target=lambda: deliver(*_changes_of(opened.path, index, seen)), name="visits", daemon=True).start()


def _changes_of(path: str, index: Index, seen: Seen | None) -> tuple[Changes, str, Seen]:
    from timeline_tui.answers.changes import changes_since, visit_fingerprints  # noqa: PLC0415  not before the first frame
    from timeline_tui.storage.visits import Visits  # noqa: PLC0415  not before the first frame

    visits = Visits.of_user()
    seen = visits.read(Path(path)) if seen is None else seen
    changes = changes_since(index.fingerprints(), index.header, seen)
    notice = changes.notice
    if changes or changes.first:
        notice = visits.write(Path(path), visit_fingerprints(index.fingerprints(), index.header)) or notice
    else:
        visits.touch(Path(path))
    return changes, notice, seen
