"""Signals, handled on a thread of their own.

A Python signal handler runs in the main thread between two bytecodes: perhaps inside the very lock
it is about to take, and not at all while that thread is in a long call. A thread that reads the
interpreter's wakeup descriptor has neither problem.
"""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None

ENDING = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM})
"""The signals that ask a program to end."""

JOB_CONTROL = frozenset({signal.SIGTSTP, signal.SIGCONT})
"""The signals by which a shell stops a program and lets it go on."""


class SignalListener:
    """Passes each signal to a thread, until it is stopped.

    Args:
        note: Called in the main thread as soon as Python runs signal handlers; it must not take any lock.
        handle: Called on the listener's own thread, for each signal in turn.
    """

    def __init__(self, note: Callable[[int, FrameType | None], None], handle: Callable[[int], None]) -> None:
        self._note = note
        self._handle = handle
        self._before: dict[signal.Signals, Handler] = {}
        self._receiver, self._sender = socket.socketpair()
        self._sender.settimeout(0)
        self._wakeup_before = signal.set_wakeup_fd(self._sender.fileno(), warn_on_full_buffer=False)
        Thread(target=self._listen, name="timeline-signals", daemon=True).start()

    def listen(self, signals: frozenset[signal.Signals]) -> None:
        """Take over `signals`, except those that were set to be ignored when the program was started."""
        for number in signals:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:
                self._before.setdefault(number, before)
                signal.signal(number, self._note)

    def release(self, signals: frozenset[signal.Signals]) -> None:
        """Restore the default effect of `signals`, until the next `listen`."""
        for number in signals & self._before.keys():
            signal.signal(number, signal.SIG_DFL)

    def inject(self, number: int) -> None:
        """Handle `number` as if the signal had arrived; callable from any thread."""
        with suppress(OSError):
            self._sender.send(bytes([number]))

    def stop(self) -> None:
        """Restore the handlers of all signals; idempotent."""
        if self._sender.fileno() < 0:
            return
        signal.set_wakeup_fd(self._wakeup_before)
        for number, before in self._before.items():
            signal.signal(number, signal.SIG_DFL if before is None else before)
        self._sender.close()

    def _listen(self) -> None:
        with self._receiver:
            while numbers := self._receiver.recv(64):
                for number in numbers:
                    self._handle(number)
