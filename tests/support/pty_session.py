"""A program in a pseudo-terminal of its own, as the job of a small shell.

The shell is this file run as a program: it leads the session, puts the job in the foreground, and
tells when the job has been stopped or has ended. So stopping, continuing and hanging up are the real ones.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    Attributes = list[int | list[bytes | int]]

SECONDS = 120.0
"""How long a test waits for anything before it fails: long enough for the busiest machine."""
PROGRAM = (sys.executable, "-m", "timeline_tui")
"""The beginning of a command line that starts the program under test."""

_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[([<>])[0-9]*u")
_IGNORED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTOU)
_ON_AT_REST = frozenset({"?7", "?25"})


class PtySession:
    """A program that believes itself at a terminal.

    Args:
        argv: The program and its arguments.
        rows: Height of the terminal.
        cols: Width of the terminal.
        env: The whole environment of the program; that of the tests if None.
        replies: What the terminal answers, for a query found in the output.
    """

    def __init__(
        self,
        argv: Sequence[str],
        rows: int = 24,
        cols: int = 80,
        env: Mapping[str, str] | None = None,
        replies: Mapping[bytes, bytes] | None = None,
    ) -> None:
        self.output = b""
        self._replies = dict(replies or {})
        self._told: list[str] = []
        self._partial = b""
        self._silent = False
        self._master, slave = pty.openpty()
        self.resize(rows, cols)
        self.at_rest = self.attributes()
        self._control, theirs = socket.socketpair()
        self._shell = subprocess.Popen(
            [sys.executable, "-S", "-E", __file__, str(theirs.fileno()), os.ttyname(slave), *argv],
            env=env,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self.pid = int(self._hear("pid", SECONDS))
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def text(self) -> str:
        """All output so far without its escape sequences."""
        return self.text_after(0)

    def text_after(self, mark: int) -> str:
        """The output from `mark` on without its escape sequences."""
        return _ESCAPE.sub(b"", self.output[mark:]).decode(errors="replace")

    def attributes(self) -> Attributes:
        """The settings of the terminal line, as termios knows them."""
        return termios.tcgetattr(self._master)

    def mode_ledger(self) -> set[str]:
        """The private modes that are not as a shell needs them: `?1049`, `?25`, ..., `kitty`."""
        modes = dict.fromkeys(_ON_AT_REST, True)
        pushed = 0
        for numbers, verb, way in _MODE.findall(self.output):
            pushed += {b">": 1, b"<": -1}.get(way, 0)
            modes.update({f"?{number}": verb == b"h" for number in numbers.decode().split(";") if number})
        left = {mode for mode, on in modes.items() if on != (mode in _ON_AT_REST)}
        return left | {"kitty"} if pushed else left

    def write(self, data: bytes) -> None:
        """Type `data`, at the pace at which the program reads it."""
        deadline = time.monotonic() + SECONDS
        while data:
            assert time.monotonic() < deadline, f"the program reads no more, {len(data)} bytes are left"
            self._pump(deadline, writing=True)
            if select.select([], [self._master], [], 0)[1]:
                data = data[os.write(self._master, data[:4096]) :]

    def resize(self, rows: int, cols: int) -> None:
        """Give the terminal another size, in cells."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def mark(self) -> int:
        """A place in the output: its end so far, in bytes."""
        return len(self.output)

    def wait_for(self, text: str, after: int = 0, seconds: float = SECONDS) -> None:
        """Read until the output from `after` on holds `text`."""
        self._wait(lambda: text in self.text_after(after), f"{text!r} on the screen", seconds)

    def wait_for_bytes(self, data: bytes, after: int = 0, seconds: float = SECONDS) -> None:
        """Read until `output[after:]` holds `data`."""
        self._wait(lambda: data in self.output[after:], f"{data!r} in the output", seconds)

    def signal(self, number: int) -> None:
        """Send the program a signal from outside."""
        os.kill(self.pid, number)

    def wait_stopped(self, seconds: float = SECONDS) -> None:
        """Read until the program has been stopped and the shell has the terminal."""
        self._hear("stopped", seconds)

    def foreground(self) -> None:
        """Continue the stopped program, as `fg` does."""
        self._control.sendall(b"f")
        self._hear("continued", SECONDS)

    def background(self) -> None:
        """Continue the stopped program without the terminal, as `bg` does."""
        self._control.sendall(b"b")
        self._hear("continued", SECONDS)

    def vanish(self) -> None:
        """Take the terminal away; the shell passes no signal on."""
        os.close(self._master)
        self._master = -1

    def exit_code(self, seconds: float = SECONDS) -> int:
        """Read until the program ends; its exit code, negative for the signal it died by."""
        code = int(self._hear("exit", seconds))
        while self._master >= 0 and not self._silent and select.select([self._master], [], [], 0)[0]:
            self._take()
        return code

    def close(self) -> None:
        """End the program, whatever its state."""
        self._control.close()
        self._shell.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _hear(self, word: str, seconds: float) -> str:
        self._wait(
            lambda: any(line.startswith(word) for line in self._told), f"the shell to say {word}", seconds
        )
        line = next(line for line in self._told if line.startswith(word))
        self._told.remove(line)
        return line[len(word) :]

    def _wait(self, happened: Callable[[], bool], what: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > deadline or self._has_ended():
                raise AssertionError(f"waited up to {seconds} s for {what}; seen last: {self.text[-400:]!r}")
            self._pump(deadline)

    def _has_ended(self) -> bool:
        """Whether the program has ended, and all that it wrote is here."""
        if not any(line.startswith("exit") for line in self._told):
            return False
        return self._master < 0 or self._silent or not select.select([self._master], [], [], 0)[0]

    def _pump(self, deadline: float, *, writing: bool = False) -> None:
        """Take in what the terminal and the shell have to say, waiting for it for a moment."""
        sources = [self._control.fileno()]
        if self._master >= 0 and not self._silent:
            sources.append(self._master)
        seconds = max(0.0, min(deadline - time.monotonic(), 0.5))
        ready, _, _ = select.select(sources, [self._master] if writing else [], [], seconds)
        if self._master in ready:
            self._take()
        if self._control.fileno() in ready:
            *lines, self._partial = (self._partial + self._control.recv(4096)).split(b"\n")
            self._told += [line.decode() for line in lines]

    def _take(self) -> None:
        try:
            self.output += os.read(self._master, 65_536)
        except OSError:  # Linux says so when the last program has let go of the terminal.
            self._silent = True
        for query in [query for query in self._replies if query in self.output]:
            os.write(self._master, self._replies.pop(query))


def _shell(control: socket.socket, terminal: int, argv: list[str]) -> None:
    """Run `argv` as the foreground job of `terminal`; ends with it, or kills it at the end of `control`."""
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    job = os.fork()
    if not job:
        _become(terminal, argv)
    control.sendall(b"pid%d\n" % job)
    while True:
        status = _wait(job, control)
        if os.WIFSTOPPED(status):
            os.tcsetpgrp(terminal, os.getpgrp())
            control.sendall(b"stopped\n")
            how = control.recv(1)
            if how == b"f":
                os.tcsetpgrp(terminal, job)
            os.killpg(job, signal.SIGCONT if how else signal.SIGKILL)
            with contextlib.suppress(OSError):
                control.sendall(b"continued\n")
        else:
            with contextlib.suppress(OSError):  # nobody waits for it any more
                control.sendall(b"exit%d\n" % os.waitstatus_to_exitcode(status))
            return


def _wait(job: int, control: socket.socket) -> int:
    """The next wait status of `job`, which is killed when nobody controls it any more."""
    while True:
        pid, status = os.waitpid(job, os.WUNTRACED | os.WNOHANG)
        if pid:
            return status
        if select.select([control], [], [], 0.01)[0]:
            if not control.recv(1):
                os.killpg(job, signal.SIGKILL)
                return os.waitpid(job, 0)[1]
            control.sendall(b"continued\n")  # It was running all the time.


def _become(terminal: int, argv: list[str]) -> None:
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    for number in _IGNORED:
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for stream in (0, 1, 2):
        os.dup2(terminal, stream)
    os.execvp(argv[0], argv)  # noqa: S606 (a shell runs what it is told)


if __name__ == "__main__":
    line = socket.socket(fileno=int(sys.argv[1]))
    tty = os.open(sys.argv[2], os.O_RDWR)
    fcntl.ioctl(tty, termios.TIOCSCTTY, 0)
    _shell(line, tty, sys.argv[3:])
