"""Mail: the messages of a mailbox (mbox, RFC 4155) or a single one, each an event at the time it was sent."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.html_and_markdown import markdown_from_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from timeline_tui.exchange.gathering import Gathering

_FROM = re.compile(rb"(?:\A|(?<=\n))From [^\n]*\n")
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_BROKEN = (MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError)
"""What the standard library raises for broken messages."""
_LONGEST = 100_000


def is_mail(start: bytes) -> bool:
    """Whether a file begins as a mailbox or a message."""
    if re.match(rb"From \S+.*[0-9]{4}", start.split(b"\n", 1)[0]) and _HEADER.search(start[:4000]):
        return True
    head = start[:4000].split(b"\n\n", 1)[0].lower()
    fields = set(re.findall(rb"(?m)^([a-z-]+):", head))
    return {b"from", b"date"} <= fields and bool(fields & {b"subject", b"to", b"message-id", b"received"})


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The messages of a mailbox, or the one message of a file.

    Raises:
        CannotImport: There is no message in it.
    """
    return EventRuns(_Mailbox(data), name, "mail", _parsed, "no message of this mailbox can be read")


def _parsed(mailbox: _Mailbox, gathered: Gathering) -> Iterator[None]:
    ids: dict[str, str] = {}
    for line, source in mailbox:
        try:
            message = message_from_bytes(source, policy=policy.default)
            _add(gathered, message, line, ids)
        except _BROKEN as error:
            gathered.leave_out(line, f"a message that cannot be read: {_told(error)}")
        yield


class _Mailbox:
    """The messages of a mailbox, or the one message of a file, each with its first line."""

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        self.guesses: list[str] = []
        self.done = 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        if _FROM.match(self._data) is None:
            self.done = len(self._data)
            yield 1, bytes(self._data)
            return
        start, line = 0, 1
        while start < len(self._data):
            following = _FROM.search(self._data, start + 1)
            end = following.start() if following else len(self._data)
            part = bytes(self._data[start:end])
            self.done = end
            yield line, re.sub(rb"(?m)^>(>*From )", rb"\1", part.split(b"\n", 1)[1])
            line += part.count(b"\n")
            start = end


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "its parts are nested too deeply"
    return " ".join(str(error).split())[:100]


def _add(gathered: Gathering, message: EmailMessage, line: int, ids: dict[str, str]) -> None:
    written = str(message.get("Date", "")).strip()
    roles: dict[str, str] = {}
    for field, role in (("From", "from"), ("To", "to"), ("Cc", "copy")):
        for called, address in getaddresses([str(each) for each in message.get_all(field, [])]):
            if called or address:
                roles.setdefault(called or address, role)
    subject = " ".join(str(message.get("Subject", "")).split())
    body = _body(message)
    event = gathered.add(
        line,
        _edtf(written),
        subject or body or "Message without a subject",
        body[:_LONGEST] if subject else "",
        written=written,
        actors=roles,
        kind="message",
    )
    gathered.lost["attachments"] += sum(1 for _ in message.iter_attachments())
    event["id"] = gathered.builder.ids.id_for(str(event["title"]))
    answered = str(message.get("In-Reply-To", "")).strip()
    if answered in ids:
        event["links"] = {"reply-to": [ids[answered]]}
    ids[str(message.get("Message-ID", "")).strip()] = str(event["id"])


def _edtf(written: str) -> str:
    try:
        at = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return edtf_of(written)
    text = at.isoformat()
    return text.replace("+00:00", "Z") if at.tzinfo else text


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except _BROKEN:
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)
    return (
        markdown_from_html(text)
        if part.get_content_type() == "text/html"
        else text.replace("\r\n", "\n").strip()
    )
