"""Signals, heard on a thread of their own.

A Python signal handler runs in the main thread between two bytecodes: perhaps inside the very lock
it is about to take, and not at all while that thread is in a long call. A thread that reads the
interpreter's wakeup descriptor has neither fault.
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

DEADLY = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM})
"""The signals by which somebody asks a program to end."""

JOB_CONTROL = frozenset({signal.SIGTSTP, signal.SIGCONT})
"""The signals by which a shell stops a program and lets it go on."""


class SignalListener:
    """Passes each signal on to a thread, until stopped.

    Args:
        noted: Called in the main thread as soon as it gets there; it must not take any lock.
        heard: Called on the listener's own thread, for each signal in turn.
    """

    def __init__(self, noted: Callable[[int, FrameType | None], None], heard: Callable[[int], None]) -> None:
        self._noted = noted
        self._heard = heard
        self._before: dict[signal.Signals, Handler] = {}
        self._ear, self._mouth = socket.socketpair()
        self._mouth.settimeout(0)
        self._wakeup_before = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        Thread(target=self._listen, name="timeline-signals", daemon=True).start()

    def listen(self, signals: frozenset[signal.Signals]) -> None:
        """Take over `signals`, but for those that whoever started the program has it ignore."""
        for number in signals:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:
                self._before.setdefault(number, before)
                signal.signal(number, self._noted)

    def leave(self, signals: frozenset[signal.Signals]) -> None:
        """Let `signals` do what they do to any program, until the next `listen`."""
        for number in signals & self._before.keys():
            signal.signal(number, signal.SIG_DFL)

    def say(self, number: int) -> None:
        """Have `number` heard as if the signal had come; from any thread."""
        with suppress(OSError):
            self._mouth.send(bytes([number]))

    def stop(self) -> None:
        """Give every signal back to whom it belonged to; idempotent."""
        if self._mouth.fileno() < 0:
            return
        signal.set_wakeup_fd(self._wakeup_before)
        for number, before in self._before.items():
            signal.signal(number, signal.SIG_DFL if before is None else before)
        self._mouth.close()

    def _listen(self) -> None:
        with self._ear:
            while numbers := self._ear.recv(64):
                for number in numbers:
                    self._heard(number)
