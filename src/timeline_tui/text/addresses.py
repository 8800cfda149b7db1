"""Web addresses: whether a text is one, and its host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from timeline_tui.text.sanitize import has_hidden

_SHAPE = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+(?:[/?#][!-~]*)?", re.IGNORECASE)
_HOST = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:]*)(?::(?P<port>[0-9]*))?")
_IN_NO_HOST = re.compile(r"[<>^|%\"`{}]|\A\.*\Z")
_NO_HOST = "does not have a valid host name"
_LAST_PORT = 65_535
_LONGEST_HOST = 253


def address_problem(address: str) -> str:
    """Why a browser cannot open a text as an http or https URL; empty if it can.

    The rules are those of RFC 3986; the characters of a host are those of
    https://url.spec.whatwg.org/#host-miscellaneous.

    Returns:
        The predicate of a sentence that begins with the address.
    """
    if _PLAIN.fullmatch(address):
        return ""
    if not _SHAPE.fullmatch(address) or has_hidden(address):
        return "is not a valid http(s) URL (a URL contains no spaces)"
    try:
        # It also finds letters that become a / or an @ when the host name is normalized.
        place = urlsplit(address).netloc
    except ValueError:
        return _NO_HOST
    found = _HOST.fullmatch(place.rpartition("@")[2])
    # Browsers read a \ as a /, so the host would end before it.
    if found is None or "\\" in place:
        return _NO_HOST
    return _host_problem(found["host"]) or _port_problem(found["port"] or "")


def _host_problem(host: str) -> str:
    if host.startswith("["):
        return "" if _is_ipv6(host[1:-1]) else "does not have a valid IPv6 address in its brackets"
    if _IN_NO_HOST.search(host) or len(host) > _LONGEST_HOST:
        return _NO_HOST
    return ""


def _port_problem(port: str) -> str:
    # Counting digits first avoids converting a number of thousands of digits.
    digits = port.lstrip("0")
    return (
        f"has a port number above {_LAST_PORT}" if len(digits) > 5 or int(digits or "0") > _LAST_PORT else ""
    )


def _is_ipv6(text: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address  # noqa: PLC0415  for hardly any file

    try:
        return IPv6Address(text).scope_id is None
    except AddressValueError:
        return False


def is_address(text: str) -> bool:
    """Whether a text is an http or https URL that a browser can open."""
    return not address_problem(text)


def host_of(address: str) -> str:
    """The host of an address, in lower case; empty for an invalid address."""
    return (urlsplit(address).hostname or "") if is_address(address) else ""
