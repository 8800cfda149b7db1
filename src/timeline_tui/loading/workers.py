"""The processes that read the parts of a long file, one for each processor.

They are forked, so that the file is in memory once, and take turns: part after part arrives in the order
of the file, and each of them reads only as far ahead as its pipe holds.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec

from timeline_tui.errors import BrokenOff
from timeline_tui.loading.parts import PartRead, PartReader, PartsRead, Unpartable
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from timeline_tui.loading.parts import Part, Plan

_MOST = 8
"""Processes beyond which the one that puts it all together cannot keep up."""
_LENGTH = 4
_PIPE = 1 << 20


class Workers:
    """Processes that read the parts of `data`; leaving the context ends them."""

    def __init__(self, data: bytearray, plan: Plan, path: str, today: int, *, indexed: bool) -> None:
        """Start them.

        Raises:
            Unpartable: The system has no room for so many processes.
        """
        self._path, self._parts = path, plan.parts
        self._pipes: list[BinaryIO] = []
        self._pids: list[int] = []
        count = min(_processors(), _MOST, len(plan.parts))
        try:
            for turn in range(count):
                reader = PartReader(plan, path, today, indexed=indexed)
                self._start(reader, data, plan.parts[turn::count])
        except OSError as error:
            self.close()
            raise Unpartable from error

    def _start(self, reader: PartReader, data: bytearray, parts: tuple[Part, ...]) -> None:
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
                _work(reader, data, parts, sink)
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
        """End them, however far they are."""
        # Whoever still writes finds the pipe closed.
        for pipe in self._pipes:
            pipe.close()
        for pid in self._pids:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def parts(self) -> Iterator[tuple[Part, PartRead]]:
        """What was read from each part, in the order of the file.

        Raises:
            Unpartable: A part cannot be understood by itself.
            BrokenOff: A process has ended before its time.
        """
        for number, part in enumerate(self._parts):
            message = self._receive(self._pipes[number % len(self._pipes)])
            if not message:
                raise Unpartable
            yield part, msgspec.msgpack.decode(message, type=PartRead)

    def done(self) -> list[PartsRead]:
        """What each process has to say, when all parts have come.

        Raises:
            BrokenOff: A process has ended before its time.
        """
        return [msgspec.msgpack.decode(self._receive(pipe), type=PartsRead) for pipe in self._pipes]

    def _receive(self, pipe: BinaryIO) -> bytes:
        header = pipe.read(_LENGTH)
        size = int.from_bytes(header, "little")
        message = pipe.read(size)
        if len(header) < _LENGTH or len(message) < size:
            raise BrokenOff(one_line(f"{self._path}: reading it was broken off"))
        return message


def _work(reader: PartReader, data: bytearray, parts: tuple[Part, ...], sink: int) -> None:
    """In a child: read `parts`, and write what came of each to `sink`."""
    encode = msgspec.msgpack.Encoder().encode
    with os.fdopen(sink, "wb") as pipe:
        for part in parts:
            try:
                _send(pipe, encode(reader.read(data[part.start : part.end], part.line)))
            except Unpartable:
                _send(pipe, b"")
                return
        _send(pipe, encode(reader.done()))


def _send(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "little"))
    pipe.write(message)
    pipe.flush()


def _processors() -> int:
    """How many processors this process may use."""
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
