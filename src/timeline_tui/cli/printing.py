"""Printing: text is made harmless on a terminal, unchanged in a file or pipe, dropped if nobody reads."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline_tui.errors import TimelineError
from timeline_tui.text.sanitize import one_line, printable, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to standard output as `print_text()` does; stop taking lines once nobody reads them."""
    for line in lines:
        if not _put(f"{line}\n"):
            return
    _flush()


def print_text(text: str) -> None:
    """Print a text to standard output in its encoding, without changing its line ends.

    On a terminal, hidden characters are made visible, so that no text of a file controls the terminal. If
    nobody reads the output (any more), the text is dropped: the command still does its work, and its exit
    code is about that.

    Raises:
        TimelineError: Standard output cannot be written for another reason.
    """
    if _put(text):
        _flush()


def print_file(pieces: Iterable[str]) -> None:
    """Print the pieces of a text to standard output: in UTF-8, but on a terminal as `print_text()` does.

    Raises:
        TimelineError: As in `print_text()`.
    """
    out = sys.stdout
    if out is None or out.isatty():
        print_text("".join(pieces))
        return

    def write() -> None:
        for piece in pieces:
            out.buffer.write(piece.encode("utf-8", "backslashreplace"))

    if _flush() and _done(write):
        _flush()


def complain(line: str) -> None:
    """Print one line to standard error, if that is open."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(printable(one_line(line), sys.stderr.encoding) + "\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def ask(question: str) -> str:
    """Ask a question on one line; hidden characters in it are visible, as names in it may be a file's.

    Raises:
        EOFError: Standard input has ended.
        KeyboardInterrupt: The user pressed Ctrl+C.
        UnicodeDecodeError: What was typed is not text in the encoding of the terminal.
    """
    shown = visible(question).replace("\n", " ")
    return input(printable(shown, sys.stdout.encoding if sys.stdout is not None else "utf-8"))


def open_streams() -> None:
    """Open outputs that were closed from the start to the null device; else a file would get their number."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def flush() -> None:
    """Flush what was printed, also by others such as argparse.

    Raises:
        TimelineError: Standard output cannot be written, though it has a reader.
    """
    _flush()


def _put(text: str) -> bool:
    """Write to standard output without flushing; False if nobody reads it."""
    out = sys.stdout
    if out is None:
        return False
    return _done(lambda: out.write(printable(visible(text) if out.isatty() else text, out.encoding)))


def _flush() -> bool:
    return sys.stdout is None or _done(sys.stdout.flush)


def _done(write: Callable[[], object]) -> bool:
    """Write; False if nobody reads any more."""
    try:
        write()
    except BrokenPipeError:
        _silence(sys.stdout)
        return False
    except OSError as error:
        _silence(sys.stdout)
        reason = (error.strerror or "unknown reason").lower()
        raise TimelineError(f"standard output cannot be written: {reason}") from error
    return True


def _silence(stream: TextIO) -> None:
    """Send pending output to the null device: at exit, Python would try to write it and print an error."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
