"""A driver that always restores the terminal to its state before."""

from __future__ import annotations

import io
import os
import select
import selectors
import signal
import sys
import termios
import time
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING

from textual import constants, events
from textual.drivers.linux_driver import KITTY_REPORT_ALTERNATE_KEYS, LinuxDriver
from textual.geometry import Size

from timeline_tui.tui.terminal.cells import with_columns
from timeline_tui.tui.terminal.early import OTHER_SCREEN, EarlyTerminal
from timeline_tui.tui.terminal.keyboard import Keyboard
from timeline_tui.tui.terminal.signals import ENDING, JOB_CONTROL, SignalListener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import Any

    from _typeshed import ReadableBuffer
    from textual.app import App
    from textual.message import Message

RESTORE = (
    b"\x1b[?2026l"  # end of synchronized output
    b"\x1b[?1016l\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1000l"  # mouse
    b"\x1b[?2048l\x1b[?2004l\x1b[?1004l"  # reports of size, paste and focus
    b"\x1b]22;\x07"  # shape of the mouse pointer
    b"\x1b[<u"  # kitty's keyboard protocol, which each of the two screens has separately
    b"\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Undoes every mode that `LinuxDriver` and its app switch on."""

AFTER_OTHERS = (
    b"\x1b[?1l\x1b>"  # keys in their normal modes
    b"\x1b[?1002l\x1b[?1005l"  # mouse
    b"\x1b[?6l\x1b[r\x1b[4l\x1b(B\x0f"  # origin, scrolling region, insert mode and character set
    b"\x1b[0 q"  # shape of the cursor
)
"""Undoes modes that a killed editor may leave and that `LinuxDriver` does not know."""

_REPORT_PLACES = f"\x1b[={KITTY_REPORT_ALTERNATE_KEYS};2u"
"""Adds the key at the same place of a Latin keyboard to what Textual requests of kitty's protocol."""

GRACE = 0.3
"""Seconds that an app has to end by itself after a signal that ends it."""

SIGNAL_DELAY = 0.25
"""Seconds within which a signal sent while another program had the terminal reaches its thread."""

HANG_TIME = 1.0
"""Seconds without a response after which another Ctrl+C ends the program."""

MAX_CELLS = 1_000_000
"""Larger sizes reported by the terminal are ignored as impossible."""


class TerminalOutput(io.RawIOBase):
    """Output to the terminal; any thread can close it for good, and writing never raises.

    Args:
        fileno: The terminal.
        hung_up: Called when the terminal is gone.
    """

    def __init__(self, fileno: int, hung_up: Callable[[], None]) -> None:
        self._fileno = fileno
        self._hung_up = hung_up
        self._lock = Lock()
        self.live = False

    @property
    def name(self) -> str:
        """The name that the text wrapper shows."""
        return "terminal"

    def fileno(self) -> int:
        """The file descriptor of the terminal."""
        return self._fileno

    def writable(self) -> bool:
        """True; the text wrapper asks."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of `data`, or nothing once the terminal has been given back or is gone."""
        view = memoryview(data)
        with self._lock:
            if self.live:
                self._send(view)
        return len(view)

    def finish(self, last: bytes) -> None:
        """Write `last` and then nothing more; does not wait for a terminal that accepts no output."""
        locked = self._lock.acquire(timeout=0.1)
        live, self.live = self.live, False
        if live and select.select([], [self._fileno], [], 0.1)[1]:
            self._send(memoryview(last))
        if locked:
            self._lock.release()

    def _send(self, data: memoryview) -> None:
        try:
            while data:
                try:
                    data = data[os.write(self._fileno, data) :]
                except BlockingIOError:
                    # Another program left the terminal in non-blocking mode.
                    select.select([], [self._fileno], [])
        except OSError:
            self.live = False
            self._hung_up()


class TerminalDriver(LinuxDriver):
    """Textual's driver for Unix, which also handles signals, hang-ups and invalid bytes.

    A signal that ends a program makes the app exit with code 128 + signal; if it has not within
    `GRACE` seconds, the terminal is restored and the process ended. A terminal that is gone counts as SIGHUP.
    """

    early: EarlyTerminal | None = None
    """The terminal in which a picture may be shown already."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        before = {number: signal.getsignal(number) for number in JOB_CONTROL}
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        for number, handler in before.items():
            signal.signal(number, handler)
        screen = sys.__stderr__ if sys.__stderr__ is not None and sys.__stderr__.isatty() else sys.__stdout__
        self._output = TerminalOutput(screen.fileno() if screen else 2, self._hang_up)
        self._file = io.TextIOWrapper(self._output, "utf-8", "replace", newline="", write_through=True)
        # Textual would ask Rich, whose default height for a terminal without a size differs from ours.
        self._size = size or self._get_terminal_size()
        self._ping_time: float | None = None
        self._should_run = False
        self._was_shown = False
        self._taken_at = 0.0
        self._ending = False
        self._listener = SignalListener(self._note_signal, self._handle_signal)
        self._listener.listen(ENDING | JOB_CONTROL)

    def write(self, data: str) -> None:
        """Write `data` with explicit columns, unless another program has the terminal."""
        if data == OTHER_SCREEN and self.early is not None and self.early.is_taken:
            return
        if self._writer_thread is not None:
            self._writer_thread.write(with_columns(data))

    def start_application_mode(self) -> None:
        """Take the terminal, unless the shell has it."""
        self._should_run = True
        self._output.live = True
        super().start_application_mode()  # type: ignore[no-untyped-call]  # so in Textual
        self._output.live = self._writer_thread is not None
        if self._output.live:
            if self.early is not None and self.early.is_taken:
                self.attrs_before = self.early.hand_over()
            # Textual's handler can interrupt itself, and then the older size is reported last.
            signal.signal(signal.SIGWINCH, self._note_signal)
            if not constants.DISABLE_KITTY_KEY:
                self.write(_REPORT_PLACES)
        # Textual paints only what has changed, and does not know that the screen is empty.
        if self._was_shown:
            self._app.call_later(self._app.refresh, layout=True)
        self._was_shown = True

    def stop_application_mode(self) -> None:
        """Restore the terminal; idempotent."""
        self._should_run = False
        self._leave()

    def suspend_application_mode(self) -> None:
        """Restore the terminal for a while; meanwhile the shell can stop and continue the process."""
        self._leave()
        self._listener.release(JOB_CONTROL)

    def resume_application_mode(self) -> None:
        """Take the terminal again."""
        self._listener.listen(JOB_CONTROL)
        self._taken_at = time.monotonic()
        self._start_in_foreground()

    @contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """Lend the terminal to another program, and restore its state however that program or the block ends.

        After the block Textual takes the terminal again; after an exception this method does.
        """
        attributes = self._attributes()
        try:
            with super().no_automatic_restart():
                try:
                    yield
                finally:
                    self._reclaim(attributes)
        except BaseException:
            self.resume_application_mode()
            raise

    def close(self) -> None:
        """Restore the signal handlers."""
        self._listener.stop()

    def disable_input(self) -> None:
        """Stop reading; idempotent, as the second time the shell may have the terminal."""
        if self._key_thread is not None:
            super().disable_input()
            self._key_thread = None

    def run_input_thread(self) -> None:
        """Pass on input until the driver stops or the terminal is gone."""
        keyboard = Keyboard(debug=self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = self._read()
                    if not data:
                        self._hang_up()
                        return
                    for message in keyboard.feed_bytes(data):
                        self._pass_on(message, keyboard)
                for message in keyboard.tick():
                    self._pass_on(message, keyboard)

    def _run_input_thread(self) -> None:
        # Textual would print the traceback of an exception; raised in a thread it gets a crash report.
        self.run_input_thread()

    def _read(self) -> bytes:
        """The bytes that were typed; empty if the terminal is gone."""
        while True:
            try:
                return os.read(self.fileno, 65_536)
            except BlockingIOError:
                select.select([self.fileno], [], [])
            except OSError:
                return b""

    def _pass_on(self, message: Message, keyboard: Keyboard) -> None:
        if isinstance(message, events.Resize):
            width, height = message.size
            if not (self._in_band_window_resize and 0 < width * height <= MAX_CELLS):
                keyboard.mouse_pixels = False
                return
        if isinstance(message, events.Key) and message.key == "ctrl+c":
            self._check_for_hang()
        self.process_message(message)

    def _check_for_hang(self) -> None:
        now = time.monotonic()
        if self._ping_time is None:
            self._ping_time = now
            self._call_on_loop(self._clear_ping)
        elif now - self._ping_time > HANG_TIME:
            self._listener.inject(signal.SIGINT)

    def _clear_ping(self) -> None:
        self._ping_time = None

    def _get_terminal_size(self) -> tuple[int, int]:
        with suppress(OSError):
            width, height = os.get_terminal_size(self._output.fileno())
            if width and height:
                return width, height
        return super()._get_terminal_size()

    def _call_on_loop(self, call: Callable[..., object], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop has been closed
            self._loop.call_soon_threadsafe(call, *arguments)

    def _note_signal(self, number: int, _frame: FrameType | None) -> None:
        self._ending = self._ending or self._ends_program(number)

    def _ends_program(self, number: int) -> bool:
        if number in (signal.SIGINT, signal.SIGQUIT):
            # Typed while an editor has the terminal, the signal is meant for the editor.
            return self._auto_restart and time.monotonic() - self._taken_at > SIGNAL_DELAY
        return number in ENDING

    def _handle_signal(self, number: int) -> None:
        if self._ends_program(number):
            self._call_on_loop(self._app.exit, None, 128 + number)
            time.sleep(GRACE)
            self._restore()
            os._exit(128 + number)
        elif number == signal.SIGTSTP:
            self._call_on_loop(self._suspend)
        elif number == signal.SIGCONT:
            self._call_on_loop(self._continue)
        elif number == signal.SIGWINCH and not self._in_band_window_resize:
            self._call_on_loop(self._resize)

    def _resize(self) -> None:
        size = Size(*self._get_terminal_size())
        self.send_message(events.Resize(size, size))

    def _hang_up(self) -> None:
        self._listener.inject(signal.SIGHUP)

    def _suspend(self) -> None:
        """Stop this process and its group until the shell continues them.

        SIGSTOP would stop it even if there is no shell to continue it.
        """
        self.suspend_application_mode()
        self._must_signal_resume = True
        os.kill(0, signal.SIGTSTP)
        if self._should_run and not self._ending:
            self.resume_application_mode()

    def _continue(self) -> None:
        """Take the terminal after another program stopped or continued the process."""
        if self._ending or not (self._should_run and self._auto_restart):
            return
        self._must_signal_resume = True
        self._leave()
        self._start_in_foreground()

    def _start_in_foreground(self) -> None:
        if self._in_background():
            # A signal sent while the process was stopped may reach another thread a little later.
            self._loop.call_later(SIGNAL_DELAY, self._wait_for_foreground)
        else:
            self.start_application_mode()

    def _wait_for_foreground(self) -> None:
        """Stop again, as a program does that needs the terminal while the shell has it."""
        if self._ending or not self._should_run or self._writer_thread is not None:
            return
        if self._in_background():
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            self.start_application_mode()

    def _leave(self) -> None:
        writer, self._writer_thread = self._writer_thread, None
        if writer is not None:
            writer.stop()
            self._output.finish(RESTORE)
            # Read on for a moment without echo: replies of the terminal may still come.
            self.disable_input()
            self._restore()

    def _attributes(self) -> list[Any] | None:
        with suppress(termios.error):
            return termios.tcgetattr(self.fileno)
        return None

    def _reclaim(self, attributes: list[Any] | None) -> None:
        """Restore the terminal to its state before it was lent, even if the borrowing program was killed."""
        self._take_from_ended_group()
        if self._in_background():
            return
        if attributes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
        self._output.live = True
        self._output.finish(AFTER_OTHERS)

    def _take_from_ended_group(self) -> None:
        """Take the foreground of the terminal if the process group that had it has ended."""
        try:
            os.killpg(os.tcgetpgrp(self.fileno), 0)
        except ProcessLookupError:
            before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            with suppress(OSError):
                os.tcsetpgrp(self.fileno, os.getpgrp())
            signal.signal(signal.SIGTTOU, before)
        except OSError:
            return

    def _in_background(self) -> bool:
        with suppress(OSError):
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        return False

    def _restore(self) -> None:
        attributes, self.attrs_before = self.attrs_before, None
        if self._in_background():
            return
        self._output.finish(RESTORE)
        if attributes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
