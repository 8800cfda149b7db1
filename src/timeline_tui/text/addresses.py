"""Addresses on the web: what can be one, and the host that it leads to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from timeline_tui.text.sanitize import has_hidden

_SHAPE = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+(?:[/?#][!-~]*)?", re.IGNORECASE)
_HOST = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:]*)(?::(?P<port>[0-9]*))?")
_IN_NO_HOST = re.compile(r"[<>^|%\"`{}]|\A\.*\Z")
_NO_HOST = "has no host that there can be"
_LAST_PORT = 65_535
_LONGEST_HOST = 253


def address_problem(address: str) -> str:
    """What keeps a text from being an address that a browser can open; empty for nothing.

    Only http and https are addresses here. The rules are those of RFC 3986, and for what a host may hold
    those of https://url.spec.whatwg.org/#host-miscellaneous.

    Returns:
        The end of a sentence that begins with the address.
    """
    if _PLAIN.fullmatch(address):
        return ""
    if not _SHAPE.fullmatch(address) or has_hidden(address):
        return "is no http or https address without spaces"
    try:
        # It also knows which letters turn into a / or an @ when a host is made of them.
        place = urlsplit(address).netloc
    except ValueError:
        return _NO_HOST
    found = _HOST.fullmatch(place.rpartition("@")[2])
    # Browsers take a \ for a /, so that what stands before it is the host.
    if found is None or "\\" in place:
        return _NO_HOST
    return _fault_of_host(found["host"]) or _fault_of_port(found["port"] or "")


def _fault_of_host(host: str) -> str:
    if host.startswith("["):
        return "" if _is_ipv6(host[1:-1]) else "has no IPv6 address between its brackets"
    if _IN_NO_HOST.search(host) or len(host) > _LONGEST_HOST:
        return _NO_HOST
    return ""


def _fault_of_port(port: str) -> str:
    # A number of a thousand digits is not to be computed.
    digits = port.lstrip("0")
    return f"has a port above {_LAST_PORT}" if len(digits) > 5 or int(digits or "0") > _LAST_PORT else ""


def _is_ipv6(text: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address  # noqa: PLC0415  for hardly any file

    try:
        return IPv6Address(text).scope_id is None
    except AddressValueError:
        return False


def is_address(text: str) -> bool:
    """Whether a text is an http or https address that a browser can open."""
    return not address_problem(text)


def host_of(address: str) -> str:
    """The host that an address leads to, in small letters; empty where there is none."""
    return (urlsplit(address).hostname or "") if is_address(address) else ""
