"""The file that is shown, read again when it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError
from timeline_tui.loading.file_watch import Watch
from timeline_tui.loading.loader import Loading

if TYPE_CHECKING:
    from timeline_tui.loading.open_timeline import Opened
    from timeline_tui.loading.progress import Progress


class Renewal:
    """Watches the file of a timeline, and reads it again beside the screen.

    Args:
        first: The timeline as it was read first.
    """

    def __init__(self, first: Loading) -> None:
        self._first = first
        self._watch = Watch(first.path, first.seen)
        self._loading: Loading | None = None

    @property
    def may_begin(self) -> bool:
        """Whether the file was read to its end before."""
        return self._first.whole and not self._first.pid

    def ask(self) -> bool:
        """Read the file again now; whether there is one."""
        if str(self._first.path) == "-":
            return False
        self.stop()
        self._watch.has_changed()
        self._loading = Loading(self._first.path, today=self._first.today, again=True)
        return True

    def newer(self) -> Opened | None:
        """What the file holds now, once for each time that it was read again; None if it was not.

        Raises:
            TimelineError: It cannot be read any more.
        """
        if self._watch.has_changed():
            self.ask()
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
        """How far the reading has come; None while nothing is read."""
        return self._loading.progress if self._loading is not None else None

    def stop(self) -> None:
        """Nothing is read any more."""
        if self._loading is not None:
            self._loading.stop()
            self._loading = None


def is_worse(new: Opened, shown: Opened) -> bool:
    """Whether a file has errors that what is shown of it has not."""
    return new.errors > shown.errors
