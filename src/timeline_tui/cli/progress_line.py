"""The progress of reading a file, on the last line of a terminal; erased when it is done."""

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
"""Cells left free at the end, so that the `^C` that a terminal echoes does not start a new line."""
_CUT = "…"
_LEAST_NAME = 8
"""Cells that the name keeps even if the figures are cut."""


class ProgressLine:
    """A line that is rewritten while a file is read; leaving the context erases it.

    Nothing is shown for small files, or where there is no terminal on which a line can be rewritten.

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
        """Show the progress."""
        if self._stream is None or progress.size < NOTICEABLE:
            return
        room = _columns(self._stream) - _MARGIN
        encoding = self._stream.encoding
        line = reading_in_words(self._name, progress)
        too_many = _cells(line, encoding) - room
        if too_many > 0:
            # The figures change, the name is known: so the name is cut first.
            name = fitted(self._name, max(_cells(self._name, encoding) - too_many, _LEAST_NAME), encoding)
            line = fitted(reading_in_words(name, progress), room, encoding)
        self._shown = True
        self._write(f"\r{printable(line, encoding)}\x1b[K")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            # If the terminal is gone, the next thing that is printed reports it.
            with suppress(OSError):
                self._stream.write(text)
                self._stream.flush()


def fitted(text: str, cells: int, encoding: str) -> str:
    """`text`, cut to a number of cells if it takes more of them when written in `encoding`."""
    if _cells(text, encoding) <= cells:
        return text
    while text and _cells(text + _CUT, encoding) > cells:
        text = text[:-1]
    return text + _CUT if text else ""


def _cells(text: str, encoding: str) -> int:
    """The most cells that a text can take on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in printable(text, encoding))


def _can_rewrite(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def _columns(stream: TextIO) -> int:
    with suppress(OSError):
        # shutil asks standard output, which may be a pipe.
        if columns := os.get_terminal_size(stream.fileno()).columns:
            return columns
    return shutil.get_terminal_size().columns
