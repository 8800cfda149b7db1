"""A terminal program in a pseudo-terminal, and when what reached the screen.

Chunks are stamped as they are read and painted afterwards, so that no figure holds the cost of the
terminal that the screen is painted with.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

import pyte

from bench.memory import Peak, processor_seconds, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ROWS, COLUMNS = 40, 120
_GLANCE = 0.05
"""Seconds without output after which there is time to look at memory."""
_BLINK = 0.005
"""Seconds in which the end of a program may go unnoticed."""
_HARDLY = 0.1
"""Seconds of processor time in one second."""

# What a terminal answers when asked; a program may wait for it. A query is known by its last bytes.
_ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[0c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b]10;?\x07": b"\x1b]10;rgb:ffff/ffff/ffff\x07",
    b"\x1b]11;?\x07": b"\x1b]11;rgb:0000/0000/0000\x07",
}
_QUERY = re.compile(b"|".join(re.escape(query) for query in _ANSWERS))
_LONGEST_QUERY = max(map(len, _ANSWERS))

# pyte takes the private parameters `<`, `=`, `>`, and requests that end in `$p`, for something else.
_UNPAINTED = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\??[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:?<=>$]*|\][^\x07\x1b]*\x1b?)?\Z")
_ESCAPE = re.compile(rb"\x1b\[[0-9;:?<=>$]*[a-zA-Z~]")


Grid: TypeAlias = "tuple[tuple[pyte.screens.Char, ...], ...]"
"""The cells of a screen, row by row."""


class ProbeError(Exception):
    """The program did not show what it was waited for to show."""


class Chunk(NamedTuple):
    """Bytes that came in one read, and when (`time.perf_counter()`)."""

    time: float
    data: bytes


class Program:
    """A program running in a terminal of its own, `ROWS` by `COLUMNS`."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        """Start `command`; what it keeps for its user goes to `home`."""
        surroundings = environment(home)
        self.chunks: list[Chunk] = []
        self.started = time.perf_counter()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), surroundings)  # noqa: S606  # no shell is wanted
        self._peak = Peak(self._pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(tree(self._pid)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)

    def type(self, keys: str) -> float:
        """Send `keys` at once, and say when."""
        now = time.perf_counter()
        os.write(self._terminal, keys.encode())
        return now

    def wait_for(self, text: str, limit: float = 600) -> float:
        """Read until `text` has come, in one piece of one line, and say when.

        Raises:
            ProbeError: it did not come within `limit` seconds, or the program ended before.
        """
        return self.wait_for_match(re.escape(text), limit)

    def wait_for_match(self, pattern: str, limit: float = 600) -> float:
        """The same for what matches a regular expression."""
        wanted, plain, deadline = re.compile(pattern.encode()), b"", time.perf_counter() + limit
        while True:
            while not self._ready(_GLANCE) and time.perf_counter() < deadline:
                self._peak.note()
            chunk = self._read(deadline - time.perf_counter())
            if chunk is None:
                shown = _ESCAPE.sub(b" ", plain).decode(errors="replace")
                raise ProbeError(f"{pattern!r} did not appear; the last that came was: {shown}")
            plain = plain[-1000:] + chunk.data
            if wanted.search(_ESCAPE.sub(b"", plain)):
                return chunk.time

    def listen(self, quiet: float, at_least: float = 0) -> list[Chunk]:
        """What comes until there is silence for `quiet` seconds; `at_least` so many pass in any case."""
        first, end = len(self.chunks), time.perf_counter() + at_least
        while self._read(max(quiet, end - time.perf_counter())) or time.perf_counter() < end:
            pass
        return self.chunks[first:]

    def answer(self, keys: str, quiet: float, patience: float = 5) -> tuple[float, list[Chunk]]:
        """Type `keys`, and listen from their first effect until there is silence for `quiet` seconds.

        Returns:
            When they were typed, and what came of it: nothing if `patience` seconds saw no effect.
        """
        typed, first = self.type(keys), len(self.chunks)
        if self._read(patience):
            self.listen(quiet)
        return typed, self.chunks[first:]

    def watch(
        self, screen: Screen, seen: Callable[[Painted], bool], patience: float, glance: float = _GLANCE
    ) -> tuple[list[Painted], bool]:
        """Paint what comes until a frame is `seen` or `patience` seconds are over.

        Returns:
            All frames, and whether the last of them was the one.
        """
        frames: list[Painted] = []
        deadline = time.perf_counter() + patience
        while (left := deadline - time.perf_counter()) > 0:
            chunk = self._read(min(left, glance))
            if chunk is None:
                self._peak.note()
                continue
            frames += screen.paint([chunk])
            if seen(frames[-1]):
                return frames, True
        return frames, False

    def peak_memory(self) -> int:
        """The most memory that it and all that it started held, in bytes, each process at its own peak."""
        self._peak.note()
        return self._peak.added_up

    def busy(self) -> float:
        """Processor seconds that it and all that it started have used."""
        return processor_seconds(self._pid)

    def idle(self, limit: float = 300) -> None:
        """Read until it has hardly used a processor for a second.

        Raises:
            ProbeError: It is still busy after `limit` seconds.
        """
        deadline = time.perf_counter() + limit
        while time.perf_counter() < deadline:
            used, second = processor_seconds(self._pid), time.perf_counter() + 1
            while (left := second - time.perf_counter()) > 0:
                self._read(min(left, _GLANCE))
                self._peak.note()
            if processor_seconds(self._pid) - used < _HARDLY:
                return
        raise ProbeError(f"it was still busy after {limit} seconds")

    def ended(self, limit: float = 10) -> float:
        """When the program closed its terminal and was gone.

        Raises:
            ProbeError: It is still there after `limit` seconds.
        """
        deadline = time.perf_counter() + limit
        while time.perf_counter() < deadline:
            self._read(_BLINK)
            if os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                return time.perf_counter()
        raise ProbeError(f"it has not ended within {limit} seconds")

    def _ready(self, patience: float) -> bool:
        return bool(select.select([self._terminal], [], [], max(patience, 0))[0])

    def _read(self, patience: float) -> Chunk | None:
        try:
            data = os.read(self._terminal, 1 << 16) if self._ready(patience) else b""
        except OSError:  # Linux says so when the other end is closed
            return None
        if not data:
            return None
        chunk = Chunk(time.perf_counter(), data)
        before = self.chunks[-1].data[-_LONGEST_QUERY + 1 :] if self.chunks else b""
        self.chunks.append(chunk)
        for query in _QUERY.finditer(before + data):
            if query.end() > len(before):
                os.write(self._terminal, _ANSWERS[query[0]])
        return chunk


class Painted(NamedTuple):
    """What one chunk did to the screen."""

    time: float
    cells: int
    """How many cells it changed."""
    grid: Grid
    """The screen after it."""
    cursor: tuple[int, int]
    """The row and the column in which the terminal's cursor stands."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The text of the screen."""
        return tuple("".join(cell.data for cell in row) for row in self.grid)


class Screen:
    """The terminal's screen, painted chunk by chunk once there is time for it."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._unfinished = b""
        self._rows = [self._row(row) for row in range(ROWS)]

    @property
    def grid(self) -> Grid:
        """The screen as it is now."""
        return tuple(self._rows)

    def paint(self, chunks: Sequence[Chunk]) -> list[Painted]:
        """Paint `chunks`, in order and none twice."""
        return [self._paint(chunk) for chunk in chunks]

    def _paint(self, chunk: Chunk) -> Painted:
        data = self._unfinished + chunk.data
        unfinished = _UNFINISHED.search(data)
        self._unfinished = unfinished[0] if unfinished else b""
        self._screen.dirty.clear()
        self._stream.feed(_UNPAINTED.sub(b"", data[: len(data) - len(self._unfinished)]))
        cells = 0
        for number in self._screen.dirty:
            row = self._row(number)
            cells += sum(old != new for old, new in zip(self._rows[number], row, strict=True))
            self._rows[number] = row
        cursor = self._screen.cursor
        return Painted(chunk.time, cells, self.grid, (cursor.y, cursor.x))

    def _row(self, number: int) -> tuple[pyte.screens.Char, ...]:
        row = self._screen.buffer[number]
        return tuple(row[column] for column in range(COLUMNS))


def environment(home: Path) -> dict[str, str]:
    """What a program is started with that keeps its things in `home`."""
    names = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "TIMELINE_TUI_CACHE")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    folders = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    return (
        kept
        | dict.fromkeys(folders, str(home))
        | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    )
