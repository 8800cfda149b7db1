"""Hosts and origins: which requests of browsers a server on this machine may answer."""

from __future__ import annotations

import ipaddress
import re
import socket

_PORTS = {"http": 80, "https": 443}
"""The ports that addresses leave out."""
_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s\[\]:/@]+))(?::(?P<port>[0-9]{1,5}))?")


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only: localhost, 127.0.0.0/8, ::1."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_meant(host: str, listening: str, port: int, forwarded: str = "") -> bool:
    """Whether a request for `host` may come from a user who opened this server's address.

    Any web page can make a name of its own point to this machine (DNS rebinding). It can do that neither
    with an address nor with a name that belongs to this machine. A request for another port is not for
    this server either.

    Args:
        host: The Host header of the request.
        listening: The host at which the server listens.
        port: The port at which the server listens.
        forwarded: The scheme of the request to a proxy, `http` or `https`, whose port is accepted too;
            empty if there is no proxy.
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    requested = int(match["port"] or _PORTS[forwarded or "http"])
    if requested not in {port, _PORTS.get(forwarded, port)}:
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


def forwarded_by(peer: str | None, header: str | None) -> str:
    """The scheme of the request to a proxy: `http`, `https`, or empty.

    Args:
        peer: The address that the request comes from; only a proxy on this machine is trusted.
        header: The X-Forwarded-Proto header of the request.
    """
    scheme = (header or "").strip().lower()
    return scheme if scheme in _PORTS and is_loopback(peer or "") else ""


def is_own(origin: str, host: str) -> bool:
    """Whether the page at `origin` was served by `host`; both as in the headers of a request."""
    scheme, separator, place = origin.partition("://")
    return bool(separator) and scheme in {"http", "https"} and place.lower() == host.lower() != ""
