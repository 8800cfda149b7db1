"""Opens a file while the screen runs: from the cache, or by a child process that reads it.

In a child process, reading delays neither a key nor the end of the program, and can use other processors.
Where processes cannot be forked (Windows), this process opens the file at once.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError
from timeline_tui.loading.child_process import read, run, sound, verify
from timeline_tui.storage.file_stamps import stamp_of
from timeline_tui.text.byte_sizes import NOTICEABLE
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.loading.messages import Inbox, Message, Whole
    from timeline_tui.loading.opened import Opened
    from timeline_tui.loading.progress import Progress
    from timeline_tui.storage.file_stamps import Stamp
    from timeline_tui.storage.index_cache import Kept

DAMAGED = "The cached index of this file was damaged, so the file was re-read"
BROKEN_OFF = "Reading was interrupted and restarted"
"""Notices for the user."""

_BLOCK = 1 << 20
_LONG = 3600
_PATIENCE = 0.4
"""Seconds to wait for killed processes; what they leave behind after that, the next program removes."""
_STDOUT, _STDERR = 1, 2


def _import_what_both_need() -> None:
    """Import what this process and the child that reads the file both need, so that it is done once."""
    import timeline_tui.loading.messages
    import timeline_tui.loading.opened
    import timeline_tui.timeline.view  # noqa: F401


class Loading:
    """A file that is being opened. Make the first one before any thread starts, and `stop()` each at the end.

    A cached index can be shown at once; meanwhile a child process verifies it.
    """

    name: str
    """The file's name, raw."""
    seen: Stamp | None
    """The file's stamp before it was read; None if there was no such file."""
    size = 0
    """Size of the file in bytes; 0 if it is not known."""
    pid = 0
    """The child process; 0 if there is none."""
    progress: Progress | None = None
    """The latest progress of reading; None before the first."""
    newest: Opened | None = None
    """As much of the timeline as has been read; None before that."""
    whole = False
    """Whether `newest` is the whole timeline."""

    def __init__(self, path: Path, *, today: int, damaged: bool = False, again: bool = False) -> None:
        """Begin to open a file.

        Args:
            path: The file; `-` for standard input.
            today: The day number that separates past and future.
            damaged: Whether the file is opened again because its cached index was damaged.
            again: Whether the file is shown already, so that this process has threads.
        """
        self.path = self._path = path
        self.today = self._today = today
        self._notice = DAMAGED if damaged else ""
        self.name = path.name
        self.seen = stamp_of(path)
        with suppress(OSError):
            self.size = path.stat().st_size
        self._kept: Kept | None = None
        self._spare: Path | None = None
        self._damaged = False
        self._again = str(path) != "-" and not damaged
        if damaged or again:
            self._spawn()
        elif self.size >= NOTICEABLE and (found := self._find()):
            self._fork(partial(verify, kept=found))
        elif hasattr(os, "fork"):
            _import_what_both_need()
            self._fork(partial(read, path=path, today=today))

    def wait(self, seconds: float) -> bool:
        """Receive messages for at most `seconds`; whether the whole timeline is there.

        Raises:
            TimelineError: The file cannot be read, or reading was interrupted.
        """
        deadline = monotonic() + seconds
        if not self.pid and not self.whole:
            self._open_here()
        while not self.whole and self._hear(max(deadline - monotonic(), 0)):
            pass
        return self.whole

    def poll(self) -> None:
        """Receive the messages that have arrived.

        Raises:
            TimelineError: As `wait()`.
        """
        while self._hear(0):
            pass

    def opened(self) -> Opened:
        """Wait for the whole timeline.

        Raises:
            TimelineError: As `wait()`.
        """
        while not self.wait(_LONG):
            pass
        if self.newest is None:
            raise ValueError("the whole timeline has been read, but there is no index of it")
        return self.newest

    def found_damaged(self) -> bool:
        """Whether the timeline shown is from a damaged index in the cache; such an index is removed."""
        if self._kept is not None and not self._damaged and not sound(self._kept):
            self._discard()
        return self._damaged

    def stop(self) -> None:
        """Give up; no process and no temporary file is left."""
        if self.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            self._wait_for_the_end()
            if not self.whole:
                from timeline_tui.loading.opened import clean_up_after

                clean_up_after(self.pid)
            self._reap()
        if self._spare is not None:
            import shutil

            shutil.rmtree(self._spare, ignore_errors=True)
            self._spare = None

    def _find(self) -> Kept | None:
        from timeline_tui.loading.opened import find_kept

        found = find_kept(self._path, self._today)
        if found:
            self._kept, self.newest = found
            self.whole = True
        return self._kept

    def _fork(self, work: Callable[[int], None]) -> None:
        """Do `work` in a child process, which sends its messages to a pipe."""
        source, sink = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(source)
            run(work, sink)
        self._listen(source, sink, pid)

    def _spawn(self) -> None:
        """Read the file in a new process, as a process with threads must not be forked."""
        # -P: a file in the current folder with the name of a module is not imported.
        command = [
            sys.executable,
            "-P",
            "-m",
            "timeline_tui.loading.child_process",
            os.fspath(self._path),
            str(self._today),
        ]
        null = (os.POSIX_SPAWN_OPEN, _STDERR, os.devnull, os.O_WRONLY, 0)
        source, sink = os.pipe()
        try:
            pid = os.posix_spawn(
                sys.executable,
                command,
                os.environ,
                file_actions=[(os.POSIX_SPAWN_DUP2, sink, _STDOUT), null],
                setpgroup=0,
            )
        except OSError as error:
            os.close(source)
            os.close(sink)
            raise TimelineError(one_line(f"{self._path}: cannot start a process to read it")) from error
        self._listen(source, sink, pid)

    def _listen(self, source: int, sink: int, pid: int) -> None:
        from timeline_tui.loading.messages import Inbox

        os.close(sink)
        # Parent and child both do it; it fails for the second one.
        with suppress(OSError):
            os.setpgid(pid, pid)
        self._inbox: Inbox = Inbox()
        self._source, self.pid = source, pid

    def _hear(self, seconds: float) -> bool:
        """Wait for the next messages and handle them; whether anything arrived."""
        if not self.pid:
            return False
        ready, _, _ = select.select([self._source], [], [], seconds)
        if not ready:
            return False
        block = os.read(self._source, _BLOCK)
        for message in self._inbox.take(block):
            self._take(message)
        if not block and self.whole:
            self._reap()
        elif not block:
            self._read_again(BROKEN_OFF)
        return True

    def _take(self, message: Message) -> None:
        from timeline_tui.loading import messages

        match message:
            case messages.Beginning(file):
                self._show_beginning(Path(os.fsdecode(file)))
            case messages.Whole():
                self._show_whole(message)
            case messages.Failure(reason):
                self.stop()
                raise TimelineError(reason)
            case messages.Damaged():
                self._discard()
                self._read_again(DAMAGED)
            case progress:
                self.progress = progress

    def _show_beginning(self, file: Path) -> None:
        from timeline_tui.index.errors import DatabaseError
        from timeline_tui.loading.opened import opened_file

        # It may be gone already because there is a newer one.
        with suppress(DatabaseError):
            self.newest = opened_file(str(self._path), file)

    def _show_whole(self, message: Whole) -> None:
        from timeline_tui.index.errors import DatabaseError
        from timeline_tui.index.index import Index
        from timeline_tui.loading.opened import opened_file, opened_index

        path, notice = str(self._path), self._notice or message.notice
        file = Path(os.fsdecode(message.file))
        if message.file and not message.kept:
            self._spare = file.parent
        # Another program may have removed it already; then reading has ended without a result.
        with suppress(DatabaseError):
            if message.file:
                self.newest = opened_file(path, file, notice)
            else:
                self.newest = opened_index(path, Index.restored(message.data), notice)
            self.whole = True

    def _read_again(self, notice: str) -> None:
        self.stop()
        if not self._again:
            raise TimelineError(one_line(f"{self._path}: reading was interrupted"))
        self._again, self._notice = False, notice
        self.newest, self.whole, self.progress = None, False, None
        self._spawn()

    def _wait_for_the_end(self) -> None:
        """Wait until all killed processes have ended: the last one closes the pipe."""
        deadline = monotonic() + _PATIENCE
        while select.select([self._source], [], [], max(deadline - monotonic(), 0))[0]:
            if not os.read(self._source, _BLOCK):
                break

    def _discard(self) -> None:
        """Remove the damaged index from the cache."""
        from timeline_tui.storage.index_cache import Cache

        self._damaged = True
        if self._kept is not None:
            Cache.of_user().discard(self._kept)

    def _reap(self) -> None:
        os.close(self._source)
        # If SIGCHLD is ignored, there is nothing left to wait for.
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.pid = 0

    def _open_here(self) -> None:
        from timeline_tui.loading.opened import open_timeline

        self.newest = open_timeline(self._path, today=self._today)
        self.whole = True
