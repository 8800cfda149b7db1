"""A picture in the terminal before Textual is imported: without Textual and Rich.

The terminal is taken (its other screen, no echo) and handed over to the driver as it is. Keys that are typed
meanwhile wait in the terminal.
"""

from __future__ import annotations

import os
import signal
import sys
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from timeline_tui.storage.kept_pictures import Picture, Style

OTHER_SCREEN: Final = "\x1b[?1049h"
"""What Textual's driver writes, too; a second time it would clear the picture."""
_LEAVE: Final = b"\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
_SGR: Final = {"bold": 1, "dim": 2, "italic": 3, "underline": 4, "reverse": 7, "strike": 9}
_INPUT_FLAGS: Final = 0
_LOCAL_FLAGS: Final = 3
_AS_TYPED: Final = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
"""What the driver switches off, too: with it Enter would be Ctrl+J, and Ctrl+S would stop the output."""
_ENDING: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT)
"""Signals that would end the program and leave the terminal as it is; Ctrl+C raises an exception."""


class EarlyTerminal:
    """The terminal from the start of the program until the driver has it.

    A context: at its end the terminal is as it was, unless it has been handed over.
    """

    def __init__(self) -> None:
        self._before: list[Any] | None = None
        self._output = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    @property
    def is_taken(self) -> bool:
        """Whether a picture is shown and the driver does not have the terminal yet."""
        return self._before is not None

    def show(self, picture: Picture) -> None:
        """Take the terminal and paint a picture; if that cannot be done, nothing is changed."""
        try:
            before = termios.tcgetattr(self._input())
            now = termios.tcgetattr(self._input())
            now[_INPUT_FLAGS] &= ~_AS_TYPED
            now[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            termios.tcsetattr(self._input(), termios.TCSANOW, now)
        except (termios.error, OSError):
            return
        # The driver writes to standard error, too, if that is a terminal.
        screen = sys.__stderr__ if sys.__stderr__ is not None and sys.__stderr__.isatty() else sys.__stdout__
        self._output = screen.fileno() if screen is not None else 2
        self._before = before
        for number in _ENDING:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._end)
        if signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self._write(f"{OTHER_SCREEN}\x1b[?25l{painted(picture)}".encode())

    def allow_stopping(self) -> None:
        """Let Ctrl+Z stop the program again, which it does not while only the picture is there."""
        if self.is_taken and signal.getsignal(signal.SIGTSTP) is signal.SIG_IGN:
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)

    def hand_over(self) -> list[Any] | None:
        """Give the terminal to the driver; returns its modes from before the picture, None without one."""
        before, self._before = self._before, None
        return before

    def _end(self, number: int, _frame: FrameType | None) -> None:
        """Restore the terminal, and die by the signal."""
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _restore(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            self._write(_LEAVE)
            with suppress(termios.error):
                termios.tcsetattr(self._input(), termios.TCSANOW, before)

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        with suppress(OSError):
            while left:
                left = left[os.write(self._output, left) :]

    @staticmethod
    def _input() -> int:
        return sys.__stdin__.fileno() if sys.__stdin__ is not None else 0


def painted(picture: Picture) -> str:
    """A picture as output for a terminal: texts in their styles, each at its own place.

    Characters that are no cells, such as controls, are never written.
    """
    styles = [_sgr(style) for style in picture.styles]
    written = ["\x1b[?2026h\x1b[?7l\x1b[0m\x1b[2J"]
    for number, row in enumerate(picture.rows[: picture.height], start=1):
        for piece in row:
            text = "".join(filter(str.isprintable, piece.text))
            written.append(f"\x1b[{number};{piece.column + 1}H{styles[piece.style]}{text}")
    written.append("\x1b[0m\x1b[?7h\x1b[?2026l")
    return "".join(written)


def _sgr(style: Style) -> str:
    """The sequence for a style (ECMA-48, Select Graphic Rendition), with no style before it."""
    from timeline_tui.storage.kept_pictures import LOOKS  # noqa: PLC0415  only where there is a picture

    codes = ["0", *(str(_SGR[name]) for name, bit in LOOKS.items() if style.looks & bit)]
    for colour, layer in ((style.text, "38"), (style.background, "48")):
        if len(colour) == 1:
            codes.append(f"{layer};5;{colour[0]}")
        elif colour:
            codes.append(f"{layer};2;{';'.join(map(str, colour))}")
    return f"\x1b[{';'.join(codes)}m"
