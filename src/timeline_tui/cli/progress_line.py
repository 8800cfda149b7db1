"""How far the reading of a file has come, on the last line of a terminal, gone when it is done."""

from __future__ import annotations

import os
import shutil
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Self, TextIO

from timeline_tui.loading.progress import reading_in_words
from timeline_tui.text.byte_sizes import NOTICEABLE
from timeline_tui.text.sanitize import one_line, printable

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from timeline_tui.loading.progress import Progress

_ERASE = "\r\x1b[K"
_MARGIN = 3
"""Cells left free at the end: the `^C` that a terminal echoes must not begin another line."""
_CUT = "…"
_LEAST_NAME = 8
"""Cells of a name that say more than the end of the figures."""


class ProgressLine:
    """A line that is written over and over while a file is read; leaving the context erases it.

    Where there is no terminal to rewrite a line on, and for files that take no time, there is none.

    Args:
        path: The file, or `-` for standard input.
        stream: Standard error; None if it is closed.
    """

    def __init__(self, path: Path, stream: TextIO | None) -> None:
        self._name = one_line(path.name)
        self._stream = stream if stream is not None and _can_rewrite(stream) else None
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._shown = False
            self._write(_ERASE)

    def show(self, progress: Progress) -> None:
        """Say how far it has come."""
        if self._stream is None or progress.size < NOTICEABLE:
            return
        room = _columns(self._stream) - _MARGIN
        encoding = self._stream.encoding
        line = reading_in_words(self._name, progress)
        too_many = _cells(line, encoding) - room
        if too_many > 0:
            # The figures are what changes; the name is known.
            name = fitted(self._name, max(_cells(self._name, encoding) - too_many, _LEAST_NAME), encoding)
            line = fitted(reading_in_words(name, progress), room, encoding)
        self._shown = True
        self._write(f"\r{printable(line, encoding)}\x1b[K")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            # A terminal that is gone is told of by whatever is printed on it next.
            with suppress(OSError):
                self._stream.write(text)
                self._stream.flush()


def fitted(text: str, cells: int, encoding: str) -> str:
    """`text` cut to so many cells of a terminal, if it takes more when it is written in `encoding`."""
    if _cells(text, encoding) <= cells:
        return text
    while text and _cells(text + _CUT, encoding) > cells:
        text = text[:-1]
    return text + _CUT if text else ""


def _cells(text: str, encoding: str) -> int:
    """The most cells that a terminal takes for a text."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in printable(text, encoding))


def _can_rewrite(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def _columns(stream: TextIO) -> int:
    with suppress(OSError):
        # Standard output, which shutil asks, may be a pipe.
        if columns := os.get_terminal_size(stream.fileno()).columns:
            return columns
    return shutil.get_terminal_size().columns
