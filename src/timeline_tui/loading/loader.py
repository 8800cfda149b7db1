"""A file opened beside the screen: found in the cache, or read by a process of its own.

Reading cannot hold up a key or the end of the program there, and uses the machine's other processors. Where
processes cannot be forked (Windows), the file is opened here, at once.
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
    from timeline_tui.loading.open_timeline import Opened
    from timeline_tui.loading.progress import Progress
    from timeline_tui.storage.file_stamps import Stamp
    from timeline_tui.storage.index_cache import Kept

DAMAGED = "The cached index of this file was damaged, so the file was re-read"
BROKEN_OFF = "Reading was interrupted and restarted"
"""What the user is told of it."""

_BLOCK = 1 << 20
_LONG = 3600
_PATIENCE = 0.4
"""Seconds that killed processes are waited for; what they leave behind then, the next program takes away."""
_STDOUT, _STDERR = 1, 2


def bundled_timeline() -> Path:
    """The timeline that comes with the program: packaged, or in a checkout the one in `data/`."""
    packaged = Path(__file__).parents[1] / "data" / "timeline.yaml"
    if packaged.exists():
        return packaged
    return Path(__file__).parents[3] / "data" / "timeline.yaml"


class Loading:
    """A file on its way. Make the first before any thread is started, and `stop()` each at the end.

    An index found in the cache is there at once; meanwhile a process looks whether it is sound.
    """

    name: str
    """The file's name, raw."""
    seen: Stamp | None
    """The file's stamp before it was read; None if there was no such file."""
    size = 0
    """Bytes to be read, if that is known."""
    pid = 0
    """The process that reads or verifies; 0 if there is none."""
    progress: Progress | None = None
    """How far the reading has come, as far as was heard."""
    newest: Opened | None = None
    """What there is of the timeline so far."""
    whole = False
    """Whether that is all of it."""

    def __init__(self, path: Path, *, today: int, damaged: bool = False, again: bool = False) -> None:
        """Begin to open a file.

        Args:
            path: The file; `-` for standard input.
            today: The day number that past and future are told apart by.
            damaged: Whether this is the second time, since what was found the first time was damaged.
            again: Whether this program has threads by now, because it shows the file already.
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
            self._fork(partial(read, path=path, today=today))

    def wait(self, seconds: float) -> bool:
        """Take what arrives, for no longer than `seconds`; whether all of the timeline is there.

        Raises:
            TimelineError: The file cannot be read, or was not read to its end.
        """
        deadline = monotonic() + seconds
        if not self.pid and not self.whole:
            self._open_here()
        while not self.whole and self._hear(max(deadline - monotonic(), 0)):
            pass
        return self.whole

    def poll(self) -> None:
        """Take what has arrived.

        Raises:
            TimelineError: As `wait()`.
        """
        while self._hear(0):
            pass

    def opened(self) -> Opened:
        """All that the file holds; waits for it.

        Raises:
            TimelineError: As `wait()`.
        """
        while not self.wait(_LONG):
            pass
        if self.newest is None:
            raise ValueError("a timeline that is there has been opened")
        return self.newest

    def found_damaged(self) -> bool:
        """Whether what is shown comes from a kept index that is not as it was made; it is kept no longer."""
        if self._kept is not None and not self._damaged and not sound(self._kept):
            self._discard()
        return self._damaged

    def stop(self) -> None:
        """Give up; nothing is left running or lying about."""
        if self.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            self._wait_for_the_end()
            if not self.whole:
                from timeline_tui.loading.open_timeline import clean_up_after

                clean_up_after(self.pid)
            self._reap()
        if self._spare is not None:
            import shutil

            shutil.rmtree(self._spare, ignore_errors=True)
            self._spare = None

    def _find(self) -> Kept | None:
        from timeline_tui.loading.open_timeline import find_kept

        found = find_kept(self._path, self._today)
        if found:
            self._kept, self.newest = found
            self.whole = True
        return self._kept

    def _fork(self, work: Callable[[int], None]) -> None:
        """Have `work` done by another process, which says what it finds into a pipe."""
        source, sink = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(source)
            run(work, sink)
        self._listen(source, sink, pid)

    def _spawn(self) -> None:
        """Read the file in a new process; one that has threads is not to be forked."""
        # Not what lies in the current folder under the name of a module (-P).
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
            raise TimelineError(one_line(f"{self._path}: no process can be started to read it")) from error
        self._listen(source, sink, pid)

    def _listen(self, source: int, sink: int, pid: int) -> None:
        from timeline_tui.loading.messages import Inbox

        os.close(sink)
        # Both do it: whoever is second finds it done.
        with suppress(OSError):
            os.setpgid(pid, pid)
        self._inbox: Inbox = Inbox()
        self._source, self.pid = source, pid

    def _hear(self, seconds: float) -> bool:
        """Wait for what is said next, and take it; whether there was anything."""
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
        from timeline_tui.loading.open_timeline import opened_file

        # It may be gone already, because there is a newer one.
        with suppress(DatabaseError):
            self.newest = opened_file(str(self._path), file)

    def _show_whole(self, message: Whole) -> None:
        from timeline_tui.index.errors import DatabaseError
        from timeline_tui.index.index import Index
        from timeline_tui.loading.open_timeline import opened_file, opened_index

        path, notice = str(self._path), self._notice or message.notice
        file = Path(os.fsdecode(message.file))
        if message.file and not message.kept:
            self._spare = file.parent
        # Another program may have taken it away already; then the reading has ended without a result.
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
        """Until all that were killed are gone: the last of them closes the pipe."""
        deadline = monotonic() + _PATIENCE
        while select.select([self._source], [], [], max(deadline - monotonic(), 0))[0]:
            if not os.read(self._source, _BLOCK):
                break

    def _discard(self) -> None:
        """Keep the index found no longer: it is damaged."""
        from timeline_tui.storage.index_cache import Cache

        self._damaged = True
        if self._kept is not None:
            Cache.of_user().discard(self._kept)

    def _reap(self) -> None:
        os.close(self._source)
        # Where the signal of a child's end is ignored, there is nothing left to wait for.
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.pid = 0

    def _open_here(self) -> None:
        from timeline_tui.loading.open_timeline import open_timeline

        self.newest = open_timeline(self._path, today=self._today)
        self.whole = True
