"""The processes that read the parts of a long file, one for each processor.

They are forked, so that the file is in memory only once, if at all, and take turns: the parts arrive in the
order of the file, and each process reads only as far ahead as its pipe has room for.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec

from timeline_tui.errors import BrokenOff
from timeline_tui.loading.messages import read_message, write_message
from timeline_tui.loading.parts import PartRead, PartReader, PartsRead, Unpartable
from timeline_tui.reading.open_file import CHANGED, BeingWritten
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from timeline_tui.loading.file_bytes import FileBytes

from timeline_tui.loading.parts import Part, Plan

_MOST = 8
"""Processes; the one that puts together what they read cannot keep up with more."""
_PIPE = 1 << 20
"""Bytes that a pipe should hold."""
_UNPARTABLE = b""
"""The message that a part cannot be read by itself."""
_CHANGED = b"changed"
"""The message that the file is not as it was; no part is encoded as this."""


class PartProcesses:
    """Processes that read the parts of `data`; leaving the context ends them."""

    def __init__(self, content: FileBytes, plan: Plan, path: str, today: int, *, indexed: bool) -> None:
        """Start them.

        Raises:
            Unpartable: The system cannot start this many processes.
        """
        self._path, self._parts = path, plan.parts
        self._pipes: list[BinaryIO] = []
        self._pids: list[int] = []
        count = min(_processors(), _MOST, len(plan.parts))
        try:
            for turn in range(count):
                reader = PartReader(plan, path, today, indexed=indexed)
                self._start(reader, content, plan.parts[turn::count])
        except OSError as error:
            self.close()
            raise Unpartable from error

    def _start(self, reader: PartReader, content: FileBytes, parts: tuple[Part, ...]) -> None:
        source, sink = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            os.close(source)
            os.close(sink)
            raise
        if not pid:
            try:
                for other in (source, *(pipe.fileno() for pipe in self._pipes)):
                    os.close(other)
                _work(reader, content, parts, sink)
            finally:
                # Not sys.exit: nothing of the parent's is to be flushed or cleaned up twice.
                os._exit(0)
        os.close(sink)
        _widen(source)
        self._pids.append(pid)
        self._pipes.append(os.fdopen(source, "rb"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, however far they are."""
        # A process that is still writing finds the pipe closed.
        for pipe in self._pipes:
            pipe.close()
        for pid in self._pids:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def parts(self) -> Iterator[tuple[Part, PartRead]]:
        """What was read from each part, in the order of the file.

        Raises:
            Unpartable: A part cannot be read by itself.
            BeingWritten: The file has changed since it was read first.
            BrokenOff: A process has ended too early.
        """
        for number, part in enumerate(self._parts):
            message = self._receive(self._pipes[number % len(self._pipes)])
            if message == _UNPARTABLE:
                raise Unpartable
            if message == _CHANGED:
                raise BeingWritten(self._path, CHANGED)
            yield part, msgspec.msgpack.decode(message, type=PartRead)

    def done(self) -> list[PartsRead]:
        """What each process reports about all its parts; only after all `parts()`.

        Raises:
            BrokenOff: A process has ended too early.
        """
        return [msgspec.msgpack.decode(self._receive(pipe), type=PartsRead) for pipe in self._pipes]

    def _receive(self, pipe: BinaryIO) -> bytes:
        message = read_message(pipe)
        if message is None:
            raise BrokenOff(one_line(f"{self._path}: reading was interrupted"))
        return message


def _work(reader: PartReader, content: FileBytes, parts: tuple[Part, ...], sink: int) -> None:
    """In a child process: read `parts`, and write what was read of each to the pipe `sink`."""
    encode = msgspec.msgpack.Encoder().encode
    try:
        for part in parts:
            try:
                write_message(sink, encode(reader.read(content.piece(part.start, part.end), part.line)))
            except Unpartable:
                write_message(sink, _UNPARTABLE)
                return
            except BeingWritten:
                write_message(sink, _CHANGED)
                return
        write_message(sink, encode(reader.done()))
    finally:
        os.close(sink)


def _processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _widen(pipe: int) -> None:
    """Let a pipe hold a whole part, where the system can."""
    try:
        import fcntl  # noqa: PLC0415  not everywhere

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):
        return
