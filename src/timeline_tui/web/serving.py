"""Serve a timeline to browsers: check what is asked for, start the web server, say what went wrong."""

from __future__ import annotations

import os
import shlex
import socket
import sys
from typing import TYPE_CHECKING, Final

from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.text.sanitize import one_line
from timeline_tui.web.hosts import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVED: Final = "TIMELINE_TUI_SERVED"
"""Set to `1` in the environment of a program that is shown in a browser. Its user may sit at another machine,
so what acts on this one (an editor, the clipboard, writing a file) is not for them."""

HOST: Final = "127.0.0.1"
PORT: Final = 8000

_LARGEST_PORT = 65_535


def is_served() -> bool:
    """Whether this program is shown in a browser, perhaps on another machine."""
    return os.environ.get(SERVED) == "1"


def serve(path: Path, host: str = HOST, port: int = PORT, *, show_line: Callable[[str], None]) -> None:
    """Serve the timeline at `path` until Ctrl+C or SIGTERM.

    Args:
        path: The timeline.
        host: The name or address of this machine to listen at.
        port: The port to listen at; 0 for any that is free.
        show_line: Called with each line for the user: a warning, the address.

    Raises:
        UsageError: The file, host or port cannot be served.
        TimelineError: The extra with the web server is not installed, or the port is taken.
    """
    command = served_command(path)
    if not 0 <= port <= _LARGEST_PORT:
        raise UsageError(f"a port is a number from 0 to {_LARGEST_PORT}")
    try:
        from timeline_tui.web.server import WebServer  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "timeline_tui":
            raise
        raise TimelineError("the web server is an extra: pip install 'timeline-tui[web]'") from None
    if not is_loopback(host):
        show_line(
            f"warning: everybody who can reach {one_line(host)} can read this timeline; there is no password"
            " and no encryption"
        )
    os.environ[SERVED] = "1"
    server = WebServer(command, path.name, host, show_line)
    try:
        server.run(port, lambda address: show_line(f"{one_line(path.name)} is at {address}  (Ctrl+C ends)"))
    except OSError as error:
        raise _cannot_listen(host, port, error) from error


def served_command(path: Path) -> str:
    """The shell command that shows the timeline at `path`, with the path quoted.

    Raises:
        UsageError: There is no such file, or it can be read only once.
    """
    if str(path) == "-":
        raise UsageError("standard input can be read only once, but a page is opened often; serve a file")
    if not path.is_file():
        what = "is not a file" if path.exists() else "does not exist"
        raise UsageError(f"{one_line(str(path))} {what}")
    # exec: signals reach the program itself. -P: files in the current folder are not imported as modules.
    # Absolute: a name with a leading dash is not taken for an option.
    return "exec " + shlex.join([sys.executable, "-P", "-m", "timeline_tui", str(path.absolute())])


def _cannot_listen(host: str, port: int, error: OSError) -> TimelineError:
    import errno  # noqa: PLC0415  only for an error

    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{one_line(host)} is not an address of this machine")
    if error.errno == errno.EADDRINUSE:
        return TimelineError(f"port {port} is taken; use --port 0 for any free port")
    if error.errno == errno.EACCES:
        return TimelineError(f"no permission to use port {port}; use --port 0 for any free port")
    return TimelineError(f"cannot serve at {one_line(host)}, port {port}: {error.strerror or error}")
