"""A timeline served to browsers: the command, the addresses it may be asked for by, the words about it."""

from __future__ import annotations

import ipaddress
import os
import re
import shlex
import socket
import sys
from typing import TYPE_CHECKING, Final

from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVED: Final = "TIMELINE_TUI_SERVED"
"""Set to `1` in the environment of a program that somebody sees in a browser: what acts on the machine that
it runs on (an editor, the clipboard, a file to be written) is nothing for them."""

HOST: Final = "127.0.0.1"
PORT: Final = 8000

_LARGEST_PORT = 65_535
_PORTS = {"http": 80, "https": 443}
"""Those that addresses leave out."""
_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s\[\]:/@]+))(?::(?P<port>[0-9]{1,5}))?")


def is_served() -> bool:
    """Whether whom this program is shown to sits at a browser, perhaps at another machine."""
    return os.environ.get(SERVED) == "1"


def serve(path: Path, host: str = HOST, port: int = PORT, *, tell: Callable[[str], None]) -> None:
    """Serve the timeline at `path` until Ctrl+C or SIGTERM.

    Args:
        path: The timeline.
        host: The name or address of this machine to listen at.
        port: The port to listen at; 0 for any that is free.
        tell: Hears what there is to know, a line at a time: a warning, the address.

    Raises:
        UsageError: The file, host or port cannot be served.
        TimelineError: The extra that brings the web server is not installed, or the port is taken.
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
        tell(
            f"warning: everybody who reaches {one_line(host)} can read this timeline; there is no password"
            " and no encryption"
        )
    os.environ[SERVED] = "1"
    server = WebServer(command, path.name, host, tell)
    try:
        server.run(port, lambda address: tell(f"{one_line(path.name)} is at {address}  (Ctrl+C ends)"))
    except OSError as error:
        raise _not_to_be_had(host, port, error) from error


def served_command(path: Path) -> str:
    """The shell's command that shows the timeline at `path`, which is quoted for it.

    Raises:
        UsageError: There is no such file, or it can be read but once.
    """
    if str(path) == "-":
        raise UsageError("standard input can be read but once, a page any number of times; serve a file")
    if not path.is_file():
        what = "is no file" if path.exists() else "is not there"
        raise UsageError(f"{one_line(str(path))} {what}")
    # exec: signals reach the program itself. -P: nothing that lies in the current folder is taken for a
    # module. Absolute: no name is taken for an option.
    return "exec " + shlex.join([sys.executable, "-P", "-m", "timeline_tui", str(path.absolute())])


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`: localhost, 127.0.0.0/8, ::1."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_meant(host: str, listening: str, port: int, forwarded: str = "") -> bool:
    """Whether a browser that asks for `host` may have been sent here by its user.

    Any page can have a name of its own point to this machine (DNS rebinding), but no address and no name
    that it has by itself; and what is asked of another port is not meant for this one.

    Args:
        host: A request's Host header.
        listening: The host that is listened at.
        port: The port that is listened at.
        forwarded: The scheme by which a proxy was asked, `http` or `https`; empty where there is none. The
            port of that scheme may be asked for as well.
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    asked = int(match["port"] or _PORTS[forwarded or "http"])
    if asked not in {port, _PORTS.get(forwarded, port)}:
        return False
    name = (match["six"] or match["name"]).lower()
    if is_loopback(name):
        return True
    if is_loopback(listening):
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = socket.gethostname().lower()
        return name in {listening.lower(), own, f"{own}.local"}
    return True


def forwarded_by(peer: str | None, told: str | None) -> str:
    """The scheme by which a proxy was asked: `http`, `https`, or nothing.

    Args:
        peer: The address that a request comes from; only a proxy on this machine is believed.
        told: The request's X-Forwarded-Proto header.
    """
    scheme = (told or "").strip().lower()
    return scheme if scheme in _PORTS and is_loopback(peer or "") else ""


def is_own(origin: str, host: str) -> bool:
    """Whether the page at `origin` was had from `host`; both as headers have them."""
    scheme, separator, place = origin.partition("://")
    return bool(separator) and scheme in {"http", "https"} and place.lower() == host.lower() != ""


def _not_to_be_had(host: str, port: int, error: OSError) -> TimelineError:
    import errno  # noqa: PLC0415  only for a mistake

    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{one_line(host)} is no address of this machine")
    if error.errno == errno.EADDRINUSE:
        return TimelineError(f"port {port} is taken; --port 0 takes one that is free")
    if error.errno == errno.EACCES:
        return TimelineError(f"port {port} is not for everybody; --port 0 takes one that is free")
    return TimelineError(f"it cannot be served at {one_line(host)}, port {port}: {error.strerror or error}")
