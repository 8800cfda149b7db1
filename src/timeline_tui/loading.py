"""A file opened by a process of its own, while this one gets the screen ready.

Reading cannot hold up a key or the end of the program there, and uses the machine's other core. Where
processes cannot be forked (Windows), the file is opened here, at once.
"""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from timeline_tui.problems import Problem, TimelineError
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from timeline_tui.opening import Opened

_BLOCK = 1 << 20
_LONG = 3600


def bundled_timeline() -> Path:
    """The timeline that comes with the program: packaged, or in a checkout the one in `data/`."""
    packaged = Path(__file__).parent / "data" / "timeline.yaml"
    if packaged.exists():
        return packaged
    return Path(__file__).parents[2] / "data" / "timeline.yaml"


class Loading:
    """A file on its way. Make it before any thread is started."""

    name: str
    """The file's name, raw."""
    size = 0
    """Bytes to be read, if that is known."""
    pid = 0
    """The reading process; 0 if there is none any more."""

    def __init__(self, path: Path, *, today: int) -> None:
        self._path, self._today = path, today
        self.name = path.name
        with suppress(OSError):
            self.size = path.stat().st_size
        self._data = bytearray()
        self._opened: Opened | None = None
        if hasattr(os, "fork"):
            self._source, sink = os.pipe()
            self.pid = os.fork()
            if not self.pid:
                os.close(self._source)
                _send(path, today, sink)
            os.close(sink)

    def wait(self, seconds: float) -> bool:
        """Take what arrives, for no longer than `seconds`; whether that was the last of it."""
        deadline = monotonic() + seconds
        while self.pid:
            left = deadline - monotonic()
            ready, _, _ = select.select([self._source], [], [], max(left, 0))
            if not ready:
                return False
            block = os.read(self._source, _BLOCK)
            self._data += block
            if not block:
                self._reap()
            elif left < 0:
                return False
        return True

    def opened(self) -> Opened:
        """What the file holds; waits for it.

        Raises:
            TimelineError: the file cannot be read, or was not read to its end.
        """
        while not self.wait(_LONG):
            pass
        if self._opened is None:
            self._opened = self._received() if hasattr(os, "fork") else self._here()
            self._data.clear()
        return self._opened

    def stop(self) -> None:
        """Give up; nothing is left running."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._reap()

    def _reap(self) -> None:
        os.close(self._source)
        # Where the signal of a child's end is ignored, there is nothing left to wait for.
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.pid = 0

    def _here(self) -> Opened:
        from timeline_tui.opening import open_timeline  # noqa: PLC0415  only where nothing can be forked

        return open_timeline(self._path, today=self._today)

    def _received(self) -> Opened:
        import msgspec  # noqa: PLC0415  not before it is needed

        from timeline_tui.index import Index  # noqa: PLC0415
        from timeline_tui.opening import Opened  # noqa: PLC0415

        try:
            fault, path, problems, database = msgspec.msgpack.decode(
                self._data, type=tuple[str, str, tuple[Problem, ...], bytes]
            )
        except msgspec.DecodeError:
            raise TimelineError(one_line(f"{self._path}: reading it was broken off")) from None
        if fault:
            raise TimelineError(fault)
        return Opened(path, Index.restored(database), problems)


def _send(path: Path, today: int, sink: int) -> None:
    """In the child: open `path`, write what came of it to `sink` and end, whatever happens."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        import gc  # noqa: PLC0415  all of this is loaded in the child alone

        import msgspec  # noqa: PLC0415

        from timeline_tui.opening import open_timeline  # noqa: PLC0415

        gc.disable()
        try:
            opened = open_timeline(path, today=today)
        except TimelineError as error:
            found: tuple[object, ...] = (str(error), "", (), b"")
        else:
            found = ("", opened.path, opened.problems, opened.index.dump())
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(found))
        code = 0
    finally:
        # Not sys.exit: nothing of the parent's is to be flushed or cleaned up twice.
        os._exit(code)
